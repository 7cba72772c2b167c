"""Settings: what the desk is started with."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field

__all__ = ["EVERYWHERE", "LOOPBACK", "PORT", "Provider", "Settings", "is_loopback"]

PORT = 8410
# Names by which a browser on this machine may call the desk; others are refused (DNS rebinding).
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
# Where one listens on all networks of this machine.
EVERYWHERE = ("0.0.0.0", "::")


@dataclass(frozen=True, slots=True)
class Provider:
    """An identity provider (OpenID Connect).

    Attributes:
        issuer: its address, as it calls itself.
        client, secret: what it knows the desk by; the secret is empty for a public client.
        name: to show.
        claim: what of a person is compared with the identity of accounts; a mail address must be checked by the provider.
    """

    issuer: str
    client: str
    secret: str = field(default="", repr=False)
    name: str = ""
    claim: str = "email"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the desk is started with.

    Attributes:
        register: place of the register, as for ``marsad.register.location.location``.
        host, port: where it listens.
        hosts: further names by which browsers may call it.
        who: who works at it when there are no accounts; empty for the name of the account on this machine.
        https: whether browsers reach it over TLS (by a proxy before it), so that cookies are sent only so.
        idle: minutes without a request after which a session locks.
        provider: at which people may sign in.
        body_limit: bytes that a request may have; ``BODY_LIMITS`` of a page's module allow more for some addresses.
    """

    register: str = ""
    host: str = "127.0.0.1"
    port: int = PORT
    hosts: tuple[str, ...] = ()
    who: str = ""
    https: bool = False
    idle: int = 15
    provider: Provider | None = None
    body_limit: int = 2 * 1024 * 1024

    @property
    def names(self) -> frozenset[str]:
        """All host names, in lower case, by which the desk may be called."""
        own = () if self.host in EVERYWHERE else (self.host if ":" not in self.host else f"[{self.host}]",)
        return frozenset(name.lower() for name in (*LOOPBACK, *own, *self.hosts))


def is_loopback(host: str) -> bool:
    """Whether a host to listen on is reached only from this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
