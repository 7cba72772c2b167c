"""Recognition of place names: borders, classes, lists, bearings and what is no place of an event."""

from __future__ import annotations

import pytest

from marsad.reading.toponyms import PlaceMention, find
from marsad.text.tokens import Text


def names(source: str) -> list[str]:
    return [m.name for m in found(source)]


def found(source: str) -> list[PlaceMention]:
    mentions = find(Text(source))
    for m in mentions:
        assert source[m.start : m.end] == m.name
    return mentions


def one(source: str, name: str) -> PlaceMention:
    return next(m for m in found(source) if m.name == name)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("قتل ثلاثة أشخاص في بلدة هجين أمس.", ["هجين"]),
        ("وصلت القافلة إلى دير الزور مساء.", ["دير الزور"]),
        ("سقطت القذيفة بحمص ولم تنفجر.", ["حمص"]),
        ("غادر الوفد للرقة صباحا.", ["رقة"]),
        ("انفجرت عبوة في قرية تل الريحان شمال مدينة الباب.", ["تل الريحان", "الباب"]),
        ("قصف على حي كرم النحل في حلب.", ["كرم النحل", "حلب"]),
        ("اشتباكات قرب بلدة أبو سنبلة.", ["أبو سنبلة"]),
        ("هاجموا قرية «بيت الورد» ليلا.", ["بيت الورد"]),
        ("قصف على أحياء حلب القديمة.", ["حلب القديمة"]),
        ("شهدت محافظة إب هدوءا.", ["إب"]),
        ("تقدم في ريف اللاذقية الشمالي.", ["ريف اللاذقية الشمالي"]),
        ("معارك في جبل صبر ووادي القمر.", ["جبل صبر", "وادي القمر"]),
        ("قصف مطار صنعاء الدولي.", ["مطار صنعاء الدولي"]),
        ("انفجار في شارع الستين.", ["شارع الستين"]),
        ("إطلاق نار في قطاع غزة.", ["قطاع غزة"]),
        ("نزوح من الغوطة الشرقية.", ["الغوطة الشرقية"]),
        ("دخلوا الأراضي السورية.", ["الأراضي السورية"]),
    ],
)
def test_borders(source: str, expected: list[str]) -> None:
    assert names(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("قصف على بلدات السيال والجلاء وحسرات.", ["السيال", "الجلاء", "حسرات"]),
        ("اشتباكات في بلدتي سقبا وحمورية بريف دمشق.", ["سقبا", "حمورية", "ريف دمشق"]),
        ("غارات على محافظات صنعاء، وصعدة، وعمران.", ["صنعاء", "صعدة", "عمران"]),
    ],
)
def test_lists_under_one_class_word(source: str, expected: list[str]) -> None:
    assert names(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "سيطروا على موقع عسكري مهم.",
        "لجأ السكان إلى قرية صغيرة مجاورة.",
        "انسحبوا من المنطقة كلها.",
        "أعلن عسكري أن العملية انتهت اليوم الجمعة.",
        "كان الهجوم مفاجئا وسريعا جدا.",
        "قتل مدير جمعية خيرية.",
    ],
)
def test_common_words_are_no_places(source: str) -> None:
    assert names(source) == []


def test_classes_come_from_the_class_word() -> None:
    assert one("قصف مديرية حيس.", "حيس").kind == "district"
    assert one("قصف مخيم اليرموك.", names("قصف مخيم اليرموك.")[0]).kind == "neighbourhood"
    assert one("قصف قرية أم الورود.", "أم الورود").kind == "village"


@pytest.mark.parametrize(
    ("source", "name", "bearing"),
    [
        ("غارة جنوب بلدة هجين.", "هجين", "جنوب"),
        ("كمين شمال شرقي بغداد.", "بغداد", "شمال شرقي"),
        ("انفجار بالقرب من مدينة الباب.", "الباب", "قرب"),
        ("قصف على أطراف الفلوجة.", "الفلوجة", "أطراف"),
    ],
)
def test_bearings(source: str, name: str, bearing: str) -> None:
    assert bearing in (one(source, name).bearing or "")


@pytest.mark.parametrize(
    ("source", "name", "flag"),
    [
        ("نقلت شبكة هجين الإخبارية عن الأهالي.", "هجين", "source"),
        ("التقى قادة كتيبة حلب بالأهالي.", "حلب", "org"),
        ("نفت دمشق مسؤوليتها عن القصف.", "دمشق", "metonym"),
        ("بيروت - قال ناشطون إن الهدوء عاد.", "بيروت", "dateline"),
    ],
)
def test_names_that_are_no_places_of_events(source: str, name: str, flag: str) -> None:
    mention = one(source, name)
    assert flag in mention.flags and not mention.event_place


def test_a_mosque_in_a_town_leaves_the_town() -> None:
    mentions = found("استهدف القصف مسجد الزوية في هجين.")
    assert [m.name for m in mentions if m.event_place] == ["هجين"]


def test_demonyms_are_no_places() -> None:
    assert names("قال مسؤول سوري إن الجندي التركي أصيب.") == []


def test_capital_by_its_country() -> None:
    (mention,) = found("انفجار يهز العاصمة اليمنية.")
    assert any(e.forms[0] == "صنعاء" for e in mention.candidates)


def test_hashtags_are_one_name() -> None:
    assert names("مطر غزير #حفر_الباطن الآن") == ["حفر_الباطن"]
    assert names("صور جديدة #سيول_الكويت") == []


def test_empty_and_foreign_texts_give_nothing() -> None:
    assert found("") == [] and found("\n\n") == [] and found("nothing here at all") == []


def test_the_same_text_gives_the_same_mentions() -> None:
    source = "قتل مدني في بلدة هجين شرق دير الزور، وأصيب آخرون في الرقة ومنبج."
    assert found(source) == found(source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("سقطت مقاتلة سورية في البحر.", []),
        ("دخلت القوات السعودية المعسكر.", []),
        ("وصل رجل بعد أن غادر السعودية أمس.", ["السعودية"]),
        ("اعتقلوا رجلا بريطانيا وأفرجوا عنه.", []),
        ("قصف في شمال سورية.", ["سورية"]),
    ],
)
def test_adjectives_spelled_like_a_country(source: str, expected: list[str]) -> None:
    assert names(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("وصل رجال الإنقاذ إلى بلدة الشويحطية. وقتل ثلاثة في الشويحطية مساء.", ["الشويحطية", "الشويحطية"]),
        ("انفجار في قرية سمرقوط. قال شاهد بسمرقوط إن الحريق مستمر.", ["سمرقوط", "سمرقوط"]),
        ("قصف على قرية سمرقوط ثم خلاف بين سمرقوط وجاره.", ["سمرقوط"]),
    ],
)
def test_a_name_told_once_with_its_class_word_is_known_bare(source: str, expected: list[str]) -> None:
    assert names(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("اندلع حريق في سمرقوط بريف حلب.", ["سمرقوط", "ريف حلب"]),
        ("وقع الهجوم قرب سمرقوط شمال بغداد.", ["سمرقوط", "بغداد"]),
        ("وقع الهجوم في اشتباكات شمال بغداد.", ["بغداد"]),
        ("وقع الهجوم في منزلهم شمال بغداد.", ["بغداد"]),
    ],
)
def test_an_unknown_word_before_its_unit_is_a_place(source: str, expected: list[str]) -> None:
    assert names(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("انفجار في سوق بلدة سمرقوط.", ["سمرقوط"]),
        ("حملة في قرى قضاء الحويجة.", ["الحويجة"]),
        ("قصف معسكر «اللواء 90» ليلا.", []),
        ("انفجر لغم في البادية السورية.", ["البادية السورية"]),
    ],
)
def test_class_words_before_class_words_and_brigades(source: str, expected: list[str]) -> None:
    assert names(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("قصف على حي 8 آذار في المدينة.", ["8 آذار"]),
        ("حريق في حي مايو ليلا.", ["مايو"]),
        ("زار الوفد البلدة في 8 آذار.", []),
    ],
)
def test_quarters_named_after_a_day(source: str, expected: list[str]) -> None:
    assert names(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("دخلوا مصر عن طريق السلوم ليلا.", ["مصر", "السلوم"]),
        ("قصف على مطار (صعدة) ليلا.", ["مطار (صعدة)"]),
        ("نزوح من مزارع تهامة في اليمن.", ["تهامة", "اليمن"]),
        ("قال مصدر في مديرية التوجيه المعنوي.", []),
        ("كمين في نقيل سمارة بمحافظة إب.", ["نقيل سمارة", "إب"]),
        ("قصف على جرود عرسال.", ["جرود عرسال"]),
    ],
)
def test_what_class_words_keep_and_cut(source: str, expected: list[str]) -> None:
    assert names(source) == expected


@pytest.mark.parametrize(
    ("source", "name", "bearing"),
    [
        ("انفجرت سيارة على بعد 60 كيلومتراً شمال شرقي بغداد.", "بغداد", "على بعد 60 كيلومتراً شمال شرقي"),
        ("وقع الكمين على بعد نحو 30 كيلومترا إلى الشمال من بغداد.", "بغداد", "على بعد نحو 30 كيلومترا إلى الشمال"),
        ("وقع الهجوم على مسافة عشرين كيلومترا من بغداد.", "بغداد", "على مسافة عشرين كيلومترا"),
        ("سقطت قذيفة 10 كيلومترات شرق الموصل.", "الموصل", "10 كيلومترات شرق"),
        ("المعسكر يبعد 5 كلم عن الفلوجة.", "الفلوجة", "يبعد 5 كلم"),
    ],
)
def test_distances_belong_to_bearings(source: str, name: str, bearing: str) -> None:
    assert one(source, name).bearing == bearing


def test_a_place_before_brackets_is_no_dateline() -> None:
    assert "dateline" not in one("اشتباكات في حلب (شمال).", "حلب").flags


def test_powers_from_elsewhere_are_no_places_of_events() -> None:
    source = "قصف الطيران السوري حلب وإدلب في شمال سوريا. وجاء ذلك بعد انسحاب واشنطن من الاتفاق."
    assert "metonym" in one(source, "واشنطن").flags
    assert one("قتل جنود في سوريا والعراق بعد كمين لتنظيم سوري في حلب السورية.", "العراق").event_place
    assert one("انفجار يهز باريس. وقالت الشرطة الفرنسية إن فرنسا حزينة.", "باريس").event_place


@pytest.mark.parametrize(
    "source",
    [
        "قصف على مخيمات لعناصر الحزب.",
        "وصلوا إلى منطقة نفوذهم.",
        "قالت إذاعة محلية تتابع الخبر.",
        "قاتل مع جبهة النصرة.",
    ],
)
def test_words_with_prepositions_and_pronouns_are_no_names(source: str) -> None:
    assert names(source) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("انفجرت عبوة على طريق تدمر صباحا.", ["تدمر"]),
        ("أغلقوا طريق تدمر - البوكمال أمس.", ["طريق تدمر - البوكمال"]),
        ("رست السفينة في ميناء الحديدة.", ["الحديدة"]),
        ("اجتمعوا في سوق المدينة.", ["سوق المدينة"]),
        ("قصف على مطار زعربوش ليلا.", ["زعربوش"]),
        ("قصف على مطار الحديدة ليلا.", ["مطار الحديدة"]),
        ("أصيب سائق في الكيلو 16 بالحديدة.", ["الكيلو 16", "الحديدة"]),
        ("أصيب سائق في منطقة كيلو 16.", ["كيلو 16"]),
        ("أصيب سائق في قرية كمبو 9.", ["كمبو 9"]),
        ("سقطت قذائف على الحارة 17 ليلا.", ["الحارة 17"]),
        ("قطعوا 16 كيلو مشيا.", []),
    ],
)
def test_what_leads_to_a_town_is_told_by_the_town(source: str, expected: list[str]) -> None:
    assert names(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("دخلوا قرية الزعربوشية الغربية فجرا.", ["الزعربوشية الغربية"]),
        ("قصف على قرية دوما الزعربوش أمس.", ["دوما الزعربوش"]),
        ("قصف على بلدة دوما المحاصرة أمس.", ["دوما"]),
        ("اعتقلوا شابا في قرية دوما بنابلس.", ["دوما", "نابلس"]),
        ("قتل رجل في قرية علي زعربوش.", ["علي زعربوش"]),
        ("وصلوا إلى قرية على الحدود.", []),
        ("حريق في قرية عدوان شمال حلب.", ["عدوان", "حلب"]),
        ("حريق في قرية صغيرة شمال حلب.", ["حلب"]),
    ],
)
def test_how_far_names_of_villages_go(source: str, expected: list[str]) -> None:
    assert names(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("انفجر لغم قرب زعربوش، دون إصابات.", ["زعربوش"]),
        ("قتل ثلاثة قرب زعربوش.", ["زعربوش"]),
        ("قتل ثلاثة قرب زعربوش في محافظة حلب.", ["زعربوش", "حلب"]),
        ("قتل ثلاثة قرب سياج يفصل الحقول.", []),
        ("أحرقوا سيارة قرب النافذة.", []),
    ],
)
def test_an_unknown_word_that_something_is_near_to_is_a_place(source: str, expected: list[str]) -> None:
    assert names(source) == expected


def test_a_road_to_a_town_is_its_bearing() -> None:
    mention = one("انفجرت عبوة على طريق تدمر صباحا.", "تدمر")
    assert (mention.bearing, mention.kind) == ("طريق", "city")
    assert one("انفجرت عبوة شرق طريق تدمر صباحا.", "تدمر").bearing == "شرق طريق"
