"""Measure places on IDRISI-RE (Arabic): ``python bench/places.py FOLDER [--misses N]``.

FOLDER holds one folder an event with ``recognition.jsonl`` and ``disambiguation.jsonl``. Recognition counts a mention as
found when its borders are theirs; attached prepositions and the hash sign, on which the annotators differ, are cut off on
both sides. Resolution takes the annotated mentions that Marsad finds and has a candidate for, and measures two distances:
to the annotated place, which is 0 inside the extent that OpenStreetMap gives it, and to its centre. A unit has no one
point: the centre of a polygon and that of its people may lie 50 km apart. Countries are right when the country is.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from marsad.gazetteer import default, kilometres
from marsad.reading import toponyms
from marsad.reading.places import resolve
from marsad.reading.toponyms import PlaceMention
from marsad.text.tokens import Text

NEAR, FAR = 10.0, 161.0


def documents(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def whole(text: Text, mention: PlaceMention) -> tuple[int, int]:
    """Token indices of a mention with its class word or site noun, which IDRISI counts in."""
    site = mention.site_first if "site_name" in mention.flags else -1
    first = min(f for f in (mention.class_first, site, mention.first) if f >= 0)
    return first, mention.last


def tokens_of(text: Text, start: int, end: int) -> tuple[int, int] | None:
    inside = [t.index for t in text.tokens if t.start < end and t.end > start and t.kind in "wn"]
    return (inside[0], inside[-1]) if inside else None


def recognition(folder: Path, misses: int) -> None:
    totals = Counter[str]()
    by_type: dict[str, Counter[str]] = defaultdict(Counter)
    missed, invented = Counter[str](), Counter[str]()
    for path in sorted(folder.glob("*/recognition.jsonl")):
        for document in documents(path):
            text = Text(document["text"])
            wanted = {}
            for mention in document["location_mentions"]:
                span = tokens_of(text, mention["startIdx"], mention["endIdx"])
                if span:
                    wanted[span] = mention
            found = {whole(text, m): m for m in toponyms.find(text) if not m.flags & {"person", "time"}}
            hits = wanted.keys() & found.keys()
            totals.update(gold=len(wanted), found=len(found), hit=len(hits))
            partly = {w for w in wanted if any(f[0] <= w[1] and w[0] <= f[1] for f in found)}
            totals.update(partly=len(partly))
            for span, mention in wanted.items():
                by_type[mention["type"]].update(gold=1, hit=span in hits, partly=span in partly)
                if span not in hits:
                    missed[("~" if span in partly else "") + mention["text"]] += 1
            for span in found.keys() - wanted.keys():
                invented[text.source[text.tokens[span[0]].start : text.tokens[span[1]].end]] += 1
    precision, recall = totals["hit"] / totals["found"], totals["hit"] / totals["gold"]
    print(
        f"recognition: precision {precision:.3f} recall {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}",
        end="",
    )
    print(f" ({totals['gold']} mentions; {totals['partly'] / totals['gold']:.3f} found at least in part)")
    for kind, c in sorted(by_type.items()):
        print(f"  {kind:6}{c['gold']:6} recall {c['hit'] / c['gold']:.3f}, in part {c['partly'] / c['gold']:.3f}")
    if misses:
        print("missed:", "; ".join(f"{n} {w}" for w, n in missed.most_common(misses)))
        print("invented:", "; ".join(f"{n} {w}" for w, n in invented.most_common(misses)))


def apart(latitude: float, longitude: float, osm: dict[str, Any]) -> float:
    """Kilometres from a point to the extent of an annotated place; 0 inside it."""
    south, north, west, east = (float(edge) for edge in osm["boundingbox"])
    nearest = min(max(latitude, south), north), min(max(longitude, west), east)
    return kilometres(latitude, longitude, *nearest)


def resolution(folder: Path, misses: int) -> None:
    rows: dict[str, list[tuple[float, float]]] = defaultdict(list)
    bins: dict[int, list[bool]] = defaultdict(list)
    counts = Counter[str]()
    wrong = Counter[str]()
    gazetteer = default()
    for path in sorted(folder.glob("*/disambiguation.jsonl")):
        for document in documents(path):
            text = Text(document["text"])
            results = resolve(toponyms.find(text), text)
            spans = [(whole(text, r.mention), r) for r in results]
            for mention in document["location_mentions"]:
                osm = mention.get("osm_json") or {}
                span = tokens_of(text, mention["start_offset"], mention["end_offset"])
                if not osm.get("lat") or span is None:
                    continue
                counts["annotated"] += 1
                result = next((r for s, r in spans if s == span), None)
                if result is None or not result.mention.candidates:
                    continue
                counts["resolvable"] += 1
                kind = mention["type"]
                entry = result.entry
                if entry is None or entry.latitude is None or entry.longitude is None:
                    counts["abstained"] += 1
                    continue
                if kind == "Country" and entry.kind == "country":
                    centre = distance = 0.0 if str(osm["address"].get("country_code", "")).upper() == entry.country else 9999.0
                else:
                    centre = kilometres(entry.latitude, entry.longitude, float(osm["lat"]), float(osm["lon"]))
                    distance = min(centre, apart(entry.latitude, entry.longitude, osm))
                rows[kind].append((distance, centre))
                bins[min(9, int(result.probability * 10))].append(distance <= NEAR)
                if distance > NEAR:
                    parents = " ".join(p.label for p in gazetteer.parents(entry))
                    wrong[f"{mention['text']}->{entry.label} {entry.kind} {parents} {distance:.0f} km ({kind})"] += 1
    every = [d for r in rows.values() for d in r]
    print(f"resolution: {counts['annotated']} annotated, {counts['resolvable']} resolvable, {counts['abstained']} left open")
    print(f"  {'':32}{'':6}  {'place: 10 km':>12} {'161 km':>8} {'centre: 10':>8} {'161 km':>8}")
    for kind, distances in [
        *sorted(rows.items()),
        ("all", every),
        ("all but countries", [d for k in rows if k != "Country" for d in rows[k]]),
    ]:
        figures = [sum(d[n] <= limit for d in distances) / len(distances) for n in (0, 1) for limit in (NEAR, FAR)]
        print(f"  {kind:32}{len(distances):6}" + "".join(f"{figure:9.3f}" for figure in figures))
    print("probability said and share right:", end="")
    for low, right in sorted(bins.items()):
        print(f" {low / 10:.1f}-{(low + 1) / 10:.1f}: {sum(right) / len(right):.2f} of {len(right)};", end="")
    print()
    if misses:
        print("\n".join(f"{n} {w}" for w, n in wrong.most_common(misses)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="also the most frequent misses")
    arguments = parser.parse_args()
    recognition(arguments.folder, arguments.misses)
    resolution(arguments.folder, arguments.misses)


if __name__ == "__main__":
    main()
