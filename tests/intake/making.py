"""Files of all kinds for tests, made from invented reports."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from marsad.intake.files import items_of_bytes
from marsad.intake.results import Item, Limits, Link, Origin, Refusal, Settings
from marsad.register.provenance import Capture

__all__ = ["NOW", "SETTINGS", "captures", "docx", "kinds", "links", "packed", "pdf", "refusals", "taken", "warc", "write"]

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
SETTINGS = Settings(today=date(2024, 6, 1), limits=Limits(file=3_000_000, record=1_000_000, unpacked=3_000_000, ratio=100))
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def taken(data: bytes, name: str, settings: Settings = SETTINGS, address: str | None = None) -> list[Item]:
    """What is taken from the bytes of a file."""
    return list(items_of_bytes(data, name, Origin(address or f"/data/{name}", "file", NOW), settings))


def captures(items: Iterable[Item]) -> list[Capture]:
    return [i for i in items if isinstance(i, Capture)]


def refusals(items: Iterable[Item]) -> list[Refusal]:
    return [i for i in items if isinstance(i, Refusal)]


def links(items: Iterable[Item]) -> list[Link]:
    return [i for i in items if isinstance(i, Link)]


def kinds(items: Iterable[Item]) -> list[str]:
    return [type(i).__name__ for i in items]


def packed(files: dict[str, bytes], stored: bool = False) -> bytes:
    """A ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(paragraphs: Iterable[str], title: str = "", more: str = "") -> bytes:
    """A DOCX file with paragraphs, each in two runs as editors leave them."""
    styled = f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>{title}</w:t></w:r></w:p>' if title else ""
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{p[:10]}</w:t></w:r><w:r><w:t xml:space="preserve">{p[10:]}</w:t></w:r></w:p>'
        for p in paragraphs
    )
    document = f'<?xml version="1.0"?>{more}<w:document xmlns:w="{_WORD}"><w:body>{styled}{body}<w:p><w:del><w:r><w:delText>محذوف</w:delText></w:r></w:del></w:p></w:body></w:document>'
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()})


def pdf(lines: Iterable[str], title: str = "") -> bytes:
    """A PDF file of one page; its letters stand in the order of reading in a font of boxes with a table of letters."""
    # Lam and alif are one glyph, as in all Arabic fonts.
    shown = [re.findall("\u0644[\u0622\u0623\u0625\u0627]|.", line) for line in lines]
    codes = {c: n for n, c in enumerate(sorted({g for line in shown for g in line}), 1)}
    mapped = "\n".join(f"<{n:02X}> <{c.encode('utf-16-be').hex()}>" for c, n in codes.items())
    cmap = f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange {len(codes)} beginbfchar\n{mapped}\nendbfchar endcmap CMapName currentdict /CMap defineresource pop end end"
    drawn = []
    for n, line in enumerate(shown):
        # Right to left: the first letter stands at the right.
        for place, letter in enumerate(line):
            drawn.append(f"BT /F1 10 Tf 1 0 0 1 {580 - place * 5} {760 - n * 20} Tm <{codes[letter]:02X}> Tj ET")
    content = "\n".join(drawn)
    glyph = "500 0 0 0 450 700 d1 0 0 450 700 re f"
    names = " ".join(f"/g{n}" for n in codes.values())
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        (
            f"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 1 /LastChar {len(codes)} "
            f"/Widths [{' '.join(['500'] * len(codes))}] /CharProcs << {' '.join(f'/g{n} 8 0 R' for n in codes.values())} >> "
            f"/Encoding << /Type /Encoding /Differences [1 {names}] >> /ToUnicode 7 0 R /Resources << >> >>"
        ),
        "null",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
        f"<< /Length {len(glyph)} >>\nstream\n{glyph}\nendstream",
        f"<< /Title ({title}) >>",
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for n, made in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{n} 0 obj\n{made}\nendobj\n".encode("latin-1"))
    start = out.tell()
    table = "".join(f"{p:010d} 00000 n \n" for p in places)
    out.write(
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 9 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    )
    return out.getvalue()


def warc(pages: Iterable[tuple[str, str, bytes]], gzip: bool = True, when: str = "2024-03-02T10:11:12Z") -> bytes:
    """A WARC file of answers: address, content type, body."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "test"}))
    for address, kind, body in pages:
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                address, "response", payload=io.BytesIO(body), http_headers=headers, warc_headers_dict={"WARC-Date": when}
            )
        )
    return out.getvalue()


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Files of a folder, with the folders in between."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
