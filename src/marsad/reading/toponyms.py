"""Toponyms: every place name of a text, known to a gazetteer or told to be one by a class word.

``find`` gives mentions in text order. The span of a mention is the bare name: proclitics ("in", "and") and a class word
that is no part of the name ("the town of") are cut off. Mentions that are part of another name or stand for a government
are kept and flagged, so that later steps can use them as context without taking them for places of events.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from marsad.gazetteer import Entry, Gazetteer, default
from marsad.lexicon.clitics import splits
from marsad.reading.placecompany import Company
from marsad.reading.placeforms import OPENING, FormFacts, NameStart, PlaceForms
from marsad.reading.placelearned import LearnedNames
from marsad.reading.placemention import NO_EVENT_PLACE, PlaceMention
from marsad.reading.placenames import ClassNames
from marsad.reading.placewords import PlaceWords, place_words
from marsad.reading.tollrows import Row, rows_of
from marsad.record import replace
from marsad.text.tokens import Text

__all__ = ["NO_EVENT_PLACE", "FormFacts", "PlaceMention", "beginnings", "find"]


def find(
    text: Text,
    gazetteer: Gazetteer | None = None,
    language: str = "ar",
    lands: Collection[str] = (),
    rows: Sequence[Row] | None = None,
) -> list[PlaceMention]:
    """All place names of a text, in order, without overlap.

    Args:
        text: the text.
        gazetteer: where names are looked up; the packaged one by default.
        language: code of the language pack.
        lands: codes of the countries that the parties of the text tell, in which lesser names are believed where nothing else tells a country.
        rows: the rows of its lists of tolls, as ``rows_of`` gives them; looked for where not given.
    """
    return _finder(gazetteer or default(), language).find(text, lands, rows_of(text, language) if rows is None else rows)


def beginnings(form: str, language: str = "ar") -> FormFacts | None:
    """What a folded word can be the beginning of, as far as it alone tells; None for the many with which no name begins."""
    return _finder(default(), language).forms.facts[form]


@lru_cache(maxsize=8)
def _finder(gazetteer: Gazetteer, language: str) -> _Finder:
    return _Finder(gazetteer, place_words(language))


_LEAST_NOUN = 3
_HASH = "#"
_UNREAD = ("", -1)


class _Finder:
    """Recognition with one gazetteer."""

    def __init__(self, gazetteer: Gazetteer, words: PlaceWords) -> None:
        self.gazetteer, self.words = gazetteer, words
        self.forms = PlaceForms(gazetteer, words)
        self.names, self.company, self.learned = ClassNames(self.forms), Company(self.forms), LearnedNames(self.forms)
        roles = words.roles
        self.stop = roles["stop"]
        self._demonym_nouns: dict[str, tuple[str, int] | None] = {}

    def find(self, text: Text, lands: Collection[str], rows: Sequence[Row]) -> list[PlaceMention]:
        kinds, found, past = text.kinds, list[PlaceMention](), 0
        end = len(kinds) - 1
        forms, every = text.forms, self.forms.facts.among(text)
        nationals = {index: facts.nationality for index, facts in every if facts is not None and facts.nationality}
        nouns = {index - 1 for index in nationals}
        for index, facts in every:
            assert facts is not None  # what begins nothing is not among them
            if index < past or kinds[index] != "w":
                continue
            # "the Syrian coast", "the area of the Syrian coast": read at the adjective
            if index in nouns and self._of_land(forms, index):
                named = self._named_capital(text, index, facts)
                if named is not None:
                    found.append(named)
                    past = named.last + 1
                continue
            if facts.classes and index + 1 in nouns and self._of_land(forms, index + 1):
                continue
            if facts.classes:
                group = self.names.find(text, index, facts.classes)
                if group:
                    found += group
                    past = group[-1].last + 1
                    continue
            if facts.starts:
                if index < end and forms[index + 1] in facts.seconds:
                    mention = self._known(text, index)
                else:
                    listed = bool(found) and self._goes_on(text, found[-1].last, index)
                    alone = facts.alone or (self._listed(facts) if listed else None)
                    mention = self._alone(text, index, alone, listed) if alone else None
                if mention is not None:
                    found.append(mention)
                    past = mention.last + 1
                    continue
            if facts.nationality and index:
                mention = self._by_demonym(text, index)
                if mention is not None and (not found or found[-1].last < mention.first):
                    found.append(mention)
        found = self._with_rows(text, found, rows)
        told = self.company.embassies(text)
        judged = [self.company.judge(text, mention, told) for mention in found if self.company.whole_tag(text, mention)]
        further = [self.company.judge(text, mention, told) for mention in self.learned.find(text, forms, judged)]
        if further:
            judged = sorted([*judged, *further], key=lambda m: m.first)
        return self.company.weed(judged, nationals.values(), lands)

    def _with_rows(self, text: Text, found: list[PlaceMention], rows: Sequence[Row]) -> list[PlaceMention]:
        """The mentions with the names that open the rows of a list of tolls, if one of them is a known place."""
        named = {(m.opening, m.last): m for m in found}
        told = [named.get((row.first, row.last)) for row in rows]
        if not any(m is not None and m.candidates for m in told):
            return found
        for row, mention in zip(rows, told, strict=True):
            if (mention is not None and mention.class_first >= 0) or self.words.classes(text.forms[row.first]):
                continue  # "the quarter of X", "the hospital"
            whole = self.forms.mention(text, row.first, row.last, 0, None, located=True)
            known = self.gazetteer.named(whole.form)
            found = [m for m in found if m.last < row.first or m.first > row.last]
            found.append(replace(whole, kind=None if known else "town", candidates=known))
        return sorted(found, key=lambda m: m.first)

    def _of_land(self, forms: Sequence[str], index: int) -> bool:
        """Whether a noun like "the coast" stands before the adjective of a country, by which it is a part of that country."""
        follows = forms[index + 1] if index + 1 < len(forms) else ""
        return (
            follows in self.words.nationalities
            and follows.startswith(self.words.article)
            and self._noun(forms[index]) is not None
        )

    def _named_capital(self, text: Text, index: int, facts: FormFacts) -> PlaceMention | None:
        """The known name that stands behind a capital told by the adjective of its country ("the provisional Yemeni capital X")."""
        group = self.names.find(text, index, facts.classes) if facts.classes else None
        return group[0] if group and group[0].candidates else None

    def _noun(self, form: str) -> tuple[str, int] | None:
        noun = self._demonym_nouns.get(form, _UNREAD)
        if noun == _UNREAD:
            if len(self._demonym_nouns) > 100_000:
                self._demonym_nouns.clear()
            noun = self._demonym_nouns[form] = self._demonym_noun(form)
        return noun

    def _known(self, text: Text, index: int) -> PlaceMention | None:
        """A known name that may have several words, without a class word."""
        match = self.forms.match(text, index)
        if match is None:
            return None
        last, cut, form, entries = match
        if last == index:
            alone = self.forms.alone(text.tokens[index].form)
            return self._alone(text, index, alone) if alone else None
        rule = self.words.homographs.get(form)
        if rule is not None and (cut or not rule[0] or not self._after_preposition(text, index)):
            return None
        if self.forms.adverb(text, text.tokens[index]) or self._wider(text, form, last):
            return None
        return self.forms.mention(text, index, last, cut, entries[0].kind, candidates=entries)

    def _goes_on(self, text: Text, last: int, index: int) -> bool:
        """Whether a word is tied by "and" to a place that ends right before it."""
        conjunction, forms = self.words.conjunction, text.forms
        apart = index == last + 2 and forms[last + 1] == conjunction
        return apart or (index == last + 1 and forms[index].startswith(conjunction))

    def _listed(self, facts: FormFacts) -> NameStart | None:
        """The known name that a word with "and" on it is in a list, though it is usually another word."""
        return next((s for s in facts.starts if s.alone and s.cut == len(self.words.conjunction)), None)

    def _alone(self, text: Text, index: int, start: NameStart, listed: bool = False) -> PlaceMention | None:
        """A known name of one word, without a class word; ``listed``: tied by "and" to a place before it."""
        token, cut = text.tokens[index], start.cut
        if self.forms.adverb(text, token) or (not cut and self._accusative(text, index)):
            return None
        rule = self.words.homographs.get(start.word)
        if rule is not None:
            after, written, other = rule
            raw = text.source[token.start : token.end]
            told = listed or (not cut and self._after_preposition(text, index))
            if raw.endswith(other) or not (raw.endswith(written) or (after and told)):
                return None
        if not cut and start.word in self.words.nationalities and self._adjective(text, index):
            return None
        if not cut and start.word in self.words.apart and self._behind_definite(text, index):
            return None
        if self._wider(text, start.word, index):
            return None
        return self.forms.mention(text, index, index, cut, start.alone[0].kind, candidates=start.alone)

    def _wider(self, text: Text, name: str, last: int) -> bool:
        """Whether the word behind a name makes it that of another region."""
        return last + 1 < len(text.tokens) and f"{name} {text.tokens[last + 1].form}" in self.words.roles["wider"]

    def _behind_definite(self, text: Text, index: int) -> bool:
        """Whether a definite noun stands right before a word, which then is rather its adjective."""
        before = text.tokens[index - 1] if index else None
        if before is None or before.kind != "w" or self._after_preposition(text, index) or self.words.classes(before.form):
            return False
        return any(b.startswith(self.words.article) for b in self.forms.bases(before.form))

    def _adjective(self, text: Text, index: int) -> bool:
        """Whether a word spelled like a country is the adjective: it agrees with the noun before it in definiteness."""
        if not index or self._after_preposition(text, index):
            return False
        before, article = text.tokens[index - 1], self.words.article
        if before.kind != "w":
            return False
        definite = any(b.startswith(article) for b in self.forms.bases(before.form))
        if text.tokens[index].form.startswith(article):
            return definite
        return not definite and before.form not in self.words.roles["say"]

    def _accusative(self, text: Text, index: int) -> bool:
        """Whether a country's name is rather an indefinite adjective in the accusative, after a noun in it ("a British man")."""
        form, ending = text.tokens[index].form, self.words.accusative
        if not index or not form.endswith(ending) or form.removesuffix(ending) not in self.words.nationalities:
            return False
        before = text.tokens[index - 1]
        return (
            before.kind == "w"
            and before.form.endswith(ending)
            and len(before.form) > _LEAST_NOUN
            and not self._after_preposition(text, index)
        )

    def _after_preposition(self, text: Text, index: int) -> bool:
        if not index:
            return False
        before = text.tokens[index - 1]
        if (before.form in OPENING or before.form == _HASH) and index > 1:
            before = text.tokens[index - 2]
        mark = self.company.marks[before.form]
        return mark.preposition or mark.bearing

    def _by_demonym(self, text: Text, index: int) -> PlaceMention | None:
        """A name made with a demonym: "the Syrian border", "the Yemeni lands", "the Libyan capital"."""
        before = text.tokens[index - 1]
        if before.kind != "w" or not text.tokens[index].form.startswith(self.words.article):
            return None
        noun = self._noun(before.form)
        if noun is None:
            return None
        kind, cut = noun
        country = self.words.nationalities[text.tokens[index].form]
        mention = self.forms.mention(text, index - 1, index, cut, kind, country=country, located=True)
        if kind == "city":
            capital = self.gazetteer.named(self.words.capitals.get(country, ""))
            return replace(mention, candidates=tuple(e for e in capital if e.country == country and e.kind == "city"))
        if kind == "country":
            return replace(mention, candidates=self._country(country))
        return mention

    def _demonym_noun(self, form: str) -> tuple[str, int] | None:
        """What a noun makes of the demonym behind it: (class, letters cut off), or None."""
        for role, kind in (("of_country", "country"), ("of_border", "area"), ("of_capital", "city")):
            for split in splits(form, self.words.language, enclitics=False):
                if split.definite and split.listed in self.words.roles.get(role, ()):
                    cut = len(form) - len(split.listed) if form.endswith(split.listed) else split.start
                    return kind, cut
        return None

    def _country(self, code: str) -> tuple[Entry, ...]:
        for entries in (self.gazetteer.named(name) for name in self.words.country_forms.get(code, ())):
            for entry in entries:
                if entry.kind == "country" and entry.country == code:
                    return (entry,)
        return ()
