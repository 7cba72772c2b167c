"""Places on IDRISI-RE (Arabic tweets), read from ``../shared/conformance`` where it is present; figures must not fall."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_IDRISI = _ROOT.parent / "shared" / "conformance" / "idrisi_ar"


@pytest.mark.skipif(not _IDRISI.is_dir(), reason="the conformance set idrisi_ar is not there")
def test_idrisi_does_not_fall() -> None:
    done = subprocess.run(
        [sys.executable, "bench/places.py", str(_IDRISI)], cwd=_ROOT, capture_output=True, text=True, check=True
    )
    f1 = re.search(r"recognition: .*F1 ([0-9.]+)", done.stdout)
    every = re.search(r"^  all +\d+ +([0-9.]+) +([0-9.]+) +([0-9.]+) +([0-9.]+)$", done.stdout, re.MULTILINE)
    assert f1 and every
    near, far, near_centre, far_centre = map(float, every.groups())
    assert float(f1.group(1)) >= 0.75
    # To the annotated place, whose extent counts as the place; then to its centre.
    assert near >= 0.95
    assert far >= 0.95
    assert near_centre >= 0.60
    assert far_centre >= 0.95
