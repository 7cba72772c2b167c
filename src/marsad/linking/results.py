"""What linking gives: incidents, doubts, and claims that are left alone with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field

from marsad.linking.parameters import Parameters

__all__ = ["Alone", "Doubt", "Incident", "Linking"]


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
        reason: why it was not joined, in words.
    """

    first: str
    second: str
    claims: tuple[str, str]
    probability: float
    reason: str


@dataclass(frozen=True, slots=True)
class Alone:
    """A claim that is in no incident. ``kind`` is ``aggregate``, ``planned``, ``denied``, ``undated`` or ``unplaced``."""

    claim: str
    kind: str
    reason: str


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
