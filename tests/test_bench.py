"""The benchmark runs without the corpus, and gives the same texts each time."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.shared import ROOT


def loaded(name: str) -> ModuleType:
    """A bench as it is when it is run: with its folder among the places of modules while it is loaded."""
    spec = importlib.util.spec_from_file_location(f"bench_{name}", ROOT / "bench" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[f"bench_{name}"] = module
    sys.path.insert(0, str(ROOT / "bench"))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.pop(0)
    return module


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    return loaded("reading")


def test_generated_texts_are_the_same_each_time(bench: ModuleType) -> None:
    first, second = bench.generated(5), bench.generated(5)
    assert first == second and len({d.text for d in first}) == 5
    assert all(len(d.text) > 500 for d in first)


def test_all_is_measured(
    bench: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("before <!-- reading: begin -->old<!-- reading: end --> after", "utf-8")
    monkeypatch.setattr(bench, "CORPUS", tmp_path / "none")
    monkeypatch.setattr(bench, "README", readme)
    monkeypatch.setattr(sys, "argv", ["reading.py", "--documents", "4", "--write"])
    bench.main()
    table = capsys.readouterr().out
    for measure in ("4 generated reports", "| import |", "one core, first pass", "cores |", "peak memory", "baseline", "x1, x10"):
        assert measure in table
    text = readme.read_text("utf-8")
    assert table.strip() in text and "old" not in text and text.startswith("before ") and text.endswith(" after")


@pytest.fixture(scope="module")
def copies() -> ModuleType:
    return loaded("copies")


def test_copies_are_measured(
    copies: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("before <!-- copies: begin -->old<!-- copies: end --> after", "utf-8")
    monkeypatch.setattr(copies, "CORPUS", tmp_path / "none")
    monkeypatch.setattr(copies, "README", readme)
    monkeypatch.setattr(sys, "argv", ["copies.py", "--reports", "40", "--pairs", "40", "--write"])
    copies.main()
    table = capsys.readouterr().out
    for measure in (
        "copies: recall",
        "copies: precision",
        "baseline: a paragraph in common: recall",
        "grouped, one core",
        "peak memory",
    ):
        assert measure in table
    assert table.strip() in readme.read_text("utf-8")


def test_made_copies_and_streams_are_the_same_each_time(bench: ModuleType, copies: ModuleType) -> None:
    documents = bench.generated(30)
    first, second = (copies.pairs(documents, 8, copies.random.Random(1)) for _ in range(2))
    assert first == second and list(first[1].values()) == [*copies.KINDS, *copies.KINDS]
    assert list(copies.stream(documents, 12)) == list(copies.stream(documents, 12))


@pytest.fixture(scope="module")
def register() -> ModuleType:
    return loaded("register")


def test_the_register_is_measured(
    register: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("before <!-- register: begin -->old<!-- register: end --> after", "utf-8")
    monkeypatch.setattr(register, "CORPUS", tmp_path / "none")
    monkeypatch.setattr(register, "README", readme)
    monkeypatch.setattr(sys, "argv", ["register.py", "--documents", "5", "--write"])
    register.main()
    table = capsys.readouterr().out
    for measure in ("5 generated reports", "| added and read |", "room on the disk", "the same again", "checked", "baseline"):
        assert measure in table
    assert "5 documents" in table and table.strip() in readme.read_text("utf-8")


def test_adding_again_must_change_nothing(register: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    states = iter([(5, 5, 5, 5, 11), (5, 5, 5, 5, 12)])
    monkeypatch.setattr(register, "state", lambda place: next(states))
    with pytest.raises(SystemExit, match="adding again changed the register"):
        list(register.measure(register.generated(5), "generated reports", tmp_path))


@pytest.fixture(scope="module")
def exports() -> ModuleType:
    return loaded("exports")


def test_exports_are_measured(
    exports: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("before <!-- exports: begin -->old<!-- exports: end --> after", "utf-8")
    monkeypatch.setattr(exports, "README", readme)
    monkeypatch.setattr(exports, "formats", lambda: ("csv", "json"))
    monkeypatch.setattr(sys, "argv", ["exports.py", "--incidents", "20", "--write"])
    exports.main()
    table = capsys.readouterr().out
    for measure in ("20 incidents", "| csv |", "| json |", "are promised", "baseline: first claim of each as CSV"):
        assert measure in table
    assert table.strip() in readme.read_text("utf-8")


@pytest.fixture(scope="module")
def desk() -> ModuleType:
    return loaded("desk")


def test_the_desk_is_measured(
    desk: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from bench import search

    readme = tmp_path / "README.md"
    readme.write_text("before <!-- desk: begin -->old<!-- desk: end --> after", "utf-8")
    monkeypatch.setattr(search, "CORPUS", tmp_path / "none")
    monkeypatch.setattr(search, "_BASE", 12)
    monkeypatch.setattr(desk, "README", readme)
    place = str(tmp_path / "register")
    monkeypatch.setattr(
        sys, "argv", ["desk.py", "--reports", "20", "--incidents", "5", "--runs", "2", "--register", place, "--write"]
    )
    desk.main()
    table = capsys.readouterr().out
    for measure in (
        "baseline: a page",
        "| `/documents` |",
        "| `/reading/{document}` |",
        "20 users at once",
        "peak memory",
        "20 reports",
    ):
        assert measure in table
    assert " 0 requests failed " in table and "(status" not in table, table
    assert table.strip() in readme.read_text("utf-8")
