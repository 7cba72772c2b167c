"""``marsad gazetteer``: add, fetch, list, show, search, remove and learn places."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from marsad.errors import InputError, MarsadError

if TYPE_CHECKING:
    from marsad.gazetteer.entry import Entry
    from marsad.gazetteer.gazetteer import Gazetteer
    from marsad.gazetteer.layers import LayerInfo

__all__ = ["app"]

app = typer.Typer(help="Places: what comes with Marsad and the layers that you add.", no_args_is_help=True)
Name = Annotated[str, typer.Option("--name", help="Name of the layer; the file's name by default.")]
Country = Annotated[str, typer.Option("--country", help="Country code of rows that do not tell theirs.")]
Replace = Annotated[bool, typer.Option("--replace", help="Replace a layer of this name.")]
_GEONAMES_LICENCE = "CC BY 4.0"


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="GeoNames dump (txt, zip), or a table (csv, tsv, xlsx, geojson).")],
    name: Name = "",
    country: Country = "",
    alternate_names: Annotated[Path | None, typer.Option("--alternate-names", help="GeoNames alternateNamesV2.")] = None,
    source: Annotated[str, typer.Option("--source", help="Who made the data.")] = "",
    licence: Annotated[str, typer.Option("--licence", help="Under which terms.")] = "",
    replace: Replace = False,
) -> None:
    """Add a file of places as a layer."""
    from marsad.gazetteer.files import read_places
    from marsad.gazetteer.layers import LayerFolder

    with _Errors():
        records = read_places(file, alternate_names, country)
        info = LayerFolder().add(name or _slug(file.stem), records, source or file.name, licence or "not told", replace=replace)
        _added(info)


@app.command()
def download(
    countries: Annotated[list[str], typer.Argument(help="Country codes, for example SY IQ YE.")],
    url: Annotated[str, typer.Option("--url", help="Another address of the GeoNames dump folder.")] = "",
    replace: Replace = False,
) -> None:
    """Fetch countries from GeoNames and add each as a layer."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    from marsad.gazetteer.download import GEONAMES, fetch_country
    from marsad.gazetteer.files import read_places
    from marsad.gazetteer.layers import LayerFolder, home

    with _Errors():
        for code in countries:
            columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
            with Progress(*columns, console=Console(stderr=True)) as bars:
                tasks: dict[str, int] = {}

                def show(file: str, done: int, whole: int, bars: Progress = bars, tasks: dict[str, int] = tasks) -> None:
                    if file not in tasks:
                        tasks[file] = bars.add_task(file, total=whole or None)
                    bars.update(tasks[file], completed=done)  # type: ignore[arg-type]

                places, names = fetch_country(code, home() / "downloads", url or GEONAMES, show)
            layer = f"geonames-{code.lower()}"
            info = LayerFolder().add(layer, read_places(places, names), "GeoNames", _GEONAMES_LICENCE, replace=replace)
            _added(info)


@app.command("list")
def list_() -> None:
    """List the layers, the strongest first."""
    from marsad.gazetteer.embedded import embedded
    from marsad.gazetteer.layers import LayerFolder

    with _Errors():
        table = Table("layer", "places", "source", "licence")
        for info in LayerFolder().infos():
            table.add_row(info.name, str(info.places), info.source, info.licence)
        table.add_row("marsad", str(len(embedded())), "GeoNames, ISO 3166-2, CLDR, Marsad", "CC BY 4.0; see NOTICE")
        Console().print(table)


@app.command()
def show(identifier: Annotated[str, typer.Argument(help="Id of a place, for example geonames:174506.")]) -> None:
    """Show one place with all its names."""
    from marsad.gazetteer.layers import open_gazetteer

    with _Errors():
        gazetteer = open_gazetteer()
        entry = gazetteer.get(identifier)
        if entry is None:
            raise InputError(f"there is no place {identifier}; find its id with: marsad gazetteer search NAME")
        table = Table(show_header=False)
        for key, value in (
            ("id", entry.id), ("name", entry.name), ("latin", entry.latin), ("class", entry.kind), ("country", entry.country),
            ("within", "، ".join(p.label for p in gazetteer.parents(entry))), ("centre", _centre(entry)),
            ("radius", f"{entry.radius} km" if entry.radius else ""), ("population", str(entry.population or "")),
            ("names", ", ".join((*entry.forms, *entry.latins))), ("layer", entry.layer),
        ):  # fmt: skip
            table.add_row(key, value)
        Console().print(table)


@app.command()
def search(
    name: Annotated[str, typer.Argument(help="A name in Arabic or Latin letters.")],
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000)] = 10,
) -> None:
    """Search places by name, in any spelling."""
    from marsad.gazetteer.layers import open_gazetteer

    with _Errors():
        gazetteer = open_gazetteer()
        found = gazetteer.search(name, limit)
        if not found:
            raise InputError(f"no place is called {name} or the like")
        Console().print(_places(gazetteer, found))


@app.command()
def remove(name: Annotated[str, typer.Argument(help="Name of the layer.")]) -> None:
    """Remove a layer."""
    from marsad.gazetteer.layers import LayerFolder

    with _Errors():
        LayerFolder().remove(name)
        typer.echo(f"{name}: removed")


@app.command()
def learn(
    file: Annotated[Path, typer.Argument(help="A sheet of incidents with place names and coordinates.")],
    country: Country = "",
    replace: Replace = False,
) -> None:
    """Learn places from your own incidents; they win over all other layers."""
    from marsad.gazetteer.layers import OWN, LayerFolder, open_gazetteer
    from marsad.gazetteer.learning import learn as learned

    with _Errors():
        _added(LayerFolder().add(OWN, learned(file, open_gazetteer(), country), file.name, "own work", replace=replace))


class _Errors:
    """Turn an error of ours into a message and exit code 2."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, MarsadError):
            typer.echo(f"error: {error}", err=True)
            raise typer.Exit(2) from error


def _added(info: LayerInfo) -> None:
    typer.echo(f"{info.name}: {info.places} places added ({info.source}, {info.licence})")


def _slug(stem: str) -> str:
    slug = "".join(c if c.isalnum() or c in "-_" else "-" for c in stem).strip("-")[:64]
    return slug or "layer"


def _centre(entry: Entry) -> str:
    return "" if entry.latitude is None else f"{entry.latitude:.4f}, {entry.longitude:.4f}"


def _places(gazetteer: Gazetteer, found: list[tuple[Entry, float]]) -> Table:
    table = Table("likeness", "name", "latin", "class", "within", "centre", "id", "layer")
    for entry, likeness in found:
        within = "، ".join(p.label for p in gazetteer.parents(entry))
        table.add_row(f"{likeness:.2f}", entry.name, entry.latin, entry.kind, within, _centre(entry), entry.id, entry.layer)
    return table
