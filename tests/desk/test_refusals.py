"""Whatever somebody does wrong at the desk, it is told in the language of the page, with what to do; programs are told the key too."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import exc

from marsad.desk.errors import message_of, status_of
from marsad.desk.settings import Settings
from marsad.register import documentrecords
from marsad.register.errors import explain
from marsad.register.failures import Failed
from marsad.register.store import Register
from tests.desk.running import Visitor, token_of
from tests.desk.saying import Said, foreign
from tests.desk.team import PASSWORD, as_role

_ARABIC = re.compile(r"[\u0621-\u064a]{2}")
_TEXT = "أفادت مصادر طبية بمقتل ثلاثة أشخاص في قصف على سوق البلدة أمس."


@pytest.fixture
def arab(settings: Settings) -> Iterator[Visitor]:
    """Someone at a desk without accounts, in Arabic."""
    with Visitor(settings, **{"accept-language": "ar"}) as visiting:
        yield visiting


@pytest.fixture
def there(place: Path) -> dict[str, str]:
    """Ids of what the register holds, and a word of the report."""
    with Register.open(str(place)) as register, register.snapshot() as connection:
        row = connection.exec_driver_sql(
            "select m.claim_id, i.code, i.id from incident_claim m join incident i on i.id = m.incident_id order by m.claim_id"
        ).first()
        assert row is not None
        other = connection.exec_driver_sql("select code from incident where code != ? order by code", (row[1],)).scalar()
        document = row[0].partition(".")[0]
        text = documentrecords.text_of(connection, document)
    word = next(w for w in text.split() if text.count(w) == 1 and w.isalpha())
    return {"claim": row[0], "document": document, "code": row[1], "other": str(other), "word": word}


def _told(page: str) -> str:
    """What a page tells at its top of what went wrong, which must be Arabic."""
    said = Said(page, own=("said",))
    words = [text for text in said.own if foreign(text) and "marsad" not in text]
    assert not words, words
    found = re.findall(r'class="said (?:error|warning)[^"]*"[^>]*>(.*?)</p>', page, re.DOTALL)
    assert found and any(_ARABIC.search(text) for text in found), " ".join(said.own)[:400]
    return " ".join(found)


def _refused(visitor: Visitor, address: str, fields: dict[str, Any] | None = None, **rest: Any) -> str:
    """What is told of a form that is refused, on the page that one is led to."""
    token = token_of(visitor.get("/").text)
    answer = visitor.post(address, data={"csrf": token, **(fields or {})}, follow_redirects=True, **rest)
    assert answer.history or answer.status_code >= 400 or rest, (address, answer.status_code)
    return _told(answer.text)


_ADDRESSES = (
    "/search?q={many}", "/search?place=91,181", "/search?q=قصف&within=x&place=حلب", "/search?place=حلب,الرباط", "/search?type=nothing",
    "/search?harm=nothing", "/search?since=2024-13-45", "/search?since=2024-05-09&until=2024-05-01", "/search?party=...", "/search?source=...",
    "/search?q=قصف&after=none", "/search?q=قصف&within=" + "9" * 30, "/search?place=,", "/map?since=soon", "/map?within=1", "/map?within=1 2,3 4",
    "/map?within=999 1,2 3,4 5", "/map?least=-1", "/map?least=many", "/incidents?flag=nothing", "/incidents?order=nothing", "/incidents?after=x",
    '/incidents?after=[1,"x"]', "/incidents?killed=-4", "/incidents?killed=x", "/incidents?since=2024-02-31", "/incidents/{code}?by=nothing",
    "/incidents/XX-9", "/incidents/XX-9/why", "/incidents/alone?kind=nothing", "/charts?policy=nothing", "/charts?by=nothing",
    "/exports?to=nothing&preview=true", "/exports?let=nothing&preview=true", "/exports?by=nothing&preview=true",
    "/exports?type=nothing&preview=true", "/exports?since=x", "/reading/0123456789abcdef", "/reading/nothing", "/reading/{document}?claim=x",
    "/reading/{document}/copies?queue=nothing", "/documents?without=nothing", "/documents?after=x", "/history/reports/0123456789abcdef",
    "/history/incidents/XX-9", "/log?before=x", "/log?since=x", "/failures?before=-1", "/restrictions?kind=nothing", "/pins?latitude=95&longitude=5",
    "/pins?claim=nothing", "/pins?incident=XX-9", "/doubts?at=-1", "/nothing", "/static/nothing", "/map/small/XX-9", "/search/names?kind=x",
)  # fmt: skip


def test_addresses_that_cannot_be_are_told_in_arabic(arab: Visitor, there: dict[str, str]) -> None:
    for address in _ADDRESSES:
        answer = arab.get(address.format(**there, many="كلمة " * 60) if "{" in address else address)
        if answer.status_code < 400:
            said = Said(answer.text, own=("said",))
            assert not [text for text in said.own if foreign(text) and "marsad" not in text], address
        else:
            assert answer.status_code < 500 and _told(answer.text), address


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"date.start": "2024-13-45"}, "سنة-شهر-يوم"),
        ({"date.start": "2024-05-09", "date.end": "2024-05-01", "date.precision": "days"}, "يتجاوز"),
        ({"date.precision": "nothing"}, "الدقة"),
        ({"type": "nothing"}, "الحدث"),
        ({"status": "nothing"}, "الحالة"),
        ({"place.gazetteer": "own:77"}, "دليل الأماكن"),
        ({"place.country": "Syria"}, "ليس رمز بلد"),
        ({"place.class": "nothing"}, "صنف المكان"),
        ({"date.quote": "كلمات ليست في النص"}, "لا ترد في النص"),
        ({"harm.new.kind": "killed", "harm.new.min": "كثير"}, "ليس عدداً صحيحاً"),
        ({"harm.new.kind": "killed", "harm.new.min": "3"}, "لا اقتباس"),
        ({"harm.new.kind": "killed", "harm.new.min": "9", "harm.new.max": "3"}, "يتجاوز"),
        ({"perpetrators.new.id": "nothing", "perpetrators.new.quote": "{word}"}, "ليس طرفاً معروفاً"),
        ({"sources.new.kind": "nothing", "sources.new.name": "س"}, "غير معروفة"),
        ({}, ""),
    ],
)
def test_a_correction_that_cannot_be_is_told_in_arabic(
    arab: Visitor, there: dict[str, str], fields: dict[str, str], told: str
) -> None:
    address = f"/reading/{there['document']}/claims/{there['claim']}/correct"
    filled = {key: value.format(word=there["word"]) for key, value in fields.items()}
    assert told in _refused(arab, address, {"seen": "0", "why": "سبب", **filled})


def test_what_a_reader_cannot_do_is_told_in_arabic(arab: Visitor, there: dict[str, str]) -> None:
    report, claim = f"/reading/{there['document']}", f"/reading/{there['document']}/claims/{there['claim']}"
    assert "سبب" in _refused(arab, f"{claim}/reject", {"seen": "0", "why": " "})
    assert "سبب" in _refused(arab, f"{claim}/correct", {"seen": "0", "why": "", "type": "armed_clash"})
    _refused(arab, f"{claim}/accept", {})
    _refused(arab, f"{claim}/accept", {"seen": "-1"})
    _refused(arab, f"{report}/claims", {"why": "سبب", "trigger.quote": "كلمات ليست في النص"})
    assert "اقتبسها" in _refused(arab, f"{report}/claims", {"why": "سبب"})
    _refused(arab, f"{report}/undo", {"why": "سبب"})
    _refused(arab, f"{report}/undo", {"number": "7", "why": "سبب"})
    _refused(arab, f"{report}/sign", {"seen": "0"})
    _refused(arab, f"{report}/unsign", {"number": "5", "why": "سبب"})
    _refused(arab, f"{report}/copies", {"queue": "nothing"})
    for value in ("{", "[]", '{"fields": [1]}'):
        _refused(arab, f"{report}/draft", {"value": value})
    arab.submit(f"{claim}/accept", {"seen": "0"})
    # Somebody else decides on it, not having seen that.
    assert "Rana" in _refused(arab, f"{claim}/reject", {"seen": "0", "why": "سبب"})


def test_what_cannot_be_done_to_an_incident_is_told_in_arabic(arab: Visitor, there: dict[str, str]) -> None:
    incident = f"/incidents/{there['code']}"
    held = [c["id"] for c in arab.json(incident)["claims"]]
    for address, fields in (
        ("merge", {"others": "", "why": "سبب"}), ("merge", {"others": there["other"], "why": ""}), ("merge", {"others": "XX-9", "why": "سبب"}),
        ("split", {"why": "سبب"}), ("split", {"claim": held, "why": "سبب"}), ("split", {"claim": ["0123456789abcdef.1"], "why": "سبب"}),
        ("move", {"claim": "0123456789abcdef.1", "to": there["other"], "why": "سبب"}), ("move", {"claim": held[0], "to": "XX-9", "why": "سبب"}),
        ("move", {"claim": held[0], "to": there["code"], "why": "سبب"}), ("part", {"other": there["code"], "why": "سبب"}),
        ("part", {"other": there["other"], "why": ""}), ("retract", {"number": "77", "why": "سبب"}), ("retract", {"number": "x", "why": "سبب"}),
        ("grade", {"grade": "nothing", "seen": "x", "why": "سبب"}), ("grade", {"grade": "fair", "seen": "x", "why": ""}),
        ("grade", {"grade": "fair", "seen": "x", "why": "سبب"}), ("ungrade", {"number": "77", "why": "سبب"}),
    ):  # fmt: skip
        assert _refused(arab, f"{incident}/{address}", fields)
    assert _refused(arab, "/incidents/alone", {"claim": "0123456789abcdef.1", "to": there["code"], "why": "سبب"})
    # Two incidents that were told apart are not merged.
    arab.submit(f"{incident}/part", {"other": there["other"], "why": "سبب"})
    _refused(arab, f"{incident}/merge", {"others": there["other"], "why": "سبب"})
    # What is taken back is taken back once.
    answer = arab.submit(f"{incident}/grade", {"grade": "fair", "seen": arab.json(incident)["grade"]["seen"], "why": "سبب"})
    assert answer.status_code == 303
    number = arab.json(incident)["signatures"][-1]["id"]
    arab.submit(f"{incident}/ungrade", {"number": str(number), "why": "سبب"})
    assert "أُلغي من قبل" in _refused(arab, f"{incident}/ungrade", {"number": str(number), "why": "سبب"})


def test_what_cannot_be_pinned_or_restricted_is_told_in_arabic(arab: Visitor, there: dict[str, str]) -> None:
    good = {"names": "بلدة", "kind": "town", "country": "LB", "latitude": "33.3", "longitude": "35.6", "why": "سبب"}
    for wrong in (
        {"latitude": "95"}, {"latitude": "x"}, {"longitude": "999"}, {"kind": "planet"}, {"why": " "}, {"names": " "}, {"country": "L"},
        {"names": "ا\x07ب"}, {"names": "ا" * 300}, {"latitude": "38", "longitude": "34", "country": "SY"}, {"claim": "nothing"},
    ):  # fmt: skip
        assert _refused(arab, "/pins", good | wrong)
    assert _refused(arab, "/pins/remove", {"place": "own:99", "why": "سبب"})
    assert _refused(arab, "/pins/read", {})
    subject = {"kind": "document", "subject": there["document"], "why": "سبب", "role": "reviewer"}
    for wrong in (
        {"why": " "}, {"role": "king"}, {"role": "", "people": ["لا أحد"]}, {"role": ""}, {"subject": "0123"}, {"kind": "nothing"},
        {"kind": "incident", "subject": "XX-9"},
    ):  # fmt: skip
        assert _refused(arab, "/restrictions", subject | wrong)
    assert _refused(arab, "/restrictions/lift", {"subject": there["document"], "why": "سبب"})
    assert _refused(arab, "/restrictions/lift", {"subject": there["document"], "why": ""})
    for wrong in (
        {"name": ""},
        {"role": "king"},
        {"days": "0"},
        {"days": "9999"},
        {"days": "x"},
        {"name": "a" * 200},
        {"role": "admin"},
    ):
        assert _refused(arab, "/me/tokens", {"name": "برنامج", "role": "reader", "days": "9"} | wrong)
    assert _refused(arab, "/me/tokens/99/revoke")
    assert _refused(arab, "/preferences/language", {"to": "xx"})
    assert _refused(arab, "/failures/dismiss", {"number": ["99"], "why": ""})
    assert _refused(arab, "/failures/dismiss", {"number": ["99"], "why": "سبب"})
    assert _refused(arab, "/failures/retry", {"number": "99"})
    assert _refused(arab, "/exports/file", {"to": "nothing"})
    assert _refused(arab, "/exports/file", {"to": "csv", "grade": "nothing"})


def test_accounts_and_passwords_are_refused_in_arabic(team: Visitor) -> None:
    team.headers["accept-language"] = "ar"
    admin = as_role(team, "admin")
    for fields in (
        {"name": "Huda", "role": "reader"}, {"name": "<>", "role": "reader"}, {"name": "", "role": "reader"}, {"name": "Nur", "role": "king"},
        {"name": "x" * 200, "role": "reader"},
    ):  # fmt: skip
        assert _refused(admin, "/accounts", fields)
    for path in ("/accounts/99/role", "/accounts/99/disable", "/accounts/99/enable", "/accounts/99/password"):
        assert "لا يوجد حساب" in _refused(admin, path, {"to": "reader"})
    number = next(a["id"] for a in admin.json("/accounts")["accounts"] if a["name"] == "Rana")
    assert "المدير الوحيد" in _refused(admin, f"/accounts/{number}/disable")
    assert "المدير الوحيد" in _refused(admin, f"/accounts/{number}/role", {"to": "reader"})
    assert "صلاحية" in _refused(admin, f"/accounts/{number}/role", {"to": "king"})
    reader = as_role(team, "reader")
    for fresh, again in (
        ("short", "short"),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa"),
        ("hudahudahuda", "hudahudahuda"),
        ("x" * 14, "y" * 14),
    ):
        assert _refused(reader, "/me/password", {"password": PASSWORD, "fresh": fresh, "again": again})
    assert "كلمة السر غير صحيحة" in _refused(reader, "/me/password", {"password": "wrong", "fresh": "x" * 14, "again": "x" * 14})
    assert "صلاحية" in _told(reader.get("/accounts").text)
    assert "صلاحية" in _refused(reader, "/add", {"text": _TEXT})
    assert "مفتاح" in _refused(reader, "/me/tokens", {"name": "برنامج", "role": "analyst", "days": "9"})
    team.cookies.clear()
    page = team.get("/sign-in").text
    told = [
        team.post("/sign-in", data={"csrf": token_of(page), "name": "Huda", "password": "wrong"}, follow_redirects=True).text
        for _ in range(7)
    ]
    assert all(_told(page) for page in told) and "ثانية" in told[-1]
    stale = team.post("/sign-in", data={"csrf": "x", "name": "Huda", "password": PASSWORD})
    assert stale.status_code == 403 and _told(stale.text)


def _zip(**files: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, text in files.items():
            packed.writestr(name.replace("_", "."), text)
    return made.getvalue()


_FILES = {
    "empty.txt": b"", "blank.txt": b"  \n ", "binary.bin": bytes(range(256)) * 40, "picture.png": b"\x89PNG\r\n\x1a\n" + b"\x00" * 300,
    "broken.pdf": b"%PDF-1.7 broken", "broken.docx": b"PK\x03\x04broken", "broken.zip": _zip(a_txt=_TEXT)[:-30], "none.zip": _zip(a_exe="x"),
    "broken.json": b'{"text": ', "other.json": b'{"words": 1}', "list.json": b"[]", "lines.jsonl": b'{"text": "x"}\nnot json\n\xff\n',
    "feed.xml": b"<rss><channel></channel></rss>", "xml.xml": b"<a><b></a>", "bomb.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    "table.csv": b"a,b\n1,2\n", "page.html": b"<html><body><p>x</p></body></html>", "mail.eml": b"Subject: x\nFrom: a@b.example\n\n",
    "archive.warc": b"WARC/1.0\r\nbroken", "numbers.txt": b"123 456", "links.txt": b"https://news.example/1\nhttps://news.example/2\n",
    "packed.gz": b"\x1f\x8b\x08\x00broken", "old.doc": b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "encoding.txt": b"\x81\x8d\x8f\x90\x9d" * 50,
    "chat.json": b'{"name": "x", "type": "private", "id": 1, "messages": [{"id": 1, "type": "message", "text": ""}]}',
}  # fmt: skip


def test_why_something_is_not_taken_in_is_told_in_arabic_and_kept_so(arab: Visitor, place: Path) -> None:
    for text in ("", " \n", "x" * 200_001, "123 456 789", "<p></p>", "https://news.example/1", '{"text": 1}', "[]"):
        answer = arab.post("/add/preview", data={"csrf": token_of(arab.get("/").text), "text": text})
        assert (
            _told(answer.text) if answer.status_code >= 400 or 'class="said error' in answer.text else answer.status_code == 200
        ), text[:40]
    assert _refused(arab, "/add", {})
    assert _refused(arab, "/add", {"text": _TEXT, "published": "2024-02-31"})
    assert _refused(arab, "/add", {"text": _TEXT, "address": "news.example"})
    token = token_of(arab.get("/").text)
    for name, data in _FILES.items():
        files = [("files", (name, data, "application/octet-stream"))]
        page = arab.post("/add", data={"csrf": token, "published": "2024-05-05"}, files=files)
        words = [cell for cell in re.findall(r'<td><span dir="auto">(.*?)</span></td>', page.text) if cell]
        assert not [w for w in words if foreign(w) and "marsad" not in w], (name, words)
        assert words or page.status_code == 200, name
        assert all(_ARABIC.search(w) for w in words), (name, words)
    listed = arab.get("/failures").text
    reasons = re.findall(r'<td><span dir="auto">(.*?)</span>', listed)
    assert len(reasons) > 10 and all(_ARABIC.search(r) and (not foreign(r) or "marsad" in r) for r in reasons), reasons
    # As JSON they are English as ever, with the key of the reason; what an earlier program kept is known by its words or stays as it is.
    kept = arab.json("/failures")["failures"]
    assert all(f["key"] and not _ARABIC.search(f["reason"].replace(f["where"], "")) for f in kept)
    with Register.open(str(place)) as register:
        old = ("no file of old days", "b.zip: larger than 64 MB when unpacked")
        register.note_failures([Failed(f"/old/{n}", f"/old/{n}", reason) for n, reason in enumerate(old)], (), who="Rana", why="")
    assert "أكبر من \u206864\u2069 ميغابايت بعد الفك" in arab.get("/failures").text
    assert "no file of old days" in arab.get("/failures").text
    assert {f["reason"]: f.get("key") for f in arab.json("/failures")["failures"]}["no file of old days"] is None
    first = re.findall(r'<span class="hint" dir="auto">(.*?)</span>', arab.get("/").text)
    assert len(first) > 2 and all(not foreign(r) or "marsad" in r or r == "no file of old days" for r in first), first


def test_the_guard_speaks_arabic(arab: Visitor) -> None:
    for answer in (
        arab.get("/", headers={"host": "elsewhere.example"}),
        arab.post("/lock", headers={"origin": "https://elsewhere.example"}),
        arab.post("/lock", content=b"x", headers={"content-length": "99999999999"}),
    ):
        assert (
            answer.status_code in (403, 413, 421)
            and _ARABIC.search(answer.text)
            and not foreign(answer.text.replace("--name HOST", ""))
        )
    token = token_of(arab.get("/").text)
    broken = arab.post(
        "/add", content=b"--x\r\nbroken", headers={"content-type": "multipart/form-data; boundary=y", "x-csrf-token": token}
    )
    assert broken.status_code == 400 and _told(broken.text)


def test_programs_are_told_the_key(visitor: Visitor, there: dict[str, str]) -> None:
    error = visitor.json("/incidents?order=nothing", status=400)["error"]
    assert error["status"] == 400 and error["key"] == "list.order" and "cannot be sorted" in error["message"]
    wrong = visitor.json("/incidents?killed=x", status=422)["error"]
    assert wrong["key"] == "invalid" and "whole number" in wrong["message"]
    gone = visitor.get("/incidents/XX-9", headers={"accept": "application/json", "accept-language": "ar"}).json()["error"]
    assert gone["key"] == "incident.none" and "XX-9" in gone["message"] and "\u2068" not in gone["message"]
    assert "key" not in visitor.json("/nothing", status=404)["error"]


def test_warnings_of_a_report_are_told_in_arabic(arab: Visitor) -> None:
    token = token_of(arab.get("/").text)
    page = arab.post("/add/preview", data={"csrf": token, "text": _TEXT}).text
    assert "يوم النشر غير معروف؛ تبقى" in page and "relative dates" not in page
    answer = arab.post("/add", data={"csrf": token, "text": _TEXT, "dayless": "1"}, headers={"accept": "application/json"}).json()
    document = answer["results"][0]["outcomes"][0]["document"]
    report = arab.get(f"/reading/{document}").text
    assert "يوم النشر غير معروف؛ تبقى" in report and "relative dates" not in report


def test_why_a_search_finds_nothing_is_told_in_arabic(arab: Visitor) -> None:
    for query in (
        "since=2024-01-01",
        "until=1999-01-01",
        "since=2024-01-01&until=2024-02-01",
        "place=حلب&within=5km",
        "type=agreement&site=media&source=medical",
    ):
        page = arab.get(f"/search?q=كلمةغريبة&{query}").text
        parts = re.findall(r'<td><bdi dir="auto">(.*?)</bdi></td>', page)
        assert len(parts) > 1 and not [p for p in parts if foreign(p)], parts
        assert all(_ARABIC.search(p) for p in parts), parts


def test_a_fault_of_the_reader_is_told_in_arabic(arab: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marsad.reading.reader.read_steps", lambda *told: _failing())
    page = arab.post("/add/preview", data={"csrf": token_of(arab.get("/").text), "text": _TEXT}).text
    assert "خلل في القارئ" in _told(page) and "please report" not in page


def _failing() -> Iterator[None]:
    yield
    raise ValueError("no good")


@pytest.mark.parametrize(
    ("said", "told", "status"),
    [
        ("database is locked", "برنامج آخر يشغل السجل", 503), ("disk is full", "لم يبق متسع", 500), ("readonly database", "لا تُسمح الكتابة", 500),
        ("malformed", "سجل تالف", 500), ("unable to open database", "يتعذّر فتحه", 500), ("server closed", "خادم قاعدة البيانات", 500),
        ("something else", "أخفقت قاعدة البيانات", 500),
    ],
)  # fmt: skip
def test_what_databases_say_is_told_in_arabic(said: str, told: str, status: int) -> None:
    error = explain(exc.OperationalError("", {}, Exception(said)), "register")
    words = message_of(error, "ar")
    assert told in words and not foreign(words) and status_of(error) == status
    assert "nothing of this step was kept" in str(error) or said in ("malformed", "unable to open database")


def test_an_error_leads_back_to_where_one_was(arab: Visitor) -> None:
    page = arab.get("/incidents?order=nothing", headers={"referer": f"{arab.base_url}/incidents?words=x"}).text
    assert 'href="/incidents?words=x"' in page
    elsewhere = arab.get("/incidents?order=nothing", headers={"referer": "https://elsewhere.example/x"}).text
    assert "elsewhere" not in elsewhere and "الصفحة التي جئت منها" not in elsewhere
