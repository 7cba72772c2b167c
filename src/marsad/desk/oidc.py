"""OIDC: signing in at an identity provider of the team's own (OpenID Connect, authorization code with PKCE).

The desk asks the provider, and no other machine, and only when it is told of one. Whom the provider names must have an account here: an admin
gives it the mail address that the provider has checked, and with the first signing in the account is bound to who that is there.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from marsad.desk.errors import ProviderError
from marsad.desk.settings import Provider, is_loopback
from marsad.lexicon.reasons import refusal

__all__ = ["Begun", "Client", "Person"]

# Only signatures that need a key which the provider alone has.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "Ed25519", "EdDSA"]
_SECONDS = 10.0
_LEEWAY = 60
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Begun:
    """A signing in that began: where to send the browser, and what it must bring back in a cookie."""

    address: str
    binding: str


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the provider named: ``identity`` for good, ``told`` what it calls them now (empty where that is not checked)."""

    identity: str
    told: str
    back: str


@dataclass(frozen=True, slots=True)
class _Flow:
    state: str
    nonce: str
    verifier: str
    redirect: str
    back: str
    until: float


class Client:
    """Talks to a provider. May be shared by threads.

    Args:
        provider: which.
        http: makes requests; one of its own by default.
        clock: tells seconds.
    """

    _KEPT = 1000
    _WAITS = 600.0

    def __init__(self, provider: Provider, http: httpx.Client | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.provider = provider
        self._http = http or httpx.Client(timeout=_SECONDS, follow_redirects=False)
        self._clock = clock
        self._flows: OrderedDict[str, _Flow] = OrderedDict()
        self._known: dict[str, Any] | None = None
        self._lock = threading.Lock()

    def begin(self, redirect: str, back: str) -> Begun:
        """Begin to sign in.

        Args:
            redirect: the address of the desk to which the provider sends the browser.
            back: where the person goes then.

        Raises:
            ProviderError: the provider cannot be reached.
        """
        known = self._discovered()
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        flow = _Flow(state, nonce, verifier, redirect, back, self._clock() + self._WAITS)
        binding = secrets.token_urlsafe(32)
        with self._lock:
            self._flows[binding] = flow
            while len(self._flows) > self._KEPT:
                self._flows.popitem(last=False)
        asked = {
            "response_type": "code", "client_id": self.provider.client, "redirect_uri": redirect, "scope": "openid email profile",
            "state": flow.state, "nonce": flow.nonce, "code_challenge": _challenge(flow.verifier),
            "code_challenge_method": "S256",
        }  # fmt: skip
        address = _checked(str(known["authorization_endpoint"]))
        return Begun(f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}", binding)

    def finish(self, binding: str, state: str, code: str) -> Person:
        """Whom the provider named.

        Args:
            binding: what the browser brought in its cookie; it serves once.
            state, code: what the provider gave the browser.

        Raises:
            ProviderError: this was not begun here by this browser, or what the provider says does not hold.
        """
        with self._lock:
            flow = self._flows.pop(binding, None)
        if flow is None or flow.until < self._clock() or not secrets.compare_digest(flow.state.encode(), state.encode()):
            raise ProviderError(refusal("provider.late"))
        known = self._discovered()
        fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": flow.redirect, "code_verifier": flow.verifier}
        auth = (self.provider.client, self.provider.secret) if self.provider.secret else None
        if auth is None:
            fields["client_id"] = self.provider.client
        token = self._json("POST", _checked(str(known["token_endpoint"])), data=fields, auth=auth)
        claims = self._claims(str(token.get("id_token") or ""), flow.nonce)
        told = claims.get(self.provider.claim)
        checked = self.provider.claim != "email" or claims.get("email_verified") is True
        return Person(f"{claims['iss']} {claims['sub']}", str(told) if told and checked else "", flow.back)

    def _claims(self, id_token: str, nonce: str) -> dict[str, Any]:
        """What the provider says of the person, once it is sure that it says so, to this desk, now, and in answer to this question."""
        keys = self._json("GET", _checked(str(self._discovered()["jwks_uri"])))
        registry = jwt.JWTClaimsRegistry(
            leeway=_LEEWAY, iss={"essential": True, "value": self.provider.issuer}, aud={"essential": True, "value": self.provider.client},
            exp={"essential": True}, iat={"essential": True}, sub={"essential": True}, nonce={"essential": True, "value": nonce},
        )  # fmt: skip
        try:
            token = jwt.decode(id_token, KeySet.import_key_set(keys), registry=JWSRegistry(algorithms=_ALGORITHMS))  # type: ignore[arg-type]
            registry.validate(token.claims)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise ProviderError(refusal("provider.wrong", issuer=self.provider.issuer, said=error)) from error
        claims = dict(token.claims)
        if (
            claims.get("azp", self.provider.client) != self.provider.client
            or not isinstance(claims["sub"], str)
            or not claims["sub"]
        ):
            raise ProviderError(refusal("provider.other", issuer=self.provider.issuer))
        return claims

    def _discovered(self) -> dict[str, Any]:
        if self._known is None:
            found = self._json("GET", f"{_checked(self.provider.issuer.rstrip('/'))}/.well-known/openid-configuration")
            if found.get("issuer") != self.provider.issuer:
                raise ProviderError(refusal("provider.issuer", issuer=self.provider.issuer, called=found.get("issuer")))
            if missing := {"authorization_endpoint", "token_endpoint", "jwks_uri"} - found.keys():
                raise ProviderError(refusal("provider.missing", issuer=self.provider.issuer, missing=tuple(sorted(missing))))
            self._known = found
        return self._known

    def _json(self, method: str, address: str, **rest: Any) -> dict[str, Any]:
        try:
            answer = self._http.request(method, address, headers={"Accept": "application/json"}, **rest)
            if answer.status_code != 200 or len(answer.content) > _MOST:
                raise ProviderError(refusal("provider.status", address=address, status=answer.status_code))
            found = answer.json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise ProviderError(refusal("provider.silent", address=address, said=error)) from error
        if not isinstance(found, dict):
            raise ProviderError(refusal("provider.object", address=address))
        return found


def _checked(address: str) -> str:
    """An address that may be asked: over TLS, or on this machine."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise ProviderError(refusal("provider.plain", address=address))
    return address


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
