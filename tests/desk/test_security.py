"""What holds for all requests: names of hosts, sizes of bodies, files, headers, and languages of errors."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from starlette.responses import Response

from marsad.desk import assets, screens
from marsad.desk.context import is_local
from marsad.desk.pages import log
from marsad.desk.security import POLICY
from marsad.desk.settings import Settings, is_loopback
from tests.desk.running import Visitor, token_of
from tests.desk.team import addresses, as_role


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.", "10.0.0.1:8410", "[::2]"])
def test_other_host_names_are_refused(visitor: Visitor, host: str) -> None:
    assert visitor.get("/log", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "localhost:8410", "127.0.0.1:9", "[::1]:8410", "LOCALHOST", "desk.example:443"])
def test_own_host_names_are_answered(settings: Settings, host: str) -> None:
    with Visitor(Settings(register=settings.register, who="Rana", hosts=("desk.example",))) as visitor:
        assert visitor.get("/log", headers={"host": host}).status_code == 200


def test_bodies_have_a_limit_whatever_length_they_tell(settings: Settings) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(60):
            yield b"x" * 100

    with Visitor(Settings(register=settings.register, body_limit=5000)) as visitor:
        headers = {"content-type": "application/x-www-form-urlencoded"}
        for address in ("/preferences/language", "/log", "/nothing"):
            assert visitor.post(address, content=b"x" * 5001, headers=headers).status_code == 413
        told = {**headers, "content-length": "99999999999999999999999"}
        assert visitor.post("/preferences/language", content=b"", headers=told).status_code == 413
        assert visitor.post("/preferences/language", content=parts(), headers=headers).status_code == 413
        token = token_of(visitor.get("/").text)
        assert visitor.post("/preferences/language", data={"to": "ar", "csrf": token}).status_code == 200


def test_only_who_is_signed_in_may_send_large_bodies(team: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "body_limits", lambda: {"/preferences/names": 5_000_000})
    with Visitor(team.app.state.desk.settings) as visitor:  # type: ignore[attr-defined]
        for role, address, status in (
            ("", "/preferences/names", 413),
            # Taken, and then refused because one field is as long.
            ("reader", "/preferences/names", 400),
            ("reader", "/preferences/language", 413),
        ):
            as_role(visitor, role)
            assert visitor.post(address, data={"to": "x" * 3_000_000}).status_code == status, (role, address)


@pytest.mark.skipif(not assets.built(), reason="the front end is not built")
@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/static/....//app.py",
        "/static/",
    ],
)
def test_no_other_file_is_served(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code in (404, 405) and "create_app" not in answer.text


@pytest.mark.skipif(not assets.built(), reason="the front end is not built")
def test_built_files_are_kept_by_browsers_and_pages_are_not(visitor: Visitor) -> None:
    built = visitor.get(assets.asset("main.css"))
    assert built.status_code == 200 and "immutable" in built.headers["cache-control"]
    assert visitor.get("/log").headers["cache-control"] == "no-store"
    assert visitor.get("/static/none.js").headers.get("cache-control") is None


def test_every_answer_forbids_what_is_not_of_the_desk(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    answers = [visitor.get(address) for address in ("/log", "/log?format=json", "/nothing", "/log?before=x")]
    answers.append(visitor.post("/preferences/language"))
    answers.append(visitor.get("/log", headers={"host": "evil.example"}))
    for answer in answers:
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert "unsafe" not in POLICY and "*" not in POLICY


def test_a_fault_is_told_without_its_inside(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> Response:
        raise RuntimeError("the inside")

    monkeypatch.setattr(log.audit, "entries", broken)
    logging.getLogger("marsad.desk.app").setLevel(logging.CRITICAL)
    with Visitor(settings) as visitor:
        page, data = visitor.get("/log"), visitor.get("/log?format=json")
    assert page.status_code == data.status_code == 500
    assert "the inside" not in page.text + data.text and "Nothing of this step was kept" in page.text
    assert data.json()["error"]["status"] == 500 and page.headers["content-security-policy"] == POLICY


def test_errors_are_pages_in_the_language_of_the_reader(visitor: Visitor) -> None:
    arabic = visitor.get("/nothing", headers={"accept-language": "ar"})
    assert arabic.status_code == 404 and 'dir="rtl"' in arabic.text
    assert "There is no page" in visitor.get("/nothing").text


def test_the_language_follows_the_switch_and_only_known_ones(visitor: Visitor) -> None:
    assert visitor.submit("/preferences/language", {"to": "ar", "back": "/log?who=x"}).headers["location"] == "/log?who=x"
    assert 'lang="ar"' in visitor.get("/log").text
    visitor.submit("/preferences/language", {"to": "xx"}, status=400)


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\n/evil", ""]
)
def test_no_form_leads_elsewhere(visitor: Visitor, back: str) -> None:
    assert not is_local(back)
    assert visitor.submit("/preferences/language", {"to": "en", "back": back}).headers["location"] == "/"


@pytest.mark.parametrize(
    ("host", "told"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("192.168.1.2", False), ("x", False)],
)
def test_what_is_reached_only_from_here(host: str, told: bool) -> None:
    assert is_loopback(host) is told


def test_screens_stand_in_order_and_lead_somewhere() -> None:
    known = {address.path for address in addresses() if address.method == "GET"}
    places = [screen.place for screen in screens.screens()]
    assert places == sorted(set(places)) and {screen.address for screen in screens.screens()} <= known


def test_forms_may_be_sent_with_fields_left_empty(visitor: Visitor) -> None:
    for address in (
        "/incidents?words=&killed=&since=&flag=",
        "/map?least=&since=",
        "/documents?since=&lacking=",
        "/exports?to=csv&preview=",
    ):
        assert visitor.get(address).status_code == 200, address
    whole = visitor.json("/incidents")["total"]
    assert visitor.json("/incidents?killed=&words=")["total"] == whole
    assert visitor.json("/incidents?killed=1&words=")["total"] < whole
