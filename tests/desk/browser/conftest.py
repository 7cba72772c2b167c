"""A browser at a running desk. A test fails where the console tells an error, or anything is asked of another machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from marsad.desk import assets
from marsad.desk.settings import Settings
from tests.desk.running import copied, serving
from tests.desk.team import make_team
from tests.shared import ROOT

_AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
# Screenshots are kept here, to be looked at; "out" is not part of the repository.
SHOTS = Path(os.environ.get("MARSAD_SHOTS", ROOT / "out" / "screens"))

OpenPage = Callable[..., Any]


@pytest.fixture(scope="session")
def browser(chromium: Any) -> Any:
    if not assets.built():
        pytest.skip("the front end is not built; make test builds it")
    return chromium


@pytest.fixture
def address(samples_register: Path, tmp_path: Path, browser: Any) -> Iterator[str]:
    """A running desk over a register of the samples, for one test; without a slash at the end."""
    with serving(Settings(register=str(copied(samples_register, tmp_path / "served")), who="Rana")) as running:
        yield running


@pytest.fixture
def team_address(samples_register: Path, tmp_path: Path, browser: Any) -> Iterator[str]:
    """As ``address``, with an account of each role (``tests.desk.team``)."""
    place = str(copied(samples_register, tmp_path / "team"))
    make_team(place)
    with serving(Settings(register=place)) as running:
        yield running


@pytest.fixture
def open_page(browser: Any, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Opens a page of the desk: ``open_page("/log", language="ar", dark=False, width=1280)``; ``base`` is that of another desk."""
    contexts: list[Any] = []
    wrong: list[str] = []
    # What is broken off when a page is closed is no error of it.
    closing: list[bool] = []

    def watch(page: Any, base: str) -> None:
        def asked(request: Any) -> None:
            parts = urlsplit(request.url)
            if parts.scheme not in ("data", "blob") and f"{parts.scheme}://{parts.netloc}" != base:
                wrong.append(f"asked for {request.url}")

        page.on("request", asked)
        page.on("console", lambda told: wrong.append(f"console: {told.text}") if told.type == "error" and not closing else None)
        page.on("pageerror", lambda error: None if closing else wrong.append(f"script: {error}"))

    def opened(
        path: str, *, language: str = "en", dark: bool = False, width: int = 1280, height: int = 900, base: str = "", **rest: Any
    ) -> Any:
        base = base or request.getfixturevalue("address")
        context = browser.new_context(
            locale=language, color_scheme="dark" if dark else "light", viewport={"width": width, "height": height}, **rest
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        watch(page, base)
        page.goto(base + path)
        return page

    yield opened
    closing.append(True)
    for context in contexts:
        context.close()
    assert not wrong, wrong


@pytest.fixture(params=["ar", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Each language of the interface."""
    return str(request.param)


@pytest.fixture
def check_page(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Looks at a page: no serious finding of axe, direction as the language has it, nothing wider than the window; keeps a picture.

    Args of what it gives: the page, and a name for the picture.
    """

    def check(page: Any, name: str) -> None:
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
        told = page.evaluate(
            "() => ({lang: document.documentElement.lang, dir: getComputedStyle(document.documentElement).direction})"
        )
        assert told["dir"] == ("rtl" if told["lang"] == "ar" else "ltr")
        assert "\u27e6" not in page.content(), "a text of the interface is missing"
        beyond = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, f"{name}: the page is {beyond} pixels wider than the window"
        assert _AXE.is_file(), "the packages of the front end are not there; make front installs them"
        page.evaluate(_AXE.read_text("utf-8"))
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        serious = [
            f"{v['id']}: {v['help']}: {[n['html'][:200] + ' ' + str(n.get('failureSummary'))[:300] for n in v['nodes'][:3]]}"
            for v in found["violations"]
            if v["impact"] in ("serious", "critical")
        ]
        assert not serious, "\n".join(serious)

    return check
