"""What linking gives: incidents, doubts, and claims that are left alone with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field

from marsad.lexicon.reasons import Reason
from marsad.linking.parameters import Parameters

__all__ = ["ALONE_KINDS", "Alone", "Doubt", "Incident", "Linking"]


@dataclass(frozen=True, slots=True)
class Incident:
    """Claims that tell of one event.

    Attributes:
        id: stable over runs as long as most of its claims stay together.
        claims: ids in order.
        witnesses: how many independent reports tell of it; a report and its copies are one.
    """

    id: str
    claims: tuple[str, ...]
    witnesses: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two incidents, or an incident and a claim, that may be one event; a person decides.

    Attributes:
        first, second: ids of the incidents, or of claims that are left alone.
        claims: the pair of claims that speaks most for it, one of each.
        probability: chance that the two are one event, from the mean over all their pairs.
        reason: why it was not joined.
    """

    first: str
    second: str
    claims: tuple[str, str]
    probability: float
    reason: Reason


# Why a claim is in no incident; ``returned``, in a register, where a judgement that put it into one was taken back.
ALONE_KINDS = ("aggregate", "denied", "planned", "returned", "undated", "unplaced")


@dataclass(frozen=True, slots=True)
class Alone:
    """A claim that is in no incident. ``kind`` is one of ``ALONE_KINDS``."""

    claim: str
    kind: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Linking:
    """The whole outcome. ``parameters`` says in words where the weights are from, ``weights`` what they are."""

    incidents: tuple[Incident, ...]
    doubts: tuple[Doubt, ...]
    alone: tuple[Alone, ...]
    parameters: str = ""
    weights: Parameters | None = field(default=None, compare=False, repr=False)
    by_claim: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.by_claim.update({c: i.id for i in self.incidents for c in i.claims})
