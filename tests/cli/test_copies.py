"""``marsad copies``, as a user types it."""

from __future__ import annotations

import json

import pytest

from marsad.register import documentrecords
from marsad.register.store import Register
from tests.cli.command import run
from tests.register.making import capture, read
from tests.syndication.making import REPORT, report

pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def filled() -> tuple[str, str, str]:
    """A register with a report, a copy of it and another one; their ids."""
    run("init")
    copied = REPORT.replace("قال مصدر طبي", "قال مصدر طبي لوكالة الساحل").replace("تسعة", "تسع\x1b[31m")
    captures = (
        capture(1, REPORT, publisher="وكالة الساحل"),
        capture(2, copied, publisher="موقع الجسر"),
        capture(3, report(3), publisher="موقع التل"),
    )
    with Register.open() as register:
        for c in captures:
            register.add(c, read(c) if "قصف" in c.text else None)
    one, two, three = (c.document_id for c in captures)
    return one, two, three


def test_groups_are_listed(filled: tuple[str, str, str]) -> None:
    first, second, _ = filled
    (line,) = run("copies").splitlines()
    assert line.split("\t")[:2] == [first, "2"]
    record = json.loads(run("copies", "--json"))
    assert record["earliest"] == first and [m["id"] for m in record["members"]] == [first, second]
    assert (record["members"][1]["copies"], record["members"][1]["how"]) == (first, "credit")


def test_a_group_is_shown_with_what_differs(filled: tuple[str, str, str]) -> None:
    first, second, _ = filled
    for identifier in (first, second[:8]):
        told = run("copies", identifier)
        assert f"earliest    {first}" in told and f"copies      {first}, which it credits" in told
        assert "  added     لوكالة الساحل" in told
        assert "\x1b" not in told, "what steers a terminal is made harmless"
    # Each line holds one stretch of Arabic at most, at its end.
    for line in told.splitlines():
        letters = [n for n, c in enumerate(line) if "\u0621" <= c <= "\u064a"]
        assert not letters or "\ufffd" in line or not any(c.isascii() and c.isalpha() for c in line[letters[0] :])


def test_differences_stand_where_they_say(filled: tuple[str, str, str]) -> None:
    first, second, _ = filled
    record = json.loads(run("copies", second, "--json"))
    with Register.open() as register, register.snapshot() as connection:
        texts = {i: documentrecords.text_of(connection, i) for i in (first, second)}
    found = record["group"]["members"][1]["differences"]
    assert found
    for difference in found:
        for side, identifier in (("one", first), ("other", second)):
            part = difference[side]
            assert texts[identifier][part["start"] : part["end"]] == part["text"]


def test_a_document_without_copies(filled: tuple[str, str, str]) -> None:
    assert "has no copies here" in run("copies", filled[2])
    assert json.loads(run("copies", filled[2], "--json")) == {"document": filled[2], "group": None, "related": []}


def test_show_tells_copies_and_the_chain(filled: tuple[str, str, str]) -> None:
    first, second, third = filled
    assert f"2 reports with the same text; the earliest is {first}" in run("show", second)
    assert "it is the earliest" in run("show", first)
    assert "same text" not in run("show", third)
    told = run("show", f"{second}.1")
    assert "told by" in told and "published by" in told and "1 other report with the same text" in told
    record = json.loads(run("show", f"{second}.1", "--json"))
    assert record["chain"]["publisher"] == "موقع الجسر" and len(record["chain"]["copies"]) == 1


def test_copies_are_found_anew(filled: tuple[str, str, str]) -> None:
    before = run("copies")
    assert "3 documents compared" in run("copies", "--rebuild", "--why", "try")
    assert run("copies") == before
    assert json.loads(run("log", "--action", "regroup", "--json"))["why"] == "try"
    assert "all is as it was stored" in run("verify")


def test_an_empty_register_has_none() -> None:
    run("init")
    assert "no document is a copy of another" in run("copies")
