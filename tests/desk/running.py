"""A register of the samples, and a desk over it: for tests in this process, and as a server for a browser."""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import httpx
import uvicorn
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from marsad.cli.main import app as commands
from marsad.desk.app import create_app
from marsad.desk.settings import Settings
from tests.shared import SAMPLES

Place = TypeVar("Place", str, Path)
__all__ = ["Visitor", "copied", "make_register", "serving", "token_of"]


def make_register(place: Place) -> Place:
    """A register with all samples, linked: in a folder, or in the database of an address."""
    at = ["--register", str(place), "--who", "Rana"]
    for words in (["init", str(place)], ["add", str(SAMPLES / "reports"), "--jobs", "1", *at], ["link", *at]):
        done = CliRunner().invoke(commands, words)
        assert done.exit_code == 0, done.output
    return place


def copied(made: Path, to: Path) -> Path:
    """A copy of a register, to be changed by one test."""
    shutil.copytree(made, to)
    return to


def token_of(html: str) -> str:
    """The token of the forms of a page."""
    found = re.search(r'name="csrf" content="([^"]+)"', html)
    assert found, "the page holds no token"
    return found[1]


class Visitor(TestClient):
    """A browser without script: it keeps cookies and sends the token of the page that it saw."""

    def __init__(self, settings: Settings, **headers: str) -> None:
        super().__init__(
            create_app(settings), base_url=f"http://127.0.0.1:{settings.port}", headers={"accept-language": "en", **headers}
        )

    def json(self, address: str, status: int = 200) -> Any:
        """What a page gives as JSON."""
        answer = self.get(address, headers={"accept": "application/json"})
        assert answer.status_code == status, answer.text
        return answer.json()

    def submit(self, address: str, fields: dict[str, Any] | None = None, *, status: int = 303, **rest: Any) -> httpx.Response:
        """Send a form, as a page of the desk would; the answer is not followed."""
        token = token_of(self.get("/").text)
        answer = self.post(address, data={"csrf": token, **(fields or {})}, follow_redirects=False, **rest)
        assert answer.status_code == status, answer.text
        return answer


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """A desk that runs beside the test; yields its address, without a slash at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        free.listen(64)
        port = free.getsockname()[1]
        app = create_app(replace(settings, port=port))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [free]}, daemon=True)
        thread.start()
        end = time.monotonic() + 20
        while not server.started and time.monotonic() < end:
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(20)
