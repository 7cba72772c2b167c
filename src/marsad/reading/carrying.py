"""Carrying: whether the day told for one event is also that of an event told after it without one.

"Yesterday X shelled the town ... In Y two were killed by a mine": the same day, or only the day of the news? What speaks for the one or
the other is weighed (``carry.*`` in ``packs/weights.tsv``, learned by ``tools/learn_weights.py``): how far apart both are told and
whether the report turns, who tells of them, what ``fit`` finds alike in them, and what day it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

from marsad.reading.anchors import family
from marsad.reading.dates import DateMention
from marsad.reading.fit import fit_signs
from marsad.reading.joining import Event
from marsad.reading.owndays import told_day, told_last
from marsad.reading.places import ResolvedPlace
from marsad.reading.report import Report
from marsad.reading.weights import present

__all__ = ["Carrying", "recalled"]

_HAD_BEEN = frozenset({"before"})
_SINCE = "since"  # the rule of a stretch of time that goes on
_LONG = timedelta(days=31)  # of a stretch on whose days no other event is put
_ARREST, _HELD_FOR = "arrest", frozenset({"heldfor"})
_BACK = 6  # events looked back at
# A number counts by each of these that it exceeds.
_LIMITS, _DAYS, _LENGTHS = (0, 1, 2, 3, 5, 8, 12, 20), (-1, 0, 1, 2, 4, 7, 14, 31), (1, 2, 3, 5, 8, 12, 20, 40)
# What of ``fit`` says nothing of days, or is told here.
_LEFT = ("family_", "always", "sentence", "recent", "turn")


class Carrying:
    """Weighs days for the events of one report.

    Args:
        report: the report.
        events: all its events, in order.
        places: the place of each event by its identity, as far as they are known.
        claims: the identities of the events that are claims; all of them where it is not given.
    """

    def __init__(
        self,
        report: Report,
        events: list[Event],
        places: Mapping[int, ResolvedPlace | None] | None = None,
        claims: Collection[int] | None = None,
    ) -> None:
        self._report, self._events = report, events
        self._places = places or {}
        self._claims = frozenset(map(id, events) if claims is None else claims)

    def before(self, event: Event) -> tuple[Event, DateMention] | None:
        """The event told last before one that has a day, and that day."""
        for earlier in told_last(self._events, event, _BACK):
            day = told_day(self._report, earlier, aggregate=False)
            if day is not None and day.since is not None and day.until is not None:
                return None if day.rule == _SINCE and day.until - day.since >= _LONG else (earlier, day)
        return None

    def carries(self, event: Event, earlier: Event, day: DateMention) -> bool:
        """Whether an event without a day of its own was on the day of one told before it."""
        return self._report.weights.score("carry", self.signs(event, earlier, day)) >= 0

    def signs(self, event: Event, earlier: Event, day: DateMention) -> dict[str, float]:
        """The signs by name; absent ones are left out.

        Args:
            event: the event without a day.
            earlier, day: the event told before it, and its day.
        """
        report, clauses, sentences = self._report, self._report.clauses, self._report.text.tokens
        anchor, theirs = event.first.anchor, earlier.first.anchor
        first = anchor.index
        last = max(f.anchor.index for f in earlier.facts if f.anchor.index < first)
        apart, turned = clauses.sentences_apart(last, first), bool(clauses.turns(last, first))
        attributed = any(a.covers(first) for a in report.attributions)
        placed = any(f.places for f in event.facts)
        found: dict[str, object] = {"always": True}
        for name, strength in fit_signs(report, earlier.facts, event.first, True).items():
            if not name.startswith(_LEFT):
                found[f"fit_{name}"] = strength
        # How far apart both are told.
        paragraphs = clauses.paragraph(first) - clauses.paragraph(last)
        _steps(found, "apart", apart)
        _steps(found, "paragraphs", paragraphs)
        _steps(found, "behind_day", sentences[first].sentence - sentences[day.first].sentence)
        _steps(found, "back", sum(theirs.index < e.first.anchor.index < first for e in self._events))
        found["turned"] = turned
        found["same_sentence"] = apart == 0
        found["next"] = apart == 1 and not turned
        found["same_passage"] = paragraphs == 0 and not turned
        # Who tells of both.
        mine = {(s.kind, s.name) for s in event.first.sources}
        others = {(s.kind, s.name) for f in earlier.facts for s in f.sources}
        found["attributed"], found["attributed_turned"] = attributed, attributed and turned
        found["same_source"], found["other_source"] = mine & others, mine and not mine & others
        found["same_source_next"] = mine & others and apart <= 1
        found["same_sort_of_source"] = {kind for kind, _ in mine} & {kind for kind, _ in others}
        found["placed"], found["own_voice"] = placed, placed and not attributed
        there = self._where(event, earlier, found)
        # What day it is.
        assert day.since is not None and day.until is not None
        single = day.since == day.until
        ago = (report.published - day.until).days if report.published is not None else 0
        found["of_speech"] = report.spoken_on(day.first, theirs.index)
        found[f"rule_{day.rule}"] = True
        found[f"precision_{day.precision}"] = True
        found["past"], found["stretch"] = day.background, day.duration
        found["opens"] = sentences[day.first].sentence == 0
        found["since"] = report.opens_stretch(day)
        found["had_been"] = recalled(report, day)
        _steps(found, "ago", ago, _DAYS)
        days = {
            "single": single, "today": single and ago == 0, "yesterday": single and ago == 1, "lead": sentences[day.first].sentence <= 1,
        }  # fmt: skip
        beside = {"turned": turned, "next": apart <= 1, "attributed": attributed, "placed": placed, "there": there}
        for name, told in days.items():
            found[name] = told
            found.update({f"{name}_{other}": told and so for other, so in beside.items()})
        self._other_days(first, day, found)
        # The event and the report.
        mine_of, theirs_of = family(anchor.kind), family(theirs.kind)
        found[f"family_{mine_of}"] = found[f"families_{theirs_of}_{mine_of}"] = True
        found["verb"], found["definite"] = anchor.verb, anchor.definite
        found["harmed"] = any(f.anchor.harm for f in event.facts)
        found["recalled"] = report.is_background(first)
        begin, end = clauses.sentence(first)
        found["held_for"] = mine_of == _ARREST and bool(clauses.marked(_HELD_FOR, begin, end))
        found["behind_claim"] = id(earlier) in self._claims
        _steps(found, "claims", len(self._claims))
        _steps(found, "told", len(event.facts))
        _steps(found, "position", sentences[first].sentence)
        _steps(found, "length", len(report.text.sentences), _LENGTHS)
        return present(found)

    def _where(self, event: Event, earlier: Event, found: dict[str, object]) -> bool:
        """Put down how the places of both go together; whether they are one."""
        here, there = self._places.get(id(event)), self._places.get(id(earlier))
        if here is None or there is None:
            return False
        mine, theirs = here.place, there.place
        same = mine.name == theirs.name
        found["there"] = same
        found["elsewhere"] = mine.country != theirs.country
        found["within"] = mine.name in theirs.within or theirs.name in mine.within
        found["same_region"] = not set(mine.within[:-1]).isdisjoint(theirs.within[:-1])
        return same

    def _other_days(self, first: int, day: DateMention, found: dict[str, object]) -> None:
        """Put down what other days the report tells."""
        clauses = self._report.clauses
        days = [d for d in self._report.dates if d.until and not d.duration]
        same = [d for d in days if (d.since, d.until) == (day.since, day.until)]
        _steps(found, "days_before", len({(d.since, d.until) for d in days if d.first < first}))
        _steps(found, "days", len({(d.since, d.until) for d in days}))
        found["share"], found["only_day"] = len(same) / max(1, len(days)), len(same) == len(days)
        found["day_next"] = any(d.first > first and clauses.sentences_apart(first, d.first) <= 1 for d in days)
        found["day_between"] = any(day.last < d.first < first and d not in same for d in days)


def recalled(report: Report, day: DateMention) -> bool:
    """Whether a day stands in a later clause on what had been before ("..., and he had been hurt on the day before")."""
    marks = report.clauses.marked(_HAD_BEEN, report.clauses.sentence(day.first)[0] + 2, day.first)
    return any(report.text.forms[at].startswith(report.conjunction) for at in marks)


def _steps(found: dict[str, object], name: str, number: int, limits: tuple[int, ...] = _LIMITS) -> None:
    for limit in limits:
        if number > limit:
            found[f"{name}_over_{limit}"] = True
