"""Linking: which claims tell of the same event in the world.

``link`` puts the claims of a register into incidents, ``add`` lets new claims join them. Both need the extra ``link`` (Splink and
DuckDB). ``docs/linking.md`` says how they decide and what they never do.
"""

from marsad.linking.clustering import Settings
from marsad.linking.constraints import Constraints, Contradiction
from marsad.linking.features import CopyGroups, Report, reports_of
from marsad.linking.linker import add, link
from marsad.linking.nearby import Shelf
from marsad.linking.results import Alone, Doubt, Incident, Linking

__all__ = [
    "Alone", "Constraints", "Contradiction", "CopyGroups", "Doubt", "Incident", "Linking", "Report", "Settings", "Shelf", "add", "link",
    "reports_of",
]  # fmt: skip
