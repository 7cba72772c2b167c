"""Toponyms: every place name of a text, known to a gazetteer or told to be one by a class word.

``find`` gives mentions in text order. The span of a mention is the bare name: proclitics ("in", "and") and a class word
that is no part of the name ("the town of") are cut off. Mentions that are part of another name or stand for a government
are kept and flagged, so that later steps can use them as context without taking them for places of events.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from marsad.gazetteer import Entry, Gazetteer, default
from marsad.lexicon.clitics import splits
from marsad.reading.placewords import ClassWord, PlaceWords, place_words
from marsad.text.tokens import Text, Token

__all__ = ["NO_EVENT_PLACE", "PlaceMention", "find"]

NO_EVENT_PLACE = frozenset({"metonym", "org", "source", "person", "time", "dateline", "site_name"})
_OPEN = frozenset("\"'«“‘([‹")
_CLOSE = frozenset("\"'»”’)]›")
_PROMINENT_CITY = 40_000
_GREAT_CITY = 400_000
_SHORT = 4
_CHOSEN = "marsad:"
_HASH = "#"
_DEFINITE_LEAST = 4
_LIST_MARKS = frozenset(",،؛")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name in a text.

    Attributes:
        first, last: token indices of the bare name, both included.
        start, end: source offsets of the bare name.
        name: the name as written, ``source[start:end]``.
        form: the folded name.
        kind: class of the claims vocabulary, from the class word or else the gazetteer; None if unknown.
        class_first: token index of the class word before the name, or -1.
        bearing: direction and nearness words before the name as written, or None.
        bearing_start: source offset of these, or -1.
        candidates: gazetteer places of this name, strongest first; empty for a name that is in no gazetteer.
        inner: for a name made of a class word and a place ("the countryside of X"), the candidates of that place.
        country: code told by the name itself (a demonym: "the Syrian border"), or None.
        located: whether a preposition, class word or bearing marks it as a place where something is.
        flags: why the mention is no place of an event: ``metonym``, ``org``, ``source``, ``person``, ``time``,
            ``dateline``, ``site_name``; and ``list`` for members of a list under one class word.
        site_first: token index of the site noun ("hospital") before a name that is part of a site's name, or -1.
    """

    first: int
    last: int
    start: int
    end: int
    name: str
    form: str
    kind: str | None
    class_first: int = -1
    bearing: str | None = None
    bearing_start: int = -1
    candidates: tuple[Entry, ...] = ()
    inner: tuple[Entry, ...] = ()
    country: str | None = None
    located: bool = False
    flags: frozenset[str] = frozenset()
    site_first: int = -1

    @property
    def event_place(self) -> bool:
        """Whether the mention can be the place of an event."""
        return not self.flags & NO_EVENT_PLACE


def find(text: Text, gazetteer: Gazetteer | None = None, language: str = "ar") -> list[PlaceMention]:
    """All place names of a text, in order, without overlap.

    Args:
        text: the text.
        gazetteer: where names are looked up; the packaged one by default.
        language: code of the language pack.
    """
    return _finder(gazetteer or default(), language).find(text)


_FINDERS: dict[tuple[int, str], _Finder] = {}


def _finder(gazetteer: Gazetteer, language: str) -> _Finder:
    key = (id(gazetteer), language)
    known = _FINDERS.get(key)
    if known is None or known.gazetteer is not gazetteer:
        if len(_FINDERS) > 8:
            _FINDERS.clear()
        known = _FINDERS[key] = _Finder(gazetteer, place_words(language))
    return known


class _Finder:
    """Recognition with one gazetteer; keeps what it learned about word forms."""

    def __init__(self, gazetteer: Gazetteer, words: PlaceWords) -> None:
        self.gazetteer = gazetteer
        self.words = words
        roles = words.roles
        self.bearing, self.near, self.prepositions = roles["bearing"], roles["near"], roles["in"]
        self.stop, self.head = roles["stop"], roles["head"]
        self.adjective, self.direction, self.descriptive = roles["adjective"], roles["direction"], roles["descriptive"]
        self.company = {role: roles[role] for role in ("org", "source", "site", "person", "time")}
        self.site_adjectives = roles["site_adjective"]
        self.common, self.say = roles["common"], roles["say"]
        self._starts: dict[str, tuple[tuple[int, str, int, str], ...]] = {}
        self._bases: dict[str, frozenset[str]] = {}
        self._promising: dict[str, bool] = {}

    # -- word forms ---------------------------------------------------------------------------------------------

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

    def _promise(self, form: str) -> bool:
        """Whether a form can begin a mention at all; learned once per form."""
        if len(self._promising) > 200_000:
            self._promising.clear()
        promise = bool(self.words.classes(form) or form in self.words.nationalities or self.starts(form))
        self._promising[form] = promise
        return promise

    # -- the pass over the text ---------------------------------------------------------------------------------

    def find(self, text: Text) -> list[PlaceMention]:
        tokens, found, index = text.tokens, list[PlaceMention](), 0
        classes, starts, promising = self.words.classes, self.starts, self._promising
        while index < len(tokens):
            token = tokens[index]
            form = token.form
            if token.kind == "w" and (promising[form] if form in promising else self._promise(form)):
                if readings := classes(form):
                    group = self._after_class(text, index, readings)
                    if group:
                        found += group
                        index = group[-1].last + 1
                        continue
                if starts(form):
                    mention = self._known(text, index)
                    if mention is not None:
                        found.append(mention)
                        index = mention.last + 1
                        continue
                if form in self.words.nationalities and index:
                    mention = self._by_demonym(text, index)
                    if mention is not None and (not found or found[-1].last < mention.first):
                        found.append(mention)
            index += 1
        return self._weed(text, [self._judge(text, mention) for mention in found if self._whole_tag(text, mention)])

    def _whole_tag(self, text: Text, mention: PlaceMention) -> bool:
        """A hashtag of several words is one name: a place inside a longer one ("#rain_in_X") is none."""
        head = mention.class_first if mention.class_first >= 0 else mention.first
        start, end = text.tokens[head].start, text.tokens[mention.last].end
        return "_" not in (text.source[start - 1 : start], text.source[end : end + 1])

    def _match(self, text: Text, index: int, *, cut_allowed: bool = True) -> tuple[int, int, str, tuple[Entry, ...]] | None:
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

    def _mention(self, text: Text, first: int, last: int, cut: int, kind: str | None, **more: object) -> PlaceMention:
        start = text.inside(text.tokens[first], cut, len(text.tokens[first].form))[0]
        end = text.tokens[last].end
        form = " ".join([text.tokens[first].form[cut:], *(t.form for t in text.tokens[first + 1 : last + 1] if t.kind != "p")])
        return PlaceMention(first, last, start, end, text.source[start:end], form, kind, **more)  # type: ignore[arg-type]

    def _known(self, text: Text, index: int) -> PlaceMention | None:
        """A known name without a class word."""
        match = self._match(text, index)
        if match is None:
            return None
        last, cut, form, entries = match
        token = text.tokens[index]
        if self._adverb(text, token):
            return None
        if last > index and form in self.words.homographs:
            return None
        if last == index:
            proclitic = token.form[:cut]
            rule = self.words.homographs.get(form)
            if rule is None and cut == 0 and token.form.startswith(self._article()):
                rule = None
            if rule is not None:
                after, written = rule
                raw = text.source[token.start : token.end]
                marked = self._after_preposition(text, index) or bool(proclitic)
                if not (any(raw.endswith(w) for w in written) or (after and marked and not proclitic)):
                    return None
            if len(form) < 3 and not any(e.kind in ("country", "governorate") for e in entries):
                return None
            if cut and token.form in self.stop:
                return None
        return self._mention(text, index, last, cut, entries[0].kind, candidates=entries)

    def _adverb(self, text: Text, token: Token) -> bool:
        """Whether a word is written with the accusative ending of an adverb; names of places have none."""
        return text.source[token.start : token.end].endswith(self.words.adverb_ends)

    def _article(self) -> str:
        return self.words.article

    def _after_preposition(self, text: Text, index: int) -> bool:
        if not index:
            return False
        before = text.tokens[index - 1]
        if before.form in _OPEN and index > 1:
            before = text.tokens[index - 2]
        bases = self.bases(before.form)
        return bool(bases & self.prepositions or bases & self.bearing or bases & self.near)

    # -- names after class words --------------------------------------------------------------------------------

    def _after_class(
        self, text: Text, index: int, readings: tuple[tuple[int, ClassWord, bool], ...]
    ) -> list[PlaceMention] | None:
        cut, word, definite = readings[0]
        # A name of the gazetteer that begins with the class word ("the Gaza Strip") is one name.
        whole = self._match(text, index)
        if whole is not None and whole[0] > index and not definite and not (word.joins == "cut" and self._known_rest(text, index, whole[0])):
            last, at, _, entries = whole
            return [self._mention(text, index, last, at, entries[0].kind, candidates=entries, located=True)]
        if definite and not word.loose:
            return None
        if word.joins == "site":
            return self._site(text, index, cut, word)
        tokens, position = text.tokens, index + 1
        while position < len(tokens) and tokens[position].form in _OPEN:
            position += 1
        if position >= len(tokens) or tokens[position].kind != "w":
            return None
        if word.loose and tokens[position].form in self.words.nationalities:
            position += 1
            if position >= len(tokens) or tokens[position].kind != "w":
                return None
        name = self._name_at(text, position, word)
        if name is None:
            return None
        if word.joins in ("keep", "weak"):
            if definite or (word.joins == "weak" and not name.candidates and not self._proper(text, name)):
                return None
            last = self._stretch(text, name.last)
            if word.kind == "site" and last + 1 < len(text.tokens) and text.tokens[last + 1].form in self.site_adjectives:
                last += 1
            whole_name = self._mention(text, index, last, cut, word.kind, class_first=index, located=True)
            exact = self.gazetteer.named(whole_name.form)
            return [replace(whole_name, candidates=exact, inner=name.candidates)]
        first = replace(name, class_first=index, located=True, kind=word.kind)
        if word.number == "s":
            return [first]
        return self._list(text, first, word)

    def _site(self, text: Text, index: int, cut: int, word: ClassWord) -> list[PlaceMention] | None:
        """The name of a building or institution ("hospital of X"): a site, and no place of settlements."""
        tokens, position = text.tokens, index + 1
        if position >= len(tokens) or tokens[position].kind != "w" or tokens[position].form in self.stop:
            return None
        form = tokens[position].form
        match = self._match(text, position, cut_allowed=False)
        if match is None and (not form.startswith(self._article()) or form in self.descriptive or form in self.words.nationalities):
            return None
        last = match[0] if match else position
        if last + 1 < len(tokens) and (tokens[last + 1].form in self.adjective or tokens[last + 1].form in self.site_adjectives):
            last += 1
        inner = match[3] if match else ()
        site = self._mention(text, index, last, cut, word.kind, class_first=index, located=True, flags=frozenset({"site_name"}))
        return [replace(site, candidates=self.gazetteer.named(site.form), inner=inner)]

    def _known_rest(self, text: Text, index: int, last: int) -> bool:
        """Whether what follows a class word is a known name by itself ("city of X" beside "X")."""
        rest = self._match(text, index + 1, cut_allowed=False)
        return rest is not None and rest[0] >= last

    def _proper(self, text: Text, name: PlaceMention) -> bool:
        return name.form.startswith(self._article()) and not self._adjective_like(text, name.first)

    def _stretch(self, text: Text, last: int) -> int:
        """Direction adjectives after an area's name belong to it ("the eastern countryside of X")."""
        tokens = text.tokens
        while last + 1 < len(tokens) and tokens[last + 1].form in self.direction:
            last += 1
        return last

    def _adjective_like(self, text: Text, index: int) -> bool:
        form = text.tokens[index].form
        return form in self.descriptive or form in self.stop or form in self.words.nationalities

    def _name_at(self, text: Text, index: int, word: ClassWord, *, cut: int = 0) -> PlaceMention | None:
        """A name that a class word announces: the longest known one, or as many words as look like a name."""
        tokens = text.tokens
        token = tokens[index]
        if token.kind != "w":
            return None
        if cut == 0:
            match = self._match(text, index, cut_allowed=False)
        else:
            match = self._match(text, index)
            if match is not None and match[1] != cut:
                match = None
        form = token.form[cut:]
        if self._adverb(text, token):
            return None
        quoted = index > 0 and tokens[index - 1].form in _OPEN
        if match is not None and (match[0] > index or not (form in self.head and self._more(text, index))):
            last = match[0]
            if last == index and form in self.stop and form not in self.words.homographs:
                return None
            if last == index and not quoted and form in self.words.nationalities and word.kind != "country":
                return None
            if last + 1 < len(tokens) and tokens[last + 1].form in self.adjective:
                longer = self._mention(text, index, last + 1, cut, word.kind)
                return replace(longer, candidates=self.gazetteer.named(longer.form), inner=match[3])
            return self._mention(text, index, last, cut, word.kind, candidates=match[3])
        if not quoted and (form in self.stop or form in self.common or form in self.descriptive or form in self.direction):
            return None
        if not quoted and (form in self.words.nationalities or len(form) < 2 or self._verb_like(form)):
            return None
        if not quoted and any(self.bases(form) & forms for role, forms in self.company.items() if role != "person"):
            return None
        if not quoted and not form.startswith(self._article()) and form not in self.head:
            # Indefinite adjectives describe the class word ("a residential quarter", "a military site").
            if form.endswith(self.words.adjective_she) and len(form) > 4:
                return None
            if form.endswith(self.words.adjective_he) and len(form) > 3 and word.kind in ("site", "area"):
                return None
        last = index
        if quoted:
            while last + 1 < len(tokens) and tokens[last + 1].kind == "w" and last - index < 4:
                last += 1
            if not (last + 1 < len(tokens) and tokens[last + 1].form in _CLOSE):
                last = index
        else:
            while tokens[last].form[cut if last == index else 0 :] in self.head and self._more(text, last) and last - index < 3:
                last += 1
            if last == index and not form.startswith(self._article()) and self._idafa(text, index + 1):
                if form in self.words.common_words:
                    return None
                last += 1
            if last == index and self._common_noun(form, word):
                return None
            if last + 1 < len(tokens) and (
                tokens[last + 1].form in self.adjective
                or (tokens[last + 1].form in self.direction and word.number == "s" and last > index)
            ):
                last += 1
        mention = self._mention(text, index, last, cut, word.kind)
        exact = self.gazetteer.named(mention.form) if last > index else ()
        return replace(mention, candidates=exact)

    def _common_noun(self, form: str, word: ClassWord) -> bool:
        """Whether a word that no gazetteer has is too frequent to be a name after this class word."""
        often = self.words.common_words.get(form)
        if often is None:
            return not form.startswith(self._article()) and self._attached_known(form)
        if word.joins == "keep" and form.startswith(self._article()):
            return False
        named_so = word.kind in ("neighbourhood", "village", "town", "city") and form.startswith(self._article())
        return often or not named_so

    def _attached_known(self, form: str) -> bool:
        """Whether a form is a preposition written together with a country or great city ("to Israel")."""
        return any(
            cut and _famous(self.gazetteer.named(word)) for cut, word, _, _ in self.starts(form) if self.gazetteer.named(word)
        )

    def _more(self, text: Text, index: int) -> bool:
        """Whether the next token may go on with a name."""
        tokens = text.tokens
        if index + 1 >= len(tokens) or tokens[index + 1].kind != "w":
            return False
        form = tokens[index + 1].form
        return not (form in self.stop or form in self.descriptive or self.words.classes(form) and form not in self.head)

    def _idafa(self, text: Text, index: int) -> bool:
        """Whether a definite noun at a token goes on with an indefinite first word of a name."""
        if index >= len(text.tokens) or text.tokens[index].kind != "w":
            return False
        form = text.tokens[index].form
        if not form.startswith(self._article()) or len(form) <= _DEFINITE_LEAST:
            return False
        if form in self.stop or form in self.descriptive or form in self.words.nationalities or form in self.direction:
            return False
        return not form.endswith(self.words.adjective_ends)

    def _verb_like(self, form: str) -> bool:
        return form in self.say

    def _list(self, text: Text, first: PlaceMention, word: ClassWord) -> list[PlaceMention]:
        """The other names under a dual or plural class word: joined by commas and "and"."""
        tokens, found, position = text.tokens, [replace(first, flags=frozenset({"list"}))], first.last + 1
        conjunction = self.words.conjunction
        limit = 2 if word.number == "d" else 20
        while position < len(tokens) and len(found) < limit:
            while position < len(tokens) and tokens[position].form in _CLOSE:
                position += 1
            if position >= len(tokens):
                break
            token, cut = tokens[position], 0
            if token.form in _LIST_MARKS and position + 1 < len(tokens):
                position += 1
                token = tokens[position]
            elif not (token.kind == "w" and token.form.startswith(conjunction) and len(token.form) > 3):
                break
            if token.form in _OPEN:
                position += 1
                if position >= len(tokens):
                    break
                token = tokens[position]
            if token.kind == "w" and token.form.startswith(conjunction):
                whole = self.gazetteer.named(token.form)
                cut = 0 if whole and tokens[position - 1].form in _LIST_MARKS else 1
                if token.form == conjunction and position + 1 < len(tokens):
                    position, cut = position + 1, 0
            if self.words.classes(tokens[position].form[cut:]) or tokens[position].form[cut:] in self.stop:
                break
            name = self._name_at(text, position, word, cut=cut)
            if name is None:
                break
            if not name.candidates and self.bases(name.form.split(" ")[0]) & (self.prepositions | self.stop):
                break
            found.append(replace(name, class_first=first.class_first, located=True, flags=frozenset({"list"})))
            position = name.last + 1
        return found

    # -- names made with a demonym ------------------------------------------------------------------------------

    def _by_demonym(self, text: Text, index: int) -> PlaceMention | None:
        """"The Syrian border", "the Yemeni lands", "the Libyan capital"."""
        before = text.tokens[index - 1]
        if before.kind != "w" or not text.tokens[index].form.startswith(self._article()):
            return None
        kinds = self.words.roles
        for role, kind in (("of_country", "country"), ("of_border", "area"), ("of_capital", "city")):
            for split in splits(before.form, self.words.language, enclitics=False):
                if split.definite and split.listed in kinds.get(role, ()):
                    country = self.words.nationalities[text.tokens[index].form]
                    cut = len(before.form) - len(split.listed) if before.form.endswith(split.listed) else split.start
                    mention = self._mention(text, index - 1, index, cut, kind, country=country, located=True)
                    if role == "of_capital":
                        capital = self.gazetteer.named(self.words.capitals.get(country, ""))
                        return replace(mention, candidates=tuple(e for e in capital if e.country == country and e.kind == "city"))
                    if role == "of_country":
                        return replace(mention, candidates=self._country(country))
                    return mention
        return None

    def _country(self, code: str) -> tuple[Entry, ...]:
        for entries in (self.gazetteer.named(name) for name in self.words.country_forms.get(code, ())):
            for entry in entries:
                if entry.kind == "country" and entry.country == code:
                    return (entry,)
        return ()

    # -- company and weeding ------------------------------------------------------------------------------------

    def _judge(self, text: Text, mention: PlaceMention) -> PlaceMention:
        tokens = text.tokens
        head = mention.class_first if mention.class_first >= 0 else mention.first
        flags = set(mention.flags)
        position = head - 1
        while position >= 0 and tokens[position].form in _OPEN:
            position -= 1
        bearing_first = site_first = -1
        located = mention.located or (head > 0 and tokens[head - 1].form == _HASH)
        proclitic = tokens[head].form[: len(tokens[head].form) - len(mention.form.split(" ")[0])] if head == mention.first else ""
        if proclitic.endswith(self._attached()):
            located = True
        steps = 0
        while position >= 0 and tokens[position].kind == "w" and steps < 4 and not proclitic:
            bases = self.bases(tokens[position].form)
            if bases & self.bearing or bases & self.near:
                bearing_first = position
            elif not (tokens[position].form in self._of() and position and self.bases(tokens[position - 1].form) & (self.bearing | self.near)):
                break
            position -= 1
            steps += 1
        bearing, bearing_start = None, -1
        if bearing_first >= 0:
            stop = head - 1
            while stop > bearing_first and (tokens[stop].kind != "w" or tokens[stop].form in self._of()):
                stop -= 1
            bearing_end = tokens[stop].end
            core = self._bearing_cut(tokens[bearing_first].form)
            bearing_start = text.inside(tokens[bearing_first], core, len(tokens[bearing_first].form))[0]
            bearing = text.source[bearing_start:bearing_end]
            located = True
        if position >= 0 and tokens[position].kind == "w" and tokens[position].sentence == tokens[mention.first].sentence:
            bases = self.bases(tokens[position].form)
            if bases & self.prepositions:
                located = True
            if not located:
                for role, forms in self.company.items():
                    if bases & forms:
                        flags.add("site_name" if role == "site" else role)
                        site_first = position if role in ("site", "source") else site_first
        if not located and self._metonym(text, mention, position):
            flags.add("metonym")
        if self._dateline(text, mention):
            flags.add("dateline")
        return replace(mention, bearing=bearing, bearing_start=bearing_start, located=located, flags=frozenset(flags), site_first=site_first)

    def _bearing_cut(self, form: str) -> int:
        for split in splits(form, self.words.language, enclitics=False):
            if split.core in self.bearing or split.core in self.near:
                return split.start
            if split.listed in self.bearing:
                return max(0, len(form) - len(split.listed))
        return 0

    def _attached(self) -> tuple[str, ...]:
        return self.words.attached

    def _of(self) -> frozenset[str]:
        return self.words.roles["of"]

    def _metonym(self, text: Text, mention: PlaceMention, before: int) -> bool:
        """A country or capital as the subject of a verb of will ("Damascus denied")."""
        if mention.kind not in ("country", "city", "governorate"):
            return False
        tokens = text.tokens
        after = mention.last + 1
        while after < len(tokens) and tokens[after].form in _CLOSE:
            after += 1
        for position in (before, after):
            if 0 <= position < len(tokens) and tokens[position].kind == "w":
                form = tokens[position].form
                for bare in (form, *(b for b in self.bases(form))):
                    if bare in self.say or (bare[-1:] in self.words.feminine_end and bare[:-1] in self.say):
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
        return text.tokens[after].form in ("-", "–", "—", "(", "/", ":", "ـ")

    def _weed(self, text: Text, mentions: list[PlaceMention]) -> list[PlaceMention]:
        """Leave out weak names: villages without a marked place whose country the report does not otherwise tell."""
        countries = {m.country for m in mentions if m.country}
        told = Counter[str]()
        for _, code in {(m.form, m.candidates[0].country) for m in mentions if m.candidates and _prominent(m.candidates[0])}:
            told[code] += 1
            countries.add(code)
        for token in text.tokens:
            nationality = self.words.nationalities.get(token.form)
            if nationality:
                countries.add(nationality)
                told[nationality] += 2
        kept = []
        for mention in mentions:
            if mention.class_first < 0 and mention.candidates and not mention.country and "site_name" not in mention.flags:
                entries = mention.candidates
                near = [e for e in entries if e.country in countries]
                near_codes = {e.country for e in near if told[e.country] > 1 and e.id.startswith("marsad") or e.kind == "city" and told[e.country] > 2}
                if not _prominent(entries[0]) and not near:
                    continue
                short = mention.first == mention.last and len(mention.form) <= _SHORT
                if short and not mention.located and not any(e.kind in ("country", "governorate") or e.country in near_codes for e in entries):
                    continue
                if mention.first == mention.last and not any(told[e.country] > 1 for e in entries) and not _famous(entries):
                    continue
                if mention.first == mention.last and not mention.located:
                    if not any(_prominent(e) or (e in near and e.id.startswith(_CHOSEN)) for e in entries):
                        continue
                    if entries[0].kind != "country" and told[entries[0].country] < 2 and entries[0].population < 1_000_000:
                        continue
            kept.append(mention)
        return kept


def _famous(entries: tuple[Entry, ...]) -> bool:
    """Whether a name stands for itself in a report of another country: a country, unit or great city."""
    return any(e.kind in ("country", "governorate") or e.population >= _GREAT_CITY for e in entries)


def _prominent(entry: Entry) -> bool:
    return entry.kind in ("country", "governorate") or entry.population >= _PROMINENT_CITY
