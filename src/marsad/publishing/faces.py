"""Faces: what a page shows of a leaving record, in words of one language. Nothing is looked at but what the profile let out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from marsad.exports.codes import country, label
from marsad.gazetteer import default
from marsad.lexicon.reasons import retold
from marsad.publishing.words import text, value
from marsad.text.direction import apart as ordered

__all__ = ["area_of", "country_name", "face", "grade_of", "killed", "place_name", "said", "timeline"]

_KINDS = {"type": "type", "status": "status", "sites": "siteKind", "weapons": "weaponKind"}
_SLOTS = ("type", "date", "place", "perpetrators", "targets", "sites", "weapons", "harm", "status")


def killed(record: Mapping[str, Any]) -> tuple[int, int] | None:
    """The least and the most that sources tell of the dead; an open end is no higher than its least."""
    told = (record.get("figures") or {}).get("killed.all")
    return (told["low"] or 0, told["high"] if told["high"] is not None else told["low"] or 0) if told else None


def grade_of(record: Mapping[str, Any]) -> tuple[str, bool]:
    """The grade and whether a person signed it."""
    told = record.get("grade") or {}
    return (told.get("signed") or told.get("suggested") or "none", bool(told.get("signed")))


@lru_cache(maxsize=1024)
def country_name(code: str | None, language: str) -> str:
    """The name of a country by its ISO code; the code itself where none is known, and nothing for no code."""
    if not code:
        return ""
    if language == "en":
        return country(code).get("name") or code
    entry = default().country(code)
    return entry.name if entry else code


def place_name(place: Mapping[str, Any] | None, code: str | None, language: str) -> str:
    """The place with its governorate and country."""
    names: list[str] = []
    if place:
        mine = place.get("name_en") if language == "en" else None
        around = place.get("admin1_en") if language == "en" else None
        # A name in one script is not followed by its governorate in another.
        names += [mine or place.get("name") or "", around or ("" if mine else place.get("admin1") or "")]
    names.append(country_name(code, language))
    return (", " if language == "en" else "\u060c ").join(dict.fromkeys(n for n in names if n)) or text(language, "unknown")


def area_of(place: Mapping[str, Any] | None) -> tuple[str, float] | None:
    """What the coordinates of a place stand for: a cell with its side in degrees, a unit with its radius in kilometres; None for a point."""
    if not place or place.get("latitude") is None:
        return None
    if place.get("grid"):
        return "cell", float(place["grid"])
    entry = default().get(place["gazetteer"]) if place.get("gazetteer") else None
    return ("unit", float(entry.radius)) if entry and entry.radius else None


def days(date: Mapping[str, Any] | None, language: str) -> str:
    """A date as ISO days."""
    start, end = (date or {}).get("start"), (date or {}).get("end")
    if not start and not end:
        return text(language, "unknown")
    return str(start or end) if start == end or not end or not start else f"{start} \u2013 {end}"


def figures(record: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    """Ranges over what sources say, as rows."""
    rows = []
    for key, told in (record.get("figures") or {}).items():
        kind, _, who = key.partition(".")
        if who.startswith("side:"):
            continue
        try:
            whom = text(language, f"who.{who}")
        except KeyError:
            whom = value(language, "including", who)
        rows.append(
            {
                "kind": value(language, "harmKind", kind),
                "who": whom,
                "low": told["low"],
                "high": told["high"],
                "open": told["open"],
            }
        )
    return rows


def said(record: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    """Each slot with its values, and for each value who says it."""
    claims = record.get("claims") or []
    apart = set(record.get("contradictions") or ())
    slots = []
    for slot in _SLOTS:
        values: dict[str, list[str]] = {}
        for number, claim in enumerate(claims, 1):
            for told in _told(claim, slot, language):
                values.setdefault(told, []).append(str(number))
        if values:
            differs = slot in apart or (slot == "harm" and bool(apart & {"killed", "injured", "harm"}))
            rows = sorted(values.items(), key=lambda p: (-len(p[1]), p[0]))
            slots.append(
                {
                    "name": text(language, "status") if slot == "status" else value(language, "slot", slot),
                    "differs": differs,
                    "values": rows,
                }
            )
    return slots


def _told(claim: Mapping[str, Any], slot: str, language: str) -> Iterable[str]:
    told = claim.get(slot)
    if slot in ("type", "status"):
        return [value(language, slot, told)] if told else []
    if slot == "date":
        return [days(told, language)] if told and (told.get("start") or told.get("end")) else []
    if slot == "place":
        return [place_name(told, None, language)] if told and told.get("name") else []
    if slot in ("perpetrators", "targets"):
        return [party(p, language) for p in told or ()]
    if slot == "harm":
        return [harm(h, language) for h in told or ()]
    return [value(language, _KINDS[slot], v.get("kind")) for v in told or ()]


def party(told: Mapping[str, Any], language: str) -> str:
    """A party by its listed name."""
    identifier = told.get("id")
    if identifier:
        return label("party", identifier, language) or value(language, "party", identifier)
    return told.get("name") or text(language, "unnamed")


def harm(told: Mapping[str, Any], language: str) -> str:
    """One harm with its number, and parts of it."""
    kind, status = value(language, "harmKind", told["kind"]), value(language, "harmStatus", told["status"])
    number = _range(told, language)
    parts = [f"{value(language, 'including', p['who'])}: {_range(p, language)}" for p in told.get("including") or ()]
    comma = ", " if language == "en" else "\u060c "
    return f"{kind}: {number} ({comma.join([status, *parts])})"


def _range(told: Mapping[str, Any], language: str) -> str:
    low, high = told.get("min"), told.get("max")
    if low is None and high is None:
        return text(language, "unknown")
    if high is None:
        return f"{text(language, 'at_least')} {low}"
    return str(low) if low == high else f"{low or 0}\u2013{high}"


def timeline(record: Mapping[str, Any]) -> list[tuple[str, int, int, str]]:
    """The dead that claims tell of, by day of publication: day, least, most, number of the claim."""
    rows = []
    for number, claim in enumerate(record.get("claims") or [], 1):
        told = [h for h in claim.get("harm") or () if h["kind"] == "killed" and h["min"] is not None]
        if told and claim.get("published"):
            most = max(told, key=lambda h: h["min"])
            rows.append((claim["published"], most["min"], most["max"] if most["max"] is not None else most["min"], str(number)))
    return sorted(rows)


def _ordered(told: str, language: str) -> str:
    """A text whose Arabic names, where it is English, do not turn the commas and numbers beside them round."""
    return ordered(told) if language == "en" else told


def sources(claim: Mapping[str, Any], language: str) -> list[str]:
    """Who says it, by name or else by kind."""
    return list(dict.fromkeys(s.get("name") or value(language, "sourceKind", s["kind"]) for s in claim.get("sources") or ()))


def face(record: Mapping[str, Any], language: str) -> dict[str, Any]:
    """All that an incident's page and the list show of it."""
    grade, signed = grade_of(record)
    place = record.get("place") or {}
    claims = [
        {
            "number": n, "day": c.get("published") or text(language, "unknown"), "publisher": c.get("publisher") or text(language, "unnamed"),
            "sources": sources(c, language), "language": c.get("language"),
            "harm": [harm(h, language) for h in c.get("harm") or ()], "status": value(language, "status", c.get("status")),
        }
        for n, c in enumerate(record.get("claims") or [], 1)
    ]  # fmt: skip
    return {
        "code": record["code"], "title": _ordered(record.get(f"title_{language}") or record["code"], language), "days": days(record.get("date"), language),
        "start": (record.get("date") or {}).get("start") or "", "type": value(language, "type", record.get("type")),
        "kind": record.get("type") or "", "country": record.get("country") or "", "place": _ordered(place_name(place, record.get("country"), language), language),
        "killed": killed(record), "grade": grade, "grade_name": value(language, "grade", grade), "signed": signed,
        "parties": [party(p, language) for p in record.get("perpetrators") or ()], "figures": figures(record, language),
        "slots": said(record, language), "timeline": timeline(record), "claims": claims, "reports": record.get("reports") or [],
        "earlier": record.get("earlier") or [], "victims": record.get("victims") or [], "origins": record.get("origins"),
        "status": value(language, "status", record.get("status")), "area": area_of(place),
        "stated": retold(place["stated"], language) if place.get("stated") else None,
        "point": (place["latitude"], place["longitude"]) if place.get("latitude") is not None else None,
    }  # fmt: skip
