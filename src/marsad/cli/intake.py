"""``marsad add`` and ``marsad watch``: documents from files, pages, feeds, sheets and archives into the register."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from marsad.cli.options import At, Who, Why, opened_register
from marsad.cli.output import Progress, needing
from marsad.errors import InputError, MarsadError

if TYPE_CHECKING:
    from marsad.intake.fetching import Fetcher
    from marsad.intake.results import Refusal, Settings
    from marsad.intake.watching import Watched
    from marsad.register.failures import Failed
    from marsad.register.importing import Added
    from marsad.register.provenance import Capture
    from marsad.register.store import Register

__all__ = ["add_to"]

_PACKAGES = ("trafilatura", "lxml", "lxml_html_clean", "urllib3", "defusedxml", "warcio", "pypdfium2", "openpyxl", "yaml")
# Refusals that are kept together, lest a long round that is killed leave none.
_NOTED = 100
_Map = Annotated[
    str,
    typer.Option("--map", metavar="FIELD=COLUMN,...", help="Columns of sheets: text=Column,link=URL,published=Date ..."),
]
_Published = Annotated[
    str, typer.Option("--published", metavar="DATE", help="Day of publication (YYYY-MM-DD) of documents that tell none.")
]
_Publisher = Annotated[str, typer.Option("--publisher", help="Publisher of documents that tell none.")]
_Links = Annotated[bool, typer.Option("--links", help="Also fetch the pages that feeds and sheets link to.")]
_Offline = Annotated[bool, typer.Option("--offline", help="Never use the net.")]
_Pause = Annotated[float, typer.Option("--pause", min=0.0, metavar="SECONDS", help="Between two requests to a host.")]
_Largest = Annotated[int, typer.Option("--largest", min=1, metavar="MB", help="The largest file that is read whole.")]
_Local = Annotated[bool, typer.Option("--allow-local", help="Fetch from this machine and its private network too.")]
_Jobs = Annotated[int, typer.Option("--jobs", min=0, help="Reading processes; 0 chooses.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(add)
    app.command()(watch)


def add(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            help="Files, folders and http(s) addresses: texts, pages, PDF, DOCX, mails, JSON, sheets, feeds, WARC and WACZ, Telegram's "
            "export, OPML, lists of addresses; - for standard input.",
        ),
    ],
    register: At = "",
    map_: _Map = "",
    published: _Published = "",
    publisher: _Publisher = "",
    title: Annotated[str, typer.Option("--title", help="Title of a document that tells none.")] = "",
    links: _Links = False,
    offline: _Offline = False,
    pause: _Pause = 2.0,
    largest: _Largest = 64,
    allow_local: _Local = False,
    jobs: _Jobs = 0,
    who: Who = "",
    why: Why = "",
    as_json: Annotated[bool, typer.Option("--json", help="Write what was done as JSON, a document a line.")] = False,
    link: Annotated[
        bool, typer.Option("--link", help="Then put the new claims together with the others, as marsad link does.")
    ] = False,
) -> None:
    """Take documents into the register and read them.

    What is there already stays as it is. What cannot be taken in is told on the standard error with the reason, and the rest is
    taken in all the same; the exit code is then 1.
    """
    with _needed():
        settings = _settings(map_, published, publisher, title, largest, links=links)
        from marsad.intake.sources import Intake

        with opened_register(register) as opened:
            round_ = _Round(opened, who, why, jobs, as_json)
            fetcher = None if offline else _fetcher(pause, largest, allow_local)
            intake = Intake(settings, fetcher, stdin=sys.stdin.buffer, read=round_.read.add)
            round_.take(intake.items(sources))
            round_.summary()
            if link and not round_.interrupted:
                _link(opened, who, why)
            if round_.interrupted or round_.refused:
                raise typer.Exit(130 if round_.interrupted else 1)


def _link(opened: Register, who: str, why: str) -> None:
    from marsad.cli.incidents import linked_line
    from marsad.register.linkage import link_register
    from marsad.register.store import somebody

    typer.echo(linked_line(link_register(opened, who or somebody(), why)), err=True)


def watch(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="TOML or YAML list of feeds, pages and folders.")],
    register: At = "",
    once: Annotated[bool, typer.Option("--once", help="One round of all sources, then end.")] = False,
    offline: _Offline = False,
    pause: _Pause = 2.0,
    largest: _Largest = 64,
    allow_local: _Local = False,
    jobs: _Jobs = 0,
    who: Who = "",
    why: Why = "",
) -> None:
    """Take in a list of sources again and again, each at its interval, until interrupted.

    Pages that a feed links to are fetched once. With --once the exit code is 1 if anything was refused.
    """
    with _needed():
        watched = _watched(file, largest)
        from marsad.intake.watching import due

        with opened_register(register) as opened:
            fetcher = None if offline else _fetcher(pause, largest, allow_local)
            rounds = _Watching(opened, fetcher, who, why, jobs)
            last: dict[str, float] = {}
            while True:
                come, _ = due(watched, last, time.monotonic())
                for source in come:
                    last[source.source] = time.monotonic()
                if come:
                    refused = _taken(rounds, come, once=once)
                    if once:
                        raise typer.Exit(1 if refused else 0)
                _, left = due(watched, last, time.monotonic())
                try:
                    time.sleep(max(left, 1.0))
                except KeyboardInterrupt:
                    raise typer.Exit(130) from None


def _taken(rounds: _Watching, come: list[Watched], *, once: bool) -> int:
    """A round; where another comes, what ends this one (a full disk, a database that is away) is told and may pass."""
    try:
        return rounds.take(come)
    except MarsadError as error:
        if once:
            raise
        typer.echo(f"error: {error}; the next round tries again", err=True)
        return 0


def _needed() -> AbstractContextManager[None]:
    return needing("taking in", "intake", _PACKAGES, InputError)


def _settings(map_: str, published: str, publisher: str, title: str, largest: int, *, links: bool) -> Settings:
    from marsad.intake.results import Settings
    from marsad.intake.watching import columns_of, day_given

    pairs = [pair.partition("=") for pair in map_.split(",") if pair.strip()]
    if any(not equals for _, equals, _ in pairs):
        raise InputError(f"--map {map_}: write FIELD=COLUMN, several with commas between")
    columns = columns_of({field.strip(): column.strip() for field, _, column in pairs})
    return Settings(columns, day_given(published), publisher or None, title, links, limits=_limits(largest))


def _limits(largest: int) -> Any:
    from marsad.intake.results import Limits

    usual = Limits()
    return Limits(file=largest * 1_000_000, unpacked=max(usual.unpacked, largest * 1_000_000))


def _fetcher(pause: float, largest: int, local: bool) -> Fetcher:
    from marsad.intake.fetching import Fetcher, Manners

    return Fetcher(Manners(pause=pause, largest=min(largest * 1_000_000, Manners().largest), local=local))


def _watched(file: Path, largest: int) -> list[Watched]:
    from marsad.intake.results import Settings
    from marsad.intake.watching import watched_of

    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}") from error
    return watched_of(data, file.name, file.absolute().parent, Settings(links=True, limits=_limits(largest)))


@dataclass(slots=True)
class _Round:
    """One round: captures into the register, refusals onto the standard error, and what came of it."""

    register: Register
    who: str
    why: str
    jobs: int
    as_json: bool = False
    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("new", "versions", "back", "known", "claims", "failed"), 0)
    )
    refused: int = 0
    failed: list[Failed] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    left_out: int = 0
    interrupted: bool = False
    progress: Progress = field(default_factory=lambda: Progress(shown=True))

    def take(self, items: Iterable[Capture | Refusal]) -> None:
        """Take in items, telling as it goes."""
        for added in self.register.take_in(self._captures(items), self.jobs, who=self.who, why=self.why):
            self._count(added)
        # Only now all that was read is stored, so that what failed before is solved.
        self.register.note_failures(self.failed, self.read, who=self.who, why=self.why)

    def summary(self) -> None:
        """Say in a line what was done."""
        self.progress.wipe()
        c = self.counts
        parts = [f"{c['new']:,} new", f"{c['known']:,} known"]
        parts += [f"{c['versions']:,} in a new version"] if c["versions"] else []
        parts += [f"{c['back']:,} back to an earlier version"] if c["back"] else []
        parts += [f"{self.refused:,} refused"] if self.refused else []
        parts += [f"{self.left_out:,} left out"] if self.left_out else []
        typer.echo(f"{', '.join(parts)}; {c['claims']:,} claims", err=self.as_json)

    def _captures(self, items: Iterable[Capture | Refusal]) -> Iterator[Capture]:
        from marsad.register.failures import Failed
        from marsad.register.provenance import Capture

        collected = 0
        try:
            for item in items:
                if isinstance(item, Capture):
                    collected += 1
                    self.progress.tell(collected, self.counts["claims"])
                    yield item
                elif item.minor:
                    self.left_out += 1
                else:
                    self.refused += 1
                    if item.source:
                        self.failed.append(Failed(item.source, item.where, item.reason))
                        if len(self.failed) % _NOTED == 0:
                            self.register.note_failures(self.failed[-_NOTED:], (), who=self.who, why=self.why)
                    self.progress.wipe()
                    typer.echo(f"refused: {item}", err=True)
        except KeyboardInterrupt:
            # What was fetched so far has cost others time; it is stored before we end.
            self.interrupted = True

    def _count(self, added: Added) -> None:
        kind = "back" if added.back else "known" if not added.new else "new" if added.version == 1 else "versions"
        self.counts[kind] += 1
        self.counts["claims"] += added.claims
        if added.error is not None:
            self.counts["failed"] += 1
            self.progress.wipe()
            typer.echo(f"not read: {added.document_id}: {added.error}", err=True)
        if self.as_json:
            told = {"document": added.document_id, "address": added.address, "version": added.version, "new": added.new}
            typer.echo(json.dumps(told | {"claims": added.claims}, ensure_ascii=False))


class _Watching:
    """Rounds of a watch; one object, since it remembers what did not change."""

    def __init__(self, register: Register, fetcher: Fetcher | None, who: str, why: str, jobs: int) -> None:
        self._register = register
        self._fetcher = fetcher
        self._told = (who, why, jobs)
        self._intakes: dict[str, Any] = {}
        self._read: set[str] = set()

    def take(self, watched: list[Watched]) -> int:
        """Take in sources and say what came of it; returns how many documents were refused."""
        round_ = _Round(self._register, *self._told)
        self._read = round_.read
        round_.take(item for source in watched for item in self._items(source))
        typer.echo(f"{time.strftime('%Y-%m-%d %H:%M')} ", nl=False)
        round_.summary()
        if round_.interrupted:
            raise typer.Exit(130)
        return round_.refused

    def _items(self, watched: Watched) -> Iterator[Capture | Refusal]:
        from marsad.intake.sources import Intake

        if watched.source not in self._intakes:
            intake = Intake(watched.settings, self._fetcher, self._known, again=True, read=self._was_read)
            self._intakes[watched.source] = intake
        yield from self._intakes[watched.source].items([watched.source])

    def _was_read(self, source: str) -> None:
        self._read.add(source)

    def _known(self, address: str) -> bool:
        from marsad.register import documentrecords

        with self._register.snapshot() as connection:
            return documentrecords.collected(connection, address)
