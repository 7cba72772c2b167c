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
    weights = report.weights
    return sum(weights.get(f"join.{name}", 0.0) * value for name, value in fit_signs(report, facts, item, recent).items())


def fit_signs(report: Report, facts: list[Facts], item: Facts, recent: bool) -> dict[str, float]:
    """The signs by name, each with its strength; absent ones are left out."""
    clauses, anchor, last = report.clauses, item.anchor, facts[-1].anchor
    apart = min(abs(clauses.sentences_apart(f.anchor.index, anchor.index)) for f in facts)
    found: dict[str, float] = {
        "always": 1.0,
        _kinds(facts, item): 1.0,
        _reference(item): 1.0,
        "sentence": float(min(apart, _FAR)),
    }

    def mark(name: str, value: object) -> None:
        if value:
            found[name] = float(value) if isinstance(value, int | float) else 1.0

    if apart == 0:
        mark("same_sentence", 1)
        mark("during", report.cause_before(anchor.index) and not anchor.verb)
        mark("comma", min(clauses.commas(last.index, anchor.index), 4))
        mark("open", min(clauses.opens(last.index, anchor.index), 2))
        mark("joined", _joined(report, item))
        mark(
            "following",
            anchor.kind in _FOLLOWING and anchor.verb and not last.verb and not item.roles.agents and not _joined(report, item),
        )
        mark("own_harm", anchor.harm and any(f.anchor.harm for f in facts))
    mark("paragraph", clauses.paragraph(last.index) != clauses.paragraph(anchor.index))
    mark("turn", clauses.turns(last.index, anchor.index))
    mark("lead", report.text.tokens[facts[0].anchor.index].sentence == 0)
    mark("recent", recent)
    mark(f"family_{family(anchor.kind)}", 1)
    trigger = anchor.trigger
    mark(
        "same_lemma",
        trigger is not None and any(f.anchor.trigger is not None and f.anchor.trigger.lemma == trigger.lemma for f in facts),
    )
    if apart:
        mark("overlap", _overlap(report, facts, item))
    mark("same_site", _sites(report, [item]) & _sites(report, facts))
    mark("same_weapon", {w.kind for w in item.weapons} & {w.kind for f in facts for w in f.weapons})
    mark("bare", not (item.places or item.dates or anchor.harm or item.roles.agents or item.roles.patients))
    mark("harm_only", trigger is None)
    mark("same_source", {x.name for x in item.sources} & {x.name for f in facts for x in f.sources})
    found.update(_place(facts, item))
    found.update(_date(facts, item))
    found.update(_parties(facts, item))
    found.update(_tolls(facts, item))
    return found


def _joined(report: Report, item: Facts) -> bool:
    trigger = item.anchor.trigger
    return trigger is not None and trigger.proclitic.startswith(report.conjunction)


def _overlap(report: Report, facts: list[Facts], item: Facts) -> float:
    """The share of content words that the anchor's surroundings have in common with those of the event, at best."""
    mine = report.around(item.anchor.index)
    best = 0.0
    for other in facts:
        theirs = report.around(other.anchor.index)
        if mine and theirs:
            best = max(best, len(mine & theirs) / min(len(mine), len(theirs)))
    return best


def _sites(report: Report, items: list[Facts]) -> set[str]:
    return {core(report.text.tokens[s.head].form, report.language) for f in items for s in f.sites}


def _kinds(facts: list[Facts], item: Facts) -> str:
    mine = item.anchor.kind
    kinds = {f.anchor.kind for f in facts}
    families = {family(k) for k in kinds}
    own = family(mine)
    if own == "any":
        return "any"
    if mine in kinds:
        return "same_kind"
    if own in families:
        return "same_family"
    return "compatible" if any(frozenset((own, f)) in _COMPATIBLE for f in families) else "incompatible"


def _reference(item: Facts) -> str:
    anchor = item.anchor
    if anchor.same or anchor.strength == "back":
        return "same"
    if anchor.definite:
        return "definite"
    if anchor.verb:
        return "verb"
    return "plural" if anchor.plural else "indefinite"


def _place(facts: list[Facts], item: Facts) -> dict[str, float]:
    if item.place is None:
        return {"no_place": 1.0}
    theirs = [f.place for f in facts if f.place is not None]
    if not theirs:
        return {}
    best = max(nested(item.place, p) for p in theirs)
    return {{2: "same_place", 1: "nested_place", 0: "open_place", -1: "other_place"}[best]: 1.0}


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


def _date(facts: list[Facts], item: Facts) -> dict[str, float]:
    mine = item.date
    if mine is None or mine.since is None or mine.until is None:
        return {"no_date": 1.0}
    theirs = [f.date for f in facts if f.date is not None and f.date.since is not None and f.date.until is not None]
    if not theirs:
        return {"background": 1.0} if mine.background else {"new_date": 1.0}
    for date in theirs:
        assert date.since is not None and date.until is not None
        if date.since <= mine.until and mine.since <= date.until:
            return {"same_date" if (date.since, date.until) == (mine.since, mine.until) else "near_date": 1.0}
    return {"other_date": 1.0}


def _ids(items: list[Facts], side: str) -> set[str]:
    return {p.id or p.name for f in items for p, _ in getattr(f.roles, side) if p.sort != "civilians"}


def _parties(facts: list[Facts], item: Facts) -> dict[str, float]:
    found: dict[str, float] = {}
    mutual = family(item.anchor.kind) == "battle"
    for side, other in (("agents", "patients"), ("patients", "agents")):
        mine, theirs = _ids([item], side), _ids(facts, side)
        if mutual:
            theirs |= _ids(facts, other)
        if mine and theirs:
            found[f"same_{side}" if mine & theirs else f"other_{side}"] = 1.0
    return found


def _tolls(facts: list[Facts], item: Facts) -> dict[str, float]:
    found: dict[str, float] = {}
    told = [m for f in facts for m in f.anchor.harm]
    for mine in item.anchor.harm:
        same = [m for m in told if m.kind == mine.kind]
        if not same:
            continue
        if mine.min is not None and any(m.min == mine.min for m in same):
            found["same_toll" if mine.min > 2 else "same_small_toll"] = 1.0
        elif mine.corrected:
            found["corrected"] = 1.0
        elif mine.min is not None and any(m.min is not None for m in same):
            found["other_toll"] = 1.0
    return found
