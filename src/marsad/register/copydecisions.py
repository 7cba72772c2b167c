"""Copy decisions: what was decided on the claims of one report, decided likewise on the same claims of its copies, all at once.

Only what is the same is decided: a claim of a copy that has another value than its counterpart, or none, is left for a reader, and
so is the copy. Who passes a statement on may differ, as copies are told by other outlets; who made it may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from marsad.errors import InputError
from marsad.lexicon.reasons import reason, refusal
from marsad.register import schema
from marsad.register.decisions import decide
from marsad.register.documentrecords import text_of
from marsad.register.matching import slots_that_differ
from marsad.register.queries import ClaimRecord, claims
from marsad.register.signatures import sign, signatures

__all__ = ["Copied", "copies_of", "decide_copies", "differing"]


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of a copy.

    Attributes:
        document_id: the copy.
        decided: its claims that were decided on now.
        left: its claims that differ, or that the other report lacks, each with the slots that differ from the claim that is most
            like it; and claims of the other report that it lacks.
        signed: ``first`` or ``second`` where it was signed, else the empty string.
    """

    document_id: str
    decided: tuple[str, ...]
    left: tuple[tuple[str, tuple[str, ...]], ...]
    signed: str

    def to_dict(self) -> dict[str, Any]:
        left = {claim: list(slots) for claim, slots in self.left}
        return {"document": self.document_id, "decided": list(self.decided), "left": left, "signed": self.signed}


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[str, ...]:
    """The slots in which two claims of copies differ. Another outlet that passes the same statement on makes no difference."""
    slots = slots_that_differ(one, other)
    if "sources" in slots and _origins(one) == _origins(other):
        slots = tuple(slot for slot in slots if slot != "sources")
    return slots


def _origins(claim: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {(source["name"], source["kind"]) for source in claim["sources"] if source["role"] == "origin"}


def copies_of(connection: Connection, document: str) -> list[str]:
    """The ids of the documents that are copies of one."""
    s = schema.sketch.c
    label = select(s.label).where(s.document_id == document).scalar_subquery()
    return list(
        connection.scalars(select(s.document_id).where(s.label == label, s.document_id != document).order_by(s.document_id))
    )


def decide_copies(
    connection: Connection,
    document: str,
    who: str,
    only: Iterable[str] | None = None,
    *,
    signing: bool = True,
    language: str = "en",
) -> list[Copied]:
    """Decide on the claims of the copies of a document as it was decided on its own.

    Args:
        connection: a writing transaction.
        document: a document whose claims are all decided on.
        who: who decides.
        only: these copies; None for all.
        signing: sign the copies in which nothing is left.
        language: in which the log is told why.

    Raises:
        InputError: the document has undecided claims, or one of ``only`` is no copy of it.
    """
    own = [c for c in claims(connection, document=document) if c.current]
    if undecided := [c.id for c in own if not c.verdict]:
        raise InputError(refusal("signature.undecided.first", document=document, number=len(undecided)))
    copies = copies_of(connection, document)
    wanted = copies if only is None else list(dict.fromkeys(only))
    if strange := set(wanted) - set(copies):
        raise InputError(refusal("copy.none", told=min(strange), document=document))
    text = text_of(connection, document)
    return [_copy(connection, copy, document, own, text, who, signing, language) for copy in wanted]


def _copy(
    connection: Connection,
    copy: str,
    document: str,
    own: Sequence[ClaimRecord],
    text: str,
    who: str,
    signing: bool,
    language: str,
) -> Copied:
    of = reason("any:copy", document=document).text(language)
    theirs = [c for c in claims(connection, document=copy) if c.current]
    body = text_of(connection, copy)
    free, decided, left = list(own), list[str](), list[tuple[str, tuple[str, ...]]]()
    for claim in theirs:
        same = next((c for c in free if not differing(c.body, claim.body)), None)
        if same is None:
            if not claim.verdict:
                nearest = min((differing(c.body, claim.body) for c in free), key=len, default=())
                left.append((claim.id, nearest))
            continue
        free.remove(same)
        if claim.verdict:
            continue
        value = _moved(same, text, body) if same.verdict == "correct" else None
        if same.verdict == "correct" and value is None:
            left.append((claim.id, tuple(s for d in same.decisions if d.value and not d.undone for s in d.value)))
            continue
        reasons = [d.why for d in same.decisions if not d.undone and d.verdict == same.verdict and d.why]
        why = f"{of}: {reasons[-1]}" if reasons else of
        verdict = same.verdict if same.verdict in ("reject", "correct") else "accept"
        decide(connection, claim.id, verdict, value, who, why)
        decided.append(claim.id)
    left += [(c.id, ()) for c in free if c.verdict != "reject"]
    signed = ""
    if signing and not left and not any(s.fresh and s.who == who for s in signatures(connection, copy)):
        signed = sign(connection, copy, who, of)
    return Copied(copy, tuple(decided), tuple(left), signed)


def _moved(claim: ClaimRecord, text: str, copy: str) -> dict[str, Any] | None:
    """The corrections of a claim with their evidence in the text of a copy; None where it does not stand there as it does here."""
    made: dict[str, Any] = {}
    for decision in claim.decisions:
        if decision.value is not None and not decision.undone:
            for slot, value in decision.value.items():
                try:
                    made[slot] = _value(value, text, copy)
                except LookupError:
                    return None
    return made


def _value(value: Any, text: str, copy: str) -> Any:
    if isinstance(value, list):
        return [_value(item, text, copy) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"start", "end", "text"}:
        words = re.escape(value["text"])
        here = [m.start() for m in re.finditer(words, text)]
        there = [m.start() for m in re.finditer(words, copy)]
        if len(here) != len(there) or value["start"] not in here:
            raise LookupError(value["text"])
        start = there[here.index(value["start"])]
        return {"start": start, "end": start + len(value["text"]), "text": value["text"]}
    return {key: _value(item, text, copy) for key, item in value.items()}
