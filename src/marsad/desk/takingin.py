"""Taking in: what people paste or drop at the desk, to captures, claims to look at, and outcomes.

Nothing is fetched. A pasted text is known by its words, a dropped file by its bytes and name, so that the same again is no second
document. A day of publication that nothing tells is asked for and never guessed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from marsad.batch import Reading, read_all
from marsad.desk.errors import reader_fault
from marsad.errors import InputError
from marsad.intake.files import items_of_bytes
from marsad.intake.results import Item, Limits, Link, Origin, Refusal, Settings
from marsad.intake.sources import Intake
from marsad.lexicon.reasons import refusal
from marsad.register import importing, pins, schema
from marsad.register.failures import Failed
from marsad.register.provenance import Capture
from marsad.register.store import Register

__all__ = ["FILE", "LIMITS", "TEXT", "Given", "again", "checked", "dropped", "here", "pasted", "read", "store"]

# Characters of a text that is pasted; bytes of a file.
TEXT, FILE = 200_000, 32_000_000
# What a person waits for at a screen is less than what a command may do in the background.
LIMITS = Limits(file=FILE, container=FILE, record=8_000_000, unpacked=96_000_000, members=2_000, records=1_000)


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of what is taken in.

    Attributes:
        published: ISO day for what tells none; empty where it is not known to them.
        publisher, title: for what tells none.
        address: where a pasted text stands, if they say so.
    """

    published: str = ""
    publisher: str = ""
    title: str = ""
    address: str = ""

    def settings(self) -> Settings:
        """The same for those who read files."""
        return Settings(published=self.published or None, publisher=self.publisher or None, title=self.title, limits=LIMITS)


def pasted(text: str, given: Given) -> list[Capture | Refusal]:
    """Captures of a text that was pasted: of a list of posts or addresses each, else one."""
    data = text.encode("utf-8", "replace")
    address = given.address or f"pasted:{hashlib.sha256(data).hexdigest()[:16]}"
    origin = Origin(address, "paste", datetime.now(UTC).replace(microsecond=0))
    return list(_offline(items_of_bytes(data, "pasted.txt", origin, given.settings())))


def dropped(name: str, data: bytes, given: Given) -> list[Capture | Refusal]:
    """Captures of a file that was dropped, whatever it holds."""
    shown = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable())[:150] or "file"
    address = f"upload:{hashlib.sha256(data).hexdigest()[:16]}/{shown}"
    if len(data) > FILE:
        return [Refusal(shown, refusal("intake:desk.large", most=FILE // 1_000_000), source=address)]
    origin = Origin(address, "upload", datetime.now(UTC).replace(microsecond=0))
    found = list(_offline(items_of_bytes(data, shown, origin, given.settings())))
    return [replace(i, source=i.source or address) if isinstance(i, Refusal) else i for i in found]


def _offline(items: Iterable[Item]) -> Iterator[Capture | Refusal]:
    for item in items:
        if not isinstance(item, Link):
            yield item
        elif item.instead is not None:
            yield item.instead
        else:
            yield Refusal(item.address, refusal("intake:desk.net", command=f"marsad add {item.address}"))


def read(register: Register, captures: Sequence[Capture]) -> list[Reading]:
    """What the reader finds in captures; nothing is stored."""
    with register.snapshot() as connection:
        standing = pins.pins(connection)
    with pins.layer(standing) as layer:
        return list(read_all((c.document() for c in captures), 1, layers=True, own=layer))


def here(connection: Connection, captures: Sequence[Capture]) -> list[str]:
    """For each capture the document that is there already with the same text, or the empty string."""
    v, d = schema.version.c, schema.document.c
    known = importing.known(connection, captures)
    found = []
    for capture, there in zip(captures, known, strict=True):
        same = connection.scalar(
            select(d.id)
            .join(schema.version, (v.document_id == d.id) & (v.number == d.current_version))
            .where(v.text_sha256 == capture.text_hash)
            .order_by(d.id)
            .limit(1)
        )
        found.append(there.document_id if there is not None else str(same or ""))
    return found


def store(
    register: Register, items: Sequence[Capture | Refusal], who: str, why: str, *, dayless: bool = False
) -> list[dict[str, Any]]:
    """Store what was read of one source; what was stored before is told, and nothing is stored twice.

    Args:
        register: where.
        items: captures and refusals.
        who, why: for the log.
        dayless: whether captures without a day of publication are stored all the same.

    Returns:
        For each item its ``outcome``: ``new``, ``version``, ``known``, ``same`` (another document has this text), ``ask`` (its day of
        publication must be told first), ``refused`` or ``left_out``; with ``document``, ``title``, ``claims`` and ``reason``.
    """
    captures = [item for item in items if isinstance(item, Capture)]
    with register.snapshot() as connection:
        there = dict(zip(map(id, captures), here(connection, captures), strict=True))
    told: dict[int, dict[str, Any]] = {}
    fresh: list[Capture] = []
    for capture in captures:
        same = there[id(capture)]
        outcome = "" if not same else "known" if same == capture.document_id else "same"
        if not outcome and capture.published is None and not dayless:
            outcome = "ask"
        if outcome:
            told[id(capture)] = _told(capture.title or capture.address, outcome, same)
        else:
            fresh.append(capture)
    for added in register.take_in(fresh, 1, who=who, why=why):
        waiting = [c for c in fresh if id(c) not in told]
        # A page whose own address is not believed becomes a document by the address at which it was found.
        same_id = [c for c in waiting if c.document_id == added.document_id]
        for stored in (same_id or [c for c in waiting if c.address == added.address])[:1]:
            kind = "known" if not added.new else "new" if added.version == 1 else "version"
            row = _told(stored.title or stored.address, kind, added.document_id)
            told[id(stored)] = row | {"claims": added.claims, "reason": reader_fault(added.error) or ""}
    refused = [item for item in items if isinstance(item, Refusal)]
    failed = [Failed(r.source, r.where, r.reason) for r in refused if r.source and not r.minor]
    register.note_failures(failed, {f.source for f in failed}, who=who, why=why)
    return [
        _told(item.where, "left_out" if item.minor else "refused", "", item.reason)
        if isinstance(item, Refusal)
        else told.get(id(item)) or _told(item.title or item.address, "known", item.document_id)
        for item in items
    ]


def again(register: Register, source: str, who: str, why: str) -> list[dict[str, Any]]:
    """Read a file again that failed before; what it fails on now is noted, and what it does not is solved."""
    done: set[str] = set()
    items = list(Intake(Settings(limits=LIMITS), None, read=done.add).items([source]))
    outcome = store(register, items, who, why, dayless=True)
    failed = [Failed(i.source, i.where, i.reason) for i in items if isinstance(i, Refusal) and i.source and not i.minor]
    register.note_failures(failed, done, who=who, why=why)
    return outcome


def _told(title: str, outcome: str, document: str, reason: str = "") -> dict[str, Any]:
    return {"title": title, "outcome": outcome, "document": document, "claims": 0, "reason": reason}


def checked(text: str) -> str:
    """A pasted text within its bounds.

    Raises:
        InputError: it is empty, or too long.
    """
    if not text.strip():
        raise InputError(refusal("paste.empty"))
    if len(text) > TEXT:
        raise InputError(refusal("paste.long", most=f"{TEXT:,}"))
    return text
