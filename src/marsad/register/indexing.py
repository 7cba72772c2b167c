"""Indexing: what is searched, kept with what is stored, in the same transaction.

The index holds each document once, by its current version and reading with what people decided. It is made from the other tables
alone and may be made again at any time (``rebuild``). Under which term a word form stands is kept in the register
(``search_form``), so a row is taken out of the index of SQLite, which keeps no texts, by the same terms that it was put in by,
whatever became of the word lists since.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, delete, func, select, text

from marsad.documents.published import iso_day
from marsad.gazetteer.layers import open_gazetteer
from marsad.register import additions, schema
from marsad.register.decisions import decisions_of, effective, verdict_of
from marsad.register.indexstate import KEY, cutting, state, wording
from marsad.register.indexwords import insert_new, insert_pairs, many, texts_of
from marsad.register.rows import highest, insert, parts
from marsad.search.facets import REJECTED, WORDED, Facets, claim_facets, day_marks, report_marks
from marsad.search.places import PlaceBook, place_id
from marsad.search.words import analyse

__all__ = ["Indexer", "rank_of"]

# Documents at once, and values in one question.
_BATCH, _VALUES = 300, 5_000
# Terms that are remembered.
_REMEMBERED = 1_000_000
# Numbers of documents at which the index is merged, each half more than the one before, so all merging costs some three times the
# last one. That takes 3 s with 100,000 documents; more than a third of a million would keep other writers waiting for too long.
_MERGED = tuple(round(2_000 * 1.5**step) for step in range(14))
_BITS = 32

_dc, _vc, _pc = schema.document.c, schema.version.c, schema.proposal.c
_sd, _sc = schema.search_document.c, schema.search_claim.c


# Of a document the marks of the report, and of each claim its id with what it puts into the index.
_Told = tuple[tuple[str, ...], list[tuple[str | None, Facets]]]


class _Claim(NamedTuple):
    """A claim in the index: its id, or None for the day of a report without claims; its days; its other marks and words."""

    id: str | None
    first: str
    last: str
    marks: str

    @property
    def days(self) -> list[str]:
        """The marks of its days."""
        sign = REJECTED if self.marks.startswith(REJECTED) else ""
        return [sign + mark for mark in day_marks(self.first, self.last)]


@dataclass(slots=True)
class _Entry:
    """A document in the index, as it is or is to be; ``forms`` of title and body are not compared."""

    number: int
    rank: int
    version: int
    marks: str
    claims: list[_Claim]
    forms: tuple[list[str], list[str]] = field(default=([], []), compare=False)

    @property
    def told(self) -> str:
        """What the claims add to the full-text index."""
        return " ".join((self.marks, *(" ".join((claim.marks, *claim.days)) for claim in self.claims)))


class Indexer:
    """The index of one register for those who write to it; threads may share it. It remembers terms that are surely stored."""

    def __init__(self) -> None:
        self._stored: tuple[str, dict[str, str]] = ("", {})
        self._places: PlaceBook | None = None

    def refresh(self, connection: Connection, ids: Iterable[str]) -> Learnt:
        """Bring documents up to date in the index.

        Args:
            connection: a writing transaction.
            ids: of documents; those that are as they were indexed are left alone.

        Returns:
            What to ``remember`` when the transaction is stored.
        """
        made = state(connection)
        if made.get("cut") != cutting():
            return self.rebuild(connection)[1]
        number, terms = self._stored
        writer = _Writer(connection, terms if number == made["made"] else {}, self._book())
        before = highest(connection, _sd.number)
        for part in parts(sorted(set(ids)), _BATCH):
            writer.write(part)
        if _grown(before, highest(connection, _sd.number)):
            _merge(connection)
        return Learnt(made["made"], writer.fresh)

    def rebuild(self, connection: Connection, tell: Callable[[int], None] | None = None) -> tuple[int, Learnt]:
        """Make the index anew.

        Args:
            connection: a writing transaction.
            tell: called with the number of documents so far.

        Returns:
            How many documents it holds, and what to ``remember`` when the transaction is stored.
        """
        for table in (schema.search_claim, schema.search_document, schema.search_form, schema.search_word, schema.search_place):
            connection.execute(delete(table))
        sqlite = connection.dialect.name == "sqlite"
        connection.execute(
            text("insert into search_text(search_text) values('delete-all')" if sqlite else "delete from search_text")
        )
        wanted = (
            select(_dc.id)
            .join(schema.version, (_vc.document_id == _dc.id) & (_vc.number == _dc.current_version))
            .order_by(func.coalesce(_vc.published, ""), _dc.id)
        )
        count = 0
        writer = _Writer(connection, {}, self._book())
        for part in parts(connection.scalars(wanted).all(), _BATCH):
            count += writer.write(part)
            if tell is not None:
                tell(count)
        _merge(connection)
        number = str(int(state(connection).get("made", "0")) + 1)
        connection.execute(delete(schema.setting).where(schema.setting.c.key == KEY))
        told = {"cut": cutting(), "words": wording(), "made": number}
        connection.execute(schema.setting.insert(), {"key": KEY, "value": json.dumps(told, sort_keys=True)})
        return count, Learnt(number, writer.fresh)

    def remember(self, learnt: Learnt) -> None:
        """The transaction that learnt these terms is stored."""
        number, terms = self._stored
        if number != learnt.made or len(terms) > _REMEMBERED:
            terms = {}
        self._stored = (learnt.made, terms | learnt.terms if len(learnt.terms) > len(terms) else _added(terms, learnt.terms))

    def _book(self) -> PlaceBook:
        if self._places is None:
            self._places = PlaceBook(open_gazetteer())
        return self._places


class Learnt(NamedTuple):
    """Terms of forms that the register has, and of which making of the index."""

    made: str
    terms: dict[str, str]


def _added(terms: dict[str, str], more: dict[str, str]) -> dict[str, str]:
    terms.update(more)
    return terms


class _Terms(dict[str, str]):
    """The term of each form, from what is stored, what is fresh, and the form itself where it is no word."""

    def __init__(self, known: dict[str, str], fresh: dict[str, str]) -> None:
        super().__init__()
        self._known = known
        self._fresh = fresh

    def __missing__(self, form: str) -> str:
        term = self._known.get(form) or self._fresh.get(form) or analyse(form).term
        self[form] = term
        return term


class _Writer:
    """One transaction.

    Args:
        connection: of it.
        known: terms of forms that are stored.
        places: where the places of claims are looked up.

    Attributes:
        fresh: terms that are not among the known ones.
    """

    def __init__(self, connection: Connection, known: dict[str, str], places: PlaceBook) -> None:
        self.connection = connection
        self.known = known
        self.places = places
        self.fresh: dict[str, str] = {}
        self.terms = _Terms(known, self.fresh)

    def write(self, ids: Sequence[str]) -> int:
        """Put documents into the index in place of what it has of them."""
        connection = self.connection
        before = _indexed(connection, ids)
        rows = connection.execute(_documents(ids)).all()
        facets = self._facets(rows)
        texts = texts_of(connection, {(r.id, r.current_version) for r in rows} | {(i, e.version) for i, e in before.items()})
        learnt = {form for report, claims in facets.values() for form in _worded(report, [f for _, f in claims])}
        self._learn(learnt.union(*(part for pair in texts.values() for part in pair)))
        last = highest(connection, _sd.number)
        gone: list[_Entry] = []
        come: list[tuple[str, _Entry]] = []
        for row in rows:
            old = before.get(row.id)
            if old is None:
                last += 1
            number = last if old is None else old.number
            report, claims = facets[row.id]
            new = _Entry(
                number, rank_of(row.published, number), row.current_version, self._marks(report),
                [_Claim(i, f.first, f.last, self._marks((*f.marks, *f.words))) for i, f in claims],
                texts[row.id, row.current_version],
            )  # fmt: skip
            if old == new:
                continue
            if old is not None:
                old.forms = texts[row.id, old.version]
                gone.append(old)
            come.append((row.id, new))
        self._store(gone, come)
        return len(rows)

    def _facets(self, rows: Sequence[Any]) -> dict[str, _Told]:
        """For each document the marks of the report and what each of its claims puts into the index."""
        connection = self.connection
        found: dict[str, _Told] = {}
        claims = _claims(connection, [row.id for row in rows])
        decided = decisions_of(connection, [i for of in claims.values() for i, _ in of])
        places: dict[str, dict[str, Any]] = {}
        for row in rows:
            published = row.published or ""
            told: list[tuple[str | None, Facets]] = []
            for identifier, body in claims.get(row.id, ()):
                claim = effective(body, decided.get(identifier, ()))
                place = claim["place"]
                ids, names = self.places.of(place)
                facets = claim_facets(claim, ids, names, published)
                if verdict_of(decided.get(identifier, ())) == "reject":
                    facets = facets._replace(marks=tuple(REJECTED + m for m in facets.marks), words=())
                if ids and place["latitude"] is not None and place["longitude"] is not None:
                    places[place_id(place)] = place
                told.append((identifier, facets))
            if not told and published:
                told.append((None, Facets((), (), published, published)))
            found[row.id] = report_marks(row.language or "", row.publisher or "", row.identity), told
        insert_new(
            connection,
            schema.search_place.c.id,
            [{"id": i, "latitude": float(p["latitude"]), "longitude": float(p["longitude"])} for i, p in places.items()],
        )
        return found

    def _learn(self, forms: set[str]) -> None:
        """Know the terms of forms: those that the register has, and for others those of the word lists of today."""
        new = {form for form in forms - self.fresh.keys() - self.known.keys() if form.isalpha()}
        c = schema.search_form.c
        for part in parts(sorted(new), _VALUES):
            self.fresh.update(self.connection.execute(select(c.form, c.term).where(c.form.in_(part))).all())
        words = {form: analyse(form) for form in sorted(new - self.fresh.keys())}
        insert(self.connection, schema.search_form, [{"form": form, "term": word.term} for form, word in words.items()])
        insert_pairs(self.connection, sorted({(lemma, word.term) for word in words.values() for lemma in word.lemmas}))
        self.fresh.update({form: word.term for form, word in words.items()})

    def _marks(self, marks: Iterable[str]) -> str:
        """Marks and words for the index: of words the terms."""
        made = []
        for told in marks:
            plain = told.removeprefix(REJECTED)
            if plain.startswith(WORDED):
                made.append(told[: -len(plain[2:])] + self.terms[plain[2:]] if plain[2:] else told)
            else:
                made.append(told if ":" in told else self.terms[told])
        return " ".join(made)

    def _store(self, gone: Sequence[_Entry], come: Sequence[tuple[str, _Entry]]) -> None:
        """Change the rows of the index."""
        connection = self.connection
        sqlite = connection.dialect.name == "sqlite"
        numbers = [entry.number for entry in gone]
        for part in parts(numbers, 500):
            connection.execute(delete(schema.search_claim).where(_sc.number.in_(part)))
            connection.execute(delete(schema.search_document).where(_sd.number.in_(part)))
        entries = sorted((entry for _, entry in come), key=lambda e: e.rank)
        if sqlite:
            statement = "insert into search_text(search_text, rowid, title, body, claims) values ('delete', ?, ?, ?, ?)"
            many(connection, statement, [(e.rank, *self._columns(e)) for e in sorted(gone, key=lambda e: e.rank)])
            statement = "insert into search_text(rowid, title, body, claims) values (?, ?, ?, ?)"
            many(connection, statement, [(e.rank, *self._columns(e)) for e in entries])
        else:
            for old in parts([entry.rank for entry in gone], 500):
                connection.execute(text("delete from search_text where rank = any(:ranks)"), {"ranks": old})
            for some in parts(entries, 500):
                connection.execute(
                    text(
                        "insert into search_text select r, cast(t as tsvector) from unnest(cast(:r as bigint[]), cast(:t as text[])) as u(r, t)"
                    ),
                    {"r": [e.rank for e in some], "t": [_tsvector(self._columns(e)) for e in some]},
                )
        insert(
            connection,
            schema.search_document,
            [{"number": e.number, "document_id": i, "rank": e.rank, "version": e.version, "marks": e.marks} for i, e in come],
        )
        insert(
            connection,
            schema.search_claim,
            [
                {"number": e.number, "position": n, "claim_id": c.id, "first": c.first, "last": c.last, "marks": c.marks}
                for _, e in come
                for n, c in enumerate(e.claims)
            ],
        )

    def _columns(self, entry: _Entry) -> tuple[str, str, str]:
        title, body = (" ".join(map(self.terms.__getitem__, part)) for part in entry.forms)
        return title, body, entry.told


def _grown(before: int, after: int) -> bool:
    """Whether the documents came to a number at which the index is merged."""
    return any(before < step <= after for step in _MERGED)


def _merge(connection: Connection) -> None:
    """Put the parts of which SQLite made the index into one, in which a search is about twice as fast."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("insert into search_text(search_text) values('optimize')"))


def rank_of(published: str | None, number: int) -> int:
    """The key of a document in the full-text index: by day of publication, without one before all days."""
    day = date.fromisoformat(published).toordinal() if published and iso_day(published) else 0
    return (day << _BITS) + number


def _documents(ids: Sequence[str]) -> Select[Any]:
    return (
        select(_dc.id, _dc.identity, _dc.current_version, _vc.published, _vc.publisher, _vc.language)
        .join(schema.version, (_vc.document_id == _dc.id) & (_vc.number == _dc.current_version))
        .where(_dc.id.in_(ids))
        .order_by(_dc.id)
    )


def _claims(connection: Connection, ids: Sequence[str]) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """The claims of the current readings of documents, and those that people added: id and record."""
    found: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    wanted = (
        select(_dc.id, _pc.claim_id, _pc.body)
        .join(schema.proposal, _pc.reading_id == _dc.current_reading)
        .where(_dc.id.in_(ids))
        .order_by(_dc.id, _pc.position)
    )
    for document, claim, body in connection.execute(wanted):
        found.setdefault(document, []).append((claim, json.loads(body)))
    for added in additions.added(connection, documents=ids):
        if added.current:
            found.setdefault(added.document_id, []).append((added.id, added.body))
    return found


def _indexed(connection: Connection, ids: Sequence[str]) -> dict[str, _Entry]:
    """Documents as the index has them."""
    found: dict[str, _Entry] = {}
    numbers: dict[int, _Entry] = {}
    for row in connection.execute(select(schema.search_document).where(_sd.document_id.in_(ids))):
        found[row.document_id] = numbers[row.number] = _Entry(row.number, row.rank, row.version, row.marks, [])
    if numbers:
        wanted = select(schema.search_claim).where(_sc.number.in_(numbers)).order_by(_sc.number, _sc.position)
        for row in connection.execute(wanted):
            numbers[row.number].claims.append(_Claim(row.claim_id, row.first, row.last, row.marks))
    return found


def _worded(report: tuple[str, ...], claims: Iterable[Facets]) -> list[str]:
    """The forms in marks and words."""
    every = [*report, *(told for facets in claims for told in (*facets.marks, *facets.words))]
    forms = []
    for told in every:
        plain = told.removeprefix(REJECTED)
        if plain.startswith(WORDED):
            forms.append(plain[2:])
        elif ":" not in told:
            forms.append(told)
    return forms


def _tsvector(columns: Sequence[str]) -> str:
    """Terms with their places as PostgreSQL reads them; a gap between columns, so that no phrase reaches over it."""
    at, parts_ = 0, []
    for column in columns:
        for term in column.split(" "):
            if term:
                at += 1
                quoted = term.replace("\\", "\\\\").replace("'", "''")
                parts_.append(f"'{quoted}':{min(at, 16_383)}")
        at += 2
    return " ".join(parts_)
