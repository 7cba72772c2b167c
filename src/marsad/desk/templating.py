"""Templating: the templates of the pages, and what they may call.

Everything is escaped where it is put in. What comes from a report stands in ``<bdi>``, made by ``m.said(...)``.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from marsad.desk import words
from marsad.desk.assets import asset, imports
from marsad.desk.screens import screens
from marsad.lexicon.reasons import retold
from marsad.text.direction import apart
from marsad.views.masking import graphic_spans, masked
from marsad.vocabulary import VOCABULARIES

__all__ = ["environment", "passages"]


@cache
def environment() -> Environment:
    """The environment of all templates."""
    made = Environment(
        loader=PackageLoader("marsad.desk"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals.update(
        asset=asset,
        imports=imports,
        screens=screens,
        languages=words.LANGUAGES,
        directions=words.DIRECTIONS,
        here=_here,
        named=_named,
        vocabulary=VOCABULARIES.__getitem__,
    )
    made.filters.update(
        number=_number, moment=_moment, masked=_masked, passages=passages, told=_told, retold=_retold, percent=_percent
    )
    return made


def _number(value: float | None) -> str:
    """A number with separators between thousands; nothing for None."""
    return "" if value is None else f"{value:,}"


def _moment(value: str) -> str:
    """A time of the register (ISO 8601, UTC) to the minute."""
    return value[:16].replace("T", " ")


def _percent(value: float) -> str:
    """A share of one as whole hundredths."""
    return f"{value * 100:.0f}%"


@pass_context
def _told(context: Context, value: str | None) -> str:
    """A sentence of the program with names from reports in it: masked where wanted, and each in its own direction."""
    text = _masked(context, value)
    return text if context["desk"].language == "ar" else apart(text)


@pass_context
def _retold(context: Context, value: str | None) -> str:
    """A reason of the program in the language of the page (``lexicon.reasons``); what is none as it is."""
    return retold(value or "", context["desk"].language, isolated=True)


@pass_context
def _here(context: Context, **changes: Any) -> str:
    """The address of this page with parameters changed; None takes one away."""
    url = context["desk"].request.url
    told = [(k, v) for k, v in parse_qsl(url.query) if k not in changes]
    told += [(k, str(v)) for k, v in changes.items() if v not in (None, "")]
    return str(url.path) + (f"?{urlencode(told)}" if told else "")


@pass_context
def _named(context: Context, vocabulary: str, value: str | None) -> str:
    """A value of a closed list (``marsad.vocabulary``) in the language of the page; as it is where it has no name."""
    return words.named(context["desk"].language, vocabulary, value)


@pass_context
def _masked(context: Context, value: str | None) -> str:
    """A text from a report, without names of people where the person wants them masked; as long as before."""
    return masked(value) if value and context["desk"].masks else value or ""


def passages(text: str) -> list[tuple[str, bool]]:
    """A text in parts, each with whether it describes what was done to bodies and is to be folded away."""
    found, end = [], 0
    for start, stop in graphic_spans(text):
        found += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return [(part, graphic) for part, graphic in (*found, (text[end:], False)) if part]
