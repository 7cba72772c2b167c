"""Predicates of harm: verbs and verbal nouns that tell what was done to people.

They are data (``lexicon/harm.tsv``) with forms made by rule.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from marsad.lexicon.clitics import splits
from marsad.lexicon.inflect import forms
from marsad.lexicon.lookup import Lookup
from marsad.lexicon.scan import Shared
from marsad.lexicon.table import read_table
from marsad.reading.people import words_of
from marsad.record import record
from marsad.text.fold import fold

__all__ = ["Predicate", "Predicates", "predicates_of"]

_BEFORE_VERBS = ("and", "so")  # clitics that may stand before a verb in the past
_HIM = ("his, it", "her, it")
_THEM = {"their": "them", "their (f)": "them", "of both": "two"}  # whom such a pronoun behind a verbal noun stands for
_ON_HIM, _ON_THEM = "him", ("them", "two")  # of persons: the form is written with a pronoun for whom it is done to
_SUFFERED = frozenset({"killed", "injured"})
_BOUND, _OPEN = "\u0629", "\u062a"  # the ending of a noun that is written open before a pronoun
_SEVERAL = frozenset({"perf.3mp", "perf.dual"})  # forms that with a pronoun are no verbal nouns

# Lemma, use, kind, form, words that must follow, persons, words that must not.
_Row = tuple[str, str, str, str, tuple[str, ...], str, frozenset[str]]


@record(frozen=True, slots=True)
class Predicate:
    """A predicate as it stands in a text.

    Attributes:
        lemma, use, kind, persons: as in ``harm.tsv``; then: folded words one of which must follow; unless: folded words none of
            which may follow soon.
        feature: which form it is ("perf.3fs", "masdar").
        joined, definite: whether "and" and the article stand with it.
        him: whether a pronoun for one person is written onto it ("they killed him", "his death").
        them: "two" or "them" where a pronoun for so many is written onto a verbal noun ("the death of both"), else "".
    """

    lemma: str
    use: str
    kind: str
    feature: str
    then: tuple[str, ...]
    persons: str
    unless: frozenset[str]
    joined: bool
    definite: bool
    him: bool = False
    them: str = ""


_FORCES, _TO_PEOPLE = "perf.3fs", frozenset({"killed", "abducted", "arrested"})  # "the forces killed him", and no house


class Predicates:
    """The predicates of a language pack, with look-up by folded form.

    Attributes:
        at: what a form can be, the most particular first.
        cores: what a form can be without its clitics.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._forms: dict[str, list[_Row]] = {}
        self.cores: Callable[[str], frozenset[str]] = Lookup(self._cores).__getitem__
        self.conjunction = words_of(language).conjunction
        homographs = read_table(f"{language}/lexicon/homographs.tsv")
        self._excluded = {fold(row["form"]) for row in homographs if row["not"] == "predicate"}
        clitics = read_table(f"{language}/clitics.tsv")
        self._verbal = {c["form"] for c in clitics if c["side"] == "pro" and c["note"] in _BEFORE_VERBS}
        self._him = {c["form"] for c in clitics if c["side"] == "en" and c["note"] in _HIM}
        self._them = {c["form"]: _THEM[c["note"]] for c in clitics if c["side"] == "en" and c["note"] in _THEM}
        self._to = words_of(language).to
        self._before_him: dict[str, list[_Row]] = {}
        for row in read_table(f"{language}/lexicon/harm.tsv"):
            base = (row["lemma"], row["use"], row["kind"])
            then = tuple(fold(w) for w in row.list("then"))
            unless = frozenset(fold(w) for w in row.list("unless"))
            made: dict[str, str] = {}
            if row["paradigm"]:
                made.update(forms(row["paradigm"], row.list("stems"), language))
            for form in row.list("forms"):
                made.setdefault(fold(form), "masdar" if row["use"] == "nominal" or not row["paradigm"] else "listed")
            for form, feature in made.items():
                self._forms.setdefault(form, []).append((*base, feature, then, row["persons"], unless))
                if feature in _SEVERAL and row["use"] in ("active", "either") and not then:
                    core = form if feature == "perf.dual" else form[:-1]  # the silent letter falls away
                    self._before_him.setdefault(core, []).append((*base, feature, then, row["persons"], unless))
                elif feature == _FORCES and row["kind"] in _TO_PEOPLE and row["use"] in ("active", "either") and not then:
                    self._before_him.setdefault(form, []).append((*base, feature, then, row["persons"], unless))
        self._of_him: dict[str, list[_Row]] = {}
        needed = {word for entries in self._forms.values() for entry in entries for word in entry[4]}
        for form, entries in self._forms.items():
            told = [] if form in needed else [e for e in entries if e[1] == "nominal" and e[2] in _SUFFERED and not e[4]]
            if told:
                core = form[:-1] + fold(_OPEN) if form.endswith(fold(_BOUND)) else form
                self._of_him.setdefault(core, []).extend(told)
        at: Shared[tuple[Predicate, ...]] = Shared(self._at, self.keys(), (), language)
        self.at: Callable[[str], tuple[Predicate, ...]] = at.__getitem__

    def keys(self) -> set[str]:
        """The forms by which a word can be a predicate; clitics may stand with them."""
        return {*self._forms, *self._before_him, *self._of_him}

    def _at(self, form: str) -> tuple[Predicate, ...]:
        for split in () if form in self._excluded else splits(form, self.language, enclitics=False):
            entries = self._forms.get(split.listed) or self._forms.get(split.core)
            if split.proclitic and split.proclitic not in self._verbal:
                entries = [e for e in entries or () if e[3] == "masdar"]
            if entries:
                joined = split.proclitic.startswith(self.conjunction)
                rows = (
                    Predicate(*entry, joined, split.definite, entry[5] == _ON_HIM, entry[5] if entry[5] in _ON_THEM else "")
                    for entry in entries
                )
                return tuple(sorted(rows, key=lambda r: (not r.then, r.use == "nominal")))
        if form in self._excluded or not form.endswith((*self._him, *self._them)):
            return ()
        for split in splits(form, self.language):
            if split.enclitic in self._them and split.proclitic in ("", self._to) and split.core in self._of_him:
                whose = self._them[split.enclitic]
                return tuple(Predicate(*entry, False, False, them=whose) for entry in self._of_him[split.core])
            if split.enclitic in self._him and (not split.proclitic or split.proclitic in self._verbal):
                # "She" behind a verb is mostly an army or a town.
                verb = self._before_him.get(split.core) if len(split.enclitic) == 1 else None
                entries = verb or self._of_him.get(split.core)
                if entries:
                    joined = split.proclitic.startswith(self.conjunction)
                    return tuple(Predicate(*entry, joined, False, him=True) for entry in entries)
        return ()

    def _cores(self, form: str) -> frozenset[str]:
        return frozenset(split.core for split in splits(form, self.language))


@lru_cache(maxsize=4)
def predicates_of(language: str) -> Predicates:
    """The predicates of a language pack, loaded once."""
    return Predicates(language)
