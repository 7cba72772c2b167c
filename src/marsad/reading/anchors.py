"""Anchors: the points of a report at which an event is named, each with the harm that is told of it.

An anchor is a trigger, or a telling of harm that no trigger stands beside ("seven were killed in the town"). Triggers that
only shape another one ("suicide" in "suicide attack", the shells of "a fall of shells", "was exposed to" before "shelling")
are taken into it. A telling of harm goes to the anchor that its words point to ("which led to", "as a result of"), else to
the nearest in its sentence, else to the last one told before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from marsad.reading.harm import HarmMention
from marsad.reading.modality import status_at
from marsad.reading.report import Report
from marsad.reading.triggers import Trigger

__all__ = ["Anchor", "anchors_of", "family"]

_CAUSE, _EFFECT = frozenset({"cause"}), frozenset({"effect"})
_OTHER, _SAME = frozenset({"other"}), frozenset({"same"})
# Classes whose word shapes the event of a neighbouring trigger.
_MODIFIERS = frozenset({"suicide", "munition"})
_LIGHT = frozenset({"wage", "suffer", "operation", "use", "back"})
_HARMFUL = frozenset({"kill", "abduct", "arrest"})
# Deaths told behind an arrest are what people were arrested for, or of another event.
_CUSTODY, _BLOODY = frozenset({"abduct", "arrest", "seize", "agree"}), frozenset({"killed", "injured", "displaced"})
_KIND_OF = {
    "killed": "kill", "injured": "kill", "missing": "missing", "abducted": "abduct", "captured": "capture", "arrested": "arrest",
    "displaced": "displace",
}  # fmt: skip
_POINTS = frozenset({"denied"})
_DENIED = 14  # tokens that a denial reaches
# Classes by family; an anchor of the general family can stand for any of the others.
_FAMILY = {
    "air": "strike", "strike": "strike", "bombard": "strike", "fall": "strike", "launch": "strike", "drop": "strike",
    "munition": "strike", "target": "general", "attack": "general", "operation": "general", "back": "any", "explosion": "blast",
    "suicide": "blast", "plant": "blast", "clash": "battle", "ambush": "battle", "fire": "battle", "raid": "battle", "repel": "battle",
    "kill": "killing", "stab": "killing", "ram": "killing", "torture": "killing", "violence": "general", "abduct": "taking",
    "missing": "taking", "capture": "taking", "arrest": "arrest", "seize": "arrest", "take": "ground", "fallto": "ground",
    "withdraw": "ground", "transfer": "ground", "burn": "damage", "destroy": "damage", "loot": "damage", "disrupt": "defence",
    "shootdown": "defence", "foil": "defence", "agree": "agreement", "violate": "agreement", "protest": "protest", "disperse": "protest",
    "use": "chemical", "rape": "rape", "displace": "displacement", "reply": "strike", "find": "find", "siege": "siege",
}  # fmt: skip
_RELATIVE = frozenset({"relative"})
# Verbs whose subject may be the event named before them.
_FOLLOWING = frozenset({"target", "strike", "destroy", "fall"})
_ABSORB = 5
_WAGE = 9
_BACK = 3
_BEHIND = 3  # tokens between the number of a toll and its place
_REACH = 32  # anchors on either side that a telling of harm may belong to; only endless sentences have more


@dataclass(slots=True, eq=False)
class Anchor:
    """One naming of an event.

    Attributes:
        index: token of the naming word; first, last: token span with what was taken into it.
        start, end: source offsets of the words that stand as trigger evidence.
        kind: class of the trigger, or for a telling of harm ``kill``, ``missing``, ``capture``, ``displace`` ...
        trigger: the trigger, or None for a telling of harm.
        status: asserted, denied, uncertain, planned or none.
        kinds: classes of the triggers taken into it, its own included.
        wage: token of the verb that carries it ("launched"), or -1; suffers: that verb tells who was hit.
        other: told as another one; same: told as the same.
        harm: the tellings of harm that belong to it.
    """

    index: int
    first: int
    last: int
    start: int
    end: int
    kind: str
    trigger: Trigger | None
    status: str
    kinds: set[str] = field(default_factory=set)
    wage: int = -1
    suffers: bool = False
    other: bool = False
    same: bool = False
    harm: list[HarmMention] = field(default_factory=list)

    @property
    def verb(self) -> bool:
        return self.trigger is not None and self.trigger.verb

    @property
    def definite(self) -> bool:
        return self.trigger is not None and self.trigger.definite

    @property
    def plural(self) -> bool:
        return self.trigger is not None and self.trigger.plural

    @property
    def strength(self) -> str:
        return self.trigger.strength if self.trigger is not None else "sure"


def family(kind: str) -> str:
    """The family of a class of triggers: classes that may name one and the same event."""
    return _FAMILY.get(kind, "general")


def anchors_of(report: Report) -> list[Anchor]:
    """The anchors of a report in their order, with their harm."""
    anchors = _without_munitions(report, _from_triggers(report))
    _deny(report, anchors)
    _attach(report, anchors)
    anchors.sort(key=lambda a: a.index)
    return anchors


def _from_triggers(report: Report) -> list[Anchor]:
    found: list[Anchor] = []
    taken: set[int] = set()
    triggers, tokens = report.triggers, report.text.tokens
    pending: Trigger | None = None
    for number, trigger in enumerate(triggers):
        if trigger.index in taken:
            continue
        light = pending if pending is not None and _near(report, pending.index, trigger.index, _WAGE) else None
        if trigger.kind in ("wage", "suffer"):
            pending = trigger
            continue
        if trigger.kind == "take" and trigger.feature.startswith("impf") and trigger.lemma in report.states:
            continue  # "which they control" is a state
        if trigger.kind in _MODIFIERS and found and _shapes(report, found[-1], trigger):
            _take(found[-1], trigger, report)
            continue
        if found and _follows(report, found[-1], trigger):
            found[-1].kinds.add(trigger.kind)
            found[-1].last = trigger.index
            continue
        if found and _one_phrase(report, found[-1], trigger):
            last = found[-1]
            if last.kind in _LIGHT and trigger.kind not in _LIGHT:
                _take(last, trigger, report)
                last.kind, last.index = trigger.kind, trigger.index
            else:
                _take(last, trigger, report)
            continue
        first = trigger.index
        anchor = Anchor(
            trigger.index, first, trigger.index, trigger.start, trigger.end, trigger.kind, trigger,
            status_at(report.text, report.cues, trigger.index), {trigger.kind},
        )  # fmt: skip
        if trigger.kind == "take" and not trigger.verb and trigger.proclitic == report.to and anchor.status == "asserted":
            anchor.status = "planned"  # "an operation to free the town" tells what is wanted
        if trigger.then >= 0:
            anchor.last = max(anchor.last, trigger.then) if trigger.then - trigger.index <= 2 else anchor.last
            anchor.end = tokens[anchor.last].end
            following = next((t for t in triggers[number + 1 :] if t.index >= trigger.then), None)
            shaped = trigger.kind in ("repel", "foil", "agree") or (following is not None and following.kind in _MODIFIERS)
            if following is not None and following.index == trigger.then and shaped:
                taken.add(following.index)
                anchor.kinds.add(following.kind)
        if light is not None:
            anchor.wage, anchor.suffers = light.index, light.kind == "suffer"
            pending = None
        _mark(report, anchor)
        found.append(anchor)
    return found


def _without_munitions(report: Report, anchors: list[Anchor]) -> list[Anchor]:
    """Drops munitions in a sentence with an event word that can tell of their use, and words for suicide that shape no event."""
    strong = {report.text.tokens[a.index].sentence for a in anchors if a.kind not in ("munition", "back", "take", "arrest")}
    return [
        a for a in anchors if a.kind != "suicide" and (a.kind != "munition" or report.text.tokens[a.index].sentence not in strong)
    ]


def _near(report: Report, low: int, high: int, reach: int) -> bool:
    clauses = report.clauses
    return 0 < high - low <= reach and clauses.same_sentence(low, high) and clauses.opens(low, high) == 0


def _shapes(report: Report, anchor: Anchor, trigger: Trigger) -> bool:
    """Whether a modifier stands close enough behind (or right before) an anchor to belong to its phrase."""
    return (
        report.clauses.same_sentence(anchor.index, trigger.index)
        and trigger.index - anchor.last <= _ABSORB
        and report.clauses.commas(anchor.last, trigger.index) == 0
        and report.clauses.opens(anchor.last, trigger.index) == 0
    )


def _one_phrase(report: Report, anchor: Anchor, trigger: Trigger) -> bool:
    """Whether a trigger right behind an anchor is one noun phrase with it ("an exchange of fire", "attack by shelling")."""
    gap = trigger.index - anchor.last
    if trigger.verb or gap > 3 or not report.clauses.same_sentence(anchor.index, trigger.index):
        return False
    joined = trigger.proclitic.startswith(report.conjunction) and bool(trigger.proclitic)
    if joined:
        return False
    if gap == 1 and not anchor.verb and not trigger.definite:
        return True
    return bool(trigger.proclitic) and not trigger.definite and gap <= 2 and trigger.proclitic in report.by


def _follows(report: Report, anchor: Anchor, trigger: Trigger) -> bool:
    """Whether a verb tells on of the event named right before it ("the blast that hit", "an attack targeted")."""
    if not trigger.verb or trigger.kind not in _FOLLOWING or anchor.verb or trigger.proclitic:
        return False
    clauses, gap = report.clauses, trigger.index - anchor.last
    if gap > _ABSORB or not clauses.same_sentence(anchor.last, trigger.index) or clauses.commas(anchor.last, trigger.index):
        return False
    mark = clauses.marks.get(trigger.index - 1)
    return (mark is not None and bool(mark.types & _RELATIVE)) or (gap <= 3 and not anchor.definite and anchor.kind != "clash")


def _take(anchor: Anchor, trigger: Trigger, report: Report) -> None:
    anchor.kinds.add(trigger.kind)
    if trigger.index > anchor.last and trigger.index - anchor.last <= 2:
        anchor.last = trigger.index
        anchor.end = trigger.end


def _mark(report: Report, anchor: Anchor) -> None:
    marks, tokens = report.clauses.marks, report.text.tokens
    for at in range(anchor.last + 1, min(len(tokens), anchor.last + 3)):
        mark = marks.get(at)
        if mark is not None:
            anchor.other = anchor.other or bool(mark.types & _OTHER)
            anchor.same = anchor.same or bool(mark.types & _SAME)
    before = marks.get(anchor.index - 1)
    if before is not None and before.types & _SAME:
        anchor.same = True


def _deny(report: Report, anchors: list[Anchor]) -> None:
    """Events that a speaker denies, by name ("denied the attack") or by pointing to them ("denied that")."""
    made: list[Anchor] = []
    for attribution in report.attributions:
        if attribution.stance != "denies":
            continue
        first, last = attribution.reach[0]
        end = min(last, first + _DENIED)
        named = [a for a in anchors if first <= a.index <= end]
        if named:
            if named[0].status == "asserted":
                named[0].status = "denied"
            continue
        at = next(
            (
                i
                for i in range(first, min(last, first + 6) + 1)
                if i in report.clauses.marks and report.clauses.marks[i].types & _POINTS
            ),
            -1,
        )
        if at >= 0:
            mark = report.clauses.marks[at]
            start, finish = report.text.span(mark.first, mark.last)
            trigger = Trigger(at, start, finish, "back", "", "masdar", False, True, False, "", "back")
            made.append(Anchor(at, mark.first, mark.last, start, finish, "back", trigger, "denied", {"back"}, same=True))
    anchors += made
    anchors.sort(key=lambda a: a.index)


# -- harm -------------------------------------------------------------------------------------------------------


def _attach(report: Report, anchors: list[Anchor]) -> None:
    by_index = {a.index: a for a in anchors}
    made: list[Anchor] = []
    previous: tuple[HarmMention, Anchor] | None = None
    for mention in report.harm:
        if mention.superseded:
            continue
        anchor = by_index.get(mention.predicate) if mention.predicate >= 0 else None
        if anchor is None or anchor.kind not in _HARMFUL or _caused_elsewhere(report, mention, anchors):
            anchor = _best(report, mention, anchors, previous) or anchor
        if anchor is None:
            anchor = _from_harm(report, mention)
            if anchor is None:
                continue
            made.append(anchor)
            anchors.append(anchor)
            anchors.sort(key=lambda a: a.index)
        if not mention.negated:
            anchor.harm.append(mention)
        previous = (mention, anchor)


def _caused_elsewhere(report: Report, mention: HarmMention, anchors: list[Anchor]) -> bool:
    return mention.cause_after >= 0 or mention.cause_before >= 0


def _best(
    report: Report, mention: HarmMention, anchors: list[Anchor], previous: tuple[HarmMention, Anchor] | None
) -> Anchor | None:
    """The anchor that a telling of harm belongs to, or None if it names an event of its own."""
    weights, clauses = report.weights, report.clauses
    first, last = mention.first, mention.last
    best: Anchor | None = None
    top = weights["harm.threshold"]
    indexes = [a.index for a in anchors]
    at = bisect_left(indexes, first)
    for anchor in anchors[max(0, at - _REACH) : at + _REACH]:
        apart = report.text.tokens[first].sentence - report.text.tokens[anchor.index].sentence
        if apart < 0 or apart > _BACK:
            continue
        if anchor.status == "none" or (anchor.status == "denied" and _denied_apart(report, anchor, mention)):
            continue
        score = 0.0
        if apart == 0:
            behind = anchor.index > last
            low, high = (last, anchor.index) if behind else (anchor.index, first)
            if low > high:
                low, high = high, low
            score += weights["harm.same_sentence"] - weights["harm.token"] * max(0, high - low)
            score -= weights["harm.comma"] * clauses.commas(low, high) + weights["harm.open"] * clauses.opens(low, high)
            score -= weights["harm.between"] * max(0, bisect_left(indexes, high) - bisect_right(indexes, low))
            if behind:
                tied = mention.cause_after >= 0 and mention.cause_after < anchor.index
                score += weights["harm.cause_after"] if tied else -weights["harm.behind"]
            else:
                if mention.cause_before >= 0 and anchor.index < mention.first:
                    score += weights["harm.cause_before"]
                if (
                    mention.voice in ("passive", "nominal", "active")
                    and mention.cause_before < 0
                    and _told_alone(report, mention)
                ):
                    score -= weights["harm.own_clause"]
        else:
            score += weights["harm.other_sentence"] - weights["harm.sentence"] * (apart - 1)
            if mention.predicate >= 0 and mention.voice in ("passive", "active", "nominal"):
                score -= weights["harm.own_sentence"]
            score -= weights["harm.turn"] * min(1, clauses.turns(anchor.index, first))
            score -= weights["harm.between_far"] * sum(1 for a in anchors if anchor.index < a.index < first)
            if report.clauses.paragraph(anchor.index) != report.clauses.paragraph(first):
                score -= weights["harm.paragraph"]
            if mention.definite or mention.corrected:
                score += weights["harm.definite"]
        if anchor.kind in _HARMFUL and anchor.trigger is None:
            score -= weights["harm.harm_anchor"]
        if previous is not None and previous[1] is anchor and mention.first - previous[0].last <= 8:
            score += weights["harm.series"]
            if apart == 0 and _elsewhere(report, previous[0], mention):
                score -= weights["harm.series_place"]
        elif apart == 0 and _left(report, anchor, mention):
            score -= weights["harm.series_place"]
        if anchor.strength == "back":
            score -= weights["harm.back"]
        if score > top:
            best, top = anchor, score
    charged = best is not None and best.kind in _CUSTODY and best.index < first and mention.voice == "nominal"
    return None if charged and mention.kind in _BLOODY else best


def _denied_apart(report: Report, anchor: Anchor, mention: HarmMention) -> bool:
    """Whether an event is denied by a speaker in whose words a toll does not stand."""
    denials = [a for a in report.attributions if a.stance == "denies" and a.covers(anchor.index)]
    return bool(denials) and not any(a.covers(mention.victims) for a in denials)


def _left(report: Report, anchor: Anchor, mention: HarmMention) -> bool:
    """Whether a toll that stands for an event of its own was told at a place that the text has left since."""
    told = anchor.trigger is None and anchor.harm and anchor.index < mention.first
    return bool(told) and report.place_between(anchor.harm[-1].last, mention.first)


def _elsewhere(report: Report, before: HarmMention, mention: HarmMention) -> bool:
    """Whether a toll of a series is of another place: a place stands between, or behind one that leans on the toll before."""
    if report.place_between(before.last, mention.first):
        return True
    leans = mention.predicate < 0 and mention.voice == "bare" and mention.head == mention.victims and mention.kind == before.kind
    return leans and report.place_between(mention.last, mention.last + _BEHIND)


def _told_alone(report: Report, mention: HarmMention) -> bool:
    """Whether the telling opens a clause of its own, by "and", a clause word or the sentence's beginning."""
    return report.clauses.opens(max(0, mention.first - 2), mention.first) > 0


def _from_harm(report: Report, mention: HarmMention) -> Anchor | None:
    if mention.negated or (mention.part and mention.min is None) or report.way_in_sentence(mention.victims, "mishap"):
        return None
    text = report.text
    index = mention.predicate if mention.predicate >= 0 else mention.victims
    first, last = min(index, mention.victims), max(index, mention.victims)
    if last - first > 6:
        first = last = index
    start, end = text.span(first, last)
    kind = _KIND_OF[mention.kind]
    return Anchor(index, first, last, start, end, kind, None, status_at(text, report.cues, index), {kind})
