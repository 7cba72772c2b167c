"""A web server on this machine for tests, with answers by path."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

__all__ = ["Answer", "Site", "site"]


@dataclass
class Answer:
    """What the server answers; ``write`` writes the body itself."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    write: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass
class Site:
    """A running server: its answers by path, and what it was asked for."""

    url: str
    answers: dict[str, Answer | Callable[[BaseHTTPRequestHandler], Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def page(self, path: str, body: bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> str:
        self.answers[path] = Answer(body, 200, {"Content-Type": kind, **{k.replace("_", "-"): v for k, v in headers.items()}})
        return self.url + path

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        self.answers[path] = Answer(b"", status, {"Location": target})
        return self.url + path


@contextmanager
def site() -> Iterator[Site]:
    """A server as long as it is needed."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            running.asked.append((self.path, dict(self.headers)))
            told = running.answers.get(self.path, Answer(b"no", 404))
            answer = told(self) if callable(told) else told
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.write is not None:
                self.send_header("Connection", "close")
                self.end_headers()
                self.close_connection = True
                try:
                    answer.write(self)
                except OSError:
                    pass
                return
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *told: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    running = Site(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
