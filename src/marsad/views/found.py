"""Found: what a search found, or why it found nothing, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from marsad.register.hits import Hit
from marsad.register.searching import Found
from marsad.register.suggesting import Part
from marsad.search.places import Meant
from marsad.views.register import claim_row
from marsad.views.terminal import PLAIN, Screen, fit, line_ranges, safe

__all__ = ["found_lines", "nothing_lines"]

_INDENT = "  "
_MOST_CLAIMS, _MOST_PLACES = 3, 6


def found_lines(found: Found, screen: Screen = PLAIN) -> Iterator[str]:
    """The lines of a page, without line ends."""
    number = (
        f"{'at least ' if found.more else ''}{found.count:,} {'report' if found.count == 1 and not found.more else 'reports'}"
    )
    yield screen.style(number, "bold")
    yield from _understood(found, screen)
    for hit in found.hits:
        yield ""
        yield from _hit(hit, screen)
    if found.after:
        yield ""
        yield f"more: --after {found.after}"


def nothing_lines(found: Found, parts: Sequence[Part], screen: Screen = PLAIN) -> Iterator[str]:
    """Why a search found nothing, without line ends."""
    yield screen.style("nothing found", "bold")
    yield from _understood(found, screen)
    for part in parts:
        told = "" if part.kind == "words" else f"{part.kind}: "
        if part.kind == "without":
            yield from _told(f"{_INDENT}takes away {part.count:,}; without it {part.rest:,} would be found: -", part.told, screen)
            continue
        count = f"alone in {_reports(part.count)}" if part.count else "in no report"
        rest = f"; without it {_reports(part.rest)}" if len(parts) > 1 else ""
        yield from _told(f"{_INDENT}{count}{rest}: {told}", part.told, screen)
        for word, number in part.near:
            yield from _told(f"{_INDENT * 2}nearly so written, in {_reports(number)}: ", word, screen)
    place = found.place
    if place is not None and not place.places and place.near:
        for entry in place.near:
            yield from _told(
                f"{_INDENT}a place that is called nearly so ({entry.kind}, {entry.country}, {entry.id}): ", entry.label, screen
            )
    if found.filters and not found.query.every:
        yield f"{_INDENT}Filters look at what claims tell; words find what only the text tells."
    elif len(parts) > 1 and all(part.count for part in parts if part.kind != "without"):
        yield f"{_INDENT}Each is found alone, but no report has all of them{' in one claim' if len(found.filters) > 1 else ''}."


def _understood(found: Found, screen: Screen) -> Iterator[str]:
    """What was taken otherwise than it may have been meant."""
    if found.query.left_out:
        yield from _told(f"{_INDENT}not looked for, too common: ", " ".join(found.query.left_out), screen)
    for name, names in found.query.named:
        yield from _told(f"{_INDENT}{name}, looked for as well by: ", "، ".join(names), screen)
    if found.place is not None:
        yield from _places(found.place, screen)
    if found.stale:
        yield screen.style(f"{_INDENT}The word lists were changed since the index was made: marsad search --rebuild", "warning")


def _places(place: Meant, screen: Screen) -> Iterator[str]:
    if len(place.places) > 1:
        yield f"{_INDENT}{len(place.places)} places have this name; all were looked for. One alone: --place ID, or a unit behind a comma."
    for entry in place.places[:_MOST_PLACES] if len(place.places) > 1 else ():
        yield from _told(f"{_INDENT * 2}{entry.id} ({entry.kind}, {entry.country}): ", entry.label, screen)
    if len(place.places) > _MOST_PLACES:
        yield f"{_INDENT * 2}and {len(place.places) - _MOST_PLACES} more"
    if not place.places and place.marks:
        yield f"{_INDENT}No known place has this name; reports were looked for that write it so."


def _hit(hit: Hit, screen: Screen) -> Iterator[str]:
    claims = "1 claim" if hit.claims == 1 else f"{hit.claims} claims"
    yield screen.style(f"{hit.document_id}  {hit.published or 'day unknown'}  {claims}", "bold")
    width = screen.width - len(_INDENT) - 2
    if hit.title:
        yield from _marked(hit.title, 0, len(hit.title), hit.title_marks, width, screen)
    if hit.publisher:
        yield from _told(_INDENT, hit.publisher, screen)
    s = hit.snippet
    if s.end > s.start:
        spans = [(h.start, h.end) for h in s.highlights]
        yield from _marked(hit.text, s.start, s.end, spans, width - 8, screen, s.cut_before, s.cut_after)
    for claim in hit.holding[:_MOST_CLAIMS]:
        name, day, kind, country, place, harm, decided = claim_row(claim)
        told = "  ".join(part for part in (name, day, kind.replace("_", " "), harm, decided, country) if part)
        yield from _told(f"{_INDENT}= {told}  ", place, screen)
    if len(hit.holding) > _MOST_CLAIMS:
        yield f"{_INDENT}= and {len(hit.holding) - _MOST_CLAIMS} more claims"


def _marked(
    text: str,
    start: int,
    end: int,
    spans: Sequence[tuple[int, int]],
    width: int,
    screen: Screen,
    before: bool = False,
    after: bool = False,
) -> Iterator[str]:
    """A stretch of a text in lines, with its words marked."""
    shown = safe(text[start:end])
    inside = [(a - start, b - start) for a, b in spans]
    ranges = line_ranges(shown, width)
    for number, (first, last) in enumerate(ranges):
        line = screen.marked(shown, first, last, inside)
        line = f"{'… ' if before and number == 0 else ''}{line}{' …' if after and number == len(ranges) - 1 else ''}"
        yield f"{_INDENT}{'| ' if width < screen.width - 8 else ''}{screen.isolate(line)}"


def _reports(number: int) -> str:
    return "1 report" if number == 1 else f"{number:,} reports"


def _told(before: str, told: str, screen: Screen) -> Iterator[str]:
    """Latin letters and, at the end of the line, words that may be Arabic."""
    lines = fit(safe(told), max(20, screen.width - len(before)))
    for number, line in enumerate(lines or [""]):
        yield f"{before if number == 0 else ' ' * len(before)}{screen.isolate(line)}".rstrip()
