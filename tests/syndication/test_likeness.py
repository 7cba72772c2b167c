"""Copies are told from patterns, from digests and from formulas."""

from __future__ import annotations

import random

import pytest

from marsad.syndication.likeness import Words, compare
from tests.syndication.making import REPORT, document, like, report

_PARAGRAPHS = REPORT.split("\n\n")


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        "\n\n".join(_PARAGRAPHS[:3]),
        "\n\n".join(_PARAGRAPHS[1:]),
        "\n\n".join([_PARAGRAPHS[0], _PARAGRAPHS[2], _PARAGRAPHS[1]]),
        f"{REPORT}\n\n{report(1, 4)}",
        REPORT.replace("وأضاف المصدر", "وأوضح").replace("حرجة", "خطيرة").replace("قريبة", "غير بعيدة"),
        f"تل الزيتون - وكالات\n{REPORT}",
        REPORT.replace("أربعة", "4").replace("تسعة", "9").replace("ثلاثة", "3"),
        REPORT.replace("مساء الثلاثاء", "مساء أمس الثلاثاء"),
    ],
    ids=[
        "same",
        "cut",
        "without its lead",
        "turned",
        "paragraph more",
        "other words",
        "dateline",
        "digits",
        "the day told again",
    ],
)
def test_copies(text: str) -> None:
    assert like(REPORT, text).kind == "copy"


def test_marks_and_spellings_make_no_difference() -> None:
    marked = (
        REPORT.replace("قتلوا", "قُتِلُوا")
        .replace("أصيب", "أُصِيبَ")
        .replace("إن", "إنّ")
        .replace("سيارات", "سيـارات")
        .replace("أ", "ا")
    )
    found = like(REPORT, marked)
    assert found.kind == "copy" and found.share == 1.0 and found.changes == ()


def test_a_report_of_another_day_after_the_same_pattern_is_no_copy() -> None:
    today = "أصدر مركز الرصد نشرته اليومية عن حركة المعابر، يوم {}، وجاء فيها أن {} شاحنة عبرت من الجهة الشمالية محملة بالطحين والوقود، وأن {} شخصا عادوا إلى بيوتهم في قرى السهل، فيما بقي معبر {} مغلقا أمام المسافرين حتى إشعار آخر."
    one, other = today.format("الاثنين", "14", "230", "حلب"), today.format("الأربعاء", "31", "178", "إدلب")
    assert like(one, other).kind == "pattern"
    assert like(one, one).kind == "copy"


@pytest.mark.parametrize(
    "changes",
    [
        {"تل الزيتون": "دير حافر"},
        {"أربعة مدنيين": "سبعة مدنيين"},
        {"أربعة مدنيين": "سبعة مدنيين", "تسعة": "ستة", "تل الزيتون": "دير حافر"},
        {"مساء الثلاثاء": "مساء الجمعة"},
    ],
    ids=["village", "number", "all", "day"],
)
def test_the_same_words_with_other_facts_are_no_copy(changes: dict[str, str]) -> None:
    text = REPORT
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    found = like(REPORT, text)
    assert found.kind == "pattern" and "another" in found.why
    assert [c.fact for c in found.changes if c.fact]


def test_one_number_among_many_changes_is_another_toll() -> None:
    text = REPORT.replace("وأضاف المصدر", "وأوضح").replace("حرجة", "خطيرة").replace("قريبة", "مجاورة").replace("الناس", "الأهالي")
    assert like(REPORT, text).kind == "copy"
    found = like(REPORT, text.replace("تسعة", "ثمانية"))
    assert (found.kind, found.why) == ("pattern", "another number")


def test_one_place_late_in_a_text_with_other_words_may_be_a_slip() -> None:
    text = f"{REPORT}\n\n{report(1, 4)} وأغلقت المدارس في مدينة حلب أبوابها يوما واحدا قبل أن تعود."
    changed = text.replace("وأضاف المصدر", "وأوضح").replace("حرجة", "خطيرة").replace("الناس", "الأهالي").replace("الرأس", "الصدر")
    assert like(text, changed.replace("حلب", "إدلب")).kind == "copy"
    assert like(text, text.replace("حلب", "إدلب")).kind == "pattern"


_MOURNED = (
    "وجه وزير الدولة في كتاب صدر عن مكتبه أن تعامل أسرة {} الذي مات أثناء عمله معاملة أسر العاملين في المحافظة، وأن تصرف لها كل الحقوق المقررة في النظام "
    "تقديرا لما قدمه من خدمة، وقال إن الدولة تقف مع أسر الذين ضحوا من أجلها ولن تنسى ما فعلوه، وإن الأسرة ستجد من كل الدوائر ما تحتاجه."
)


def test_the_same_words_about_other_people_are_no_copy() -> None:
    one = _MOURNED.format("الرقيب خالد يوسف الزيداني")
    assert like(one, _MOURNED.format("الرقيب حمزة ناصر الشمراني")).why == "another person"
    # A long list of names stands between two passages.
    many = "الجنود الثلاثة وليد جابر الغانمي ونايف هاشم الخولاني وفهد ماجد البيضاني رحمهم الله جميعا"
    assert like(one, _MOURNED.format(many)).kind == "pattern"


@pytest.mark.parametrize("called", ["الرقيب خالد بن يوسف الزيداني", "الرقيب الزيداني", "الجندي الراحل"])
def test_a_name_told_otherwise_is_no_other_person(called: str) -> None:
    assert like(_MOURNED.format("الرقيب خالد يوسف الزيداني"), _MOURNED.format(called)).kind == "copy"


def test_names_in_one_word_and_in_two_are_the_same() -> None:
    one, two = _MOURNED.format("محمد بن عبدالعزيز الراشدي"), _MOURNED.format("محمد بن عبد العزيز الراشدي")
    assert like(one, two).kind == "copy"


@pytest.mark.parametrize(
    ("old", "new"),
    [("أربعة مدنيين", "عدة مدنيين"), ("تل الزيتون", "تل الزيتوت"), ("تسعة آخرون", "أكثر من ثمانية آخرين")],
    ids=["unknown number", "one letter", "an open number that holds it"],
)
def test_what_may_be_the_same_is_no_other_fact(old: str, new: str) -> None:
    assert like(REPORT, REPORT.replace(old, new)).kind == "copy"


def test_a_rounded_number_is_the_same() -> None:
    text = REPORT.replace("تسعة آخرون", "{} شخصا")
    assert like(text.format("15956"), text.format("16000")).kind == "copy"
    assert like(text.format("300"), text.format("320")).kind == "pattern"
    assert like(text.format("أكثر من 50"), text.format("أكثر من 60")).kind == "pattern"
    assert like(text.format("أكثر من 50"), text.format("56")).kind == "copy"


@pytest.mark.parametrize(
    ("one", "other"), [("", ""), ("", REPORT), ("عاجل", "عاجل"), ("قصف على البلدة", "قصف على البلدة"), ("...", "!")]
)
def test_empty_and_tiny_texts_are_no_copies(one: str, other: str) -> None:
    assert like(one, other).kind == ""


def test_a_short_post_is_a_copy_only_whole() -> None:
    post = "سقوط ثلاث قذائف على الحي الشرقي من البلدة قبل قليل ولا أنباء عن إصابات حتى الآن"
    assert like(post, f"عاجل: {post}").kind == "copy"
    assert (
        like(post, "سقوط ثلاث قذائف على الحي الشرقي من البلدة قبل قليل وإصابة طفلة ووالدها ونقلهما إلى المشفى الميداني").kind
        == ""
    )


def test_formulas_make_no_copies() -> None:
    def told(what: str) -> str:
        return f"قال مصدر أمني طلب عدم ذكر اسمه إن {what}. وأضاف المصدر في تصريحات صحفية أن التحقيق مستمر لمعرفة ملابسات الحادث."

    assert (
        like(told("لصوصا سرقوا مخزنا للقمح فجرا وهربوا نحو الحقول"), told("عبوة صغيرة انفجرت تحت جسر المشاة ولم تصب أحدا")).kind
        != "copy"
    )


def test_the_same_background_of_one_publisher_is_no_copy() -> None:
    background = f"{report(3, 5)}\n\n{report(4, 5)}"
    one, other = f"{report(5, 8)}\n\n{background}", f"{report(6, 8)}\n\n{background}"
    assert like(one, other, publisher="وكالة الساحل").kind in ("passages", "")


def test_a_digest_is_no_copy_of_what_it_holds() -> None:
    digest = "\n\n".join([report(7), REPORT, report(8)])
    assert like(REPORT, digest).kind == "passages"


def test_languages_are_not_mixed() -> None:
    one, other = document("a", REPORT), document("b", REPORT, language="en")
    assert compare(Words(one), Words(other)).kind == ""
    unknown = document("b", REPORT, language=None)
    assert compare(Words(one), Words(unknown)).kind == "copy"


def test_english_copies_and_patterns() -> None:
    text = (
        "Shelling killed four civilians and wounded nine in the town of Olive Hill on Tuesday evening, a doctor said. He added that "
        "ambulances took the wounded to a clinic nearby and that three of them were in critical condition with wounds to the head."
    )
    assert like(text, text.replace("nearby", "not far away"), language="en").kind == "copy"
    assert like(text, text.replace("Olive Hill", "Stone Bridge").replace("Tuesday", "Friday"), language="en").kind == "pattern"


def test_what_differs_is_found_where_it_stands() -> None:
    text = REPORT.replace("حرجة", "خطيرة")
    found = like(REPORT, text)
    (change,) = found.changes
    assert (REPORT[slice(*change.one)], text[slice(*change.other)]) == ("حرجة", "خطيرة")
    for (a, b), (c, d) in zip(found.one_spans, found.other_spans, strict=True):
        assert 0 <= a < b <= len(REPORT) and 0 <= c < d <= len(text)


def test_costs_grow_with_the_length_alone() -> None:
    # One word again and again has the same shingle at each place.
    word = "قصف " * 20_000
    assert compare(Words(document("a", word)), Words(document("b", word))).kind == "copy"
    rng = random.Random(0)
    mixed = " ".join(rng.choice(("قصف", "قتل", "جرح")) for _ in range(20_000))
    compare(Words(document("a", word)), Words(document("b", mixed)))
