"""The site holds what may leave, in two languages, with links that lead somewhere; two runs of it are the same."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from markupsafe import escape

from marsad.counting import policy
from marsad.exports.meanings import meaning
from marsad.exports.profiles import profile
from marsad.lexicon.reasons import reason
from marsad.publishing import drawing
from marsad.publishing.faces import face
from marsad.publishing.method import measures as shown
from marsad.publishing.method import rules
from marsad.publishing.words import LANGUAGES, text
from tests.exports.making import run
from tests.gate import MEASURES, load, measures
from tests.shared import ROOT


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.links += [v for name in ("href", "src") if (v := told.get(name))]
        if told.get("id"):
            self.ids.add(str(told["id"]))


def pages(folder: Path) -> Iterator[tuple[Path, _Links, str]]:
    for path in sorted(folder.rglob("*.html")):
        parser, content = _Links(), path.read_text("utf-8")
        parser.feed(content)
        yield path, parser, content


def test_every_link_leads_to_a_file_of_the_site_and_none_out_of_it(site: Path) -> None:
    ids = {path.resolve(): links.ids for path, links, _ in pages(site)}
    for path, links, _ in pages(site):
        for link in links.links:
            target, _, mark = unquote(link).partition("#")
            assert "//" not in link, f"{path}: {link} leads to another machine"
            found = (path.parent / target).resolve() if target else path.resolve()
            assert found.is_file() and found.is_relative_to(site.resolve()), f"{path}: {link}"
            assert not mark or mark in ids[found], f"{path}: {link}"


def test_both_languages_have_the_same_pages_and_each_incident_has_one(site: Path) -> None:
    ar, en = ({p.relative_to(site / lang) for p in (site / lang).rglob("*.html")} for lang in LANGUAGES)
    assert ar == en
    with (site / "data" / "incidents-csv.csv").open(encoding="utf-8-sig", newline="") as stream:
        codes = {row["code"] for row in csv.DictReader(stream)}
    assert {p.stem for p in ar if p.parent.name == "i"} == codes and codes


def test_pages_are_in_their_language_and_show_claims_sources_and_contradictions(site: Path) -> None:
    record = max(
        json.loads((site / "data" / "incidents-json.json").read_text("utf-8"))["incidents"], key=lambda r: len(r["claims"])
    )
    for language, direction in (("ar", "rtl"), ("en", "ltr")):
        content = (site / language / "i" / f"{record['code']}.html").read_text("utf-8")
        assert f'<html lang="{language}" dir="{direction}">' in content
        assert text(language, "claims") in content and text(language, "contradiction") in content
        assert len(re.findall(r'<tr id="c\d+">', content)) == len(record["claims"])
        assert record["reports"][0]["publisher"] in content
    content = (site / "ar" / "i" / f"{record['code']}.html").read_text("utf-8")
    heads = re.findall(r'<th scope="row(?:group)?"[^>]*>([^<]+)<', content)
    assert heads and not [h for h in heads if re.search("[A-Za-z]", h)], "a word without its Arabic"


def test_arabic_names_in_english_pages_keep_the_order_of_what_stands_beside_them() -> None:
    record = {
        "code": "SY-20240501-1",
        "title_en": "Attack, أم الورود, 1 May 2024",
        "place": {"name": "أم الورود"},
        "country": "SY",
    }
    shown = face(record, "en")
    assert shown["title"] == "Attack, \u2068أم الورود\u2069, 1 May 2024" and shown["place"].startswith("\u2068أم الورود\u2069, ")
    assert "\u2068" not in face(record, "ar")["place"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_method_page_tells_the_settings_in_force(site: Path, language: str) -> None:
    content = (site / language / "method.html").read_text("utf-8")
    told = [*rules(profile("public"), language), meaning(policy("airwars-range").about, language), text(language, "licence.none")]
    told += [
        text(language, "changes.first"),
        "airwars-range",
        text(language, "policy.shown"),
        "embargo = 14",
        "2030-01-01",
        *(slot for slot, _, _ in shown(language)),
    ]
    for words in told:
        assert str(escape(words)) in content, words
    assert reason("exports:reports.words").text(language) in content, "what is held back"


def test_the_method_page_names_licence_and_changes(place: Path, site: Path, tmp_path: Path) -> None:
    run(
        "publish", str(tmp_path / "next"), "--register", str(place), "--who", "Rana", "--as-of", "2030-03-01", "--against", str(site),
        "--licence", "CC BY 4.0",
    )  # fmt: skip
    for language in LANGUAGES:
        content = (tmp_path / "next" / language / "method.html").read_text("utf-8")
        assert "CC BY 4.0" in content and text(language, "changes.since", day="2030-01-01") in content
        assert text(language, "changes.numbers", added=0, changed=0, withdrawn=0) in content


class _Words(HTMLParser):
    """Texts of a page that are told in its language: not those marked as another's, code, and values that are isolated."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "input", "br"):
            own = tag in ("code", "pre", "bdi", "script", "style", "svg") or (tag != "html" and "lang" in dict(attrs))
            self.open.append(own or bool(self.open and self.open[-1]))

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if not (self.open and self.open[-1]):
            self.texts.append(data)


def test_pages_in_arabic_have_no_words_of_english(site: Path) -> None:
    names = {"Marsad", "SHA", "Natural", "Earth", "Ctrl", "Tab", "ISO", "English"}
    for path in sorted((site / "ar").glob("*.html")):
        parser = _Words()
        parser.feed(re.sub(r"\u2068[^\u2069]*\u2069", "", path.read_text("utf-8")))
        strange = {word for told in parser.texts for word in re.findall("[A-Za-z_]{3,}", told)} - names
        # The dictionary names other projects and columns.
        allowed = {"ACLED", "PLOVER", "WGS", "HXL", "csv", "JSON", "code"} if path.name == "data.html" else set()
        assert strange <= allowed, f"{path.name}: {sorted(strange - allowed)}"


def test_what_the_site_offers_is_what_the_command_exports(site: Path, place: Path, tmp_path: Path) -> None:
    """The files are made of records that were there already; an export by the command is the same to the byte."""
    for name, ending in (("csv", "csv"), ("geojson", "geojson"), ("hxl", "csv"), ("json", "json")):
        out = tmp_path / f"a.{ending}"
        run("export", "--to", name, "--as-of", "2030-01-01", "--out", str(out), "--register", str(place), "--who", "Rana")
        assert out.read_bytes() == (site / "data" / f"incidents-{name}.{ending}").read_bytes(), name


def test_two_runs_are_the_same_to_the_byte(site: Path, place: Path, tmp_path: Path) -> None:
    again = tmp_path / "site"
    run("publish", str(again), "--register", str(place), "--who", "Rana", "--release", "--as-of", "2030-01-01")
    assert {p.relative_to(again): p.read_bytes() for p in again.rglob("*") if p.is_file()} == {
        p.relative_to(site): p.read_bytes() for p in site.rglob("*") if p.is_file()
    }
    name = "site-2030-01-01.zip"
    assert (tmp_path / name).read_bytes() == (site.parent / name).read_bytes()


def test_the_manifest_has_the_hash_of_every_file(site: Path) -> None:
    manifest = json.loads((site / "manifest.json").read_text("utf-8"))
    found = {p.relative_to(site).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in site.rglob("*") if p.is_file()}
    del found["manifest.json"]
    assert manifest["files"] == found


def test_a_release_tells_what_was_added_changed_and_withdrawn(site: Path, place: Path, tmp_path: Path) -> None:
    before = json.loads((site / "manifest.json").read_text("utf-8"))
    first, second = sorted(before["incidents"])[:2]
    before["incidents"] |= {first: "0" * 64, "XX-20200101-9": "0" * 64}
    del before["incidents"][second]
    (tmp_path / "before.json").write_text(json.dumps(before), "utf-8")
    told = run(
        "publish", str(tmp_path / "new"), "--register", str(place), "--who", "Rana", "--as-of", "2030-02-01", "--against",
        str(tmp_path / "before.json"), "--json",
    )  # fmt: skip
    changes = json.loads(told)["changes"]
    assert (changes["since"], changes["added"], changes["changed"], changes["withdrawn"]) == (
        "2030-01-01", [second], [first], ["XX-20200101-9"],
    )  # fmt: skip
    assert "XX-20200101-9" in (tmp_path / "new" / "ar" / "changes.html").read_text("utf-8")


def test_an_embargo_holds_and_a_folder_of_other_things_is_left_alone(place: Path, tmp_path: Path) -> None:
    told = run("publish", str(tmp_path / "early"), "--register", str(place), "--who", "Rana", "--as-of", "2000-01-01", "--json")
    assert json.loads(told)["left"] == 0 and list((tmp_path / "early" / "en" / "i").glob("*")) == []
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    assert "something else" in run("publish", str(tmp_path / "mine"), "--register", str(place), code=2)
    assert (tmp_path / "mine" / "letter.txt").read_text() == "mine"


def test_a_second_release_of_a_day_asks_for_the_one_before(site: Path, place: Path) -> None:
    told = run("publish", str(site), "--register", str(place), "--release", "--as-of", "2030-01-01", code=2)
    assert "--against" in told


def test_words_are_there_in_both_languages_and_sorted() -> None:
    lines = (ROOT / "src/marsad/publishing/words/site.tsv").read_text("utf-8").splitlines()[1:]
    keys = [line.split("\t")[0] for line in lines]
    assert keys == sorted(set(keys))
    used = set()
    for path in (ROOT / "src/marsad/publishing/templates").glob("*.html"):
        used |= set(re.findall(r'\bt\("([a-z_.]+)"[,)]', path.read_text("utf-8")))
    assert used <= set(keys)


def test_the_figures_of_reading_are_those_that_are_measured() -> None:
    """``make gate`` writes both, so that the site never tells other figures than the ones pinned."""
    assert MEASURES.read_text("utf-8") == measures(load())


@pytest.mark.parametrize("points", [{}, {(33.5, 36.3): 1}, {(33.5, 36.3): 1, (12.0, 45.0): 400}])
def test_maps_hold_all_their_points(points: dict[tuple[float, float], int]) -> None:
    drawn = drawing.map_of(points, 'a "map"')
    width, height = (float(n) for n in re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn)[0])
    circles = [(float(x), float(y)) for x, y in re.findall(r'cx="([-\d.]+)" cy="([-\d.]+)"', drawn)]
    assert len(circles) == len(points)
    assert all(0 <= x <= width and 0 <= y <= height for x, y in circles)
    assert 'aria-label="a &#34;map&#34;"' in drawn
    named = drawing.map_of(points, "map", names=dict.fromkeys(points, "<Town>"))
    assert named.count("&lt;Town&gt;") == len(points)
