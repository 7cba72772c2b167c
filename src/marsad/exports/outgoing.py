"""Outgoing: the whole way from a register to a file, and the preview of it."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection

from marsad.counting.policy import Policy
from marsad.errors import InputError, MarsadError
from marsad.exports.formats import Format
from marsad.exports.mapping import Cell
from marsad.exports.material import PAGE, Filter, codes, pages
from marsad.exports.profiles import Profile
from marsad.exports.shaping import Shaped, Shaping, shaped
from marsad.exports.treatment import Held, Ruling, Treated
from marsad.exports.writers.sheet import Sheet
from marsad.lexicon.reasons import Reason, refusal
from marsad.register import disclosures
from marsad.register.rows import parts
from marsad.syndication.names import telling

__all__ = ["Choice", "Outcome", "outgoing", "put", "ruling_of", "written", "written_again"]


_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is exported and how.

    Attributes:
        format, profile, policy: as their modules say.
        narrow: which incidents.
        today: ISO day from which embargoes are counted.
    """

    format: Format
    profile: Profile
    policy: Policy
    narrow: Filter
    today: str

    def about(self) -> dict[str, Any]:
        """What an export says of itself; the same for the same choice."""
        told = {
            "format": self.format.name, "about": self.format.about, "profile": self.profile.name, "profile_version": self.profile.version,
            "policy": self.policy.name, "policy_version": self.policy.version, "choice": self.narrow.to_dict(),
        }  # fmt: skip
        # The day matters only where something waits for it.
        return told | ({"as_of": self.today} if self.profile.embargo else {})


@dataclass(slots=True)
class Outcome:
    """What came of an export.

    Attributes:
        left: incidents that left; stayed: code and reason of those that did not.
        held: how often what was held back of those that left: field and reason.
        sha256: of the file, once it is written.
    """

    left: int = 0
    stayed: list[tuple[str, Reason]] = field(default_factory=list)
    held: Counter[Held] = field(default_factory=Counter)
    sha256: str = ""

    def listed(self) -> list[tuple[str, Reason, int]]:
        """What was held back: field, reason, how often; sorted by words."""
        return sorted(((h.field, h.why, n) for h, n in self.held.items()), key=lambda row: (row[0], str(row[1])))

    def to_dict(self) -> dict[str, Any]:
        """The outcome as data for JSON."""
        return {
            "left": self.left,
            "stayed": [{"code": code} | why.to_dict() for code, why in self.stayed],
            "held": [{"field": name} | why.to_dict() | {"incidents": n} for name, why, n in self.listed()],
        }


def outgoing(
    connection: Connection,
    choice: Choice,
    outcome: Outcome,
    ruling: Ruling | None = None,
    jobs: int = 0,
    ids: Sequence[str] | None = None,
) -> Iterator[tuple[Treated, list[Cell]]]:
    """What leaves, incident by incident in the order of their codes: what is left of its fields, and its cells.

    Args:
        connection: a transaction that sees one state.
        choice: what is exported and how.
        outcome: filled on the way.
        ruling: what people decided; asked of the register where it is None.
        jobs: processes; 0 means one for few incidents and all cores for many.
        ids: only these incidents.
    """
    for page in _pages(connection, choice, outcome, ruling, jobs, ids, rows=True):
        yield from page.rows


def _pages(
    connection: Connection,
    choice: Choice,
    outcome: Outcome,
    ruling: Ruling | None,
    jobs: int,
    ids: Sequence[str] | None = None,
    *,
    rows: bool,
) -> Iterator[Shaped]:
    if ruling is None:
        ruling = ruling_of(connection)
    ids = codes(connection) if ids is None else ids
    shaping = Shaping(choice.format.name, choice.profile, choice.policy, choice.narrow, choice.today, ruling, rows)
    for page in shaped(pages(connection, ids), len(ids), shaping, jobs):
        outcome.left += page.left
        outcome.stayed += page.stayed
        outcome.held.update(page.held)
        yield page


def ruling_of(connection: Connection) -> Ruling:
    """What people decided for single incidents and sources."""
    names = disclosures.protected(connection)
    return Ruling(disclosures.victims(connection), disclosures.kept(connection), frozenset(telling(name) for name in names))


def written(connection: Connection, choice: Choice, path: Path, ruling: Ruling | None = None, jobs: int = 0) -> Outcome:
    """Write an export; the file appears under its name only when all of it is written.

    Raises:
        InputError: the path is a folder, or its folder is missing.
        MarsadError: the file cannot be written.
    """
    outcome = Outcome()
    pieces = (page.piece for page in _pages(connection, choice, outcome, ruling, jobs, rows=False) if page.piece is not None)
    outcome.sha256 = _put_sheet(choice, path, pieces)
    return outcome


def written_again(choice: Choice, path: Path, records: Sequence[dict[str, Any]]) -> str:
    """Write an export of what already left by the same profile and policy; returns the SHA-256 of the file.

    Args:
        choice: whose format has a row for every incident.
        path: as of :func:`written`.
        records: all fields that the profile lets out, in the order of codes.
    """
    mapper, writer = choice.format.mapper, choice.format.writer
    columns = mapper.columns if mapper else ()
    groups = ([(r, mapper.row(r) if mapper else []) for r in part] for part in parts(records, PAGE))
    return _put_sheet(choice, path, (writer.piece(columns, group) for group in groups))


def _put_sheet(choice: Choice, path: Path, pieces: Iterable[Any]) -> str:
    sheet = Sheet(choice.format.mapper.columns if choice.format.mapper else (), pieces, choice.about())

    def write(part: Path) -> None:
        choice.format.writer.write(part, sheet)
        if choice.format.beside is not None:
            # First, so that the file is never there without it.
            ending, text = choice.format.beside
            _put(path.resolve().with_name(f"{path.stem}{ending}"), text(sheet, path.stem))

    return put(path, write)[1]


def put(path: Path, write: Callable[[Path], _T]) -> tuple[_T, str]:
    """Let a file be written beside its place and put it there when it is whole; returns what ``write`` gives, and the file's SHA-256.

    Raises:
        InputError: the path is a folder, or its folder is missing.
        MarsadError: the file cannot be written.
    """
    if path.is_dir():
        raise InputError(refusal("file.folder", path=path))
    if not path.absolute().parent.is_dir():
        raise InputError(refusal("file.nowhere", path=path, folder=path.parent))
    real = path.resolve()
    part = real.with_name(f".{real.name}.{os.getpid()}.part")
    try:
        made = write(part)
        told = _hash(part)
        if real.exists():
            shutil.copymode(real, part)
        part.replace(real)
    except OSError as error:
        raise MarsadError(refusal("file.unwritten", path=path, said=error.strerror or error)) from error
    finally:
        part.unlink(missing_ok=True)
    return made, told


def _put(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, "utf-8", newline="\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
