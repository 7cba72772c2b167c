"""Subjects: who does what a verb tells.

The subject of a verb stands behind it ("shelled the army"), opens its clause ("that the army, in the evening, shelled"), is the
noun that a relative clause tells of, or is that of the verb before ("shelled ... and destroyed"). Words that open clauses are
data (``clauses.tsv``), so are the endings that tell a subject from an object (``cases.tsv``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container

from marsad.reading.anchors import Anchor
from marsad.reading.cases import case_of, has_pronoun, our, troops
from marsad.reading.cast import BLOCKS, QUOTES, Cast
from marsad.reading.opposition import ARMED, key
from marsad.reading.parties import PartyMention
from marsad.reading.report import Report, is_sign
from marsad.reading.roleverbs import Verb, told_of, untied
from marsad.record import record
from marsad.text.tokens import Token

__all__ = ["Scene", "Subject"]

_STOPS = frozenset(".!؟?:؛")
_TIED, _CLAUSE = frozenset({"owned", "backed"}), frozenset({"that", "open"})
_OPENERS = frozenset({"that", "open", "shift", "also", "before", "aux"})
_BEHIND, _CLOSE = 4, 3
_ACTS = frozenset({"back", "operation"})  # "an act of", "an incident of"
_DISAGREES = {"perf.3fs": "masc", "perf.3ms": "fem"}  # the relative word that a form of a verb does not agree with
_FAR, _NEAR = 45, 8
_CHAIN = 14  # tokens between two verbs that one subject has
_SQUAD = 2  # tokens before a verb in which a group of people and an adjective of it stand
_ADJECTIVE = 3  # tokens before a verb among which aircraft or guns of a party end, with an adjective behind them
_OF = frozenset({"in", "from"})  # ways that tell whose member someone is
_AIR, _LEAST, _MOST = "air", 2, 3  # way of aircraft, and the tokens that tell some of nobody's ("an unmanned aircraft")
_LAID = 2  # tokens from "was laid" to "hold"


@record(frozen=True, slots=True)
class Subject:
    """The parties that are the subject of a verb, and the sign that decided it; no parties where it is none."""

    parties: tuple[PartyMention, ...] = ()
    why: str = ""


_NOBODY, _NO_TYPES = Subject(), frozenset[str]()


class Scene(Cast):
    """The parties and verbs of a report, with the subject of each verb. Subjects are worked out once."""

    def __init__(self, report: Report, anchors: list[Anchor]) -> None:
        super().__init__(report, anchors)
        self._order = list(self.verbs)
        self._numbers = {at for q in report.quantities for at in range(q.first, q.last + 1)}
        ours = {at for p in self.parties for at in range(p.first, p.last + 1)}
        flown = [w for w in report.weapons if not any(self._own(at) for at in range(w.first, w.last + 1))]
        self._weapons = {w.last for w in flown} - ours
        self._acts = {t.index for t in report.triggers if t.kind in _ACTS and not t.verb and not t.definite}
        self._known: dict[int, Subject] = {}
        # The word by which they were taken, by the last token of whom a pronoun behind it stands for.
        self._held = {m.head: m.predicate for m in report.harm if m.kind == "arrested" and m.voice == "passive"}

    # -- verbs ------------------------------------------------------------------------------------------------------

    def verb_before(self, index: int, reach: int) -> Verb | None:
        """The nearest verb before a token, within so many tokens of its sentence."""
        at = bisect_left(self._order, index) - 1
        if at < 0 or index - self._order[at] > reach or not self.report.clauses.same_sentence(self._order[at], index):
            return None
        return self.verbs[self._order[at]]

    def verbs_within(self, low: int, high: int) -> list[Verb]:
        """Verbs in a half-open token range."""
        return [self.verbs[i] for i in self._order[bisect_left(self._order, low) : bisect_left(self._order, high)]]

    def subject(self, verb: Verb) -> Subject:
        """Who the subject of a verb is."""
        known = self._known.get(verb.index)
        if known is None:
            self._known[verb.index] = _NOBODY  # for a verb that leads back to itself
            known = self._subject(verb)
            self._known[verb.index] = known
        return known

    def _subject(self, verb: Verb) -> Subject:
        if not verb.finite:
            behind = self._behind(verb, 1)
            if behind.parties:
                return behind
            governing = self.verb_before(verb.index, _NEAR)
            return self.subject(governing) if governing is not None and governing.role in ("does", "tells") else _NOBODY
        if verb.feature.endswith("1p") or self._ours(verb.index + 1):
            speaker = self.speaker(verb.index)
            return speaker if speaker.parties else self._spoke(verb.index)
        if not verb.joined and verb.index - 1 in self._acts:
            return _NOBODY  # "an act of ramming" is written like "he rammed"
        relative = self._relative(verb)
        behind = self._behind(verb, _BEHIND) if verb.feature != "perf.3mp" or verb.pointing else _NOBODY
        hit_again = self._hit_again(verb, behind)
        if hit_again.parties:
            return hit_again
        if relative is not None and not verb.pointing:
            return behind if behind.parties and verb.role == "does" and not relative.parties else relative
        if verb.pointing and (behind.parties or verb.role == "names"):
            return behind if behind.parties else self._already(verb)
        if (verb.pointing and self._noun_behind(verb.index)) or (verb.role == "does" and self._people_behind(verb.index)):
            return _NOBODY
        if behind.parties and "that" in self.mark_at(verb.index - 1):
            return behind  # "after the army had taken"
        if behind.parties and verb.role in ("does", "names") and not verb.joined and self._stranger(verb.index - 1):
            return _NOBODY  # "that a man attacked the soldiers": these are no subject
        if self._armed(verb):
            return _NOBODY
        squad = self._squad(verb) if not behind.parties else None
        if squad is not None:
            return squad
        before = self.topic(verb)
        if before.parties and 0 < self._held.get(before.parties[-1].last, -1) - verb.index <= _LAID:
            return _NOBODY  # "that five gunmen were laid hold on"
        if verb.pointing and before.why not in ("topic", "speaker"):
            return _NOBODY
        if verb.role == "harms" and not behind.parties:
            close = before.why == "topic" and verb.index - before.parties[-1].last <= _CLOSE
            return before if close or before.why == "speaker" else _NOBODY
        if before.why in ("topic", "speaker") or (before.parties and verb.feature == "perf.3mp"):
            return before
        if not (behind.parties or before.parties) and verb.feature == "perf.3mp" and verb.role in ("names", "does"):
            return self._they(verb)
        return behind if behind.parties else before

    def _hit_again(self, verb: Verb, behind: Subject) -> Subject:
        """Who did what "also" adds, where the party behind it is the one that was hit before ("shelled posts of X, and also shelled cars of
        X")."""
        if not behind.parties or verb.index == 0 or "also" not in self.mark_at(verb.index - 1):
            return _NOBODY
        led = self.verb_before(verb.index, _FAR)
        if led is None or led.feature != verb.feature or not self.report.clauses.same_sentence(led.index, verb.index):
            return _NOBODY
        did = self.subject(led)
        doers = {key(p) for p in did.parties}
        was_hit = {key(p) for p in self.parties_within(led.index + 1, verb.index)} - doers
        again = bool(doers) and doers.isdisjoint(key(p) for p in behind.parties) and key(behind.parties[0]) in was_hit
        return Subject(did.parties, "inherited") if again else _NOBODY

    def _they(self, verb: Verb) -> Subject:
        """Those whom "they" of a verb means where nobody else is told before it in its sentence ("of the group's crimes: they shelled")."""
        begin = self.report.clauses.sentence(verb.index)[0]
        near = self.parties_within(begin, verb.index)
        armed = {key(p) for p in near if p.kind in ARMED and p.sort != "state"}
        if verb.joined and any(v.finite and v.role == "names" for v in self.verbs_within(begin, verb.index)):
            return _NOBODY  # "our fighters shelled a gathering of X and struck": it goes on with who shelled
        one = bool(near) and len(armed) == 1 and key(near[-1]) in armed and not self.speaks(near[-1])
        return Subject((near[-1],), "before") if one else _NOBODY

    def _ours(self, index: int) -> bool:
        """Whether a word names the troops of those who speak ("our fighters")."""
        tokens, language = self.report.text.tokens, self.report.language
        return index < len(tokens) and tokens[index].form.endswith(our(language)) and troops(language)[tokens[index].form]

    def _spoke(self, index: int) -> Subject:
        """The armed party that spoke last before a token, in its paragraph or the one before: "we" goes on with it."""
        report = self.report
        for attribution in reversed(report.attributions):
            if attribution.first < index:
                near = report.clauses.paragraph(index) - report.clauses.paragraph(attribution.first) <= 1
                parties = [report.party_at(s.first, s.last) for s in attribution.sources if s.role == "origin"] if near else []
                return Subject(tuple(p for p in parties[:1] if p is not None and p.kind in ARMED), "speaker")
        return _NOBODY

    def _own(self, index: int) -> bool:
        """Whether a word of a weapon tells of something that acts ("aircraft") or whose it is ("its fighters")."""
        return "acting" in self.mark_at(index) or self.ends_in_pronoun(self.report.text.tokens[index])

    def _armed(self, verb: Verb) -> bool:
        """Whether a weapon stands right before a verb as its subject ("a missile hit")."""
        if verb.role != "names" or verb.joined or verb.index - 1 not in self._weapons:
            return False
        # "The warplanes of X, the unmanned ones, hit": the adjective is that of who did it.
        return not any(p.means for p in self.parties_within(verb.index - _ADJECTIVE, verb.index - 1))

    def _already(self, verb: Verb) -> Subject:
        """Who did something to somebody told of: who opens the clause of a verb told of as past ("whom the group had abducted"), or who did
        what a verb before it with the same ending tells ("stormed the house of a sheikh and abducted him")."""
        if "past" not in self.mark_at(verb.index - 1):
            led = self.verb_before(verb.index, _CHAIN) if verb.joined else None
            return self.subject(led) if led is not None and led.feature == verb.feature and not led.pointing else _NOBODY
        before = self.topic(verb)
        close = before.why in ("topic", "before") and verb.index - before.parties[-1].last <= _CLOSE
        return before if close else _NOBODY

    def _noun_behind(self, index: int) -> bool:
        """Whether a word follows a verb that can be its subject, though it is no known party ("an ambush that outlaws laid")."""
        end = self.report.clauses.sentence(index)[1]
        if index + 1 >= end or self.report.text.tokens[index + 1].kind != "w":
            return False
        return index + 1 not in self.verbs and not self.mark_at(index + 1)

    def _people_behind(self, index: int) -> bool:
        """Whether people of no party stand right behind a verb as its subject ("protesters carried out an attack")."""
        people = [p for p in self.parties_within(index + 1, index + 2) if p.sort == "civilians" and p.id in ("civilians", None)]
        return bool(people) and not self.prefix(people[0]) and self._case(people[0]) != "object"

    def _behind(self, verb: Verb, reach: int) -> Subject:
        tokens = self.report.text.tokens
        end = self.report.clauses.sentence(verb.index)[1]
        for party in self.parties_within(verb.index + 1, min(end, verb.index + 2 + reach)):
            if 0 <= verb.limit <= party.last:
                return _NOBODY
            if self.bombs(party) and (beside := self.joined(party)[1:]):
                return Subject(tuple(beside), "subject")  # "a bomber and gunmen of X launched"
            hit = verb.role == "suffers" and party.id != "civilians"
            if hit and any(s.owner and s.owner[0] == party.first for s in self.sites_within(verb.index + 1, party.first)):
                return Subject((party,), "subject")  # "a patrol of the army came under fire"
            if hit and "from" in self.mark_at(party.first - 1) and self.sites_within(verb.index + 1, verb.index + 2):
                return Subject((party,), "subject")  # "a relief patrol from the guard came under fire"
            if self._flown_at(verb, party):
                return _NOBODY  # "hit, an unmanned aircraft did, forces of X"
            if self.prefix(party) or not (hit or self.acts(party)) or (verb.finite and self._case(party) == "object"):
                return _NOBODY
            for token in tokens[verb.index + 1 : party.first]:
                counted = token.index in self._numbers or token.index - 1 in self._numbers  # "about twenty planes of", "300 of"
                blocks = self.mark_at(token.index) & BLOCKS and not counted
                if token.index in self.verbs or token.index in self.places_hit or blocks:
                    return _NOBODY
                if token.form not in QUOTES if token.kind == "p" else self.anchored(token.index - 1, token.index + 1):
                    return _NOBODY
                if verb.finite and case_of(token.form, "plain", self.report.language) == "subject":
                    return _NOBODY  # "fighters hit forces of X", in Arabic side by side
            return Subject(tuple(self.joined(party)), "subject")
        return _NOBODY

    def _flown_at(self, verb: Verb, party: PartyMention) -> bool:
        """Whether a weapon or aircraft of nobody told is the subject of a verb, told by two words or more, and the party behind it the object."""
        at, end = verb.index + 1, party.first
        if end - at < _LEAST or (party.first == party.last and self.report.lands.within(end, end) is not None):
            return False
        armed = any(w.first == at and w.last == end - 1 for w in self.report.weapons)
        return armed or (self.report.way_at(at) == _AIR and end - at <= _MOST)

    def _case(self, party: PartyMention) -> str:
        """Case that the ending of a party's head noun tells: "subject", "object" or empty."""
        if party.head != party.first or self.report.text.tokens[party.head].kind != "w":
            return ""
        if party.first - 1 in self._numbers or party.first - 2 in self._numbers:
            return ""  # behind "tens of", "300 of" all of them end alike
        form, within = self.report.text.tokens[party.head].form, "construct" if party.last > party.first else "plain"
        if any(self.report.way_at(at) in _OF for at in range(party.head + 1, min(party.last, party.head + 1 + _LAID))):
            within = "apart"  # "a leader in the group"
        elif party.number == "sg":
            return ""  # "a soldier" ends as "fighters of" does
        return case_of(form, within if party.sort == "members" else "plain", self.report.language)

    def _squad(self, verb: Verb) -> Subject | None:
        """The group of people right before a verb of which it tells ("killed a cell that had fired rockets", in Arabic without "that")."""
        near = range(verb.index - 1, max(-1, verb.index - 1 - _SQUAD), -1)
        group = next((at for at in near if "squad" in self.mark_at(at)), -1)
        if verb.joined or group < 0:
            return None
        parties = self.parties_within(group, verb.index)
        if any(p.id != "unidentified" for p in parties):
            return None
        return Subject(tuple(parties), "relative") if parties else _NOBODY

    def _relative(self, verb: Verb) -> Subject | None:
        """The noun that a relative clause tells of, if the verb stands in one right behind its relative word; else None."""
        for at in (verb.index - 1, verb.index - 2):
            if at < 0 or "relative" not in self.mark_at(at):
                continue
            near = self.parties_within(max(0, at - 7), at)
            words = [t for t in self.report.text.tokens[near[-1].last + 1 : at] if t.kind != "p"] if near else []
            # "The group which [the aircraft] struck", in Arabic by the gender of the verb.
            other = _DISAGREES.get(verb.feature, "") in self.mark_at(at)
            # "Posts of the rebels who shelled", "of the group that fired rockets": posts do neither.
            loosed = verb.feature == "perf.3mp" or any(a.index == verb.index and a.kind == "launch" for a in self.anchors)
            owner = bool(near) and not words and near[-1].kind in ARMED and loosed
            if near and len(words) <= 2 and (self.acts(near[-1]) or owner) and not other:
                return Subject((near[-1],), "relative")
            return _NOBODY
        return None

    def topic(self, verb: Verb) -> Subject:
        """The party that opens the verb's clause, or the subject of the verb that it goes on from."""
        tokens, report = self.report.text.tokens, self.report
        begin = report.clauses.sentence(verb.index)[0]
        low = max(begin, verb.index - _FAR)
        parties = {p.last: p for p in self.parties_within(low, verb.index)}
        if verb.role == "does" and not verb.joined and self._named(verb.index - 1, begin, parties):
            return _NOBODY
        if told_of(report, verb, begin):
            return _NOBODY
        commas, nearest = 0, None
        at = verb.index - 1
        while at >= low:
            token = tokens[at]
            party = parties.get(at)
            if party is not None:
                if party.id == "unidentified" and untied(report, party, verb):
                    return Subject((party,), "relative")
                acts = self.acts(party) or (verb.role == "suffers" and party.id != "civilians")
                if acts and self.plain(party) and (verb.role == "tells" or not self.speaks(party)):
                    if self._opens(party, begin):
                        return Subject(tuple(self.joined(party)), "topic")
                    if nearest is None and commas <= 1 and verb.index - at <= _NEAR and self._stands(party):
                        nearest = party
                at = party.first - 1
                continue
            types = self._types.get(at, _NO_TYPES)
            if token.form in _STOPS:
                break
            if "pronoun" in types or (token.kind == "w" and self.own_troops(token) and self._after_that(at, verb.index)):
                found = self.speaker(verb.index)
                told = any(a.covers(verb.index) and a.sources for a in report.attributions)
                return found if found.parties or told else self._previous(at, begin)
            if types & _CLAUSE and at < verb.index - 1:
                break
            if "ascribe" in types and verb.joined:
                return _NOBODY  # "an attack that X ascribed to Y and that hit": by its noun
            other = self.verbs.get(at)
            if other is not None and other.role != "tells" and other.finite and self._relative(other) is None:
                found = self.subject(other)
                also = verb.index > begin and "also" in self.mark_at(verb.index - 1)
                if found.parties and (verb.joined or also or nearest is None):
                    return Subject(found.parties, "inherited")
                if verb.joined and self._ours(other.index + 1):
                    return _NOBODY  # "our fighters shelled a gathering of X and struck": not X
                if (
                    verb.joined
                    and nearest is not None
                    and (
                        0 <= other.limit <= nearest.first
                        if other.role == "harms"
                        else other.role == "names" and other.feature == verb.feature
                    )
                ):
                    return _NOBODY  # "the troops killed twenty of X and destroyed": nor here
            if token.form in "،,":
                commas += 1
            at -= 1
        if nearest is not None:
            return Subject(tuple(self.group(nearest)), "before")
        if at < begin and verb.index - begin <= 2 and (verb.joined or "open" in self.mark_at(begin)):
            found = self._previous(begin, begin)
            # Of several men a verb in the feminine does not go on.
            apart = verb.feature == "perf.3fs" and any(p.sort == "unidentified" and p.number == "pl" for p in found.parties)
            return _NOBODY if apart else found
        return _NOBODY

    def _named(self, index: int, begin: int, parties: Container[int]) -> bool:
        """Whether a word right before a verb is its subject and no party ("that the strikes caused")."""
        if index < begin or index in parties:
            return False
        token = self.report.text.tokens[index]
        opened = index > begin and token.kind == "w" and "that" in self.mark_at(index - 1) and not self.mark_at(index)
        return self.anchored(index - 1, index + 1) or (opened and not self.own_troops(token) and index not in self.verbs)

    def _stranger(self, index: int) -> bool:
        """Whether a word that names no armed party opens a clause right before its verb ("that a man attacked")."""
        if index < 1 or self.report.text.tokens[index].kind != "w" or self.mark_at(index) or index in self.verbs:
            return False
        party = any(p.sort != "civilians" for p in self.parties_within(index, index + 1))
        return not party and "that" in self.mark_at(index - 1)

    def own_troops(self, token: Token) -> bool:
        """Whether a word names the troops of someone told before ("its forces")."""
        return troops(self.report.language)[token.form] and self.ends_in_pronoun(token)

    def own_people(self, token: Token) -> bool:
        """Whether a word names troops, leaders or members of someone told before ("its soldiers", "its commander")."""
        theirs = troops(self.report.language, "officers")[token.form] and self.ends_in_pronoun(token)
        return theirs or self.own_troops(token)

    def _after_that(self, index: int, verb: int) -> bool:
        """Whether a word stands right behind one that opens a clause, and near the verb."""
        return verb - index <= _CLOSE and any("that" in self.mark_at(at) for at in (index - 1, index - 2) if at >= 0)

    def _opens(self, party: PartyMention, begin: int) -> bool:
        """Whether a clause begins with a party, but for a number or noun of quantity before it."""
        tokens = self.report.text.tokens
        for at in range(party.first - 1, max(begin - 1, party.first - 4), -1):
            token = tokens[at]
            if token.form in QUOTES or token.kind == "n":
                continue
            types = self.mark_at(at)
            if types & _OPENERS or token.form in _STOPS or token.kind == "b" or is_sign(token):
                return True
            mark = self.report.clauses.mark_ending(at)
            return mark is not None and bool(mark.types & _OPENERS)
        return party.first - begin <= 1

    def _stands(self, party: PartyMention) -> bool:
        """Whether a party may be a subject though its clause does not begin with it."""
        return party.sort not in ("unidentified", "civilians") and not self._governed(party)

    def _governed(self, party: PartyMention) -> bool:
        """Whether a preposition or an event noun stands right before a party."""
        at = party.first - 1
        while at >= 0 and self.report.text.tokens[at].form in QUOTES:
            at -= 1
        if at < 0 or self.before(party.first, 5, max(0, party.first - 5), _TIED) is not None:
            return at >= 0
        mark = self.report.clauses.mark_ending(at)
        return (mark is not None and bool(mark.types & BLOCKS)) or self.anchored(at - 1, at + 1) or at in self.places_hit

    def speaker(self, index: int) -> Subject:
        """The party that says what stands at a token."""
        report = self.report
        for attribution in report.attributions:
            if attribution.covers(index):
                for source in attribution.sources:
                    party = report.party_at(source.first, source.last)
                    if party is not None and source.role == "origin":
                        return Subject((party,), "speaker")
        return _NOBODY

    def ends_in_pronoun(self, token: Token) -> bool:
        """Whether a pronoun of the third person is written behind a word."""
        return has_pronoun(self.report.text, token, self.report.language)

    def owner(self, index: int) -> Subject:
        """Who a pronoun behind a noun means: the subject of the last verb before it, in its sentence or the one before."""
        begin = self.report.clauses.sentence(index)[0]
        at = bisect_left(self._order, index) - 1
        while at >= 0 and self._order[at] >= begin:
            found = self.subject(self.verbs[self._order[at]])
            if found.parties:
                return found
            at -= 1
        near = [p for p in self.parties_within(begin, index) if self.acts(p) and self.plain(p) and self._opens(p, begin)]
        return Subject((near[-1],), "topic") if near else self._previous(index, begin)

    def _previous(self, index: int, begin: int) -> Subject:
        """The subject of the last verb told before, in this sentence or the one before it."""
        earlier = self.report.clauses.sentence(begin - 1)[0] if begin > 0 else 0
        at = bisect_left(self._order, index) - 1
        while at >= 0 and self._order[at] >= earlier:
            verb = self.verbs[self._order[at]]
            aside = verb.pointing and "relative" in self.mark_at(verb.index - 1)  # "the town that X besieges"
            found = self.subject(verb) if not aside else _NOBODY
            if found.parties:
                return Subject(found.parties, "previous")
            at -= 1
        return _NOBODY
