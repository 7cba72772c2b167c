"""Places: which place of the world a mention is, with a probability and reasons, or why it stays open.

Candidates of one name are weighed by the countries and units that the report tells of, by units named right behind the
mention, by the class word, by nearness to the report's other places and by size. The weights are fixed numbers in
``placerank.WEIGHTS``; the probability is the softmax of the sums, which ``bench/places.py`` checks against the conformance set.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from marsad.gazetteer import Entry, Gazetteer, default
from marsad.model import Evidence, Place
from marsad.reading.placeforms import CLOSING, OPENING, prominent
from marsad.reading.placemention import PlaceMention
from marsad.reading.placerank import SETTLED, Container, PlaceContext, Ranker, Scored, report_of, together
from marsad.reading.placewords import PlaceWords, place_words
from marsad.reading.waters import at_sea, waters
from marsad.record import record, replace
from marsad.text.fold import fold
from marsad.text.tokens import Text

__all__ = ["ABSTAIN", "PlaceContext", "ResolvedPlace", "Scored", "country_entry", "resolve"]

ABSTAIN = 0.35
_WIDTH = {"country": 5, "governorate": 4, "area": 3, "district": 3, "subdistrict": 2, "city": 2, "town": 1, "village": 1}
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
_GAP = 7
_GREAT = frozenset(("country", "governorate", "area"))
_SMALL = 20_000  # inhabitants up to which another place of the same name may be in no gazetteer
_NAME_MARKS = CLOSING | OPENING | {"#"}


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


def resolve(
    mentions: Sequence[PlaceMention],
    text: Text,
    context: PlaceContext | None = None,
    gazetteer: Gazetteer | None = None,
    language: str = "ar",
) -> list[ResolvedPlace]:
    """Resolve the mentions of one report together.

    Args:
        mentions: as ``toponyms.find`` gives them.
        text: the text they stand in.
        context: what is known beside the text.
        gazetteer: the packaged one by default.
        language: code of the language pack.

    Returns:
        One result per mention, in their order.
    """
    return _Resolver(mentions, text, context or PlaceContext(), gazetteer or default(), language).run()


def country_entry(code: str, gazetteer: Gazetteer, language: str) -> Entry | None:
    """The country of a code, under the name that the language's press gives it, or None."""
    return _countries(gazetteer, language).entry(code)


def _untagged(name: str) -> str:
    """A name without the marks of a hashtag inside it."""
    return name.replace("_", " ").replace("#", "") if "_" in name or "#" in name else name


class _Resolver:
    def __init__(
        self, mentions: Sequence[PlaceMention], text: Text, context: PlaceContext, gazetteer: Gazetteer, language: str
    ) -> None:
        self.text, self.context, self.gazetteer = text, context, gazetteer
        self.words, self.countries = place_words(language), _countries(gazetteer, language)
        self.mentions = mentions = waters(mentions, self.words)
        self.link, self.bearing = self.words.roles["link"], self.words.roles["bearing"]
        self.apposed, self.article = self.words.roles["apposed"], self.words.article
        self.settlement = self.words.roles["settlement"]
        self.settlers = sorted(code.upper() for code in self.words.roles["settlers"])
        self.described = self.words.roles["descriptive"] | self.words.roles["adjective"]
        self._chains: dict[tuple[str, str, bool], tuple[str, ...]] = {}
        self._told: dict[str, str | None] = {}  # the country of a name, if the text said in what it lies where it told it first
        self.containers = [self._container(n) for n in range(len(mentions))]
        self._holding = {mentions[n].first for n in self.containers if n >= 0}
        self.report = report_of(mentions, text, context, self.words)
        self.mentions = mentions = [self._whole(m) for m in mentions]
        self.ranker = Ranker(self.report, context, gazetteer)
        self.spoken = {
            m.candidates[0].id: m.name
            for m in reversed(mentions)
            if m.candidates and m.candidates[0].kind == "country" and m.form in m.candidates[0].forms and not m.country
        }

    def _whole(self, mention: PlaceMention) -> PlaceMention:
        """A road named after a town of other countries is no road to it ("Mecca Road" in Mogadishu): it has its whole name."""
        main, opening = self.report.main, self.text.tokens[mention.opening]
        if mention.bearing is None or mention.bearing_start < opening.start or not main:
            return mention
        if all(word.bare not in self.words.roles["road"] for _, word, _ in self.words.classes(opening.form)):
            return mention
        if any(
            e.country == main or self.report.countries[e.country] * 2 > self.report.countries[main] for e in mention.candidates
        ):
            return mention
        name = self.text.source[mention.bearing_start : mention.end]
        return replace(
            mention, first=mention.opening, start=mention.bearing_start, name=name, form=fold(name), kind="area", class_first=-1,
            bearing=None, bearing_start=-1, candidates=(),
        )  # fmt: skip

    def run(self) -> list[ResolvedPlace]:
        done: dict[int, ResolvedPlace] = {}
        chosen: dict[str, Entry] = {}
        for number in range(len(self.mentions)):
            self._resolve(number, done, chosen)
        return [done[n] for n in range(len(self.mentions))]

    # -- what the report tells ----------------------------------------------------------------------------------

    def _container(self, number: int) -> int:
        """Index of the mention that the text names as containing this one ("the town of X in Y", "X, Y province")."""
        if number + 1 >= len(self.mentions):
            return -1
        this, other = self.mentions[number], self.mentions[number + 1]
        tokens = self.text.tokens
        gap = other.first - this.last - 1
        if not 0 <= gap <= _GAP or tokens[this.last].sentence != tokens[other.first].sentence:
            return -1
        attached = tokens[other.opening].form
        head = other.form.split(" ")[0]
        # A class word that is a part of the name bears the letter itself ("the town of X in-the-countryside of Y").
        bare = other.class_first < 0 or (other.class_first == other.first and attached.endswith(head))
        proclitic = attached[: len(attached) - len(head)] if bare else ""
        marks = int(not gap)
        if not gap and not proclitic.endswith(self.words.attached):
            return -1  # nothing joins them ("X in-Y")
        for token in tokens[this.last + 1 : other.first]:
            form = token.form
            if form in self.link or (form.startswith(self.words.attached) and form[1:] in self.bearing):  # "X in-the-south of Y"
                marks += form not in ("،", ",")
            elif form in self.described:
                continue  # "the strategic town of X in Y" has its adjective behind the name
            elif form in self.apposed or (token.kind == "w" and self.words.classes(form)):
                marks += 1
            elif form not in _NAME_MARKS and not (
                marks and form in self.words.nationalities
            ):  # "a quarter of the Syrian capital Damascus"
                return -1
        if proclitic.startswith(self.words.conjunction) or (
            other.class_first >= 0
            and tokens[other.class_first].form.startswith(self.words.conjunction)
            and self.words.classes(tokens[other.class_first].form)[0][0] > 0
        ):
            return -1
        wide, narrow = self._width(other), self._width(this)
        if narrow >= _WIDTH["country"]:
            return -1
        if wide > narrow or (marks and wide >= narrow and (wide >= 1 or (proclitic and not gap))):
            return number + 1
        return -1

    def _width(self, mention: PlaceMention) -> int:
        if mention.class_first >= 0 and mention.kind:
            return _WIDTH.get(mention.kind, 0)
        if not mention.candidates:
            return _WIDTH.get(mention.kind or "", 0)
        return max([_WIDTH.get(e.kind, 0) for e in mention.candidates])

    # -- one mention --------------------------------------------------------------------------------------------

    def _resolve(self, number: int, done: dict[int, ResolvedPlace], chosen: dict[str, Entry]) -> ResolvedPlace:
        if number in done:
            return done[number]
        mention, container = self.mentions[number], self.containers[number]
        outer = self._resolve(container, done, chosen) if container >= 0 else None
        # "The countryside of X" is in no gazetteer, and says that it is about X.
        wide = (outer.entry or self._inner(outer.mention, None)) if outer else None
        stated = outer.place.country if outer else self._adjective_land(mention) or self._settled_land(mention)
        if stated is None and mention.form in self._told and not any(map(_is_great, mention.candidates)):
            # A small place keeps the land that was told of it ("the town of X, east of Y", and then "the raid on X").
            stated = self._told.get(mention.form)
        self._told.setdefault(mention.form, stated if outer else None)
        elsewhere = outer is None and stated is not None and all(e.country != stated for e in mention.candidates)
        scored = () if elsewhere else self.ranker.rank(mention, Container(wide, stated) if outer or stated else None)
        entry, reason, probability = None, "", 0.0
        if scored:
            # Places of one name that lie together (a city and its district) are one choice.
            probability = scored[0].probability
            if len(scored) > 1:
                first = scored[0].entry
                probability = min(1.0, sum([s.probability for s in scored if together(s.entry, first)]))
            if probability >= ABSTAIN:
                entry = scored[0].entry
            else:
                reason = f"{len(scored)} places of this name, none likelier than {ABSTAIN:.2f}"
        else:
            reason = "in no gazetteer"
        result = ResolvedPlace(
            mention,
            self._record(mention, entry, outer, None if outer else stated),
            entry,
            round(probability, 3),
            scored,
            reason,
            container,
        )
        done[number] = result
        if entry is not None:
            chosen.setdefault(mention.form, entry)
        return result

    # -- the record ---------------------------------------------------------------------------------------------

    def _adjective_land(self, mention: PlaceMention) -> str | None:
        """The country of an adjective right behind a settlement or unit ("the town of X the-Turkish"), or None.

        That of a base or front tells whose it is. Where a town of the name is known in other countries only, the adjective tells of
        something else; of villages there are more than anybody lists.
        """
        after = mention.last + 1
        while after < len(self.text.tokens) and self.text.forms[after] in CLOSING:
            after += 1
        if mention.country or mention.kind in ("country", "site") or after >= len(self.text.tokens):
            return None
        form = self.text.forms[after]
        code = self.words.nationalities.get(form) if form.startswith(self.article) else None
        lands = {e.country for e in mention.candidates}
        great = mention.kind != "village" and any(e.kind not in SETTLED or e.population > _SMALL for e in mention.candidates)
        return code if code is not None and (code in lands or not great) else None

    def _settled_land(self, mention: PlaceMention) -> str | None:
        """The country of a place that a class word tells to be a settlement, which some countries alone have; None for other places."""
        word = self.text.forms[mention.class_first] if mention.class_first >= 0 else ""
        if not any(reading.bare in self.settlement for _, reading, _ in self.words.classes(word)):
            return None
        lands = [code for code in self.settlers if any(e.country == code for e in mention.candidates)]
        if not lands and self._guess(mention) in self.settlers:
            return None
        return (lands or self.settlers)[0] if len(lands) < 2 else None

    def _record(self, mention: PlaceMention, entry: Entry | None, outer: ResolvedPlace | None, land: str | None) -> Place:
        inner = self._inner(mention, outer)
        country = entry.country if entry else None
        if mention.country:
            # A border is told of from the other side: the place is in the country of the places around it.
            country = (self._guess(mention) if mention.kind == "area" else None) or mention.country
        if country is None:
            country = outer.place.country if outer is not None else land
        if country is None and inner is not None:
            country = inner.country
        if country is None and mention.kind != "country":
            country = self._guess(mention)
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

    def _inner(self, mention: PlaceMention, outer: ResolvedPlace | None) -> Entry | None:
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
            told = [e for e in mention.inner if prominent(e) and (self._named_after(mention) or e.kind == "governorate")]
            inner = [] if any(map(self.words.classes, called)) else told
        if not inner:
            return None
        # "Old Homs" is a part of the town; "the countryside of Homs" is one of the unit.
        town = mention.kind in SETTLED
        return min(
            inner, key=lambda e: (-main[e.country], town and e.kind not in SETTLED, -_WIDTH.get(e.kind, 0), -e.population, e.id)
        )

    def _guess(self, mention: PlaceMention) -> str | None:
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
        if entry is None and inner is None and outer is None and mention.kind != "country":
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


class _Countries:
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
def _countries(gazetteer: Gazetteer, language: str) -> _Countries:
    return _Countries(gazetteer, place_words(language))


def _is_great(entry: Entry) -> bool:
    """Whether a place is a unit of the widest kinds or no small town."""
    return entry.kind in _GREAT or entry.population > _SMALL
