"""Pages of common news systems and platforms: main text exact, and what the page tells of the report."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from marsad.errors import InputError
from marsad.intake.making import capture_of
from marsad.intake.page import reports_of_page
from marsad.intake.results import Origin, Refused, Settings
from marsad.register.provenance import Capture
from tests.intake.pages import PAGES, Page
from tests.intake.stories import STORIES

SETTINGS = Settings(today=date(2024, 6, 1))
NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)


def captures(page: Page) -> list[Capture]:
    origin = Origin(page.address, "file", NOW)
    return [capture_of(page.data, "text/html", origin, found, SETTINGS) for found in reports_of_page(page.data, page.address)]


def test_there_are_enough_and_each_has_its_name() -> None:
    assert len(PAGES) >= 25 and len({p.name for p in PAGES}) == len(PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_main_text_is_exact(page: Page) -> None:
    assert tuple(c.text for c in captures(page)) == page.texts


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_what_the_page_tells(page: Page) -> None:
    found = captures(page)[0]
    assert found.title == page.title
    assert (found.published, found.published_from) == (page.published, page.published_from)
    assert (found.publisher, found.author, found.canonical) == (page.publisher, page.author, page.canonical)
    assert found.language == page.language


@pytest.mark.parametrize(
    "page", [p for p in PAGES if p.name.startswith(("telegram", "facebook", "x ", "instagram"))], ids=lambda p: p.name
)
def test_pages_of_platforms_are_known_without_their_address(page: Page) -> None:
    assert tuple(found.text for found in reports_of_page(page.data)) == page.texts


def test_the_description_of_an_account_is_no_post() -> None:
    page = next(p for p in PAGES if p.name == "facebook without scripts").data.replace(b"/khartoum/posts/1", b"/khartoum")
    with pytest.raises(Refused, match="no post"):
        reports_of_page(page, "https://www.facebook.com/khartoum")


def test_a_day_in_the_future_is_said() -> None:
    page = next(p for p in PAGES if "future" in p.name)
    assert "publication date 2093-01-01 lies in the future; not used" in captures(page)[0].warnings


def test_a_copy_of_an_archive_names_both_addresses() -> None:
    found = captures(next(p for p in PAGES if "web archive" in p.name))[0]
    assert found.archived == "https://web.archive.org/web/20190708101112/https://anbar.example/n/9"


def test_messages_of_a_channel_are_documents_of_their_own() -> None:
    found = captures(next(p for p in PAGES if p.name == "telegram web preview"))
    assert len({c.document_id for c in found}) == len(found) == 2


def test_a_language_without_pack_is_kept_with_a_warning() -> None:
    found = captures(next(p for p in PAGES if p.name == "turkish"))[0]
    assert "the text is Turkish, which is stored but not read (no language pack)" in found.warnings


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        (b"<html><body>" + b"<div>" * 5000 + "نص".encode() + b"</body></html>", "elements deep"),
        ("<html><body><p>خبر</p></body></html>".encode(), "no text of a report"),
        (b"<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>", "stands in for another"),
        (b"<html><head><link rel='canonical' href='https://x.com/a/status/1'></head><body><p>Log in</p></body></html>", "no post"),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        reports_of_page(data)


def test_a_damaged_letter_does_not_spoil_a_page() -> None:
    page = next(p for p in PAGES if p.name == "drupal")
    data = page.data.replace("سياسة".encode(), b"\xd8", 1)
    found = reports_of_page(data)[0]
    assert found.text == page.texts[0] and "some letters of the page are damaged" in found.warnings


def test_an_entity_trick_in_a_page_is_no_text() -> None:
    page = f"<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><html><body><article><p>{STORIES[0].text} &x;</p></article></body></html>"
    assert "&x;" in reports_of_page(page.encode())[0].text


def test_a_text_without_letters_is_refused() -> None:
    from marsad.intake.results import Extracted

    with pytest.raises(InputError, match="no letters"):
        capture_of(b"1", "text/plain", Origin("/a", "file", NOW), Extracted("12 34", "x"), SETTINGS)
