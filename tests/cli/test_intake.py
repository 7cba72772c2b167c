"""``marsad add`` and ``marsad watch`` as a user calls them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from marsad.cli.main import app
from marsad.intake import sources
from marsad.register.store import Register
from tests.intake.making import write
from tests.intake.pages import PAGES
from tests.intake.server import Site, site
from tests.intake.stories import STORIES

RUN = CliRunner()
PAGE = next(p for p in PAGES if p.name == "wordpress classic theme")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MARSAD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MARSAD_REGISTER", str(tmp_path / "register"))
    with Register.create(str(tmp_path / "register"), who="Rana")[0]:
        return tmp_path


def call(*told: str, stdin: bytes = b"") -> tuple[int, str, str]:
    result = RUN.invoke(app, list(told), input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def documents(place: Path) -> list[dict[str, object]]:
    code, out, _ = call("documents", "--json")
    assert code == 0
    return [json.loads(line) for line in out.splitlines()]


class _Later:
    """A clock that stands."""

    def __init__(self, time: datetime) -> None:
        self._time = time

    def now(self, zone: object) -> datetime:
        return self._time


def test_new_known_and_refused(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(place / "in", {"a.html": PAGE.data, "b.txt": STORIES[1].text.encode(), "c.pdf": b"%PDF broken"})
    code, out, err = call("add", str(place / "in"), "--who", "Rana", "--why", "test")
    assert code == 1 and out.startswith("2 new, 0 known, 1 refused; ") and "c.pdf: a damaged PDF file" in err
    code, out, _ = call("add", str(place / "in" / "a.html"), str(place / "in" / "b.txt"))
    assert (code, out) == (0, "0 new, 2 known; 0 claims\n")
    # Some seconds later the file is another, and then as it was: a second is what times of collection tell apart.
    with Register.open(str(place / "register")) as register, register.snapshot() as connection:
        last = datetime.fromisoformat(max(connection.scalars(text("select collected from capture"))))
    monkeypatch.setattr(sources, "datetime", _Later(last + timedelta(seconds=5)))
    write(place / "in", {"b.txt": STORIES[2].text.encode()})
    code, out, _ = call("add", str(place / "in" / "b.txt"))
    assert code == 0 and out.startswith("0 new, 0 known, 1 in a new version; ")
    assert len(documents(place)) == 2
    monkeypatch.setattr(sources, "datetime", _Later(last + timedelta(seconds=10)))
    write(place / "in", {"b.txt": STORIES[1].text.encode()})
    code, out, _ = call("add", str(place / "in" / "b.txt"))
    assert code == 0 and out.startswith("0 new, 0 known, 1 back to an earlier version; ")
    code, out, _ = call("verify")
    assert code == 0 and out.endswith("all is as it was stored\n")


def test_claims_are_read_from_what_is_added(place: Path) -> None:
    write(place, {"a.html": PAGE.data})
    code, out, _ = call("add", str(place / "a.html"), "--json")
    told = json.loads(out.splitlines()[0])
    assert code == 0 and told["new"] and told["claims"] >= 1
    code, out, _ = call("claims", "--json")
    claim = json.loads(out.splitlines()[0])
    assert code == 0 and "shelling" in json.dumps(claim)


def test_comments_under_a_page_are_no_claims(place: Path) -> None:
    names = ("facebook for phones", "facebook for desktops", "x with replies", "instagram caption", "wordpress classic theme")
    write(place / "in", {f"{p.name}.html": p.data for p in PAGES if p.name in names})
    assert call("add", str(place / "in"))[0] == 0
    said = call("claims", "--json")[1]
    assert said and not [word for word in ("ابن عمي", "أخي", "ثلاثون", "جارنا", "قتل عشرة") if word in said]


def test_the_standard_input(place: Path) -> None:
    code, out, _ = call("add", "-", stdin=STORIES[0].text.encode())
    assert code == 0 and out.startswith("1 new")
    assert call("add", "-", stdin=STORIES[0].text.encode())[1].startswith("0 new, 1 known")


def test_options_that_are_wrong(place: Path) -> None:
    write(place, {"a.txt": b"x"})
    for told in (("--map", "text"), ("--map", "txt=A"), ("--published", "2024-13-01")):
        code, _, err = call("add", str(place / "a.txt"), *told)
        assert code == 2 and err.startswith("error: ")


def test_a_sheet_with_mapped_columns(place: Path) -> None:
    write(place, {"s.csv": f'n;what;when\n1;"{STORIES[0].text}";4.5.2024\n'.encode()})
    code, _, _ = call("add", str(place / "s.csv"), "--map", "text=what,key=n,published=when", "--publisher", "P")
    (found,) = documents(place)
    assert code == 0 and (found["published"], found["publisher"]) == ("2024-05-04", "P")


def test_what_was_refused_is_kept_until_it_is_taken_in(place: Path) -> None:
    write(place / "in", {"a.txt": STORIES[0].text.encode(), "b.jsonl": b"{", "c.pdf": b"%PDF broken"})
    call("add", str(place / "in"), str(place / "typo"), "--who", "Rana", "--why", "daily round")
    rows = [line.split("\t") for line in call("failures")[1].splitlines()]
    assert [(row[2], Path(row[4]).name) for row in rows] == [("Rana", "b.jsonl:1"), ("Rana", "c.pdf")], "slips are not kept"
    assert "2 could not be taken in: marsad failures" in call("status")[1]
    before = call("status", "--json")[1]
    call("add", str(place / "in"))
    assert call("status", "--json")[1] == before, "the same again is no news"
    write(place / "in", {"b.jsonl": json.dumps({"text": STORIES[1].text}).encode()})
    call("add", str(place / "in"))
    number = call("failures")[1].split("\t")[0]
    assert call("dismiss", number)[0] == call("dismiss", "1", "--why", "gone")[0] == 2
    code, out, _ = call("dismiss", number, "--why", "the file is lost")
    assert code == 0 and "c.pdf): dismissed" in out
    assert call("failures")[1] == "" and "could not be taken in" not in call("status")[1]
    told = [json.loads(line) for line in call("failures", "--all", "--json")[1].splitlines()]
    assert [bool(f["solved"]) for f in told] == [True, True] and told[1]["why"] == "the file is lost"


def test_a_page_that_is_there_again_is_solved(place: Path) -> None:
    options = ("--allow-local", "--pause", "0")
    with site() as web:
        write(place, {"list.txt": f"{web.url}/0\n{web.url}/1\n".encode()})
        feed(web, 1)
        code, _, _ = call("add", str(place / "list.txt"), *options)
        assert code == 1 and f"{web.url}/1" in call("failures")[1]
        call("add", f"{web.url}/1", "--offline")
        assert len(call("failures")[1].splitlines()) == 2
        feed(web, 2)
        assert call("add", f"{web.url}/1", *options)[0] == 0
        assert call("failures")[1] == ""


def test_a_watch_keeps_failures_of_files_that_did_not_change(place: Path) -> None:
    write(place, {"w.toml": b'every = "1 min"\nsources = ["in", "later"]', "in/c.pdf": b"%PDF broken"})
    from marsad.cli.intake import _watched, _Watching
    from marsad.register import failures

    with Register.open(str(place / "register")) as register:
        rounds = _Watching(register, None, "Rana", "", 1)
        watched = _watched(place / "w.toml", 64)

        def standing() -> list[str]:
            with register.snapshot() as connection:
                return [Path(f.source).name for f in failures.failures(connection)]

        rounds.take(watched)
        assert standing() == ["c.pdf", "later"], "what is watched is missed"
        rounds.take(watched)
        assert standing() == ["c.pdf", "later"]
        write(place, {"in/c.pdf": STORIES[0].text.encode(), "later/a.txt": STORIES[1].text.encode()})
        rounds.take(watched)
        assert standing() == []


def test_no_register(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_REGISTER", str(place / "none"))
    code, _, err = call("add", str(place))
    assert code == 2 and "marsad init" in err


def feed(web: Site, count: int) -> None:
    for n in range(count):
        body = "".join(f"<p>{p}</p>" for p in STORIES[n].paragraphs)
        web.page(
            f"/{n}",
            f"<html><body><article><h1>{STORIES[n].title}</h1><div class='entry-content'>{body}</div></article></body></html>".encode(),
        )
    entries = "".join(
        f"<item><title>{n}</title><link>{web.url}/{n}</link><description>x</description></item>" for n in range(count)
    )
    web.page("/feed", f"<rss><channel><title>t</title>{entries}</channel></rss>".encode(), "application/rss+xml")


def test_fetching_from_the_command_line(place: Path) -> None:
    with site() as web:
        feed(web, 2)
        code, _, err = call("add", f"{web.url}/0")
        assert code == 1 and "private network" in err or "port" in err
        assert web.asked == []
        code, out, _ = call("add", f"{web.url}/0", "--allow-local", "--pause", "0")
        assert code == 0 and out.startswith("1 new")
        write(place, {"list.txt": f"{web.url}/0\n{web.url}/1\n{web.url}/gone\n".encode()})
        code, out, err = call("add", str(place / "list.txt"), "--allow-local", "--pause", "0")
        assert code == 1 and out.startswith("1 new, 1 known, 1 refused") and "list.txt:3: " in err and "answers 404" in err
        code, out, err = call("add", f"{web.url}/0", "--offline")
        assert code == 1 and "--offline" in err


def test_one_round_of_a_watch(place: Path) -> None:
    with site() as web:
        feed(web, 2)
        write(place, {"w.toml": f'sources = ["{web.url}/feed", "in"]'.encode(), "in/a.txt": STORIES[5].text.encode()})
        told = ("watch", str(place / "w.toml"), "--once", "--allow-local", "--pause", "0")
        code, out, _ = call(*told)
        assert code == 0 and "3 new, 0 known" in out
        feed(web, 3)
        before = len(web.asked)
        code, out, _ = call(*told)
        assert code == 0 and "1 new, 1 known" in out
        assert web.paths()[before:] == ["/robots.txt", "/feed", "/2"]


def test_a_watch_goes_on_until_it_is_interrupted(place: Path) -> None:
    write(place, {"w.toml": b'sources = ["in"]', "in/a.txt": STORIES[5].text.encode()})
    running = subprocess.Popen(
        [sys.executable, "-c", "from marsad.cli.main import run; run()", "watch", str(place / "w.toml"), "--offline"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert running.stdout is not None and "1 new, 0 known" in running.stdout.readline()
        time.sleep(0.3)
        assert running.poll() is None
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 130
    finally:
        running.kill()


def test_a_watch_outlives_an_error_of_the_register(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from marsad.cli import intake
    from marsad.register.errors import RegisterError

    tries = []

    def take(self: object, watched: list[object]) -> int:
        tries.append(len(watched))
        if len(tries) == 1:
            raise RegisterError("no room left on the disk")
        raise KeyboardInterrupt

    monkeypatch.setattr(intake._Watching, "take", take)
    monkeypatch.setattr(intake.time, "sleep", lambda seconds: None)
    times = iter(range(0, 100_000, 1000))
    monkeypatch.setattr(intake.time, "monotonic", lambda: float(next(times)))
    write(place, {"w.toml": b'sources = ["in"]'})
    result = RUN.invoke(app, ["watch", str(place / "w.toml"), "--offline"])
    assert len(tries) == 2 and "no room left on the disk; the next round tries again" in result.stderr


def test_what_was_fetched_before_an_interrupt_is_stored(place: Path) -> None:
    with site() as web:
        feed(web, 3)
        write(place, {"list.txt": "".join(f"{web.url}/{n}\n" for n in range(3)).encode()})
        code = "from marsad.cli.main import run; run()"
        told = ["add", str(place / "list.txt"), "--allow-local", "--pause", "1.5"]
        running = subprocess.Popen([sys.executable, "-c", code, *told], stdout=subprocess.PIPE, text=True)
        try:
            for _ in range(200):
                if "/0" in web.paths():
                    break
                time.sleep(0.05)
            time.sleep(0.5)
            running.send_signal(signal.SIGINT)
            out, _ = running.communicate(timeout=30)
        finally:
            running.kill()
        assert running.returncode == 130 and out.startswith("1 new")
    assert len(documents(place)) == 1


def test_a_list_that_is_not_there(place: Path) -> None:
    code, _, err = call("watch", str(place / "none.toml"), "--once")
    assert code == 2 and "none.toml" in err


def test_help_names_what_is_taken_in() -> None:
    code, out, _ = call("add", "--help")
    assert code == 0 and all(word in out for word in ("WARC", "Telegram", "DOCX", "OPML"))
