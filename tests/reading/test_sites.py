"""Sites: examples of the language pack, spans, owners and any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.lexicon.table import Row, read_table
from marsad.reading import sites
from marsad.reading.sites import SiteMention
from marsad.text.tokens import Text
from marsad.vocabulary import SITE_KINDS


def told(source: str) -> list[str]:
    return [f"{'+'.join(m.kinds)}: {m.name}" for m in sites.find(Text(source))]


def only(source: str) -> SiteMention:
    (mention,) = sites.find(Text(source))
    return mention


@pytest.mark.parametrize("row", read_table("ar/examples/sites.tsv"), ids=lambda row: str(row.line))
def test_examples(row: Row) -> None:
    assert told(row["text"]) == ([] if row["told"] == "-" else row["told"].split("; "))


@pytest.mark.parametrize("row", read_table("ar/lexicon/sites.tsv"), ids=lambda row: row["word"])
def test_kinds_are_of_the_vocabulary(row: Row) -> None:
    given_kinds = {row["kind"], *(part.partition(":")[2] for part in row.list("takes"))} - {"", "-"}
    assert given_kinds <= set(SITE_KINDS)
    classes = {r["class"] for r in read_table("ar/lexicon/site_qualifiers.tsv")} | set(SITE_KINDS)
    assert {part.partition(":")[0] for part in row.list("takes")} - {"*"} <= classes


_CONDITIONS = {"acc", "def", "indef", "marked", "named", "owned", "plural", "struck", "unnamed", "with"}


@pytest.mark.parametrize("row", read_table("ar/lexicon/sites.tsv"), ids=lambda row: row["word"])
def test_conditions_and_flags_are_known(row: Row) -> None:
    assert set(row.list("when")) <= _CONDITIONS
    assert set(row.list("flags")) <= {"ambush", "nisba", "vague"}


@pytest.mark.parametrize("name", ["sites", "site_qualifiers", "phrase_words"])
def test_tables_are_sorted_without_doubles(name: str) -> None:
    words = [(row["word"], row["paradigm"]) for row in read_table(f"ar/lexicon/{name}.tsv")]
    assert words == sorted(set(words))


def test_number_and_article() -> None:
    assert [only(s).number for s in ("دمر القصف منزلا", "دمر القصف منزلين", "دمر القصف منازل")] == ["sg", "du", "pl"]
    assert only("استهدفت الغارة المسجد").definite
    assert only("أضرمت النيران في سيارته").definite
    assert not only("استهدفت الغارة مسجدا").definite


def test_letters_before_are_no_part_of_the_name() -> None:
    source = "أضرار لحقت بمسجد وبالمدرسة وللمنازل"
    found = sites.find(Text(source))
    assert [(m.proclitic, m.name) for m in found] == [("ب", "مسجد"), ("وب", "المدرسة"), ("ول", "منازل")]
    assert all(source[m.start : m.end] == m.name for m in found)


@pytest.mark.parametrize(
    ("source", "whose"),
    [
        ("قصف الطيران مواقع للحوثيين في صعدة", "للحوثيين"),
        ("قصف الطيران مواقع الحوثيين في صعدة", "الحوثيين"),
        ("استهدفت الغارة مقر حزب الله في البقاع", "حزب الله"),
        ("استهدفت الغارة سيارة تابعة لتنظيم القاعدة شرق مأرب", "لتنظيم القاعدة"),
        ("أصابت القذائف منازل المدنيين", "المدنيين"),
        ("أصابت القذائف منازل في الحي", None),
        ("استهدفوا نقطة خاصة بالمسلحين الحوثيين", "بالمسلحين الحوثيين"),
        ("قصف الأحياء الشرقية للمدينة", None),
        ("دمرت الغارة موقعين عسكريين", None),
    ],
)
def test_owner(source: str, whose: str | None) -> None:
    text = Text(source)
    mention = sites.find(text)[0]
    found = None if mention.owner is None else source[slice(*text.span(*mention.owner))]
    assert found == whose


def test_use_beside_the_kind_of_its_own() -> None:
    assert only("قصفت الطائرات مسجد البلدة الذي اتخذه التنظيم مقرا له").kinds == ("religious", "military")


def test_spelling_tells_words_apart() -> None:
    assert told("قصف أحياء المدينة") == ["residential: أحياء المدينة"]
    assert told("جهود إحياء المفاوضات") == []
    assert told("شكا من معاملة سيئة") == []


_TEXT = "مقر مسجد سيارة مفخخة مواقع للحوثيين تابعة ل حزب الله في القديم العسكري و منازل المدنيين ، « » 5 بيت نقطة تفتيش قيادة"
_WORDS = _TEXT.split()


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(_WORDS), max_size=25).map(" ".join)))
def test_any_text(source: str) -> None:
    text, past = Text(source), -1
    for mention in sites.find(text):
        assert past < mention.first <= mention.head <= mention.last
        assert source[mention.start : mention.end] == mention.name != ""
        assert mention.kinds and set(mention.kinds) <= set(SITE_KINDS)
        if mention.owner is not None:
            assert mention.first < mention.owner[0] <= mention.owner[1] <= mention.last
        past = mention.last
