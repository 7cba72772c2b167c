"""Learn the weights of joining, belonging, worth, scope and parts: ``tools/learn_weights.py GOLD… [--also MORE…] [--parts join,keep] [--write]``.

Every event that the engine finds in the development part is a case: for ``keep``, right if its claim is aligned with a gold claim;
for ``scope``, those that are aligned, right if the gold claim is an aggregate. For ``site_of`` and ``weapon_of`` the cases are sites
and weapons beside an aligned event, right if its gold claim has their kind; for ``join`` anchors beside events told before. For ``did``
and ``hit`` they are the parties that may have a part in an aligned event, right if its gold claim has them on that side; the examples
of the language pack count too, each a quarter, so that short posts are read as they are meant to be. A logistic
regression with a ridge (full-batch Newton steps, deterministic) gives the weights; the threshold at 0 is then moved to where F1 (for
``scope`` the share that is right) is greatest under cross-validation by document. With ``--around`` the ridge draws towards the
weights of the file instead of towards 0, so that they move only as far as the cases ask; a folder named twice counts twice. Reports
figures of the folds beside those of the weights in the file.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from marsad.evaluation.alignment import align
from marsad.evaluation.gold import document_of, held_out, load_documents
from marsad.evaluation.score import FOUND
from marsad.evaluation.slots import similarity, slots
from marsad.lexicon.table import read_table
from marsad.model import Document
from marsad.reading import assembly, eventplaces
from marsad.reading.attachment import anchors_of
from marsad.reading.belonging import belonging_signs
from marsad.reading.facts import Facts, candidates, facts_of, sentences_of
from marsad.reading.fit import fit_signs
from marsad.reading.joining import Event, events_of
from marsad.reading.parts import Parts
from marsad.reading.report import Report, report_of
from marsad.reading.responsibility import sides_of
from marsad.reading.scope import scope_signs
from marsad.reading.testimony import Testimony
from marsad.reading.weapons import WeaponMention
from marsad.reading.weights import weights
from marsad.reading.worth import signs, worth

FILE = Path(__file__).parent.parent / "src/marsad/packs/weights.tsv"
AROUND = 10.0
WINDOW = 7  # thresholds over which F1 is averaged, so that no single case decides
RIDGE = {"did": 4.0, "hit": 4.0, "join": 2.0, "keep": 4.0, "scope": 8.0, "site_of": 4.0, "weapon_of": 4.0}
FOLDS = 5
RARE = 6
LIKE = 0.35
# An anchor joins at even odds less this: a split event costs more than a false pair of tellings within one report.
JOIN_BIAS = 0.5
EXAMPLE = "example:"  # begins the ids of examples
EXAMPLE_COUNTS = 0.25
Case = tuple[str, dict[str, float], bool]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument(
        "--also", nargs="*", type=Path, default=[], help="folders of reports that are no gold: all of them are learned from"
    )
    parser.add_argument("--around", action="store_true", help="stay near the weights of the file")
    parser.add_argument("--parts", default="keep,scope", help="which weights to learn, of: " + ", ".join(RIDGE))
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    joins: list[Case] = []
    keep: list[Case] = []
    scopes: list[Case] = []
    belonging: dict[str, list[Case]] = {"site_of": [], "weapon_of": []}
    parts: dict[str, list[Case]] = {"did": [], "hit": []}
    unnamed = {"did": 0, "hit": 0}  # parties of gold claims that are not weighed
    missed = 0
    for folder in (*arguments.gold, *arguments.also):
        for document in load_documents(folder):
            unseen = folder in arguments.gold and not document.get("sample") and held_out(document["id"])
            if document.get("language", "ar") != "ar" or unseen:
                continue
            gold = document["claims"]
            report = report_of(document_of(document))
            if report is None:
                missed += len(gold)
                continue
            facts = facts_of(report, anchors_of(report))
            joins += [(document["id"], *case) for case in _joins(report, facts, gold)]
            found = list(eventplaces.events_with_places(report, events_of(report, facts)))
            events = [event for event, _ in found]
            sides, testimony = sides_of(report, events), Testimony(report, events)
            claims = [assembly.claim_of(report, event, place, events, sides, testimony).to_dict() for event, place in found]
            gold_slots, claim_slots = [slots(g) for g in gold], [slots(c) for c in claims]
            table = [
                [similarity(g, c, gs, cs) for c, cs in zip(claims, claim_slots, strict=True)]
                for g, gs in zip(gold, gold_slots, strict=True)
            ]
            right = {j: i for i, j in align(table) if table[i][j] >= FOUND}
            missed += len(gold) - len(right)
            for number, (event, place) in enumerate(found):
                keep.append((document["id"], signs(report, event, place), number in right))
                if number in right:
                    aggregate = gold[right[number]]["scope"] == "aggregate"
                    scopes.append((document["id"], scope_signs(report, event, place), aggregate))
            kept = [event for event, place in found if worth(report, event, place) >= 0]
            weighing = Parts(report, kept, sides)
            for number, (event, place) in enumerate(found):
                if number in right and event in kept:
                    claim, its = claims[number], gold_slots[right[number]]
                    land = place.place.country if place is not None else None
                    named = [(p, s) for _, p, s in weighing.signs(event, claim["type"], land)]
                    for part, slot in (("did", "perpetrators"), ("hit", "targets")):
                        labels = [slots({slot: [{"id": p.id, "name": p.name}]})[slot] <= its[slot] for p, _ in named]
                        parts[part] += [(document["id"], s, label) for (_, s), label in zip(named, labels, strict=True)]
                        unnamed[part] += len(its[slot]) - sum(labels)
            told = {id(f): gold[right[n]] for n, (event, _) in enumerate(found) if n in right for f in event.facts}
            for slot, *case in _belongings(report, facts, told):
                belonging[slot].append((document["id"], *case))
    for part, case in _examples():
        parts[part].append(case)
    cases = {"join": joins, "keep": keep, "scope": scopes, **belonging, **parts}
    beyond = {"keep": missed, **unnamed}
    learned = {p: _learn(p, cases[p], beyond.get(p, 0), arguments.around) for p in arguments.parts.split(",")}
    if arguments.write:
        # Weights that people set and gave a meaning stay.
        lines = [
            line
            for line in FILE.read_text("utf-8").splitlines()
            if not (line.startswith(tuple(f"{p}." for p in learned)) and line.endswith("\tlearned"))
        ]
        known = {line.split("\t")[0] for line in lines}
        rows = [
            f"{p}.{n}\t{w:.2f}\tlearned" for p, weights in learned.items() for n, w in weights.items() if f"{p}.{n}" not in known
        ]
        lines[2:] = sorted(lines[2:] + rows)
        FILE.write_text("\n".join(lines) + "\n", "utf-8")


def _examples() -> Iterator[tuple[str, Case]]:
    """The parties of the examples of the language pack, and whether the claims told there have them."""
    for row in read_table("ar/examples/reports.tsv"):
        wanted = [[cell.strip() for cell in claim.split(";")] for claim in row["claims"].split(" | ")]
        report = report_of(Document(id="d", text=row["text"], published=row["published"]))
        if report is None:
            continue
        events = events_of(report, facts_of(report, anchors_of(report)))
        found = [(e, p) for e, p in eventplaces.events_with_places(report, events) if worth(report, e, p) >= 0]
        if len(found) != len(wanted):
            continue
        sides = sides_of(report, events)
        weighing = Parts(report, [event for event, _ in found], sides)
        for (event, place), cells in zip(found, wanted, strict=True):
            kind = cells[0].split()[0]
            doers, hit = (set(filter(None, cell.split("+"))) for cell in cells[3:5])
            if kind == "armed_clash":
                doers, hit = doers | hit, set()
            for name, _, its in weighing.signs(event, kind, place.place.country if place is not None else None):
                yield "did", (EXAMPLE + str(row.line), its, name in doers)
                yield "hit", (EXAMPLE + str(row.line), its, name in hit)


def _joins(report: Report, facts: list[Facts], gold: list[dict[str, Any]]) -> Iterator[tuple[dict[str, float], bool]]:
    """Anchors beside the events told before them; whose claim an anchor tells of is the gold claim that it is most like."""
    gold_slots = [slots(g) for g in gold]
    events: dict[int, list[Facts]] = {}
    for item in facts:
        event = Event([item])
        (_, place), *_ = eventplaces.events_with_places(report, [event])
        claim = assembly.claim_of(report, event, place, [event]).to_dict()
        claim_slots = slots(claim)
        alike = [similarity(g, claim, gs, claim_slots) for g, gs in zip(gold, gold_slots, strict=True)]
        best = max(range(len(gold)), key=lambda n: alike[n], default=-1)
        label = best if best >= 0 and alike[best] >= LIKE else -1
        if label < 0 or item.anchor.other:
            continue
        newest = max((e[-1].anchor.index for e in events.values()), default=-1)
        for other, told in events.items():
            yield fit_signs(report, told, item, told[-1].anchor.index == newest), other == label
        events.setdefault(label, []).append(item)


def _belongings(
    report: Report, facts: list[Facts], told: dict[int, dict[str, Any]]
) -> Iterator[tuple[str, dict[str, float], bool]]:
    """Sites and weapons beside the anchor that they stand nearest to, and whether the gold claim of its event has them."""
    for slot, mention, owner, near, alone in candidates(report, sentences_of(report, facts)):
        gold = told.get(id(owner))
        if gold is None or slot == "carrier":
            continue
        wanted = {item["kind"] for item in gold[f"{slot}s"]}
        if isinstance(mention, WeaponMention):
            kinds = {mention.kind}
            if mention.kind == "rocket":
                kinds.add("aerial_bomb_or_missile")
        else:
            kinds = set(mention.kinds)
        yield f"{slot}_of", belonging_signs(report, owner.anchor, mention, near, alone), bool(kinds & wanted)


def _learn(part: str, cases: list[Case], missed: int, around: bool) -> dict[str, float]:
    counts: dict[str, int] = {}
    for _, found_signs, _ in cases:
        for name in found_signs:
            counts[name] = counts.get(name, 0) + 1
    names = sorted(n for n in counts if counts[n] >= RARE)
    matrix = np.array([[s.get(n, 0.0) for n in names] for _, s, _ in cases])
    target = np.array([float(r) for _, _, r in cases])
    fold = np.array([int(hashlib.sha256(i.encode()).hexdigest()[:8], 16) % FOLDS for i, _, _ in cases])
    known = weights().part(part) if around else {}
    prior = np.array([known.get(n, 0.0) for n in names])
    strength = AROUND if around else RIDGE[part]
    scores = np.zeros(len(cases))
    example = np.array([i.startswith(EXAMPLE) for i, _, _ in cases])
    counting = np.where(example, EXAMPLE_COUNTS, 1.0)
    for number in range(FOLDS):
        others = fold != number
        scores[~others] = matrix[~others] @ _fit(matrix[others], target[others], names, strength, prior, counting[others])
    found = _fit(matrix, target, names, strength, prior, counting)
    # What is reported and tuned is of reports alone.
    matrix, target, scores = matrix[~example], target[~example], scores[~example]
    steps = np.arange(-2.0, 2.0, 0.05)
    # Each claim has a scope, right or wrong; of events only those that are claims count.
    good = [float(((scores >= t) == target).mean()) if part == "scope" else _f1(scores, target, missed, t) for t in steps]
    curve = np.convolve(good, np.ones(WINDOW) / WINDOW, "same")
    best = max((f1, -abs(t), t) for f1, t in zip(curve, steps, strict=True))
    print(f"{len(target)} cases, {int(target.sum())} right, {missed} beyond; cross-validated {best[0]:.4f} at {best[2]:.2f}")
    found[names.index("always")] += JOIN_BIAS if part == "join" else -best[2]
    print(f"on all: {_f1(matrix @ found, target, missed, 0.0):.4f}")
    for name, weight in sorted(zip(names, found, strict=True), key=lambda p: -abs(p[1])):
        print(f"{weight:7.2f} {counts[name]:5d} {name}")
    return dict(zip(names, map(float, found), strict=True))


def _fit(  # type: ignore[type-arg]
    matrix: np.ndarray, target: np.ndarray, names: list[str], strength: float, prior: np.ndarray, counting: np.ndarray
) -> np.ndarray:
    ridge = np.full(len(names), strength)
    ridge[names.index("always")] = 0.01
    found = prior.copy()
    for _ in range(30):
        chance = 1 / (1 + np.exp(-(matrix @ found)))
        gradient = matrix.T @ ((chance - target) * counting) + ridge * (found - prior)
        hessian = (matrix * (chance * (1 - chance) * counting)[:, None]).T @ matrix + np.diag(ridge)
        found = found - np.linalg.solve(hessian, gradient)
    return found


def _f1(scores: np.ndarray, target: np.ndarray, missed: int, threshold: float) -> float:  # type: ignore[type-arg]
    kept = scores >= threshold
    right = float(target[kept].sum())
    return 2 * right / (kept.sum() + target.sum() + missed)


if __name__ == "__main__":
    main()
