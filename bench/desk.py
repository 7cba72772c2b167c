"""Measure the desk: ``python bench/desk.py [--reports N] [--incidents N] [--register FOLDER] [--write]``.

Makes a register of many reports, as ``bench/search.py`` does, puts its claims into incidents by place and day through the register's
own functions, lets people decide on some of them, and serves the desk over it in a process of its own. Then every page that can be
asked for is asked for many times, with other reports, claims and incidents each time, and 20 people walk through all of them at once.
Beside it stands what a page costs that asks the register nothing. A register that is there already is served as it is.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, func, select

from figures import README, put
from mapdraw import drawing, processor
from marsad.errors import MarsadError
from marsad.lexicon.reasons import reason
from marsad.linking.results import Alone, Doubt, Incident, Linking
from marsad.register import incidents, schema
from marsad.register.failures import Failed
from marsad.register.rows import parts
from marsad.register.store import Register
from search import build

_RUNS, _USERS, _ROUNDS = 200, 20, 2
# Claims that people decided on, doubts and failures of the register that is made.
_DECIDED, _DOUBTS, _FAILURES = 2_000, 300, 200
# Values of parameters in addresses that are taken from the register, by name; others stand here.
_FIXED = {"z": "3", "x": "4", "y": "2"}
_QUERIES = {
    "/search": ("?q=" + quote("قصف مسجد"), "?place=" + quote("حلب") + "&since=2018-01-01", "?party=ISIS&harm=killed"),
    "/incidents": ("?country=SY&killed=5", "?words=" + quote("حلب") + "&order=reports"),
    "/map": ("?country=SY&since=2016-01-01", "?within=36 36,38 36,38 37,36 37".replace(" ", "+")),
    "/charts": ("?policy=acled-conservative", "?policy=ucdp-best-low-high&country=SY&since=2016-01-01"),
    "/pins": ("?search=" + quote("حلب"),),
}
# What some addresses need.
_NEEDED = {"/reading/places": "?name=" + quote("حلب"), "/search/names": "?kind=place&name=" + quote("حلب")}
# Pages of signing in, those that only lead on, and those that give out whole files.
_LEFT_OUT = re.compile(r"^/(static|oidc|sign-in|locked)|^/reading/next|/raw$|/events$|download")


# -- the register ------------------------------------------------------------------------------------------------


def furnished(place: str, reports: int, count: int) -> None:
    """Make a register of reports with incidents, decisions, doubts and failures."""
    build(place, reports)
    with Register.open(place) as register:
        with register.snapshot() as connection:
            material = incidents.gather(connection)
            outcome = grouped(connection, [claim["id"] for claim in material.claims], count)
        register.apply(lambda c: incidents.store(c, material, outcome, "bench", ""))
        chance = random.Random(5)
        chosen = [claim["id"] for claim in chance.sample(material.claims, min(_DECIDED, len(material.claims)))]
        for number, part in enumerate(parts(chosen, 100)):
            verdict = ("accept", "accept", "reject")[number % 3]
            register.decide_all(part, verdict, None, "bench", "as it stands")
        failed = [Failed(f"/in/{n}.pdf", f"/in/{n}.pdf", "a PDF without text: make it readable first") for n in range(_FAILURES)]
        register.note_failures(failed, (), who="bench")


def grouped(connection: Connection, claims: list[str], count: int) -> Linking:
    """Claims of one place within three days as one incident, the largest ones first; all others are alone."""
    wanted = set(claims)
    p, d = schema.proposal.c, schema.document.c
    rows = connection.execute(
        select(p.claim_id, p.gazetteer, p.date_start)
        .join(schema.document, d.current_reading == p.reading_id)
        .where(p.gazetteer.is_not(None), p.date_start.is_not(None))
        .order_by(p.gazetteer, p.date_start, p.claim_id)
    )
    groups: list[list[str]] = []
    last: tuple[str, str] = ("", "")
    for claim, place, day in rows:
        if claim not in wanted:
            continue
        same = groups and last[0] == place and last[1][:7] == day[:7] and abs(int(last[1][8:]) - int(day[8:])) <= 2
        if same and len(groups[-1]) < 12:
            groups[-1].append(claim)
        else:
            groups.append([claim])
        last = (place, day)
    groups.sort(key=lambda g: (-len(g), g[0]))
    made = sorted(
        (Incident(f"i{n:010x}", tuple(sorted(g)), len(g)) for n, g in enumerate(groups[:count])), key=lambda i: i.claims
    )
    within = {c for i in made for c in i.claims}
    alone = tuple(Alone(c, "undated", reason("linking:alone.undated")) for c in sorted(wanted - within))
    doubts = tuple(
        Doubt(a.id, b.id, (a.claims[0], b.claims[0]), 0.5, reason("linking:doubt.better"))
        for a, b in zip(made[: 2 * _DOUBTS : 2], made[1 : 2 * _DOUBTS : 2], strict=False)
    )
    return Linking(tuple(made), doubts, alone, "bench")


# -- the desk ----------------------------------------------------------------------------------------------------


def serve(place: str, port: int) -> None:
    """Serve the desk in this process until it is ended."""
    import uvicorn

    from marsad.desk.app import create_app
    from marsad.desk.settings import Settings

    app = create_app(Settings(register=place, port=port, who="bench"))
    app.state.desk.warm()
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False)


@contextmanager
def serving(place: str) -> Iterator[tuple[int, int]]:
    """The desk in a process of its own: its port and the number of the process."""
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, __file__, "--register", place, "--serve", str(port)])
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/nothing")
                break
            except OSError:
                time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


def ask(connection: http.client.HTTPConnection, address: str) -> tuple[int, int]:
    """Ask for a page: status and bytes."""
    connection.request("GET", address, headers={"accept": "text/html", "accept-language": "ar"})
    answer = connection.getresponse()
    return answer.status, len(answer.read())


def values(place: str) -> dict[str, list[str]]:
    """For parameters in addresses what the register has, some of each."""
    with Register.open(place) as register, register.snapshot() as connection:
        d, k, m = schema.document.c, schema.claim.c, schema.incident_claim.c

        def some(column: Any, order: Any) -> list[str]:
            wanted = select(column).order_by(order).limit(40 * 50)
            return [str(v) for v in list(connection.scalars(wanted))[::50]]

        found = {
            "document": some(d.id, d.id), "claim": some(k.id, k.id), "incident": some(m.incident_id, m.claim_id),
            "failure": [str(n) for n in connection.scalars(select(schema.log.c.number).where(schema.log.c.action == "refused").limit(20))],
            "entry": [str(n) for n in range(1, 41)],
            "decision": [str(n) for n in range(1, 41)],
            "code": some(schema.incident.c.code, schema.incident.c.id),
        }  # fmt: skip
        pairs = connection.execute(select(schema.incident_doubt.c.first, schema.incident_doubt.c.second).limit(20)).all()
    return found | {"first": [str(a) for a, _ in pairs], "second": [str(b) for _, b in pairs]}


def pages(place: str) -> tuple[dict[str, list[str]], list[str]]:
    """Every page that can be asked for, with addresses; and those for which no value is known."""
    from fastapi.routing import APIRoute

    from marsad.desk import screens

    known = values(place)
    found: dict[str, list[str]] = {}
    unknown: list[str] = []
    for module in screens.modules():
        for route in module.router.routes:
            if not isinstance(route, APIRoute) or "GET" not in (route.methods or ()) or _LEFT_OUT.search(route.path):
                continue
            names = re.findall(r"\{(\w+)(?::\w+)?\}", route.path)
            lists = [[_FIXED[n]] if n in _FIXED else known.get(_kind(route.path, n), []) for n in names]
            if not all(lists):
                unknown.append(route.path)
                continue
            told = []
            for step in range(20 if names else 1):
                address = route.path
                for name, some in zip(names, lists, strict=True):
                    address = re.sub(rf"\{{{name}(:\w+)?\}}", quote(some[step % len(some)]), address)
                told.append(address)
            found[route.path] = told
            if route.path in _NEEDED:
                found[route.path] = [f"{route.path}{_NEEDED[route.path]}"]
            for query in _QUERIES.get(route.path, ()):
                found[f"{route.path}{re.sub(r'=[^&]*', '', query)}"] = [f"{route.path}{query}"]
    return found, unknown


def _kind(path: str, name: str) -> str:
    """Which values a parameter of an address takes: by its name, else by the word before it."""
    for kind in ("document", "claim", "incident", "failure", "decision", "first", "second", "code"):
        if kind in name:
            return kind
    before = path.partition("{" + name)[0].rstrip("/").rpartition("/")[2]
    return {"documents": "document", "reports": "document", "claims": "claim", "incidents": "incident", "read": "document"}.get(
        before, name
    )


def timed(port: int, addresses: list[str], runs: int) -> tuple[list[float], int, set[int]]:
    """Ask for addresses in turn: milliseconds, bytes of the largest answer, and the statuses."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    times, size, statuses = [], 0, set()
    for address in addresses[:2]:
        ask(connection, address)
    for run in range(runs):
        begun = time.perf_counter()
        status, length = ask(connection, addresses[run % len(addresses)])
        times.append(1000 * (time.perf_counter() - begun))
        size = max(size, length)
        statuses.add(status)
        # A page that takes seconds has shown it after some runs.
        if run >= 9 and sum(times) > 60_000:
            break
    connection.close()
    return times, size, statuses


def counting(port: int, pid: int, place: str) -> Iterator[str]:
    """How long charts take to count all incidents, and again after a claim was decided on: lines of the last table."""
    claim = values(place)["claim"][-1]
    for what in ("first count of all incidents for the charts", "counted again after a claim was decided on"):
        begun, before = time.perf_counter(), processor(pid)
        while not json.loads(_body(port, "/charts?format=json"))["latest"]:
            time.sleep(0.1)
        seconds, spent = time.perf_counter() - begun, processor(pid) - before
        yield f"| {what} | {seconds:.1f} s | {spent:.1f} s of processor, beside the requests; till then the count before it is shown |"
        with Register.open(place) as register:
            register.decide_all([claim], "accept", None, "bench", "as it stands")


def _body(port: int, address: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", address)
    return connection.getresponse().read()


def at_once(port: int, addresses: list[str]) -> tuple[list[float], int, float]:
    """Users who each walk through all pages: milliseconds of all requests, how many failed, and seconds it took."""
    times: list[float] = []
    failed = []

    def walk(number: int) -> None:
        order = random.Random(number).sample(addresses, len(addresses))
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        for address in order * _ROUNDS:
            begun = time.perf_counter()
            try:
                status, _ = ask(connection, address)
            except OSError:
                status = 0
            times.append(1000 * (time.perf_counter() - begun))
            if status != 200:
                failed.append(address)

    threads = [threading.Thread(target=walk, args=(n,)) for n in range(_USERS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, len(failed), time.perf_counter() - begun


def peak(pid: int) -> float:
    """Megabytes that a process took at most; 0 where the system does not tell."""
    try:
        told = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0.0
    return int(told[1]) / 1024 if told else 0.0


# -- the table ---------------------------------------------------------------------------------------------------


def table(place: str, runs: int, only: str = "") -> Iterator[str]:
    """The lines of the table."""
    found, unknown = pages(place)
    with Register.open(place) as register, register.snapshot() as connection:
        counts = [
            connection.scalar(select(func.count()).select_from(t)) for t in (schema.document, schema.claim, schema.incident)
        ]
    medians = []
    with serving(place) as (port, pid):
        plain, _, _ = timed(port, ["/nothing"], runs)
        charts = [] if only and only not in "/charts" else list(counting(port, pid, place))
        yield "| page | ms in the middle | of processor | 95 of 100 below | KB |"
        yield "| --- | ---: | ---: | ---: | ---: |"
        yield f"| baseline: a page that asks nothing | {statistics.median(plain):.0f} | | {_most(plain):.0f} | |"
        for name, addresses in found.items():
            if only and only not in name:
                continue
            before = processor(pid)
            times, size, statuses = timed(port, addresses, runs)
            # Two requests are made before it is timed.
            spent = 1000 * (processor(pid) - before) / (len(times) + min(2, len(addresses)))
            medians.append(statistics.median(times))
            wrong = "" if statuses == {200} else f" (status {', '.join(map(str, sorted(statuses)))})"
            yield f"| `{name}`{wrong} | {medians[-1]:.0f} | {spent:.0f} | {_most(times):.0f} | {size / 1024:,.0f} |"
        if only:
            yield from charts
            return
        alone = peak(pid)
        # In a thread of its own: what drives the browser must not run where another loop does.
        with ThreadPoolExecutor(1) as apart:
            charts += apart.submit(lambda: list(drawing(port))).result()
        walked, failed, seconds = at_once(port, [a[0] for a in found.values()])
        most = peak(pid)
    yield ""
    yield "| measure | figure | |"
    yield "| --- | --- | --- |"
    yield f"| machine | {os.cpu_count()} cores, {platform.machine()} | {platform.system()}, Python {platform.python_version()}, SQLite |"
    yield f"| register | {counts[0]:,} reports | {counts[1]:,} claims, {counts[2]:,} incidents |"
    slow = sum(m >= 300 for m in medians)
    yield f"| pages | {len(medians)} | {slow} of them take 300 ms or more in the middle of {runs} requests |"
    told = f"{len(walked):,} requests in {seconds:.0f} s, half below {statistics.median(walked):.0f} ms, 95 of 100 below {_most(walked):.0f} ms"
    yield f"| {_USERS} users at once | {failed} requests failed | {told} |"
    yield from charts
    yield f"| peak memory of the desk | {most:,.0f} MB | with one user {alone:,.0f} MB |"
    if unknown:
        yield f"| pages that were not asked for | {len(unknown)} | {', '.join(f'`{p}`' for p in unknown)} |"


def _most(times: list[float]) -> float:
    return sorted(times)[int(0.95 * (len(times) - 1))]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the desk over a large register.")
    parser.add_argument("--reports", type=int, default=50_000)
    parser.add_argument("--incidents", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=_RUNS, help="requests for each page")
    parser.add_argument("--register", default="", help="a register that is measured as it is, or made there")
    parser.add_argument("--only", default="", help="only pages whose address has this in it")
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        serve(arguments.register, arguments.serve)
        return
    with tempfile.TemporaryDirectory() as folder:
        place = arguments.register or folder
        try:
            Register.open(place).close()
        except MarsadError:
            furnished(place, arguments.reports, arguments.incidents)
        lines = []
        for line in table(place, arguments.runs, arguments.only):
            print(line, flush=True)
            lines.append(line)
    if arguments.write:
        put(README, "desk", "\n".join(lines))


if __name__ == "__main__":
    main()
