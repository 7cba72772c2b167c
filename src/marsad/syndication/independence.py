"""Independence: how many independent origins stand behind claims, whatever number of addresses they were found at.

A claim reaches its reader along a chain: who makes the statement (``origin``), who passes it on (``carrier``), who publishes it.
Counted is the beginning of the chain:

* reports that are copies of one text count as the one text;
* the same named source counts once, in however many reports it speaks;
* a source without a name ("local sources") is known only by who quotes it: two outlets that are no copies of each other have two,
  marked as unnamed; whoever takes it from the same outlet has the same one;
* a claim without any source is the word of the outlet that it is taken from, or else of its publisher; where that outlet quotes
  others on the same matter, its own word may be theirs.

What cannot be told apart for want of a name, a publisher or a common script is not counted, and the count is then a lower bound
(``at_least``). Two is never said where it may be one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marsad.model import Claim, Evidence, Source
from marsad.record import record
from marsad.syndication.names import names_nobody, script, telling

__all__ = ["Chain", "Origin", "Origins", "Voice", "chain", "origins"]


@record(frozen=True, slots=True)
class Voice:
    """One at the beginning of a chain.

    Attributes:
        name: as written in the report; of an outlet that speaks itself, its name; the empty string if nothing is known.
        kind: source kind of ``docs/claims.md``; ``news`` for an outlet that speaks itself.
        named: whether it is called by a name; else it is known only by those who quote it.
        outlets: names of the outlets that have it first hand as far as known: the carriers, or else the publisher.
    """

    name: str
    kind: str
    named: bool
    outlets: tuple[str, ...]


@record(frozen=True, slots=True)
class Chain:
    """How a claim came to its reader.

    Attributes:
        claim, document: ids.
        origins: sources that make the statement, as the claim has them; empty where the outlet speaks itself.
        carriers: sources that pass it on, without the publisher itself.
        publisher: who published the report, or None if unknown.
        voices: the beginnings of the chain, at least one.
        copies: keys of what the passage that tells the claim was copied in; two claims of different documents that share one are
            told by the same text. The register gives them (``marsad.register.copies.chains``).
    """

    claim: str
    document: str
    origins: tuple[Source, ...]
    carriers: tuple[Source, ...]
    publisher: str | None
    voices: tuple[Voice, ...]
    copies: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The chain as data for JSON."""
        return {
            "claim": self.claim, "document": self.document, "origins": [s.to_dict() for s in self.origins],
            "carriers": [s.to_dict() for s in self.carriers], "publisher": self.publisher, "copies": list(self.copies),
        }  # fmt: skip


@record(frozen=True, slots=True)
class Origin:
    """One origin with all claims that go back to it.

    Attributes:
        name, kind, named: as of :class:`Voice`.
        counted: whether it is surely another one than the others; False where it may be one of them.
        claims, documents: ids, in the order given.
        reasons: why its claims count once, in words; empty where there is one claim.
    """

    name: str
    kind: str
    named: bool
    counted: bool
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    reasons: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {name: list(v) if isinstance(v := getattr(self, name), tuple) else v for name in self.__slots__}


@record(frozen=True, slots=True)
class Origins:
    """The independent origins of some claims.

    Attributes:
        count: how many there are, or at least are.
        at_least: whether there may be more.
        groups: the origins, those that are counted first; those that are not may be one of them.
    """

    count: int
    at_least: bool
    groups: tuple[Origin, ...]

    @property
    def named(self) -> int:
        """How many of those that are counted have a name."""
        return sum(g.counted and g.named for g in self.groups)

    def to_dict(self) -> dict[str, Any]:
        """The origins as data for JSON."""
        groups = [g.to_dict() for g in self.groups]
        return {"count": self.count, "at_least": self.at_least, "named": self.named, "groups": groups}


def chain(
    claim: Claim | Mapping[str, Any], publisher: str | None = None, copies: Iterable[str] = (), document: str = ""
) -> Chain:
    """The chain of a claim.

    Args:
        claim: the claim, or its public record (``Claim.to_dict``; what the register gives as ``ClaimRecord.value``).
        publisher: who published its document, or None if unknown.
        copies: as of :class:`Chain`.
        document: id of the document, if not that of the claim.
    """
    if isinstance(claim, Claim):
        identifier, of, sources = claim.id, claim.document, claim.sources
    else:
        identifier, of, sources = claim["id"], claim["document"], tuple(map(_source, claim["sources"]))
    publisher = (publisher or "").strip() or None
    own = telling(publisher) if publisher else frozenset[str]()
    told = tuple(s for s in sources if s.role == "origin")
    carriers = tuple(s for s in sources if s.role == "carrier" and not (own and telling(s.name) == own))
    outlets = tuple(dict.fromkeys(s.name for s in carriers)) or ((publisher,) if publisher else ())
    voices = [_voice(s, outlets) for s in told] or [Voice(outlets[0] if outlets else "", "news", True, outlets)]
    return Chain(identifier, document or of, told, carriers, publisher, tuple(dict.fromkeys(voices)), tuple(copies))


def _source(record: Mapping[str, Any]) -> Source:
    evidence = tuple(Evidence(e["start"], e["end"], e["text"]) for e in record.get("evidence", ()))
    return Source(record["name"], record["kind"], record["role"], evidence)


def _voice(source: Source, outlets: tuple[str, ...]) -> Voice:
    """The voice of a source; an outlet's own correspondent is the outlet."""
    if source.kind == "correspondent" and outlets:
        return Voice(outlets[0], "news", True, outlets)
    if source.kind == "news" and not names_nobody(source.name):
        return Voice(source.name, "news", True, (source.name,))
    named = source.kind != "unnamed" and not names_nobody(source.name)
    return Voice(source.name, source.kind, named, outlets)


def origins(chains: Iterable[Chain]) -> Origins:
    """Count the independent origins of claims, for example of all claims on one incident.

    Args:
        chains: of the claims; the order decides only whose name a group bears, so put the earliest report first.

    Returns:
        The origins with reasons. ``count`` is 0 only without any claim.
    """
    given = list(chains)
    if len(given) == 1 and len(given[0].voices) == 1:
        return _alone(given[0], given[0].voices[0])
    counting = _Counting(given)
    counting.merge_copies()
    counting.merge_names()
    counting.merge_unnamed()
    counting.doubt_outlets()
    return counting.result()


def _alone(one: Chain, voice: Voice) -> Origins:
    """One voice in one claim, as most incidents have it; what :class:`_Counting` would find."""
    counted = bool(voice.name) and (voice.named or bool(voice.outlets))
    origin = Origin(voice.name, voice.kind, voice.named, counted, (one.claim,), (one.document,), ())
    return Origins(1, not counted, (origin,))


class _Counting:
    """Voices of all chains, united where they are the same; costs grow with the number of claims of an incident squared."""

    def __init__(self, chains: Sequence[Chain]) -> None:
        self.chains = chains
        self.nodes = [(c, v) for c in chains for v in c.voices]
        self.of: dict[int, list[int]] = {}
        number = 0
        for index, c in enumerate(chains):
            self.of[index] = list(range(number, number + len(c.voices)))
            number += len(c.voices)
        self.parent = list(range(number))
        self.reasons: dict[int, list[str]] = {}
        # Voices that may be one of the others.
        self.doubtful: set[int] = set()

    def root(self, node: int) -> int:
        while self.parent[node] != node:
            self.parent[node] = self.parent[self.parent[node]]
            node = self.parent[node]
        return node

    def unite(self, one: int, other: int, reason: str) -> None:
        one, other = self.root(one), self.root(other)
        if one == other:
            return
        if other < one:
            one, other = other, one
        self.parent[other] = one
        told = self.reasons.setdefault(one, [])
        told += [r for r in (*self.reasons.pop(other, []), reason) if r not in told]

    def merge_copies(self) -> None:
        """Voices of a passage and of its copies: those of the copies are those of the text that has the most of them."""
        shared: dict[str, dict[str, list[int]]] = {}
        for index, c in enumerate(self.chains):
            for key in c.copies:
                shared.setdefault(key, {}).setdefault(c.document, []).extend(self.of[index])
        for documents in shared.values():
            if len(documents) < 2:
                continue
            base = max(documents.values(), key=len)  # of equals the first
            for nodes in documents.values():
                if nodes is not base:
                    for node in nodes:
                        self._copied(node, base)

    def _copied(self, node: int, base: list[int]) -> None:
        voice = self.nodes[node][1]
        same = [b for b in base if self.nodes[b][1].kind == voice.kind]
        fits = [b for b in same if telling(self.nodes[b][1].name) == telling(voice.name)]
        found = fits or (same if not voice.named or voice.kind == "news" else [])
        if found:
            self.unite(found[0], node, "copies of one text")
        elif len(base) == 1 and not voice.named:
            self.unite(base[0], node, "copies of one text")
        else:
            self.doubtful.add(node)

    def merge_names(self) -> None:
        """The same name of the same kind; a shorter name is the one longer name that it fits."""
        named = [n for n, (_, v) in enumerate(self.nodes) if v.named and v.name]
        named.sort(key=lambda n: (-len(telling(self.nodes[n][1].name)), n))
        heads: list[int] = []
        unclear: set[int] = set()
        for node in named:
            voice = self.nodes[node][1]
            words = telling(voice.name)
            fits = [
                h for h in heads
                if words == telling(self.nodes[h][1].name)
                or (voice.kind == self.nodes[h][1].kind != "news" and words < telling(self.nodes[h][1].name))
            ]  # fmt: skip
            exact = [h for h in fits if telling(self.nodes[h][1].name) == words]
            if exact or len(fits) == 1:
                head = (exact or fits)[0]
                reason = "one outlet" if voice.kind == "news" else "one source"
                self.unite(head, node, f"{reason}: {self.nodes[head][1].name}")
                if head in unclear:
                    unclear.add(node)
                continue
            if fits or self._other_script(voice, heads):
                unclear.add(node)
            heads.append(node)
        self.doubtful |= unclear
        for node, (_, voice) in enumerate(self.nodes):
            if not voice.name:
                self.doubtful.add(node)

    def _other_script(self, voice: Voice, heads: Sequence[int]) -> bool:
        """Whether a voice of its kind is named in another script, so that both may be one."""
        return any(self.nodes[h][1].kind == voice.kind and script(self.nodes[h][1].name) != script(voice.name) for h in heads)

    def merge_unnamed(self) -> None:
        """Unnamed sources of a kind that come from the same outlet."""
        first: dict[tuple[str, frozenset[str]], int] = {}
        unknown: list[int] = []
        for node, (_, voice) in enumerate(self.nodes):
            if voice.named:
                continue
            if not voice.outlets:
                unknown.append(node)
                continue
            for outlet in voice.outlets:
                key = (voice.kind, telling(outlet))
                if key in first:
                    self.unite(first[key], node, f"unnamed sources of one outlet: {outlet}")
                else:
                    first[key] = node
        for node in unknown:
            self.doubtful.add(node)

    def doubt_outlets(self) -> None:
        """The own word of an outlet that quotes others too may be what they told it."""
        quoting = {telling(o) for _, v in self.nodes if v.kind != "news" for o in v.outlets}
        for node, (_, voice) in enumerate(self.nodes):
            if voice.kind == "news" and voice.name and telling(voice.name) in quoting:
                self.doubtful.add(node)

    def result(self) -> Origins:
        members: dict[int, list[int]] = {}
        for node in range(len(self.nodes)):
            members.setdefault(self.root(node), []).append(node)
        groups = []
        for root, nodes in members.items():
            best = next((n for n in nodes if self.nodes[n][1].named), nodes[0])
            voice = self.nodes[best][1]
            counted = any(n not in self.doubtful for n in nodes)
            claims = tuple(dict.fromkeys(self.nodes[n][0].claim for n in nodes))
            documents = tuple(dict.fromkeys(self.nodes[n][0].document for n in nodes))
            reasons = tuple(self.reasons.get(root, ())) if len(claims) > 1 else ()
            groups.append(Origin(voice.name, voice.kind, voice.named, counted, claims, documents, reasons))
        groups.sort(key=lambda g: not g.counted)
        count = sum(g.counted for g in groups)
        return Origins(count or min(1, len(groups)), count < len(groups), tuple(groups))
