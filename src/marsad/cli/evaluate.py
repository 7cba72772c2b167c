"""``marsad evaluate``: how far claims agree with gold claims, slot by slot."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from marsad.errors import InputError, MarsadError

if TYPE_CHECKING:
    from marsad.evaluation.score import Figure, Score

__all__ = ["evaluate"]


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Documents with gold claims: a folder of JSON files, or JSON Lines.")],
    predictions: Annotated[
        Path | None, typer.Argument(help="Claims, or documents with claims, as JSON Lines. Without it the texts are read.")
    ] = None,
    part: Annotated[str, typer.Option("--part", help="all, development or held-out (by hash of the id).")] = "all",
    language: Annotated[str, typer.Option("--language", help="Only documents in this language, for example ar.")] = "",
    by_document: Annotated[bool, typer.Option("--by-document", help="Also a line a document, the worst first.")] = False,
    errors: Annotated[bool, typer.Option("--errors", help="Also each wrong slot, missed claim and invented claim.")] = False,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Of the errors only this slot, missed or invented; may be repeated.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON instead of tables.")] = False,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page with gold and predicted side by side.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=0, help="Processes; 0 chooses.")] = 0,
) -> None:
    """Score claims against gold claims: precision, recall and F1 of claims and of each slot."""
    from marsad.evaluation.errors import lines, mistakes
    from marsad.evaluation.gold import load_documents, load_predictions
    from marsad.evaluation.gold import part as part_of
    from marsad.evaluation.score import score

    try:
        slots = _slots(only or ())
        documents = part_of(load_documents(gold), part)
        if language:
            documents = [d for d in documents if d.get("language") == language]
        if not documents:
            raise InputError(f"{gold}: no document is left to score; see --part and --language")
        failed = False
        if predictions is None:
            found, failed = _read(documents, jobs)
        else:
            found = load_predictions(predictions)
            _unknown(found, load_documents(gold), predictions)
        result = score(documents, found)
        if html is not None:
            _write(html, result, gold.name)
    except MarsadError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from error
    if as_json:
        record: dict[str, Any] = result.to_dict()
        if errors or slots:
            record["errors"] = [_plain(m) for m in mistakes(result, slots)]
        typer.echo(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        for line in _table(result):
            typer.echo(line)
        if by_document:
            typer.echo()
            for line in _documents(result):
                typer.echo(line)
        if errors or slots:
            typer.echo()
            for line in lines(result, slots):
                typer.echo(line)
    if result.broken_evidence or failed:
        raise typer.Exit(1)


def _slots(only: Iterable[str]) -> tuple[str, ...]:
    from marsad.evaluation.slots import SLOTS

    known = (*SLOTS, "missed", "invented")
    for name in only:
        if name.lower() not in known:
            raise InputError(f"there is no slot {name!r}; choose of: {', '.join(known)}")
    return tuple(only)


def _read(documents: list[dict[str, Any]], jobs: int) -> tuple[dict[str, list[dict[str, Any]]], bool]:
    """Claims that Marsad reads in the gold texts, and whether any could not be read."""
    from marsad.batch import read_all
    from marsad.evaluation.gold import document_of

    found, failed = {}, False
    for reading in read_all((document_of(d) for d in documents), jobs):
        found[reading.document.id] = [claim.to_dict() for claim in reading.claims]
        if reading.error is not None:
            typer.echo(f"error: {reading.document.id}: {reading.error}", err=True)
            failed = True
    return found, failed


def _unknown(found: dict[str, list[dict[str, Any]]], documents: list[dict[str, Any]], path: Path) -> None:
    """Say which predictions no gold document is for: a common slip, which else looks like bad recall."""
    strange = sorted(found.keys() - {d["id"] for d in documents})
    if strange:
        shown = ", ".join(strange[:3]) + (" ..." if len(strange) > 3 else "")
        typer.echo(f"warning: {path}: {len(strange)} documents are not among the gold documents: {shown}", err=True)


def _write(path: Path, result: Score, title: str) -> None:
    from marsad.views.comparison import comparison

    try:
        path.write_text(comparison(result, title), "utf-8")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error


def _plain(mistake: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(mistake)


def _table(result: Score) -> Iterator[str]:
    from marsad.evaluation.score import NAMES

    yield f"{'':14}{'precision':>10}{'recall':>8}{'F1':>8}{'gold':>7}{'pred':>7}"
    for name in NAMES:
        yield _line(name, result.figures[name])
    yield f"documents {len(result.documents)}, evidence spans whose offsets are wrong: {result.broken_evidence}"


def _line(name: str, figure: Figure) -> str:
    figures = f"{figure.precision:>10.3f}{figure.recall:>8.3f}{figure.f1:>8.3f}"
    return f"{name:14}{figures}{figure.gold:>7}{figure.predicted:>7}"


def _documents(result: Score) -> Iterator[str]:
    yield f"{'slots F1':>8}{'claims':>8}{'gold':>6}{'pred':>6}  document"
    for document in sorted(result.documents, key=lambda d: (d.figures["slots"].f1, d.document["id"])):
        slots, claims = document.figures["slots"], document.figures["claims"]
        yield f"{slots.f1:>8.3f}{claims.f1:>8.3f}{claims.gold:>6}{claims.predicted:>6}  {document.document['id']}"
