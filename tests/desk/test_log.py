"""The log as a page: narrowed, page by page, and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from marsad.desk.pages import log
from marsad.register.store import Register
from tests.desk.running import Visitor


def test_shows_what_was_done_in_words(visitor: Visitor) -> None:
    page = visitor.get("/log").text
    assert "taken in" in page and "claims linked" in page and "<bdi>Rana</bdi>" in page


def test_is_narrowed(visitor: Visitor) -> None:
    found = visitor.json("/log?action=link")
    assert [entry["action"] for entry in found["entries"]] == ["link"]
    assert visitor.json("/log?who=nobody")["entries"] == []


def test_goes_on_page_by_page(visitor: Visitor, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "_PAGE", 40)
    with Register.open(str(place)) as register:
        every = [entry.number for entry in register.log()]
    seen, before = [], 0
    while before is not None:
        found = visitor.json(f"/log?before={before}")
        seen += [entry["number"] for entry in found["entries"]]
        before = found["next"]
    assert seen == every and len(seen) > 80


def test_a_day_that_is_none_is_told(visitor: Visitor) -> None:
    answer = visitor.get("/log?until=2024-02-31")
    assert answer.status_code == 400 and "There is no day" in answer.text
