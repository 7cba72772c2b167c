"""The page of exports: what would leave is shown, what leaves is what the command writes, and the log has it."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import pytest

from marsad.desk import words
from marsad.exports.formats import formats
from marsad.exports.profiles import profiles
from marsad.lexicon.reasons import reason
from marsad.register.store import Register
from tests.desk.running import Visitor
from tests.desk.team import as_role


def test_words_name_all_formats_and_profiles() -> None:
    for language in ("ar", "en"):
        known = words.table()[language]
        assert not [f for f in (*formats(), "table") if f"exports.format.{f}" not in known]
        assert not [p for p in profiles() if f"exports.profile.{p}" not in known]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_form_and_the_preview_are_pages_in_both_languages(visitor: Visitor, language: str) -> None:
    page = visitor.get("/exports?preview=true&to=csv", headers={"accept-language": language})
    assert page.status_code == 200 and f'lang="{language}"' in page.text
    assert words.text(language, "exports.held") in page.text and words.text(language, "exports.download") in page.text
    assert reason("exports:reports.words").text(language) not in page.text, "no column of a table has them"
    page = visitor.get("/exports?preview=true&to=json", headers={"accept-language": language})
    assert (
        reason("exports:reports.words").text(language) in page.text
        and reason("exports:reports.addresses", how="site").text(language) in page.text
    )


def test_the_preview_shows_what_leaves_and_what_is_held_back(visitor: Visitor) -> None:
    found = visitor.json("/exports?preview=true&to=csv&country=ye")["preview"]
    assert found["incidents"] and all(i["code"].startswith("YE-") for i in found["incidents"])
    assert all(i["leaves"]["country"] == "YE" for i in found["incidents"])
    held = {h["field"] for i in found["incidents"] for h in i["held"]}
    assert "place" in held
    whole = visitor.json("/exports?preview=true&to=json")["preview"]
    seen, after = [i["code"] for i in whole["incidents"]], whole["next"]
    while after:
        more = visitor.json(f"/exports?preview=true&to=json&after={after}")["preview"]
        seen += [i["code"] for i in more["incidents"]]
        after = more["next"]
    assert len(seen) == len(set(seen)) <= whole["number"] and seen == sorted(seen)


@pytest.mark.parametrize("form", ["acled", "xlsx", "sqlite", "json"])
def test_the_file_is_that_of_the_choice_and_in_the_log(visitor: Visitor, place: Path, form: str) -> None:
    answer = visitor.submit("/exports/file", {"to": form, "let": "public", "why": "for the newsletter"}, status=200)
    assert f"marsad-{form}-public-" in answer.headers["content-disposition"]
    with Register.open(str(place)) as register:
        (entry,) = register.log(action="export", limit=1)
    assert entry.subject == form and entry.why == "for the newsletter" and entry.who == "Rana"
    assert entry.detail["sha256"] == hashlib.sha256(answer.content).hexdigest() and entry.detail["profile"] == "public"
    before = visitor.json("/exports")["before"][0]
    assert (before["what"], before["profile"], before["incidents"]) == (form, "public", entry.detail["incidents"])


def test_a_choice_narrows_the_file(visitor: Visitor) -> None:
    answer = visitor.submit("/exports/file", {"to": "csv", "let": "internal", "country": "YE"}, status=200)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))
    assert rows and {row["country"] for row in rows} == {"YE"}


def test_the_working_table_is_taken_away_too(visitor: Visitor) -> None:
    answer = visitor.submit("/exports/file", {"to": "table", "let": "internal"}, status=200)
    assert answer.content[:2] == b"PK" and visitor.json("/exports")["before"][0]["what"] == "table"


def test_only_reviewers_take_more_than_what_is_public(team: Visitor) -> None:
    as_role(team, "analyst")
    assert team.json("/exports")["profiles"] == ["public"]
    assert team.get("/exports?preview=true&let=internal").status_code == 403
    for told in ({"to": "csv", "let": "internal"}, {"to": "table"}):
        team.submit("/exports/file", told, status=403)
    team.submit("/exports/file", {"to": "csv"}, status=200)
    as_role(team, "reviewer")
    assert team.json("/exports")["profiles"] == list(profiles())
    team.submit("/exports/file", {"to": "csv", "let": "internal"}, status=200)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("to=xls", "there is no format"),
        ("let=press", "there is no profile"),
        ("by=none", "there is no policy"),
        ("type=strike", "strike: unknown"),
        ("grade=best", "best: unknown"),
        ("since=2024-02-31", "There is no day"),
    ],
)
def test_slips_are_told(visitor: Visitor, told: str, reason: str) -> None:
    answer = visitor.get(f"/exports?preview=true&{told}")
    assert answer.status_code == 400 and reason in answer.text
