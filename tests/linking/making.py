"""Claims made by hand for the tests of linking: an air strike on a village, unless told otherwise."""

from __future__ import annotations

from typing import Any

from marsad.linking import Report
from marsad.linking.features import Features, features_of

__all__ = ["claim", "features", "harm", "party", "place", "reports", "site"]

DEIR = {"latitude": 34.7767, "longitude": 40.73}


def place(name: str | None = "غرانيج", kind: str = "village", **more: Any) -> dict[str, Any]:
    """A place; with the point of a village unless told otherwise."""
    made: dict[str, Any] = {
        "name": name, "class": kind, "within": ["دير الزور", "سوريا"], "country": "SY", **DEIR, "gazetteer": None, "precision": "settlement",
        "bearing": None, "evidence": [],
    }  # fmt: skip
    return made | more


def party(name: str | None, words: str = "") -> dict[str, Any]:
    return {"id": name, "name": words or name, "evidence": []}


def site(kind: str, name: str = "") -> dict[str, Any]:
    return {"kind": kind, "name": name or kind, "evidence": []}


def harm(kind: str, number: int | None, status: str = "civilian", *, most: int | None | str = "same") -> dict[str, Any]:
    return {
        "kind": kind, "min": number, "max": number if most == "same" else most, "status": status, "group": None, "including": [],
        "evidence": [],
    }  # fmt: skip


def claim(identifier: str, day: str | None = "2018-02-03", end: str | None = None, **more: Any) -> dict[str, Any]:
    """A claim; its document is what stands before the dot of its id."""
    made: dict[str, Any] = {
        "id": identifier, "document": identifier.split(".")[0], "scope": "event", "status": "asserted", "type": "air_drone_strike",
        "trigger": [{"start": 0, "end": 4, "text": f"word {identifier}"}],
        "date": {"start": day, "end": end or day, "precision": "days" if end else "day" if day else "unknown", "evidence": []},
        "place": place(), "perpetrators": [party("coalition_isis")], "targets": [party("civilians")], "sites": [], "weapons": [],
        "harm": [harm("killed", 7)], "sources": [],
    }  # fmt: skip
    return made | more


def reports(
    *claims: dict[str, Any], groups: dict[str, str] | None = None, published: dict[str, str] | None = None
) -> dict[str, Report]:
    """The reports of claims, all in Arabic."""
    names = {c["document"] for c in claims}
    days = published or {}
    return {n: Report(n, days.get(n, "2018-02-04"), None, "ar", (groups or {}).get(n)) for n in names}


def features(made: dict[str, Any], group: str | None = None, published: str = "2018-02-04") -> Features:
    return features_of(made, Report(made["document"], published, None, "ar", group))
