"""Names after class words ("the town of", "the quarters of"): known ones, and unknown ones by where they stop."""

from __future__ import annotations

from marsad.gazetteer import Entry
from marsad.reading.placeforms import CLOSING, OPENING, PlaceForms
from marsad.reading.placemention import PlaceMention
from marsad.reading.placenouns import NameWords
from marsad.reading.placeroads import far_end
from marsad.reading.placewords import ClassWord
from marsad.record import replace
from marsad.text.tokens import Text

__all__ = ["ClassNames"]

_HASH = "#"
_LIST = frozenset({"list"})
_CALLED = frozenset({"city", "town"})  # towns are called cities
_SETTLED = frozenset({"village", "town"})
_DATED = frozenset({"neighbourhood", "town", "city"})
_KEPT = frozenset({"keep", "weak", "leads", "own"})
_SHY = frozenset({"weak", "leads"})  # kept before known and definite names only
_SERVED, _DISTRICT = frozenset({"village", "town", "city"}), "district"  # of which a district has the name of its seat
_LIST_MARKS = frozenset(",،؛")
_LOOSELY_NAMED = frozenset({"village", "town", "city", "subdistrict", "district", "governorate", "country"})


class ClassNames(NameWords):
    """Recognition of what a class word announces."""

    def __init__(self, forms: PlaceForms) -> None:
        super().__init__(forms)
        roles = forms.words.roles
        self.this_or_last, self.prepositions = roles["this_or_last"], roles["in"]
        self.adjective, self.via, self.capital_adjective = roles["adjective"], roles["via"], roles["capital_adjective"]
        self.site_adjectives, self.common = roles["site_adjective"], roles["common"]
        self.road, self.public, self.having, self.numbered = (roles[r] for r in ("road", "public", "having", "numbered"))
        self.company = [roles[role] for role in ("org", "source", "site", "time")]

    def find(self, text: Text, index: int, readings: tuple[tuple[int, ClassWord, bool], ...]) -> list[PlaceMention] | None:
        cut, word, definite = readings[0]
        whole = self._whole(text, index, word) if not definite and word.joins != "site" else None
        if whole is not None:
            return [whole]
        numbered = self._numbered(text, index, cut, word.kind)
        if numbered is not None or word.joins == "numbered":
            return [numbered] if numbered else None
        if definite and not word.loose:
            return None
        if self._otherwise(text, index, word.bare):
            return None  # a verb that is written like the class word but for its hamza
        if word.joins in _SHY and index and text.tokens[index - 1].form in self.via:
            return None  # "by way of"
        if word.joins == "site":
            return self._site(text, index, cut, word)
        tokens, position = text.tokens, index + 1
        while position < len(tokens) and (tokens[position].form in OPENING or tokens[position].form == _HASH):
            position += 1
        if position >= len(tokens):
            return None
        inner = self.words.classes(tokens[position].form) if word.joins == "cut" and word.number == "s" else ()
        numbered = self._numbered(text, position, inner[0][0], word.kind) if inner else None
        if numbered is not None:
            return [numbered.announced(index, word.kind)]
        dated = self._dated(text, position) if word.joins == "cut" and word.number == "s" and word.kind in _DATED else None
        if dated is not None:
            return [dated.announced(index, word.kind)]
        if tokens[position].kind != "w":
            return None
        if self._otherwise(text, position, tokens[position].form):
            return None  # "the police of the capital, for ..."
        if self._class_again(text, position):
            return None
        if word.bare in self.road and tokens[position].form in self.words.roles["day"]:
            return None  # "by the side of a road on Monday"
        described = self._described(text, position, definite) if word.loose else position
        if described > position:
            position = described
            if position >= len(tokens) or tokens[position].kind != "w" or tokens[position].form in self.stop:
                return None
        elif word.loose and definite and self._region(text, position):
            position += 1
        name = self._name_at(text, position, word)
        if name is None or (index and self._no_name(text, index, cut, word, name)):
            return None
        if tokens[position - 1].form == _HASH and word.joins == "keep?":
            # "The #Gaza Strip": the name holds the class word, and the hash stands inside it.
            strip = self.forms.mention(text, index, name.last, cut, word.kind, class_first=index, located=True)
            entries = self.gazetteer.named(strip.form)
            if entries:
                return [replace(strip, kind=entries[0].kind, class_first=-1, candidates=entries)]
        if word.joins == "known" and name.form in self.words.homographs and not self._in_unit(text, name):
            return None  # two words that are usually others ("peaceful, of the people")
        likely = word.joins == "likely" and self.forms.unknown(tokens[position].form)
        if word.joins in ("known", "likely") and not name.candidates and not likely:
            return None
        if word.joins in _KEPT:
            if (definite and not word.loose) or (word.joins in _SHY and not name.candidates and not self._proper(text, name)):
                return None
            last = self._stretch(text, name.last)
            if word.bare in self.road:
                end, entries = far_end(self.forms, text, last)
                if end > last:  # it lies in neither of both, but in their country
                    road = self.forms.mention(text, index, end, cut, word.kind, class_first=index, located=True)
                    lands = {e.country for e in name.candidates} & {e.country for e in entries}
                    return [replace(road, country=lands.pop() if len(lands) == 1 else None)]
            served = self._served(text, name) if word.joins == "leads" and last == name.last else ()
            if served:
                near = text.source[tokens[index].start : tokens[index].end][cut:]
                town = replace(name, candidates=served, bearing=near, bearing_start=tokens[index].start + cut)
                return [town.announced(index, served[0].kind)]
            if word.joins == "own" and last == name.last and self._own(name):
                return [name.announced(index, word.kind)]
            if word.kind == "site" and self._qualified(text, last + 1):
                last += 1
            whole_name = self.forms.mention(text, index, last, cut, word.kind, class_first=index, located=True)
            if position > index + 1 and last + 1 < len(tokens) and tokens[last + 1].form in CLOSING:
                end = tokens[last + 1].end  # a mark that was opened inside the name
                whole_name = replace(whole_name, end=end, name=text.source[whole_name.start : end])
            exact = self.gazetteer.named(whole_name.form)
            return [replace(whole_name, candidates=exact, inner=name.candidates)]
        first = name.announced(index, word.kind)
        if word.number == "s":
            return [first]
        return self._list(text, first, word)

    def _in_unit(self, text: Text, name: PlaceMention) -> bool:
        """Whether a known name, no adjective, is told to lie somewhere ("the locality of X in Y")."""
        plain = bool(name.candidates) and not name.form.endswith(self.words.adjective_she)
        return plain and self._placed(text, name.last + 1)

    def _served(self, text: Text, name: PlaceMention) -> tuple[Entry, ...]:
        """The settlements that a name behind a word for a road or port can be; none for the first end of two ("road X - Y")."""
        follows = text.forms[name.last + 1] if name.last + 1 < len(text.forms) else ""
        if (follows and follows in self.words.roles["dash"]) or self._generic(name.form):
            return ()
        settled = tuple(e for e in name.candidates if e.kind in _SERVED)
        return settled or tuple(e for e in name.candidates if e.kind == _DISTRICT)

    def _own(self, name: PlaceMention) -> bool:
        """Whether a name that no gazetteer has is that of a site alone, and no other word ("the airport and an installation")."""
        return not name.candidates and not name.inner and self.forms.rare(name.form.split(" ")[0])

    def _otherwise(self, text: Text, index: int, form: str) -> bool:
        """Whether a token is spelled as another word than the name or class word that its folded form may be."""
        rule, token = self.words.homographs.get(form), text.tokens[index]
        return rule is not None and bool(rule[2]) and text.source.endswith(rule[2], token.start, token.end)

    def _described(self, text: Text, index: int, definite: bool) -> int:
        """The first token behind the adjectives that stand between a class word and its name ("the provisional Yemeni capital X")."""
        tokens, past = text.tokens, index
        while past < len(tokens) and (
            tokens[past].form in self.words.nationalities or (definite and tokens[past].form in self.capital_adjective)
        ):
            past += 1
        if past > index:
            while past < len(tokens) and (tokens[past].form in OPENING or tokens[past].form == _HASH):
                past += 1
        return past

    def _region(self, text: Text, index: int) -> bool:
        """Whether the adjective of a region stands before the name of its capital ("the Chechen capital Grozny")."""
        form = text.tokens[index].form
        adjective = form.startswith(self.words.article) and form.endswith(self.words.adjective_she)
        if not adjective or self.forms.match(text, index) is not None or index + 1 >= len(text.tokens):
            return False
        return self.forms.match(text, index + 1, cut_allowed=False) is not None

    def _whole(self, text: Text, index: int, word: ClassWord) -> PlaceMention | None:
        """A name of the gazetteer that begins with the class word ("the Gaza Strip"): it is one name."""
        whole = self.forms.match(text, index)
        if whole is None or whole[0] == index:
            return None
        last, cut, _, entries = whole
        if word.joins == "cut":
            rest = self.forms.match(text, index + 1, cut_allowed=False)
            # "The city of X" is one more name of X in the sources, of whichever X they list so.
            if rest is not None and (rest[0] > last or (rest[0] == last and word.kind in _LOOSELY_NAMED)):
                return None
            said = all(e.kind == word.kind or {e.kind, word.kind} == _CALLED for e in entries)
            if (rest is not None and rest[0] == last) or said or all(e.kind == "site" for e in entries):
                # The camp of X is not the X of another country; its name is told without the class word.
                return self.forms.mention(
                    text, index + 1, last, 0, word.kind, class_first=index, candidates=entries, located=True
                )
        if word.kind == "site" and all(e.kind == "site" for e in entries):
            last += self._qualified(text, last + 1)
            return self.forms.mention(text, index, last, cut, word.kind, class_first=index, candidates=entries, located=True)
        return self.forms.mention(text, index, last, cut, entries[0].kind, candidates=entries, located=True)

    def _site(self, text: Text, index: int, cut: int, word: ClassWord) -> list[PlaceMention] | None:
        """The name of a building or institution ("hospital of X"): a site, and no place of settlements."""
        tokens, position = text.tokens, index + 1
        if position >= len(tokens) or tokens[position].kind != "w" or tokens[position].form in self.stop:
            return None
        form = tokens[position].form
        if self._class_again(text, position):
            return None  # "the mosque of the quarter of X"
        match = self.forms.match(text, position, cut_allowed=False)
        if match is None and (
            not form.startswith(self.words.article) or form in self.descriptive or form in self.words.nationalities
        ):
            return None
        last = match[0] if match else position
        if last + 1 < len(tokens) and (tokens[last + 1].form in self.adjective or self._qualified(text, last + 1)):
            last += 1
        inner = match[3] if match else ()
        site = self.forms.mention(
            text, index, last, cut, word.kind, class_first=index, located=True, flags=frozenset({"site_name"})
        )
        return [replace(site, candidates=self.gazetteer.named(site.form), inner=inner)]

    def _qualified(self, text: Text, index: int) -> bool:
        """Whether an adjective of a site's name stands at a token ("the military airport of"), and no word for a year ("last year")."""
        if index >= len(text.tokens) or text.tokens[index].form not in self.site_adjectives:
            return False
        return index + 1 == len(text.tokens) or text.tokens[index + 1].form not in self.this_or_last

    def _dated(self, text: Text, index: int) -> PlaceMention | None:
        """A quarter or town named after a day or month ("the quarter of the 8th of March", "the quarter of May")."""
        tokens = text.tokens
        last = index + 1 if tokens[index].kind == "n" and index + 1 < len(tokens) else index
        if tokens[last].kind != "w" or tokens[last].form not in self.words.months:
            return None
        return self.forms.mention(text, index, last, 0, None)

    def _numbered(self, text: Text, index: int, cut: int, kind: str) -> PlaceMention | None:
        """A place whose name is a word and a number ("Kilo 16"), or None; ``cut``: letters before the word without its article."""
        tokens, article = text.tokens, self.words.article
        if index + 1 >= len(tokens) or tokens[index + 1].kind != "n" or tokens[index].form[cut:] not in self.numbered:
            return None
        if tokens[index].form[:cut].endswith(article):
            cut -= len(article)  # it is written with the name
        return self.forms.mention(text, index, index + 1, cut, kind, located=True)

    def _class_again(self, text: Text, index: int) -> bool:
        """Whether the next word is itself a class word that is cut off ("the market of the town of X"): the name is its."""
        readings = self.words.classes(text.tokens[index].form)
        if not readings or readings[0][0] or readings[0][2] or readings[0][1].joins != "cut":
            return False
        known = self.forms.match(text, index, cut_allowed=False)
        if known is None or known[0] == index or self._known_rest(text, index, known[0]):
            return True
        return all(e.kind == "neighbourhood" for e in known[3])  # "the market of Sadr City"

    def _known_rest(self, text: Text, index: int, last: int) -> bool:
        """Whether what follows a class word is a known name by itself ("city of X" beside "X")."""
        rest = self.forms.match(text, index + 1, cut_allowed=False)
        return rest is not None and rest[0] >= last

    def _proper(self, text: Text, name: PlaceMention) -> bool:
        return name.form.startswith(self.words.article) and not self._adjective_like(text, name.first)

    def _definite(self, form: str, word: ClassWord) -> bool:
        """Whether a direction behind a name can tell one village from the other of that name ("Eastern X"), as it does a definite one."""
        return word.kind in _SETTLED and form.startswith(self.words.article)

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
            match = self.forms.match(text, index, cut_allowed=False)
        else:
            match = self.forms.match(text, index)
            if match is not None and match[1] != cut:
                match = None
        form = token.form[cut:]
        if form == self.words.article and index + 1 < len(tokens) and tokens[index + 1].kind == "n":
            return None  # "the area of the 18 kilometres"
        if word.number == "p" and index and self._generic(form):
            return None  # "towns of the country", "quarters of the city"
        if form in self.common and index + 1 < len(tokens) and tokens[index + 1].form in self.direction:
            return None  # "the airport of the southern city"
        adjective = form in self.words.homographs and form.endswith((*self.words.adjective_he, *self.words.adjective_she))
        if match is not None and match[0] == index and adjective and word.kind in ("site", "area"):
            match = None
        if self.forms.adverb(text, token):
            return None
        if word.number == "s" and word.kind in _SETTLED and self._forename(text, index):
            return self.forms.mention(text, index, index + 1, cut, word.kind)
        if word.joins == "cut" and word.kind in ("site", "area") and not self.company[0].isdisjoint(self.forms.bases(form)):
            return None  # the camp of a brigade
        quoted = index > 0 and tokens[index - 1].form in OPENING and not self._closes(text, index - 1)
        if match is not None and (match[0] > index or not (form in self.head and self._more(text, index))):
            last = match[0]
            if last == index and form in self.stop and (form not in self.words.homographs or word.kind in ("site", "area")):
                return None
            if last == index and word.kind == "area" and form in self.bearing and not self._told(text, match[3]):
                return self.forms.mention(text, index, last, cut, word.kind)  # "the areas of the south", not a province so called
            if last == index and not quoted and form in self.words.nationalities and word.kind != "country":
                return None
            if last + 1 < len(tokens) and (
                tokens[last + 1].form in self.adjective
                or (last == index and self._name_like_preposition(text, last + 1))
                or (word.number == "s" and word.kind in _SETTLED and self._lengthened(text, index, last))
            ):
                longer = self.forms.mention(text, index, last + 1, cut, word.kind)
                return replace(longer, candidates=self.gazetteer.named(longer.form), inner=match[3])
            return self.forms.mention(text, index, last, cut, word.kind, candidates=match[3])
        if not quoted and (form in self.stop or form in self.common or form in self.descriptive or form in self.direction):
            return None
        if not quoted and (form in self.words.nationalities or len(form) < 2 or form in self.say):
            return None
        if form in self.having and index + 1 < len(tokens) and tokens[index + 1].form in self.words.common_words and not quoted:
            return None  # "a mountain of strategic importance"
        # "The Mount of the Net", "the bridge of the Free": names that are words of the news.
        peak = (word.joins == "keep" and word.kind == "area") or word.bare in self.public
        peak = peak and form.startswith(self.words.article)
        if not quoted and not peak and any(self.forms.bases(form) & forms for forms in self.company):
            return None
        if not quoted and not form.startswith(self.words.article) and form not in self.head and not self._lone(text, index, word):
            # Indefinite adjectives describe the class word ("a residential quarter", "a military site").
            if form.endswith(self.words.adjective_she) and len(form) > 4 and word.kind in ("site", "area"):
                return None
            feminine = word.bare.endswith(self.words.feminine_mark)
            if form.endswith(self.words.adjective_he) and len(form) > 3 and word.kind in ("site", "area") and not feminine:
                return None
        last = index
        if quoted:
            while last + 1 < len(tokens) and tokens[last + 1].kind == "w" and last - index < 4:
                last += 1
            if not (last + 1 < len(tokens) and tokens[last + 1].form in CLOSING):
                last = index
        else:
            while tokens[last].form[cut if last == index else 0 :] in self.head and self._more(text, last) and last - index < 3:
                last += 1
            if last == index and not form.startswith(self.words.article) and self._idafa(text, index + 1):
                common = form in self.words.common_words or self._attached_common(form)
                if common and not (word.number == "s" and self._rare_behind(form, tokens[index + 1].form)):
                    return None
                last += 1
            if last == index and self._common_noun(form, word, text, last):
                return None
            small = word.number == "s" and word.kind in _SETTLED
            if last == index and word.joins == "cut" and (self._foreign(text, index) or (small and self._longer(text, index))):
                last += 1
            if last == index and form in self.head and form in self.words.homographs and not form.startswith(self.words.article):
                return None  # "of" in "a quarter of a majority"
            if last + 1 < len(tokens) and (
                tokens[last + 1].form in self.adjective
                or (last == index and self._name_like_preposition(text, last + 1))
                or (
                    tokens[last + 1].form in self.direction
                    and word.number == "s"
                    and (last > index or self._definite(form, word))
                )
            ):
                last += 1
        mention = self.forms.mention(text, index, last, cut, word.kind)
        exact = self.gazetteer.named(mention.form) if last > index else ()
        return replace(mention, candidates=exact) if exact else mention

    def _list(self, text: Text, first: PlaceMention, word: ClassWord) -> list[PlaceMention]:
        """The other names under a dual or plural class word: joined by commas and "and"."""
        tokens, found, position = text.tokens, [first.announced(first.class_first, first.kind, _LIST)], first.last + 1
        conjunction = self.words.conjunction
        limit = 2 if word.number == "d" else 20
        while position < len(tokens) and len(found) < limit:
            while position < len(tokens) and tokens[position].form in CLOSING:
                position += 1
            if position >= len(tokens):
                break
            token, cut = tokens[position], 0
            if token.form in _LIST_MARKS and position + 1 < len(tokens):
                position += 1
                token = tokens[position]
            elif not (token.kind == "w" and token.form.startswith(conjunction) and len(token.form) > 3):
                break
            if token.form in OPENING:
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
            if not name.candidates and self.forms.bases(name.form.split(" ")[0]) & (self.prepositions | self.stop):
                break
            found.append(name.announced(first.class_first, name.kind, _LIST))
            position = name.last + 1
        return found
