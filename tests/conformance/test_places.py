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
    far = re.search(r"  all  .*within 161 km ([0-9.]+)", done.stdout)
    near = re.search(r"  all  .*within 10 km ([0-9.]+)", done.stdout)
    assert f1 and far and near
    assert float(f1.group(1)) >= 0.75
    assert float(far.group(1)) >= 0.95
    assert float(near.group(1)) >= 0.60
