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
from marsad.desk.assets import asset
from marsad.desk.screens import screens

__all__ = ["environment"]


@cache
def environment() -> Environment:
    """The environment of all templates."""
    made = Environment(
        loader=PackageLoader("marsad.desk"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals.update(
        asset=asset, screens=screens, languages=words.LANGUAGES, directions=words.DIRECTIONS, here=_here, named=_named
    )
    made.filters.update(number=_number, moment=_moment)
    return made


def _number(value: float | None) -> str:
    """A number with separators between thousands; nothing for None."""
    return "" if value is None else f"{value:,}"


def _moment(value: str) -> str:
    """A time of the register (ISO 8601, UTC) to the minute."""
    return value[:16].replace("T", " ")


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
    if value is None:
        return ""
    key = f"values.{vocabulary}.{value}"
    return context["desk"].t(key) if key in words.table()[context["desk"].language] else value
