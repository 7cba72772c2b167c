"""Input that would do harm: refused or bounded, with a message, and what stands beside it is taken all the same."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.intake.files import items_of_file, items_of_folder
from marsad.intake.results import Limits
from marsad.intake.sources import Intake
from tests.intake.making import NOW, SETTINGS, captures, docx, kinds, packed, refusals, taken, warc, write
from tests.intake.stories import STORIES

TEXT = STORIES[0].text
ZEROS = b"\x00" * 5_000_000


def bomb(name: str) -> Callable[[], bytes]:
    return lambda: packed({name: ZEROS, "word/document.xml" if name != "word/document.xml" else "x": b"<w/>"})


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (bomb("word/document.xml"), "b.docx"),
        (lambda: packed({"xl/workbook.xml": ZEROS, "xl/worksheets/sheet1.xml": ZEROS}), "b.xlsx"),
        (lambda: packed({"archive/data.warc": ZEROS}), "b.wacz"),
        (lambda: packed({"a.txt": b"a" * 5_000_000}), "b.zip"),
    ],
)  # fmt: skip
def test_bombs_are_refused_before_they_unpack(made: Callable[[], bytes], name: str) -> None:
    found = taken(made(), name)
    assert kinds(found) == ["Refusal"] and "bomb" in str(found[0])


def test_a_packed_file_that_lies_about_its_size() -> None:
    data = bytearray(packed({"a.txt": TEXT.encode() * 50}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert all(len(c.text) <= 50 * len(TEXT) for c in captures(taken(bytes(data), "a.zip")))


def test_many_files_in_a_packed_file() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n in range(60):
            archive.writestr(f"{n}.txt", "x")
    found = taken(out.getvalue(), "a.zip", replace(SETTINGS, limits=Limits(members=50)))
    assert "more than 50 files" in str(found[0])


def test_packed_files_in_packed_files() -> None:
    data = TEXT.encode()
    for n in range(6):
        data = packed({f"{n}.zip" if n else "a.txt": data})
    assert "deep" in str(refusals(taken(data, "a.zip"))[-1])


def test_all_that_is_unpacked_together_is_bounded() -> None:
    data = packed({f"{n}.txt": TEXT.encode() * 200 for n in range(40)}, stored=True)
    found = taken(data, "a.zip")
    assert captures(found) and refusals(found) and "when unpacked" in str(refusals(found)[-1])


def test_what_is_unpacked_of_files_in_files_is_bounded_together() -> None:
    one = packed({f"{n}.txt": TEXT.encode() * 1400 for n in range(3)})
    data = packed({f"{n}.zip": packed({f"{m}.zip": one for m in range(3)}) for n in range(3)})
    found = taken(data, "a.zip", replace(SETTINGS, limits=Limits(unpacked=3_000_000)))
    assert 2 <= len(captures(found)) <= 3, "and not 27"
    assert "larger than 3 MB when unpacked; this file and the rest were left: unpack it" in str(refusals(found)[0])
    assert len(refusals(found)) == 3, "one at each depth, and not one for each file"


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "..\\evil.txt", "C:\\evil.txt"])
def test_names_that_lead_out_of_an_archive(name: str) -> None:
    found = taken(packed({name: TEXT.encode(), "good.txt": TEXT.encode()}), "a.zip")
    assert sorted(kinds(found)) == ["Capture", "Refusal"]
    assert "leads out of the archive" in str(refusals(found)[0])


def sheet(texts: list[str]) -> dict[str, bytes]:
    """The files in an XLSX file of one column of texts."""
    from openpyxl import Workbook

    book = Workbook()
    for text in ["text", *texts]:
        book.active.append([text])
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_sheet_that_says_it_is_huge() -> None:
    files = sheet([TEXT, "x"])
    name = "xl/worksheets/sheet1.xml"
    huge = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', files[name])
    files[name] = huge.replace(b'<row r="3"', b'<row r="1048576"').replace(b'r="A3"', b'r="A1048576"')
    begun = time.monotonic()
    found = taken(packed(files), "a.xlsx")
    assert [c.text for c in captures(found)] == [TEXT] and time.monotonic() - begun < 5


_DECLARED = b'<!DOCTYPE x [<!ENTITY a "b">]>'


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_entities_of_a_sheet(part: str) -> None:
    files = sheet([TEXT])
    at = files[part].index(b"?>") + 2 if files[part].startswith(b"<?xml") else 0
    files[part] = files[part][:at] + _DECLARED + files[part][at:]
    found = taken(packed(files), "a.xlsx")
    assert kinds(found) == ["Refusal"] and "declares entities" in str(found[0])


def test_cells_that_are_too_large_to_be_held() -> None:
    files = sheet([TEXT])
    texts = b"".join(b"<si><t>%d</t></si>" % (n * 7919 % 100_003) for n in range(100_000))
    files["xl/sharedStrings.xml"] = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + texts + b"</sst>"
    found = taken(packed(files), "a.xlsx", replace(SETTINGS, limits=Limits(file=1_000_000)))
    assert "xl/sharedStrings.xml: larger than 1 MB when unpacked; split the file" in str(found[0])


def test_entities_of_a_docx() -> None:
    found = taken(docx([TEXT], more='<!DOCTYPE x [<!ENTITY a "b">]>'), "a.docx")
    assert kinds(found) == ["Refusal"] and "declares entities" in str(found[0])


def test_a_gzip_bomb_in_a_web_archive() -> None:
    page = b"<html><body>" + b"a" * 3_000_000 + b"</body></html>"
    found = taken(warc([("https://a.example/1", "text/html", page)]), "a.warc.gz")
    assert not captures(found) and "larger than 1 MB" in str(refusals(found)[0])


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as stream:
        stream.truncate(500_000_000)
        stream.write(TEXT.encode())
    begun = time.monotonic()
    found = list(items_of_file(huge, NOW, SETTINGS))
    assert "larger than 3 MB (500 MB); --largest allows more" in str(found[0]) and time.monotonic() - begun < 1


def test_a_text_has_the_bound_of_a_page() -> None:
    found = taken((TEXT * 40_000).encode()[:2_000_000], "long.txt")
    assert kinds(found) == ["Refusal"] and "a text larger than 1 MB (2 MB)" in str(found[0]) and "split it" in str(found[0])


def test_a_huge_line_in_a_web_archive(tmp_path: Path) -> None:
    page = f"<html><body><article><p>{TEXT}</p></article></body></html>".encode()
    path = tmp_path / "a.warc"
    with path.open("wb") as stream:
        stream.write(warc([("https://a.example/1", "text/html", page)], gzip=False) + b"WARC/1.0")
        stream.truncate(200_000_000)
    begun = time.process_time()
    found = list(items_of_file(path, NOW, SETTINGS))
    assert kinds(found) == ["Capture", "Refusal"] and "no record where one should begin" in str(found[1])
    assert time.process_time() - begun < 10


def test_huge_lines_are_passed_over_in_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = json.dumps({"text": TEXT}).encode()
    path.write_bytes(good + b"\n" + b'{"text": "' + b"a" * 4_000_000 + b'"}\n' + good + b"\n")
    assert kinds(items_of_file(path, NOW, SETTINGS)) == ["Capture", "Refusal", "Capture"]


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>" + b"<p><b><i>" * 30_000 + TEXT.encode(),
        b"<html><body>" + "<a href=x>رابط</a>".encode() * 20_000,
        b"<html><body>" + ("<div class='related'><span>اقرأ أيضا</span>".encode() * 200) + TEXT.encode(),
        b"<html><head>" + b"<meta charset=utf-7>" * 1000 + b"</head><body><p>" + TEXT.encode() + b"</p>",
        b"<!--" * 100_000,
        b"<html><script type='application/ld+json'>" + b"[" * 200_000 + b"</script><body><p>" + TEXT.encode() + b"</p></body></html>",
        ("1,2 " * 100_000).encode(),
        ("<html><body><p>" + "٣ س " * 50_000 + "</p></body></html>").encode(),
    ],
)  # fmt: skip
def test_odd_pages_cost_little(data: bytes) -> None:
    begun = time.process_time()
    taken(data, "a.html")
    assert time.process_time() - begun < 10


def test_control_characters_and_half_characters_are_taken_out() -> None:
    record = '{"text": "\\u0000\\ud800' + TEXT.replace("\n", "\\n") + '", "title": "a\\u0000b", "publisher": "\\udfff"}'
    (found,) = captures(taken(record.encode(), "a.json"))
    assert found.text == f"\ufffd{TEXT}" and found.title == "ab"


HEADS = [
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"WARC/1.0\r\n",
    b"<html>",
    b"<rss>",
    b"<?xml version='1.0'?><feed>",
    b"{",
    b"[",
    b"From: a\nSubject: b\n\n",
    b"\xff\xfe",
    b"\x1f\x8b",
]
NAMES = [
    "a", "a.txt", "a.html", "a.pdf", "a.docx", "a.xlsx", "a.csv", "a.json", "a.jsonl", "a.eml", "a.mhtml", "a.warc", "a.warc.gz", "a.wacz", "a.zip", "a.xml",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(HEADS),
    st.binary(max_size=300) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")),
    st.sampled_from(NAMES),
)
def test_any_bytes_give_captures_or_reasons(head: bytes, rest: bytes, name: str) -> None:
    for item in taken(head + rest, name):
        assert str(item)


@pytest.mark.parametrize("name", ["a.html", "a.docx", "a.pdf", "a.warc.gz", "a.eml", "a.xlsx"])
def test_files_with_any_byte_changed(name: str) -> None:
    from random import Random

    from tests.intake.making import pdf
    from tests.intake.pages import PAGES

    made = {
        "a.html": PAGES[0].data,
        "a.docx": docx([TEXT]),
        "a.pdf": pdf(TEXT.split("\n")),
        "a.warc.gz": warc([("https://a.example/1", "text/html", PAGES[0].data)]),
        "a.eml": b"From: a@b.example\nSubject: =?utf-8?b?2K4=?=\nDate: Sat, 4 May 2024 10:00:00 +0300\nContent-Type: text/plain; charset=utf-8\n\n" + TEXT.encode(),
        "a.xlsx": packed({"xl/workbook.xml": b"<workbook/>", "[Content_Types].xml": b"<Types/>"}),
    }[name]  # fmt: skip
    chance = Random(7)
    for _ in range(40):
        data = bytearray(made)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert all(str(item) for item in taken(bytes(data[: chance.randint(1, len(data))]), name))


def test_one_bad_file_does_not_spoil_a_folder(tmp_path: Path) -> None:
    write(tmp_path, {"a.docx": bomb("word/document.xml")(), "b.txt": TEXT.encode(), "c.xlsx": b"PK\x03\x04x", "d.pdf": b"%PDF-"})
    assert kinds(items_of_folder(tmp_path, NOW, SETTINGS)) == ["Refusal", "Capture", "Refusal", "Refusal"]


def test_of_a_file_with_very_many_bad_records_some_are_named(tmp_path: Path) -> None:
    good = json.dumps({"text": TEXT})
    (tmp_path / "a.json").write_text(f"[{good}{',{}' * 5000},{good}]", "utf-8")
    write(tmp_path, {"b.json": b"[{}]"})
    found = list(Intake(SETTINGS).items([str(tmp_path)]))
    assert len(captures(found)) == 2, "what is good behind them is taken"
    told = refusals(found)
    assert len(told) == 102 and all('no "text"' in r.reason for r in (*told[:100], told[-1]))
    assert told[100].where == str(tmp_path / "a.json") == told[100].source and "4,900 more" in told[100].reason


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "a.txt")
    assert "no plain file" in str(next(iter(items_of_folder(tmp_path, NOW, SETTINGS))))


def test_links_that_lead_out_of_a_folder_or_round_in_it(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    write(outside, {"secret.txt": TEXT.encode()})
    write(folder, {"good.txt": TEXT.encode(), "deep/er/good.txt": TEXT.encode()})
    (folder / "a.txt").symlink_to(outside / "secret.txt")
    (folder / "b").symlink_to(outside)
    (folder / "c.txt").symlink_to(folder / "good.txt")
    (folder / "deep" / "round").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    found = list(items_of_folder(folder, NOW, SETTINGS))
    assert [Path(c.address).name for c in captures(found)] == ["c.txt", "good.txt", "good.txt"]
    told = sorted(str(r) for r in refusals(found))
    assert [Path(t.partition(":")[0]).name for t in told] == ["a.txt", "b", "self.txt"]
    assert "a link that leads out of the folder; add what it leads to by its own path" in told[0]


def test_a_deep_tree_of_folders(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 900)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_bytes(TEXT.encode())
    assert kinds(items_of_folder(tmp_path, NOW, SETTINGS)) == ["Capture"]
