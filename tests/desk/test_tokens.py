"""Tokens of programs: what they let in, as whom, and for how long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from marsad.errors import InputError
from marsad.register import accounts, tokens
from marsad.register.store import Register
from tests.desk.running import Visitor, token_of
from tests.desk.team import NAMES, as_role


def made(visitor: Visitor, role: str = "reader", days: int = 90) -> httpx.Response:
    fields = {"csrf": token_of(visitor.get("/me").text), "name": "nightly export", "role": role, "days": str(days)}
    return visitor.post("/me/tokens", data=fields)


def told(answer: httpx.Response) -> str:
    return answer.text.partition('class="given" dir="ltr">')[2].partition("<")[0]


def shown(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def test_a_program_is_let_in_as_the_account_with_the_role_of_the_token(team: Visitor) -> None:
    token = told(made(as_role(team, "reviewer"), "analyst"))
    assert token.startswith("marsad_") and token not in team.get("/me").text
    as_role(team, "")
    answer = team.get("/log?action=account", headers=shown(token))
    assert answer.headers["content-type"] == "application/json"
    entry = answer.json()["entries"][0]
    assert entry["detail"]["change"] == "token made" and entry["who"] == NAMES["reviewer"] and token not in answer.text
    assert team.get("/restrictions", headers=shown(token)).status_code == 403
    # What changes something needs no token of forms: nothing but the program can show this one.
    assert team.post("/preferences/language", data={"to": "ar"}, headers=shown(token)).status_code == 200


@pytest.mark.parametrize("wrong", ["", "marsad_x", "x", "marsad_" + "A" * 43])
def test_no_other_token_lets_in(team: Visitor, wrong: str) -> None:
    as_role(team, "admin")
    # Not even beside the session of a browser.
    answer = team.get("/log", headers=shown(wrong))
    assert answer.status_code == 401 and answer.json()["error"]["status"] == 401


def test_a_token_ends_when_revoked_over_or_the_account_disabled(team: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    token = told(made(as_role(team, "analyst"), "analyst"))
    with Register.open(team.app.state.desk.settings.register) as register:  # type: ignore[attr-defined]
        with register.snapshot() as connection:
            account = accounts.named(connection, NAMES["analyst"])
        assert account is not None
        register.apply(lambda c: accounts.disable(c, account.id, "Rana"))
        assert team.get("/log", headers=shown(token)).status_code == 401
        register.apply(lambda c: accounts.enable(c, account.id, "Rana"))
        register.apply(lambda c: accounts.set_role(c, account.id, "reader", "Rana"))
    assert team.get("/log", headers=shown(token)).status_code == 200
    later = (datetime.now(UTC) + timedelta(days=91)).isoformat(timespec="microseconds")
    with monkeypatch.context() as patched:
        patched.setattr(tokens, "now", lambda: later)
        assert team.get("/log", headers=shown(token)).status_code == 401
    as_role(team, "reader")
    token_here = token_of(team.get("/me").text)
    assert team.post("/me/tokens/1/revoke", data={"csrf": token_here}).status_code == 400
    as_role(team, "analyst")
    assert team.post("/me/tokens/1/revoke", data={"csrf": token_of(team.get("/me").text)}).status_code == 200
    assert team.get("/log", headers=shown(token)).status_code == 401


def test_no_program_makes_tokens_or_changes_passwords(team: Visitor) -> None:
    token = told(made(as_role(team, "admin"), "reviewer"))
    as_role(team, "")
    for address, fields in (
        ("/me/tokens", {"name": "x", "role": "reader", "days": "1"}),
        ("/me/tokens/1/revoke", {}),
        ("/me/password", {"password": "x", "fresh": "y", "again": "y"}),
        ("/me/sign-out-everywhere", {}),
        ("/accounts", {"name": "Nour", "role": "admin"}),
    ):
        assert team.post(address, data=fields, headers=shown(token)).status_code == 403, address


def test_a_token_has_no_role_above_that_of_the_account(team: Visitor) -> None:
    assert made(as_role(team, "reader"), "analyst").status_code == 400
    assert made(as_role(team, "admin"), "admin").status_code == 400
    assert made(as_role(team, "admin"), days=1000).status_code == 422


def test_without_accounts_a_token_serves_until_there_are(visitor: Visitor) -> None:
    token = told(made(visitor, "analyst"))
    assert visitor.get("/log", headers=shown(token)).status_code == 200
    state = visitor.app.state.desk  # type: ignore[attr-defined]
    state.register.apply(lambda c: accounts.create(c, "Rana", "admin", "hash", "Rana"))
    assert visitor.get("/log", headers=shown(token)).status_code == 401


def test_what_a_program_may_not_see_is_not_there(team: Visitor) -> None:
    from marsad.register import queries, restrictions

    token = told(made(as_role(team, "reviewer"), "analyst"))
    state = team.app.state.desk  # type: ignore[attr-defined]
    with state.register.snapshot() as connection:
        document = queries.claims(connection, limit=1)[0].document_id
    state.register.apply(lambda c: restrictions.restrict(c, "document", document, "reviewer", (), "Rana", "a witness"))
    as_role(team, "")
    assert team.get(f"/log?subject={document}", headers=shown(token)).status_code == 404


@pytest.mark.parametrize(
    ("name", "role", "days"), [("", "reader", 1), ("x" * 81, "reader", 1), ("x", "boss", 1), ("x", "reader", 0)]
)
def test_tokens_that_make_no_sense_are_refused(visitor: Visitor, name: str, role: str, days: int) -> None:
    state = visitor.app.state.desk  # type: ignore[attr-defined]
    with pytest.raises(InputError):
        state.register.apply(lambda c: tokens.make(c, None, name, role, days, "Rana"))
