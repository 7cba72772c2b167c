"""Tellings of harm: examples of the language pack, breakdowns, spans and any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.lexicon.table import Row, read_table
from marsad.model import Including
from marsad.reading import harm, numbers
from marsad.reading.harm import HarmMention
from marsad.text.tokens import Text


def read(source: str) -> list[HarmMention]:
    text = Text(source)
    return harm.find(text, numbers.find(text))


def shown(mention: HarmMention) -> str:
    known = mention.min is not None or mention.max is not None
    low, high = ("" if n is None else str(n) for n in (mention.min, mention.max))
    how = "not " if mention.negated else "was " if mention.superseded else ""
    return f"{how}{mention.kind} {f'{low}..{high}' if known else '?..?'} {mention.status}"


def told(source: str) -> list[str]:
    return sorted(shown(m) for m in read(source))


@pytest.mark.parametrize("row", read_table("ar/examples/harm.tsv"), ids=lambda row: str(row.line))
def test_examples(row: Row) -> None:
    expected = [] if row["told"] == "-" else sorted(row["told"].split(";"))
    assert told(row["text"]) == expected


def test_breakdown() -> None:
    (mention,) = read("قتلت الغارة 9 مدنيين بينهم ثلاث نساء وطفلان ومسعف")
    assert mention.including == (Including("women", 3, 3), Including("children", 2, 2), Including("medics", 1, 1))
    (mention,) = read("إصابة أربعة من أسرة واحدة")
    assert mention.including == (Including("family", 4, 4),)
    (mention,) = read("قتل عشرة مدنيين، ثلاثة منهم أطفال، في غارة على سراقب")
    assert (mention.min, mention.including) == (10, (Including("children", 3, 3),))
    (mention,) = read("قتل شاب ووالده في قصف على سرمين")
    assert (mention.min, mention.including) == (2, (Including("family", 1, 1),))


def test_breakdown_behind_the_circumstances() -> None:
    (mention,) = read("مقتل 14 شخصا في غارة جوية على سوق شعبي في المدينة، بينهم خمسة أطفال")
    assert (mention.min, mention.including) == (14, (Including("children", 5, 5),))
    (mention,) = read("مقتل 1300 شخص نتيجة أعمال العنف خلال الشهر الماضي، منهم 800 مدني و500 عسكري")
    assert (mention.min, mention.status) == (1300, "mixed")


def test_whose_people_they_are() -> None:
    source = "مقتل خمسة من عناصر الحشد الشعبي في كركوك"
    text = Text(source)
    (mention,) = harm.find(text, numbers.find(text))
    assert text.tokens[mention.group_first].form == "الحشد"
    assert mention.fighter and mention.status == "combatant"


def test_named_parties_are_combatants() -> None:
    text = Text("مقتل تسعة من زبيب في اشتباكات")
    index = next(t.index for t in text.tokens if t.form == "زبيب")
    (mention,) = harm.find(text, numbers.find(text), armed={index})
    assert (mention.status, mention.group_first) == ("combatant", index)


def test_words_of_a_telling() -> None:
    source = "أسفر الهجوم عن مقتل ما لا يقل عن 27 شخصا إثر انهيار المبنى"
    text = Text(source)
    (mention,) = harm.find(text, numbers.find(text))
    assert source[mention.start : mention.end] == "مقتل ما لا يقل عن 27 شخصا"
    assert text.tokens[mention.predicate].form == "مقتل"
    assert text.tokens[mention.cause_after].form == "اثر"
    assert text.tokens[mention.cause_before].form == "اسفر"


_TEXT = "قتل أصيب مقتل 5 عشرات جنود مدنيين و من بينهم ، آخرين سقوط قتلى وجرحى لم إلى عدد القتلى ( ) . أحد طفل"
_WORDS = _TEXT.split()


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(_WORDS), max_size=25).map(" ".join)))
def test_any_text(source: str) -> None:
    for mention in read(source):
        assert 0 <= mention.start < mention.end <= len(source)
        assert mention.min is None or mention.max is None or mention.min <= mention.max
