"""The register groups copies as documents come in, and tells what follows for the chains of claims."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from marsad.model import Source
from marsad.register import copies, copygroups, queries
from marsad.register.provenance import Capture
from marsad.register.store import Register
from marsad.syndication.independence import Origins, origins
from tests.register.making import capture, claim, read
from tests.syndication.making import REPORT, report

_CUT = "\n\n".join(REPORT.split("\n\n")[:3])
_CREDITING = REPORT.replace("قال مصدر طبي", "قال مصدر طبي لوكالة الساحل")


def taken(number: int, body: str, **changes: Any) -> Capture:
    return capture(number, body, **({"publisher": f"موقع الخبر {number}"} | changes))


def add(register: Register, *captures: Capture) -> list[str]:
    return [register.add(c, read(c) if "قصف" in c.text else None).document_id for c in captures]


def grouped(register: Register) -> set[frozenset[str]]:
    with register.snapshot() as connection:
        return {frozenset(m.row.id for m in g.members) for g in copygroups.groups(connection)}


def stored(register: Register) -> dict[str, Any]:
    """What is stored, without the labels, which may be those of any member."""
    with register.snapshot() as connection:
        return {
            "groups": {frozenset(m.row.id for m in g.members) for g in copygroups.groups(connection)},
            "sketches": connection.execute(text("select document_id, version, hashes from sketch order by document_id")).all(),
            "values": set(connection.execute(text("select value, document_id from sketch_value")).all()),
        }


def test_a_later_copy_joins_its_group(register: Register) -> None:
    first, _ = add(register, taken(1, REPORT), taken(2, report(2)))
    assert grouped(register) == set()
    (second,) = add(register, taken(3, _CUT))
    assert grouped(register) == {frozenset((first, second))}
    (third,) = add(register, taken(4, f"{REPORT}\n\n{report(5, 4)}"))
    assert grouped(register) == {frozenset((first, second, third))}
    assert register.verify().clean


def test_adding_one_by_one_at_once_and_rebuilding_give_the_same(place: str, tmp_path: Any) -> None:
    captures = [taken(n, body) for n, body in enumerate((REPORT, report(1), _CUT, report(2), _CREDITING, report(1) + " نعم"))]
    register, _ = Register.create(place)
    other, _ = Register.create(str(tmp_path / "other"))
    with register, other:
        add(register, *captures)
        other.add_all([(c, None) for c in captures])
        one_by_one, at_once = stored(register), stored(other)
        assert register.regroup(who="Rana") == len(captures)
        assert one_by_one == at_once == stored(register)
        assert len(one_by_one["groups"]) == 2 and register.verify().clean
        assert register.log(action="regroup")[0].who == "Rana"


def test_a_new_text_leaves_the_group(register: Register) -> None:
    first, second, third = add(register, taken(1, REPORT), taken(2, _CUT), taken(3, _CREDITING))
    add(register, taken(1, report(9)))
    assert grouped(register) == {frozenset((second, third))}
    assert register.verify().clean
    add(register, taken(1, f"{REPORT} وانتهى."))
    assert grouped(register) == {frozenset((first, second, third))}
    assert register.verify().clean


def test_a_document_that_goes_back_to_an_earlier_text_is_in_its_group_again(register: Register) -> None:
    first, second, third = add(register, taken(1, REPORT), taken(2, _CUT), taken(3, report(9)))
    before = stored(register)
    later = [
        replace(taken(1, body), collected=taken(1, REPORT).collected + timedelta(hours=n))
        for n, body in enumerate((report(9) + " نعم", REPORT), 1)
    ]
    add(register, later[0])
    assert grouped(register) == {frozenset((first, third))}
    back = register.add(later[1], read(later[1]))
    assert back.back and grouped(register) == {frozenset((first, second))} and stored(register) == before
    assert register.verify().clean
    # What is read anew, and grouped anew, is the text that is current.
    list(register.reread(jobs=1, every=True))
    assert stored(register) == before and register.verify().clean
    register.regroup()
    assert stored(register) == before and register.verify().clean
    # And forth again.
    add(register, replace(later[0], collected=later[1].collected + timedelta(hours=1)))
    assert grouped(register) == {frozenset((first, third))} and register.verify().clean


def test_two_groups_become_one(register: Register) -> None:
    one, other = report(20, 12), report(21, 12)
    documents = add(register, taken(1, one), taken(2, one + " نعم"), taken(3, other), taken(4, other + " نعم"))
    assert len(grouped(register)) == 2
    # Half of each, in one text: it is a copy of one of them at most, and the groups stay apart.
    add(register, taken(5, "\n\n".join(one.split("\n\n")[:2] + other.split("\n\n")[:2])))
    assert not any({documents[0], documents[2]} <= g for g in grouped(register))
    assert register.verify().clean


def test_an_old_register_is_grouped_when_it_is_brought_up(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "marsad.db")
    database.executescript(Path(__file__).with_name("first_schema.sql").read_text("utf-8"))
    database.close()
    register, done = Register.create(str(tmp_path), who="Samir")
    with register, register.snapshot() as connection:
        assert done == "upgraded"
        assert connection.scalar(text("select count(*) from sketch")) == 2
        assert list(copies.check(connection)) == []


def test_rereading_leaves_groups_alone(register: Register) -> None:
    documents = add(register, taken(1, REPORT), taken(2, _CUT))
    list(register.reread(jobs=1, every=True))
    assert grouped(register) == {frozenset(documents)} and register.verify().clean


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("delete from likeness", "nothing tells that they are copies"),
        ("update sketch set label = document_id", "in another group than its copies"),
        ("delete from sketch_value", ""),
        ("update sketch_value set value = value + 1", "looked up by what is not in it"),
        ("update sketch set version = 1, hashes = '[]'", "looked up by what is not in it"),
    ],
)
def test_wrong_groups_are_found_and_made_anew(register: Register, statement: str, told: str) -> None:
    documents = add(register, taken(1, REPORT), taken(2, _CUT))
    register._database.write(lambda c: c.execute(text(statement)))
    found = register.verify()
    assert found.clean if not told else any(told in p and "--rebuild" in p for p in found.problems), found.problems
    register.regroup()
    assert register.verify().clean and grouped(register) == {frozenset(documents)}


def test_documents_that_were_not_compared_are_found(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("marsad.register.importing.update_copies", lambda connection, ids: None)
        add(register, taken(1, REPORT))
    assert "1 documents were not compared" in register.verify().problems[0]


# Who copies whom


@pytest.mark.parametrize(
    ("changes", "copies_first", "how"),
    [
        (({}, {}), False, ""),
        (({}, {"published": "2024-05-07"}), True, "day"),
        (({"published": None}, {}), False, ""),
        (({"publisher": "وكالة الساحل"}, {"text": _CREDITING}), True, "credit"),
        (({"publisher": "وكالة الساحل", "published": "2024-05-09"}, {"text": _CREDITING}), True, "credit"),
    ],
    ids=["one day", "a later day", "unknown day", "credit", "credit of a later one"],
)
def test_direction(register: Register, changes: tuple[dict[str, Any], dict[str, Any]], copies_first: bool, how: str) -> None:
    one, other = dict(changes[0]), dict(changes[1])
    first, second = add(register, taken(1, REPORT, **one), taken(2, other.pop("text", REPORT + " نعم"), **other))
    with register.snapshot() as connection:
        group = copygroups.group_of(connection, second)
    assert group is not None
    members = {m.row.id: m for m in group.members}
    if copies_first:
        assert group.earliest.row.id == first
        assert (members[second].copies, members[second].how) == (first, how)
    else:
        assert [m.copies for m in group.members] == [None, None]


def test_of_one_day_the_first_collected_is_the_earliest(register: Register) -> None:
    first, _ = add(register, taken(9, REPORT), taken(1, REPORT + " نعم"))
    with register.snapshot() as connection:
        group = copygroups.group_of(connection, first)
    assert group is not None and group.earliest.row.id == first


def test_agencies_that_are_credited_are_told(register: Register) -> None:
    _, second = add(register, taken(1, f"(رويترز) - {REPORT}"), taken(2, f"عواصم - وكالات: {REPORT}"))
    with register.snapshot() as connection:
        group = copygroups.group_of(connection, second)
    assert group is not None and set(group.credits) == {"رويترز", "وكالات"}


# Chains


def chained(register: Register, *told: tuple[Capture, Callable[[Capture], Any]]) -> Origins:
    for taken_in, reading in told:
        register.add(taken_in, reading(taken_in))
    with register.snapshot() as connection:
        found = queries.claims(connection)
        return origins(copygroups.chains(connection, [c.value for c in found]))


def medical(taken_in: Capture) -> Any:
    """A reading with a claim that an unnamed source tells."""
    return read(taken_in, claim(taken_in.document_id, taken_in.text, sources=(Source("مصدر طبي", "medical", "origin"),)))


def test_copies_are_one_origin_and_others_are_not(register: Register) -> None:
    own = "قصف مدفعي على تل الزيتون قتل أربعة من العاملين في الفرن حسب ما رواه لنا طبيب المشفى الوحيد في الناحية مساء اليوم."
    found = chained(register, (taken(1, REPORT), medical), (taken(2, _CUT), medical), (taken(3, own), medical))
    assert (found.count, found.at_least, found.named) == (2, False, 0)
    assert found.groups[0].reasons == ("copies of one text",) or found.groups[1].reasons == ("copies of one text",)


def test_what_a_copy_adds_of_its_own_is_another_origin(register: Register) -> None:
    added = f"{REPORT}\n\nوأكد مراسلنا أن تفجير عبوة قرب المخفر أوقع جريحين بعد ساعة من ذلك ولم تعرف الجهة التي زرعتها."

    def bombing(taken_in: Capture) -> Any:
        return read(taken_in, claim(taken_in.document_id, taken_in.text, "تفجير", sources=(Source("سكان", "local", "origin"),)))

    found = chained(register, (taken(1, REPORT), medical), (taken(2, added), bombing))
    assert found.count == 2


def test_documents_load_in_their_current_version(register: Register) -> None:
    (identifier,) = add(register, taken(1, REPORT))
    add(register, taken(1, report(3)))
    with register.snapshot() as connection:
        ((document, number),) = copies.load(connection, [identifier])
    assert (document.text, number) == (report(3), 2)
