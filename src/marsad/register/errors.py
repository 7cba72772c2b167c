"""Errors of the register, and what the messages of databases and disks mean in plain words."""

from __future__ import annotations

import errno

from sqlalchemy import exc

from marsad.errors import MarsadError
from marsad.lexicon.reasons import refusal

__all__ = ["BusyError", "OutdatedError", "RegisterError", "UnseenError", "explain", "no_room"]

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# Messages of SQLite; SQLSTATE codes of PostgreSQL: lock not available in time, deadlock, serialization failure.
_BUSY = ("database is locked", "database table is locked", "55P03", "40P01", "40001")


class RegisterError(MarsadError):
    """The register cannot do what was asked: the message says why and what is left of it."""


class BusyError(RegisterError):
    """Others hold the register for longer than one waits."""


class OutdatedError(RegisterError):
    """What another version of the program derived from the register cannot be used; it must be derived anew."""


class UnseenError(RegisterError):
    """Somebody else did something in the meantime that one who goes on must have seen."""


def no_room(error: OSError) -> bool:
    """Whether an error of the system says that there is no room to write."""
    return error.errno in _FULL


def explain(error: exc.SQLAlchemyError, where: str) -> RegisterError:
    """The error of a database as one of ours.

    Args:
        error: as raised; its transaction has been rolled back.
        where: the register as the user knows it.
    """
    said = str(getattr(error, "orig", None) or error)
    if any(w in said for w in _BUSY):
        return BusyError(refusal("register.busy", where=where))
    return RegisterError(refusal(f"register.{_fault(error, said)}", where=where, said=_short(said)))


def _fault(error: exc.SQLAlchemyError, said: str) -> str:
    if "disk is full" in said or "disk I/O error" in said or "53100" in said or "No space left" in said:
        return "full"
    if "readonly database" in said or "25006" in said:
        return "readonly"
    if "not a database" in said or "malformed" in said:
        return "damaged"
    if "unable to open database" in said:
        return "closed"
    lost = isinstance(error, exc.InterfaceError) or getattr(error, "connection_invalidated", False)
    if lost or any(
        w in said for w in ("network error", "Connection re", "server closed", "57P01", "57P03", "Can't create a conn")
    ):
        return "lost"
    return "fault"


def _short(said: str) -> str:
    return " ".join(said.split())[:200]
