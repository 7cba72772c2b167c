"""Precision in the codes of other recorders."""

from __future__ import annotations

import pytest

from marsad.gazetteer.precision import PrecisionCodes, precision_codes
from marsad.model import Place


@pytest.mark.parametrize(
    ("place", "codes"),
    [
        (Place("x", "town", precision="settlement"), PrecisionCodes(1, 1, "Town")),
        (Place("x", "site", precision="site"), PrecisionCodes(1, 1, "Nearby landmark")),
        (Place("x", "city", precision="area", bearing="south of"), PrecisionCodes(2, 2, "City")),
        (Place("x", "area", precision="area"), PrecisionCodes(2, 5, "Neighbourhood/area")),
        (Place("x", "district", precision="admin"), PrecisionCodes(3, 3, "District")),
        (Place("x", "governorate", precision="admin"), PrecisionCodes(3, 4, "Province/governorate")),
        (Place("x", "country", precision="country"), PrecisionCodes(3, 6, None)),
        (Place(), PrecisionCodes(None, None, None)),
    ],
)
def test_codes(place: Place, codes: PrecisionCodes) -> None:
    assert precision_codes(place) == codes
