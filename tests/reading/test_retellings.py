"""Retellings: what adds nothing to another claim goes to it; whatever adds something, or is told as one more, stays."""

from dataclasses import replace

from marsad.model import Claim, Date, Harm, Party, Place, Source
from marsad.reading.retellings import gathered

TOLD = Claim(
    id="", document="d", type="air_drone_strike", trigger=(),
    date=Date("2018-09-01", "2018-09-01", "day"), place=Place("Mezze", within=("Damascus",)),
    perpetrators=(Party("israel", "Israel"),), sources=(Source("the army", "belligerent", "origin"),),
)  # fmt: skip
AGAIN = replace(TOLD, perpetrators=(), sources=(Source("analysts", "other", "origin"),))


KNOWN, NEW, OTHER = (True, False), (False, False), (False, True)


def test_a_raid_told_again_gives_only_who_says_so() -> None:
    for way in (KNOWN, NEW):
        (claim,) = gathered([(TOLD, *NEW), (AGAIN, *way), (AGAIN, *way)])
        assert claim == replace(TOLD, sources=TOLD.sources + AGAIN.sources)


def test_a_raid_told_briefly_first_gets_what_is_told_then() -> None:
    (claim,) = gathered([(AGAIN, *NEW), (TOLD, *NEW)])
    assert claim == replace(TOLD, sources=AGAIN.sources + TOLD.sources)


def test_only_the_raid_is_told_again_of_a_wider_place() -> None:
    wider = replace(AGAIN, place=Place("Damascus"))
    assert len(gathered([(TOLD, *NEW), (wider, *KNOWN)])) == 1
    assert len(gathered([(TOLD, *NEW), (wider, *NEW)])) == 2


def test_another_raid_stays() -> None:
    assert len(gathered([(TOLD, *NEW), (AGAIN, *OTHER)])) == 2
    assert len(gathered([(AGAIN, *OTHER), (TOLD, *NEW)])) == 2


def test_what_adds_or_differs_stays() -> None:
    for other in (
        replace(AGAIN, harm=(Harm("killed", 2, 2),)),
        replace(AGAIN, perpetrators=(Party("turkey", "Turkey"),)),
        replace(AGAIN, date=Date("2018-08-01", "2018-08-01", "day")),
        replace(AGAIN, place=Place("Homs")),
        replace(AGAIN, place=Place()),
        replace(AGAIN, status="denied"),
        replace(AGAIN, type="attack"),
    ):
        assert len(gathered([(TOLD, *NEW), (other, *KNOWN)])) == 2


def test_an_open_number_adds_nothing_to_one_that_it_allows() -> None:
    counted = replace(TOLD, harm=(Harm("killed", 57, 57),))
    for low, high, kept in ((20, None, 1), (None, None, 1), (60, None, 2), (50, 50, 2)):
        assert len(gathered([(counted, *NEW), (replace(AGAIN, harm=(Harm("killed", low, high),)), *NEW)])) == kept
