"""Incident: one incident as its page shows it, every value with each claim that says it, gathered in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from marsad.counting import Policy, count, summary, title, together
from marsad.counting.dossier import GRADES, Told
from marsad.counting.together import Together
from marsad.counting.values import Said
from marsad.gazetteer import default
from marsad.lexicon.reasons import Reason
from marsad.linking.spots import spot_of
from marsad.register import facelist, faces, grades, incidents, judgements, placenames
from marsad.register.dossiers import dossiers
from marsad.register.queries import ClaimRecord
from marsad.syndication.names import script
from marsad.vocabulary import HARM_KINDS

__all__ = ["doubts_of", "incident", "value_text"]

Named = Callable[[str, str | None], str]
# Slots whose values are told by lists of items, with the vocabulary that names these.
_LISTS = {"perpetrators": "party", "targets": "party", "sites": "siteKind", "weapons": "weaponKind"}


def incident(connection: Connection, told: str, policy: Policy, language: str, named: Named) -> dict[str, Any]:
    """An incident as plain data.

    Args:
        connection: a transaction.
        told: its code or id, or the beginning of either.
        policy: by which its people are counted.
        language: of the title and summary.
        named: names the values of closed lists.

    Raises:
        InputError: there is none, several begin so, or none of its claims stands any more.
    """
    identifier = incidents.find(connection, told)
    row = incidents.one(connection, identifier)
    records = {record.id: record for record in incidents.members(connection, identifier)}
    dossier = dossiers(connection, [row])[0]
    view = together(dossier)
    claims = {t.id: t for t in dossier.claims}
    counted = count(dossier, policy, view.grade)
    signatures = grades.history(connection, [identifier])
    seen = faces.seen_of(view, dossier.claims)

    def say(reason: Reason) -> str:
        return reason.text(language, named, isolated=True)

    return {
        "id": identifier, "code": row.code,
        "title": title(dossier, language, view=view, names=placenames.titled),
        "summary": summary(dossier, language, view=view, names=placenames.titled),
        "face": facelist.face(connection, identifier), "places": _places(view, language),
        "origins": {"count": view.origins.count, "at_least": view.origins.at_least},
        "values": [_slot(slot, said, view, records, claims, language, named) for slot, said in view.values.items() if said],
        "contradictions": [{"slot": c.slot, "reason": say(c.reason)} for c in view.contradictions],
        "timeline": [_point(p.to_dict(), records) for p in view.timeline],
        "allegations": [a.to_dict() for a in view.allegations], "denials": [d.to_dict() for d in view.denials],
        "warnings": [say(w) for w in view.warnings],
        "claims": [_claim(record, claims.get(record.id), named) for record in records.values()],
        "reports": _reports(records, claims),
        "count": counted.to_dict() | {
            "about": policy.told(language), "reasons": [say(r) for r in counted.reasons], "notes": [say(r) for r in counted.notes],
            "left_out": [{"claim": x.claim, "code": x.code, "reason": say(x.reason)} for x in counted.left_out],
        },
        "grade": view.grade.to_dict() | {
            "signed": view.signed, "seen": seen, "choices": list(GRADES), "reasons": [say(r) for r in view.grade.reasons],
        },
        "signatures": [s.to_dict() | {"stale": s.seen != seen, "inputs": {}} for s in signatures],
        "judged": [j.to_dict() for j in judgements.about(connection, identifier, records)],
        "doubts": doubts_of(connection, identifier, language, named),
    }  # fmt: skip


def _places(view: Together, language: str) -> list[dict[str, Any]]:
    """The places that are told of it and can be drawn, that of most origins first, each with the kilometres within which it lies."""
    found = []
    for said in view.values.get("place", ()):
        spot = spot_of(said.value, default())
        if spot.latitude is not None and spot.longitude is not None:
            found.append(
                {
                    "name": placenames.in_language(said.value, language) or said.value["name"] or "", "latitude": spot.latitude,
                    "longitude": spot.longitude, "radius": spot.reach, "precision": said.value["precision"], "origins": said.count,
                }
            )  # fmt: skip
    return found


def doubts_of(connection: Connection, identifier: str, language: str, named: Named) -> list[dict[str, Any]]:
    """Other incidents that may be the same event."""
    others = [(d, d.second if d.first == identifier else d.first) for d in incidents.doubts(connection, identifier)]
    codes = incidents.codes(connection, (other for _, other in others))
    return [
        {"code": codes.get(other, other), "probability": d.probability, "reason": d.reason.text(language, named, isolated=True)} for d, other in others
    ]  # fmt: skip


def value_text(slot: str, value: Any, named: Named) -> str:
    """A value of a slot in words; the empty string for one that nothing tells."""
    if slot == "date":
        start, end = value["start"], value["end"]
        return str(start or end or "") if start == end or not (start and end) else f"{start} – {end}"
    if slot == "place":
        names = [n for n in (value["name"], *value["within"]) if n]
        return ("، " if names and script(names[0]) == "arab" else ", ").join(names)
    if slot in HARM_KINDS:
        return "; ".join(_people(entry, named) for entry in (value if isinstance(value, list) else [value]))
    if slot in _LISTS:
        item = value if isinstance(value, Mapping) else {"id": value}
        key = item.get("id") or item.get("kind")
        return named(_LISTS[slot], key) if key else str(item.get("name") or "")
    return named(slot, value)


def _people(entry: Mapping[str, Any], named: Named) -> str:
    low, high = entry["min"], entry["max"]
    number = (
        "?" if low is None and high is None else str(low) if low == high else f"{low or 0}+" if high is None else f"{low}–{high}"
    )
    status = entry.get("status")
    return number + (f" ({named('harmStatus', status)})" if status and status != "unknown" else "")


def _slot(
    slot: str,
    said: Sequence[Said],
    view: Together,
    records: Mapping[str, ClaimRecord],
    claims: Mapping[str, Told],
    language: str,
    named: Named,
) -> dict[str, Any]:
    """A slot with its values, each with the claims that say it."""
    differs = next((c.reason.text(language, named, isolated=True) for c in view.contradictions if c.slot == slot), "")
    return {
        "slot": slot,
        "differs": differs,
        "values": [
            {
                "text": value_text(slot, v.value, named), "count": v.count, "at_least": v.at_least, "origins": list(v.origins),
                "claims": [_saying(records[c], claims.get(c), slot, v.value) for c in v.claims if c in records],
            }
            for v in said
        ],
    }  # fmt: skip


def _saying(record: ClaimRecord, told: Told | None, slot: str, value: Any) -> dict[str, Any]:
    return _head(record, told) | {"quote": " … ".join(dict.fromkeys(_quotes(record.value, slot, value)))}


def _head(record: ClaimRecord, told: Told | None) -> dict[str, Any]:
    return {
        "id": record.id, "document": record.document_id, "day": told.published if told else None,
        "publisher": told.publisher if told else None,
        "who": [s["name"] for s in record.value["sources"] if s["role"] == "origin"],
        "carriers": [s["name"] for s in record.value["sources"] if s["role"] == "carrier"],
    }  # fmt: skip


def _quotes(value: Mapping[str, Any], slot: str, wanted: Any) -> list[str]:
    """The words of a claim that say a value."""
    if slot in ("date", "place"):
        return [e["text"] for e in value[slot]["evidence"]]
    if slot in HARM_KINDS:
        return [e["text"] for h in value["harm"] if h["kind"] == slot for e in h["evidence"]]
    if slot in _LISTS:
        key = wanted if isinstance(wanted, str) else wanted.get("id") or wanted.get("kind") or wanted.get("name")
        items = [i for i in value[slot] if key in (i.get("id"), i.get("kind"), i.get("name"))]
        return [e["text"] for i in items for e in i["evidence"]]
    return [e["text"] for e in value["trigger"]]


def _point(point: dict[str, Any], records: Mapping[str, ClaimRecord]) -> dict[str, Any]:
    record = records.get(point["claim"])
    return point | {"document": record.document_id if record else None}


def _claim(record: ClaimRecord, told: Told | None, named: Named) -> dict[str, Any]:
    value = record.value
    harm = [
        f"{named('harmKind', h['kind'])} {_people(h, named)}" for h in value["harm"]
    ]  # fmt: skip
    return _head(record, told) | {
        "type": value["type"], "status": value["status"], "scope": value["scope"], "verdict": record.verdict,
        "date": value_text("date", value["date"], named), "place": value["place"]["name"] or "", "harm": harm,
        "quote": " … ".join(e["text"] for e in value["trigger"]),
    }  # fmt: skip


def _reports(records: Mapping[str, ClaimRecord], claims: Mapping[str, Told]) -> list[dict[str, Any]]:
    """The reports of an incident by day of publication, each with its claims and how many copies it has."""
    found: dict[str, dict[str, Any]] = {}
    for record in records.values():
        told = claims.get(record.id)
        row = found.setdefault(
            record.document_id,
            {
                "id": record.document_id, "day": told.published if told else None, "publisher": told.publisher if told else None,
                "claims": [], "copies": list(told.chain.copies) if told else [],
            },
        )  # fmt: skip
        row["claims"].append(record.id)
    return sorted(found.values(), key=lambda r: (r["day"] or "9999", r["id"]))
