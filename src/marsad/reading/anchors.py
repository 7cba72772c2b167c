"""Anchors: the points of a report at which an event is named.

An anchor is a trigger, or a telling of harm that no trigger stands beside ("seven were killed in the town"; see
``attachment.py``). Triggers that only shape another one ("suicide" in "suicide attack", the shells of "a fall of shells", "was
exposed to" before "shelling") are taken into it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from marsad.lexicon.clitics import pronouns
from marsad.reading.harm import HarmMention
from marsad.reading.modality import Cue, cue_at
from marsad.reading.report import Report
from marsad.reading.triggers import Trigger
from marsad.text.tokens import Text

__all__ = ["DEFENCE", "Anchor", "family", "named_anchors"]

_OTHER, _SAME = frozenset({"other"}), frozenset({"same"})
_SEPARATE = frozenset({"separate"})  # "in a separate attack"
# Classes whose word shapes the event of a neighbouring trigger.
_MODIFIERS = frozenset({"suicide", "munition"})
_LIGHT = frozenset({"wage", "suffer", "operation", "use", "back"})
_CONTEXT = "march"  # what only tells amid what an event took place
_ONESELF = 5  # tokens behind "blowing up" within which "himself" makes it a suicide
_LIKE_NOUN = "perf.3ms"
_REFUSAL, _REFUSED = "refusal", frozenset({"agree", "withdraw", "transfer"})
_AHEAD = frozenset({"aim", "threat", "plan", "prelude", "term", "warning"})  # cues of what is still to be done
_TRIED, _TRY = frozenset({"tries"}), 5  # tokens from "tried" to the taking of a place, and who tried it between
# "After", "in answer to", so many tokens before what led to something; "those who did" before what they did.
_LEADING, _GUILTY, _LED = frozenset({"cause", "answer"}), frozenset({"guilty"}), 3
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
    "establish": "base", "pelt": "protest",
}  # fmt: skip
_RELATIVE = frozenset({"relative"})
_ERE = frozenset({"ere"})  # "before that", behind which a verb tells of what happened next
_DONE = frozenset({"completed", "done"})
_THAT, _CLAIMED = frozenset({"that"}), 4  # tokens from "that" to the taking by its subject
_GROUND, _DESCRIBED = frozenset({"take", "fallto"}), 3  # tokens from "which" to the taking of what it tells of
_BETWEEN, _AMONG = frozenset({"between"}), 3  # tokens from "among" to there
# Verbs whose subject may be the event named before them.
_FOLLOWING = frozenset({"target", "strike", "destroy", "fall"})
_DOING = frozenset({"air", "attack", "bombard", "explosion", "strike"})
# Deeds that are done by strikes, and strikes that they are done by.
_HITTING, _STRIKING, _MEANS = frozenset({"target", "destroy", "attack"}), frozenset({"air", "bombard", "strike"}), 16
# Deeds behind whose noun "another" is somebody or something.
_UPON = frozenset({"kill", "burn", "destroy", "arrest", "abduct", "capture"})
_BY_NATURE = frozenset({"destroy", "strike", "target", "torture"})  # what an earthquake or a storm does too
# Deeds whose blasts are told before them, so many tokens behind these.
_BROUGHT, _HEARD, _CAUSED = frozenset({"brought"}), _STRIKING | {"fall", "target"}, 6
_ABSORB = 5
# Tokens between an event and the verb that tells on of it: the event as its subject, an event told of right before or in the clause before.
_NEXT, _BESIDE, _TOLD_ON = 2, 3, 8
_WAGE, _EXPOSED = 9, 24
DEFENCE = frozenset({"disrupt", "shootdown", "repel", "foil"})  # kinds by which something is kept from its end
_STOPPED = 12  # tokens from there to who launched what was stopped


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
        plan: for a planned one, what tells so: ``threat``, ``plan``, ``prelude``, ``warning`` (see ``modality``), ``will`` or ``aim``;
            ``tried`` for what was only tried.
        other: told as another one; same: told as the same; total: a running total over a stretch of time.
        harm: the tellings of harm that belong to it.
        heading: the anchor that heads the list in a row of which its toll is told, or None.
        until: token from which on other parts of its toll are told with those who did them, or -1.
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
    plan: str = ""
    other: bool = False
    same: bool = False
    total: bool = False
    harm: list[HarmMention] = field(default_factory=list)
    until: int = -1
    heading: Anchor | None = None

    @classmethod
    def untriggered(cls, text: Text, index: int, first: int, last: int, kind: str, status: str = "asserted") -> Anchor:
        """The anchor of a telling of harm that no trigger stands beside.

        Args:
            text: the text of the report.
            index: token of the naming word; first, last: token span that stands as evidence.
            kind, status: as the attributes.
        """
        start, end = text.span(first, last)
        return cls(index, first, last, start, end, kind, None, status, {kind})

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


def named_anchors(report: Report) -> list[Anchor]:
    """The anchors that event words make, in their order, still without harm and without what speakers deny."""
    return _without_munitions(report, _from_triggers(report))


def _from_triggers(report: Report) -> list[Anchor]:
    found: list[Anchor] = []
    taken: set[int] = set()
    triggers, tokens = report.triggers, report.text.tokens
    pending: Trigger | None = None
    for number, trigger in enumerate(triggers):
        if trigger.index in taken or (trigger.verb and trigger.index in report.named and not _has_object(report, trigger)):
            continue  # "Palmyra" is written like "it destroys"
        if trigger.kind == _CONTEXT or (trigger.verb and report.in_speaker(trigger.index, trigger.index)):
            continue  # what a speaker is called, as "the campaign 'X is slaughtered'", tells no deed
        light = pending if pending is not None and _carries(report, pending, trigger) else None
        if trigger.kind in ("wage", "suffer"):
            pending = trigger
            continue
        if trigger.verb and trigger.kind in _BY_NATURE and report.way_in_sentence(trigger.index, "disaster"):
            continue  # "an earthquake struck"
        state = trigger.kind == "take" and trigger.feature.startswith("impf") and trigger.lemma in report.states
        if state and not report.clauses.mark_before(trigger.index, 2, 0, _ERE):
            taken.add(trigger.then)
            continue  # "which they control" is a state
        if trigger.kind in _GROUND and _in_passing(report, trigger):
            continue
        if trigger.kind in _MODIFIERS and found and _shapes(report, found[-1], trigger):
            _take(found[-1], trigger, report)
            continue
        if found and _intercepted(report, found[-1], trigger):
            continue
        if found and _follows(report, found[-1], trigger):
            found[-1].kinds.add(trigger.kind)
            found[-1].last = trigger.index
            continue
        if found and _does(report, found[-1], trigger):
            _take(found[-1], trigger, report)
            found[-1].kind, found[-1].index, found[-1].trigger = trigger.kind, trigger.index, trigger
            continue
        if found and _by_means(report, found[-1], trigger):
            _take(found[-1], trigger, report)
            found[-1].other = found[-1].other or _other(report, trigger.index)
            found[-1].kind = trigger.kind
            continue
        if found and _one_phrase(report, found[-1], trigger):
            last = found[-1]
            if last.kind in _LIGHT and trigger.kind not in _LIGHT and trigger.index > last.last:
                _take(last, trigger, report)
                last.kind, last.index = trigger.kind, trigger.index
            else:
                _take(last, trigger, report)
            continue
        if found and _blast_of(report, found[-1], trigger):
            found.pop()
        first, cue = trigger.index, _cue(report, trigger, light)
        status = cue.effect if cue is not None else "asserted"
        anchor = Anchor(
            trigger.index, first, trigger.index, trigger.start, trigger.end, trigger.kind, trigger, status, {trigger.kind},
            plan=cue.group if cue is not None and status == "planned" else "",
        )  # fmt: skip
        if status == "asserted":
            _intend(report, anchor, trigger)
        if trigger.then >= 0:
            anchor.last = max(anchor.last, trigger.then) if trigger.then - trigger.index <= 2 else anchor.last
            anchor.end = tokens[anchor.last].end
            following = next((t for t in triggers[number + 1 :] if t.index >= trigger.then), None)
            shaped = trigger.kind in ("repel", "foil", "agree") or (following is not None and following.kind in _MODIFIERS)
            # "Foiled an attempt to set off a charge": nothing went off.
            tried = trigger.kind == "foil" and following is not None and following.index == trigger.then + 1
            if following is not None and shaped and (following.index == trigger.then or (tried and not following.verb)):
                taken.add(following.index)
                anchor.kinds.add(following.kind)
            if trigger.kind == "explosion" and report.way_at(trigger.then) == "oneself":
                anchor.kinds.add("suicide")
        if trigger.kind == "explosion" and not trigger.verb:
            near = range(
                trigger.index + 1, min(trigger.index + _ONESELF, report.text.sentences[tokens[trigger.index].sentence][1])
            )
            if any(report.way_at(at) == "oneself" for at in near):
                anchor.kinds.add("suicide")  # "the blowing up of himself by a bomber"
        if light is not None:
            anchor.wage, anchor.suffers = light.index, light.kind == "suffer"
            pending = None
        _mark(report, anchor)
        found.append(anchor)
    return found


def _has_object(report: Report, trigger: Trigger) -> bool:
    """Whether what can be hit stands right behind a word ("destroys a depot")."""
    return any(s.first == trigger.index + 1 for s in report.sites)


def _in_passing(report: Report, trigger: Trigger) -> bool:
    """Whether a place is only described as one that was taken, on no day ("mines in the villages that were freed", "posts it freed")."""
    index, clauses = trigger.index, report.clauses
    begin, end = clauses.sentence(index)
    mark = clauses.mark_before(index, _DESCRIBED, begin, _RELATIVE)
    if mark is None:
        bare = trigger.verb and not trigger.proclitic and index > begin and report.text.tokens[index - 1].kind == "w"
        if not bare or clauses.mark_ending(index - 1) or not report.text.tokens[index].form.endswith(pronouns(report.language)):
            return False
        if clauses.mark_before(index, _CLAIMED, begin, _THAT) is not None:
            return False  # "announced that the army retook it"
    low = mark.first if mark is not None else index
    if clauses.marked(_DONE, low, index) and clauses.commas(low - 2, low):
        return False  # "the town, whose liberation was announced": news of it
    if clauses.mark_before(low, _AMONG, begin, _BETWEEN) is not None:
        return False  # "among the villages that it took is"
    return not any(low < date.first < end and not clauses.commas(index, date.first) for date in report.dates)


def _cue(report: Report, trigger: Trigger, light: Trigger | None) -> Cue | None:
    """What tells whether an event happened; none where it is told as past or as what led to a threat or plan."""
    cue = cue_at(report.cues, trigger.index)
    if cue is not None and cue.group == _REFUSAL and trigger.kind not in _REFUSED:
        return None  # what is refused with such a word may have been done ("refused the strike on the town")
    if cue is None or cue.group not in _AHEAD or cue.last > trigger.index:
        return cue
    happened = trigger.verb and trigger.feature.startswith("perf")
    if light is not None and light.index > cue.last and not trigger.verb:
        # "Threatened ships, and has launched the attack"; "he launched" is written like "the launching of".
        happened = light.feature.startswith("perf") and light.feature != _LIKE_NOUN
    leading = _LEADING if cue.group == "aim" else _LEADING | _GUILTY  # "threatens those who did the attack": it happened
    if happened or report.clauses.mark_before(trigger.index, _LED, cue.last + 2, leading) is not None:
        return None
    return cue


def _intend(report: Report, anchor: Anchor, trigger: Trigger) -> None:
    """Makes an event planned that is told as what somebody will do, or takes a place "to" which something else is done."""
    if trigger.verb and trigger.proclitic in report.will:
        anchor.status, anchor.plan = "planned", "will"
    elif trigger.kind == "take" and not trigger.verb and _tried(report, trigger.index):
        anchor.status, anchor.plan = "none", "tried"  # "tried to take the town": it did not change hands
    elif trigger.kind == "take" and not trigger.verb and trigger.proclitic == report.to:
        anchor.status, anchor.plan = "planned", "aim"


def _tried(report: Report, index: int) -> bool:
    """Whether what a token names is only told to have been tried ("an attempt of the group to retake")."""
    mark = report.clauses.mark_before(index, _TRY, report.clauses.sentence(index)[0], _TRIED)
    return mark is not None and not report.clauses.opens(mark.last, index)


def _without_munitions(report: Report, anchors: list[Anchor]) -> list[Anchor]:
    """Drops munitions in a sentence with an event word that can tell of their use, and words for suicide that shape no event."""
    strong = {report.text.tokens[a.index].sentence for a in anchors if a.kind not in ("munition", "back", "take", "arrest")}
    return [
        a for a in anchors if a.kind != "suicide" and (a.kind != "munition" or report.text.tokens[a.index].sentence not in strong)
    ]


def _carries(report: Report, light: Trigger, trigger: Trigger) -> bool:
    """Whether a verb that only carries an event ("launched", "was exposed to") is that of the event named behind it."""
    if light.kind != "suffer":
        return _near(report, light.index, trigger.index, _WAGE)
    if trigger.verb or (not trigger.proclitic.startswith(report.to) and report.way_at(trigger.index - 1) != "toward"):
        return False
    return _near(report, light.index, trigger.index, _EXPOSED)


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
    if gap <= 1 and not anchor.verb and not trigger.definite:
        return True
    return bool(trigger.proclitic) and not trigger.definite and gap <= 2 and trigger.proclitic in report.by


def _does(report: Report, anchor: Anchor, trigger: Trigger) -> bool:
    """Whether an event is the subject of the verb right before it ("a house that shelling destroyed", "shelling hit the town")."""
    deed = anchor.verb and anchor.kind in _FOLLOWING and trigger.kind in _DOING
    return deed and not trigger.verb and not trigger.definite and not trigger.proclitic and trigger.index == anchor.last + 1


def _blast_of(report: Report, anchor: Anchor, trigger: Trigger) -> bool:
    """Whether a strike is what blasts were heard of right before it ("blasts caused by raids", "the blasts of the shelling")."""
    if anchor.kind != "explosion" or anchor.verb or trigger.verb or trigger.kind not in _HEARD:
        return False
    clauses, low = report.clauses, anchor.last
    brought = clauses.mark_before(trigger.index, _LED, low + 1, _BROUGHT)
    return brought is not None and _near(report, low, trigger.index, _CAUSED) and not clauses.commas(low, trigger.index)


def _by_means(report: Report, anchor: Anchor, trigger: Trigger) -> bool:
    """Whether an event is what the deed before it was done by ("hit the camp by three raids", "destroyed two tanks by shelling")."""
    if trigger.verb or trigger.definite or anchor.kind not in _HITTING or trigger.kind not in _STRIKING:
        return False
    by = trigger.proclitic in report.by and bool(trigger.proclitic)
    if not by and trigger.index - 1 in report.counted:
        by = report.text.tokens[trigger.index - 1].form.startswith(report.by_letters)
    by = by or (
        trigger.plural and not trigger.proclitic and report.way_at(trigger.index - 1) == "in"
    )  # "destroyed a camp in two raids"
    return by and _near(report, anchor.last, trigger.index, _MEANS) and not report.clauses.commas(anchor.last, trigger.index)


def _follows(report: Report, anchor: Anchor, trigger: Trigger) -> bool:
    """Whether a verb tells on of the event named before it ("the blast that hit", "the raid targeted", "two raids near X, hitting ...")."""
    if not trigger.verb or trigger.kind not in _FOLLOWING or anchor.verb or trigger.proclitic:
        return False
    clauses, gap = report.clauses, trigger.index - anchor.last
    if gap > _TOLD_ON or not clauses.same_sentence(anchor.last, trigger.index):
        return False
    commas = clauses.commas(anchor.last, trigger.index)
    mark = clauses.marks.get(trigger.index - 1)
    if mark is not None and mark.types & _RELATIVE and gap <= _ABSORB and not commas:
        return True
    if anchor.kind == "clash":
        return False
    if anchor.definite:
        return gap <= _NEXT and not commas and anchor.kind != "operation"
    return (gap <= _BESIDE and not commas) or (commas <= 1 and clauses.opens(anchor.last, trigger.index) == 0)


def _intercepted(report: Report, anchor: Anchor, trigger: Trigger) -> bool:
    """Whether a verb only tells who launched what the event before it stopped ("intercepted three missiles that X launched")."""
    if anchor.kind not in DEFENCE or trigger.kind != "launch" or not trigger.verb or trigger.proclitic:
        return False
    clauses, low = report.clauses, anchor.last
    if trigger.index - low > _STOPPED or not clauses.same_sentence(low, trigger.index) or clauses.commas(low, trigger.index) > 1:
        return False
    return any(anchor.index < w.last < trigger.index for w in report.weapons)


def _take(anchor: Anchor, trigger: Trigger, report: Report) -> None:
    anchor.kinds.add(trigger.kind)
    if trigger.index > anchor.last and trigger.index - anchor.last <= 2:
        anchor.last = trigger.index
        anchor.end = trigger.end


def _mark(report: Report, anchor: Anchor) -> None:
    marks, tokens = report.clauses.marks, report.text.tokens
    if anchor.verb or anchor.definite or anchor.kind not in _UPON:
        anchor.other = _other(report, anchor.index) or _other(report, anchor.last)
    for at in range(anchor.last + 1, min(len(tokens), anchor.last + 3)):
        mark = marks.get(at)
        placed = at > anchor.last + 1 and report.way_at(at - 1) == "in"  # "was raped in the same area"
        if mark is not None and not placed:
            anchor.same = anchor.same or bool(mark.types & _SAME)
    before = marks.get(anchor.index - 1)
    if before is not None and before.types & _SAME:
        anchor.same = True


def _other(report: Report, index: int) -> bool:
    """Whether a token is told as another one ("other raids", "in a separate attack")."""
    types = report.clauses.types
    return any(
        at in types and not types[at].isdisjoint(told)
        for at, told in ((index + 1, _OTHER), (index + 2, _OTHER), (index - 1, _SEPARATE))
    )
