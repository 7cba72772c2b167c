"""Names that the report itself teaches: told once with a class word and then bare, or bare before where they lie.

No gazetteer has all villages. A name that the report has called a town stays that town where it stands alone behind a
preposition; and an unknown word between a preposition and the unit that contains it ("in X in the province of Y", "in X
north of Y") is a place. Both read only words that are no words of the language's news otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from marsad.lexicon.table import read_table
from marsad.reading.placeforms import OPENING, PlaceForms
from marsad.reading.placemention import PlaceMention
from marsad.text.tokens import Text

__all__ = ["LearnedNames"]

_TAUGHT = frozenset({"village", "town", "city", "neighbourhood", "subdistrict", "district", "governorate"})
_LEAST = 4


class LearnedNames:
    """Recognition of names that only the report tells to be places."""

    def __init__(self, forms: PlaceForms) -> None:
        self.forms, self.words = forms, forms.words
        roles = forms.words.roles
        self.before = roles["at"]

    def find(self, text: Text, mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
        """Further mentions, none of which overlaps a known one; not in order.

        Args:
            text: the text.
            mentions: what was recognised, judged and in order.
        """
        taken = {i for m in mentions for i in range(m.class_first if m.class_first >= 0 else m.first, m.last + 1)}
        found = self._repeated(text, mentions, taken)
        taken.update(i for m in found for i in range(m.first, m.last + 1))
        return found + self._contained(text, mentions, taken)

    def _repeated(self, text: Text, mentions: Sequence[PlaceMention], taken: set[int]) -> list[PlaceMention]:
        """Bare mentions of names that a class word told."""
        taught: dict[str, PlaceMention] = {}
        for mention in mentions:
            if mention.candidates or mention.inner or mention.class_first < 0 or mention.kind not in _TAUGHT:
                continue
            if mention.event_place and len(mention.form) >= _LEAST and mention.form not in self.words.common_words:
                taught.setdefault(mention.form, mention)
        found: list[PlaceMention] = []
        tokens = text.tokens
        for name, mention in taught.items():
            parts = name.split(" ")
            ways = _attached(parts[0], self.words.language)
            for token in tokens:
                cut = ways.get(token.form)
                last = token.index + len(parts) - 1
                if cut is None or last >= len(tokens) or not taken.isdisjoint(range(token.index, last + 1)):
                    continue
                marked = token.form[:cut].endswith(self.words.attached) if cut else self._behind(text, token.index)
                if marked and [t.form for t in tokens[token.index + 1 : last + 1]] == parts[1:]:
                    found.append(self.forms.mention(text, token.index, last, cut, mention.kind, located=True))
        return found

    def _behind(self, text: Text, index: int) -> bool:
        """Whether a preposition behind which places stand comes before a token, with or without a quotation mark between."""
        before = index - 1
        if before >= 0 and text.tokens[before].form in OPENING:
            before -= 1
        return before >= 0 and text.tokens[before].form in self.before

    def _contained(self, text: Text, mentions: Sequence[PlaceMention], taken: set[int]) -> list[PlaceMention]:
        """Unknown words between a preposition and the place that contains or neighbours them."""
        tokens, found = text.tokens, list[PlaceMention]()
        for mention in mentions:
            if not (mention.candidates or mention.inner) or not mention.event_place:
                continue
            head = mention.class_first if mention.class_first >= 0 else mention.first
            if mention.bearing is not None:
                while head > 0 and tokens[head - 1].start >= mention.bearing_start:
                    head -= 1
            elif not (mention.class_first >= 0 and tokens[head].form.startswith(self.words.attached)):
                continue
            index = head - 1
            if index < 1 or index in taken or tokens[index].kind != "w" or not self._behind(text, index):
                continue
            if self.forms.unknown(tokens[index].form):
                found.append(self.forms.mention(text, index, index, 0, None, located=True))
        return found


@lru_cache(maxsize=10_000)
def _attached(word: str, language: str) -> dict[str, int]:
    """Forms of a word with proclitics before it, each with the letters to cut off."""
    ways = {word: 0}
    for row in read_table(f"{language}/clitics.tsv"):
        if row["side"] == "pro" and not row["article"]:
            ways.setdefault(row["form"] + word, len(row["form"]))
    return ways
