"""Names in Arabic and Latin letters, and whether two of them may be the same name.

Arabic is written without its short vowels and Latin spellings guess them freely ("Deir ez-Zor", "Dayr az-Zawr"), so
names of both scripts are brought to one *skeleton*: consonant classes without vowels, article, doubling and the sounds
that romanisations drop. Skeletons find candidates; ``alike`` then weighs what the skeleton left out.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from marsad.lexicon.table import read_table
from marsad.text.fold import fold

__all__ = ["alike", "arabic_letters", "article", "is_arabic", "is_latin", "plain_latin", "romanised_match", "skeleton"]

_ARABIC = re.compile(r"[\u0621-\u064a]")
_ONLY_ARABIC = re.compile(r"[\u0621-\u063a\u0640-\u0655\s\-()/.0-9\u0660-\u0669]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_APOSTROPHES = str.maketrans("", "", "'`’‘ʼʿʾ´′ˈˌ·̧")
_DOTLESS = str.maketrans({"ı": "i", "ə": "a", "đ": "d", "ø": "o", "ł": "l", "ß": "s"})
# Latin spellings before vowels are dropped: longest first. Sounds that Arabic lacks go to their usual Arabic letter.
_DIGRAPHS = (
    ("tch", "S"), ("sch", "S"), ("sh", "S"), ("ch", "S"), ("kh", "k"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("dj", "g"),
    ("ph", "f"), ("ck", "k"), ("qu", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
)  # fmt: skip
_SINGLES = str.maketrans({"q": "k", "c": "k", "x": "ks", "j": "g", "p": "b", "v": "f"})
_ARTICLE = re.compile(
    r"\b(?:al|el|il|an|ar|as|at|az|ad|ash|ad|adh|ath|en|er|es|et|ez|ed|esh|eth|edh|l|ul|ur|us|uz|ut)[\s-]+(?=\w)"
)


def is_arabic(name: str) -> bool:
    """Whether a name is written in Arabic letters."""
    return bool(_ARABIC.search(name)) and not _LATIN.search(name)


def arabic_letters(name: str) -> bool:
    """Whether a name uses only letters of the Arabic language, none of Persian, Urdu, Kurdish or Uyghur."""
    return bool(_ONLY_ARABIC.fullmatch(name))


def is_latin(name: str) -> bool:
    """Whether a name is written in Latin letters alone."""
    return bool(_LATIN.search(name)) and all(ord(c) < 0x0300 or 0x1E00 <= ord(c) < 0x2070 for c in name)


@lru_cache(maxsize=100_000)
def plain_latin(name: str) -> str:
    """A Latin name without case, accents, apostrophes and hyphens: words separated by one space."""
    plain = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES).casefold().translate(_DOTLESS))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_APOSTROPHES)
    return " ".join(re.findall(r"[^\W_]+", plain))


@lru_cache(maxsize=4)
def _classes(language: str) -> dict[int, str]:
    return {ord(r["letter"]): r["class"] for r in read_table(f"{language}/romanisation.tsv")}


@lru_cache(maxsize=4)
def _careful(language: str) -> dict[int, str]:
    return {ord(r["letter"]): (r.list("careful") or ("",))[0] for r in read_table(f"{language}/romanisation.tsv")}


@lru_cache(maxsize=4)
def article(language: str = "ar") -> str:
    """The written article of a language, or the empty string."""
    return next((r["restore"] for r in read_table(f"{language}/clitics.tsv") if r["restore"]), "")


def romanised_match(name: str, romanised: str, language: str = "ar") -> float:
    """How well an Arabic name fits a careful romanisation of it, 0 to 1 (which of several names a source transcribes)."""
    from rapidfuzz.distance import Levenshtein

    written = "".join(fold(w).removeprefix(article(language)) for w in name.split()).translate(_careful(language))
    plain = unicodedata.normalize("NFC", romanised).casefold().replace("z̧", "ż")
    plain = _ARTICLE.sub("", plain)
    plain = re.sub(r"[aeiouāīūēō’'\s\-]", "", plain)
    return float(Levenshtein.normalized_similarity(re.sub(r"[\s\-]", "", written.replace("z̧", "ż")), plain))


@lru_cache(maxsize=200_000)
def skeleton(name: str, language: str = "ar") -> str:
    """Consonant classes of a name, the same for Arabic and Latin spellings of it; empty if nothing is left."""
    if is_arabic(name):
        words = []
        for word in fold(name).split():
            bare = word.removeprefix(article(language)) if len(word) > 3 else word
            words.append(bare.translate(_classes(language)))
        joined = "".join(words)
    else:
        joined = _latin_classes(name)
    joined = re.sub(r"[wy]", "", joined)
    return re.sub(r"(.)\1+", r"\1", joined)


def _latin_classes(name: str) -> str:
    plain = plain_latin(_ARTICLE.sub("", name.casefold()))
    plain = _ARTICLE.sub("", plain)
    for spelling, sound in _DIGRAPHS:
        plain = plain.replace(spelling, sound)
    plain = plain.translate(_SINGLES)
    plain = re.sub(r"(?<=[aeiou])h\b", "", plain)
    return re.sub(r"[aeiou\s]", "", plain)


def alike(first: str, second: str) -> float:
    """How likely two spellings, of one script or two, are the same name, 0 to 1."""
    from rapidfuzz.distance import Levenshtein

    if fold(first) == fold(second):
        return 1.0
    return float(Levenshtein.normalized_similarity(skeleton(first), skeleton(second)))
