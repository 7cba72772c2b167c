"""Groups of copies: which report is the earliest, who copies whom as far as that is known, and the chains of claims.

Who copies whom is told by credits first: a report that names the publisher of another one has it from there. Else a report of a
later day copies the earliest one. On one day, or where days are unknown, it stays unknown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, or_, select

from marsad.model import Document
from marsad.register import schema
from marsad.register.copies import load
from marsad.register.rows import parts
from marsad.syndication.credits import Named, credited
from marsad.syndication.independence import Chain, chain
from marsad.syndication.likeness import Likeness, Words, compare
from marsad.syndication.names import telling

__all__ = [
    "Group",
    "Member",
    "Passage",
    "Relation",
    "Report",
    "chains",
    "copied_in",
    "differences",
    "group_of",
    "groups",
    "keys_of",
    "passages",
    "relations",
]

# The key of what is shared, and where it stands in a document: half open.
Passage = tuple[str, list[tuple[int, int]]]
_PAGE = 50  # groups looked at together
_s, _l, _p, _d, _v = schema.sketch.c, schema.likeness.c, schema.proposal.c, schema.document.c, schema.version.c


@dataclass(frozen=True, slots=True)
class Report:
    """A document as groups show it, in its current version; ``taken_in`` is the number of its first capture."""

    id: str
    address: str
    title: str
    published: str | None
    publisher: str | None
    language: str | None
    collected: str
    taken_in: int


@dataclass(frozen=True, slots=True)
class Member:
    """A report of a group.

    Attributes:
        row: the report.
        copies: id of the document that it copies, or None if that is unknown or it is the earliest.
        how: by what that is known: ``credit`` or ``day``; the empty string where it is not.
        credits: names of agencies and outlets that its text credits or its claims name as carriers.
    """

    row: Report
    copies: str | None
    how: str
    credits: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        row = {name: getattr(self.row, name) for name in self.row.__slots__ if name != "taken_in"}
        return row | {"copies": self.copies, "how": self.how, "credits": list(self.credits)}


@dataclass(frozen=True, slots=True)
class Group:
    """Reports that are copies of each other, the earliest first: one that others credit, else by day of publication and collection.

    Attributes:
        members: at least two.
        credits: agencies that members credit and none of them is, the most credited first.
    """

    members: tuple[Member, ...]
    credits: tuple[str, ...]

    @property
    def earliest(self) -> Member:
        return self.members[0]

    def to_dict(self) -> dict[str, Any]:
        return {
            "earliest": self.earliest.row.id,
            "credits": list(self.credits),
            "members": [m.to_dict() for m in self.members],
        }


@dataclass(frozen=True, slots=True)
class Relation:
    """A document that has passages of another one and is no copy of it.

    Attributes:
        document: id of the other one.
        kind: ``pattern`` (the same words with other facts) or ``passages``.
        equal: how many words are the same.
        words, other_words: how many words both have.
    """

    document: str
    kind: str
    equal: int
    words: int
    other_words: int

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def groups(connection: Connection, limit: int = 0) -> Iterator[Group]:
    """All groups of two and more, the largest first.

    Args:
        connection: a transaction.
        limit: at most so many; 0 for all.
    """
    wanted = (
        select(_s.label).group_by(_s.label).having(func.count() > 1).order_by(func.count().desc(), _s.label)
    )  # fmt: skip
    labels = connection.scalars(wanted.limit(limit) if limit else wanted).all()
    for part in parts(labels, _PAGE):
        yield from _groups(connection, part)


def group_of(connection: Connection, document: str) -> Group | None:
    """The group of a document, or None where it has no copies."""
    label = connection.scalar(select(_s.label).where(_s.document_id == document))
    size = connection.scalar(select(func.count()).where(_s.label == label))
    return next(_groups(connection, [label])) if label is not None and size and size > 1 else None


def _groups(connection: Connection, labels: list[str]) -> Iterator[Group]:
    """The groups with some labels, in their order."""
    members: dict[str, list[str]] = {label: [] for label in labels}
    for identifier, label in connection.execute(select(_s.document_id, _s.label).where(_s.label.in_(labels))):
        members[label].append(identifier)
    ids = [i for group in members.values() for i in group]
    rows = _reports(connection, ids)
    texts = {document.id: document.text for document, _ in load(connection, ids)}
    carriers = _carriers(connection, ids)
    for group in members.values():
        yield _group([rows[i] for i in group], texts, carriers)


def _group(rows: list[Report], texts: dict[str, str], carriers: dict[str, list[str]]) -> Group:
    rows = sorted(rows, key=lambda r: (r.published or "9999", r.collected, r.taken_in))
    told = _credits(rows, texts)
    first = _first(rows, told)
    rows.sort(key=lambda r: r.id != first.id)
    members = []
    for row in rows:
        copies, how = None, ""
        if row is not first:
            whom = [other for other in rows if other.id in told[row.id]]
            if whom:
                copies, how = (first if first in whom else whom[0]).id, "credit"
            elif row.published and first.published and row.published > first.published:
                copies, how = first.id, "day"
        own = telling(row.publisher) if row.publisher else frozenset[str]()
        credits = [
            *credited(texts[row.id]),
            *(r.publisher or "" for r in rows if r.id in told[row.id]),
            *carriers.get(row.id, ()),
        ]
        members.append(Member(row, copies, how, tuple(_once(c for c in credits if c and telling(c) != own))))
    publishers = {telling(r.publisher) for r in rows if r.publisher}
    outside: dict[str, int] = {}
    for member in members:
        for name in member.credits:
            if telling(name) not in publishers:
                outside[name] = outside.get(name, 0) + 1
    return Group(tuple(members), tuple(sorted(outside, key=lambda n: -outside[n])))


def _reports(connection: Connection, ids: list[str]) -> dict[str, Report]:
    """Documents in their current version, with their first capture."""
    c, found = schema.capture.c, dict[str, Report]()
    for part in parts(ids):
        first = (
            select(c.document_id, func.min(c.id).label("id")).where(c.document_id.in_(part)).group_by(c.document_id).subquery()
        )
        rows = connection.execute(
            select(_d.id, c.address, _v.title, _v.published, _v.publisher, _v.language, c.collected, c.id)
            .join(schema.version, (_v.document_id == _d.id) & (_v.number == _d.current_version))
            .join(first, first.c.document_id == _d.id)
            .join(schema.capture, c.id == first.c.id)
            .where(_d.id.in_(part))
        )
        for row in rows:
            found[row[0]] = Report(*row)
    return found


def _credits(rows: list[Report], texts: dict[str, str]) -> dict[str, set[str]]:
    """For each document those of the group whose publisher it names; not where both name each other."""
    by_name: dict[str, list[str]] = {}
    for row in rows:
        if row.publisher:
            by_name.setdefault(row.publisher, []).append(row.id)
    found: dict[str, set[str]] = {r.id: set() for r in rows}
    for row in rows:
        own, named = telling(row.publisher) if row.publisher else None, Named(texts[row.id])
        for publisher, ids in by_name.items():
            if telling(publisher) != own and named.publisher(publisher):
                found[row.id].update(ids)
    return {i: {o for o in others if i not in found[o]} for i, others in found.items()}


def _first(rows: list[Report], told: dict[str, set[str]]) -> Report:
    """The earliest: the first one by day, or whom that one credits, and so on."""
    first, passed = rows[0], set[str]()
    while told[first.id] - passed - {first.id}:
        passed.add(first.id)
        whom = [r for r in rows if r.id in told[first.id] - passed]
        if not whom:
            break
        first = whom[0]
    return first


def _carriers(connection: Connection, ids: list[str]) -> dict[str, list[str]]:
    """The carriers and outlets that the claims of documents name."""
    found: dict[str, list[str]] = {}
    for part in parts(sorted(ids)):
        wanted = (
            select(_d.id, _p.body)
            .join(schema.proposal, _p.reading_id == _d.current_reading)
            .where(_d.id.in_(part))
            .order_by(_d.id, _p.position)
        )
        for identifier, body in connection.execute(wanted):
            names = found.setdefault(identifier, [])
            for source in json.loads(body)["sources"]:
                if source["kind"] == "news":
                    names.append(source["name"])
    return found


def _once(names: Iterable[str]) -> Iterator[str]:
    """Names without those that are the same by their telling words."""
    seen: set[frozenset[str]] = set()
    for name in names:
        words = telling(name)
        if words not in seen:
            seen.add(words)
            yield name


def relations(connection: Connection, document: str) -> list[Relation]:
    """Documents that share passages with one, or its words with other facts, those that share most first."""
    found = []
    for row in connection.execute(
        select(_l.one, _l.other, _l.kind, _l.equal, _l.one_words, _l.other_words).where(
            or_(_l.one == document, _l.other == document), _l.kind != "copy"
        )
    ):
        one, other, kind, equal, words, other_words = row
        if one == document:
            found.append(Relation(other, kind, equal, words, other_words))
        else:
            found.append(Relation(one, kind, equal, other_words, words))
    return sorted(found, key=lambda r: (-r.equal, r.document))


def differences(connection: Connection, one: str, other: str) -> tuple[Document, Document, Likeness]:
    """Two documents and how they differ."""
    found = {document.id: document for document, _ in load(connection, (one, other))}
    return found[one], found[other], compare(Words(found[one]), Words(found[other]))


def chains(connection: Connection, claims: Iterable[dict[str, Any]]) -> list[Chain]:
    """The chains of claims, with what their passages were copied in, for ``marsad.syndication.independence.origins``.

    Args:
        connection: a transaction.
        claims: public records of current readings (``ClaimRecord.value``).

    Returns:
        One for each claim, in order.
    """
    records = list(claims)
    publishers: dict[str, str | None] = {}
    for part in parts(sorted({record["document"] for record in records})):
        for identifier, publisher in connection.execute(
            select(_d.id, _v.publisher)
            .join(schema.version, (_v.document_id == _d.id) & (_v.number == _d.current_version))
            .where(_d.id.in_(part))
        ):
            publishers[identifier] = publisher
    given = zip(records, copied_in(connection, records), strict=True)
    return [chain(record, publishers.get(record["document"]), keys) for record, keys in given]


def copied_in(connection: Connection, claims: Sequence[dict[str, Any]]) -> list[list[str]]:
    """For each claim (public record) the keys of what the passage that tells it was copied in."""
    found = passages(connection, {claim["document"] for claim in claims})
    return [keys_of(claim, found.get(claim["document"], ())) for claim in claims]


def passages(connection: Connection, documents: Iterable[str]) -> dict[str, list[Passage]]:
    """For each document that shares text with others the passages that it shares, with the key of what they are copied in."""
    found: dict[str, list[Passage]] = {}
    for part in parts(sorted(set(documents))):
        for identifier, key, spans in _passages(connection, part):
            found.setdefault(identifier, []).append((key, spans))
    return found


def keys_of(claim: dict[str, Any], shared: Iterable[Passage]) -> list[str]:
    """The keys of what the passage that tells a claim (public record) was copied in, given what its document shares."""
    at = claim["trigger"][0]["start"] if claim["trigger"] else -1
    return sorted({key for key, spans in shared if any(a <= at < b for a, b in spans)})


def _passages(connection: Connection, ids: list[str]) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
    """For documents: their id, the key of what they share, and the passages; copies share the key of their group."""
    one, other = schema.sketch.alias("a"), schema.sketch.alias("b")
    wanted = (
        select(_l.one, _l.other, _l.kind, _l.one_spans, _l.other_spans, one.c.label, other.c.label)
        .join(one, one.c.document_id == _l.one)
        .join(other, other.c.document_id == _l.other)
    )
    within = set(ids)
    rows = {
        (r[0], r[1]): r
        for column in (_l.one, _l.other)
        for r in connection.execute(wanted.where(column.in_(ids)))
    }  # fmt: skip
    for (first, second), row in rows.items():
        _, _, kind, spans, other_spans, label, other_label = row
        key = label if kind == "copy" else "|".join(sorted((label, other_label)))
        if first in within:
            yield first, key, json.loads(spans)
        if second in within:
            yield second, key, json.loads(other_spans)
