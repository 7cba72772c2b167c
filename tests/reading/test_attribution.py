"""Attribution: examples of the pack, reaches, anaphora and the properties that hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.lexicon.table import Row, read_table
from marsad.reading.attribution import find, sources_at
from marsad.text.tokens import Text

EXAMPLES = read_table("ar/examples/attribution.tsv")


def _at(text: Text, word: str, count: int = 1) -> int:
    """Index of the last token that is written like ``word``."""
    return [t.index for t in text.tokens if text.source[t.start : t.end] == word][-1]


@pytest.mark.parametrize("row", EXAMPLES, ids=[f"line {row.line}" for row in EXAMPLES])
def test_examples_of_the_pack(row: Row) -> None:
    text = Text(row["text"])
    sources = sources_at(find(text), _at(text, row["trigger"]))
    assert tuple(f"{s.kind}:{s.name}" for s in sources if s.role == "origin") == row.list("origins")
    assert tuple(s.name for s in sources if s.role == "carrier") == row.list("carriers")


def test_offsets_give_the_name() -> None:
    text = Text("قُتِل جندي، وبحسب الشرطة العراقية، وقع الهجوم ليلاً.")
    (attribution,) = find(text)
    (source,) = attribution.sources
    assert text.source[source.start : source.end] == source.name == "الشرطة العراقية"
    assert (text.tokens[source.first].start, text.tokens[source.last].end) == (source.start, source.end)


def test_a_trailing_marker_covers_what_stands_before_it() -> None:
    text = Text("سقطت قذيفة على الحي، بحسب سكان.")
    (attribution,) = find(text)
    assert attribution.trailing
    assert attribution.covers(0)


def test_the_reporter_speaks_again_in_a_new_sentence() -> None:
    text = Text("قالت الشرطة إن رجلا قتل. ووقع انفجار آخر في المدينة.")
    assert sources_at(find(text), _at(text, "انفجار")) == ()


def test_an_open_quotation_reaches_beyond_its_sentence() -> None:
    text = Text("قال الناطق باسم الجيش: «دخلنا القرية. ثم قصفنا المخزن» قبل أن يغادر.")
    assert [s.kind for s in sources_at(find(text), _at(text, "قصفنا"))] == ["belligerent"]


def test_a_new_speaker_ends_the_speech_before() -> None:
    text = Text("قالت الشرطة إن رجلا قتل، فيما قال مسعفون إن الانفجار جرح اثنين.")
    attributions = find(text)
    assert [s.kind for s in sources_at(attributions, _at(text, "قتل"))] == ["security"]
    assert [s.kind for s in sources_at(attributions, _at(text, "جرح"))] == ["rescuers"]


def test_a_carrier_named_later_has_carried_the_speech_from_its_start() -> None:
    text = Text("أفادت مصادر قبلية بوقوع غارة على الوادي. وقالت المصادر لوكالة رويترز إن ثلاثة جرحوا.")
    sources = sources_at(find(text), _at(text, "غارة"))
    assert [(s.kind, s.role) for s in sources] == [("local", "origin"), ("news", "carrier")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("وصل الوزير سالم نجار إلى المدينة. وقال نجار إن هجوما وقع.", "government"),
        ("زار وفد وزارة الدفاع الحدود. وقالت الوزارة إن هجوما وقع.", "belligerent"),
        ("قالت مصادر أمنية إن الطريق مغلق. وقال مصدر إن هجوما وقع.", "security"),
        ("قالت القيادة العامة للجيش في بيان إن الطريق مغلق. وأضاف البيان أن هجوما وقع.", "belligerent"),
        ("قال سفير سوريا لدى الأمم المتحدة إن هجوما وقع.", "government"),
        ("قال مصدر مقرب من تنظيم داعش إن هجوما وقع.", "unnamed"),
    ],
)
def test_who_is_meant(text: str, kind: str) -> None:
    read = Text(text)
    assert [s.kind for s in sources_at(find(read), _at(read, "هجوما"))] == [kind]


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("نفت وزارة الدفاع قصف المستشفى.", "denies"),
        ("تبنت جماعة مسلحة التفجير.", "claims_responsibility"),
        ("أعلن تنظيم القاعدة مسؤوليته عن الهجوم.", "claims_responsibility"),
        ("هدد قائد الفصيل بمهاجمة المعسكر.", "threatens"),
        ("اتهم المتحدث باسم الحكومة المتمردين بقصف السوق.", "accuses"),
        ("أكد ناشطون مقتل رجلين.", "confirms"),
    ],
)
def test_stances(sentence: str, stance: str) -> None:
    assert [a.stance for a in find(Text(sentence))] == [stance]


@pytest.mark.parametrize(
    "sentence",
    [
        "وبين المدينتين طريق طويل.",
        "ولم تذكر الشرطة تفاصيل عن الحادث.",
        "تعرض الجيش لهجوم.",
        "نقلت سيارات الإسعاف الجرحى إلى المستشفى.",
        "سجل اللاعب هدفا في المباراة.",
    ],
)
def test_homographs_and_negated_verbs_are_no_speech(sentence: str) -> None:
    assert find(Text(sentence)) == []


@given(st.text(max_size=200))
def test_any_text(source: str) -> None:
    text = Text(source)
    for attribution in find(text):
        assert attribution.sources
        for first, last in attribution.reach:
            assert 0 <= first <= last < len(text.tokens)


@given(st.lists(st.sampled_from([t for row in EXAMPLES for t in row["text"].split()] + ["\n", "«", "»", '"', "."]), max_size=40))
def test_any_mix_of_speech(parts: list[str]) -> None:
    text = Text(" ".join(parts))
    for attribution in find(text):
        for source in attribution.sources:
            assert text.source[source.start : source.end] == source.name
            assert source.role in ("origin", "carrier")


def test_an_outlet_is_known_again_by_its_class_noun() -> None:
    text = Text("قال شاهد لوكالة المدى إن الجسر دمر. وقال ضابط في الجيش للوكالة إن هجوما وقع.")
    assert [(s.name, s.role) for s in sources_at(find(text), _at(text, "هجوما"))][1] == ("وكالة المدى", "carrier")


def test_a_spokesman_is_known_again_by_his_noun() -> None:
    text = Text("قال ناطق عسكري باسم القيادة، في تصريح نشرته وكالة المدى، إن المطار آمن.\n\nوأكد الناطق ذاته أن هجوما وقع.")
    assert [(s.name, s.role) for s in sources_at(find(text), _at(text, "هجوما"))] == [
        ("ناطق عسكري باسم القيادة", "origin"),
        ("وكالة المدى", "carrier"),
    ]


def test_between_is_no_speech_before_the_victims() -> None:
    text = Text("وقال مصدر طبي إن حصيلة القصف ارتفعت وإن بين المصابين أطفالا، وإن معظمهم في حال حرجة.")
    assert {s.kind for a in find(text) for s in a.sources} == {"medical"}


def test_the_spokesman_of_an_institution_told_before_has_its_kind() -> None:
    text = Text("أعلنت وزارة الصحة وصول جرحى. وأوضح المتحدث باسم الوزارة أن هجوما وقع.")
    assert [s.kind for s in sources_at(find(text), _at(text, "هجوما"))] == ["medical"]


def test_the_official_spokesman_is_the_one_who_spoke_before() -> None:
    text = Text("صرح المتحدث الرسمي باسم قوات التحالف بأن المطار آمن. وأوضح المتحدث الرسمي أن هجوما وقع.")
    assert [s.name for s in sources_at(find(text), _at(text, "هجوما"))] == ["المتحدث الرسمي باسم قوات التحالف"]


@pytest.mark.parametrize(
    "text",
    [
        "بلاغ عسكري صادر عن كتائب القسام\n\nقصف مجاهدونا موقعا للجيش الإسرائيلي شرق رفح، ودمروا دبابة.",
        "قصفت مدفعيتنا موقعا للعدو شرق رفح، وتقدمت قواتنا شمالا.\n\nكتائب القسام\n15/05/2024",
    ],
)
def test_who_issues_a_statement_says_all_of_it(text: str) -> None:
    found = find(Text(text), "2024-05-15")
    told = text.index("شرق")
    index = next(t.index for t in Text(text).tokens if t.start == told)
    assert [(s.name, s.role, s.kind) for s in sources_at(found, index)] == [("كتائب القسام", "origin", "belligerent")]


def test_a_name_at_the_end_of_a_report_issues_nothing() -> None:
    text = "قصفت المدفعية موقعا شرق رفح، وتقدمت القوات شمالا.\n\nكتائب القسام"
    assert not any(s for a in find(Text(text), "2024-05-15") for s in a.sources)
