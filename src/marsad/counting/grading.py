"""Grading: a grade suggested from independent origins and statements of belligerents, with its inputs, for a person to sign.

The grades are those of Airwars. A suggestion is never more than one: a program can count who says what, and cannot verify.
"""

from __future__ import annotations

from typing import Any

from marsad.counting.allegations import Allegation, Denial, allegations, competing, denials
from marsad.counting.dossier import Dossier, Told, origins_of
from marsad.counting.ranges import Tally, Vague, tally
from marsad.lexicon.reasons import Reason, reason, texts
from marsad.record import record

__all__ = ["Grade", "Inputs", "suggest"]

FAIR = 2  # credible origins of a fair grade
# People without a number are people too.
_ANYBODY = Vague(unknown=1)


@record(frozen=True, slots=True)
class Inputs:
    """What a grade is suggested from.

    Attributes:
        origins, at_least: independent origins other than belligerents that say that people who may be civilians came to harm.
        named: how many of them have a name.
        allegations, denials: as of their modules.
        competing: pairs of parties that claims name against each other.
        civilian, combatant: ids of the claims that say civilians, or only combatants, came to harm.
        admitting: ids of the claims in which a party says of itself that its act harmed civilians.
        declared: ids of the claims in which a party says that it acted, whoever came to harm.
    """

    origins: int
    at_least: bool
    named: int
    allegations: tuple[Allegation, ...]
    denials: tuple[Denial, ...]
    competing: tuple[tuple[str, ...], ...]
    civilian: tuple[str, ...]
    combatant: tuple[str, ...]
    admitting: tuple[str, ...]
    declared: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The inputs as data for JSON."""
        plain = {name: list(v) if isinstance(v := getattr(self, name), tuple) else v for name in self.__slots__}
        told = {name: [x.to_dict() for x in getattr(self, name)] for name in ("allegations", "denials")}
        return plain | told | {"competing": [list(pair) for pair in self.competing]}


@record(frozen=True, slots=True)
class Grade:
    """A suggested grade: one of ``confirmed``, ``fair``, ``weak``, ``contested``, ``discounted``, or None where there is nothing to
    grade; why; and its inputs. It is for a person to sign (``Dossier.grade``) or to change."""

    grade: str | None
    reasons: tuple[Reason, ...]
    inputs: Inputs

    def to_dict(self) -> dict[str, Any]:
        """The suggestion as data for JSON."""
        return {"suggested": self.grade, "reasons": texts(self.reasons), "inputs": self.inputs.to_dict()}


def suggest(dossier: Dossier) -> Grade:
    """Suggest a grade of civilian harm.

    * confirmed: a belligerent says of itself that its act harmed civilians;
    * contested: claims name parties of different camps;
    * discounted: all who say whose people they were, a source that is no party among them, call them combatants;
    * fair: two independent origins that are no parties, and a party is named;
    * weak: anything else that tells of harm to people who may be civilians.
    """
    claims = [t for t in dossier.claims if t.claim.scope == "event" and t.claim.status == "asserted"]
    told = {t.id: [r for kind in ("killed", "injured") if (r := _tally(t, kind)) is not None] for t in claims}
    harm = [t for t in claims if told[t.id]]
    civilian = [t for t in harm if any(r.civilian is not None for r in told[t.id])]
    combatant = [t for t in harm if all(r.combatant is not None and r.civilian is None and r.open is None for r in told[t.id])]
    alleging = [t for t in harm if t not in combatant and not t.by_party]
    found = origins_of(alleging)
    credible = [g for g in found.groups if g.counted and g.kind != "belligerent"] if alleging else []
    named = allegations(claims)
    own = {c for a in named for c in a.admitted}
    inputs = Inputs(
        len(credible) or (found.count if alleging else 0), found.at_least, sum(g.named for g in credible), named,
        denials(dossier.claims), competing(claims), _ids(civilian), _ids(combatant),
        tuple(t.id for t in civilian if t.id in own), tuple(t.id for t in claims if t.id in own),
    )  # fmt: skip
    grade, reasons = _grade(inputs, harm, [t for t in combatant if not t.by_party], alleging)
    return Grade(grade, (*reasons, *_remarks(inputs)), inputs)


def _grade(inputs: Inputs, harm: list[Told], outside: list[Told], alleging: list[Told]) -> tuple[str | None, list[Reason]]:
    if inputs.admitting:
        return "confirmed", [reason("grading:admitted", claims=inputs.admitting)]
    if not harm:
        return None, [reason("grading:no_harm")]
    if not inputs.civilian and outside:
        return "discounted", [reason("grading:combatants", claims=_ids(outside))]
    if not alleging and not inputs.civilian:
        return None, [reason("grading:party_only")]
    if inputs.competing:
        pairs = [reason("grading:against", one=one, other=other) for one, other in inputs.competing]
        return "contested", [reason("grading:different", pairs=pairs)]
    known = [a for a in inputs.allegations if a.party != "unidentified"]
    if inputs.origins >= FAIR and known:
        return "fair", [reason("grading:fair", number=inputs.origins)]
    if inputs.origins >= FAIR:
        return "weak", [reason("grading:nobody_named", number=inputs.origins)]
    if inputs.origins == 0:
        return "weak", [reason("grading:belligerents")]
    return "weak", [reason("grading:one.more" if inputs.at_least else "grading:one")]


def _remarks(inputs: Inputs) -> list[Reason]:
    """What does not decide and a person should know."""
    remarks = []
    if inputs.denials:
        remarks.append(reason("grading:denied", claims=[d.claim for d in inputs.denials]))
    if inputs.declared and not inputs.admitting:
        remarks.append(reason("grading:acted", claims=inputs.declared))
    if inputs.combatant and inputs.civilian:
        remarks.append(reason("grading:both", combatant=inputs.combatant, civilian=inputs.civilian))
    return remarks


def _tally(t: Told, kind: str) -> Tally | None:
    return tally(t.claim, kind, _ANYBODY)


def _ids(claims: list[Told]) -> tuple[str, ...]:
    return tuple(t.id for t in claims)
