"""Cases: endings that tell a subject from an object, and words for troops that a pronoun makes someone's ("its soldiers")."""

from __future__ import annotations

from functools import lru_cache

from marsad.lexicon.clitics import pronouns, splits
from marsad.lexicon.inflect import bound
from marsad.lexicon.scan import Shared
from marsad.lexicon.table import read_table
from marsad.reading.headwords import TA_MARBUTA
from marsad.text.fold import fold
from marsad.text.tokens import Text, Token

__all__ = ["case_of", "has_pronoun", "our", "troops"]


@lru_cache(maxsize=4)
def _cases(language: str) -> tuple[tuple[str, str, str], ...]:
    """Folded endings, each with its case and where it stands (``cases.tsv``)."""
    return tuple((fold(r["ending"]), r["case"], r["within"]) for r in read_table(f"{language}/lexicon/cases.tsv"))


def case_of(form: str, within: str, language: str) -> str:
    """Case that the ending of a noun tells: "subject", "object" or empty.

    Args:
        form: the noun, folded.
        within: "construct" where its owner may stand behind it, "apart" where a preposition stands between them, else "plain".
        language: code of the language pack.
    """
    for ending, case, where in _cases(language):
        if form.endswith(ending) and where in ("plain", within):
            return case
    return ""


def has_pronoun(text: Text, token: Token, language: str) -> bool:
    """Whether a pronoun of the third person is written behind a word."""
    return token.form.endswith(pronouns(language)) and not text.altered(token)


@lru_cache(maxsize=8)
def troops(language: str, kind: str = "troops") -> Shared[bool]:
    """Whether a form is a word for troops with a pronoun behind it, or with ``officers`` one for their leaders and members."""
    listed = [r["phrase"] for r in read_table(f"{language}/lexicon/clauses.tsv") if r["type"] == kind]
    words = {fold(word) for word in listed} | {bound(word, language) for word in listed if word.endswith(TA_MARBUTA)}
    return Shared(lambda form: any(cut.enclitic and cut.core in words for cut in splits(form, language)), words, False, language)


@lru_cache(maxsize=4)
def our(language: str) -> tuple[str, ...]:
    """Pronouns of the first person plural that may be written behind a noun."""
    return tuple(c["form"] for c in read_table(f"{language}/clitics.tsv") if c["side"] == "en" and c["note"] == "our")
