"""The desk over PostgreSQL: every page is as over SQLite, and what people do there is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from marsad.desk.settings import Settings
from marsad.register import tokens
from marsad.register.store import Register
from tests.desk.running import Visitor, make_register
from tests.desk.team import addresses, as_role, make_team
from tests.register.servers import Server

# What is told of when and by what something was done, and sizes of a file.
_OTHERWISE = {
    "at",
    "collected",
    "changed",
    "seen",
    "inputs",
    "hash",
    "log_head",
    "previous",
    "register",
    "schema",
    "bytes",
    "head",
    "read_at",
}


@pytest.fixture(scope="module")
def served(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A register of the samples in a database."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MARSAD_HOME", str(tmp_path_factory.mktemp("home")))
        return make_register(postgresql.database())


@pytest.fixture
def there(served: str) -> Iterator[Visitor]:
    """A visitor of the desk over it."""
    with Visitor(Settings(register=served, who="Rana")) as visiting:
        yield visiting


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if key not in _OTHERWISE}
    return [_plain(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "address",
    [
        "/incidents?words=حلب&order=reports", "/incidents?country=SY&flag=unsigned&order=killed", "/map?country=SY&least=1",
        "/map?within=36+36,42+36,42+33,36+33", "/reading?queue=first", "/reading?queue=place", "/reading?queue=empty", "/documents?since=2020-01-01",
        "/search?q=قصف&since=2017-01-01", "/search?place=حلب&within=80", "/search?party=ISIS", "/doubts", "/failures", "/exports?preview=true&let=internal",
        "/pins?search=Homs", "/",
    ],
)  # fmt: skip
def test_a_page_is_as_over_sqlite(there: Visitor, visitor: Visitor, address: str) -> None:
    found, expected = there.json(address), visitor.json(address)
    if address == "/":
        # The last entries of the log are of two runs.
        found.pop("last")
        expected.pop("last")
    assert _plain(found) == _plain(expected)


def test_every_page_can_be_asked_for(there: Visitor, served: str) -> None:
    document = there.json("/reading")["reports"][0]["id"]
    incident = there.json("/incidents")["incidents"][0]["code"]
    values = {
        "document": document,
        "report": document,
        "claim": f"{document}.1",
        "incident": incident,
        "code": incident,
        "told": incident,
    }
    wrong = {}
    for told in addresses():
        if told.method == "GET" and not told.path.startswith(("/sign", "/oidc", "/lock")):
            for accept in ("text/html", "application/json"):
                answer = there.get(told.filled(values), headers={"accept": accept}, follow_redirects=False)
                if answer.status_code not in (200, 303, 404, 422):
                    wrong[told.path] = answer.status_code
    assert not wrong


def test_a_day_of_work_is_kept(there: Visitor) -> None:
    report = there.json("/reading")["reports"][0]["id"]
    first, *_ = (c for c in there.json(f"/reading/{report}")["claims"] if c["current"])
    at = f"/reading/{report}"
    there.submit(f"{at}/claims/{first['id']}/reject", {"why": "no event", "seen": str(first["seen"])})
    there.submit(f"{at}/undo", {"queue": "first"})
    there.submit(f"{at}/sign", {"seen": "0", "accept": "true", "queue": "first"}, status=303)
    one, other = (i["code"] for i in there.json("/incidents?order=day")["incidents"][:2])
    merged = there.submit(f"/incidents/{one}/merge", {"others": other, "why": "one event"}).headers["location"]
    judged = there.json(merged)["judged"][-1]["id"]
    there.submit(f"{merged}/retract", {"number": str(judged), "why": "two events"})
    assert {one, other} <= {i["code"] for i in there.json("/incidents?order=day")["incidents"]}
    pinned = there.submit(
        "/pins", {"names": "قرية الاختبار", "kind": "village", "latitude": "35", "longitude": "40", "why": "seen"}
    )
    assert there.get(pinned.headers["location"]).status_code == 200
    text = "قُتل مدنيان بقصف مدفعي على بلدة هجين في محافظة دير الزور السبت 4 أيار، وفق الدفاع المدني."
    there.submit("/add", {"text": text, "published": "2024-05-06"}, status=200)
    assert there.json("/search?q=هجين&since=2024-05-01")["hits"]
    assert there.get("/history/incidents/" + one).status_code == 200


def test_what_is_hidden_is_nowhere(served: str, tmp_path: Path) -> None:
    with Register.open(served) as register, register.snapshot() as connection:
        accounts = connection.exec_driver_sql("select count(*) from account").scalar()
    if not accounts:
        make_team(served)
    with Visitor(Settings(register=served)) as visiting:
        reviewer = as_role(visiting, "reviewer")
        report = reviewer.json("/reading?queue=place")["reports"][0]["id"]
        whole = reviewer.json("/incidents")["total"]
        reviewer.submit("/restrictions", {"kind": "document", "subject": report, "role": "reviewer", "why": "a witness"})
        assert reviewer.get(f"/reading/{report}").status_code == 200
        reader = as_role(visiting, "reader")
        assert reader.get(f"/reading/{report}").status_code == 404
        assert reader.json("/incidents")["total"] < whole
        for address in ("/map", "/documents", "/charts", "/search?q=قصف", "/log", "/reading"):
            assert report not in reader.get(address).text, address


def test_a_program_is_let_in(postgresql: Server, served: str) -> None:
    with Register.open(served) as register, register.snapshot() as connection:
        team = connection.exec_driver_sql("select id from account order by id limit 1").scalar()
    with Register.open(served) as register:
        secret = register.apply(lambda c: tokens.make(c, team, "sheet", "reader", 30, "Rana", "for the sheet"))[1]
    with Visitor(Settings(register=served)) as visiting:
        assert visiting.get("/map", headers={"authorization": f"Bearer {secret}"}).json()["total"] > 0
