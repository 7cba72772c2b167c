"""Modality: whether what a word names happened, is denied, uncertain or planned, or is no event at all.

Cues are words with a scope ("denied that ...", "threatened to ...", "in case ...", "... alleged"), read from
``lexicon/modality.tsv``. A scope ends with its clause: at a full stop, a new paragraph, a new speaker's colon, or a word
that opens a clause of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from marsad.lexicon.clitics import letters_of
from marsad.lexicon.inflect import forms
from marsad.lexicon.phrases import Phrasebook
from marsad.lexicon.scan import Shared
from marsad.lexicon.table import read_table
from marsad.reading.speech import speech_words
from marsad.record import record
from marsad.text.fold import fold
from marsad.text.tokens import Text

__all__ = ["Cue", "cue_at", "find", "status_at"]

_STOPS = frozenset(".!؟?:؛;")
_COMMAS = frozenset("،,")
_OPENING, _CLOSING = frozenset("«“"), frozenset("»”")
_CLAUSE_ENDS = _STOPS | _COMMAS
# A cue nearer to the event decides over one farther off; between equals, what speaks more surely against the event.
_ORDER = {"none": 0, "denied": 1, "planned": 2, "uncertain": 3}
_ANY = "any"
_SKIP, _GROUNDS, _PLANNED = "skip", "grounds", "planned"
_WRITTEN_ON, _LEAST = "-", 3  # the mark of letters, and the letters of a word that they may be written onto
_WIDE = frozenset(("denial", "threat"))


@record(frozen=True, slots=True)
class Cue:
    """A word that bears on whether an event happened.

    Attributes:
        first, last: token indices, both included.
        start, end: source offsets.
        effect: "denied", "uncertain", "planned" or "none" (no event).
        group: what kind of cue it is; see ``modality.tsv``.
        scope: token range (first, last included) that it bears on.
    """

    first: int
    last: int
    start: int
    end: int
    effect: str
    group: str
    scope: tuple[int, int]


@record(frozen=True, slots=True)
class _Entry:
    effect: str
    group: str
    side: str
    span: int
    through: tuple[str, ...] = ()


@lru_cache(maxsize=4)
def _cues(language: str) -> Phrasebook[_Entry]:
    found: list[tuple[str, _Entry]] = []
    for row in read_table(f"{language}/lexicon/modality.tsv"):
        through = tuple(fold(word) for word in row.list("through"))
        entry = _Entry(row["effect"], row["group"], row["side"], int(row["span"]), through)
        if row["paradigm"] == "phrase":
            found.append((row["phrase"], entry))
        elif row["paradigm"] == "verb":
            found += [(form, entry) for form in forms("verb", row.list("phrase"), language)]
        elif row["paradigm"] == "future":
            tenses = forms("verb", row.list("phrase"), language).items()
            will = sorted(letters_of(language).will)
            found += [(letters + form, entry) for form, tense in tenses if tense.startswith("impf") for letters in will]
        else:
            raise row.fail(f"no paradigm {row['paradigm']!r}")
    return Phrasebook(found, language, shared=True)


@lru_cache(maxsize=4)
def _openers(language: str) -> Phrasebook[str]:
    rows = read_table(f"{language}/lexicon/speech_markers.tsv")
    return Phrasebook(((r["phrase"], r["type"]) for r in rows if r["type"] in ("open", "as", "according")), language, shared=True)


@lru_cache(maxsize=4)
def _ending(language: str) -> Shared[bool]:
    """Whether a form can end a scope, as the first word of a clause or a verb of saying with a letter before it."""
    openers, words = _openers(language), speech_words(language)

    def ends(form: str) -> bool:
        return bool(openers.candidates(form)) or any(pro in words.conjunctions for _, pro, _ in words.verbs.candidates(form))

    return Shared(ends, {*openers.heads, *words.verbs.heads}, False, language)


def find(text: Text, language: str = "ar") -> list[Cue]:
    """The cues of a text, in order.

    Args:
        text: the report.
        language: code of the language pack.
    """
    found: list[Cue] = []
    matches = list(_cues(language).find(text))
    grounds = frozenset(m.first for m in matches if m.value.effect == _GROUNDS)
    for match in matches:
        entry = match.value
        if entry.effect in (_SKIP, _GROUNDS):
            continue
        scope = _scope(text, match.first, match.last, entry, language, grounds if entry.effect == _PLANNED else frozenset())
        if scope is not None:
            found.append(Cue(match.first, match.last, match.start, match.end, entry.effect, entry.group, scope))
    return found


def _scope(text: Text, first: int, last: int, entry: _Entry, language: str, grounds: frozenset[int]) -> tuple[int, int] | None:
    tokens, forms = text.tokens, text.forms
    begin, end = text.sentences[tokens[first].sentence]
    if entry.side == "before":
        low = first
        while low > begin and first - low < entry.span and forms[low - 1] not in _CLAUSE_ENDS:
            low -= 1
        return (low, first - 1) if low < first else None
    ending, limit = _ending(language), min(end, last + entry.span + 1)
    high, opened = last, 0
    while high + 1 < limit:
        form = forms[high + 1]
        if form in _OPENING:
            opened += 1
        elif form in _CLOSING:
            opened -= 1  # below zero, what is quoted ends with the cue in it
        if high in grounds:
            break  # "vowed to answer the killing of", "threatened to attack after"
        if opened < 0 or form in _STOPS or (form in _COMMAS and entry.group not in _WIDE):
            break
        if ending[form] and tokens[high + 1].kind == "w" and _opens_clause(text, high + 1, language):
            break
        high += 1
    if entry.through:
        return _through(text, last + 1, high, entry.through)
    return (last + 1, high) if high > last else None


def _through(text: Text, low: int, high: int, through: tuple[str, ...]) -> tuple[int, int] | None:
    """The first word of a token range, and the next, that a preposition joins to the cue: one right before it or written onto it."""
    letters = tuple(word.removesuffix(_WRITTEN_ON) for word in through if word.endswith(_WRITTEN_ON))
    for at in range(low, high + 1):
        form = text.forms[at]
        if (at > low and text.forms[at - 1] in through) or (len(form) > _LEAST and form.startswith(letters)):
            return at, min(at + 1, high)
    return None


def _opens_clause(text: Text, index: int, language: str) -> bool:
    """Whether a word opens a clause of its own, or is a verb of saying joined to what stands before."""
    if _openers(language).at(text, index) is not None:
        return True
    words = speech_words(language)
    verb = words.verbs.at(text, index)
    return verb is not None and verb.proclitic in words.conjunctions


def status_at(cues: Sequence[Cue], index: int) -> str:
    """What the cues make of an event at a token: "asserted", "denied", "uncertain", "planned" or "none".

    Args:
        cues: as found by ``find``.
        index: token index of the event's trigger.
    """
    cue = cue_at(cues, index)
    return cue.effect if cue is not None else "asserted"


def cue_at(cues: Sequence[Cue], index: int) -> Cue | None:
    """The cue that decides what is made of an event at a token: the nearest in whose scope it stands; None if there is none."""
    best: tuple[int, int] | None = None
    found: Cue | None = None
    for cue in cues:
        if cue.scope[0] <= index <= cue.scope[1]:
            distance = index - cue.last if cue.last < index else cue.first - index
            rank = (distance, _ORDER[cue.effect])
            if found is not None and _ANY in (found.group, cue.group) and "denied" in (found.effect, cue.effect):
                # "Denied any attack" denies it, though "any" stands nearer.
                if cue.effect == "denied":
                    best, found = rank, cue
            elif best is None or rank < best:
                best, found = rank, cue
    return found
