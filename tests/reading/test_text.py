"""Tokens, sentences and folded forms, with offsets into the source."""

from __future__ import annotations

import pytest

from marsad.text.fold import fold
from marsad.text.tokens import Text


def _shapes(source: str) -> list[tuple[str, str, str]]:
    return [(t.kind, t.form, source[t.start : t.end]) for t in Text(source).tokens]


def test_tokens_cover_all_but_blanks() -> None:
    source = "  وصل\u00a0الوفد (12 شخصا)،\n\n\tثم غادر .\r\n"
    tokens = Text(source).tokens
    assert [t.index for t in tokens] == list(range(len(tokens)))
    assert Text(source).forms == [t.form for t in tokens]
    assert "".join(source[t.start : t.end] for t in tokens) == "".join(c for c in source if not c.isspace() or c == "\n")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("قـ.ـصف", [("w", "قصف", "قـ.ـصف")]),
        (" قـ ـصف", [("w", "قصف", "قـ ـصف")]),
        ("ق*صف", [("w", "قصف", "ق*صف")]),
        ("قَصْفٌ", [("w", "قصف", "قَصْفٌ")]),
        ("١٬٢٥٠ و3.5", [("n", "1٬250", "١٬٢٥٠"), ("w", "و", "و"), ("n", "3.5", "3.5")]),
        ("a_b", [("w", "a", "a"), ("w", "b", "b")]),
        ("x²", [("w", "x2", "x²")]),
        ("² ", [("w", "2", "²")]),
        ("\u200f \u0640", []),
        ("180كم", [("n", "180", "180"), ("w", "كم", "كم")]),
        ("!؟", [("p", "!", "!"), ("p", "؟", "؟")]),
    ],
)  # fmt: skip
def test_pieces_become_tokens(source: str, expected: list[tuple[str, str, str]]) -> None:
    assert _shapes(source) == expected


def test_sentences_and_paragraphs() -> None:
    text = Text("قال د. سالم: وصلنا... ثم غادرنا! أين؟\n\n\nعاد 3.5 منهم.net\n؟")
    parts = [text.source[slice(*text.span(first, last - 1))].strip() for first, last in text.sentences]
    assert parts == ["قال د. سالم: وصلنا...", "ثم غادرنا!", "أين؟", "عاد 3.5 منهم.net\n؟"]
    assert text.paragraphs == [0, 0, 0, 3]
    assert [t.sentence for t in text.tokens] == [n for n, (first, last) in enumerate(text.sentences) for _ in range(first, last)]


def test_offsets_inside_a_word_with_marks() -> None:
    text = Text("ثم وَبِالْقَصْفِ")
    assert text.source[slice(*text.inside(text.tokens[1], 4, 7))] == "قَصْفِ"


@pytest.mark.parametrize("word", ["ﻻ", "ﷺ", "É", "ß", "Ⅳ", "ڕێ", "\u0301"])
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)
