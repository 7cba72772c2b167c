"""``marsad evaluate``: figures, errors, JSON, the page, and what is refused."""

from __future__ import annotations

import copy
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from marsad import batch
from marsad.batch import Reading
from marsad.cli.evaluate import evaluate
from tests.shared import SAMPLES

app = typer.Typer()
app.command()(evaluate)
runner = CliRunner()


def run(*arguments: str | Path, status: int = 0) -> Result:
    result = runner.invoke(app, [str(a) for a in arguments])
    assert result.exit_code == status, result.output
    return result


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Gold with two documents, and predictions with a wrong place, an invention and a document that is not in it."""
    text = "غارة <script>alert(1)</script> على تل الورد"
    gold = {
        "id": "a.1",
        "document": "a",
        "type": "air_drone_strike",
        "trigger": [{"start": 0, "end": 4, "text": "غارة"}],
        "place": {"name": "تل الورد", "country": "SY"},
    }
    wrong = copy.deepcopy(gold) | {"place": {"name": "<b>الجسر</b>", "country": "SY"}}
    invented = {"id": "a.2", "document": "a", "type": "arrests", "trigger": [{"start": 0, "end": 4, "text": "غارة"}]}
    strange = {"id": "z.1", "document": "z", "type": "arrests"}
    documents = [{"id": "a", "text": text, "language": "ar", "claims": [gold]}, {"id": "b", "text": "x", "language": "en"}]
    paths = tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"
    for path, rows in zip(paths, (documents, [wrong, invented, strange]), strict=True):
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return paths


def test_table(two: tuple[Path, Path]) -> None:
    lines = run(*two).stdout.splitlines()
    assert lines[0].split() == ["precision", "recall", "F1", "gold", "pred"]
    figures = {line.split()[0]: line.split()[1:] for line in lines[1:-1]}
    assert figures["claims"] == ["0.500", "1.000", "0.667", "1", "2"]
    assert figures["place"] == ["0.000", "0.000", "0.000", "1", "1"]
    assert figures["country"] == ["1.000", "1.000", "1.000", "1", "1"]
    assert lines[-1] == "documents 2, evidence spans whose offsets are wrong: 0"


def test_predictions_for_no_gold_document_are_said(two: tuple[Path, Path]) -> None:
    assert "1 documents are not among the gold documents: z" in run(*two).stderr


def test_by_document_and_errors(two: tuple[Path, Path]) -> None:
    shown = run(*two, "--by-document", "--errors").stdout
    assert [line.split()[-1] for line in shown.split("document\n")[1].splitlines()[:2]] == ["a", "b"]
    assert "INVENTED  arrests | no date | no place  a.2" in shown
    assert "place        gold تل ورد  got b جسر b" in shown
    only = run(*two, "--only", "place").stdout
    assert "place        gold" in only and "INVENTED" not in only


def test_json(two: tuple[Path, Path]) -> None:
    record = json.loads(run(*two, "--json", "--errors").stdout)
    assert record["figures"]["claims"] == {"precision": 0.5, "recall": 1.0, "f1": 0.6667, "gold": 1, "predicted": 2}
    assert set(record["per_document"]) == {"a", "b"}
    assert {e["slot"] for e in record["errors"]} == {"place", "INVENTED"}
    assert "errors" not in json.loads(run(*two, "--json").stdout)


def test_language_and_part(two: tuple[Path, Path]) -> None:
    assert json.loads(run(*two, "--json", "--language", "ar").stdout)["documents"] == 1
    both = [
        json.loads(run(SAMPLES / "reports", SAMPLES / "reports", "--json", "--part", p).stdout)
        for p in ("development", "held-out")
    ]
    assert sum(r["documents"] for r in both) == 50 and all(r["figures"]["core"]["f1"] == 1 for r in both)


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: set[str] = set()
        self.ids: list[str] = []
        self.marked = ""
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links |= {value or "" for name, value in attrs if name == "href"}
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.tags[-2:] == ["mark", "a"]:
            self.marked += data
            self.tags.append("")


def page(text: str) -> Page:
    parsed = Page()
    parsed.feed(text)
    return parsed


def test_page_escapes_reports_and_links_to_what_is_there(two: tuple[Path, Path], tmp_path: Path) -> None:
    run(*two, "--html", tmp_path / "page.html")
    parsed = page((tmp_path / "page.html").read_text("utf-8"))
    assert "script" not in parsed.tags and "b" not in parsed.tags
    assert "غارة" in parsed.marked
    assert any("<script>alert(1)</script>" in words for words in parsed.words)
    assert len(set(parsed.ids)) == len(parsed.ids)
    assert {link.removeprefix("#") for link in parsed.links} <= set(parsed.ids)


def test_page_of_samples_keeps_every_text(tmp_path: Path) -> None:
    run(SAMPLES / "reports", SAMPLES / "reports", "--html", tmp_path / "page.html")
    words = "".join(page((tmp_path / "page.html").read_text("utf-8")).words)
    for path in (SAMPLES / "reports").glob("*.json"):
        assert json.loads(path.read_text("utf-8"))["text"] in words


def test_texts_are_read_where_no_predictions_are_given(two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def reader(documents: Any, jobs: int) -> Any:
        return (Reading(d, (), None if d.id == "a" else "a fault") for d in documents)

    monkeypatch.setattr(batch, "read_all", reader)
    result = run(two[0], "--json", status=1)
    assert "error: b: a fault" in result.stderr
    assert json.loads(result.stdout)["figures"]["claims"]["recall"] == 0.0


def test_wrong_offsets_are_a_failure(two: tuple[Path, Path], tmp_path: Path) -> None:
    broken = {"id": "a.1", "document": "a", "type": "attack", "trigger": [{"start": 1, "end": 5, "text": "غارة"}]}
    (tmp_path / "broken.jsonl").write_text(json.dumps(broken), "utf-8")
    assert "offsets are wrong: 1" in run(two[0], tmp_path / "broken.jsonl", status=1).stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.jsonl"], "there is no such file"),
        (["gold.jsonl", "none.jsonl"], "there is no such file"),
        (["gold.jsonl", "--part", "test"], "there is no part 'test'"),
        (["gold.jsonl", "--only", "weather"], "there is no slot 'weather'"),
        (["gold.jsonl", "--language", "xx"], "no document is left"),
        (["gold.jsonl", "predicted.jsonl", "--html", "none/page.html"], "none/page.html: No such file"),
    ],
)
def test_refused(
    two: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert message in run(*arguments, status=2).stderr
