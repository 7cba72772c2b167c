"""Blocking: which pairs of claims are compared at all, in SQL.

Two claims are compared if they may lie on one day and near each other; if one tells only of a long stretch of time, where they name
one place; if one has no place or no date, where a number or the words are the same; and if they stand in one report or its copies.
Everything else is two events.
"""

from __future__ import annotations

__all__ = ["LAID_OUT", "SLACK", "pairs_sql"]

# Longest interval, in days, that is laid out day by day.
LAID_OUT = 31
# Kilometres beyond their reach at which two claims are still compared.
SLACK = 15.0
_TAKES_PART = "scope = 'event' and status <> 'planned'"
_SAME_KEYS = "list_has_any(l.place_keys, r.place_keys)"
_NAMES = f"({_SAME_KEYS} or list_has_any(l.place_keys, r.inside_keys) or list_has_any(l.inside_keys, r.place_keys))"
_BOX = (
    f"abs(l.latitude - r.latitude) * 111.2 <= l.reach + r.reach + {SLACK}"
    f" and abs(l.longitude - r.longitude) * 111.2 * cos(radians(l.latitude)) <= l.reach + r.reach + {SLACK}"
)
_PLACED = "l.level not in ('', 'country') and r.level not in ('', 'country')"
_NEAR = f"({_PLACED} and case when l.latitude is null or r.latitude is null then {_NAMES} else {_BOX} end)"
# What says much even where date or place is missing.
_TELLING = (
    "(l.killed_low >= 5 and l.killed_low = r.killed_low and l.family = r.family"
    " or l.language = r.language and len(l.words) >= 10 and len(r.words) >= 10"
    " and len(list_intersect(l.words, r.words)) >= 0.5 * least(len(l.words), len(r.words)))"
)
_COUNTRY = "(l.country = r.country or l.country = '' or r.country = '')"


def pairs_sql(*, fresh_only: bool) -> str:
    """SQL for the pairs to compare, as Splink takes them: ``match_key``, ``join_key_l`` < ``join_key_r``.

    Args:
        fresh_only: only pairs with a claim whose column ``fresh`` is set.
    """
    fresh = "and (l.fresh or r.fresh)" if fresh_only else ""
    return f"""
    with part as (select * from claims where {_TAKES_PART}),
    days as (
      select *, unnest(range(first_day, last_day + 1)) as day from part
      where first_day is not null and last_day - first_day <= {LAID_OUT}
    ),
    places as (select *, unnest(place_keys) as place_key from part),
    found as (
      select l.unique_id as a, r.unique_id as b from days l join days r on l.day = r.day
      where l.unique_id < r.unique_id {fresh} and ({_NEAR} or not ({_PLACED}) and {_COUNTRY} and {_TELLING})
      union
      select l.unique_id, r.unique_id from places l join places r on l.place_key = r.place_key
      where l.last_day - l.first_day > {LAID_OUT} and l.unique_id <> r.unique_id {fresh} and l.family = r.family
        and l.first_day <= r.last_day and r.first_day <= l.last_day
        and (r.last_day - r.first_day <= {LAID_OUT} or l.unique_id < r.unique_id)
      union
      select l.unique_id, r.unique_id from places l join places r on l.place_key = r.place_key
      where l.last_day is null and l.unique_id <> r.unique_id {fresh} and {_TELLING} and {_COUNTRY}
      union
      select l.unique_id, r.unique_id from part l join part r on l.report = r.report where l.unique_id < r.unique_id {fresh}
    )
    select distinct '0' as match_key, least(a, b) as join_key_l, greatest(a, b) as join_key_r from found
    """
