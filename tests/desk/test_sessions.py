"""Signing in and out, the lock, and who is who."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from marsad.desk.passwords import Attempts, check, hashed, holds
from marsad.desk.sessions import Sessions
from marsad.errors import InputError
from marsad.register import accounts
from marsad.register.store import Register
from tests.desk.running import Visitor, token_of
from tests.desk.team import NAMES, PASSWORD, as_role


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def post(visitor: Visitor, page: str, address: str, **fields: Any) -> httpx.Response:
    token = token_of(visitor.get(page).text)
    return visitor.post(address, data={"csrf": token, **fields}, follow_redirects=False)


def sign_in(visitor: Visitor, name: str = "Huda", password: str = PASSWORD, **fields: Any) -> httpx.Response:
    return post(visitor, "/sign-in", "/sign-in", name=name, password=password, **fields)


def number(visitor: Visitor) -> str:
    return visitor.cookies.get(visitor.app.state.desk.cookie("session")) or ""  # type: ignore[attr-defined]


def test_one_signs_in_and_comes_to_what_one_asked_for(team: Visitor) -> None:
    answer = sign_in(team, " hUDA ", back="/log?action=link")
    assert answer.status_code == 303 and answer.headers["location"] == "/log?action=link"
    page = team.get("/log?action=link").text
    assert "<bdi>Huda</bdi>" in page
    entry = team.json("/log?action=sign-in")["entries"][0]
    assert (entry["who"], entry["subject"]) == ("Huda", "Huda")


def test_a_session_is_none_that_was_there_before(team: Visitor) -> None:
    team.get("/sign-in")
    before = number(team)
    sign_in(team)
    after = number(team)
    assert before and after and before != after
    team.cookies.set(team.app.state.desk.cookie("session"), before)  # type: ignore[attr-defined]
    assert team.get("/log", follow_redirects=False).status_code == 303


def test_a_number_that_somebody_gave_the_browser_is_not_taken(team: Visitor) -> None:
    cookie = team.app.state.desk.cookie("session")  # type: ignore[attr-defined]
    team.cookies.set(cookie, "known-to-another")
    sign_in(team)
    team.cookies.clear()
    team.cookies.set(cookie, "known-to-another")
    assert team.get("/me", follow_redirects=False).status_code == 303


def test_cookies_are_not_for_scripts_or_other_sites(team: Visitor) -> None:
    told = sign_in(team).headers["set-cookie"].lower()
    assert "httponly" in told and "samesite=strict" in told and "secure" not in told


@pytest.mark.parametrize(
    ("name", "password"), [("Huda", "wrong"), ("Nobody", PASSWORD), ("Huda", PASSWORD + "x"), ("Huda", " " + PASSWORD)]
)
def test_what_was_wrong_is_not_told(team: Visitor, name: str, password: str) -> None:
    answer = sign_in(team, name, password)
    assert answer.status_code == 401 and "The name or the password is wrong." in answer.text
    assert team.get("/me", follow_redirects=False).status_code == 303
    entry = as_role(team, "reader").json("/log?action=sign-in%20refused")["entries"][0]
    assert entry["who"] == "nobody" and entry["subject"] == (name if name == "Huda" else "")


def test_guessing_is_slowed_down_by_name(team: Visitor) -> None:
    clock = Clock()
    team.app.state.desk.attempts = Attempts(clock=clock)  # type: ignore[attr-defined]
    for _ in range(5):
        assert sign_in(team, password="wrong").status_code == 401
    answer = sign_in(team)
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) == 15
    assert sign_in(team, "Samir").status_code == 303
    as_role(team, "")
    clock.now += 15.1
    assert sign_in(team).status_code == 303


def test_each_failure_more_waits_twice_as_long_up_to_a_limit() -> None:
    clock = Clock()
    attempts = Attempts(free=2, first=10, longest=35, clock=clock)
    waits = []
    for _ in range(6):
        attempts.failed("name")
        waits.append(attempts.wait("name", "other"))
    assert waits == [0, 10, 20, 35, 35, 35]
    attempts.succeeded("name")
    assert attempts.wait("name") == 0


def test_one_who_signs_out_is_out(team: Visitor) -> None:
    sign_in(team)
    held = number(team)
    post(team, "/me", "/sign-out")
    team.cookies.set(team.app.state.desk.cookie("session"), held)  # type: ignore[attr-defined]
    assert team.get("/me", follow_redirects=False).status_code == 303


def test_signing_out_everywhere_ends_all_sessions(team: Visitor) -> None:
    sign_in(team)
    first = number(team)
    as_role(team, "reader")
    post(team, "/me", "/me/sign-out-everywhere")
    for held in (first, number(team)):
        team.cookies.clear()
        team.cookies.set(team.app.state.desk.cookie("session"), held)  # type: ignore[attr-defined]
        assert team.get("/me", follow_redirects=False).status_code == 303


def test_a_locked_screen_shows_nothing_until_the_password_is_given(team: Visitor) -> None:
    sign_in(team)
    assert post(team, "/log", "/lock").headers["location"] == "/locked"
    answer = team.get("/log", follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"].startswith("/locked?back=")
    assert team.get("/log?format=json").status_code == 401
    page = team.get("/locked").text
    assert 'class="screens"' not in page
    assert post(team, "/locked", "/unlock", password="wrong").status_code == 401
    before = number(team)
    assert post(team, "/locked", "/unlock", password=PASSWORD, back="/log").headers["location"] == "/log"
    assert number(team) != before and team.get("/log", follow_redirects=False).status_code == 200


def test_a_screen_that_is_left_locks_and_a_session_ends() -> None:
    clock = Clock()
    sessions = Sessions(idle=60, longest=1000, clock=clock)
    held = sessions.begin(1, 0)
    for _ in range(3):
        clock.now += 59
        found = sessions.find(held)
        assert found is not None and not found.locked
    clock.now += 61
    found = sessions.find(held)
    assert found is not None and found.locked
    fresh = sessions.unlock(held)
    assert sessions.find(held) is None and not sessions.find(fresh).locked  # type: ignore[union-attr]
    for _ in range(20):
        clock.now += 50
        sessions.find(fresh)
    assert sessions.find(fresh) is None


def test_no_number_is_kept_and_an_account_has_so_many_sessions_at_most() -> None:
    sessions = Sessions(idle=60)
    held = [sessions.begin(1, 0) for _ in range(30)]
    other = sessions.begin(2, 0)
    assert sum(sessions.find(one) is not None for one in held) == 20 and sessions.find(held[-1]) and sessions.find(other)
    assert not any(one in str(sessions._held) for one in held)


def test_who_is_disabled_or_given_another_role_feels_it_at_once(team: Visitor) -> None:
    as_role(team, "analyst")
    with Register.open(team.app.state.desk.settings.register) as register:  # type: ignore[attr-defined]
        with register.snapshot() as connection:
            account = accounts.named(connection, NAMES["analyst"])
        assert account is not None
        register.apply(lambda c: accounts.set_role(c, account.id, "reviewer", "Rana"))
        assert team.get("/restrictions").status_code == 200
        register.apply(lambda c: accounts.disable(c, account.id, "Rana"))
        assert team.get("/me", follow_redirects=False).status_code == 303
        assert sign_in(team, NAMES["analyst"]).status_code == 401
        register.apply(lambda c: accounts.enable(c, account.id, "Rana"))
    assert sign_in(team, NAMES["analyst"]).status_code == 303


def test_a_password_that_was_given_must_be_changed(team: Visitor) -> None:
    page = post(as_role(team, "admin"), "/accounts", "/accounts", name="Nour", role="analyst").text
    given = page.partition('class="given" dir="ltr">')[2].partition("<")[0]
    assert len(given) == 19
    as_role(team, "")
    sign_in(team, "Nour", given)
    assert team.get("/log", follow_redirects=False).headers["location"].startswith("/me/password")
    fields = {"password": given, "fresh": "three grey herons", "again": "three grey herons"}
    assert post(team, "/me/password", "/me/password", **{**fields, "again": "x"}).headers["location"] == "/me/password"
    assert post(team, "/me/password", "/me/password", **{**fields, "fresh": "short", "again": "short"}).status_code == 400
    before = number(team)
    assert post(team, "/me/password", "/me/password", **fields).headers["location"] == "/me"
    assert number(team) != before and team.get("/log", follow_redirects=False).status_code == 200
    as_role(team, "")
    assert sign_in(team, "Nour", given).status_code == 401
    assert sign_in(team, "Nour", "three grey herons").status_code == 303


def test_the_password_that_is_given_is_nowhere_but_on_the_page(team: Visitor) -> None:
    as_role(team, "admin")
    token = token_of(team.get("/accounts").text)
    answer = team.post(
        "/accounts", data={"name": "Nour", "role": "reader"}, headers={"X-CSRF-Token": token, "accept": "application/json"}
    )
    assert "password" not in {*answer.json(), *[key for a in answer.json()["accounts"] for key in a]}


def test_the_first_account_is_made_at_the_desk_and_signs_in(visitor: Visitor) -> None:
    visitor.submit("/accounts", {"name": "Rana", "role": "reader"}, status=400)
    page = visitor.submit("/accounts", {"name": "Rana", "role": "admin"}, status=200).text
    given = page.partition('class="given" dir="ltr">')[2].partition("<")[0]
    assert visitor.get("/accounts", follow_redirects=False).status_code == 200
    visitor.cookies.clear()
    assert visitor.get("/log", follow_redirects=False).status_code == 303
    assert sign_in(visitor, "Rana", given).status_code == 303


@pytest.mark.parametrize("password", ["short", "x" * 300, "Rana Said" * 2, "aaaabbbbccccdddd"])
def test_passwords_that_are_easily_guessed_are_refused(password: str) -> None:
    with pytest.raises(InputError):
        check(password, "Rana Said")


def test_hashes_hold() -> None:
    stored = hashed("seven blue lanterns")
    assert stored.startswith("$argon2id$") and holds(stored, "seven blue lanterns")
    assert not holds(stored, "seven blue lantern") and not holds(None, "x") and not holds("no hash", "x")
