"""Profiles: what may leave, as data. A profile is a TOML file (``packs/profiles``); ``docs/exports.md`` says what each key means.

A field that a profile does not name stays here, and a key that is not listed here is refused, so that a misspelt rule is never silently without
effect.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from marsad.errors import InputError
from marsad.exports.places import UNITS, Coarse
from marsad.exports.record import field_names
from marsad.lexicon.rulefiles import RuleFiles
from marsad.vocabulary import SITE_KINDS, SOURCE_KINDS, STATUSES

__all__ = ["ADDRESSES", "CLAIM_KEYS", "Profile", "profile", "profile_text", "profiles", "read_profile"]

# How the address of a report leaves: not at all, the name of its site, without query and credentials, or as it is.
ADDRESSES = ("none", "site", "plain", "whole")
# Keys of the claims in a record that a profile may allow.
CLAIM_KEYS = (
    "id", "scope", "status", "type", "date", "place", "perpetrators", "targets", "sites", "weapons", "harm", "sources", "published",
    "publisher", "language", "document", "trigger", "evidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """What may leave.

    Attributes:
        name, version, about: what it is; every export bears name and version.
        fields: of leaving records that leave; claim_fields: of the claims in them. ``evidence`` allows the words of reports.
        statuses: of incidents that leave; embargo: days from the last day of the event, or else from the first report, before which
            none does.
        sources: kinds of sources that are named; others are told by their kind alone.
        unlisted_parties, site_names: whether names that reports give to parties that are not listed, and to sites, leave.
        addresses: one of ``ADDRESSES``. headlines: whether those of reports leave.
        places: rules by which places are made coarser; the first that holds is used.
        decisions: whether incidents that people withhold, or only some may see, stay, and sources that they protect are not named. Names
            of victims leave only where somebody released them, with any profile.
    """

    name: str
    version: str
    about: str
    fields: tuple[str, ...]
    claim_fields: tuple[str, ...] = ()
    statuses: tuple[str, ...] = STATUSES
    embargo: int = 0
    sources: tuple[str, ...] = SOURCE_KINDS
    unlisted_parties: bool = False
    site_names: bool = False
    addresses: str = "none"
    headlines: bool = False
    places: tuple[Coarse, ...] = ()
    decisions: bool = True


_FILES = RuleFiles("profiles", "profile")
_LISTS = {"fields": field_names(), "claim_fields": CLAIM_KEYS, "statuses": STATUSES, "sources": SOURCE_KINDS}
_NEEDED = ("name", "version", "fields")


def profiles() -> tuple[str, ...]:
    """Names of the profiles that come with Marsad."""
    return _FILES.names()


def profile_text(name: str) -> str:
    """The file of a profile that comes with Marsad, to be copied and changed.

    Raises:
        InputError: there is no such profile.
    """
    return _FILES.text(name)


@lru_cache(maxsize=32)
def profile(name: str) -> Profile:
    """A profile that comes with Marsad.

    Raises:
        InputError: there is no such profile.
    """
    return read_profile(profile_text(name), f"{name}.toml")


def read_profile(text: str, file: str) -> Profile:
    """The profile of a file.

    Args:
        text: its content.
        file: its name, for messages.

    Raises:
        InputError: it is no TOML, lacks a key that is needed, or has a key or value that no profile has.
    """
    kinds = {f.name: f.default for f in fields(Profile)}
    data = _FILES.parsed(text, file, kinds)
    for key in _NEEDED:
        if not data.get(key):
            raise InputError(f"{file}: {key} is missing")
    made = {key: _value(key, value, kinds[key], file) for key, value in data.items()}
    return Profile(**({"about": ""} | made))


def _value(key: str, value: Any, default: object, file: str) -> Any:
    if key == "places":
        if not isinstance(value, list) or not all(isinstance(rule, dict) for rule in value):
            raise InputError(f"{file}: places must be tables: [[places]]")
        return tuple(_rule(rule, file) for rule in value)
    if key in _LISTS:
        return _words(key, value, _LISTS[key], file)
    wanted = type(default) if isinstance(default, bool | int | str) else str
    if type(value) is not wanted or (isinstance(value, int) and value < 0):
        told = {bool: "true or false", int: "a whole number from 0", str: "a text"}[wanted]
        raise InputError(f"{file}: {key} must be {told}")
    if key == "addresses" and value not in ADDRESSES:
        raise InputError(f"{file}: addresses is {value!r}; one of {', '.join(ADDRESSES)}")
    return value


def _rule(told: dict[str, Any], file: str) -> Coarse:
    known = [f.name for f in fields(Coarse)]
    for key in told:
        if key not in known:
            raise InputError(f"{file}: [[places]] has no key {key!r}; there are {', '.join(known)}")
    made = dict(told)
    if "sites" in made:
        made["sites"] = _words("places.sites", made["sites"], SITE_KINDS, file)
    units = ("exact", "grid", *UNITS)
    if made.get("unit", "exact") not in units:
        raise InputError(f"{file}: places.unit is {made['unit']!r}; one of {', '.join(units)}")
    if made.get("unit") == "grid":
        degrees = made.get("degrees")
        if not isinstance(degrees, int | float) or isinstance(degrees, bool) or not 0 < degrees <= 5:
            raise InputError(f"{file}: places.degrees must be above 0 and up to 5 where unit is grid")
        made["degrees"] = float(degrees)
    for key in ("own", "precise", "name"):
        if not isinstance(made.get(key, True), bool):
            raise InputError(f"{file}: places.{key} must be true or false")
    return Coarse(**made)


def _words(key: str, value: Any, allowed: tuple[str, ...], file: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise InputError(f"{file}: {key} must be a list of words")
    if strange := [v for v in value if v not in allowed]:
        raise InputError(f"{file}: {key} has {strange[0]!r}, which is none of {', '.join(allowed)}")
    return tuple(value)
