"""Public number test sets, read from ``../shared/conformance`` where they are present.

Microsoft Recognizers (Arabic numbers, the cases that its authors mark supported on a platform) and Duckling (Arabic and
Egyptian Arabic numerals). A case is right when all numbers of its text, and no others, come out with their words and
values. Cases that are not right are listed with their reason in ``numbers_left.tsv``.
"""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest

from marsad.reading.arithmetic import parse

_ROOT = Path(__file__).parents[2].parent / "shared" / "conformance"
_RECOGNIZERS = _ROOT / "recognizers_text_ar" / "Specs" / "Number" / "Arabic" / "NumberModel.json"
_DUCKLING = ("Duckling_Numeral_AR_Corpus.hs", "Duckling_Numeral_AR_EG_Corpus.hs")
_LEFT = Path(__file__).with_name("numbers_left.tsv")

pytestmark = pytest.mark.skipif(not _ROOT.is_dir(), reason="the conformance sets are not here")


def left() -> set[int]:
    """Indices of the Recognizers cases known not to be right."""
    rows = [line.split("\t") for line in _LEFT.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert all(len(row) == 3 and row[2] for row in rows)
    return {int(case) for name, case, _ in rows[1:] if name == "recognizers"}


def test_recognizers() -> None:
    wrong, cases = set(), 0
    for index, case in enumerate(json.loads(_RECOGNIZERS.read_text("utf-8-sig"))):
        if case.get("NotSupported"):
            continue
        cases += 1
        wanted = [(r["Text"].strip(), float(r["Resolution"]["value"])) for r in case["Results"]]
        told = [(n.text, float(n.value)) for n in parse(case["Input"])]
        if len(wanted) != len(told) or not all(
            a[0] == b[0] and math.isclose(a[1], b[1], rel_tol=1e-6, abs_tol=1e-20) for a, b in zip(wanted, told, strict=True)
        ):
            wrong.add(index)
    assert cases == 142
    assert wrong == left()
    assert 1 - len(wrong) / cases >= 0.92


@pytest.mark.parametrize("name", _DUCKLING)
def test_duckling(name: str) -> None:
    source = (_ROOT / "duckling_ar" / name).read_text("utf-8")
    phrases = [
        (phrase, float(value))
        for value, examples in re.findall(r"NumeralValue\s+\(?(-?[\d.]+)\)?\)\s*\[(.*?)\]", source, re.DOTALL)
        for phrase in re.findall(r'"([^"]*)"', examples)
    ]
    assert len(phrases) > 160
    for phrase, value in phrases:
        told = parse(phrase)
        assert [(n.text, round(float(n.value), 9)) for n in told] == [(phrase, value)]
