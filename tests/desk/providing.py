"""An identity provider for tests, on this machine: it says of people what a test tells it to."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

__all__ = ["Provider", "providing"]


class Provider:
    """The provider: which codes it gave out, and what its next token says."""

    def __init__(self) -> None:
        self.issuer = ""
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.other = RSAKey.generate_key(2048, {"kid": "one"})
        self.claims: dict[str, Any] = {"sub": "7", "email": "huda@example.org", "email_verified": True}
        self.changes: dict[str, Any] = {}
        self.header: dict[str, Any] = {"alg": "RS256", "kid": "one"}
        self.signed_by: Any = self.key
        self.asked: dict[str, str] = {}
        self.told: list[str] = []

    def authorise(self, address: str) -> dict[str, str]:
        """What a browser brings back from the page of the provider where the person said yes."""
        self.asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
        return {"state": self.asked["state"], "code": "the-code"}

    def token(self, fields: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The answer of the token's address; None where what is sent does not fit."""
        challenge = (
            base64.urlsafe_b64encode(hashlib.sha256(fields.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        )
        expected = "Basic " + base64.b64encode(b"desk:hush").decode()
        if fields.get("code") != "the-code" or challenge != self.asked["code_challenge"] or authorization != expected:
            return None
        now = int(time.time())
        base = {"iss": self.issuer, "aud": "desk", "iat": now, "exp": now + 300, "nonce": self.asked["nonce"]}
        claims = {k: v for k, v in {**base, **self.claims, **self.changes}.items() if v is not None}
        if self.header["alg"] == "none":
            parts = [base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in (self.header, claims)]
            return {"access_token": "x", "token_type": "Bearer", "id_token": ".".join([*parts, ""])}
        key = OctKey.import_key(self.key.as_pem(private=False)) if self.header["alg"] == "HS256" else self.signed_by
        signed = jwt.encode(self.header, claims, key, algorithms=[self.header["alg"]])
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}


@contextmanager
def providing() -> Iterator[Provider]:
    """A provider that runs beside the test."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def answer(self, told: Any, status: int = 200) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            provider.told.append(self.path)
            at = provider.issuer
            if self.path == "/.well-known/openid-configuration":
                pages = {"authorization_endpoint": f"{at}/yes", "token_endpoint": f"{at}/token", "jwks_uri": f"{at}/keys"}
                self.answer({"issuer": at, **pages})
            elif self.path == "/keys":
                self.answer({"keys": [provider.key.as_dict(private=False)]})
            else:
                self.answer({}, 404)

        def do_POST(self) -> None:
            told = self.rfile.read(int(self.headers["Content-Length"])).decode()
            fields = {k: v[0] for k, v in parse_qs(told).items()}
            answer = provider.token(fields, self.headers.get("Authorization", ""))
            self.answer(answer or {"error": "invalid_grant"}, 200 if answer else 400)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
