"""Names of people are masked on every page until one says otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from marsad.desk.settings import Settings
from marsad.desk.templating import passages
from marsad.register import schema
from marsad.register.provenance import Capture
from marsad.register.store import Register
from marsad.views.masking import masked
from tests.desk.running import Visitor
from tests.desk.team import Address, addresses

NAMES = ("مصعب", "زكريا", "خديجة", "Darwish", "لارين")
TITLE = "مقتل مصعب زكريا وخديجة وSamira Darwish في قصف على هجين"
TEXT = (
    "قتل الطفل مصعب زكريا وأصيبت خديجة حسين في قصف مدفعي على سوق بلدة هجين شرق دير الزور صباح الأحد، بحسب مصدر طبي. "
    "وقال والده زكريا محمود إن القذيفة سقطت على السوق، وقتلت الطفلة لارين كوجر. ووجد السكان أشلاء في المكان. "
    "Dr. Samer Darwish treated the wounded in Khan Shaykhun."
)


@pytest.fixture
def named(settings: Settings) -> dict[str, str]:
    """A register with a report that names people; gives the ids by which pages are asked for."""
    with Register.open(settings.register) as register:
        taken = Capture(
            raw=TEXT.encode(), media_type="text/plain", address="https://example.org/named", collected=datetime(2024, 5, 6, tzinfo=UTC),
            method="file", collector="test", text=TEXT, extractor="test", title=TITLE, published="2024-05-05",
            published_from="metadata", publisher="وكالة المثال", language="ar",
        )  # fmt: skip
        (added,) = register.take_in([taken], jobs=1, who="Rana")
        with register.snapshot() as connection:
            c = schema.claim.c
            claim = connection.scalar(c.id.table.select().with_only_columns(c.id).where(c.document_id == added.document_id))
    assert claim
    document = added.document_id
    return {"document": document, "report": document, "id": document, "claim": claim, "incident": "x", "code": "x"}


@pytest.mark.parametrize("address", [a for a in addresses() if a.method == "GET"], ids=lambda a: a.path)
def test_no_page_names_people_unasked(visitor: Visitor, named: dict[str, str], address: Address) -> None:
    filled = address.filled(named)
    for page in (filled, f"{filled}?q={quote('قصف سوق هجين')}"):
        answer = visitor.get(page, headers={"accept": "text/html", "accept-language": "ar"})
        if answer.headers["content-type"].startswith("text/html"):
            assert not [name for name in NAMES if name in answer.text], page


def test_who_says_so_sees_them_and_it_is_remembered(visitor: Visitor, named: dict[str, str]) -> None:
    address = f"/reading/{named['document']}"
    assert "•" in visitor.get(address).text
    visitor.submit("/preferences/names", {"to": "shown", "back": address})
    assert all(name in visitor.get(address).text for name in NAMES[:2])
    visitor.submit("/preferences/names", {"to": "masked"})
    assert NAMES[0] not in visitor.get(address).text


def test_programs_are_given_texts_as_they_are(visitor: Visitor, named: dict[str, str]) -> None:
    assert NAMES[0] in visitor.get(f"/reading/{named['document']}?format=json").text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ahmad al-Khalil and Fatima were killed in Khan Shaykhun", "••••• ••-•••••• and •••••• were killed in Khan Shaykhun"),
        ("The victim Jwan Sterk died near Abu Kamal.", "The victim •••• ••••• died near Abu Kamal."),
        ("Abu Yazan and al-Hasan said", "••• ••••• and ••-••••• said"),
        ("Hayat Tahrir al-Sham, Islamic State: 3 killed in April", "Hayat Tahrir al-Sham, Islamic State: 3 killed in April"),
        ("the victim was taken to Homs", "the victim was taken to Homs"),
        ("أصيب الشاب شيركو ملا في قصف على عفرين", "أصيب الشاب ••••• ••• في قصف على عفرين"),
        ("قال المواطن السوري إن الشاب أصيب أمس", "قال المواطن السوري إن الشاب أصيب أمس"),
    ],
)
def test_names_are_known_by_given_names_and_by_titles_in_both_scripts(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_notes_of_people_are_masked_too_and_closed_values_are_not(visitor: Visitor, named: dict[str, str]) -> None:
    address = f"/reading/{named['document']}"
    claim = visitor.json(address)["claims"][0]
    visitor.submit(
        f"{address}/claims/{claim['id']}/reject", {"why": "Khadija Darwish told it otherwise", "seen": str(claim["seen"])}
    )
    for page in (address, "/log", f"/history/reports/{named['document']}"):
        told = visitor.get(page, headers={"accept": "text/html"}).text
        assert "Darwish" not in told and "told it otherwise" in told, page
    assert "Darwish" in visitor.get("/log?format=json").text, "programs are given what was written"


def test_a_text_is_cut_at_passages_that_are_folded_away() -> None:
    parts = passages(TEXT)
    assert "".join(part for part, _ in parts) == TEXT
    assert [graphic for _, graphic in parts] == [False, True, False] and "أشلاء" in parts[1][0]
