"""Errors of the desk, and what status a page that tells an error has."""

from __future__ import annotations

from marsad.errors import InputError, MarsadError
from marsad.lexicon.reasons import Told, recognised, retold, why_of

__all__ = [
    "ForbiddenError",
    "InvalidError",
    "MissingError",
    "ProviderError",
    "SignInError",
    "StaleError",
    "WaitError",
    "key_of",
    "message_of",
    "reader_fault",
    "status_of",
]


class MissingError(MarsadError):
    """What was asked for is not there, or must not be seen."""


class InvalidError(MarsadError):
    """An address or a form lacks a value or has one that cannot be."""


class ForbiddenError(MarsadError):
    """The person may not do this."""


class ProviderError(MarsadError):
    """The identity provider cannot be asked, or what it says does not hold."""


class SignInError(MarsadError):
    """One must sign in first, or unlock, or change the password: at ``address``."""

    def __init__(self, message: str, address: str) -> None:
        super().__init__(message)
        self.address = address


class WaitError(MarsadError):
    """Too many attempts failed; ``seconds`` must pass before another."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class StaleError(MarsadError):
    """A form was sent that this desk did not give out, or gave out before it was started anew."""


def status_of(error: MarsadError) -> int:
    """The status of HTTP that tells an error of ours."""
    from marsad.linking.constraints import Contradiction
    from marsad.register.errors import BusyError, OutdatedError, UnseenError

    known: tuple[tuple[type[MarsadError], int], ...] = (
        (MissingError, 404), (ForbiddenError, 403), (StaleError, 403), (SignInError, 401), (WaitError, 429), (ProviderError, 502), (InvalidError, 422), (InputError, 400),
        (BusyError, 503), (OutdatedError, 503), (UnseenError, 409), (Contradiction, 409),
    )  # fmt: skip
    for kind, status in known:
        if isinstance(error, kind):
            return status
    return 500


def message_of(error: MarsadError, language: str, *, isolated: bool = True) -> str:
    """What an error says, in a language where it is a reason (``lexicon.reasons``), else in English; ``isolated`` for screens."""
    return retold(why_of(error), language, isolated=isolated)


def key_of(error: Exception) -> dict[str, str]:
    """Under ``key`` the key of the reason that an error tells, for programs; nothing where it tells none."""
    told = why_of(error)
    return {"key": told.reason.key} if isinstance(told, Told) else {}


def reader_fault(error: str | None) -> str | None:
    """What a reading that failed by a fault of ours keeps of it, as a reason; None where it did not fail."""
    return recognised(error, "intake:reader") if error else None
