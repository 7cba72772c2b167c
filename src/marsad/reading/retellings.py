"""Retellings: claims that add nothing to another claim, told before or told again in more detail.

They belong to that claim by convention (one event told twice is one claim) and give it only who says so.
"""

from __future__ import annotations

from marsad.model import Claim, Harm, Party, Source
from marsad.record import replace

__all__ = ["gathered"]

_SOME = frozenset({2, 20, 200, 2000})  # least numbers of "some", "dozens", "hundreds" and "thousands"
_FAR = 2  # times a number below that "more than" it is said of another
_OPPOSED = {"civilian", "combatant"}


def gathered(claims: list[tuple[Claim, bool, bool]]) -> list[Claim]:
    """The claims without retellings, whose sources go to the claim that they tell again.

    Args:
        claims: of one report in the order of the text, each with whether it is told as known ("the raid") and whether it is told
            as another one ("a second raid"), which is never a retelling.
    """
    found: list[tuple[Claim, bool]] = []
    for claim, known, other in claims:
        for n, (told, apart) in enumerate(found if not other else ()):
            if _adds_nothing(claim, told, known):
                found[n] = replace(told, sources=_together(told, claim)), apart
            elif not apart and _adds_nothing(told, claim, False):  # the brief telling came first
                found[n] = replace(claim, trigger=told.trigger, sources=_together(told, claim)), apart
            else:
                continue
            break
        else:
            found.append((claim, other))
    return [claim for claim, _ in found]


def _together(told: Claim, claim: Claim) -> tuple[Source, ...]:
    named = {(s.name, s.role) for s in told.sources}
    return (*told.sources, *(s for s in claim.sources if (s.name, s.role) not in named))


def _adds_nothing(claim: Claim, told: Claim, known: bool) -> bool:
    """Whether a claim has the type, day and place of another one, and no party, site or toll that the other lacks.

    "The raid" may also be told of a place around that of the other, as it says itself which raid it is.
    """
    if (claim.type, claim.status, claim.scope) != (told.type, told.status, told.scope) or claim.scope != "event":
        return False
    name, places = claim.place.name, (told.place.name, *(told.place.within if known else ()))
    return (
        name is not None
        and name in places
        and (claim.date.start, claim.date.end) == (told.date.start, told.date.end)
        and _ids(claim.perpetrators) <= _ids(told.perpetrators)
        and _ids(claim.targets) <= _ids(told.targets)
        and {s.kind for s in claim.sites} <= {s.kind for s in told.sites}
        and all(any(_covers(other, harm) for other in told.harm) for harm in claim.harm)
    )


def _covers(told: Harm, harm: Harm) -> bool:
    """Whether a number is that of another toll, or open and not above it ("dozens" beside 57, "more than 50", but not "more than 25").

    Civilians are no fighters: who says that three of them were killed does not say it of three fighters.
    """
    if told.kind != harm.kind or {told.status, harm.status} == _OPPOSED:
        return False
    if (harm.min, harm.max) == (told.min, told.max):
        return True
    if harm.max is not None or harm.min is None:
        return harm.max is None
    return told.min is not None and harm.min <= told.min and (harm.min in _SOME or told.min < _FAR * harm.min)


def _ids(parties: tuple[Party, ...]) -> set[str]:
    return {p.id or p.name for p in parties}
