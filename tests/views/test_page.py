"""The page: well-formed, inert against what a report holds, with links that lead both ways."""

from __future__ import annotations

import base64
import hashlib
import random
import re
from html.parser import HTMLParser

import pytest

from marsad.model import Claim, Date, Document, Evidence, Harm, Source
from marsad.views.marking import marks_of, segments
from marsad.views.page import Report, page
from tests.views.records import SAMPLES, sample

VOID = {"meta", "link", "input", "br"}


class Page(HTMLParser):
    """Elements of a page; fails on end tags that do not fit."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self._inside: int | None = None
        self.feed(source)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        if tag not in VOID:
            self.open.append(tag)
        if attributes.get("class") == "text":
            self._inside = len(self.open)
            self.text.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if self._inside is not None and len(self.open) < self._inside:
            self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside is not None:
            self.text[-1] += data

    def attribute(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.elements if name in attributes]


def rendered(*reports: Report, failures: tuple[str, ...] = (), explain: bool = False) -> str:
    return "".join(page(reports, failures, explain=explain))


@pytest.mark.parametrize("name", sorted(p.stem for p in SAMPLES.glob("s[0-4]1.json")))
def test_the_text_stands_there_unchanged_and_all_links_lead_somewhere(name: str) -> None:
    document, claims = sample(name)
    found = Page(rendered(Report(document, claims)))
    assert found.text == [document.text]
    identifiers = found.attribute("id")
    assert len(identifiers) == len(set(identifiers))
    inner = [link[1:] for link in found.attribute("href") if link.startswith("#")]
    assert set(inner) <= set(identifiers)
    values = [i for i in identifiers if re.fullmatch(r"d1c\d+v\d+", i)]
    assert values and {v for keys in found.attribute("data-v") for v in keys.split()} == set(values)


def test_words_lead_to_their_value_and_back() -> None:
    text = "قصفوا القرية"
    claim = Claim("a.1", "a", "attack", (Evidence.of(text, 0, 5),))
    source = rendered(Report(Document("a", text, language="ar"), (claim,)))
    assert re.search(r'<a class="m" id="d1s1" href="#d1c1v1" data-tip="event: attack \(a\.1\)">', source)
    assert '<a class="v" href="#d1s1">' in source
    assert 'class="text" dir="rtl" lang="ar"' in source


def test_evidence_that_overlaps_keeps_all_its_values() -> None:
    text = "مقتل سبعة مدنيين بينهم طفل أمس"
    claim = Claim(
        "a.1",
        "a",
        "attack",
        (Evidence.of(text, 0, 16),),
        date=Date("2020-01-01", "2020-01-01", "day", (Evidence.of(text, 27, 30),)),
        harm=(Harm("killed", 7, 7, evidence=(Evidence.of(text, 5, 26),)),),
    )
    found = Page(rendered(Report(Document("a", text), (claim,))))
    tips = found.attribute("data-tip")
    assert found.text == [text]
    assert tips == [
        "event: attack (a.1)",
        "event: attack (a.1)\nharm: 7 killed (a.1)",
        "harm: 7 killed (a.1)",
        "date: 2020-01-01 (a.1)",
    ]


def test_a_report_can_do_nothing_to_the_page() -> None:
    evil = "</div><script>alert(1)</script><img src=x onerror=alert(2)> \" ' & \x00\x1b"
    claim = Claim(
        evil,
        evil,
        evil,
        (Evidence(0, 9, evil), Evidence(5, 10_000, evil), Evidence(-3, 2, evil)),
        status=evil,
        sources=(Source(evil, evil, evil, (Evidence(0, 30, evil),)),),
        why={"type": evil},
    )
    document = Document(evil, evil, evil, evil, "javascript:alert(3)//" + evil, evil, evil, (evil,))
    source = rendered(Report(document, (claim,), evil), Report(document), failures=(evil,), explain=True)
    found = Page(source)
    assert [tag for tag, _ in found.elements].count("script") == 1
    assert not any(tag == "img" or any(a.startswith("on") for a in attributes) for tag, attributes in found.elements)
    assert all(link.startswith(("#", "data:,")) for link in found.attribute("href"))
    assert found.text[0] == evil.replace("\x00", "\ufffd").replace("\x1b", "\ufffd")
    assert "\x00" not in source and "\x1b" not in source


def test_the_policy_allows_the_style_and_script_of_the_page_alone() -> None:
    source = rendered(Report(*sample("s01")))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', source)
    assert policy is not None and "default-src 'none'" in policy[1] and "unsafe-inline" not in policy[1]
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    assert not re.search(r"url\(|@import|src=|style=", source)


def test_many_reports_have_an_index_and_one_has_none() -> None:
    many = rendered(Report(*sample("s01")), Report(*sample("s02")), failures=("a.pdf: this is a PDF file",))
    assert "2 reports" in many and 'href="#d2"' in many and 'id="d2"' in many and "a.pdf: this is a PDF file" in many
    assert '<nav id="index"' not in rendered(Report(*sample("s01")))
    assert "No report was read" in rendered()


def test_direction_follows_the_text() -> None:
    assert 'class="text" dir="ltr"' in rendered(Report(Document("a", "A bomb in تعز went off today")))
    assert 'class="text" dir="rtl"' in rendered(Report(Document("a", "انفجار قنبلة قرب فندق Hilton")))


def test_rules_are_shown_when_asked() -> None:
    claim = Claim("a.1", "a", "attack", (Evidence(0, 2, "نص"),), why={"type": "lexicon:7"})
    report = Report(Document("a", "نص"), (claim,))
    assert "lexicon:7" in rendered(report, explain=True) and "lexicon:7" not in rendered(report)


def test_segments_cover_the_text_and_lanes_do_not_collide() -> None:
    dice = random.Random(7)
    for _ in range(200):
        length = dice.randint(1, 40)
        spans = []
        for key in range(dice.randint(0, 12)):
            start = dice.randint(-2, length)
            spans.append((start, start + dice.randint(0, 15), dice.choice("ab"), str(key)))
        marks = marks_of(spans, length)
        row = segments(marks, length)
        assert [s.start for s in row] == [0, *[s.end for s in row[:-1]]] and row[-1].end == length
        for position in range(length):
            segment = next(s for s in row if s.start <= position < s.end)
            told = {key for m in segment.marks for key in m.keys}
            assert told == {k for s, e, _, k in spans if 0 <= s <= position < e <= length}
            lanes = [m.lane for m in segment.marks]
            assert len(lanes) == len(set(lanes))
