"""Register: what is stored, as lines and rows for a terminal. Control characters of foreign texts are made visible."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from marsad.model import Claim
from marsad.register.audit import Entry
from marsad.register.decisions import Decision, effective
from marsad.register.documentrecords import DocumentRow
from marsad.register.failures import Failure
from marsad.register.pins import Pin
from marsad.register.queries import ClaimRecord
from marsad.register.signatures import Signature
from marsad.views.records import claim_of
from marsad.views.terminal import safe
from marsad.views.values import values

__all__ = [
    "CLAIM", "DECISION", "DOCUMENT", "ENTRY", "FAILURE", "PIN", "changed_lines", "claim_line", "claim_lines", "claim_row", "decision_row",
    "document_row", "entry_row", "failure_row", "history_lines", "named_line", "pin_line", "pin_row", "signature_lines",
]  # fmt: skip

# Heads of the columns of the rows.
CLAIM = ("id", "date", "type", "country", "place", "harm", "decided")
DECISION = ("number", "at (UTC)", "who", "verdict", "claim", "state", "why", "values")
DOCUMENT = ("id", "published", "claims", "publisher", "title")
ENTRY = ("number", "at (UTC)", "who", "action", "subject", "why", "detail")
FAILURE = ("number", "since (UTC)", "who", "solved", "what", "reason")
PIN = ("id", "class", "country", "at", "who", "since (UTC)", "why", "names")
# In the order in which they are shown.
_SLOTS = (
    "type", "scope", "status", "date", "place", "perpetrators", "targets", "sites", "weapons", "harm", "sources",
)  # fmt: skip
_NOTHING = Claim("", "", "", ()).to_dict()
# Of the details of an entry, what only programs compare.
_HIDDEN = ("digest", "version_digest", "text")


def document_row(row: DocumentRow) -> tuple[str, ...]:
    """A document in a list."""
    claims = "failed" if row.error is not None else "unread" if row.claims is None else str(row.claims)
    return _row(row.id, row.published, claims, row.publisher, row.title or row.address)


def entry_row(entry: Entry) -> tuple[str, ...]:
    """An entry of the log in a list."""
    detail = ", ".join(
        f"{key} {str(value)[:12]}"
        for key, value in entry.detail.items()
        if key not in _HIDDEN and not isinstance(value, dict | list)
    )
    at = entry.at[:19].replace("T", " ")
    return _row(str(entry.number), at, entry.who, entry.action, entry.subject, entry.why, detail)


def claim_row(found: ClaimRecord) -> tuple[str, ...]:
    """A claim in a list, with the corrections of people."""
    value = found.value
    date, place = value["date"], value["place"]
    harm = ", ".join(f"{h['kind']} {_number(h)}" for h in value["harm"] if h.get("kind") in ("killed", "injured"))
    decided = found.verdict + (f" ({found.state})" if found.state in ("changed", "lost") else "")
    day = date.get("start") or date.get("end")
    return _row(found.id, day, value["type"], place.get("country"), place.get("name"), harm, decided)


def claim_line(found: ClaimRecord) -> str:
    """A claim in a few words."""
    value = found.value
    date, place = value["date"], value["place"]
    told = (value["type"].replace("_", " "), date.get("start") or date.get("end"), place.get("name"))
    return safe(f"{found.id} ({', '.join(t for t in told if t)})")


def changed_lines(found: ClaimRecord, decision: int) -> Iterator[str]:
    """What a decision changes in a claim, against what stood before it."""
    before = effective(found.body, [d for d in found.decisions if d.id < decision])
    value = next((d.value for d in found.decisions if d.id == decision), None) or {}
    old, new = _said(before), _said(before | value)
    for slot in _SLOTS:
        if slot in value and value[slot] != before[slot]:
            yield named_line(slot, f"{'; '.join(old[slot]) or 'nothing'} -> {'; '.join(new[slot]) or 'nothing'}")


def decision_row(decision: Decision) -> tuple[str, ...]:
    """A decision in a list."""
    state = "undone" if decision.undone else decision.state
    if decision.state == "changed" and not decision.undone:
        state += f": {', '.join(decision.changed)}"
    said = _said(_NOTHING | (decision.value or {}))
    told = "; ".join(f"{slot}: {', '.join(said[slot]) or 'nothing'}" for slot in decision.value or {})
    at = decision.at[:19].replace("T", " ")
    return _row(str(decision.id), at, decision.who, decision.verdict, decision.claim_id, state, decision.why, told)


def failure_row(failure: Failure) -> tuple[str, ...]:
    """What could not be taken in, in a list."""
    solved = (failure.solved or "")[:10] + (f" ({failure.why})" if failure.why else "")
    at = failure.at[:19].replace("T", " ")
    return _row(str(failure.number), at, failure.who, solved, failure.where, failure.reason)


def pin_row(pin: Pin) -> tuple[str, ...]:
    """A pinned place in a list."""
    return _row(pin.place, pin.kind, pin.country, _point(pin), pin.who, pin.at[:10], pin.why, ", ".join(pin.names))


def pin_line(pin: Pin) -> str:
    """A pinned place in a few words."""
    return safe(f"{pin.place} ({', '.join(t for t in (pin.kind, pin.country, _point(pin), pin.names[0]) if t)})")


def claim_lines(found: ClaimRecord) -> Iterator[str]:
    """A claim slot by slot, with its evidence, corrections and decisions; entries of lists by the number that corrections use."""
    yield f"claim {found.id}{'  (added by a person)' if found.added else ''}{'' if found.current else '  (the current reading does not have it any more)'}"
    whole = found.value
    now, read = _said(whole), _said(found.body)
    for slot in _SLOTS:
        lines = now[slot] or ["nothing"]
        if whole[slot] != found.body[slot]:
            lines[-1] += f"   (corrected; read as {'; '.join(read[slot]) or 'nothing'})"
        elif not now[slot]:
            continue
        for number, line in enumerate(lines, 1):
            yield named_line(f"{slot}.{number}" if now[slot] and isinstance(whole[slot], list) else slot, line)
    for d in found.decisions:
        marks = ", ".join(m for m in ("taken back" if d.undone else "", "" if d.state == "holds" else d.state) if m)
        yield named_line(f"decision {d.id}", f"{d.verdict} by {d.who}, {d.at[:19]}{f' ({marks})' if marks else ''}: {d.why}")


def history_lines(story: dict[str, Any]) -> Iterator[str]:
    """All that is known of where a document comes from, as ``documentrecords.history`` gives it."""
    yield safe(f"document {story['id']}  {story['identity']}")
    for version in story["versions"]:
        yield f"version {version['number']}{' (current)' if version['current'] else ''}"
        for name, value in (*_version(version), *_captures(version["captures"]), *_readings(version["readings"])):
            if value:
                yield named_line(name, value)


def signature_lines(signed: Iterable[Signature]) -> Iterator[str]:
    """Who signed a document, and whether it is still as it was signed."""
    for s in signed:
        state = "taken back" if s.undone else "" if s.fresh else "stale: other since then"
        yield named_line(
            f"signature {s.id}", f"{s.part} reader {s.who}, {s.at[:19]}{f' ({state})' if state else ''} {s.why}".rstrip()
        )


def _version(version: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    yield "title", version["title"]
    yield "published", f"{version['published'] or 'unknown'} ({version['published_from'] or 'not told'})"
    for name in ("publisher", "author", "language"):
        yield name, version[name]
    yield "text SHA-256", version["text_sha256"]


def _captures(captures: list[dict[str, Any]]) -> Iterator[tuple[str, str | None]]:
    for number, c in enumerate(captures, 1):
        yield f"capture {number}", f"{c['collected']} by {c['method']}, {c['collector']}; text by {c['extractor']}"
        for name, key in (("address", "address"), ("own address", "canonical"), ("archived", "archived"), ("key", "key")):
            yield f"  {name}", c[key]
        yield "  bytes", f"{c['size']:,} {c['media_type']}"
        yield "  SHA-256", c["raw_sha256"]
        yield "  settings", _plain(c["settings"]) if c["settings"] else None
        for warning in c["warnings"]:
            yield "  warning", warning


def _readings(readings: list[dict[str, Any]]) -> Iterator[tuple[str, str | None]]:
    for number, r in enumerate(readings, 1):
        found = "1 claim" if r["claims"] == 1 else f"{r['claims']} claims"
        yield f"reading {number}", f"{r['read_at'][:19]} by {r['reader']}: {r['error'] or found}"


def _said(record: Mapping[str, Any]) -> dict[str, list[str]]:
    """By slot what a public record says, a line for each entry of a list: the value in words, and how the report says it."""
    found: dict[str, list[str]] = {slot: [] for slot in _SLOTS}
    for value in values(claim_of(record)):
        if value.slot not in ("status", "scope"):
            found[value.kind].append("  ".join(part for part in (value.text, value.words) if part))
    return found | {"status": [record["status"]], "scope": [record["scope"]]}


def _point(pin: Pin) -> str:
    return "" if pin.latitude is None else f"{pin.latitude} {pin.longitude}"


def _number(harm: dict[str, Any]) -> str:
    low, high = harm.get("min"), harm.get("max")
    if low is None and high is None:
        return "?"
    return str(low) if low == high else f"{'?' if low is None else low}-{'' if high is None else high}"


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def named_line(name: str, value: str) -> str:
    """A name and a value in a line."""
    return safe(f"  {name:15} {value}")


def _row(*cells: str | None) -> tuple[str, ...]:
    return tuple(safe(" ".join((cell or "").split())) for cell in cells)
