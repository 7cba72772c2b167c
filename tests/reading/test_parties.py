"""Parties: examples of the language pack, attributes, resolution by theatre and day, any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.lexicon.table import Row, read_table
from marsad.reading import parties
from marsad.reading.parties import PartyMention
from marsad.reading.partywords import party_words
from marsad.text.tokens import Text


def read(source: str, day: str | None = None, countries: tuple[str, ...] = (), title: str = "") -> list[PartyMention]:
    return parties.find(Text(source), day, countries, Text(title) if title else None)


def told(mentions: list[PartyMention]) -> str:
    shown = (m for m in mentions if m.sort != "civilians" or m.id == "settlers")
    return ";".join(f"{'' if m.sure else '?'}{m.id or '-'} {m.name}" for m in shown) or "-"


@pytest.mark.parametrize("row", read_table("ar/examples/parties.tsv"), ids=lambda row: str(row.line))
def test_examples(row: Row) -> None:
    assert told(read(row["text"], row["day"] or None, row.list("countries"))) == row["parties"]


def test_every_listed_party_has_a_name() -> None:
    named = {row["id"] for row in read_table("ar/parties.tsv")}
    assert party_words().known.keys() - named <= {"civilians"}


def test_roles_are_used() -> None:
    used = {row["role"] for row in read_table("ar/lexicon/party_words.tsv")}
    assert {row["role"] for row in read_table("ar/lexicon/party_roles.tsv")} <= used


def test_means_and_sorts() -> None:
    (mention,) = read("قصفت الطائرات الحربية الروسية المدينة")
    assert (mention.id, mention.means, mention.sort, mention.kind) == ("russia", "air", "force", "state_force")
    (mention,) = read("قصفت مدفعية الجيش التركي القرية")
    assert (mention.id, mention.means) == ("turkey", "ground")
    (mention,) = read("مقتل قيادي في حركة طالبان")
    assert (mention.id, mention.sort, mention.number) == ("taliban", "members", "")
    (mention,) = read("دعت إيران إلى وقف القتال")
    assert (mention.id, mention.sort) == ("iran", "state")
    (mention,) = read("ظهر المشير خليفة حفتر")
    assert (mention.id, mention.sort) == ("lna", "person")
    (mention,) = read("أطلق ملثمون النار")
    assert (mention.id, mention.sort, mention.kind) == ("unidentified", "unidentified", "unidentified")


def test_civilians() -> None:
    found = read("قتل ثلاثة مدنيين وطفلة وأصيب متظاهرون")
    assert [(m.id, m.name, m.sort) for m in found] == [
        ("civilians", "مدنيين", "civilians"),
        ("civilians", "طفلة", "civilians"),
        (None, "متظاهرون", "civilians"),
    ]


def test_proclitics_and_epithets_are_no_part_of_the_name() -> None:
    first, second = read("هجوم لداعش الإرهابي وبالتحالف الدولي")
    assert (first.name, first.proclitic, first.start) == ("داعش", "ل", 6)
    assert (second.name, second.proclitic) == ("التحالف الدولي", "وب")


@pytest.mark.parametrize(
    ("countries", "expected"),
    [(("YE",), "coalition_yemen"), (("SY", "IQ"), "coalition_isis"), (("AF",), "nato")],
)
def test_coalition_by_theatre(countries: tuple[str, ...], expected: str) -> None:
    (mention,) = read("شن التحالف غارة", "2016-05-01", countries)
    assert (mention.id, mention.sure) == (expected, False)


def test_title_tells_the_theatre() -> None:
    (mention,) = read("أعلن الجيش مقتل خمسة", "2023-06-01", title="معارك في السودان")
    assert mention.id == "saf"
    (mention,) = read("أعلن الجيش مقتل خمسة", "2023-06-01", title="معارك في لبنان")
    assert mention.id == "lebanon"


def test_earlier_mention_goes_before_the_theatre() -> None:
    found = read(
        "قال الجيش الأردني إنه أسقط مسيرة. وأضاف الجيش أن مهربا قتل. وهاجمت حركة الشباب القاعدة ثم انسحبت الحركة", None, ("SY",)
    )
    assert [(m.id, m.sure) for m in found if m.name.startswith("الجيش")] == [(None, True), (None, False)]
    assert [m.id for m in found if m.name == "الحركة"] == ["shabaab"]


def test_unlisted_group_is_meant_again() -> None:
    found = read("هاجم تنظيم داعش القرية. وقالت جماعة الإخوان المسلمين إنها تدين الهجوم. وأضافت الجماعة")
    assert [(m.id, m.sure) for m in found if m.name == "جماعة الإخوان المسلمين"] == [(None, True), (None, False)]


def test_nothing_tells_who_it_is() -> None:
    assert read("تأسست الحركة عام 1990") == []
    assert read("عقد الانقلابيون مؤتمرا") == []


def test_one_theatre_in_each_paragraph() -> None:
    source = (
        "قتل جندي في الخرطوم بالسودان خلال معركة مع الدعم السريع.\n"
        + "كلمة " * 70
        + "\nوفي مصر قتل جندي في سيناء بهجوم لولاية سيناء."
    )
    found = [m for m in read(source, "2023-08-01") if m.name == "جندي"]
    assert [m.id for m in found] == ["saf", "egypt"]


def test_words_for_other_things_beside_a_name() -> None:
    assert read("وقع الحادث في شارع حماس") == []
    assert read("تعطلت حركة السير بسبب النظام السياسي") == []


_WORDS = [
    "قوات",
    "الجيش",
    "النظام",
    "التركي",
    "السوري",
    "والروسي",
    "من",
    "عناصر",
    "طائرات",
    "حربية",
    "وبالتحالف",
    "لداعش",
    "«",
    "»",
    "(",
    ")",
    "القاعدة",
    "تنظيم",
    "جماعة",
    "كتائب",
    "الشهداء",
    "التابعة",
    "للحكومة",
    "قبيلة",
    "المسلحين",
    "مسلح",
    "غارة",
    "روسية",
    "الحوثيين",
    "و",
    "صالح",
    "إيران",
    "في",
    "12",
    ".",
    "لواء",
]


@given(
    st.one_of(st.text(max_size=80), st.lists(st.sampled_from(_WORDS), max_size=25).map(" ".join)),
    st.sampled_from([None, "2014-01-01", "2025-03-01"]),
    st.lists(st.sampled_from(["SY", "YE", "IQ", "LY"]), max_size=2, unique=True),
)
def test_any_text(source: str, day: str | None, countries: list[str]) -> None:
    text, behind = Text(source), -1
    for mention in parties.find(text, day, countries):
        words = source[mention.start : mention.end]
        # A party that is not listed is called as it was named before, and by what stands in quotation marks.
        assert words != "" and (mention.name in words if mention.id is not None or mention.sure else mention.name in source)
        assert behind < mention.first <= mention.head <= mention.last < len(text.tokens)
        assert text.tokens[mention.first].start <= mention.start < mention.end == text.tokens[mention.last].end
        assert mention.id is None or mention.id in party_words().known
        behind = mention.last
