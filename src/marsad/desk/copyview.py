"""Copy view: the copies of a report, what each tells otherwise, and what would be decided on its claims."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from marsad.desk.claimvalues import Named, Shown, rows
from marsad.desk.errors import MissingError
from marsad.lexicon.reasons import refusal
from marsad.model import Document
from marsad.register import copygroups, documentrecords, queries
from marsad.register.copydecisions import copies_of, differing
from marsad.register.queries import ClaimRecord
from marsad.syndication.likeness import Likeness

__all__ = ["copies"]

# Copies that are laid beside the report at once, and changes told of each.
_MOST, _CHANGES = 25, 40


def copies(connection: Connection, document: str, named: Named, mask: Shown = str) -> dict[str, Any]:
    """The copies of a report as plain data.

    Raises:
        MissingError: there is no such document.
    """
    ids = copies_of(connection, document)
    told = {row.id: row for row in documentrecords.documents(connection, ids=[document, *ids])}
    if document not in told:
        raise MissingError(refusal("document.none", document=document))
    own = [c for c in queries.claims(connection, document=document) if c.current]
    found = []
    for identifier in ids[:_MOST]:
        one, other, likeness = copygroups.differences(connection, document, identifier)
        theirs = [c for c in queries.claims(connection, document=identifier) if c.current]
        free, same, left = list(own), 0, []
        for claim in theirs:
            match = next((c for c in free if not differing(c.body, claim.body)), None)
            if match is not None:
                free.remove(match)
                same += 1
                continue
            nearest = min(free, key=lambda c, claim=claim: len(differing(c.body, claim.body)), default=None)  # type: ignore[misc]
            slots = differing(nearest.body, claim.body) if nearest is not None else ()
            here = _values(nearest, named, mask) if nearest is not None else {}
            there = _values(claim, named, mask)
            told_slots = [{"slot": s, "here": here.get(s, ""), "there": there.get(s, "")} for s in slots]
            left.append({"id": claim.id, "verdict": claim.verdict, "slots": told_slots})
        row = told[identifier]
        found.append(
            {
                "id": identifier, "title": mask(row.title or row.address), "published": row.published, "publisher": row.publisher,
                "same": same, "left": left, "lacks": len([c for c in free if c.verdict != "reject"]),
                "undecided": sum(1 for c in theirs if not c.verdict), "differences": _masked(_differences(one, other, likeness), mask),
            }
        )  # fmt: skip
    this = told[document]
    return {
        "document": {"id": document, "title": mask(this.title or this.address), "published": this.published, "publisher": this.publisher},
        "undecided": sum(1 for c in own if not c.verdict), "copies": found, "more": max(0, len(ids) - _MOST),
    }  # fmt: skip


def _values(claim: ClaimRecord, named: Named, mask: Shown) -> dict[str, str]:
    """By slot what a claim says, in words."""
    found: dict[str, str] = {}
    for value in rows(claim, {}, named, mask):
        told = " ".join(part for part in (value["text"], value["note"]) if part)
        found[value["slot"]] = "، ".join(part for part in (found.get(value["slot"], ""), told) if part)
    return found


def _differences(one: Document, other: Document, likeness: Likeness) -> list[dict[str, str]]:
    """What differs within the shared passages, and the stretches that only one of the two has."""
    made = [
        {"here": one.text[c.one[0] : c.one[1]], "there": other.text[c.other[0] : c.other[1]]} for c in likeness.changes[:_CHANGES]
    ]
    made += [{"here": words, "there": ""} for words in _outside(one.text, likeness.one_spans)]
    made += [{"here": "", "there": words} for words in _outside(other.text, likeness.other_spans)]
    return made[:_CHANGES]


def _masked(differences: list[dict[str, str]], mask: Shown) -> list[dict[str, str]]:
    return [{key: mask(words) for key, words in told.items()} for told in differences]


def _outside(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    found, at = [], 0
    for start, end in sorted(spans):
        found.append(text[at:start].strip())
        at = max(at, end)
    found.append(text[at:].strip())
    return [words for words in found if any(c.isalnum() for c in words)]
