"""Words behind class words: whether they can be names, and how far names go that no gazetteer has."""

from __future__ import annotations

from marsad.gazetteer import Entry
from marsad.lexicon.clitics import splits
from marsad.reading.placeforms import CLOSING, OPENING, PlaceForms, famous
from marsad.reading.placemention import PlaceMention
from marsad.reading.placewords import ClassWord
from marsad.text.tokens import Text

__all__ = ["NameWords"]

_QUOTED = 3  # tokens before a quotation mark among which another one makes it a closing one
_DEFINITE_LEAST, _LEAST_CORE, _LEAST_JOINED = 3, 4, 4


class NameWords:
    """What single words behind a class word tell of the name that it announces."""

    def __init__(self, forms: PlaceForms) -> None:
        self.forms, self.gazetteer, self.words = forms, forms.gazetteer, forms.words
        roles = forms.words.roles
        self.bearing, self.within = roles["bearing"], roles["within"]
        self.stop, self.head = roles["stop"], roles["head"]
        self.direction, self.descriptive, self.say = roles["direction"], roles["descriptive"], roles["say"]
        self.counting, self.pronouns = roles["counting"], tuple(sorted(roles["pronoun_ends"]))
        self.famed = roles["famed"]
        self.into = tuple(letter + self.words.article for letter in roles["attached"])
        self.country, self.alike = roles["country"], roles["alike"]
        self.joined = (self.words.article, self.words.conjunction, *roles["to"])

    def _no_name(self, text: Text, index: int, cut: int, word: ClassWord, name: PlaceMention) -> bool:
        """Whether no name, but what is told of a place that is counted or ranked, stands behind its class word ("the first city that
        fell"), or what goes on behind a word like it ("steadfast and in control"); ``cut``: letters before the class word."""
        form, before = text.tokens[name.first].form, text.tokens[index - 1]
        if word.bare in self.famed and not name.candidates:
            return True
        named = bool(name.candidates) or form.startswith(self.words.article)
        if (named and form not in self.words.homographs) or text.tokens[name.first - 1].form in OPENING:
            return False
        joined = form.startswith(self.words.conjunction) and len(form) > _LEAST_JOINED and not self.forms.unknown(form)
        into = form.startswith(self.into) and self.forms.match(text, name.first) is not None
        if not named and len(form) > _LEAST_JOINED and form.endswith(self.pronouns):
            return True  # "a region that tourists visit"
        return joined or into or (not cut and (before.kind == "n" or before.form in self.counting))

    def _told(self, text: Text, entries: tuple[Entry, ...]) -> bool:
        """Whether the text tells the country of any of these places by an adjective."""
        return not {e.country for e in entries}.isdisjoint(self.words.demonyms(text))

    def _foreign(self, text: Text, index: int) -> bool:
        """Whether two words that the language's news have for nothing else stand together, as in names of other languages."""
        tokens = text.tokens
        if index + 1 >= len(tokens) or tokens[index + 1].kind != "w":
            return False
        first, second = tokens[index].form, tokens[index + 1].form
        plain = not (first.startswith(self.words.article) or second.startswith(self.joined))
        return plain and self.forms.unknown(first) and self.forms.unknown(second)

    def _longer(self, text: Text, index: int) -> bool:
        """Whether a name of two words begins here that the news have for nothing else ("the village of Tayr X")."""
        return self.forms.rare(text.tokens[index].form) and self._second(text, index + 1)

    def _second(self, text: Text, index: int) -> bool:
        """Whether a word of no use in the news stands at a token that can be the second of a name."""
        if index >= len(text.tokens) or text.tokens[index].kind != "w":
            return False
        form = text.tokens[index].form
        if self.forms.adverb(text, text.tokens[index]):
            return False  # "shot"
        if not self.forms.rare(form) or form.startswith(self.joined) or form in self.words.nationalities or form in self.say:
            return False
        if self.words.classes(form) or any(s.cut and s.alone for s in self.forms.starts(form)):
            return False  # "the village of X in-Nablus"
        return self._more(text, index - 1)

    def _lengthened(self, text: Text, first: int, last: int) -> bool:
        """Whether a known name of a village or town goes on with one more word that makes it another's ("Eastern X", "X of Y").

        A definite name goes on with a direction, one without article with a word that the news have for nothing else.
        """
        form = text.tokens[last + 1].form if last + 1 < len(text.tokens) else ""
        if text.tokens[first].form.startswith(self.words.article):
            return form in self.direction
        if last > first or not form.startswith(self.words.article):
            return last == first and self._second(text, last + 1)
        core = form.removeprefix(self.words.article)
        ends = (*self.words.adjective_ends, *self.words.feminine_mark)
        if form.endswith(ends) or form in self.descriptive or form in self.words.nationalities or form in self.direction:
            return False
        if form in self.stop or form in self.words.roles["day"]:
            return False
        return self.forms.rare(form) and self.forms.rare(core)

    @staticmethod
    def _closes(text: Text, index: int) -> bool:
        """Whether a mark that opens and closes alike ends what a like one began just before ('an "ambush" which left')."""
        forms = text.forms
        return forms[index] in CLOSING and forms[index] in forms[max(0, index - _QUOTED) : index]

    def _rare_behind(self, form: str, noun: str) -> bool:
        """Whether the news have a definite noun behind a common word for nothing else ("the area of the Square of the Qudud")."""
        if self.words.classes(form) or self._attached_common(form) or self.forms.starts(noun):
            return False
        return self.forms.rare(noun) and self.forms.rare(noun.removeprefix(self.words.article))

    def _generic(self, form: str) -> bool:
        """Whether a form is the word for the country or a class word with the article."""
        if form in self.country:
            return True
        return form.startswith(self.words.article) and any(d and w.joins == "cut" for _, w, d in self.words.classes(form))

    def _common_noun(self, form: str, word: ClassWord, text: Text, index: int) -> bool:
        """Whether a word that no gazetteer has is too frequent to be a name after this class word."""
        often = self.words.common_words.get(form)
        if form.startswith(self.words.conjunction + self.words.article):
            return True  # "and the ...": what goes on behind a word that is no class word here
        if often is None and form.startswith(self.words.conjunction):
            return any(b in self.words.common_words or b in self.stop for b in self.forms.bases(form) if b != form)
        if often is None:
            return not form.startswith(self.words.article) and (self._attached_known(form) or self._attached_common(form))
        if word.joins == "keep" and (form.startswith(self.words.article) or (word.kind == "area" and not often)):
            return False  # mountains and valleys bear names that are words of the news
        cut = word.joins == "cut" and word.number == "s" and word.kind in ("area", "site", "district", "subdistrict")
        if cut and not often and form.startswith(self.words.article) and self._placed(text, index + 1):
            return False  # "the area of the Graveyard west of the city of X"
        if word.number == "s" and word.kind in ("village", "town") and not often and self._noun_placed(text, index):
            return False
        named_so = word.kind in ("neighbourhood", "village", "town", "city") and form.startswith(self.words.article)
        return often or not named_so

    def _noun_placed(self, text: Text, index: int) -> bool:
        """Whether a noun behind "village", no adjective of it, stands before where it lies ("the village of Enmity north of X")."""
        form, feminine = text.tokens[index].form, self.words.feminine_mark
        adjective = form.endswith(self.words.adjective_ends) or (form.endswith(feminine) and not self.forms.rare(form[:-1]))
        return not adjective and self._placed(text, index + 1)

    def _lone(self, text: Text, index: int, word: ClassWord) -> bool:
        """Whether a word that ends like an adjective is none that the news have ("Mount X", "the front of X in the province of Y")."""
        return self.forms.rare(text.tokens[index].form) and (word.joins == "keep" or self._placed(text, index + 1))

    def _placed(self, text: Text, index: int) -> bool:
        """Whether the words at a token say where what stands before them lies ("X west of the town of Y", "X in Y")."""
        tokens = text.tokens
        while index < len(tokens) and tokens[index].form in CLOSING:
            index += 1
        if index + 1 >= len(tokens):
            return False
        form = tokens[index].form
        if form in self.bearing or form in self.within:
            index += 1
        elif not form.startswith(self.words.attached):
            return False
        while index + 1 < len(tokens) and tokens[index].form in self.bearing:
            index += 1
        return bool(self.words.classes(tokens[index].form)) or any(s.alone for s in self.forms.starts(tokens[index].form))

    def _attached_common(self, form: str) -> bool:
        """Whether a form is a word of the news with a preposition before it or a pronoun behind it."""
        return any(
            (s.core in self.words.common_words or s.listed in self.words.common_words) and len(s.core) >= _LEAST_CORE
            for s in splits(form, self.words.language)
            if (s.proclitic or s.enclitic) and not self.words.no_name(s.proclitic)
        )

    def _attached_known(self, form: str) -> bool:
        """Whether a form is a preposition written together with a country or great city ("to Israel")."""
        return any(start.cut and famous(start.alone) for start in self.forms.starts(form) if start.alone)

    def _more(self, text: Text, index: int) -> bool:
        """Whether the next token may go on with a name."""
        tokens = text.tokens
        if index + 1 >= len(tokens) or tokens[index + 1].kind != "w":
            return False
        form = tokens[index + 1].form
        if self._name_like_preposition(text, index + 1):
            return True
        return not (form in self.stop or form in self.descriptive or self.words.classes(form) and form not in self.head)

    def _name_like_preposition(self, text: Text, index: int) -> bool:
        """Whether a token is a name that differs from a preposition by its last letter alone ("Ali"): written so, and no noun behind it."""
        tokens = text.tokens
        if index >= len(tokens) or not self._alike(text, index):
            return False
        behind = tokens[index + 1] if index + 1 < len(tokens) else None
        return behind is None or behind.kind != "w" or behind.form in self.stop or behind.form in self.bearing

    def _alike(self, text: Text, index: int) -> bool:
        token = text.tokens[index]
        return token.form in self.alike and text.source[token.start : token.end] in self.alike

    def _forename(self, text: Text, index: int) -> bool:
        """Whether a token is such a name, written so, before a word that the news have for nothing else ("the village of Ali X")."""
        return self._alike(text, index) and self._second(text, index + 1)

    def _idafa(self, text: Text, index: int) -> bool:
        """Whether a definite noun at a token goes on with an indefinite first word of a name."""
        if index >= len(text.tokens) or text.tokens[index].kind != "w":
            return False
        form = text.tokens[index].form
        if not form.startswith(self.words.article) or len(form) <= _DEFINITE_LEAST:
            return False
        if form in self.stop or form in self.descriptive or form in self.words.nationalities or form in self.direction:
            return False
        if form in self.words.roles["day"]:
            return False  # "in the quarter of X on-Saturday"
        return not form.endswith(self.words.adjective_ends)
