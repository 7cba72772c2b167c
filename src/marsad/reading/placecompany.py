"""The company of place names: bearings before them, and what makes them no places of events."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from marsad.lexicon.clitics import splits
from marsad.reading.placeforms import CLOSING, OPENING, PlaceForms, famous, prominent
from marsad.reading.placemention import PlaceMention
from marsad.text.tokens import Text

__all__ = ["Company"]

_SHORT = 4
_GREATEST_CITY = 1_000_000
_HASH = "#"
_DATELINE_MARKS = frozenset(["-", "–", "—", "(", "/", ":", "\u0640"])


class Company:
    """Judgement of mentions by the words around them and by the report as a whole."""

    def __init__(self, forms: PlaceForms) -> None:
        self.forms, self.words = forms, forms.words
        roles = forms.words.roles
        self.bearing, self.near, self.prepositions, self.of = roles["bearing"], roles["near"], roles["in"], roles["of"]
        self.company = {role: roles[role] for role in ("org", "source", "site", "person", "time")}
        self.say = roles["say"]

    def judge(self, text: Text, mention: PlaceMention) -> PlaceMention:
        tokens = text.tokens
        head = mention.class_first if mention.class_first >= 0 else mention.first
        flags = set(mention.flags)
        position = head - 1
        while position >= 0 and tokens[position].form in OPENING:
            position -= 1
        bearing_first = site_first = -1
        located = mention.located or (head > 0 and tokens[head - 1].form == _HASH)
        proclitic = tokens[head].form[: len(tokens[head].form) - len(mention.form.split(" ")[0])] if head == mention.first else ""
        if proclitic.endswith(self.words.attached):
            located = True
        steps = 0
        while position >= 0 and tokens[position].kind == "w" and steps < 4 and not proclitic:
            bases = self.forms.bases(tokens[position].form)
            if bases & self.bearing or bases & self.near:
                bearing_first = position
            elif not (
                tokens[position].form in self.of
                and position
                and self.forms.bases(tokens[position - 1].form) & (self.bearing | self.near)
            ):
                break
            position -= 1
            steps += 1
        bearing, bearing_start = None, -1
        if bearing_first >= 0:
            stop = head - 1
            while stop > bearing_first and (tokens[stop].kind != "w" or tokens[stop].form in self.of):
                stop -= 1
            bearing_end = tokens[stop].end
            core = self._bearing_cut(tokens[bearing_first].form)
            bearing_start = text.inside(tokens[bearing_first], core, len(tokens[bearing_first].form))[0]
            bearing = text.source[bearing_start:bearing_end]
            located = True
        if position >= 0 and tokens[position].kind == "w" and tokens[position].sentence == tokens[mention.first].sentence:
            bases = self.forms.bases(tokens[position].form)
            if bases & self.prepositions:
                located = True
            if (
                located
                and position
                and not mention.candidates
                and self.forms.bases(tokens[position - 1].form) & self.words.roles["org_in"]
            ):
                flags.add("org")
            if not located:
                for role, forms in self.company.items():
                    if bases & forms:
                        flags.add("site_name" if role == "site" else role)
                        site_first = position if role in ("site", "source") else site_first
        if not located and self._metonym(text, mention, position):
            flags.add("metonym")
        if self._dateline(text, mention):
            flags.add("dateline")
        return replace(
            mention, bearing=bearing, bearing_start=bearing_start, located=located, flags=frozenset(flags), site_first=site_first
        )

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
        for position in (before, after):
            if 0 <= position < len(tokens) and tokens[position].kind == "w":
                form = tokens[position].form
                for bare in (form, *(b for b in self.forms.bases(form))):
                    if bare in self.say:
                        return True
                    if bare[-1:] in self.words.feminine_end and (
                        bare[:-1] in self.say or bare[:-1] + self.words.weak_end in self.say
                    ):
                        return True
                    if bare[:1] in self.words.feminine_start and self.words.present + bare[1:] in self.say:
                        return True
        return False

    def _dateline(self, text: Text, mention: PlaceMention) -> bool:
        if mention.first > 3 or mention.located:
            return False
        after = mention.last + 1
        if after >= len(text.tokens):
            return False
        return text.tokens[after].form in _DATELINE_MARKS

    def whole_tag(self, text: Text, mention: PlaceMention) -> bool:
        """A hashtag of several words is one name: a place inside a longer one ("#rain_in_X") is none."""
        head = mention.class_first if mention.class_first >= 0 else mention.first
        start, end = text.tokens[head].start, text.tokens[mention.last].end
        return "_" not in (text.source[start - 1 : start], text.source[end : end + 1])

    def weed(self, text: Text, mentions: list[PlaceMention]) -> list[PlaceMention]:
        """Leave out weak names: villages without a marked place whose country the report does not otherwise tell."""
        countries = {m.country for m in mentions if m.country}
        told = Counter[str]()
        for _, code in {(m.form, m.candidates[0].country) for m in mentions if m.candidates and prominent(m.candidates[0])}:
            told[code] += 1
            countries.add(code)
        for token in text.tokens:
            nationality = self.words.nationalities.get(token.form)
            if nationality:
                countries.add(nationality)
                told[nationality] += 2
        return [m for m in mentions if self._stays(m, countries, told)]

    def _stays(self, mention: PlaceMention, countries: set[str], told: Counter[str]) -> bool:
        """Whether a name without a class word is enough of a place name in this report."""
        entries = mention.candidates
        if mention.class_first >= 0 or mention.country or not entries or "site_name" in mention.flags:
            return True
        if entries[0].kind == "country":
            return True
        near = any(e.country in countries for e in entries)
        if mention.form in self.words.news_names or self.words.article + mention.form in self.words.news_names:
            return mention.located or near or bool(mention.flags) or any(e.kind == "city" for e in entries)
        if mention.last > mention.first:
            return near or (mention.located and any(prominent(e) for e in entries))
        supported = any(told[e.country] > 1 for e in entries)
        if len(mention.form) <= _SHORT and not (mention.located and near):
            return False
        if famous(entries):
            great = any(e.population >= _GREATEST_CITY for e in entries)
            return mention.located or supported or great or bool(mention.flags)
        return near and supported and (mention.located or any(prominent(e) for e in entries))
