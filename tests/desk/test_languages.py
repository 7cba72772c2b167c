"""Every page speaks the language of the interface: what stands in the other one is of a report, a name or a command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from marsad.desk import words
from marsad.desk.settings import Settings
from marsad.register import indexing
from marsad.register.store import Register
from tests.desk.running import Visitor
from tests.desk.saying import ENGLISH, Said
from tests.desk.team import addresses

# Queries by which pages show more of what they can say.
_ASKED = {
    "/search": "?q=قصف", "/charts": "?policy=acled-conservative", "/exports": "?to=csv&let=public&preview=true", "/incidents/alone": "?kind=",
    "/pins": "?search=حلب", "/reading/{document}": "?edit=true",
}  # fmt: skip
_ARABIC = re.compile(r"[\u0621-\u064a]{2}")


@pytest.fixture
def told(place: Path) -> dict[str, str]:
    """What addresses need, of a register in which somebody decided."""
    with Register.open(str(place)) as register:
        with register.snapshot() as connection:
            row = connection.exec_driver_sql(
                "select m.claim_id, i.code from incident_claim m join incident i on i.id = m.incident_id"
            ).first()
            first, second = connection.exec_driver_sql("select first, second from incident_doubt").first() or ("", "")
        assert row is not None and first
        register.decide(row[0], "reject", None, "Rana", "لا")
    document = row[0].partition(".")[0]
    return {
        "document": document,
        "claim": row[0],
        "incident": row[1],
        "told": row[1],
        "code": row[1],
        "first": first,
        "second": second,
    }


def _pages(visitor: Visitor, told: dict[str, str]) -> list[tuple[str, Said]]:
    found = []
    for address in addresses():
        path = address.filled(told)
        for query in dict.fromkeys(("", _ASKED.get(address.path, ""))):
            if address.method != "GET" or address.path.startswith("/oidc"):
                continue
            answer = visitor.get(f"{path}{query}")
            if answer.headers["content-type"].startswith("text/html"):
                found.append((f"{path}{query}", Said(answer.text)))
    assert len(found) > 30
    return found


def test_arabic_pages_hold_no_english_sentence(settings: Settings, place: Path, told: dict[str, str]) -> None:
    with Register.open(str(place)) as register, register.snapshot() as connection:
        rows = connection.exec_driver_sql("select title, publisher from version").all()
    reports = " ".join(str(value) for row in rows for value in row if value)
    english = {text for key, text in words.table()["en"].items() if " " in text and "{" not in text and "party" not in key}
    wrong = []
    with Visitor(settings, **{"accept-language": "ar"}) as visitor:
        for page, said in _pages(visitor, told):
            wrong += [f"{page}: {t}" for t in said.own if (m := ENGLISH.search(t)) and m[0] not in reports and "marsad" not in t]
            wrong += [f"{page}: {t}" for t in said.quoted if t.strip("\u2068\u2069 .:") in english]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_english_pages_hold_no_arabic_of_the_interface(settings: Settings, told: dict[str, str]) -> None:
    arabic = {text for key, text in words.table()["ar"].items() if " " in text and "{" not in text and "party" not in key}
    wrong = []
    with Visitor(settings) as visitor:
        for page, said in _pages(visitor, told):
            wrong += [f"{page}: {t}" for t in said.own if _ARABIC.search(t)]
            wrong += [f"{page}: {t}" for t in said.quoted if t.strip("\u2068\u2069 .:") in arabic]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_what_is_refused_is_told_in_the_language_of_the_page(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "cutting", lambda: "other")
    monkeypatch.setattr("marsad.register.searching.cutting", lambda: "other")
    with Visitor(settings, **{"accept-language": "ar"}) as visitor:
        answer = visitor.get("/search?q=قصف")
        assert answer.status_code == 503 and "marsad search --rebuild" in answer.text and "فهرس البحث" in answer.text
        assert "لا يوجد حادث" in visitor.get("/incidents/XX-1").text
    with Visitor(settings) as visitor:
        assert "the index was made by another version" in visitor.get("/search?q=قصف").text
