"""What fails outside of us: killed processes, full disks, locked databases, lost connections. Nothing is half written."""

from __future__ import annotations

import errno
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from marsad.register.errors import BusyError, RegisterError
from marsad.register.store import Register
from tests.register.making import capture, read, report
from tests.register.servers import Server, missing, server
from tests.shared import ROOT

# All points of the long test; the usual run takes fewer.
_KILLS = int(os.environ.get("MARSAD_KILLS", "6"))
_REPORTS, _STEP = 400, 10
# Reports between two kills, and roughly what a program takes before it adds the first.
_STRETCH, _START = 100, 0.4


def adding(
    place: str, first: int = 0, last: int = _REPORTS, step: int = _STEP, who: str = "test", **more: object
) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.register.adding", place, str(first), str(last), str(step), who]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, **more)  # type: ignore[call-overload, no-any-return]


def finished(process: subprocess.Popen[str]) -> list[str]:
    """What a process said when it has ended by itself."""
    lines = process.communicate()[0].splitlines()
    assert process.returncode in (0, 1)
    return lines


def whole(register: Register, number: int) -> None:
    """All reports are there once, and all is clean."""
    status = register.status()
    assert (status["documents"], status["versions"], status["captures"], status["claims"]) == (number,) * 4
    found = register.verify()
    assert found.clean, found.problems


def test_killed_at_any_point_nothing_that_was_told_is_lost_and_repeating_completes(place: str) -> None:
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    register, _ = Register.create(place)
    with register:
        begun = time.monotonic()
        assert finished(adding(place, 0, _STRETCH))[0] == "open"
        # Of the whole run the part after the start of the program is what matters; most kills shall meet it.
        lasts = max(0.05, time.monotonic() - begun - _START)
        broken_off, counted = 0, _STRETCH
        for kill in range(1, _KILLS + 1):
            # Each time a new stretch of reports, so that the kill meets one that is being stored.
            first = kill * _STRETCH
            process = adding(place, first, first + _STRETCH, 5)
            assert process.stdout is not None and process.stdout.readline() == "open\n"
            time.sleep(chance.uniform(0, lasts))
            process.kill()
            told = max([0, *(int(line) - first for line in process.stdout.read().split())])
            process.wait()
            found = register.verify()
            assert found.clean, (f"seed {seed}, kill {kill}", found.problems)
            there = int(register.status()["documents"]) - counted
            assert told <= there and there % 5 == 0, f"seed {seed}, kill {kill}: a step is there wholly or not at all"
            counted += there
            broken_off += there < _STRETCH
        # When a kill comes is chance; only of many must some have met an import that was going on.
        assert broken_off >= _KILLS // 20, "too few kills met an import that was going on"
        for kill in range(1, _KILLS + 1):
            finished(adding(place, kill * _STRETCH, (kill + 1) * _STRETCH, _STRETCH))
        whole(register, (_KILLS + 1) * _STRETCH)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")
def test_reading_processes_end_with_the_one_that_is_killed(tmp_path: Path) -> None:
    Register.create(str(tmp_path))[0].close()
    script = (
        "import sys; from marsad.register.store import Register; from tests.register.making import capture, report\n"
        "with Register.open(sys.argv[1]) as r:\n"
        "    for a in r.take_in((capture(n, report(n)) for n in range(10**6)), jobs=2, batch=20): print(a.new, flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None and process.stdout.readline() == "True\n"
    children = [int(p) for p in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
    assert children
    process.kill()
    process.wait()
    end = time.monotonic() + 15
    while (left := [p for p in children if Path(f"/proc/{p}").exists()]) and time.monotonic() < end:
        time.sleep(0.1)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert not left, "reading processes are left over"
    with Register.open(str(tmp_path)) as register:
        assert register.verify().clean and register.status()["documents"] >= 20


def test_a_full_disk_is_told_and_what_was_stored_is_whole(tmp_path: Path) -> None:
    register, _ = Register.create(str(tmp_path))
    with register:
        # The largest size of a file stands for the room on the disk; what was written last lies beside the file still.
        most = max(path.stat().st_size for path in tmp_path.iterdir() if path.is_file()) + 600_000
        lines = finished(adding(str(tmp_path), preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))))
        assert "no room left" in lines[-1] and "nothing of this step was kept" in lines[-1], lines[-1]
        stored = int(lines[-2])
        assert 0 < stored < _REPORTS
        whole(register, stored)
        finished(adding(str(tmp_path)))
        whole(register, _REPORTS)


def test_no_room_for_the_bytes_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register, _ = Register.create(str(tmp_path))
    with register:

        def full(handle: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(RegisterError, match="no room left on the disk"):
            register.add(capture(), read(capture()))
        monkeypatch.undo()
        assert register.status()["documents"] == 0
        found = register.verify()
        assert found.clean and not found.notes, "the files that were begun are taken away"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_small_disk_that_fills_up(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(disk)], check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        register, _ = Register.create(str(disk))
        with register:
            lines = finished(adding(str(disk)))
            assert "no room left" in lines[-1], lines[-1]
            whole(register, int(lines[-2]))
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_database_that_another_program_holds(tmp_path: Path) -> None:
    Register.create(str(tmp_path))[0].close()
    with Register.open(str(tmp_path), patience=0.3) as register:
        other = sqlite3.connect(tmp_path / "marsad.db", isolation_level=None)
        other.execute("begin immediate")
        with pytest.raises(BusyError, match="another program holds the register; nothing of this step was kept"):
            register.add(capture(), read(capture()))
        # Readers need not wait.
        assert register.status()["documents"] == 0
        other.execute("rollback")
        other.close()
        assert register.add(capture(), read(capture())).new
        whole(register, 1)


def test_writers_wait_their_turn_on_a_server_and_not_for_ever(postgresql: Server) -> None:
    address = postgresql.database()
    Register.create(address)[0].close()
    with Register.open(address) as first, Register.open(address, patience=0.3) as second:
        held, done = threading.Event(), threading.Event()

        def hold() -> None:
            first._database.write(lambda _: (held.set(), done.wait(20)))

        thread = threading.Thread(target=hold)
        thread.start()
        assert held.wait(10)
        with pytest.raises(BusyError, match="try again"):
            second.add(capture(), read(capture()))
        done.set()
        thread.join()
        assert second.add(capture(), read(capture())).new


def test_a_lost_connection_is_told_and_the_next_one_works(postgresql: Server) -> None:
    address = postgresql.database()
    register, _ = Register.create(address)
    with register:
        captures = [capture(n, report(n)) for n in range(20)]

        def cut(connection: Connection) -> None:
            connection.execute(text("insert into setting values ('a', 'x')"))
            name = address.rsplit("/", 1)[1]
            postgresql.sql(f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'")
            connection.execute(text("insert into setting values ('b', 'x')"))

        with pytest.raises(RegisterError, match="cannot be reached or was lost"):
            register._database.write(cut)
        with register.snapshot() as connection:
            assert connection.scalar(text("select count(*) from setting where key in ('a', 'b')")) == 0
        register.add_all([(c, read(c)) for c in captures])
        whole(register, 20)


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(RegisterError, match="cannot be reached"):
        Register.open("postgresql://marsad@127.0.0.1:1/none")


def test_a_server_that_crashes_loses_nothing_that_was_told() -> None:
    if reason := missing():
        pytest.skip(reason)
    with server(forced=True) as own:
        address = own.database()
        register, _ = Register.create(address)
        with register:
            process = adding(address)
            assert process.stdout is not None
            while process.stdout.readline() != "50\n":
                pass
            own.stop("immediate")
            lines = finished(process)
            assert "was lost" in lines[-1], lines[-1]
            told = int(lines[-2]) if len(lines) > 1 else 50
            own.start()
            assert register.verify().clean and register.status()["documents"] >= told
            finished(adding(address))
            whole(register, _REPORTS)
