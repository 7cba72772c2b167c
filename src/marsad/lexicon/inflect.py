"""Inflection: all forms of a verb or noun from one entry of a word list.

The paradigms are data (``paradigms.tsv`` of a pack): a template a form, with the entry's stems in braces. Forms are
folded, without clitics; the enclitic form of a noun in ta marbuta ("غارت-ه") is a form of its own.
"""

from __future__ import annotations

from functools import lru_cache

from marsad.errors import PackError
from marsad.lexicon.table import read_table
from marsad.text.fold import fold

__all__ = ["bound", "forms"]


@lru_cache(maxsize=4)
def _paradigms(language: str) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in read_table(f"{language}/paradigms.tsv"):
        found.setdefault(row["paradigm"], []).append((row["feature"], row["template"]))
    return {name: tuple(rows) for name, rows in found.items()}


def forms(paradigm: str, stems: tuple[str, ...], language: str = "ar") -> dict[str, str]:
    """All folded forms of a word with the feature of each ("perf.3fs", "dual"); the first feature wins.

    Args:
        paradigm: name of a paradigm of the pack.
        stems: the entry's stems; a template's ``{1}`` is the first one. A missing stem falls back to the first.

    Raises:
        PackError: the paradigm is not in ``paradigms.tsv``.
    """
    templates = _paradigms(language).get(paradigm)
    if templates is None:
        raise PackError(f"{language}/paradigms.tsv", 0, f"no paradigm {paradigm!r}")
    found: dict[str, str] = {}
    for feature, template in templates:
        form = template
        for number in (1, 2, 3, 4):
            stem = fold(stems[number - 1]) if number <= len(stems) and stems[number - 1] else fold(stems[0])
            form = form.replace(f"{{{number}}}", stem).replace(f"{{{number}-}}", stem[:-1])
        found.setdefault(form, feature)
    return found


def bound(noun: str, language: str = "ar") -> str:
    """The folded form of a noun in ta marbuta before a pronoun.

    Raises:
        PackError: ``paradigms.tsv`` has no such nouns.
    """
    return next(form for form, feature in forms("nounf", (noun,), language).items() if feature == "sg.cons")
