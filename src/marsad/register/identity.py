"""Identity: of which document a capture is, where only the page's own word says so.

A page tells its address itself (``Capture.doubtful``), and may be wrong: a site that gives all its pages one address would make
one document of them. So the word of a page is not taken where a document with that address is there, no capture of it came
from the same place, and its texts are clearly others. The page is then a document by the address at which it was found, and a
warning says so.

Which of several such pages has the address is a matter of which came first; how many documents there are is not. The same page
is the same document again whenever it is added: its own place, or its text, is known then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from sqlalchemy import Connection, select

from marsad.register import schema
from marsad.register.provenance import Capture
from marsad.register.rows import parts

__all__ = ["alike", "believed"]

# Two texts of one page, extracted or updated differently, share most of what the shorter says; two reports of one site share a
# few phrases.
_ALIKE = 0.2
# Versions that a text is compared with, the newest first.
_VERSIONS = 8


@dataclass(slots=True)
class _Holder:
    """A document that has an address: from where it was captured, and its texts."""

    addresses: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)


def believed(connection: Connection, captures: Sequence[Capture]) -> list[Capture]:
    """Captures, each with the address that makes it the document it is.

    Args:
        connection: a transaction; under the writers' lock where they are stored.
        captures: in order; earlier ones count for later ones.

    Returns:
        The same captures; those whose word is not taken with the address at which they were found, and with a warning.
    """
    doubtful = [c for c in captures if c.doubtful]
    if not doubtful:
        return list(captures)
    wanted: dict[str, set[str]] = {}
    for capture in doubtful:
        wanted.setdefault(capture.document_id, set()).add(capture.address)
    holders = _holders(connection, wanted)
    found = []
    for capture in captures:
        holder = holders.get(capture.document_id)
        if (
            capture.doubtful
            and holder is not None
            and capture.address not in holder.addresses
            and not any(alike(capture.text, text) for text in holder.texts)
        ):
            told = (
                f"the page gives itself the address {capture.canonical}, which another page with another text has; "
                "it is kept by the address at which it was found"
            )
            capture = replace(capture, canonical=capture.found_at, doubtful=False, warnings=(*capture.warnings, told))
        holder = holders.setdefault(capture.document_id, _Holder())
        holder.addresses.add(capture.address)
        holder.texts.append(capture.text)
        found.append(capture)
    return found


def alike(first: str, second: str) -> bool:
    """Whether two texts can be of one page: they share pairs of neighbouring words, measured by the shorter text."""
    ours, theirs = _pairs(first), _pairs(second)
    return len(ours & theirs) >= _ALIKE * min(len(ours), len(theirs))


def _pairs(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {*pairwise(words)} if len(words) > 1 else {tuple(words)}


def _holders(connection: Connection, wanted: dict[str, set[str]]) -> dict[str, _Holder]:
    """Those of some documents that are there, with where they were captured; texts only where another address is ``wanted``."""
    c, v, t = schema.capture.c, schema.version.c, schema.text_body.c
    holders: dict[str, _Holder] = {}
    for part in parts(sorted(wanted)):
        for document, address in connection.execute(select(c.document_id, c.address).where(c.document_id.in_(part)).distinct()):
            holders.setdefault(document, _Holder()).addresses.add(address)
    for part in parts(sorted(i for i, holder in holders.items() if wanted[i] - holder.addresses)):
        rows = connection.execute(
            select(v.document_id, t.body)
            .join(schema.text_body, t.sha256 == v.text_sha256)
            .where(v.document_id.in_(part))
            .order_by(v.document_id, v.number.desc())
        )
        for document, body in rows:
            if len(holders[document].texts) < _VERSIONS:
                holders[document].texts.append(body)
    return holders
