"""Accounts: who may work at the desk, and as what. Where a register has none, whoever can open its file may do everything.

An account is changed in place, so that no old hash of a password stays; what was done with it, by whom and when, is in the log. An
account is never deleted, because the log and decisions name it. Passwords are hashed by who calls.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from marsad.errors import InputError
from marsad.lexicon.reasons import escaped, refusal
from marsad.register import schema
from marsad.register.audit import Event, append
from marsad.register.canonical import now
from marsad.register.rows import highest

__all__ = [
    "ROLES", "Account", "account", "accounts", "at_least", "bind", "create", "disable", "enable", "end_sessions", "named", "set_password",
    "set_role", "there_are",
]  # fmt: skip

# Each may do what those before it may.
ROLES = ("reader", "analyst", "reviewer", "admin")
_NAME = re.compile(r"[\w.@+-]+(?: [\w.@+-]+)*")
_LONGEST = 60
_a = schema.account.c


@dataclass(frozen=True, slots=True)
class Account:
    """An account.

    Attributes:
        id: its number.
        name: of the person, as the log names them.
        role: one of ``ROLES``.
        password: the hash of the password; None where they sign in elsewhere only.
        identity: at an identity provider: what the provider calls them, until they first sign in; then ``issuer subject``.
        disabled: since when they may not sign in (ISO 8601 in UTC), or None.
        renewed: rises when all sessions of the account are ended.
        must_change: whether the password was given by another and must be changed.
        made: when it was made.
    """

    id: int
    name: str
    role: str
    password: str | None
    identity: str | None
    disabled: str | None
    renewed: int
    must_change: bool
    made: str

    def to_dict(self) -> dict[str, Any]:
        """All that may be shown."""
        hidden = ("password", "renewed")
        return {name: getattr(self, name) for name in self.__slots__ if name not in hidden} | {
            "has_password": self.password is not None
        }


def at_least(role: str, least: str) -> bool:
    """Whether a role may do what another may."""
    return role in ROLES and ROLES.index(role) >= ROLES.index(least)


def there_are(connection: Connection) -> bool:
    """Whether the register has accounts, so that one must sign in."""
    return connection.scalar(select(_a.id).limit(1)) is not None


def accounts(connection: Connection) -> list[Account]:
    """All accounts, by name."""
    return [_account(row) for row in connection.execute(select(schema.account).order_by(_a.key))]


def account(connection: Connection, number: int) -> Account | None:
    """The account with a number."""
    row = connection.execute(select(schema.account).where(_a.id == number)).first()
    return None if row is None else _account(row)


def named(connection: Connection, name: str) -> Account | None:
    """The account of a name, however its letters are written."""
    row = connection.execute(select(schema.account).where(_a.key == _key(name))).first()
    return None if row is None else _account(row)


def create(
    connection: Connection,
    name: str,
    role: str,
    password: str | None,
    who: str,
    why: str = "",
    *,
    identity: str | None = None,
    must_change: bool = False,
) -> Account:
    """Make an account.

    Args:
        connection: a writing transaction.
        name: of the person; letters, digits, spaces and ``. @ + - _``.
        role: one of ``ROLES``; the first account of a register must be an admin's.
        password: its hash; None where they sign in at an identity provider only.
        who, why: for the log.
        identity: what the identity provider calls them.
        must_change: whether the password must be changed when they first sign in.

    Raises:
        InputError: the name is none or taken, the role is none, there is no way to sign in, or the first account is no admin's.
    """
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name or len(name) > _LONGEST or not _NAME.fullmatch(name):
        raise InputError(refusal("account.name", name=escaped(name), most=_LONGEST))
    _check_role(role)
    if password is None and not identity:
        raise InputError(refusal("account.way", name=name))
    if named(connection, name) is not None:
        raise InputError(refusal("account.twice", name=name))
    if not there_are(connection) and role != "admin":
        raise InputError(refusal("account.first"))
    number = highest(connection, _a.id) + 1
    row = {
        "id": number, "key": _key(name), "name": name, "role": role, "password": password,
        "identity": _identity(connection, identity), "disabled_at": None, "renewed": 0, "must_change": int(must_change), "made_at": now(),
    }  # fmt: skip
    connection.execute(schema.account.insert(), row)
    _log(connection, name, {"change": "made", "role": role, "identity": row["identity"]}, who, why)
    return _told(connection, number)


def set_role(connection: Connection, number: int, role: str, who: str, why: str = "") -> Account:
    """Change the role of an account; its sessions go on with the new one.

    Raises:
        InputError: there is no such account or role, or no admin would be left.
    """
    _check_role(role)
    before = _told(connection, number)
    if role != before.role:
        _keep_an_admin(connection, before, role == "admin")
        _change(connection, number, role=role)
        _log(connection, before.name, {"change": "role", "role": role, "before": before.role}, who, why)
    return _told(connection, number)


def set_password(
    connection: Connection, number: int, password: str, who: str, why: str = "", *, must_change: bool = False
) -> Account:
    """Give an account another password, by its hash, and end its sessions."""
    before = _told(connection, number)
    _change(connection, number, password=password, must_change=int(must_change), renewed=before.renewed + 1)
    _log(connection, before.name, {"change": "password"}, who, why)
    return _told(connection, number)


def disable(connection: Connection, number: int, who: str, why: str = "") -> Account:
    """Let an account sign in no more, and end its sessions.

    Raises:
        InputError: there is no such account, or no admin would be left.
    """
    before = _told(connection, number)
    if before.disabled is None:
        _keep_an_admin(connection, before, False)
        _change(connection, number, disabled_at=now(), renewed=before.renewed + 1)
        _log(connection, before.name, {"change": "disabled"}, who, why)
    return _told(connection, number)


def enable(connection: Connection, number: int, who: str, why: str = "") -> Account:
    """Let an account sign in again."""
    before = _told(connection, number)
    if before.disabled is not None:
        _change(connection, number, disabled_at=None)
        _log(connection, before.name, {"change": "enabled"}, who, why)
    return _told(connection, number)


def end_sessions(connection: Connection, number: int, who: str, why: str = "") -> Account:
    """End all sessions of an account."""
    before = _told(connection, number)
    _change(connection, number, renewed=before.renewed + 1)
    _log(connection, before.name, {"change": "signed out everywhere"}, who, why)
    return _told(connection, number)


def bind(connection: Connection, told: str, identity: str, who: str = "") -> Account | None:
    """The account of someone who came from an identity provider; at the first time it is bound to who they are there.

    Args:
        connection: a writing transaction.
        told: what the provider calls them: a checked mail address or a name.
        identity: ``issuer subject``, which the provider never gives to another.
        who: for the log; the name of the account by default.
    """
    row = connection.execute(select(schema.account).where(_a.identity == identity)).first()
    if row is not None:
        return _account(row)
    row = connection.execute(select(schema.account).where(_a.identity == told)).first() if told else None
    if row is None:
        return None
    _change(connection, row.id, identity=identity)
    _log(connection, row.name, {"change": "bound", "identity": identity}, who or row.name, "")
    return _told(connection, row.id)


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()[: 2 * _LONGEST]


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise InputError(refusal("role.none", role=role, roles=ROLES))


def _identity(connection: Connection, told: str | None) -> str | None:
    told = (told or "").strip() or None
    if told and connection.scalar(select(_a.id).where(_a.identity == told)) is not None:
        raise InputError(refusal("account.identity", told=told))
    return told


def _keep_an_admin(connection: Connection, before: Account, stays: bool) -> None:
    others = select(_a.id).where(_a.role == "admin", _a.disabled_at.is_(None), _a.id != before.id).limit(1)
    if before.role == "admin" and not stays and connection.scalar(others) is None:
        raise InputError(refusal("account.last", name=before.name))


def _change(connection: Connection, number: int, **values: Any) -> None:
    connection.execute(schema.account.update().where(_a.id == number).values(**values))


def _told(connection: Connection, number: int) -> Account:
    found = account(connection, number)
    if found is None:
        raise InputError(refusal("account.none", number=number))
    return found


def _account(row: Row[Any]) -> Account:
    return Account(
        row.id, row.name, row.role, row.password, row.identity, row.disabled_at, row.renewed, bool(row.must_change), row.made_at
    )  # fmt: skip


def _log(connection: Connection, name: str, detail: dict[str, Any], who: str, why: str) -> None:
    append(connection, [Event("account", name, {k: v for k, v in detail.items() if v is not None})], who, why)
