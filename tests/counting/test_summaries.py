"""Titles and summaries: values alone, sources named, numbers that agree, unknown that stays unknown."""

from __future__ import annotations

import re

import pytest

from marsad.counting import summary, title
from marsad.counting.agreement import LANGUAGES, counted, form, listed, ranged
from marsad.errors import InputError
from marsad.lexicon.table import read_table
from marsad.model import Date, Place
from marsad.vocabulary import EVENT_TYPES, HARM_KINDS, INCLUDING
from tests.counting.making import dossier, harm, say
from tests.shared import ROOT


def arabic(number: int) -> str:
    """A second implementation of the grammar: the form that an Arabic grammar gives a number of civilians behind a preposition."""
    rest = number % 100
    if number == 1:
        return "مدني واحد"
    if number == 2:
        return "مدنيَّين اثنين"
    if 3 <= rest <= 10:
        return f"{number} مدنيين"
    if rest >= 11:
        return f"{number} مدنياً"
    return f"{number} مدني"


@pytest.mark.parametrize("number", range(121))
def test_numbers_agree_with_their_noun(number: int) -> None:
    assert counted(number, "civilian", "ar") == arabic(number)
    assert counted(number, "civilian", "en") == f"{number} civilian" + "s" * (number != 1)


@pytest.mark.parametrize(
    ("number", "name"),
    [(0, "other"), (1, "one"), (2, "two"), (3, "few"), (10, "few"), (11, "many"), (99, "many"), (100, "other"), (101, "other"),
     (102, "other"), (103, "few"), (111, "many"), (200, "other"), (1003, "few")],
)  # fmt: skip
def test_forms_of_arabic_numbers(number: int, name: str) -> None:
    assert form(number, "ar") == name


@pytest.mark.parametrize(
    ("low", "high", "is_open", "arabic", "english"),
    [
        (3, 3, False, "3 أطفال", "3 children"),
        (3, 12, False, "ما بين 3 و12 طفلاً", "3 to 12 children"),
        (1, 2, False, "طفل واحد أو طفلين اثنين", "1 or 2 children"),
        (0, 2, False, "طفلين اثنين على الأكثر", "up to 2 children"),
        (0, 11, False, "11 طفلاً على الأكثر", "up to 11 children"),
        (20, 20, True, "ما لا يقل عن 20 طفلاً", "at least 20 children"),
        (2, 100, False, "ما بين 2 و100 طفل", "2 to 100 children"),
    ],
)
def test_ranges_agree_with_their_last_number(low: int, high: int, is_open: bool, arabic: str, english: str) -> None:
    assert ranged(low, high, "children", "ar", open=is_open) == arabic
    assert ranged(low, high, "children", "en", open=is_open) == english


def test_long_lists_say_how_many_more() -> None:
    assert listed(["A"], "en") == "A" and listed(["A", "B"], "en") == "A and B" and listed([], "en") == ""
    assert listed(list("ABCDEF"), "en") == "A, B, C and 3 others"
    assert listed(["س", "ص", "ع"], "ar") == "س وص وع"
    assert listed(["س", "ص", "ع", "ل", "م"], "ar") == "س وص وع ومصدرين آخرين"


_CLAIMS = [
    say("a", harm("killed", 3, status="civilian", children=2), harm("injured", 11, status="civilian"), by="الدفاع المدني",
        publisher="وكالة الأفق", perpetrators=("russia",)),
    say("b", harm("killed", 5, status="civilian"), by="مرصد الحقوق", kind="monitor", publisher="صحيفة المدى", perpetrators=("russia",)),
    say("c", by="وزارة الدفاع الروسية", kind="belligerent", status="denied", publisher="صحيفة المدى", perpetrators=("russia",)),
]  # fmt: skip


def test_a_title_is_made_of_values() -> None:
    assert title(dossier(*_CLAIMS), "ar") == (
        "غارة جوية أو ضربة بطائرة مسيّرة، تل الزيتون، حماة، 1 أيار/مايو 2024: "
        "تقارير عن مقتل ما بين 3 و5 مدنيين، بينهم طفلان وإصابة 11 مدنياً"
    )  # fmt: skip
    names = {"تل الزيتون": "Tal al-Zaytun", "حماة": "Hama"}
    assert title(dossier(*_CLAIMS), "en", names=lambda place, _: names.get(place["name"])) == (
        "Air or drone strike, Tal al-Zaytun, Hama, 1 May 2024: "
        "3 to 5 civilians (including 2 children) reported killed and 11 civilians reported injured"
    )


def test_a_summary_names_who_reports_citing_whom() -> None:
    told = summary(dossier(*_CLAIMS), "en")
    assert "Reported by وكالة الأفق and صحيفة المدى, citing الدفاع المدني, مرصد الحقوق and وزارة الدفاع الروسية." in told
    assert "Attributed to Russian forces by الدفاع المدني and مرصد الحقوق." in told
    assert "A denial was reported from وزارة الدفاع الروسية." in told
    assert "Sources differ on whether it happened and the number killed or their status." in told
    told = summary(dossier(*_CLAIMS), "ar")
    assert "ورد الخبر في وكالة الأفق وصحيفة المدى، نقلاً عن الدفاع المدني ومرصد الحقوق ووزارة الدفاع الروسية." in told
    assert "نُسب إلى القوات الروسية، بحسب الدفاع المدني ومرصد الحقوق." in told
    assert "ورد نفي من وزارة الدفاع الروسية." in told


def test_what_is_unknown_stays_unknown() -> None:
    bare = dossier(say("a", publisher=None, date=Date(), place=Place()))
    assert title(bare, "en") == "Air or drone strike, unknown place, unknown day: no number of people harmed is told"
    assert title(bare, "ar") == "غارة جوية أو ضربة بطائرة مسيّرة، مكان غير معروف، يوم غير معروف: لم يُذكر عدد المتضررين"
    assert "The source is not known." in summary(bare, "en") and "Attributed" not in summary(bare, "en")


def test_people_without_a_number_are_told_without_one() -> None:
    one = dossier(say("a", harm("killed", None), harm("injured", 3)))
    assert title(one, "en").endswith(": an unstated number of people reported killed and 3 people reported injured")
    assert title(one, "ar").endswith(": تقارير عن مقتل عدد غير مذكور من الأشخاص وإصابة 3 أشخاص")


def test_contested_status_is_told_as_contested() -> None:
    both = dossier(
        say("a", harm("killed", 4, status="civilian"), by="مرصد الحقوق", kind="monitor"),
        say("b", harm("killed", 4, status="combatant"), by="مديرية الأمن", kind="security"),
    )
    assert "4 people (civilian by some sources, combatant by others) reported killed" in title(both, "en")
    assert "مقتل 4 أشخاص (الصفة محل خلاف" in title(both, "ar")


@pytest.mark.parametrize(
    ("status", "english", "arabic"),
    [
        ("denied", "Denied: ", "منفي: "),
        ("uncertain", "Not known whether it happened: ", "غير معروف هل وقع: "),
        ("planned", "Announced or threatened, not reported to have happened: ", "مُعلن أو مُهدَّد به ولم يُذكر وقوعه: "),
    ],
)
def test_what_did_not_surely_happen_is_not_told_as_fact(status: str, english: str, arabic: str) -> None:
    one = dossier(say("a", by="س", status=status))
    assert title(one, "en").startswith(english) and title(one, "ar").startswith(arabic)


def test_an_aggregate_is_told_as_one() -> None:
    one = dossier(
        say("a", harm("killed", 103), by="مرصد الحقوق", scope="aggregate", date=Date("2024-05-01", "2024-05-31", "month"))
    )
    assert summary(one, "en").startswith("A toll over several events, not one event: 103 people reported killed, ")
    assert summary(one, "ar").startswith("حصيلة لأحداث عدة وليست حدثاً واحداً: تقارير عن مقتل 103 أشخاص، ")
    assert "May 2024" in title(one, "en") and "أيار/مايو 2024" in title(one, "ar")


def test_sides_of_a_clash_are_named_and_none_is_blamed() -> None:
    one = dossier(say("a", type="armed_clash", perpetrators=("isis",), targets=("iraq",)))
    assert "Parties named: Islamic State (ISIS) and Iraqi forces." in summary(one, "en")
    assert "Attributed" not in summary(one, "en")


def test_the_own_word_of_a_party_is_told_as_such() -> None:
    one = dossier(say("a", by="التحالف الدولي", kind="belligerent", perpetrators=("coalition_isis",)))
    assert "By its own reported account, the US-led coalition against ISIS carried this out." in summary(one, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_has_its_words(language: str) -> None:
    keys = {row["key"] for row in read_table(f"{language}/summaries.tsv")}
    nouns = {row["key"] for row in read_table(f"{language}/counted_nouns.tsv")}
    parties = set(
        re.findall(
            r"^\| `([a-z_]+)` \|",
            (ROOT / "docs/claims.md").read_text("utf-8").split("## Sites")[0].split("## Parties")[1],
            re.MULTILINE,
        )
    )
    wanted = (
        {f"event.{t}" for t in EVENT_TYPES} | {f"harm.{k}" for k in HARM_KINDS} | {f"party.{p}" for p in parties - {"civilians"}}
    )
    assert len(parties) > 50 and not wanted - keys
    assert {"all", "civilian", "combatant", *INCLUDING} <= nouns


def test_languages_have_the_same_phrases_with_the_same_values() -> None:
    tables = [
        {row["key"]: set(re.findall(r"{(\w+)}", row["text"])) for row in read_table(f"{c}/summaries.tsv")} for c in LANGUAGES
    ]
    ours = {"harm.reported", "name.foreign"}  # only where a language needs them
    assert {k: v for k, v in tables[0].items() if k not in ours} == {k: v for k, v in tables[1].items() if k not in ours}


_EVALUATIVE = re.compile(
    r"terror|martyr|massacre|brutal|horr|heinous|regime|liberat|innocent|savage|occupation|crime|إرهاب|شهيد|شهداء|استشهاد|مجزرة|مجازر|وحشي|"
    r"إجرام|جريمة|نظام|تحرير(?! الش| الس)|أبرياء|احتلال|ميليشيا|عصابات"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_takes_sides(language: str) -> None:
    for table in ("summaries", "counted_nouns"):
        for row in read_table(f"{language}/{table}.tsv"):
            for cell in row.cells.values():
                assert not _EVALUATIVE.search(cell), f"{row.file}:{row.line}: {cell}"


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(InputError, match="there are no words in 'fr'; there are those of ar, en"):
        title(dossier(*_CLAIMS), "fr")
