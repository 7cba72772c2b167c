"""What is restricted is not there for others, on any page, and cannot be acted on by its address."""

from __future__ import annotations

import pytest

from marsad.register import documentrecords, queries, schema
from marsad.register.restrictions import hidden
from marsad.register.store import Register
from tests.desk.running import Visitor, token_of
from tests.desk.team import Address, addresses, as_role


@pytest.fixture
def kept(team: Visitor) -> str:
    """The id of a report that only reviewers may see."""
    with Register.open(team.app.state.desk.settings.register) as register, register.snapshot() as connection:  # type: ignore[attr-defined]
        document = queries.claims(connection, limit=1)[0].document_id
    as_role(team, "reviewer")
    fields = {
        "csrf": token_of(team.get("/me").text),
        "kind": "document",
        "subject": document,
        "role": "reviewer",
        "why": "a witness",
    }
    assert team.post("/restrictions", data=fields, follow_redirects=False).status_code == 303
    return document


def facts(team: Visitor, document: str) -> tuple[str, list[str]]:
    """What no page may tell: words of the report, and codes of the incidents with its claims."""
    register = team.app.state.desk.register  # type: ignore[attr-defined]
    with register.snapshot() as connection:
        return documentrecords.history(connection, document)["versions"][0]["title"], sorted(
            hidden(connection, "Huda", "reader").codes
        )


@pytest.mark.parametrize("address", [a for a in addresses() if a.method == "GET"], ids=lambda a: a.path)
def test_no_page_tells_of_it(team: Visitor, kept: str, address: Address) -> None:
    title, codes = facts(team, kept)
    assert codes
    as_role(team, "analyst")
    claim = f"{kept}.1"
    for value in (kept, claim, *codes):
        filled = address.filled({name: value for name in ("document", "report", "id", "claim", "incident", "code")})
        for page in (filled, f"{filled}?q={' '.join(title.split()[:2])}"):
            text = team.get(page, headers={"accept": "text/html"}).text
            if value not in filled:
                assert not [told for told in (kept, title, *codes) if told in text]


def test_who_may_see_it_does_and_others_find_no_page(team: Visitor, kept: str) -> None:
    for role, there in (("analyst", False), ("reviewer", True), ("admin", True)):
        subjects = {entry["subject"] for entry in as_role(team, role).json("/log")["entries"]}
        assert (kept in subjects) == there
        status = team.get(f"/log?subject={kept}").status_code
        assert status == (200 if there else 404)
        assert team.get(f"/log?subject={kept}.1").status_code == status


def test_nobody_acts_on_what_is_hidden(team: Visitor, kept: str) -> None:
    token = token_of(as_role(team, "analyst").get("/me").text)
    for named in (f"{kept}.1", kept, f"x.1, {kept}.2"):
        answer = team.post("/preferences/language", data={"to": "en", "csrf": token, "claims": ["x", named]})
        assert answer.status_code == 404


def test_it_is_there_again_when_lifted(team: Visitor, kept: str) -> None:
    token = token_of(as_role(team, "admin").get("/me").text)
    assert "a witness" in team.get("/restrictions").text
    team.post("/restrictions/lift", data={"csrf": token, "subject": kept, "why": "agreed"})
    assert as_role(team, "reader").get(f"/log?subject={kept}").status_code == 200


def test_an_incident_is_restricted_by_its_code(team: Visitor) -> None:
    state = team.app.state.desk  # type: ignore[attr-defined]
    with state.register.snapshot() as connection:
        incident = connection.execute(schema.incident.select()).first()
    token = token_of(as_role(team, "reviewer").get("/me").text)
    fields = {"csrf": token, "kind": "incident", "subject": incident.code, "role": "", "people": ["Layla"], "why": "a witness"}
    assert team.post("/restrictions", data=fields, follow_redirects=False).status_code == 303
    with state.register.snapshot() as connection:
        found = hidden(connection, "Rana", "admin")
    assert (found.incidents, found.codes, found.documents) == ({incident.id}, {incident.code}, frozenset())
    # Even an admin does not see it, who is not named.
    assert as_role(team, "admin").get(f"/log?subject={incident.code}").status_code == 404
