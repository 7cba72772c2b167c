"""Lexemes: which words the packs know in several forms, so that a search for one form finds the others.

A word of the tables is known by its folded dictionary form. A form that belongs to several words keeps all of them; endings
that rarely stand in reports (accusative, dual before an owner) count only where no other word has that form.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from marsad.lexicon.inflect import forms
from marsad.lexicon.table import Row, read_table
from marsad.text.fold import fold

__all__ = ["Lexemes", "lexemes", "small_words", "words_between"]

# Tables with the columns of the word, its stems and its further forms.
_TABLES = (
    ("lexicon/carriers.tsv", "", "stems", ("forms", "nouns")),
    ("lexicon/events.tsv", "lemma", "stems", ("plurals", "forms")),
    ("lexicon/harm.tsv", "lemma", "stems", ("forms",)),
    ("lexicon/party_words.tsv", "word", "", ("plural",)),
    ("lexicon/site_qualifiers.tsv", "word", "", ("plural",)),
    ("lexicon/sites.tsv", "word", "", ("plural",)),
    ("lexicon/speakers.tsv", "phrase", "", ()),
    ("lexicon/victims.tsv", "singular", "", ("plural",)),
    ("lexicon/weapon_qualifiers.tsv", "word", "", ("plural",)),
    ("lexicon/weapons.tsv", "word", "", ("plural",)),
    ("search_words.tsv", "word", "", ("plural",)),
)
_PLURALS = ("plural", "plurals")
_NOUNS = ("noun", "nounf", "adj", "soundm", "title")
# A dictionary form has so many letters, unless it is listed for searching.
_LEAST = 3
_VERBS = ("verb", "passive")
_WEAK = ("acc", "dual", "dual.cons", "pl.cons", "perf.dual", "perf.3mp.enc")
# An adjective takes the forms of two paradigms.
_MADE = {"adj": ("soundm", "soundf"), "soundm": ("soundm",), "title": ("noun",)}


class Lexemes(NamedTuple):
    """The known words by their folded forms.

    Attributes:
        nouns: form to dictionary forms of nouns and adjectives.
        verbs: form to dictionary forms of verbs.
        imperfect: forms of verbs that letters of the future may stand before.
    """

    nouns: dict[str, frozenset[str]]
    verbs: dict[str, frozenset[str]]
    imperfect: frozenset[str]

    def of(self, form: str) -> frozenset[str]:
        """Dictionary forms of the words that a form may be."""
        return self.nouns.get(form, _NONE) | self.verbs.get(form, _NONE)


_NONE: frozenset[str] = frozenset()


class _Form(NamedTuple):
    """A form of a word: both folded, whether the form is a usual one, and for a verb whether it is of the imperfect."""

    lemma: str
    form: str
    strong: bool = True
    verbal: bool = False
    imperfect: bool = False


@cache
def article(language: str = "ar") -> str:
    """The written article of a language, or the empty string."""
    return next((r["restore"] for r in read_table(f"{language}/clitics.tsv") if r["restore"]), "")


@cache
def lexemes(language: str = "ar") -> Lexemes:
    """The known words of a language pack."""
    nouns: dict[str, tuple[set[str], set[str]]] = {}
    verbs: dict[str, tuple[set[str], set[str]]] = {}
    definite = article(language)
    imperfect = set()
    for lemma, form, strong, verbal, future in _listed(language):
        if " " in form or " " in lemma:
            continue
        if not verbal:
            lemma, form = lemma.removeprefix(definite), form.removeprefix(definite)
        if len(lemma) < _LEAST and lemma not in _short(language):
            continue
        sets = (verbs if verbal else nouns).setdefault(form, (set(), set()))
        sets[not strong].add(lemma)
        if future:
            imperfect.add(form)
    # A name of one word is a word of its own unless it is a usual form of another one ("civilians").
    for row in read_table(f"{language}/parties.tsv"):
        name = fold(row["alias"]).removeprefix(definite)
        if " " not in name and not nouns.setdefault(name, (set(), set()))[0]:
            nouns[name][0].add(name)
    return Lexemes(_settled(nouns), _settled(verbs), frozenset(imperfect))


def _settled(found: dict[str, tuple[set[str], set[str]]]) -> dict[str, frozenset[str]]:
    return {form: frozenset(strong or weak) for form, (strong, weak) in found.items()}


@cache
def _short(language: str) -> frozenset[str]:
    """Words of few letters that are words all the same."""
    return frozenset(fold(row["word"]) for row in read_table(f"{language}/search_words.tsv") if row["role"] == "word")


def _listed(language: str) -> Iterator[_Form]:
    """All forms of all words of the tables."""
    for file, column, stems, further in _TABLES:
        for row in read_table(f"{language}/{file}"):
            yield from _row(row, row[column] if column else "", row.list(stems) if stems else (), further, language)
    for row in read_table(f"{language}/lexicon/speech_verbs.tsv"):
        verb = row["perfect"]
        yield from _inflected("verb", (verb, row["second"], row["imperfect"]), language)
        yield from (_Form(fold(verb), fold(form), verbal=True) for form in row.list("also"))
    for row in read_table(f"{language}/parties.tsv"):
        if row["paradigm"]:
            yield from _inflected(row["paradigm"], (row["alias"],), language)
    for row in read_table(f"{language}/lexicon/countries.tsv"):
        names = [fold(name) for name in row.list("names") if " " not in name]
        yield from (_Form(names[0], name) for name in names)
        for demonym in row.list("demonyms"):
            yield from _inflected("adj", (demonym,), language)


def _row(row: Row, word: str, stems: tuple[str, ...], further: tuple[str, ...], language: str) -> Iterator[_Form]:
    paradigm = row.cells.get("paradigm", "")
    stems = stems or tuple(word.split(","))
    lemma = fold(stems[0]) if stems and stems[0] else fold(word)
    if paradigm in _VERBS or paradigm in _NOUNS:
        yield from _inflected(paradigm, stems, language)
    elif row.cells.get("role") == "word":
        yield _Form(lemma, lemma)
    for column in further:
        for written in row.list(column):
            form = fold(written)
            # Plurals are of the word; among other forms there are words of their own.
            same = column in _PLURALS or (lemma and form.startswith(lemma[:-1]) and paradigm not in _VERBS)
            yield _Form(lemma if same else form, form)


def _inflected(paradigm: str, stems: tuple[str, ...], language: str) -> Iterator[_Form]:
    lemma, verbal = fold(stems[0]), paradigm in _VERBS
    for name in _MADE.get(paradigm, (paradigm,)):
        for form, feature in forms(name, stems, language).items():
            yield _Form(lemma, form, feature not in _WEAK, verbal, verbal and feature.startswith("impf"))


@cache
def small_words(language: str = "ar") -> frozenset[str]:
    """Folded words that carry nothing by themselves."""
    return frozenset(fold(row["word"]) for row in read_table(f"{language}/search_words.tsv") if row["role"] != "word")


@cache
def words_between(language: str = "ar") -> frozenset[str]:
    """Folded words that stand between words of which one is enough."""
    return frozenset(fold(row["word"]) for row in read_table(f"{language}/search_words.tsv") if row["role"] == "or")
