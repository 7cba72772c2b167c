"""Addresses: which hosts may be asked, so that no page, feed or redirect can make this machine ask its own network."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from marsad.intake.results import Refused
from marsad.lexicon.reasons import reason, refusal

__all__ = ["checked_url", "public_addresses"]

_PORTS = frozenset([80, 443, 8080, 8443])
_LONGEST = 2000
# Prefixes in which an IPv6 address carries an IPv4 address that the network then asks.
_CARRIERS = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"), ipaddress.ip_network("::/96"))


def checked_url(url: str, *, local: bool = False) -> str:
    """An address that may be fetched, without its fragment.

    Args:
        url: as given.
        local: whether other ports and this machine's own network are allowed.

    Raises:
        Refused: another scheme than http and https, a user name in it, no host, or a port that no web server is expected at.
    """
    if len(url) > _LONGEST or any(c.isspace() or ord(c) < 32 for c in url):
        raise Refused(refusal("intake:address.form"))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused(refusal("intake:address.wrong", said=error)) from error
    if parts.scheme.lower() not in ("http", "https"):
        raise Refused(refusal("intake:address.scheme", scheme=parts.scheme[:20] or reason("intake:address.this")))
    if not parts.hostname:
        raise Refused(refusal("intake:address.host"))
    if parts.username is not None or parts.password is not None:
        raise Refused(refusal("intake:address.user"))
    if port is not None and port not in _PORTS and not local:
        raise Refused(refusal("intake:address.port", port=port))
    return url.partition("#")[0]


def public_addresses(host: str, port: int, *, local: bool = False) -> list[str]:
    """The network addresses of a host, all of which must be of the public net.

    The caller connects to one of these and not to the name, which could mean another machine by then.

    Args:
        host: name, or an address in any form that the system's resolver takes.
        port: to connect to.
        local: whether private and loopback addresses are allowed.

    Raises:
        Refused: the host is unknown, or one of its addresses is private, loopback, link-local, reserved or multicast.
    """
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(refusal("intake:host.unknown", host=host, said=getattr(error, "strerror", None) or error)) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not local and not _is_public(address):
            raise Refused(refusal("intake:host.private", host=host, address=address))
    if not addresses:
        raise Refused(refusal("intake:host.none", host=host))
    return addresses


def _is_public(address: str) -> bool:
    number = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(number, ipaddress.IPv6Address):
        carried = number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else None)
        if carried is None and any(number in net for net in _CARRIERS):
            carried = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if carried is not None:
            return _is_public(str(carried))
    return number.is_global and not number.is_multicast and not number.is_reserved
