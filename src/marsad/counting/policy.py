"""Policies: rules by which claims become numbers, as data.

A policy is a TOML file (``packs/policies``). ``docs/counting.md`` says what each key means; a key or value that is not listed here is
refused with the file's name, so that a misspelt rule is never silently without effect.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from marsad.counting.dossier import GRADES
from marsad.counting.ranges import Vague
from marsad.errors import InputError
from marsad.lexicon.rulefiles import RuleFiles
from marsad.vocabulary import (
    DATE_PRECISIONS,
    EVENT_TYPES,
    HARM_KINDS,
    INCLUDING,
    PLACE_PRECISIONS,
    SOURCE_KINDS,
    STATUSES,
)

__all__ = ["CHOICES", "Policy", "keys", "policies", "policy", "policy_text", "read_policy", "vague"]

CHOICES = ("range", "lowest", "best", "one")
BEST = ("origins", "detail", "latest", "lowest", "highest")
WHO = ("all", "civilian", "combatant", "unknown", "sides", *INCLUDING)
VAGUE = ("several", "tens", "dozens", "hundreds", "thousands")


@dataclass(frozen=True, slots=True)
class Claims:
    """Which claims may speak; an empty tuple allows any.

    Attributes:
        statuses, types, languages: of a claim and of its report.
        not_by: source kinds whose word alone does not speak.
        max_days: days that the date of a claim may span, 0 for any.
    """

    statuses: tuple[str, ...] = ("asserted",)
    types: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    max_days: int = 0


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a number is read that is told without one: another number, ``"bounds"`` or ``"leave out"``.

    Attributes:
        several, tens, dozens, hundreds, thousands: by the words.
        unknown: people without any number; ``unknown_significant`` instead where the event is significant.
        significant_types: event types that are significant; significant_harm: so is one with a number of as many, 0 for none.
    """

    several: int | str = "bounds"
    tens: int | str = "bounds"
    dozens: int | str = "bounds"
    hundreds: int | str = "bounds"
    thousands: int | str = "bounds"
    unknown: int | str = "leave out"
    unknown_significant: int | str = "leave out"
    significant_types: tuple[str, ...] = ()
    significant_harm: int = 0


@dataclass(frozen=True, slots=True)
class Incidents:
    """Which incidents are counted.

    Attributes:
        min_origins: independent origins of the claims that speak; with fewer an incident stands ``beside`` the totals.
        beside_as: the word for such an incident, for example "provisional".
        grades: an incident of another grade stands beside the totals; empty for any.
        min_people: people of any kind that is counted who must have come to harm, 0 for none.
        date_precisions, place_precisions: of which one claim that speaks must be; empty for any, also for none at all.
    """

    min_origins: int = 1
    beside_as: str = ""
    grades: tuple[str, ...] = ()
    min_people: int = 0
    date_precisions: tuple[str, ...] = ()
    place_precisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """Which numbers are given and how.

    Attributes:
        kinds: of harm. who: whose numbers; ``sides`` stands for the combatants of each party.
        choice: ``range`` from the least to the most, ``lowest`` number, ``best`` with low and high, or that of ``one`` claim.
        best_by: what decides for ``best`` and ``one``, the first that tells apart: most ``origins``, most ``detail``, ``latest``,
            ``lowest`` or ``highest`` number.
        best_not_by: source kinds whose word alone is not the best while there is another.
        superseded: whether what an origin said earlier is left out for what it said last.
        presume_civilian: whether people of unknown status are civilians, where no clash and no armed target is told.
        not_combatants_by: source kinds whose word alone does not make combatants of people whom others do not call so.
        add_sides: whether the dead of sides of whom different claims tell are added.
        zero_if_none: whether the number is 0 where no claim that speaks tells of anybody ("only wounded" is 0 dead).
    """

    kinds: tuple[str, ...] = ("killed",)
    who: tuple[str, ...] = ("all",)
    choice: str = "range"
    best_by: tuple[str, ...] = ("origins", "latest", "lowest")
    best_not_by: tuple[str, ...] = ()
    superseded: bool = True
    presume_civilian: bool = False
    not_combatants_by: tuple[str, ...] = ()
    add_sides: bool = False
    zero_if_none: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy of counting.

    Attributes:
        name, version: every result bears them.
        about: what it does, in a sentence in English; about_ar: the same in Arabic, or the empty string.
        sources: where its rules are from.
        headline: kind and people of the one number that is shown where there is room for one, as "killed civilian".
    """

    name: str
    version: str
    about: str
    sources: tuple[str, ...]
    headline: tuple[str, str]
    claims: Claims = Claims()
    numbers: Numbers = Numbers()
    incidents: Incidents = Incidents()
    figures: Figures = Figures()
    about_ar: str = ""

    def told(self, language: str) -> str:
        """What it does, in a language; in English where it is not told in it."""
        return (self.about_ar if language == "ar" else "") or self.about


_FILES = RuleFiles("policies", "policy")
_ALLOWED: dict[str, tuple[str, ...]] = {
    "claims.statuses": STATUSES,
    "claims.types": EVENT_TYPES,
    "claims.not_by": SOURCE_KINDS,
    "numbers.significant_types": EVENT_TYPES,
    "incidents.grades": GRADES,
    "incidents.date_precisions": DATE_PRECISIONS,
    "incidents.place_precisions": PLACE_PRECISIONS,
    "figures.kinds": HARM_KINDS,
    "figures.who": WHO,
    "figures.choice": CHOICES,
    "figures.best_by": BEST,
    "figures.best_not_by": SOURCE_KINDS,
    "figures.not_combatants_by": SOURCE_KINDS,
}  # fmt: skip
_PARTS: dict[str, type] = {"claims": Claims, "numbers": Numbers, "incidents": Incidents, "figures": Figures}


@lru_cache(maxsize=64)
def vague(numbers: Numbers, significant: bool) -> Vague:
    """How a policy takes the numbers of a claim, which tells of a significant event or of another."""
    unknown = numbers.unknown_significant if significant else numbers.unknown
    taken = tuple((kind, getattr(numbers, kind)) for kind in VAGUE)
    return Vague(taken, unknown if isinstance(unknown, int) else None)


def policies() -> tuple[str, ...]:
    """Names of the policies that come with Marsad."""
    return _FILES.names()


def policy_text(name: str) -> str:
    """The file of a policy that comes with Marsad, to be copied and changed.

    Raises:
        InputError: there is no such policy.
    """
    return _FILES.text(name)


@lru_cache(maxsize=32)
def policy(name: str) -> Policy:
    """A policy that comes with Marsad.

    Raises:
        InputError: there is no such policy.
    """
    return read_policy(policy_text(name), f"{name}.toml")


def read_policy(text: str, file: str) -> Policy:
    """The policy of a file.

    Args:
        text: its content.
        file: its name, for messages.

    Raises:
        InputError: it is no TOML, lacks a name, version or headline, or has a key or value that no policy has.
    """
    data = _FILES.parsed(text, file, ("name", "version", "about", "about_ar", "sources", "headline", *_PARTS))
    for key in ("name", "version", "headline"):
        if not isinstance(data.get(key), str) or not data[key].strip():
            raise InputError(f"{file}: {key} is missing or no text; every total bears the name and version of its policy")
    sources = data.get("sources", [])
    if not isinstance(sources, list) or not all(isinstance(s, str) for s in sources):
        raise InputError(f"{file}: sources must be a list of texts")
    made = {part: _part(data.get(part, {}), part, file) for part in _PARTS}
    kind, _, who = data["headline"].partition(" ")
    figures = made["figures"]
    if kind not in figures.kinds or who not in figures.who:
        raise InputError(
            f"{file}: headline {data['headline']!r} is not among the figures; write a kind and whom, as 'killed all'"
        )
    return Policy(
        data["name"],
        data["version"],
        str(data.get("about", "")),
        tuple(sources),
        (kind, who),
        about_ar=str(data.get("about_ar", "")),
        **made,
    )


def _part(given: object, part: str, file: str) -> Any:
    if not isinstance(given, Mapping):
        raise InputError(f"{file}: [{part}] must be a table of keys and values")
    kind = _PARTS[part]
    defaults = {f.name: f.default for f in fields(kind)}
    values = {}
    for key, value in given.items():
        if key not in defaults:
            raise InputError(f"{file}: [{part}] has no key {key!r}; there are {', '.join(defaults)}")
        values[key] = _value(value, defaults[key], f"{part}.{key}", file)
    return kind(**values)


def _value(value: object, default: object, key: str, file: str) -> object:
    """A value of the type of the default, with words of the list that the key allows."""
    allowed = _ALLOWED.get(key, ())
    if isinstance(default, tuple):
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise InputError(f"{file}: {key} must be a list of words")
        for word in value:
            _check(word, allowed, key, file)
        return tuple(value)
    if key.startswith("numbers.") and isinstance(default, str):
        if isinstance(value, bool) or not (isinstance(value, int) and value >= 0 or value in ("bounds", "leave out")):
            raise InputError(f"{file}: {key} must be a whole number, 'bounds' or 'leave out'")
        if value == "bounds" and key.startswith("numbers.unknown"):
            raise InputError(f"{file}: {key} has no bounds; give a whole number or 'leave out'")
        return value
    if type(value) is not type(default) or (isinstance(value, int) and value < 0):
        names = {bool: "true or false", int: "a whole number from 0", str: "a text"}
        raise InputError(f"{file}: {key} must be {names[type(default)]}")
    if isinstance(value, str):
        _check(value, allowed, key, file)
    return value


def _check(word: str, allowed: tuple[str, ...], key: str, file: str) -> None:
    if allowed and word not in allowed:
        raise InputError(f"{file}: {key} has {word!r}, which is none of {', '.join(allowed)}")


def keys() -> Iterator[str]:
    """All keys of a policy, as ``claims.statuses``; the documentation names each."""
    for part, kind in _PARTS.items():
        yield from (f"{part}.{f.name}" for f in fields(kind))
