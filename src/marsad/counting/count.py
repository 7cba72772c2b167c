"""Counting: the numbers of one incident by a policy, with the claims used and those left out, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from marsad.counting.dossier import Dossier, Told, origins_of, said_on
from marsad.counting.figures import CLASHES, Figure, contested, others, people
from marsad.counting.grading import Grade, suggest
from marsad.counting.policy import Policy, vague
from marsad.counting.ranges import Tally, Vague, tally, vagueness
from marsad.counting.standing import covers, replaces, standing
from marsad.lexicon.reasons import AnyOf, Reason, reason, texts
from marsad.record import record

__all__ = ["STANDINGS", "Count", "LeftOut", "count"]

STANDINGS = ("counted", "beside", "left out")


@record(frozen=True, slots=True)
class LeftOut:
    """A claim that the numbers do not rest on, and why.

    ``code`` is one of ``aggregate``, ``status``, ``type``, ``language``, ``party``, ``days``, ``vague``, ``silent`` (tells no number),
    ``context`` (a party's word on whom it killed), ``superseded``, ``chosen`` (another number or claim was chosen) and ``incident`` (the incident as a whole is not counted).
    """

    claim: str
    code: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Count:
    """What a policy makes of an incident.

    Attributes:
        incident: its id.
        policy, version: of the policy.
        standing: ``counted`` in totals, ``beside`` (numbers are given and no part of totals) or ``left out``.
        reasons: why it is not counted; empty where it is.
        figures: the numbers; empty where it is left out.
        used: ids of the claims that the numbers rest on; left_out: all others. Together they are all claims of the incident.
        origins: independent origins of the claims used; at_least: whether there may be more.
        grade: signed by a person (``grade_signed``) or suggested, or None; only a policy that asks for grades has one.
        notes: what else must be known to read the numbers.
    """

    incident: str
    policy: str
    version: str
    standing: str
    reasons: tuple[Reason, ...]
    figures: tuple[Figure, ...]
    used: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    origins: int
    at_least: bool
    grade: str | None = None
    grade_signed: bool = False
    notes: tuple[Reason, ...] = ()

    def figure(self, kind: str, who: str) -> Figure | None:
        """The figure of a kind of harm and of some people, or None if it tells of none."""
        return next((f for f in self.figures if (f.kind, f.who) == (kind, who)), None)

    def to_dict(self) -> dict[str, Any]:
        """The count as data for JSON, its words in English."""
        plain = {name: list(v) if isinstance(v := getattr(self, name), tuple) else v for name in self.__slots__}
        left = [{"claim": x.claim, "code": x.code, "reason": x.reason.text()} for x in self.left_out]
        words = {"reasons": texts(self.reasons), "notes": texts(self.notes)}
        return plain | words | {"figures": [f.to_dict() for f in self.figures], "left_out": left}


def count(dossier: Dossier, policy: Policy, suggested: Grade | None = None) -> Count:
    """The numbers of an incident by a policy; the same in whatever order its claims are given.

    Args:
        dossier: the incident. policy: by which it is counted.
        suggested: its suggested grade, if it was made already.
    """
    return _Counting(dossier, policy, suggested).result()


class _Counting:
    def __init__(self, dossier: Dossier, policy: Policy, suggested: Grade | None) -> None:
        self.dossier, self.policy, self.rules, self.suggested = dossier, policy, policy.figures, suggested
        self.left: dict[str, LeftOut] = {}
        self.notes: list[Reason] = []
        self.speaking = [t for t in dossier.claims if self._admitted(t)]
        self.days = said_on(self.speaking)
        self.readings = self._readings()
        self.tallies = {kind: self._tallies(kind) for kind in self.rules.kinds}

    def leave(self, claim: str, code: str, why: Reason) -> None:
        """The first reason of a claim stays."""
        self.left.setdefault(claim, LeftOut(claim, code, why))

    def _admitted(self, t: Told) -> bool:
        claim, rules = t.claim, self.policy.claims
        if claim.scope == "aggregate":
            self.leave(t.id, "aggregate", reason("counting:aggregate"))
        elif rules.statuses and claim.status not in rules.statuses:
            self.leave(t.id, "status", reason("counting:status", status=claim.status, statuses=AnyOf(rules.statuses)))
        elif rules.types and claim.type not in rules.types:
            self.leave(t.id, "type", reason("counting:type", type=claim.type))
        elif rules.languages and t.language not in rules.languages:
            told = reason("counting:language", language=t.language or "unknown", languages=AnyOf(rules.languages))
            self.leave(t.id, "language", told)
        elif rules.not_by and t.kinds <= set(rules.not_by):
            self.leave(t.id, "party", reason("counting:party", kinds=AnyOf(sorted(t.kinds))))
        elif rules.max_days and (days := _days(t)) > rules.max_days:
            self.leave(t.id, "days", reason("counting:days", days=days, most=rules.max_days))
        else:
            return True
        return False

    def _readings(self) -> list[tuple[Told, Vague, bool]]:
        """How the numbers of each claim are taken, and whether its people are presumed civilian."""
        made, numbers = [], self.policy.numbers
        presume = self.rules.presume_civilian and not any(t.claim.type in CLASHES for t in self.dossier.claims)
        for t in self.speaking:
            significant = t.claim.type in numbers.significant_types
            if not significant and numbers.significant_harm > 0:
                most = max((n for h in t.claim.harm for n in (h.min, h.max) if n is not None), default=0)
                significant = numbers.significant_harm <= most
            made.append((t, vague(numbers, significant), presume and not _armed_aim(t)))
        return made

    def _tallies(self, kind: str) -> dict[str, Tally]:
        found = {}
        for t, taken, presumed in self.readings:
            told = tally(t.claim, kind, taken, presume_civilian=presumed)
            if told is not None:
                found[t.id] = told
        # A number that stands for words is one where nobody tells a number, and no lower bound beside one that is told.
        stand_ins = [t.id for t in self.speaking if t.id in found and self._stands_for_words(t, kind)]
        if len(stand_ins) < len(found):
            for claim in stand_ins:
                self.leave(claim, "vague", reason("counting:vague.other", kind=kind))
                del found[claim]
        return found

    def _stands_for_words(self, t: Told, kind: str) -> bool:
        """Whether the policy puts a number of its own for what a claim says of a kind of harm."""
        numbers = self.policy.numbers
        told = [v for h in t.claim.harm if h.kind == kind and (v := vagueness(h)) is not None]
        return any(isinstance(getattr(numbers, v), int) for v in told)

    def result(self) -> Count:
        figures = self._one() if self.rules.choice == "one" else self._by_kind()
        if not figures and self.rules.zero_if_none and self.speaking:
            ids = tuple(t.id for t in self.speaking)
            figures = [Figure(kind, "all", 0, 0, 0, False, False, ids) for kind in self.rules.kinds if "all" in self.rules.who]
        figures = [f for f in figures if f.who in self.rules.who or (f.who.startswith("side:") and "sides" in self.rules.who)]
        self._silent()
        rests = {claim for f in figures for claim in f.claims}
        used = [t for t in self.dossier.claims if t.id in rests]
        found = origins_of(used)
        wanted = self.policy.incidents
        out = self._refused(figures, used)
        beside = []
        if found.count < wanted.min_origins:
            key = "counting:origins.label" if wanted.beside_as else "counting:origins"
            beside.append(reason(key, label=wanted.beside_as, number=found.count, wanted=wanted.min_origins))
        grade, signed = None, False
        if wanted.grades:
            signed = self.dossier.grade is not None
            grade = self.dossier.grade or (self.suggested or suggest(self.dossier)).grade
            if grade not in wanted.grades:
                key = "counting:grade." + ("none" if grade is None else "signed" if signed else "suggested")
                beside.append(reason(key, grade=grade, grades=AnyOf(wanted.grades)))
        standing_ = "left out" if out else "beside" if beside else "counted"
        if out:
            for t in used:
                self.leave(t.id, "incident", reason("counting:incident", why=out[0]))
            figures, used = [], []
        kept = {t.id for t in used}
        left = tuple(self.left[t.id] for t in self.dossier.claims if t.id not in kept)
        return Count(
            self.dossier.id, self.policy.name, self.policy.version, standing_, tuple(out or beside), tuple(figures),
            tuple(t.id for t in used), left, found.count if used else 0, found.at_least if used else False, grade, signed,
            tuple(self.notes),
        )  # fmt: skip

    def _refused(self, figures: Sequence[Figure], used: Sequence[Told]) -> list[Reason]:
        """Why the incident is left out."""
        wanted = self.policy.incidents
        if not figures:
            return [reason("counting:nothing")]
        out = []
        harmed = sum(max((f.high for f in figures if f.kind == kind), default=0) for kind in self.rules.kinds)
        if harmed < wanted.min_people:
            out.append(reason("counting:people", number=harmed, wanted=wanted.min_people))
        if wanted.date_precisions and not any(_dated(t) and t.claim.date.precision in wanted.date_precisions for t in used):
            out.append(reason("counting:date", precisions=AnyOf(wanted.date_precisions)))
        if wanted.place_precisions and not any(t.claim.place.precision in wanted.place_precisions for t in used):
            out.append(reason("counting:place", precisions=AnyOf(wanted.place_precisions)))
        return out

    def _silent(self) -> None:
        """Reasons of the claims that tell no number, or none that the policy takes."""
        kinds = AnyOf(self.rules.kinds)
        for t in self.speaking:
            if any(t.id in told for told in self.tallies.values()):
                self.leave(t.id, "silent", reason("counting:silent.whom", kinds=kinds))
                continue
            words = {v for h in t.claim.harm if h.kind in self.rules.kinds if (v := vagueness(h)) is not None}
            if words:
                self.leave(
                    t.id,
                    "vague",
                    reason("counting:vague", kinds=kinds, words=AnyOf(reason(f"counting:vague.{v}") for v in sorted(words))),
                )
            else:
                self.leave(t.id, "silent", reason("counting:silent", kinds=kinds))

    def _stands(self, kind: str, *, status: bool) -> list[Told]:
        """Claims that stand for everybody's number, or for numbers by status."""
        given = [t for t in self.speaking if t.id in self.tallies[kind]]
        if not self.rules.superseded:
            return given
        stands, fallen = standing(given, self.tallies[kind], covers if status else replaces)
        for f in fallen:
            if f.claim != f.by:
                self.leave(
                    f.claim,
                    "superseded",
                    reason("counting:superseded" if f.origin else "counting:superseded.same", origin=f.origin, by=f.by),
                )
        return stands

    def _by_kind(self) -> list[Figure]:
        figures: list[Figure] = []
        for kind in self.rules.kinds:
            whole = self._stands(kind, status=False)
            if not whole:
                continue
            if self.rules.choice == "range":
                figures += self._range(kind, whole)
            elif self.rules.choice == "lowest":
                figures += self._lowest(kind, whole)
            else:
                figures += self._best(kind, whole)
        return figures

    def _range(self, kind: str, whole: Sequence[Told]) -> list[Figure]:
        told = self.tallies[kind]
        detailed = self._stands(kind, status=True)
        context = self._context(kind, detailed)
        disputed = contested(detailed, told)
        if context and len(context) < len(detailed):
            for t in context:
                self.leave(t.id, "context", reason("counting:context"))
            whole = [t for t in whole if t not in context]
            detailed = [t for t in detailed if t not in context]
            disputed = contested(detailed, told)
        elif context:
            disputed = True
            self.notes.append(reason("counting:context.least", kind=kind))
        sides = self.rules.add_sides
        by_status = people(kind, detailed, told, sides=sides, disputed=disputed)
        if not whole or whole == detailed:
            return list(by_status)
        everybody = people(kind, whole, told, sides=sides)[0]
        return [everybody, *(f.within(everybody) for f in by_status if f.who != "all")]

    def _context(self, kind: str, claims: Sequence[Told]) -> list[Told]:
        """Claims in which only a party says that the people were fighters, other than in a clash."""
        told, kinds = self.tallies[kind], set(self.rules.not_combatants_by)
        found = [t for t in claims if kinds and t.kinds <= kinds and t.claim.type not in CLASHES]
        return [t for t in found if told[t.id].combatant is not None and told[t.id].civilian is None]

    def _numbers(self, kind: str, whole: Sequence[Told]) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
        """The number of each claim, with what is added from other sides, and these by party."""
        told = self.tallies[kind]
        more = others(whole, told) if self.rules.add_sides else {}
        extra = {t.id: {key: r.low for key, r in more.get(t.id, {}).items()} for t in whole}
        return {t.id: told[t.id].all.low + sum(extra[t.id].values()) for t in whole}, extra

    def _lowest(self, kind: str, whole: Sequence[Told]) -> list[Figure]:
        numbers, extra = self._numbers(kind, whole)
        least = min(numbers.values())
        ids = [t.id for t in whole if numbers[t.id] == least]
        # Who tells the other side's dead is used too.
        ids = [t.id for t in whole if t.id in ids or any(extra[i] for i in ids)]
        for t in whole:
            if t.id not in ids:
                self.leave(t.id, "chosen", reason("counting:lowest", number=numbers[t.id], kind=kind, least=least))
        return [Figure(kind, "all", least, least, least, False, False, tuple(ids))]

    def _best(self, kind: str, whole: Sequence[Told]) -> list[Figure]:
        told = self.tallies[kind]
        numbers, extra = self._numbers(kind, whole)
        weak = set(self.rules.best_not_by)
        able = [t for t in whole if not t.kinds <= weak] or list(whole)
        by_number = {n: [t for t in able if numbers[t.id] == n] for n in sorted({numbers[t.id] for t in able})}
        best = max(by_number, key=lambda n: self._rank(by_number[n], n))
        chosen = max(by_number[best], key=lambda t: (self._detail(t), self.days[t.id] or "", t.id))
        mine = told[chosen.id]
        split = {"all": best, "unknown": mine.open.low if mine.open else 0}
        split["civilian"] = (mine.civilian.low if mine.civilian else 0) + extra[chosen.id].get("", 0)
        split["combatant"] = best - split["unknown"] - split["civilian"]
        split |= {f"side:{k}": r.low for k, r in mine.sides} | {f"side:{k}": n for k, n in extra[chosen.id].items() if k}
        figures = people(kind, whole, told, sides=self.rules.add_sides)
        return [
            replace(f, best=b, low=min(f.low, b), high=max(f.high, b))
            for f in figures
            for b in [split.get(f.who, 0)]
            if f.who in split or f.who.startswith("side:")
        ]  # fmt: skip

    def _one(self) -> list[Figure]:
        stands = {t.id: t for kind in self.rules.kinds for t in self._stands(kind, status=False)}
        given = [t for t in self.speaking if t.id in stands]
        if not given:
            return []
        chosen = max(given, key=lambda t: (self._rank([t], self._lows(t)), t.id))
        ways = [reason(f"counting:by.{way}") for way in self.rules.best_by]
        for t in given:
            if t is not chosen:
                self.leave(t.id, "chosen", reason("counting:one", claim=chosen.id, ways=ways))
        figures = []
        for kind in self.rules.kinds:
            mine = self.tallies[kind].get(chosen.id)
            if mine is None:
                continue
            parts = {"all": mine.all, "civilian": mine.civilian, "combatant": mine.combatant, "unknown": mine.open}
            parts |= {f"side:{k}": r for k, r in mine.sides} | dict(mine.groups)
            figures += [
                Figure(kind, who, r.low, r.low, r.low, r.open, False, (chosen.id,)) for who, r in parts.items() if r is not None
            ]
        return figures

    def _lows(self, t: Told) -> int:
        return sum(told[t.id].all.low for told in self.tallies.values() if t.id in told)

    def _rank(self, claims: Sequence[Told], number: int) -> tuple[Any, ...]:
        """By what the policy decides, the greatest first."""
        ways: dict[str, Any] = {
            "origins": origins_of(claims).count,
            "detail": max(self._detail(t) for t in claims),
            "latest": max(self.days[t.id] or "" for t in claims),
            "lowest": -number,
            "highest": number,
        }
        return tuple(ways[way] for way in self.rules.best_by)

    def _detail(self, t: Told) -> int:
        """How much a claim tells of people: closed numbers, statuses, sides and parts."""
        found = [told[t.id] for told in self.tallies.values() if t.id in told]
        return sum(
            (not r.all.open) + 1 + (r.civilian is not None) + (r.combatant is not None) + len(r.sides) + len(r.groups)
            for r in found
        )  # fmt: skip


def _dated(t: Told) -> bool:
    return t.claim.date.start is not None and t.claim.date.end is not None


def _days(t: Told) -> int:
    start, end = t.claim.date.start, t.claim.date.end
    if start is None or end is None:
        return 0
    return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1


def _armed_aim(t: Told) -> bool:
    """Whether an armed party or only military sites were hit, so that people of unknown status may be fighters."""
    ids = {p.id for p in t.claim.targets if p.id is not None}
    sites = {s.kind for s in t.claim.sites}
    return bool(ids - {"civilians"}) or sites == {"military"}
