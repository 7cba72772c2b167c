"""Sources: files, folders and the standard input, one document after the other; what fails is said and passed over."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from marsad.documents.encoding import Undecodable, decode
from marsad.documents.record import Settings, UnreadLanguage, document_from_record, document_from_text
from marsad.errors import InputError
from marsad.model import Document

__all__ = ["MAX_BYTES", "Failure", "Settings", "read_documents"]

# One report, even a long one, has some kilobytes; a file of many reports is JSON Lines, which is read line by line.
MAX_BYTES = 32_000_000
_SUFFIXES = (".json", ".jsonl", ".ndjson", ".txt")
_LINES = (".jsonl", ".ndjson")
_STDIN = "-"
_JSON_START = re.compile(r"\s*(?:\{|\[\s*\{)")


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read.

    Attributes:
        message: file (and line) and reason.
        language: ISO code of the text's language where that alone is why it is not read; else None.
    """

    message: str
    language: str | None = None


def read_documents(paths: Iterable[str | Path], settings: Settings | None = None) -> Iterator[Document | Failure]:
    """All documents of files and folders, in order; ids are made unique.

    Args:
        paths: ``.txt`` (one document), ``.json`` (one document or a list), ``.jsonl`` (a document a line), folders
            (recursively, sorted by path) and ``-`` for the standard input. Other files are taken as plain text.
        settings: what the user says of the documents.

    Yields:
        Documents, and a failure in the place of each that could not be read.
    """
    settings = settings or Settings()
    seen: dict[str, int] = {}
    for path in paths:
        for item in _path(path, settings):
            if isinstance(item, Document):
                item = _unique(item, seen)
            yield item


def _unique(document: Document, seen: dict[str, int]) -> Document:
    count = seen.get(document.id, 0) + 1
    seen[document.id] = count
    if count == 1:
        return document
    identifier = f"{document.id}~{count}"
    warning = f"another document has the id {document.id}; this one is called {identifier}"
    return _unique(replace(document, id=identifier, warnings=(*document.warnings, warning)), seen)


def _path(path: str | Path, settings: Settings) -> Iterator[Document | Failure]:
    if str(path) == _STDIN:
        yield from _bytes("standard input", "stdin", sys.stdin.buffer.read(MAX_BYTES + 1), settings)
        return
    path = Path(path)
    try:
        folder, there = path.is_dir(), path.exists()
    except OSError as error:
        # Most often a text given in place of a file: no name of a file is that long.
        name = str(path)
        shown = f"{name[:40]}..." if len(name) > 40 else name
        yield Failure(f"{shown}: {error.strerror}; a text is read from a file or from the standard input (-)")
        return
    if folder:
        yield from _folder(path, settings)
    elif there:
        yield from _file(path, path.stem, settings)
    else:
        yield Failure(f"{path}: there is no such file or folder")


def _folder(folder: Path, settings: Settings) -> Iterator[Document | Failure]:
    """The files of a folder that a document can be in; hidden ones and other kinds are passed over."""
    failures: list[Failure] = []
    found: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=lambda e: failures.append(Failure(f"{e.filename}: {e.strerror}"))):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        found += [Path(place, n) for n in names if n.lower().endswith(_SUFFIXES) and not n.startswith(".")]
    yield from failures
    if not found and not failures:
        yield Failure(f"{folder}: no {', '.join(_SUFFIXES)} file in this folder")
    for path in sorted(found):
        try:
            plain = stat.S_ISREG(path.stat().st_mode)
        except OSError as error:
            yield Failure(f"{path}: {error.strerror}")
            continue
        # A pipe or a device that happens to lie here would be waited for.
        if not plain:
            continue
        yield from _file(path, path.relative_to(folder).with_suffix("").as_posix(), settings)


def _file(path: Path, identifier: str, settings: Settings) -> Iterator[Document | Failure]:
    try:
        if path.suffix.lower() in _LINES:
            with path.open("rb") as stream:
                head = stream.read(4)
                stream.seek(0)
                # UTF-16 has no plain line ends in bytes; such a file is read whole.
                if head[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\x00" not in head:
                    yield from _json_lines(str(path), identifier, _lines(stream), settings)
                    return
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        yield Failure(f"{path}: {error.strerror or error}")
        return
    yield from _bytes(str(path), identifier, data, settings, path.suffix.lower())


def _bytes(name: str, identifier: str, data: bytes, settings: Settings, suffix: str = "") -> Iterator[Document | Failure]:
    """Documents of a whole file or of the standard input, whose kind is told by its first character."""
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        yield Failure(f"{name}: larger than {limit} MB; one report a file, or JSON Lines (.jsonl) for many")
        return
    if not data.strip():
        yield Failure(f"{name}: empty: there is no text in it")
        return
    try:
        decoded = decode(data)
    except Undecodable as error:
        yield Failure(f"{name}: {error}")
        return
    text, warnings = decoded.text, decoded.warnings
    if suffix in _LINES:
        yield from _json_lines(name, identifier, (line.encode() for line in text.split("\n")), settings, warnings)
    elif suffix == ".json" or (not suffix and _JSON_START.match(text)):
        yield from _json(name, identifier, text, settings, warnings, lines=not suffix)
    else:
        yield _guarded(name, lambda: document_from_text(identifier, text, settings, warnings))


def _json(
    name: str, identifier: str, text: str, settings: Settings, warnings: tuple[str, ...], *, lines: bool
) -> Iterator[Document | Failure]:
    """One document or a list of documents; where ``lines``, a text that is no JSON may be JSON Lines."""
    try:
        value = json.loads(text)
    except RecursionError:
        yield Failure(f"{name}: nested too deeply to be a document")
        return
    except ValueError as error:
        if lines and "Extra data" in str(error):
            yield from _json_lines(name, identifier, (line.encode() for line in text.split("\n")), settings, warnings)
        else:
            yield Failure(f"{name}: not JSON: {error}")
        return
    if not isinstance(value, list):
        yield _record(name, value, identifier, settings, warnings)
        return
    if not value:
        yield Failure(f"{name}: empty: there is no document in it")
    for number, item in enumerate(value, 1):
        yield _record(f"{name}: document {number}", item, f"{identifier}:{number}", settings, warnings)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines of a file; of one that is too long no more than shows that it is."""
    while line := stream.readline(MAX_BYTES + 1):
        yield line
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES + 1)


def _json_lines(
    name: str, identifier: str, lines: Iterable[bytes], settings: Settings, warnings: tuple[str, ...] = ()
) -> Iterator[Document | Failure]:
    empty = True
    for number, line in enumerate(lines, 1):
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not line.strip():
            continue
        empty = False
        where = f"{name}:{number}"
        if len(line) > MAX_BYTES:
            yield Failure(f"{where}: the line is larger than {MAX_BYTES // 1_000_000} MB")
            continue
        try:
            value = json.loads(line.decode("utf-8"))
        except UnicodeDecodeError as error:
            yield Failure(f"{where}: not UTF-8 (byte {error.start} of the line)")
        except RecursionError:
            yield Failure(f"{where}: nested too deeply to be a document")
        except ValueError as error:
            yield Failure(f"{where}: not JSON: {error}")
        else:
            yield _record(where, value, f"{identifier}:{number}", settings, warnings)
    if empty:
        yield Failure(f"{name}: empty: there is no document in it")


def _record(name: str, value: Any, identifier: str, settings: Settings, warnings: tuple[str, ...] = ()) -> Document | Failure:
    if not isinstance(value, dict):
        return Failure(f'{name}: a JSON object with "text" is expected, not {_kind(value)}')
    made = _guarded(name, lambda: document_from_record(value, identifier, settings))
    return replace(made, warnings=(*warnings, *made.warnings)) if isinstance(made, Document) else made


def _guarded(name: str, make: Callable[[], Document]) -> Document | Failure:
    try:
        return make()
    except UnreadLanguage as error:
        return Failure(f"{name}: {error}", error.language)
    except InputError as error:
        return Failure(f"{name}: {error}")


def _kind(value: object) -> str:
    names = {str: "a string", int: "a number", float: "a number", bool: "true or false", list: "a list"}
    return names.get(type(value), "null" if value is None else type(value).__name__)
