"""Statements: who issues a text that is one, and so says all of it that nobody else says.

A statement names its issuer in its head ("a communiqué issued by X") or signs with the name on a line of its own; then its "our
forces" are those of the issuer.
"""

from __future__ import annotations

from bisect import bisect_left

from marsad.reading.cases import our, troops
from marsad.reading.listing import items_of
from marsad.reading.speakers import Phrase, SourceMention, phrase_at
from marsad.reading.utterances import Utterance, Utterances
from marsad.record import replace

__all__ = ["issued"]

_HEAD, _FOOT = 8, 4  # sentences at the beginning and the end of a text in which the issuer is named
_TITLE = 4  # words before "issued by" that a heading has at most
_COLON = ":"
# Who counts and documents, and so is the source of a list that stands behind what it is told to have found.
_COUNTING = frozenset(("medical", "monitor", "ngo", "rescuers", "un"))
_NO_ISSUERS = frozenset(("", "correspondent", "local", "news", "other", "relative", "unnamed", "witness"))


def issued(utterances: Utterances, drafts: list[Utterance]) -> list[Utterance]:
    """What the issuer of a text says in it, a draft for each stretch that no other draft covers; whom "our fighters" means is settled in those.

    Args:
        utterances: the utterances of a text.
        drafts: those found in it, in order; the sources of some are replaced.
    """
    phrase, text = _head(utterances) or _signature(utterances), utterances.text
    if phrase is None:
        return _listed(utterances, drafts)
    number = text.tokens[phrase.first].sentence
    issuer = utterances.memory.resolve(phrase, number, phrase.last + 1, False)
    for draft in drafts:
        draft.sources = [issuer if _own(utterances, source.first) else source for source in draft.sources]
    told, found = _covered(drafts), list[Utterance]()
    for begin, end in text.sentences:
        run = [at for at in range(begin, end) if at not in told and not phrase.first <= at <= phrase.last]
        for first, last in _runs(run):
            if any(text.tokens[at].kind == "w" for at in range(first, last + 1)):
                found.append(_said([replace(issuer, role="origin")], phrase, first, last))
    return found


def _listed(utterances: Utterances, drafts: list[Utterance]) -> list[Utterance]:
    """What the lines of a list tell that a colon opens, by whoever was last named as the source before it ("documented the following:")."""
    text = utterances.text
    items = items_of(text)
    at = items[0] - 1 if items else -1
    while at >= 0 and text.tokens[at].kind not in "wn" and text.tokens[at].form != _COLON:
        at -= 1
    before = [d for d in drafts if items and d.first < items[0] and any(s.role == "origin" for s in d.sources)]
    if at < 0 or text.tokens[at].form != _COLON or not before:
        return []
    origins = [s for s in before[-1].sources if s.role == "origin" and s.kind in _COUNTING]
    told = _covered(drafts)
    found, breaks = list[Utterance](), [t.index for t in text.tokens if t.kind == "b"]
    for first in items if origins else ():
        line = bisect_left(breaks, first)
        end = breaks[line] if line < len(breaks) else len(text.tokens)
        if told.isdisjoint(range(first, end)):
            found.append(_said(origins, before[-1], first, end - 1))
    return found


def _covered(drafts: list[Utterance]) -> set[int]:
    """The tokens that somebody is told to say."""
    return {at for d in drafts if d.sources for at in range(min(d.first, d.begin), max(d.last, d.finish) + 1)}


def _said(sources: list[SourceMention], named: Phrase | Utterance, first: int, last: int) -> Utterance:
    """What sources say in a range of tokens, both ends included, far from where they are named."""
    return Utterance(named.first, named.last, named.first, "says", sources, first, last, first)


def _runs(tokens: list[int]) -> list[tuple[int, int]]:
    """Token ranges, both ends included, of tokens that follow each other."""
    runs: list[tuple[int, int]] = []
    for at in tokens:
        if runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return runs


def _head(utterances: Utterances) -> Phrase | None:
    """The issuer told in the first lines of a statement ("issued by X")."""
    for begin, end in utterances.text.sentences[:_HEAD]:
        title = [at for at in range(begin, end - 1) if utterances.text.tokens[at].kind == "w"][:_TITLE]
        for at in title:
            mark = utterances.talk.mark_at(at)
            if mark is not None and mark.value == "issued" and mark.last + 1 < end:
                phrase = phrase_at(utterances.talk, mark.last + 1)
                if phrase is not None and phrase.kind not in _NO_ISSUERS and _closes(utterances, phrase.last + 1, end):
                    return phrase
    return None


def _signature(utterances: Utterances) -> Phrase | None:
    """The issuer whose name is a line of its own at the end of a text that speaks of "our forces"."""
    text = utterances.text
    for begin, end in reversed(text.sentences[1:][-_FOOT:]):
        first = next((at for at in range(begin, end) if text.tokens[at].kind == "w"), -1)
        phrase = phrase_at(utterances.talk, first) if first >= 0 else None
        if phrase is not None and phrase.kind not in _NO_ISSUERS and _closes(utterances, phrase.last + 1, end):
            # All words of a text are looked at for "our forces", and few texts end with a name.
            return phrase if any(_own(utterances, at) for at in range(len(text.tokens))) else None
    return None


def _closes(utterances: Utterances, at: int, end: int) -> bool:
    """Whether nothing but punctuation and what is no word stands between a token and the end of its sentence."""
    return all(utterances.text.tokens[i].kind != "w" for i in range(at, end))


def _own(utterances: Utterances, at: int) -> bool:
    """Whether a token is a word for the troops of those who speak ("our fighters")."""
    language = utterances.words.language
    form = utterances.text.tokens[at].form
    return form.endswith(our(language)) and troops(language)[form]
