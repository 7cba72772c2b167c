"""The overview counts in the database what a plain walk through all claims and decisions counts too."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, select

from marsad.batch import Reading
from marsad.documents.language import packs
from marsad.lexicon.reasons import reason
from marsad.linking.results import Alone, Incident, Linking
from marsad.model import Date, Document, Evidence, Place
from marsad.register import decisions, incidents, queries, rereading, schema, store
from marsad.register.linked import stands
from marsad.register.store import Register
from tests.register.making import capture, claim, read, report


def plainly(connection: Connection, reader: str) -> dict[str, Any]:
    """Some of the figures by looking at everything."""
    made = decisions.decisions_of(connection)
    standing = {i: [d for d in ds if not d.undone] for i, ds in made.items()}
    last = {i: ds[-1] for i, ds in standing.items() if ds}
    records = [r for r in queries.claims(connection) if r.current]
    linked = connection.scalar(select(schema.incident.c.id).limit(1)) is not None
    tables = (schema.incident_claim, schema.incident_alone)
    seen = {i for table in tables for i in connection.scalars(select(table.c.claim_id))}
    return {
        "claims": len(records),
        "decided": len(last),
        "undecided": len(records) - sum(1 for d in last.values() if d.state != "lost"),
        "decisions_changed": sum(1 for d in last.values() if d.state == "changed"),
        "decisions_lost": sum(1 for d in last.values() if d.state == "lost"),
        "to_reread": len(rereading.due(connection, reader, languages=packs())),
        "unlinked": sum(1 for r in records if r.id not in seen and r.verdict != "reject") if linked else 0,
        **{what: sum(1 for r in records if r.lacks(what)) for what in queries.LACKS},
    }


def compared(register: Register) -> dict[str, Any]:
    """The figures, after both ways have given the same."""
    status = register.status()
    with register.snapshot() as connection:
        expected = plainly(connection, status["reader"])
        listed = {what: len(queries.claims(connection, without=what)) for what in queries.LACKS}
        nobody = [c.id for c in queries.claims(connection, verdict="none")]
        assert nobody[:3] == [c.id for c in queries.claims(connection, verdict="none", limit=3)]
    found = {k: status["without"].get(k, status.get(k)) for k in expected}
    assert found == expected and listed == {k: found[k] for k in listed}
    return found


def link(register: Register) -> None:
    """Link by halves: every other claim alone, without asking which are alike."""
    with register.snapshot() as connection:
        material = incidents.gather(connection)
    ids = sorted(c["id"] for c in material.claims)
    alone = tuple(Alone(i, "undated", reason("linking:alone.undated")) for i in ids[1::2])
    made = tuple(Incident(f"i{i}", (i,), 1) for i in ids[::2])
    register.apply(lambda c: incidents.store(c, material, Linking(made, (), alone, "test"), "Rana", ""))


@pytest.fixture
def other_reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Puts a reader in place whose claims of a document are those of its first, changed by a function."""

    def put(name: str, change: Any) -> None:
        def read_all(documents: Iterable[Document], jobs: int = 0, **layers: object) -> Iterator[Reading]:
            for document in documents:
                yield Reading(document, tuple(change(document, made(document))))

        monkeypatch.setattr(store, "read_all", read_all)
        monkeypatch.setattr(store, "reader_name", lambda layers=(): name)

    yield put


def made(document: Document) -> list[Any]:
    """Three claims: one whole, one without place, one without date and coordinates."""
    words = (Evidence.of(document.text, 0, 3),)
    told = [
        claim(document.id, document.text),
        claim(document.id, document.text, "تفجير", place=Place(), type="remote_explosive_ied", harm=()),
        claim(document.id, document.text, "أصيب", place=Place("السوق", evidence=words), date=Date(), type="attack", harm=()),
    ]
    return [replace(c, id=f"{document.id}.{n}") for n, c in enumerate(told, 1)]


def decide(register: Register, chance: random.Random, claim_id: str) -> None:
    """Something that a person does to a claim."""
    kind = chance.choice(["accept", "reject", "place", "no place", "date", "undo"])
    place = {"name": "أم الورود", "latitude": 35.5, "longitude": 36.5}
    values: dict[str, dict[str, Any]] = {
        "place": {"place": place}, "no place": {"place": {}}, "date": {"date": {"start": "2024-05-04", "end": "2024-05-04"}},
    }  # fmt: skip
    if kind == "undo":
        with register.snapshot() as connection:
            standing = [d.id for d in decisions.decisions_of(connection, [claim_id]).get(claim_id, ()) if not d.undone]
        if standing:
            register.undo(chance.choice(standing), "Samir", "wrong")
        return
    verdict = "correct" if kind in values else kind
    register.decide(claim_id, verdict, values.get(kind), "Rana", "seen")


def test_the_same_figures_as_a_walk_through_everything(register: Register, other_reader: Any) -> None:
    chance = random.Random(3)
    other_reader("one", lambda document, claims: claims)
    list(register.take_in([capture(n, report(n)) for n in range(12)]))
    assert compared(register)["unlinked"] == 0
    with register.snapshot() as connection:
        ids = [c.id for c in queries.claims(connection)]
    for claim_id in ids[:10]:
        decide(register, chance, claim_id)
    link(register)
    assert compared(register)["unlinked"] == 0
    list(register.take_in([capture(n, report(n)) for n in range(12, 15)]))
    assert compared(register)["unlinked"] == 9
    for _ in range(60):
        decide(register, chance, chance.choice(ids))
    found = compared(register)
    assert 0 < found["decided"] < len(ids) and found["unlinked"] > 9
    # A later reader loses every fifth claim, and finds another place in every seventh.
    moved = Place("كفر الزيتون", "village", (), "SY", 33.0, 36.0, None, "settlement", None, (Evidence.of(report(1), 0, 3),))

    def later(document: Document, claims: list[Any]) -> list[Any]:
        kept = [c for c in claims if int(c.id[:4] + c.id[-1], 16) % 5]
        return [replace(c, place=moved) if int(c.id[:4] + c.id[-1], 16) % 7 == 0 else c for c in kept]

    other_reader("two", later)
    assert compared(register)["to_reread"] == 15
    list(register.reread(ids=[i.partition(".")[0] for i in ids[:30]]))
    found = compared(register)
    assert found["to_reread"] and found["decisions_lost"] and found["decisions_changed"]
    link(register)
    assert compared(register)["unlinked"] == 0
    for _ in range(40):
        with register.snapshot() as connection:
            current = [c.id for c in queries.claims(connection) if c.current]
        decide(register, chance, chance.choice(current))
    compared(register)
    assert register.verify().clean


def test_claims_that_stand_again_are_not_linked_yet(register: Register) -> None:
    made_of = capture(1, report(1))
    (added,) = register.add_all([(made_of, read(made_of))], who="Rana")
    other = capture(2, report(2))
    register.add_all([(other, read(other))], who="Rana")
    number = register.decide(f"{added.document_id}.1", "reject", None, "Rana", "no event")
    link(register)
    assert compared(register)["unlinked"] == 0
    register.undo(number, "Rana", "it is one")
    assert compared(register)["unlinked"] == 1
    with register.snapshot() as connection:
        assert all(stands(r) for r in queries.claims(connection))
