"""Publishers: whether an outlet that a text names is the one that published it."""

from __future__ import annotations

from functools import lru_cache

from marsad.lexicon.table import read_table
from marsad.text.fold import fold

__all__ = ["published_by"]


def published_by(outlet: str, publisher: str | None, language: str = "ar") -> bool | None:
    """Whether an outlet is the publisher of a text; None where that is not known.

    Args:
        outlet: its name in ``outlets.tsv``.
        publisher: the publisher as the document tells it: a name in any language or a site.
        language: code of the language pack.
    """
    if not publisher:
        return None
    names, sites = _known(language).get(outlet, ((fold(outlet),), ()))
    folded, site = fold(publisher), publisher.casefold()
    if any(known in site for known in sites):
        return True
    if any(name == folded or f"{name} " in f"{folded} " for name in names):
        return True
    # A site that is not listed, or a name in Latin letters, may be this outlet's.
    return False if sites or not publisher.isascii() else None


@lru_cache(maxsize=4)
def _known(language: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Folded names and sites of the outlets by their names."""
    return {
        row["name"]: (tuple(fold(alias) for alias in row.list("aliases")), tuple(row.list("sites")))
        for row in read_table(f"{language}/lexicon/outlets.tsv")
    }
