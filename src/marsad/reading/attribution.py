"""Attribution: who says what is told, and how far each speaker reaches.

An attribution is a verb of saying or a marker ("according to") with its speakers and the token ranges that the speech
covers (conventions 13 and 14 of ``docs/claims.md``): the part of the sentence that it governs, on to the end of an open
quotation; a marker that stands at the end covers what stands before it. A verb without a subject, "the source", or a
surname goes on with a speaker named before.

``sources_at`` lays nested attributions over a token: an outlet that passes on what another one states is a carrier, an
outlet that nobody stands behind is the origin itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.speakers import SourceMention
from marsad.reading.speech import speech_words
from marsad.reading.statements import issued
from marsad.reading.utterances import Utterance, Utterances
from marsad.record import record, replace
from marsad.text.tokens import Text

__all__ = ["Attribution", "SourceMention", "find", "sources_at"]

_BESIDE = 6  # utterances back that an outlet's marker can close
_ORGANISED = frozenset(("monitor", "ngo", "un", "rescuers"))  # one of a kind is told by its name
_LISTING = frozenset(("monitor",))  # those whose reports are lists of events
_FIRST = 3  # tokens in which the first word of a sentence stands
_AT_ONCE = 3  # tokens between an outlet's marker and the speaker that it opens


@record(frozen=True, slots=True)
class Attribution:
    """One act of saying.

    Attributes:
        first, last: token indices, both included, of the verb or marker with its speakers.
        start, end: source offsets of the verb or marker.
        stance: what is done by it; see ``speech_verbs.tsv``. "says" for markers.
        sources: who says so, origins first; empty only where the speaker is not told.
        reach: token ranges (first, last included) that the speech covers.
        trailing: whether it stands behind what it covers.
        refers_back: whether it is about an event told before ("claimed the attack").
    """

    first: int
    last: int
    start: int
    end: int
    stance: str
    sources: tuple[SourceMention, ...]
    reach: tuple[tuple[int, int], ...]
    trailing: bool = False
    refers_back: bool = False

    def covers(self, index: int) -> bool:
        """Whether a token stands within the reach."""
        for first, last in self.reach:
            if first <= index <= last:
                return True
        return False


def find(text: Text, published: str | None = None, publisher: str | None = None, language: str = "ar") -> list[Attribution]:
    """The attributions of a text, in order.

    Args:
        text: the report.
        published: its day of publication; not used yet, for later rules that depend on the years of a party.
        publisher: its publisher, whose own correspondents it does not pass on.
        language: code of the language pack.
    """
    utterances = Utterances(text, speech_words(language), publisher)
    drafts = utterances.all()
    _go_on(drafts, utterances)
    _pass_on(drafts)
    _carry(drafts)
    drafts += issued(utterances, drafts)
    return [_finished(draft, utterances) for draft in drafts]


def _go_on(drafts: list[Utterance], utterances: Utterances) -> None:
    """A monitor's list of events goes on in sentences that begin with "as well" and name no speaker of their own."""
    text, tokens = utterances.text, utterances.text.tokens
    spoken = {tokens[draft.mark].sentence for draft in drafts}
    for draft in drafts:
        if draft.trailing or draft.refers_back or not any(s.kind in _LISTING and s.role == "origin" for s in draft.sources):
            continue
        number = tokens[draft.mark].sentence
        while draft.finish == text.sentences[number][1] - 1 and number + 1 < len(text.sentences) and number + 1 not in spoken:
            number += 1
            first, end = text.sentences[number]
            begin = next((i for i in range(first, min(end, first + _FIRST)) if tokens[i].kind == "w"), -1)
            mark = utterances.talk.mark_at(begin) if begin >= 0 else None
            if mark is None or mark.value != "as":
                break
            draft.finish = end - 1


def _pass_on(drafts: list[Utterance]) -> None:
    """An outlet whose marker closes or opens what another says ("the ministry said that ..., according to the agency") carries it."""
    for number, draft in enumerate(drafts):
        outlets = [s for s in draft.sources if s.role == "origin"]
        if not outlets or any(s.kind != "news" for s in draft.sources):
            continue
        if draft.trailing:
            beside = drafts[max(0, number - _BESIDE) : number]
            told = [d for d in beside if draft.begin <= d.mark <= draft.finish]
        else:
            told = [d for d in drafts[number + 1 : number + 2] if draft.marker and d.first - draft.last <= _AT_ONCE]
        for other in told:
            if any(s.role == "origin" and s.kind != "news" for s in other.sources):
                carriers = [replace(s, role="carrier") for s in outlets]
                other.sources = other.sources + [s for s in carriers if s not in other.sources]


def _carry(drafts: list[Utterance]) -> None:
    """An outlet named with one speech of a speaker carries what the speaker says before and after, if no other does."""
    if all(s.role != "carrier" for draft in drafts for s in draft.sources):
        return
    carried: dict[SourceMention, list[SourceMention]] = {}
    for draft in [*drafts, *reversed(drafts)]:
        carriers = [s for s in draft.sources if s.role == "carrier"]
        origins = [s for s in draft.sources if s.role == "origin"]
        if carriers:
            carried.update((origin, carriers) for origin in origins)
        else:
            known = next((carried[k] for o in origins for k in carried if _same(o, k)), [])
            draft.sources = draft.sources + [s for s in known if s not in draft.sources]


def _same(source: SourceMention, known: SourceMention) -> bool:
    """Whether two mentions are one speaker: the same mention, or an organisation with a shorter name."""
    if source == known:
        return True
    named = source.kind == known.kind and source.kind in _ORGANISED
    return named and (source.name.startswith(known.name) or known.name.startswith(source.name))


def _finished(draft: Utterance, utterances: Utterances) -> Attribution:
    text = utterances.text
    if not draft.trailing and draft.begin < draft.finish and utterances.talk.mark(draft.begin) == "words":
        draft.begin += 1  # "quoted the minister as saying"
    first, last = min(draft.first, draft.mark), max(draft.last, draft.mark)
    seen: list[SourceMention] = []
    for source in draft.sources:
        if source not in seen:
            seen.append(source)
    start, end = text.tokens[draft.mark].start, text.tokens[draft.mark].end
    reach = ((draft.begin, max(draft.begin, draft.finish)),)
    return Attribution(first, last, start, end, draft.stance, tuple(seen), reach, draft.trailing, draft.refers_back)


def sources_at(attributions: Sequence[Attribution], index: int) -> tuple[SourceMention, ...]:
    """The sources of what stands at a token, nested ones laid over each other: origins first, each once.

    Args:
        attributions: as found by ``find``.
        index: token index, for example of an event's trigger.
    """
    found: list[SourceMention] = []
    beside: set[SourceMention] = set()
    for attribution in attributions:
        for first, last in attribution.reach:
            if first <= index <= last:
                break
        else:
            continue  # as ``covers``, without a call for each
        found += [s for s in attribution.sources if s not in found] if found else attribution.sources
        if len(attribution.sources) > 1:
            kinds = [s.kind for s in attribution.sources if s.role == "origin"]
            if any(kind != "news" for kind in kinds) and "news" in kinds:
                beside.update(attribution.sources)  # who speaks together does not pass the other on
    if len(found) < 2:
        return tuple(found)
    if any(s.role == "origin" and s.kind != "news" for s in found):
        found = [replace(s, role="carrier") if s.role == "origin" and s.kind == "news" and s not in beside else s for s in found]
    kept: list[SourceMention] = []
    for source in sorted(found, key=lambda s: (s.role != "origin", s.first)):
        if all((source.name, source.role, source.kind) != (k.name, k.role, k.kind) for k in kept):
            kept.append(source)
    return tuple(kept)
