"""Downloads: against a server on this machine that can break off and go on."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from marsad.errors import InputError
from marsad.gazetteer.download import fetch, fetch_country


def archive(name: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, text)
    return out.getvalue()


class Server(ThreadingHTTPServer):
    files: dict[str, bytes]
    cut: int = 0
    ranges: list[str]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        body = self.server.files.get(self.path)
        if body is None:
            self.send_error(404, "Not Found")
            return
        start = 0
        told = self.headers.get("Range")
        if told:
            self.server.ranges.append(told)
            start = int(told.removeprefix("bytes=").rstrip("-"))
            if start >= len(body):
                self.send_error(416, "Range Not Satisfiable")
                return
        self.send_response(206 if told else 200)
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        part = body[start:]
        if self.server.cut:
            part, self.server.cut = part[: self.server.cut], 0
        self.wfile.write(part)

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server(("127.0.0.1", 0), Handler)
    running.ranges = []
    running.files = {"/SY.zip": archive("SY.txt", "row\n" * 5000), "/alternatenames/SY.zip": archive("SY.txt", "name\n")}
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()


def address(server: Server) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"


def test_a_country_comes_with_its_alternate_names(server: Server, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    places, names = fetch_country("sy", tmp_path, address(server), lambda *p: seen.append(p))
    assert places.read_bytes() == server.files["/SY.zip"]
    assert names is not None and names.exists()
    assert seen[-1][1] == seen[-1][2]


def test_what_broke_off_goes_on(server: Server, tmp_path: Path) -> None:
    server.cut = 40
    with pytest.raises(InputError, match="run the same command again"):
        fetch(f"{address(server)}/SY.zip", tmp_path / "SY.zip")
    assert not (tmp_path / "SY.zip").exists()
    fetch(f"{address(server)}/SY.zip", tmp_path / "SY.zip")
    assert (tmp_path / "SY.zip").read_bytes() == server.files["/SY.zip"]
    assert server.ranges == ["bytes=40-"]


def test_a_missing_country_is_told(server: Server, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="404"):
        fetch_country("XX", tmp_path, address(server))


def test_missing_alternate_names_are_no_error(server: Server, tmp_path: Path) -> None:
    del server.files["/alternatenames/SY.zip"]
    assert fetch_country("SY", tmp_path, address(server))[1] is None


def test_a_wrong_checksum_throws_the_file_away(server: Server, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="checksum"):
        fetch(f"{address(server)}/SY.zip", tmp_path / "SY.zip", sha256="0" * 64)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_archive_is_thrown_away(server: Server, tmp_path: Path) -> None:
    sound = server.files["/SY.zip"]
    server.files["/SY.zip"] = sound[:45] + b"\x00\x00\x00" + sound[48:]
    with pytest.raises(InputError, match="thrown away"):
        fetch_country("SY", tmp_path, address(server))
    assert not (tmp_path / "SY.zip").exists()


@pytest.mark.parametrize("url", ["http://example.org/SY.zip", "file:///etc/hostname", "ftp://example.org/x"])
def test_only_https_is_fetched(url: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="only https"):
        fetch(url, tmp_path / "x")


def test_codes_are_two_letters(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no country code"):
        fetch_country("Syria", tmp_path)
