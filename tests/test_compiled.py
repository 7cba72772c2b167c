"""The compiled reader is taken only when it is of these sources, and then it reads as they do."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from marsad import compiled, compiling
from marsad.errors import InputError
from tests.shared import ROOT

SAMPLES = ROOT / "samples" / "reports"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of four modules, with compiled modules that are none."""
    monkeypatch.delenv("MARSAD_PURE", raising=False)
    root = tmp_path / "marsad"
    for part in (*compiled.COMPILED, "gazetteer", "packs"):
        (root / part).mkdir(parents=True)
        (root / part / "words.py").write_text("LEAST = 2\n", "utf-8")
    for name in ("errors", "model", "record", "vocabulary"):
        (root / f"{name}.py").write_text("", "utf-8")
    place = compiled.folder(root)
    place.mkdir(parents=True)
    (place / f"marsad.text.words{compiled.SUFFIX}").write_bytes(b"")
    return root


@pytest.fixture
def unchanged() -> Iterator[None]:
    """The ways in which Python finds modules are afterwards what they were."""
    before = list(sys.meta_path)
    yield
    sys.meta_path[:] = before


def test_modules_are_taken_while_their_sources_stay(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert compiled.found(package) == ""
    compiled.settle(compiled.seal(package), package)
    assert compiled.found(package) == "compiled"
    (package / "packs" / "words.py").write_text("", "utf-8")
    assert compiled.found(package) == "compiled"  # word lists are read anew each time
    monkeypatch.setenv("MARSAD_PURE", "1")
    assert compiled.found(package) == "refused"


@pytest.mark.parametrize("changed", ["text/words.py", "reading/words.py", "reading/more.py", "gazetteer/words.py", "model.py"])
def test_modules_of_other_sources_are_left_alone(package: Path, changed: str) -> None:
    compiled.settle(compiled.seal(package), package)
    (package / changed).write_text("LEAST = 3\n", "utf-8")
    assert compiled.found(package) == "outdated"


def test_a_source_that_goes_counts_as_a_change(package: Path) -> None:
    compiled.settle(compiled.seal(package), package)
    (package / "lexicon" / "words.py").rename(package / "lexicon" / "forms.py")
    assert compiled.found(package) == "outdated"


def test_compiled_modules_come_before_sources(package: Path, unchanged: None) -> None:
    compiled.take(package)
    finder, file = sys.meta_path[0], compiled.folder(package) / f"marsad.text.words{compiled.SUFFIX}"
    spec = finder.find_spec("marsad.text.words", None)
    assert spec is not None and spec.origin == str(file)
    assert finder.find_spec("marsad.text.tokens", None) is None
    file.unlink()
    assert finder.find_spec("marsad.text.words", None) is None


@pytest.fixture
def built(package: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Has the building done already; returns where its modules shall lie."""
    made = package.parent / "made"
    (made / "marsad" / "text").mkdir(parents=True)
    (made / "marsad" / "text" / f"words{compiled.SUFFIX}").write_bytes(b"new")
    place = compiled.folder(package)
    monkeypatch.setattr(compiled, "folder", lambda _=None: place)
    monkeypatch.setattr(compiling, "_built", lambda work: made)
    return place


def answers(monkeypatch: pytest.MonkeyPatch, sources: str, modules: str) -> None:
    """Has both readers say something."""
    said = {"answer(False)": sources, "answer(True)": modules}

    def run(command: list[str], **_: object) -> SimpleNamespace:
        return SimpleNamespace(returncode=0, stdout=said[command[-1].rpartition(" ")[2]], stderr="")

    monkeypatch.setattr(compiling.subprocess, "run", run)


def test_modules_are_put_where_they_are_found(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "a 1\nb 0\n", "a 1\nb 0\n")
    compiling.compile_reader(Path("any"))
    assert (built / f"marsad.text.words{compiled.SUFFIX}").read_bytes() == b"new"
    assert compiled.found() == "compiled"


def test_a_reader_that_reads_otherwise_is_not_kept(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "a 1\nb 0\n", "a 1\nc 1\n")
    with pytest.raises(InputError, match="reads 1 of 2 texts otherwise"):
        compiling.compile_reader(Path("any"))
    assert not built.exists()


def test_a_missing_compiler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CC", "no-such-cc -O2")
    with pytest.raises(InputError, match="a C compiler is needed .* 'no-such-cc' is not on this machine"):
        compiling._check()


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "mypyc.build", None)
    monkeypatch.setattr(sys, "argv", ["compiling", "--work", str(tmp_path)])
    assert compiling.main() == 1
    assert "pip install 'marsad[fast]'" in capsys.readouterr().err


def test_modules_are_built(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unchanged: None) -> None:
    """From sources to modules that run, on a package of three modules."""
    pytest.importorskip("setuptools")
    pytest.importorskip("mypyc.build")
    try:
        compiling._check()
    except InputError as error:
        pytest.skip(str(error))
    shutil.rmtree(compiled.folder(package))
    for part in (".", *compiled.COMPILED):
        (package / part / "__init__.py").write_text("", "utf-8")
    (package / "text" / "words.py").write_text(
        "def least(words: list[str]) -> int:\n    return min([len(w) for w in words])\n", "utf-8"
    )
    monkeypatch.setattr(compiled, "PACKAGE", package)
    shutil.copytree(compiling._built(tmp_path / "work"), tmp_path, dirs_exist_ok=True)
    code = "from marsad.text import words; print(words.__file__, words.least(['ab', 'c'])); words.least([])"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    file, least = done.stdout.split()
    assert file.endswith(compiled.SUFFIX) and least == "1"
    assert 'words.py", line 2, in least' in done.stderr and done.stderr.rstrip().startswith("Traceback")


def of_samples(pure: str) -> tuple[str, list[str]]:
    """Which reader runs, and what it reads in the samples."""
    code = (
        "import json, sys\nfrom marsad import compiled\nfrom marsad.batch import read_all\nfrom marsad.evaluation.gold import document_of\n"
        "print(compiled.STATE)\n"
        "for reading in read_all([document_of(json.loads(line)) for line in sys.stdin], 1):\n"
        "    print(json.dumps([claim.to_dict() for claim in reading.claims], ensure_ascii=False), reading.error)"
    )
    given = "\n".join(json.dumps(json.loads(path.read_text("utf-8"))) for path in sorted(SAMPLES.glob("*.json")))
    environment = {**os.environ, "MARSAD_PURE": pure, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code], input=given, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    state, *said = done.stdout.splitlines()
    return state, said


def test_the_compiled_reader_reads_the_samples_as_its_sources_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MARSAD_PURE", raising=False)
    if compiled.found() != "compiled":
        pytest.skip("the reader is not compiled, or of other sources (make fast)")
    state, by_modules = of_samples("")
    refused, by_sources = of_samples("1")
    assert (state, refused) == ("compiled", "refused")
    assert by_modules == by_sources and len(by_sources) == len(list(SAMPLES.glob("*.json")))


def traps(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """What means something else once it is compiled: line and what it is."""
    pairs = {
        target.id
        for statement in tree.body
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Tuple)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            functions = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
            for part in node.body:
                if isinstance(part, ast.Assign) and isinstance(part.value, ast.Name) and part.value.id in functions:
                    yield part.lineno, "a method of two names: mypyc does not know the first; write a method that calls it"
        elif isinstance(node, ast.Compare) and any(isinstance(kind, ast.Is | ast.IsNot) for kind in node.ops):
            for side in (node.left, *node.comparators):
                if isinstance(side, ast.Name) and side.id in pairs:
                    yield node.lineno, "whether two tuples are one: mypyc makes a new one each time; compare by =="


def test_traps_are_seen() -> None:
    tree = ast.parse("_NONE = ('', 1)\nclass A:\n    def a(self): pass\n    b = a\nif x is _NONE: pass\n")
    assert sorted(line for line, _ in traps(tree)) == [4, 5]


def test_sources_mean_the_same_compiled() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {what}"
        for path in compiled.paths(compiled.PACKAGE)
        for line, what in traps(ast.parse(path.read_text("utf-8")))
    ]
    assert not found, "\n".join(found)
