"""Leaving records: an incident as plain values that no format has shaped yet (``packs/exports/fields.tsv`` lists the fields)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import lru_cache
from typing import Any

from marsad.counting.allegations import denials
from marsad.counting.count import count
from marsad.counting.dossier import Dossier
from marsad.counting.figures import Figure
from marsad.counting.grading import Grade, Inputs, suggest
from marsad.counting.policy import Policy
from marsad.counting.summaries import summary, title
from marsad.counting.together import Together, tolls
from marsad.counting.values import Said, contradictions, said
from marsad.exports.codes import label
from marsad.exports.material import Material
from marsad.exports.places import Atlas
from marsad.lexicon.reasons import texts
from marsad.lexicon.table import read_table
from marsad.record import record
from marsad.vocabulary import HARM_KINDS

__all__ = ["Leaving", "field_names", "leaving", "titled"]

_SLOTS = ("status", "type", "date", "place", "perpetrators", "targets", "sites", "weapons")
_GRADED = frozenset(("grade", "strike"))
_TITLES = ("title_ar", "title_en", "summary_ar", "summary_en")
# Slots that fields are made from.
_ASKED = {slot: (slot,) for slot in _SLOTS} | {"types": ("type",)} | dict.fromkeys(_TITLES, ("type", "date", "place"))
# Stands where nobody asks for a grade.
_UNGRADED = Grade(None, (), Inputs(0, False, 0, (), (), (), (), (), (), ()))


@lru_cache(maxsize=1)
def field_names() -> tuple[str, ...]:
    """The fields of a leaving record."""
    return tuple(row["field"] for row in read_table("exports/fields.tsv"))


@record(frozen=True, slots=True)
class Leaving:
    """A leaving record with what its titles are made from once a profile has treated it.

    Attributes:
        fields: values by the names of ``field_names``; those that are not wanted are missing.
        dossier, view: of the incident.
        wanted: fields that are asked for.
    """

    fields: dict[str, Any]
    dossier: Dossier
    view: Together
    wanted: Collection[str]


def leaving(material: Material, policy: Policy, atlas: Atlas, wanted: Collection[str]) -> Leaving:
    """The record of an incident.

    Args:
        material: the incident.
        policy: by which it is counted.
        atlas: what is known of places.
        wanted: names of fields; titles are made later, from what a profile leaves.
    """
    dossier = material.dossier
    events = [t for t in dossier.claims if t.claim.scope == "event"]
    view = _view(dossier, wanted)
    made: dict[str, Any] = {"id": material.id, "code": material.code}
    standing = frozenset([t.id for t in events if t.claim.status == "asserted"])
    making = _Making(material, dossier, view, policy, atlas, events, standing)
    # In the order of the table: that of a set is another in each process.
    for name in field_names():
        if name in wanted and name not in made and name not in _TITLES:
            made[name] = _MAKERS[name](making)
    return Leaving(made, dossier, view, wanted)


def titled(record: Leaving, fields: dict[str, Any]) -> dict[str, str]:
    """The titles and summaries that are wanted, with the place as a profile left it in ``fields``."""
    wanted = [name for name in _TITLES if name in record.wanted]
    if not wanted:
        return {}
    place = fields.get("place")
    view = record.view
    if "place" in view.values:
        first = view.values["place"][0]
        values = dict(view.values)
        if place is None or not place["name"]:
            del values["place"]
        else:
            units = [place[unit] for unit in ("admin1",) if place[unit]]
            told = {"name": place["name"], "class": place["class"], "within": units}
            values["place"] = (replace(first, value=told),)
        view = Together(
            view.incident, view.origins, values, view.contradictions, view.timeline, view.figures, view.allegations, view.denials,
            view.grade, view.signed, view.warnings, view.aggregates,
        )  # fmt: skip
    names = _names(place)
    made = {}
    for name in wanted:
        words: Callable[..., str] = title if name.startswith("title") else summary
        made[name] = words(record.dossier, name[-2:], view=view, names=names)
    return made


def _names(place: dict[str, Any] | None) -> Callable[[Any, str], str | None]:
    def named(told: Any, language: str) -> str | None:
        if place is None or language != "en" or told["name"] != place["name"] or not place["name_en"]:
            return None
        units = [place["admin1_en"]] if place["admin1_en"] and place["admin1_en"] != place["name_en"] else []
        return ", ".join([place["name_en"], *units])

    return named


@record(frozen=True, slots=True)
class _Making:
    material: Material
    dossier: Dossier
    view: Together
    policy: Policy
    atlas: Atlas
    events: list[Any]
    # Ids of those that are asserted.
    standing: frozenset[str]

    def first(self, slot: str) -> Any:
        told = self.view.values.get(slot)
        return told[0].value if told else None


def _view(dossier: Dossier, wanted: Collection[str]) -> Together:
    """What the claims say together, as far as it is wanted."""
    claims = [t for t in dossier.claims if t.claim.scope == "event"]
    whole = "summary_en" in wanted or "summary_ar" in wanted
    slots = {slot for name in wanted for slot in _ASKED.get(name, ())}
    kinds = (
        {h.kind for t in claims for h in t.claim.harm} if "figures" in wanted or any(name in wanted for name in _TITLES) else ()
    )
    figures = tuple(f for kind in HARM_KINDS if kind in kinds for f in tolls(dossier, kind))
    grade = suggest(dossier) if whole or not _GRADED.isdisjoint(wanted) else _UNGRADED
    values = said(claims, [slot for slot in _SLOTS if slot in slots])
    apart = contradictions(claims, values) if whole or "contradictions" in wanted else ()
    return Together(
        dossier.id, dossier.origins(), values, apart, (), figures, grade.inputs.allegations if whole else (),
        denials(claims) if whole or "strike" in wanted else (), grade, dossier.grade, (),
    )  # fmt: skip


def _listed(m: _Making, slot: str) -> list[Any]:
    """The values of a slot, those of most origins first; from claims that are asserted where any is."""
    return [s.value for s in m.view.values.get(slot, ()) if _asserted(m, s)]


def _asserted(m: _Making, told: Said) -> bool:
    return not m.standing or not m.standing.isdisjoint(told.claims)


def _parties(m: _Making, slot: str) -> list[dict[str, Any]]:
    return [
        {"id": p["id"], "name": p["name"], "name_en": label("party", p["id"], "en") or None, "name_ar": label("party", p["id"], "ar") or None}
        for p in _listed(m, slot)
    ]  # fmt: skip


def _figures(figures: Collection[Figure]) -> dict[str, dict[str, Any]]:
    return {
        f"{f.kind}.{f.who}": {"low": f.low, "high": f.high, "best": f.best, "open": f.open, "contested": f.contested}
        for f in figures
    }


def _count(m: _Making) -> dict[str, Any]:
    found = count(m.dossier, m.policy, None if m.view.grade is _UNGRADED else m.view.grade)
    return {
        "policy": found.policy, "version": found.version, "standing": found.standing, "reasons": texts(found.reasons),
        "headline": ".".join(m.policy.headline), "figures": _figures(found.figures), "used": list(found.used),
        "left_out": [{"claim": x.claim, "code": x.code} for x in found.left_out],
    }  # fmt: skip


def _strike(m: _Making) -> dict[str, Any]:
    inputs = m.view.grade.inputs
    return {
        "declared": bool(inputs.declared), "competing": bool(inputs.competing), "denied": bool(m.view.denials),
        "origins": inputs.origins,
    }  # fmt: skip


def _sources(m: _Making) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for t in m.events:
        for voice in t.chain.voices:
            found.setdefault((voice.kind, voice.name), {"name": voice.name or None, "kind": voice.kind})
    return list(found.values())


def _reports(m: _Making) -> list[dict[str, Any]]:
    given = sorted(m.material.reports.values(), key=lambda r: (r.published or "9999", r.id))
    return [
        {"published": r.published, "publisher": r.publisher, "language": r.language, "headline": r.title or None, "address": r.address}
        for r in given
    ]  # fmt: skip


def _reported(m: _Making) -> dict[str, Any] | None:
    days = sorted(r.published for r in m.material.reports.values() if r.published)
    return {"first": days[0], "last": days[-1]} if days else None


def _claims(m: _Making) -> list[dict[str, Any]]:
    return [
        m.material.records[t.id] | {"published": t.published, "publisher": t.publisher, "language": t.language}
        for t in m.dossier.claims
    ]


def _place(m: _Making) -> dict[str, Any] | None:
    found = m.first("place")
    return m.atlas.place(found) if found else None


_MAKERS: dict[str, Callable[[_Making], Any]] = {
    "earlier": lambda m: list(m.material.earlier),
    "status": lambda m: m.first("status") or m.dossier.claims[0].claim.status,
    "type": lambda m: next(iter(_listed(m, "type")), None) or m.dossier.claims[0].claim.type,
    "types": lambda m: _listed(m, "type"),
    "date": lambda m: m.first("date"),
    "reported": _reported,
    "country": lambda m: m.material.country,
    "place": _place,
    "perpetrators": lambda m: _parties(m, "perpetrators"),
    "targets": lambda m: _parties(m, "targets"),
    "sites": lambda m: _listed(m, "sites"),
    "weapons": lambda m: [w["kind"] for w in _listed(m, "weapons")],
    "figures": lambda m: _figures(m.view.figures),
    "count": _count,
    "grade": lambda m: {"suggested": m.view.grade.grade, "signed": m.dossier.grade},
    "strike": _strike,
    "origins": lambda m: {"count": m.view.origins.count, "at_least": m.view.origins.at_least},
    "sources": _sources,
    "publishers": lambda m: list(dict.fromkeys(r["publisher"] for r in _reports(m) if r["publisher"])),
    "reports": _reports,
    "languages": lambda m: sorted({r.language for r in m.material.reports.values() if r.language}),
    "contradictions": lambda m: [c.slot for c in m.view.contradictions],
    "claims": _claims,
    "decisions": lambda m: [d.to_dict() for given in m.material.decisions.values() for d in given],
    "victims": lambda m: [],
}
