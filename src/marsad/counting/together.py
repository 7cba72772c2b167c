"""Together: what the claims of an incident say together, with nothing chosen and nothing hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from marsad.counting.allegations import Allegation, Denial, allegations, denials
from marsad.counting.dossier import Dossier, Told, origins_of
from marsad.counting.figures import Figure, people
from marsad.counting.grading import Grade, suggest
from marsad.counting.ranges import Range, Tally, tally
from marsad.counting.standing import covers, standing
from marsad.counting.values import Contradiction, Said, contradictions, said
from marsad.lexicon.reasons import Reason, reason, texts
from marsad.record import record
from marsad.syndication.independence import Origins
from marsad.vocabulary import HARM_KINDS

__all__ = ["Point", "Together", "together", "tolls"]


@dataclass(frozen=True, slots=True)
class Point:
    """A toll as it was told: one number of one kind of harm, on one day of publication, by one claim.

    Attributes:
        day: ISO day of publication, or None.
        kind: of harm. low, high: of everybody of that kind; open: whether there may be more.
        civilian, combatant: from the least to the most by this claim; None where it tells of none.
        claim: its id. origins: names of who says so.
    """

    day: str | None
    kind: str
    low: int
    high: int
    open: bool
    civilian: tuple[int, int] | None
    combatant: tuple[int, int] | None
    claim: str
    origins: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The point as data for JSON."""
        return {name: list(v) if isinstance(v := getattr(self, name), tuple) else v for name in self.__slots__}


@record(frozen=True, slots=True)
class Together:
    """What the claims of an incident say together.

    Attributes:
        incident: its id.
        origins: the independent origins of all its claims.
        values: by slot all values with who says them, those of most origins first.
        contradictions: values that exclude each other, side by side.
        timeline: tolls by day of publication, those without a day last.
        figures: people by kind of harm as ranges over what each origin said last; the least of civilians and of combatants is 0
            where the status is contested or unknown.
        allegations, denials: who is said to have done it, by whom; who denies what.
        grade: suggested, for a person to sign; signed: the grade that a person has signed, or None.
        warnings: what does not add up.
        aggregates: ids of claims in the dossier that are tolls over several events; none of the above rests on them.
    """

    incident: str
    origins: Origins
    values: dict[str, tuple[Said, ...]]
    contradictions: tuple[Contradiction, ...]
    timeline: tuple[Point, ...]
    figures: tuple[Figure, ...]
    allegations: tuple[Allegation, ...]
    denials: tuple[Denial, ...]
    grade: Grade
    signed: str | None
    warnings: tuple[Reason, ...]
    aggregates: tuple[str, ...] = ()

    def first(self, slot: str) -> Any:
        """The value of a slot that most origins give, or None where none is told."""
        told = self.values.get(slot)
        return told[0].value if told else None

    def figure(self, kind: str, who: str = "all") -> Figure | None:
        """The figure of a kind of harm and of some people, or None if it is not told."""
        return next((f for f in self.figures if (f.kind, f.who) == (kind, who)), None)

    def to_dict(self) -> dict[str, Any]:
        """All of it as data for JSON."""
        listed = ("contradictions", "timeline", "figures", "allegations", "denials")
        return {
            "incident": self.incident,
            "origins": self.origins.to_dict(),
            "values": {slot: [v.to_dict() for v in values] for slot, values in self.values.items()},
            **{name: [x.to_dict() for x in getattr(self, name)] for name in listed},
            "grade": self.grade.to_dict() | {"signed": self.signed},
            "warnings": texts(self.warnings),
            "aggregates": list(self.aggregates),
        }


def together(dossier: Dossier) -> Together:
    """What the claims of an incident say together; the same in whatever order they are given."""
    claims = [t for t in dossier.claims if t.claim.scope == "event"]
    asserted = [t for t in claims if t.claim.status == "asserted"]
    figures: list[Figure] = []
    points: list[Point] = []
    warnings: list[Reason] = []
    for kind in HARM_KINDS:
        told = {t.id: r for t in asserted if (r := tally(t.claim, kind)) is not None}
        given = [t for t in asserted if t.id in told]
        figures += _figures(kind, given, told)
        points += [_point(t, kind, told[t.id]) for t in given]
        warnings += _excess(kind, given, told)
    points.sort(key=lambda p: (p.day is None, p.day or "", HARM_KINDS.index(p.kind), p.claim))
    return Together(
        dossier.id, origins_of(claims), said(claims), contradictions(claims), tuple(points), tuple(figures), allegations(claims),
        denials(claims), suggest(dossier), dossier.grade, tuple(warnings),
        tuple(t.id for t in dossier.claims if t.claim.scope == "aggregate"),
    )  # fmt: skip


def tolls(dossier: Dossier, kind: str) -> tuple[Figure, ...]:
    """The figures of :class:`Together` for one kind of harm, without the rest."""
    asserted = [t for t in dossier.claims if t.claim.scope == "event" and t.claim.status == "asserted"]
    told = {t.id: r for t in asserted if (r := tally(t.claim, kind)) is not None}
    return _figures(kind, [t for t in asserted if t.id in told], told)


def _figures(kind: str, given: Sequence[Told], told: dict[str, Tally]) -> tuple[Figure, ...]:
    return people(kind, standing(given, told, covers)[0], told)


def _point(t: Told, kind: str, told: Tally) -> Point:
    names = tuple(v.name for v in t.chain.voices if v.name)
    by_status = [_pair(told.of(who)) for who in ("civilian", "combatant")]
    return Point(t.published, kind, told.all.low, told.all.high, told.all.open, by_status[0], by_status[1], t.id, names)


def _pair(r: Range | None) -> tuple[int, int] | None:
    return None if r is None else (r.low, r.high)


def _excess(kind: str, claims: Sequence[Told], told: dict[str, Tally]) -> list[Reason]:
    """Parts that are more than the whole that they are part of."""
    return [
        reason("counting:excess", claim=t.id, least=r.low, who=who, most=told[t.id].all.high, kind=kind)
        for t in claims
        for who, r in told[t.id].groups
        if not told[t.id].all.open and r.low > told[t.id].all.high
    ]
