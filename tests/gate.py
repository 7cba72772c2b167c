"""Floors of quality: ``python -m tests.gate [--update] [--allow-regression]``.

``gate.json`` pins the F1 of claims, of all slots, of core and of each slot on three sets: the Arabic samples, and the two
parts of the gold reports where they lie beside the checkout. The tests fail when a figure falls below its pin. A change
that raises figures pins them with ``--update``; one that lowers any must say so with ``--allow-regression``.

The table of quality in ``README.md`` and the figures that a published site shows (``publishing/measures.tsv``) are made from
the pins, and ``--update`` renews both.

A set is pinned with a hash of its texts and claims. Figures of other gold reports than the pinned ones cannot be
compared, so such a set is left out with a reason; changed samples must be pinned anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marsad import read
from marsad.evaluation import score
from marsad.evaluation.gold import document_of, load_documents, part
from marsad.evaluation.score import NAMES
from tests.shared import GOLD, ROOT, SAMPLES

__all__ = ["PINS", "SETS", "Measured", "compared", "documents", "fallen", "load", "measure", "measures", "missing", "quality"]

PINS = Path(__file__).with_name("gate.json")
README = ROOT / "README.md"
MEASURES = ROOT / "src/marsad/publishing/measures.tsv"
_BEGIN, _END = "<!-- quality: begin -->", "<!-- quality: end -->"
SETS = ("samples", "development", "held-out")

Pins = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a set gives now: figures are F1 to four places."""

    documents: int
    sha256: str
    figures: dict[str, float]
    broken_evidence: int

    def to_dict(self) -> dict[str, Any]:
        return {"documents": self.documents, "sha256": self.sha256, "f1": self.figures}


def documents(name: str) -> list[dict[str, Any]]:
    """The documents of a set; none where they are not beside the checkout."""
    if name == "samples":
        return [d for d in load_documents(SAMPLES / "reports") if d.get("language") == "ar"]
    return part(load_documents(GOLD), name) if GOLD.is_dir() else []


def fingerprint(given: list[dict[str, Any]]) -> str:
    """A hash of the ids, texts, days and claims of documents; file names and layout do not matter."""
    kept = [{k: d.get(k) for k in ("id", "text", "title", "published", "claims")} for d in given]
    return hashlib.sha256(json.dumps(kept, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def measure(given: list[dict[str, Any]]) -> Measured:
    """Read documents and score what comes out. Without layers of the user, so that figures are the same everywhere."""
    result = score(given, {d["id"]: [c.to_dict() for c in read(document_of(d))] for d in given})
    figures = {name: round(result.figures[name].f1, 4) for name in NAMES}
    return Measured(len(given), fingerprint(given), figures, result.broken_evidence)


def load(path: Path = PINS) -> Pins:
    """The pinned sets by name; none if nothing is pinned yet."""
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


def missing(name: str, given: list[dict[str, Any]], pins: Pins) -> str | None:
    """Why a set cannot be compared with its pin, or None if it can."""
    if not given:
        return f"{name}: the gold reports are not beside the checkout"
    if name not in pins:
        return f"{name}: not pinned yet"
    if pins[name]["sha256"] != fingerprint(given):
        return f"{name}: other documents or claims than the pinned ones"
    return None


def compared(pinned: dict[str, float], measured: dict[str, float]) -> list[tuple[str, float, float]]:
    """Name, pin and measured value of each figure, in the order of the figures; a figure never pinned has pin 0."""
    return [(name, pinned.get(name, 0.0), value) for name, value in measured.items()]


def fallen(pinned: dict[str, float], measured: dict[str, float]) -> list[str]:
    """The figures below their pin, in words."""
    return [f"{name} {old:.4f} -> {new:.4f}" for name, old, new in compared(pinned, measured) if new < old]


def updated(pins: Pins, measured: dict[str, Measured], *, allow_regression: bool) -> tuple[Pins, list[str]]:
    """New pins, and what forbids them: figures that fell on the documents that were pinned."""
    refused = []
    for name, now in measured.items():
        old = pins.get(name)
        if old is not None and old["sha256"] == now.sha256 and not allow_regression:
            refused += [f"{name}: {line}" for line in fallen(old["f1"], now.figures)]
    return {**pins, **{name: now.to_dict() for name, now in measured.items()}}, refused


def quality(pins: Pins) -> str:
    """The pinned F1 as a table in Markdown, with its marks."""
    named = [name for name in SETS if name in pins]
    titles = {"samples": "samples", "development": "real reports, seen", "held-out": "real reports, unseen"}
    lines = ["| F1 | " + " | ".join(f"{titles[name]} ({pins[name]['documents']})" for name in named) + " |"]
    lines += ["| --- |" + " ---: |" * len(named)]
    for figure in NAMES:
        lines.append(f"| {figure} | " + " | ".join(f"{pins[name]['f1'].get(figure, 0.0):.2f}" for name in named) + " |")
    return "\n".join([_BEGIN, "", *lines, "", _END])


def measures(pins: Pins) -> str:
    """The pinned F1 as the table of the method page: unseen reports and samples, to two places, sorted by slot."""
    rows = [
        f"{figure}\t{pins['held-out']['f1'].get(figure, 0.0):.2f}\t{pins['samples']['f1'].get(figure, 0.0):.2f}\n"
        for figure in sorted(NAMES)
    ]
    return "slot\theld_out\tsamples\n" + "".join(rows)


def _renew(readme: Path, table: Path, pins: Pins) -> None:
    text = readme.read_text("utf-8")
    before, rest = text.split(_BEGIN)
    readme.write_text(before + quality(pins) + rest.split(_END)[1], "utf-8")
    # Without the gold reports the figures of unseen ones stay as they were measured last.
    if "held-out" in pins and "samples" in pins:
        table.write_text(measures(pins), "utf-8")


def main(arguments: list[str] | None = None, path: Path = PINS, readme: Path = README, table: Path = MEASURES) -> int:
    """Show figures beside their pins; with ``--update`` pin them. 1 where a figure fell or a span is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.gate", description="Floors of quality.")
    parser.add_argument("--update", action="store_true", help="pin what is measured now")
    parser.add_argument("--allow-regression", action="store_true", help="pin figures that fell, too")
    options = parser.parse_args(arguments)
    pins, measured = load(path), dict[str, Measured]()
    failures: list[str] = []
    for name in SETS:
        given = documents(name)
        reason = missing(name, given, pins)
        if given:
            measured[name] = measure(given)
            failures += [f"{name}: spans whose offsets are wrong: {n}"] if (n := measured[name].broken_evidence) else []
        if reason is not None:
            print(f"{reason}", file=sys.stderr)
    _show(pins, measured)
    pins_now, refused = updated(pins, measured, allow_regression=options.allow_regression)
    failures += refused
    for line in failures:
        print(f"fell: {line}", file=sys.stderr)
    if failures:
        if options.update:
            print("nothing was pinned; --allow-regression pins lower figures", file=sys.stderr)
        return 1
    if options.update:
        path.write_text(json.dumps(pins_now, indent=1) + "\n", "utf-8")
        _renew(readme, table, pins_now)
    return 0


def _show(pins: Pins, measured: dict[str, Measured]) -> None:
    print(f"{'':14}" + "".join(f"{name:>20}" for name in measured))
    for figure in NAMES:
        cells = []
        for name, now in measured.items():
            old, new = pins.get(name, {}).get("f1", {}).get(figure, 0.0), now.figures[figure]
            cells.append(f"{old:.4f} {'=' if old == new else '->'} {new:.4f}")
        print(f"{figure:14}" + "".join(f"{cell:>20}" for cell in cells))


if __name__ == "__main__":
    sys.exit(main())
