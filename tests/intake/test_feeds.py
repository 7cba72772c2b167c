"""Feeds and sheets: entries and rows, and links to their pages."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime

import pytest

from marsad.intake.feeds import entries_of_feed
from tests.intake.making import SETTINGS, captures, kinds, links, refusals, taken
from tests.intake.stories import STORIES

FIRST, SECOND = STORIES[0], STORIES[1]


def rss(entries: str, head: str = "") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>وكالة المثال</title><link>https://news.example/</link>{entries}</channel></rss>""".encode()


WHOLE = f"""<item><title>{FIRST.title}</title><link>https://news.example/1</link><guid isPermaLink="false">n-1</guid><pubDate>Sat, 04 May 2024 23:30:00 +0300</pubDate><dc:creator>سامي</dc:creator>
<description>بداية...</description><content:encoded><![CDATA[{"".join(f"<p>{p}</p>" for p in FIRST.paragraphs)}<p>اقرأ أيضا: <a href="/x">خبر آخر</a></p>]]></content:encoded></item>"""
SHORT = f"<item><title>{SECOND.title}</title><link>/2</link><description>{SECOND.paragraphs[0]} [&#8230;]</description><pubDate>2024-05-03T10:00:00Z</pubDate></item>"


def test_entries_of_rss() -> None:
    whole, short = links(taken(rss(WHOLE + SHORT), "f.rss", address="https://news.example/feed"))
    assert (whole.address, whole.asked, whole.published, whole.title) == (
        "https://news.example/1",
        False,
        "2024-05-04",
        FIRST.title,
    )
    assert whole.instead is not None and short.instead is not None
    assert (whole.instead.text, whole.instead.author, whole.instead.publisher, whole.instead.method) == (
        FIRST.text,
        "سامي",
        "وكالة المثال",
        "feed",
    )
    assert short.address == "https://news.example/2"
    assert "only the summary that the feed gives; its page may tell more" in short.instead.warnings
    assert not [w for w in whole.instead.warnings if "summary" in w]


def test_an_entry_is_the_same_when_the_feed_is_read_again() -> None:
    once, again = (links(taken(rss(e), "f.rss"))[0].instead for e in (WHOLE + SHORT, WHOLE))
    assert once is not None and again is not None and (once.raw, once.document_id) == (again.raw, again.document_id)


def test_entries_of_atom() -> None:
    feed = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>مدونة</title><entry><title type="html">&lt;b&gt;{FIRST.title}&lt;/b&gt;</title><id>urn:1</id><link rel="alternate" href="https://b.example/1"/><link rel="edit" href="https://b.example/e"/>
<published>2024-05-04T01:00:00+03:00</published><author><name>ليلى</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{"".join(f"<p>{p}</p>" for p in FIRST.paragraphs)}</div></content></entry></feed>"""
    site, (entry,) = entries_of_feed(feed.encode())
    assert (site, entry.title, entry.link, entry.published, entry.author) == (
        "مدونة",
        FIRST.title,
        "https://b.example/1",
        "2024-05-04",
        "ليلى",
    )
    (link,) = links(taken(feed.encode(), "f.atom"))
    assert link.instead is not None and link.instead.text == FIRST.text


def test_entries_of_rss_1() -> None:
    feed = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>قديم</title></channel><item><title>ع</title><link>https://o.example/1</link><description>{FIRST.text}</description></item></rdf:RDF>"""
    assert links(taken(feed.encode(), "f.xml"))[0].address == "https://o.example/1"


def test_an_entry_without_a_page_is_a_document() -> None:
    (found,) = captures(
        taken(
            rss(f"<item><title>ع</title><guid isPermaLink='false'>k9</guid><description>{FIRST.text}</description></item>"),
            "f.rss",
        )
    )
    assert (found.text, found.key) == (FIRST.text, "k9")


def test_feeds_of_an_opml_file() -> None:
    data = b'<?xml version="1.0"?><opml version="2.0"><body><outline text="A"><outline type="rss" title="B" xmlUrl="https://a.example/f"/></outline><outline xmlUrl="https://a.example/f"/></body></opml>'
    assert [(x.address, x.asked, x.publisher) for x in links(taken(data, "f.opml"))] == [("https://a.example/f", True, "B")]


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>',
    ],
)
def test_entities_of_a_feed_are_refused(head: str) -> None:
    found = taken(rss(WHOLE.replace("بداية", "&c;" if "&b;" in head else "&a;"), head), "f.rss")
    assert kinds(found) == ["Refusal"] and "declares entities" in str(found[0])


# Sheets


def test_the_sheet_of_the_auto_archiver() -> None:
    text = FIRST.text.replace("\n", " ")
    data = f"""Link,Destination folder,Archive status,Archive date,Archive location,Thumbnail,Upload timestamp,Upload title,Text content,Screenshot,Hash,Perceptual hashes,WACZ,ReplayWebpage
https://t.me/x/1,f,twitter: success,2024-05-05T10:00:00+00:00,https://archive.example/1.html,,2024-05-04T21:00:00+00:00,{FIRST.title},"{text}",,,,,
https://t.me/x/2,f,nothing archived,,,,,,,,,,,
"""
    first, second = taken(data.encode(), "sheet.csv")
    (found,) = captures([first])
    assert (found.address, found.key, found.text, found.title) == ("https://t.me/x/1", None, text, FIRST.title)
    assert (found.archived, found.published, found.published_from, found.method) == (
        "https://archive.example/1.html",
        "2024-05-04",
        "given",
        "sheet",
    )
    assert found.settings["sheet"] == "/data/sheet.csv" and found.settings["row"] == "2"
    (link,) = links([second])
    assert (link.address, link.asked, link.where) == ("https://t.me/x/2", False, "/data/sheet.csv:3")


def test_the_export_of_atlos() -> None:
    data = f'slug,project,inserted_at,updated_at,latitude,longitude,status,description,more_info,date,source_1,source_2\nABC123,p,x,y,35.1,36.2,Completed,"{FIRST.text}",مزيد من التفاصيل,2024-05-04,https://t.me/x/1,https://x.com/a/status/2\n'
    (found,) = captures(taken(data.encode(), "atlos-export-2024-05-05.csv"))
    assert found.text == f"{FIRST.text}\nمزيد من التفاصيل" and found.key == "ABC123"
    assert found.settings["links"] == ["https://t.me/x/1", "https://x.com/a/status/2"]
    # The column "date" is of the incident, not of a publication.
    assert found.published is None


def test_columns_that_the_user_maps() -> None:
    data = f"a;b;c\n1;{FIRST.text.replace(chr(10), ' ')};5 أيار 2024\n;;\n2;;\n".encode("cp1256")
    mapped = replace(SETTINGS, columns={"text": "B", "key": "a", "published": "c"})
    first, second = taken(data, "s.csv", mapped)
    (found,) = captures([first])
    assert (found.key, found.published) == ("1", "2024-05-05")
    assert refusals([second])[0].minor


def test_a_mapped_column_that_is_not_there() -> None:
    (found,) = taken(b"a,b\n1,2\n", "s.csv", replace(SETTINGS, columns={"text": "c"}))
    assert "there is no column 'c'; there are: a, b" in str(found)


def test_sheets_of_a_workbook() -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "أخبار"
    sheet.append(["النص", "الرابط", "تاريخ النشر", "المصدر"])
    sheet.append([FIRST.text, "https://a.example/1", datetime(2024, 5, 4, 9), "وكالة المثال"])
    sheet.append([SECOND.text, None, "4 مايو 2023", None])
    other = book.create_sheet("notes")
    other.append(["x", "y"])
    out = io.BytesIO()
    book.save(out)
    first, second = captures(taken(out.getvalue(), "s.xlsx"))
    assert (first.text, first.published, first.publisher, first.address) == (
        FIRST.text,
        "2024-05-04",
        "وكالة المثال",
        "https://a.example/1",
    )
    assert (second.text, second.published, second.key) == (SECOND.text, "2023-05-04", "أخبار!3")
