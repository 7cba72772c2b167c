"""Precision of a place in the codes of other recorders.

ACLED geo_precision: 1 a named town, 2 near a named place or part of a region, 3 only the region. UCDP where_prec: 1
exact, 2 within about 25 km, 3 second-level unit, 4 first-level unit, 5 linear or fuzzy feature, 6 country. Airwars
geolocation accuracy: its words. Places without any precision have None everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from marsad.model import Place

__all__ = ["PrecisionCodes", "precision_codes"]

_UCDP_UNIT = {"governorate": 4, "district": 3, "subdistrict": 3}
_AIRWARS = {
    "governorate": "Province/governorate",
    "district": "District",
    "subdistrict": "Subdistrict",
    "city": "City",
    "town": "Town",
    "village": "Village",
    "neighbourhood": "Neighbourhood/area",
    "area": "Neighbourhood/area",
    "site": "Nearby landmark",
}


@dataclass(frozen=True, slots=True)
class PrecisionCodes:
    """One place's precision as ACLED, UCDP and Airwars write it; None where they have no code for it."""

    acled: int | None
    ucdp: int | None
    airwars: str | None


def precision_codes(place: Place) -> PrecisionCodes:
    """The codes of a place, from its class, precision and bearing."""
    kind, precision = place.kind or "", place.precision
    if precision is None or place.name is None:
        return PrecisionCodes(None, None, None)
    if precision == "country":
        return PrecisionCodes(3, 6, None)
    if precision == "admin":
        return PrecisionCodes(3, _UCDP_UNIT.get(kind, 4), _AIRWARS.get(kind, "Province/governorate"))
    if precision == "area":
        # A point near a settlement is within its surroundings; a region or mountain has no one point.
        near = place.bearing is not None and kind in ("city", "town", "village", "neighbourhood")
        return PrecisionCodes(2, 2 if near else 5, _AIRWARS.get(kind))
    return PrecisionCodes(1, 1, _AIRWARS.get(kind))
