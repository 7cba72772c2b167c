"""Countries: the countries of a gazetteer under the names that the press of a language gives them."""

from __future__ import annotations

from functools import lru_cache

from marsad.gazetteer import Entry, Gazetteer
from marsad.reading.placewords import PlaceWords, place_words
from marsad.text.fold import fold

__all__ = ["Countries", "countries_of"]


class Countries:
    """The countries of a gazetteer under the names that the language's press gives them."""

    def __init__(self, gazetteer: Gazetteer, words: PlaceWords) -> None:
        self.gazetteer, self.words = gazetteer, words
        self._entries: dict[str, Entry | None] = {}
        self._are: dict[tuple[str, str], bool] = {}

    def entry(self, code: str) -> Entry | None:
        if code not in self._entries:
            self._entries[code] = self._find(code)
        return self._entries[code]

    def _find(self, code: str) -> Entry | None:
        for form in self.words.country_forms.get(code, ()):
            for entry in self.gazetteer.named(form):
                if entry.kind == "country" and entry.country == code:
                    return entry
        return self.gazetteer.country(code)

    def is_country(self, name: str, code: str) -> bool:
        """Whether a name is one of the country's."""
        known = self._are.get((name, code))
        if known is None:
            if len(self._are) > 50_000:
                self._are.clear()
            entry = self.entry(code)
            known = bool(entry and any(e.id == entry.id for e in self.gazetteer.named(fold(name))))
            self._are[name, code] = known
        return known


@lru_cache(maxsize=8)
def countries_of(gazetteer: Gazetteer, language: str) -> Countries:
    """The countries of a gazetteer as a language's press names them."""
    return Countries(gazetteer, place_words(language))
