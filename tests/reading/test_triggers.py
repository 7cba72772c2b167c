"""Triggers: words that name events, and words that only look like them."""

from __future__ import annotations

import pytest

from marsad.reading import triggers
from marsad.text.tokens import Text


def kinds(text: str) -> list[str]:
    return [t.kind for t in triggers.find(Text(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("غارات جوية على البلدة", ["air"]),
        ("وقصفت المدفعية القرية", ["bombard"]),
        ("قصفهم للقرية مستمر", ["bombard"]),
        ("سقوط ثلاث قذائف هاون على الحي", ["fall", "munition"]),
        ("سقوط ثلاثة قتلى", []),
        ("سقطت المدينة بيد المهاجمين", ["fallto"]),
        ("استعادت، فجر السبت، بلدة من أيدي المسلحين", ["take"]),
        ("استعاد الفريق صدارة الدوري", []),
        ("أطلق مسلحون النار على الحاجز", ["fire"]),
        ("مفاوضات وقف إطلاق النار", []),
        ("مفاوضات على وقف طويل الأمد لإطلاق النار", []),
        ("استولى المسلحون على كميات من الذخائر", []),
        ("ألقى الرئيس كلمة", []),
        ("ألقت مروحية برميلين متفجرين على القرية", ["drop"]),
        ("صد هجوم للمسلحين", ["repel", "attack"]),
        ("شن المدرب هجوما لاذعا على الحكم", ["wage"]),
        ("قوات الاحتلال", []),
        ("احتلال مدينة الرمادي", ["take"]),
        ("التفجير الانتحاري", ["explosion", "suicide"]),
        ("قـ.ـصف عنيف", ["bombard"]),
    ],
)
def test_find_tells_classes(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


def test_find_cuts_letters_written_before_the_word() -> None:
    source = "وبغارات على البلدة"
    trigger = triggers.find(Text(source))[0]
    assert source[trigger.start : trigger.end] == "غارات"
    assert trigger.proclitic and trigger.plural and not trigger.definite


def test_find_tells_definite_words() -> None:
    assert triggers.find(Text("القصف على الحي"))[0].definite
    assert triggers.find(Text("هجماتهم على الحي"))[0].definite
    assert not triggers.find(Text("هجوم على الحي"))[0].definite


def test_find_is_linear_in_odd_text() -> None:
    assert triggers.find(Text("")) == []
    assert triggers.find(Text("،" * 1000)) == []
    assert len(triggers.find(Text("غارة " * 500))) == 500
