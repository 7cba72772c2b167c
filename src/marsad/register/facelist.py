"""Lists of incidents from their faces: narrowed, sorted, page by page, with the counts of facets; all of it in SQL."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, literal_column, or_, select

from marsad.errors import InputError
from marsad.lexicon.reasons import escaped, refusal
from marsad.register import schema
from marsad.register.faces import MARKS

__all__ = ["FACETS", "ORDERS", "Facet", "Narrow", "Page", "conditions", "face", "faces", "facets", "number", "settled"]

_f, _k = schema.incident_face.c, schema.incident_mark.c
_LISTS = ("types", "sites", "weapons", "perpetrators", "targets")
# By what lists are sorted: a column, what stands for a value that is missing in keys of pages, and whether the greatest comes first;
# incidents without a value come last.
ORDERS: dict[str, tuple[Any, Any, bool]] = {
    "day": (_f.first_day, "", True),
    "oldest": (_f.first_day, "9999", False),
    "killed": (_f.killed_max, -1, True),
    "injured": (_f.injured_max, -1, True),
    "origins": (_f.origins, -1, True),
    "reports": (_f.reports, -1, True),
    "reported": (_f.reported, "", True),
    "changed": (_f.changed, "", True),
    "code": (_f.code, "", False),
}
# Facets of which an incident has one value; those of ``MARKS`` come beside them.
_COLUMNS = ("country", "unit", "grade", "status")
FACETS = (*_COLUMNS, *MARKS)


@dataclass(frozen=True, slots=True)
class Narrow:
    """What a list is narrowed to; what is empty narrows nothing.

    Attributes:
        since, until: ISO days, both inclusive; an incident counts where its days meet them.
        country, unit, gazetteer: of the place. grade: signed, or suggested where nobody signed; ``none`` for incidents without any.
        status: ``asserted``, ``denied``, ``uncertain``, ``planned`` or ``mixed``.
        type, site, weapon, perpetrator, target, publisher, source: as of ``MARKS``; an incident counts where it has the value.
        killed: least number of dead that some claim must allow.
        flags: any of ``contradictions``, ``denied``, ``contested``, ``aggregate``, ``signed``, ``unsigned``, ``stale``, ``placeless``,
            ``undated``; all must hold.
        words: part of a title or a code.
        box: west, south, east, north in degrees; west may be greater than east, over the date line.
        ids: only these incidents.
    """

    since: str = ""
    until: str = ""
    country: str = ""
    unit: str = ""
    gazetteer: str = ""
    grade: str = ""
    status: str = ""
    type: str = ""
    site: str = ""
    weapon: str = ""
    perpetrator: str = ""
    target: str = ""
    publisher: str = ""
    source: str = ""
    killed: int = 0
    flags: tuple[str, ...] = ()
    words: str = ""
    box: tuple[float, float, float, float] | None = None
    ids: tuple[str, ...] = ()

    def without(self, *names: str) -> Narrow:
        """The same without some of what it is narrowed to."""
        return Narrow(**{f.name: getattr(self, f.name) for f in fields(self) if f.name not in names})


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: rows as plain data (columns of ``incident_face``), and the key with which the next page begins, or None."""

    rows: tuple[dict[str, Any], ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that incidents can be narrowed to, and how many of those in the list have it; names where the value is a place."""

    value: str
    count: int
    name_ar: str | None = None
    name_en: str | None = None


_FLAGS: dict[str, ColumnElement[bool]] = {
    "contradictions": _f.contradictions > 0,
    "denied": _f.denied == 1,
    "contested": _f.contested == 1,
    "aggregate": _f.aggregate == 1,
    "signed": _f.signed.is_not(None),
    "unsigned": _f.signed.is_(None),
    "stale": _f.stale == 1,
    "placeless": _f.latitude.is_(None),
    "undated": _f.first_day.is_(None),
}
# As many incidents are named in a question one by one.
_FEW = 2_000
_GRADE = func.coalesce(_f.signed, _f.suggested, literal_column("'none'"))


def conditions(narrow: Narrow) -> list[ColumnElement[bool]]:
    """Conditions on ``incident_face`` for queries of one's own.

    Raises:
        InputError: a flag that is none.
    """
    made: list[ColumnElement[bool]] = []
    if narrow.since:
        made.append(_f.last_day >= narrow.since)
    if narrow.until:
        made.append(_f.first_day <= narrow.until)
    for name in ("country", "unit", "gazetteer", "status"):
        if value := getattr(narrow, name):
            made.append(_f[name] == value)
    if narrow.grade:
        made.append(_GRADE == narrow.grade)
    if narrow.killed:
        made.append(_f.killed_max >= narrow.killed)
    for name in MARKS:
        if value := getattr(narrow, name):
            made.append(_f.incident_id.in_(select(_k.incident_id).where(_k.kind == name, _k.value == value)))
    for flag in narrow.flags:
        if flag not in _FLAGS:
            raise InputError(refusal("list.flag", flag=escaped(flag), flags=tuple(_FLAGS)))
        made.append(_FLAGS[flag])
    if narrow.words:
        # Words without capital letters, as Arabic has none, need no folding, which costs as much as looking for them.
        plain = narrow.words.lower() == narrow.words.upper()
        columns = (_f.title_ar, _f.title_en, _f.code)
        made.append(or_(*((c.contains if plain else c.icontains)(narrow.words, autoescape=True) for c in columns)))
    if narrow.box is not None:
        west, south, east, north = narrow.box
        made.append(_f.latitude.between(south, north))
        across = _f.longitude.between(west, east) if west <= east else or_(_f.longitude >= west, _f.longitude <= east)
        made.append(across)
    if narrow.ids:
        made.append(_f.incident_id.in_(narrow.ids))
    return made


def faces(connection: Connection, narrow: Narrow = Narrow(), order: str = "day", after: str = "", limit: int = 50) -> Page:
    """Incidents as a list.

    Args:
        connection: a transaction.
        narrow: to what.
        order: one of ``ORDERS``.
        after: ``Page.next`` of the page before, or the empty string.
        limit: rows of a page; 0 for all.

    Raises:
        InputError: an order, a flag or a key that is none.
    """
    if order not in ORDERS:
        raise InputError(refusal("list.order", order=escaped(order), orders=tuple(ORDERS)))
    column, missing, down = ORDERS[order]
    wanted = select(schema.incident_face).where(*conditions(narrow))
    if after:
        wanted = wanted.where(_beyond(column, down, *_key(after, missing)))
    # In the order of an index where there is one, so that a page is read and not the whole list.
    wanted = wanted.order_by((column.desc() if down else column).nulls_last(), _f.incident_id)
    found = connection.execute(wanted.limit(limit + 1) if limit else wanted).mappings().all()
    rows = tuple(_plain(dict(row)) for row in (found[:limit] if limit else found))
    more = bool(limit) and len(found) > limit
    last = rows[-1] if more else None
    key = None if last is None else json.dumps([missing if last[column.name] is None else last[column.name], last["incident_id"]])
    return Page(rows, key)


def _beyond(column: Any, down: bool, value: Any, identifier: str) -> ColumnElement[bool]:
    """What comes after an incident, told by its value (None where it has none) and its id."""
    later: ColumnElement[bool] = _f.incident_id > identifier
    if value is None:
        return and_(column.is_(None), later)
    return or_(column < value if down else column > value, column.is_(None), and_(column == value, later))


def face(connection: Connection, incident: str) -> dict[str, Any] | None:
    """The row of an incident, or None where it has none."""
    row = connection.execute(select(schema.incident_face).where(_f.incident_id == incident)).mappings().first()
    return None if row is None else _plain(dict(row))


def settled(connection: Connection, narrow: Narrow) -> Narrow:
    """The same list, with words looked up once where few incidents have them, so that not every question goes through all titles."""
    if not narrow.words:
        return narrow
    wanted = select(_f.incident_id).where(*conditions(Narrow(words=narrow.words, ids=narrow.ids))).limit(_FEW + 1)
    found = tuple(connection.scalars(wanted))
    # No incident has an empty id: where none has the words, the list is empty.
    return narrow if len(found) > _FEW else replace(narrow, words="", ids=found or ("",))


def number(connection: Connection, narrow: Narrow = Narrow()) -> int:
    """How many incidents a list has."""
    return int(connection.scalar(select(func.count()).select_from(schema.incident_face).where(*conditions(narrow))) or 0)


def facets(
    connection: Connection, narrow: Narrow = Narrow(), names: Sequence[str] = FACETS, limit: int = 30
) -> dict[str, tuple[Facet, ...]]:
    """For each facet the values that incidents of the list have, the most frequent first; a facet that the list is narrowed by is
    counted without that, so that another of its values can be chosen.

    Args:
        connection: a transaction.
        narrow: to what the list is narrowed.
        names: of ``FACETS``.
        limit: values of each facet at most.
    """
    found: dict[str, tuple[Facet, ...]] = {}
    marks = [name for name in names if name in MARKS and not getattr(narrow, name)]
    if marks:
        found |= _marked(connection, marks, narrow, limit)
    for name in names:
        if name in MARKS and name not in marks:
            found |= _marked(connection, [name], narrow.without(name), limit)
        elif name not in MARKS:
            found[name] = _counted(connection, name, narrow.without(name), limit)
    return {name: found.get(name, ()) for name in names}


def _marked(connection: Connection, names: Sequence[str], narrow: Narrow, limit: int) -> dict[str, tuple[Facet, ...]]:
    """Counts of marks, of all kinds in one question."""
    count = func.count().label("n")
    wanted = select(_k.kind, _k.value, count).where(_k.kind.in_(names))
    if told := conditions(narrow):
        wanted = wanted.where(_k.incident_id.in_(select(_f.incident_id).where(*told)))
    made: dict[str, list[Facet]] = {}
    for kind, value, n in connection.execute(wanted.group_by(_k.kind, _k.value).order_by(count.desc(), _k.value)):
        if len(told_values := made.setdefault(kind, [])) < limit:
            told_values.append(Facet(value, n))
    return {kind: tuple(values) for kind, values in made.items()}


def _counted(connection: Connection, name: str, narrow: Narrow, limit: int) -> tuple[Facet, ...]:
    column = _GRADE if name == "grade" else _f[name]
    count = func.count().label("n")
    wanted = select(column, count).where(*conditions(narrow), column.is_not(None)).group_by(column)
    found = connection.execute(wanted.order_by(count.desc(), column).limit(limit)).all()
    names: dict[str, tuple[str | None, str | None]] = {}
    if name == "unit" and found:
        # Only of those that are shown: counting them is then a matter of their index.
        asked = select(_f.unit, func.min(_f.unit_ar), func.min(_f.unit_en)).where(_f.unit.in_([value for value, _ in found]))
        names = {unit: (ar, en) for unit, ar, en in connection.execute(asked.group_by(_f.unit))}
    return tuple(Facet(value, n, *names.get(value, (None, None))) for value, n in found)


def _key(after: str, missing: Any) -> tuple[Any, str]:
    """The value, None for one that is missing, and the id with which a page ended."""
    try:
        value, identifier = json.loads(after)
    except (ValueError, TypeError) as error:
        raise InputError(refusal("list.page", told=escaped(after))) from error
    if not isinstance(value, type(missing)) or not isinstance(identifier, str):
        raise InputError(refusal("list.page.order", told=escaped(after)))
    return (None if value == missing else value), identifier


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: json.loads(row[name]) for name in _LISTS}
