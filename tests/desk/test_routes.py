"""Every address of the desk: by every role, without the token of its forms, and from other sites."""

from __future__ import annotations

import pytest

from marsad.register.accounts import ROLES, at_least
from tests.desk.running import Visitor, token_of
from tests.desk.team import Address, addresses, as_role

CHANGES = [address for address in addresses() if address.method not in ("GET", "HEAD")]


def test_the_application_has_no_other_address(visitor: Visitor) -> None:
    from marsad.desk import screens

    routes = visitor.app.routes  # type: ignore[attr-defined]
    assert len([r for r in routes if getattr(r, "name", "") != "static"]) == len(screens.modules())
    assert {a.method for a in addresses()} <= {"GET", "POST", "PUT", "PATCH", "DELETE"}


@pytest.mark.parametrize("role", ["", *ROLES])
def test_every_address_by_every_role(team: Visitor, role: str) -> None:
    wrong = []
    for address in addresses():
        token = token_of(as_role(team, role).get("/me" if role else "/sign-in").text)
        headers = {"X-CSRF-Token": token, "accept": "application/json"}
        status = team.request(address.method, address.filled(), headers=headers, follow_redirects=False).status_code
        allowed = not address.role or at_least(role, address.role)
        expected = status not in (401, 403, 500) if allowed else status == (403 if role else 401)
        if not expected:
            wrong.append(f"{role or 'nobody'}: {address.method} {address.path} for {address.role or 'anyone'} gave {status}")
    assert not wrong, "\n".join(wrong)


def test_nobody_is_sent_to_sign_in_and_comes_back(team: Visitor) -> None:
    answer = team.get("/log?action=link", follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"] == "/sign-in?back=%2Flog%3Faction%3Dlink"


@pytest.mark.parametrize("address", CHANGES, ids=lambda a: f"{a.method} {a.path}")
def test_nothing_is_changed_without_the_token(team: Visitor, address: Address) -> None:
    as_role(team, "admin")
    for headers in ({}, {"X-CSRF-Token": "0" * 64}):
        answer = team.request(address.method, address.filled(), headers={"accept": "application/json", **headers})
        assert answer.status_code == 403, answer.text
    # The token of another browser is none.
    other = token_of(team.get("/me").text)
    as_role(team, "admin")
    assert team.request(address.method, address.filled(), headers={"X-CSRF-Token": other}).status_code == 403


@pytest.mark.parametrize("address", CHANGES, ids=lambda a: f"{a.method} {a.path}")
def test_nothing_is_changed_from_another_site(team: Visitor, address: Address) -> None:
    token = token_of(as_role(team, "admin").get("/me").text)
    port = team.app.state.desk.settings.port  # type: ignore[attr-defined]
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"http://127.0.0.1:{port + 1}"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ):
        answer = team.request(address.method, address.filled(), headers={"X-CSRF-Token": token, **headers})
        assert answer.status_code == 403 and "not of this desk" in answer.text
