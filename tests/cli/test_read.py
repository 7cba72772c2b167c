"""``marsad read`` as a user calls it."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from marsad import compiled
from marsad.cli.main import app
from marsad.cli.output import Progress, opened, screen_width
from marsad.errors import MarsadError
from marsad.model import Claim, Document, Evidence
from marsad.reading import reader as reader_module
from marsad.reading.steps import Steps

ARABIC = "قالت الشرطة إن عبوة ناسفة انفجرت في المدينة القديمة مساء الخميس."
FRENCH = "Une bombe a explosé dans la ville et les secours ont évacué des blessés de la place."
SAMPLES = Path(__file__).parents[2] / "samples" / "reports"
COMMAND = [sys.executable, "-c", "from marsad.cli.main import run; run()", "read"]


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No layers of places but the packaged one, whoever runs the tests."""
    monkeypatch.setenv("MARSAD_HOME", str(tmp_path_factory.mktemp("home")))


def in_steps(read: Callable[[Document, object], list[Claim]]) -> Callable[..., Steps[list[Claim]]]:
    """A reader that pauses once, as the engine's does."""

    def read_steps(document: Document, gazetteer: object = None) -> Steps[list[Claim]]:
        yield
        return read(document, gazetteer)

    return read_steps


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that makes one claim of each document, so that these tests do not hang on what the engine finds."""

    def read(document: Document, gazetteer: object = None) -> list[Claim]:
        trigger = (Evidence.of(document.text, 0, 4),)
        return [Claim(f"{document.id}.1", document.id, "attack", trigger, why={"type": "rule 7"})]

    monkeypatch.setattr(reader_module, "read_steps", in_steps(read))


def call(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["read", *map(str, arguments)], input=stdin)


def good(*arguments: str | Path, stdin: bytes | None = None) -> str:
    result = call(*arguments, stdin=stdin)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(ARABIC, "utf-8")
    return path


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with two reports in Arabic and two in French."""
    for name, text in (("a", ARABIC), ("b", FRENCH), ("c", FRENCH), ("d", ARABIC)):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    return tmp_path


def test_a_table_is_written(report: Path, reader: None) -> None:
    text = good(report, "--published", "2020-03-04", "--title", "خبر")
    assert "report  2020-03-04  1 claim" in text and "خبر" in text
    assert re.search(r"report\.1 +attack +قالت", text) and "\x1b" not in text


def test_json_is_a_list_of_documents_with_claims(report: Path, reader: None) -> None:
    (document,) = json.loads(good(report, report.parent / "report.txt", "--format", "json"))[:1]
    assert document["text"] == ARABIC and document["language"] == "ar" and document["warnings"] == []
    (claim,) = document["claims"]
    assert claim["trigger"] == [{"start": 0, "end": 4, "text": "قالت"}] and "why" not in claim


def test_json_lines_are_a_document_each_and_can_be_read_again(report: Path, reader: None, tmp_path: Path) -> None:
    lines = good(report, report, "--format", "jsonl", "--explain").splitlines()
    first, second = map(json.loads, lines)
    assert (first["id"], second["id"]) == ("report", "report~2") and second["warnings"]
    assert first["claims"][0]["why"] == {"type": "rule 7"}
    (tmp_path / "again.jsonl").write_text("\n".join(lines), "utf-8")
    assert good(tmp_path / "again.jsonl", "--format", "jsonl").count("\n") == 2


@pytest.mark.parametrize(("form", "told"), [("json", "[]\n"), ("jsonl", ""), ("table", ""), ("html", "No report was read")])
def test_without_a_document_the_output_is_still_of_its_form(form: str, told: str, tmp_path: Path) -> None:
    result = call(tmp_path / "none.txt", "--format", form)
    assert result.exit_code == 1 and f"error: {tmp_path}/none.txt: there is no such file" in result.stderr
    assert result.stdout == told or (form == "html" and told in result.stdout)


def test_a_page_is_written_to_a_file(report: Path, reader: None, tmp_path: Path) -> None:
    result = call(report, "--format", "html", "--out", tmp_path / "page.html")
    assert result.exit_code == 0 and result.stdout == "" and "page.html: 1 document, 1 claim" in result.stderr
    page = (tmp_path / "page.html").read_text("utf-8")
    assert page.startswith("<!doctype html>") and page.rstrip().endswith("</html>") and "قالت" in page
    assert sorted(p.name for p in tmp_path.iterdir()) == ["page.html", "report.txt"]


def test_explain_shows_the_words_and_the_rule(report: Path, reader: None) -> None:
    text = good(report, "--explain")
    assert "why: rule 7" in text and "[[قالت]] الشرطة" in text


@pytest.mark.parametrize("data", [ARABIC.encode(), ARABIC.encode("cp1256"), ARABIC.encode("utf-16")])
def test_the_standard_input_is_read(data: bytes, reader: None) -> None:
    (document,) = json.loads(good("-", "--format", "json", "--url", "https://example.org", stdin=data))
    assert document["text"] == ARABIC and document["url"] == "https://example.org" and document["id"] == "stdin"


def test_what_fails_is_told_and_the_rest_is_read(report: Path, reader: None, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02" * 40)
    (tmp_path / "empty.json").write_bytes(b"")
    (tmp_path / "lines.jsonl").write_text(f'{{"text": 1}}\n{{"id": "x", "text": "{ARABIC}"}}\n', "utf-8")
    result = call(tmp_path, "--format", "jsonl")
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["x", "report"]
    assert result.stderr.splitlines() == [
        f"error: {tmp_path}/bad.txt: this is binary data, not text",
        f"error: {tmp_path}/empty.json: empty: there is no text in it",
        f'error: {tmp_path}/lines.jsonl:1: "text" must be a string',
    ]


def test_a_fault_of_the_reader_is_told_and_marked(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(document: Document, gazetteer: object = None) -> list[Claim]:
        raise KeyError("x")

    monkeypatch.setattr(reader_module, "read_steps", in_steps(read))
    monkeypatch.delenv("MARSAD_DEBUG", raising=False)
    result = call(report, "--format", "jsonl")
    assert result.exit_code == 1 and "error: report: a fault of the reader (KeyError" in result.stderr
    assert "KeyError" in json.loads(result.stdout)["error"]


def test_other_languages_are_one_line_a_language(mixed: Path, reader: None) -> None:
    result = call(mixed)
    assert result.exit_code == 1 and "2 documents, 2 claims" in result.stdout
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"error: 2 documents in French were left out: {mixed}/b.txt and 1 more; --language ar")


@pytest.mark.parametrize("flags", [("--language", "ar"), ("--demo",)])
def test_languages_that_were_not_asked_for_are_no_error(mixed: Path, reader: None, flags: tuple[str, ...]) -> None:
    result = call(mixed, *flags)
    assert result.exit_code == 0
    assert result.stderr == f"2 documents in French were left out: {mixed}/b.txt and 1 more\n"


def test_one_report_in_another_language_is_told_in_full(mixed: Path) -> None:
    result = call(mixed / "b.txt")
    assert result.exit_code == 1
    assert result.stderr == f"error: {mixed}/b.txt: the text is French, which Marsad does not read (no language pack)\n"


def test_the_demo_says_how_to_go_on(report: Path, reader: None) -> None:
    assert "How to read your own reports" in good(report, "--demo")
    assert "How to read" not in good(report) and "How to read" not in good(report, "--demo", "--format", "json")
    assert "--demo" not in CliRunner().invoke(app, ["read", "--help"]).stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["REPORT", "--published", "2020-02-30"], "there is no such day; write YYYY-MM-DD"),
        (["REPORT", "--published", "yesterday"], "there is no such day"),
        (["REPORT", "REPORT", "--title", "t"], "of one document"),
        (["FOLDER", "--url", "u"], "of one document"),
        (["-", "-"], "only once"),
        (["REPORT", "--language", "fr"], "no language pack reads it; there are: ar (Arabic)"),
        (["REPORT", "--language", "../ar"], "no language pack"),
        (["REPORT", "--out", "FOLDER"], "is a folder"),
        (["REPORT", "--out", "FOLDER/none/x.json"], "there is no folder"),
        (["REPORT", "--out", "REPORT"], "is also read"),
        (["REPORT", "--format", "xml"], "--format"),
        (["REPORT", "--jobs", "-1"], "--jobs"),
        ([], "PATH"),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str], told: str, report: Path) -> None:
    result = call(*(a.replace("REPORT", str(report)).replace("FOLDER", str(report.parent)) for a in arguments))
    assert result.exit_code == 2 and told in result.stderr and result.stdout == ""
    assert report.read_text("utf-8") == ARABIC


def test_a_publication_day_in_the_future_is_a_warning(report: Path, reader: None) -> None:
    assert "warning: publication date 2999-01-01 lies in the future" in good(report, "--published", "2999-01-01")


def test_nothing_of_a_file_is_written_when_writing_fails(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("before")
    with pytest.raises(ZeroDivisionError), opened(target) as stream:
        stream.write("half")
        raise ZeroDivisionError
    assert target.read_text() == "before" and list(tmp_path.iterdir()) == [target]
    with pytest.raises(MarsadError, match="No space"), opened(Path("/dev/full")) as stream:
        stream.write("x" * 100_000)


def test_a_file_keeps_its_mode_and_a_link_its_target(report: Path, reader: None, tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("")
    real.chmod(0o640)
    link.symlink_to(real)
    assert call(report, "--format", "json", "--out", link).exit_code == 0
    assert link.is_symlink() and json.loads(real.read_text("utf-8")) and real.stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_to_directly(report: Path, reader: None) -> None:
    assert call(report, "--out", "/dev/null").exit_code == 0
    assert not Path("/dev/null").is_file()


def test_several_processes_write_the_same(tmp_path: Path) -> None:
    lines = (json.dumps({"id": f"r{n}", "text": f"{ARABIC} {n}"}) for n in range(40))
    (tmp_path / "r.jsonl").write_text("\n".join(lines), "utf-8")
    alone = good(tmp_path / "r.jsonl", "--format", "jsonl", "--jobs", "1")
    assert good(tmp_path / "r.jsonl", "--format", "jsonl", "--jobs", "2") == alone and alone.count("\n") == 40


def test_output_is_utf8_whatever_the_locale(report: Path) -> None:
    surroundings = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [*COMMAND, "-", "--format", "json"], input=ARABIC.encode(), capture_output=True, env=surroundings, check=False
    )
    assert done.returncode == 0 and json.loads(done.stdout.decode("utf-8"))[0]["text"] == ARABIC


def test_a_name_that_is_no_utf8_is_told(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff.txt"
    done = subprocess.run([*map(os.fsencode, COMMAND), name, b"--format", b"html"], capture_output=True, check=False)
    assert done.returncode == 1 and b"there is no such file" in done.stderr and b"</html>" in done.stdout


def test_a_reader_of_the_output_may_leave_early(report: Path) -> None:
    lines = report.parent / "r.jsonl"
    lines.write_text("\n".join([json.dumps({"text": ARABIC * 40})] * 60), "utf-8")
    with subprocess.Popen([*COMMAND, lines, "--format", "jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read()
        assert b"Traceback" not in told and b"Broken pipe" not in told


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_leaves_no_half_file(number: signal.Signals, code: int, tmp_path: Path) -> None:
    # The standard input stays open, so the command is still at work when the signal comes.
    process = subprocess.Popen([*COMMAND, "-", "--out", tmp_path / "out.json"], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 20
    while not list(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [p.suffix for p in tmp_path.iterdir()] == [".part"]
    process.send_signal(number)
    _, told = process.communicate(timeout=20)
    assert process.returncode == code and list(tmp_path.iterdir()) == [] and b"Traceback" not in told


def on_terminal(arguments: list[str], **surroundings: str) -> str:
    """What a command writes when all its streams are a terminal."""
    child, descriptor = pty.fork()
    if child == 0:
        os.environ.update(surroundings)
        os.execv(COMMAND[0], [*COMMAND, *arguments])
    parts = []
    while True:
        try:
            part = os.read(descriptor, 65536)
        except OSError:
            break
        if not part:
            break
        parts.append(part)
    os.close(descriptor)
    os.waitpid(child, 0)
    return b"".join(parts).decode("utf-8")


def test_colours_and_marks_are_for_terminals_and_can_be_forbidden(report: Path) -> None:
    arguments = [str(report), "--title", "خبر"]
    shown = on_terminal(arguments, TERM="xterm", NO_COLOR="")
    assert "\x1b[1m" in shown and "\u2067خبر\u2069" in shown
    assert "\x1b" not in on_terminal(arguments, TERM="xterm", NO_COLOR="1")
    assert "\x1b" not in on_terminal(arguments, TERM="dumb", NO_COLOR="")


def test_progress_waits_and_wipes_itself(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    clock = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    progress = Progress(True)
    progress.tell(1, 1)
    assert capsys.readouterr().err == ""
    clock[0] = 2.0
    progress.tell(30, 5)
    progress.tell(31, 5)
    assert capsys.readouterr().err == "\r\x1b[K30 documents, 5 claims, 15 documents a second"
    progress.wipe()
    progress.wipe()
    assert capsys.readouterr().err == "\r\x1b[K"


def test_the_width_of_the_screen_has_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    for columns, width in (("10", 40), ("90", 90), ("400", 120)):
        monkeypatch.setenv("COLUMNS", columns)
        assert screen_width() == width


def test_the_samples_are_read_as_the_demo_does() -> None:
    result = call(SAMPLES, "--demo")
    assert result.exit_code == 0 and "How to read your own reports" in result.stdout
    assert "error" not in result.stderr


def test_the_version_and_help_come_at_once() -> None:
    begun = time.monotonic()
    done = subprocess.run([*COMMAND[:-1], "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and time.monotonic() - begun < 3
    for command in ("read", "evaluate", "places", "gazetteer", "version"):
        assert re.search(rf"^ +{command} ", done.stdout, re.MULTILINE)
    for arguments in (["--version"], ["version"]):
        assert re.match(r"marsad \d+\.\d+\.\d+[,\n]", CliRunner().invoke(app, arguments).stdout)


@pytest.mark.parametrize(
    ("state", "told"),
    [("", ""), ("compiled", ", reader compiled"), ("outdated", ", compiled reader not used: it is of other sources (make fast")],
)
def test_the_version_says_whether_the_reader_is_compiled(state: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "STATE", state)
    said = CliRunner().invoke(app, ["--version"]).stdout.strip()
    assert re.sub(r"^marsad [\d.]+\d", "", said).startswith(told) and bool(told) == ("," in said)


def test_help_loads_nothing_of_the_engine() -> None:
    code = "import sys; import marsad.cli.main; print([m for m in sys.modules if m.startswith(('marsad.reading', 'marsad.gaz', 'marsad.doc'))])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stdout == "[]\n"
