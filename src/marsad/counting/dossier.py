"""Dossiers: the claims of one incident with what is known of the reports that tell them; all that counting looks at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from marsad.model import Claim, claim_of
from marsad.syndication.independence import Chain, Origins, chain, origins

__all__ = ["GRADES", "Dossier", "Told", "origins_of", "said_on", "told"]

GRADES = ("confirmed", "fair", "weak", "contested", "discounted")
_LATE = "9999-12-31"
# Origins that were found last, by the identity of the chains, and how many are kept.
_MOST = 256
_recent: dict[tuple[int, ...], tuple[tuple[Chain, ...], Origins]] = {}


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with what is known of its report.

    Attributes:
        claim: the claim.
        chain: how it came to its reader, with the keys of what its passage was copied in.
        published: ISO day of publication of its report, or None.
        publisher, language: of its report, as known.
    """

    claim: Claim
    chain: Chain
    published: str | None = None
    publisher: str | None = None
    language: str | None = None

    @property
    def id(self) -> str:
        """Id of the claim."""
        return self.claim.id

    @property
    def kinds(self) -> frozenset[str]:
        """Source kinds of those who make the statement."""
        return frozenset(voice.kind for voice in self.chain.voices)

    @property
    def by_party(self) -> bool:
        """Whether only belligerents say so."""
        return self.kinds == {"belligerent"}


def told(
    claim: Claim | Mapping[str, Any],
    *,
    published: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    copies: Iterable[str] = (),
    found: Chain | None = None,
) -> Told:
    """A claim with what is known of its report.

    Args:
        claim: the claim, or its public record.
        published, publisher, language: of its document.
        copies: keys of what its passage was copied in, as of :class:`Chain`; not looked at where ``found`` is given.
        found: the chain of the claim where it is known already (``marsad.register`` makes them with the copies).
    """
    made = claim if isinstance(claim, Claim) else claim_of(claim)
    return Told(made, found or chain(made, publisher, copies), published, publisher, language)


@dataclass(frozen=True, slots=True)
class Dossier:
    """The claims of one incident; whatever the order in which they are given, they stand by day of publication.

    Attributes:
        id: of the incident.
        claims: at least one, each once.
        grade: one of ``GRADES`` that a person has signed, or None.

    Raises:
        ValueError: no claim, a claim twice, or a grade that is none.
    """

    id: str
    claims: tuple[Told, ...]
    grade: str | None = None

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.claims, key=lambda t: (t.published or _LATE, t.claim.document, t.id)))
        if not ordered:
            raise ValueError(f"incident {self.id} has no claims; an incident is what claims tell")
        if len({t.id for t in ordered}) < len(ordered):
            raise ValueError(f"incident {self.id} has a claim twice; give each claim once")
        if self.grade is not None and self.grade not in GRADES:
            raise ValueError(f"incident {self.id}: {self.grade!r} is no grade; use one of {', '.join(GRADES)}")
        object.__setattr__(self, "claims", ordered)

    def origins(self) -> Origins:
        """The independent origins of all its claims that are no aggregates."""
        return origins_of(t for t in self.claims if t.claim.scope == "event")


def origins_of(claims: Iterable[Told]) -> Origins:
    """The independent origins of claims, which are given by day of publication."""
    chains = tuple(t.chain for t in claims)
    # Asked for the same claims of an incident many times over. The entry holds the chains, so that none of these ids is another's.
    key = tuple(map(id, chains))
    known = _recent.get(key)
    if known is not None:
        return known[1]
    made = origins(chains)
    if len(_recent) >= _MOST:
        _recent.clear()
    _recent[key] = (chains, made)
    return made


def said_on(claims: Iterable[Told]) -> dict[str, str | None]:
    """The day on which each claim was first said: that of the earliest copy of its passage, so that a late copy is no news."""
    given = list(claims)
    first: dict[str, str] = {}
    for t in given:
        for key in t.chain.copies:
            if t.published:
                first[key] = min(first.get(key, _LATE), t.published)
    days: dict[str, str | None] = {}
    for t in given:
        known = [first[key] for key in t.chain.copies if key in first]
        days[t.id] = min([*known, t.published]) if t.published else None
    return days
