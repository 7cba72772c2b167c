"""Names of people masked in texts, and passages that are folded away. Own sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.views.masking import graphic_spans, masked, name_spans


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("قتل الطفل أحمد خالد العلي وأصيبت مريم في قصف على القرية.", ["أحمد خالد العلي", "مريم"]),
        ("استشهد المواطن عبد الله محمد الحسن في السوق.", ["عبد الله محمد الحسن"]),
        ("وقال عبدالرحمن يوسف لوكالة الأنباء.", ["عبدالرحمن يوسف"]),
        ("دفن محمود بن سالم الحمدان أمس.", ["محمود بن سالم الحمدان"]),
        ("قصفت طائرة حي صلاح الدين في المدينة.", []),
        ("وقال المتحدث باسم القوات إن الممرات آمنة.", []),
        ("قتل ثلاثة مدنيين في قصف على سوق.", []),
        ("", []),
    ],
)
def test_names_are_found(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in name_spans(text)] == names


def test_a_masked_text_is_as_long_and_tells_the_rest() -> None:
    text = "قتل أحمد خالد (12 عاما) في قصف."
    hidden = masked(text)
    assert len(hidden) == len(text) and "أحمد" not in hidden and "خالد" not in hidden
    assert hidden.startswith("قتل ") and hidden.endswith(" (12 عاما) في قصف.")


@given(st.text(alphabet="قتل أحمد بنعبدخالي.،\n١2ab\u200f\u064b", max_size=80))
def test_masking_changes_letters_in_place_and_once(text: str) -> None:
    hidden = masked(text)
    assert len(hidden) == len(text)
    assert all(a == b or b == "•" for a, b in zip(text, hidden, strict=True))


def test_passages_about_bodies_are_folded_and_no_more() -> None:
    text = "وقع القصف صباحا. وجد السكان أشلاء في الشارع. وكانت جثتان متفحمتين. قال مصدر طبي إن خمسة قتلوا."
    told = "وقع القصف صباحا. وجد السكان أشلاء في الشارع. تناثرت أشلاء أخرى. قال مصدر طبي إن خمسة قتلوا."
    (span,) = graphic_spans(told)
    assert told[slice(*span)] == "وجد السكان أشلاء في الشارع. تناثرت أشلاء أخرى."
    assert len(graphic_spans(text)) == 1 and graphic_spans("قتل خمسة أشخاص.") == []
