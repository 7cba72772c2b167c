"""Searching a register, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from marsad.errors import InputError
from marsad.gazetteer import default
from marsad.model import Date, Evidence, Harm, Party, Place, Site, Source, Weapon
from marsad.register.request import Request
from marsad.register.searching import Found, search
from marsad.register.store import Register
from tests.register.making import capture, claim, read

Ask = Callable[..., list[str]]

REPORTS = {
    1: ("2024-05-01", "خبر أول", "قصفت طائرات حي المهجع، ودمر القصف مسجدًا قديمًا هناك."),
    2: ("2024-05-03", "خبر ثان", "قصف مسجد في بلدة الندى أمس، وفق شهود."),
    3: ("2024-05-02", "المساجد تغلق", "تضررت المساجد في بلدة الندى. وقال السكان إن القصـــفَ اســتمرّ."),
    4: ("2024-05-04", "اشتباكات", "اندلعت اشتباكات في كركوک بين مسلحين، وقتل ١٢ شخصًا من ISIS-K."),
    5: (None, "بلا تاريخ", "قصف بلا مسجد ولا تاريخ، والعدد 1,200."),
}


def told(number: int) -> Any:
    published, title, body = REPORTS[number]
    return capture(number, body, title=title, published=published, publisher="وكالة الشروق" if number == 4 else "وكالة المثال")


def identifier(number: int) -> str:
    return str(told(number).document_id)


def fill(register: Register) -> None:
    """The reports; of the second and fourth two claims each at real places."""
    words: dict[int, tuple[Any, ...]] = {}
    for number in REPORTS:
        taken = told(number)
        e = (Evidence.of(taken.text, 0, 3),)
        common = {"trigger": e, "harm": ()}
        if number == 2:
            words[number] = (
                claim(taken.document_id, taken.text, "قصف", **common | {
                    "place": Place("هجين", "town", ("دير الزور",), "SY", 34.6894, 40.8308, "geonames:174506", "settlement", None, e),
                    "date": Date("2024-05-02", "2024-05-02", "day", e), "type": "air_drone_strike",
                    "perpetrators": (Party("us", "الطيران الأميركي", e),), "sites": (Site("religious", "مسجد", e),),
                    "harm": (Harm("killed", 3, 3, "civilian", None, (), e),), "weapons": (Weapon("drone", e),),
                    "sources": (Source("المرصد السوري", "monitor", "origin", e),),
                }),
                claim(taken.document_id, taken.text, "أمس", id=f"{taken.document_id}.2", **common | {
                    "place": Place("الرقة", "city", (), "SY", 35.9528, 39.0079, "geonames:172955", "settlement", None, e),
                    "date": Date("2017-01-01", "2017-06-30", "days", e), "type": "attack", "perpetrators": (Party("isis", "داعش", e),),
                }),
            )  # fmt: skip
        elif number == 4:
            words[number] = (
                claim(taken.document_id, taken.text, "اشتباكات", **common | {
                    "place": Place("كركوك", "city", (), "IQ", 35.468, 44.392, "geonames:94787", "settlement", None, e),
                    "date": Date(None, None, "unknown", ()), "type": "armed_clash", "perpetrators": (Party(None, "لواء الصقور", e),),
                }),
            )  # fmt: skip
    register.add_all([(told(n), read(told(n), *words[n]) if n in words else None) for n in REPORTS])


@pytest.fixture
def filled(register: Register) -> Register:
    fill(register)
    return register


@pytest.fixture
def ask(filled: Register) -> Ask:
    """The numbers of the reports that a search finds, in order."""
    numbers = {identifier(n): n for n in REPORTS}

    def asked(words: str = "", **narrow: Any) -> list[int]:
        return [numbers[hit.document_id] for hit in page(filled, words, **narrow).hits]

    return asked


def page(register: Register, words: str = "", **narrow: Any) -> Found:
    with register.snapshot() as connection:
        return search(connection, Request(words, **narrow), default())


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("مسجد", [2, 3, 1, 5]),
        ("المساجد", [2, 3, 1, 5]),
        ("بمسجد", [2, 3, 1, 5]),
        ("مَسْجِدٌ", [2, 3, 1, 5]),
        ("مســجد", [2, 3, 1, 5]),
        ("قصف مسجد", [2, 3, 1, 5]),
        ("قصف مسجد حي", [1]),
        ('"قصف مسجد"', [2, 1]),
        ('"القصف والمساجد"', [2, 1]),
        ('"مسجد قصف"', []),
        ('"قصف بلا مسجد"', [5]),
        ("مسجد -بلدة", [1, 5]),
        ('مسجد -"قصف مسجد"', [3, 5]),
        ("طائرات OR اشتباكات", [4, 1]),
        ("قصف طائرات|بلدة", [2, 3, 1]),
        ("كركوك", [4]),
        ("کرکوک", [4]),
        ("Kirkuk", [4]),
        ("هجين", [2]),
        ("Hajin", [2]),
        ("12", [4]),
        ("١٢", [4]),
        ("1200", [5]),
        ("١٬٢٠٠", [5]),
        ("isis-k", [4]),
        ("ISIS شخص", [4]),
        ("في", [4, 2, 3]),
        ("-قصف", [4]),
        ("زمخشرلوب", []),
    ],
)
def test_words(ask: Ask, words: str, numbers: list[int]) -> None:
    assert ask(words) == numbers


@pytest.mark.parametrize(
    ("narrow", "numbers"),
    [
        ({"place": "هجين"}, [2]),
        ({"place": "Hajin"}, [2]),
        ({"place": "geonames:174506"}, [2]),
        ({"place": "سوريا"}, [2]),
        ({"place": "دير الزور"}, [2]),
        ({"place": "هجين، العراق"}, InputError),
        ({"place": "هجين، دير الزور"}, [2]),
        ({"place": "34.7,40.8", "within": "20km"}, [2]),
        ({"place": "34.7,40.8", "within": "1km"}, []),
        ({"place": "هجين", "within": "300 km"}, [2]),
        ({"place": "حلب"}, []),
        ({"first": "2024-05-02", "last": "2024-05-02"}, [2, 3]),
        ({"first": "2024-05-04"}, [4]),
        ({"first": "2017-03-05", "last": "2017-03-06"}, [2]),
        ({"last": "2016-12-31"}, []),
        ({"party": "us"}, [2]),
        ({"party": "United States"}, [2]),
        ({"party": "داعش"}, [2]),
        ({"party": "Daesh"}, [2]),
        ({"party": "لواء الصقور"}, [4]),
        ({"party": "nobody at all"}, []),
        ({"harm": "killed"}, [2]),
        ({"site": "religious"}, [2]),
        ({"type": "armed_clash"}, [4]),
        ({"type": "air drone strike"}, [2]),
        ({"weapon": "drone"}, [2]),
        ({"source": "monitor"}, [2]),
        ({"source": "المرصد"}, [2]),
        ({"source": "الشروق"}, [4]),
        ({"source": "example.org", "type": "armed_clash"}, [4]),
        ({"language": "ar", "words": "قصف"}, [2, 3, 1, 5]),
        ({"language": "en"}, []),
        # Filters must hold of one claim.
        ({"party": "isis", "place": "الرقة"}, [2]),
        ({"party": "isis", "place": "هجين"}, []),
        ({"type": "attack", "harm": "killed"}, []),
        ({"place": "هجين", "first": "2024-05-01"}, [2]),
        ({"place": "الرقة", "first": "2024-05-01"}, []),
        ({"words": "مسجد", "place": "هجين", "first": "2018-10-01"}, [2]),
        ({"words": "اشتباكات", "place": "هجين"}, []),
    ],
)
def test_filters(ask: Ask, narrow: dict[str, str], numbers: Any) -> None:
    if numbers is InputError:
        with pytest.raises(InputError):
            ask(**narrow)
    else:
        assert ask(**narrow) == numbers


def test_reports_with_the_words_side_by_side_come_first_then_the_newest_and_pages_go_on(filled: Register) -> None:
    found = page(filled, "قصف مسجد")
    assert (found.count, found.side_by_side, found.more, found.after) == (4, 2, False, "")
    seen, after = [], ""
    while True:
        part = page(filled, "قصف مسجد", limit=1, after=after)
        assert part.count == 4
        seen += [hit.document_id for hit in part.hits]
        after = part.after
        if not after:
            break
    # The second has them side by side and is newer than the first, which has "the shelling of a mosque".
    assert seen == [hit.document_id for hit in found.hits] == [identifier(n) for n in (2, 1, 3, 5)]
