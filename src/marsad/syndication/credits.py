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

__all__ = ["credited", "names_publisher"]

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


def names_publisher(source: str, publisher: str) -> bool:
    """Whether a text calls a publisher by its name.

    Args:
        source: the text.
        publisher: its name; one that is an ordinary word counts only with its class ("agency") or in quotation marks.
    """
    whole = [stem(t.form) for t in Text(publisher).tokens if t.kind in "wn"]
    common = credit_words("outlet") | credit_words("small")
    bare = [word for word in whole if word not in common] or whole
    if not bare:
        return False
    tokens = [t for t in Text(source).tokens if t.kind != "b"]
    stems = [stem(t.form) for t in tokens]
    outlets = credit_words("outlet")
    for at in range(len(stems)):
        if stems[at] == whole[0] and len(whole) > 1 and stems[at : at + len(whole)] == whole:
            return True
        if stems[at] == bare[0] and stems[at : at + len(bare)] == bare:
            before = next((t for t in (tokens[at - 1], *tokens[at - 2 : at - 1]) if t.form not in _QUOTES), None) if at else None
            called = before is not None and (stem(before.form) in outlets or before.form in outlets)
            quoted = at > 0 and tokens[at - 1].form in _QUOTES
            if called or quoted or len(bare) > 1:
                return True
    return False
