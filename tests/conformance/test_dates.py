"""Public date test sets, read from ``../shared/conformance`` where they are present.

Microsoft Recognizers (Arabic date and date-period parser) and Duckling (Arabic time corpus, days or coarser). Both are
made of appointments and not of news, so they are read under ``AGENDA``; Recognizers gives each doubtful date once as a
coming and once as a past one, and both must be right. Their intervals end on the day after the last in periods, on the
named day in ranges of days and on the first day of the last year in ranges of years. Cases that are not right are listed with their reason in ``dates_left.tsv``.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from marsad.reading import dates
from marsad.text.tokens import Text

_ROOT = Path(__file__).parents[2].parent / "shared" / "conformance"
_SPECS = _ROOT / "recognizers_text_ar" / "Specs" / "DateTime" / "Arabic"
_DUCKLING = _ROOT / "duckling_ar" / "Duckling_Time_AR_Corpus.hs"
_LEFT = Path(__file__).with_name("dates_left.tsv")
_DAY = datetime.timedelta(days=1)
_REFERENCE = datetime.date(2013, 2, 12)

pytestmark = pytest.mark.skipif(not _ROOT.is_dir(), reason="the conformance sets are not here")


def left() -> dict[str, set[int]]:
    """Cases known not to be right, by set."""
    found: dict[str, set[int]] = {}
    for line in _LEFT.read_text("utf-8").splitlines()[1:]:
        if line and not line.startswith("#"):
            name, case, reason = line.split("\t")
            assert reason
            found.setdefault(name, set()).add(int(case))
    return found


def spans(text: str, ref: datetime.date, prefer: str, *, halves: bool) -> set[tuple[datetime.date, datetime.date]]:
    convention = replace(dates.AGENDA, prefer=prefer, halves=halves, ahead=0)
    mentions = dates.find(Text(text), ref, convention=convention)
    return {(m.since, m.until) for m in mentions if m.since is not None and m.until is not None}


def recognizers(name: str) -> Iterator[tuple[int, bool]]:
    for index, case in enumerate(json.loads((_SPECS / f"{name}.json").read_text("utf-8"))):
        yield index, recognized(case)


def recognized(case: dict[str, Any]) -> bool:
    ref = datetime.date.fromisoformat(case["Context"]["ReferenceDateTime"][:10])
    for result in case["Results"]:
        value = result["Value"]
        for prefer, key in (("future", "FutureResolution"), ("past", "PastResolution")):
            found = spans(case["Input"], ref, prefer, halves=True)
            resolution = value[key]
            if not resolution:
                season = re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value["Timex"])
                if season is None or not any(s.year == int(season[1]) and (u - s).days > 80 for s, u in found):
                    return False
                continue
            start = resolution.get("date") or resolution["startDate"]
            end = resolution.get("date") or resolution["endDate"]
            if start == "0001-01-01":
                if found:
                    return False
                continue
            first, last = datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)
            ends = {last} if "date" in resolution else {last, last - _DAY}
            if re.fullmatch(r"\(\d{4}-01-01,\d{4}-01-01,P\d+Y\)", value["Timex"]):
                ends.add(last.replace(month=12, day=31))
            if not any(since == first and until in ends for since, until in found):
                return False
    return True


def duckling() -> Iterator[tuple[int, bool]]:
    """Phrases of the corpus in their order; those of an hour or finer are counted but not asked."""
    source = _DUCKLING.read_text("utf-8")
    body = source[source.index("allExamples = concat") :]
    index = -1
    for block in re.split(r"\n  [\[,] examples ", body)[1:]:
        head, phrases = block.split("[", 1)
        grain = re.search(r"\b(Second|Minute|Hour|Day|Week|Month|Quarter|Year)\b", head)
        assert grain is not None
        moments = [tuple(int(n) for n in m.split(",")) for m in re.findall(r"\((\d+(?:, ?\d+){5})\)", head)]
        for phrase in re.findall(r'"([^"]+)"', phrases):
            index += 1
            if grain[1] in ("Second", "Minute", "Hour"):
                continue
            first = datetime.date(*moments[0][:3])
            last = datetime.date(*moments[1][:3]) - _DAY if len(moments) > 1 else _last(first, grain[1])
            yield index, (first, last) in spans(phrase, _REFERENCE, "future", halves=False)


def _last(first: datetime.date, grain: str) -> datetime.date:
    if grain == "Week":
        return first + 6 * _DAY
    if grain == "Month":
        return (first.replace(day=1) + 31 * _DAY).replace(day=1) - _DAY
    return first.replace(month=12, day=31) if grain == "Year" else first


@pytest.mark.parametrize("name", ["DateParser", "DatePeriodParser", "duckling"])
def test_dates_conform(name: str) -> None:
    results = dict(duckling() if name == "duckling" else recognizers(name))
    wrong = {index for index, right in results.items() if not right}
    assert wrong == left().get(name, set())
    assert len(results) - len(wrong) >= 0.75 * len(results)
