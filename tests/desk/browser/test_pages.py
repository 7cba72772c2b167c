"""Every page of the desk in both languages, in a wide and a narrow window: readable, reachable, in the right direction, without errors."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.desk.team import addresses

# What gives no page: files, parts of pages, and ways that lead on.
_LEFT = ("/api", "/oidc/", "/sign-in", "/locked")


def known(address: str) -> dict[str, str]:
    """Ids of a report, a claim and an incident, for addresses that need one."""
    with httpx.Client(base_url=address, headers={"accept": "application/json"}) as asking:
        entries = asking.get("/log?action=reading").json()["entries"]
        document = next(e["subject"] for e in entries if e["subject"])
        found = {"document": document, "report": document, "id": document, "claim": f"{document}.1"}
        answer = asking.get("/incidents")
        codes = re.findall(r'"code": "([^"]+)"', answer.text) if answer.status_code == 200 else []
    return found | ({"incident": codes[0], "code": codes[0]} if codes else {})


def pages(address: str) -> list[str]:
    """The addresses of all pages."""
    ids = known(address)
    found = []
    with httpx.Client(base_url=address, headers={"accept": "text/html"}, follow_redirects=False) as asking:
        for told in addresses():
            wanted = set(re.findall(r"\{(\w+)", told.path))
            if told.method != "GET" or told.path.startswith(_LEFT) or not wanted <= ids.keys():
                continue
            filled = told.filled(ids)
            answer = asking.get(filled)
            if answer.status_code == 200 and answer.text.lstrip().startswith("<!doctype html>"):
                found.append(filled)
    return found


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)], ids=["wide", "narrow"])
def test_every_page(open_page: Any, address: str, language: str, width: int, dark: bool, check_page: Callable[..., None]) -> None:
    page = open_page("/", language=language, width=width, dark=dark)
    wrong = []
    for told in pages(address):
        page.goto(address + told)
        name = re.sub(r"[0-9a-f]{16}(\.\d+)?", "ID", told.strip("/")).replace("/", "-") or "home"
        try:
            check_page(page, f"page-{name}-{language}-{width}")
            assert page.locator("h1").count() == 1, "a page has one heading of the first level"
            assert page.locator("main").count() == 1
            assert page.title().strip()
        except AssertionError as error:
            wrong.append(f"{told}: {error}")
    assert not wrong, "\n".join(wrong)
