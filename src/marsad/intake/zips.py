"""Packed files: members of ZIP files within bounds, read in memory and never written out.

Sizes that a ZIP tells of itself may be lies, so what comes out is counted as it comes.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, BinaryIO

from marsad.intake.results import Limits, Refused
from marsad.lexicon.reasons import refusal

__all__ = ["Room", "checked_name", "member", "names", "opened_zip", "stream_of"]

_CHUNK = 1 << 16
# Small members compress well without being bombs.
_SMALL = 1_000_000


@dataclass(slots=True)
class Room:
    """What may still come out of a file and of all that is packed in it, however deep: bounds that each began anew would multiply.

    Attributes:
        left: bytes.
        depth: in how many other files lies what is read now.
    """

    left: int
    depth: int = 0

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """While what lies in the file is read."""
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1


@contextmanager
def opened_zip(stream: BinaryIO, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """A ZIP file, with the number of its members and what they claim to unpack to checked.

    Raises:
        Refused: damaged, encrypted or beyond the bounds.
    """
    try:
        packed = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused(refusal("intake:zip.damaged", said=error)) from error
    with packed:
        if len(packed.infolist()) > limits.members:
            raise Refused(refusal("intake:zip.many", most=f"{limits.members:,}"))
        for info in packed.infolist():
            if info.flag_bits & 1:
                raise Refused(refusal("intake:zip.locked"))
            if info.file_size > _SMALL and info.file_size > limits.ratio * max(info.compress_size, 1):
                raise Refused(refusal("intake:zip.bomb", name=_shown(info.filename), ratio=limits.ratio))
        yield packed


def names(packed: zipfile.ZipFile) -> list[str]:
    """Names of the members that are files, in order."""
    return [info.filename for info in packed.infolist() if not info.is_dir()]


def checked_name(name: str) -> str:
    """The name of a member, where it stays inside the archive.

    Raises:
        Refused: it leads out of the archive.
    """
    plain = name.replace("\\", "/")
    if plain.startswith("/") or re.match(r"[A-Za-z]:", plain) or ".." in plain.split("/") or "\x00" in plain:
        raise Refused(refusal("intake:zip.out", name=_shown(name)))
    return plain


def member(packed: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The bytes of a member.

    Args:
        packed: the ZIP file.
        name: of the member.
        most: bytes that it may have.

    Raises:
        Refused: larger, damaged, or not there.
    """
    parts: list[bytes] = []
    size = 0
    told = refusal("intake:zip.large", name=_shown(name), most=f"{most // 1_000_000:,}")
    with stream_of(packed, name) as stream:
        # What says that it is too large need not be unpacked to see it; what says less than it is never gives more than it says.
        if packed.getinfo(name).file_size > most:
            raise Refused(told)
        try:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise Refused(told)
                parts.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise Refused(refusal("intake:zip.member", name=_shown(name), said=error)) from error
    return b"".join(parts)


@contextmanager
def stream_of(packed: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """A member as a stream.

    Raises:
        Refused: not there, damaged, or packed in a way that is not read.
    """
    try:
        stream = packed.open(name)
    except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise Refused(refusal("intake:zip.unpacked", name=_shown(name), said=error)) from error
    with stream:
        yield stream


def _shown(name: str) -> str:
    return ascii(name)[1:-1][:80]
