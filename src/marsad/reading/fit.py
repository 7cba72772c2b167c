"""Fit: how well an anchor fits an event told before it.

The signs are named here and weighed in ``packs/weights.tsv`` (``join.*``), learned by ``tools/learn_weights.py`` on the gold reports:
the kind of event, definiteness, nearness, turns of the report, place, day, parties, tolls and words in common.
"""

from __future__ import annotations

from marsad.reading.dates import DateMention
from marsad.reading.facts import Facts
from marsad.reading.harm import HarmMention
from marsad.reading.places import ResolvedPlace
from marsad.reading.profiles import Profile, Told, profile_of, told_of
from marsad.reading.report import Report

__all__ = ["fit", "fit_signs", "nested", "points_at"]

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
_NEW = frozenset({"indefinite", "plural"})  # references of what was not told before
_NONE = frozenset[str]()
# The same by family; a family goes with itself too where nothing else is told.
_COMPANY = {
    family: frozenset(other for pair in _COMPATIBLE if family in pair for other in pair - {family})
    for family in frozenset().union(*_COMPATIBLE)
}
# Families told beside one another that seldom tell of one event.
_APART = {"battle": ("ground", "strike"), "ground": ("battle",), "strike": ("battle",)}
# Verbs whose subject may be the event itself ("the blasts that targeted", "the raid destroyed").
_FOLLOWING = frozenset({"target", "destroy", "strike", "fall", "burn"})
_SUDDEN = frozenset({"blast", "general"})  # families of words for what happens in a moment
# Families of what people are arrested over ("46 were held over the blast").
_CHARGES = frozenset({"blast", "strike", "chemical"})
# Kinds behind which "by" tells of the means ("a massacre by shelling houses").
_DONE_BY = frozenset({"kill", "violence"})
_SEARCHES = frozenset({"operation", "raid"})
_FAR, _BARE = 6, 2  # the least number of a bare plural, which says little
_EFFECT, _OUTCOME = frozenset({"effect"}), 3  # tokens from "which led to" to what it led to
_FOUGHT = {"battle"}
_ALSO, _TOO, _ELSEWHERE = frozenset({"also"}), 2, ("open_place", "other_place")  # "also" stands before or right behind its verb
_WITH_FIGHTING = frozenset({"battle", "general", "ground", "killing"})  # families of what a fight may be told as
_WEEKS, _DAYS = 21, 7  # days of a stretch of time, and of what is no stretch
_LARGE = 500  # a toll that is one over a stretch where the days are not known
_APART_BY = [float(apart) for apart in range(_FAR + 1)]  # no call for each


def fit(report: Report, facts: list[Facts], item: Facts, recent: bool, alone: bool = False) -> float:
    """The score of an anchor beside the facts of an event; it joins if it is at least 0.

    Args:
        report: the report.
        facts: of the event, in the order of the text.
        item: the facts of the anchor.
        recent: whether the event is the one told last.
        alone: whether it is the only one so far that the anchor can mean (see ``points_at``).
    """
    if item.anchor.other:
        return float("-inf")
    return report.weights.score("join", fit_signs(report, facts, item, recent, alone))


def fit_signs(report: Report, facts: list[Facts], item: Facts, recent: bool, alone: bool = False) -> dict[str, float]:
    """The signs by name, each with its strength; absent ones are left out."""
    mine, told = profile_of(report, item), told_of(report, facts)
    clauses, last, sentence = report.clauses, told.last, mine.sentence
    if sentence > told.latest:
        apart = sentence - told.latest
    else:
        apart = 0 if sentence in told.sentences else min([abs(s - sentence) for s in told.sentences])
    found = {
        "always": 1.0, _kinds(told, mine): 1.0, mine.reference: 1.0, "sentence": _APART_BY[apart] if apart < _FAR else _APART_BY[_FAR],
        mine.family_sign: 1.0,
    }  # fmt: skip
    if apart == 0:
        found["same_sentence"] = 1.0
        found["comma"] = float(min(clauses.all_commas(last.index, mine.index), 4))
        found["open"] = float(min(clauses.opens(last.index, mine.index), 2))
        if not mine.verb and report.cause_before(mine.index):
            found["during"] = 1.0
        if mine.joined:
            found["joined"] = 1.0
        elif mine.kind in _FOLLOWING and mine.verb and not last.verb and not mine.agents:
            found["following"] = 1.0
        if mine.harm and told.harm:
            found["own_harm"] = 1.0
        if (
            (mine.by or mine.inside)  # "a massacre by shelling", "assassinated them in raids"
            and mine.family == "strike"
            and not mine.replies
            and last.kind in _DONE_BY
            and not clauses.opens(last.index, mine.index)
        ):
            found["means"] = 1.0
        if mine.inside and mine.kind in _SEARCHES and "arrest" in told.families and not clauses.opens(last.index, mine.index):
            found["means"] = 1.0  # "arrested 17 men ... in raids"
        if any(last.index < p.first < mine.index and clauses.opens(last.index, p.first) for p, _ in item.roles.agents):
            found["own_subject"] = 1.0
        if mine.answer >= last.index or (0 <= last.answer and clauses.commas(last.index, mine.index)):
            found["answer"] = 1.0
    else:
        found["overlap"] = _overlap(told, mine.around)
    if last.paragraph != mine.paragraph:
        found["paragraph"] = 1.0
    if told.lead:
        found["lead"] = 1.0
    if recent:
        found["recent"] = 1.0
    if alone and "blast" in told.families:
        found["only_blast"] = 1.0
    if mine.bare:
        found["bare"] = 1.0
    if mine.lemma is None:
        found["harm_only"] = 1.0
    elif mine.lemma in told.lemmas:
        found["same_lemma"] = 1.0
    if mine.sites and not mine.sites.isdisjoint(told.sites):
        found["same_site"] = 1.0
    if mine.weapons and not mine.weapons.isdisjoint(told.weapons):
        found["same_weapon"] = 1.0
    if mine.sources and not mine.sources.isdisjoint(told.sources):
        found["same_source"] = 1.0
    goes_on = apart == 0 and mine.joined and not mine.agents  # "raided the town and pulled down two houses"
    if mine.family == "damage" and "damage" not in told.families and not goes_on and not _flown(report, mine, told):
        found["damage_of"] = 1.0
    if mine.family not in told.families and not (apart == 0 and (_led_by(report, mine, told) or _led_by(report, last))):
        for other in _APART.get(mine.family, ()):
            if other in told.families:
                found["battle_" + (other if mine.family == "battle" else mine.family)] = 1.0
    if apart == 0 and mine.family == "damage" and report.clauses.mark_before(mine.index, _OUTCOME, last.index + 1, _EFFECT):
        found["outcome"] = 1.0
    again = mine.place is None or mine.lemma in told.lemmas  # "those killed in this raid ..., who fired rockets at Y"
    if mine.reference == "same" and mine.kind in told.kinds and apart == 1 and mine.date is None and again:
        found["told_again"] = 1.0
    if mine.reference == "indefinite" and mine.place is not None and not told.places and told.several:
        found["one_of_many"] = 1.0
    if mine.replies and not (apart == 0 and last.replies):
        found["reply"] = 1.0
    if mine.family != "arrest" and mine.family in _CHARGES and told.families == {"arrest"}:
        found["charge"] = 1.0
    if mine.means and last.means and mine.means != last.means:
        found["other_means"] = 1.0
    if _first_toll(told, mine, apart) and not clauses.turns_and_details(last.index, mine.index):
        found["first_toll"] = 1.0
    if mine.heard and apart <= 1 and "strike" in told.families and (mine.place is None or _told_there(told, mine.place)):
        found["heard"] = 1.0  # "raids hit the town ... the sound of blasts was heard"
    if mine.recalled and not last.recalled:
        found["recalled"] = 1.0
    turns = clauses.turns_and_details(last.index, mine.index)
    if turns:
        found["turn"] = float(turns)
    if mine.place is None:
        # The lead tells no day; what happened "in the town" on one is told of the same.
        led = told.lead and recent and mine.date is not None and not told.dates
        found["same_place" if led and item.anaphor is not None and _among(told, item.anaphor) else "no_place"] = 1.0
    elif told.places:
        _place(told, mine.place, mine.reference, found)
        if mine.verb and not found.keys().isdisjoint(_ELSEWHERE) and clauses.marked(_ALSO, mine.index - 1, mine.index + _TOO):
            found["also_elsewhere"] = 1.0  # "struck the town of X, and also struck Y"
        if "other_place" in found:
            if "other_means" in found:
                found["elsewhere_otherwise"] = 1.0
            if mine.reference == "indefinite" and not mine.verb and mine.place.mention.opening != mine.index + 1:
                found["another_elsewhere"] = 1.0  # "the shelling of the town" is a certain one
    elif mine.opens and mine.reference in _NEW and apart:
        found["moved_on"] = 1.0
    if mine.date is None:
        found["no_date"] = 1.0
    elif told.lead and recent and apart and not told.dates and mine.reference == "definite" and mine.place is None:
        pass  # the lead tells no day; that of "the shell" told next is its own
    elif _since_then(told, mine.date) and report.spoken_on(mine.date.first, mine.index):
        found["no_date"] = 1.0  # who tells on Monday what happened on Saturday
    else:
        _date(told, mine.date, found)
    if mine.harm and _stretch(report, facts, item):
        found["stretch"] = 1.0
    if mine.agents or mine.patients:
        _parties(told, mine, found)
    if mine.accused and told.agents <= mine.agents and item.anchor.status == facts[-1].anchor.status:
        found["accused"] = 1.0
    if mine.harm:
        _tolls(told, mine, found)
    if mine.immense != told.immense:
        found["immense"] = 1.0
    if _of_its_own(report, item, mine, told):
        found["of_its_own"] = 1.0
    return found


def _flown(report: Report, mine: Profile, told: Told) -> bool:
    """Whether aircraft did what an anchor tells, and an event is a strike ("a raid ... its aircraft destroyed a depot")."""
    return mine.verb and "strike" in told.families and report.flown_before(mine.index)


def _of_its_own(report: Report, item: Facts, mine: Profile, told: Told) -> bool:
    """Whether an anchor tells of a deed of another sort, in words that make it one of its own.

    Fighting that has a place beside a strike or an arrest; a rocket stopped beside anything else; what others destroyed; arms seized
    beside an arrest; rapes told in a sentence of their own; raids that aircraft carried out beside fighting.
    """
    done = mine.verb or item.anchor.wage >= 0
    if mine.kind == "clash":
        return mine.place is not None and told.families.isdisjoint(_WITH_FIGHTING) and not report.cause_before(mine.index)
    if mine.family == "defence":
        return done and mine.family not in told.families
    if mine.kind == "repel" and mine.weapons:  # "repelled the rockets", beside the attack with them
        return done and mine.kind not in told.kinds
    if mine.kind == "destroy":
        others = bool(mine.agents) and bool(told.agents) and mine.agents.isdisjoint(told.agents)
        return mine.verb and others and mine.family not in told.families
    if mine.family == "rape":
        return mine.family not in told.families and mine.sentence not in told.sentences
    if mine.kind == "seize":
        return bool(mine.weapons) and told.families == {"arrest"} and mine.kind not in told.kinds
    return mine.means == "air" and mine.family == "strike" and done and bool(mine.agents) and "battle" in told.families


def points_at(report: Report, item: Facts, facts: list[Facts]) -> bool:
    """Whether an anchor that only says "the attack" or "the explosion", without place or day, can mean an event told before."""
    mine = profile_of(report, item)
    if mine.reference != "definite" or mine.family not in _SUDDEN or item.anchor.plural:
        return False
    families = told_of(report, facts).families
    related = mine.family in families or not _COMPANY[mine.family].isdisjoint(families)
    return related and mine.place is None and mine.date is None


def _led_by(report: Report, profile: Profile, told: Told | None = None) -> bool:
    """Whether an anchor is only what led to something, told without place or toll ("retook the town after clashes").

    A toll is that of the taking of a place told right before without one ("... after clashes in which four fell").
    """
    if profile.family != "battle" or profile.place is not None or not report.cause_before(profile.index):
        return False
    return not profile.harm or (told is not None and not told.harm and told.families == {"ground"})


def _overlap(told: Told, mine: frozenset[str]) -> float:
    """The greatest share of words in common with one of the facts told."""
    size = len(mine)
    return max([len(mine & theirs) / min(size, len(theirs)) for theirs in told.around if theirs], default=0.0) if mine else 0.0


def _kinds(told: Told, mine: Profile) -> str:
    if mine.family == "any":
        return "any"
    if mine.kind in told.kinds or not mine.suicide.isdisjoint(told.kinds):
        return "same_kind"
    if mine.family in told.families:
        return "same_family"
    return "compatible" if not _COMPANY.get(mine.family, _NONE).isdisjoint(told.families) else "incompatible"


def _place(told: Told, mine: ResolvedPlace, reference: str, found: dict[str, float]) -> None:
    best = -1
    for place in told.places.values():
        best = max(best, 2 if place is mine else nested(mine, place))
        if best == 2:
            break
    found[_NESTED[best]] = 1.0
    if best < 0 and all(_in_two_provinces(mine, place) for place in told.places.values()):
        found["other_province"] = 1.0
    if best < 0 and reference == "definite":
        found["definite_elsewhere"] = 1.0


def _first_toll(told: Told, mine: Profile, apart: int) -> bool:
    """Whether a sentence that tells a toll alone, without event word, place or day, follows one on fighting without a toll."""
    if mine.lemma is not None or not mine.harm or mine.place is not None or mine.date is not None or apart != 1:
        return False
    return not told.harm and told.families == _FOUGHT


def _told_there(told: Told, place: ResolvedPlace) -> bool:
    """Whether an event is told with no place, or with one that is the same or contains the other."""
    return not told.places or any(place is known or nested(place, known) > 0 for known in told.places.values())


def _among(told: Told, place: ResolvedPlace) -> bool:
    """Whether a place that a class word takes up is one of those told."""
    return any(place.place.name == p.place.name for p in told.places.values())


_WIDE = frozenset({"governorate", "district", "area", "subdistrict"})
_UNIT = 2  # from the end of what contains a place: the widest unit inside its country
_NESTED = {2: "same_place", 1: "nested_place", 0: "open_place", -1: "other_place"}


def nested(one: ResolvedPlace, other: ResolvedPlace) -> int:
    """2: the same place; 1: one contains the other; 0: unknown; -1: two places apart."""
    if one.mention.form == other.mention.form:
        return 2
    if one.entry is not None and other.entry is not None and one.entry.id == other.entry.id:
        return 2
    if one.place.name in other.place.within or other.place.name in one.place.within:
        return 1
    if one.place.country and other.place.country and one.place.country != other.place.country:
        return -1
    if one.place.kind == "country" or other.place.kind == "country":
        return 1
    if one.place.kind not in _WIDE and other.place.kind not in _WIDE:
        return -1
    mine, theirs = one.place.within, other.place.within
    if _in_two_provinces(one, other):
        return -1
    return -1 if {one.place.name, *mine}.isdisjoint((other.place.name, *theirs)) else 0


def _in_two_provinces(one: ResolvedPlace, other: ResolvedPlace) -> bool:
    """Whether two places lie in two units of the widest kind of one country."""
    mine, theirs = one.place.within, other.place.within
    known = len(mine) >= _UNIT and len(theirs) >= _UNIT and mine[-1] == theirs[-1]
    return known and mine[-_UNIT] != theirs[-_UNIT]


def _stretch(report: Report, facts: list[Facts], item: Facts) -> bool:
    """Whether an anchor tells a toll over weeks ("thousands were killed in the fighting since March"), and the event happened on a day."""
    anchor, date = item.anchor, item.date
    if not (anchor.plural or anchor.kind == "clash"):
        return False
    if date is None:  # no days are known in a report that tells none
        large = anchor.definite and any((m.min or 0) >= _LARGE for m in anchor.harm)
        return large and "since" in report.ways_in_sentence(anchor.index)
    told = [known for f in facts for known in f.dates]
    return date.duration and _days(date) >= _WEEKS and bool(told) and not any(d.duration or _days(d) >= _DAYS for d in told)


def _days(date: DateMention) -> int:
    return (date.until - date.since).days if date.since is not None and date.until is not None else 0


def _since_then(told: Told, day: DateMention) -> bool:
    """Whether a day is later than all on which an event is told to have happened."""
    return bool(told.dates) and day.since is not None and all(until < day.since for _, until in told.dates)


def _date(told: Told, mine: DateMention, found: dict[str, float]) -> None:
    assert mine.since is not None and mine.until is not None  # profiles leave out others
    name = ""
    for since, until in told.dates:
        if since <= mine.until and mine.since <= until:
            name = "same_date" if (since, until) == (mine.since, mine.until) else "near_date"
            break
        name = "other_date"
    found[name or ("background" if mine.background else "new_date")] = 1.0


def _parties(told: Told, mine: Profile, found: dict[str, float]) -> None:
    mutual = mine.family == "battle"
    if mine.agents:
        theirs = told.parties if mutual else told.agents
        if theirs:
            found["other_agents" if mine.agents.isdisjoint(theirs) else "same_agents"] = 1.0
            if mine.kind == "take" and "take" in told.kinds and mine.agents.isdisjoint(theirs):
                found["other_taker"] = 1.0
    if mine.patients:
        theirs = told.parties if mutual else told.patients
        if theirs:
            found["other_patients" if mine.patients.isdisjoint(theirs) else "same_patients"] = 1.0


def _tolls(told: Told, mine: Profile, found: dict[str, float]) -> None:
    names: set[str] = set()
    for toll in mine.harm:
        same = [m for m in told.harm if m.kind == toll.kind]
        if not same:
            continue
        if toll.min is not None and any(m.min == toll.min for m in same):
            names.add("same_toll" if toll.min > 2 else "same_small_toll")
            if toll.min > 2 and mine.lemma is None and mine.place is None and mine.date is None:
                names.add("known_toll")
        elif toll.corrected:
            names.add("corrected")
        elif toll.min is not None and any(m.min is not None for m in same) and not any(_open(toll, m) for m in same):
            names.add("other_toll")
    found.update(dict.fromkeys(sorted(names), 1.0))


def _open(one: HarmMention, other: HarmMention) -> bool:
    """Whether of two tolls one tells only the least number, and the other is about as great ("dozens of dead", "31 dead")."""
    assert one.min is not None
    low, high = (one, other) if other.min is not None and one.min <= other.min else (other, one)
    if low.min is None or high.min is None or low.max is not None:
        return False
    return _BARE < low.min <= high.min <= 2 * low.min
