"""Worth: whether an event that the words name stands up as a claim.

Habits, aims, fears, comments and words that only point back are no claims; news with a toll, a place and a day is. The signs are
weighed (``keep.*`` in ``packs/weights.tsv``, the words around the event by ``word_weights.tsv``, both learned by ``tools/learn_weights.py``).
"""

from __future__ import annotations

from marsad.reading.anchors import Anchor, family
from marsad.reading.cases import has_pronoun
from marsad.reading.facts import Facts
from marsad.reading.joining import Event
from marsad.reading.modality import status_at
from marsad.reading.places import ResolvedPlace
from marsad.reading.raids import homes
from marsad.reading.report import Report
from marsad.reading.triggers import Trigger
from marsad.reading.weights import present
from marsad.reading.wording import word_score

__all__ = ["signs", "worth"]

_EXPOSED = frozenset({"rape"})
_LATE = 6
_SUBJECT = 7  # tokens before the verb of a headline
_NEAR_DAY = 10  # tokens between an event and its day
_UNLIKE = -3.0  # a fit from which on two tellings have nothing to do with each other
_BEFORE, _BEHIND = 4, 3  # tokens around the name of an event within which a verb tells that it happened
_GENERAL, _MEANS = "general", frozenset({"strike", "blast"})
_WITHOUT, _LACKED = "without", 3  # tokens from "without" to what did not happen
_UNREAL = frozenset({"means", "halt"})  # cues that tell what a thing is used for, or what is to end
# Cues of what is only wished, supposed, feared, played, done time and again or not done.
_WISHED = frozenset({"aim", "condition", "exercise", "fear", "figurative", "habit", "undone"})
_PLANS = {"plan": "plan_plan", "prelude": "plan_plan", "threat": "plan_threat"}  # signs of cues of what somebody means to do
_PLAN, _TRIED = "plan", "tried"
_SURE, _ASSERTED = "sure", "asserted"
_BEGIN, _SINCE = frozenset({"begin"}), "since"
_ERE = frozenset({"ere"})
_GROUND = frozenset({"take", "fallto"})
_LEAVING = frozenset({"withdraw", "transfer"})
_TAKEN = frozenset({"agent", "patient", "place", "site"})
_CLASH = "clash"
_BATTLE, _UNDER_WAY = "battle", frozenset({"happened", "goes_on"})
_MANAGED, _COMPLETED, _DONE = frozenset({"managed"}), frozenset({"completed"}), frozenset({"done"})
_MANAGE, _COMPLETE = 18, 8  # tokens behind "managed" and "completed" within which what was done is named
_TARGET = "target"
_STRUCK = frozenset({"strike", "general"})
_DONE_TO = frozenset({"abduct", "arrest", "bombard", "burn", "destroy", "kill", "seize", "strike", "target"})
_LOOSE = frozenset({"damage", "general"})  # what was destroyed is often only a part of what is told
_FLOWN = frozenset({"drone", "aerial_bomb_or_missile", "rocket", "ballistic_missile", "mortar", "artillery"})
_TO = frozenset({"from", "in"})
_VIOLENT = frozenset({"strike", "blast", "battle", "general", "protest"})
_ARREST, _SIEGE, _AGREEMENT, _OPERATION = "arrest", "siege", "agreement", "operation"
_REACHED, _TO_REACH = frozenset({"reached"}), 3  # tokens from "came to" to the agreement
_VAGUE = frozenset({"general", "any"})
_HIT, _WHERE = frozenset({"attack", "target"}), frozenset({"place", "site"})
_FEW, _SETTING = 2, frozenset({"place", "agent"})
_STATUSES = frozenset({"none", "planned", "uncertain", "denied"})


def worth(report: Report, event: Event, place: ResolvedPlace | None) -> float:
    """The score of an event; a claim if it is at least 0."""
    return report.weights.score("keep", _signs(report, event, place)) + word_score(report, "keep", event)


def signs(report: Report, event: Event, place: ResolvedPlace | None) -> dict[str, float]:
    """The signs of an event by name, each with its strength (mostly 1; absent ones are left out)."""
    return present(_signs(report, event, place))


def _signs(report: Report, event: Event, place: ResolvedPlace | None) -> dict[str, float]:
    """The signs of an event, with those that are absent."""
    found: dict[str, float] = {"always": 1.0}
    facts, harm, first = event.facts, event.harm, event.first.anchor
    triggers = [f.anchor.trigger for f in facts if f.anchor.trigger is not None]
    # "They came to an agreement" is written with the letter of aims.
    found["aim"] = family(first.kind) != _AGREEMENT and all(_aimed(report, f) for f in facts)
    # "To arrest deserters" tells no toll.
    suffered = not found["aim"] or any(m.min != _FEW or m.max is not None for m in harm)
    found["harm"] = bool(harm) and suffered
    found["number"] = any(m.min is not None for m in harm) and suffered
    found["harm_only"] = not triggers
    found["row"] = first.heading is not None
    found["item"] = report.item(first.index) >= 0
    told = _told(facts)
    found["place"] = "place" in told
    found["no_place"] = place is None and not homes(report, event)
    dates = [date for f in facts if (date := f.date) is not None]
    found["date"] = any(not d.duration and not d.background for d in dates) or any(_on_some_day(report, f) for f in facts)
    found["past_date"] = bool(dates) and any(d.background for d in dates)
    found["duration"] = bool(dates) and any(d.duration for d in dates)
    found["future"] = bool(dates) and any(d.future for d in dates)
    for name in ("agent", "patient", "site", "weapon", "source"):
        found[name] = name in told
    main = family(first.kind)
    if main == _GENERAL and first.verb and facts[0].places:
        # "Targeted the town with raids" is as good as raids.
        main = next((each for f in facts for k in sorted(f.anchor.kinds) if (each := family(k)) in _MEANS), main)
    elif first.kind == _OPERATION and not first.plural:  # "an operation in which four rockets were stopped"
        main = next((each for f in facts[1:] if (each := family(f.anchor.kind)) not in _VAGUE), main)
    strengths = {f.anchor.strength for f in facts}
    # "His pride in the death of his son": one or some, nowhere, on no day and by nobody, are told again or not news.
    lone = all(m.min is None or m.min <= _FEW for m in harm) and not (dates or told & _SETTING)
    found["lone_harm"] = not triggers and lone and report.text.tokens[first.index].sentence > 0
    found["sure"] = "sure" in strengths
    found["back"] = strengths == {"back"}
    # "Was exposed to the rape": the article is that of the phrase.
    exposed = first.suffers and first.kind in _EXPOSED
    found["definite"] = first.definite and not (exposed or _news_of_it(report, first))
    found["alone_definite"] = len(facts) == 1 and found["definite"]
    pair = first.trigger is not None and first.trigger.feature.startswith("dual") and not first.verb
    # "..., before it took the quarter": in the present tense, as in posts, but it happened.
    ere = first.kind in _GROUND and report.clauses.mark_before(first.index, 2, 0, _ERE) is not None
    posted = ere or report.is_posted(first.index)
    found["plural"] = first.plural and not first.definite and not pair
    found["verb"] = first.verb
    if first.trigger is not None:
        found[f"shape_{family(first.kind)}_{_shape(first.trigger)}"] = True
        if first.verb:
            tense = first.trigger.feature.partition(".")[0]
            found[f"tense_{'perf' if posted and tense == 'impf' else tense}"] = True
            if main == _BATTLE and tense == "perf" and any(p.place.kind != "country" for p in facts[0].places):
                found["broke_out_at"] = not any(d.duration for d in facts[0].dates)
        else:
            near = range(max(0, first.first - _BEFORE), min(len(report.text.tokens), first.last + _BEHIND + 1))
            ways = {report.way_of_core(at) for at in near}
            found["happened"] = "happened" in ways
            found["goes_on"] = "goes_on" in ways
            found["achieved"] = main not in _LOOSE and _achieved(report, first.trigger)
            if main == _BATTLE and ways & _UNDER_WAY and any(p.place.kind != "country" for p in facts[0].places):
                found["fought_at"] = not any(d.duration for d in facts[0].dates)
    found["like_another"] = 1.0 - max(_UNLIKE, min(0.0, event.likeness)) / _UNLIKE
    found["habit"] = bool(triggers) and all(t.feature.startswith("impf") for t in triggers) and not posted
    found["who_it_is"] = not harm and _of_a_party(report, facts[0])
    found["reached"] = main == _AGREEMENT and place is not None and _reached(report, first)
    found["done_by"] = first.trigger is not None and not first.verb and first.trigger.proclitic in report.by
    found["carried"] = any(f.anchor.wage >= 0 and not f.anchor.suffers for f in facts)
    found["waged_at"] = {"place", "agent"} <= told and any(_waged(report, f.anchor.wage) for f in facts)
    found["struck_at"] = main in _STRUCK and _done_at(report, facts) and _strikes(facts)
    told_at = main == _GENERAL and not found["waged_at"] and _done_at(report, facts)
    found["attacked_at"] = told_at and not _strikes(facts) and _opens(report, first)
    found["goes_on_at_it"] = _repeated(report, first.wage)
    found["mentions"] = min(len(facts) - 1, 3)
    sentence = report.text.tokens[first.index].sentence
    found["lead"] = sentence == 0
    # A first sentence that tells who did what and where is news, however general its word.
    done = found["carried"] or (first.trigger is not None and first.verb and first.trigger.feature.startswith("perf"))
    found["news"] = sentence == 0 and done and main == _GENERAL and told >= _SETTING
    past = first.trigger is not None and first.verb and first.trigger.feature.startswith("perf")
    found["news_of_arrest"] = sentence == 0 and past and first.kind == _ARREST
    found["hit_by"] = past and first.kind in _HIT and "agent" in told and not told.isdisjoint(_WHERE)
    # Violence or protests told over a stretch of time without a toll is a series or a state, if it is not the news itself.
    all_along = len(facts) == 1 or (main == "protest" and all(d.duration for d in dates))
    found["lasting"] = sentence > 0 and all_along and not harm and main in _VIOLENT and found["duration"]
    found["late"] = sentence >= _LATE
    found["title"] = bool({f.anchor.trigger.lemma for f in facts if f.anchor.trigger is not None} & report.title_lemmas)
    found["version"] = event.base is not None
    found["background"] = report.is_background(first.index)
    statuses = {f.anchor.status for f in facts}
    if len(statuses) == 1 and not statuses.isdisjoint(_STATUSES):
        found[f"status_{first.status}"] = True
        if first.plan in _PLANS:
            found[_PLANS[first.plan]] = "place" in told
        found["about_to"] = first.plan == _PLAN and _about_to(report, facts[0])
    found["armed_attack"] = main == _GENERAL and any(w.kind in _FLOWN for f in facts for w in f.weapons)
    found[f"kind_{main}"] = True
    found["crime"] = main == _ARREST and report.way_in_sentence(first.index, "crime")
    found["chemical"] = main == _GENERAL and any(w.kind == "chemical" for f in facts for w in f.weapons)
    found["named_only"] = len(facts) == 1 and not (harm or first.harm or facts[0].places or facts[0].dates or facts[0].sites)
    found["object"] = first.verb and bool(facts[0].roles.patients or facts[0].sites)
    found["counted"] = first.index - 1 in report.counted or (pair and not first.definite)
    found["series"] = report.way_before(first.index, "series")
    # "to launch raids ... will support those raids": what only points back at what is not real is not real either.
    found["unreal"] = _unreal(report, facts[0]) and all(_unreal(report, f) or _pointed(f) for f in facts[1:])
    found["besieged"] = main == _SIEGE and all(f.anchor.kind == _SIEGE for f in facts)
    found["taken_nowhere"] = main == "ground" and not told & _TAKEN and all(f.anchor.kind in _GROUND for f in facts)
    found["left_undated"] = first.kind in _LEAVING and first.trigger is not None and not first.verb and not dates
    found["after"] = report.cause_before(first.index)
    # Sorted, as sums of weights depend on their order in the last digit.
    for stance in sorted({a.stance for a in report.attributions if a.covers(first.index)}):
        found[f"stance_{stance}"] = True
    if found["back"] and first.status == "denied":
        found["stance_denies"] = True  # also where no verb of saying does ("..., denying that any civilian died")
    found["quoted"] = report.quoted(first.index)
    found["headline"] = sentence == 0 and _headline(report, facts[0])
    found["also_told"] = sentence > 0 and any(report.text.tokens[f.anchor.index].sentence == 0 for f in facts)
    return found


def _told(facts: list[Facts]) -> set[str]:
    """What any of the facts of an event tells: ``place``, ``agent``, ``patient``, ``site``, ``weapon``, ``source`` (an origin)."""
    told = set[str]()
    for each in facts:
        if each.places:
            told.add("place")
        if each.roles.agents:
            told.add("agent")
        if each.roles.patients:
            told.add("patient")
        if each.sites:
            told.add("site")
        if each.weapons:
            told.add("weapon")
        for source in each.sources:
            if source.role == "origin":
                told.add("source")
    return told


def _news_of_it(report: Report, anchor: Anchor) -> bool:
    """Whether a deed is definite only by the pronoun for whom or what it was done to, and nothing like it was told before.

    "Went out of service after it was shelled" tells of the shelling for the first time.
    """
    trigger = anchor.trigger
    if trigger is None or trigger.verb or trigger.kind not in _DONE_TO:
        return False
    if not has_pronoun(report.text, report.text.tokens[trigger.index], report.language):
        return False
    return all(t.kind != trigger.kind for t in report.triggers_between(0, trigger.index))


def _shape(trigger: Trigger) -> str:
    """How the event is named: by a verb, or by a noun of one or several, the event or an event."""
    if trigger.verb:
        return "verb"
    return ("the_" if trigger.definite else "a_") + ("several" if trigger.plural else "one")


def _achieved(report: Report, trigger: Trigger) -> bool:
    """Whether a verb tells that the deed named behind it was done ("managed to retake", "carried out the retaking")."""
    clauses, index = report.clauses, trigger.index
    floor = clauses.sentence(index)[0]
    if clauses.mark_before(index, 2, floor, _DONE) or clauses.mark_before(index, _COMPLETE, floor, _COMPLETED):
        return True
    if trigger.proclitic not in report.by and report.way_at(index - 1) not in _TO:
        return False
    managed = clauses.marked(_MANAGED, max(floor, index - _MANAGE), index)
    return bool(managed) and clauses.opens(managed[-1], index) == 0


def _of_a_party(report: Report, facts: Facts) -> bool:
    """Whether a clause on a party only tells what it does all the time ("the aircraft that bomb the organisation in two countries")."""
    trigger, marks = facts.anchor.trigger, report.clauses.marks
    if trigger is None or not trigger.feature.startswith("impf") or facts.dates or trigger.index < 2:
        return False
    if trigger.kind == _CLASH and trigger.verb:
        return True  # "the last group that fights in the town"
    mark = marks.get(trigger.index - 1)
    return mark is not None and "relative" in mark.types and report.party_at(trigger.index - 2, trigger.index - 2) is not None


def _carrier(report: Report, wage: int) -> Trigger | None:
    """The verb that carries an event, by its token."""
    return next(iter(report.triggers_between(wage, wage + 1)), None) if wage >= 0 else None


def _headline(report: Report, facts: Facts) -> bool:
    """Whether a text opens as a headline or post does, with who acts and the present tense ("a drone hits a car in the town")."""
    trigger = facts.anchor.trigger
    if trigger is None or not trigger.verb or not trigger.feature.startswith("impf") or trigger.proclitic or not facts.places:
        return False
    begin = report.clauses.sentence(trigger.index)[0]
    if not 0 < trigger.index - begin <= _SUBJECT or report.clauses.opens(begin, trigger.index):
        return False
    acts = any(begin <= p.first < trigger.index for p, _ in facts.roles.agents)
    return acts or any(begin <= w.first < trigger.index for w in report.weapons)


def _waged(report: Report, wage: int) -> bool:
    """Whether the verb that carries an event tells of it as done ("launched raids")."""
    verb = _carrier(report, wage)
    return verb is not None and verb.feature.startswith("perf")


def _strikes(facts: list[Facts]) -> bool:
    """Whether any word for a strike tells of an event."""
    return any(family(kind) == "strike" for f in facts for kind in f.anchor.kinds)


def _opens(report: Report, anchor: Anchor) -> bool:
    """Whether no other event is named before an anchor in its sentence."""
    begin = report.clauses.sentence(anchor.index)[0]
    return all(t.index == anchor.wage for t in report.triggers_between(begin, anchor.first))


def _done_at(report: Report, facts: list[Facts]) -> bool:
    """Whether violence is told as done, at a place narrower than a country and over no stretch of time ("launched raids on the two towns")."""
    if not any(p.place.kind != "country" for f in facts for p in f.places) or any(d.duration for f in facts for d in f.dates):
        return False
    for anchor in (f.anchor for f in facts if f.anchor.trigger is not None):
        assert anchor.trigger is not None
        hit = anchor.kind != _TARGET and _TARGET in anchor.kinds and anchor.first < anchor.index  # "an attack hit the field of X"
        if hit or (anchor.verb and anchor.trigger.feature.startswith("perf")) or _waged(report, anchor.wage):
            return True
    return False


def _repeated(report: Report, wage: int) -> bool:
    """Whether the verb that carries an event tells what is done again and again ("is waging raids")."""
    verb = _carrier(report, wage)
    return verb is not None and verb.kind == "wage" and verb.feature.startswith("impf")


def _unreal(report: Report, facts: Facts) -> bool:
    """Whether the event is what a thing is used for ("a hill which they use for shelling"), what is to end ("to refrain from"), or
    only wished, feared ("fled for fear of arrest") or counted from."""
    index = facts.anchor.index
    if facts.anchor.plan == _TRIED:
        return True
    begun = report.way_at(index - 2) == _SINCE and report.clauses.mark_before(index, 1, index - 1, _BEGIN) is not None
    if begun and facts.anchor.definite and not facts.anchor.harm:
        return True  # "the first ship since the start of the fighting": only a date
    noun = facts.anchor.trigger is not None and not (facts.anchor.trigger.verb or facts.anchor.definite or facts.anchor.harm)
    if noun and facts.anchor.status == "none":
        lacks = (cue for cue in report.cues if cue.group == _WITHOUT)
        if any(0 < index - cue.last <= _LACKED for cue in lacks):
            return True  # "passed without raids", "without any shelling being noted"
    groups = _UNREAL | _WISHED if facts.anchor.status == "none" else _UNREAL
    return any(cue.group in groups and cue.scope[0] <= index <= cue.scope[1] for cue in report.cues)


def _pointed(facts: Facts) -> bool:
    """Whether an event is only named again by a noun, without day, place or toll of its own."""
    anchor = facts.anchor
    return (anchor.definite or anchor.same) and not (anchor.verb or anchor.harm or facts.places or facts.dates)


def _on_some_day(report: Report, facts: Facts) -> bool:
    """Whether a day is told near an event that nobody can count, as the day of publication is not known ("on Saturday")."""
    if report.document.published:
        return False
    index, (begin, end) = facts.anchor.index, report.clauses.sentence(facts.anchor.index)
    low, high = max(begin, index - _NEAR_DAY), min(end, index + _NEAR_DAY)
    return any(low <= d.first < high and d.since is None and d.until is None and not d.duration for d in report.dates)


def _reached(report: Report, anchor: Anchor) -> bool:
    """Whether the words for an agreement, or those before it, tell that it came about ("came to an agreement")."""
    low = max(report.clauses.sentence(anchor.index)[0], anchor.first - _TO_REACH)
    return anchor.status == "asserted" and bool(report.clauses.marked(_REACHED, low, anchor.last + 1))


def _about_to(report: Report, facts: Facts) -> bool:
    """Whether a plan only says what people were about when something happened to them ("killed nine who prepared to attack X").

    Both stand in one clause; "ten were killed, and the group plans to attack X" tells of a plan.
    """
    first = facts.anchor.first
    begin = report.clauses.sentence(first)[0]
    while begin < first and report.clauses.all_commas(begin, first):
        begin += 1
    return report.harmed_between(begin - 1, first) or any(
        t.strength == _SURE and status_at(report.cues, t.index) == _ASSERTED and (t.verb or t.proclitic != report.to)
        for t in report.triggers_between(begin, first)
    )


def _aimed(report: Report, facts: Facts) -> bool:
    """Whether the event is told as an aim ("to retake the town")."""
    trigger = facts.anchor.trigger
    if trigger is None or trigger.verb or facts.anchor.wage >= 0:
        return False
    return trigger.proclitic.removeprefix(report.conjunction).startswith(report.to)
