"""Facts: what stands around each anchor — place, day, parties, sites, weapons, sources — before events are joined.

Each mention of a sentence goes to the anchor that it stands nearest to, counting commas, clause openings and other anchors
between; an anchor without a place or a day of its own shares that of its sentence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from marsad.reading.anchors import Anchor, family
from marsad.reading.anniversaries import ANNIVERSARY
from marsad.reading.attribution import sources_at
from marsad.reading.belonging import belongs
from marsad.reading.dates import DateMention
from marsad.reading.passing import led_by_whole
from marsad.reading.places import ResolvedPlace
from marsad.reading.report import TOLD_SINCE, Report
from marsad.reading.roles import Roles, roles_of
from marsad.reading.sites import SiteMention
from marsad.reading.speakers import SourceMention
from marsad.reading.weapons import WeaponMention
from marsad.record import replace

__all__ = ["Facts", "candidates", "facts_of", "sentences_of"]

# Weapon kinds whose carrier is named for the munition.
# Aircraft tell by what way an event came, and not what they fired; every other carrier names its weapon.
_UNNAMED_CARRIERS = frozenset({"aerial_bomb_or_missile"})
# A mention is measured against so many anchors before it and as many behind it; only endless sentences have more.
_REACH = 16
_AGREE = "agree"
_BACK = "back"  # kind of an anchor that only points to what was told before
_SINCE, _WHEN, _CLAUSE = "since", frozenset({"when"}), 3
_REMEMBERED, _CERTAIN = 5, 9.0  # tokens from an anniversary to what is remembered; a score above all others
_ANSWER = frozenset({"answer"})
_SETTING = frozenset({"place", "date"})
_RELATIVE = frozenset({"relative"})
_SEQUEL = frozenset({"sequel"})
_BESIDE, _BEHIND = 8, 4  # tokens before and behind a day within which a funeral or visit is on that day
_ARRESTS, _HELD_FOR = frozenset({"arrest", "seize"}), frozenset({"heldfor"})
_VERB = 5  # tokens behind a relative pronoun within which its verb stands
_PEAK = 14  # tokens before a stretch within which what it is compared with is called the worst
_MARKS = ' \t\n()،,«»"“”-'  # what may stand between a place and the bearing that says where it lies
# Narrowest first.
_NARROW = ("site", "neighbourhood", "village", "town", "city", "subdistrict", "district", "area", "governorate", "country")


@dataclass(slots=True, eq=False)
class Facts:
    """What the sentence of an anchor tells of it.

    Attributes:
        anchor: the anchor.
        places, dates: its own, best first; shared: place and day of its sentence that belong to another anchor.
        roles: its parties.
        anaphor: the place that a word like "the town" in its sentence takes up.
        sites, weapons: its own.
        sources: who says so, origins first.
        flown: whether a warplane is named with it.
    """

    anchor: Anchor
    places: list[ResolvedPlace] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    shared_place: ResolvedPlace | None = None
    shared_date: DateMention | None = None
    anaphor: ResolvedPlace | None = None
    roles: Roles = field(default_factory=Roles)
    sites: list[SiteMention] = field(default_factory=list)
    weapons: list[WeaponMention] = field(default_factory=list)
    sources: tuple[SourceMention, ...] = ()
    flown: bool = False

    @property
    def place(self) -> ResolvedPlace | None:
        return self.places[0] if self.places else None

    @property
    def date(self) -> DateMention | None:
        return self.dates[0] if self.dates else None


class _Group:
    """The facts of one sentence, in the order of their anchors."""

    __slots__ = ("facts", "indexes")

    def __init__(self) -> None:
        self.facts: list[Facts] = []
        self.indexes: list[int] = []

    def add(self, facts: Facts) -> None:
        self.facts.append(facts)
        self.indexes.append(facts.anchor.index)

    def near(self, index: int) -> range:
        """Positions of the facts whose anchors stand around a token."""
        at = bisect_left(self.indexes, index)
        return range(max(0, at - _REACH), min(len(self.facts), at + _REACH))

    def between(self, low: int, high: int) -> int:
        """How many anchors stand between two tokens, neither included."""
        return max(0, bisect_left(self.indexes, high) - bisect_right(self.indexes, low))


def facts_of(report: Report, anchors: list[Anchor]) -> list[Facts]:
    """The facts of each anchor, in their order."""
    found = [Facts(a, roles=r) for a, r in zip(anchors, roles_of(report, anchors), strict=True)]
    by_sentence = sentences_of(report, found)
    for facts in found:
        index = facts.anchor.index
        sources = list(sources_at(report.attributions, index))
        for mention in facts.anchor.harm:
            for source in sources_at(report.attributions, mention.victims):
                if all((source.name, source.role) != (s.name, s.role) for s in sources):
                    sources.append(source)
        facts.sources = tuple(sources)
    _places(report, by_sentence)
    _anaphors(report, by_sentence)
    _dates(report, by_sentence)
    for slot, hit, owner, near, alone in candidates(report, by_sentence):
        if slot == "carrier":
            if near > report.weights["carrier.threshold"]:
                owner.flown = True  # a warplane is no munition, but tells by what way the event came
        elif belongs(report, owner.anchor, hit, near, alone):
            (owner.sites if slot == "site" else owner.weapons).append(hit)  # type: ignore[arg-type]
    return found


def sentences_of(report: Report, found: list[Facts]) -> dict[int, _Group]:
    """The facts by the number of their sentence."""
    by_sentence: dict[int, _Group] = {}
    for facts in found:
        by_sentence.setdefault(report.text.tokens[facts.anchor.index].sentence, _Group()).add(facts)
    return by_sentence


def candidates(
    report: Report, by_sentence: dict[int, _Group]
) -> Iterator[tuple[str, SiteMention | WeaponMention, Facts, float, bool]]:
    """Each site and weapon with the facts it stands nearest to, how near, and whether they are alone in the sentence."""
    for site in report.sites:
        if not report.in_speaker(site.first, site.last):
            yield from _nearest(report, by_sentence, site, "site")
    for weapon in report.weapons:
        carrier = weapon.carrier and weapon.kind in _UNNAMED_CARRIERS
        yield from _nearest(report, by_sentence, weapon, "carrier" if carrier else "weapon")


def _nearest(
    report: Report, by_sentence: dict[int, _Group], mention: SiteMention | WeaponMention, slot: str
) -> Iterator[tuple[str, SiteMention | WeaponMention, Facts, float, bool]]:
    group = by_sentence.get(report.text.tokens[mention.first].sentence)
    if group is None:
        return
    near, number = max(
        (nearness(report, group.facts[n].anchor, mention.first, mention.last, group, slot), -n) for n in group.near(mention.first)
    )
    yield slot, mention, group.facts[-number], near, len(group.facts) == 1


def nearness(report: Report, anchor: Anchor, first: int, last: int, group: _Group, slot: str) -> float:
    """How near a mention stands to an anchor of its sentence; 0 inside its phrase, less the farther."""
    weights, clauses = report.weights.part(slot), report.clauses
    if anchor.first <= first and last <= anchor.last:
        return weights["inside"]
    if anchor.suffers and anchor.wage < first < anchor.index:
        return weights["inside"]  # what was exposed to the event
    behind = first > anchor.index
    low, high = (anchor.last, first) if behind else (last, anchor.first)
    if low > high:
        return weights["inside"]
    if (
        not behind
        and slot == "place"
        and report.cause_before(anchor.first)
        and any(0 <= m.predicate < first for m in anchor.harm)
    ):
        return weights["inside"]  # "was killed in X during protests in Y": where the harm was done
    score = -weights["token"] * (high - low - clauses.aside(low, high)) - weights["comma"] * clauses.setting_commas(low, high)
    score -= weights["open"] * clauses.opens(low, high)
    score -= weights["between"] * group.between(low, high)
    answers = clauses.marked(_ANSWER, low + 1, high) if behind and slot in _SETTING else []
    if answers and not group.between(answers[-1], high):
        score -= weights["answered"]  # "the raid came in answer to kites flown towards X"
    if not behind:
        score -= weights["before"]
        trigger = anchor.trigger
        if trigger is not None and trigger.verb and trigger.proclitic and group.indexes[0] < first:
            score -= weights["joined"]  # "struck the outskirts of X and dropped a bomb on Y"
        if slot in _SETTING and group.indexes[0] < first and report.cause_before(anchor.first):
            score -= weights["led"]  # "took the town X after fighting"
    return score


def _places(report: Report, by_sentence: dict[int, _Group]) -> None:
    weights = report.weights
    # A state that did it is no place of it ("Israel assassinated three leaders in Gaza").
    acting = {p.first for g in by_sentence.values() for f in g.facts for p, _ in f.roles.agents if p.sort == "state"}
    per_anchor: dict[int, list[tuple[float, int]]] = {}
    shared: dict[int, list[tuple[float, int]]] = {}
    before, owner = None, -1  # the place before, and the number of the facts to which it belongs
    for number, resolved in enumerate(report.places):
        mention = resolved.mention
        if not mention.event_place or mention.first in acting:
            continue
        group = by_sentence.get(report.text.tokens[mention.first].sentence)
        if not group:
            continue
        base = weights["place.located"] if mention.located else 0.0
        base -= weights["place.speaker"] if report.in_speaker(mention.first, mention.last) else 0.0
        came = report.way_to(mention) == "from"
        base -= weights["place.origin"] if came else 0.0
        if mention.bearing and mention.bearing_start < report.text.tokens[mention.opening].start:
            base -= weights["place.bearing"]  # a road or port of the place is no bearing from it
        if mention.located and report.opens_with(resolved) and not mention.bearing:
            base += weights["place.topic"]
        base += weights["place.narrow"] * (len(_NARROW) - _NARROW.index(mention.kind or "area"))
        near = group.near(mention.first)
        scores = [(nearness(report, group.facts[n].anchor, mention.first, mention.last, group, "place"), n) for n in near]
        if led_by_whole(report.text, mention, report.language):
            scores = [(0.0, near.start)]  # "..., and that in X": the place of all that the sentence tells before
        # A series of places goes to one of them.
        in_series = before is not None and owner in near and report.side_by_side(before, mention)
        owner = owner if in_series else max(scores, key=lambda s: (s[0], -s[1]))[1]
        before = mention
        for score, n in scores:
            facts = group.facts[n]
            only = id(facts) not in per_anchor and mention.first > facts.anchor.index and not came
            least = "alone" if len(group.facts) == 1 else "only" if only else "threshold"
            if n == owner and score + base > weights[f"place.{least if mention.located else 'threshold'}"]:
                per_anchor.setdefault(id(facts), []).append((score + base, number))
            elif not (facts.anchor.same and facts.anchor.kind == _BACK and n != owner and mention.first > facts.anchor.index):
                # What "denied that" points to was told before, and what stands behind it with an event of its own is of that.
                shared.setdefault(id(facts), []).append((score + base, number))
    for group in by_sentence.values():
        for facts in group.facts:
            own = sorted(per_anchor.get(id(facts), ()), key=lambda s: (-s[0], s[1]))
            ranked = [n for _, n in own]
            if len(own) > 1:
                numbers = set(ranked)
                wide = {n for n in numbers if any(_contains(report.places[n], report.places[m]) for m in numbers if m != n)}
                wide |= {n for n in numbers if n - 1 in numbers and _bears(report, n)}
                ranked = [n for n in ranked if n not in wide] + [n for n in ranked if n in wide]
            facts.places = [report.places[n] for n in ranked]
            others = [s for s in shared.get(id(facts), ()) if s[0] > weights["place.shared"]]
            holders = {report.places[n].container for _, n in others}
            others = [s for s in others if s[1] not in holders]  # "in X in Y" is in X
            flown = family(facts.anchor.kind) == "strike" and bool(facts.places)
            if others and flown and all(report.way_to(p.mention) == "from" for p in facts.places):
                best = report.places[max(others, key=lambda s: (s[0], -s[1]))[1]]
                if report.way_to(best.mention) != "from" and best.mention.located and best.place.kind != "country":
                    facts.places = []  # where it came from, beside a place where it happened
            if others:
                facts.shared_place = report.places[max(others, key=lambda s: (s[0], -s[1]))[1]]


def _anaphors(report: Report, by_sentence: dict[int, _Group]) -> None:
    """Gives each anchor without a place of its own the one that a word like "the town" takes up in its sentence."""
    least, best = report.weights["place.shared"], dict[int, float]()
    for place in report.anaphors:
        first = place.mention.first
        group = by_sentence.get(report.text.tokens[first].sentence)
        if group is None:
            continue
        for n in group.near(first):
            facts = group.facts[n]
            if facts.places and not facts.anchor.index < first <= facts.anchor.last + 1:
                continue
            score = nearness(report, facts.anchor, first, first, group, "place")
            if score > best.get(id(facts), least):
                best[id(facts)] = score
                facts.anaphor, facts.places = place, []


def _contains(one: ResolvedPlace, other: ResolvedPlace) -> bool:
    """Whether a place contains another, as the text says or the gazetteer knows."""
    if one.place.kind == "country":
        return other.place.kind != "country" and one.place.country == other.place.country
    return one.place.name in other.place.within and other.place.name not in one.place.within


def _bears(report: Report, number: int) -> bool:
    """Whether a place only says where the one right before it lies ("in X, south of the capital Y", "in X and near Y")."""
    before, mention = report.places[number - 1].mention, report.places[number].mention
    if mention.bearing is None or not before.located or before.last >= mention.opening:
        return False
    tokens, at = report.text.tokens, mention.opening - 1
    while at > before.last and tokens[at].start > mention.bearing_start:
        at -= 1
    if report.text.source[before.end : tokens[at].start].strip(_MARKS):
        return False
    joined = tokens[at].form.startswith(report.conjunction) and tokens[at].start < mention.bearing_start
    return not joined or before.bearing is None


def _compared(report: Report, date: DateMention) -> bool:
    """Whether a stretch only tells how long nothing like it had been seen ("the worst since March", "since the war of 2014")."""
    begun = date.first if date.rule == "since" else report.stretch_opening(date)
    return begun >= 0 and report.way_before(begun, "peak", min(_PEAK, begun - report.clauses.sentence(begun)[0]))


def _in_clause_on_another(report: Report, anchor: Anchor, date: DateMention, group: _Group) -> bool:
    """Whether a date stands in a relative clause that does not tell that the event took place ("the stadium that they held last week")."""
    marks = report.clauses.marked(_RELATIVE, anchor.last + 1, date.first)
    if not marks or marks[-1] == anchor.last + 1:
        return False
    mark = marks[-1]
    near = range(mark + 1, min(mark + _VERB, date.first))
    return not any(report.way_at(i) == "happened" for i in near) and not group.between(mark, mark + _VERB)


def _over(report: Report, arrest: Anchor, deed: Anchor, date: DateMention) -> bool:
    """Whether a day is that of a deed over which people were arrested ("held four suspected of an attack on X last month")."""
    if arrest.kind not in _ARRESTS or date.first < arrest.index:
        return False
    marks = report.clauses.marked(_HELD_FOR, arrest.last + 1, date.first)
    return bool(marks) and deed.index > marks[0]


def _of_sequel(report: Report, date: DateMention, group: _Group) -> bool:
    """Whether a date is that of a funeral of people who died before, or of a visit to the hurt."""
    begin, end = report.clauses.sentence(date.first)
    if group.between(begin - 1, date.first):
        return False
    return bool(report.clauses.marked(_SEQUEL, max(begin, date.first - _BESIDE), min(end, date.last + _BEHIND)))


def _named_behind(date: DateMention, group: _Group, reach: int) -> Facts | None:
    """What is told of the first event that is named within so many tokens behind a date, or None."""
    return next((f for f in group.facts if 0 < f.anchor.index - date.last <= reach), None)


def _dates(report: Report, by_sentence: dict[int, _Group]) -> None:
    weights = report.weights
    shared: dict[int, tuple[float, DateMention]] = {}
    own: dict[int, list[tuple[float, DateMention]]] = {}
    told = Counter(report.text.tokens[d.first].sentence for d in report.dates)
    for date in report.dates:
        group = by_sentence.get(report.text.tokens[date.first].sentence)
        if not group or (date.since is None and date.until is None):
            continue
        if date.onset is not None and report.clauses.marked(_WHEN, date.last + 1, date.last + 1 + _CLAUSE):
            # "The bloodiest since December, when fifty were killed in an attack": they were killed in December.
            named = _named_behind(date, group, _REACH)
            if named is not None:
                day = replace(date, since=date.onset[0], until=date.onset[1], duration=False)
                own.setdefault(id(named), []).append((_CERTAIN, day))
                continue
        if _compared(report, date):
            # "The worst since the group killed fifty in 2014": of that.
            named = next((f for f in group.facts if report.told_since(f.anchor.first) and f.anchor.index < date.first), None)
            if named is not None and named.anchor.kind != _AGREE and date.rule != _SINCE:
                own.setdefault(id(named), []).append((_CERTAIN, replace(date, rule=TOLD_SINCE)))
            continue
        near = group.near(date.first)
        if date.rule == ANNIVERSARY:  # that of what is named right behind it, and of nothing else
            named = _named_behind(date, group, _REMEMBERED)
            if named is not None:
                own.setdefault(id(named), []).append((_CERTAIN, date))
            continue
        scores = [(nearness(report, group.facts[n].anchor, date.first, date.last, group, "date"), n) for n in near]
        if date.counted:  # "the attack came two days after a raid": the day of the raid
            scores = [(score, n) for score, n in scores if group.facts[n].anchor.index > date.last]
        _, owner = max(scores, key=lambda s: (s[0], -s[1]), default=(0.0, -1))
        for score, n in scores:
            facts = group.facts[n]
            if facts.anchor.total and date.rule != _SINCE and not report.opens_stretch(date):
                continue  # the day of what is added to it
            if date.duration:
                score -= weights["date.duration"]
            if date.last < facts.anchor.index and _of_sequel(report, date, group):
                continue
            if n != owner and _over(report, facts.anchor, group.facts[owner].anchor, date):
                continue
            if _in_clause_on_another(report, facts.anchor, date, group):
                score -= weights["date.relative"]
            if report.told_with_speech(date.first, facts.anchor.index):
                score -= weights["date.speech"]
            if n == owner and score > weights["date.threshold"]:
                own.setdefault(id(facts), []).append((score, date))
            elif score > weights["date.shared"] and (
                not date.background or len(group.facts) == 1 or told[report.text.tokens[date.first].sentence] == 1
            ):
                known = shared.get(id(facts))
                if known is None or score > known[0]:
                    shared[id(facts)] = (score, date)
    for group in by_sentence.values():
        for facts in group.facts:
            facts.dates = [d for _, d in sorted(own.get(id(facts), ()), key=lambda s: -s[0])]
            known = shared.get(id(facts))
            facts.shared_date = known[1] if known else None
