"""Errors in words: what was missed, invented or wrong, and where it stands."""

from __future__ import annotations

from marsad.evaluation import score
from marsad.evaluation.errors import lines, mistakes

TEXT = "قال مصدر إن غارة على تل الورد قتلت شخصين\nوانفجر لغم في وادي النخيل"


def claim(words: str, **values: object) -> dict[str, object]:
    start = TEXT.index(words)
    return {"id": f"c{start}", "trigger": [{"start": start, "end": start + len(words), "text": words}]} | values


GOLD = [
    claim("غارة", type="air_drone_strike", place={"name": "تل الورد"}, date={"start": "2016-05-01", "end": "2016-05-02"}),
    claim("انفجر", type="remote_explosive_ied", place={"name": "وادي النخيل"}),
]
PREDICTED = [
    claim("غارة", type="air_drone_strike", place={"name": "الورد"}, harm=[{"kind": "killed", "min": 2, "max": None}]),
    claim("قتلت", type="arrests", status="denied", scope="aggregate"),
]
RESULT = score([{"id": "d", "text": TEXT, "claims": GOLD}], {"d": PREDICTED})


def test_mistakes() -> None:
    found = {(m.slot, m.gold, m.predicted) for m in mistakes(RESULT)}
    assert ("MISSED", ("remote_explosive_ied", "no date", "وادي النخيل"), ()) in found
    assert ("INVENTED", (), ("arrests", "no date", "no place", "denied", "aggregate")) in found
    assert ("place", ("تل ورد",), ("ورد",)) in found
    assert ("date", ("2016-05-01..2016-05-02",), ()) in found
    assert ("harm", (), ("killed 2..* unknown",)) in found
    assert len(found) == 5


def test_only_some_slots() -> None:
    assert {m.slot for m in mistakes(RESULT, ["harm", "Missed"])} == {"harm", "MISSED"}


def test_context_is_the_line_with_the_trigger_in_brackets() -> None:
    contexts = {m.slot: m.context for m in mistakes(RESULT)}
    assert contexts["place"] == "قال مصدر إن [غارة] على تل الورد قتلت شخصين"
    assert contexts["MISSED"] == "و[انفجر] لغم في وادي النخيل"


def test_long_context_is_cut() -> None:
    text = "أ" * 200 + " قصف " + "ب" * 200
    predicted = [{"id": "x", "type": "attack", "trigger": [{"start": 201, "end": 204, "text": "قصف"}]}]
    (mistake,) = mistakes(score([{"id": "d", "text": text}], {"d": predicted}))
    assert mistake.context == "…" + "أ" * 59 + " [قصف] " + "ب" * 59 + "…"


def test_lines_name_the_document_once() -> None:
    shown = list(lines(RESULT))
    assert shown[0] == "== d" and sum(line.startswith("==") for line in shown) == 1
    assert any("place" in line and "gold تل ورد  got ورد" in line for line in shown)
    assert any(line.startswith("MISSED") for line in shown)
