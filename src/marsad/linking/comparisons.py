"""Comparisons: what is laid side by side, level by level, in SQL over the table of features.

Each comparison has levels from most to least alike; the first whose condition holds is the pair's. A level without condition takes
the rest. Level ``null`` says nothing either way and has no weight. The weight of every other level is the binary logarithm of
``m/u``: how much more often pairs of one event show it than pairs of two (``parameters.py``).

``COLUMNS`` is the table: name, DuckDB type, and how it is made of ``Features``; beside it stands ``rivals`` (``exclusions.Rivals``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marsad.linking.features import Features

__all__ = ["COLUMNS", "COMPARISONS", "Comparison", "Level"]


@dataclass(frozen=True, slots=True)
class Level:
    """One level: its name, and the condition over the columns of both sides (None: all that is left)."""

    name: str
    sql: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison with its levels, the most alike first."""

    name: str
    levels: tuple[Level, ...]

    def value(self, gamma: int) -> str:
        """Name of the level that Splink numbers ``gamma``: -1 is null, 0 the last."""
        told = [level.name for level in self.levels if level.name != "null"]
        return "null" if gamma < 0 else told[len(told) - 1 - gamma]


# Columns of both sides that the levels use; lists are never null.
COLUMNS: tuple[tuple[str, str, Callable[[Features], Any]], ...] = (
    ("first_day", "integer", lambda f: f.first),
    ("last_day", "integer", lambda f: f.last),
    ("wide", "boolean", lambda f: f.wide),
    ("news", "boolean", lambda f: f.news),
    ("latitude", "double", lambda f: f.spot.latitude),
    ("longitude", "double", lambda f: f.spot.longitude),
    ("reach", "double", lambda f: f.spot.reach),
    ("level", "varchar", lambda f: f.spot.level),
    ("city", "boolean", lambda f: f.spot.city),
    ("bearing", "boolean", lambda f: f.spot.bearing),
    ("gazetteer", "varchar", lambda f: f.spot.gazetteer or None),
    ("place_keys", "varchar[]", lambda f: sorted(f.spot.keys)),
    ("inside_keys", "varchar[]", lambda f: sorted(f.spot.inside)),
    ("type", "varchar", lambda f: f.type),
    ("kin", "varchar", lambda f: f.kin),
    ("family", "varchar", lambda f: f.family),
    ("perpetrators", "varchar[]", lambda f: sorted(f.perpetrators)),
    ("one_side", "boolean", lambda f: f.one_side),
    ("allies", "varchar[]", lambda f: sorted(f.allies)),
    ("targets", "varchar[]", lambda f: sorted(f.targets)),
    ("armed_targets", "varchar[]", lambda f: sorted(f.targets - {"civilians"})),
    ("denied", "boolean", lambda f: f.denied),
    ("site_kinds", "varchar[]", lambda f: sorted(f.site_kinds)),
    ("site_names", "varchar[]", lambda f: sorted(f.site_names)),
    ("weapons", "varchar[]", lambda f: sorted(f.weapons)),
    ("weapon_groups", "varchar[]", lambda f: sorted(f.weapon_groups)),
    ("killed", "integer[]", lambda f: list(f.killed)),
    ("tolls", "integer[]", lambda f: [n for n in f.killed if n > 2]),
    ("killed_low", "integer", lambda f: f.killed_low),
    ("killed_open", "boolean", lambda f: f.killed_open),
    ("injured", "integer", lambda f: f.injured),
    ("taken", "integer", lambda f: f.taken),
    ("published", "integer", lambda f: f.published),
    ("report", "varchar", lambda f: f.group),
    ("document", "varchar", lambda f: f.document),
    ("origins", "varchar[]", lambda f: sorted(f.origins)),
    ("belligerent", "boolean", lambda f: f.belligerent),
    ("trigger_words", "varchar", lambda f: f.trigger),
    ("language", "varchar", lambda f: f.language),
    ("words", "uinteger[]", lambda f: sorted(f.words)),
)


_KM = (
    "(111.2 * sqrt(pow(latitude_l - latitude_r, 2) + "
    "pow((longitude_l - longitude_r) * cos(radians((latitude_l + latitude_r) / 2)), 2)))"
)
_BROAD = "('unit', 'region', 'country')"
_SAME_PLACE = f"(gazetteer_l = gazetteer_r or list_has_any(place_keys_l, place_keys_r)) and level_l not in {_BROAD} and level_r not in {_BROAD}"
_OVERLAP = "(first_day_l <= last_day_r and first_day_r <= last_day_l)"
_GREATER, _LESS = "greatest(killed_low_l, killed_low_r)", "least(killed_low_l, killed_low_r)"
# The later report tells more dead than the earlier one.
_RISES = (
    "(published_l < published_r and killed_low_l < killed_low_r or published_r < published_l and killed_low_r < killed_low_l)"
)
_SHARED = "len(list_intersect(words_l, words_r))"
_WORDS = "least(len(words_l), len(words_r))"


def _either(sql: str) -> str:
    """A condition that holds with the sides as they are or swapped."""
    swapped = re.sub(r"_([lr])\b", lambda side: "_r" if side[1] == "l" else "_l", sql)
    return f"({sql} or {swapped})"


def _numbers(column: str) -> tuple[Level, ...]:
    more, less = f"greatest({column}_l, {column}_r)", f"least({column}_l, {column}_r)"
    return (
        Level("null", f"{column}_l is null or {column}_r is null"),
        Level("same", f"{column}_l = {column}_r and {column}_l > 2"),
        Level("same_few", f"{column}_l = {column}_r"),
        Level("close", f"{more} - {less} <= greatest(2, 0.25 * {more})"),
        Level("apart", f"{more} <= 3 * {less}"),
        Level("far", None),
    )


COMPARISONS: tuple[Comparison, ...] = (
    Comparison("date", (
        Level("unknown", "last_day_l is null or last_day_r is null"),
        Level("same_day", "first_day_l = last_day_l and first_day_l = first_day_r and last_day_l = last_day_r"),
        Level("overlap", f"{_OVERLAP} and not news_l and not news_r and not wide_l and not wide_r"),
        Level("news", f"{_OVERLAP} and (news_l or news_r) and not wide_l and not wide_r"),
        Level("wide", _OVERLAP),
        Level("apart", None),
    )),
    Comparison("place", (
        Level("unknown", "level_l = '' or level_r = '' or level_l = 'country' or level_r = 'country'"),
        Level("city", f"{_SAME_PLACE} and (city_l or city_r)"),
        Level("same", _SAME_PLACE),
        Level("spot", f"{_KM} <= 1.0 and level_l not in {_BROAD} and level_r not in {_BROAD}"),
        Level("same_unit", "level_l = level_r and list_has_any(place_keys_l, place_keys_r)"),
        Level("inside", _either("list_has_any(place_keys_l, inside_keys_r) and level_l <> 'region'")),
        Level("region", _either("list_has_any(place_keys_l, inside_keys_r)")),
        Level("near", f"{_KM} <= 5.0 and not bearing_l and not bearing_r"),
        Level("around", f"{_KM} <= reach_l + reach_r"),
        Level("other", None),
    )),
    Comparison("type", (
        Level("same", "type_l = type_r"),
        Level("close", "kin_l = kin_r"),
        Level("family", "family_l = family_r"),
        Level("other", None),
    )),
    Comparison("perpetrator", (
        Level("null", "len(perpetrators_l) = 0 or len(perpetrators_r) = 0"),
        Level("same", "list_has_any(perpetrators_l, perpetrators_r)"),
        Level("sides", _either("one_side_l and len(perpetrators_r) = 1")),
        Level("allied", "list_has_any(allies_l, perpetrators_r)"),
        Level("disputed", "denied_l or denied_r or list_has_any(rivals_l, perpetrators_r) or list_has_any(rivals_r, perpetrators_l)"),
        Level("other", None),
    )),
    Comparison("target", (
        Level("null", "len(targets_l) = 0 or len(targets_r) = 0"),
        Level("same_party", "list_has_any(armed_targets_l, armed_targets_r)"),
        Level("civilians", "list_has_any(targets_l, targets_r)"),
        Level("other", None),
    )),
    Comparison("site", (
        Level("null", "len(site_kinds_l) = 0 or len(site_kinds_r) = 0"),
        Level("same_name", "list_has_any(site_names_l, site_names_r)"),
        Level("same_kind", "list_has_any(site_kinds_l, site_kinds_r)"),
        Level("military", "list_contains(site_kinds_l, 'military') or list_contains(site_kinds_r, 'military')"),
        Level("other", None),
    )),
    Comparison("weapon", (
        Level("null", "len(weapons_l) = 0 or len(weapons_r) = 0"),
        Level("same", "list_has_any(weapons_l, weapons_r)"),
        Level("close", "list_has_any(weapon_groups_l, weapon_groups_r)"),
        Level("other", None),
    )),
    Comparison("killed", (
        # Who tells of the wounded and of no dead, says nearly that nobody died.
        Level("hurt_only", _either("killed_low_l is null and injured_l is not null and killed_low_r is not null")),
        Level("null", "killed_low_l is null or killed_low_r is null"),
        Level("same_many", "killed_low_l = killed_low_r and killed_low_l >= 8"),
        Level("same", "killed_low_l = killed_low_r and killed_low_l >= 3"),
        Level("same_few", "killed_low_l = killed_low_r"),
        Level("shared", "list_has_any(tolls_l, tolls_r)"),
        Level("close", f"{_GREATER} - {_LESS} <= greatest(2, 0.25 * {_GREATER}) and {_LESS} > 1"),
        Level("rising", f"{_RISES} and {_GREATER} <= 3 * {_LESS}"),
        Level("apart", f"{_GREATER} <= 3 * {_LESS}"),
        Level("far", None),
    )),
    Comparison("injured", _numbers("injured")),
    Comparison("taken", _numbers("taken")),
    Comparison("words", (
        Level("null", f"language_l <> language_r or {_WORDS} < 6"),
        Level("most", f"{_SHARED} >= 0.6 * {_WORDS}"),
        Level("many", f"{_SHARED} >= 0.35 * {_WORDS}"),
        Level("some", f"{_SHARED} >= 0.18 * {_WORDS}"),
        Level("few", None),
    )),
    Comparison("report", (
        Level("null", "report_l <> report_r"),
        Level("copy", "document_l <> document_r and trigger_words_l = trigger_words_r and type_l = type_r and killed_l = killed_r"),
        Level("denial", "denied_l <> denied_r"),
        Level("statement", "belligerent_l <> belligerent_r"),
        Level("other_source", "origins_l <> origins_r"),
        Level("same_source", None),
    )),
)  # fmt: skip
