"""Publishers: whose correspondent speaks in a report."""

from __future__ import annotations

import pytest

from marsad import Document, read
from marsad.reading.publishers import published_by

CASES = [
    ("سكاي نيوز عربية", None, None),
    ("سكاي نيوز عربية", "skynewsarabia.com", True),
    ("سكاي نيوز عربية", "سكاي نيوز", True),
    ("سكاي نيوز عربية", "okaz.com.sa", False),
    ("سكاي نيوز عربية", "صحيفة عكاظ", False),
    ("بي بي سي", "bbc.com/arabic", True),
    ("باجهوك", "pajhwok.com", None),
    ("قناة لا يعرفها أحد", "قناة لا يعرفها أحد", True),
]


@pytest.mark.parametrize(("outlet", "publisher", "known"), CASES)
def test_published_by(outlet: str, publisher: str | None, known: bool | None) -> None:
    assert published_by(outlet, publisher) is known


@pytest.mark.parametrize(("publisher", "carriers"), [("skynewsarabia.com", []), (None, []), ("okaz.com.sa", ["سكاي نيوز عربية"])])
def test_the_outlet_of_a_correspondent_carries_where_another_publishes(publisher: str | None, carriers: list[str]) -> None:
    text = "قال مراسل سكاي نيوز عربية إن غارة استهدفت المعسكر في تعز أمس."
    (claim,) = read(Document("d", text, published="2018-01-01", publisher=publisher))
    assert [s.name for s in claim.sources if s.role == "carrier"] == carriers
