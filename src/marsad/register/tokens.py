"""Tokens: what programs show to be let in as an account, with its role or a lower one.

A token is told once; only its hash is kept. A token of a register without accounts serves until it has some.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from marsad.errors import InputError
from marsad.lexicon.reasons import refusal
from marsad.register import schema
from marsad.register.accounts import ROLES, account, at_least
from marsad.register.audit import Event, append
from marsad.register.canonical import now
from marsad.register.rows import highest

__all__ = ["LONGEST", "TOKEN_ROLES", "Token", "find", "make", "revoke", "tokens"]

# No program manages accounts.
TOKEN_ROLES = ROLES[:-1]
# Days that a token serves at most.
LONGEST = 366
_BEGINNING = "marsad_"
_t = schema.token.c


@dataclass(frozen=True, slots=True)
class Token:
    """A token; ``account`` is the number of its account, None in a register without accounts; times are ISO 8601 in UTC."""

    id: int
    account: int | None
    name: str
    role: str
    made: str
    until: str
    revoked: str | None

    @property
    def holds(self) -> bool:
        """Whether it was not revoked and its time is not over."""
        return self.revoked is None and self.until > now()

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__} | {"holds": self.holds}


def make(
    connection: Connection, owner: int | None, name: str, role: str, days: int, who: str, why: str = ""
) -> tuple[Token, str]:
    """Make a token.

    Args:
        connection: a writing transaction.
        owner: the number of the account; None in a register without accounts.
        name: what it is for.
        role: of ``TOKEN_ROLES``, and none above that of the account.
        days: that it serves.
        who, why: for the log.

    Returns:
        The token, and what the program shows, which is nowhere kept.

    Raises:
        InputError: no name, a role that the account does not have, or a time that is too long.
    """
    name = " ".join(name.split())
    holder = account(connection, owner) if owner is not None else None
    if not name or len(name) > 80 or not name.isprintable():
        raise InputError(refusal("token.name"))
    if role not in TOKEN_ROLES or (owner is not None and (holder is None or not at_least(holder.role, role))):
        raise InputError(refusal("token.role", role=role, roles=TOKEN_ROLES))
    if not 1 <= days <= LONGEST:
        raise InputError(refusal("token.days", most=LONGEST))
    told = _BEGINNING + secrets.token_urlsafe(32)
    number = highest(connection, _t.id) + 1
    until = (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="microseconds")
    row = {
        "id": number, "account_id": owner, "name": name, "role": role, "hash": _hash(told), "made_at": now(), "until": until,
        "revoked_at": None,
    }  # fmt: skip
    connection.execute(schema.token.insert(), row)
    _log(connection, number, "made", name, role, who, why)
    return Token(number, owner, name, role, str(row["made_at"]), until, None), told


def revoke(connection: Connection, number: int, owner: int | None, who: str, why: str = "") -> Token:
    """Let a token serve no more.

    Args:
        connection: a writing transaction.
        number: of the token.
        owner: the account whose it must be; None in a register without accounts.
        who, why: for the log.

    Raises:
        InputError: there is no such token of this account.
    """
    row = connection.execute(select(schema.token).where(_t.id == number)).first()
    if row is None or row.account_id != owner:
        raise InputError(refusal("token.none", number=number))
    if row.revoked_at is None:
        connection.execute(schema.token.update().where(_t.id == number).values(revoked_at=now()))
        _log(connection, number, "revoked", row.name, row.role, who, why)
    return next(token for token in tokens(connection, owner) if token.id == number)


def tokens(connection: Connection, owner: int | None) -> list[Token]:
    """The tokens of an account, the latest first; with None those of a register without accounts."""
    mine = _t.account_id.is_(None) if owner is None else _t.account_id == owner
    return [_token(row) for row in connection.execute(select(schema.token).where(mine).order_by(_t.id.desc()))]


def find(connection: Connection, told: str) -> Token | None:
    """The token that a program shows, if it holds."""
    if not told.startswith(_BEGINNING):
        return None
    row = connection.execute(select(schema.token).where(_t.hash == _hash(told))).first()
    found = None if row is None else _token(row)
    return found if found is not None and found.holds else None


def _hash(told: str) -> str:
    # 256 bits of chance need no slow hash.
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def _token(row: Row[Any]) -> Token:
    return Token(row.id, row.account_id, row.name, row.role, row.made_at, row.until, row.revoked_at)


def _log(connection: Connection, number: int, change: str, name: str, role: str, who: str, why: str) -> None:
    detail = {"change": f"token {change}", "token": number, "name": name, "role": role}
    append(connection, [Event("account", who, detail)], who, why)
