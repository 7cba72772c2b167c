"""Faces: what the claims of each incident say together, kept as rows, so that lists, maps and charts are cut and sorted in SQL.

A face follows from claims as they stand, their reports and copies, and signatures; it can be made again at any time (``rebuild``). It
is brought up to date in the transaction that changes any of these, for the incidents that are touched; where nothing that it was made
of has changed, it is left as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, select

from marsad.counting.allegations import competing
from marsad.counting.dossier import Dossier, Told
from marsad.counting.summaries import title
from marsad.counting.together import Together, together
from marsad.counting.values import said
from marsad.gazetteer import default
from marsad.linking.spots import spot_of
from marsad.register import grades, placenames, schema
from marsad.register.canonical import canonical, digest
from marsad.register.dossiers import told_of
from marsad.register.linked import stands
from marsad.register.members import members_of
from marsad.register.queries import ClaimRecord
from marsad.register.rows import insert, parts
from marsad.register.witnesses import recount
from marsad.vocabulary import HARM_KINDS

__all__ = ["MARKS", "rebuild", "refresh", "seen_of", "touched"]

# Raise it when a face is made otherwise, so that those of earlier programs are made anew.
_VERSION = 1
_PAGE = 300
_SLOTS = ("date", "place", "type", "sites", "weapons", "perpetrators", "targets")
# Kinds of marks, by which incidents are cut.
MARKS = ("type", "site", "weapon", "perpetrator", "target", "publisher", "source")
_i, _m, _f, _k = schema.incident.c, schema.incident_claim.c, schema.incident_face.c, schema.incident_mark.c


def rebuild(connection: Connection, tell: Callable[[str, int], None] | None = None) -> int:
    """Make the faces of all incidents, those anew whose claims have changed.

    Args:
        connection: a writing transaction.
        tell: called with what is looked at and how many of it so far.

    Returns:
        How many incidents have a face.
    """
    gone = select(_i.id).where(_i.became.is_not(None))
    connection.execute(delete(schema.incident_mark).where(_k.incident_id.in_(gone)))
    connection.execute(delete(schema.incident_face).where(_f.incident_id.in_(gone)))
    ids = list(connection.scalars(select(_i.id).where(_i.became.is_(None)).order_by(_i.id)))
    judged = _judged(connection)
    for number, part in enumerate(parts(ids, _PAGE)):
        _refresh(connection, part, judged)
        if tell is not None:
            tell("incidents", number * _PAGE + len(part))
    return int(connection.scalar(select(func.count()).select_from(schema.incident_face)) or 0)


def refresh(connection: Connection, incidents: Iterable[str]) -> None:
    """Bring the faces of some incidents, and how many witnesses they have, up to date; those that are joined to others or have no claims
    any more lose theirs."""
    ids = sorted(set(incidents))
    if not ids:
        return
    judged = _judged(connection)
    for part in parts(ids, _PAGE):
        _refresh(connection, part, judged)


def touched(connection: Connection, *, claims: Iterable[str] = (), documents: Iterable[str] = ()) -> set[str]:
    """The incidents that are told of by some claims or documents, or by copies of these documents."""
    found: set[str] = set()
    for part in parts(sorted(set(claims))):
        found.update(connection.scalars(select(_m.incident_id).where(_m.claim_id.in_(part))))
    c, s, x = schema.claim.c, schema.sketch.c, schema.likeness.c
    for part in parts(sorted(set(documents))):
        labels = select(s.label).where(s.document_id.in_(part))
        near = {*part, *connection.scalars(select(s.document_id).where(s.label.in_(labels)))}
        for mine, theirs in ((x.one, x.other), (x.other, x.one)):
            near.update(connection.scalars(select(theirs).where(mine.in_(part))))
        for group in parts(sorted(near)):
            of = select(_m.incident_id).join(schema.claim, c.id == _m.claim_id).where(c.document_id.in_(group))
            found.update(connection.scalars(of))
            added = select(_m.incident_id).join(schema.addition, schema.addition.c.claim_id == _m.claim_id)
            found.update(connection.scalars(added.where(schema.addition.c.document_id.in_(group))))
    return found


def seen_of(view: Together, claims: Sequence[Told]) -> str:
    """The hash of what one who signs a grade sees: what is suggested from what, and what each claim says."""
    plain = [_plain(t.claim.to_dict()) for t in sorted(claims, key=lambda t: t.id)]
    return digest([view.grade.to_dict(), plain])


def _plain(value: Any) -> Any:
    """A record without its evidence."""
    if isinstance(value, dict):
        return {
            key: _plain(item) for key, item in value.items() if key not in ("evidence", "trigger", "confidence", "candidates")
        }
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _judged(connection: Connection) -> dict[str, str]:
    """When people last judged on each incident."""
    j = schema.judgement.c
    found: dict[str, str] = {}
    for value, at in connection.execute(select(j.value, j.judged_at).order_by(j.id)):
        found.update(dict.fromkeys(json.loads(value).get("settled", ()), at))
    return found


def _refresh(connection: Connection, ids: Sequence[str], judged: dict[str, str]) -> None:
    codes = {
        i: code
        for i, code in connection.execute(select(_i.id, _i.code).where(_i.id.in_(ids), _i.became.is_(None)))
    }  # fmt: skip
    held: dict[str, str] = {
        c: i for c, i in connection.execute(select(_m.claim_id, _m.incident_id).where(_m.incident_id.in_(ids)))
    }
    there = members_of(connection, held)
    standing = [record for record in there if stands(record) and held[record.id] in codes]
    grouped: dict[str, list[Told]] = {}
    for record, made in zip(standing, told_of(connection, standing), strict=True):
        grouped.setdefault(held[record.id], []).append(made)
    recount(connection, {i: {t.claim.document for t in told} for i, told in grouped.items()})
    signed = grades.standing(connection, grouped)
    changed = _changed(connection, there, held, judged, signed)
    before = {i: was for i, was in connection.execute(select(_f.incident_id, _f.inputs).where(_f.incident_id.in_(ids)))}
    rows: list[dict[str, Any]] = []
    marks: list[dict[str, Any]] = []
    for incident, told in sorted(grouped.items()):
        signature = signed.get(incident)
        inputs = digest([
            _VERSION, codes[incident], changed[incident], signature.id if signature else None,
            [[t.claim.to_dict(), t.published, t.publisher, t.language, list(t.chain.copies)] for t in told],
        ])  # fmt: skip
        if before.get(incident) == inputs:
            continue
        dossier = Dossier(incident, tuple(told), signature.grade if signature else None)
        view = together(dossier)
        seen = seen_of(view, dossier.claims)
        rows.append(
            {"incident_id": incident, "code": codes[incident]}
            | _row(dossier, view)
            | {
                "signed": dossier.grade, "stale": int(signature is not None and signature.seen != seen), "seen": seen,
                "changed": changed[incident], "inputs": inputs,
            }
        )  # fmt: skip
        marks += [{"incident_id": incident, "kind": kind, "value": value} for kind, value in _marks(dossier)]
    stale = [i for i in before if i not in grouped] + [row["incident_id"] for row in rows if row["incident_id"] in before]
    if stale:
        connection.execute(delete(schema.incident_mark).where(_k.incident_id.in_(stale)))
        connection.execute(delete(schema.incident_face).where(_f.incident_id.in_(stale)))
    insert(connection, schema.incident_face, rows)
    insert(connection, schema.incident_mark, marks)


def _changed(
    connection: Connection,
    there: Sequence[ClaimRecord],
    held: dict[str, str],
    judged: dict[str, str],
    signed: dict[str, grades.Signature],
) -> dict[str, str]:
    """When something was last changed of each incident: a reading of a report, a decision, a judgement or a signature."""
    d, r, x = schema.document.c, schema.reading.c, schema.decision.c
    read: dict[str, str] = {}
    for part in parts(sorted({record.document_id for record in there})):
        read.update(
            (i, at)
            for i, at in connection.execute(
                select(d.id, r.read_at).join(schema.reading, r.id == d.current_reading).where(d.id.in_(part))
            )
        )
    times: dict[str, list[str]] = {}
    for record in there:
        times.setdefault(held[record.id], []).append(read.get(record.document_id, ""))
    for part in parts(sorted(held)):
        for claim, at in connection.execute(
            select(x.claim_id, func.max(x.decided_at)).where(x.claim_id.in_(part)).group_by(x.claim_id)
        ):
            times.setdefault(held[claim], []).append(at)
    return {
        i: max([*told, judged.get(i, ""), signed[i].at if i in signed else ""]) for i, told in times.items()
    }  # fmt: skip


def _first(dossier: Dossier) -> dict[str, list[dict[str, Any]]]:
    """The values of slots, those of most origins first; of claims that are asserted if there are any."""
    claims = [t for t in dossier.claims if t.claim.scope == "event"] or list(dossier.claims)
    asserted = [t for t in claims if t.claim.status == "asserted"]
    return {slot: [v.value for v in values] for slot, values in said(asserted or claims, _SLOTS).items()}


def _row(dossier: Dossier, view: Together) -> dict[str, Any]:
    """The columns that follow from the claims alone."""
    first = _first(dossier)
    date = next(iter(first.get("date", ())), None)
    statuses = {t.claim.status for t in dossier.claims}
    return {
        "first_day": date and (date["start"] or date["end"]),
        "last_day": date and (date["end"] or date["start"]),
        "day_precision": date["precision"] if date else "unknown",
        **_place(first),
        "types": canonical(first.get("type", [])),
        "sites": canonical(list(dict.fromkeys(s["kind"] for s in first.get("sites", ())))),
        "weapons": canonical([w["kind"] for w in first.get("weapons", ())]),
        "perpetrators": canonical([p["id"] or p["name"] for p in first.get("perpetrators", ())]),
        "targets": canonical([p["id"] or p["name"] for p in first.get("targets", ())]),
        "status": statuses.pop() if len(statuses) == 1 else "mixed",
        "denied": int(bool(view.denials)),
        "contested": int(any(f.contested for f in view.figures) or bool(competing(dossier.claims))),
        "aggregate": int(bool(view.aggregates)),
        "contradictions": len(view.contradictions),
        **_harm(view),
        "claims": len(dossier.claims),
        "reports": len({t.claim.document for t in dossier.claims}),
        "origins": view.origins.count,
        "origins_open": int(view.origins.at_least),
        "suggested": view.grade.grade,
        "title_ar": title(dossier, "ar", view=view, names=placenames.titled),
        "title_en": title(dossier, "en", view=view, names=placenames.titled),
        "reported": max((t.published for t in dossier.claims if t.published), default=None),
    }


def _place(first: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    told = first.get("place", [])
    place = told[0] if told else None
    names = (
        "country",
        "unit",
        "unit_ar",
        "unit_en",
        "place",
        "place_ar",
        "place_en",
        "gazetteer",
        "latitude",
        "longitude",
        "place_class",
    )
    row: dict[str, Any] = dict.fromkeys((*names, "place_precision", "radius"))
    row["country"] = next((p["country"] for p in told if p["country"]), None)
    if place is None:
        return row
    spot = spot_of(place, default())
    inside = placenames.unit(place)
    if inside is not None:
        row["unit"], row["unit_ar"], row["unit_en"] = inside
    return row | {
        "place": place["name"], "place_ar": placenames.in_language(place, "ar"), "place_en": placenames.in_language(place, "en"),
        "gazetteer": place["gazetteer"], "latitude": spot.latitude, "longitude": spot.longitude, "place_class": place["class"],
        "place_precision": place["precision"], "radius": spot.reach,
    }  # fmt: skip


def _harm(view: Together) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for kind in HARM_KINDS:
        figure = view.figure(kind)
        row[f"{kind}_min"], row[f"{kind}_max"] = (figure.low, figure.high) if figure else (None, None)
        if kind in ("killed", "injured"):
            row[f"{kind}_open"] = int(figure is not None and figure.open)
    for who, name in (("civilian", "civilians"), ("women", "women"), ("children", "children")):
        figure = view.figure("killed", who)
        row[f"killed_{name}_min"], row[f"killed_{name}_max"] = (figure.low, figure.high) if figure else (None, None)
    return row


def _marks(dossier: Dossier) -> list[tuple[str, str]]:
    """What incidents are cut by and one may have several of."""
    first = _first(dossier)
    told = {
        "type": first.get("type", []),
        "site": [s["kind"] for s in first.get("sites", ())],
        "weapon": [w["kind"] for w in first.get("weapons", ())],
        "perpetrator": [p["id"] or p["name"] for p in first.get("perpetrators", ())],
        "target": [p["id"] or p["name"] for p in first.get("targets", ())],
        "publisher": [t.publisher for t in dossier.claims],
        "source": [s.kind for t in dossier.claims for s in t.chain.origins],
    }
    return [(kind, value) for kind in MARKS for value in sorted({str(v) for v in told[kind] if v})]
