"""Profiles: what of the facts of an anchor, and of an event told so far, is compared when it is asked whether both are one.

Each is worked out once for a report; that of an event grows with it.
"""

from __future__ import annotations

import datetime

from marsad.reading.anchors import family
from marsad.reading.cores import core
from marsad.reading.facts import Facts
from marsad.reading.harm import HarmMention
from marsad.reading.places import ResolvedPlace
from marsad.reading.report import Report
from marsad.reading.totals import immense

__all__ = ["Profile", "Told", "profile_of", "told_of"]

_SUICIDE = frozenset({"suicide"})
_ANSWER, _REPLY = frozenset({"answer"}), frozenset({"reply"})
_BROUGHT = frozenset({"brought"})
_SOUND = 2  # tokens before blasts within which a word for their sound stands
_NEAR_ANSWER = 6  # tokens between a word for an answer and the event that it speaks of


class Profile:
    """What of an anchor's facts is compared, worked out once."""

    __slots__ = (
        "accused", "agents", "answer", "around", "bare", "by", "date", "family", "family_sign", "harm", "heard", "immense", "index", "inside", "joined", "kind", "lemma", "means", "opens", "paragraph",
        "patients", "place", "recalled", "reference", "replies", "sentence", "sites", "sources", "suicide", "verb", "weapons",
    )  # fmt: skip

    def __init__(self, report: Report, facts: Facts) -> None:
        anchor, trigger = facts.anchor, facts.anchor.trigger
        self.index, self.kind, self.verb = anchor.index, anchor.kind, anchor.verb
        self.suicide = _SUICIDE & anchor.kinds
        self.family = family(anchor.kind)
        self.family_sign = f"family_{self.family}"
        self.lemma = trigger.lemma if trigger is not None else None
        self.joined = trigger is not None and trigger.proclitic.startswith(report.conjunction)
        self.reference = _reference(facts)
        self.answer = _mark_before(report, anchor.index, _ANSWER)  # the word for an answer that it is the reason of
        self.replies = "reply" in anchor.kinds or (
            trigger is not None
            and not trigger.verb
            and trigger.proclitic in report.by
            and _mark_before(report, anchor.index, _REPLY) >= 0
        )
        air = anchor.kind == "air" or report.flown(anchor.index)
        noun = trigger is not None and not trigger.verb
        self.by = noun and trigger is not None and trigger.proclitic in report.by and bool(trigger.proclitic)
        self.inside = noun and anchor.index > 0 and report.way_at(anchor.index - 1) == "in"
        self.means = "air" if air else "ground" if report.grounded(anchor.index) else ""
        self.heard = noun and anchor.kind == "explosion" and _heard(report, anchor.index)
        self.recalled = report.is_background(anchor.index)
        self.sentence = report.text.tokens[anchor.index].sentence
        self.paragraph = report.clauses.paragraph(anchor.index)
        self.around = report.around(anchor.index)
        self.agents = {p.id or p.name for p, _ in facts.roles.agents if p.sort != "civilians"}
        self.patients = {p.id or p.name for p, _ in facts.roles.patients if p.sort != "civilians"}
        self.accused = (
            self.reference == "definite" and facts.place is None and any(why == "accused" for _, why in facts.roles.agents)
        )
        self.sites = {core(report.text.tokens[s.head].form, report.language) for s in facts.sites}
        self.weapons = {w.kind for w in facts.weapons}
        self.sources = {s.name for s in facts.sources}
        self.place, self.harm = facts.place, anchor.harm
        self.opens = any(map(report.opens_with, facts.places))  # told of another place
        date = facts.date
        self.date = date if date is not None and date.since is not None and date.until is not None else None
        self.immense = (trigger is None or trigger.strength == "weak") and any(map(immense, anchor.harm))
        self.bare = not (facts.places or facts.dates or anchor.harm or facts.roles.agents or facts.roles.patients)


class Told:
    """What of the facts of an event is compared, all of them together; it grows with the event.

    ``kinds`` and the other sets hold what any of the facts tells.
    """

    __slots__ = (
        "agents", "around", "dates", "facts", "families", "harm", "immense", "kinds", "last", "latest", "lead", "lemmas", "parties", "patients", "places",
        "sentences", "several", "sites", "sources", "weapons",
    )  # fmt: skip

    def __init__(self, report: Report, facts: list[Facts]) -> None:
        self.facts: list[Facts] = []
        self.kinds, self.families, self.lemmas = set[str](), set[str](), set[str | None]()
        self.sites, self.weapons, self.sources = set[str](), set[str](), set[str]()
        self.agents, self.patients, self.parties = set[str](), set[str](), set[str]()
        self.sentences, self.latest, self.around = dict[int, None](), 0, list[frozenset[str]]()
        self.places, self.dates = dict[int, ResolvedPlace](), list[tuple[datetime.date, datetime.date]]()
        self.harm: list[HarmMention] = []
        self.immense, self.several = False, True
        self.last = profile_of(report, facts[0])
        self.lead = self.last.sentence == 0
        self.add(report, facts)

    def add(self, report: Report, facts: list[Facts]) -> None:
        """Takes in further facts."""
        for one in facts:
            self.facts.append(one)
            profile = self.last = profile_of(report, one)
            self.kinds.add(profile.kind)
            self.kinds |= profile.suicide
            self.families.add(profile.family)
            self.lemmas.add(profile.lemma)
            self.sentences[profile.sentence] = None
            self.latest = max(self.latest, profile.sentence)
            self.around.append(profile.around)
            self.harm += profile.harm
            self.immense = self.immense or profile.immense
            self.several = self.several and profile.reference == "plural"
            self.sites |= profile.sites
            self.weapons |= profile.weapons
            self.sources |= profile.sources
            self.agents |= profile.agents
            self.patients |= profile.patients
            self.parties |= profile.agents | profile.patients
            if profile.place is not None:
                self.places[id(profile.place)] = profile.place
            date = profile.date
            if date is not None and date.since is not None and date.until is not None:
                self.dates.append((date.since, date.until))


def profile_of(report: Report, facts: Facts) -> Profile:
    known = report.profiles.get(id(facts))
    if not isinstance(known, Profile):
        known = report.profiles[id(facts)] = Profile(report, facts)
    return known


def told_of(report: Report, facts: list[Facts]) -> Told:
    """The facts of an event together; kept by the identity of the first, as an event only grows."""
    known = report.together.get(id(facts[0]))
    if not isinstance(known, Told) or len(known.facts) > len(facts) or known.facts[-1] is not facts[len(known.facts) - 1]:
        known = report.together[id(facts[0])] = Told(report, facts)
    elif len(known.facts) < len(facts):
        known.add(report, facts[len(known.facts) :])
    return known


def _heard(report: Report, index: int) -> bool:
    """Whether only the sound of blasts is told, and not what caused it ("the sound of blasts, which charges brought about")."""
    end = report.clauses.sentence(index)[1]
    return report.way_before(index, "sound", _SOUND) and not report.clauses.marked(_BROUGHT, index, end)


def _mark_before(report: Report, index: int, types: frozenset[str]) -> int:
    """Token of the nearest word of these types right before an anchor, in its clause; -1 if there is none."""
    mark = report.clauses.mark_before(index, _NEAR_ANSWER, 0, types)
    return mark.first if mark is not None else -1


def _reference(item: Facts) -> str:
    anchor = item.anchor
    if anchor.same or anchor.strength == "back":
        return "same"
    if anchor.definite:
        return "definite"
    if anchor.verb:
        return "verb"
    return "plural" if anchor.plural else "indefinite"
