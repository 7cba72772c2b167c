"""The record of a place: its class, country, containing names, coordinates and precision, from what its mention was resolved to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from marsad.gazetteer import Entry
from marsad.model import Evidence, Place
from marsad.reading.countries import Countries
from marsad.reading.placeforms import prominent
from marsad.reading.placemention import PlaceMention
from marsad.reading.placerank import SETTLED, Report, Scored
from marsad.reading.waters import at_sea
from marsad.record import record, replace
from marsad.text.tokens import Text

__all__ = ["WIDTH", "PlaceRecords", "ResolvedPlace", "unnamed"]

WIDTH = {"country": 5, "governorate": 4, "area": 3, "district": 3, "subdistrict": 2, "city": 2, "town": 1, "village": 1}
_PRECISION = {
    "site": "site",
    "neighbourhood": "settlement",
    "village": "settlement",
    "town": "settlement",
    "city": "settlement",
    "area": "area",
    "subdistrict": "admin",
    "district": "admin",
    "governorate": "admin",
    "country": "country",
}
_UNITS = frozenset({"governorate", "district"})


@record(frozen=True, slots=True)
class ResolvedPlace:
    """A mention with what it was resolved to.

    Attributes:
        mention: the mention.
        place: the record: name, class, containing names, country, coordinates, gazetteer id, precision, bearing.
        entry: the chosen place, or None.
        probability: of the choice, 0 when there is none.
        candidates: all candidates, best first.
        reason: why it stays open, or the empty string.
        container: index (in the mentions) of a place that the text names as containing this one, or -1.
    """

    mention: PlaceMention
    place: Place
    entry: Entry | None = None
    probability: float = 0.0
    candidates: tuple[Scored, ...] = ()
    reason: str = ""
    container: int = -1


class PlaceRecords:
    """Writes the records of the places of one report.

    Args:
        mentions: all mentions of the report, in their order.
        text: the text they stand in.
        report: what the report tells of countries and units.
        holding: first tokens of the mentions that contain another one.
    """

    def __init__(
        self, mentions: Sequence[PlaceMention], text: Text, report: Report, countries: Countries, holding: Collection[int]
    ) -> None:
        self.mentions, self.text, self.report, self.countries = mentions, text, report, countries
        self.gazetteer, self.words = countries.gazetteer, countries.words
        self._holding = holding
        self._chains: dict[tuple[str, str, bool], tuple[str, ...]] = {}
        self.spoken = {
            m.candidates[0].id: m.name
            for m in reversed(mentions)
            if m.candidates and m.candidates[0].kind == "country" and m.form in m.candidates[0].forms and not m.country
        }

    def record_of(self, mention: PlaceMention, entry: Entry | None, outer: ResolvedPlace | None, land: str | None) -> Place:
        inner = self.inner(mention, outer)
        country = entry.country if entry else None
        if mention.country:
            # A border is told of from the other side: the place is in the country of the places around it.
            country = (self.guess(mention) if mention.kind == "area" else None) or mention.country
        if country is None:
            country = outer.place.country if outer is not None else land
        if country is None and inner is not None:
            country = inner.country
        if country is None and mention.kind != "country":
            country = self.guess(mention)
        afloat = outer is None and at_sea(mention, self.words)
        country = None if afloat else country
        kind = mention.kind or (entry.kind if entry else None)
        if mention.class_first < 0 and entry is not None:
            kind = entry.kind
        if afloat:
            within: tuple[str, ...] = ()
        elif entry is None or inner is not None or outer is not None or mention.country:
            within = self._within(mention, entry, inner, outer, country)
        else:
            key = (entry.id, mention.name, mention.kind == "country")
            known = self._chains.get(key)
            within = self._chains[key] = self._within(mention, entry, None, None, country) if known is None else known
        latitude = longitude = None
        precision = _PRECISION.get(kind or "", None)
        if entry is not None and entry.latitude is not None:
            latitude, longitude = entry.latitude, entry.longitude
        else:
            holder = (outer.entry if outer else None) or inner
            if holder is not None and holder.latitude is not None and holder.kind != "country":
                # The containing unit stands in, and the precision says so.
                latitude, longitude = holder.latitude, holder.longitude
                precision = "area" if holder.kind in SETTLED else "admin"
        if mention.bearing and precision in ("settlement", "site") and kind != "site":
            precision = "area"
        evidence = (Evidence(mention.start, mention.end, mention.name),)
        identifier = entry.id if entry else None
        return Place(
            _untagged(mention.name), kind, within, country, latitude, longitude, identifier, precision, mention.bearing, evidence
        )

    def inner(self, mention: PlaceMention, outer: ResolvedPlace | None) -> Entry | None:
        """The place whose name a name holds ("Old Homs"), if it lies in the country that the report or the text around tells."""
        if not mention.inner:
            return None
        main = self.report.countries
        where = outer.place.country if outer is not None else self.report.main
        inner = [e for e in mention.inner if e.country == where or not where]
        if not inner and outer is None and (mention.kind in ("site", "area") or mention.first in self._holding):
            # The airport of a great town in a report from elsewhere, the countryside of a governorate, or the one about which a
            # place is said to lie; a city called "the city" says nothing.
            called = self.text.forms[mention.first + 1 : mention.last + 1]
            called_so = self.words.roles["called_so"]  # "the post of X", "X Street"
            unit = all(word.bare not in called_so for _, word, _ in self.words.classes(self.text.forms[mention.first]))
            told = [
                e for e in mention.inner if prominent(e) and (self._named_after(mention) or (unit and e.kind == "governorate"))
            ]
            inner = [] if any(map(self.words.classes, called)) else told
        if not inner:
            return None
        # "Old Homs" is a part of the town; "the countryside of Homs" is one of the unit.
        town = mention.kind in SETTLED
        return min(
            inner, key=lambda e: (-main[e.country], town and e.kind not in SETTLED, -WIDTH.get(e.kind, 0), -e.population, e.id)
        )

    def guess(self, mention: PlaceMention) -> str | None:
        """The country of a name that no gazetteer has: that of the places in its paragraph, or the one before, else the report's."""
        near, earlier = Counter[str](), Counter[str]()
        sentence = self.text.tokens[mention.first].sentence
        paragraph = self.text.paragraphs[sentence]
        for other in self.mentions:
            entries = other.candidates
            if other is mention or not entries or other.flags & {"metonym", "org", "source", "dateline", "person", "away"}:
                continue
            place = self.text.tokens[other.first].sentence
            weight = 3 if place == sentence else 2 if self.text.paragraphs[place] == paragraph else 0
            before = not weight and self.text.paragraphs[place] == paragraph - 1
            if weight or before:
                ranked = max(entries, key=lambda e: (self.report.countries[e.country], e.population, e.id))
                (near if weight else earlier)[ranked.country] += weight or 1
        main = self.report.main
        near = near or earlier
        if near:
            best = max(near.values())
            top = sorted(c for c in near if near[c] == best)
            return main if main in top or (main and near[main] * 2 >= best) else top[0]
        return main

    def _named_after(self, mention: PlaceMention) -> bool:
        """Whether a site is of a sort that bears the name of a city or country, as airports and embassies do ("the junction of X" is no
        city's)."""
        readings = self.words.classes(self.text.forms[mention.first])
        return mention.kind == "site" and not any(word.joins == "keep" for _, word, _ in readings)

    def _around(self, mention: PlaceMention, country: str | None) -> Entry | None:
        """The wider place that a name of no gazetteer is told beside: the nearest one before it in the paragraph, or after."""
        tokens, paragraphs = self.text.tokens, self.text.paragraphs
        paragraph = paragraphs[tokens[mention.first].sentence]
        # Quarters, streets and sites lie in towns; settlements in units.
        if mention.kind == "governorate":
            return None
        holders = _UNITS if mention.kind in ("village", "town", "city", "subdistrict", "district") else _UNITS | {"city", "town"}
        best: tuple[int, Entry] | None = None
        for other in self.mentions:
            if other is mention or not other.candidates or not other.event_place:
                continue
            if paragraphs[tokens[other.first].sentence] != paragraph:
                continue
            if tokens[other.first].sentence > tokens[mention.first].sentence:
                continue
            wider = [e for e in other.candidates if e.country == country and e.kind in holders]
            # What follows is told of something else more often than what went before.
            apart = mention.first - other.first if other.first < mention.first else 2 * (other.first - mention.first)
            if wider and (best is None or apart < best[0]):
                best = apart, wider[0]
        return best[1] if best else None

    def _within(
        self, mention: PlaceMention, entry: Entry | None, inner: Entry | None, outer: ResolvedPlace | None, country: str | None
    ) -> tuple[str, ...]:
        names: list[str] = []
        if inner is not None and entry is None:
            names += [inner.label, *(p.name for p in self.gazetteer.parents(inner) if p.kind == "governorate")]
        if outer is not None and outer.place.name:
            # "The Yemeni lands" and "the Afghan capital" stand for the place that they are.
            by_demonym = outer.mention.country and outer.entry
            names += [outer.entry.label if by_demonym and outer.entry else outer.place.name, *outer.place.within]
        if entry is None and inner is None and outer is None and not mention.country and mention.kind != "country":
            around = self._around(mention, country)
            if around is not None:
                names += [around.label, *(p.name for p in self.gazetteer.parents(around) if p.kind == "governorate")]
        if entry is not None:
            # Districts are told only where the report tells of them; every report tells its governorates.
            parents = self.gazetteer.parents(entry)
            names += [
                p.name for p in parents if p.name and (p.kind not in ("district", "subdistrict") or p.id in self.report.units)
            ]
        land = self.countries.entry(country) if country else None
        last = land.label if land else ""
        found = [n for n in dict.fromkeys(names) if n and n != _untagged(mention.name) and n != last]
        whole = entry.kind == "country" if entry else mention.kind == "country"
        if land and country and last and not whole:
            found = [n for n in found if not self.countries.is_country(n, country)]
            found.append(self.spoken.get(land.id, last))
        return tuple(found)


def unnamed(place: ResolvedPlace, name: str, within: tuple[str, ...], evidence: tuple[Evidence, ...]) -> ResolvedPlace:
    """A place that contains one of the text and that the text does not name."""
    kind = None if within else "country"
    record = Place(name, kind, within, place.place.country, precision="admin" if within else "country", evidence=evidence)
    return replace(place, place=record, entry=None, candidates=(), reason="contains the places named")


def _untagged(name: str) -> str:
    """A name without the marks of a hashtag inside it."""
    return name.replace("_", " ").replace("#", "") if "_" in name or "#" in name else name
