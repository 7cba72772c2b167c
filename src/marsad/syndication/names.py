"""Names: what of the name of a source or an outlet tells it from others.

Names are compared by their telling words: folded, without article, joined letters and the words that many names share ("agency",
"of"). Those words are data of the packs (``credits.tsv``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from marsad.lexicon.clitics import splits
from marsad.lexicon.table import read_table
from marsad.text.fold import fold

__all__ = ["LANGUAGES", "credit_words", "names_nobody", "script", "stem", "telling"]

LANGUAGES = ("ar", "en")
_WORD = re.compile(r"[^\W_]+(?:[\u0640\u064b-\u0652]*[^\W_]+)*")
_ARABIC = re.compile("[\u0621-\u064a]")
_SHORT = 3  # letters that must be left where one letter is taken for a joined word


def stem(form: str) -> str:
    """A folded word without article and joined letters; words in other letters than Arabic as they are."""
    if not _ARABIC.search(form):
        return form
    cuts = splits(form, "ar", enclitics=False)
    definite = next((cut.core for cut in cuts if cut.definite), None)
    if definite is not None:
        return definite
    return next((cut.core for cut in cuts if len(cut.proclitic) == 1 and len(cut.core) > _SHORT), form)


@lru_cache(maxsize=8)
def credit_words(role: str) -> frozenset[str]:
    """The words of a role in ``credits.tsv`` of all packs, folded, as they stand and as :func:`stem` leaves them."""
    words = [fold(row["word"]) for code in LANGUAGES for row in read_table(f"{code}/credits.tsv") if row["role"] == role]
    return frozenset(words) | frozenset(map(stem, words))


@lru_cache(maxsize=20_000)
def telling(name: str) -> frozenset[str]:
    """The telling words of a name; all its words if it has no others."""
    words = [stem(fold(word)) for word in _WORD.findall(name)]
    common = credit_words("small") | credit_words("outlet")
    return frozenset(word for word in words if word not in common) or frozenset(words)


@lru_cache(maxsize=20_000)
def names_nobody(name: str) -> bool:
    """Whether a source is called by what it is and not by a name: it begins with such a word ("a source", "residents")."""
    first = next(iter(_WORD.findall(name)), "")
    form = fold(first)
    unnamed = credit_words("unnamed")
    return form in unnamed or stem(form) in unnamed


def script(name: str) -> str:
    """``arab`` or ``other``: names in different scripts cannot be compared."""
    return "arab" if _ARABIC.search(fold(name)) else "other"
