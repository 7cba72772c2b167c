"""``marsad read``: reports in, claims out."""

from __future__ import annotations

import enum
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from marsad.errors import InputError, MarsadError

if TYPE_CHECKING:
    from marsad.batch import Reading
    from marsad.documents import Failure, Settings
    from marsad.model import Document

__all__ = ["read"]

_DEMO_NOTE = """
How to read your own reports:

  marsad read report.txt --published 2024-05-01     a text, with its day of publication
  marsad read reports/ --format jsonl --out claims.jsonl
  marsad read reports/ --format html --out claims.html
  marsad read report.txt --explain                  the words behind each value, and the rule
  marsad read --help                                all that can be set

If Arabic is not joined or runs the wrong way in this terminal, use --format html.
"""


class Format(enum.StrEnum):
    """How claims are written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    html = "html"


def read(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files (.txt, .json, .jsonl), folders of them, or - for standard input.")
    ],
    published: Annotated[
        str, typer.Option("--published", metavar="DATE", help="Day of publication (YYYY-MM-DD) of documents that tell none.")
    ] = "",
    title: Annotated[str, typer.Option("--title", help="Title of a plain text.")] = "",
    url: Annotated[str, typer.Option("--url", help="Address of a plain text.")] = "",
    language: Annotated[
        list[str] | None, typer.Option("--language", metavar="CODE", help="Read only this language (ar); may be repeated.")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="table, json, jsonl (a document a line) or html.")] = Format.table,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write to this file, whole or not at all.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show the words behind each value, and the rule.")] = False,
    jobs: Annotated[int, typer.Option("--jobs", min=0, help="Processes; 0 chooses.")] = 0,
    demo: Annotated[bool, typer.Option("--demo", hidden=True)] = False,
) -> None:
    """Read reports and write the claims in them.

    What cannot be read is told on the standard error by file, line and reason, and the rest is read all the same; the exit
    code is then 1. Where a terminal shows Arabic badly, --format html makes a page for the browser.
    """
    from marsad.cli.output import check_target

    try:
        settings = _settings(paths, published, title, url, language or [])
        check_target(out)
        if out is not None and any(p != "-" and Path(p).is_file() and Path(p).resolve() == out.resolve() for p in paths):
            raise InputError(f"{out}: is also read; write to another file")
    except InputError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from error
    run = _Run(out, forgiving=bool(language) or demo)
    try:
        run.write(paths, settings, format_, explain=explain, jobs=jobs, demo=demo)
    except MarsadError as error:
        run.error(str(error))
    if run.failed:
        raise typer.Exit(1)


def _settings(paths: list[str], published: str, title: str, url: str, languages: list[str]) -> Settings:
    from marsad.documents import Settings
    from marsad.documents.language import has_pack, language_name, packs
    from marsad.documents.published import iso_day

    day = None
    if published:
        day = iso_day(published)
        if day is None:
            raise InputError(f"--published {published}: there is no such day; write YYYY-MM-DD")
    if (title or url) and (len(paths) > 1 or any(p != "-" and Path(p).is_dir() for p in paths)):
        raise InputError("--title and --url are of one document; give one file")
    if paths.count("-") > 1:
        raise InputError("the standard input (-) can be read only once")
    for code in languages:
        if not has_pack(code):
            known = ", ".join(f"{c} ({language_name(c)})" for c in packs())
            raise InputError(f"--language {code}: no language pack reads it; there are: {known}")
    return Settings(day, title, url or None, frozenset(languages))


class _Run:
    """One call: counts what was read and what was not, and writes messages.

    Args:
        out: the file for results, or None for the standard output.
        forgiving: whether documents in languages that are not read are no failure.
    """

    def __init__(self, out: Path | None, *, forgiving: bool) -> None:
        from marsad.cli.output import Progress

        self.failed = False
        self.failures: list[str] = []
        self._out = out
        self._forgiving = forgiving
        self._left_out: dict[str, list[str]] = {}
        self._counts: Counter[str] = Counter()
        self._progress = Progress(out is not None or not sys.stdout.isatty())

    def write(self, paths: list[str], settings: Settings, format_: Format, *, explain: bool, jobs: int, demo: bool) -> None:
        """Read all and write it in a format; then say in a line what was left out."""
        from marsad.batch import read_all
        from marsad.cli.output import opened
        from marsad.documents import read_documents

        readings = self._counted(read_all(self._good(read_documents(paths, settings)), jobs, layers=True))
        with opened(self._out) as stream:
            if format_ is Format.table:
                self._table(readings, stream, explain)
            elif format_ is Format.html:
                self._page(readings, stream, explain)
            else:
                _records(readings, stream, explain, lines=format_ is Format.jsonl)
        self._progress.wipe()
        self._tell_left_out()
        if self._out is not None:
            typer.echo(f"{self._out}: {self._summary()}", err=True)
        if demo and format_ is Format.table and self._out is None:
            typer.echo(_DEMO_NOTE, nl=False)

    def error(self, message: str) -> None:
        """Say what went wrong, and remember that something did."""
        self._progress.wipe()
        self.failed = True
        self.failures.append(message)
        typer.echo(f"error: {message}", err=True)

    def _good(self, items: Iterable[Document | Failure]) -> Iterator[Document]:
        from marsad.model import Document

        for item in items:
            if isinstance(item, Document):
                yield item
            elif item.language is None:
                self.error(item.message)
            else:
                self._left_out.setdefault(item.language, []).append(item.message)

    def _counted(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        for reading in readings:
            self._counts["documents"] += 1
            self._counts["claims"] += len(reading.claims)
            if reading.error is not None:
                self.error(f"{reading.document.id}: {reading.error}")
            self._progress.tell(self._counts["documents"], self._counts["claims"])
            yield reading

    def _table(self, readings: Iterable[Reading], stream: TextIO, explain: bool) -> None:
        from marsad.cli.output import colour_wanted, screen_width
        from marsad.views.table import document_lines
        from marsad.views.terminal import Screen

        screen = Screen(screen_width(), colour_wanted(stream), stream.isatty())
        for reading in readings:
            stream.writelines(
                f"{line}\n"
                for line in document_lines(reading.document, reading.claims, screen, explain=explain, error=reading.error)
            )
            stream.write("\n")
        if self._counts["documents"] > 1:
            stream.write(f"{self._summary()}\n")

    def _page(self, readings: Iterable[Reading], stream: TextIO, explain: bool) -> None:
        from marsad.views.page import Report, page

        reports = [Report(r.document, r.claims, r.error) for r in readings]
        stream.writelines(page(reports, self.failures + self._left_out_lines(), explain=explain))

    def _summary(self) -> str:
        documents, claims = self._counts["documents"], self._counts["claims"]
        return f"{documents:,} {'document' if documents == 1 else 'documents'}, {claims:,} {'claim' if claims == 1 else 'claims'}"

    def _tell_left_out(self) -> None:
        """One line a language, not one a document: a folder of many languages is no heap of mistakes."""
        for line in self._left_out_lines():
            if self._forgiving:
                typer.echo(line, err=True)
            else:
                self.error(line)

    def _left_out_lines(self) -> list[str]:
        from marsad.documents.language import language_name, packs

        known = " ".join(f"--language {code}" for code in packs())
        lines = []
        for code, messages in sorted(self._left_out.items()):
            if len(messages) == 1:
                lines.append(messages[0])
                continue
            first = messages[0].split(": ")[0]
            also = "" if self._forgiving else f"; {known} leaves them out without error"
            number = len(messages)
            lines.append(f"{number} documents in {language_name(code)} were left out: {first} and {number - 1} more{also}")
        return lines


def _records(readings: Iterable[Reading], stream: TextIO, explain: bool, *, lines: bool) -> None:
    """A document a line, or one list of documents; either is written as it is read."""
    from marsad.views.records import document_record

    if lines:
        for record in (document_record(r.document, r.claims, explain=explain, error=r.error) for r in readings):
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
            stream.flush()
        return
    before = "[\n"
    for reading in readings:
        record = document_record(reading.document, reading.claims, explain=explain, error=reading.error)
        stream.write(before + json.dumps(record, ensure_ascii=False, indent=1))
        before = ",\n"
    stream.write("\n]\n" if before == ",\n" else "[]\n")
