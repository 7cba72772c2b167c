"""Addresses that pages give themselves: which of them can be their own."""

from __future__ import annotations

import pytest

from marsad.intake.metadata import metadata_of
from marsad.intake.ownaddress import plausible
from tests.intake.making import captures, taken
from tests.intake.stories import STORIES

SITE = "https://www.news.example"


@pytest.mark.parametrize(
    ("canonical", "address"),
    [
        (f"{SITE}/news/1234567", f"{SITE}/news/1234567/amp"),
        (f"{SITE}/news/741", f"{SITE}/news/741/print?x=1"),
        (f"{SITE}/news/1234567", "https://m.news.example/news/1234567?utm_source=a1"),
        (f"{SITE}/one-two-three-four", f"{SITE}/2024/05/one-two-three-four/comments/2"),
        (f"{SITE}/%D9%82%D8%B5%D9%81-%D8%B9%D9%84%D9%89-%D9%82%D8%B1%D9%8A%D8%A9-%D8%A7%D9%84%D8%AA%D9%84", f"{SITE}/a/b/c"),
        (f"{SITE}/2024/05/slug", f"{SITE}/?p=123"),
        (f"{SITE}/view?id=7", f"{SITE}/ar/view?id=7&ref=home12"),
        (f"{SITE}/9", f"{SITE}/9?fbclid=123456"),
        (f"{SITE}/1/", f"{SITE}/1"),
        ("https://news.com.example/1", f"{SITE.replace('.example', '.com.example')}/1"),
        ("https://example.co.uk/1", "https://amp.example.co.uk/1"),
        ("http://192.0.2.7/1", "http://192.0.2.7/1?fbclid=1"),
        (f"{SITE}/section", ""),
    ],
)
def test_addresses_that_can_be_their_own(canonical: str, address: str) -> None:
    assert plausible(canonical, address)


@pytest.mark.parametrize(
    ("canonical", "address"),
    [
        (f"{SITE}/", f"{SITE}/news/1234567"),
        (f"{SITE}/index.html", f"{SITE}/news/1234567"),
        (f"{SITE}/", ""),
        (f"{SITE}/news", f"{SITE}/news/1234567"),
        (f"{SITE}/ar/home", f"{SITE}/ar/2024/05/04/slug"),
        (f"{SITE}/2024/05", f"{SITE}/2024/05/04/slug"),
        (f"{SITE}/2024", f"{SITE}/2024/slug"),
        (f"{SITE}/news.php", f"{SITE}/news.php?id=55"),
        (f"{SITE}/news", f"{SITE}/news?title=one-two-three-four-five-six-seven"),
        ("https://other.example/news/1234567", f"{SITE}/news/1234567"),
        ("https://b.com.sy/1", "https://a.com.sy/1"),
        ("http://192.0.2.8/1", "http://192.0.2.7/1"),
        ("https:///news/1", f"{SITE}/news/1"),
        ("javascript:alert(1)", f"{SITE}/news/1"),
        ("https://[x/1", f"{SITE}/news/1"),
    ],
)
def test_addresses_that_cannot_be_their_own(canonical: str, address: str) -> None:
    assert not plausible(canonical, address)


def page(canonical: str) -> bytes:
    body = "".join(f"<p>{p}</p>" for p in STORIES[0].paragraphs)
    return f"<html><head><link rel='canonical' href='{canonical}'></head><body><article>{body}</article></body></html>".encode()


def test_a_page_that_names_its_section_is_kept_by_its_own_address_and_warned_of() -> None:
    saved = b"<!-- saved from url=(0044)https://www.news.example/news/2024/05/04/1 -->\n"
    (found,) = captures(taken(saved + page("/news"), "a.html"))
    assert found.canonical == f"{SITE}/news/2024/05/04/1" and not found.doubtful
    assert any(f"{SITE}/news, which cannot be its own" in warning for warning in found.warnings)
    (found,) = captures(taken(saved + page("/news/2024/05/04/1"), "a.html"))
    assert not any("its own" in warning for warning in found.warnings)
    (found,) = captures(taken(saved + page("/latest/1234567"), "a.html"))
    assert found.doubtful and found.found_at == f"{SITE}/news/2024/05/04/1"
    (found,) = captures(taken(page(f"{SITE}/news/1"), "a.html"))
    assert found.canonical == f"{SITE}/news/1" and found.doubtful, "only the page says so"


def test_of_an_archived_page_the_original_address_counts() -> None:
    from lxml import html

    at = f"https://web.archive.org/web/20240505000000/{SITE}/news/2024/1"
    found = metadata_of(html.fromstring(page(f"{SITE}/news")), at)
    assert (found.canonical, found.archived, found.disbelieved) == (f"{SITE}/news/2024/1", at, f"{SITE}/news")
