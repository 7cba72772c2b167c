"""The words around place names, read from the language pack: class words, bearings, stops and misleading company."""

from __future__ import annotations

from collections.abc import KeysView
from functools import cache

from marsad.lexicon.clitics import splits
from marsad.lexicon.scan import Shared
from marsad.lexicon.table import read_table
from marsad.record import record
from marsad.text.fold import fold
from marsad.text.tokens import Text

__all__ = ["ClassWord", "Nationality", "PlaceWords", "place_words"]


@record(frozen=True, slots=True)
class ClassWord:
    """A class word ("town of"): the kind it says, singular/dual/plural (``s d p``) and how it joins the name."""

    kind: str
    number: str
    joins: str
    loose: bool
    bare: str


@record(frozen=True, slots=True)
class Nationality:
    """A demonym form and the country code it points to."""

    country: str


class PlaceWords:
    """The place vocabulary of one language, all forms folded.

    Attributes:
        roles: role name (``bearing``, ``near``, ``in``, ``link``, ``stop`` …) to its forms.
        inner: words that may stand between "from" and the place that something came from.
        homographs: forms that are usually another word, with (counts after a preposition, spellings that are the place,
            spellings that are not).
        apart: names that are adjectives behind a definite noun.
        near: names that count only where their country is told of.
        news_names: names that the pack lists as places of the news; they count with less support than others.
        months: names of months of one word, which quarters are named after.
        nationalities: demonym forms (masculine, feminine, with and without article) to country codes.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        roles: dict[str, set[str]] = {}
        for row in read_table(f"{language}/lexicon/place_context.tsv"):
            roles.setdefault(row["role"], set()).update(fold(f) for f in row.list("forms"))
        self.roles: dict[str, frozenset[str]] = {role: frozenset(forms) for role, forms in roles.items()}
        self.inner = self.roles["bearing"] | self.roles["within"] | self.roles["positions"]
        self.homographs: dict[str, tuple[bool, tuple[str, ...], tuple[str, ...]]] = {
            row["form"]: (row["after"] == "yes", row.list("written"), row.list("other"))
            for row in read_table(f"{language}/lexicon/place_homographs.tsv")
            if row["after"] not in ("apart", "near")
        }
        odd = read_table(f"{language}/lexicon/place_homographs.tsv")
        self.apart = frozenset(row["form"] for row in odd if row["after"] == "apart")
        self.near = frozenset(row["form"] for row in odd if row["after"] == "near")
        self.common_words: dict[str, bool] = {
            row["form"]: row["often"] == "yes" for row in read_table(f"{language}/lexicon/common_words.tsv")
        }
        news = {fold(n) for row in read_table(f"{language}/places.tsv") for n in row.list("names")}
        self.news_names = frozenset(news | {n.replace(" ", "") for n in news})
        self.news_names -= self.homographs.keys() | self.near
        self.months = frozenset(fold(n) for row in read_table(f"{language}/months.tsv") for n in row.list("forms"))
        self._classes: dict[str, ClassWord] = {}
        for row in read_table(f"{language}/lexicon/place_classes.tsv"):
            for form in row.list("forms"):
                bare = fold(form)
                self._classes[bare] = ClassWord(row["kind"], row["number"], row["name"], row["loose"] == "yes", bare)
        self.nationalities: dict[str, str] = {}
        self.capitals: dict[str, str] = {}
        self.country_forms: dict[str, tuple[str, ...]] = {}
        self.conjunction = "".join(sorted(roles["and"]))
        self.adjective_she, self.adjective_he = tuple(roles["adjective_she"]), tuple(roles["adjective_he"])
        self.adjective_ends = tuple(sorted(roles["adjective_ends"]))
        self.feminine_mark = tuple(sorted({end[-1] for end in self.adjective_she}))
        self.adverb_ends = tuple(row["forms"] for row in read_table(f"{language}/lexicon/adverb_endings.tsv"))
        self.article = "".join(sorted(roles["article"]))
        self.attached = tuple(sorted(roles["attached"]))
        self._barred = tuple(sorted(roles["no_proclitic"]))
        self.feminine_end, self.feminine_start = "".join(sorted(roles["past_she"])), "".join(sorted(roles["present_she"]))
        self.accusative = "".join(sorted(roles["accusative"]))
        self.weak_end = "".join(sorted(roles["weak_end"]))
        self.present = "".join(sorted(roles["present_he"]))
        for row in read_table(f"{language}/lexicon/countries.tsv"):
            self.capitals[row["code"]] = fold(row.list("capital")[0])
            self.country_forms[row["code"]] = tuple(fold(n) for n in row.list("names"))
            for demonym in row.list("demonyms"):
                for ending in read_table(f"{language}/lexicon/demonym_endings.tsv"):
                    form = fold(demonym) + ending["ending"]
                    for article in ("", ending["article"]):
                        self.nationalities.setdefault(article + form, row["code"])
        self._demonyms: Shared[str | None] = Shared(self.nationalities.get, self.nationalities, None, language)
        self._class_readings: Shared[tuple[tuple[int, ClassWord, bool], ...]] = Shared(
            self._read_class, self._classes, (), language
        )

    @property
    def class_words(self) -> KeysView[str]:
        """All class words, folded."""
        return self._classes.keys()

    def no_name(self, proclitic: str) -> bool:
        """Whether letters before a word are ones that stand before no name (of a question, of the future)."""
        return proclitic.startswith(self._barred) and proclitic != self.article

    def demonyms(self, text: Text) -> list[str]:
        """Country codes of the demonyms of a text, as often as they stand there."""
        return [code for _, code in self._demonyms.among(text) if code]

    def demonyms_at(self, text: Text) -> list[tuple[int, str]]:
        """The demonyms of a text: token index and country code."""
        return [(index, code) for index, code in self._demonyms.among(text) if code]

    def classes(self, form: str) -> tuple[tuple[int, ClassWord, bool], ...]:
        """Readings of a form as a class word: (letters cut off, the class word, whether definite)."""
        return self._class_readings[form]

    def _read_class(self, form: str) -> tuple[tuple[int, ClassWord, bool], ...]:
        found = []
        for split in splits(form, self.language, enclitics=False):
            word = self._classes.get(split.core)
            if word is not None and not self.no_name(split.proclitic):
                found.append((split.start, word, split.definite))
        return tuple(found)


@cache
def place_words(language: str = "ar") -> PlaceWords:
    """The place vocabulary of a language pack, loaded once."""
    return PlaceWords(language)
