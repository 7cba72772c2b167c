"""Sessions: which browser a request comes from, and the tokens that forms carry.

A browser has a random number in a cookie. The token of its forms is made from it with a secret of this process, so no other page
can know it; after a restart of the desk forms are given out anew.
"""

from __future__ import annotations

import hmac
import secrets

__all__ = ["Tokens", "new_id"]


def new_id() -> str:
    """A number for a browser that has none: 256 bits, for a cookie."""
    return secrets.token_urlsafe(32)


class Tokens:
    """Tokens of forms."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def token(self, session: str) -> str:
        """The token of a browser's forms."""
        return hmac.new(self._secret, session.encode("utf-8", "replace"), "sha256").hexdigest()

    def holds(self, session: str, told: str) -> bool:
        """Whether a token is that of a browser."""
        return bool(session) and hmac.compare_digest(self.token(session).encode(), told.encode("utf-8", "replace"))
