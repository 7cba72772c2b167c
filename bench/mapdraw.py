"""How long the map of a desk takes to draw: first with all incidents, then with all names, in Chromium without a graphics card.

Used by ``bench/desk.py``. Seconds of processors are those of all processes of the browser; the clock counts what else the machine does.
"""

from __future__ import annotations

import os
import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path

__all__ = ["drawing", "processor"]

_ARGS = (
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
)
_RUNS = 9


def processor(pid: int, *, children: bool = False) -> float:
    """Seconds of processors that a process took so far, with all that it started if wanted; 0 where the system does not tell."""
    rows: dict[int, tuple[int, float]] = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = file.read_text()
        except OSError:
            continue
        rest = told.rpartition(")")[2].split()
        rows[int(told.split(" ", 1)[0])] = (int(rest[1]), (int(rest[11]) + int(rest[12])) / os.sysconf("SC_CLK_TCK"))
    found = rows.get(pid, (0, 0.0))[1]
    if children:
        found += sum(processor_of(child, rows) for child, (parent, _) in rows.items() if parent == pid)
    return found


def processor_of(pid: int, rows: dict[int, tuple[int, float]]) -> float:
    """Seconds of a process and all that it started, from what was read of all."""
    return rows[pid][1] + sum(processor_of(child, rows) for child, (parent, _) in rows.items() if parent == pid)


def drawing(port: int) -> Iterator[str]:
    """Lines of a table; none where there is no browser."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return
    if chromium is None:
        return
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=list(_ARGS))
        firsts, alls, spent = [], [], []
        for run in range(_RUNS + 1):
            page = browser.new_context(locale=("ar", "en")[run % 2], viewport={"width": 1366, "height": 768}).new_page()
            before = processor(os.getpid(), children=True)
            page.goto(f"http://127.0.0.1:{port}/map")
            page.wait_for_selector("#map[data-drawn]", state="attached", timeout=120_000)
            told = page.evaluate("(({first, drawn}) => [Number(first), Number(drawn)])(document.querySelector('#map').dataset)")
            if run:
                # The first time the browser itself warms up.
                firsts.append(told[0] / 1000)
                alls.append(told[1] / 1000)
                spent.append(processor(os.getpid(), children=True) - before)
            page.context.close()
        browser.close()
    first, all_ = statistics.median(firsts), statistics.median(alls)
    yield f"| map, all incidents drawn | {first:.1f} s | in the middle of {_RUNS}, {min(firsts):.1f} s at least; 2 s are promised; 1366 by 768 |"
    yield f"| map, with all names | {all_:.1f} s | {statistics.median(spent):.1f} s of processors, by software alone |"
