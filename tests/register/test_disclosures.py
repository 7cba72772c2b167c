"""What people decide on what leaves: it stands, is in the log, follows incidents that are joined or split, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from marsad.errors import InputError
from marsad.register import disclosures, incidents, restrictions, schema
from marsad.register.rows import insert
from marsad.register.store import Register
from tests.register.making import capture, read, report


@pytest.fixture
def filled(register: Register) -> Register:
    """A register with two incidents of one claim and one of two; put together by hand, so that it needs no linking."""
    made = register.add_all([(c, read(c)) for c in (capture(n, report(n)) for n in range(4))], who="Rana")
    claims = [f"{added.document_id}.1" for added in made]
    rows = [("i1", claims[:1]), ("i2", claims[1:2]), ("i3", claims[2:])]

    def work(connection: Any) -> None:
        insert(
            connection,
            schema.incident,
            [{"id": i, "code": f"SY-2024-{i.upper()}", "witnesses": 1, "became": None} for i, _ in rows],
        )
        insert(connection, schema.incident_claim, [{"claim_id": c, "incident_id": i} for i, held in rows for c in held])

    register.apply(work)
    return register


def test_names_of_victims_are_added_and_taken_back(filled: Register) -> None:
    first = filled.apply(lambda c: disclosures.release(c, "SY-2024-I1", ["سين  صاد", "عين"], "Rana", "the family agreed"))
    filled.apply(lambda c: disclosures.release(c, "i1", ["لام"], "Rana", "in the list of the hospital"))
    with filled.snapshot() as connection:
        assert disclosures.victims(connection) == {"i1": ("سين صاد", "عين", "لام")}
    filled.apply(lambda c: disclosures.undo(c, first, "Samir", "they changed their mind"))
    with filled.snapshot() as connection:
        assert disclosures.victims(connection) == {"i1": ("لام",)}
        assert [(d.id, d.undone) for d in disclosures.disclosures(connection)] == [(1, True), (2, False)]
    assert [e.action for e in filled.log(limit=3)] == ["disclose"] * 3 and filled.verify().clean


def test_what_is_withheld_stays_when_incidents_change(filled: Register) -> None:
    filled.apply(lambda c: disclosures.withhold(c, "i3", "Rana", "a witness is in danger"))
    with filled.snapshot() as connection:
        assert disclosures.kept(connection) == {"i3"}
        claims = sorted(r.id for r in incidents.members(connection, "i3"))
    made = filled.apply(lambda c: incidents.split(c, "i3", claims[:1], "Samir", "two events"))
    with filled.snapshot() as connection:
        assert disclosures.kept(connection) == {"i3", made}
    filled.apply(lambda c: incidents.merge(c, ["i1", "i3"], "Samir", "one event"))
    with filled.snapshot() as connection:
        assert disclosures.kept(connection) == {"i1", made}


def test_what_only_some_may_see_is_kept(filled: Register) -> None:
    with filled.snapshot() as connection:
        document = incidents.members(connection, "i2")[0].document_id
    filled.apply(lambda c: restrictions.restrict(c, "document", document, "admin", (), "Rana", "a source"))
    filled.apply(lambda c: restrictions.restrict(c, "incident", "i1", "reviewer", (), "Rana", "a source"))
    with filled.snapshot() as connection:
        assert disclosures.kept(connection) == {"i1", "i2"}


def test_sources_are_protected(filled: Register) -> None:
    number = filled.apply(lambda c: disclosures.protect(c, "أبو سامر", "Rana", "he asked for it"))
    with filled.snapshot() as connection:
        assert disclosures.protected(connection) == ("أبو سامر",)
    filled.apply(lambda c: disclosures.undo(c, number, "Rana", "a slip"))
    with filled.snapshot() as connection:
        assert disclosures.protected(connection) == ()


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        (lambda c: disclosures.release(c, "i1", ["سين"], "Rana", " "), "a reason is needed"),
        (lambda c: disclosures.release(c, "i1", [" "], "Rana", "x"), "name the victims"),
        (lambda c: disclosures.release(c, "i9", ["سين"], "Rana", "x"), "there is no incident i9"),
        (lambda c: disclosures.withhold(c, "i1", "Rana", ""), "a reason is needed"),
        (lambda c: disclosures.protect(c, "...", "Rana", "x"), "no word of it"),
        (lambda c: disclosures.undo(c, 7, "Rana", "x"), "there is no disclosure 7"),
    ],
)
def test_slips_are_told(filled: Register, work: Callable[[Any], Any], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        filled.apply(work)
    with filled.snapshot() as connection:
        assert disclosures.disclosures(connection) == []
