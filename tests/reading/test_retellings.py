"""Retellings: "the raid" that adds nothing goes to the claim told before; whatever adds something stays."""

from dataclasses import replace

from marsad.model import Claim, Date, Harm, Party, Place, Source
from marsad.reading.retellings import gathered

TOLD = Claim(
    id="", document="d", type="air_drone_strike", trigger=(),
    date=Date("2018-09-01", "2018-09-01", "day"), place=Place("Mezze", within=("Damascus",)),
    perpetrators=(Party("israel", "Israel"),), sources=(Source("the army", "belligerent", "origin"),),
)  # fmt: skip
AGAIN = replace(TOLD, perpetrators=(), sources=(Source("analysts", "other", "origin"),))


def test_the_raid_told_again_gives_only_who_says_so() -> None:
    (claim,) = gathered([(TOLD, False), (AGAIN, True), (AGAIN, True)])
    assert claim == replace(TOLD, sources=TOLD.sources + AGAIN.sources)


def test_the_raid_on_the_wider_place_is_told_again_too() -> None:
    assert len(gathered([(TOLD, False), (replace(AGAIN, place=Place("Damascus")), True)])) == 1


def test_another_raid_stays() -> None:
    assert len(gathered([(TOLD, False), (AGAIN, False)])) == 2


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
        assert len(gathered([(TOLD, False), (other, True)])) == 2
