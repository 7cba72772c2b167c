"""Request: what is asked of a search, and what it means as marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from marsad.documents.published import iso_day
from marsad.errors import InputError
from marsad.lexicon.reasons import escaped, reason, refusal
from marsad.search.facets import mark, stretch
from marsad.search.parties import party_ids
from marsad.text.tokens import word_forms
from marsad.vocabulary import EVENT_TYPES, HARM_KINDS, SITE_KINDS, SOURCE_KINDS, WEAPON_KINDS

__all__ = ["Filter", "Request", "filters"]

_CLOSED = (
    ("type", "t", EVENT_TYPES, "type"), ("harm", "k", HARM_KINDS, "harmKind"), ("site", "s", SITE_KINDS, "siteKind"),
    ("weapon", "w", WEAPON_KINDS, "weaponKind"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked; empty values ask nothing.

    Attributes:
        words: as a person typed them (``marsad.search.query``).
        place, within: a place and a distance from it (``marsad.search.places``).
        first, last: days of the event, both inclusive.
        party: id or any name of a party; source: kind, or words of the name, of a source or of the publisher.
        type, harm, site, weapon: values of the vocabularies.
        language: code of the language of the report.
        rejected: whether claims count that people rejected.
        limit: most reports on a page.
        after: id of the last document of the page before.
    """

    words: str = ""
    place: str = ""
    within: str = ""
    first: str = ""
    last: str = ""
    party: str = ""
    source: str = ""
    type: str = ""
    harm: str = ""
    site: str = ""
    weapon: str = ""
    language: str = ""
    rejected: bool = False
    limit: int = 10
    after: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """Something that a claim must have.

    Attributes:
        name: what it filters by, and ``told`` how it was asked for, which can be told in every language (``lexicon.reasons``).
        marks: any one is enough.
        whole: whether it is of the report and not of a claim.
        days: first and last day, empty where open, if it filters by days.
    """

    name: str
    told: str
    marks: tuple[str, ...]
    whole: bool = False
    days: tuple[str, str] | None = None


def filters(request: Request, terms: Callable[[str], Sequence[str]]) -> list[Filter]:
    """What claims must have, but for the place, which the register must be asked for.

    Args:
        request: what is asked.
        terms: the terms under which a folded form may be found.

    Raises:
        InputError: a value that is none.
    """
    found: list[Filter] = []
    if request.first or request.last:
        first, last = _day("from", request.first), _day("to", request.last)
        if first and last and first > last:
            raise InputError(refusal("ask.days", first=first, last=last))
        key = "days" if first and last else "days.from" if first else "days.until"
        told = reason(f"search:{key}", **({"first": first} if first else {}), **({"last": last} if last else {}))
        found.append(Filter("days", told.told(), tuple(stretch(first, last)), days=(first, last)))
    for name, letter, known, vocabulary in _CLOSED:
        if told := getattr(request, name):
            value = told.strip().casefold().replace("-", "_").replace(" ", "_")
            if value not in known:
                raise InputError(refusal("ask.word", name=name, told=told, known=known))
            found.append(Filter(name, _called(vocabulary, value), (mark(letter, value),)))
    if request.party:
        ids = party_ids(request.party)
        if ids:
            found.append(Filter("party", f"{request.party} ({', '.join(ids)})", tuple(mark("p", i) for i in ids)))
        else:
            found += _named("party", request.party, "a", terms)
    if request.source:
        value = request.source.strip().casefold()
        if value in SOURCE_KINDS:
            found.append(Filter("source", _called("sourceKind", value), (mark("q", value),)))
        else:
            found += _named("source", request.source, "u", terms)
    if request.language:
        found.append(Filter("language", _called("language", request.language), (mark("l", request.language),), whole=True))
    return found


def _called(vocabulary: str, value: str) -> str:
    """A value of a vocabulary, as a reason that names it."""
    return reason(f"any:{vocabulary}", value=value).told()


def _named(name: str, told: str, letter: str, terms: Callable[[str], Sequence[str]]) -> list[Filter]:
    forms = word_forms(told)
    if not forms:
        raise InputError(refusal("ask.empty", name=name, told=escaped(told)))
    return [Filter(name, told, tuple(f"{letter}:{term}" for term in terms(form))) for form in dict.fromkeys(forms)]


def _day(option: str, told: str) -> str:
    if not told:
        return ""
    day = iso_day(told)
    if day is None:
        raise InputError(refusal("ask.day", option=option, told=told))
    return day
