"""Ten writers and readers at once, on both databases: nothing is lost, and nobody sees an error."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable

from marsad.register import documentrecords, queries
from marsad.register.errors import RegisterError
from marsad.register.store import Register
from tests.register.making import capture, read
from tests.shared import ROOT

_WRITERS = 10


def test_ten_processes_add_the_same_reports_and_their_own(place: str) -> None:
    register, _ = Register.create(place)
    with register:
        # All add the first twenty, and each twenty more: what meets is stored once.
        command = [sys.executable, "-m", "tests.register.adding", place]
        processes = [
            subprocess.Popen([*command, *arguments, "3", f"writer {n}"], stdout=subprocess.PIPE, text=True, cwd=ROOT)
            for n in range(_WRITERS // 2)
            for arguments in (("0", "20"), (str(100 * n + 100), str(100 * n + 120)))
        ]
        seen = []
        while any(p.poll() is None for p in processes):
            with register.snapshot() as connection:
                documents = documentrecords.documents(connection)
                claims = queries.claims(connection)
            # One state: a document and its claims come together.
            assert len(documents) == len(claims)
            seen.append(len(documents))
            # The writers need the processors, too.
            time.sleep(0.05)
        outputs = [p.communicate()[0] for p in processes]
        assert all(p.returncode == 0 for p in processes), outputs
        assert seen == sorted(seen)
        status = register.status()
        number = 20 + 20 * (_WRITERS // 2)
        assert (status["documents"], status["captures"], status["claims"]) == (number,) * 3
        assert status["log_entries"] == 1 + 2 * number
        assert register.verify().clean


def at_once(person: Callable[[int], None]) -> None:
    """Let ten people, told their numbers, do something side by side; back when all are done."""
    threads = [threading.Thread(target=person, args=(n,)) for n in range(_WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_ten_people_decide_at_once(place: str) -> None:
    register, _ = Register.create(place)
    with register:
        taken = capture()
        claim = f"{register.add(taken, read(taken)).document_id}.1"
        each, errors = 5, []

        def person(number: int) -> None:
            try:
                with Register.open(place) as own:
                    for _ in range(each):
                        own.decide(claim, "accept", None, f"person {number}", "")
                        with own.snapshot() as connection:
                            queries.claims(connection)
            except RegisterError as error:
                errors.append(error)

        at_once(person)
        assert not errors
        with register.snapshot() as connection:
            (found,) = queries.claims(connection)
        assert Counter(d.who for d in found.decisions) == {f"person {n}": each for n in range(_WRITERS)}
        assert register.verify().clean


def test_of_ten_who_saw_the_same_one_decides(place: str) -> None:
    register, _ = Register.create(place)
    with register:
        taken = capture()
        claim = f"{register.add(taken, read(taken)).document_id}.1"
        start, outcomes = threading.Barrier(_WRITERS), []

        def person(number: int) -> None:
            start.wait()
            try:
                register.decide(claim, "reject", None, f"person {number}", "a double", seen=0)
                outcomes.append("decided")
            except RegisterError:
                outcomes.append("refused")

        at_once(person)
        assert Counter(outcomes) == {"decided": 1, "refused": _WRITERS - 1}
