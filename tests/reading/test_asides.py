"""Asides: what stands in a text and is no part of the report."""

from __future__ import annotations

from marsad.model import Document
from marsad.reading.reader import read

REPORT = """قصف الجيش السوري بلدة كفرنبل الثلاثاء فقتل أربعة مدنيين.
وقال مسعف إن القصف طال سوقا في البلدة.
{line}
ونقل الجرحى إلى مستشفى قريب من الحدود.
ولم يعلق الجيش على ما حدث في البلدة."""


def triggers(line: str) -> int:
    return len(read(Document(id="d", text=REPORT.format(line=line), published="2018-07-20")))


def test_headings_between_paragraphs_tell_nothing() -> None:
    assert triggers("مقتل تسعة جنود في هجوم على حاجز قرب تدمر") == 1
    assert triggers("مقتل تسعة جنود في هجوم على حاجز للشرطة قرب مدينة تدمر أمس") == 2, "a sentence whose stop was forgotten"
    assert triggers("قتل تسعة جنود في هجوم على حاجز قرب مدينة تدمر الاثنين.") == 2


def test_posts_are_written_without_stops() -> None:
    text = "مقتل تسعة جنود في هجوم على حاجز قرب تدمر\nقصف على بلدة كفرنبل\nغارات على مدينة الرقة\nانفجار في حي الزهراء بحمص"
    assert len(read(Document(id="d", text=text, published="2018-07-20"))) > 2
