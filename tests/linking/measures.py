"""Measures of linking, as ``bench/linking.py`` has them."""

from __future__ import annotations

import sys

from tests.shared import ROOT

if str(ROOT / "bench") not in sys.path:
    sys.path.insert(0, str(ROOT / "bench"))

from linking import bcubed, over_merged, pairwise
from registers import Noise, Register, register

__all__ = ["Noise", "Register", "bcubed", "over_merged", "pairwise", "register"]
