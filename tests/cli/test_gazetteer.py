"""``marsad gazetteer`` and ``marsad places`` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from marsad.cli.gazetteer import app as gazetteer
from marsad.cli.places import places

app = typer.Typer()
app.add_typer(gazetteer, name="gazetteer")
app.command("places")(places)
runner = CliRunner()


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MARSAD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


def run(*arguments: str) -> str:
    result = runner.invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def test_a_layer_is_added_listed_searched_shown_and_removed(own_home: Path) -> None:
    table = own_home / "mine.tsv"
    table.write_text(
        "id\tname\tlatin\tkind\tcountry\tlatitude\tlongitude\n7\tأم الورود\tUmm al-Wurud\tvillage\tSY\t35.5\t36.5\n", "utf-8"
    )
    assert "mine: 1 places added" in run("gazetteer", "add", str(table), "--source", "us", "--licence", "CC0")
    assert "mine" in run("gazetteer", "list") and "CC0" in run("gazetteer", "list")
    assert "own:7" in run("gazetteer", "search", "Um al Wurood")
    assert "35.5000, 36.5000" in run("gazetteer", "show", "own:7")
    assert "removed" in run("gazetteer", "remove", "mine")
    assert "own:7" not in run("gazetteer", "list")


def test_places_of_an_added_layer_are_resolved(own_home: Path) -> None:
    text = "قصف على قرية أم الورود في سوريا."
    before = json.loads(run("places", "--json", text).splitlines()[0])
    assert before["place"]["gazetteer"] is None and before["reason"] == "in no gazetteer"
    table = own_home / "own.csv"
    table.write_text("id,name,kind,country,latitude,longitude\n7,أم الورود,village,SY,35.5,36.5\n", "utf-8")
    run("gazetteer", "add", str(table))
    after = json.loads(run("places", "--json", text).splitlines()[0])
    assert after["place"]["gazetteer"] == "own:7"


def test_learning_makes_the_own_layer(own_home: Path) -> None:
    sheet = own_home / "incidents.csv"
    sheet.write_text("place,country,lat,lon\nأم الورود,SY,35.5,36.5\n", "utf-8")
    assert "own: 1 places added" in run("gazetteer", "learn", str(sheet))


def test_a_map_is_written(own_home: Path) -> None:
    run("places", "انفجار في مدينة تعز وآخر في مدينة عدن باليمن.", "--map", str(own_home / "map.svg"))
    picture = (own_home / "map.svg").read_text("utf-8")
    assert picture.startswith("<svg") and "تعز" in picture and "عدن" in picture


def test_a_file_is_read(own_home: Path) -> None:
    (own_home / "a.txt").write_text("هجوم في بغداد بالعراق.", "utf-8")
    assert "بغداد" in run("places", str(own_home / "a.txt"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["gazetteer", "add", "none.csv"], "there is no such file"),
        (["gazetteer", "show", "geonames:0"], "there is no place"),
        (["gazetteer", "remove", "none"], "there is no layer"),
        (["gazetteer", "download", "Syria"], "no country code"),
        (["places", "none.txt"], "there is no such file"),
    ],
)
def test_mistakes_are_told_with_exit_code_2(arguments: list[str], told: str) -> None:
    result = runner.invoke(app, arguments)
    assert result.exit_code == 2 and told in result.output
