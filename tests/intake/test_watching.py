"""Lists of sources that are taken in again and again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from marsad.errors import InputError
from marsad.intake.sources import Intake
from marsad.intake.watching import Watched, due, interval, watched_of
from tests.intake.making import SETTINGS, captures, write
from tests.intake.stories import STORIES

TOML = b"""
every = "2 h"
sources = [
  "https://news.example/feed",
  { address = "reports", every = "10 min", publisher = "P", links = true },
  { address = "sheet.csv", map = { text = "T", link = "L" } },
]
"""
YAML = """
every: 2 h
sources:
  - https://news.example/feed
  - {address: reports, every: 10 min, publisher: P, links: true}
  - address: sheet.csv
    map: {text: T, link: L}
"""


@pytest.mark.parametrize(("data", "name"), [(TOML, "w.toml"), (YAML.encode(), "w.yaml")])
def test_a_list_in_toml_or_yaml(data: bytes, name: str) -> None:
    first, second, third = watched_of(data, name, Path("/lists"), SETTINGS)
    assert (first.source, first.every, first.settings) == ("https://news.example/feed", 7200.0, SETTINGS)
    assert (second.source, second.every, second.settings.publisher, second.settings.links) == ("/lists/reports", 600.0, "P", True)
    assert third.settings.columns == {"text": "T", "link": "L"}


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"sources = [", "w.toml", "not TOML"),
        (b"sources: [", "w.yaml", "not YAML"),
        (b"!!python/object/apply:os.system ['true']", "w.yaml", "not YAML"),
        (b"sources = []", "w.toml", "list of sources"),
        (b"a: 1", "w.yaml", "list of sources"),
        (b"5", "w.yaml", "list of sources"),
        (b'sources = ["a"]\nevry = 5', "w.toml", "'evry' is not known"),
        (b'sources = ["a", { adress = "b" }]', "w.toml", 'source 2: .*"address"'),
        (b'sources = [{ address = "b", every = "soon" }]', "w.toml", "no interval"),
        (b'sources = [{ address = "b", every = "1 s" }]', "w.toml", "less than a minute"),
        (b'sources = [{ address = "b", map = { txt = "T" } }]', "w.toml", "'txt' is not known"),
        (b'sources = [{ address = "b", map = { title = "T" } }]', "w.toml", "text=Column"),
        (b'sources = [{ address = "b", links = 1 }]', "w.toml", "true or false"),
        (b"\xff", "w.toml", "not UTF-8"),
    ],
)
def test_lists_that_are_wrong(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        watched_of(data, name, Path("/lists"), SETTINGS)


def test_intervals() -> None:
    assert [interval(told) for told in (30, "30", "90 s", "2h", "1.5 d", "5 min")] == [1800, 1800, 90, 7200, 129600, 300]


def test_each_source_comes_at_its_interval() -> None:
    slow, fast = (Watched(name, every, SETTINGS) for name, every in (("slow", 100.0), ("fast", 30.0)))
    assert due([slow, fast], {}, 5.0) == ([slow, fast], 30.0)
    assert due([slow, fast], {"slow": 5.0, "fast": 5.0}, 6.0) == ([], 29.0)
    assert due([slow, fast], {"slow": 5.0, "fast": 5.0}, 35.0) == ([fast], 70.0)


def test_files_that_did_not_change_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": STORIES[0].text.encode(), "b.txt": STORIES[1].text.encode()})
    intake = Intake(SETTINGS, again=True)
    assert len(captures(intake.items([str(tmp_path)]))) == 2
    write(tmp_path, {"b.txt": STORIES[2].text.encode(), "c.txt": STORIES[3].text.encode()})
    os.utime(tmp_path / "b.txt", (1, 1))
    assert [c.text for c in captures(intake.items([str(tmp_path)]))] == [STORIES[2].text, STORIES[3].text]
    assert captures(intake.items([str(tmp_path)])) == []
