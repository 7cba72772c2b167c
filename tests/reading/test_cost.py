"""Cost of reading: nothing grows faster than the text, and no text is too odd to be read.

Counted in lines executed, not in seconds, so that the tests hold on any machine.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from marsad.reading import arithmetic, attribution, dates, harm, modality, numbers
from marsad.text.tokens import Text

_DAY = datetime.date(2017, 5, 3)
_ODD = {
    "numbers": "1234 ",
    "groups of three digits": "123 ",
    "grouped digits": "1,000,",
    "numbers joined by dashes": "12-",
    "numbers joined by slashes": "12/",
    "years joined by slashes": "2014/",
    "years joined by words": "2014 و ",
    "years": "عام 2014 و2015 ",
    "days": "الجمعة ",
    "dates": "في 3 يناير 2014 ",
    "hundreds": "مئة ",
    "signs": "ناقص ",
    "quotes": '"',
    "opening quotes": "« ",
    "closing quotes": "قال » ",
    "line breaks": "\n",
    "stops": ". ",
    "broken words": "ـ.",
    "one word": "ا",
    "one number": "7",
    "speakers": "قال المصدر ",
    "markers": "بحسب المصدر ",
    "named markers": "وفق الناشط سالم الحسن ",
    "denials": "نفى أن ",
    "speeches in quotes": "قال المتحدث: «لن نعود» ",
    "commas": "وأضاف، ",
    "the dead": "قتيل وجريح ",
    "killing": "قتل جندي و",
    "persons": "شخص و ",
    "tolls": "قتل 5 جنود وأصيب 3 مدنيين، ",
    "parts of tolls": "12 قتيلا بينهم طفل ",
}


def _read(source: str) -> None:
    text = Text(source)
    quantities = numbers.find(text)
    dates.find(text, _DAY)
    harm.find(text, quantities)
    attribution.find(text)
    modality.find(text)
    arithmetic.parse(source)


def _steps(run: Callable[[], None]) -> int:
    """How many functions are entered and lines executed."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("piece", _ODD.values(), ids=_ODD)
def test_cost_is_linear(piece: str) -> None:
    _read(piece * 3)
    small, large = (_steps(lambda n=n: _read(piece * n)) for n in (100, 400))  # type: ignore[misc]
    assert large < 5.5 * small


@pytest.mark.parametrize("piece", _ODD.values(), ids=_ODD)
def test_long_odd_texts_are_read(piece: str) -> None:
    _read(piece * 2000)
