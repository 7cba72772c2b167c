"""Losses: "human losses", and whose people they were.

"The militia suffered heavy losses in lives", "inflicted human losses on the army", "losses in the ranks of the gunmen".
"""

from __future__ import annotations

from marsad.reading.government import STOPS
from marsad.reading.people import Victims
from marsad.reading.sequels import Sequels
from marsad.reading.tellings import JOINT

__all__ = ["Losses"]

_LOSSES = 7  # tokens between a verb, "losses" and "human"
_SUBJECT = 8  # tokens between the subject of such a verb and it


class Losses(Sequels):
    """Finds tellings of losses, in one text."""

    def _losses(self, index: int) -> None:
        """ "human losses": killed and injured, no number."""
        end = self._end(index)
        for at in range(index + 1, min(end, index + _LOSSES)):
            if self.tokens[at].form in STOPS or self._predicate(at) is not None:
                return
            role = self.words.role(self.tokens[at].form)[0]
            if role in ("human", "lives", "ranks"):  # "losses in the ranks of" are human ones too
                last = index if role == "ranks" else self._ranked(at, end)
                group = self.finder.qualify(Victims(index, last, None, None))
                if group.group_first < 0 and group.status == "unknown":
                    self._loser(group, index, at, end)
                for kind in ("killed", "injured") if role != "lives" else ("killed",):
                    self._add(-1, "bare", [group], kind, None, None, JOINT)
                return

    def _ranked(self, at: int, end: int) -> int:
        """The token behind which "in the ranks of" follows a word for human losses, past what else was lost; else itself."""
        for index in range(at + 2, min(end, at + _LOSSES)):
            token = self.tokens[index]
            if token.form in STOPS or self._predicate(index) is not None:
                break
            if self.words.role(token.form)[0] == "ranks":
                return index - 2
        return at

    def _loser(self, group: Victims, index: int, last: int, end: int) -> None:
        """Whose losses they are: of whom they are told behind ("in them"), of the object or else the subject of their verb."""
        verb = next((i for i in range(index - 1, max(-1, index - _LOSSES), -1) if self._brings(i)), -1)
        form = self.tokens[max(0, index - 1)].form
        if verb < 0 and form.endswith(self.words.pronouns):
            cores = self.predicates.cores(form)
            if any(p.persons == "own" for core in cores for p in self.predicates.at(core)):
                group.status = "combatant"  # "after their suffering of heavy losses in lives": said of forces
        if verb < 0 or self.tokens[verb].sentence != self.tokens[index].sentence:
            return
        behind = [i for i in range(last + 1, min(end, last + 4)) if self.words.behind_preposition(self.tokens[i].form)]
        if behind and self.finder.armed_at(behind[0]):
            group.group_first = group.group_last = behind[0]
            group.status = "combatant"
        else:
            self._suffers(group, verb, index)

    def _suffers(self, group: Victims, verb: int, end: int = -1) -> None:
        """The people of a group are of the armed party told last between a verb and what it brings, else of its subject."""
        near = [i for i in range(verb + 1, end) if self.finder.armed_at(i)]
        near = near or [i for i in range(max(0, verb - _SUBJECT), verb) if self.finder.armed_at(i)]
        near = near or [i for i in range(verb + 1, min(group.first, verb + _LOSSES)) if self.finder.armed_at(i)]
        near = [i for i in near if self.tokens[i].sentence == self.tokens[verb].sentence]
        if not near:
            return
        first = near[-1]
        while first - 1 in near and not self.words.behind_preposition(self.tokens[first].form):
            first -= 1
        group.group_first, group.group_last, group.status = first, near[-1], "combatant"

    def _brings(self, index: int) -> bool:
        """Whether a word is a verb that brings losses on somebody."""
        return any(p.use == "carrier" and not p.kind for p in self.predicates.at(self.tokens[index].form))
