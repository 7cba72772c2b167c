"""Output: where a command writes to, whole or not at all, and what the terminal there can show."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import typer

from marsad.errors import InputError, MarsadError

__all__ = ["Progress", "check_target", "colour_wanted", "needing", "opened", "screen_width"]

_NARROW, _WIDE = 40, 120


@contextmanager
def needing(what: str, extra: str, packages: Collection[str], told: type[MarsadError] = MarsadError) -> Iterator[None]:
    """Turn packages of an extra that are not there, and errors, into a message and exit code 2.

    Args:
        what: what needs the packages.
        extra: that brings them.
        packages: names that they are imported by; another module that is missing is raised as it is.
        told: the errors that are told; others are raised as they are.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in packages:
            raise
        typer.echo(f"error: {what} needs the package {error.name}; install marsad[{extra}]", err=True)
        raise typer.Exit(2) from error
    except told as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from error


def check_target(target: Path | None) -> None:
    """Refuse a file that cannot be written before any work is done.

    Raises:
        InputError: it is a folder, or its folder is missing.
    """
    if target is None:
        return
    if target.is_dir():
        raise InputError(f"{target}: is a folder; name a file in it")
    if not target.absolute().parent.is_dir():
        raise InputError(f"{target}: there is no folder {target.parent}")


@contextmanager
def opened(target: Path | None) -> Iterator[TextIO]:
    """A stream for text; a file appears under its name only when all of it is written.

    Args:
        target: the file, or None for the standard output. What is no plain file (a pipe, a device) is written directly.

    Raises:
        MarsadError: the file cannot be written; the message names it and the reason.
    """
    if target is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    real = target.resolve()
    try:
        if real.exists() and not stat.S_ISREG(real.stat().st_mode):
            with real.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
                yield stream
            return
        part = real.with_name(f".{real.name}.{os.getpid()}.part")
        try:
            with part.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            if real.exists():
                shutil.copymode(real, part)
            part.replace(real)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise MarsadError(f"{target}: {error.strerror or error}") from error


def colour_wanted(stream: TextIO) -> bool:
    """Whether to use colours: on a terminal that has them, unless ``NO_COLOR`` is set (https://no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")


def screen_width() -> int:
    """Cells in a line: those of the terminal or ``COLUMNS``, within bounds in which the table reads well."""
    return max(_NARROW, min(_WIDE, shutil.get_terminal_size((100, 24)).columns))


class Progress:
    """A line on the standard error that tells how far long work has come; only on a terminal, only after a second.

    Args:
        shown: whether to show it at all; wrong where results go to the same terminal.
    """

    def __init__(self, shown: bool) -> None:
        self._shown = shown and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._begun = time.monotonic()
        self._next = self._begun + 1
        self._wiped = True

    def tell(self, documents: int, claims: int) -> None:
        """Show what is done so far; at most some times a second."""
        now = time.monotonic()
        if not self._shown or now < self._next:
            return
        self._next = now + 0.2
        self._wiped = False
        speed = documents / (now - self._begun)
        sys.stderr.write(f"\r\x1b[K{documents:,} documents, {claims:,} claims, {speed:.0f} documents a second")
        sys.stderr.flush()

    def wipe(self) -> None:
        """Take the line away, before a message or at the end."""
        if not self._wiped:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._wiped = True
