"""Gazetteer: places by name, in Arabic and Latin letters, from the packaged table and the user's own layers."""

from marsad.gazetteer.entry import Entry, Layer, kilometres
from marsad.gazetteer.gazetteer import Gazetteer, default

__all__ = ["Entry", "Gazetteer", "Layer", "default", "kilometres"]
