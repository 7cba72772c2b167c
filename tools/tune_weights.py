"""Search the weights of ``packs/weights.tsv`` on gold reports: ``tools/tune_weights.py GOLD… [--rounds N] [--only PREFIX]``.

Reports are recognised once; each trial puts them together anew and scores the claims (claims F1 + slots F1 + half of core F1, less a
small price for moving away from the values in the file, so that a weight moves only where it pays). Folders of gold are limited to
their development part (``evaluation/gold.py``), but for the samples. The search is deterministic.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from marsad.evaluation.gold import document_of, held_out, load_documents
from marsad.evaluation.score import score
from marsad.reading.assembly import claims_of
from marsad.reading.attachment import anchors_of
from marsad.reading.facts import facts_of
from marsad.reading.joining import events_of
from marsad.reading.report import Report, report_of
from marsad.reading.weights import weights

FILE = Path(__file__).parent.parent / "src/marsad/packs/weights.tsv"
STEPS = (0.15, -0.15, 0.4, -0.4, 1.0, -1.0)
PRICE = 0.0012


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", default="", help="only weights whose name begins so; several separated by commas")
    parser.add_argument("--seconds", type=float, default=1e9)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    groups: list[list[tuple[dict[str, object], Report | None]]] = []
    for folder in arguments.gold:
        documents = [
            d for d in load_documents(folder) if d.get("language", "ar") == "ar" and (d.get("sample") or not held_out(d["id"]))
        ]
        groups.append([(d, report_of(document_of(d))) for d in documents])
    values = weights()
    start = dict(values)
    began = time.monotonic()

    def objective() -> float:
        total = 0.0
        for group in groups:
            predicted = {str(d["id"]): [c.to_dict() for c in _read(r)] for d, r in group}
            figures = score([d for d, _ in group], predicted).figures
            total += (figures["claims"].f1 + figures["slots"].f1 + 0.5 * figures["core"].f1) * (
                len(group) / sum(map(len, groups))
            )
        moved = sum(abs(values[n] - start[n]) / (abs(start[n]) + 0.5) for n in values)
        return total - PRICE * moved

    best = objective()
    print(f"start {best:.4f}")
    names = [n for n in sorted(values) if not arguments.only or n.startswith(tuple(arguments.only.split(",")))]
    for number in range(arguments.rounds):
        before = best
        for name in names:
            if time.monotonic() - began > arguments.seconds:
                break
            old = values[name]
            scale = max(abs(old), 0.3)
            tried = [(best, old)]
            for step in STEPS:
                values[name] = round(old + step * scale, 3)
                if values[name] < 0 <= start[name] and not name.startswith("join.family_"):
                    continue  # a sign does not change its side
                tried.append((objective(), values[name]))
            found, value = max(tried, key=lambda t: (t[0], -abs(t[1] - old)))
            values[name] = value if found > best + 1e-6 else old
            if values[name] != old:
                best = found
                print(f"{name}: {old} -> {value}  {best:.4f}", flush=True)
        print(f"round {number + 1}: {best:.4f}", flush=True)
        if best <= before + 1e-6:
            break
    if arguments.write:
        _write(values)


def _read(report: Report | None) -> list:  # type: ignore[type-arg]
    if report is None:
        return []
    return claims_of(report, events_of(report, facts_of(report, anchors_of(report))))


def _write(values: dict[str, float]) -> None:
    lines = FILE.read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        cells = line.split("\t")
        if len(cells) == 3 and cells[0] in values:
            lines[number] = "\t".join((cells[0], f"{values[cells[0]]:g}", cells[2]))
    FILE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
