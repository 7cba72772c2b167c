"""Tolls: the tellings of one event put together."""

from __future__ import annotations

from marsad.model import Document, Harm
from marsad.reading import harm, numbers
from marsad.reading.reader import read
from marsad.reading.toll import toll_of
from marsad.text.tokens import Text


def toll(source: str, group: str | None = None) -> list[tuple[str, int | None, int | None, str]]:
    return [(h.kind, h.min, h.max, h.status) for h in entries(source, group)]


def entries(source: str, group: str | None = None) -> tuple[Harm, ...]:
    text = Text(source)
    mentions = [m for m in harm.find(text, numbers.find(text)) if not m.superseded and not m.negated]
    return toll_of(source, mentions, lambda m: group if m.group_first >= 0 else None)


def test_a_toll_told_twice_is_one_entry() -> None:
    assert toll("قتل 12 شخصا في الانفجار. وقال الطبيب إن 12 مدنيا قتلوا.") == [("killed", 12, 12, "civilian")]


def test_a_vague_telling_is_in_an_exact_one() -> None:
    source = "مقتل 18 من عناصر الجيش. وذكر المصدر أن قتلى من الجيش سقطوا في المعارك."
    assert toll(source, "army") == [("killed", 18, 18, "combatant")]
    assert entries(source, "army")[0].group == "army"


def test_first_bound_is_kept_unless_corrected() -> None:
    assert toll("قتل 20 شخصا على الأقل. وأضاف أن عدد القتلى ارتفع إلى 26.") == [("killed", 26, 26, "unknown")]
    assert toll("قتل 20 جنديا في الهجوم. وقال آخر إن 17 جنديا قتلوا.") == [("killed", 20, 20, "combatant")]


def test_who_died_after_it_is_in_the_sum() -> None:
    source = "ارتفعت إلى سبعة قتلى حصيلة القصف بعد وفاة امرأة"
    assert toll(source) == [("killed", 7, 7, "unknown")]


def test_part_of_a_toll_tells_of_its_people() -> None:
    source = "قتل 11 شخصا وأصيب 20. وقال المدير إن من بين القتلى ثلاثة أطباء وأربعة من قوات الأمن"
    assert toll(source) == [("killed", 11, 11, "mixed"), ("injured", 20, 20, "unknown")]
    assert [(i.who, i.min, i.max) for i in entries(source)[0].including] == [("medics", 3, 3)]
    assert toll("قتل 30 شخصا. وقال الناشط إن الضحايا جميعهم من المدنيين") == [("killed", 30, 30, "civilian")]
    assert toll("معظم القتلى من المدنيين") == []
    assert toll("من بين القتلى 18 جنديا") == [("killed", 18, 18, "combatant")]


def test_dead_and_wounded_are_people_of_one_kind() -> None:
    assert toll("مقتل 3 جنود. وأصيب 9 أشخاص") == [("killed", 3, 3, "combatant"), ("injured", 9, 9, "combatant")]
    told = toll("مقتل 3 جنود ومقتل طفلين. وأصيب 9 أشخاص")
    assert told == [("killed", 3, 3, "combatant"), ("killed", 2, 2, "civilian"), ("injured", 9, 9, "unknown")]


def test_captives_are_combatants() -> None:
    assert toll("أسرت القوات 40 شخصا") == [("captured", 40, 40, "combatant")]


def test_claims_take_their_harm_from_the_toll() -> None:
    text = "قتل ثلاثة جنود في هجوم على مدينة تعز أمس. وأصيب تسعة أشخاص في الهجوم."
    (claim,) = read(Document("d", text, published="2018-05-03"))
    assert [(h.kind, h.min, h.status) for h in claim.harm] == [("killed", 3, "combatant"), ("injured", 9, "combatant")]


def test_two_of_the_dead_are_among_them() -> None:
    assert toll("قتل 11 جنديا. وقال الطبيب إن اثنين من القتلى قضوا على الفور") == [("killed", 11, 11, "combatant")]
