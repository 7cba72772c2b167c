"""Parts: parties weighed over all that a report tells; whom nobody is charged with without words for it."""

from __future__ import annotations

from marsad.model import Claim, Document
from marsad.reading.attachment import anchors_of
from marsad.reading.eventplaces import events_with_places
from marsad.reading.facts import facts_of
from marsad.reading.joining import events_of
from marsad.reading.opposition import key
from marsad.reading.parts import Parts
from marsad.reading.reader import read
from marsad.reading.report import report_of
from marsad.reading.responsibility import sides_of
from marsad.reading.worth import worth

LIKELY = "likely by all that is told"
TWO_FRONTS = (
    "قصفت قوات النظام السوري بلدة كفرنبل بالمدفعية يوم الثلاثاء، ما أدى إلى مقتل أربعة مدنيين. "
    "واستهدف قصف مدفعي بلدة حاس أيضا وأصيب فيه ثلاثة أطفال. وقالت قوات النظام إنها ستواصل عملياتها."
)


def claims(text: str, published: str = "2019-07-24") -> list[Claim]:
    return read(Document(id="d", text=text, published=published))


def parties(claim: Claim, side: str) -> set[str]:
    return {p.id or p.name for p in getattr(claim, side)}


def test_a_party_that_all_speaks_for_is_taken_and_says_so() -> None:
    (claim,) = claims("قال التحالف إن الغارات التي جرت في سوريا تركزت حول الرقة وحلب ومنبج ودمرت تحصينات للتنظيم.")
    assert parties(claim, "perpetrators") == {"coalition_isis"}
    assert claim.why["perpetrators"] == LIKELY
    assert [e.text for p in claim.perpetrators for e in p.evidence] == ["التحالف"]


def test_nobody_is_charged_with_what_is_planned_or_doubted() -> None:
    planned = claims("قصف الجيش الوطني الليبي مواقع في ضواحي طرابلس الثلاثاء تمهيدا لتحرير مدينة غريان.")[-1]
    assert (planned.status, planned.perpetrators, planned.targets) == ("planned", (), ())


def test_nobody_is_charged_with_a_toll_over_many_events() -> None:
    toll = claims(
        "سيطر تنظيم داعش أمس على مدينة البوكمال، وأسفرت الحرب السورية عن مصرع أكثر من ألف نسمة من سكان المدينة منذ عام 2014."
    )
    assert [c.scope for c in toll] == ["event", "aggregate"]
    assert toll[1].perpetrators == ()


def test_nobody_is_charged_with_a_bomb_for_being_named_nearby() -> None:
    text = "قتل 14 شخصا في تفجير انتحاري في مدينة جلال أباد أمس، في ظل هدنة بين الحكومة وحركة طالبان. ولم تتبن أي جهة الهجوم."
    (claim,) = claims(text)
    assert (claim.type, claim.perpetrators) == ("suicide_bomb", ())


def test_who_is_defended_is_not_hit() -> None:
    (claim,) = claims("شنت الولايات المتحدة غارة جوية قرب حلب الأربعاء دفاعا عن فصائل المعارضة السورية.")
    assert (parties(claim, "perpetrators"), claim.targets) == ({"us"}, ())


def test_every_party_is_named_and_at_most_one_on_a_side_is_new() -> None:
    for claim in claims(TWO_FRONTS):
        for party in (*claim.perpetrators, *claim.targets):
            assert party.evidence
            assert all(TWO_FRONTS[e.start : e.end] == e.text for e in party.evidence)


def test_the_signs_of_found_parties_come_first() -> None:
    report = report_of(Document(id="d", text=TWO_FRONTS, published="2019-07-24"))
    assert report is not None
    events = events_of(report, facts_of(report, anchors_of(report)))
    kept = [event for event, place in events_with_places(report, events) if worth(report, event, place) >= 0]
    sides = sides_of(report, events)
    parts = Parts(report, kept, sides)
    for event in kept:
        found = list(dict.fromkeys(key(p) for p in (*sides[id(event)].agents, *sides[id(event)].patients)))
        weighed = list(parts.signs(event, "shelling_artillery_missile", "SY"))
        assert [name for name, _, _ in weighed][: len(found)] == found
        assert all(signs["always"] == 1 and all(signs.values()) for _, _, signs in weighed)
        assert {key(p) for p in parts.of(event, "shelling_artillery_missile", "SY").agents} <= {name for name, _, _ in weighed}
