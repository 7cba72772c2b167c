"""Modality: what cues make of an event."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reading.modality import find, status_at
from marsad.text.tokens import Text

CASES = [
    ("قصف الجيش القرية.", "قصف", "asserted"),
    ("نفى الجيش قصف القرية.", "قصف", "denied"),
    ("نفت الحركة، في بيان لها، خطف الصحفي.", "خطف", "denied"),
    ("نفى الوزير ذلك وقال إن هجوما وقع.", "هجوما", "asserted"),
    ("لم يسقط قتلى في الحادث.", "يسقط", "none"),
    ("لا تزال الاشتباكات مستمرة.", "الاشتباكات", "asserted"),
    ("قتل جندي دون وقوع انفجار.", "انفجار", "none"),
    ("هددت الجماعة بمهاجمة المطار.", "بمهاجمة", "planned"),
    ("هدد قائد في «لواء الفجر»، لم يُعرف اسمه، بمهاجمة المطار.", "بمهاجمة", "planned"),
    ("نفى ناطق باسم «لواء الفجر» مهاجمة المطار.", "مهاجمة", "denied"),
    ("وصفته «بالتهديد» بعد مهاجمة المطار.", "مهاجمة", "asserted"),
    ("حذرت المنظمة من هجوم جديد على المدينة.", "هجوم", "planned"),
    ("يستعد الجيش لاقتحام البلدة.", "لاقتحام", "planned"),
    ("في حال وقوع هجوم سيرد الجيش.", "هجوم", "none"),
    ("إذا سقط صاروخ على الميناء فسنرد.", "سقط", "none"),
    ("وصل محققون إلى موقع الهجوم المزعوم.", "الهجوم", "uncertain"),
    ("يعتقد أنهم قتلوا في المعركة.", "قتلوا", "uncertain"),
    ("بدأت مناورات عسكرية تشمل قصف أهداف.", "قصف", "none"),
    ("دعا المجلس إلى وقف القصف.", "القصف", "none"),
    ("قتل ما لا يقل عن سبعة أشخاص في غارة.", "غارة", "asserted"),
    ("قصفت طائرة بدون طيار سيارة.", "سيارة", "asserted"),
    ("نجا القاضي من محاولة اغتيال.", "اغتيال", "asserted"),
    ("يسعى الجيش إلى استعادة البلدة.", "استعادة", "none"),
    ("يسعى الوسيط إلى هدنة بعد قصف البلدة.", "قصف", "asserted"),
    ("سيتم تحرير البلدة.", "تحرير", "planned"),
    ("سيتم التحقيق في الهجوم.", "الهجوم", "asserted"),
    ("تم تحرير البلدة.", "تحرير", "asserted"),
    ("وستتولى الشرطة تطهير البلدة.", "تطهير", "planned"),
    ("تقضي الخطة بقصف الميناء.", "بقصف", "planned"),
    ("يقضي الجندي إجازته بعد الهجوم.", "الهجوم", "asserted"),
]


@pytest.mark.parametrize(("sentence", "word", "status"), CASES)
def test_status(sentence: str, word: str, status: str) -> None:
    text = Text(sentence)
    index = next(t.index for t in text.tokens if text.source[t.start : t.end] == word)
    assert status_at(find(text), index) == status


@given(st.text(max_size=200))
def test_any_text(source: str) -> None:
    text = Text(source)
    for cue in find(text):
        assert 0 <= cue.scope[0] <= cue.scope[1] < len(text.tokens)
        assert text.source[cue.start : cue.end]
