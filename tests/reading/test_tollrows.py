"""Rows of a list of tolls by place: each is an event at its place, as what heads the list."""

from marsad import read
from marsad.model import Document
from marsad.reading.tollrows import rows_of
from marsad.text.tokens import Text

LIST = """أعلنت وزارة الصحة أن غارات إسرائيلية على البقاع أمس الثلاثاء أدت إلى:
- دورس: خمسة شهداء بينهم طفلان و11 جريحا.
- حفير: شهيدان.
- بوداي: تسعة شهداء وأربعة جرحى.
"""


def test_each_row_is_an_event_at_its_place() -> None:
    heading, *rows = read(Document(id="d", text=LIST, published="2024-05-15"))
    assert (heading.place.name, heading.harm) == ("البقاع", ())
    told = [(c.place.name, [(h.kind, h.min) for h in c.harm]) for c in rows]
    assert told == [
        ("دورس", [("killed", 5), ("injured", 11)]),
        ("حفير", [("killed", 2)]),
        ("بوداي", [("killed", 9), ("injured", 4)]),
    ]
    assert {c.type for c in rows} == {"air_drone_strike"}
    assert {(c.date.start, c.date.end) for c in rows} == {("2024-05-14", "2024-05-14")}
    assert {p.id for c in rows for p in c.perpetrators} == {"israel"}


def test_rows_of_the_same_list_without_signs_and_with_dashes() -> None:
    text = "حصيلة القصف على ريف إدلب اليوم:\nسرمين - 3 قتلى\nالنيرب - قتيل واحد و4 جرحى\n"
    _, *rows = read(Document(id="d", text=text, published="2024-05-15"))
    assert [(c.place.name, c.harm[0].min) for c in rows] == [("سرمين", 3), ("النيرب", 1)]


def test_who_speaks_is_no_row_of_a_place() -> None:
    text = "وزارة الصحة: 208 شهداء وصلوا إلى المستشفيات في رفح.\nالدفاع المدني: 12 مفقودا تحت الركام.\n"
    assert len(rows_of(Text(text))) == 2
    assert {c.place.name for c in read(Document(id="d", text=text, published="2024-05-15"))} <= {"رفح", None}


def test_one_line_alone_is_no_list() -> None:
    assert rows_of(Text("دورس: خمسة شهداء.\nوقالت الوزارة إن الغارة وقعت صباحا.\n")) == []


def test_a_hospital_is_no_place_and_its_toll_is_that_of_the_town() -> None:
    text = "حصيلة القصف على الفاشر اليوم:\n- حي التيمانات: 6 قتلى\n- معسكر زمزم: 9 قتلى\n- المستشفى الجنوبي: قتيلان من الأطباء\n"
    _, *rows = read(Document(id="d", text=text, published="2024-05-15"))
    assert [(c.place.name, c.harm[0].min) for c in rows] == [("التيمانات", 6), ("زمزم", 9), ("الفاشر", 2)]


def test_numbered_lines_tell_in_the_present_tense() -> None:
    text = "أبرز أحداث اليوم:\n1- الجيش يستعيد بلدة الشكابة بعد معارك.\n2- مقتل 8 مدنيين في قصف على سوق الكومة.\n3- مسيرات تستهدف مطار مروي.\n"
    claims = read(Document(id="d", text=text, published="2024-05-15"))
    assert [c.place.name for c in claims] == ["الشكابة", "الكومة", "مطار مروي"]
