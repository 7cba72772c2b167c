"""What holds of every incident and every policy."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.counting import Dossier, Told, check_sums, count, policies, policy, together, total
from marsad.counting.dossier import told
from marsad.model import Claim, Date, Harm, Including, Party, Place, Source
from marsad.vocabulary import EVENT_TYPES, HARM_STATUSES, SCOPES, SOURCE_KINDS, STATUSES
from tests.counting.making import WORDS

_PARTIES = (None, "russia", "isis", "coalition_isis", "syria_gov", "unidentified")
_DAYS = st.sampled_from([None, "2024-05-01", "2024-05-02", "2024-05-03"])


@st.composite
def _harm(draw: st.DrawFn) -> Harm:
    least = draw(st.none() | st.integers(0, 30))
    most = None if least is None else draw(st.none() | st.integers(least, 40))
    parts = draw(st.lists(st.sampled_from(["children", "women", "family"]), max_size=2, unique=True))
    including = tuple(Including(who, n, n) for who in parts for n in [draw(st.integers(0, 12))])
    status = draw(st.sampled_from(HARM_STATUSES))
    group = draw(st.sampled_from(_PARTIES)) if status == "combatant" else None
    return Harm(draw(st.sampled_from(["killed", "injured", "missing"])), least, most, status, group, including, WORDS)


@st.composite
def _dossiers(draw: st.DrawFn) -> tuple[Dossier, Dossier]:
    """An incident, and the same with its claims in another order."""
    claims: list[Told] = []
    for number in range(draw(st.integers(1, 6))):
        sources = tuple(
            Source(draw(st.sampled_from(["الدفاع المدني", "وزارة الدفاع الروسية", "مصادر", "مرصد"])), kind, "origin", WORDS)
            for kind in draw(st.lists(st.sampled_from(SOURCE_KINDS), max_size=2))
        )
        start, end = draw(_DAYS), draw(_DAYS)
        if start and end and start > end:
            start, end = end, start
        parties = tuple(Party(p, p or "جماعة") for p in draw(st.lists(st.sampled_from(_PARTIES), max_size=2, unique=True)))
        place = draw(
            st.sampled_from([Place(), Place("تل الزيتون", "town", ("حماة", "سوريا"), "SY", 35.0, 36.5, None, "settlement")])
        )
        claim = Claim(
            f"d{number}.1", f"d{number}", draw(st.sampled_from(EVENT_TYPES)), WORDS, draw(st.sampled_from(SCOPES)),
            draw(st.sampled_from(STATUSES)), Date(start, end, "day" if start and start == end else "days"), place, parties, (),
            harm=tuple(draw(st.lists(_harm(), max_size=3))), sources=sources,
        )  # fmt: skip
        copies = draw(st.lists(st.sampled_from(["g1", "g2"]), max_size=1))
        publisher = draw(st.sampled_from([None, "موقع الخبر", f"صحيفة {number}"]))
        language = draw(st.sampled_from(["ar", "en", None]))
        claims.append(told(claim, published=draw(_DAYS), publisher=publisher, language=language, copies=copies))
    grade = draw(st.sampled_from([None, "confirmed", "weak"]))
    shuffled = list(claims)
    random.Random(draw(st.integers(0, 99))).shuffle(shuffled)
    return Dossier("i1", tuple(claims), grade), Dossier("i1", tuple(shuffled), grade)


@given(_dossiers())
@settings(max_examples=150, deadline=None)
def test_every_count_is_ordered_whole_and_the_same_in_any_order(pair: tuple[Dossier, Dossier]) -> None:
    dossier, other = pair
    for name in policies():
        found = count(dossier, policy(name))
        assert found == count(other, policy(name))
        assert (found.policy, found.version) == (name, policy(name).version)
        ids = [t.id for t in dossier.claims]
        assert sorted([*found.used, *(x.claim for x in found.left_out)]) == sorted(ids)
        assert all(x.reason for x in found.left_out) and bool(found.reasons) == (found.standing != "counted")
        used = {c for f in found.figures for c in f.claims}
        assert used == set(found.used) and bool(found.figures) == (found.standing != "left out")
        for f in found.figures:
            assert 0 <= f.low <= f.high and (f.best is None or f.low <= f.best <= f.high)
            whole = found.figure(f.kind, "all")
            assert whole is None or f.high <= whole.high
        aggregates = {t.id for t in dossier.claims if t.claim.scope == "aggregate"}
        assert not aggregates & set(found.used)


@given(_dossiers())
@settings(max_examples=100, deadline=None)
def test_what_is_said_together_hides_no_claim_and_is_the_same_in_any_order(pair: tuple[Dossier, Dossier]) -> None:
    view, other = (together(d) for d in pair)
    assert view == other and view.to_dict() == other.to_dict()
    events = {t.id for t in pair[0].claims if t.claim.scope == "event"}
    assert {c for s in view.values.get("type", ()) for c in s.claims} == events
    for f in view.figures:
        assert f.low <= f.high and (not f.contested or f.low == 0)
    assert [p.day or "9999" for p in view.timeline] == sorted(p.day or "9999" for p in view.timeline)
    assert not events & set(view.aggregates)


@given(st.lists(_dossiers(), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_totals_are_the_sums_of_their_rows(pairs: list[tuple[Dossier, Dossier]]) -> None:
    dossiers = [Dossier(f"i{n}", d.claims, d.grade) for n, (d, _) in enumerate(pairs)]
    for name in policies():
        found = total(dossiers, policy(name), ("month", "governorate"))
        assert found == total(list(reversed(dossiers)), policy(name), ("month", "governorate"))
        for of_all in found.all.sums:
            rows = [s for row in found.rows if (s := row.sum(of_all.kind, of_all.who)) is not None]
            assert (sum(s.low for s in rows), sum(s.high for s in rows)) == (of_all.low, of_all.high)
            assert sum(s.incidents for s in rows) == of_all.incidents
        assert found.all.counted + found.all.beside + found.all.left_out == len(dossiers)


@given(_dossiers(), _dossiers())
@settings(max_examples=40, deadline=None)
def test_checks_of_sums_name_incidents_once(one: tuple[Dossier, Dossier], other: tuple[Dossier, Dossier]) -> None:
    for check in check_sums(one[0].claims, [Dossier("i2", other[0].claims), Dossier("i3", one[0].claims)]):
        assert not set(check.inside) & set(check.perhaps) and check.sum_low <= check.sum_high and check.reason
