"""What claims say together: side by side, with ranges that are 0 where the status is contested or unknown."""

from __future__ import annotations

import pytest

from marsad.counting import Dossier, Together, Told, check_sums, suggest, together
from marsad.lexicon.reasons import texts
from marsad.model import Date, Place
from tests.counting.making import dossier, harm, say

_RUSSIA = {"perpetrators": ("russia",)}


def ranges(view: Together, kind: str = "killed") -> dict[str, tuple[int, int]]:
    return {f.who: (f.low, f.high) for f in view.figures if f.kind == kind}


def test_every_value_stands_with_its_claims_and_origins() -> None:
    view = together(dossier(
        say("a", harm("killed", 3), by="الدفاع المدني"),
        say("b", harm("killed", 3), by="الدفاع المدني", day="2024-05-03"),
        say("c", harm("killed", 7), by="مرصد الحقوق", kind="monitor", type="shelling_artillery_missile"),
    ))  # fmt: skip
    told = view.values["killed"]
    assert [(v.value[0]["min"], v.claims, v.count) for v in told] == [(3, ("a.1", "b.1"), 1), (7, ("c.1",), 1)]
    assert told[0].origins == ("الدفاع المدني",) and told[0].days == ("2024-05-02", "2024-05-03")
    assert [v.value for v in view.values["type"]] == ["air_drone_strike", "shelling_artillery_missile"]


def test_tolls_stand_by_day_of_publication() -> None:
    view = together(dossier(
        say("a", harm("killed", 6), by="الدفاع المدني", day="2024-05-04"),
        say("b", harm("killed", 2), by="الدفاع المدني", day="2024-05-02"),
        say("c", harm("killed", 4), by="مرصد الحقوق", day=None),
    ))  # fmt: skip
    assert [(p.day, p.low) for p in view.timeline] == [("2024-05-02", 2), ("2024-05-04", 6), (None, 4)]
    assert ranges(view)["all"] == (4, 6)  # the 2 was taken back


@pytest.mark.parametrize(
    ("harms", "expected"),
    [
        # One calls them civilians, another fighters: 0 for both.
        (
            [harm("killed", 5, status="civilian"), harm("killed", 5, status="combatant")],
            {"civilian": (0, 5), "combatant": (0, 5)},
        ),
        # Nobody says whose people they were.
        ([harm("killed", 5), harm("killed", 4)], {"civilian": (0, 5), "combatant": (0, 5)}),
        # One knows three civilians among the four to five; silence is no contradiction.
        ([harm("killed", 3, status="civilian"), harm("killed", 5)], {"civilian": (3, 5), "combatant": (0, 2)}),
        ([harm("killed", 3, status="civilian"), harm("killed", 5, status="civilian")], {"civilian": (3, 5)}),
        ([harm("killed", 5, status="mixed")], {"civilian": (0, 5), "combatant": (0, 5)}),
    ],
)
def test_status_is_a_range(harms: list[object], expected: dict[str, tuple[int, int]]) -> None:
    claims = [say(f"c{n}", h, by=f"مرصد {n}", kind="monitor") for n, h in enumerate(harms)]  # type: ignore[arg-type]
    found = ranges(together(dossier(*claims)))
    assert {who: found[who] for who in ("civilian", "combatant") if who in found} == expected


def test_in_a_clash_civilians_and_fighters_are_no_contradiction() -> None:
    view = together(dossier(
        say("a", harm("killed", 3, status="civilian"), by="مرصد الحقوق", kind="monitor", type="armed_clash"),
        say("b", harm("killed", 5, status="combatant", group="isis"), by="شبكة الأخبار", kind="ngo", type="armed_clash"),
    ))  # fmt: skip
    assert ranges(view) == {"all": (8, 8), "civilian": (3, 3), "combatant": (5, 5), "side:isis": (5, 5)}


def test_parts_are_ranges_too_and_a_part_above_the_whole_is_named() -> None:
    view = together(dossier(
        say("a", harm("killed", 5, women=2, children=1), by="الدفاع المدني"),
        say("b", harm("killed", 4, children=3), by="مرصد الحقوق"),
        say("c", harm("killed", 4, women=9), by="وزارة الصحة", kind="medical"),
    ))  # fmt: skip
    assert ranges(view)["children"] == (1, 3) and ranges(view)["women"] == (2, 5)
    assert texts(view.warnings) == ["c.1: at least 9 women among 4 killed; a part is more than the whole"]


def test_contradictions_stand_side_by_side_and_silence_is_none() -> None:
    other_day, far = (
        Date("2024-05-09", "2024-05-09", "day"),
        Place("بئر", "village", ("حلب", "سوريا"), "SY", 36.4, 37.2, None, "settlement"),
    )
    view = together(dossier(
        say("a", harm("killed", 3), by="الدفاع المدني", **_RUSSIA),
        say("b", harm("killed", 9), by="مرصد الحقوق", kind="monitor", date=other_day, place=far, perpetrators=("isis",)),
        say("c", by="وزارة الدفاع الروسية", kind="belligerent", status="denied", **_RUSSIA),
        say("d", by="شبكة الأخبار", kind="ngo"),
    ))  # fmt: skip
    slots = {c.slot: [v.claims for v in c.values] for c in view.contradictions}
    assert set(slots) == {"status", "date", "place", "perpetrators", "killed"}
    assert slots["killed"] == [("a.1",), ("b.1",)]
    agreeing = together(dossier(say("a", harm("killed", 3, None), by="س"), say("b", harm("killed", 9), by="ص"), say("c", by="ع")))
    assert not agreeing.contradictions


def test_parties_of_one_camp_do_not_contradict_each_other() -> None:
    view = together(dossier(say("a", perpetrators=("russia",)), say("b", perpetrators=("syria_gov",))))
    assert not view.contradictions and len(view.allegations) == 2


def test_who_alleges_and_who_admits_are_told_apart() -> None:
    view = together(dossier(
        say("a", harm("killed", 3, status="civilian"), by="الدفاع المدني", perpetrators=("coalition_isis",)),
        say("b", by="التحالف الدولي", kind="belligerent", perpetrators=("coalition_isis",)),
        say("c", by="تنظيم الدولة", kind="belligerent", perpetrators=("coalition_isis",)),
        say("d", by="التحالف الدولي", kind="belligerent", status="denied", perpetrators=("coalition_isis",)),
    ))  # fmt: skip
    (found,) = view.allegations
    assert found.by == ("الدفاع المدني", "تنظيم الدولة") and found.admitted == ("b.1",) and found.count == 2
    assert [(d.claim, d.parties) for d in view.denials] == [("d.1", ("coalition_isis", "nato"))]


def test_an_aggregate_is_no_part_of_an_incident() -> None:
    view = together(dossier(say("a", harm("killed", 3), by="س"), say("b", harm("killed", 90), by="ص", scope="aggregate")))
    assert ranges(view)["all"] == (3, 3) and view.aggregates == ("b.1",) and len(view.timeline) == 1


_CIVIL = harm("killed", 3, status="civilian")
_FIGHTERS = harm("killed", 3, status="combatant")


@pytest.mark.parametrize(
    ("claims", "grade"),
    [
        ([say("a", _CIVIL, by="الدفاع المدني", **_RUSSIA), say("b", _CIVIL, by="وزارة الدفاع الروسية", kind="belligerent", **_RUSSIA)], "confirmed"),
        # Its enemy's accusation is no admission.
        ([say("a", _CIVIL, by="الجيش الإسرائيلي", kind="belligerent", **_RUSSIA)], "weak"),
        ([say("a", _CIVIL, by="الدفاع المدني", **_RUSSIA), say("b", _CIVIL, by="مرصد الحقوق", **_RUSSIA)], "fair"),
        # A denial does not change it.
        ([say("a", _CIVIL, by="الدفاع المدني", **_RUSSIA), say("b", _CIVIL, by="مرصد الحقوق"), say("c", by="س", status="denied")], "fair"),
        ([say("a", _CIVIL, by="الدفاع المدني"), say("b", _CIVIL, by="مرصد الحقوق")], "weak"),
        ([say("a", _CIVIL, by="الدفاع المدني", **_RUSSIA)], "weak"),
        ([say("a", _CIVIL, by="الدفاع المدني", **_RUSSIA), say("b", _CIVIL, by="مرصد الحقوق", perpetrators=("isis",))], "contested"),
        ([say("a", _FIGHTERS, by="مرصد الحقوق", kind="monitor", **_RUSSIA)], "discounted"),
        # A party's word that it killed fighters proves nothing.
        ([say("a", _FIGHTERS, by="وزارة الدفاع الروسية", kind="belligerent", **_RUSSIA)], None),
        ([say("a", by="الدفاع المدني", **_RUSSIA)], None),
    ],
)  # fmt: skip
def test_grades_are_suggested_with_their_inputs(claims: list[Told], grade: str | None) -> None:
    found = suggest(dossier(*claims))
    assert found.grade == grade and found.reasons
    assert found.to_dict()["suggested"] == grade


def test_copies_and_one_source_in_many_reports_make_no_fair_grade() -> None:
    copies = [say(f"c{n}", _CIVIL, by="مصادر محلية", kind="local", copies=("g",), **_RUSSIA) for n in range(5)]
    assert suggest(dossier(*copies)).grade == "weak"
    again = [say(f"c{n}", _CIVIL, by="الدفاع المدني", **_RUSSIA) for n in range(5)]
    assert suggest(dossier(*again)).inputs.origins == 1


def toll(number: int, *, place: Place, first: str = "2024-05-01", last: str = "2024-05-31", status: str = "civilian") -> Told:
    return say(
        "t", harm("killed", number, status=status), by="مرصد", scope="aggregate", place=place, date=Date(first, last, "month")
    )


_HAMA = Place("حماة", "governorate", ("سوريا",), "SY", None, None, None, "admin")
_IDLIB = Place("إدلب", "governorate", ("سوريا",), "SY", None, None, None, "admin")


def small(number: int, killed: int, day: str | None = "2024-05-10", status: str = "civilian") -> Dossier:
    date = Date(day, day, "day") if day else Date()
    return dossier(say(f"s{number}", harm("killed", killed, status=status), by="الدفاع المدني", date=date), id=f"i{number}")


@pytest.mark.parametrize(
    ("number", "place", "killed", "verdict", "inside"),
    [
        (7, _HAMA, (3, 4), "fits", 2),
        (9, _HAMA, (3, 4), "short", 2),
        (6, _HAMA, (3, 4), "over", 2),
        (7, _IDLIB, (3, 4), "nothing", 0),
        (7, Place("سوريا", "country", (), "SY", None, None, None, "country"), (3, 4), "fits", 2),
    ],
)
def test_an_aggregate_is_checked_against_the_incidents_within_it(
    number: int, place: Place, killed: tuple[int, int], verdict: str, inside: int
) -> None:
    (check,) = check_sums([toll(number, place=place)], [small(1, killed[0]), small(2, killed[1]), small(3, 50, "2024-07-01")])
    assert (check.verdict, len(check.inside), check.perhaps) == (verdict, inside, ())
    assert check.who == "civilian"


def test_an_incident_without_a_day_may_lie_within() -> None:
    (check,) = check_sums([toll(7, place=_HAMA)], [small(1, 3), small(2, 4, None)])
    assert (check.inside, check.perhaps, check.verdict) == (("i1",), ("i2",), "fits")
    assert (check.sum_low, check.perhaps_high) == (3, 4)


def test_an_event_is_no_aggregate() -> None:
    assert check_sums([say("x", harm("killed", 3))], [small(1, 3)]) == ()


@pytest.mark.parametrize(
    ("claims", "grade", "message"),
    [
        ([], None, "has no claims"),
        ([say("a"), say("a")], None, "has a claim twice"),
        ([say("a")], "verified", "'verified' is no grade"),
    ],
)
def test_a_dossier_that_is_none_is_refused(claims: list[Told], grade: str | None, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        dossier(*claims, grade=grade)
