"""Page: reports with their evidence marked and the claims beside, as one HTML file.

The file asks nothing of any other place and can be read without script: words link to values and values to words, and
hover or focus tells the value. The script adds that all words of a value light up and that one claim can be looked at
alone. Everything from a report is escaped, and a content security policy allows only the page's own style and script.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.metadata import version
from importlib.resources import files

from marsad.model import Claim, Document
from marsad.views.marking import Mark, Segment, marks_of, segments
from marsad.views.values import KINDS, Value, values

__all__ = ["Report", "page"]

_NAMES = {"type": "event"}
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LTR = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u058f]")
# Characters that HTML does not allow, and marks of direction that would reach beyond their place.
_SAFE = {code: "\ufffd" for code in (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0))}
_LANES = 6


@dataclass(frozen=True, slots=True)
class Report:
    """A document with its claims, and the reason if reading it failed."""

    document: Document
    claims: tuple[Claim, ...] = ()
    error: str | None = None


def page(reports: Sequence[Report], failures: Sequence[str] = (), *, explain: bool = False) -> Iterator[str]:
    """The page, in parts to be written one after the other.

    Args:
        reports: what to show, in order; more than one get an index.
        failures: messages of what could not be read, shown at the end.
        explain: whether the rule behind each value is shown.
    """
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    title = "Claims" if len(reports) != 1 else f"Claims of {reports[0].document.id}"
    yield (
        '<!doctype html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        f'<link rel="icon" href="data:,">\n<title>{_text(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n'
    )
    yield _legend()
    yield "<main>\n"
    if len(reports) > 1:
        yield _index(reports)
    for number, report in enumerate(reports, 1):
        yield _report(number, report, explain, many=len(reports) > 1)
    if not reports:
        yield "<p>No report was read.</p>\n"
    if failures:
        rows = "".join(f"<li>{_text(f)}</li>\n" for f in failures)
        yield f'<section class="failures"><h2>Not read</h2>\n<ul>\n{rows}</ul>\n</section>\n'
    yield f"</main>\n<footer>Marsad {_text(version('marsad'))}</footer>\n<script>{script}</script>\n</body>\n</html>\n"


def _legend() -> str:
    items = "".join(
        f'<label class="key"><input type="checkbox" id="show-{kind}" checked><span class="u k-{kind} l0">'
        f"{_NAMES.get(kind, kind)}</span></label>\n"
        for kind in KINDS
    )
    return f'<form class="legend" aria-label="Kinds of marked words; untick to hide">\n{items}</form>\n'


def _index(reports: Sequence[Report]) -> str:
    rows = []
    for number, report in enumerate(reports, 1):
        document = report.document
        types = ", ".join(
            f"{kind.replace('_', ' ')}{f' ({count})' if count > 1 else ''}"
            for kind, count in Counter(c.type for c in report.claims).items()
        )
        rows.append(
            f'<tr><td><a href="#d{number}">{_text(document.id)}</a></td><td>{_text(document.published or "")}</td>'
            f'<td dir="auto">{_text(document.title)}</td><td class="number">{len(report.claims)}</td><td>{_text(types)}</td></tr>\n'
        )
    claims = sum(len(r.claims) for r in reports)
    return (
        f'<nav id="index" aria-label="Reports">\n<h1>{len(reports):,} reports, {claims:,} claims</h1>\n<div class="scroll"><table>\n'
        f"<thead><tr><th>id</th><th>published</th><th>title</th><th>claims</th><th>events</th></tr></thead>\n"
        f"<tbody>\n{''.join(rows)}</tbody>\n</table></div>\n</nav>\n"
    )


def _report(number: int, report: Report, explain: bool, *, many: bool) -> str:
    document = report.document
    shown = [(f"d{number}c{n}", claim, values(claim)) for n, claim in enumerate(report.claims, 1)]
    keyed = {f"{key}v{n}": (claim, value) for key, claim, found in shown for n, value in enumerate(found, 1)}
    spans = [(e.start, e.end, value.kind, key) for key, (_, value) in keyed.items() for e in value.evidence]
    length = len(document.text)
    marks = marks_of(spans, length)
    first: dict[str, str] = {}
    body = "".join(
        _segment(document.text, segment, f"d{number}s{n}", keyed, first) for n, segment in enumerate(segments(marks, length), 1)
    )
    direction = _direction(document.text)
    language = f' lang="{_text(document.language)}"' if document.language else ""
    cards = "".join(_card(key, claim, found, first, explain) for key, claim, found in shown)
    return (
        f'<article class="report" id="d{number}">\n{_head(report, direction, many)}'
        f'<div class="pair" dir="{direction}">\n<div class="text" dir="{direction}"{language}>{body}</div>\n'
        f'<div class="cards" dir="ltr">\n{cards or "<p>No claims.</p>"}\n</div>\n</div>\n</article>\n'
    )


def _head(report: Report, direction: str, many: bool) -> str:
    document = report.document
    facts = [f"<bdi>{_text(document.id)}</bdi>", f"<bdi>{_text(document.published or 'publication day unknown')}</bdi>"]
    if document.publisher:
        facts.append(f"<bdi>{_text(document.publisher)}</bdi>")
    if document.url:
        link = _text(document.url)
        # Only what is an address of the web becomes a link.
        plain = re.match(r"https?://", document.url)
        facts.append(f'<a href="{link}" rel="noreferrer noopener"><bdi>{link}</bdi></a>' if plain else f"<bdi>{link}</bdi>")
    if many:
        facts.append('<a href="#index">all reports</a>')
    title = f'<h2 dir="auto">{_text(document.title)}</h2>\n' if document.title else ""
    notes = [*(f"warning: {w}" for w in document.warnings), *([f"error: {report.error}"] if report.error else [])]
    told = "".join(f'<p class="warning" dir="ltr">{_text(n)}</p>\n' for n in notes)
    return f'<header dir="{direction}">\n{title}<p class="facts">{" · ".join(facts)}</p>\n{told}</header>\n'


def _segment(text: str, segment: Segment, identifier: str, keyed: dict[str, tuple[Claim, Value]], first: dict[str, str]) -> str:
    """A stretch of the text; notes in ``first`` where the words of each value begin."""
    inner = _text(text[segment.start : segment.end])
    if not segment.marks:
        return inner
    begins = False
    for mark in segment.marks:
        if mark.start == segment.start:
            begins = True
            for key in mark.keys:
                first.setdefault(key, identifier)
    for mark in reversed(segment.marks):
        inner = f'<span class="u k-{mark.kind} l{mark.lane % _LANES}" data-v="{" ".join(mark.keys)}">{inner}</span>'
    target = segment.marks[-1].keys[0]
    tip = _text("\n".join(_tip(mark, keyed) for mark in reversed(segment.marks)))
    # Of a mark that others cut in pieces only the first is a stop for the keyboard.
    stop = "" if begins else ' tabindex="-1"'
    return f'<a class="m" id="{identifier}" href="#{target}" data-tip="{tip}"{stop}>{inner}</a>'


def _tip(mark: Mark, keyed: dict[str, tuple[Claim, Value]]) -> str:
    """What the words mean, a line for each different value: "date: 2024-05-01 (a.1, a.2)"."""
    told: dict[str, list[str]] = {}
    for key in mark.keys:
        claim, value = keyed[key]
        told.setdefault(f"{_NAMES.get(value.kind, value.kind)}: {value.text}", []).append(claim.id)
    return "\n".join(f"{text} ({', '.join(dict.fromkeys(claims))})" for text, claims in told.items())


def _card(key: str, claim: Claim, found: Sequence[Value], first: dict[str, str], explain: bool) -> str:
    badges = "".join(
        f' <span class="badge">{_text(value)}</span>'
        for value in (claim.status, claim.scope)
        if value not in ("asserted", "event")
    )
    rows = []
    previous = ""
    for number, value in enumerate(found, 1):
        identifier = f"{key}v{number}"
        label = value.slot.split(".")[0]
        if label in ("status", "scope") and not explain:
            continue
        shown = "event" if label == "type" else label
        rows.append(_row(identifier, shown if label != previous else "", value, first.get(identifier), explain))
        previous = label
    return (
        f'<section class="card" id="{key}" data-claim="{key}">\n<h3><a href="#{key}">{_text(claim.id)}</a>{badges}</h3>\n'
        f"<table>\n{''.join(rows)}</table>\n</section>\n"
    )


def _row(identifier: str, label: str, value: Value, words: str | None, explain: bool) -> str:
    text = f'<span class="u k-{value.kind} l0">{_text(value.text)}</span>'
    if words is not None:
        text = f'<a class="v" href="#{words}">{text}</a>'
    said = f' <bdi class="words">{_text(value.words)}</bdi>' if value.words else ""
    why = f'<small class="why">{_text(value.why)}</small>' if explain and value.why else ""
    return f'<tr id="{identifier}" data-v="{identifier}"><th scope="row">{_text(label)}</th><td><div class="said">{text}{said}</div>{why}</td></tr>\n'


def _direction(text: str) -> str:
    return "rtl" if len(_RTL.findall(text)) > len(_LTR.findall(text)) else "ltr"


def _text(text: str) -> str:
    return escape(text.translate(_SAFE), quote=True)


@cache
def _asset(name: str) -> str:
    return files("marsad").joinpath("views", "assets", name).read_text("utf-8")


def _digest(content: str) -> str:
    """The hash by which a content security policy knows an inline element."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
