"""Phrases behind a head noun: how far its name reaches, what kind it is, and whose it is.

The phrase goes on over adjectives that agree, over what the head belongs to and over "belonging to ..."; it ends at
punctuation, at small words that open something else, at "and", and at words that are not known to go on with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

from marsad.reading.headwords import TA_MARBUTA, Book, Head, Qualifier, Reading
from marsad.reading.qualifiers import QUOTES
from marsad.record import record
from marsad.text.tokens import Text, Token

__all__ = ["Phrase", "mentions", "phrase"]

_REACH = 9
_GAP = 5
_SEVERAL = 6  # tokens before several weapons within which the word stands that tells what was done to them
_DOUBLING = "\u0651"
_HAMZA = ("\u0623", "\u0625")
_ENDS = frozenset(("stop", "use", "strike", "from"))
_COMMAND = "command"
_MODEL, _MAKING = "model", "making"
_WEAK = frozenset((_COMMAND, "organisation"))  # classes that give way to a later one ("headquarters of the police")


@record(frozen=True, slots=True)
class Phrase:
    """What stands behind a head.

    Attributes:
        last: index of the last token of the name; kind: kind of the head, "" if it is none, "-" if words say that it is
            something else.
        owner: token span of the words that say whose it is, or None.
        told: whether a qualifier decided the kind; named: whether an unlisted name follows.
    """

    last: int
    kind: str
    owner: tuple[int, int] | None
    told: bool
    named: bool


def phrase(text: Text, book: Book, index: int, reading: Reading) -> Phrase | None:
    """The phrase that begins with the head at a token, or None where the words next to it make it something else."""
    walk = _Walk(text, book, index, reading)
    if walk.excluded():
        return None
    if walk.head.needs:
        return walk.needed()
    walk.run()
    return walk.result()


class _Mention(Protocol):
    @property
    def last(self) -> int: ...


_M = TypeVar("_M", bound=_Mention)


def mentions(text: Text, book: Book, mention: Callable[[Text, Book, int, Reading], _M | None]) -> Iterator[_M]:
    """What is made of the heads of a text, in order, without overlap.

    Args:
        text: the text.
        book: the heads.
        mention: makes a mention of the head at a token, or None where it is none.
    """
    past = -1
    for index, reading in book.known.among(text):
        if reading is None or index <= past or text.tokens[index].kind != "w":
            continue
        made = mention(text, book, index, reading)
        if made is not None:
            past = made.last
            yield made


class _Walk:
    def __init__(self, text: Text, book: Book, index: int, reading: Reading) -> None:
        self.text = text
        self.tokens, self.book, self.index, self.reading = text.tokens, book, index, reading
        self.head: Head = reading.head
        self.end = text.sentences[text.tokens[index].sentence][1]
        self.last = index
        self.kind = self.fallback = ""
        self.owner = self.owner_last = -1
        self.crossed = 0  # unlisted words without article passed since the last known one
        self.settled = False  # whether the noun that the head belongs to is complete: adjectives only
        # A noun with article, pronoun or accusative ending has no noun behind it.
        self.closed = reading.definite or reading.owned or reading.number == "acc"
        self.definite = reading.definite or reading.owned
        self.named = False
        self.skip = -1  # a token that was read with the one before it
        self.lead = False  # right behind "belonging to"

    def excluded(self) -> bool:
        head, behind = self.head, self._next(self.index)
        written = self.text.source[self.tokens[self.index].start : self.tokens[self.index].end]
        if written.endswith(TA_MARBUTA) and self.reading.owned:
            return True  # the last letter is no pronoun
        if head.spelled and written.endswith(head.spelled):
            return True
        if self.reading.articled and written[self.reading.begin : self.reading.begin + 1] in _HAMZA:
            return True  # the article is written without hamza
        if "@owned" in head.unless and self.reading.owned:
            return True
        if "@seat" in head.unless and self.reading.owned and self.reading.proclitic.startswith(self.book.conjunctions):
            return True  # "and its seat is in ..."
        article = self.book.article
        if behind is not None and head.unless:
            form = behind.form
            if form in head.unless or (form.startswith(article) and form[len(article) :] in head.unless):
                return True
            if "@number" in head.unless and behind.kind == "n":
                return True
            if "@people" in head.unless and not self.closed and behind.kind == "w":
                known = self.book.qualifier(form)
                if known is not None and known.people and not known.definite:
                    return True
        if head.before and self.index:
            ahead = self.tokens[self.index - 1]
            if ahead.form in head.before or (ahead.kind == "w" and ahead.form[1:] in head.before):
                return True
        return bool(head.before) and self.reading.proclitic in head.before and bool(self.reading.proclitic)

    def _next(self, index: int) -> Token | None:
        at = index + 1
        while at < self.end and self.tokens[at].form in QUOTES:
            at += 1
        return self.tokens[at] if at < self.end and self.tokens[at].kind in "wn" else None

    def needed(self) -> Phrase | None:
        """The phrase up to the word that must follow ("opened ... fire"), or None where it does not come."""
        for at in range(self.index + 1, min(self.end, self.index + 1 + _GAP)):
            if self.tokens[at].form in self.head.needs:
                return Phrase(at, self.head.kind, None, False, False)
            if self.tokens[at].kind == "p" and self.tokens[at].form not in QUOTES:
                return None
            other = self.book.read(self.tokens[at].form)
            if other is not None and other.head.kind not in ("", self.head.kind):
                return None  # a battery opens another fire than a rifleman
        return None

    def run(self) -> None:
        at = self.index + 1
        while at < self.end and at - self.index <= _REACH:
            token = self.tokens[at]
            if token.form in QUOTES or at <= self.skip:
                at += 1
                continue
            if token.kind == "n":
                if not self.named and self.last == self.index:
                    return
                self._reach(at)
            elif token.kind != "w" or not self._word(at, token.form):
                return
            at += 1

    def _reach(self, at: int) -> None:
        self.last = at
        if self.owner >= 0:
            self.owner_last = at

    def _word(self, at: int, form: str) -> bool:
        """Whether the phrase goes on with this word."""
        role = self.book.role(form)
        if role == _MODEL or (role == "from" and at + 1 < self.end and self.book.role(self.tokens[at + 1].form) == _MODEL):
            return self._model(at if role == _MODEL else at + 1)
        if role in _ENDS:
            known = self.book.qualifier(form)
            return known is not None and bool(known.pairs) and not known.kind and self._known(at, known)
        if role == "belonging":
            self.lead, self.crossed = True, 0
            return True
        if role == _MAKING and not self.settled:
            self.closed, self.crossed = False, 0  # "a workshop for the making of charges": they say what it is
            return True
        if role == "through":
            if self.last == at - 1:
                self._reach(at)
            if not (self.settled or form.startswith(self.book.article)):
                self.closed = True
            return True
        if form == self.book.dative:  # the letter stands apart, before a quotation mark
            self.lead = True
            return True
        known = self.book.qualifier(form)
        if known is None:
            return self._unknown(at, form)
        return self._known(at, known)

    def _model(self, at: int) -> bool:
        """Whether a listed word follows "of the model" at a token: it says what the head is, however the phrase stood before."""
        behind = self._next(at)
        known = self.book.qualifier(behind.form) if behind is not None else None
        if behind is None or known is None or not known.kind or known.proclitic:
            return False
        self._decide(known.kind, known.weak)
        self.skip = behind.index
        self.closed = self.settled = True
        self._reach(behind.index)
        return True

    def _unknown(self, at: int, form: str) -> bool:
        book = self.book
        if form.startswith(book.conjunctions) and not form.startswith(book.article):
            return False
        article = form.startswith(book.article) and len(form) > len(book.article) + 1
        if self.lead or (form.startswith(book.dative * 2) and self.owner < 0 and len(form) > 4):
            if self.lead or not self.definite:  # "the quarters of the town": a name, and no owner
                self.owner = at
            self.lead, self.settled, self.closed = False, article, False
            self._reach(at)
            return True
        if self.last == at - 1 and not self.settled and article == self.reading.definite and book.relates(form, self.reading):
            self.closed = True  # an unlisted adjective
            self._reach(at)
            return True
        if self.closed and not article:
            return False
        if article:
            if self.crossed or (self.settled and (self.last != at - 1 or not book.relates(form))):
                return False
            if self.definite and self.reading.definite and not self.settled:
                if self.last != self.index or book.read(form) is not None:
                    return False
                self.crossed += 1  # an adjective of a definite head is passed over, and is no name of it
                return True
            self.settled, self.named = True, True
            self._reach(at)
            return True
        if self.settled or self.crossed or self.kind:
            # inside the name of an owner one unlisted word may stand ("the party of X")
            return self.owner >= 0 and self.owner_last == at - 1 and not self.settled and self._inside(at)
        self.crossed += 1
        self.named = True
        return True

    def _inside(self, at: int) -> bool:
        before = self.book.qualifier(self.tokens[at - 1].form)
        if before is None or not before.opens:
            return False
        self._reach(at)
        self.settled = True
        return True

    def _known(self, at: int, known: Qualifier) -> bool:
        kind, behind = known.kind, self._next(at)
        paired = next((k for word, k in known.pairs if behind is not None and behind.form == word), "")
        if not (kind or paired):
            return self.tokens[at].form not in self.book.roles and self._unknown(at, self.tokens[at].form)
        kind = paired or kind
        dative = known.proclitic == self.book.dative
        if known.proclitic and not dative and not (self.lead and known.proclitic == self.book.instrument):
            return False
        if dative and (self.owner >= 0 or (self.definite and not known.people)):
            return False  # "the post came under fire": the verb's, not the post's
        # "two military posts": the dual of an adjective is written as the plural of its people
        two = self.reading.number == "du" and known.dual and known.definite == self.definite and not dative
        two = two or (known.dual and known.definite and self.settled and self.owner_last == at - 1)  # "the Houthi fighters"
        if known.adjective or two:
            if not self._agrees(known):
                return False
        elif self.lead or dative:
            self.settled = known.definite
            self.closed = False
        elif paired and not self.settled:
            pass  # two words say more surely than one that they go on with the phrase
        elif self.closed or self.settled or self.crossed:
            return False
        else:
            self.settled = known.definite
        body = self.lead or (known.people and kind != _COMMAND) or (bool(paired) and paired == self.book.armed)
        if body and not two and self.owner < 0:
            self.owner = at
        if known.adjective and not known.definite:
            self.closed = True  # no noun belongs to a noun with an adjective of its own
        self.lead, self.crossed = False, 0
        self._decide(kind, known.weak and not paired)
        self._reach(at)
        if paired and behind is not None:
            self.settled = True
            self._reach(behind.index)
            self.skip = behind.index
        return True

    def _agrees(self, known: Qualifier) -> bool:
        if known.definite:
            return self.definite or self.settled or self.crossed > 0 or self.owner >= 0
        return not (self.definite or self.settled) and self.crossed == 0

    def _decide(self, kind: str, weak: bool) -> None:
        takes = self.head.takes
        found = takes.get(kind) or (kind if "*" in takes and kind in self.book.kinds else "")
        if weak or kind in _WEAK:
            self.fallback = self.fallback or found
        else:
            self.kind = self.kind or found

    def result(self) -> Phrase:
        owner = (self.owner, self.owner_last) if self.owner >= 0 else None
        told = bool(self.kind or self.fallback)
        kind = self.kind or self.fallback or self._alone()
        return Phrase(self.last, kind, owner, told, self.named)

    def _alone(self) -> str:
        when, reading = self.head.when, self.reading
        if not when:
            return self.head.kind
        held = (
            ("indef" in when and not reading.definite)
            or ("def" in when and reading.definite)
            or ("plural" in when and reading.number in ("pl", "du"))
            or ("unnamed" in when and not self.named)
            or ("owned" in when and (self.owner >= 0 or reading.owned))
            or ("named" in when and self.named and not reading.definite)
            or ("acc" in when and reading.number == "acc")
            or ("marked" in when and self._marked())
            or ("with" in when and reading.proclitic.endswith(self.book.instrument) and reading.proclitic != "")
            or ("struck" in when and self._struck())
            or ("several" in when and self._several_struck())
        )
        return self.head.kind if held else ""

    def _marked(self) -> bool:
        """Whether the word is written with its doubling mark, which tells it from its homograph."""
        token = self.tokens[self.index]
        return _DOUBLING in self.text.source[token.start : token.end]

    def _struck(self) -> bool:
        """Whether a noun of attack stands right before the word, or "from" between them ("shelling from a drone")."""
        at = self.index - 1
        if at > 0 and self.book.role(self.tokens[at].form) == "from":
            at -= 1
        return at >= 0 and self.book.role(self.tokens[at].form) == "strike"

    def _several_struck(self) -> bool:
        """Whether a word of attack stands a few words before several of the kind ("shot down a number of drones", "shot down 40 drones")."""
        several = self.reading.number == "pl" or (self.index > 0 and self.tokens[self.index - 1].kind == "n")
        near = self.tokens[max(self.index - _SEVERAL, 0) : self.index] if several else ()
        return any(token.kind == "w" and self.book.role(token.form) == "strike" for token in near)
