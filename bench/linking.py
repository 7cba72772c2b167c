"""Speed, memory and quality of linking on synthetic registers: ``python bench/linking.py [--sizes 1000,…] [--write]``.

Each size runs in a process of its own, so that peak memory is its own. Time is given by the clock and by the processor, since the
clock says little on a machine that does other work. ``--write`` renews the table in ``README.md``, ``linking.tsv`` and ``linking.svg``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from figures import peak
from marsad.linking import Shelf, add, link
from registers import START, Register, register

HERE = Path(__file__).parent
README, TABLE, PLOT = HERE / "README.md", HERE / "linking.tsv", HERE / "linking.svg"
BEGIN, END = "<!-- linking: begin -->", "<!-- linking: end -->"
SIZES = (1_000, 5_000, 20_000, 50_000, 100_000, 200_000)
# The register to which reports are added, and how many.
STANDING, ADDED = 100_000, 100
SEED = 5
COLUMNS = (
    "claims", "reports", "events", "seconds", "processor", "megabytes", "precision", "recall", "bcubed", "incidents", "over_merged",
    "doubts",
)  # fmt: skip


def pairwise(truth: dict[str, str], found: dict[str, str]) -> tuple[float, float]:
    """Precision and recall of pairs of claims; claims without truth do not count."""

    def pairs(counts: Counter[Any]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    both = pairs(Counter((truth[c], found[c]) for c in truth if c in found))
    made, wanted = pairs(Counter(i for c, i in found.items() if c in truth)), pairs(Counter(truth.values()))
    return both / made if made else 1.0, both / wanted if wanted else 1.0


def bcubed(truth: dict[str, str], found: dict[str, str]) -> float:
    """F1 of B-cubed; a claim in no incident stands alone."""
    group = {c: found.get(c, f"alone {c}") for c in truth}
    both = Counter((truth[c], group[c]) for c in truth)
    made, wanted = Counter(group.values()), Counter(truth.values())
    precision = sum(n * n / made[g] for (_, g), n in both.items()) / len(truth)
    recall = sum(n * n / wanted[t] for (t, _), n in both.items()) / len(truth)
    return 2 * precision * recall / (precision + recall)


def over_merged(truth: dict[str, str], found: dict[str, str]) -> int:
    """Incidents with claims of more than one event."""
    events: dict[str, set[str]] = {}
    for claim, incident in found.items():
        if claim in truth:
            events.setdefault(incident, set()).add(truth[claim])
    return sum(len(told) > 1 for told in events.values())


def measured(claims: int, seed: int = SEED) -> dict[str, Any]:
    """One size, in this process."""
    made = register(claims, seed)
    clock, processor = time.perf_counter(), time.process_time()
    outcome = link(made.claims, made.reports)
    seconds, used = time.perf_counter() - clock, time.process_time() - processor
    precision, recall = pairwise(made.truth, outcome.by_claim)
    return {
        "claims": len(made.claims), "reports": len(made.reports), "events": len(set(made.truth.values())), "seconds": round(seconds, 1),
        "processor": round(used, 1), "megabytes": round(peak()),
        "precision": round(precision, 4), "recall": round(recall, 4), "bcubed": round(bcubed(made.truth, outcome.by_claim), 4),
        "incidents": len(outcome.incidents), "over_merged": over_merged(made.truth, outcome.by_claim), "doubts": len(outcome.doubts),
    }  # fmt: skip


def added(claims: int, reports: int, seed: int = SEED) -> dict[str, Any]:
    """Reports added to a register whose claims stand in their true incidents, in this process; one day's news, and reports at random."""
    made = register(claims, seed)
    known = dict(made.truth)
    figures: dict[str, Any] = {"standing": len(made.claims)}
    last = START + timedelta(days=max((date.fromisoformat(r.published or "") - START).days for r in made.reports.values()) - 3)
    later = _renamed(register(reports * 2, seed + 1, start=last))
    for name, new in (("news of the day", later), ("of all days", _spread(made, reports))):
        claims_new = [c for c in new.claims if c["document"] in set(list(new.reports)[:reports])]
        standing = [c for c in made.claims if c["document"] not in new.reports]
        shelf = Shelf(standing, made.reports, known)
        clock, processor = time.perf_counter(), time.process_time()
        outcome = add(claims_new, shelf, new.reports, known)
        told = f"{len(claims_new)} claims in {min(reports, len(new.reports))} reports, {len(outcome.incidents)} incidents touched"
        figures[name] = (round(time.perf_counter() - clock, 1), round(time.process_time() - processor, 1), told)
    return figures


def _renamed(made: Register) -> Register:
    """The same with ids that no other register has."""
    reports = {f"new.{r.id}": r for r in made.reports.values()}
    claims = [{**c, "id": f"new.{c['id']}", "document": f"new.{c['document']}"} for c in made.claims]
    return Register(claims, reports, {f"new.{c}": t for c, t in made.truth.items()})


def _spread(made: Register, reports: int) -> Register:
    """Reports of a register taken out at even steps."""
    names = sorted(made.reports)
    chosen = set(names[:: max(1, len(names) // reports)][:reports])
    return Register([c for c in made.claims if c["document"] in chosen], {n: made.reports[n] for n in sorted(chosen)}, {})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument(
        "--standing", type=int, default=STANDING, help="claims of the register to which reports are added; 0: leave out"
    )
    parser.add_argument("--write", action="store_true", help="renew the table, linking.tsv and linking.svg")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--add", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one or arguments.add:
        print(json.dumps(measured(arguments.one) if arguments.one else added(arguments.add, ADDED)))
        return
    rows = [_own_process("--one", int(size)) for size in arguments.sizes.split(",")]
    sums = _own_process("--add", arguments.standing) if arguments.standing else None
    table = _table(rows, sums)
    print(table)
    if arguments.write:
        before, _, rest = README.read_text("utf-8").partition(BEGIN)
        README.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{rest.partition(END)[2]}", "utf-8")
        lines = ["\t".join(COLUMNS), *("\t".join(str(row[c]) for c in COLUMNS) for row in rows)]
        TABLE.write_text("\n".join(lines) + "\n", "utf-8")
        PLOT.write_text(_plot(rows), "utf-8")


def _own_process(option: str, size: int) -> dict[str, Any]:
    ran = subprocess.run(
        [sys.executable, __file__, option, str(size)], capture_output=True, text=True, check=True, env=os.environ
    )
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    print(found, file=sys.stderr)
    return found


def _table(rows: list[dict[str, Any]], sums: dict[str, Any] | None) -> str:
    lines = [
        "| claims | events | seconds | of processor | MB | pair precision | pair recall | B-cubed F1 | over-merged | doubts |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for r in rows:
        lines.append(
            f"| {r['claims']:,} | {r['events']:,} | {r['seconds']} | {r['processor']} | {r['megabytes']:,} | {r['precision']:.3f} |"
            f" {r['recall']:.3f} | {r['bcubed']:.3f} | {r['over_merged']:,} | {r['doubts']:,} |"
        )
    for name in ("news of the day", "of all days") if sums else ():
        clock, processor, told = sums[name]  # type: ignore[index]
        lines += ["", f"Added to {sums['standing']:,} claims, {name}: {told}; {clock} s, {processor} s of processor."]  # type: ignore[index]
    return "\n".join(lines)


def _plot(rows: list[dict[str, Any]]) -> str:
    """Seconds and megabytes against claims, as lines in an SVG."""
    width, height, edge = 640, 320, 60
    most = max(r["claims"] for r in rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="11">'
    ]
    for key, colour, unit in (("processor", "#1f5fa8", "s of processor"), ("megabytes", "#b4501e", "MB")):
        top = max(r[key] for r in rows) or 1
        points = [
            (edge + (width - 2 * edge) * r["claims"] / most, height - edge - (height - 2 * edge) * r[key] / top, r) for r in rows
        ]
        line = " ".join(f"{x:.0f},{y:.0f}" for x, y, _ in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        x, y, last = points[-1]
        parts.append(
            f'<text x="{x - 90:.0f}" y="{y - 8 if key == "processor" else y + 16:.0f}" fill="{colour}">{last[key]:,} {unit}</text>'
        )
    for r in rows:
        x = edge + (width - 2 * edge) * r["claims"] / most
        parts.append(f'<line x1="{x:.0f}" y1="{height - edge}" x2="{x:.0f}" y2="{height - edge + 5}" stroke="#555"/>')
        if r["claims"] >= most / 12:
            parts.append(f'<text x="{x:.0f}" y="{height - edge + 18}" text-anchor="middle">{r["claims"] // 1000:,}k</text>')
    parts.append(f'<line x1="{edge}" y1="{height - edge}" x2="{width - edge}" y2="{height - edge}" stroke="#555"/>')
    parts.append(f'<text x="{width / 2}" y="{height - 16}" text-anchor="middle">claims</text></svg>')
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
