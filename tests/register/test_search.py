"""Searching a register, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from marsad.errors import InputError
from marsad.gazetteer import default
from marsad.model import Date, Evidence, Harm, Party, Place, Site, Source, Weapon
from marsad.register import indexing, searching
from marsad.register.errors import RegisterError
from marsad.register.request import Request
from marsad.register.searching import Found, Searcher, search
from marsad.register.store import Register
from marsad.register.suggesting import parts_of
from marsad.search.words import Word
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
        common: dict[str, Any] = {"harm": ()}
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


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """A register with the reports, which tests only look at."""
    sqlite = request.param == "sqlite"
    place = str(tmp_path_factory.mktemp("search")) if sqlite else request.getfixturevalue("postgresql").database()
    register, _ = Register.create(place, who="Rana")
    with register:
        fill(register)
        yield register


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
        ("قصف مسجد", [2, 1, 3, 5]),
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
    assert (found.count, found.more, found.after) == (4, False, "")
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


def test_results_show_words_in_the_original_text(filled: Register) -> None:
    hit = next(h for h in page(filled, "قصف استمر").hits)
    told_ = hit.to_dict()
    assert [h["text"] for h in told_["snippet"]["highlights"]] == ["القصـــفَ", "اســتمرّ"]
    for h in told_["snippet"]["highlights"]:
        assert hit.text[h["start"] : h["end"]] == h["text"]
    assert hit.text[told_["snippet"]["start"] : told_["snippet"]["end"]] == told_["snippet"]["text"]
    (phrase,) = (h for h in page(filled, '"قصف مسجد" طائرات').hits)
    assert "القصف مسجدًا" in [h["text"] for h in phrase.to_dict()["snippet"]["highlights"]]


def test_claims_that_hold_are_shown(filled: Register) -> None:
    (hit,) = page(filled, "مسجد", place="سوريا").hits
    assert hit.claims == 2 and [c.id for c in hit.holding] == [f"{identifier(2)}.1", f"{identifier(2)}.2"]
    (hit,) = page(filled, place="سوريا", type="attack").hits
    assert [hit.text[h.start : h.end] for h in hit.snippet.highlights] == ["قصف", "أمس"]
    assert [c.id for c in hit.holding] == [f"{identifier(2)}.2"]


@pytest.mark.parametrize(
    "words",
    [
        '"', '""', "'", "\\", "a' OR '1'='1", "'; drop table document; --", 'x" OR "قصف', "قصف AND NOT NEAR(مسجد)", "title:قصف", "قصف*",
        "^قصف", "{claims}: قصف", "قصف:*", "!قصف & مسجد", "t:attack", "x:", "!t:attack", "😀🔥", "ق" * 10_000, "\x00", "\u200f\u200f",
        "((((((", "قصف - - مسجد", "OR", "| | |", "''''", "<->", "$1 :expression %s {}",
    ],
)  # fmt: skip
def test_hostile_words_find_nothing_or_words(filled: Register, words: str) -> None:
    for narrow in ({}, {"type": "attack"}):
        try:
            found = page(filled, words, **narrow)
        except InputError as error:
            assert "nothing is asked" in str(error)
            continue
        assert found.count <= len(REPORTS)
    with filled.snapshot() as connection:
        assert connection.scalar(text("select count(*) from document")) == len(REPORTS)


@pytest.mark.parametrize(
    ("narrow", "reason"),
    [
        ({}, "nothing is asked"),
        ({"words": "كلمة " * 100}, "more than"),
        ({"first": "2024-13-01"}, "no such day"),
        ({"first": "2024-02-02", "last": "2024-02-01"}, "behind the last"),
        ({"type": "war"}, "one of air_drone_strike"),
        ({"place": "95,10"}, "no degrees"),
        ({"place": "هجين", "within": "far"}, "no distance"),
        ({"words": "قصف", "within": "20km"}, "needs a place"),
        ({"place": "مكان لا يعرفه أحد", "within": "5km"}, "is not known"),
        ({"words": "قصف", "after": "0" * 16}, "no such document"),
        ({"party": "؟؟"}, "has no word"),
    ],
)
def test_what_is_refused(filled: Register, narrow: dict[str, str], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        page(filled, **narrow)


def test_a_search_that_finds_nothing_tells_what_each_part_finds(filled: Register) -> None:
    with filled.snapshot() as connection:
        parts = parts_of(Searcher(connection, Request("مسجدا قصوف", place="كركوك"), default()))
        assert [(p.kind, p.count) for p in parts] == [("words", 4), ("words", 0), ("place", 1)]
        assert "قصف" in [word for word, _ in parts[1].near] and parts[2].rest == 0
        parts = parts_of(Searcher(connection, Request("قصف -قصف"), default()))
        assert [(p.kind, p.count, p.rest) for p in parts] == [("words", 4, 0), ("without", 4, 4)]


def test_near_words_are_such_as_reports_write(filled: Register) -> None:
    with filled.snapshot() as connection:
        (part,) = parts_of(Searcher(connection, Request("اشتباكاتت"), default()))
    assert part.near[:1] == (("اشتباكات", 1),)


def test_no_more_are_counted_than_is_useful(filled: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "_COUNTED", 2)
    monkeypatch.setattr(searching, "_COUNTED_ROWS", 1)
    found = page(filled, "مسجد")
    assert (found.count, found.more, len(found.hits)) == (2, True, 4)
    found = page(filled, '"قصف مسجد"')
    assert (found.count, found.more, len(found.hits)) == (1, True, 2)


def test_the_index_is_merged_as_it_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "_MERGED", (4,))
    register, _ = Register.create(str(tmp_path), who="Rana")
    segments = []
    with register:
        for number in REPORTS:
            register.add(told(number), None)
            with register.snapshot() as connection:
                segments.append(connection.scalar(text("select count(distinct segid) from search_text_idx")))
        assert segments == [1, 2, 3, 1, 2]
        assert page(register, "مسجد").count == 4


def test_decisions_of_people_count(register: Register) -> None:
    fill(register)
    first = f"{identifier(2)}.1"
    place = {"name": "الباغوز", "class": "town", "country": "SY", "gazetteer": None, "latitude": 34.45, "longitude": 40.95}
    register.decide(first, "correct", {"place": place, "type": "armed_clash"}, "Rana", "misread")
    assert page(register, place="هجين").count == 0 and page(register, place="الباغوز").count == 1
    assert page(register, place="34.45,40.95", within="2km", type="armed_clash").count == 1
    rejected = register.decide(first, "reject", None, "Rana", "no event")
    assert page(register, place="الباغوز").count == 0 and page(register, "قصف").count == 4
    assert page(register, place="الباغوز", rejected=True).count == 1
    assert page(register, place="الباغوز", type="armed_clash", first="2024-05-02", last="2024-05-02").count == 0
    assert page(register, place="الباغوز", type="armed_clash", first="2024-05-02", last="2024-05-02", rejected=True).count == 1
    register.undo(rejected, "Rana", "it is one")
    assert page(register, place="الباغوز").count == 1
    assert register.verify().clean


def test_a_new_version_takes_the_place_of_the_old_one(register: Register) -> None:
    fill(register)
    taken = capture(1, "خلت السوق من الناس.", title="خبر أول", published="2024-06-01")
    register.add(taken, read(taken, claim(taken.document_id, taken.text, "السوق")))
    assert page(register, "طائرات").count == 0
    assert [h.document_id for h in page(register, "سوق").hits] == [identifier(1)] and page(
        register, first="2024-05-05"
    ).count == 1
    assert register.verify().clean and not register.verify().notes


def test_the_index_can_be_made_anew_and_is_the_same(register: Register) -> None:
    fill(register)

    def rows() -> list[Any]:
        with register.snapshot() as connection:
            tables = ("search_form", "search_word", "search_place", "search_claim")
            return [sorted(map(repr, connection.execute(text(f"select * from {t}")))) for t in tables]

    before = rows()
    assert register.reindex() == len(REPORTS)
    # The numbers of documents may be others.
    assert rows()[:3] == before[:3] and len(rows()[3]) == len(before[3])
    assert page(register, "قصف مسجد").count == 4
    register.add(told(1), read(told(1)))
    assert register.verify().clean


def test_an_index_of_another_program_is_refused_and_made_anew_by_the_next_writer(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(register)
    monkeypatch.setattr(indexing, "cutting", lambda: "other")
    monkeypatch.setattr("marsad.register.searching.cutting", lambda: "other")
    with pytest.raises(RegisterError, match="marsad search --rebuild"):
        page(register, "قصف")
    taken = capture(9, "قصف جديد.")
    register.add(taken, read(taken, claim(taken.document_id, taken.text)))
    assert page(register, "قصف").count == 5


def test_changed_word_lists_are_told_and_old_rows_are_taken_out_all_the_same(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(register)
    monkeypatch.setattr("marsad.register.searching.wording", lambda: "other")
    monkeypatch.setattr(indexing, "analyse", _reversed)
    assert page(register, "قصف").stale
    taken = capture(1, "خلت السوق من الناس.", title="خبر أول", published="2024-06-01")
    register._indexer = indexing.Indexer()
    register.add(taken, read(taken, claim(taken.document_id, taken.text, "السوق")))
    assert page(register, "طائرات").count == 0 and page(register, "مسجد").count == 3


def _reversed(form: str) -> Word:
    return Word(form[::-1], (form[::-1],))


def test_a_step_that_fails_leaves_the_index_as_it_was(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(register)

    def fails(*_: Any) -> None:
        raise RegisterError("no room")

    taken = capture(9, "كلمات عجيبة غريبة.")
    with monkeypatch.context() as patch:
        patch.setattr(indexing._Writer, "_store", fails)
        with pytest.raises(RegisterError):
            register.add(taken, None)
    assert page(register, "عجيبة").count == 0
    register.add(taken, None)
    assert page(register, "غريبة").count == 1 and register.verify().clean
