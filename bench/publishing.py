"""Measure the published site: ``python bench/publishing.py [--incidents N] [--write]``.

Makes a register of synthetic incidents (``exports.py``), publishes it twice by the command, each time in a process of its own, compares the two
byte by byte, and opens pages of it from the disk in Chromium, where that is there.
"""

from __future__ import annotations

import argparse
import filecmp
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from exports import filled
from figures import README, Row, machine, put, table
from register import run

_MB = 1e6
_OPENED = 5
_ARGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def opened(site: Path) -> Iterator[Row]:
    """How long pages take from the disk until they are laid out; nothing where there is no browser."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        return
    from playwright.sync_api import sync_playwright

    largest = max((site / "ar" / "i").glob("*.html"), key=lambda p: p.stat().st_size)
    pages = {
        "first page": site / "ar/index.html",
        "list": site / "ar/list.html",
        "map": site / "ar/map.html",
        "largest incident": largest,
    }
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=found, args=list(_ARGS))
        for name, path in pages.items():
            times = []
            for _ in range(_OPENED):
                page = browser.new_page()
                begun = time.perf_counter()
                page.goto(path.as_uri())
                page.locator("h1").wait_for()
                times.append(time.perf_counter() - begun)
                page.close()
            note = f"the slowest of {_OPENED} {max(times) * 1000:.0f} ms; {path.stat().st_size / 1000:,.0f} kB"
            yield Row(f"{name} in Chromium, from the disk", f"{statistics.median(times) * 1000:.0f} ms", note)
        browser.close()


def same(one: Path, other: Path) -> bool:
    """Whether two folders hold the same files with the same bytes."""
    ours, theirs = ({p.relative_to(f) for p in f.rglob("*") if p.is_file()} for f in (one, other))
    return ours == theirs and all(filecmp.cmp(one / name, other / name, shallow=False) for name in ours)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the published site.")
    parser.add_argument("--incidents", type=int, default=5_000, help="how many (default 5,000)")
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    arguments = parser.parse_args()
    if arguments.incidents < 1:
        parser.error("--incidents must be 1 or more")
    rows = [machine()]
    with tempfile.TemporaryDirectory(prefix="marsad-bench-") as folder:
        place, site, again = (Path(folder) / name for name in ("register", "site", "again"))
        count, claims = filled(place, arguments.incidents)
        rows.append(Row("register", f"{count:,} incidents", f"{claims:,} claims, synthetic"))
        for target in (site, again):
            done = run("publish", str(target), "--as-of", "2040-01-01", "--release", "--register", str(place))
        peak = f"{done.peak:,.0f} MB at most" if done.peak is not None else "memory unknown"
        rows.append(Row("site and bundle written", f"{done.clock:.0f} s", f"{done.processor:.0f} s of processors, {peak}"))
        files = [p for p in site.rglob("*") if p.is_file()]
        rows.append(Row("size of the site", f"{sum(p.stat().st_size for p in files) / _MB:,.0f} MB", f"{len(files):,} files"))
        rows.append(Row("two runs", "the same" if same(site, again) else "DIFFERENT", "byte by byte"))
        rows += opened(site)
    text = table(rows)
    print(text)
    print(done.said, file=sys.stderr)
    if arguments.write:
        put(README, "publishing", text)


if __name__ == "__main__":
    main()
