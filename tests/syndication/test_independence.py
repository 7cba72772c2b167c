"""Origins: claims count by who makes the statement, not by how many addresses carry it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest

from marsad.model import Claim, Evidence, Source
from marsad.syndication.independence import Chain, Origins, chain, origins
from marsad.syndication.names import names_nobody, telling

_WORDS = (Evidence(0, 1, "x"),)


def told(
    number: int,
    origin: Sequence[tuple[str, str]] = (),
    carrier: Sequence[str] = (),
    publisher: str | None = "",
    copies: Sequence[str] = (),
) -> Chain:
    """The chain of a claim of a report of its own; the publisher is one of its own too unless told."""
    sources = [Source(name, kind, "origin", _WORDS) for name, kind in origin]
    sources += [Source(name, "news", "carrier", _WORDS) for name in carrier]
    made = Claim(f"d{number}.1", f"d{number}", "attack", _WORDS, sources=tuple(sources))
    return chain(made, f"موقع الخبر{number}" if publisher == "" else publisher, copies)


def count(*chains: Chain) -> tuple[int, bool]:
    """How many, and whether at least; the same in whatever order the claims come."""
    found = {(o.count, o.at_least) for o in (origins(p) for p in permutations(chains))}
    assert len(found) == 1
    return found.pop()


def test_ten_sites_with_the_text_of_one_agency_are_one_origin() -> None:
    chains = [told(n, [("مصادر محلية", "local")], copies=["g1"]) for n in range(10)]
    found = origins(chains)
    assert (found.count, found.at_least, found.named) == (1, False, 0)
    assert found.groups[0].reasons == ("copies of one text",) and len(found.groups[0].documents) == 10


def test_ten_sites_that_quote_one_named_source_are_one_origin() -> None:
    found = origins(told(n, [("المرصد السوري لحقوق الإنسان" if n % 2 else "المرصد السوري", "monitor")]) for n in range(10))
    assert (found.count, found.at_least, found.named) == (1, False, 1)
    assert "one source" in found.groups[0].reasons[0]


def test_different_named_sources_are_different_origins() -> None:
    assert count(told(1, [("الدفاع المدني", "rescuers")]), told(2, [("وزارة الصحة", "medical")])) == (2, False)


def test_unnamed_sources_of_outlets_that_are_no_copies_are_counted_and_marked() -> None:
    found = origins([told(1, [("مصادر محلية", "local")]), told(2, [("ناشطون", "local")])])
    assert (found.count, found.named) == (2, 0) and not any(g.named for g in found.groups)


def test_who_takes_it_from_the_same_agency_has_the_same_unnamed_source() -> None:
    assert count(
        told(1, [("مصدر طبي", "medical")], publisher="وكالة الساحل"),
        told(2, [("مصدر طبي", "medical")], carrier=["الساحل"]),
        told(3, [("مصدر طبي", "medical")], carrier=["وكالة الساحل للأنباء"]),
    ) == (1, False)


def test_a_claim_without_source_is_the_word_of_its_outlet() -> None:
    assert count(told(1), told(2)) == (2, False)
    assert count(told(1, carrier=["وكالة الساحل"]), told(2, carrier=["وكالة الساحل"])) == (1, False)
    assert count(told(1, [("مراسل الوكالة", "correspondent")], carrier=["الساحل"]), told(2, publisher="الساحل")) == (1, False)


def test_the_own_word_of_an_outlet_that_quotes_others_is_not_counted() -> None:
    agency = "وكالة الساحل"
    assert count(told(1, publisher=agency), told(2, [("سكان", "local")], carrier=[agency])) == (1, True)


def test_a_bare_name_that_fits_two_is_not_counted() -> None:
    chains = [told(1, [("الجيش السوداني", "belligerent")]), told(2, [("الجيش المصري", "belligerent")])]
    assert count(*chains, told(3, [("الجيش", "belligerent")])) == (2, True)
    assert count(chains[0], told(3, [("الجيش", "belligerent")])) == (1, False)


def test_names_in_two_scripts_may_be_one() -> None:
    assert count(told(1, [("وزارة الصحة", "medical")]), told(2, [("The health ministry", "medical")])) == (1, True)
    chains = [told(1, [("وزارة الصحة", "medical")]), *(told(n, [("Health ministry", "medical")]) for n in (2, 3))]
    assert count(*chains) == (1, True)
    assert count(told(1, [("وزارة الصحة", "medical")]), told(2, [("the army", "belligerent")])) == (2, False)


def test_without_a_publisher_it_is_at_least_one() -> None:
    assert count(told(1, publisher=None), told(2, publisher=None)) == (1, True)
    assert count(told(1, [("سكان", "local")], publisher=None), told(2, [("سكان", "local")])) == (1, True)


def test_two_sources_of_one_text_and_of_its_copy_are_two() -> None:
    both = [("وزارة الصحة", "medical"), ("شهود عيان", "witness")]
    assert count(told(1, both, copies=["g"]), told(2, both, copies=["g"])) == (2, False)
    # What the copy says in words that the reader takes for another source is no origin of its own.
    assert count(told(1, both, copies=["g"]), told(2, [("ناطق باسم المشفى", "medical")], copies=["g"])) == (2, True)


def test_a_passage_that_is_no_copy_counts_by_itself() -> None:
    source = [("سكان", "local")]
    assert count(told(1, source, copies=["g"]), told(2, source, copies=["g"]), told(3, source)) == (2, False)


def test_claims_of_one_document_are_not_copies_of_each_other() -> None:
    first, second = told(1, [("سكان", "local")], copies=["g"]), told(1, [("مصدر طبي", "medical")], copies=["g"])
    assert count(first, second) == (2, False)


def test_no_claim_has_no_origin() -> None:
    assert origins([]) == Origins(0, False, ())


def test_a_chain_names_origin_carriers_and_publisher() -> None:
    found = told(1, [("سكان", "local")], carrier=["وكالة الساحل", "موقع الخبر1"])
    assert [s.name for s in found.carriers] == ["وكالة الساحل"], "a publisher that names itself is no carrier"
    assert chain({**_record(found)}, found.publisher) == found
    assert found.to_dict()["publisher"] == "موقع الخبر1"


def _record(found: Chain) -> dict[str, object]:
    sources = [s.to_dict() for s in (*found.origins, *found.carriers)]
    return {"id": found.claim, "document": found.document, "sources": sources}


@pytest.mark.parametrize(
    ("one", "other"),
    [("وكالة الأناضول", "الأناضول"), ('"المضيق"', "وكالة المضيق"), ("River Wire", "the River"), ("شبكةِ الطَّود", "للطود")],
)
def test_telling_words(one: str, other: str) -> None:
    assert telling(one) == telling(other)


def test_who_is_nobody() -> None:
    assert all(map(names_nobody, ("مصادر محلية", "المصادر", "مصدر في شرطة الباب", "وسكان", "Residents of the town", "a medic")))
    assert not any(map(names_nobody, ("وزارة الصحة", "الدفاع المدني", "Hezbollah", "")))
