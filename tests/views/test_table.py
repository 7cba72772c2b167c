"""The table: layout that holds whether or not the terminal turns Arabic round."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from marsad.model import Claim, Document, Evidence, Source
from marsad.views.passages import Passages
from marsad.views.table import document_lines
from marsad.views.terminal import Screen, fit, line_ranges, safe
from tests.views.records import SAMPLES, sample

ARABIC = re.compile(r"[\u0600-\u06ff]")
LATIN = re.compile(r"[A-Za-z]")
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def lines(name: str, screen: Screen, *, explain: bool = False) -> list[str]:
    return list(document_lines(*sample(name), screen, explain=explain))


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("explain", [False, True])
def test_no_line_is_wider_than_the_screen_and_arabic_ends_it(width: int, explain: bool) -> None:
    for path in sorted(SAMPLES.glob("s0*.json")):
        document = sample(path.stem)[0]
        for line in lines(path.stem, Screen(width), explain=explain):
            assert cell_len(line) <= width, line
            if document.language == "ar" and (first := ARABIC.search(line)) and "|" not in line:
                assert not LATIN.search(line, first.start()), line


def test_words_stand_in_one_column_of_a_claim() -> None:
    document, claims = sample("s01")
    shown = list(document_lines(document, claims[:1], Screen(110)))[4:]
    starts = {match.start() for line in shown if (match := ARABIC.search(line))}
    assert len(starts) == 1 and len(shown) == 10


def test_plain_output_has_no_marks_and_no_styles() -> None:
    text = "\n".join(lines("s01", Screen(100), explain=True))
    assert not re.search(r"[\x1b\u2066-\u2069\u200e\u200f]", text) and "[[غارة جوية]]" in text


def test_a_terminal_gets_styles_and_arabic_in_marks() -> None:
    text = "\n".join(lines("s01", Screen(100, True, True), explain=True))
    assert "\x1b[1;7mغارة جوية\x1b[0m" in text and "[[" not in text
    assert text.count("\u2067") == text.count("\u2069") > 10
    for line in text.split("\n"):
        assert bool(ARABIC.search(line)) == ("\u2067" in line)


def test_styles_change_nothing_but_styles() -> None:
    assert [ANSI.sub("", line) for line in lines("s01", Screen(90, True))] == lines("s01", Screen(90))


def test_warnings_errors_and_no_claims_are_told() -> None:
    document = Document("a", "نص", "عنوان", warnings=("odd",))
    text = "\n".join(document_lines(document, (), error="a fault"))
    assert "a  publication day unknown  0 claims" in text and "warning: odd" in text and "error: a fault" in text


def test_a_report_cannot_steer_the_terminal() -> None:
    evil = "\x1b]0;title\x07\u202eنص\x9b31m\r\nنص"
    document = Document("a\x1b[2J", evil, evil, publisher=evil, warnings=(evil,))
    claim = Claim("a.1", "a", "attack", (Evidence.of(evil, 0, len(evil)),), sources=(Source(evil, "other", "origin"),))
    for explain in (False, True):
        for line in document_lines(document, (claim,), Screen(80), explain=explain):
            assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]", line)


def test_the_rule_behind_a_value_is_shown_when_asked() -> None:
    text = "قصفوا القرية"
    document = Document("a", text)
    claim = Claim("a.1", "a", "attack", (Evidence.of(text, 0, 5),), why={"type": "lexicon/x.tsv:7"})
    assert "why: lexicon/x.tsv:7" in "\n".join(document_lines(document, (claim,), explain=True))
    assert "why: lexicon" not in "\n".join(document_lines(document, (claim,)))


def test_lines_break_between_words_and_inside_long_ones() -> None:
    assert fit("aa bb cc dd", 8) == ["aa bb cc", "dd"]
    assert fit("abcdefghijkl m", 8) == ["abcdefgh", "ijkl m"]
    assert fit("", 8) == [] and fit("  ", 8) == []
    marked = "قَالَتْ قَالَتْ قَالَتْ"  # four cells a word, seven code points
    assert fit(marked, 9) == ["قَالَتْ قَالَتْ", "قَالَتْ"]
    assert line_ranges("aa  bb", 8) == [(0, 6)]


def test_safe_text_is_as_long_as_before() -> None:
    text = "a\x1b\n\u202e\x85b\u2028"
    assert len(safe(text)) == len(text) and "\x1b" not in safe(text)


def test_a_passage_is_the_sentence_cut_to_the_surroundings() -> None:
    text = "جملة أولى. " + "كلمة " * 40 + "هنا الحدث " + "كلمة " * 40 + ". جملة أخيرة."
    start = text.index("الحدث")
    (passage,) = Passages(text).of([Evidence.of(text, start, start + 5)])
    shown = text[passage.start : passage.end]
    assert passage.cut_before and passage.cut_after and passage.spans == ((start, start + 5),)
    assert "هنا الحدث" in shown and "جملة" not in shown and len(shown) < 120
    assert text[passage.start - 1] == " " and text[passage.end] == " "


def test_passages_of_several_sentences_and_of_evidence_across_them() -> None:
    text = "وقع قصف هنا. ثم سقط قتلى.\nوانتهى."
    found = Passages(text).of([Evidence.of(text, 18, 24), Evidence.of(text, 4, 7)])
    assert [text[p.start : p.end] for p in found] == ["وقع قصف هنا.", "ثم سقط قتلى."]
    (across,) = Passages(text).of([Evidence.of(text, 8, 15)])
    assert text[across.start : across.end] == "وقع قصف هنا. ثم سقط قتلى."
