"""Incidents to count: invented claims of invented reports."""

from __future__ import annotations

from typing import Any

from marsad.counting import Dossier, Told, told
from marsad.model import Claim, Date, Evidence, Harm, Including, Party, Place, Site, Source

__all__ = ["dossier", "harm", "say"]

WORDS = (Evidence(0, 1, "x"),)


def harm(
    kind: str, least: int | None, most: int | None = -1, status: str = "unknown", group: str | None = None, words: str = "x", **parts: int
) -> Harm:  # fmt: skip
    """Harm to people; a number without a second one is exact, and None for the second leaves it open."""
    high = least if most == -1 else most
    including = tuple(Including(who, n, n) for who, n in sorted(parts.items()))
    return Harm(kind, least, high, status, group, including, (Evidence(0, len(words), words),))


def say(
    name: str,
    *harms: Harm,
    by: str | None = None,
    kind: str = "rescuers",
    day: str | None = "2024-05-02",
    publisher: str | None = "",
    language: str = "ar",
    copies: tuple[str, ...] = (),
    type: str = "air_drone_strike",
    date: Date | None = None,
    place: Place | None = None,
    perpetrators: tuple[str, ...] = (),
    targets: tuple[str, ...] = (),
    sites: tuple[str, ...] = (),
    **changes: Any,
) -> Told:
    """A claim of a report of its own: who says it, of what kind they are, and what they say.

    The report is that of an outlet of its own unless told; without ``by`` the outlet speaks itself.
    """
    claim = Claim(
        f"{name}.1", name, type, WORDS,
        date=date or Date("2024-05-01", "2024-05-01", "day"),
        place=place or Place("تل الزيتون", "town", ("حماة", "سوريا"), "SY", 35.0, 36.5, None, "settlement"),
        perpetrators=tuple(Party(p, p) for p in perpetrators), targets=tuple(Party(t, t) for t in targets),
        sites=tuple(Site(s, s) for s in sites), harm=harms,
        sources=(Source(by, kind, "origin", WORDS),) if by else (), **changes,
    )  # fmt: skip
    outlet = f"موقع الخبر {name}" if publisher == "" else publisher
    return told(claim, published=day, publisher=outlet, language=language, copies=copies)


def dossier(*claims: Told, id: str = "i1", grade: str | None = None) -> Dossier:
    """An incident of these claims."""
    return Dossier(id, claims, grade)
