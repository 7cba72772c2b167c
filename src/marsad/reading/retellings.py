"""Retellings: claims of "the raid" or "the attack" that add nothing to a claim told before.

They belong to that claim by convention (one event told twice is one claim) and give it only who says so.
"""

from __future__ import annotations

from dataclasses import replace

from marsad.model import Claim, Party

__all__ = ["gathered"]


def gathered(claims: list[tuple[Claim, bool]]) -> list[Claim]:
    """The claims without retellings, whose sources go to the claim that they tell again.

    Args:
        claims: of one report in the order of the text, each with whether it is told as known ("the raid").
    """
    found: list[Claim] = []
    for claim, known in claims:
        at = next((n for n, told in enumerate(found) if _adds_nothing(claim, told)), -1) if known else -1
        if at < 0:
            found.append(claim)
            continue
        told = found[at]
        named = {(s.name, s.role) for s in told.sources}
        more = tuple(s for s in claim.sources if (s.name, s.role) not in named)
        if more:
            found[at] = replace(told, sources=told.sources + more)
    return found


def _adds_nothing(claim: Claim, told: Claim) -> bool:
    """Whether a claim has the type, day and place of one told before, and no party, site or toll that the other lacks."""
    if (claim.type, claim.status, claim.scope) != (told.type, told.status, told.scope) or claim.scope != "event":
        return False
    name, places = claim.place.name, (told.place.name, *told.place.within)
    return (
        name is not None
        and name in places
        and (claim.date.start, claim.date.end) == (told.date.start, told.date.end)
        and _ids(claim.perpetrators) <= _ids(told.perpetrators)
        and _ids(claim.targets) <= _ids(told.targets)
        and {s.kind for s in claim.sites} <= {s.kind for s in told.sites}
        and {(h.kind, h.min, h.max) for h in claim.harm} <= {(h.kind, h.min, h.max) for h in told.harm}
    )


def _ids(parties: tuple[Party, ...]) -> set[str]:
    return {p.id or p.name for p in parties}
