"""Place anaphors: class words with the article that take up a place told before ("in the town", "the camp")."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache

from marsad.lexicon.clitics import splits
from marsad.lexicon.scan import Shared
from marsad.lexicon.table import read_table
from marsad.reading.placeforms import CLOSING, OPENING
from marsad.reading.placemention import PlaceMention
from marsad.reading.placerecord import ResolvedPlace, unnamed
from marsad.reading.placewords import place_words
from marsad.record import record, replace
from marsad.text.fold import fold
from marsad.text.tokens import Text

__all__ = ["anaphors"]

_REACH, _PLACES = 8, 40  # sentences back to the place that is taken up, and places looked at
# What counts like sentences between: another word than before, a place told only to say where another lies.
_OTHER, _ASIDE = 1.5, 2.0
_NEVER = frozenset({"metonym", "org", "source", "person", "time", "dateline"})


@record(frozen=True, slots=True)
class _Word:
    """A class word: the classes of the places that it takes up, and whether they must have been told with it."""

    word: str
    kinds: frozenset[str]
    same: bool

    def takes(self, place: ResolvedPlace, capitals: Mapping[str, str]) -> bool:
        """Whether a place is of a class that the word takes up."""
        if place.place.kind in self.kinds or any(e.kind in self.kinds for e in place.mention.candidates):
            return True
        if place.place.kind == "area":
            return False  # a street that is named after a capital
        return "capital" in self.kinds and place.entry is not None and capitals.get(place.entry.country) in place.entry.forms


def anaphors(text: Text, places: Sequence[ResolvedPlace], language: str = "ar") -> list[ResolvedPlace]:
    """The places that definite class words take up, in the order of the words.

    Args:
        text: the text.
        places: those that it names, in its order.
        language: code of the language pack.

    Returns:
        The place taken up, with its own evidence; its mention is the class word.
    """
    found: list[ResolvedPlace] = []
    known = _words(language).among(text) if places else []
    if not known:
        return found
    roles, told = place_words(language).roles, _Told(text, places, language)
    apart = roles["adjective"] | roles["direction"]  # "the old town" is another place
    openings = {p.mention.opening for p in places}
    for index, word in known:
        after = text.tokens[index + 1].form if index + 1 < len(text.tokens) else ""
        # A word alone in quotation marks is the name of a newspaper.
        if word is None or index in openings or after in apart or (after in CLOSING and text.tokens[index - 1].form in OPENING):
            continue
        if told.holds(index):
            continue
        before = told.taken_up(index, word)
        if before is not None:
            found.append(replace(before, mention=_mention(text, index, before.mention)))
    return found


class _Told:
    """The places told in a text, with the class words that they were told with."""

    def __init__(self, text: Text, places: Sequence[ResolvedPlace], language: str) -> None:
        words = place_words(language)
        self.text, self.places, self.capitals = text, places, words.capitals
        self.firsts = [p.mention.first for p in places]
        self.words, self.between = words, words.roles["bearing"] | words.roles["near"] | words.roles["within"]
        self.of = words.roles["of"]
        self.lasts = {p.mention.last for p in places}
        self.holders = {p.container for p in places}
        self.classed = {
            (reading.bare, p.mention.form)
            for p in places
            for _, reading, _ in words.classes(
                text.tokens[p.mention.opening].form
            )  # which may belong to the name ("the Gaza Strip")
        }

    def holds(self, index: int) -> bool:
        """Whether a word only says where the place right before it lies ("in the village of X, north of the town")."""
        at = index - 1
        while at >= 0 and (self.text.forms[at] in self.between or self._seat(at)):
            at -= 1
        joined = at < index - 1 or self.text.forms[index].startswith(self.words.attached)
        return joined and at in self.lasts

    def _seat(self, index: int) -> bool:
        """Whether a token is a class word without the article ("X, capital of the province")."""
        return any(not cut and not definite for cut, _, definite in self.words.classes(self.text.forms[index]))

    def taken_up(self, index: int, word: _Word) -> ResolvedPlace | None:
        """The place before a token that a class word stands for best, or None.

        The nearest one counts, before all one that was told with the same word; one that only tells where another lies ("near the
        city of X") comes last.
        """
        tokens, end = self.text.tokens, bisect_left(self.firsts, index)
        best, least, sentence = None, float(_REACH), tokens[index].sentence
        for number in range(end - 1, max(-1, end - _PLACES), -1):
            place = self.places[number]
            mention, apart = place.mention, float(sentence - tokens[place.mention.first].sentence)
            if apart >= least:
                break
            if mention.flags & _NEVER or not word.takes(place, self.capitals):
                continue
            # "The province of X ... the town": X is a town too.
            apart += 0.0 if place.place.kind in word.kinds or "capital" in word.kinds else _OTHER
            same = (word.word, mention.form) in self.classed
            if word.same and not same:
                continue
            apart += 0.0 if same else _OTHER
            came = mention.opening > 0 and self.text.forms[mention.opening - 1] in self.of  # "with support from X"
            apart += _ASIDE if came or mention.bearing or number in self.holders or not mention.event_place else 0.0
            if apart < least:
                best, least = place, apart
        described = self.text.forms[index + 1].startswith(self.words.article) if index + 1 < len(tokens) else False
        if best is not None or described:
            return best  # "the private sector" has the word of "the Strip"
        return self._only(index, word) or self._holding(index, word) or self._filed(index, word)

    def _only(self, index: int, word: _Word) -> ResolvedPlace | None:
        """The one place of all before a token that was told with a class word, or None: it is taken up over a whole report."""
        if not word.same:
            return None
        before = [p for p in self.places[: bisect_left(self.firsts, index)] if (word.word, p.mention.form) in self.classed]
        return before[-1] if len({p.mention.form for p in before}) == 1 else None

    def _filed(self, index: int, word: _Word) -> ResolvedPlace | None:
        """The town with which a report opens, before anything that happened is put anywhere ("Aden – four died in the centre of the
        city"), or None."""
        before = self.places[: bisect_left(self.firsts, index)]
        filed = bool(before) and "dateline" in before[0].mention.flags and before[0].place.kind in word.kinds
        return before[0] if filed and not word.same and not any(p.mention.event_place for p in before) else None

    def _holding(self, index: int, word: _Word) -> ResolvedPlace | None:
        """What contains the place before a token and bears the class word in its name ("in X ... the Strip"), or None."""
        end = bisect_left(self.firsts, index)
        for place in reversed(self.places[max(0, end - _PLACES) : end]):
            if place.mention.flags & _NEVER:
                continue
            within = place.place.within
            held = next((n for n, name in enumerate(within) if fold(name).split(" ")[0] == word.word), None)
            return None if held is None else unnamed(place, within[held], within[held + 1 :], place.place.evidence)
        return None


def _mention(text: Text, index: int, before: PlaceMention) -> PlaceMention:
    """The class word at a token as a mention of the place that it takes up."""
    token = text.tokens[index]
    return PlaceMention(
        index, index, token.start, token.end, text.source[token.start : token.end], before.form, before.kind,
        candidates=before.candidates, inner=before.inner, country=before.country, located=True,
    )  # fmt: skip


@cache
def _words(language: str) -> Shared[_Word | None]:
    rows = read_table(f"{language}/lexicon/place_anaphors.tsv")
    words = {fold(r["word"]): _Word(fold(r["word"]), frozenset(r.list("kinds")), r["same"] == "yes") for r in rows}

    def read(form: str) -> _Word | None:
        return next((words[s.core] for s in splits(form, language, enclitics=False) if s.definite and s.core in words), None)

    return Shared(read, words, None, language)
