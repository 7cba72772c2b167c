"""The screen of readers without a browser: queues, a report with its claims, what readers do, and that stored scripts stay words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from marsad.desk.settings import Settings
from marsad.register.store import Register
from tests.desk.running import Visitor, token_of
from tests.desk.team import as_role
from tests.register.making import capture, claim, read

JSON: dict[str, Any] = {"headers": {"accept": "application/json"}}
TEXT = "قالت مصادر إن قصفًا 😀 على قرية أم الورود أدى إلى مقتل ثلاثة مدنيين.\nوأصيب اثنان في تفجير قرب السوق، وعُثر على أشلاء في المكان."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A register with one report of one claim."""
    register, _ = Register.create(str(tmp_path / "own"), who="Rana")
    with register:
        taken = capture(text=TEXT)
        register.add(taken, read(taken, claim(taken.document_id, TEXT, "قصفًا")))
    return tmp_path / "own"


@pytest.fixture
def document(folder: Path) -> str:
    return capture().document_id


@pytest.fixture
def reader(folder: Path) -> Iterator[Visitor]:
    with Visitor(Settings(register=str(folder), who="Rana")) as visiting:
        yield visiting


@pytest.fixture
def other(folder: Path) -> Iterator[Visitor]:
    with Visitor(Settings(register=str(folder), who="Omar")) as visiting:
        yield visiting


def seen(visitor: Visitor, document: str) -> Any:
    return visitor.json(f"/reading/{document}")


def test_queues_tell_how_many_wait(visitor: Visitor) -> None:
    page = visitor.get("/reading")
    assert page.status_code == 200 and "First reading" in page.text
    found = visitor.json("/reading")
    assert found["counts"]["first"] == len(found["reports"]) + sum(0 for _ in ()) or found["next"]
    for queue in found["counts"]:
        assert visitor.get(f"/reading?queue={queue}").status_code == 200
    assert visitor.get("/reading?queue=nowhere").status_code == 400


def test_every_sample_is_shown_with_exact_words(visitor: Visitor) -> None:
    reports = visitor.json("/reading")["reports"]
    assert reports
    for row in reports[:8]:
        found = seen(visitor, row["id"])
        pieces = {p["start"]: p["text"] for paragraph in found["paragraphs"] for p in paragraph}
        for told in found["claims"]:
            for value in told["values"]:
                for span, quote in zip(value["spans"].split(","), value["quotes"], strict=False):
                    start, end = map(int, span.split("-"))
                    assert start in pieces and end - start == len(quote) and quote.startswith(pieces[start][: len(quote)])
        assert visitor.get(f"/reading/{row['id']}").status_code == 200


def test_a_claim_is_accepted_rejected_and_taken_back(reader: Visitor, document: str) -> None:
    at = f"/reading/{document}/claims/{document}.1"
    reader.submit(f"{at}/accept", {"seen": 0})
    found = seen(reader, document)
    assert found["claims"][0]["verdict"] == "accept" and found["undecided"] == 0
    reader.submit(f"{at}/reject", {"seen": 0, "why": "no event"}, status=409, **JSON)
    reader.submit(f"{at}/reject", {"seen": 1, "why": " "}, status=400, **JSON)
    reader.submit(f"{at}/reject", {"seen": 1, "why": "an older event"})
    assert seen(reader, document)["claims"][0]["verdict"] == "reject"
    reader.submit(f"/reading/{document}/undo", {})
    assert seen(reader, document)["claims"][0]["verdict"] == "accept"
    reader.submit(f"/reading/{document}/undo", {"number": 1})
    assert seen(reader, document)["claims"][0]["verdict"] == ""
    reader.submit(f"/reading/{document}/undo", {}, status=400, **JSON)


def test_a_correction_changes_only_what_the_form_changed(reader: Visitor, document: str) -> None:
    at = f"/reading/{document}/claims/{document}.1/correct"
    start = TEXT.index("مقتل ثلاثة مدنيين")
    fields = {
        "seen": 0, "why": "the text gives another number", "claim": f"{document}.1", "harm.1.min": "3", "harm.1.max": "4",
        "harm.1.spans": f"{start}-{start + 17}", "harm.1.quote": "مقتل ثلاثة مدنيين", "harm.1.children": "1", "weapons.new.kind": "artillery",
        "weapons.new.quote": "قصفًا",
    }  # fmt: skip
    reader.submit(at, fields)
    with Register.open(str(reader.app.state.desk.register.where.file)) as register:
        (entry, *_) = register.log(action="decision")
        from marsad.register import queries

        with register.snapshot() as connection:
            (found,) = queries.claims(connection, document=document)
    assert set(found.decisions[0].value or {}) == {"harm", "weapons"} and entry.why == "the text gives another number"
    harm, weapon = found.value["harm"][0], found.value["weapons"][0]
    assert (harm["max"], harm["including"]) == (4, [{"who": "children", "min": 1, "max": 1}])
    assert harm["evidence"] == [{"start": start, "end": start + 17, "text": "مقتل ثلاثة مدنيين"}]
    assert weapon["evidence"][0]["text"] == "قصفًا"
    values = {v["key"]: v for v in seen(reader, document)["claims"][0]["values"]}
    assert values["harm.1"]["by"] == "Rana" and values["date"]["by"] == ""
    reader.submit(at, {"seen": 1, "why": "x", "claim": f"{document}.1"}, status=400, **JSON)


class _Form(HTMLParser):
    """What a browser sends of the first form of a claim if nobody touches it."""

    def __init__(self) -> None:
        super().__init__()
        self.within = False
        self.select = ""
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form":
            self.within = "data-claimform" in told
        elif self.within and tag == "input" and told.get("type") != "checkbox":
            self.found[told["name"] or ""] = told.get("value") or ""
        elif self.within and tag == "select":
            self.select = told["name"] or ""
        elif self.within and tag == "option" and (self.select not in self.found or "selected" in told):
            self.found[self.select] = told.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.within = False


def test_a_form_that_nobody_touched_changes_nothing(visitor: Visitor) -> None:
    ids = [c["id"] for row in visitor.json("/reading")["reports"][:12] for c in visitor.json(f"/reading/{row['id']}")["claims"]]
    assert len(ids) > 20
    for claim_ in ids:
        document = claim_.partition(".")[0]
        parsed = _Form()
        parsed.feed(visitor.get(f"/reading/{document}/edit?claim={claim_}").text)
        assert parsed.found["type"]
        answer = visitor.submit(
            f"/reading/{document}/claims/{claim_}/correct",
            {k: v for k, v in parsed.found.items() if k != "csrf"} | {"why": "x"},
            status=400,
            **JSON,
        )
        assert "Nothing was changed" in answer.text, claim_


def test_what_is_refused_stays_as_a_draft(reader: Visitor, document: str) -> None:
    at = f"/reading/{document}/claims/{document}.1/correct"
    reader.submit(at, {"seen": 0, "why": "x", "claim": f"{document}.1", "harm.1.min": "many"}, status=400, **JSON)
    found = seen(reader, document)
    assert found["draft"]["fields"]["harm.1.min"] == "many" and found["edit"]["begun"]
    assert 'value="many"' in reader.get(f"/reading/{document}").text
    assert document in {b["document"] for b in reader.json("/reading")["begun"]}
    reader.submit(f"/reading/{document}/draft", {"value": ""})
    assert seen(reader, document)["draft"] is None
    reader.submit(f"/reading/{document}/draft", {"value": "[1]"}, status=400, **JSON)
    reader.submit(f"/reading/{document}/draft", {"value": "{" * 5_000}, status=400, **JSON)


def test_a_missed_claim_is_added_and_its_words_are_exact(reader: Visitor, document: str) -> None:
    start = TEXT.index("تفجير")
    part = reader.get(f"/reading/{document}/edit?claim=new&start={start}&end={start + 5}")
    assert f'value="{start}-{start + 5}"' in part.text
    fields = {"claim": "new", "type": "remote_explosive_ied", "trigger.spans": f"{start}-{start + 5}", "trigger.quote": "تفجير"}
    reader.submit(
        f"/reading/{document}/claims",
        fields | {"harm.new.kind": "injured", "harm.new.min": "2", "harm.new.max": "2", "harm.new.quote": "اثنان"},
    )
    first, second = seen(reader, document)["claims"]
    assert second["id"] == f"{document}.p1" and second["added"] and second["verdict"] == "add" and not first["added"]
    assert "added by a person" in reader.get(f"/reading/{document}").text
    reader.submit(f"/reading/{document}/claims", {"claim": "new", "type": "attack"}, status=400, **JSON)


def test_two_readers_sign_and_go_on(reader: Visitor, other: Visitor, document: str) -> None:
    reader.submit(f"/reading/{document}/sign", {"seen": 0}, status=400, **JSON)
    answer = reader.submit(f"/reading/{document}/sign", {"seen": 0, "accept": "true", "queue": "first"})
    assert answer.headers["location"] == "/reading?queue=first"
    assert "somebody else" in reader.get(f"/reading/{document}").text
    reader.submit(f"/reading/{document}/sign", {"seen": 1}, status=409, **JSON)
    assert other.json("/reading?queue=second")["counts"]["second"] == 1
    other.submit(f"/reading/{document}/sign", {"seen": 1, "queue": "second"})
    found = seen(other, document)
    assert [(s["part"], s["who"]) for s in found["signatures"]] == [("first", "Rana"), ("second", "Omar")]
    other.submit(f"/reading/{document}/unsign", {"number": 2, "why": "too fast"})
    other.submit(f"/reading/{document}/unsign", {"number": 9, "why": "too fast"}, status=400, **JSON)
    assert seen(other, document)["fresh"] == ["first"]


def test_copies_are_decided_together(folder: Path, reader: Visitor, document: str) -> None:
    long = (
        TEXT
        + " وقال شهود عيان إن فرق الإسعاف وصلت إلى المكان متأخرة بسبب الطرق المقطوعة، وإن الأهالي نقلوا المصابين بسياراتهم إلى المشفى."
    )
    with Register.open(str(folder)) as register:
        for number in (5, 6):
            taken = capture(number, long + (" وأكد ذلك مسؤول." if number == 6 else ""))
            register.add(taken, read(taken, claim(taken.document_id, taken.text, "قصفًا")))
    one, two = capture(5).document_id, capture(6).document_id
    page = reader.get(f"/reading/{one}/copies").text
    assert "Decide on all claims of this report first" in page
    answer = reader.submit(f"/reading/{one}/sign", {"seen": 0, "accept": "true"})
    assert answer.headers["location"].startswith(f"/reading/{one}/copies")
    found = reader.json(f"/reading/{one}/copies")
    assert {c["id"] for c in found["copies"]} >= {two}
    reader.submit(f"/reading/{one}/copies", {"copy": [two]})
    assert seen(reader, two)["fresh"] == ["first"] and seen(reader, two)["claims"][0]["verdict"] == "accept"


def test_graphic_passages_are_behind_one_line(reader: Visitor, document: str) -> None:
    pieces = [p for paragraph in seen(reader, document)["paragraphs"] for p in paragraph]
    assert {p["graphic"] for p in pieces if "أشلاء" in p["text"]} == {1} and {
        p["graphic"] for p in pieces if "مقتل" in p["text"]
    } == {0}
    assert "unveiled" not in reader.get(f"/reading/{document}").text
    assert "unveiled" in reader.get(f"/reading/{document}?graphic=1").text


def test_one_goes_on_at_the_claim_where_one_was(reader: Visitor, document: str) -> None:
    fields = {"claim": "new", "type": "attack", "trigger.quote": "تفجير"}
    reader.submit(f"/reading/{document}/claims", fields)
    reader.submit(f"/reading/{document}/draft", {"value": f'{{"claim": "{document}.p1"}}'})
    found = seen(reader, document)
    assert found["shown"] == f"{document}.p1" and found["edit"] is None


def test_a_repeated_press_decides_once_and_disagreement_is_marked(reader: Visitor, other: Visitor, document: str) -> None:
    at = f"/reading/{document}/claims/{document}.1"
    for last in (0, 1):
        reader.submit(f"{at}/accept", {"seen": last})
    assert len(seen(reader, document)["claims"][0]["decisions"]) == 1
    other.submit(f"{at}/reject", {"seen": 1, "why": "an older event"})
    assert seen(other, document)["claims"][0]["conflict"] and other.json("/reading")["counts"]["conflict"] == 1


def test_who_is_refused_is_told_on_the_report(reader: Visitor, document: str) -> None:
    answer = reader.submit(f"/reading/{document}/sign", {"seen": 0})
    assert answer.headers["location"] == f"/reading/{document}?queue=first"
    assert "Nothing was stored" in reader.get(answer.headers["location"]).text


def test_letters_that_no_database_holds_do_no_harm(reader: Visitor, document: str) -> None:
    reader.submit(
        f"/reading/{document}/draft", {"value": '{"claim": "new", "fields": {"type": "\\ud800\\u0000"}, "why": "\\udfff"}'}
    )
    assert seen(reader, document)["draft"]["fields"] == {"type": "?"}
    fields = {"claim": "new", "type": "attack", "trigger.quote": "x" * 9_000}
    answer = reader.submit(f"/reading/{document}/claims", fields)
    assert len(answer.headers["set-cookie"]) < 3_000
    for told in ("?claim=%00", "?queue=%00", "?claim=" + "9" * 41):
        assert reader.get(f"/reading/{document}{told}").status_code in (400, 422)
    assert reader.get("/reading?after=%00").status_code == 422


def test_who_may_sign_second_and_who_sees_a_restricted_report(team: Visitor) -> None:
    as_role(team, "analyst")
    report = team.json("/reading")["reports"][0]["id"]
    found = seen(team, report)

    def post(path: str, fields: dict[str, Any], role: str) -> int:
        as_role(team, role)
        token = token_of(team.get("/me").text)
        answer = team.post(f"/reading/{report}{path}", data={"csrf": token, **fields}, follow_redirects=False, **JSON)
        return answer.status_code

    assert post("/sign", {"seen": found["seen"], "accept": "true"}, "reader") == 403
    assert post("/sign", {"seen": found["seen"], "accept": "true"}, "admin") == 200
    last = seen(team, report)["seen"]
    assert post("/sign", {"seen": last}, "analyst") == 403, "a second reader is a reviewer"
    assert post("/sign", {"seen": last}, "reviewer") == 200
    as_role(team, "admin")
    token = token_of(team.get("/me").text)
    fields = {"csrf": token, "kind": "document", "subject": report, "role": "admin", "why": "a witness"}
    assert team.post("/restrictions", data=fields, follow_redirects=False).status_code == 303
    claim_ = found["claims"][0]["id"]
    for path, values in (
        (f"/claims/{claim_}/accept", {"seen": last}), (f"/claims/{claim_}/correct", {"seen": last, "why": "x", "status": "denied"}),
        ("/claims", {"type": "attack"}), ("/undo", {}), ("/sign", {"seen": last}), ("/copies", {}), ("/draft", {"value": "{}"}),
    ):  # fmt: skip
        assert post(path, values, "reviewer") == 404, path
    as_role(team, "reviewer")
    assert team.get(f"/reading/{report}").status_code == 404 and team.get(f"/reading/{report}/copies").status_code == 404
    assert report not in team.get("/reading").text


EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg onload=alert(1)>"


def test_scripts_in_reports_and_fields_stay_words(tmp_path: Path) -> None:
    register, _ = Register.create(str(tmp_path / "evil"), who=EVIL)
    text = f"قُتل ثلاثة في قصف {EVIL} على القرية."
    with register:
        taken = capture(text=text, title=EVIL, publisher=EVIL, address='https://example.org/1?"><script>alert(1)</script>')
        document = register.add(taken, read(taken, claim(taken.document_id, text))).document_id
    with Visitor(Settings(register=str(tmp_path / "evil"), who=EVIL)) as visiting:
        at = f"/reading/{document}/claims/{document}.1"
        fields = {"seen": 0, "why": EVIL, "claim": f"{document}.1", "place.name": EVIL, "place.quote": "القرية"}
        visiting.submit(f"{at}/correct", fields)
        visiting.submit(f"{at}/reject", {"seen": 1, "why": EVIL})
        for address in (
            f"/reading/{document}",
            f"/reading/{document}?edit=1",
            "/reading",
            f"/reading/{document}/copies",
            f"/reading/{document}?queue={EVIL}",
        ):
            page = visiting.get(address).text
            assert "alert(1)" not in re.sub(
                r"&lt;script&gt;alert\(1\)|onerror=alert\(1\)&gt;|onload=alert\(1\)&gt;", "", page
            ).replace("%3Cscript%3Ealert%281%29", ""), address
            assert "<svg" not in page and "<img" not in page and "<script>" not in page


def test_nobody_without_the_role_decides(reader: Visitor, document: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = reader.post(f"/reading/{document}/claims/{document}.1/accept", data={"seen": 0})
    assert answer.status_code == 403, "no token"
    for path in ("zzz", "0" * 16, "..%2f..%2fetc"):
        assert reader.get(f"/reading/{path}").status_code in (404, 422)
    reader.submit(f"/reading/{document}/claims/{'0' * 16}.1/accept", {"seen": 0}, status=404)


def test_places_are_proposed_from_the_gazetteer(reader: Visitor) -> None:
    found = reader.json("/reading/places?name=حلب")["places"]
    assert found and found[0]["country"] == "SY" and found[0]["likeness"] == 1.0
    assert reader.get("/reading/places?name=").status_code == 422
