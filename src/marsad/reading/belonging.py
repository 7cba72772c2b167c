"""Belonging: whether a site or a weapon that stands nearest to an anchor is one that its event hit or was done with.

A report names far more places and arms than were hit and used. The signs are weighed (``site_of.*`` and ``weapon_of.*`` in
``packs/weights.tsv``, learned by ``tools/learn_weights.py``).
"""

from __future__ import annotations

from marsad.reading.anchors import Anchor, family
from marsad.reading.report import Report
from marsad.reading.sites import SiteMention
from marsad.reading.weapons import WeaponMention
from marsad.reading.weights import present

__all__ = ["belonging_signs", "belongs"]

_FAR, _HIGH, _LOW = 8, 1.0, -4.0


def belongs(report: Report, anchor: Anchor, mention: SiteMention | WeaponMention, near: float, alone: bool) -> bool:
    """Whether the mention belongs to the event of an anchor.

    Args:
        report: the report.
        anchor: the anchor of its sentence that it stands nearest to.
        mention: a site or weapon.
        near: how near, as ``facts.nearness`` tells it.
        alone: whether no other anchor stands in the sentence.
    """
    slot = "site_of" if isinstance(mention, SiteMention) else "weapon_of"
    return report.weights.score(slot, belonging_signs(report, anchor, mention, near, alone)) >= 0


def belonging_signs(
    report: Report, anchor: Anchor, mention: SiteMention | WeaponMention, near: float, alone: bool
) -> dict[str, float]:
    """The signs by name; absent ones are left out."""
    found: dict[str, object] = {"always": 1.0, "near": min(_HIGH, max(_LOW, near))}
    behind = mention.first > anchor.last
    gap = mention.first - anchor.last if behind else anchor.first - mention.last
    found["behind"] = behind
    found["inside"] = gap <= 0
    found["next"] = behind and gap <= 2
    found["far"] = gap > _FAR
    found["object"] = behind and anchor.verb and gap <= 2
    found["exposed"] = anchor.suffers and anchor.wage < mention.first < anchor.index
    found["alone"] = alone
    found["harmed"] = anchor.harm
    found["lead"] = report.text.tokens[anchor.index].sentence == 0
    found["definite"] = mention.definite
    found["by"] = mention.proclitic and mention.proclitic in report.by
    found["to"] = mention.proclitic.endswith(report.to)
    way = report.way_at(mention.first - 1) if not mention.proclitic else ""
    if way == "from" and report.way_at(mention.first - 2) == "near":
        way = "near"  # "near to the base"
    found[f"behind_{way}"] = way in ("in", "on", "near", "from", "toward")
    kind, group = (mention.kinds[0] if isinstance(mention, SiteMention) else mention.kind), family(anchor.kind)
    found[f"kind_{kind}"] = True
    found[f"family_{group}"] = True
    found[f"class_{anchor.kind}"] = True
    if isinstance(mention, SiteMention):
        found["owner"] = mention.owner
        found["owner_armed"] = mention.owner and report.party_at(*mention.owner)
        found[f"number_{mention.number}"] = mention.number != "sg"
        found[f"armed_{group}"] = kind == "military"
    else:
        found["counted"] = mention.count
        found["carrier"] = mention.carrier
    return present(found)
