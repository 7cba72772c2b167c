"""Language: told by letters and small words; enough to refuse what no language pack reads.

The rule, on the letters of the text: the script with most letters decides. In Arabic script the article and the
feminine ending, which other languages hardly have, speak for Arabic; letters that Arabic lacks speak for the language
that has them. Arabic typed with Persian letters (as platforms and old phones produce it) keeps its articles and stays
Arabic. In Latin script a language is told by its small words. The words and letters are in ``packs/languages.tsv``.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib.resources import files

from marsad.lexicon.table import Row, read_table

__all__ = ["has_pack", "language_name", "language_of", "packs"]

_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC_SCRIPT = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LATIN_SCRIPT = re.compile(r"[A-Za-z\u00c0-\u024f]")
_ARTICLE = "\u0627\u0644"  # alif, lam
_TA_MARBUTA = "\u0629"
# Of the words of Arabic news about a quarter have an article and a tenth end in ta marbuta; of Persian, Urdu and
# Kurdish news under 2 % together.
_LEAST_ARABIC = 0.08
# Of the letters of Persian news about 4 % are ones that Arabic lacks, of Kurdish and Urdu more; of Arabic under 0.3 %.
_LEAST_FOREIGN = 0.012
_LEAST_SMALL_WORDS = 0.1


@cache
def _languages() -> tuple[Row, ...]:
    return read_table("languages.tsv")


def language_name(code: str) -> str:
    """English name of a language, or the code itself."""
    return next((row["name"] for row in _languages() if row["language"] == code), code)


@cache
def has_pack(code: str) -> bool:
    """Whether a language pack that reads events is there for a language."""
    return code.isalpha() and files("marsad").joinpath("packs", code, "lexicon").is_dir()


def packs() -> tuple[str, ...]:
    """Codes of the languages that a pack reads, sorted."""
    return tuple(sorted(row["language"] for row in _languages() if has_pack(row["language"])))


def language_of(text: str) -> str | None:
    """ISO code of the language of a text, or None where it has no letters or none of the known languages fits."""
    sample = text[:_SAMPLE]
    arabic, latin = len(_ARABIC_SCRIPT.findall(sample)), len(_LATIN_SCRIPT.findall(sample))
    letters = sum(1 for c in sample if c.isalpha())
    if not letters:
        return None
    if arabic >= latin and arabic >= letters * 0.5:
        return _in_arabic_script(sample, arabic)
    if latin > arabic and latin >= letters * 0.5:
        return _in_latin_script(sample)
    return None


def _in_arabic_script(sample: str, letters: int) -> str:
    words = _WORD.findall(sample)
    arabic = sum(1 for w in words if _ARTICLE in w[:4] or w.endswith(_TA_MARBUTA))
    if arabic >= _LEAST_ARABIC * len(words):
        return "ar"
    counts = Counter(sample)
    foreign = sorted(
        ((sum(counts[c] for c in row["letters"]), row["language"]) for row in _languages() if row["script"] == "Arab"),
        reverse=True,
    )
    most, language = foreign[0]
    return language if most >= _LEAST_FOREIGN * letters else "ar"


def _in_latin_script(sample: str) -> str | None:
    words = Counter(w.lower() for w in _WORD.findall(sample))
    total = sum(words.values())
    shares = sorted(
        ((sum(words[w] for w in row.list("words")) / total, row["language"]) for row in _languages() if row["script"] == "Latn"),
        reverse=True,
    )
    share, language = shares[0]
    return language if share >= _LEAST_SMALL_WORDS else None
