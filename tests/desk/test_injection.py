"""Scripts stored in reports, by people and in addresses are shown as what they are, on every page."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from marsad.desk.settings import Settings
from marsad.register import schema
from marsad.register.provenance import Capture
from marsad.register.store import Register
from tests.desk.running import Visitor
from tests.desk.team import Address, addresses

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>{{7*7}}${7*7}"
TEXT = f"قتل ثلاثة مدنيين في قصف مدفعي على بلدة هجين صباح الأحد، بحسب {EVIL} مصدر طبي. وقال {EVIL} إن سوقا دمرت."


@pytest.fixture
def evil(settings: Settings) -> dict[str, str]:
    """A register with reports whose every field is a script; gives the ids by which pages are asked for."""
    with Register.open(settings.register) as register:
        captures = [
            Capture(
                raw=f"<p>{TEXT}{n}</p>".encode(), media_type="text/html", address=f"https://example.org/{quote(EVIL)}?{n}&x={EVIL}",
                collected=datetime(2024, 5, 6, tzinfo=UTC), method="file", collector=EVIL, text=f"{TEXT} {n}", extractor=EVIL,
                title=f"قصف {EVIL}", published="2024-05-05", published_from="metadata", publisher=EVIL, author=EVIL, language="ar",
            )
            for n in range(2)
        ]  # fmt: skip
        added = list(register.take_in(captures, jobs=1, who=EVIL, why=EVIL))
        document = added[0].document_id
        with register.snapshot() as connection:
            claim = connection.scalar(schema.claim.select().with_only_columns(schema.claim.c.id).order_by(schema.claim.c.id))
            incident = connection.execute(schema.incident.select()).first()
            own = connection.scalar(
                schema.claim.select().with_only_columns(schema.claim.c.id).where(schema.claim.c.document_id == document)
            )
        assert own and claim and incident
        register.decide(own, "reject", None, EVIL, EVIL)
        register.pin([EVIL.replace("/", "")], EVIL, EVIL, kind="village", country="SY", latitude=35.0, longitude=36.0)
    return {
        "document": document,
        "report": document,
        "id": document,
        "claim": own,
        "incident": incident.code,
        "code": incident.code,
    }


class Strict(HTMLParser):
    """Finds what would run or lead away."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        inline = tag == "script" and "src" not in told and told.get("type") != "application/json"
        if inline or tag in ("iframe", "object", "embed"):
            self.wrong.append(f"<{tag} {told}>")
        if tag == "img" and told.get("src") == "x":
            self.wrong.append(f"<img {told}>")
        for name, value in told.items():
            if name.startswith("on") or name == "style" or (value or "").strip().lower().startswith(("javascript:", "data:text")):
                self.wrong.append(f"{name}={value}")


@pytest.mark.parametrize("address", [a for a in addresses() if a.method == "GET"], ids=lambda a: a.path)
def test_no_page_runs_what_a_report_says(visitor: Visitor, evil: dict[str, str], address: Address) -> None:
    filled = address.filled(evil)
    names = ("q", "who", "subject", "why", "back", "place", "party", "publisher", "source", "title", "action", "message")
    asked = "&".join(f"{name}={quote(EVIL)}" for name in names)
    for page in (filled, f"{filled}?{asked}", f"{filled}?q={quote('قصف')}"):
        answer = visitor.get(page, headers={"accept": "text/html", "accept-language": "ar"})
        assert answer.status_code < 500, answer.text
        if answer.headers["content-type"].startswith("text/html"):
            seen = Strict()
            seen.feed(answer.text)
            assert not seen.wrong, (page, seen.wrong)
            assert "49" not in answer.text.replace("{{7*7}}", "").partition("${7*7}")[2][:6]
        else:
            assert answer.headers["x-content-type-options"] == "nosniff"
            if answer.headers["content-type"].startswith("application/json"):
                json.loads(answer.text)


def test_errors_show_what_was_asked_as_it_is(visitor: Visitor) -> None:
    for page in (f"/{quote(EVIL)}", f"/log?before={quote(EVIL)}", f"/log?until={quote(EVIL)}"):
        answer = visitor.get(page)
        seen = Strict()
        seen.feed(answer.text)
        assert answer.status_code in (400, 404, 422) and not seen.wrong
