"""Signing in at an identity provider: who is let in, and each way in which what it says does not hold."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from marsad.desk.errors import ProviderError
from marsad.desk.oidc import Client
from marsad.desk.settings import Provider as At
from marsad.desk.settings import Settings
from marsad.register import accounts
from marsad.register.store import Register
from tests.desk.providing import Provider, providing
from tests.desk.running import Visitor
from tests.desk.team import make_team


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with providing() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider) -> Provider:
    running.claims = {"sub": "7", "email": "huda@example.org", "email_verified": True}
    running.changes, running.header, running.signed_by = {}, {"alg": "RS256", "kid": "one"}, running.key
    return running


@pytest.fixture
def guest(settings: Settings, provider: Provider) -> Iterator[Visitor]:
    """Someone at a desk with a provider; one account has an identity there."""
    make_team(settings.register)
    with Register.open(settings.register) as register:
        register.apply(lambda c: accounts.create(c, "Guest", "analyst", None, "Rana", identity="huda@example.org"))
    with Visitor(replace(settings, provider=At(provider.issuer, "desk", "hush", "Team login"))) as visitor:
        yield visitor


def arrive(visitor: Visitor, provider: Provider, **changes: Any) -> httpx.Response:
    """Go to the provider and come back."""
    begun = visitor.get("/oidc/begin?back=/log", follow_redirects=False)
    assert begun.status_code == 303 and begun.headers["location"].startswith(f"{provider.issuer}/yes?")
    return visitor.get("/oidc/callback", params={**provider.authorise(begun.headers["location"]), **changes})


def test_whom_the_provider_names_is_let_in_and_bound(guest: Visitor, provider: Provider) -> None:
    assert "Team login" in guest.get("/sign-in").text
    answer = arrive(guest, provider)
    assert answer.status_code == 200 and 'content="0;url=/log"' in answer.text
    assert "<bdi>Guest</bdi>" in guest.get("/log").text
    entries = guest.json("/log?who=Guest")["entries"]
    assert [(e["action"], e["detail"].get("identity")) for e in entries] == [
        ("sign-in", None), ("account", f"{provider.issuer} 7"),
    ]  # fmt: skip
    # The same person under another address is let in; another under the old one is not.
    guest.cookies.clear()
    provider.claims["email"] = "new@example.org"
    assert arrive(guest, provider).status_code == 200
    provider.claims = {"sub": "8", "email": "huda@example.org", "email_verified": True}
    guest.cookies.clear()
    assert arrive(guest, provider).status_code == 403


def test_the_question_binds_browser_desk_and_answer(guest: Visitor, provider: Provider) -> None:
    arrive(guest, provider)
    asked = provider.asked
    assert asked["redirect_uri"] == "http://127.0.0.1:8410/oidc/callback" and asked["code_challenge_method"] == "S256"
    assert asked["scope"].split()[0] == "openid" and len(asked["nonce"]) > 40 and len(asked["state"]) > 40


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": "other"},
        {"nonce": None},
        {"aud": "another"},
        {"aud": ["another"]},
        {"azp": "another"},
        {"iss": "https://evil.example"},
        {"exp": -3600},
        {"exp": None},
        {"iat": 3600},
        {"sub": None},
        {"sub": ""},
    ],
    ids=str,
)
def test_what_does_not_hold_lets_nobody_in(guest: Visitor, provider: Provider, changes: dict[str, Any]) -> None:
    # Moments are told from now; ids of tests must not change with the clock.
    provider.changes = {k: int(time.time()) + v if isinstance(v, int) else v for k, v in changes.items()}
    assert arrive(guest, provider).status_code == 502
    assert guest.get("/log", follow_redirects=False).status_code == 303


@pytest.mark.parametrize("alg", ["none", "HS256", "other key"])
def test_signatures_that_anybody_can_make_are_none(guest: Visitor, provider: Provider, alg: str) -> None:
    if alg == "other key":
        provider.signed_by = provider.other
    else:
        provider.header = {"alg": alg, "kid": "one"}
    assert arrive(guest, provider).status_code == 502


def test_an_address_that_nobody_checked_is_no_identity(guest: Visitor, provider: Provider) -> None:
    for verified in (False, None, "true"):
        provider.changes = {"email_verified": verified}
        assert arrive(guest, provider).status_code == 403
    assert guest.get("/log", follow_redirects=False).status_code == 303


def test_another_browser_or_a_second_time_does_not_serve(guest: Visitor, provider: Provider) -> None:
    begun = guest.get("/oidc/begin", follow_redirects=False)
    back = provider.authorise(begun.headers["location"])
    held = dict(guest.cookies)
    guest.cookies.clear()
    assert guest.get("/oidc/callback", params=back).status_code == 502
    guest.cookies.update(held)
    assert guest.get("/oidc/callback", params={**back, "state": "other"}).status_code == 502
    assert guest.get("/oidc/callback", params=back).status_code == 502
    guest.cookies.clear()
    assert arrive(guest, provider).status_code == 200


def test_who_is_disabled_or_refused_is_not_let_in(guest: Visitor, provider: Provider) -> None:
    assert arrive(guest, provider, error="access_denied").status_code == 403
    with Register.open(guest.app.state.desk.settings.register) as register:  # type: ignore[attr-defined]
        with register.snapshot() as connection:
            account = accounts.named(connection, "Guest")
        assert account is not None
        register.apply(lambda c: accounts.disable(c, account.id, "Rana"))
    assert arrive(guest, provider).status_code == 403


def test_a_session_of_before_does_not_go_on(guest: Visitor, provider: Provider) -> None:
    guest.get("/sign-in")
    cookie = guest.app.state.desk.cookie("session")  # type: ignore[attr-defined]
    before = guest.cookies.get(cookie)
    arrive(guest, provider)
    assert guest.cookies.get(cookie) != before


@pytest.mark.parametrize("issuer", ["http://id.example", "ftp://127.0.0.1", "https://127.0.0.1:9"])
def test_a_provider_is_asked_only_over_tls_and_must_answer(issuer: str) -> None:
    with pytest.raises(ProviderError):
        Client(At(issuer, "desk")).begin("http://127.0.0.1/oidc/callback", "/")


def test_without_a_provider_there_is_no_such_page(visitor: Visitor) -> None:
    assert visitor.get("/oidc/begin").status_code == visitor.get("/oidc/callback?code=x").status_code == 404
