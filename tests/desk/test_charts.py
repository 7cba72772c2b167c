"""Charts at the desk: numbers of a policy as the command line counts them, tables behind pictures, and nothing hidden told."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from marsad.counting import policies, policy, total
from marsad.desk import charting
from marsad.desk.charting import by_day, by_name
from marsad.register.counted import Counted, Face, counted
from marsad.register.dossiers import dossiers
from marsad.register.incidents import incidents
from marsad.register.store import Register
from tests.desk.running import Visitor


def _ready(visitor: Visitor, address: str) -> Any:
    end = time.monotonic() + 30
    while not (found := visitor.json(address))["latest"]:
        assert time.monotonic() < end, "it is still being counted"
        time.sleep(0.05)
    return found


@pytest.mark.parametrize("name", policies())
def test_charts_count_as_the_command_line_does(visitor: Visitor, place: Path, name: str) -> None:
    found = _ready(visitor, f"/charts?policy={name}")
    with Register.open(str(place)) as register, register.snapshot() as connection:
        made = total(dossiers(connection, incidents(connection)), policy(name))
    assert found["incidents"] == {
        "counted": made.all.counted, "beside": made.all.beside, "left out": made.all.left_out,
    }  # fmt: skip
    headline = made.all.sum(*made.headline)
    for table in ("place", "kind"):
        rows = found["tables"][table]
        assert sum(r["incidents"] for r in rows) == made.all.counted
        assert sum(r["low"] for r in rows) == (headline.low if headline else 0)
        assert sum(r["high"] for r in rows) == (headline.high if headline else 0)


def test_after_a_change_only_what_it_touches_is_counted_anew(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _ready(visitor, "/charts?policy=acled-conservative")
    spot = next(i for i in visitor.json("/map")["incidents"] if i["low"])
    claim = visitor.json(f"/incidents/{spot['code']}")["claims"][0]
    again: list[set[str]] = []

    def spied(connection: Any, by: Any, wanted: set[str]) -> Any:
        again.append(set(wanted))
        return counted(connection, by, wanted)

    monkeypatch.setattr("marsad.register.counted.counted", spied)
    visitor.json("/charts?policy=acled-conservative")
    assert again == [], "nothing has changed"
    visitor.submit(f"/reading/{claim['document']}/claims/{claim['id']}/reject", {"why": "no event", "seen": "0"})
    after = _ready(visitor, "/charts?policy=acled-conservative")
    assert len(again) == 1 and len(again[0]) <= 1, "a rejected claim touches its incident alone"
    assert sum(after["incidents"].values()) <= sum(before["incidents"].values()) and after["tables"] != before["tables"]


def test_many_are_counted_in_a_process_of_their_own(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    here = _ready(visitor, "/charts?policy=airwars-range")
    monkeypatch.setattr(charting, "_MANY", 0)
    monkeypatch.setattr(charting, "whole", None)
    charting._places.clear()
    assert _ready(visitor, "/charts?policy=airwars-range") == here


def test_each_picture_has_its_table_and_no_style(visitor: Visitor) -> None:
    _ready(visitor, "/charts?policy=acled-conservative")
    page = visitor.get("/charts?policy=acled-conservative").text
    assert page.count('class="chart ') == page.count("<details><summary>Table") == 4
    assert "style=" not in page and "\u27e6" not in page


def test_a_country_and_a_time_narrow(visitor: Visitor) -> None:
    every = _ready(visitor, "/charts?policy=acled-conservative")["incidents"]["counted"]
    some = visitor.json("/charts?policy=acled-conservative&country=SY")["incidents"]["counted"]
    assert 0 < some < every
    months = visitor.json("/charts?policy=acled-conservative&since=2024-01-01")["tables"]["month"]
    assert months and months[0]["label"] >= "2024-01"


def test_an_unknown_policy_is_told(visitor: Visitor) -> None:
    assert visitor.get("/charts?policy=%3Cb%3E").status_code == 400


_COUNTS = {
    "a": Counted("a", "counted", 1, 3, None, False, (("SOHR", "monitor"), ("", "local"))),
    "b": Counted("b", "counted", 2, 2, None, True, (("SOHR", "monitor"),)),
    "c": Counted("c", "left out", 9, 9, None, False, (("SOHR", "monitor"),)),
}


def test_months_have_no_gaps_and_what_is_left_out_is_not_added() -> None:
    faces = {
        "a": Face("2024-01-31", "x", "SY", "attack"), "b": Face("2024-04-01", "x", "SY", "attack"), "c": Face("2024-02-01", "x", "SY", None),
    }  # fmt: skip
    assert [(g.label, g.text) for g in by_day(_COUNTS, faces)] == [
        ("2024-01", "1–3"), ("2024-02", "0"), ("2024-03", "0"), ("2024-04", "2+"),
    ]  # fmt: skip
    wide = faces | {"a": Face("1999-05-05", None, None, None)}
    assert [g.label for g in by_day(_COUNTS, wide)] == [str(y) for y in range(1999, 2025)]


def test_an_incident_stands_under_each_of_its_sources() -> None:
    faces = dict.fromkeys(_COUNTS, Face(None, None, None, None))
    names: Callable[[Counted, Face], list[str]] = lambda c, _: [name for name, _ in c.origins]
    assert [(g.label, g.text, g.incidents) for g in by_name(_COUNTS, faces, names)] == [("SOHR", "3–5+", 2), ("", "1–3", 1)]
