"""Words that may name a party as they are found, and the look-up of what stands around them."""

from __future__ import annotations

from marsad.lexicon.phrases import PhraseMatch
from marsad.reading.partytheatre import valid
from marsad.reading.partywords import Entry, PartyWords, Word
from marsad.record import record
from marsad.text.tokens import Text

__all__ = ["OPENING", "QUOTES", "Around", "Found", "Match"]

QUOTES = frozenset("\"'«»“”‘’()[]#<>‹›/")
OPENING = frozenset('"«“‘([<‹')
_FROM = frozenset(("from", "among"))
_LONGEST = 3
_PHRASE = 3  # words of a phrase that stands right before a name

Match = PhraseMatch[Entry]


@record(frozen=True, slots=True)
class Found:
    """Words that may name a party.

    Attributes:
        first, last: token indices, both included.
        start: source offset without proclitics.
        head: token index of the head noun.
        proclitic: folded letters cut off in front.
        sort, means, number, kind: as in the mention, the kind as far as the words tell it.
        id, sure: the party where the words alone tell it.
        options: what the listed name can be.
        owned: whether a head before the name makes it a party's.
        role, code: row of the table of roles, and the country if it is told.
        noun: noun by which an earlier mention is meant.
        nouns: nouns by which later words may refer to this one.
        kept: whether the mention is kept though nothing tells who it is.
        backer: code of the country that is told to back it, "-" for the party named before it, or empty.
        named: source offset of the name behind a head ("gunmen of X"), by which a party that is not listed is called; else -1.
    """

    first: int
    last: int
    start: int
    head: int
    proclitic: str
    sort: str
    kind: str
    means: str = ""
    number: str = ""
    id: str = ""
    sure: bool = True
    options: tuple[Word, ...] = ()
    owned: bool = False
    role: str = ""
    code: str = ""
    noun: str = ""
    nouns: tuple[str, ...] = ()
    kept: bool = False
    backer: str = ""
    named: int = -1


class Around:
    """What stands around a word of a text.

    Attributes:
        starts: the phrases that can begin a mention, by their first token; they may overlap.
    """

    def __init__(self, text: Text, words: PartyWords) -> None:
        self._text = text
        self._words = words
        self.starts = words.book.matches(text)
        homes = {index: self._home(match) for index, match in self.starts.items() if "homeland" in match.value.by}
        if homes:
            told = {index: home for index, home in homes.items() if home is not None}
            self.starts = {index: told.get(index, m) for index, m in self.starts.items() if index not in homes or index in told}
        self._at = dict(self.starts)  # the longest phrases of any kind, as far as they were asked for
        self._beside = words.beside.spans_at(text)
        # The last tokens of those by which a name behind them can be that of something else.
        self._others = {m.last for m in self.starts.values() if "other" in m.value.by}
        self._others |= {last for last, _, _, value in self._beside.values() if "other" in value.by}

    def _home(self, match: Match) -> Match | None:
        """ "His country" as the name of the country of which the adjectives told before it in its sentence are ("the Turkish
        minister said that his country"); None where they are of several, or of one whose forces are not listed."""
        sentence, codes = self._text.tokens[match.first].sentence, set[str]()
        for index, before in self.starts.items():
            if index >= match.first or self._text.tokens[index].sentence != sentence:
                continue
            word = before.value.by.get("demonym")
            if word is not None and word.number == "sg" and word.definite and not before.proclitic:
                codes.add(word.countries[0])
        code = codes.pop() if len(codes) == 1 else ""
        if code not in self._words.own:
            return None
        country = Word("country", countries=(code,), definite=True)
        return match.valued(Entry((country,), {"country": country}))

    def at(self, index: int) -> Match | None:
        """The longest phrase of any kind that begins at a token."""
        beside = self._beside.pop(index, None)
        if beside is not None and (index not in self._at or beside[0] > self._at[index].last):
            self._at[index] = self._words.beside.match(self._text, index, beside)
        return self._at.get(index)

    def before(self, index: int) -> Match | None:
        """The phrase whose word stands right before a token, quotation marks passed over."""
        tokens = self._text.tokens
        at = index - 1
        while at >= 0 and tokens[at].form in QUOTES:
            at -= 1
        named, beside = self._at, self._beside
        for first in range(at, max(-1, at - _PHRASE), -1):
            match = self.at(first) if first in beside else named.get(first)
            if match is not None and at <= match.last < index:
                return match
        return None

    def void(self, match: Match) -> bool:
        """Whether the word before makes the name that of a street, an outlet or a game; a force may have a mosque."""
        at = match.first - 1
        if match.proclitic or at < 0 or (at not in self._others and self._text.forms[at] not in QUOTES):
            return False
        before = self.before(match.first)
        word = before.value.by.get("other") if before is not None else None
        if word is None or word.role == "place":
            return False
        return word.role != "house" or not any(noun in self._words.arms for w in match.value.words for noun in w.nouns[:1])

    def avoided(self, match: Match, word: Word) -> bool:
        """Whether the word behind a name voids it."""
        tokens = self._text.tokens
        return bool(word.avoid) and match.last + 1 < len(tokens) and tokens[match.last + 1].form in word.avoid

    def fits(self, match: Match, word: Word, day: str | None) -> bool:
        """Whether nothing voids a name: a word behind it, or, for a weak one, the day of the report (ISO, or None)."""
        return not self.avoided(match, word) and (not word.weak or valid(word.since, word.until, day))

    def foreign(self, index: int) -> bool:
        """Whether an adjective of nationality begins at a token: then a bare noun before it begins a name of its own."""
        match = self.at(index)
        return match is not None and not match.proclitic and any(w.sort == "demonym" and w.definite for w in match.value.words)

    def closer(self, match: Match) -> Match | None:
        """An adjective behind a bare word that names the party ("the rebels of X")."""
        at = match.last + 1
        while at < match.last + 3:
            following = self.at(at)
            if following is None or following.proclitic:
                return None
            if "adj" in following.value.by:
                return following
            between = [w for w in following.value.words if w.sort in ("epithet", "attr")]
            if not any(w.definite or not match.value.words[0].definite for w in between):
                return None  # "aircraft of the coalition [hit] a vehicle of X"
            at = following.last + 1
        return None

    def origin(self, index: int) -> bool:
        """Whether only "from" stands before a country: then its people are meant, not its forces."""
        before = self.before(index)
        return before is not None and "link" in before.value.by and before.value.by["link"].role in _FROM

    def stands(self, match: Match, word: Word) -> bool:
        """Whether a head is a party by itself; a singular that may be an adjective only where no noun is before it."""
        tokens = self._text.tokens
        before = tokens[match.first - 1] if match.first else None
        if word.bare == "plural":
            return word.number == "pl" or (before is not None and before.kind == "n")
        if word.sort == "unid" and word.number == "sg" and self.adjective(match, word):
            return False
        return word.bare == "any" or (word.bare == "def" and word.definite)

    def adjective(self, match: Match, word: Word) -> bool:
        """Whether a singular is an adjective of the noun before it ("an armed attack", "the civil defence")."""
        tokens = self._text.tokens
        if match.proclitic or not match.first:
            return False
        if word.definite:
            return tokens[match.first - 1].form.startswith(self._words.article)
        noun = self.before(match.first)
        return noun is not None and "modified" in noun.value.by

    def backer(self, last: int) -> tuple[str, int]:
        """Who backs the party that ends at a token, as ``Found`` tells it, and the last token of the words that say so."""
        at = last + 1
        while (match := self.at(at)) is not None and at <= last + 2 and not match.proclitic:
            by = match.value.by
            if "backed" in by and by["backed"].role:
                return "-", match.last
            if "backed" in by:
                owner = self.at(match.last + 1)
                word = owner.value.by.get("country", owner.value.by.get("capital")) if owner is not None else None
                return (word.countries[0], owner.last) if owner is not None and word is not None else ("", last)
            if by.keys().isdisjoint(("attr", "epithet")):
                break
            at = match.last + 1
        return "", last

    def number(self, index: int) -> int:
        """Last token of the number of a unit, in digits or words, with the arm of service behind it, that begins at a token, or -1."""
        tokens = self._text.tokens
        if index < len(tokens) and tokens[index].kind == "n":
            last = index
        else:
            match = self.at(index)
            if match is None or match.proclitic or "ordinal" not in match.value.by:
                return -1
            last = match.last
        while (arm := self.at(last + 1)) is not None and "arm" in arm.value.by and not arm.proclitic:
            last = arm.last  # "the ninth brigade of border guards", "brigade 63, mechanised infantry"
        return last

    def quoted(self, index: int) -> int:
        """Last token of a short name in quotation marks that open at a token, or -1."""
        tokens = self._text.tokens
        if index >= len(tokens) or tokens[index].form not in OPENING:
            return -1
        for at in range(index + 1, min(len(tokens), index + _LONGEST + 2)):
            if tokens[at].form in QUOTES:
                return at - 1 if at > index + 1 else -1
            if tokens[at].kind != "w":
                return -1
        return -1

    def group(self, index: int, safe: bool) -> int:
        """Last token of a group's name that begins at a token, or -1; behind a safe head any definite word may begin one."""
        tokens, article = self._text.tokens, self._words.article
        if index >= len(tokens) or tokens[index].kind != "w":
            return -1
        match = self.at(index)
        by = match.value.by if match is not None and not match.proclitic else {}
        if match is not None and "groupname" in by:
            last = match.last
        elif safe and match is None and tokens[index].form.startswith(article):
            last = index
        else:
            return -1
        while last + 1 < len(tokens) and last < index + _LONGEST and tokens[last + 1].kind == "w":
            following = self.at(last + 1)
            if following is None or following.proclitic or "groupname" not in following.value.by:
                # A name that begins with an indefinite word ("martyrs of", "lions of") needs one that completes it.
                if not tokens[last].form.startswith(article) and following is None:
                    last += 1
                break
            last = following.last
        return last
