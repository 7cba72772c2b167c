"""Credits: whom a report says that it has its text from.

An agency is credited where its name stands alone beside brackets, dashes or slashes at the beginning or end of a report
("(Reuters)", "Beirut - agencies -"); the publisher of another report wherever the text calls it by its name. Who only speaks in a
report is a source of its claims and no credit; those the reader finds.
"""

from __future__ import annotations

from functools import lru_cache

from marsad.lexicon.table import read_table
from marsad.syndication.names import LANGUAGES, credit_words, stem
from marsad.text.fold import fold
from marsad.text.tokens import Text, Token

__all__ = ["Named", "credited"]

_HEAD, _TAIL = 14, 8  # words in which a credit may stand
_LONGEST = 3
_BESIDE = frozenset("()[]-–—/:|،,\n")
_QUOTES = frozenset("\"'«»“”‘’()[]")


@lru_cache(maxsize=1)
def _agencies() -> dict[tuple[str, ...], str]:
    """Names of agencies and outlets as stems, with the name that is shown."""
    found: dict[tuple[str, ...], str] = {}
    for row in read_table("ar/lexicon/outlets.tsv"):
        for alias in row.list("aliases"):
            found[tuple(stem(fold(w)) for w in alias.split())] = row["name"]
    for code in LANGUAGES:
        for row in read_table(f"{code}/credits.tsv"):
            if row["role"] in ("agency", "agencies"):
                found[(fold(row["word"]),)] = found[(stem(fold(row["word"])),)] = row["word"]
    return found


def credited(source: str) -> tuple[str, ...]:
    """The agencies that a text credits at its beginning or end, in order, by their usual names."""
    tokens = Text(source).tokens
    words = [t.index for t in tokens if t.kind in "wn"]
    agencies, found = _agencies(), []
    for indices in (words[:_HEAD], words[_HEAD:][-_TAIL:]):
        at = 0
        while at < len(indices):
            name, length = _agency(tokens, indices[at : at + _LONGEST], agencies)
            if name and name not in found:
                found.append(name)
            at += max(1, length)
    return tuple(found)


def _agency(tokens: list[Token], indices: list[int], agencies: dict[tuple[str, ...], str]) -> tuple[str, int]:
    """The agency named by the first of some words, standing alone, and how many words it is."""
    for length in range(len(indices), 0, -1):
        first, last = indices[0], indices[length - 1]
        if last - first != length - 1:
            continue
        forms = [tokens[i].form for i in range(first, last + 1)]
        name = agencies.get(tuple(map(stem, forms))) or agencies.get(tuple(forms))
        before = tokens[first - 1].form if first else "\n"
        after = tokens[last + 1].form if last + 1 < len(tokens) else "\n"
        if name and before in _BESIDE and after in _BESIDE and (before, after) != (",", ","):
            return name, length
    return "", 0


class Named:
    """Who is named in a text.

    Args:
        source: the text.
    """

    def __init__(self, source: str) -> None:
        self._forms = [t.form for t in Text(source).tokens if t.kind != "b"]
        self._stems = [stem(form) for form in self._forms]
        self._places: dict[str, list[int]] = {}
        for place, word in enumerate(self._stems):
            self._places.setdefault(word, []).append(place)

    def publisher(self, name: str) -> bool:
        """Whether a publisher is called by its name; one that is an ordinary word counts with its class or in quotation marks."""
        whole = [stem(t.form) for t in Text(name).tokens if t.kind in "wn"]
        common = credit_words("outlet") | credit_words("small")
        bare = [word for word in whole if word not in common] or whole
        if not bare:
            return False
        if len(whole) > 1 and any(self._stems[at : at + len(whole)] == whole for at in self._places.get(whole[0], ())):
            return True
        return any(
            self._stems[at : at + len(bare)] == bare and (len(bare) > 1 or self._called(at))
            for at in self._places.get(bare[0], ())
        )

    def _called(self, at: int) -> bool:
        """Whether a word stands behind the class of an outlet or in quotation marks."""
        outlets = credit_words("outlet")
        if at and self._forms[at - 1] in _QUOTES:
            return True
        return at > 0 and (self._stems[at - 1] in outlets or self._forms[at - 1] in outlets)
