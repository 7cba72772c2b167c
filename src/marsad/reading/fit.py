"""Fit: how well an anchor fits an event told before it.

The signs are named here and weighed in ``packs/weights.tsv`` (``join.*``), learned by ``tools/learn_weights.py`` on the gold reports:
the kind of event, definiteness, nearness, turns of the report, place, day, parties, tolls and words in common.
"""

from __future__ import annotations

from marsad.reading.anchors import family
from marsad.reading.facts import Facts
from marsad.reading.places import ResolvedPlace
from marsad.reading.report import Report, core

__all__ = ["fit", "fit_signs", "nested"]

# Families that may tell of one event.
_COMPATIBLE = {
    frozenset(p)
    for p in (
        ("general", "strike"), ("general", "blast"), ("general", "battle"), ("general", "killing"), ("general", "chemical"),
        ("general", "damage"), ("killing", "battle"), ("killing", "strike"), ("killing", "blast"), ("damage", "strike"),
        ("damage", "blast"), ("strike", "blast"), ("battle", "strike"), ("killing", "taking"), ("general", "taking"),
        ("killing", "damage"), ("killing", "protest"), ("battle", "protest"), ("chemical", "strike"), ("damage", "battle"),
        ("arrest", "battle"), ("general", "protest"), ("ground", "battle"), ("arrest", "killing"),
    )
}  # fmt: skip
# Verbs whose subject may be the event itself ("the blasts that targeted", "the raid destroyed").
_FOLLOWING = frozenset({"target", "destroy", "strike", "fall", "burn"})
_FAR = 6


class Profile:
    """What of an anchor's facts is compared, worked out once."""

    __slots__ = (
        "agents", "around", "bare", "date", "family", "harm", "index", "joined", "kind", "lemma", "paragraph", "patients", "place",
        "reference", "sentence", "sites", "sources", "verb", "weapons",
    )  # fmt: skip

    def __init__(self, report: Report, facts: Facts) -> None:
        anchor, trigger = facts.anchor, facts.anchor.trigger
        self.index, self.kind, self.verb = anchor.index, anchor.kind, anchor.verb
        self.family = family(anchor.kind)
        self.lemma = trigger.lemma if trigger is not None else None
        self.joined = trigger is not None and trigger.proclitic.startswith(report.conjunction)
        self.reference = _reference(facts)
        self.sentence = report.text.tokens[anchor.index].sentence
        self.paragraph = report.clauses.paragraph(anchor.index)
        self.around = report.around(anchor.index)
        self.agents = {p.id or p.name for p, _ in facts.roles.agents if p.sort != "civilians"}
        self.patients = {p.id or p.name for p, _ in facts.roles.patients if p.sort != "civilians"}
        self.sites = {core(report.text.tokens[s.head].form, report.language) for s in facts.sites}
        self.weapons = {w.kind for w in facts.weapons}
        self.sources = {s.name for s in facts.sources}
        self.place, self.date, self.harm = facts.place, facts.date, anchor.harm
        self.bare = not (facts.places or facts.dates or anchor.harm or facts.roles.agents or facts.roles.patients)


def fit(report: Report, facts: list[Facts], item: Facts, recent: bool) -> float:
    """The score of an anchor beside the facts of an event; it joins if it is at least 0.

    Args:
        report: the report.
        facts: of the event, in the order of the text.
        item: the facts of the anchor.
        recent: whether the event is the one told last.
    """
    if item.anchor.other:
        return float("-inf")
    weights = _weights(report)
    return sum(weights.get(name, 0.0) * value for name, value in fit_signs(report, facts, item, recent))


def _weights(report: Report) -> dict[str, float]:
    """The weights of joining by the bare names of the signs."""
    if not report.joining:
        report.joining.update({n.removeprefix("join."): w for n, w in report.weights.items() if n.startswith("join.")})
    return report.joining


def _profile(report: Report, facts: Facts) -> Profile:
    known = report.profiles.get(id(facts))
    if not isinstance(known, Profile):
        known = report.profiles[id(facts)] = Profile(report, facts)
    return known


def fit_signs(report: Report, facts: list[Facts], item: Facts, recent: bool) -> list[tuple[str, float]]:
    """The signs by name, each with its strength; absent ones are left out."""
    mine = _profile(report, item)
    told = [_profile(report, f) for f in facts]
    clauses, last = report.clauses, told[-1]
    apart = min(abs(p.sentence - mine.sentence) for p in told)
    found: list[tuple[str, float]] = [
        ("always", 1.0), (_kinds(told, mine), 1.0), (mine.reference, 1.0), ("sentence", float(min(apart, _FAR))),
        (f"family_{mine.family}", 1.0),
    ]  # fmt: skip
    if apart == 0:
        found.append(("same_sentence", 1.0))
        found.append(("comma", float(min(clauses.commas(last.index, mine.index), 4))))
        found.append(("open", float(min(clauses.opens(last.index, mine.index), 2))))
        if not mine.verb and report.cause_before(mine.index):
            found.append(("during", 1.0))
        if mine.joined:
            found.append(("joined", 1.0))
        elif mine.kind in _FOLLOWING and mine.verb and not last.verb and not mine.agents:
            found.append(("following", 1.0))
        if mine.harm and any(p.harm for p in told):
            found.append(("own_harm", 1.0))
    else:
        overlap = (
            max((len(mine.around & p.around) / min(len(mine.around), len(p.around)) if p.around else 0.0) for p in told)
            if mine.around
            else 0.0
        )
        found.append(("overlap", overlap))
    turns = clauses.turns(last.index, mine.index)
    found += [
        (name, 1.0)
        for name, holds in (
            ("paragraph", last.paragraph != mine.paragraph),
            ("lead", told[0].sentence == 0),
            ("recent", recent),
            ("bare", mine.bare),
            ("harm_only", mine.lemma is None),
            ("same_lemma", mine.lemma is not None and any(p.lemma == mine.lemma for p in told)),
            ("same_site", mine.sites and any(mine.sites & p.sites for p in told)),
            ("same_weapon", mine.weapons and any(mine.weapons & p.weapons for p in told)),
            ("same_source", mine.sources and any(mine.sources & p.sources for p in told)),
        )
        if holds
    ]
    if turns:
        found.append(("turn", float(turns)))
    _place(told, mine, found)
    _date(told, mine, found)
    _parties(told, mine, found)
    if mine.harm:
        _tolls(told, mine, found)
    return found


def _kinds(told: list[Profile], mine: Profile) -> str:
    if mine.family == "any":
        return "any"
    if any(p.kind == mine.kind for p in told):
        return "same_kind"
    if any(p.family == mine.family for p in told):
        return "same_family"
    return "compatible" if any(frozenset((mine.family, p.family)) in _COMPATIBLE for p in told) else "incompatible"


def _reference(item: Facts) -> str:
    anchor = item.anchor
    if anchor.same or anchor.strength == "back":
        return "same"
    if anchor.definite:
        return "definite"
    if anchor.verb:
        return "verb"
    return "plural" if anchor.plural else "indefinite"


def _place(told: list[Profile], mine: Profile, found: list[tuple[str, float]]) -> None:
    if mine.place is None:
        found.append(("no_place", 1.0))
        return
    theirs = [p.place for p in told if p.place is not None]
    if theirs:
        best = max(nested(mine.place, p) for p in theirs)
        found.append(({2: "same_place", 1: "nested_place", 0: "open_place", -1: "other_place"}[best], 1.0))


def nested(one: ResolvedPlace, other: ResolvedPlace) -> int:
    """2: the same place; 1: one contains the other; 0: unknown; -1: two places apart."""
    if one.mention.form == other.mention.form:
        return 2
    if one.entry is not None and other.entry is not None and one.entry.id == other.entry.id:
        return 2
    names, others = {one.place.name, *one.place.within}, {other.place.name, *other.place.within}
    if one.place.name in other.place.within or other.place.name in one.place.within:
        return 1
    if one.place.country and other.place.country and one.place.country != other.place.country:
        return -1
    if one.place.kind == "country" or other.place.kind == "country":
        return 1
    wide = ("governorate", "district", "area", "subdistrict")
    if names & others and (one.place.kind in wide or other.place.kind in wide):
        return 0
    return -1


def _date(told: list[Profile], item: Profile, found: list[tuple[str, float]]) -> None:
    mine = item.date
    if mine is None or mine.since is None or mine.until is None:
        found.append(("no_date", 1.0))
        return
    name = ""
    for profile in told:
        date = profile.date
        if date is None or date.since is None or date.until is None:
            continue
        if date.since <= mine.until and mine.since <= date.until:
            name = "same_date" if (date.since, date.until) == (mine.since, mine.until) else "near_date"
            break
        name = "other_date"
    found.append((name or ("background" if mine.background else "new_date"), 1.0))


def _parties(told: list[Profile], mine: Profile, found: list[tuple[str, float]]) -> None:
    mutual = mine.family == "battle"
    for side in ("agents", "patients"):
        own: set[str] = getattr(mine, side)
        if not own:
            continue
        theirs = {i for p in told for i in ((p.agents | p.patients) if mutual else getattr(p, side))}
        if theirs:
            found.append((f"same_{side}" if own & theirs else f"other_{side}", 1.0))


def _tolls(told: list[Profile], mine: Profile, found: list[tuple[str, float]]) -> None:
    names: set[str] = set()
    harm = [m for p in told for m in p.harm]
    for toll in mine.harm:
        same = [m for m in harm if m.kind == toll.kind]
        if not same:
            continue
        if toll.min is not None and any(m.min == toll.min for m in same):
            names.add("same_toll" if toll.min > 2 else "same_small_toll")
        elif toll.corrected:
            names.add("corrected")
        elif toll.min is not None and any(m.min is not None for m in same):
            names.add("other_toll")
    found += [(name, 1.0) for name in sorted(names)]
