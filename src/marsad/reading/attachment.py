"""Attachment: which anchor each telling of harm belongs to.

A telling of harm goes to the anchor that its words point to ("which led to", "as a result of"), else to the nearest in its
sentence, else to the last one told before; one that no event word stands beside is an anchor of its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from marsad.reading.anchors import Anchor, family, named_anchors
from marsad.reading.attribution import sources_at
from marsad.reading.denials import deny
from marsad.reading.hands import parted
from marsad.reading.harm import HarmMention
from marsad.reading.modality import status_at
from marsad.reading.ownclauses import (
    also_elsewhere,
    by_whom,
    has_own_agent,
    led_up_to,
    of_next_place,
    opened_elsewhere,
    told_alone,
    told_meanwhile,
)
from marsad.reading.report import Report
from marsad.reading.retaliation import answered, replied_to
from marsad.reading.rowanchors import Rows
from marsad.reading.totals import (
    adds_to_whole,
    begun_long_ago,
    counted_since,
    immense,
    names_war,
    of_hours,
    of_period,
    of_war,
    onset,
    running_total,
)

__all__ = ["anchors_of"]

_HARMFUL = frozenset({"kill", "abduct", "arrest"})
# Deaths told behind an arrest are what people were arrested for, or of another event.
_CUSTODY, _BLOODY = frozenset({"abduct", "arrest", "seize", "agree"}), frozenset({"killed", "injured", "displaced"})
_HELD_FOR, _PRETEXT = frozenset({"heldfor"}), frozenset({"pretext"})
# Nobody is killed in these; a toll in another sentence is of something else.
_BLOODLESS = frozenset({"withdraw", "transfer", "agree"})
_KIND_OF = {
    "killed": "kill", "injured": "kill", "missing": "missing", "abducted": "abduct", "captured": "capture", "arrested": "arrest",
    "displaced": "displace",
}  # fmt: skip
_BACK = 3
_CAUSED = 8  # tokens from a toll that is counted from days before to its cause
_RELATIVE, _CLAUSE = frozenset({"relative"}), 6  # tokens between a relative and the change of hands told in its clause
_HURT = frozenset({"killed", "injured"})
_SERIES = 8  # tokens between two tolls of one series
_BEHIND = 3  # tokens between the number of a toll and its place
_MISHAPS, _CAUSES = frozenset({"mishap", "disaster"}), frozenset({"mishap", "disaster", "hunger"})
_MISHAP = 4  # tokens between what caused a toll and the word for an accident
_FLED = frozenset({"fled"})
_JOINED = 2  # tolls that follow in one series
_REACH = 32  # anchors on either side that a telling of harm may belong to; only endless sentences have more


def anchors_of(report: Report) -> list[Anchor]:
    """The anchors of a report in their order, with their harm."""
    anchors = named_anchors(report)
    deny(report, anchors)
    _attach(report, anchors)
    anchors += [part for anchor in anchors for part in parted(report, anchor)]
    anchors.sort(key=lambda a: a.index)
    return anchors


def _attach(report: Report, anchors: list[Anchor]) -> None:
    by_index = {a.index: a for a in anchors}
    previous: tuple[HarmMention, Anchor] | None = None
    told: dict[str, tuple[HarmMention, Anchor]] = {}
    rows = Rows(report, anchors)
    for mention in report.harm:
        if mention.superseded or _by_accident(report, mention, anchors) or rows.take(mention):
            continue
        anchor = by_index.get(mention.predicate) if mention.predicate >= 0 else None
        if anchor is None or anchor.kind not in _HARMFUL or (anchor.kind == "kill" and _caused_elsewhere(mention)):
            best = _best(report, mention, anchors, previous)
            anchor = best if best is not None and not (anchor is not None and _done_too(report, best, anchor)) else anchor
        again = told.get(mention.kind) if mention.definite and mention.min is None else None
        if again is not None and report.clauses.same_sentence(again[0].victims, mention.victims):
            anchor = again[1]  # "gunmen hit a patrol and killed ten; it was destroyed, and all who were in it killed"
        added = told.get(mention.kind)  # what a running total adds up with what came before
        if added is not None and not running_total(report, mention, added[0]):
            added = None
        if added is None:
            pass
        elif anchor is not None and anchor.index > added[0].last and (names_war(anchor) or onset(report, anchor, added[1])):
            anchor.other = anchor.total = True
        elif (
            anchor is None
            or any(m.kind == mention.kind for m in anchor.harm)
            or not report.clauses.same_sentence(anchor.index, mention.victims)
        ):
            # "..., which brings the toll since October to 900": not of the event told beside it
            running = previous is not None and previous[1].total and _goes_on(report, previous[0], mention)
            anchor = previous[1] if previous is not None and running else None
        if anchor is None:
            anchor = _from_harm(report, mention)
            if anchor is None:
                continue
            anchor.other = anchor.other or of_war(report, mention)
            if added is not None:
                anchor.other = anchor.total = True
                anchor.kind = added[1].kind
                anchor.kinds = {anchor.kind}
            anchors.append(anchor)
            anchors.sort(key=lambda a: a.index)
        if not mention.negated:
            anchor.harm.append(mention)
        previous = (mention, anchor)
        told[mention.kind] = previous
    anchors += rows.anchors


def _by_accident(report: Report, mention: HarmMention, anchors: list[Anchor]) -> bool:
    """Whether a word for an accident or a disease stands close behind a toll, in a sentence that names no event.

    That of a sum stands behind its noun ("the number of deaths from hunger rose to 200").
    """
    summed = mention.voice == "toll" and mention.predicate >= 0
    if mention.cause_after < 0 and not summed:
        return False
    low = (mention.cause_after if mention.cause_after >= 0 else mention.predicate) + 1
    high = report.clauses.sentence(mention.victims)[1]
    if all(report.way_at(at) not in _CAUSES for at in range(low, min(high, low + _MISHAP))):
        return False
    sentence = report.text.tokens[mention.victims].sentence
    return all(report.text.tokens[a.index].sentence != sentence or a.trigger is None for a in anchors)


def _caused_elsewhere(mention: HarmMention) -> bool:
    return mention.cause_after >= 0 or mention.cause_before >= 0


def _best(
    report: Report, mention: HarmMention, anchors: list[Anchor], previous: tuple[HarmMention, Anchor] | None
) -> Anchor | None:
    """The anchor that a telling of harm belongs to, or None if it names an event of its own."""
    if (
        of_war(report, mention)
        or of_period(report, mention)
        or (previous is not None and of_next_place(report, previous[0], mention))
    ):
        return None
    weights, clauses = report.weights, report.clauses
    first, last = mention.first, mention.last
    best: Anchor | None = None
    by = by_whom(report, mention)
    own_agent: bool | None = None  # worked out where it is asked for
    top, answers = weights["harm.threshold"], False
    led_up = led_up_to(report, mention)
    meanwhile, hours, begun = told_meanwhile(report, mention), of_hours(report, mention), begun_long_ago(report, mention)
    since = mention.predicate > 0 and report.told_since(mention.predicate)
    replied = mention.predicate > 0 and replied_to(report, mention)
    besides = mention.predicate > 0 and (also_elsewhere(report, mention) or opened_elsewhere(report, mention))
    indexes = [a.index for a in anchors]
    at = bisect_left(indexes, first)
    for anchor in anchors[max(0, at - _REACH) : at + _REACH]:
        apart = report.text.tokens[first].sentence - report.text.tokens[anchor.index].sentence
        if apart < 0 or apart > _BACK or (apart and anchor.kind in _BLOODLESS):
            continue
        if (hours or begun) and apart:
            continue
        if mention.kind in _HURT and (anchor.kind == "agree" or _fled(report, anchor)):
            continue  # nobody falls in an agreement, nor in the fighting that he fled from
        if since and anchor.index < mention.predicate:
            continue  # "the worst attack since the group killed fifty"
        if apart and besides:
            continue  # "... Three fishermen were also killed off X"
        if replied and not 0 <= mention.cause_after < anchor.index:
            continue  # "struck posts of X in answer to the death of a soldier in an attack on Y": of that attack
        if anchor.trigger is None and anchor.index < mention.predicate and answered(report, anchor):
            continue  # "attacked the village in answer to the death of two, and killed six": of the attack
        if mention.kind == "arrested" and anchor.kind == "abduct" and anchor.index < mention.predicate:
            continue  # "workers abducted a week ago were set free, and two of the kidnappers arrested"
        if apart and family(anchor.kind) == "ground" and _told_of_place(report, anchor):
            continue
        if anchor.status == "planned" and mention.kind in _HURT and mention.predicate >= 0 and mention.last < anchor.index:
            continue  # "ten were killed, and the town is expected to fall"
        if anchor.status == "none" or (anchor.status == "denied" and _denied_apart(report, anchor, mention)):
            continue
        if led_up and apart == 0 and not led_up < anchor.index <= last + _CAUSED:
            continue
        if meanwhile and apart == 0 and anchor.index < first and report.place_between(anchor.index, first):
            continue
        if apart == 0 and 0 <= by < anchor.index and clauses.opens(by, anchor.index):
            continue  # "fell by the army's fire, while shelling hit"
        if _told_by_others(report, anchor, mention) or (names_war(anchor) and adds_to_whole(report, anchor, mention)):
            continue
        score = 0.0
        if apart == 0:
            behind = anchor.index > last
            if behind and family(anchor.kind) == "ground" and _clause_on_place(report, last, anchor):
                continue
            if behind and mention.predicate >= 0 and clauses.marked(_PRETEXT, last, anchor.index):
                continue  # "killed a man on the claim that he had carried out an attack": he did not fall in that
            if behind and mention.predicate >= 0 and answered(report, anchor, last):
                answers = True  # "killed a man in answer to the attack": he is none of its dead
                continue
            low, high = (last, anchor.index) if behind else (anchor.index, first)
            if low > high:
                low, high = high, low
            score += weights["harm.same_sentence"] - weights["harm.token"] * max(0, high - low)
            score -= weights["harm.comma"] * clauses.commas(low, high) + weights["harm.open"] * clauses.opens(low, high)
            score -= weights["harm.between"] * max(0, bisect_left(indexes, high) - bisect_right(indexes, low))
            if behind:
                opened = at > 0 and clauses.same_sentence(indexes[at - 1], first)  # by an event told before it
                if opened and _other_toll(report, mention, anchor.index):
                    score -= weights["harm.between"]
                tied = mention.cause_after >= 0 and mention.cause_after < anchor.index
                score += weights["harm.cause_after"] if tied else -weights["harm.behind"]
            else:
                if mention.cause_before >= 0 and anchor.index < mention.first:
                    score += weights["harm.cause_before"]
                if mention.voice in ("passive", "nominal", "active") and mention.cause_before < 0 and told_alone(report, mention):
                    score -= weights["harm.own_clause"]
        else:
            score += weights["harm.other_sentence"] - weights["harm.sentence"] * (apart - 1)
            if mention.predicate >= 0 and mention.voice in ("passive", "active", "nominal"):
                score -= weights["harm.own_sentence"]
                if own_agent is None:
                    own_agent = has_own_agent(report, mention)
                if own_agent:
                    score -= weights["harm.own_agent"]
            score -= weights["harm.turn"] * min(1, clauses.turns_and_details(anchor.index, first))
            score -= weights["harm.between_far"] * (at - bisect_right(indexes, anchor.index))
            if clauses.paragraph(anchor.index) != clauses.paragraph(first) and not (
                apart == 1 and _speaks_on(report, anchor, first)
            ):
                score -= weights["harm.paragraph"]
            if mention.definite or mention.corrected:
                score += weights["harm.definite"]
        led = mention.cause_before - 1
        if anchor.index < led and clauses.commas(led - 1, led + 1) and answered(report, anchor):
            score -= weights["harm.answered"]  # "shelled the town in answer to the strike on X, which led to": of the shelling
        if anchor.kind in _HARMFUL and anchor.trigger is None:
            score -= weights["harm.harm_anchor"]
        if previous is not None and previous[1] is anchor and _goes_on(report, previous[0], mention):
            score += weights["harm.series"]
            if apart == 0 and _elsewhere(report, previous[0], mention):
                score -= weights["harm.series_place"]
        elif apart == 0 and _left(report, anchor, mention):
            score -= weights["harm.series_place"]
        if anchor.strength == "back":
            score -= weights["harm.back"]
        if score > top:
            best, top = anchor, score
    if best is not None and not clauses.same_sentence(best.index, first) and (answers or counted_since(report, mention)):
        return None  # neither where that was told before
    held = best is not None and best.kind in _CUSTODY and best.index < first
    charged = held and (mention.voice == "nominal" or bool(best is not None and clauses.marked(_HELD_FOR, best.index, first)))
    beyond = (
        best is not None
        and immense(mention)
        and not names_war(best)
        and best.kind != "violence"
        and not (best.plural and best.index > last)
    )
    return None if beyond or (charged and mention.kind in _BLOODY) else best


def _done_too(report: Report, anchor: Anchor, before: Anchor) -> bool:
    """Whether ground is told to have been taken as one more deed behind a killing ("of the beheading of 21 and the seizure of the town")."""
    trigger = anchor.trigger
    joined = trigger is not None and not trigger.verb and trigger.proclitic.startswith(report.conjunction)
    return joined and anchor.index > before.index and family(anchor.kind) == "ground"


def _fled(report: Report, anchor: Anchor) -> bool:
    """Whether an event is told as what people fled from ("a boat with families that fled from the fighting")."""
    if report.way_at(anchor.first - 1) != "from":
        return False
    begin = report.clauses.sentence(anchor.index)[0]
    return report.clauses.mark_before(anchor.first - 1, 1, begin, _FLED) is not None


def _speaks_on(report: Report, anchor: Anchor, index: int) -> bool:
    """Whether the speaker who tells of an anchor goes on at a token of the next paragraph ("... , and the sources pointed to the death of")."""
    told, goes_on = ({s.name for s in sources_at(report.attributions, at) if s.role == "origin"} for at in (anchor.index, index))
    return not told.isdisjoint(goes_on)


def _other_toll(report: Report, mention: HarmMention, index: int) -> bool:
    """Whether another toll of its kind, with a verb of its own, stands between a toll and a token behind it."""
    at = bisect_right(report.harm, mention.victims, key=lambda m: m.victims)
    for other in report.harm[at : at + _JOINED]:
        if other.victims >= index:
            return False
        if other.kind == mention.kind and other.predicate > mention.last:
            return True
    return False


def _told_of_place(report: Report, anchor: Anchor) -> bool:
    """Whether a change of hands is only told of a place that is named ("the town, which fell to the group in May")."""
    mark = report.clauses.mark_ending(anchor.first - 1) if anchor.first else None
    return mark is not None and "relative" in mark.types


def _clause_on_place(report: Report, last: int, anchor: Anchor) -> bool:
    """Whether a change of hands is told in a clause on the place of a toll ("captured ten in X, whose liberation was announced")."""
    marks = report.clauses.marked(_RELATIVE, max(last, anchor.index - _CLAUSE), anchor.index)
    return bool(marks) and report.place_between(last, marks[-1])


def _denied_apart(report: Report, anchor: Anchor, mention: HarmMention) -> bool:
    """Whether an event is denied by a speaker in whose words a toll does not stand."""
    denials = [a for a in report.attributions if a.stance == "denies" and a.covers(anchor.index)]
    return bool(denials) and not any(a.covers(mention.victims) for a in denials)


def _goes_on(report: Report, before: HarmMention, mention: HarmMention) -> bool:
    """Whether a toll stands in one series with the toll before; one with a verb of its own begins anew with its sentence."""
    if mention.first - before.last > _SERIES:
        return False
    return mention.predicate < 0 or report.clauses.same_sentence(before.last, mention.first)


def _told_by_others(report: Report, anchor: Anchor, mention: HarmMention) -> bool:
    """Whether a killing is told with its verb by a speaker of its own, in a sentence where another one tells of the event."""
    spoken = mention.predicate >= 0 and mention.voice in ("active", "passive")
    if not spoken or not report.clauses.same_sentence(anchor.index, mention.predicate):
        return False
    mine = [a for a in report.attributions if a.covers(mention.predicate) and not a.trailing]
    theirs = [a for a in report.attributions if a.covers(anchor.index)]
    return bool(mine and theirs) and not any(a.covers(anchor.index) for a in mine) and not any(a in mine for a in theirs)


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


def _from_harm(report: Report, mention: HarmMention) -> Anchor | None:
    if (
        mention.negated
        or (mention.kind == "missing" and mention.voice == "bare")  # who is still under the rubble is of what is told
        or (mention.part and mention.min is None)
        or not report.ways_in_sentence(mention.victims).isdisjoint(_MISHAPS)
        or report.clauses.marked(_MISHAPS, *report.clauses.sentence(mention.victims))
    ):
        return None
    index = mention.predicate if mention.predicate >= 0 else mention.victims
    first, last = min(index, mention.victims), max(index, mention.victims)
    if mention.predicate < 0:
        last = mention.last  # "43 thousand and 764 martyrs", to the noun
    if last - first > 6:
        first = last = index
    return Anchor.untriggered(report.text, index, first, last, _KIND_OF[mention.kind], status_at(report.cues, index))
