"""Files of every kind: what is in them is taken with where it comes from, and what is wrong is said without losing the rest."""

from __future__ import annotations

import json
import textwrap
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from marsad.intake.files import items_of_file, items_of_folder
from marsad.intake.pdf import joined, unshaped
from tests.intake.making import NOW, SETTINGS, captures, docx, kinds, links, packed, pdf, refusals, taken, warc, write
from tests.intake.pages import PAGES
from tests.intake.stories import STORIES

STORY = STORIES[0]
PAGE = next(p for p in PAGES if p.name == "wordpress classic theme")


# Texts


def test_a_text_is_kept_to_the_letter() -> None:
    text = f"{STORY.title}\n\n{STORY.text}\n"
    (found,) = captures(taken(text.encode(), "a.txt"))
    assert found.text == text and found.raw == text.encode() and found.address == "/data/a.txt" and found.method == "file"
    assert "the day of publication is not known; relative dates stay open" in found.warnings


def test_a_dateline_of_a_text_gives_its_day() -> None:
    (found,) = captures(taken(f"صنعاء، 3 آذار/مارس 2021 (المثال) - {STORY.text}".encode(), "a.txt"))
    assert (found.published, found.published_from) == ("2021-03-03", "dateline")


def test_a_day_that_the_user_gives_stands_in() -> None:
    (found,) = captures(taken(STORY.text.encode(), "a.txt", replace(SETTINGS, published="2020-02-02")))
    assert (found.published, found.published_from, found.settings) == ("2020-02-02", "given", {"published": "2020-02-02"})


def test_old_encodings_are_read_and_said() -> None:
    (found,) = captures(taken(STORY.text.encode("cp1256"), "a.txt"))
    assert found.text == STORY.text and any("windows-1256" in w for w in found.warnings)


def test_a_list_of_addresses_is_links() -> None:
    found = links(taken(b"# to do\nhttps://a.example/1\n\nhttps://b.example/2\n", "list.txt"))
    assert [(x.address, x.asked) for x in found] == [("https://a.example/1", True), ("https://b.example/2", True)]
    assert found[1].where == "/data/list.txt:4"


def test_one_address_in_a_text_makes_no_list() -> None:
    assert kinds(taken(f"{STORY.text}\nhttps://a.example/1\n".encode(), "a.txt")) == ["Capture"]


# Pages


def test_a_saved_page_without_its_pictures(tmp_path: Path) -> None:
    saved = b"<!-- saved from url=(0035)https://news.example/saved/77 -->\n" + PAGE.data.replace(
        b'rel="canonical"', b'rel="x"'
    ).replace(b"og:url", b"og:x")
    write(
        tmp_path,
        {
            "page.html": saved,
            "page_files/ad.html": PAGE.data,
            "page_files/x.js": b"1",
            ".hidden.txt": b"x",
            "pic.jpg": b"\xff\xd8\xff",
        },
    )
    (found,) = captures(items_of_folder(tmp_path, NOW, SETTINGS))
    assert found.canonical == "https://news.example/saved/77" and found.text == PAGE.texts[0]


def test_a_page_saved_as_mhtml() -> None:
    boundary = "----MultipartBoundary--x"
    from quopri import encodestring

    head = f'From: <Saved by Blink>\nSnapshot-Content-Location: https://news.example/m/1\nSubject: =?utf-8?Q?x?=\nDate: Sat, 4 May 2024 10:00:00 -0000\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype="text/html";\n\tboundary="{boundary}"\n\n\n'
    part = f"--{boundary}\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\nContent-Location: https://news.example/m/1\n\n"
    style = f"\n--{boundary}\nContent-Type: text/css\nContent-Transfer-Encoding: quoted-printable\n\np {{}}\n--{boundary}--\n"
    data = head.encode() + part.encode() + encodestring(PAGES[1].data) + style.encode()
    (found,) = captures(taken(data, "p.mhtml"))
    assert found.text == PAGES[1].texts[0] and found.canonical == "https://news.example/m/1" and found.raw == data


# Office files


def test_a_docx_with_a_title() -> None:
    (found,) = captures(taken(docx(STORY.paragraphs, STORY.title), "r.docx"))
    assert (found.title, found.text) == (STORY.title, STORY.text)


def test_a_pdf_in_reading_order_with_its_ligatures() -> None:
    lines = [line for p in STORY.paragraphs for line in textwrap.wrap(p, 70)]
    (found,) = captures(taken(pdf(lines), "r.pdf"))
    assert found.text == STORY.text and any("read from a PDF" in w for w in found.warnings)


def test_letters_of_one_glyph_are_turned_and_others_are_not() -> None:
    assert unshaped([("ا", (1.0, 1.0)), ("ل", (1.0, 1.0)), ("ا", (0.5, 1.0)), ("\n", None), ("\n", None)]) == "لاا\n\n"
    assert unshaped([("f", (1.0, 1.0)), ("i", (1.0, 1.0)), ("\ufefb", (2.0, 1.0))]) == "fiلا"


def test_lines_of_a_pdf_are_joined_to_paragraphs() -> None:
    page = ["كلمة " * 10 + "كلمة", "كلمة " * 10 + "تنتهي.", "كلمة " * 11, "قصيرة", "12", "أخيرة"]
    assert joined([page]).split("\n") == [f"{page[0]} {page[1]}", f"{page[2]} {page[3]}", "أخيرة"]


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"%PDF-1.4 broken", "a.pdf", "damaged PDF"),
        (pdf(["..."]), "a.pdf", "OCR"),
        (packed({"word/document.xml": b"<w><unclosed></w>"}), "a.docx", "not well-formed"),
        (docx([]), "a.docx", "no text"),
        (b"PK\x03\x04damaged", "a.docx", "damaged ZIP"),
        (b"\x1f\x8b\x08\x00", "a.gz", "unpack it"),
        (b"\x00\x01\x02\x03" * 10, "a.bin", "binary data"),
        (b"   \n", "a.txt", "empty"),
        (b"12 34", "a.txt", "no letters"),
        (b'{"a": 1}', "a.json", 'no "text"'),
        (b"[1]", "a.json", "JSON object"),
        (b"[" * 100_000, "a.json", "nested too deeply|not JSON"),
        (b"WARC/1.0\r\nbroken", "a.warc", "damaged web archive|no page"),
        (b"<rss><channel></channel>", "a.rss", "not well-formed"),
        (b"<?xml version='1.0'?><opml><body/></opml>", "a.opml", "without feeds"),
        (b"a,b\n1,2\n", "a.csv", "--map"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, name: str, reason: str) -> None:
    import re

    found = taken(data, name)
    assert kinds(found) == ["Refusal"] and re.search(reason, str(refusals(found)[0])), found


# Mails


def mail(body: str, html: str = "") -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["Message-ID"] = (
        STORY.title,
        "وكالة المثال <news@news.example>",
        "<17@news.example>",
    )
    message["Date"] = "Sat, 04 May 2024 21:30:00 +0300"
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def test_a_mail_with_attachments() -> None:
    message = mail(f"{STORY.text}\n-- \nقسم الأخبار\n", "<p>other</p>")
    message.add_attachment(docx(STORIES[1].paragraphs), maintype="application", subtype="octet-stream", filename="../../خبر.docx")
    message.add_attachment(b"\xff\xd8\xff", maintype="image", subtype="jpeg", filename="x.jpg")
    first, second = captures(taken(message.as_bytes(), "m.eml"))
    assert (first.text, first.title, first.published, first.publisher) == (STORY.text, STORY.title, "2024-05-04", "وكالة المثال")
    assert first.key == "17@news.example" and first.method == "mail"
    assert (second.text, second.key) == (STORIES[1].text, "خبر.docx")


def test_a_mail_in_html_alone() -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "x", "a@news.example"
    message.set_content("".join(f"<p>{p}</p>" for p in STORY.paragraphs), subtype="html")
    (found,) = captures(taken(message.as_bytes(), "m.eml"))
    assert found.text == STORY.text


# Records and exports


def test_records_alone_in_a_list_and_in_lines() -> None:
    records = [
        {"id": "a", "text": STORY.text, "title": "ع", "published": "2024-05-04"},
        {"text": STORIES[1].text, "url": "https://a.example/1"},
    ]
    one = captures(taken(json.dumps(records[0]).encode(), "r.json"))
    listed = captures(taken(json.dumps(records).encode(), "r.json"))
    lines = captures(taken("\n".join(map(json.dumps, records)).encode(), "r.jsonl"))
    assert [c.text for c in listed] == [c.text for c in lines] == [STORY.text, STORIES[1].text] and one[0].text == STORY.text
    assert [(c.address, c.key) for c in lines] == [("/data/r.jsonl", "a"), ("https://a.example/1", None)]
    assert one[0].published_from == "metadata"


def test_a_bad_line_does_not_spoil_the_good_ones() -> None:
    data = (
        json.dumps({"text": STORY.text}).encode()
        + b'\n{"text": \n{"text": 5}\n\xff\xfe\n'
        + json.dumps({"text": STORIES[1].text}).encode()
    )
    found = taken(data, "r.jsonl")
    assert kinds(found) == ["Capture", "Refusal", "Refusal", "Refusal", "Capture"]
    assert str(found[1]).startswith("/data/r.jsonl:2: not JSON")


def telegram() -> dict[str, object]:
    return {
        "name": "شبكة المثال", "type": "public_channel", "id": 1234567,
        "messages": [
            {"id": 1, "type": "service", "action": "create_channel", "text": ""},
            {"id": 2, "type": "message", "date": "2024-05-04T22:10:00", "from": "شبكة المثال", "text": STORY.text},
            {"id": 3, "type": "message", "date": "2024-05-05T01:00:00", "forwarded_from": "قناة أخرى", "text": [{"type": "bold", "text": "عاجل "}, STORIES[1].text, {"type": "link", "text": ""}]},
            {"id": 4, "type": "message", "date": "2024-05-05T02:00:00", "photo": "x.jpg", "text": ""},
        ],
    }  # fmt: skip


def test_messages_of_a_telegram_export() -> None:
    found = taken(json.dumps(telegram()).encode(), "result.json")
    first, second = captures(found)
    assert (first.text, first.published, first.publisher, first.canonical) == (
        STORY.text,
        "2024-05-04",
        "شبكة المثال",
        "https://t.me/c/1234567/2",
    )
    assert second.text == f"عاجل {STORIES[1].text}" and second.settings["forwarded_from"] == "قناة أخرى"
    assert [r.minor for r in refusals(found)] == [True]


def test_a_telegram_message_is_the_same_in_another_export() -> None:
    once = captures(taken(json.dumps(telegram()).encode(), "result.json", address="/old/result.json"))
    again = captures(taken(json.dumps({"chats": {"list": [telegram()]}}).encode(), "result.json", address="/new/result.json"))
    assert [c.document_id for c in once] == [c.document_id for c in again] and [c.raw for c in once] == [c.raw for c in again]


# Web archives


def pages() -> list[tuple[str, str, bytes]]:
    return [
        ("https://news.example/2024/05/shelling/", "text/html; charset=UTF-8", PAGE.data),
        ("https://news.example/ad", "text/html", b"<html><body><p>ad</p></body></html>"),
        ("https://news.example/x.js", "text/javascript", b"1"),
    ]


@pytest.mark.parametrize("gzip", [True, False])
def test_pages_of_a_warc(gzip: bool) -> None:
    found = taken(warc(pages(), gzip), "a.warc.gz" if gzip else "a.warc")
    (page,) = captures(found)
    assert page.text == PAGE.texts[0] and page.raw == PAGE.data and page.method == "warc"
    assert page.collected_text == "2024-03-02T10:11:12+00:00" and page.settings["archive"].startswith("/data/a.warc")
    assert [r.minor for r in refusals(found)] == [True]


def test_a_damaged_warc_keeps_what_stood_before() -> None:
    data = warc(pages())
    found = taken(data[: len(data) - 40] + b"\x00" * 40, "a.warc.gz")
    assert len(captures(found)) == 1


def test_pages_that_a_wacz_lists() -> None:
    listed = b'{"format": "json-pages-1.0"}\n{"url": "https://news.example/2024/05/shelling/", "ts": "2024-03-02T10:11:12Z"}\n'
    data = packed({"archive/data.warc.gz": warc(pages()), "pages/pages.jsonl": listed, "datapackage.json": b"{}"}, stored=True)
    found = taken(data, "a.wacz")
    assert kinds(found) == ["Capture"] and captures(found)[0].text == PAGE.texts[0]


# Folders and packed files


def test_files_of_a_zip_are_taken_without_being_written(tmp_path: Path) -> None:
    data = packed({"a/x.txt": STORY.text.encode(), "b/page.html": PAGE.data, "b/page_files/f.html": PAGE.data, "c.jpg": b"1"})
    found = captures(taken(data, "all.zip"))
    assert [(c.key, c.text) for c in found] == [("a/x.txt", STORY.text), ("b/page.html", PAGE.texts[0])]
    assert not list(tmp_path.iterdir())


def test_a_folder_in_order_with_what_is_wrong_in_it(tmp_path: Path) -> None:
    write(tmp_path, {"b.txt": STORY.text.encode(), "a/x.docx": docx(STORIES[1].paragraphs), "c.pdf": b"%PDF broken"})
    found = list(items_of_folder(tmp_path, NOW, SETTINGS))
    assert kinds(found) == ["Capture", "Capture", "Refusal"]
    assert captures(found)[0].address == str(tmp_path / "a" / "x.docx")


def test_an_empty_folder_and_a_missing_file(tmp_path: Path) -> None:
    assert kinds(items_of_folder(tmp_path, NOW, SETTINGS)) == ["Refusal"]
    assert kinds(items_of_file(tmp_path / "none.txt", NOW, SETTINGS)) == ["Refusal"]
