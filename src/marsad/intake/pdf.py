"""PDF files with text: their lines, joined to paragraphs.

PDFium puts the glyphs of right-to-left lines into reading order, with digits in theirs. What it leaves as it stands on the page is put
right here: the letters of a ligature (lam-alif) come in the order of the eye, and brackets come mirrored. A PDF does not tell
words and paragraphs, so its text is a reading of the page; a warning says so.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from itertools import pairwise
from typing import Any

from marsad.intake.results import Extracted, Refused, named_version
from marsad.lexicon.reasons import refusal

__all__ = ["joined", "report_of_pdf", "unshaped"]

_MOST_PAGES = 500
_LEAST_LETTERS = 20
# A line that is much shorter than its page's longest ends a paragraph.
_FULL = 0.7
_ENDS = (".", "!", "?", "\u061f", ":", "\u2026", "\u00bb", "\u201d")
_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_OPEN, _CLOSE = "([{\u00ab", ")]}\u00bb"
_TURNED = str.maketrans(_OPEN + _CLOSE, _CLOSE + _OPEN)
_NUMBER = re.compile(r"[-\u2013\s]*\d{1,4}[-\u2013\s]*")


def report_of_pdf(data: bytes) -> Extracted:
    """The text of a PDF file.

    The day on which the file was made is not the day of publication, so none is taken from its metadata.

    Raises:
        Refused: damaged, encrypted, too long, or without text.
    """
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document: Any = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Refused(refusal("intake:pdf.locked") if locked else refusal("intake:pdf.damaged", said=error)) from error
    try:
        count = len(document)
        if count > _MOST_PAGES:
            raise Refused(refusal("intake:pdf.long", pages=f"{count:,}", most=_MOST_PAGES))
        pages: list[list[str]] = []
        for number in range(count):
            page = document[number]
            text = unshaped(_letters(page.get_textpage()))
            pages.append([_brackets(line.strip()) for line in text.replace("\r", "").split("\n")])
            page.close()
        title = str(document.get_metadata_dict().get("Title") or "").strip()
    except pypdfium2.PdfiumError as error:
        raise Refused(refusal("intake:pdf.damaged", said=error)) from error
    finally:
        document.close()
    text = joined(pages)
    if sum(c.isalpha() for c in text) < _LEAST_LETTERS:
        raise Refused(refusal("intake:pdf.pictures"))
    told = refusal("intake:warning.pdf")
    return Extracted(
        text, named_version("pypdfium2", "marsad"), "" if title.lower().startswith("microsoft word") else title, warnings=(told,)
    )


def unshaped(letters: list[tuple[str, tuple[float, float] | None]]) -> str:
    """The text of letters with their places: those of one right-to-left glyph, which stand at one place, turned round.

    Args:
        letters: each with the place of its glyph, or None where the page has no glyph for it (line ends, some spaces).
    """
    out: list[str] = []
    n = 0
    while n < len(letters):
        letter, place = letters[n]
        end = n + 1
        while place is not None and end < len(letters) and letters[end][1] == place and _ARABIC.match(letters[end][0]):
            end += 1
        glyph = [unicodedata.normalize("NFKC", c) if "\ufb50" <= c <= "\ufeff" else c for c, _ in letters[n:end]]
        out += reversed(glyph) if end - n > 1 and _ARABIC.match(letter) else glyph
        n = end
    return "".join(out)


def _letters(page: Any) -> list[tuple[str, tuple[float, float] | None]]:
    """The letters of a page with the places of their glyphs, in reading order."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    x, y = ctypes.c_double(), ctypes.c_double()
    found: list[tuple[str, tuple[float, float] | None]] = []
    for number in range(page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(page.raw, number)
        # Hyphens at the end of a line come as a sign that is none.
        if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000:
            continue
        shown = not pdfium.FPDFText_IsGenerated(page.raw, number) and pdfium.FPDFText_GetCharOrigin(page.raw, number, x, y)
        found.append((chr(code), (x.value, y.value) if shown else None))
    return found


def _brackets(line: str) -> str:
    """A line whose brackets close before they open, as mirrored ones do, with all of them turned."""
    depth = lowest = 0
    for letter in line:
        depth += (letter in _OPEN) - (letter in _CLOSE)
        lowest = min(lowest, depth)
    mirrored = lowest < 0 and depth == 0 and len(_ARABIC.findall(line)) * 2 > sum(c.isalpha() for c in line)
    return line.translate(_TURNED) if mirrored else line


def joined(pages: list[list[str]]) -> str:
    """Paragraphs of the lines of pages: a line that fills its page's width and ends no sentence goes on in the next one.

    Args:
        pages: lines of each page; lines that are only a page's number are left out.
    """
    lines = [[line for line in page if not _NUMBER.fullmatch(line)] for page in pages]
    widths = [max(map(len, page), default=0) for page in lines]
    every = [(line, width) for page, width in zip(lines, widths, strict=True) for line in page]
    parts: list[str] = []
    for (line, width), (after, _) in pairwise([*every, ("", 0)]):
        parts.append(line)
        goes_on = line and after and len(line) >= width * _FULL and not line.endswith(_ENDS)
        parts.append(" " if goes_on else "\n")
    return re.sub(r"\n{2,}", "\n", "".join(parts)).strip()
