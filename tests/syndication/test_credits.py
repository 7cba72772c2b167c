"""Credits: agencies in datelines and endings, and publishers by their names."""

from __future__ import annotations

import pytest

from marsad.syndication.credits import Named, credited

_BODY = " قتل مدنيان في قصف على القرية صباح اليوم، وقالت وكالة الأناضول إن المصابين نقلوا إلى المشفى، ثم عاد الهدوء إلى المكان كله بعد ذلك."


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"بيروت - رويترز -{_BODY}", ("رويترز",)),
        (f"عواصم (وكالات){_BODY}", ("وكالات",)),
        (f"BEIRUT (Reuters) - {_BODY}", ("Reuters",)),
        (f"{_BODY} (فرانس برس)", None),
        (_BODY, ()),
        ("", ()),
    ],
)
def test_agencies_at_the_ends(text: str, names: tuple[str, ...] | None) -> None:
    found = credited(text)
    assert len(found) == 1 if names is None else found == names


@pytest.mark.parametrize(
    ("text", "publisher", "named"),
    [
        ("قالت وكالة النهر إن الجسر أغلق", "وكالة النهر", True),
        ("قالت المصادر لوكالة النهر إن الجسر أغلق", "وكالة النهر", True),
        ("قال مراسل «النهر» إن الجسر أغلق", "وكالة النهر", True),
        ("غرق قارب في النهر مساء اليوم", "وكالة النهر", False),
        ("according to River Wire", "River Wire", True),
        ("the river rose", "River Wire", False),
        ("قال موقع ميناء برس", "موقع ميناء برس", True),
        ("نص", "", False),
    ],
)
def test_publishers(text: str, publisher: str, named: bool) -> None:
    assert Named(text).publisher(publisher) is named
