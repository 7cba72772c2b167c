"""The cast of a report: its parties, which of them can act, what is written before them and which stand together."""

from __future__ import annotations

from bisect import bisect_left

from marsad.reading.anchors import Anchor
from marsad.reading.clauses import Mark
from marsad.reading.munitions import owners
from marsad.reading.parties import PartyMention
from marsad.reading.predicates import predicates_of
from marsad.reading.report import Report
from marsad.reading.roleverbs import Verb, verbs_of
from marsad.reading.sites import SiteMention
from marsad.text.fold import fold

__all__ = ["BLOCKS", "QUOTES", "Cast"]

QUOTES = frozenset("\"'«»“”‘’()[]#")
# Words of clauses between which and a party no subject or joined party stands.
BLOCKS = frozenset(
    {"prep", "patient", "agent", "between", "beside", "cause", "effect", "open", "that", "pronoun", "relative", "support"}
)
_NO_TYPES = frozenset[str]()


class Cast:
    """The parties and verbs of a report.

    Attributes:
        report: the report.
        anchors: its anchors.
        parties: its parties in order; verbs: its verbs by token.
        deeds: tokens of verbs that name events; places_hit: tokens of sites.
    """

    def __init__(self, report: Report, anchors: list[Anchor]) -> None:
        self._types = report.clauses.types
        self.report = report
        self.anchors = anchors
        self.verbs: dict[int, Verb] = verbs_of(report, anchors)
        self._bombers = {t.index for t in report.triggers if t.kind == "suicide"}
        self.deeds = {t.index for t in report.triggers if t.verb}
        named = {a.index for a in anchors}  # a word for an event is no site ("an ambush of the group")
        self.places_hit = {i for s in report.sites if s.head not in named for i in range(s.first, s.last + 1)}
        self._owned: dict[int, list[PartyMention]] | None = None
        placed = {i for p in report.places for i in range(p.mention.first, p.mention.last + 1)}
        inside = placed - {p.mention.first for p in report.places}
        # A word for people inside the name of a place is none, nor is a country behind its first word ("the lake of Chad").
        self.parties = [
            p for p in report.parties if p.first not in (placed if p.sort == "civilians" else inside if p.sort == "state" else ())
        ]
        self._firsts = [p.first for p in self.parties]
        self._sited = [s.first for s in report.sites]
        self._anchored = sorted(a.index for a in anchors)
        deeds = sorted(t.index for t in report.triggers if t.verb and t.strength == "sure" and t.feature.startswith("perf"))
        self._said = {
            i
            for a in report.attributions
            if a.stance not in ("claims", "claims_responsibility")  # who claims an event speaks as who did it
            for i in range(_behind(deeds, a.first, a.last), a.last + 1)
        }

    def parties_within(self, low: int, high: int) -> list[PartyMention]:
        """Parties whose first token lies in a half-open range."""
        return self.parties[bisect_left(self._firsts, low) : bisect_left(self._firsts, high)]

    def sites_within(self, low: int, high: int) -> list[SiteMention]:
        """Sites whose first token lies in a half-open range."""
        return self.report.sites[bisect_left(self._sited, low) : bisect_left(self._sited, high)]

    def prefix(self, party: PartyMention) -> str:
        """Folded letters written before the name, the article included."""
        token = self.report.text.tokens[party.first]
        written = self.report.document.text[token.start : party.start] if party.start > token.start else ""
        return fold(written)

    def plain(self, party: PartyMention) -> bool:
        """Whether nothing but "and" or "so" is written before the name."""
        return self.prefix(party) in self.report.plain

    def given_to(self, party: PartyMention) -> bool:
        """Whether "to" or "of" is written before the name."""
        return self.prefix(party).startswith(self.report.to)

    def acts(self, party: PartyMention) -> bool:
        """Whether a party can be a subject: it fights, and is no place or object that is its own."""
        if party.id == "civilians" or self.bombs(party):
            return False
        return party.first not in self.places_hit or "acting" in self.mark_at(party.first)

    def bombs(self, party: PartyMention) -> bool:
        """Whether a party is but a word for a suicide bomber."""
        return party.id == "unidentified" and party.first in self._bombers

    def speaks(self, party: PartyMention) -> bool:
        """Whether a party stands inside the words of a speaker."""
        return party.first in self._said and party.last in self._said

    def mark_at(self, index: int) -> frozenset[str]:
        return self._types.get(index, _NO_TYPES)

    def before(self, index: int, reach: int, floor: int, types: frozenset[str]) -> Mark | None:
        return self.report.clauses.mark_before(index, reach, floor, types)

    def joined(self, party: PartyMention) -> list[PartyMention]:
        """The parties tied by "and" behind one, itself first."""
        found, parties = [party], self.parties
        at = bisect_left(self._firsts, party.first) + 1
        while at < len(parties) and self.tied(found[-1], parties[at]):
            found.append(parties[at])
            at += 1
        return found

    def group(self, party: PartyMention) -> list[PartyMention]:
        """The parties tied by "and" around one."""
        parties = self.parties
        at = bisect_left(self._firsts, party.first)
        while at > 0 and self.tied(parties[at - 1], parties[at]):
            at -= 1
        return self.joined(parties[at])

    def tied(self, one: PartyMention, other: PartyMention) -> bool:
        """Whether "and" ties a party to the one before it ("the army and the militias", "the army and fighters of X")."""
        tokens, conjunction = self.report.text.tokens, self.report.conjunction
        if other.first - one.last > 5 or tokens[one.last].sentence != tokens[other.first].sentence:
            return False
        between = [t for t in tokens[one.last + 1 : other.first] if t.form not in QUOTES]
        if any(t.kind in "pb" and t.form not in "،," for t in between):
            return False
        words = [t for t in between if t.kind == "w"]
        if self.given_to(other) or (len(words) > 1 and words[-1].index in self.places_hit):
            return False  # "the air force shelled gatherings and vehicles of X"
        if self.prefix(other).startswith(conjunction):
            if len(words) > 2:
                words = [t for t in words if t.index not in self.report.named]  # "the guards in the province of X and the army"
            return all(not self.mark_at(t.index) & (BLOCKS - {"prep"}) for t in words) and len(words) <= 2
        return (
            bool(words)
            and len(words) <= 2
            and words[-1].form.startswith(conjunction)
            and not self.mark_at(words[-1].index)
            and words[-1].index not in self.verbs
            and not any(p.kind for p in predicates_of(self.report.language).at(words[-1].form))  # "and the army killed"
        )

    def weapon_owners(self, index: int) -> list[PartyMention]:
        """The parties whose weapons the sentence of a token names ("mines of the group")."""
        if self._owned is None:
            self._owned = owners(self.report, [p for p in self.parties if self.acts(p) and not self.prefix(p)])
        return self._owned.get(self.report.text.tokens[index].sentence, [])

    def anchored(self, low: int, high: int) -> bool:
        """Whether an anchor's word stands between two tokens."""
        return bisect_left(self._anchored, high) > bisect_left(self._anchored, low + 1)


def _behind(deeds: list[int], first: int, last: int) -> int:
    """Where the words of a speaker begin: behind a deed of its own told before its verb ("India struck nine places that it said were")."""
    at = bisect_left(deeds, last) - 1
    return deeds[at] + 1 if at >= 0 and deeds[at] > first else first
