"""Claim values: what a claim says as rows for people, each with its words, what decided it, and what the machine had read.

Rows are plain data. Their keys are those of corrections: ``date``, ``place``, ``harm.1``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from marsad.desk.segments import Span
from marsad.desk.sureness import sureness
from marsad.register.queries import ClaimRecord

__all__ = ["LISTS", "Named", "Shown", "rows", "spans"]

# A value of a closed list in the language of the page: vocabulary and value.
Named = Callable[[str, str | None], str]
# A text as it is to be shown: as it is, or with names of people masked.
Shown = Callable[[str], str]
_CLOSED, _PARTIES = frozenset({"type", "date", "weapons", "sites"}), frozenset({"perpetrators", "targets"})
LISTS = ("perpetrators", "targets", "sites", "weapons", "harm", "sources")


def rows(record: ClaimRecord, why: Mapping[str, str], named: Named, shown: Shown = str) -> list[dict[str, Any]]:
    """The rows of a claim, in the order in which they are numbered: what happened, when, where, and the lists.

    Each has ``key``, ``slot``, ``text``, ``note``, ``quotes`` (the words of the report), ``spans`` ("start-end,..."), ``by`` (who
    corrected it, or empty), ``read`` (what the machine had read where a person corrected it), ``sure`` (``sureness.Sure`` as data: how
    sure it is, the rules by which the machine made it, and of places what else it may be) and ``missing``: whether nothing is told, or
    the place was not found.
    """
    value = record.value
    said = dict(_said(value, named))
    before = dict(_said(record.body, named))
    who = _who(record)
    made = []
    for key, (slot, text, note, evidence, missing) in said.items():
        old = before.get(key)
        changed = slot in who and (old is None or old[:4] != (slot, text, note, evidence))
        person = changed or record.added or record.verdict == "accept"
        sure = sureness(key, why, told=not missing, quoted=bool(evidence), person=person)
        # What a closed list says is no name of a person, whatever it looks like.
        closed = slot in _CLOSED or (slot in _PARTIES and bool(note))
        made.append(
            {
                "key": key, "slot": slot, "text": text if closed else shown(text), "note": shown(note), "quotes": [shown(e["text"]) for e in evidence],
                "spans": ",".join(f"{e['start']}-{e['end']}" for e in evidence),
                "by": who[slot] if changed else "", "read": "" if not changed or old is None else shown(old[1]),
                "sure": asdict(sure), "missing": missing,
            }
        )  # fmt: skip
    return made


def spans(record: ClaimRecord) -> Iterator[Span]:
    """All evidence of a claim as it stands."""
    value = record.value
    for e in value["trigger"]:
        yield Span(e["start"], e["end"], "type", record.id, "type")
    for slot in ("date", "place"):
        for e in value[slot]["evidence"]:
            yield Span(e["start"], e["end"], slot, record.id, slot)
    for slot in LISTS:
        for number, item in enumerate(value[slot], 1):
            for e in item["evidence"]:
                yield Span(e["start"], e["end"], slot, record.id, f"{slot}.{number}")


def _who(record: ClaimRecord) -> dict[str, str]:
    """Who corrected each slot last."""
    return {slot: d.who for d in record.decisions if d.value is not None and not d.undone for slot in d.value}


_Said = tuple[str, str, str, list[dict[str, Any]], bool]


def _said(value: Mapping[str, Any], named: Named) -> Iterator[tuple[str, _Said]]:
    """By key: slot, value in words, a note, evidence, and whether nothing is told."""
    kind = [named("type", value["type"])]
    if value["status"] != "asserted":
        kind.append(named("status", value["status"]))
    if value["scope"] != "event":
        kind.append(named("scope", value["scope"]))
    yield "type", ("type", kind[0], " · ".join(kind[1:]), list(value["trigger"]), False)
    date = value["date"]
    told = [d for d in (date["start"], date["end"]) if d]
    days = told[0] if told and len(set(told)) == 1 else f"{date['start'] or '…'} – {date['end'] or '…'}" if told else ""
    precision = "" if date["precision"] == "day" or not told else named("datePrecision", date["precision"])
    yield "date", ("date", days, precision, date["evidence"], not told)
    yield "place", _place(value["place"], named)
    for slot in ("perpetrators", "targets"):
        for n, party in enumerate(value[slot], 1):
            yield (
                f"{slot}.{n}",
                (
                    slot,
                    named("party", party["id"]) or party["name"],
                    party["name"] if party["id"] else "",
                    party["evidence"],
                    False,
                ),
            )
    for n, site in enumerate(value["sites"], 1):
        yield f"sites.{n}", ("sites", named("siteKind", site["kind"]), site["name"], site["evidence"], False)
    for n, weapon in enumerate(value["weapons"], 1):
        yield f"weapons.{n}", ("weapons", named("weaponKind", weapon["kind"]), "", weapon["evidence"], False)
    for n, harm in enumerate(value["harm"], 1):
        yield f"harm.{n}", _harm(harm, named)
    for n, source in enumerate(value["sources"], 1):
        note = f"{named('sourceKind', source['kind'])} · {named('sourceRole', source['role'])}"
        yield f"sources.{n}", ("sources", source["name"], note, source["evidence"], False)


def _place(place: Mapping[str, Any], named: Named) -> _Said:
    name = " ".join(p for p in (place["bearing"], place["name"]) if p)
    within = "، ".join(place["within"])
    parts = [named("placeClass", place["class"]), within, place["country"] or ""]
    if place["latitude"] is not None:
        parts.append(f"\u2066{place['latitude']:.3f}, {place['longitude']:.3f}\u2069")
    return "place", name, " · ".join(p for p in parts if p), place["evidence"], place["latitude"] is None


def _harm(harm: Mapping[str, Any], named: Named) -> _Said:
    parts = [named("harmStatus", harm["status"])] if harm["status"] != "unknown" else []
    if harm["group"]:
        parts.append(named("party", harm["group"]))
    parts += [f"{named('including', i['who'])} {_count(i)}" for i in harm["including"]]
    return "harm", f"{named('harmKind', harm['kind'])} {_count(harm)}", " · ".join(parts), harm["evidence"], False


def _count(told: Mapping[str, Any]) -> str:
    low, high = told["min"], told["max"]
    if low is None and high is None:
        return "?"
    if low == high:
        return f"{low:,}"
    return f"\u2066{'?' if low is None else f'{low:,}'}–{'' if high is None else f'{high:,}'}{'+' if high is None else ''}\u2069".replace(
        "–+", "+"
    )
