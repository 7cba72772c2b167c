"""Searching: reports of the register by their words and by what their claims tell. Takes a transaction and changes nothing.

One report is one result. Its words may stand in its title, its text or the names of its claims' places; filters must hold of one
and the same claim. Reports that have the words side by side come first, then those that have all of them, each the newest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import prod
from typing import Any

from sqlalchemy import Connection, select, text

from marsad.errors import InputError
from marsad.gazetteer import Gazetteer
from marsad.lexicon.reasons import reason, refusal
from marsad.register import schema
from marsad.register.errors import OutdatedError
from marsad.register.hidden import RANKS, hides
from marsad.register.hits import Hit, claims_of, hits, holds
from marsad.register.indexstate import cutting, state, wording
from marsad.register.indexwords import shortened
from marsad.register.request import Filter, Request, filters
from marsad.register.rows import parts
from marsad.search.expression import But, Either, Every, Expression, Row, for_fts5, for_tsquery
from marsad.search.facets import EVERY, REJECTED, mark
from marsad.search.naming import has_latin, named
from marsad.search.places import Meant, box, kilometres_of, meant, near
from marsad.search.query import Query, Sought, parse
from marsad.search.words import analyse, number

__all__ = ["Found", "Searcher", "search"]

# Reports that are looked at one by one, where several filters must hold of one claim; behind them the number is a lower bound.
_LOOKED = 1_000
# Reports that are counted, fewer where words must stand side by side, which takes a look at each.
_COUNTED, _COUNTED_ROWS = 10_000, 1_000
# Ways to write the words side by side that are put first where no phrase was asked for.
_WAYS = 8
_sd = schema.search_document.c


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        hits: the reports of this page.
        count: how many there are; at least so many if ``more``.
        more: whether there may be more than ``count``.
        after: what the next page begins after, or the empty string.
        query: the words as they were understood; ``place`` what the place means; ``filters`` what claims must have.
        stale: whether the word lists were changed since the index was made.
    """

    hits: tuple[Hit, ...]
    count: int
    more: bool
    after: str
    query: Query
    place: Meant | None
    filters: tuple[Filter, ...]
    stale: bool = False

    def to_dict(self) -> dict[str, Any]:
        """How many there are and what was understood, as plain data without the reports."""
        return {
            "count": self.count, "more": self.more, "after": self.after,
            "left_out": list(self.query.left_out), "named": {name: list(names) for name, names in self.query.named}, "filters": {f.name: f.told for f in self.filters},
            "places": [] if self.place is None else [entry.id for entry in self.place.places],
        }  # fmt: skip


def search(connection: Connection, request: Request, gazetteer: Gazetteer | None = None) -> Found:
    """Search the register.

    Args:
        connection: a transaction.
        request: what is asked.
        gazetteer: where places are looked up; without it none may be named, and names in Latin letters are only words.

    Raises:
        InputError: nothing is asked, or a value is none.
        OutdatedError: the index is none of this program.
    """
    searcher = Searcher(connection, request, gazetteer)
    return searcher.page()


@dataclass(slots=True)
class Searcher:
    """One search; ``words`` and ``narrow`` are what must stand in the index, and may be asked one by one."""

    connection: Connection
    request: Request
    gazetteer: Gazetteer | None = None
    query: Query = field(init=False)
    place: Meant | None = field(init=False, default=None)
    filters: list[Filter] = field(init=False)
    words: list[Expression] = field(init=False)
    without: list[Expression] = field(init=False)
    stale: bool = field(init=False)
    _terms: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        made = state(self.connection)
        if made.get("cut") != cutting():
            raise OutdatedError(refusal("search.outdated"))
        self.stale = made["words"] != wording()
        self.query = parse(self.request.words)
        if self.gazetteer is not None and has_latin(self.request.words):
            self.query = named(self.query, self.gazetteer)
        self._learn(self.query)
        self.filters = filters(self.request, self.terms)
        if self.request.place:
            self.filters.append(self._placed())
        elif self.request.within:
            raise InputError(refusal("ask.within.place"))
        if not self.query.every and not self.query.without and not self.filters:
            raise InputError(refusal("ask.nothing"))
        self.words = [Either(tuple(self.row(sought) for sought in group)) for group in self.query.every]
        self.without = [self.row(sought) for sought in self.query.without]

    def terms(self, form: str) -> tuple[str, ...]:
        """The terms under which a folded form may be found, the likeliest first."""
        if form not in self._terms:
            self._learn_forms([form])
        return self._terms[form]

    def row(self, sought: Sought) -> Row:
        """A word or phrase for the index."""
        return Row(tuple(self.terms(form) for form in sought.forms))

    def narrowed(self, filter_: Filter) -> Expression:
        """A filter for the index."""
        marks = filter_.marks
        if self.request.rejected and not filter_.whole:
            marks += tuple(REJECTED + m for m in filter_.marks)
        return Row((marks,))

    def expression(self, words: Sequence[Expression] | None = None) -> Expression:
        """All that must stand in the index."""
        told = [*(self.words if words is None else words), *(self.narrowed(f) for f in self.filters)]
        whole: Expression = Every(tuple(told)) if told else Row(((EVERY,),))
        return But(whole, Either(tuple(self.without))) if self.without else whole

    def count(self, expression: Expression, most: int = 0) -> int:
        """How many reports the index has for an expression; no more than ``most`` are counted, if it is given."""
        return int(self._ask("count(*)", expression, most=most).scalar() or 0)

    def page(self) -> Found:
        """The reports of one page."""
        everything = self.expression()
        row = self._side_by_side()
        claimed = [f for f in self.filters if not f.whole]
        tier, rank = self._after(row)
        first = not self.request.after
        phrase = any(len(sought.forms) > 1 for sought in self.query.sought)
        if len(claimed) >= 2 or phrase:
            # What was looked at for the number need not be looked at again for the first page.
            most = _LOOKED if len(claimed) >= 2 else _COUNTED_ROWS
            looked = list(islice(self._listed(everything, None, most + 1), most + 1))
            more = len(looked) > most
            good = looked[:most] if len(claimed) < 2 else list(self._checked(iter(looked[:most]), claimed))
            count = len(good)
            enough = first and (not more or (row is None and count > self.request.limit))
            if enough and row is not None:
                beside = set(self._listed(row, None, most))
                good.sort(key=lambda found: found not in beside)
            ranks = iter(good) if enough else self._checked(self._ranks(everything, row, tier, rank), claimed)
        else:
            count = self.count(everything, _COUNTED + 1)
            more, count = count > _COUNTED, min(count, _COUNTED)
            ranks = self._ranks(everything, row, tier, rank)
        limit = max(1, self.request.limit)
        page = list(islice(ranks, limit + 1))
        shown = hits(self.connection, page[:limit], self._sought(), [self._marked(f) for f in claimed])
        after = shown[-1].document_id if len(page) > limit and shown else ""
        return Found(tuple(shown), count, more, after, self.query, self.place, tuple(self.filters), self.stale
        )  # fmt: skip

    def _learn(self, query: Query) -> None:
        wanted = [form for sought in (*query.sought, *query.without) for form in sought.forms]
        self._learn_forms([*wanted, *query.row])

    def _learn_forms(self, forms: Sequence[str]) -> None:
        """The terms of forms, by one question for all."""
        words = {form: analyse(shortened(form)) for form in forms}
        lemmas = {lemma for word in words.values() for lemma in word.lemmas}
        c = schema.search_word.c
        known: dict[str, list[str]] = {}
        for part in parts(sorted(lemmas)):
            for lemma, term in self.connection.execute(select(c.lemma, c.term).where(c.lemma.in_(part))):
                known.setdefault(lemma, []).append(term)
        for form, word in words.items():
            ordered = [
                term for lemma in word.lemmas for term in sorted(known.get(lemma, ()), key=lambda t: (t != lemma, len(t), t))
            ]
            self._terms[form] = tuple(dict.fromkeys((*ordered, *((word.term,) if not ordered else ()))))

    def _placed(self) -> Filter:
        """The filter of a place, or of all places within a distance."""
        if self.gazetteer is None:
            raise ValueError("a place is named and there is no gazetteer")
        self.place = meant(self.request.place, self.gazetteer)
        if not self.request.within and self.place.marks:
            return Filter("place", self.request.place, self.place.marks)
        distance = kilometres_of(self.request.within or "10km")
        if not self.place.points:
            raise InputError(refusal("ask.within.unknown", place=self.request.place))
        c = schema.search_place.c
        found: set[str] = set()
        for latitude, longitude in self.place.points:
            south, north, west, east = box(latitude, longitude, distance)
            wanted = select(c.id, c.latitude, c.longitude).where(
                c.latitude.between(south, north), c.longitude.between(west, east)
            )
            for identifier, lies, along in self.connection.execute(wanted):
                if near(((latitude, longitude),), distance, lies, along):
                    found.add(mark("g", identifier))
        return Filter(
            "place",
            reason("search:within", distance=f"{distance:g}", place=self.request.place).told(),
            tuple(sorted(found)) or ("g:",),
        )

    def _side_by_side(self) -> Expression | None:
        """The words as a phrase, where the query is nothing but several words that a report may have side by side."""
        if not self.query.row:
            return None
        # The likeliest terms come first; each way more costs as much as the first one and puts few reports before others.
        places = [self.terms(form) for form in self.query.row]
        while prod(map(len, places)) > _WAYS:
            longest = max(range(len(places)), key=lambda n: len(places[n]))
            places[longest] = places[longest][:-1]
        return Every((Row(tuple(places)), *(self.narrowed(f) for f in self.filters)))

    def _sought(self) -> list[list[frozenset[str]]]:
        """What to highlight: for each word and each place of a phrase the forms that may stand there."""
        rows = [sought.forms for sought in self.query.sought]
        wanted = {term for row in rows for form in row for term in self.terms(form)}
        c = schema.search_form.c
        forms: dict[str, set[str]] = {}
        for part in parts(sorted(wanted)):
            for form, term in self.connection.execute(select(c.form, c.term).where(c.term.in_(part))):
                forms.setdefault(term, set()).add(form)
        return [
            [frozenset({number(form)}.union(*(forms.get(term, ()) for term in self.terms(form)))) for form in row] for row in rows
        ]

    def _after(self, row: Expression | None) -> tuple[int, int | None]:
        """In which tier and behind which rank the page begins."""
        if not self.request.after:
            return 0, None
        rank = self.connection.scalar(select(_sd.rank).where(_sd.document_id == self.request.after))
        if rank is None:
            raise InputError(refusal("ask.after", told=self.request.after))
        if row is None:
            return 0, rank
        column = "rowid" if self._sqlite else "rank"
        there = self._ask(column, row, f" and {column} = :rank", rank=rank).first()
        return (0 if there is not None else 1), rank

    def _ranks(self, everything: Expression, row: Expression | None, tier: int, rank: int | None) -> Iterator[int]:
        """Ranks of all reports from a place on: those with the words side by side, then the others, each the newest first."""
        if row is None:
            yield from self._listed(everything, rank)
            return
        before: set[int] | None = None if tier or rank is not None else set()
        if tier == 0:
            for found in self._listed(row, rank):
                yield found
                if before is not None:
                    before.add(found)
            rank = None
        # If all of them are known, leaving them out costs less than asking for reports without them.
        for found in self._listed(But(everything, row) if before is None else everything, rank):
            if not before or found not in before:
                yield found

    def _listed(self, expression: Expression, rank: int | None, size: int = 0) -> Iterator[int]:
        """Ranks of the reports of an expression, below a rank if one is given, the newest first; ``size`` are asked for at first."""
        column = "rowid" if self._sqlite else "rank"
        size = size or self.request.limit + 1
        while True:
            where = "" if rank is None else f" and {column} < :rank"
            told = {} if rank is None else {"rank": rank}
            some = list(self._ask(column, expression, f"{where} order by {column} desc limit {size}", **told).scalars())
            yield from some
            if len(some) < size:
                return
            rank, size = some[-1], _LOOKED

    @property
    def _sqlite(self) -> bool:
        return self.connection.dialect.name == "sqlite"

    def _ask(self, what: str, expression: Expression, further: str = "", most: int = 0, **values: Any) -> Any:
        """Ask the index; ``most`` rows are counted, if it is given."""
        if self._sqlite:
            where = "search_text match :expression"
            values["expression"] = for_fts5(expression)
        else:
            where = "tokens @@ cast(:expression as tsquery)"
            values["expression"] = for_tsquery(expression)
        if hides(self.connection):
            # The index itself is no table that can be seen through.
            where += f" and {'rowid' if self._sqlite else 'rank'} not in (select rank from {RANKS})"
        source = f"(select 1 from search_text where {where} limit {most}) s where true" if most else f"search_text where {where}"
        return self.connection.execute(text(f"select {what} from {source}{further}"), values)

    def _marked(self, filter_: Filter) -> Filter:
        """A filter with the marks of rejected claims, if those count."""
        if not self.request.rejected:
            return filter_
        marks = (*filter_.marks, *(REJECTED + m for m in filter_.marks))
        return Filter(filter_.name, filter_.told, marks, filter_.whole, filter_.days)

    def _checked(self, ranks: Iterator[int], claimed: Sequence[Filter]) -> Iterator[int]:
        """The ranks of reports that have a claim for which all filters hold."""
        if len(claimed) < 2:
            yield from ranks
            return
        marked = [self._marked(f) for f in claimed]
        while some := list(islice(ranks, _LOOKED)):
            good = {row.rank for row in claims_of(self.connection, some, marked) if holds(row, marked)}
            yield from (rank for rank in some if rank in good)
