"""What leaves is the same from both databases."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from marsad.counting import policy
from marsad.exports.formats import format_of
from marsad.exports.material import Filter
from marsad.exports.outgoing import Choice, written
from marsad.exports.profiles import profile
from marsad.register import disclosures, schema
from marsad.register.rows import insert
from marsad.register.store import Register
from tests.register.making import capture, read, report

CODES = ["SY-20240505-1", "SY-20240505-10", "SY-20240505-2", "XX-UNDATED-1"]


def test_rows_stand_in_the_order_of_codes_with_what_people_decided(register: Register, tmp_path: Path) -> None:
    made = register.add_all([(c, read(c)) for c in (capture(n, report(n)) for n in range(6))], who="Rana")
    claims = [f"{added.document_id}.1" for added in made]
    rows = [("i1", CODES[0]), ("i2", CODES[1]), ("i3", CODES[2]), ("i4", CODES[3])]

    def work(connection: Any) -> None:
        insert(
            connection, schema.incident, [{"id": i, "code": code, "witnesses": 1, "became": None} for i, code in reversed(rows)]
        )
        held = [{"claim_id": c, "incident_id": i} for i, c in zip(["i4", "i2", "i3", "i1", "i1", "i1"], claims, strict=True)]
        insert(connection, schema.incident_claim, held)

    register.apply(work)
    register.decide(claims[5], "reject", None, "Rana", "another day")
    for claim in claims[3:5]:
        register.decide(claim, "correct", {"type": "attack"}, "Rana", "seen")
    register.apply(lambda c: disclosures.withhold(c, "i2", "Rana", "a witness"))
    form = format_of("csv")
    choice = Choice(form, profile("public"), policy(form.policy), Filter(), "2030-01-01")
    with register.snapshot() as connection:
        outcome = written(connection, choice, tmp_path / "a.csv")
    found = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8"), newline="")))
    assert [row["code"] for row in found] == [CODES[0], CODES[2], CODES[3]]
    assert [(code, str(why)) for code, why in outcome.stayed] == [(CODES[1], "somebody decided to withhold it")]
    assert found[0]["event_type"] == "attack"
    assert "somebody" not in (tmp_path / "a.csv").read_text("utf-8")
