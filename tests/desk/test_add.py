"""Taking in at the desk: what is pasted is shown before it is stored, what is dropped is told file by file, and no day is guessed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from marsad.register import documentrecords
from marsad.register.store import Register
from tests.desk.running import Visitor, token_of

TEXT = "قالت مصادر طبية إن خمسة مدنيين قتلوا في غارة جوية على سوق بلدة هجين، وأصيب سبعة آخرون بجروح."
DATED = f"5 أيار 2024\n\n{TEXT} وأفاد شاهد بأن الغارة دمرت منزلين."


def status(place: Path) -> dict[str, int]:
    with Register.open(str(place)) as register:
        return register.status()


def test_a_preview_shows_claims_and_stores_nothing(visitor: Visitor, place: Path) -> None:
    before = status(place)
    told = visitor.submit("/add/preview", {"text": TEXT}, status=200, headers={"accept": "application/json"}).json()
    (document,) = told["documents"]
    assert document["claims"] and document["published"] is None and document["same"] == ""
    assert "".join(p["text"] for p in document["paragraphs"][0]) == TEXT
    assert any(p["marked"] for p in document["paragraphs"][0])
    assert status(place) == before
    page = visitor.submit("/add/preview", {"text": TEXT}, status=200).text
    assert "never guessed" in page and 'class="ev"' in page
    part = visitor.submit("/add/preview", {"text": TEXT}, status=200, headers={"hx-request": "true"}).text
    assert "<html" not in part and 'class="ev"' in part


def test_the_day_is_asked_for_and_then_it_is_stored(visitor: Visitor, place: Path) -> None:
    before = status(place)["documents"]
    answer = visitor.submit("/add", {"text": TEXT}, status=422)
    assert "needs its day of publication" in answer.text and TEXT in answer.text
    assert status(place)["documents"] == before
    stored = visitor.submit("/add", {"text": TEXT, "published": "2024-05-05"}, status=200, headers={"accept": "application/json"})
    (outcome,) = stored.json()["results"][0]["outcomes"]
    assert outcome["outcome"] == "new" and outcome["claims"] > 0
    with Register.open(str(place)) as register:
        with register.snapshot() as connection:
            (row,) = documentrecords.documents(connection, ids=[outcome["document"]])
        assert (row.published, row.method) == ("2024-05-05", "paste")
        assert register.log(subject=outcome["document"], action="import")[0].who == "Rana"
        assert register.verify().clean
    again = visitor.submit("/add", {"text": TEXT, "published": "2024-05-05"}, status=200)
    assert "already here" in again.text and status(place)["documents"] == before + 1


def test_what_has_no_day_is_stored_where_one_says_so(visitor: Visitor, place: Path) -> None:
    told = visitor.submit("/add", {"text": TEXT, "dayless": "1"}, status=200, headers={"accept": "application/json"}).json()
    document = told["results"][0]["outcomes"][0]["document"]
    with Register.open(str(place)) as register, register.snapshot() as connection:
        assert documentrecords.documents(connection, ids=[document])[0].published is None


def test_the_same_text_under_another_address_is_told(visitor: Visitor) -> None:
    visitor.submit("/add", {"text": DATED}, status=200)
    told = visitor.submit(
        "/add", {"text": DATED, "address": "https://news.example/1"}, status=200, headers={"accept": "application/json"}
    ).json()
    assert told["results"][0]["outcomes"][0]["outcome"] == "same"


def test_files_are_told_one_by_one(visitor: Visitor, place: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("one.txt", f"{DATED} النص الأول.")
        made.writestr("../../evil.txt", DATED)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("big.txt", b"a" * 60_000_000)
    files = [
        ("files", ("report.txt", f"{DATED} النص الثاني.".encode(), "text/plain")),
        ("files", ("reports.zip", packed.getvalue(), "application/zip")),
        ("files", ("bomb.zip", bomb.getvalue(), "application/zip")),
        ("files", ("../../../etc/passwd.pdf", b"%PDF-1.4 nothing", "application/pdf")),
        ("files", ("rows.csv", f"text,published\n{TEXT} صف,2024-05-03\n".encode(), "text/csv")),
        ("files", ("empty.txt", b"", "text/plain")),
    ]
    answer = visitor.submit("/add", {}, status=200, files=files, headers={"accept": "application/json"})
    told = {r["name"]: [o["outcome"] for o in r["outcomes"]] for r in answer.json()["results"]}
    assert told["report.txt"] == ["new"] and sorted(told["reports.zip"]) == ["new", "refused"]
    assert told["bomb.zip"] == ["refused"] and told["empty.txt"] == ["refused"] and told["rows.csv"] == ["new"]
    reasons = [o["reason"] for r in answer.json()["results"] for o in r["outcomes"] if o["outcome"] == "refused"]
    assert any("bomb" in r for r in reasons) and any("leads out" in r for r in reasons) and all(reasons)
    # What was refused is kept, and by no path of this machine.
    with Register.open(str(place)) as register, register.snapshot() as connection:
        from marsad.register.failures import failures

        assert all(f.source.startswith("upload:") for f in failures(connection)) and register.verify().clean
    assert all(not f["file"] for f in visitor.json("/failures")["failures"])
    assert "already here" in visitor.submit("/add", {}, status=200, files=files[:1]).text


def test_what_is_too_large_or_none_is_refused(visitor: Visitor) -> None:
    visitor.submit("/add", {"text": "  "}, status=400)
    assert "drop that" in visitor.submit("/add/preview", {"text": "word " * 50_000}, status=400).text
    visitor.submit("/add", {"text": TEXT, "address": "javascript:alert(1)"}, status=400)
    visitor.submit("/add", {"text": TEXT, "published": "2024-02-31"}, status=400)
    token = token_of(visitor.get("/add").text)
    answer = visitor.post("/add", headers={"X-CSRF-Token": token, "content-length": str(10**9)}, content=b"x")
    assert answer.status_code == 413
