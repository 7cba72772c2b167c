"""Fetching from a server on this machine: polite, bounded, and never where a page should not lead."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest

from marsad.intake import addresses
from marsad.intake.addresses import checked_url, public_addresses
from marsad.intake.fetching import Fetcher, Manners
from marsad.intake.results import Refused
from marsad.intake.sources import Intake
from tests.intake.making import SETTINGS, captures, kinds, pdf, refusals
from tests.intake.pages import PAGES
from tests.intake.server import Answer, Site
from tests.intake.stories import STORIES

PAGE = next(p for p in PAGES if p.name == "drupal")
QUICK = Manners(pause=0.0, timeout=2.0, whole=2.0, largest=1_000_000, local=True)


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher(QUICK)


# A page


def test_a_page_with_where_it_came_from(web: Site, fetcher: Fetcher) -> None:
    address = web.page("/a", PAGE.data, ETag='"1"', Server="x")
    found = fetcher.fetch(address)
    assert (
        found is not None
        and found.body == PAGE.data
        and (found.final, found.media_type, found.charset) == (address, "text/html", "utf-8")
    )
    assert found.detail["status"] == 200 and found.detail["headers"]["ETag"] == '"1"'
    assert web.asked[-1][1]["User-Agent"].startswith("marsad/")


def test_a_fetched_page_becomes_a_capture(web: Site, fetcher: Fetcher) -> None:
    target = web.page("/new", PAGE.data)
    (found,) = Intake(SETTINGS, fetcher).items([web.redirect("/old", "/new", 301) + "#top"])
    (capture,) = captures([found])
    assert capture.text == PAGE.texts[0] and capture.method == "fetch" and capture.raw == PAGE.data
    assert capture.address == web.url + "/old#top" and capture.settings["final"] == target


def test_the_encoding_that_the_server_tells_counts(web: Site, fetcher: Fetcher) -> None:
    page = next(p for p in PAGES if p.name == "windows-1256 without a word of it")
    (capture,) = captures(Intake(SETTINGS, fetcher).items([web.page("/a", page.data, "text/html; charset=windows-1256")]))
    assert capture.text == page.texts[0] and not [w for w in capture.warnings if "windows-1256" in w]


def test_other_kinds_of_documents_are_fetched_too(web: Site, fetcher: Fetcher) -> None:
    (capture,) = captures(Intake(SETTINGS, fetcher).items([web.page("/r.pdf", pdf(STORIES[6].paragraphs), "application/pdf")]))
    assert capture.text == STORIES[6].text and capture.media_type == "application/pdf"


def test_a_packed_page_is_unpacked(web: Site, fetcher: Fetcher) -> None:
    found = fetcher.fetch(web.page("/a", gzip.compress(PAGE.data), Content_Encoding="gzip"))
    assert found is not None and found.body == PAGE.data


def test_what_did_not_change_is_not_sent_again(web: Site, fetcher: Fetcher) -> None:
    def answer(request: BaseHTTPRequestHandler) -> Answer:
        return Answer(b"", 304) if request.headers.get("If-None-Match") == '"7"' else Answer(PAGE.data, 200, {"ETag": '"7"'})

    web.answers["/a"] = answer
    assert fetcher.fetch(web.url + "/a", again=True) is not None
    assert fetcher.fetch(web.url + "/a", again=True) is None
    assert fetcher.fetch(web.url + "/a") is not None


# Manners


def test_robots_txt_is_heeded(web: Site, fetcher: Fetcher) -> None:
    web.page("/robots.txt", b"User-agent: *\nDisallow: /private\nUser-agent: marsad\nDisallow: /no\n", "text/plain")
    web.page("/private/1", PAGE.data)
    assert fetcher.fetch(web.url + "/private/1") is not None
    with pytest.raises(Refused, match=r"robots\.txt"):
        fetcher.fetch(web.url + "/no/1")
    assert web.paths() == ["/robots.txt", "/private/1"]


def test_robots_txt_that_cannot_be_read_forbids_and_one_that_is_not_there_allows(web: Site, fetcher: Fetcher) -> None:
    web.page("/a", PAGE.data)
    web.answers["/robots.txt"] = Answer(b"", 503)
    with pytest.raises(Refused, match="cannot be read"):
        fetcher.fetch(web.url + "/a")
    web.answers["/robots.txt"] = Answer(b"", 404)
    assert Fetcher(QUICK).fetch(web.url + "/a") is not None


def test_robots_txt_counts_for_the_target_of_a_redirect(web: Site, fetcher: Fetcher) -> None:
    web.page("/robots.txt", b"User-agent: *\nDisallow: /no\n", "text/plain")
    web.page("/no", PAGE.data)
    with pytest.raises(Refused, match=r"robots\.txt"):
        fetcher.fetch(web.redirect("/a", "/no"))
    assert "/no" not in web.paths()


def test_each_host_is_given_time(web: Site) -> None:
    now, waits = [0.0], []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    polite = Fetcher(replace(QUICK, pause=5.0), clock=lambda: now[0], sleep=sleep)
    web.page("/robots.txt", b"User-agent: *\nCrawl-delay: 9\n", "text/plain")
    for path in ("/a", "/b"):
        polite.fetch(web.page(path, PAGE.data))
    # Before the first page robots.txt was asked for, which told to wait longer.
    assert waits == [5.0, 9.0]


def test_robots_txt_is_asked_for_once_a_day(web: Site) -> None:
    now = [0.0]
    daily = Fetcher(QUICK, clock=lambda: now[0])
    address = web.page("/a", PAGE.data)
    for now[0] in (0.0, 10.0, 90_000.0):
        daily.fetch(address)
    assert web.paths().count("/robots.txt") == 2


# Bounds


def test_redirects_in_a_circle_and_without_end(web: Site, fetcher: Fetcher) -> None:
    web.redirect("/b", "/a")
    with pytest.raises(Refused, match="circle"):
        fetcher.fetch(web.redirect("/a", "/b"))
    for n in range(20):
        web.redirect(f"/{n}", f"/{n + 1}")
    with pytest.raises(Refused, match="more than 5 redirects"):
        fetcher.fetch(web.url + "/0")


@pytest.mark.parametrize(
    "target", ["file:///etc/hostname", "ftp://x.example/a", "javascript:alert(1)", "http://user:secret@x.example/"]
)
def test_redirects_to_what_is_no_page(web: Site, fetcher: Fetcher, target: str) -> None:
    with pytest.raises(Refused, match="only http|user name"):
        fetcher.fetch(web.redirect("/a", target))


def test_a_large_answer_is_not_read_to_its_end(web: Site, fetcher: Fetcher) -> None:
    with pytest.raises(Refused, match="larger than 1 MB"):
        fetcher.fetch(web.page("/a", b"a" * 1_100_000))

    def endless(request: BaseHTTPRequestHandler) -> None:
        for _ in range(10_000):
            request.wfile.write(b"a" * 10_000)

    web.answers["/b"] = Answer(write=endless, headers={"Content-Type": "text/html"})
    with pytest.raises(Refused, match="larger than 1 MB"):
        fetcher.fetch(web.url + "/b")


def test_a_packed_answer_that_becomes_large(web: Site, fetcher: Fetcher) -> None:
    with pytest.raises(Refused, match="larger than 1 MB"):
        fetcher.fetch(web.page("/a", gzip.compress(b"a" * 50_000_000), Content_Encoding="gzip"))


def test_a_server_that_does_not_answer(web: Site) -> None:
    web.answers["/a"] = Answer(write=lambda request: time.sleep(3), headers={"Content-Type": "text/html"})
    with pytest.raises(Refused, match="in time"):
        Fetcher(replace(QUICK, timeout=0.3)).fetch(web.url + "/a")


@pytest.mark.parametrize(
    "headers", [{}, {"Content-Length": "9000"}, {"Content-Encoding": "gzip"}, {"Transfer-Encoding": "chunked"}]
)
def test_an_answer_that_drips(web: Site, headers: dict[str, str]) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        for n in range(100):
            # The head of a gzip file may hold a name of any length.
            request.wfile.write(
                b"1\r\na\r\n" if "Transfer-Encoding" in headers else b"\x1f\x8b\x08\x08\0\0\0\0\0\xff" if not n else b"a"
            )
            request.wfile.flush()
            time.sleep(0.1)

    web.answers["/a"] = Answer(write=drip, headers={"Content-Type": "text/html", **headers})
    begun = time.monotonic()
    with pytest.raises(Refused, match="takes longer"):
        Fetcher(replace(QUICK, whole=0.5)).fetch(web.url + "/a")
    assert time.monotonic() - begun < 3


def test_a_head_that_drips(web: Site) -> None:
    def drip(request: BaseHTTPRequestHandler) -> Answer:
        for _ in range(100):
            request.wfile.write(b"X" if _ else b"HTTP/1.1 200 OK\r\n")
            request.wfile.flush()
            time.sleep(0.1)
        return Answer()

    web.answers["/a"] = drip
    begun = time.monotonic()
    with pytest.raises(Refused):
        Fetcher(replace(QUICK, whole=0.3, timeout=0.4, robots=False)).fetch(web.url + "/a")
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(b"", 404), "answers 404"),
        (Answer(b"", 429, {"Retry-After": "120"}), "answers 429; it asks to wait 120 seconds"),
        (Answer(b"x", 200, {"Content-Type": "video/mp4"}), "video/mp4, which no report is in"),
        (Answer(b"x", 200, {"Content-Type": "text/html", "Content-Encoding": "br"}), "packed by br"),
        (Answer(b"no gzip", 200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}), "packed and damaged"),
    ],
)
def test_answers_without_a_page(web: Site, fetcher: Fetcher, answer: Answer, reason: str) -> None:
    web.answers["/a"] = answer
    with pytest.raises(Refused, match=reason):
        fetcher.fetch(web.url + "/a")


# Networks that are not to be asked


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "[::1]", "[fe80::1]",
        "[fd00::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "2130706433", "0x7f000001", "127.1", "224.0.0.1",
    ],
)  # fmt: skip
def test_private_networks_are_refused(host: str) -> None:
    with pytest.raises(Refused, match="private network|not found"):
        Fetcher(replace(QUICK, local=False)).fetch(f"http://{host}/")


def test_a_name_that_leads_to_this_machine(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: Iterator[str] = iter(["93.184.216.34", "127.0.0.1"])

    def resolve(host: str, port: int, **told: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", resolve)
    assert public_addresses("news.example", 80) == ["93.184.216.34"]
    # The second answer of the same name is another machine: it is checked again where the connection is made.
    with pytest.raises(Refused, match="private network"):
        Fetcher(replace(QUICK, local=False)).fetch("http://news.example/")
    assert web.asked == []


def test_a_name_with_one_private_address_among_others(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *a, **k: found)
    with pytest.raises(Refused, match=r"10\.0\.0\.1"):
        public_addresses("news.example", 80)


def test_a_redirect_into_a_private_network(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    real = addresses._is_public
    monkeypatch.setattr(addresses, "_is_public", lambda a: a == "127.0.0.1" or real(a))
    monkeypatch.setattr(addresses, "_PORTS", addresses._PORTS | {int(web.url.rpartition(":")[2])})
    strict = Fetcher(replace(QUICK, local=False))
    with pytest.raises(Refused, match=r"169\.254\.169\.254"):
        strict.fetch(web.redirect("/a", "http://169.254.169.254/latest/meta-data/"))


@pytest.mark.parametrize(
    "url", ["http://x.example:22/", "http:///a", "http://a b.example/", "http://x.example:99999/", "http://[::1/", "x" * 3000]
)
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(Refused):
        checked_url(url)


def test_links_of_pages_are_not_followed(web: Site, fetcher: Fetcher) -> None:
    page = f"<html><body><article><h1>x</h1><p>{STORIES[0].text}</p><img src='/i.png'><a href='/b'>b</a><script src='/s.js'></script></article></body></html>"
    list(Intake(SETTINGS, fetcher).items([web.page("/a", page.encode())]))
    assert web.paths() == ["/robots.txt", "/a"]


# Feeds and lists


def feed(web: Site, links: list[str]) -> str:
    entries = "".join(
        f"<item><title>{STORIES[n].title}</title><link>{x}</link><description>{STORIES[n].paragraphs[0]}</description><pubDate>Sat, 04 May 2024 10:00:00 GMT</pubDate></item>"
        for n, x in enumerate(links)
    )
    return web.page(
        "/feed", f"<rss version='2.0'><channel><title>المثال</title>{entries}</channel></rss>".encode(), "application/rss+xml"
    )


def page_of(n: int) -> bytes:
    s = STORIES[n]
    return f"<html><body><article><h1>{s.title}</h1><div class='entry-content'>{''.join(f'<p>{p}</p>' for p in s.paragraphs)}</div></article></body></html>".encode()


def test_a_feed_gives_summaries_or_the_pages_behind_its_links(web: Site, fetcher: Fetcher) -> None:
    address = feed(web, [web.page("/0", page_of(0)), web.url + "/gone"])
    summaries = captures(Intake(SETTINGS, fetcher).items([address]))
    assert [c.text for c in summaries] == [STORIES[0].paragraphs[0], STORIES[1].paragraphs[0]] and summaries[0].method == "feed"
    found = list(Intake(replace(SETTINGS, links=True), fetcher).items([address]))
    whole, instead = captures(found)
    assert (whole.text, whole.method, whole.published, whole.publisher) == (STORIES[0].text, "fetch", "2024-05-04", "المثال")
    assert instead.text == STORIES[1].paragraphs[0]
    assert [r.minor for r in refusals(found)] == [True] and "answers 404" in str(refusals(found)[0])


def test_links_that_are_known_are_not_fetched_again(web: Site, fetcher: Fetcher) -> None:
    address = feed(web, [web.page("/0", page_of(0)), web.page("/1", page_of(1))])
    known = Intake(replace(SETTINGS, links=True), fetcher, known=lambda a: a.endswith("/0"))
    assert [c.text for c in captures(known.items([address]))] == [STORIES[1].text]
    assert "/0" not in web.paths()


def test_a_feed_that_leads_to_itself(web: Site, fetcher: Fetcher) -> None:
    address = feed(web, [web.url + "/feed"])
    found = list(Intake(replace(SETTINGS, links=True), fetcher).items([address]))
    assert len(found) < 10 and any("links that lead to links" in str(r) for r in refusals(found))


def test_without_the_net_nothing_is_fetched(web: Site, tmp_path: object) -> None:
    found = list(Intake(SETTINGS, None).items([web.url + "/a"]))
    assert kinds(found) == ["Refusal"] and "the net is not used" in str(found[0]) and web.asked == []
