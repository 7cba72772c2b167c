"""Speakers: the noun phrase that names who says something, and what kind of source it is.

The kind follows the head noun and what stands behind it (a medical source, the spokesman of a ministry); a bare name
or a definite noun alone ("the source") is looked for among those who spoke before. Kinds are those of ``docs/claims.md``.
"""

from __future__ import annotations

from marsad.lexicon.clitics import splits
from marsad.lexicon.phrases import PhraseMatch
from marsad.reading.people import words_of
from marsad.reading.speakerkinds import kind_of
from marsad.reading.speech import MARK, NOUN, SPOKEN, Noun, Talk, Verb
from marsad.record import record, replace
from marsad.text.tokens import Text

__all__ = ["HEADS", "Phrase", "SourceMention", "addressed", "is_name", "phrase_at"]

_OPEN = {"(": ")", "«": "»", "“": "”", "[": "]", "‹": "›", "‘": "’"}
_PLAIN = frozenset("\"'”")
_SHUT = _PLAIN | frozenset(_OPEN.values())
_BRACKETS = frozenset("([")
_COMMAS = frozenset("،,")
_LONGEST = 14
_QUOTED = 6
_SHORT = 3
_APART = 4
_NAME = 2
_LEFT = frozenset(("prep", "stop"))
_PROPER = frozenset(("country", "outlet"))
HEADS = frozenset(("role", "org", "sure", "body", "rank", "media", "outlet", "country"))
_ENDS = frozenset(
    (
        "that",
        "words",
        "time",
        "stop",
        "some",
        "from",
        "object",
        "according",
        "as",
        "relative",
        "responsibility",
        "blame",
        "not",
        "open",
        "carried",
        "made",
        "being",
        "cut",
        "goes_on",
        "footage",
    )
)
_DESCRIBING = frozenset(("role", "org", "sure", "rank", "media"))
_FINITE = frozenset(("that", "free", "claim"))


@record(frozen=True, slots=True)
class SourceMention:
    """A source as the text names it.

    Attributes:
        name: as written, without proclitics.
        kind: source kind of ``docs/claims.md``.
        role: "origin" (makes the statement) or "carrier" (passes it on).
        first, last: token indices, both included.
        start, end: source offsets.
    """

    name: str
    kind: str
    role: str
    first: int
    last: int
    start: int
    end: int


@record(frozen=True, slots=True)
class Phrase:
    """A noun phrase that may name a speaker.

    Attributes:
        first, last: token indices, both included.
        start, end: source offsets without the proclitics of the first word.
        kind: source kind; empty if nothing in the phrase tells it.
        head, type: entry of the head noun and its type; empty for a bare name.
        bare: whether it is the head noun alone with its article ("the source").
        joined: index of the token where a further speaker joined by "and" begins, or -1.
        own: kind of the head noun by itself; empty for a statement or a spokesman.
        also: a second kind joined to the first one ("security and medical sources"), or empty.
        plural: whether the head noun is a plural with an entry of its own.
        tail: token where the last institution or party in it begins, or -1; behind a verb it may be the object.
    """

    first: int
    last: int
    start: int
    end: int
    kind: str
    head: str
    type: str
    bare: bool
    joined: int
    own: str = ""
    also: str = ""
    plural: bool = False
    tail: int = -1


_UNREAD = object()
_BODIES = frozenset({"body", "org", "country"})
_BYSTANDERS = frozenset({"local", "witness"})


def phrase_at(talk: Talk, index: int) -> Phrase | None:
    """The noun phrase that begins at a token, or None where none can begin; looked for once at each token."""
    known = talk.phrases.get(index, _UNREAD)
    if known is _UNREAD:
        known = talk.phrases[index] = _phrase_at(talk, index)
    return known if isinstance(known, Phrase) else None


def _phrase_at(talk: Talk, index: int) -> Phrase | None:
    text, tokens, words = talk.text, talk.tokens, talk.words
    count = len(tokens)
    found: list[PhraseMatch[Noun]] = []
    at, last, joined, start, same = index, -1, -1, -1, False
    run = 0  # words of a name that stand right before
    end = min(count, index + _LONGEST)
    while at < end:
        token = tokens[at]
        if token.kind == "p":
            if token.form == "#" or (
                token.form == "." and at > index and len(tokens[at - 1].form) == 1 and tokens[at - 1].kind == "w"
            ):
                at += 1
                continue
            close = _closed(text, at)
            if close < 0 or (start < 0 and (token.form in _BRACKETS or _opens(talk, at + 1))):
                break
            found += [m for m in (talk.noun(inside) for inside in range(at + 1, close)) if m is not None]
            if start < 0:
                start = tokens[at + 1].start
                last = close - 1
            else:
                last = close
            at = close + 1
            continue
        if at > index and token.form in words.recipients and found and _owner(talk, at + 1):
            at += 1
            continue
        if token.kind == "n" and found and found[-1].last == at - 1 and found[-1].value.type == "media":
            last, at = at, at + 1  # "channel 12"
            continue
        if token.kind != "w" or (at > index and token.form in words.recipients):
            break
        flags = words.flags[token.form]
        match = talk.noun(at) if flags & NOUN else None
        if match is not None and match.value.type == "platform":
            break
        if found and last >= index and _behind_name(talk, last, match, at, found, run):
            break
        if flags & MARK and (match is None or match.last == at):
            mark = talk.mark_at(at)
            later = at > index and (bool(found) or mark is None or mark.value != "object")  # "the latest toll of"
            ends = mark is not None and mark.value in _ENDS and (match is None or later or mark.last > at)
            if mark is not None and mark.value == "same" and at > index:
                same, at = True, at + 1
                continue
            if ends and at > index and is_name(text, at) and (mark is None or mark.value != "being"):
                ends = False
            if mark is not None and mark.value == "prep" and found and _outlet(found[0].value):
                break  # where the outlet is spoken to
            if ends and not (mark is not None and mark.value == "from" and _statement(found) and at <= index + 3):
                break
        if match is None:
            if at > index and (
                token.form in words.deeds or (token.form[:1] in words.conjunctions and token.form[1:] in words.deeds)
            ):
                break  # "the observatory announced clashes went on"
            if at > index and flags & SPOKEN:
                verb = talk.verb(at) if not _tied(talk, at) else None
                if verb is not None and verb.value.frame in _FINITE and _finite(talk, verb):
                    break
            if start < 0:
                start = token.start
            run = 0 if token.form.startswith(words.article) else run + 1
            last, at = at, at + 1
            continue
        if at > index and match.value.kind in ("news", "correspondent") and addressed(talk, match) and not _counted(found, at):
            break
        if not found and run and match.value.type == "body" and match.value.definite and match.first == match.last:
            run, last, at = run + 1, at, at + 1  # a surname that a group has its name from
            continue
        run = 0
        and_ = match.proclitic in words.conjunctions
        if at > index and and_ and match.value.type in HEADS and match.value.type != "country":
            joined = at
            break
        if at == index and match.value.type == "sign":
            # An adjective that stands for a person ("the diplomats").
            match = match.valued(replace(match.value, type="role"))
        found.append(match)
        if start < 0:
            start = match.start
        last, at = match.last, match.last + 1
        if found[0].value.type == "country" and len(found) == 1:
            other = talk.noun(at) if at < end and words.flags[tokens[at].form] & NOUN else None
            if other is not None and other.proclitic in words.conjunctions and other.value.type == "country":
                joined = at  # "Russia and Iran said"
            break
    if last < index:
        return None
    last = _unquoted(talk, found, last)
    while last > index and (not found or last > found[-1].last) and talk.mark(last) in _LEFT and not is_name(text, last):
        last -= 1  # a preposition whose noun is no part of the name
    head = next((m for m in found if m.value.type in HEADS), None)
    begin = index + (tokens[index].kind == "p")  # behind the mark that opens a name
    if head is not None and head.first > (begin if head.value.type in ("body", "country") else begin + 2):
        head = None
    if head is None:
        # A bare name may be described behind it ("X, the spokesman of Y"), but an institution there is no description.
        while found and found[0].value.type not in _DESCRIBING:
            del found[0]
        if found and found[0].first > index + _APART:
            found.clear()
    return Phrase(
        index,
        last,
        start,
        tokens[last].end,
        kind_of(found, talk),
        head.value.lemma if head else "",
        head.value.type if head else "",
        head is not None and head.first == index and (head.value.definite and last == head.last or same),
        joined,
        head.value.kind if head else "",
        next((m.value.kind for m in found[1:] if m.value.type == "sign" and m.proclitic in words.conjunctions), ""),
        head is not None and head.value.plural,
        _tail(talk, found, index),
    )


def _finite(talk: Talk, verb: PhraseMatch[Verb]) -> bool:
    """Whether a form is a verb of saying rather than a name: an imperfect only where it is joined or a colon follows."""
    behind = verb.last + 1
    said = behind < len(talk.forms) and talk.forms[behind] == ":"
    return bool(verb.proclitic) or verb.value.feature[0] != "i" or said


def _tied(talk: Talk, at: int) -> bool:
    """Whether a word that can be a verb of saying ties what stands before it to whom it belongs to ("an agency of the army")."""
    return talk.mark(at) == "tied" and at + 1 < len(talk.forms) and talk.forms[at + 1][:1] in talk.words.recipients


def _adjacent(talk: Talk, last: int, first: int) -> bool:
    """Whether nothing but a mark ("the group «X»") stands between two tokens."""
    return first - last == 1 or (first - last == 2 and talk.tokens[last + 1].kind == "p")


def _tail(talk: Talk, found: list[PhraseMatch[Noun]], index: int) -> int:
    """The token where the last institution or party of a phrase begins ("the army", "forces of X"), or -1."""
    force, at = words_of(talk.words.language).force, len(found) - 1
    if (
        at > 1
        and found[at].value.type == "sign"
        and found[at - 1].value.type == "body"
        and found[at - 1].last == found[at].first - 1
    ):
        at -= 1  # "the forces of the government", where these are told by an adjective
    while at > 0 and _adjacent(talk, found[at - 1].last, found[at].first):
        form = talk.forms[found[at - 1].last]
        if not force(form) or form.startswith(talk.words.article):
            break
        at -= 1
    last = found[at] if found else None
    bodies = any(m.value.type in _BODIES for m in found[at:])
    return last.first if last is not None and bodies and not last.proclitic and last.first > index else -1


def _unquoted(talk: Talk, found: list[PhraseMatch[Noun]], last: int) -> int:
    """The last token of a phrase, with the mark that closes a quotation inside its last noun."""
    forms = talk.forms
    if not found or found[-1].last != last or last + 1 >= len(forms):
        return last
    opened = [form for form in forms[found[-1].first : last + 1] if form in _OPEN or form in _PLAIN]
    closing = forms[last + 1]
    return last + (len(opened) == 1 and (closing == _OPEN.get(opened[0]) or (closing in _PLAIN and opened[0] in _PLAIN)))


def _owner(talk: Talk, index: int) -> bool:
    """Whether the quoted name behind "of" is a body's, as in "the office of «the army»"; an outlet is spoken to."""
    tokens = talk.tokens
    if index + 1 >= len(tokens) or tokens[index].form not in _OPEN:
        return False
    match = talk.noun(index + 1) if tokens[index + 1].kind == "w" else None
    return match is not None and match.value.type in ("body", "org") and match.value.kind != "news"


def _behind_name(
    talk: Talk, last: int, match: PhraseMatch[Noun] | None, at: int, found: list[PhraseMatch[Noun]], run: int
) -> bool:
    """Whether a token stands behind the speaker's name: an object, or where a person spoke.

    Args:
        talk: the words of the text.
        last: last token of the phrase so far.
        match: the noun of a speaker at the token, if it is one.
        at: the token.
        found: the nouns of speakers in the phrase so far.
        run: how many words without article and meaning stand right before, as those of a person's name do.
    """
    head, article = found[0].value, talk.words.article
    form, before = talk.forms[at], talk.forms[last]
    told = match is not None and match.value.type in ("media", "outlet") and match.value.kind == "news" and not match.proclitic
    if told and found[-1].last == last and (found[-1].value.type == "sign" or head.kind in _BYSTANDERS):
        return True  # whom the official, the source or residents told
    if not head.person:
        # Behind an institution's name, closed by the article, an indefinite word is what is spoken of.
        closed = before.startswith(article) or before in _SHUT or (found[-1].last == last and found[-1].value.type in _PROPER)
        if match is not None:
            other = match.value.type in HEADS and match.value.type != "outlet"
            joined = match.proclitic or match.start > talk.tokens[at].start  # "of the army", in one word
            return closed and other and not joined and not form.startswith(article)
        if head.type == "outlet" and form.startswith(talk.words.charges) and not form[1:].startswith(article):
            return closed  # "the agency told of the flight of"
        return closed and not form.startswith(article) and len(form) > _SHORT and not splits(form, enclitics=False)[1:]
    ruler = head.kind == "government" and before.startswith(article)
    if ruler and match is not None and match.value.type == "body" and match.value.kind == "belligerent" and not match.proclitic:
        return True  # whom the minister accuses
    if run < _NAME or head.type == "rank" or not (head.definite or found[0].first != found[-1].first):
        return False
    if match is not None:
        return match.value.type in ("role", "country") and match.value.definite and not match.proclitic
    return head.definite and talk.mark(at) == "prep"


def _counted(found: list[PhraseMatch[Noun]], at: int) -> bool:
    """Whether a toll or a report right before a token is that of an outlet rather than told to it ("a toll of the agency")."""
    before = found[-1] if found else None
    noun = before.value if before is not None and before.last == at - 1 else None
    return noun is not None and noun.type == "role" and noun.kind == "other" and not noun.person


def _outlet(noun: Noun) -> bool:
    """Whether it is one outlet, not several of a country."""
    return noun.type == "outlet" or (noun.type == "media" and not noun.plural)


def is_name(text: Text, index: int) -> bool:
    """Whether a word that folds to a preposition in a dotless letter is written with dots: then it is a name."""
    token = text.tokens[index]
    return len(token.form) == _SHORT and text.source[token.end - 1] == "\u064a" and token.form[-1] == "\u064a"


def _opens(talk: Talk, index: int) -> bool:
    """Whether a token can only begin what is said, not a name."""
    mark = talk.mark_at(index) if talk.tokens[index].kind == "w" else None
    return mark is not None and mark.value in _ENDS


def addressed(talk: Talk, match: PhraseMatch[Noun]) -> bool:
    """Whether a noun is the one spoken to ("to the agency")."""
    words, tokens = talk.words, talk.tokens
    if match.proclitic in words.recipients:
        return True
    if not match.proclitic and match.start > tokens[match.first].start:
        return True
    before = match.first - 1
    while before >= 0 and tokens[before].form in _OPEN or before >= 0 and tokens[before].form in _PLAIN:
        before -= 1
    return before >= 0 and tokens[before].form in words.recipients


def _statement(found: list[PhraseMatch[Noun]]) -> bool:
    """Whether a phrase is so far a statement whose issuer is still to come ("a statement issued by")."""
    return bool(found) and found[0].value.statement


def _closed(text: Text, index: int) -> int:
    """Index of the mark that closes a short quotation or bracket opened at a token, or -1."""
    tokens = text.tokens
    mark = tokens[index].form
    closing = _OPEN.get(mark) or (mark if mark in _PLAIN else "")
    if not closing:
        return -1
    for at in range(index + 1, min(len(tokens), index + _QUOTED + 1)):
        form = tokens[at].form
        if form == closing or (closing in _PLAIN and form in _PLAIN):
            return at if at > index + 1 else -1
        if tokens[at].kind == "b" or form in _COMMAS:
            return -1
    return -1
