"""Scanning: the words of a text that may name a party, before it is known who they are.

One pass over the tokens. A head ("aircraft", "members") is followed through adjectives, links ("belonging to") and further
heads to the owner that tells whose they are; what stands between them is looked up, so that nothing else is stepped over.
"""

from __future__ import annotations

from marsad.reading.partyfound import QUOTES, Around, Found, Match
from marsad.reading.partywords import HEADS, PartyWords, Word
from marsad.text.tokens import Text

__all__ = ["scan"]

_STEPS = 9
_ACT = 3
_DASHES = frozenset("-–—ـ/")
_NAMES = frozenset(("name", "adj", "person"))
_OWNERS = frozenset(("name", "adj", "person", "owner", "role"))
_LOOSE = frozenset(("role", "owner", "attr", "epithet", "link"))
_BETWEEN = frozenset(("attr", "epithet", "link"))
_FLOWN = frozenset(("air", "ground"))  # heads for things, by which no party is called
_OWNED = _FLOWN | {"members", "unid"}  # heads that are told by whose they are
_COUNTRIES = frozenset(("country", "capital", "demonym"))
_BACKED = frozenset(("militia", "unid", "role"))
_PEOPLE = frozenset(("settlers", "civilians"))
_SORTS = {"members": "members", "unid": "members", "organ": "state"}
_KINDS = {"militia": "armed_group", "unid": "unidentified", "members": "armed_group", "group": "armed_group"}

Chain = list[tuple[Word, int]]


def scan(text: Text, words: PartyWords, published: str | None = None) -> tuple[list[Found], list[tuple[int, str]]]:
    """What a text names, in order and without overlap, and the countries it names with their token.

    Args:
        text: the report.
        words: the tables of its language.
        published: ISO day of publication, or None; on other days a weak name may be composed of other words.
    """
    scanner = _Scanner(text, words, published)
    scanner.run()
    return scanner.found, scanner.seen


class _Scanner:
    def __init__(self, text: Text, words: PartyWords, published: str | None) -> None:
        self._text = text
        self._words = words
        self._day = published
        self._around = Around(text, words)
        self.found: list[Found] = []
        self.seen: list[tuple[int, str]] = []
        self._behind = 0  # first token behind the last mention, where that is longer than its name
        self._placed = -2  # last token of the country told last as a place; what is joined to it is one too

    def run(self) -> None:
        tokens, behind = self._text.tokens, 0
        for index, match in self._around.starts.items():
            if index >= behind and tokens[index].kind == "w":
                behind = max(self._step(match) + 1, self._behind)

    def _step(self, match: Match) -> int:
        """Take what begins at a match; returns the last token that it uses."""
        by = match.value.by
        if "none" in by or match.proclitic in self._words.barred:
            return match.last
        if not _COUNTRIES.isdisjoint(by):
            for sort in [s for s in _COUNTRIES if s in by]:
                self.seen.append((match.first, by[sort].countries[0]))
        if "civil" in by and len(by) == 1:
            return self._people(match, by["civil"])
        if self._around.void(match):
            return match.last
        if not _NAMES.isdisjoint(by):
            options = tuple(w for w in match.value.words if w.sort in _NAMES and self._around.fits(match, w, self._day))
            if options:
                return self._name(match, options)
        if "owner" in by and self._joined(match):
            return self._name(match, tuple(w for w in match.value.words if w.sort == "owner"), owned=True)
        if "unit" in by:
            number = self._around.number(match.last + 1)
            if number >= 0:
                return self._compose(match, by["unit"], number)
            if len(by) == 1:
                return match.last
        if not HEADS.isdisjoint(by):
            head = next(w for w in match.value.words if w.sort in HEADS)
            if head.sort == "unid" and head.number == "sg" and self._around.adjective(match, head):
                return match.last
            last = self._compose(match, head)
            if last >= 0:
                return last
        if "group" in by or "tribe" in by:
            last = self._pattern(match, by["group"] if "group" in by else by["tribe"])
            if last >= 0:
                return last
        if "role" in by:
            return self._role(match, by["role"])
        if "noun" in by:
            if not self._around.foreign(match.last + 1):
                self._add(match, by["noun"], match.last, noun=by["noun"].noun)
            return match.last
        if "act" in by:
            return self._act(match, by["act"])
        if "protest" in by or "civil" in by:
            return self._people(match, by["protest"] if "protest" in by else by["civil"])
        if "country" in by or "capital" in by:
            self._state(match, by["country"] if "country" in by else by["capital"])
        elif "demonym" in by and by["demonym"].number == "pl":
            self._add(match, by["demonym"], match.last, sort="civilians", kind="civilians", id="civilians", sure=False)
        return match.last

    def _add(
        self,
        match: Match,
        word: Word,
        last: int,
        *,
        sort: str = "force",
        kind: str = "armed_group",
        means: str | None = None,
        id: str = "",
        sure: bool = True,
        options: tuple[Word, ...] = (),
        owned: bool = False,
        role: str = "",
        code: str = "",
        noun: str = "",
        nouns: tuple[str, ...] | None = None,
        kept: bool = False,
        named: int = -1,
    ) -> None:
        if nouns is None:
            nouns = word.nouns
        backer = ""
        if word.sort in _BACKED and not options:
            backer, last = self._around.backer(last)
            self._behind = last + 1
        self.found.append(
            Found(
                match.first, last, match.start, match.first, match.proclitic, sort, kind, word.means if means is None else means,
                word.number, id, sure, options, owned, role, code, noun, nouns, kept,
                backer, named,
            )
        )  # fmt: skip

    def _joined(self, match: Match) -> bool:
        """Whether "and", which may be written apart, ties what is named to the party right before it."""
        apart = not match.proclitic and self._text.tokens[match.first - 1].form == self._words.joint
        at = match.first - 1 - apart
        tied = bool(match.proclitic) or apart
        return tied and bool(self.found) and self.found[-1].last == at and self.found[-1].sort != "civilians"

    def _people(self, match: Match, word: Word) -> int:
        """Civilians; protesters are no party of the list."""
        identity = "civilians" if word.sort == "civil" else ""
        if word.number == "sg" and word.bare == "adjective" and self._around.adjective(match, word):
            return match.last
        self._add(match, word, match.last, sort="civilians", kind="civilians", id=identity, sure=not word.role)
        return match.last

    def _name(self, match: Match, options: tuple[Word, ...], owned: bool = False) -> int:
        """A listed name; where it may be a bare word too, that is kept for the case that the name does not fit."""
        word = options[0]
        if word.weak and word.sort == "name":
            closer = self._around.closer(match)
            if closer is not None:
                return self._owned(match, [(word, match.last)], closer, (closer.value.by["adj"],))
            national = self._nation_behind(match, word)
            if national >= 0:
                return national
        sort = "person" if word.sort == "person" else "force"
        if word.id == "unidentified":
            sort = "unidentified"
        elif word.id in _PEOPLE:
            sort = "civilians"
        if (role := _standing(match)) is not None:
            kind = _KINDS.get(role.sort, "state_force")
            self._add(match, word, match.last, sort=sort, kind=kind, options=options, owned=owned, role=role.role, noun=role.noun)
        else:
            self._add(match, word, match.last, sort=sort, options=options, owned=owned)
        return self._further(match) if match.last > match.first else match.last

    def _further(self, match: Match) -> int:
        """Adjectives of nationality joined to the one that a listed name ends with ("the Syrian and Russian forces"); the last token used."""
        ending, last = self._around.at(match.last), match.last
        nation = ending.value.by.get("demonym") if ending is not None and ending.last == last else None
        while nation is not None and (other := self._around.starts.get(last + 1)) is not None and other.proclitic:
            nation = next((w for w in other.value.words if w.sort == "demonym" and w.definite and w.number != "pl"), None)
            if nation is None:
                break
            self.seen.append((other.first, nation.countries[0]))
            self._add(other, nation, other.last, kind="state_force", role="army", code=nation.countries[0], nouns=())
            last = other.last
        return last

    def _role(self, match: Match, word: Word) -> int:
        closer = self._around.closer(match)
        if closer is not None:
            return self._owned(match, [(word, match.last)], closer, (closer.value.by["adj"],))
        national = self._nation_behind(match, word)
        if national >= 0:
            return national
        linked = self._around.at(match.last + 1) if word.number == "" and not word.definite else None
        if linked is not None and "link" in linked.value.by and linked.value.by["link"].role != "among":
            last = self._compose(match, word)  # "rebels of the group X"
            if last >= 0:
                return last
        self._add(match, word, match.last, role=word.role, noun=word.noun)
        return match.last

    def _nation_behind(self, match: Match, word: Word) -> int:
        """A bare word with an adjective of nationality right behind it; returns the last token used, or -1."""
        following = self._around.at(match.last + 1)
        if following is None or not self._around.foreign(match.last + 1):
            return -1
        adjective = next(w for w in following.value.words if w.sort == "demonym" and w.definite)
        if any(set(adjective.countries) & set(w.countries) for w in match.value.words):
            return -1  # the name is one of that country
        return self._national(match, [(word, match.last)], following, adjective)

    def _compose(self, match: Match, head: Word, last: int = -1) -> int:
        """A head with its owner, or a head that stands alone; returns the last token used, or -1.

        Args:
            match: the head.
            head: what it is.
            last: its last token, where a number belongs to it.
        """
        tokens, around = self._text.tokens, self._around
        chain: Chain = [(head, max(last, match.last))]
        at, linked, tie = chain[0][1] + 1, False, ""
        end = min(len(tokens), at + _STEPS)
        while at < end:
            if tokens[at].form in QUOTES or (chain[-1][0].means and tokens[at].form.isascii()):
                at += 1  # "F-16 aircraft of X"
                continue
            following = around.at(at)
            by, current = (following.value.by if following is not None else {}), chain[-1][0]
            if (
                following is not None
                and current.sort == "unit"
                and (tie == "among" or following.proclitic in self._words.placing)
            ):
                whole = tuple(w for w in following.value.words if w.sort in _NAMES and not around.avoided(following, w))
                if whole:
                    return self._owned(match, chain, following, whole)  # "brigade 30 in the militia X"
                break
            if following is None or (following.proclitic and not (linked and following.proclitic in self._words.joining)):
                break
            if (
                tie == "from"
                and len(chain) == 1
                and current.sort == "force"
                and "unit" in by
                and (number := around.number(following.last + 1)) >= 0
            ):
                return self._compose(match, by["unit"], number)  # "troops of the first brigade"
            organ = current.sort == "organ" and current.definite and not linked
            if organ and "name" in by and not tokens[at].form.startswith(self._words.article):
                break  # "the authorities accused the group X": no owner stands behind the article
            if not _OWNERS.isdisjoint(by) and (linked or not current.definite or not by.keys() <= _LOOSE):
                owners = tuple(w for w in following.value.words if w.sort in _OWNERS and not around.avoided(following, w))
                if owners and all(w.weak or w.sort == "role" for w in owners):
                    closer = around.closer(following)
                    if closer is not None:
                        following, owners = closer, (closer.value.by["adj"],)
                if owners:
                    return self._owned(match, chain, following, owners)
            if "country" in by:
                if current.sort == "members" and current.bare == "own":
                    break
                if (not current.definite or linked) and not around.origin(at):
                    return self._national(match, chain, following, by["country"])
            elif "demonym" in by:
                if around.avoided(following, by["demonym"]):
                    break  # "drones of X make"
                typed = tokens[at - 1].form.isascii() and tokens[at - 1].kind != "p" and at - 1 > match.last
                if self._agrees(current, by["demonym"]) or (typed and by["demonym"].definite):
                    return self._national(match, chain, following, by["demonym"])
                if len(by) == 1:
                    break
            if "tribe" in by and linked and (behind := around.group(following.last + 1, True)) >= 0:
                self._add(match, chain[0][0], behind, sort="members", id="tribal", nouns=(), kept=True)
                return behind  # "gunmen of the tribe of X"
            if "noun" in by and not current.definite and by.keys().isdisjoint(_OWNERS | HEADS):
                if self._around.foreign(following.last + 1):
                    break
                # "Gunmen of the organisation": whose they are is told before.
                sort = _SORTS.get(chain[0][0].sort, "force")
                unknown = "unidentified" if chain[0][0].sort == "unid" else ""
                self._add(
                    match, chain[0][0], following.last, sort=sort, means=_means(chain), noun=by["noun"].noun, nouns=(), id=unknown,
                    kept=bool(unknown),
                )  # fmt: skip
                return following.last
            if not HEADS.isdisjoint(by) and (linked or not current.definite):
                chain.append((next(w for w in following.value.words if w.sort in HEADS), following.last))
                linked = False
            elif "link" in by:
                if by["link"].role == "among" and current.sort not in ("members", "unit"):
                    break
                linked, tie = True, by["link"].role
            elif _BETWEEN.isdisjoint(by):
                break
            at = following.last + 1
        return self._alone(match, chain)

    def _agrees(self, head: Word, adjective: Word) -> bool:
        """Whether an adjective of nationality belongs to a head; "a Turkish man" is no party."""
        return head.definite == adjective.definite and not (head.sort == "members" and head.bare == "own")

    def _owned(self, match: Match, chain: Chain, following: Match, owners: tuple[Word, ...]) -> int:
        """A head whose owner is a party."""
        names = tuple(w for w in owners if w.sort != "role")
        if names and names[0].id in _PEOPLE:
            return self._alone(match, chain)
        role = next((w for w in owners if w.sort == "role"), None) or _standing(following)
        # "The armed forces" are never the "armed groups of X".
        head = chain[-1][0]
        # Nor is "the army" later on whoever "units of the army loyal to X" are.
        nouns = () if head.sort in ("unid", "unit") or (head.definite and head.role == "army" and names) else head.nouns
        self._add(
            match, chain[0][0], following.last, sort=_SORTS.get(chain[0][0].sort, "force"), means=_means(chain), options=names,
            owned=True, role=role.role if role else "", noun=role.noun if role else "", nouns=nouns,
            named=self._named(chain, following) if names or chain[0][0].sort in _FLOWN else -1,
        )  # fmt: skip
        return following.last

    def _named(self, chain: Chain, following: Match) -> int:
        """Source offset of the name behind the words for fighters: that of the militia, or of its owner; -1 for all of the words."""
        if chain[-1][0].sort == "militia":
            return self._text.tokens[chain[-1][1]].start if len(chain) > 1 else -1
        inner = self._around.at(chain[-1][1])  # "planes of the army of X": the army
        if inner is not None and len(chain) > 1 and chain[-1][0].sort == "force" and chain[-1][0].definite:
            return inner.start
        # "A Ukrainian drone" is Ukraine's, "the planes of the army" are the army's.
        return following.start if chain[0][0].sort in _OWNED else -1

    def _national(self, match: Match, chain: Chain, following: Match, word: Word) -> int:
        """A head with an adjective of nationality or a country, and further such adjectives joined to it."""
        head, first = chain[-1][0], chain[0][0]
        kind, sort, means = _KINDS.get(head.sort, "state_force"), _SORTS.get(first.sort, "force"), _means(chain)
        role = "gunmen" if head.sort in ("unid", "militia") else head.role or "army"
        while True:
            code = word.countries[0]
            self.seen.append((following.first, code))
            self._add(
                match, first, following.last, sort=sort, kind=kind, means=means, role=role, code=code, nouns=head.nouns,
                named=self._named(chain, following) if first.sort in _FLOWN else -1,
            )  # fmt: skip
            other = self._further_nation(following.last + 1)
            if other is None:
                return following.last
            more = next((w for w in other.value.words if w.sort == "demonym" and w.definite == word.definite), None)
            # "Syrian" is written as "Syria" is: behind a definite adjective it is the country.
            if more is None or (word.sort != "demonym" and "country" in other.value.by):
                return following.last
            match, following, word = other, other, more

    def _further_nation(self, index: int) -> Match | None:
        """What stands behind an adjective of nationality where another may go on with it: joined to it by "and", behind a dash, or at once
        ("an American-British raid")."""
        tokens = self._text.tokens
        dashed = index < len(tokens) and tokens[index].form in _DASHES
        other = self._around.starts.get(index + dashed)
        if other is None or (other.proclitic and dashed):
            return None
        return other if other.proclitic or other.value.by.keys() == {"demonym"} else None

    def _alone(self, match: Match, chain: Chain) -> int:
        """Heads without an owner: kept where one of them stands for a party by itself."""
        for word, last in chain:
            if not self._around.stands(match, word):
                continue
            if word.sort == "unid":
                role = "militants" if word.role == "militants" and word.definite else ""
                identity = "" if role else "unidentified"
                self._add(match, chain[0][0], last, sort="unidentified", kind="unidentified", role=role, id=identity)
            else:
                self._add(
                    match, chain[0][0], last, sort=_SORTS.get(chain[0][0].sort, "force"), means=_means(chain), role=word.role,
                    kind=_KINDS.get(word.sort, "state_force"), noun=word.noun if word.definite else "", kept=word.sort == "force",
                )  # fmt: skip
            return last
        return -1

    def _pattern(self, match: Match, word: Word) -> int:
        """The name of a group or tribe that is not listed, by its head; returns the last token used, or -1."""
        if word.definite:
            return -1
        around, tribe = self._around, word.sort == "tribe"
        calls = around.at(match.last + 1)
        if calls is not None and "called" in calls.value.by and not calls.proclitic:
            return self._called(match, word, calls.last + 1)
        last = around.quoted(match.last + 1) if word.role != "named" else -1
        if last < 0:
            last = around.group(match.last + 1, tribe or "safe" in match.value.by)
        if last < 0:
            return -1
        self._add(match, word, last, id="tribal" if tribe else "", role="" if tribe else "group", kept=True)
        return last

    def _called(self, match: Match, word: Word, opening: int) -> int:
        """The name in quotation marks of a group that calls itself so; returns the last token used, or -1."""
        last = self._around.quoted(opening)
        if last < 0:
            return -1
        listed = self._around.starts.get(opening + 1)
        if listed is not None and listed.last == last and not _NAMES.isdisjoint(listed.value.by):
            return match.last  # the name is found by itself
        first = self._text.tokens[opening + 1]
        self.found.append(
            Found(
                first.index, last, first.start, first.index, "", "force", "armed_group", role="group", kept=True, number=word.number
            )
        )  # fmt: skip
        return last

    def _act(self, match: Match, act: Word) -> int:
        """An event noun with an adjective of nationality ("a Russian strike"): the adjective names the party."""
        at = match.last + 1
        while at <= match.last + _ACT:
            following = self._around.at(at)
            if following is None or (following.proclitic and "attr" not in following.value.by):
                break  # "rocket and artillery shelling by the Saudis" has one adjective joined to another
            word = following.value.by.get("demonym") if not following.proclitic else None
            if word is not None and self._around.avoided(following, word):
                break
            # Behind another adjective a word that names a country too is one ("Syrian air strikes").
            if word is not None and (act.bare == "site" or at > match.last + 1 or "country" not in following.value.by):
                agrees = next((w for w in following.value.words if w.sort == "demonym" and w.definite == act.definite), None)
                return self._national(following, [(act, match.last)], following, agrees) if agrees else match.last
            believed = "link" in following.value.by and following.value.by["link"].role == "believed"
            if "attr" not in following.value.by and not believed:
                break  # "strikes believed to be Turkish" may be
            at = following.last + 1
        return match.last

    def _state(self, match: Match, word: Word) -> None:
        """A country or capital as an actor."""
        if match.proclitic[-1:] in self._words.placing or (match.proclitic and self._placed == match.first - 1):
            self._placed = match.last
            return
        before, phrase = self._around.before(match.first), self._around.at(match.first - 2)
        if phrase is not None and phrase.last == match.first - 1:
            before = phrase  # "the finger of blame at"
        kinds = before.value.by.keys() if before is not None else frozenset[str]()
        if "other" in kinds:
            self._placed = match.last
            return
        # "Kyiv accused Moscow": the object of one that acts stands right behind it.
        beside = bool(self.found) and self.found[-1].sort == "state" and self.found[-1].last == match.first - 1
        if (word.sort == "capital" or word.countries[0] in self._words.scenes) and "actor" not in kinds and not beside:
            return
        self._add(match, word, match.last, sort="state", kind="state_force", role="army", code=word.countries[0])


def _means(chain: Chain) -> str:
    return next((w.means for w, _ in chain if w.means), "")


def _standing(match: Match) -> Word | None:
    """What a listed name is as a word that may stand for a party by itself, or None."""
    role = next((w for w in match.value.words if w.sort in HEADS or w.sort == "role"), None)
    return role if role is not None and (role.bare == "any" or (role.bare == "def" and role.definite)) else None
