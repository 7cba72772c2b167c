"""Values as they are typed on a command line, and what becomes of them in a claim."""

from __future__ import annotations

from typing import Any

import pytest

from marsad.errors import InputError
from marsad.gazetteer.entry import Entry
from marsad.register.assignments import assigned
from tests.register.making import TEXT, claim

BODY = claim("d", TEXT).to_dict()
WORDS = BODY["harm"][0]["evidence"]
TOWN = Entry("own:9", "دار السلام", "", "governorate", "YE", latitude=15.5, longitude=44.5)


def change(*told: str) -> dict[str, Any]:
    return assigned(BODY, told, lambda identifier: (TOWN, ("الجوف", "اليمن")) if identifier == TOWN.id else None)


@pytest.mark.parametrize(
    ("told", "slot", "changes"),
    [
        ("type=attack", "type", "attack"),
        ("date=2024-05-04", "date", {"start": "2024-05-04", "end": "2024-05-04", "precision": "day"}),
        ("date=2024-05-01..2024-05-04", "date", {"start": "2024-05-01", "end": "2024-05-04", "precision": "days"}),
        ("date=2024-02", "date", {"start": "2024-02-01", "end": "2024-02-29", "precision": "month"}),
        ("date=2023", "date", {"start": "2023-01-01", "end": "2023-12-31", "precision": "year"}),
        ("date.start=", "date", {"start": None}),
        ("place.country=IQ", "place", {"country": "IQ"}),
        ("place.latitude=-3.5", "place", {"latitude": -3.5}),
        ("place.within=الباب، حلب", "place", {"within": ["الباب", "حلب"]}),
        ("place.evidence=على قرية|السوق", "place", {"evidence": ["على قرية", "السوق"]}),
        ("place=own:9", "place", {
            "class": "governorate", "within": ["الجوف", "اليمن"], "country": "YE", "latitude": 15.5, "longitude": 44.5,
            "gazetteer": "own:9", "precision": "admin",
        }),
    ],
)  # fmt: skip
def test_values_of_a_slot(told: str, slot: str, changes: Any) -> None:
    whole = changes if isinstance(changes, str) else BODY[slot] | changes
    assert change(told) == {slot: whole}, "what is not told stays"


@pytest.mark.parametrize(
    ("told", "entries"),
    [
        ("harm.killed=4", [{"kind": "killed", "min": 4, "max": 4, "evidence": WORDS}]),
        ("harm.killed=3..5", [{"kind": "killed", "min": 3, "max": 5, "evidence": WORDS}]),
        ("harm.killed=20..", [{"kind": "killed", "min": 20, "max": None, "evidence": WORDS}]),
        ("harm.killed=?", [{"kind": "killed", "min": None, "max": None, "evidence": WORDS}]),
        ("harm.killed=4@أربعة", [{"kind": "killed", "min": 4, "max": 4, "evidence": ["أربعة"]}]),
        ("harm.1.status=combatant", [{"kind": "killed", "status": "combatant"}]),
        ("harm.killed.max=", [{"kind": "killed", "max": None}]),
        ("harm.injured=2@اثنان", [{"kind": "killed"}, {"kind": "injured", "min": 2, "max": 2, "evidence": ["اثنان"]}]),
        ("harm.1=", []),
        ("harm=", []),
        ('harm=[{"kind": "injured"}]', [{"kind": "injured"}]),
        ("weapons=drone@طائرة,mortar", [{"kind": "drone", "evidence": ["طائرة"]}, {"kind": "mortar"}]),
        ("sites=market@السوق#1", [{"kind": "market", "name": "السوق", "evidence": ["السوق#1"]}]),
        ("targets=civilians@مدنيين", [{"id": "civilians", "name": "مدنيين", "evidence": ["مدنيين"]}]),
        ("targets=@أهالي", [{"id": None, "name": "أهالي", "evidence": ["أهالي"]}]),
    ],
)  # fmt: skip
def test_entries_of_a_list(told: str, entries: list[dict[str, Any]]) -> None:
    (found,) = change(told).values()
    assert len(found) == len(entries)
    for entry, wanted in zip(found, entries, strict=True):
        assert {key: entry[key] for key in wanted} == wanted


def test_several_assignments_add_up_and_leave_the_claim_alone() -> None:
    found = change("harm.injured=2@اثنان", "harm.injured.status=civilian", "harm.killed=1")
    assert [(h["kind"], h["min"], h.get("status")) for h in found["harm"]] == [
        ("killed", 1, "civilian"),
        ("injured", 2, "civilian"),
    ]
    assert BODY == claim("d", TEXT).to_dict()


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("type", "write SLOT=VALUE"),
        ("colour=red", "write SLOT=VALUE"),
        ("trigger=x", "write SLOT=VALUE"),
        ("type.x=attack", "type has no x"),
        ("date=4.5.2024", "a date is expected"),
        ("date=2024-13", "a date is expected"),
        ("date.day=4", "there is no day; there are start"),
        ("place=nowhere:1", "marsad gazetteer search"),
        ("place.latitude=north", "a number is expected"),
        ("harm=3", "write harm as JSON"),
        ("harm.killed=many", "a number is expected: 3"),
        ("harm.2.min=3", "has no entry '2'; it has 1"),
        ("sites.1.kind=market", "it is empty"),
        ("harm.1.colour=red", "there is no colour"),
        ("harm=[", "not JSON"),
    ],
)
def test_what_is_no_assignment_is_told(told: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        change(told)


def test_of_several_of_a_kind_one_is_named_by_its_number() -> None:
    body = BODY | {"harm": [*BODY["harm"], *BODY["harm"]]}
    with pytest.raises(InputError, match=r"several of killed; name one by its number: harm.1, harm.2"):
        assigned(body, ["harm.killed=3"], lambda identifier: None)
