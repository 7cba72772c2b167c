"""Constraints: what people have decided, which stands above everything that is computed.

``Constraints`` says which claims are of one event, which are of two, and which incidents are settled. Decisions that contradict each
other are refused, with the chain of decisions that leads from the one to the other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from marsad.errors import MarsadError
from marsad.lexicon.reasons import Told, refusal

__all__ = ["NONE", "Constraints", "Contradiction"]


class Contradiction(MarsadError):
    """Decisions that cannot hold together.

    Attributes:
        chain: ids of claims, from the one to the other, each joined to the next by a decision.
    """

    def __init__(self, chain: tuple[str, ...], why: Told) -> None:
        super().__init__(refusal("contradiction", chain=" = ".join(chain), why=why))
        self.chain = chain


@dataclass(frozen=True, slots=True)
class Constraints:
    """Decisions on pairs of claims and on incidents, by claim id.

    Attributes:
        together: pairs that are of one event.
        different: pairs that are of two.
        settled: claim to the incident in which people have put it or signed it. Two incidents of this kind are never joined.
        apart: pairs of incidents that people told apart, so that nobody is asked again.
    """

    together: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[str, str], ...] = ()
    settled: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[frozenset[str]] = frozenset()

    def groups(self, claims: Iterable[str]) -> list[tuple[str, ...]]:
        """The given claims in groups that must stay together, each and all of them in order of ids.

        Raises:
            Contradiction: a group holds two claims that are different, or of two settled incidents.
        """
        known = sorted(set(claims))
        links = self._links()
        groups: list[tuple[str, ...]] = []
        seen: set[str] = set()
        for claim in known:
            if claim in seen:
                continue
            reached = _reached(claim, links)
            seen |= reached
            groups.append(tuple(c for c in sorted(reached) if c in set(known)) if len(reached) > 1 else (claim,))
        self._check(links)
        return groups

    def reached(self, claims: Iterable[str]) -> set[str]:
        """Claims that must stay together with one of the given ones, and these."""
        links = self._links()
        return {other for claim in claims for other in _reached(claim, links)}

    def _links(self) -> dict[str, list[str]]:
        links: dict[str, list[str]] = {}
        members: dict[str, str] = {}
        pairs = list(self.together)
        for claim, incident in sorted(self.settled.items()):
            first = members.setdefault(incident, claim)
            if first != claim:
                pairs.append((first, claim))
        for a, b in pairs:
            links.setdefault(a, []).append(b)
            links.setdefault(b, []).append(a)
        return {claim: sorted(others) for claim, others in links.items()}

    def _check(self, links: Mapping[str, list[str]]) -> None:
        for a, b in sorted(self.different):
            chain = _chain(a, b, links)
            if chain:
                raise Contradiction(chain, refusal("contradiction.different", first=a, second=b))
        owners: dict[str, tuple[str, str]] = {}
        for claim, incident in sorted(self.settled.items()):
            if claim not in links:
                continue
            root = min(_reached(claim, links))
            other, held = owners.setdefault(root, (claim, incident))
            if held != incident:
                raise Contradiction(
                    _chain(other, claim, links),
                    refusal("contradiction.settled", first=other, held=held, second=claim, incident=incident),
                )


NONE = Constraints()


def _reached(claim: str, links: Mapping[str, list[str]]) -> set[str]:
    reached, queue = {claim}, deque((claim,))
    while queue:
        for other in links.get(queue.popleft(), ()):
            if other not in reached:
                reached.add(other)
                queue.append(other)
    return reached


def _chain(start: str, end: str, links: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The shortest chain of claims from one to another; empty if there is none."""
    before: dict[str, str] = {start: start}
    queue = deque((start,))
    while queue:
        claim = queue.popleft()
        if claim == end:
            chain = [claim]
            while chain[-1] != start:
                chain.append(before[chain[-1]])
            return tuple(reversed(chain))
        for other in links.get(claim, ()):
            if other not in before:
                before[other] = claim
                queue.append(other)
    return ()
