"""Main text: what of a page is the report, by trafilatura, on a trimmed tree, and without the lines that are chrome."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from marsad.documents.markup import without_tags
from marsad.intake.chrome import folded, page_words
from marsad.intake.dateline import day_of_line, only_date
from marsad.intake.markup import Element, lines_of
from marsad.intake.results import Refused, named_version
from marsad.intake.trimming import flatten, trim
from marsad.lexicon.reasons import refusal

__all__ = ["MainText", "extractor_name", "main_text", "without_chrome"]

# Where extraction finds less of a page than this share of what structured data says the report is, it missed it.
_LEAST_OF_BODY = 0.5
_SHORTEST = 25
_JOINERS = {"\u200c": "\ua6c0", "\u200d": "\ua6c1"}
_LONGEST_LABEL = 90


@dataclass(frozen=True, slots=True)
class MainText:
    """The text of a report.

    Attributes:
        text: lines, one for each paragraph.
        beside: lines of the page that tell the day of publication, and are no part of the text.
        warnings: what was odd.
    """

    text: str
    beside: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@cache
def extractor_name() -> str:
    """What extracts main texts, for provenance."""
    return named_version("trafilatura", "marsad")


def main_text(tree: Element, title: str, body: str = "") -> MainText:
    """The report of a page.

    Args:
        tree: the page; it is changed.
        title: of the report; a first line that repeats it is left out.
        body: what structured data says that the report is, or empty.

    Raises:
        Refused: no report is found.
    """
    trim(tree)
    flatten(tree)
    beside = tuple(line for line in lines_of(tree) if len(line) <= _LONGEST_LABEL and day_of_line(line))
    lines = without_chrome((_extracted(tree) or "").split("\n"), title)
    text, warnings = "\n".join(lines), list[str]()
    plain = without_tags(body) if "<" in body else body
    if len(plain) > _SHORTEST and len(text) < len(plain) * _LEAST_OF_BODY:
        text = "\n".join(without_chrome(plain.split("\n"), title))
        warnings.append(refusal("intake:warning.structured"))
    if sum(c.isalpha() for c in text) < _SHORTEST:
        raise Refused(refusal("intake:page.empty"))
    return MainText(text, beside, tuple(warnings))


def without_chrome(lines: Iterable[str], title: str = "") -> list[str]:
    """Lines without those that are no text of a report; where comments of others begin, the text ends.

    Args:
        lines: of a text.
        title: lines at the head that repeat it are left out.
    """
    words = page_words()
    heading = folded(title)
    kept: list[str] = []
    for line in lines:
        line = line.strip()
        role = words.role(line)
        if role == "comments" and kept:
            break
        if not line or role is not None:
            continue
        if not kept and (_repeats(folded(line), heading) or (_labels(line) and (day_of_line(line) or only_date(line)))):
            continue
        if len(line) <= _LONGEST_LABEL and words.dated(line) and day_of_line(line):
            continue
        kept.append(line)
    return kept


def _repeats(line: str, heading: str) -> bool:
    return bool(heading) and (line == heading or (len(line) > _SHORTEST and heading.startswith(line)))


def _labels(line: str) -> bool:
    """Whether a line is short enough to hold nothing but a day and what stands around it."""
    return len(line) <= _LONGEST_LABEL and len(line.split()) <= 9 and not line.endswith((".", ":", "\u060c"))


def _extracted(tree: Element) -> str | None:
    import trafilatura

    # It takes out the joiners that Persian and Kurdish words are written with; letters of a script that no report is in stand in for them.
    kept = {joiner: sign for joiner, sign in _JOINERS.items() if any(joiner in t and sign not in t for t in tree.itertext())}
    copy = deepcopy(tree)
    if kept:
        for element in copy.iter():
            for joiner, sign in kept.items():
                element.text = element.text and element.text.replace(joiner, sign)
                element.tail = element.tail and element.tail.replace(joiner, sign)
    found: Any = trafilatura.extract(
        copy,
        output_format="txt",
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        deduplicate=False,
        config=_config(),
    )
    if not found:
        return None
    text = cast("str", found)
    for joiner, sign in kept.items():
        text = text.replace(sign, joiner)
    return text


@cache
def _config() -> Any:
    """Settings of trafilatura: reports of a sentence are texts too, and no signal is used, since threads call this."""
    from trafilatura.settings import DEFAULT_CONFIG

    # It logs what is said in our messages.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    config = deepcopy(DEFAULT_CONFIG)
    for name, value in (("MIN_EXTRACTED_SIZE", "60"), ("MIN_OUTPUT_SIZE", "10"), ("EXTRACTION_TIMEOUT", "0")):
        config["DEFAULT"][name] = value
    return config
