"""Look-ups of word forms, cuts of clitics, phrases and quotation marks."""

from __future__ import annotations

import gc
import json
import threading
from pathlib import Path

from marsad import Document, read
from marsad.lexicon.clitics import splits
from marsad.lexicon.lookup import Lookup
from marsad.lexicon.phrases import Phrasebook
from marsad.lexicon.scan import Shared
from marsad.lexicon.table import read_table
from marsad.reading import parties
from marsad.reading.quotes import Quotes
from marsad.text.tokens import Text

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples" / "reports"
EXAMPLES = ROOT / "src/marsad/packs/ar/examples"


def test_a_rule_is_asked_once_for_each_form() -> None:
    asked: list[str] = []

    def long(form: str) -> bool:
        asked.append(form)
        return len(form) > 3

    lookup = Lookup(long)
    text = Text("عاد رجال القرية، ثم عاد رجال 2016")
    assert [index for index, _ in lookup.among(text)] == [1, 2, 6, 7]
    assert lookup.among(text) and len(asked) == len(set(asked)) == len(set(text.forms))


def test_a_look_up_that_another_thread_takes_in_waits_for_a_walk() -> None:
    entered, held = threading.Event(), list[threading.Thread]()
    text = Text("عاد نسر ثم طار صقر")

    def other() -> None:
        assert Shared(lambda form: form == "صقر", ["صقر"], False, "ar").among(Text("صقر")) == [(0, True)]
        entered.set()

    def slow(form: str) -> bool:
        if form == "نسر" and not held:
            held.append(threading.Thread(target=other))
            held[0].start()
            # Were it let in, the rest of this text would be walked over with it.
            assert not entered.wait(0.3)
        return form == "نسر"

    assert Shared(slow, ["نسر"], False, "ar").among(text) == [(1, True)]
    held[0].join(20)
    assert entered.is_set()


def test_a_look_up_forgets_all_beyond_its_limit_and_answers_as_before() -> None:
    lookup = Lookup(len, limit=3)
    assert [lookup[form] for form in ("a", "bb", "ccc", "dddd", "a")] == [1, 2, 3, 4, 1]
    assert len(lookup) == 2


def test_shared_look_ups_find_what_others_find() -> None:
    text = Text("وقصف الجيش القرية، ثم قصفها. وفي القرية جيش")
    asked: list[str] = []

    def known(form: str) -> str:
        asked.append(form)
        return next((split.core for split in splits(form) if split.core in {"قصف", "جيش"}), "")

    lookup = Shared(known, ("قصف", "جيش"), "", "ar")
    assert lookup.among(text) == Lookup(known).among(text)
    asked.clear()
    assert [value for _, value in lookup.among(Text("الجيش والجيش"))] == ["جيش", "جيش"]
    assert asked == ["والجيش"]  # a form is asked for once, and only if a key is in it
    late = Shared(len, ("القريه",), 0, "ar")
    assert [index for index, _ in late.among(text)] == [2, 8]
    assert lookup.among(text) == Lookup(known).among(text)


def test_keys_lead_to_all_that_a_rule_knows() -> None:
    rows = [json.loads(path.read_text("utf-8")) for path in sorted(SAMPLES.glob("*.json"))]
    texts = [row["text"] for row in rows if row["language"] == "ar"]
    for path in sorted(EXAMPLES.glob("*.tsv")):
        texts += [cell for row in read_table(f"ar/examples/{path.name}") for cell in row.cells.values()]
    for text in texts[:20]:
        read(Document("x", text, published="2018-12-16"))  # makes the look-ups
    known = sorted({form for text in texts for form in Text(text).forms})
    look_ups = [made for made in gc.get_objects() if isinstance(made, Shared) and made.language == "ar"]
    assert len(look_ups) > 20
    for look_up in look_ups:
        for form in known:
            asked = look_up.rule(form) or look_up.nothing
            assert _plain(look_up[form]) == _plain(asked), f"{look_up.rule}: {form}"


def _plain(found: object) -> object:
    """What look-ups hold, with values in place of objects that are equal to none but themselves."""
    if isinstance(found, tuple):
        return tuple(_plain(part) for part in found)
    if type(found).__module__ == "marsad.lexicon.phrases":
        return tuple(_plain(getattr(found, name)) for name in type(found).__slots__)
    return found


def test_cuts_stand_in_order_and_without_enclitics_they_are_a_part_of_all() -> None:
    for form in ("وبالمدرسة", "للمدرسه", "فكتابهم", "ال", "و", "", "وولدها"):
        cuts = splits(form)
        assert cuts[0].core == form
        assert all(form[cut.start : cut.end] == cut.core for cut in cuts)
        assert all(cut.proclitic + cut.core + cut.enclitic == form for cut in cuts)
        sizes = [len(cut.proclitic) + len(cut.enclitic) for cut in cuts]
        assert sizes == sorted(sizes)
        assert splits(form, enclitics=False) == tuple(cut for cut in cuts if not cut.enclitic)


def test_phrases_need_their_further_words_or_marks_between() -> None:
    book = Phrasebook([("نادي المدينة", 1), ("نادي", 2), ("جسر القرية القديم", 3)])
    text = Text('زار نادي «المدينة» وجسر القرية، ثم النادي ونادي المعلمين وبنادي المدينة وجسر القرية "القديم')
    assert [(m.value, m.proclitic, text.source[m.start : m.end]) for m in book.find(text)] == [
        (1, "", "نادي «المدينة"),
        (2, "و", "نادي"),
        (1, "وب", "نادي المدينة"),
        (3, "و", 'جسر القرية "القديم'),
    ]
    assert {index: match.value for index, match in book.matches(text).items()} == {m.first: m.value for m in book.find(text)}
    assert all(book.at(text, index) is None for index in range(len(text.forms)) if index not in book.matches(text))


def test_open_quotations() -> None:
    text = Text('قال «نعم» ثم «لا و"قد')
    quotes = Quotes(text)
    marks = [index for index, form in enumerate(text.forms) if form in '«»"']
    assert quotes.within(0, len(text.forms)) == marks
    assert quotes.opened(0, marks[1]) == (1, False)
    assert quotes.opened(0, marks[1] + 1) == (0, False)
    assert quotes.opened(marks[1] + 1, len(text.forms)) == (1, True)
    assert quotes.opened(5, 2) == (0, False)


def test_a_phrase_does_not_reach_beyond_the_text() -> None:
    book = Phrasebook([("جسر", 1), ("جسر القرية القديم", 2)])
    (match,) = book.matches(Text("جسر القرية )")).values()
    assert (match.last, match.value) == (0, 1)


def test_a_text_that_ends_inside_a_phrase_is_read() -> None:
    found = parties.find(Text("قوات قوات الجيش السوري )"), None, [])
    assert [(p.id, p.first, p.last) for p in found] == [("syria_gov", 0, 3)]
