"""Heads: words for fighters and arms, which are followed to whose they are.

A head ("aircraft", "members") is followed through adjectives, links ("belonging to") and further heads to the owner that tells
whose they are; what stands between them is looked up, so that nothing else is stepped over.
"""

from __future__ import annotations

from marsad.reading.cases import case_of
from marsad.reading.partyfound import QUOTES, Around, Found, Match
from marsad.reading.partywords import HEADS, PartyWords, Word
from marsad.text.tokens import Text

__all__ = ["KINDS", "NAMES", "PEOPLE", "Chain", "Heads", "standing"]

NAMES = frozenset(("name", "adj", "person"))
PEOPLE = frozenset(("settlers", "civilians"))
KINDS = {"militia": "armed_group", "unid": "unidentified", "members": "armed_group", "group": "armed_group"}

_STEPS = 9
_DASHES = frozenset("-–—ـ/")
_OWNERS = frozenset(("name", "adj", "person", "owner", "role"))
_LOOSE = frozenset(("role", "owner", "attr", "epithet", "link"))
_BETWEEN = frozenset(("attr", "epithet", "link"))
_TYING = frozenset(("demonym", "link", "attr", "epithet"))  # what may stand behind an adjective of a head
_FLOWN = frozenset(("air", "ground"))  # heads for things, by which no party is called
_OWNED = _FLOWN | {"members", "unid"}  # heads that are told by whose they are
_BACKED = frozenset(("militia", "unid", "role"))
_SORTS = {"members": "members", "unid": "members", "organ": "state"}

Chain = list[tuple[Word, int]]


class Heads:
    """Follows the heads of one text, and keeps what it names.

    Attributes:
        found: words that may name a party, in order and without overlap.
        seen: the countries that are named, each with its token.
        behind: first token behind the last mention, where that is longer than its name.
    """

    def __init__(self, text: Text, words: PartyWords, around: Around) -> None:
        self._text = text
        self._words = words
        self._around = around
        self.found: list[Found] = []
        self.seen: list[tuple[int, str]] = []
        self.behind = 0

    def add(
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
        """Take words for a party; means and nouns that are not given are those of the word.

        Args:
            match: where they begin.
            word: what they are.
            last: their last token; who backs the party is looked up behind it.
        """
        if nouns is None:
            nouns = word.nouns
        backer = ""
        if word.sort in _BACKED and not options:
            backer, last = self._around.backer(last)
            self.behind = last + 1
        self.found.append(
            Found(
                match.first, last, match.start, match.first, match.proclitic, sort, kind, word.means if means is None else means,
                word.number, id, sure, options, owned, role, code, noun, nouns, kept,
                backer, named,
            )
        )  # fmt: skip

    def compose(self, match: Match, head: Word, last: int = -1) -> int:
        """Take a head with its owner, or a head that stands alone; returns the last token used, or -1.

        Args:
            match: the head.
            head: what it is.
            last: its last token, where a number belongs to it.
        """
        tokens, around = self._text.tokens, self._around
        chain: Chain = [(head, max(last, match.last))]
        at, linked, tie = chain[0][1] + 1, False, ""
        # Behind "an unmanned aircraft" stands no owner that nothing ties to it, as one stands behind "aircraft".
        full = match.last > match.first and head.sort == "air" and not head.definite
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
                whole = tuple(w for w in following.value.words if w.sort in NAMES and not around.avoided(following, w))
                if whole:
                    return self.owned(match, chain, following, whole)  # "brigade 30 in the militia X"
                break
            joined = following is not None and following.proclitic in self._words.joining
            if following is None or (following.proclitic and not ((linked or full) and joined)):
                break
            if (
                tie == "from"
                and len(chain) == 1
                and current.sort == "force"
                and "unit" in by
                and (number := around.number(following.last + 1)) >= 0
            ):
                return self.compose(match, by["unit"], number)  # "troops of the first brigade"
            if full and not (linked or joined) and by.keys().isdisjoint(_TYING):
                break
            organ = current.sort == "organ" and current.definite and not linked
            if organ and "name" in by and not tokens[at].form.startswith(self._words.article):
                break  # "the authorities accused the group X": no owner stands behind the article
            owner = "adj" not in by and ("name" in by or not HEADS.isdisjoint(by))
            if owner and not linked and current.sort in _SORTS and self._whole(tokens[chain[-1][1]].form):
                break  # "gunmen hit an Israeli force", in Arabic side by side: the ending bars an owner
            if not _OWNERS.isdisjoint(by) and (linked or not current.definite or not by.keys() <= _LOOSE):
                owners = tuple(w for w in following.value.words if w.sort in _OWNERS and not around.avoided(following, w))
                if owners and all(w.weak or w.sort == "role" for w in owners):
                    closer = around.closer(following)
                    if closer is not None:
                        following, owners = closer, (closer.value.by["adj"],)
                if owners:
                    return self.owned(match, chain, following, owners)
            if "country" in by:
                if current.sort == "members" and current.bare == "own":
                    break
                if (not current.definite or linked) and not around.origin(at):
                    return self.national(match, chain, following, by["country"])
            elif "demonym" in by:
                if around.avoided(following, by["demonym"]):
                    break  # "drones of X make"
                typed = tokens[at - 1].form.isascii() and tokens[at - 1].kind != "p" and at - 1 > match.last
                if self._agrees(current, by["demonym"]) or (typed and by["demonym"].definite):
                    return self.national(match, chain, following, by["demonym"])
                if len(by) == 1:
                    break
            if "tribe" in by and linked and (behind := around.group(following.last + 1, True)) >= 0:
                self.add(match, chain[0][0], behind, sort="members", id="tribal", nouns=(), kept=True)
                return behind  # "gunmen of the tribe of X"
            if "noun" in by and not current.definite and by.keys().isdisjoint(_OWNERS | HEADS):
                if self._around.foreign(following.last + 1):
                    break
                # "Gunmen of the organisation": whose they are is told before.
                sort = _SORTS.get(chain[0][0].sort, "force")
                unknown = "unidentified" if chain[0][0].sort == "unid" else ""
                self.add(
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

    def _whole(self, form: str) -> bool:
        """Whether the ending of a noun tells that no owner stands right behind it ("gunmen", but not "gunmen of")."""
        return case_of(form, "plain", self._words.language) == "subject"

    def _agrees(self, head: Word, adjective: Word) -> bool:
        """Whether an adjective of nationality belongs to a head; "a Turkish man" is no party."""
        return head.definite == adjective.definite and not (head.sort == "members" and head.bare == "own")

    def owned(self, match: Match, chain: Chain, following: Match, owners: tuple[Word, ...]) -> int:
        """Take a head whose owner is a party, or may be one; returns the last token used."""
        names = tuple(w for w in owners if w.sort != "role")
        if names and names[0].id in PEOPLE:
            return self._alone(match, chain)
        role = next((w for w in owners if w.sort == "role"), None) or standing(following)
        # "The armed forces" are never the "armed groups of X".
        head = chain[-1][0]
        # Nor is "the army" later on whoever "units of the army loyal to X" are.
        nouns = () if head.sort in ("unid", "unit") or (head.definite and head.role == "army" and names) else head.nouns
        self.add(
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

    def national(self, match: Match, chain: Chain, following: Match, word: Word) -> int:
        """Take a head with an adjective of nationality or a country, and further such adjectives joined to it; returns the last token used."""
        head, first = chain[-1][0], chain[0][0]
        kind, sort, means = KINDS.get(head.sort, "state_force"), _SORTS.get(first.sort, "force"), _means(chain)
        role = "gunmen" if head.sort in ("unid", "militia") else head.role or "army"
        while True:
            code = word.countries[0]
            self.seen.append((following.first, code))
            last = self._described(following.last) if head.sort == "air" else following.last
            self.add(
                match, first, last, sort=sort, kind=kind, means=means, role=role, code=code, nouns=head.nouns,
                named=self._named(chain, following) if first.sort in _FLOWN else -1,
            )  # fmt: skip
            other = self._further_nation(last + 1)
            if other is None:
                return last
            more = next((w for w in other.value.words if w.sort == "demonym" and w.definite == word.definite), None)
            # "Syrian" is written as "Syria" is: behind a definite adjective it is the country.
            if more is None or (word.sort != "demonym" and "country" in other.value.by):
                return last
            match, following, word = other, other, more

    def _described(self, last: int) -> int:
        """The last token of what is told of aircraft behind whose they are ("an American aircraft without a pilot")."""
        behind = self._around.at(last + 1)
        told = behind is not None and not behind.proclitic and "attr" in behind.value.by
        return behind.last if told and behind is not None else last

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
                self.add(match, chain[0][0], last, sort="unidentified", kind="unidentified", role=role, id=identity)
            else:
                self.add(
                    match, chain[0][0], last, sort=_SORTS.get(chain[0][0].sort, "force"), means=_means(chain), role=word.role,
                    kind=KINDS.get(word.sort, "state_force"), noun=word.noun if word.definite else "", kept=word.sort == "force",
                )  # fmt: skip
            return last
        return -1


def _means(chain: Chain) -> str:
    return next((w.means for w, _ in chain if w.means), "")


def standing(match: Match) -> Word | None:
    """What a listed name is as a word that may stand for a party by itself, or None."""
    role = next((w for w in match.value.words if w.sort in HEADS or w.sort == "role"), None)
    return role if role is not None and (role.bare == "any" or (role.bare == "def" and role.definite)) else None
