"""Roles: which parties did what an anchor names, and which were hit by it.

A party's role follows from the words between it and the anchor: the subject of the verb that names or carries the event
(``subjects``), prepositions and verbs listed in ``clauses.tsv`` ("at the hands of", "against", "between"), the construct ("the
shelling of the regime", "the assassination of a leader"), and whose the things are that were hit ("positions of the group").
"""

from __future__ import annotations

from collections.abc import Iterable

from marsad.reading.anchors import DEFENCE, Anchor
from marsad.reading.circumstances import OBJECT_FIRST, Roles
from marsad.reading.clauses import Mark
from marsad.reading.constructs import Constructs
from marsad.reading.modality import cue_at
from marsad.reading.munitions import told_by_weapon
from marsad.reading.opposition import ARMED
from marsad.reading.parties import PartyMention
from marsad.reading.report import Report
from marsad.reading.siding import CLASHES, TOGETHER
from marsad.reading.strongholds import SEAT
from marsad.reading.subjects import Scene

__all__ = ["Roles", "roles_of"]

_MUTUAL = frozenset({"clash", "ambush", "fire", "agree", "violence", "attack", "operation", "raid", "siege"})
# Kinds after which "from" tells who lost a place.
_TAKING = frozenset({"take", "withdraw", "transfer", "fallto"})
_SUPPOSED = frozenset({"condition"})
_HELD, _OWNED = frozenset({"held"}), frozenset({"owned"})
_POLICE = "police"
_DEFENDED = frozenset({"defended"})
_BACKED = frozenset({"backed"})
_MARKS = frozenset({"agent", "patient", "between", "beside", "support"})
_REACH = 26
_FAR = 20
_AGENT_REACH = 18
# Deeds done to persons and to no country.
_PERSONS = frozenset({"kill", "abduct", "arrest", "torture"})
_PRISON, _HELD_BY = frozenset({"prison"}), 4  # whose prison, told up to so many tokens before him
_LOOSED = frozenset({"launch", "fire"})
_FLYING = frozenset({"fall", "launch", "munition", "bombard", "strike"})
# Deeds that are told to come "from" those who did them, at most so many tokens before these.
_FIRED, _FROM = _FLYING | {"fire", "air", "attack"}, 4
_ASSAULTS = frozenset({"attack", "explosion", "suicide", "operation", "target"})
_HITTING = frozenset({"target", "strike", "destroy"})
_BY_HAND = frozenset({"stab", "ram"})
_MARK = 6
_SEATED = 3  # tokens from "stronghold" to whose it is
_ERE = frozenset({"ere", "answer"})
_MUTUAL_WAY = "mutual"
_REPELLED = 3  # tokens from "an attempt" that was foiled to whose it was
_ARRIVES, _CHARGE = frozenset({"arrives"}), 6
_RELATIVE = 4  # tokens from "that" to "is held by"
_BACK = 3  # tokens between a word for backing and who backs
# Tokens from a word of an event to the aircraft or guns that it was done with.
_WITH = 8
_VEHICLE = 2  # tokens from "by an armoured car" to whose it is
_AIMED = frozenset({"fire", "target"})
_TOWARD = 3  # tokens from a strike to "to" whom it was dealt


def roles_of(report: Report, anchors: list[Anchor]) -> list[Roles]:
    """The parties of each anchor of a report, from its own sentence and the subjects that its verb goes on from."""
    scene = Scene(report, anchors)
    return [_Reader(scene, anchor).run() for anchor in anchors]


class _Reader(Constructs):
    def run(self) -> Roles:
        if self.anchor.kind == "back" and self.anchor.status == "denied":
            # "Denied its responsibility and said that a rocket of another": who denies is told by who speaks.
            for party in self.scene.parties_within(self.anchor.first, self.anchor.last + 1):
                if party.sort == "civilians":  # "denying that any civilian died"
                    self.found.patients.append((party, "object"))
            return self.found
        if self._supposed():
            return self.found  # "not known whether the raid was carried out by X or by Y"
        self.by_verbs()
        self.supporters()
        self._behind()
        self.both_told()
        self.by_company()
        return self.found

    def _supposed(self) -> bool:
        """Whether what the anchor tells is only supposed, or what is asked for."""
        cue = cue_at(self.report.cues, self.anchor.index) if self.anchor.status == "none" else None
        return cue is not None and cue.group in _SUPPOSED

    def _behind(self) -> None:
        scene, anchor = self.scene, self.anchor
        previous: tuple[PartyMention, str] | None = None
        sides: list[PartyMention] = []
        for party in scene.parties_within(anchor.first, min(self.end, anchor.last + _REACH)):
            role, why = "", ""
            if previous is not None and (
                scene.tied(previous[0], party)
                or (previous[1] == "both" and self.other_side(previous[0], party))
                or (previous[1] == "patient" and self.listed(previous[0], party))
            ):
                role, why = previous[1], "joined"
            elif anchor.kind in _AIMED and anchor.trigger is not None and anchor.trigger.then == party.first:
                role, why = "patient", "object"  # "sniped two soldiers"
            elif scene.speaks(party) or _among(party, self.suspects) or (scene.bombs(party) and anchor.kinds & _ASSAULTS):
                role = ""  # nobody strikes at the bomber whose deed is told
            elif self.found.agents and any(p is party for p, _ in self.found.agents):
                role, why = "agent", "subject"
            elif self.found.patients and any(p is party for p, _ in self.found.patients):
                role, why = "patient", "subject"
            else:
                role, why = self._role(party)
                role = "" if role == "agent" and self.told_besides(party.first) else role
                if not role and sides and self.beside(sides[-1], party):
                    role = "both"
            previous = (party, role) if role else None
            if role == "both":
                sides.append(party)
            elif role:
                self.found.add(role, party, why)
        self.between(sides)

    def _role(self, party: PartyMention) -> tuple[str, str]:
        scene, anchor, clauses = self.scene, self.anchor, self.report.clauses
        low, high = anchor.last, party.first
        gap = high - low - 1
        loosed = anchor.kind in _LOOSED and not anchor.verb and high == anchor.index + 1 and party.sort in ("force", "members")
        if loosed and not scene.prefix(party):
            return "agent", "construct"  # "the firing of shells by tanks of the army"
        if anchor.kind == "fallto" and not scene.anchored(low, high) and (gap <= 1 or scene.before(high, 3, anchor.index, _HELD)):
            return "agent", "agent mark"
        if (
            gap < 0
            and anchor.trigger is not None
            and anchor.trigger.lemma in self.report.expulsions
            and not self._has_object(party)
        ):
            return "patient", "object"
        if gap <= 0 and not anchor.verb and anchor.trigger is not None and anchor.trigger.lemma in self.report.losses:
            return "patient", "object"  # "the army's loss of the town"
        if gap < 0 and party.sort == "civilians" and anchor.kind in OBJECT_FIRST:
            return "patient", "object"  # "the dispersal of the protesters"
        if gap < 0 and anchor.kind in DEFENCE and self._fires_at(party):
            return "agent", "construct"  # "the interception of drones by the air defences"
        if gap < 0 and anchor.kind in DEFENCE:
            return "patient", "object"  # "the downing of a Ukrainian drone"
        if anchor.kind in _FLYING and scene.acts(party) and told_by_weapon(self.report, party):
            return "agent", "its weapon"  # "an Iranian missile fell on"
        if gap < 0:
            named = scene.acts(party) and party.sort not in ("unidentified", "members") and anchor.trigger is not None
            return ("agent", "adjective") if named else ("", "")
        if anchor.kind not in _TAKING and scene.before(high, _BACK, low + 1, _HELD) is not None:
            return "", ""  # "a town that was in its hands"
        if anchor.kind == "take" and party.id == _POLICE and "from" not in scene.mark_at(high - 1):
            return "", ""  # "took the police headquarters": of whoever held the town
        if anchor.kind == "take" and self._held_till_then(party):
            return "patient", "taken from"
        seat = scene.before(high, _SEATED, low, SEAT)
        if seat is not None and seat.first in self.report.seats:
            # Who holds a town is fought and loses it, and is not the one that was bombed: "on the town X, stronghold of the group".
            return ("patient", "owner") if anchor.kind in _TAKING or (anchor.kind in _MUTUAL and not anchor.harm) else ("", "")
        if anchor.kind == "protest" and party.first in scene.places_hit:
            return "", ""  # "they protested in front of the building of the government"
        if self._helped(party):
            return "", ""  # "launched raids in support of the army"
        # "Clashes between": the preposition may belong to the words for the event.
        floor = low + ("between" not in scene.mark_at(low))
        mark = scene.before(high, _MARK, floor, _MARKS)
        if mark is not None and self._counts(mark):
            mark = scene.before(mark.first, _MARK, floor, _MARKS)
        blocked = scene.anchored(low, high)
        types = mark.types if mark is not None else frozenset()
        near = mark is not None and high - mark.last <= 4
        whose = (
            mark is not None and scene.given_to(party) and bool(scene.parties_within(mark.last + 1, party.first))
        )  # "by men of"
        source = mark is not None and any(s.first == mark.last + 1 for s in scene.sites_within(mark.last + 1, party.first + 1))
        if (
            mark is not None
            and anchor.kind in _BY_HAND
            and any(w.kind == "small_arms" and w.first <= mark.last and mark.first <= w.last for w in self.report.weapons)
        ):
            return "", ""  # "stabbed a soldier before he was shot by the police"
        if "agent" in types and any(low < m.victims and m.last < high and self.fallen(m) for m in anchor.harm):
            return "", ""  # "stabbed a soldier, and the attacker was killed by the army's fire"
        if "agent" in types and any(mark.last < m.first and m.victims <= party.first <= m.last for m in anchor.harm if mark):
            types = types - {"agent"}  # "the shelling by mortars led to the injury of three soldiers"
        if mark is not None and "agent" in types and clauses.marked(_ERE, low + 1, mark.first):
            # "Stabbed two soldiers before he was killed by the army's fire"; "in answer to an attack that X carried out".
            return "", ""
        if anchor.kind == "protest" and blocked:
            return "", ""  # "demonstrated in protest at the shelling by"
        if (
            "agent" in types
            and (scene.acts(party) or source)
            and gap <= _AGENT_REACH
            and clauses.commas(low, high) <= 1
            and not whose
            and not self._other(low, mark)
            and not (mark is not None and self.share(low, mark.first))
        ):
            return "agent", "agent mark"
        if anchor.kind == "agree" and gap <= _REACH and scene.acts(party) and party.kind in ARMED and not blocked:
            return "patient", "beside"  # "reached an agreement by which fighters of the group leave"
        if clauses.opens(low, high):
            return "", ""
        if "between" in types and anchor.kind in CLASHES:
            return "both", "between"
        if "between" in types and self.report.way_at(anchor.last + 1) == _MUTUAL_WAY and gap <= _REACH:
            return "agent", "between"  # "the mutual shelling between X and Y"
        if blocked:
            return "", ""
        if "led" in scene.mark_at(high - 1) or scene.before(high, _BACK, low + 1, _BACKED) is not None:
            return "", ""  # "by the group that the country backs"
        handed = scene.given_to(party) or self.report.way_at(high - 1) == "toward"
        if anchor.kind == "ram" and gap <= _FAR and self._by_vehicle(low, high):
            return "agent", "its weapon"  # "was run over by an armoured car of the police"
        if (
            anchor.verb
            and not self.found.agents
            and scene.given_to(party)
            and self._means_of(low, high)
            and self._acted_on(party)
        ):
            return "agent", "its weapon"  # "a plane of the army bombed a house"
        if anchor.kind == "transfer" and handed and gap <= _FAR and not self.report.clauses.commas(low, high):
            return "agent", "to"  # "handed the town over to the army"
        if anchor.kind == "repel" and scene.given_to(party) and gap <= _FAR and not self.report.clauses.commas(low, high):
            return "patient", "to"  # "repelled, backed by the tribes, an attack of the group"
        if "support" in types and near and (self.found.agents or (self.found.patients and anchor.kind in _MUTUAL)):
            return "agent" if self.found.agents else "patient", "support"
        if "with" in types and near and anchor.kind in TOGETHER and self.found.agents:
            return "agent", "support"  # "launched an operation with fighters of the group"
        if "beside" in types and near and anchor.kind in _MUTUAL:
            return "patient", "beside"
        if (
            "patient" in types
            and not self.report.clauses.commas(low, high)
            and mark is not None
            and not self._apart(mark.last, high)
            and not ("ranks" in types and self._unhurt(low, mark.first))
        ):
            verb = scene.verb_before(high, _BACK)
            if verb is not None and mark.last < verb.index and verb.role == "made":
                return "agent", "relative"  # "the attack on the market, which the group claimed"
            return "patient", "patient mark"
        if gap <= _TOWARD and anchor.kind in _FLYING and self.report.way_at(high - 1) == "toward" and self.found.agents:
            return "patient", "patient mark"  # "dealt a blow to a group of X"
        if anchor.kind in _TAKING and "from" in scene.mark_at(high - 1) and self.report.clauses.commas(low, high) <= 1:
            return "patient", "taken from"
        if self._from(party):
            return "agent", "agent mark"
        if scene.before(high, _BACK, low + 1, _ARRIVES) is not None:
            return "", ""  # "police cars rushed to the place"
        if anchor.kind == "explosion" and party.sort == "force" and gap <= _CHARGE and self._inside(party):
            return "patient", "patient mark"
        if anchor.kind in _PERSONS and scene.before(high, _HELD_BY, low + 1, _PRISON) is not None:
            return "", ""  # "died of torture in the prisons of the group"
        if not scene.acts(party):
            return self._hit(party, gap)
        prefix = scene.prefix(party)
        if (
            anchor.kind in DEFENCE
            and scene.given_to(party)
            and scene.before(high, 1, low + 1, _OWNED) is not None
            and not blocked
        ):
            return "patient", "owner"  # "shot down two drones that belong to X"
        if scene.given_to(party) and gap <= 3 and self._struck() and anchor.kinds & _HITTING:
            return "patient", "to"  # "the blast that targeted a convoy of the army"
        if scene.given_to(party) and gap <= 3 and anchor.verb and anchor.kind in _PERSONS and self.found.agents:
            return "patient", "to"  # "assassinated the secretary general of the party"
        if scene.given_to(party) and gap <= 3 and not anchor.verb:
            if self.found.agents or self.governed or anchor.kind in OBJECT_FIRST:
                return "patient", "to"
            between = range(low + 1, high)
            apart = any(at in scene.verbs or scene.mark_at(at) for at in between)  # "the strike fell upon a meeting of X"
            return ("", "") if apart else ("agent", "of")
        if self.report.clauses.commas(low, high):
            return "", ""
        if self._owns(party, low):
            return "patient", "owner"
        repelled = anchor.trigger is not None and 0 < party.first - anchor.trigger.then <= _REPELLED
        if anchor.kind in DEFENCE and (gap <= 1 or repelled) and self.scene.given_to(party):
            return "patient", "construct"  # "repelled an attack of the group"
        if prefix in self.report.by and party.means and not self.found.agents and gap <= _WITH:
            return "agent", "its weapon"  # "was hit by an Israeli drone"
        if prefix and prefix not in self.report.plain:
            return "", ""
        if anchor.verb or self._struck():
            return self._object(party, gap)
        return self._construct(party, gap)

    def _by_vehicle(self, low: int, high: int) -> bool:
        """Whether "by", on the word for a vehicle, stands right before whose it is."""
        return any(w.startswith(self.report.by_letters) for w in self.report.text.forms[max(low + 1, high - _VEHICLE) : high])

    def _means_of(self, low: int, high: int) -> bool:
        """Whether one word for planes or a patrol stands between a deed and whose they are, or one for a raid with its adjective."""
        return high - low == 2 or (high - low == 3 and bool(self.report.triggers_between(low + 1, high)))

    def _acted_on(self, party: PartyMention) -> bool:
        """Whether what is done is told right behind a party, as the object of a verb ("a plane of the army bombed a house")."""
        at, report = party.last + 1, self.report
        if at >= len(report.text.forms) or report.clauses.commas(party.last, at) or self.scene.mark_at(at):
            return False
        return (
            any(s.first == at for s in report.sites)
            or any(p.first == at and not p.proclitic for p in report.parties)
            or any(w.first == at and w.kind == "small_arms" for w in report.weapons)
        )

    def _helped(self, party: PartyMention) -> bool:
        """Whether the event was done in support of a party."""
        mark = self.scene.before(party.first, 1, self.anchor.last + 1, _DEFENDED)
        named = self.scene.parties_within(mark.first - _BACK, mark.first + 1) if mark is not None else []
        return mark is not None and all(p.last < mark.first for p in named)  # "support" may be a part of a name

    def _held_till_then(self, party: PartyMention) -> bool:
        """Whether a relative clause on the place that was taken tells that a party holds it ("the freeing of villages that X held")."""
        scene, low = self.scene, self.anchor.last + 1
        mark = scene.before(party.first, _BACK, low, _HELD)
        if mark is None or scene.anchored(self.anchor.last, mark.first) or self.report.clauses.commas(low, party.first):
            return False
        return any("relative" in scene.mark_at(at) for at in range(max(low, mark.first - _RELATIVE), mark.first + 1))

    def _from(self, party: PartyMention) -> bool:
        """Whether the anchor's noun tells of fire that came "from" a party or posts of its ("shelling from aircraft of the regime")."""
        anchor, scene = self.anchor, self.scene
        if (
            anchor.kind not in _FIRED
            or anchor.verb
            or party.sort in ("state", "civilians")
            or party.first - anchor.last > 2 * _FROM
        ):
            return False
        low = anchor.last + 1
        exposed = [t.index for t in self.report.triggers_between(anchor.last, party.first) if t.kind == "suffer"]
        if exposed:  # "the shelling that the camp was exposed to from posts of the army": the camp between is no matter
            low = next((at for at in range(exposed[-1], party.first) if "from" in scene.mark_at(at)), low)
        sites = scene.sites_within(low, party.first + 1)
        high = sites[0].first if sites else party.first
        if high - low > _FROM or "from" not in scene.mark_at(high - 1) or len(sites) > 1 or not (sites or scene.acts(party)):
            return False
        counted = any(low <= q.last < high for q in self.report.quantities)  # "three of the group"
        return not counted and not scene.parties_within(low, party.first)

    def _other(self, low: int, mark: Mark | None) -> bool:
        """Whether another event than the taking of a place is told right before a mark, so that it tells who did that one."""
        if mark is None or self.anchor.kind not in _TAKING:
            return False
        near = [a for a in self.scene.anchors if low < a.index < mark.first and mark.first - a.last <= 3]
        return bool(near) and near[-1].trigger is not None and near[-1].kind not in _TAKING

    def _counts(self, mark: Mark) -> bool:
        """Whether a mark belongs to a number ("about twenty rockets", in Arabic written as "towards")."""
        toward = self.report.way_at(mark.first) == "toward"
        return any(q.first <= mark.first <= q.last or (toward and q.first == mark.last + 1) for q in self.report.quantities)

    def _apart(self, low: int, high: int) -> bool:
        """Whether a clause of its own opens between two tokens."""
        return any("that" in self.scene.mark_at(at) for at in range(low + 1, high))

    def _unhurt(self, low: int, high: int) -> bool:
        """Whether nobody came to harm in the words before "in the ranks of" ("the raids came amid splits in the ranks of the group")."""
        return high - low > 1 and all(m.last < low or m.victims > high for m in self.report.harm)

    def _inside(self, party: PartyMention) -> bool:
        """Whether a charge is told to have gone off amid a force, or at it ("blew up a charge in a force of the army")."""
        before = self.report.way_at(party.first - 1) == "in" and not self.scene.prefix(party)
        return before or self.scene.prefix(party) in self.report.by - self.report.plain

    def _struck(self) -> bool:
        """Whether the anchor takes in the verb behind its noun ("the attack that hit"), whose object follows."""
        return self.anchor.last > self.anchor.index and self.anchor.last in self.scene.deeds

    def _hit(self, party: PartyMention, gap: int) -> tuple[str, str]:
        """A place or object of a party, or a word for civilians, behind the anchor."""
        if party.sort == "civilians":
            return ("patient", "object") if gap <= 4 else ("", "")
        if gap <= _FAR and self.report.clauses.commas(self.anchor.last, party.first) <= 1:
            return "patient", "owner"
        return "", ""


def _among(party: PartyMention, others: Iterable[PartyMention]) -> bool:
    """Whether a mention of a party is one of others."""
    for other in others:
        if other is party:
            return True
    return False
