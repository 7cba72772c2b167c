"""What tests of taking in share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.intake.server import Site, site


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as running:
        yield running
