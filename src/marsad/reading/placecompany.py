"""The company of place names: bearings before them, and what makes them no places of events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from marsad.gazetteer import Entry
from marsad.lexicon.clitics import splits
from marsad.reading.placeforms import CLOSING, COMMAS, OPENING, PlaceForms, famous, prominent
from marsad.reading.placemarks import Marks
from marsad.reading.placemention import PlaceMention
from marsad.record import replace
from marsad.text.tokens import Text, Token

__all__ = ["Company"]

_SHORT = 4
_DOTTED, _DOTLESS = "\u064a", "\u0649"
_GREATEST_CITY = 1_000_000
_HASH = "#"
_SKIPPED, _DISTANCE = 2, 6
_MOVED = 10  # tokens back to the move of an embassy
_BORDER = 6  # tokens from a word for a border to "with"
_GUESTS = 4  # names of countries between these that count for nothing
_KNOWN_ABROAD = frozenset({"area", "city"})  # kinds of places that the countries of the parties speak for beside other countries
_ASIDE = 4  # tokens back to a word for a seat or a birthplace
_SITES = frozenset({"site_name", "source"})
_DATELINE_MARKS = frozenset(["-", "–", "—", "(", "/", ":", "\u0640"])


def _dotted(text: Text, token: Token) -> bool:
    """Whether a word ends in a dotted letter, which most of the words of its form in the text have without dots."""
    raw = text.source[token.start : token.end]
    return raw.endswith(_DOTTED) and _mostly_dotless(text.source, raw)


@lru_cache(maxsize=16)  # a text is counted once for each spelling, not for each name behind the word
def _mostly_dotless(source: str, raw: str) -> bool:
    return source.count(f" {raw} ") <= source.count(f" {raw[:-1]}{_DOTLESS} ")


class Company:
    """Judgement of mentions by the words around them and by the report as a whole."""

    def __init__(self, forms: PlaceForms) -> None:
        self.forms, self.words = forms, forms.words
        roles = forms.words.roles
        self.bearing, self.near, self.far = roles["bearing"], roles["near"], roles["distance"]
        self.to = tuple(roles["to"])
        self.from_home, self.within, self.shelter = roles["from_home"], roles["within"], roles["shelter"]
        self.branch, self.both, self.between = roles["branch"], roles["both"], roles["between"]
        self.belongs, self.along, self.border = roles["belongs"], roles["with"], roles["border"]
        self.shares, self.inside = roles["shares"], roles["in"]
        self.ends, self.of = roles["of"] | roles["toward"], roles["of"]
        self.went, self.toward = roles["went"], roles["toward"] - roles["via"]
        self.marks = Marks(forms)

    def embassies(self, text: Text) -> bool:
        """Whether a text tells of an embassy."""
        return any(self.marks[form].embassy for form in self.marks.telling(text))

    def judge(self, text: Text, mention: PlaceMention, embassies: bool) -> PlaceMention:
        """The mention with its bearing, whether it is marked as a place, and flags for what makes it none of an event.

        Args:
            text: the text.
            mention: a place in it.
            embassies: whether it tells of an embassy.
        """
        tokens, marks = text.tokens, self.marks
        head = mention.opening
        flags = mention.flags
        position = head - 1
        while position >= 0 and tokens[position].form in OPENING:
            position -= 1
        bearing_first = site_first = -1
        located = mention.located or (head > 0 and tokens[head - 1].form == _HASH)
        proclitic = ""
        if head == mention.first:
            written = tokens[head].form
            proclitic = written[: len(written) - len(mention.form.split(" ", 1)[0])]
            if proclitic and proclitic.endswith(self.words.attached):
                located = True
        steps = 0
        while position >= 0 and tokens[position].kind == "w" and steps < 4 and not proclitic:
            mark = marks[tokens[position].form]
            if mark.bearing:
                bearing_first = position
            elif not (mark.of and position and marks[tokens[position - 1].form].bearing):
                break
            position -= 1
            steps += 1
        bearing, bearing_start = mention.bearing, mention.bearing_start  # its own is that of a road to it
        if not proclitic:
            far = self._distance(text, (bearing_first if bearing_first >= 0 else head) - 1)
            bearing_first = far if far >= 0 else bearing_first
        if bearing_first >= 0:
            stop = head - 1
            while stop > bearing_first and (tokens[stop].kind != "w" or tokens[stop].form in self.ends):
                stop -= 1
            bearing_end = tokens[stop].end if bearing is None else bearing_start + len(bearing)
            core = self._bearing_cut(tokens[bearing_first].form)
            bearing_start = text.inside(tokens[bearing_first], core, len(tokens[bearing_first].form))[0]
            bearing = text.source[bearing_start:bearing_end]
            located = True
        if position >= 0 and tokens[position].kind == "w" and tokens[position].sentence == tokens[mention.first].sentence:
            mark = marks[tokens[position].form]
            # "Ali" is written like "on"; behind another first name, or with dots that "on" has not in this text, it is the name.
            named = mark.preposition and "person" in mark.company
            named = named and (
                (position > 0 and "person" in marks[tokens[position - 1].form].company) or _dotted(text, tokens[position])
            )
            located = located or (mark.preposition and not named)
            if "flag" in mark.company and not proclitic:
                flags |= {"org"}  # "under the flag of the X islands"
            elif located:
                of_group = position > 0 and not mention.candidates and marks[tokens[position - 1].form].organ
                if of_group and (proclitic or tokens[position].form in self.within):
                    flags |= {"org"}  # "the Base in the land of X", not "on the road to X"
            elif mark.company and not proclitic:
                flags |= mark.company
                site_first = position if not mark.company.isdisjoint(_SITES) else -1
        tagged = position >= 0 and tokens[position].form == _HASH
        if (not located or tagged) and self._metonym(text, mention, position - tagged):
            flags |= {"metonym"}
        if not located and self._dateline(text, mention):
            flags |= {"dateline"}
        if proclitic and mention.kind == "country" and head and tokens[head - 1].form in self.belongs:
            flags |= {"metonym"}  # "the militias that belong to X"
        if (
            mention.kind == "country"
            and position > 0
            and (self._party_to(text, position - tagged) or self._shares(text, mention))
        ):
            flags |= {"metonym"}
        if mention.kind in ("country", "city") and self._side(text, mention, position):
            flags |= {"metonym"}
        if (
            self._aside(text, head)
            or (embassies and self._moved(text, head))
            or self._went(text, head)
            or self._spoken_from(text, mention)
        ):
            flags |= {"aside"}
        if bearing is mention.bearing and site_first < 0 and located == mention.located and flags is mention.flags:
            return mention
        # Not dataclasses.replace, which takes ten times as long.
        return PlaceMention(
            mention.first, mention.last, mention.start, mention.end, mention.name, mention.form, mention.kind,
            mention.class_first, bearing, bearing_start, mention.candidates, mention.inner, mention.country, located,
            flags, site_first,
        )  # fmt: skip

    def _distance(self, text: Text, index: int) -> int:
        """First token of a distance that ends at a token or just before it ("60 kilometres to the", "30 km from"), or -1."""
        tokens, marks = text.tokens, self.marks
        first = max(0, index - _SKIPPED)
        while index > first and tokens[index].kind == "w" and not (mark := marks[tokens[index].form]).unit:
            if not (mark.of or mark.toward):
                return -1
            index -= 1
        if index < 1 or tokens[index].kind != "w" or not marks[tokens[index].form].unit:
            return -1
        for start in range(index - 1, max(-1, index - _DISTANCE), -1):
            if tokens[start].sentence != tokens[index].sentence:
                break
            if tokens[start].form in self.far:
                return start - 1 if start and marks[tokens[start - 1].form].preposition else start
        return index - 1 if tokens[index - 1].kind == "n" else -1

    def _bearing_cut(self, form: str) -> int:
        for split in splits(form, self.words.language, enclitics=False):
            if split.core in self.bearing or split.core in self.near:
                return split.start
            if split.listed in self.bearing:
                return max(0, len(form) - len(split.listed))
        return 0

    def _metonym(self, text: Text, mention: PlaceMention, before: int) -> bool:
        """A country or capital as the subject of a verb of will ("Damascus denied")."""
        if mention.kind not in ("country", "city", "governorate"):
            return False
        tokens = text.tokens
        after = mention.last + 1
        while after < len(tokens) and tokens[after].form in CLOSING:
            after += 1
        for at in (before, after):
            if 0 <= at < len(tokens) and tokens[at].kind == "w" and self.marks[tokens[at].form].will:
                return True
        return False

    def _spoken_from(self, text: Text, mention: PlaceMention) -> bool:
        """Whether a sentence begins with the place from which somebody speaks ("And from X, the minister demanded")."""
        tokens, at = text.tokens, mention.opening - 1
        if at < 0 or tokens[at].form.removeprefix(self.words.conjunction) not in self.of:
            return False
        if at and tokens[at - 1].kind == "w" and tokens[at - 1].sentence == tokens[at].sentence:
            return False
        after = mention.last + 1
        while after < len(tokens) and (tokens[after].form in CLOSING or tokens[after].form in COMMAS):
            after += 1
        return after < len(tokens) and tokens[after].kind == "w" and self.marks[tokens[after].form].will

    def _party_to(self, text: Text, position: int) -> bool:
        """Whether "with" stands at a token and no word for a border before it ("an agreement with X", but "the border with X")."""
        tokens = text.tokens
        near = range(max(0, position - _BORDER), position)
        return tokens[position].form in self.along and all(tokens[at].form not in self.border for at in near)

    def _shares(self, text: Text, mention: PlaceMention) -> bool:
        """Whether a country is told as one that takes part in something ("the participation of X in the strikes")."""
        tokens, before, behind = text.tokens, mention.first - 1, mention.last + 1
        return before >= 0 and tokens[before].form in self.shares and behind < len(tokens) and tokens[behind].form in self.inside

    def _side(self, text: Text, mention: PlaceMention, position: int) -> bool:
        """Whether a country or capital is one of the sides that a text tells together ("both X and Y", "between X and Y")."""
        tokens = text.tokens
        if position < 1 or not any(e.kind == "country" or self._capital(e, mention) for e in mention.candidates):
            return False
        if tokens[position].form in self.between:
            # "The border between X and Y" is a place.
            near = tokens[max(0, position - _ASIDE) : position]
            return not any(t.kind == "w" and (self.marks[t.form].bearing or self.words.classes(t.form)) for t in near)
        if tokens[position].form not in self.ends or tokens[position - 1].form not in self.both:
            return False
        return position < 2 or not self.marks[tokens[position - 2].form].preposition

    def _capital(self, entry: Entry, mention: PlaceMention) -> bool:
        return entry.kind == "city" and self.words.capitals.get(entry.country) == mention.form

    def _aside(self, text: Text, head: int) -> bool:
        """Whether a word for a seat, a birthplace or a former home stands before a name; prepositions and another place may stand between."""
        tokens, texts, facts, marks = text.tokens, text.forms, self.forms.facts, self.marks
        begin, left = text.sentences[tokens[head].sentence][0], _ASIDE
        for index in range(head - 1, max(begin - 1, head - 1 - _ASIDE - _GUESTS), -1):
            if tokens[index].kind != "w":
                return False
            form = texts[index]
            known = facts[form]
            if known is None or not known.land:  # "of the heads of X, Y and Z"
                left -= 1
                if left < 0:
                    return False
            mark = marks[form]
            # "Told reporters in X", not "a tent for reporters in X".
            theirs = index > begin and texts[index - 1] in self.shelter
            spoken = mark.aside and (not form.startswith(self.to) or (texts[index + 1] in self.within and not theirs))
            if spoken or (mark.of and index and texts[index - 1] in self.from_home):
                return True
            if form in self.branch and (marks[texts[index + 1]].organ or "org" in marks[texts[index + 1]].company):
                return True
        return False

    def _went(self, text: Text, head: int) -> bool:
        """Whether people went or were brought to a place ("were taken to X"), bearings and class words not counted."""
        tokens, at = text.tokens, head - 1
        while at > 0 and self.marks[tokens[at].form].bearing:
            at -= 1
        if at < 1 or tokens[at].form not in self.toward:
            return False
        low = max(-1, at - 1 - _ASIDE)
        for index in range(at - 1, low, -1):
            if tokens[index].kind == "p" or tokens[index].sentence != tokens[head].sentence:
                return False
            if not self.went.isdisjoint(self.forms.bases(tokens[index].form)):
                return True
        return False

    def _moved(self, text: Text, head: int) -> bool:
        """Whether an embassy is moved or opened in the words before a name ("the move of the embassy from X to Y")."""
        tokens, marks, embassy = text.tokens, self.marks, False
        for index in range(head - 1, max(-1, head - 1 - _MOVED), -1):
            token = tokens[index]
            if token.kind != "w" or token.sentence != tokens[head].sentence:
                return False
            mark = marks[token.form]
            if embassy and mark.moves:
                return True
            embassy = embassy or mark.embassy
        return False

    def _dateline(self, text: Text, mention: PlaceMention) -> bool:
        if mention.first > 3:
            return False
        after = mention.last + 1
        if after >= len(text.tokens):
            return False
        return text.tokens[after].form in _DATELINE_MARKS

    def whole_tag(self, text: Text, mention: PlaceMention) -> bool:
        """A hashtag of several words is one name: a place inside a longer one ("#rain_in_X") is none."""
        head = mention.opening
        start, end = text.tokens[head].start, text.tokens[mention.last].end
        return "_" not in (text.source[start - 1 : start], text.source[end : end + 1])

    def weed(self, mentions: list[PlaceMention], demonyms: Iterable[str], lands: Collection[str] = ()) -> list[PlaceMention]:
        """Leave out weak names: villages without a marked place whose country the report does not otherwise tell.

        Args:
            mentions: of one report, judged.
            demonyms: country codes of its demonyms.
            lands: those of the countries that its parties tell, which count where nothing else tells one.
        """
        countries = {m.country for m in mentions if m.country}
        told = Counter[str]()
        for _, code in {(m.form, m.candidates[0].country) for m in mentions if m.candidates and prominent(m.candidates[0])}:
            told[code] += 1
            countries.add(code)
        for code in demonyms:
            countries.add(code)
            told[code] += 2
        acting = {e.country for m in mentions if "metonym" in m.flags for e in m.candidates[:1]}
        if countries <= acting:
            countries.update(lands)
            told.update(dict.fromkeys(lands, 2))
        rows = self._rows(mentions)
        for code in self._together(mentions, rows):
            countries.add(code)
            told[code] += 2
        main = min(told, key=lambda code: (-told[code], code)) if told else ""
        kept: list[PlaceMention] = []
        persons = set[str]()
        series, last = False, -2  # whether a place marked by a preposition goes on ("in Syria and Iraq"), and its last token
        for number, mention in enumerate(mentions):
            if not self._stays(mention, countries, told, mention.located or number in rows, lands):
                continue
            series = mention.located or (series and last == mention.first - 1)
            last = mention.last
            if kept and "metonym" in kept[-1].flags and kept[-1].last == mention.first - 1 and not mention.located:
                mention = replace(mention, flags=mention.flags | {"metonym"})  # "X and Y deny"
            if "person" in mention.flags:
                persons.add(mention.form)
            elif mention.form in persons and not mention.located:
                mention = replace(mention, flags=mention.flags | {"person"})  # a surname alone, after the whole name
            if not series and self._power(mention, main):
                mention = replace(mention, flags=frozenset({"metonym"}))
            kept.append(mention)
        return kept

    @staticmethod
    def _rows(mentions: Sequence[PlaceMention]) -> set[int]:
        """Numbers of names that stand side by side ("X and-Y and-Z") and can lie in one country."""
        found = set[int]()
        for number, (one, other) in enumerate(pairwise(mentions)):
            lands = {e.country for e in one.candidates} & {e.country for e in other.candidates}
            if other.first == one.last + 1 and lands and not one.flags | other.flags:
                found |= {number, number + 1}
        return found

    def _together(self, mentions: Sequence[PlaceMention], rows: set[int]) -> list[str]:
        """Countries that several lesser names speak for together, at least one of them marked as a place.

        A word that is a village's name somewhere may be any word; two such words of one country side by side hardly are.
        """
        named: dict[str, set[str]] = {}
        marked = set[str]()
        for number, mention in enumerate(mentions):
            lands = {e.country for e in mention.candidates}
            if len(lands) != 1 or mention.flags or mention.class_first >= 0 or len(mention.form) <= _SHORT:
                continue
            (code,) = lands
            named.setdefault(code, set()).add(mention.form)
            if mention.located or number in rows:
                marked.add(code)
        return sorted(code for code, forms in named.items() if code in marked and len(forms) > 1)

    def _power(self, mention: PlaceMention, main: str) -> bool:
        """Whether a bare name without a preposition is that of a power told of in a report from elsewhere.

        "The withdrawal of Washington", in a report from Syria, tells of no event in Washington.
        """
        if mention.flags or mention.class_first >= 0 or mention.country or any(e.country == main for e in mention.candidates):
            return False
        return any(e.kind == "country" or self._capital(e, mention) for e in mention.candidates)

    def _stays(
        self, mention: PlaceMention, countries: set[str], told: Counter[str], marked: bool, lands: Collection[str]
    ) -> bool:
        """Whether a name without a class word, marked as a place or not, is enough of a place name in this report.

        The lands of its parties speak for great names alone, the countries that it tells for all.
        """
        entries = mention.candidates
        if mention.class_first >= 0 or mention.country or not entries or "site_name" in mention.flags:
            return True
        if entries[0].kind == "country":
            return True
        near = any(e.country in countries or (e.country in lands and e.kind in _KNOWN_ABROAD) for e in entries)
        if mention.form in self.words.news_names or self.words.article + mention.form in self.words.news_names:
            whole = " " in mention.form  # "South Lebanon" is no other word
            return marked or near or whole or bool(mention.flags) or any(e.kind == "city" for e in entries)
        if mention.last > mention.first:
            return near or (marked and any(prominent(e) for e in entries))
        theirs = marked and entries[0].kind == "city" and entries[0].country in lands
        supported = theirs or any(told[e.country] > 1 for e in entries)
        if len(mention.form) <= _SHORT and not (marked and near):
            return False
        if famous(entries):
            great = any(e.population >= _GREATEST_CITY for e in entries)
            return marked or supported or great or bool(mention.flags)
        large = any(prominent(e) for e in entries)
        bare = len(mention.form) > _SHORT and not mention.form.startswith(self.words.article)
        if marked and large and bare and mention.form not in self.words.common_words and len({e.country for e in entries}) == 1:
            return True  # "in Atbara", in a short report that does not name the country: there is no other
        return near and supported and (marked or large)
