"""Scanning: the words of a text that may name a party, before it is known who they are.

One pass over the tokens: listed names, bare words for parties and countries that act, and heads, which ``partyheads`` follows to
the owner that tells whose they are.
"""

from __future__ import annotations

from marsad.reading.partyfound import Around, Found, Match
from marsad.reading.partyheads import KINDS, NAMES, PEOPLE, Heads, standing
from marsad.reading.partywords import HEADS, PartyWords, Word
from marsad.text.tokens import Text

__all__ = ["scan"]

_ACT = 3
_COUNTRIES = frozenset(("country", "capital", "demonym"))


def scan(text: Text, words: PartyWords, published: str | None = None) -> tuple[list[Found], list[tuple[int, str]]]:
    """What a text names, in order and without overlap, and the countries it names with their token.

    Args:
        text: the report.
        words: the tables of its language.
        published: ISO day of publication, or None; on other days a weak name may be composed of other words.
    """
    scanner = _Scanner(text, words, published)
    scanner.run()
    return scanner.heads.found, scanner.heads.seen


class _Scanner:
    def __init__(self, text: Text, words: PartyWords, published: str | None) -> None:
        self._text = text
        self._words = words
        self._day = published
        self._around = Around(text, words)
        self.heads = Heads(text, words, self._around)
        self._placed = -2  # last token of the country told last as a place; what is joined to it is one too

    def run(self) -> None:
        tokens, behind = self._text.tokens, 0
        for index, match in self._around.starts.items():
            if index >= behind and tokens[index].kind == "w":
                behind = max(self._step(match) + 1, self.heads.behind)

    def _step(self, match: Match) -> int:
        """Take what begins at a match; returns the last token that it uses."""
        by = match.value.by
        if "none" in by or match.proclitic in self._words.barred:
            return match.last
        if not _COUNTRIES.isdisjoint(by):
            for sort in [s for s in _COUNTRIES if s in by]:
                self.heads.seen.append((match.first, by[sort].countries[0]))
        if "civil" in by and len(by) == 1:
            return self._people(match, by["civil"])
        if self._around.void(match):
            return match.last
        if not NAMES.isdisjoint(by):
            options = tuple(w for w in match.value.words if w.sort in NAMES and self._around.fits(match, w, self._day))
            if options:
                return self._name(match, options)
        if "owner" in by and self._joined(match):
            return self._name(match, tuple(w for w in match.value.words if w.sort == "owner"), owned=True)
        if "unit" in by:
            number = self._around.number(match.last + 1)
            if number >= 0:
                return self.heads.compose(match, by["unit"], number)
            if len(by) == 1:
                return match.last
        if not HEADS.isdisjoint(by):
            head = next(w for w in match.value.words if w.sort in HEADS)
            if head.sort == "unid" and head.number == "sg" and self._around.adjective(match, head):
                return match.last
            last = self.heads.compose(match, head)
            if last >= 0:
                return last
        if "group" in by or "tribe" in by:
            last = self._pattern(match, by["group"] if "group" in by else by["tribe"])
            if last >= 0:
                return last
        if "role" in by:
            return self._role(match, by["role"])
        if "noun" in by:
            if not self._around.foreign(match.last + 1):
                self.heads.add(match, by["noun"], match.last, noun=by["noun"].noun)
            return match.last
        if "act" in by:
            return self._act(match, by["act"])
        if "protest" in by or "civil" in by:
            return self._people(match, by["protest"] if "protest" in by else by["civil"])
        if "country" in by or "capital" in by:
            self._state(match, by["country"] if "country" in by else by["capital"])
        elif "demonym" in by and by["demonym"].number == "pl":
            self.heads.add(match, by["demonym"], match.last, sort="civilians", kind="civilians", id="civilians", sure=False)
        return match.last

    def _joined(self, match: Match) -> bool:
        """Whether "and", which may be written apart, ties what is named to the party right before it."""
        apart = not match.proclitic and self._text.tokens[match.first - 1].form == self._words.joint
        at = match.first - 1 - apart
        tied = bool(match.proclitic) or apart
        return tied and bool(self.heads.found) and self.heads.found[-1].last == at and self.heads.found[-1].sort != "civilians"

    def _people(self, match: Match, word: Word) -> int:
        """Civilians; protesters are no party of the list."""
        identity = "civilians" if word.sort == "civil" else ""
        if word.number == "sg" and word.bare == "adjective" and self._around.adjective(match, word):
            return match.last
        self.heads.add(match, word, match.last, sort="civilians", kind="civilians", id=identity, sure=not word.role)
        return match.last

    def _name(self, match: Match, options: tuple[Word, ...], owned: bool = False) -> int:
        """A listed name; where it may be a bare word too, that is kept for the case that the name does not fit."""
        word = options[0]
        if word.weak and word.sort == "name":
            closer = self._around.closer(match)
            if closer is not None:
                return self.heads.owned(match, [(word, match.last)], closer, (closer.value.by["adj"],))
            national = self._nation_behind(match, word)
            if national >= 0:
                return national
        sort = "person" if word.sort == "person" else "force"
        if word.id == "unidentified":
            sort = "unidentified"
        elif word.id in PEOPLE:
            sort = "civilians"
        if (role := standing(match)) is not None:
            kind = KINDS.get(role.sort, "state_force")
            self.heads.add(
                match, word, match.last, sort=sort, kind=kind, options=options, owned=owned, role=role.role, noun=role.noun
            )
        else:
            self.heads.add(match, word, match.last, sort=sort, options=options, owned=owned)
        return self._further(match) if match.last > match.first else match.last

    def _further(self, match: Match) -> int:
        """Adjectives of nationality joined to the one that a listed name ends with ("the Syrian and Russian forces"); the last token used."""
        ending, last = self._around.at(match.last), match.last
        nation = ending.value.by.get("demonym") if ending is not None and ending.last == last else None
        while nation is not None and (other := self._around.starts.get(last + 1)) is not None and other.proclitic:
            nation = next((w for w in other.value.words if w.sort == "demonym" and w.definite and w.number != "pl"), None)
            if nation is None:
                break
            self.heads.seen.append((other.first, nation.countries[0]))
            self.heads.add(other, nation, other.last, kind="state_force", role="army", code=nation.countries[0], nouns=())
            last = other.last
        return last

    def _role(self, match: Match, word: Word) -> int:
        closer = self._around.closer(match)
        if closer is not None:
            return self.heads.owned(match, [(word, match.last)], closer, (closer.value.by["adj"],))
        national = self._nation_behind(match, word)
        if national >= 0:
            return national
        linked = self._around.at(match.last + 1) if word.number == "" and not word.definite else None
        if linked is not None and "link" in linked.value.by and linked.value.by["link"].role != "among":
            last = self.heads.compose(match, word)  # "rebels of the group X"
            if last >= 0:
                return last
        self.heads.add(match, word, match.last, role=word.role, noun=word.noun)
        return match.last

    def _nation_behind(self, match: Match, word: Word) -> int:
        """A bare word with an adjective of nationality right behind it; returns the last token used, or -1."""
        following = self._around.at(match.last + 1)
        if following is None or not self._around.foreign(match.last + 1):
            return -1
        adjective = next(w for w in following.value.words if w.sort == "demonym" and w.definite)
        if any(set(adjective.countries) & set(w.countries) for w in match.value.words):
            return -1  # the name is one of that country
        return self.heads.national(match, [(word, match.last)], following, adjective)

    def _pattern(self, match: Match, word: Word) -> int:
        """The name of a group or tribe that is not listed, by its head; returns the last token used, or -1."""
        if word.definite:
            return -1
        around, tribe = self._around, word.sort == "tribe"
        calls = around.at(match.last + 1)
        if calls is not None and "called" in calls.value.by and not calls.proclitic:
            return self._called(match, word, calls.last + 1)
        last = around.quoted(match.last + 1) if word.role != "named" else -1
        if last < 0:
            last = around.group(match.last + 1, tribe or "safe" in match.value.by)
        if last < 0:
            return -1
        if tribe:
            self.heads.add(match, word, last, sort="tribe", id="tribal", kept=True)
        else:
            self.heads.add(match, word, last, role="group", kept=True)
        return last

    def _called(self, match: Match, word: Word, opening: int) -> int:
        """The name in quotation marks of a group that calls itself so; returns the last token used, or -1."""
        last = self._around.quoted(opening)
        if last < 0:
            return -1
        listed = self._around.starts.get(opening + 1)
        if listed is not None and listed.last == last and not NAMES.isdisjoint(listed.value.by):
            return match.last  # the name is found by itself
        first = self._text.tokens[opening + 1]
        self.heads.found.append(
            Found(
                first.index, last, first.start, first.index, "", "force", "armed_group", role="group", kept=True, number=word.number
            )
        )  # fmt: skip
        return last

    def _act(self, match: Match, act: Word) -> int:
        """An event noun with an adjective of nationality ("a Russian strike"): the adjective names the party."""
        at = match.last + 1
        while at <= match.last + _ACT:
            following = self._around.at(at)
            if following is None or (following.proclitic and "attr" not in following.value.by):
                break  # "rocket and artillery shelling by the Saudis" has one adjective joined to another
            word = following.value.by.get("demonym") if not following.proclitic else None
            if word is not None and self._around.avoided(following, word):
                break
            # Behind another adjective a word that names a country too is one ("Syrian air strikes").
            if word is not None and (act.bare == "site" or at > match.last + 1 or "country" not in following.value.by):
                agrees = next((w for w in following.value.words if w.sort == "demonym" and w.definite == act.definite), None)
                return self.heads.national(following, [(act, match.last)], following, agrees) if agrees else match.last
            believed = "link" in following.value.by and following.value.by["link"].role == "believed"
            if "attr" not in following.value.by and not believed:
                break  # "strikes believed to be Turkish" may be
            at = following.last + 1
        return match.last

    def _state(self, match: Match, word: Word) -> None:
        """A country or capital as an actor."""
        if match.proclitic[-1:] in self._words.placing or (match.proclitic and self._placed == match.first - 1):
            self._placed = match.last
            return
        before, phrase = self._around.before(match.first), self._around.at(match.first - 2)
        if phrase is not None and phrase.last == match.first - 1:
            before = phrase  # "the finger of blame at"
        kinds = before.value.by.keys() if before is not None else frozenset[str]()
        if "other" in kinds:
            self._placed = match.last
            return
        # "Kyiv accused Moscow": the object of one that acts stands right behind it.
        beside = bool(self.heads.found) and self.heads.found[-1].sort == "state" and self.heads.found[-1].last == match.first - 1
        if (word.sort == "capital" or word.countries[0] in self._words.scenes) and "actor" not in kinds and not beside:
            return
        self.heads.add(match, word, match.last, sort="state", kind="state_force", role="army", code=word.countries[0])
