"""Places: which place of the world a mention is, with a probability and reasons, or why it stays open.

Candidates of one name are weighed by the countries and units that the report tells of, by units named right behind the
mention, by the class word, by nearness to the report's other places and by size. The weights are fixed numbers in
``placerank.WEIGHTS``; the probability is the softmax of the sums, which ``bench/places.py`` checks against the conformance set.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.gazetteer import Entry, Gazetteer, default
from marsad.reading.countries import countries_of
from marsad.reading.placeforms import CLOSING, OPENING
from marsad.reading.placemention import PlaceMention
from marsad.reading.placerank import SETTLED, Container, PlaceContext, Ranker, Scored, report_of, together
from marsad.reading.placerecord import WIDTH, PlaceRecords, ResolvedPlace
from marsad.reading.placewords import place_words
from marsad.reading.waters import waters
from marsad.record import replace
from marsad.text.fold import fold
from marsad.text.tokens import Text

__all__ = ["ABSTAIN", "PlaceContext", "ResolvedPlace", "Scored", "country_entry", "resolve"]

ABSTAIN = 0.35
_GAP = 7
_GREAT = frozenset(("country", "governorate", "area"))
_SMALL = 20_000  # inhabitants up to which another place of the same name may be in no gazetteer
_PARTS, _TOWNS = frozenset({"neighbourhood", "site"}), frozenset({"city", "town"})
_BEHIND = 3  # tokens from a quarter to "the city" that it is told to lie in
_NAME_MARKS = CLOSING | OPENING | {"#"}


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
    return countries_of(gazetteer, language).entry(code)


class _Resolver:
    def __init__(
        self, mentions: Sequence[PlaceMention], text: Text, context: PlaceContext, gazetteer: Gazetteer, language: str
    ) -> None:
        self.text, self.context, self.gazetteer = text, context, gazetteer
        self.words, self.countries = place_words(language), countries_of(gazetteer, language)
        self.mentions = mentions = waters(mentions, self.words)
        self.link, self.bearing = self.words.roles["link"], self.words.roles["bearing"]
        self.lying = CLOSING | self.bearing | self.words.roles["within"] | self.words.roles["near"]
        self.middle = self.words.roles["middle"]
        self.apposed, self.article = self.words.roles["apposed"], self.words.article
        self.settlement = self.words.roles["settlement"]
        self.settlers = sorted(code.upper() for code in self.words.roles["settlers"])
        self.described = self.words.roles["descriptive"] | self.words.roles["adjective"]
        self._told: dict[str, str | None] = {}  # the country of a name, if the text said in what it lies where it told it first
        self.containers = [self._container(n) for n in range(len(mentions))]
        holding = {mentions[n].first for n in self.containers if n >= 0}
        self.report = report_of(mentions, text, context, self.words)
        self.mentions = mentions = [self._whole(m) for m in mentions]
        self.ranker = Ranker(self.report, context, gazetteer)
        self.records = PlaceRecords(mentions, text, self.report, self.countries, holding)

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
        named = this.kind == "area" and this.class_first >= 0  # "the area of X", "X street"
        if named and other.kind != "area" and not self.middle.isdisjoint(self.text.forms[this.last + 1 : other.first]):
            narrow = min(narrow, wide)  # "the area of X in the middle of the capital Y"
        if narrow >= WIDTH["country"]:
            return -1
        if wide > narrow or (marks and wide >= narrow and (wide >= 1 or (proclitic and not gap))):
            return number + 1
        return -1

    def _width(self, mention: PlaceMention) -> int:
        told = WIDTH.get(mention.kind or "", 0)
        if not mention.candidates:
            return told
        known = max([WIDTH.get(e.kind, 0) for e in mention.candidates])
        # A unit known as a town is no wide one ("the territory of X in the province of Y").
        return told if mention.class_first >= 0 and mention.kind and (mention.kind != "governorate" or known > 1) else known

    def _town_of(self, number: int) -> int:
        """Index of the town told last before a quarter or site that no gazetteer has and that is told to lie "in the city", or -1."""
        this, tokens = self.mentions[number], self.text.tokens
        if this.candidates or this.kind not in _PARTS:
            return -1
        at = end = this.last + 1
        while at < min(len(tokens), end + _BEHIND) and tokens[at].form in self.lying:
            at += 1
        if at >= len(tokens) or tokens[at].sentence != tokens[this.last].sentence:
            return -1
        if not any(definite and word.kind == "city" for _, word, definite in self.words.classes(tokens[at].form)):
            return -1
        before = (n for n in range(number - 1, -1, -1) if self.mentions[n].kind not in _PARTS)
        return next((n for n in before if any(e.kind in _TOWNS for e in self.mentions[n].candidates)), -1)

    # -- one mention --------------------------------------------------------------------------------------------

    def _resolve(self, number: int, done: dict[int, ResolvedPlace], chosen: dict[str, Entry]) -> ResolvedPlace:
        if number in done:
            return done[number]
        mention, container = self.mentions[number], self.containers[number]
        holder = container if container >= 0 else self._town_of(number)
        outer = self._resolve(holder, done, chosen) if holder >= 0 else None
        # "The countryside of X" is in no gazetteer, and says that it is about X.
        wide = (outer.entry or self.records.inner(outer.mention, None)) if outer else None
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
            if scored[0].elsewhere:
                reason = "no place of this name is known where it is told to lie"
            elif probability >= ABSTAIN:
                entry = scored[0].entry
            else:
                reason = f"{len(scored)} places of this name, none likelier than {ABSTAIN:.2f}"
        else:
            reason = "in no gazetteer"
        result = ResolvedPlace(
            mention,
            self.records.record_of(mention, entry, outer, None if outer else stated),
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
        if not lands and self.records.guess(mention) in self.settlers:
            return None
        return (lands or self.settlers)[0] if len(lands) < 2 else None


def _is_great(entry: Entry) -> bool:
    """Whether a place is a unit of the widest kinds or no small town."""
    return entry.kind in _GREAT or entry.population > _SMALL
