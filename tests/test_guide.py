"""The guide for users: its commands run, its screens exist, both languages tell the same, and it builds into a site of its own."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from tools.build_docs import GUIDE, LANGUAGES, build, commands, dictionary, field_rows, fields, figures
from typer.testing import CliRunner

from marsad.cli.main import app
from tests.shared import ROOT, SAMPLES

PAGES = sorted(p.stem for p in (GUIDE / "en").glob("*.md"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_runs_and_tells_what_is_said(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("splink", reason="needs the extra link")
    monkeypatch.setenv("MARSAD_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("MARSAD_REGISTER", raising=False)
    shutil.copytree(SAMPLES / "reports", tmp_path / "reports")
    monkeypatch.chdir(tmp_path)
    ran = 0
    for page in sorted((GUIDE / language).glob("*.md")):
        for line, expected in commands(page.read_text("utf-8")):
            told = shlex.split(line)
            assert told[0] == "marsad"
            result = CliRunner().invoke(app, told[1:])
            assert result.exit_code == 0, f"{page.name}: {line}\n{result.output}"
            assert expected and expected in result.output, f"{page.name}: {line} tells\n{result.output}"
            ran += 1
    assert ran > 25


def test_both_languages_have_the_same_pages_and_commands() -> None:
    assert PAGES == sorted(p.stem for p in (GUIDE / "ar").glob("*.md"))
    for stem in PAGES:
        en, ar = ((GUIDE / code / f"{stem}.md").read_text("utf-8") for code in ("en", "ar"))
        assert commands(en) == commands(ar), stem
        assert sorted(re.findall(r"\(`(/[a-z]+)`\)", en)) == sorted(re.findall(r"\(`(/[a-z]+)`\)", ar)), stem


def test_screens_that_are_named_are_there() -> None:
    pytest.importorskip("fastapi", reason="needs the extra desk")
    from marsad.desk.screens import modules

    there = {route.path for module in modules() for route in module.router.routes}
    for page in GUIDE.glob("*/*.md"):
        for address in re.findall(r"\(`(/[a-z]+)`\)", page.read_text("utf-8")):
            assert address in there, f"{page}: {address}"


def test_it_builds_into_a_site_that_needs_nothing_else(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    build(one)
    build(two)
    files = sorted(p.relative_to(one) for p in one.rglob("*") if p.is_file())
    assert [(two / f).read_bytes() for f in files] == [(one / f).read_bytes() for f in files]
    for file in files:
        if file.suffix == ".html":
            text = (one / file).read_text("utf-8")
            assert "<script" not in text and "http://" not in text
            for link in re.findall(r'(?:href|src)="([^"#]+)"', text):
                assert "https://" not in link and ((one / file).parent / link).is_file(), f"{file}: {link}"
    assert 'dir="rtl"' in (one / "ar" / "1-first-hour.html").read_text("utf-8")
    for language in LANGUAGES:
        data = (one / language / "6-data.html").read_text("utf-8")
        for told in ("trigger", "harm.including", "geo_precision", "deaths_civilians", "place_id"):
            assert f"<code>{told}</code>" in data, told
        assert "{measures}" not in (one / language / "5-measured.html").read_text("utf-8")


def test_the_dictionary_explains_every_field_of_a_claim_in_both_languages() -> None:
    schema = json.loads((ROOT / "docs" / "claim.schema.json").read_text("utf-8"))
    rows = field_rows()
    assert [row[0] for row in rows] == fields(schema, schema)
    assert all(len(row) == 3 and all(row) for row in rows)


def test_dictionary_and_figures_in_arabic_are_in_arabic() -> None:
    for told in re.findall(r"<td>([^<]*)</td>", dictionary("ar")):
        assert re.search("[\u0621-\u064a]", told) or told in ("P-code", "2024-05-04"), told
    assert not re.search(r"\| [a-z]+ \|", figures("ar"))
