"""Saying: whether a verb of saying is one where it stands, and who its subject is.

The frames of ``speech_verbs.tsv`` say what must stand around a verb; words with other meanings need more than "said".
"""

from __future__ import annotations

from marsad.lexicon.phrases import PhraseMatch
from marsad.reading.memory import Memory
from marsad.reading.people import words_of
from marsad.reading.quotes import CLOSING, PLAIN
from marsad.reading.speakers import Phrase
from marsad.reading.speech import Verb
from marsad.reading.surroundings import COMMAS, Surroundings
from marsad.record import record, replace

__all__ = ["Saying", "closes", "saying_at"]

_NAMED = 12
_ANYWHERE = 30
_AT_ONCE = 3
_COUNTING = frozenset(("government", "monitor", "un", "ngo", "news", "medical", "rescuers", "local", "correspondent"))
_KINDS = {"counted": _COUNTING, "learn": frozenset(("news", "correspondent")), "claim": frozenset(("belligerent",))}
_SPEAKING = frozenset(("role", "org", "sure", "media"))
_BODIES = frozenset(("body", "outlet", "rank"))
_TOLD = frozenset(("object", "from"))
_TAKEN = frozenset(("stop", "from"))
_STRICT = frozenset(("strict", "footage"))
_CLOSE = _STRICT | {"near"}  # frames of words that are speech only beside a known speaker
_ACCUSED = frozenset(("body", "sure", "country"))
_OBJECTS = frozenset(("accuses", "condemns", "urges", "threatens"))


@record(frozen=True, slots=True)
class Saying:
    """A verb of saying with its subject.

    Attributes:
        match: the verb.
        subject: phrase of the speaker; None where the verb goes on with a speaker told before.
        clause: token index where the clause of subject and verb begins.
        content: token index of what opens the content ("that", a colon, a quotation), or -1.
        relative: whether it is said of the noun before it ("a raid that residents said hit a school").
    """

    match: PhraseMatch[Verb]
    subject: Phrase | None
    clause: int
    content: int
    relative: bool = False

    @property
    def verb(self) -> Verb:
        """The verb form."""
        return self.match.value

    @property
    def participle(self) -> bool:
        """Whether it goes on with a speech by a participle ("adding that")."""
        return self.match.value.feature.startswith("participle")


def saying_at(around: Surroundings, memory: Memory, match: PhraseMatch[Verb], first: int, end: int, floor: int) -> Saying | None:
    """The verb of saying at a match, or None where the word is no speech there.

    Args:
        around: the surroundings of the text.
        memory: those who have spoken so far.
        match: a form of a verb of saying.
        first, end: token range of the sentence, the end excluded.
        floor: first token behind the attributions found so far.
    """
    at, verb = match.first, match.value
    if (match.proclitic and match.proclitic not in around.words.conjunctions) or around.negated(at, first):
        return None
    if at > first and verb.feature.startswith("impf") and around.mark(at - 1) == "that":
        return None
    if around.mark(at) == "cut":
        return None
    content = around.content(at + 1, end)
    if verb.frame == "footage":
        shown = around.footage(at + 1, end)
        content = shown if shown >= 0 and (content < 0 or shown < content) else content
    if verb.feature.startswith("participle"):
        near = at < content <= at + 4 or (at + 1 < end and around.mark(at + 1) in _TAKEN)
        near = near or (
            at == first and at + 1 < end and around.mark(at + 1) == "object"
        )  # "..., he said. Confirming the death of"
        if verb.feminine and at > first and around.text.tokens[at - 1].kind == "w":
            # Behind a noun it may be its adjective ("confirmed news of").
            near = at < content <= at + 2
        return Saying(match, None, at, content) if near or verb.stance == "condemns" else None
    if content < 0 and verb.feature != "masdar" and not _without_content(around, match, first):
        return None
    subject = around.subject_after(at, end) if verb.feature != "perf.3mp" else None  # the plural stands behind its subject
    if verb.stance == "accuses" and subject is not None and subject.first == at + 1:
        subject = None if match.proclitic and _charged(around, subject) else _accuser(around, memory, subject)
    elif verb.stance == "threatens" and subject is not None:
        subject = _uncharged(around, subject)[0]
    # "said" is followed by its speaker or by what was said; other verbs by their object too.
    reach = _ANYWHERE if verb.frame == "that" else _NAMED
    if subject is not None and not subject.kind and not -1 < content <= subject.last + reach:
        if around.text.tokens[subject.first].form.startswith(around.words.article):
            return None
        subject = None
    if verb.feature == "masdar":
        named = subject is not None and subject.type and subject.first == at + 1
        behind = subject.last + 1 if subject is not None else end
        told = content == behind or around.responsible(behind, min(end, behind + 2))
        told = told or (behind < end and around.mark(behind) in _TOLD)  # "the announcement of X of the killing of"
        return Saying(match, subject, at, content) if named and told else None
    chosen = _subject(around, memory, match, subject, first, floor, content)
    if chosen is None:
        return None
    chosen = around.described(chosen[0]), chosen[1]
    saying = Saying(match, chosen[0], chosen[1], content, _relative(around, match, subject, chosen[0], first))
    return saying if _speech(around, memory, saying, first, end, floor) else None


def _accuser(around: Surroundings, memory: Memory, phrase: Phrase) -> Phrase:
    """The speaker in a phrase that holds whom it accuses too ("accused the committees the army of shelling")."""
    first = around.talk.noun(phrase.first)
    if first is None:
        name = _name(around, phrase.first)
        nouns = range(phrase.first + 1, phrase.last + 1) if memory.knows(name) else range(0)
        accused = next((at for at in nouns if around.talk.noun(at) is not None), -1)
        return phrase if accused < 0 else replace(name, last=accused - 1, end=around.text.tokens[accused - 1].end)
    phrase, charged = _uncharged(around, phrase)
    behind, tokens, article = phrase.last + 1, around.text.tokens, around.words.article
    # A listed name is one word here ("the forces of X" accused).
    plain = not tokens[phrase.first].form.startswith(article) and phrase.last > phrase.first == first.last
    owned = around.talk.noun(phrase.first + 1) if plain else None
    plural = plain and tokens[phrase.first].form.endswith(words_of(around.words.language).plurals)
    if plural and owned is not None and owned.value.type in _ACCUSED:
        # "activists accused the regime": no owner can follow such a plural.
        return replace(phrase, kind=phrase.own or phrase.kind, last=phrase.first, end=tokens[phrase.first].end, tail=-1)
    if charged and phrase.tail < 0:  # "Lavrov accused the rescuers of"
        others = (around.talk.noun(at) for at in range(first.last + 1, phrase.last + 1))
        accused = next((m.first for m in others if m is not None and m.value.type == "sure" and not m.proclitic), -1)
        if first.value.type == "sure":
            accused = first.last + 1
        if first.last < accused <= phrase.last:
            return replace(phrase, kind=phrase.own or phrase.kind, last=accused - 1, end=tokens[accused - 1].end)
    if phrase.tail < 0 or behind >= len(tokens):
        return phrase
    tail = phrase.tail if charged else -1
    for at in range(phrase.first + 2, phrase.tail + 1):
        # Behind a noun with the article another one is no owner of it.
        noun = around.talk.noun(at) if tokens[at].form.startswith(article) else None
        if noun is not None and noun.value.type == "body" and tokens[at - 1].form.startswith(article):
            tail = at
            break
    if tail < 0:
        return phrase
    return replace(phrase, kind=phrase.own or phrase.kind, last=tail - 1, end=tokens[tail - 1].end, tail=-1)


def _uncharged(around: Surroundings, phrase: Phrase) -> tuple[Phrase, bool]:
    """A phrase without the charge that it ran into ("accused X of standing behind"), and whether a charge stands in or behind it."""
    tokens = around.text.tokens
    if _charges(around, phrase.last + 1):
        return phrase, True
    noun = around.talk.noun(phrase.first)
    low = phrase.first if noun is not None and noun.value.type in _ACCUSED else phrase.first + 1
    at = next((i for i in range(phrase.last, low, -1) if _charges(around, i)), -1)
    if at <= phrase.tail:
        return phrase, False
    return replace(phrase, last=at - 1, end=tokens[at - 1].end), True


def _charges(around: Surroundings, at: int) -> bool:
    """Whether a token can be what somebody is accused of, or threatens with ("of shelling")."""
    tokens = around.text.tokens
    told = at < len(tokens) and tokens[at].form.startswith(around.words.charges) and around.talk.noun(at) is None
    return told and around.mark(at) in ("", "object")


def _charged(around: Surroundings, phrase: Phrase) -> bool:
    """Whether the only party behind "and accused" is who is accused ("said X, and accused the army of shelling"): the charge follows at once."""
    tokens = around.text.tokens
    quoted = tokens[phrase.first].kind == "p"
    behind = phrase.last + 1 + (quoted and phrase.last + 1 < len(tokens) and tokens[phrase.last + 1].kind == "p")
    alone = phrase.kind == "belligerent" and phrase.tail < 0 and around.talk.noun(phrase.first + quoted) is not None
    return alone and behind < len(tokens) and tokens[behind].form.startswith(around.words.charges)


def _name(around: Surroundings, at: int) -> Phrase:
    """The phrase of a bare name at a token."""
    token = around.text.tokens[at]
    return Phrase(at, at, token.start, token.end, "", "", "", False, -1)


def _without_content(around: Surroundings, match: PhraseMatch[Verb], first: int) -> bool:
    """Whether a verb can be speech where nothing opens what is said, whoever speaks."""
    verb = match.value
    if verb.frame == "that" and verb.stance != "adds":
        return _closing(around, match, first)
    if verb.frame == "that" and not match.proclitic and match.first > first and around.text.tokens[match.first - 1].kind == "w":
        return False  # in the middle of a clause it is another word ("a camp belonging to")
    return verb.frame not in _CLOSE


def _relative(around: Surroundings, match: PhraseMatch[Verb], after: Phrase | None, chosen: Phrase | None, first: int) -> bool:
    """Whether a verb is said of the noun before it: no comma and no conjunction parts them, and its speaker follows."""
    at = match.first
    if (
        match.value.frame not in ("that", "ascribe")
        or match.proclitic
        or at == first
        or after is None
        or after is not chosen
        or not after.kind
    ):
        return False
    return around.text.tokens[at - 1].kind == "w" and around.mark(at - 1) in ("", "relative", "object")


def _subject(
    around: Surroundings, memory: Memory, match: PhraseMatch[Verb], after: Phrase | None, first: int, floor: int, content: int
) -> tuple[Phrase | None, int] | None:
    """The subject, behind or before its verb, with the start of its clause; None where the verb cannot be speech."""
    at, verb = match.first, match.value
    if verb.stance in _OBJECTS and at > first and around.pronoun(at - 1):
        return None, at  # "but he called on the army to": whom it names is spoken to
    inside = at > first and around.text.tokens[at - 1].kind == "w" and not around.mark(at - 1)
    before = None
    charged = verb.stance == "accuses" and after is not None and _charged(around, after)  # "X had accused the army of"
    if inside or charged or after is None or after.type not in _SPEAKING or after.first > at + 1:
        before = around.subject_before(at, first, floor)
        if before is not None and before.last == at - 1 and before.first > first and around.issued(at):
            return None, at  # "issued a statement in which it said"
    if before is not None and inside and verb.feature.startswith("impf") and before.last < at - 2:
        before = None
    if before is not None:
        opened = before.first > first and around.mark(before.first - 1) == "open"
        last = before.last + (around.text.forms[before.last + 1] in CLOSING | PLAIN)  # "the «network X» had accused"
        if (opened or not match.proclitic) and (after is None or last >= at - 2):
            return before, before.first
        return after, at
    speaks = after is not None and bool(after.kind) and after.type in _SPEAKING | _BODIES
    # "Washington said that" is speech wherever it stands, if what is said follows at once.
    speaks = speaks or (after is not None and after.type == "country" and after.last < content <= after.last + _AT_ONCE)
    if verb.stance == "denies" and after is not None and after.first == at + 1:
        matter = at > first + 1 and around.mark(at - 1) == "relative" and around.mark(at - 2) == "object"
        # Nobody denies a country.
        speaks = speaks or (after.type == "country" and (matter or not verb.feature.startswith("impf")))
        if matter and speaks:
            return after, at  # "..., a matter that the army denied"
    if at > first and around.mark(at - 1) == "relative":
        # "the attack that X ascribed to Y", "at the time in which X announced"
        if speaks and (match.value.frame in ("that", "ascribe") or around.mark(at + 1) == "time"):
            return after, at
        # "X, who added": the one named last; any other clause of this kind is about something else.
        return (None, at) if floor == at - 1 else None
    if at - 3 >= first and around.mark(at - 1) == "stop" and around.mark(at - 3) == "open" and not match.proclitic:
        name = _name(around, at - 2)
        if memory.knows(name):
            return name, at - 2  # "and Hamdan had announced"
    if match.proclitic or not inside:
        return after, at
    # In the middle of a clause what follows is the object, unless it plainly is a speaker.
    plain = after is not None and (after.type in _SPEAKING | _BODIES or speaks)
    if plain and (verb.stance not in _OBJECTS or verb.frame == "ascribe"):
        return after, at
    name = _name(around, at - 1)
    if memory.knows(name):
        return name, at - 1
    return (None, at) if around.takes_up(at, first, False) else None


def _speech(around: Surroundings, memory: Memory, saying: Saying, first: int, end: int, floor: int) -> bool:
    """Whether the frame of the verb is met."""
    at, verb, subject, content = saying.match.first, saying.verb, saying.subject, saying.content
    named = subject is not None and bool(subject.kind)
    if (verb.stance == "condemns" or verb.frame in _STRICT) and at > first and around.mark(at - 1) == "relative":
        return False  # "who refuse the truce" tells of them, not what they say
    if subject is None and floor != at - 1 and not around.takes_up(at, first, bool(saying.match.proclitic)):
        return False
    if verb.frame == "that" and content < 0 and verb.stance != "adds":
        return subject is not None and named and closes(around, saying, subject.last + 1, first, end)
    if subject is not None and not named and verb.frame != "that" and not memory.knows(subject):
        # An unknown word behind a verb that may take an object: a name only if what is said follows at once.
        setting = around.talk.mark_at(subject.last + 1) if subject.last + 1 < end else None
        between = _NAMED if setting is not None and setting.value == "stop" and setting.last > setting.first else _AT_ONCE
        return verb.frame not in _CLOSE and content <= subject.last + between
    if verb.frame == "claim" and subject is not None:
        return subject.kind in _KINDS["claim"]
    if verb.frame == "press":
        press = subject if subject is not None else memory.last(None, around.text.tokens[at].sentence)
        return press is not None and press.kind == "news" and (subject is None or subject.first == at + 1)
    if verb.frame == "known":
        return named and subject is not None and subject.first == at + 1 or verb.feature == "perf.3mp"
    if verb.frame in ("blame", "ascribe"):
        if subject is None or not named:
            return False
        behind = max(at, subject.last) + 1
        until = min(end, behind + _NAMED)
        if verb.frame == "blame":
            return around.blamed(behind, until)
        return at in (subject.first - 1, subject.last + 1) and any(around.mark(i) == "stop" for i in range(behind, until))
    if verb.frame in _CLOSE | {"counted", "learn"}:
        if verb.frame == "near" and subject is None and saying.match.proclitic and content == at + 1:
            return True  # no other meaning of the word has "that" right behind it
        if subject is None or not named:
            return False
        counts = verb.frame == "counted" and subject.own == "other" != subject.kind  # "statistics", whoever issued them
        if not counts and subject.kind not in _KINDS.get(verb.frame, {subject.kind}):
            return False
        if verb.frame in _CLOSE and not -1 < content <= subject.last + _NAMED:
            return False
        if verb.frame in _CLOSE and any(around.speaks_on(i) for i in range(max(at, subject.last) + 1, content)):
            return False  # the content is another verb's
        if verb.frame == "near":
            opens = saying.match.proclitic or at == first or around.text.tokens[at - 1].kind == "p"
            return bool(opens) and subject.first == at + 1 and subject.type in _SPEAKING
    return True


def closes(around: Surroundings, saying: Saying, behind: int, first: int, end: int) -> bool:
    """Whether a verb of saying closes its sentence, behind what was said."""
    return saying.verb.frame in ("that", "free") and _closing(around, saying.match, first) and around.ends_soon(behind, end)


def _closing(around: Surroundings, match: PhraseMatch[Verb], first: int) -> bool:
    """Whether a verb stands behind the comma that may part it from what was said."""
    return match.first > first and not match.proclitic and around.text.tokens[match.first - 1].form in COMMAS
