"""Errors: what was missed, invented or wrong, document by document, in few lines that show the words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from marsad.evaluation.score import DocumentScore, Pair, Score
from marsad.evaluation.slots import Record, spans

__all__ = ["Mistake", "lines", "mistakes"]

_AROUND = 60


@dataclass(frozen=True, slots=True)
class Mistake:
    """One wrong slot, or one claim missed or invented.

    Attributes:
        document, claim: ids; the claim is the gold one, or the predicted one where it was invented.
        slot: name of the slot, or ``MISSED`` or ``INVENTED``.
        gold, predicted: fillers in words; for a whole claim its type, date and place.
        trigger, context: the words that name the event and the text around them.
    """

    document: str
    claim: str
    slot: str
    gold: tuple[str, ...]
    predicted: tuple[str, ...]
    trigger: str
    context: str


def mistakes(score: Score, only: Collection[str] = ()) -> Iterator[Mistake]:
    """All mistakes in the order of documents and claims.

    Args:
        score: what to look into.
        only: slots to keep (``missed`` and ``invented`` too); all if empty.
    """
    wanted = {name.lower() for name in only}
    for document in score.documents:
        for pair in document.pairs:
            for mistake in _of_pair(document, pair):
                if not wanted or mistake.slot.lower() in wanted:
                    yield mistake


def _of_pair(document: DocumentScore, pair: Pair) -> Iterator[Mistake]:
    shown = pair.gold if pair.gold is not None else pair.predicted
    if shown is None:
        return
    text = document.document["text"]
    trigger, context = _trigger(shown, text)
    identifier, claim = document.document["id"], str(shown.get("id") or "")
    if pair.predicted is None:
        yield Mistake(identifier, claim, "MISSED", _summary(shown), (), trigger, context)
    elif pair.gold is None:
        yield Mistake(identifier, claim, "INVENTED", (), _summary(shown), trigger, context)
    else:
        for slot in pair.slots:
            if not slot.right:
                yield Mistake(identifier, claim, slot.slot, slot.gold, slot.predicted, trigger, context)


def _summary(claim: Record) -> tuple[str, ...]:
    date, place = claim.get("date") or {}, claim.get("place") or {}
    when = date.get("start") if date.get("start") == date.get("end") else f"{date.get('start') or '?'}..{date.get('end') or '?'}"
    scope = () if (claim.get("scope") or "event") == "event" else (str(claim["scope"]),)
    status = () if (claim.get("status") or "asserted") == "asserted" else (str(claim["status"]),)
    return (str(claim.get("type")), when or "no date", place.get("name") or "no place", *status, *scope)


def _trigger(claim: Record, text: str) -> tuple[str, str]:
    """The trigger, and its sentence cut to a window around it, on one line."""
    evidence = spans(claim.get("trigger"))
    if not evidence:
        return "", ""
    start, end = evidence[0]["start"], evidence[0]["end"]
    left = max(start - _AROUND, text.rfind("\n", 0, start) + 1, 0)
    stop = text.find("\n", end)
    right = min(end + _AROUND, len(text) if stop < 0 else stop)
    before = ("…" if left and text[left - 1] != "\n" else "") + text[left:start]
    after = text[end:right] + ("…" if right < len(text) and text[right] != "\n" else "")
    words = "+".join(span["text"] for span in evidence)
    return words, f"{before}[{text[start:end]}]{after}".replace("\n", " ")


def lines(score: Score, only: Collection[str] = ()) -> Iterator[str]:
    """Mistakes as lines to read or to search: a line per claim, below it one per wrong slot."""
    document = claim = None
    for mistake in mistakes(score, only):
        if mistake.document != document:
            document, claim = mistake.document, None
            yield f"== {document}"
        if mistake.slot in ("MISSED", "INVENTED"):
            yield f"{mistake.slot:9} {' | '.join(mistake.gold or mistake.predicted)}  {mistake.claim}"
            yield f"          {mistake.context}"
            claim = None
            continue
        if mistake.claim != claim:
            claim = mistake.claim
            yield f"{'wrong':9} {mistake.claim}  {mistake.context}"
        yield f"          {mistake.slot:12} gold {_listed(mistake.gold)}  got {_listed(mistake.predicted)}"


def _listed(fillers: tuple[str, ...]) -> str:
    return " | ".join(fillers) if fillers else "-"
