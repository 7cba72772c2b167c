"""Words: under which term of an index a word form stands, and which terms a word that is searched for may stand under.

A form that can be only one word stands under that word ("wa-bi-l-masjid" and "masaajid" under "masjid"), one that may be several
stands under itself, and all words that it may be are kept beside it. So a term is one look-up, a phrase is a row of terms, and
nothing that a form may mean is lost: who looks for a word gets its own term and those of the forms that may be it.

The rules: a form that the tables list is that word and is cut no further. Otherwise letters are cut off by ``lexicon.clitics``
as long as a listed word is left. A form that no table knows loses the article, and may also be what is left behind the other
letters in front, behind a pronoun or without the ending of a sound plural or feminine.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from marsad.lexicon.clitics import Split, splits
from marsad.lexicon.lookup import Lookup
from marsad.lexicon.table import read_table
from marsad.search.lexemes import lexemes
from marsad.text.fold import fold

__all__ = ["Word", "analyse", "number"]

# Letters that must be left of a form that no table knows: behind the article, behind other letters, before an ending.
_ARTICLE, _CUT, _ENDING = 3, 3, 4
_SEPARATORS = str.maketrans({",": None, "٬": None, "٫": "."})


class Word(NamedTuple):
    """What a folded form is in an index.

    Attributes:
        term: what it stands under.
        lemmas: the words that it may be, the likeliest first.
    """

    term: str
    lemmas: tuple[str, ...]


def number(form: str) -> str:
    """A number in digits without the marks between its thousands."""
    return form.translate(_SEPARATORS) if form[:1].isdecimal() else form


def analyse(form: str, language: str = "ar") -> Word:
    """What a folded form of a word or number is in an index."""
    return _words(language)[form]


class _Analyser:
    """The rules for one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.known = lexemes(language)
        rows = read_table(f"{language}/clitics.tsv")
        before = {r["form"]: r["verb"] for r in rows if r["side"] == "pro"}
        self.verbal = frozenset(("", *(form for form, verb in before.items() if verb in ("yes", "future"))))
        self.future = frozenset(form for form, verb in before.items() if verb == "future")
        # Behind these a noun is a guess: the word that is left may be no word of the form at all.
        self.doubtful = frozenset(form for form, verb in before.items() if verb in ("future", "rare"))
        # What may stand behind a letter of the future: the letters that an imperfect begins with.
        self.imperfect = tuple(
            {r["template"][0] for r in read_table(f"{language}/paradigms.tsv") if r["feature"].startswith("impf")}
        )
        self.pronouns = frozenset(r["form"] for r in rows if r["person"] == "3")
        self.endings = {fold(r["ending"]) for r in read_table(f"{language}/lexicon/demonym_endings.tsv") if r["ending"]}

    def __call__(self, form: str) -> Word:
        if not form.isalpha() or form.isascii():
            term = number(form)
            return Word(term, (term,))
        lemmas = self.known.of(form)
        core = form
        cuts = splits(form, self.language)
        if not lemmas:
            cores = {cut.core: found for cut in cuts[1:] if (found := self._listed(cut))}
            lemmas = frozenset[str]().union(*cores.values())
            if len(cores) == 1:
                core = next(iter(cores))
        if lemmas:
            ordered = tuple(sorted(lemmas, key=lambda w: (w != core, len(w), w)))
            return Word(ordered[0] if len(ordered) == 1 else core, ordered)
        return self._unknown(form, cuts)

    def _listed(self, cut: Split) -> frozenset[str]:
        """The listed words that the core of a cut is, with these letters around it."""
        if len(cut.core) < _CUT or (cut.definite and cut.enclitic):
            return frozenset()
        found: frozenset[str] = frozenset()
        if cut.proclitic not in self.doubtful:
            found = self.known.nouns.get(cut.core, found)
        if cut.proclitic in self.future:
            return self.known.verbs[cut.core] if cut.core in self.known.imperfect else found
        if cut.proclitic in self.verbal:
            found = found | self.known.verbs.get(cut.core, frozenset())
        return found

    def _unknown(self, form: str, cuts: tuple[Split, ...]) -> Word:
        # The longest article in front is cut off for good, so that such forms need no term of their own.
        definite = [cut for cut in cuts if cut.definite and not cut.enclitic]
        sure = [cut.core for cut in definite if len(cut.core) >= _ARTICLE]
        if sure:
            core = min(sure, key=len)
            return Word(core, self._may_be(core, splits(core, self.language), article=True))
        lemmas = self._may_be(form, cuts, article=False)
        short = tuple(cut.core for cut in definite if len(cut.core) == _ARTICLE - 1)
        return Word(form, (*lemmas, *short))

    def _may_be(self, form: str, cuts: tuple[Split, ...], *, article: bool) -> tuple[str, ...]:
        found = [form]
        for cut in cuts[1:]:
            if len(cut.core) < _CUT or cut.definite or (article and cut.proclitic):
                continue
            if cut.proclitic in self.future and not cut.core.startswith(self.imperfect):
                continue
            if not cut.enclitic or (cut.enclitic in self.pronouns and not article):
                found.append(cut.core)
        for word in tuple(found):
            for ending in self.endings:
                if word.endswith(ending) and len(word) - len(ending) >= _ENDING:
                    found.append(word.removesuffix(ending))
        return tuple(dict.fromkeys(found))


@cache
def _words(language: str) -> Lookup[Word]:
    return Lookup(_Analyser(language), 300_000)
