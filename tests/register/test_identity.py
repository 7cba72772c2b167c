"""Pages that give themselves an address: which document they are."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from marsad.register import documentrecords, queries
from marsad.register.identity import alike
from marsad.register.provenance import Capture
from marsad.register.store import Register
from tests.register.making import TEXT, capture, read

HOME = "https://example.org/latest/1234567"
TEXTS = (
    "أعلن مستشفى المدينة وصول جرحى بعد انفجار عبوة قرب دوار الساعة مساء الخميس.",
    "قالت بلدية الوادي إن السيول جرفت جسرا وقطعت الطريق بين القريتين منذ الفجر.",
    "احتج عمال الميناء على تأخر الرواتب وأغلقوا البوابة الشرقية ساعتين قبل أن يعودوا.",
)


def page(number: int, text: str, **changes: object) -> Capture:
    return capture(number, text, canonical=HOME, doubtful=True, **changes)


PAGES = [page(n, text) for n, text in enumerate(TEXTS)]


def add(register: Register, *captures: Capture, together: bool = True) -> list[str]:
    parts = [list(captures)] if together else [[c] for c in captures]
    return [a.document_id for part in parts for a in register.add_all([(c, None) for c in part])]


def texts(register: Register) -> list[str]:
    with register.snapshot() as connection:
        return sorted(documentrecords.text_of(connection, d.id) for d in documentrecords.documents(connection))


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("order", list(permutations(range(3)))[::2])
def test_one_address_for_all_pages_of_a_site_makes_no_one_document(
    register: Register, order: tuple[int, ...], together: bool
) -> None:
    ids = add(register, *(PAGES[n] for n in order), together=together)
    assert len(set(ids)) == 3 and texts(register) == sorted(TEXTS), "as many documents in any order"
    before = register.status()["log_entries"]
    assert add(register, *PAGES, *reversed(PAGES)) and register.status()["log_entries"] == before, "known again"
    with register.snapshot() as connection:
        told = [
            warning
            for identifier in ids
            for version in documentrecords.history(connection, identifier)["versions"]
            for made in version["captures"]
            for warning in made["warnings"]
        ]
    assert len(told) == 2 and all(HOME in warning and "another page with another text" in warning for warning in told)
    assert register.verify().clean


def test_one_page_at_several_addresses_is_one_document(register: Register) -> None:
    first = page(1, TEXT)
    mobile = page(2, f"{TEXT} شارك الخبر")
    (one, other) = add(register, first, mobile, together=False)
    assert one == other and register.status()["documents"] == 1


def test_a_saved_page_is_kept_by_the_address_that_it_was_saved_from(register: Register) -> None:
    saved = [replace(p, address=f"/saved/{n}.html", found_at=f"https://example.org/news/{n}") for n, p in enumerate(PAGES)]
    add(register, *saved)
    with register.snapshot() as connection:
        names = {documentrecords.history(connection, d.id)["identity"] for d in documentrecords.documents(connection)}
    assert names == {HOME, "https://example.org/news/1", "https://example.org/news/2"}


def test_a_page_that_changes_is_a_new_version_whatever_its_text(register: Register) -> None:
    first, later = add(register, PAGES[0], replace(PAGES[0], text=TEXTS[1], raw=b"x"), together=False)
    assert first == later and register.status()["versions"] == 2


def test_the_word_of_a_list_or_archive_is_taken(register: Register) -> None:
    ids = add(register, *(replace(p, doubtful=False) for p in PAGES))
    assert len(set(ids)) == 1


def test_pages_with_claims_are_read_under_the_document_that_they_are(register: Register) -> None:
    pages = [page(1, TEXT), page(2, f"{TEXTS[0]} وكان ذلك قصف ثان.")]
    register.add_all([(p, read(p)) for p in pages])
    with register.snapshot() as connection:
        assert {c.document_id for c in queries.claims(connection)} == {d.id for d in documentrecords.documents(connection)}
    assert register.status()["documents"] == 2 and register.verify().clean


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (TEXT, TEXT, True),
        (TEXT, f"{TEXT} {TEXTS[0]} {TEXTS[1]}", True),
        (TEXT, TEXTS[0], False),
        ("عاجل", "عاجل", True),
        ("عاجل", "خبر", False),
    ],
)
def test_texts_are_alike_if_they_share_their_phrases(first: str, second: str, same: bool) -> None:
    assert alike(first, second) == alike(second, first) == same
