"""Errors of the desk, and what status a page that tells an error has."""

from __future__ import annotations

from marsad.errors import InputError, MarsadError

__all__ = ["ForbiddenError", "MissingError", "StaleError", "status_of"]


class MissingError(MarsadError):
    """What was asked for is not there, or must not be seen."""


class ForbiddenError(MarsadError):
    """The person may not do this."""


class StaleError(MarsadError):
    """A form was sent that this desk did not give out, or gave out before it was started anew."""


def status_of(error: MarsadError) -> int:
    """The status of HTTP that tells an error of ours."""
    from marsad.register.errors import BusyError

    for kind, status in ((MissingError, 404), (ForbiddenError, 403), (StaleError, 403), (InputError, 400), (BusyError, 503)):
        if isinstance(error, kind):
            return status
    return 500
