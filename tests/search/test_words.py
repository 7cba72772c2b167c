"""Which forms are found by which words."""

from __future__ import annotations

import pytest

from marsad.search.lexemes import lexemes
from marsad.search.words import analyse
from marsad.text.fold import fold


def meets(first: str, second: str) -> bool:
    """Whether a search for the first word finds the second."""
    return bool(set(analyse(fold(first)).lemmas) & set(analyse(fold(second)).lemmas))


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("مسجد", "والمسجد"),
        ("مسجد", "بمسجد"),
        ("مسجد", "مساجد"),
        ("مسجد", "وبالمساجد"),
        ("مسجد", "للمسجد"),
        ("مسجد", "مسجدهم"),
        ("مساجد", "المسجدين"),
        ("قصف", "قصفت"),
        ("قصف", "سيقصف"),
        ("قصف", "فقصفوا"),
        ("يقصف", "بقصفهم"),
        ("غارة", "والغارات"),
        ("قتيل", "قتلى"),
        ("مدنيون", "المدنيين"),
        ("طفل", "أطفالهم"),
        ("قرية", "القرى"),
        ("مدينة", "مدن"),
        ("مدرسة", "مدرسه"),
        ("مدرسة", "مدارس"),
        ("حوثي", "الحوثيين"),
        ("العراق", "للعراق"),
        ("هجين", "وهجين"),
        ("هجين", "بهجين"),
        ("وحلب", "حلب"),
        ("أحمد", "احمد"),
        ("مستشفى", "مستشفي"),
        ("قنّاص", "قناص"),
        ("متفجرة", "المتفجرات"),
        ("کرکوک", "كركوك"),
        ("١٢", "12"),
        ("1,200", "1200"),
        ("ISIS", "isis"),
    ],
)
def test_forms_of_a_word_are_found_by_each_other(word: str, form: str) -> None:
    assert meets(word, form) and meets(form, word)


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("مدن", "مدني"),
        ("طالب", "طالبان"),
        ("لبن", "لبنان"),
        ("طاقة", "بطاقة"),
        ("عم", "عمان"),
        ("قاء", "لقاء"),
        ("بير", "كبير"),
        ("له", "والده"),
        ("حرب", "حزب"),
        ("120", "1200"),
    ],
)
def test_words_that_only_look_alike_are_not(word: str, form: str) -> None:
    assert not meets(word, form)


def test_a_form_of_one_word_stands_under_it_and_a_form_of_several_under_itself() -> None:
    assert analyse(fold("والمساجد")).term == "مسجد"
    several = analyse(fold("ضربت"))
    assert several.term == "ضربت" and set(several.lemmas) == {"ضرب", fold("ضربة")}


def test_the_tables_give_words_without_article_and_without_blanks() -> None:
    known = lexemes()
    assert known.of("عراق") and not known.of("العراق")
    assert not [form for form in (*known.nouns, *known.verbs) if " " in form or form != fold(form)]


def test_what_is_no_word_is_itself() -> None:
    assert analyse("").lemmas == ("",)
    assert analyse("x" * 5000).term == "x" * 5000
    assert analyse("ء").term == "ء"
