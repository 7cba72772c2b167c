"""What linking compares: a claim with what is known of its report, made comparable.

A claim comes as the public record (``docs/claims.md``) and stays as it is; its ``Features`` hold days as whole numbers, the place
as a point with a reach and name keys that are the same in both scripts, tolls as numbers, parties and kinds as sets, and a sketch
of its words. Features are plain values, so that they can be compared in SQL by the million and one by one in Python.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, Protocol

from marsad.gazetteer import Gazetteer, default
from marsad.gazetteer.names import skeleton
from marsad.lexicon.table import read_table
from marsad.linking.sitenames import proper_names
from marsad.linking.spots import Spot, spot_of
from marsad.text.fold import fold

__all__ = ["CopyGroups", "Features", "Report", "allies_of", "days_of", "features_of", "reports_of"]

# Days before publication in which an event lies that is told as news without a date.
NEWS_DAYS = 3
# An interval of more days is no answer to "which day".
WIDE_DAYS = 3
SKETCH = 48
_MUTUAL = ("armed_clash", "agreement")
_AROUND, _LONGEST = 160, 900
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of a document.

    Attributes:
        id: the document's id, as its claims name it.
        published: ISO day of publication, or None.
        publisher, language: as known.
        group: label of the group of documents that are copies of one report, or None: a report of its own.
        text: the body that the evidence of its claims points into; empty if it is not at hand.
    """

    id: str
    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    group: str | None = None
    text: str = ""


class CopyGroups(Protocol):
    """Which documents are copies of one report, as ``marsad.syndication`` finds them."""

    def of(self, document: str) -> str:
        """The label of the document's group of copies; its own id if it is by itself."""


def reports_of(documents: Iterable[Mapping[str, Any]], groups: CopyGroups | None = None) -> dict[str, Report]:
    """Reports by id, from documents as public records (``id``, ``published``, ``publisher``, ``language``, ``text``)."""
    found = {}
    for record in documents:
        group = groups.of(record["id"]) if groups else None
        found[record["id"]] = Report(
            record["id"],
            record.get("published"),
            record.get("publisher"),
            record.get("language"),
            group,
            record.get("text") or "",
        )
    return found


@dataclass(frozen=True, slots=True)
class Features:
    """A claim made comparable.

    Attributes:
        id, document: of the claim. group: the copy group, or the document where it is a report of its own.
        scope, status, type: as in the claim; ``kin`` and ``family`` widen the type (``packs/linking/types.tsv``).
        first, last: proleptic days, both inclusive, None if unknown. wide: the interval spans more days than one event takes.
        news: the interval is only that of a report that tells its news without a date.
        spot: where. published: proleptic day or None.
        perpetrators, targets: ids of parties; a party that is not listed as ``name:`` and the skeleton of its name. ``unidentified``
            is left out, since it may be anyone. In a clash both hold all parties, for who began is told either way.
        one_side: whether only one side of a clash is told, so that another party may be the other side.
        allies: parties that reports name for one of the perpetrators.
        site_kinds, site_names: kinds, and proper names as ``kind:skeleton``.
        weapons, weapon_groups: kinds and the groups that they belong to.
        killed: exact numbers told, the largest first; ``killed_low`` the greatest least number, ``killed_open`` if it is only a
            least one. injured, taken: likewise the greatest number of the hurt and of those taken or missing.
        origins: who says so, as skeletons. belligerent: whether an armed party or its ministry says so.
        denied: whether it is denied. trigger: folded words of the trigger.
        language: of the report. words: hashes of the content words around the evidence, the smallest ``SKETCH`` of them.
    """

    id: str
    document: str
    group: str
    scope: str
    status: str
    type: str
    kin: str
    family: str
    first: int | None
    last: int | None
    wide: bool
    news: bool
    spot: Spot
    published: int | None
    perpetrators: frozenset[str]
    targets: frozenset[str]
    one_side: bool
    allies: frozenset[str]
    site_kinds: frozenset[str]
    site_names: frozenset[str]
    weapons: frozenset[str]
    weapon_groups: frozenset[str]
    killed: tuple[int, ...]
    killed_low: int | None
    killed_open: bool
    injured: int | None
    taken: int | None
    origins: frozenset[str]
    belligerent: bool
    denied: bool
    trigger: str
    language: str
    words: frozenset[int]

    @property
    def dated(self) -> bool:
        """Whether a day or an interval of days is told."""
        return self.last is not None and not self.news

    @property
    def placed(self) -> bool:
        """Whether a place is told that is narrower than a country."""
        return self.spot.known and self.spot.level != "country"


def features_of(claim: Mapping[str, Any], report: Report | None = None, *, gazetteer: Gazetteer | None = None) -> Features:
    """The features of a claim.

    Args:
        claim: a public record; ``date`` and ``place`` may be null.
        report: what is known of its document; None if nothing is.
        gazetteer: where ids of places are looked up; the packaged one by default.
    """
    gazetteer = gazetteer or default()
    report = report or Report(str(claim["document"]))
    kin, family = _types().get(claim["type"], (claim["type"], claim["type"]))
    first, last, news = days_of(claim.get("date") or {})
    spot = spot_of(claim.get("place") or {}, gazetteer)
    perpetrators, targets = _parties(claim["perpetrators"]), _parties(claim["targets"])
    if claim["type"] in _MUTUAL:
        perpetrators = targets = (perpetrators | targets) - {"civilians"}
    weapons = frozenset(w["kind"] for w in claim["weapons"] if w["kind"] != "other")
    killed, low, is_open = _killed(claim["harm"])
    sources = [s for s in claim["sources"] if s["role"] == "origin"]
    return Features(
        id=str(claim["id"]),
        document=str(claim["document"]),
        group=report.group or str(claim["document"]),
        scope=claim["scope"],
        status=claim["status"],
        type=claim["type"],
        kin=kin,
        family=family,
        first=first,
        last=last,
        wide=first is not None and last is not None and last - first >= WIDE_DAYS and not news,
        news=news,
        spot=spot,
        published=_ordinal(report.published),
        perpetrators=perpetrators,
        targets=targets,
        one_side=claim["type"] in _MUTUAL and len(perpetrators) == 1,
        allies=frozenset(a for p in perpetrators for a in allies_of(p)),
        site_kinds=frozenset(s["kind"] for s in claim["sites"]),
        site_names=frozenset(
            f"{s['kind']}:{key}" for s in claim["sites"] for key in proper_names(s["kind"], s["name"], tuple(spot.spellings))
        ),
        weapons=weapons,
        weapon_groups=frozenset(g for w in weapons for g in _weapons().get(w, ())),
        killed=killed,
        killed_low=low,
        killed_open=is_open,
        injured=_greatest(claim["harm"], ("injured",)),
        taken=_greatest(claim["harm"], ("abducted", "missing", "captured", "arrested")),
        origins=frozenset(filter(None, (skeleton(s["name"]) for s in sources))),
        belligerent=any(s["kind"] == "belligerent" for s in sources),
        denied=claim["status"] == "denied",
        trigger=" ".join(fold(e["text"]) for e in claim["trigger"]),
        language=report.language or "",
        words=_sketch(claim, report.text),
    )


@lru_cache(maxsize=50_000)
def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None


def days_of(told: Mapping[str, Any]) -> tuple[int | None, int | None, bool]:
    """First and last day, and whether they only follow from the publication of news without a date."""
    first, last = _ordinal(told.get("start")), _ordinal(told.get("end"))
    if last is None:
        # An open end says as little as no date.
        return (first, first, False) if first is not None and told.get("precision") == "day" else (None, None, False)
    if first is None:
        return last - NEWS_DAYS, last, True
    return first, last, False


def _parties(parties: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    found = set()
    for party in parties:
        if party["id"]:
            found.add(party["id"])
        elif key := skeleton(party["name"]):
            found.add(f"name:{key}")
    return frozenset(found - {"unidentified"})


def _killed(harm: Iterable[Mapping[str, Any]]) -> tuple[tuple[int, ...], int | None, bool]:
    """Exact numbers of killed, the greatest told (its least bound), and whether that one is open."""
    told = [h for h in harm if h["kind"] == "killed" and h["min"] is not None]
    exact = tuple(sorted({h["min"] for h in told if h["max"] == h["min"]}, reverse=True))
    if not told:
        return exact, None, False
    greatest = max(told, key=lambda h: (h["min"], h["max"] is not None))
    return exact, greatest["min"], greatest["max"] != greatest["min"]


def _greatest(harm: Iterable[Mapping[str, Any]], kinds: tuple[str, ...]) -> int | None:
    return max((h["min"] for h in harm if h["kind"] in kinds and h["min"] is not None), default=None)


def _sketch(claim: Mapping[str, Any], text: str) -> frozenset[int]:
    """Hashes of the words around a claim's evidence; of the evidence alone where the text is not at hand."""
    place, day = claim.get("place") or {}, claim.get("date") or {}
    spans = [*claim["trigger"], *place.get("evidence", ()), *day.get("evidence", ())]
    for slot in ("perpetrators", "targets", "sites", "weapons", "harm"):
        for value in claim[slot]:
            spans.extend(value.get("evidence", ()))
    if text and claim["trigger"]:
        middle = claim["trigger"][0]["start"]
        near = [e for e in spans if abs(e["start"] - middle) <= _LONGEST]
        first, last = min(e["start"] for e in near) - _AROUND, max(e["end"] for e in near) + _AROUND
        told = text[max(0, first) : last]
    else:
        told = " ".join(dict.fromkeys(e["text"] for e in spans))
    return frozenset(sorted({_hash(w) for w in _WORD.findall(told)})[:SKETCH])


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return zlib.crc32(fold(word).encode("utf-8"))


@cache
def _types() -> dict[str, tuple[str, str]]:
    return {r["type"]: (r["group"], r["family"]) for r in read_table("linking/types.tsv")}


@cache
def _weapons() -> dict[str, tuple[str, ...]]:
    return {r["kind"]: r.list("groups") for r in read_table("linking/weapons.tsv")}


def allies_of(party: str) -> frozenset[str]:
    """Parties that reports name for this one, see ``packs/linking/allies.tsv``."""
    return _allies().get(party, frozenset())


@cache
def _allies() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in read_table("linking/allies.tsv"):
        for ally in row.list("allies"):
            found.setdefault(row["party"], set()).add(ally)
            found.setdefault(ally, set()).add(row["party"])
    return {party: frozenset(allies) for party, allies in found.items()}
