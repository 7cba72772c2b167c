"""Word forms as parts of place names: which names may begin at a word, and how prominent a place is."""

from __future__ import annotations

from marsad.gazetteer import Entry, Gazetteer
from marsad.lexicon.clitics import splits
from marsad.reading.placemention import PlaceMention
from marsad.reading.placewords import PlaceWords
from marsad.text.tokens import Text, Token

__all__ = ["CLOSING", "OPENING", "PlaceForms", "famous", "prominent"]

OPENING = frozenset("\"'«“‘([‹")
CLOSING = frozenset("\"'»”’)]›")
_PROMINENT_CITY = 40_000
_GREAT_CITY = 400_000


class PlaceForms:
    """Look-up of names in a text; keeps what it learned about word forms."""

    def __init__(self, gazetteer: Gazetteer, words: PlaceWords) -> None:
        self.gazetteer = gazetteer
        self.words = words
        self._starts: dict[str, tuple[tuple[int, str, int, str], ...]] = {}
        self._bases: dict[str, frozenset[str]] = {}
        self._promising: dict[str, bool] = {}

    def starts(self, form: str) -> tuple[tuple[int, str, int, str], ...]:
        """Ways a form may begin a known name: (letters cut off, first word, most words, proclitic)."""
        known = self._starts.get(form)
        if known is None:
            found = []
            for split in splits(form, self.words.language, enclitics=False):
                longest = 0 if self.words.no_name(split.proclitic) else self.gazetteer.longest(split.listed)
                if longest:
                    article = len(split.listed) - len(split.core)
                    whole = form.endswith(split.listed)
                    cut = split.start - article if split.definite and whole else split.start
                    found.append((cut, split.listed, longest, form[:cut]))
            known = self._starts[form] = tuple(sorted(set(found)))
        return known

    def bases(self, form: str) -> frozenset[str]:
        """The form and its cores without proclitics."""
        known = self._bases.get(form)
        if known is None:
            found = splits(form, self.words.language, enclitics=False)
            known = self._bases[form] = frozenset([form, *(s.core for s in found), *(s.listed for s in found)])
        return known

    def promise(self, form: str) -> bool:
        """Whether a form can begin a mention at all; learned once per form."""
        known = self._promising.get(form)
        if known is not None:
            return known
        if len(self._promising) > 200_000:
            self._promising.clear()
        promise = bool(self.words.classes(form) or form in self.words.nationalities or self.starts(form))
        self._promising[form] = promise
        return promise

    def match(self, text: Text, index: int, *, cut_allowed: bool = True) -> tuple[int, int, str, tuple[Entry, ...]] | None:
        """The longest known name at a token: (last token, letters cut off, folded name, candidates)."""
        tokens = text.tokens
        best: tuple[int, int, str, tuple[Entry, ...]] | None = None
        for cut, word, longest, _ in self.starts(tokens[index].form):
            if cut and not cut_allowed:
                continue
            parts, last = [word], index
            while len(parts) < longest and last + 1 < len(tokens) and tokens[last + 1].kind == "w":
                last += 1
                parts.append(tokens[last].form)
            while parts:
                entries = self.gazetteer.named(" ".join(parts))
                if entries:
                    if best is None or last > best[0]:
                        best = (last, cut, " ".join(parts), entries)
                    break
                parts.pop()
                last -= 1
        return best

    def mention(self, text: Text, first: int, last: int, cut: int, kind: str | None, **more: object) -> PlaceMention:
        start = text.inside(text.tokens[first], cut, len(text.tokens[first].form))[0]
        end = text.tokens[last].end
        form = " ".join([text.tokens[first].form[cut:], *(t.form for t in text.tokens[first + 1 : last + 1] if t.kind != "p")])
        return PlaceMention(first, last, start, end, text.source[start:end], form, kind, **more)  # type: ignore[arg-type]

    def adverb(self, text: Text, token: Token) -> bool:
        """Whether a word is written with the accusative ending of an adverb; names of places have none."""
        return text.source[token.start : token.end].endswith(self.words.adverb_ends)


def famous(entries: tuple[Entry, ...]) -> bool:
    """Whether a name stands for itself in a report of another country: a country, unit or great city."""
    return any(e.kind in ("country", "governorate") or e.population >= _GREAT_CITY for e in entries)


def prominent(entry: Entry) -> bool:
    return entry.kind in ("country", "governorate") or entry.population >= _PROMINENT_CITY
