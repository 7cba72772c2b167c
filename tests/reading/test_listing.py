"""Lists: each line tells of something else, by whoever is named as the source before the colon that opens them."""

from marsad import read
from marsad.model import Document
from marsad.reading.listing import items_of
from marsad.text.tokens import Text

_HEAD = "وثق مرصد النخيل لحقوق الإنسان خلال شهر يناير انتهاكات في ولاية الجزيرة، وجاءت أبرزها على النحو الآتي:"
_LINES = (
    "• في 9 يناير هاجمت قوات الدعم السريع قرية التكلة شرقي الحصاحيصا وقتلت 12 مواطنا.",
    "• سقطت قذائف مدفعية على حي المزاد بمدينة ود مدني في 18 يناير وقتلت شخصين.",
    "• في 22 يناير اقتادت قوة من الدعم السريع تسعة تجار إلى جهة مجهولة.",
)


def _claims(*lines: str) -> list[dict[str, object]]:
    claims = read(Document(id="list", text="\n".join(lines), published="2025-02-01"))
    return [claim.to_dict() for claim in claims]


def _places(claims: list[dict[str, object]]) -> list[object]:
    return [claim["place"]["name"] for claim in claims]  # type: ignore[index]


def _sources(claims: list[dict[str, object]]) -> list[list[str]]:
    return [[source["kind"] for source in claim["sources"]] for claim in claims]  # type: ignore[attr-defined]


def test_lines_that_a_sign_opens_are_items() -> None:
    text = Text("\n".join((_HEAD, *_LINES)))
    assert [text.source[text.tokens[at].start :][:2] for at in items_of(text)] == ["في", "سق", "في"]


def test_two_lines_are_no_list() -> None:
    assert items_of(Text("\n".join((_HEAD, *_LINES[:2])))) == []


def test_a_line_takes_its_place_from_the_heading_and_not_from_the_line_before() -> None:
    assert _places(_claims(_HEAD, *_LINES)) == ["التكلة", "المزاد", "الجزيرة"]


def test_lines_are_told_by_who_counts_before_the_colon() -> None:
    assert _sources(_claims(_HEAD, *_LINES)) == [["monitor"]] * 3


def test_lines_behind_no_colon_have_no_source_but_their_own() -> None:
    assert _sources(_claims(_HEAD.removesuffix("، وجاءت أبرزها على النحو الآتي:") + ".", *_LINES)) == [[], [], []]
