"""Copies: which documents are copies of each other, kept as documents come in.

What is stored follows from the texts of the current versions alone. A document that comes in joins the group of those that it is
a copy of; nothing else is looked at again. When a document gets another text, its group is taken apart and found anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlalchemy import Connection, bindparam, delete, func, select, update

from marsad.model import Document
from marsad.register import schema
from marsad.register.rows import insert, parts
from marsad.syndication.finding import Finder, Groups, Pair, add_spans
from marsad.syndication.shingles import sketch

__all__ = ["check", "load", "rebuild", "update_copies"]

_d, _v, _s, _l, _x = schema.document.c, schema.version.c, schema.sketch.c, schema.likeness.c, schema.sketch_value.c
_PAGE = 300


def load(connection: Connection, ids: Iterable[str]) -> Iterator[tuple[Document, int]]:
    """Documents in their current version, with its number, in no order."""
    for part in parts(ids):
        rows = connection.execute(
            select(_d.id, schema.text_body.c.body, _v.title, _v.published, _v.publisher, _v.language, _v.number)
            .join(schema.version, (_v.document_id == _d.id) & (_v.number == _d.current_version))
            .join(schema.text_body, schema.text_body.c.sha256 == _v.text_sha256)
            .where(_d.id.in_(part))
        )
        for r in rows:
            yield Document(r.id, r.body, r.title, r.published, publisher=r.publisher, language=r.language), r.number


def update_copies(connection: Connection, ids: Sequence[str]) -> None:
    """Find the copies of documents that are new or have a new version.

    Args:
        connection: a writing transaction in which the versions are stored.
        ids: in the order in which they came in.
    """
    changed = set(connection.scalars(select(_s.document_id).where(_s.document_id.in_(ids)))) if ids else set()
    alone = _taken_apart(connection, changed)
    order = [*dict.fromkeys(ids), *sorted(alone - set(ids))]
    found = {document.id: (document, number) for document, number in load(connection, order)}
    sketches = {i: sketch(document.text) for i, (document, _) in found.items()}
    holders: dict[int, list[str]] = {}
    for wanted in parts(sorted({value for s in sketches.values() for value in s})):
        for value, identifier in connection.execute(
            select(_x.value, _x.document_id).where(_x.value.in_(wanted)).order_by(_x.value, _x.document_id)
        ):
            holders.setdefault(value, []).append(identifier)
    values = {value: tuple(there) for value, there in holders.items()}
    labels: dict[str, str] = {}
    for part in parts({i for there in values.values() for i in there}):
        for identifier, label in connection.execute(select(_s.document_id, _s.label).where(_s.document_id.in_(part))):
            labels[identifier] = label

    def one(identifier: str) -> Document:
        if identifier in found:
            return found[identifier][0]
        return next(load(connection, (identifier,)))[0]

    finder = Finder(one, values, Groups(labels), _copied(connection, labels))
    kept: list[dict[str, object]] = []
    pairs: list[Pair] = []
    for identifier in order:
        under, like = finder.add(found[identifier][0], sketches[identifier])
        kept += [{"value": value, "document_id": identifier} for value in under]
        pairs += like
    rows = [
        {"document_id": i, "version": found[i][1], "label": finder.groups.of(i), "hashes": json.dumps(sketches[i])}
        for i in order if i not in alone
    ]  # fmt: skip
    _write(connection, rows, kept, pairs)
    stale = [
        {"b_old": old, "b_new": new} for old, new in finder.groups.moved().items() if old not in found or old in alone
    ]  # fmt: skip
    if stale:
        connection.execute(
            update(schema.sketch).where(_s.label == bindparam("b_old")).values(label=bindparam("b_new")), stale
        )  # fmt: skip


def _copied(connection: Connection, ids: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """The passages by which documents are copies of others."""
    found: dict[str, list[tuple[int, int]]] = {}
    for part in parts(ids):
        for key, spans in ((_l.one, _l.one_spans), (_l.other, _l.other_spans)):
            for identifier, told in connection.execute(select(key, spans).where(key.in_(part), _l.kind == "copy")):
                add_spans(found.setdefault(identifier, []), [(a, b) for a, b in json.loads(told)])
    return found


def _taken_apart(connection: Connection, changed: set[str]) -> set[str]:
    """Take documents and their groups out; those of the groups that stay are returned, each by itself."""
    labels = set(connection.scalars(select(_s.label).where(_s.document_id.in_(changed)))) if changed else set()
    group = set(connection.scalars(select(_s.document_id).where(_s.label.in_(labels)))) if labels else set()
    alone = group - changed
    for part in parts(sorted(group)):
        connection.execute(delete(schema.likeness).where(_l.one.in_(part) | _l.other.in_(part)))
    for part in parts(sorted(changed)):
        connection.execute(delete(schema.sketch_value).where(_x.document_id.in_(part)))
        connection.execute(delete(schema.sketch).where(_s.document_id.in_(part)))
    for part in parts(sorted(alone)):
        connection.execute(update(schema.sketch).where(_s.document_id.in_(part)).values(label=_s.document_id))
    return alone


def rebuild(connection: Connection, tell: Callable[[str, int], None] | None = None) -> int:
    """Find the copies of all documents anew, in the order in which they came in.

    Args:
        connection: a writing transaction.
        tell: called with what is looked at and how many of it so far.

    Returns:
        How many documents there are.
    """
    for table in (schema.likeness, schema.sketch_value, schema.sketch):
        connection.execute(delete(table))
    c = schema.capture.c
    order = list(
        connection.scalars(select(c.document_id).group_by(c.document_id).order_by(func.min(c.id)))
    )  # fmt: skip
    finder = Finder(lambda identifier: next(load(connection, (identifier,)))[0])
    rows: list[dict[str, object]] = []
    pairs: list[Pair] = []
    for part in parts(order, _PAGE):
        found = {document.id: (document, number) for document, number in load(connection, part)}
        for identifier in part:
            document, number = found[identifier]
            hashes = sketch(document.text)
            pairs += finder.add(document, hashes)[1]
            rows.append({"document_id": identifier, "version": number, "hashes": json.dumps(hashes)})
            if tell is not None:
                tell("documents", len(rows))
    for row in rows:
        row["label"] = finder.groups.of(str(row["document_id"]))
    kept = [{"value": v, "document_id": i} for v, there in sorted(finder.values.items()) for i in sorted(there)]
    _write(connection, rows, kept, pairs)
    return len(rows)


def _write(connection: Connection, rows: list[dict[str, object]], kept: list[dict[str, object]], pairs: Sequence[Pair]) -> None:
    insert(connection, schema.sketch, rows)
    # In the order of the key, so that neighbours are written together.
    insert(connection, schema.sketch_value, sorted(kept, key=lambda r: (r["value"], r["document_id"])))
    made = {
        (p.one, p.other): {
            "one": p.one, "other": p.other, "kind": p.likeness.kind, "equal": p.likeness.equal,
            "one_words": p.likeness.one_words, "other_words": p.likeness.other_words,
            "one_spans": json.dumps(p.likeness.one_spans), "other_spans": json.dumps(p.likeness.other_spans),
        }
        for p in pairs
    }  # fmt: skip
    insert(connection, schema.likeness, list(made.values()))


def check(connection: Connection) -> Iterator[str]:
    """What in the groups does not follow from the documents, in words."""
    missing = connection.scalar(
        select(func.count()).select_from(schema.document)
        .outerjoin(schema.sketch, (_s.document_id == _d.id) & (_s.version == _d.current_version))
        .where(_s.document_id.is_(None))
    )  # fmt: skip
    if missing:
        yield f"copies: {missing} documents were not compared with the others"
    groups = Groups()
    labels: dict[str, str] = {i: label for i, label in connection.execute(select(_s.document_id, _s.label))}
    for one, other in connection.execute(select(_l.one, _l.other).where(_l.kind == "copy").order_by(_l.one, _l.other)):
        groups.join(one, other)
    roots: dict[str, str] = {}
    for identifier, label in labels.items():
        if roots.setdefault(groups.of(identifier), label) != label:
            yield f"copies: document {identifier}: is in another group than its copies"
    if len(set(roots.values())) < len(roots):
        yield "copies: documents are in one group and nothing tells that they are copies"
    hashes = {i: set(json.loads(h)) for i, h in connection.execute(select(_s.document_id, _s.hashes))}
    for value, identifier in connection.execute(select(_x.value, _x.document_id)):
        if value not in hashes.get(identifier, ()):
            yield f"copies: document {identifier}: is looked up by what is not in it"
            break
