"""Scanning: the words of a text that may name a party, before it is known who they are.

One pass over the tokens. A head ("aircraft", "members") is followed through adjectives, links ("belonging to") and further
heads to the owner that tells whose they are; what stands between them is looked up, so that nothing else is stepped over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from marsad.lexicon.phrases import PhraseMatch
from marsad.reading.partywords import HEADS, PartyWords, Word
from marsad.text.tokens import Text

__all__ = ["Found", "scan"]

_QUOTES = frozenset("\"'«»“”‘’()[]#<>‹›/")
_OPENING = frozenset('"«“‘([<‹')
_STEPS = 9
_LONGEST = 3
_NAMES = frozenset(("name", "adj", "person"))
_OWNERS = frozenset(("name", "adj", "person", "owner", "role"))
_BETWEEN = frozenset(("attr", "epithet", "link"))
_SORTS = {"members": "members", "unid": "members", "organ": "state"}
_KINDS = {"militia": "armed_group", "unid": "unidentified", "members": "armed_group", "group": "armed_group"}


@dataclass(frozen=True, slots=True)
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
        definite: whether the head has the article.
        kept: whether the mention is kept though nothing tells who it is.
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
    definite: bool = False
    kept: bool = False


def scan(text: Text, words: PartyWords) -> tuple[list[Found], list[tuple[int, str]]]:
    """What a text names, in order and without overlap, and the countries it names with their token.

    Args:
        text: the report.
        words: the tables of its language.
    """
    scanner = _Scanner(text, words)
    scanner.run()
    return scanner.found, scanner.seen


class _Scanner:
    def __init__(self, text: Text, words: PartyWords) -> None:
        self._text = text
        self._words = words
        self._book = words.book
        self.found: list[Found] = []
        self.seen: list[tuple[int, str]] = []

    def run(self) -> None:
        tokens, candidates = self._text.tokens, self._book.candidates
        index, count = 0, len(tokens)
        while index < count:
            token = tokens[index]
            if token.kind == "w" and candidates(token.form):
                match = self._book.at(self._text, index)
                if match is not None:
                    index = self._step(match) + 1
                    continue
            index += 1

    def _step(self, match: PhraseMatch[tuple[Word, ...]]) -> int:
        """Take what begins at a match; returns the last token that it uses."""
        by = {w.sort: w for w in reversed(match.value)}
        for word in match.value:
            if word.sort in ("country", "capital", "demonym"):
                self.seen.append((match.first, word.countries[0]))
        void = self._void(match)
        if "none" in by:
            return match.last
        if not _NAMES.isdisjoint(by) and not void:
            options = tuple(w for w in match.value if w.sort in _NAMES and not self._avoided(match, w))
            if options:
                return self._name(match, options)
        if void:
            return match.last
        if "owner" in by and match.proclitic and self._joined(match):
            return self._name(match, tuple(w for w in match.value if w.sort == "owner"), owned=True)
        head = next((w for w in match.value if w.sort in HEADS), None)
        if head is not None:
            last = self._compose(match, head)
            if last >= 0:
                return last
        if "group" in by or "tribe" in by:
            last = self._pattern(match, by["group"] if "group" in by else by["tribe"])
            if last >= 0:
                return last
        if "role" in by:
            return self._role(match, by["role"], match.last)
        if "noun" in by:
            if self._foreign(match.last + 1):
                return match.last
            self._add(self._of(match, by["noun"], match.last, sort="force", kind="armed_group", noun=by["noun"].noun))
            return match.last
        if "act" in by:
            return self._act(match, by["act"])
        if "civil" in by or "protest" in by:
            word = by["protest"] if "protest" in by else by["civil"]
            identity = "civilians" if word.sort == "civil" else ""
            self._add(self._of(match, word, match.last, sort="civilians", kind="civilians", id=identity, sure=not word.role))
            return match.last
        if "demonym" in by and "country" not in by:
            return self._demonym(match, by["demonym"])
        if "country" in by or "capital" in by:
            self._state(match, by["country"] if "country" in by else by["capital"])
        return match.last

    def _of(self, match: PhraseMatch[tuple[Word, ...]], word: Word, last: int, **more: object) -> Found:
        found = Found(
            match.first, last, match.start, match.first, match.proclitic, "force", "armed_group",
            means=word.means, number=word.number, definite=word.definite, nouns=(word.noun,) if word.noun else (),
        )  # fmt: skip
        return replace(found, **more)  # type: ignore[arg-type]

    def _add(self, found: Found) -> None:
        self.found.append(found)

    def _before(self, index: int) -> PhraseMatch[tuple[Word, ...]] | None:
        """What the word right before a token is (quotation marks passed over)."""
        tokens = self._text.tokens
        at = index - 1
        while at >= 0 and tokens[at].form in _QUOTES:
            at -= 1
        if at < 0 or tokens[at].kind != "w" or not self._book.candidates(tokens[at].form):
            return None
        match = self._book.at(self._text, at)
        return match if match is not None and match.last < index else None

    def _void(self, match: PhraseMatch[tuple[Word, ...]]) -> bool:
        """Whether the word before makes the name that of a street, an outlet or a game."""
        before = self._before(match.first) if not match.proclitic else None
        return before is not None and any(w.sort == "other" and w.role != "place" for w in before.value)

    def _avoided(self, match: PhraseMatch[tuple[Word, ...]], word: Word) -> bool:
        tokens = self._text.tokens
        return bool(word.avoid) and match.last + 1 < len(tokens) and tokens[match.last + 1].form in word.avoid

    def _joined(self, match: PhraseMatch[tuple[Word, ...]]) -> bool:
        return bool(self.found) and self.found[-1].last == match.first - 1 and self.found[-1].sort != "civilians"

    def _name(self, match: PhraseMatch[tuple[Word, ...]], options: tuple[Word, ...], owned: bool = False) -> int:
        word = options[0]
        sort = "person" if word.sort == "person" else "force"
        if word.id == "unidentified":
            sort = "unidentified"
        elif word.id in ("settlers", "civilians"):
            sort = "civilians"
        role = next((w for w in match.value if w.sort in HEADS or w.sort == "role"), None)
        if word.weak and word.sort == "name":
            closer = self._closer(match)
            if closer is not None:
                return self._owned(match, [(word, match.last)], closer, tuple(w for w in closer.value if w.sort == "adj"))
        found = self._of(match, word, match.last, sort=sort, options=options, owned=owned)
        if role is not None and (role.bare == "any" or (role.bare == "def" and role.definite)):
            found = replace(found, role=role.role, noun=role.noun, kind=_KINDS.get(role.sort, "state_force"))
        self._add(found)
        return match.last

    def _foreign(self, index: int) -> bool:
        """Whether an adjective of nationality follows: then a bare noun begins a name of its own."""
        tokens = self._text.tokens
        if index >= len(tokens) or not self._book.candidates(tokens[index].form):
            return False
        match = self._book.at(self._text, index)
        return match is not None and not match.proclitic and any(w.sort == "demonym" and w.definite for w in match.value)

    def _closer(self, match: PhraseMatch[tuple[Word, ...]]) -> PhraseMatch[tuple[Word, ...]] | None:
        """An adjective behind a bare word that names the party ("the rebels of X")."""
        tokens = self._text.tokens
        at = match.last + 1
        while at < min(len(tokens), match.last + 3) and tokens[at].kind == "w" and self._book.candidates(tokens[at].form):
            following = self._book.at(self._text, at)
            if following is None or following.proclitic:
                return None
            if any(w.sort == "adj" for w in following.value):
                return following
            if not any(w.sort in ("epithet", "attr") for w in following.value):
                return None
            at = following.last + 1
        return None

    def _role(self, match: PhraseMatch[tuple[Word, ...]], word: Word, last: int) -> int:
        closer = self._closer(match)
        if closer is not None:
            return self._owned(match, [(word, match.last)], closer, tuple(w for w in closer.value if w.sort == "adj"))
        self._add(self._of(match, word, last, role=word.role, noun=word.noun, kept=False))
        return last

    def _compose(self, match: PhraseMatch[tuple[Word, ...]], head: Word) -> int:
        """A head with its owner, or a head that stands alone; returns the last token used, or -1."""
        tokens, text = self._text.tokens, self._text
        chain: list[tuple[Word, int]] = [(head, match.last)]
        at, linked = match.last + 1, False
        end = min(len(tokens), match.last + 1 + _STEPS)
        while at < end:
            token = tokens[at]
            if token.form in _QUOTES:
                at += 1
                continue
            if token.kind != "w" or not self._book.candidates(token.form):
                break
            following = self._book.at(text, at)
            if following is None or (following.proclitic and not (linked and following.proclitic in ("ل", "ب"))):
                break
            kinds = {w.sort for w in following.value}
            current = chain[-1][0]
            if not _OWNERS.isdisjoint(kinds) and (linked or not current.definite or not kinds <= {"role", "owner"} | _BETWEEN):
                owners = tuple(w for w in following.value if w.sort in _OWNERS and not self._avoided(following, w))
                if owners:
                    return self._owned(match, chain, following, owners)
            if "demonym" in kinds and "country" not in kinds:
                word = next(w for w in following.value if w.sort == "demonym")
                if self._agrees(chain, word):
                    self.seen.append((following.first, word.countries[0]))
                    return self._national(match, chain, following, word)
                if kinds == {"demonym"}:
                    break
            if "country" in kinds and (not current.definite or linked) and not self._only_from(at):
                word = next(w for w in following.value if w.sort == "country")
                self.seen.append((following.first, word.countries[0]))
                return self._national(match, chain, following, word)
            further = next((w for w in following.value if w.sort in HEADS), None)
            if further is not None and (linked or not current.definite):
                chain.append((further, following.last))
                linked = False
            elif "link" in kinds:
                linked = True
            elif kinds.isdisjoint(_BETWEEN):
                break
            at = following.last + 1
        return self._alone(match, chain)

    def _only_from(self, index: int) -> bool:
        """Whether only "from" stands before a country: then it is an origin."""
        before = self._before(index)
        return before is not None and any(w.sort == "link" and w.role == "from" for w in before.value)

    def _agrees(self, chain: list[tuple[Word, int]], word: Word) -> bool:
        current = chain[-1][0]
        if current.sort == "members" and current.bare == "own":
            return False
        return current.definite == word.definite

    def _means(self, chain: list[tuple[Word, int]]) -> str:
        return next((w.means for w, _ in chain if w.means), "")

    def _sort(self, chain: list[tuple[Word, int]]) -> str:
        return _SORTS.get(chain[0][0].sort, "force")

    def _owned(
        self,
        match: PhraseMatch[tuple[Word, ...]],
        chain: list[tuple[Word, int]],
        following: PhraseMatch[tuple[Word, ...]],
        owners: tuple[Word, ...],
    ) -> int:
        names = tuple(w for w in owners if w.sort != "role")
        role = next((w for w in owners if w.sort == "role"), None)
        found = self._of(match, chain[0][0], following.last, sort=self._sort(chain), means=self._means(chain), owned=True)
        found = replace(found, nouns=(chain[-1][0].noun,))
        if names:
            if names[0].id in ("settlers", "civilians"):
                return self._alone(match, chain)
            self._add(replace(found, options=names, role=role.role if role else "", noun=role.noun if role else ""))
        elif role is not None:
            self._add(replace(found, role=role.role, noun=role.noun))
        return following.last

    def _national(
        self,
        match: PhraseMatch[tuple[Word, ...]],
        chain: list[tuple[Word, int]],
        following: PhraseMatch[tuple[Word, ...]],
        word: Word,
    ) -> int:
        """A head with an adjective of nationality or a country, and further such adjectives joined to it."""
        head = chain[-1][0]
        kind = _KINDS.get(head.sort, "state_force")
        role = "gunmen" if head.sort in ("unid", "militia") else head.role or "army"
        found = self._of(
            match, chain[0][0], following.last, sort=self._sort(chain), kind=kind, means=self._means(chain),
            role=role, code=word.countries[0], nouns=(head.noun,),
        )  # fmt: skip
        self._add(found)
        last = following.last
        tokens = self._text.tokens
        while last + 1 < len(tokens) and tokens[last + 1].kind == "w" and self._book.candidates(tokens[last + 1].form):
            other = self._book.at(self._text, last + 1)
            if other is None or not other.proclitic:
                break
            more = next((w for w in other.value if w.sort == "demonym" and w.definite == word.definite), None)
            if more is None:
                break
            self.seen.append((other.first, more.countries[0]))
            self._add(
                replace(found, first=other.first, last=other.last, start=other.start, head=other.first, proclitic=other.proclitic,
                        code=more.countries[0])
            )  # fmt: skip
            last = other.last
        return last

    def _alone(self, match: PhraseMatch[tuple[Word, ...]], chain: list[tuple[Word, int]]) -> int:
        """Heads without an owner: kept where one of them stands for a party by itself."""
        for number, (word, last) in enumerate(chain):
            if not self._stands(match, word):
                continue
            if word.sort == "unid":
                sort = "unidentified"
                role = "militants" if word.role == "militants" else ""
                self._add(
                    self._of(
                        match, chain[0][0], last, sort=sort, kind="unidentified", role=role, id="" if role else "unidentified"
                    )
                )
                return last
            noun = word.noun if word.definite else ""
            self._add(
                self._of(
                    match, chain[0][0], last, sort=self._sort(chain[: number + 1]), kind=_KINDS.get(word.sort, "state_force"),
                    means=self._means(chain), role=word.role, noun=noun, kept=word.sort == "force",
                )
            )  # fmt: skip
            return last
        return -1

    def _stands(self, match: PhraseMatch[tuple[Word, ...]], word: Word) -> bool:
        """Whether a head stands for a party by itself; a singular that may be an adjective only where no noun is before it."""
        if word.bare == "plural":
            return word.number == "pl" or (match.first > 0 and self._text.tokens[match.first - 1].kind == "n")
        if word.sort == "unid" and word.number == "sg":
            tokens, before = self._text.tokens, self._before(match.first)
            if word.definite and match.first and tokens[match.first - 1].form.startswith(self._words.article):
                return False
            return before is None or all(w.sort != "modified" for w in before.value)
        return word.bare == "any" or (word.bare == "def" and word.definite)

    def _pattern(self, match: PhraseMatch[tuple[Word, ...]], word: Word) -> int:
        """The name of a group or tribe that is not listed, by its head; returns the last token used, or -1."""
        if word.definite:
            return -1
        tokens = self._text.tokens
        tribe = word.sort == "tribe"
        safe = tribe or any(w.sort == "safe" for w in match.value)
        last = self._quoted(match.last + 1)
        if last < 0:
            last = self._named(match.last + 1, safe)
        if last < 0:
            return -1
        number = "" if tribe else word.number
        more = {"id": "tribal"} if tribe else {"role": "group", "kept": True}
        self._add(self._of(match, word, last, kind="armed_group", number=number, nouns=(word.noun,), **more))
        return last + 1 if last + 1 < len(tokens) and tokens[last + 1].form in _QUOTES else last

    def _quoted(self, index: int) -> int:
        """Last token of a short name in quotation marks that open at a token, or -1."""
        tokens = self._text.tokens
        if index >= len(tokens) or tokens[index].form not in _OPENING:
            return -1
        for at in range(index + 1, min(len(tokens), index + _LONGEST + 2)):
            if tokens[at].form in _QUOTES:
                return at - 1 if at > index + 1 else -1
            if tokens[at].kind != "w":
                return -1
        return -1

    def _named(self, index: int, safe: bool) -> int:
        """Last token of a group's name that begins at a token, or -1."""
        tokens, article = self._text.tokens, self._words.article
        if index >= len(tokens) or tokens[index].kind != "w":
            return -1
        match = self._book.at(self._text, index) if self._book.candidates(tokens[index].form) else None
        kinds = {w.sort for w in match.value} if match is not None and not match.proclitic else set()
        if "groupname" in kinds and match is not None:
            last = match.last
        elif safe and not kinds and tokens[index].form.startswith(article):
            last = index
        else:
            return -1
        while last + 1 < len(tokens) and last < index + _LONGEST and tokens[last + 1].kind == "w":
            following = self._book.at(self._text, last + 1) if self._book.candidates(tokens[last + 1].form) else None
            if following is None or following.proclitic or not any(w.sort == "groupname" for w in following.value):
                # A name that begins with an indefinite word ("martyrs of", "lions of") needs one that completes it.
                if last == index and not tokens[index].form.startswith(article) and following is None:
                    last += 1
                break
            last = following.last
        return last

    def _act(self, match: PhraseMatch[tuple[Word, ...]], act: Word) -> int:
        """An event noun with an adjective of nationality ("a Russian strike"): the adjective names the party."""
        tokens = self._text.tokens
        at = match.last + 1
        while at < min(len(tokens), match.last + 4) and tokens[at].kind == "w" and self._book.candidates(tokens[at].form):
            following = self._book.at(self._text, at)
            if following is None or following.proclitic:
                break
            word = next((w for w in following.value if w.sort == "demonym"), None)
            if word is not None:
                if word.definite != act.definite:
                    break
                self.seen.append((following.first, word.countries[0]))
                return self._national(replace(following, proclitic=""), [(act, match.last)], following, word)
            if not any(w.sort == "attr" for w in following.value):
                break
            at = following.last + 1
        return match.last

    def _demonym(self, match: PhraseMatch[tuple[Word, ...]], word: Word) -> int:
        """People by nationality, in the plural."""
        if word.number == "pl":
            self._add(self._of(match, word, match.last, sort="civilians", kind="civilians", id="civilians", sure=False))
        return match.last

    def _state(self, match: PhraseMatch[tuple[Word, ...]], word: Word) -> None:
        """A country or capital as an actor."""
        before = self._before(match.first)
        kinds = {w.sort for w in before.value} if before is not None else set()
        if "other" in kinds or match.proclitic[-1:] == "ب":
            return
        if (word.sort == "capital" or word.countries[0] in self._words.scenes) and "actor" not in kinds:
            return
        self._add(self._of(match, word, match.last, sort="state", kind="state_force", role="army", code=word.countries[0]))
