"""Watching: a list of feeds, pages and folders that are taken in again and again, each at its interval.

The list is a TOML or YAML file with ``sources``, each an address or path, or a table that also says how it is taken in.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from marsad.documents.published import iso_day
from marsad.errors import InputError
from marsad.intake.results import Settings
from marsad.intake.sheets import FIELDS

__all__ = ["Watched", "columns_of", "day_given", "due", "interval", "watched_of"]

_EVERY = 1800.0
# Feeds asked more often than once a minute would be no polite reader's.
_LEAST, _MOST = 60.0, 31 * 86_400.0
_UNITS = {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400}
_INTERVAL = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*")
_KEYS = ("address", "every", "links", "publisher", "map")


@dataclass(frozen=True, slots=True)
class Watched:
    """A source that is taken in again and again.

    Attributes:
        source: address or path, absolute.
        every: seconds from one round to the next.
        settings: how it is taken in.
    """

    source: str
    every: float
    settings: Settings


def interval(told: object) -> float:
    """Seconds of ``30``, ``"30 min"``, ``"2 h"``; a bare number is minutes.

    Raises:
        InputError: no such interval, or one of less than a minute or more than a month.
    """
    match = _INTERVAL.fullmatch(str(told).lower()) if isinstance(told, int | float | str) and not isinstance(told, bool) else None
    unit = match.group(2) or "min" if match else ""
    if match is None or unit not in _UNITS:
        raise InputError(f'every: {told!r} is no interval; write "30 min", "2 h" or "1 d"')
    seconds = float(match.group(1)) * _UNITS[unit]
    if not _LEAST <= seconds <= _MOST:
        raise InputError(f"every: {told!r} is less than a minute or more than a month")
    return seconds


def watched_of(data: bytes, name: str, folder: Path, settings: Settings) -> list[Watched]:
    """The sources of a list.

    Args:
        data: the list.
        name: of its file; its ending tells TOML from YAML.
        folder: relative paths start there.
        settings: for what the list does not say.

    Raises:
        InputError: the list cannot be read, or an entry of it says what is not known.
    """
    value = _loaded(data, name)
    sources = value.get("sources", value.get("source"))
    if not isinstance(sources, list) or not sources:
        raise InputError(f"{name}: a list of sources is expected: sources = [...]")
    every = value.get("every", "30 min")
    if unknown := sorted(value.keys() - {"sources", "source", "every"}):
        raise InputError(f"{name}: {unknown[0]!r} is not known; known are sources and every")
    found = []
    for number, told in enumerate(sources, 1):
        try:
            found.append(_watched(told, every, folder, settings))
        except InputError as error:
            raise InputError(f"{name}: source {number}: {error}") from error
    return found


def due(watched: list[Watched], last: Mapping[str, float], now: float) -> tuple[list[Watched], float]:
    """The sources whose time has come, and the seconds until the next one's.

    Args:
        watched: all sources.
        last: when each was last begun.
        now: by the same clock.
    """
    left = [(w, last[w.source] + w.every - now if w.source in last else 0.0) for w in watched]
    come = [w for w, seconds in left if seconds <= 0]
    return come, min(
        (max(seconds, 0.0) for w, seconds in left if w not in come), default=min((w.every for w in come), default=_EVERY)
    )


def _loaded(data: bytes, name: str) -> dict[str, Any]:
    try:
        text = data.decode("utf-8-sig")
        if name.lower().endswith((".yaml", ".yml")):
            import yaml  # type: ignore[import-untyped]

            try:
                value = yaml.safe_load(text)
            except (yaml.YAMLError, RecursionError) as error:
                raise InputError(f"{name}: not YAML: {' '.join(str(error).split())[:200]}") from error
            value = {"sources": value} if isinstance(value, list) else value
        else:
            value = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{name}: not TOML: {error}") from error
    if not isinstance(value, dict):
        raise InputError(f"{name}: a list of sources is expected")
    return value


def _watched(told: Any, every: Any, folder: Path, settings: Settings) -> Watched:
    told = {"address": told} if isinstance(told, str) else told
    if not isinstance(told, dict) or not isinstance(told.get("address"), str) or not told["address"].strip():
        raise InputError('an address or path is expected, or a table with "address"')
    if unknown := sorted(told.keys() - set(_KEYS)):
        raise InputError(f"{unknown[0]!r} is not known; known are {', '.join(_KEYS)}")
    source = told["address"].strip()
    if not source.lower().startswith(("http://", "https://")):
        source = str((folder / Path(source).expanduser()).absolute())
    return Watched(
        source,
        interval(told.get("every", every)),
        replace(
            settings,
            links=_flag(told.get("links", settings.links)),
            publisher=_name(told.get("publisher", settings.publisher)),
            columns=columns_of(told.get("map", dict(settings.columns))),
        ),
    )


def columns_of(told: Any) -> dict[str, str]:
    """A mapping of our fields to columns of a sheet.

    Raises:
        InputError: a field that is not known, or neither text nor link among them.
    """
    if not isinstance(told, dict) or not all(isinstance(v, str) and v.strip() for v in told.values()):
        raise InputError("map: a column for each field is expected, such as text=Column")
    if unknown := sorted(told.keys() - set(FIELDS)):
        raise InputError(f"map: {unknown[0]!r} is not known; known are {', '.join(FIELDS)}")
    if told and not told.keys() & {"text", "link", "source"}:
        raise InputError("map: say where the text or the link is: text=Column or link=Column")
    return {field: column.strip() for field, column in told.items()}


def _flag(told: Any) -> bool:
    if not isinstance(told, bool):
        raise InputError(f"links: {told!r}; true or false is expected")
    return told


def _name(told: Any) -> str | None:
    if told is not None and not isinstance(told, str):
        raise InputError(f"publisher: {told!r}; a name is expected")
    return told or None


def day_given(told: str) -> str | None:
    """The day that a user gives for documents that tell none.

    Raises:
        InputError: there is no such day.
    """
    if told and iso_day(told) is None:
        raise InputError(f"--published {told}: there is no such day; write YYYY-MM-DD")
    return iso_day(told) if told else None
