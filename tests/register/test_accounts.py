"""Accounts and restrictions in the register: what holds of them, and that each change is in the log."""

from __future__ import annotations

import pytest

from marsad.errors import InputError
from marsad.register import accounts, documentrecords, hiding, queries, restrictions, schema
from marsad.register.hiding import without
from marsad.register.request import Request
from marsad.register.restrictions import NOTHING, Hidden
from marsad.register.searching import search
from marsad.register.store import Register
from tests.register.making import capture, read, report


def made(register: Register, name: str = "Rana", role: str = "admin", **rest: object) -> accounts.Account:
    return register.apply(lambda c: accounts.create(c, name, role, "hash", "Rana", **rest))  # type: ignore[arg-type]


def test_the_first_account_is_an_admins(register: Register) -> None:
    with pytest.raises(InputError, match="admin"):
        made(register, role="reader")
    with register.snapshot() as connection:
        assert not accounts.there_are(connection)
    made(register)
    with register.snapshot() as connection:
        assert accounts.there_are(connection)


def test_a_name_is_found_however_it_is_written_and_is_taken_once(register: Register) -> None:
    made(register, "Rana Said")
    with register.snapshot() as connection:
        assert accounts.named(connection, " rana  SAID ") == accounts.account(connection, 1)
    with pytest.raises(InputError, match="already"):
        made(register, "RANA said")


@pytest.mark.parametrize("name", ["", "  ", "a\x00b", "x" * 61, "<b>", "a\u202eb"])
def test_names_that_are_none_are_refused(register: Register, name: str) -> None:
    with pytest.raises(InputError, match="is no name"):
        made(register, name)


def test_an_admin_is_always_left(register: Register) -> None:
    made(register)
    made(register, "Samir", "reader")
    for work in (lambda c: accounts.disable(c, 1, "x"), lambda c: accounts.set_role(c, 1, "reader", "x")):
        with pytest.raises(InputError, match="only admin"):
            register.apply(work)
    register.apply(lambda c: accounts.set_role(c, 2, "admin", "Rana"))
    assert register.apply(lambda c: accounts.disable(c, 1, "Samir", "left")).disabled is not None


def test_each_change_is_in_the_log_and_no_hash_is(register: Register) -> None:
    made(register)
    register.apply(lambda c: accounts.set_password(c, 1, "other hash", "Rana"))
    register.apply(lambda c: accounts.end_sessions(c, 1, "Rana"))
    told = [entry.detail["change"] for entry in register.log(action="account")]
    assert told == ["signed out everywhere", "password", "made"]
    assert "hash" not in str([entry.to_dict()["detail"] for entry in register.log(action="account")])
    assert register.verify().clean


def test_what_renews_ends_sessions(register: Register) -> None:
    made(register)
    assert register.apply(lambda c: accounts.set_password(c, 1, "h", "x")).renewed == 1
    assert register.apply(lambda c: accounts.end_sessions(c, 1, "x")).renewed == 2
    assert register.apply(lambda c: accounts.set_role(c, 1, "admin", "x")).renewed == 2


def test_an_identity_is_bound_once(register: Register) -> None:
    made(register, identity="rana@example.org")
    assert register.apply(lambda c: accounts.bind(c, "nobody@example.org", "https://id 7")) is None
    bound = register.apply(lambda c: accounts.bind(c, "rana@example.org", "https://id 7"))
    assert bound is not None and bound.identity == "https://id 7"
    # Another who is called so later is somebody else.
    assert register.apply(lambda c: accounts.bind(c, "rana@example.org", "https://id 8")) is None
    assert register.apply(lambda c: accounts.bind(c, "", "https://id 7")) == bound


def test_a_restriction_hides_from_all_but_those_it_names(register: Register) -> None:
    made(register)
    made(register, "Samir", "reader")
    documents = [register.add(capture(n, report(n)), read(capture(n, report(n)))).document_id for n in range(2)]
    register.apply(lambda c: restrictions.restrict(c, "document", documents[0], "reviewer", ["samir"], "Rana", "a witness"))
    with register.snapshot() as connection:
        assert restrictions.hidden(connection, "Samir", "reader") == NOTHING
        assert restrictions.hidden(connection, "Huda", "reviewer") == NOTHING
        assert restrictions.hidden(connection, "Huda", "analyst") == Hidden(documents=frozenset(documents[:1]))
    register.apply(lambda c: restrictions.lift(c, documents[0], "Rana", "no more"))
    with register.snapshot() as connection:
        assert restrictions.hidden(connection, "Huda", "reader") == NOTHING
    assert [e.action for e in register.log(limit=2)] == ["lift", "restrict"] and register.verify().clean


def test_a_later_restriction_takes_the_place_of_an_earlier(register: Register) -> None:
    made(register)
    document = register.add(capture(), read(capture())).document_id
    for role in ("admin", "analyst"):
        register.apply(lambda c, role=role: restrictions.restrict(c, "document", document, role, (), "Rana", "why"))  # type: ignore[misc]
    with register.snapshot() as connection:
        (standing,) = restrictions.restrictions(connection)
    assert standing.role == "analyst"


@pytest.mark.parametrize(
    ("kind", "subject", "role", "people", "why", "told"),
    [
        ("document", "0" * 16, "admin", (), "why", "there is no document"),
        ("text", "x", "admin", (), "why", "there is no text"),
        ("document", "", None, (), "why", "name a role or people"),
        ("document", "", "boss", (), "why", "is no role"),
        ("document", "", None, ("nobody",), "why", "no such account"),
        ("document", "", "admin", (), " ", "a reason is needed"),
    ],
)
def test_restrictions_that_make_no_sense_are_refused(
    register: Register, kind: str, subject: str, role: str | None, people: tuple[str, ...], why: str, told: str
) -> None:
    document = register.add(capture(), read(capture())).document_id
    with pytest.raises(InputError, match=told):
        register.apply(lambda c: restrictions.restrict(c, kind, subject or document, role, people, "Rana", why))


def test_who_may_not_see_a_document_finds_nothing_of_it(register: Register) -> None:
    kept, open_ = (register.add(capture(n, report(n)), read(capture(n, report(n)))).document_id for n in range(2))
    seen = without(register, Hidden(documents=frozenset({kept})))
    with seen.snapshot() as connection:
        assert [d.id for d in documentrecords.documents(connection)] == [open_]
        assert [c.document_id for c in queries.claims(connection)] == [open_]
        with pytest.raises(InputError, match="there is no document"):
            queries.find(connection, kept)
        with pytest.raises(InputError, match="there is no document"):
            documentrecords.text_of(connection, kept)
    assert {e.subject for e in seen.log()} == {"", open_}
    assert seen.status()["documents"] == 1
    with seen.snapshot() as connection:
        found = search(connection, Request(words="قصف"))
        assert found.count == 1 and [hit.document_id for hit in found.hits] == [open_]
        assert search(connection, Request(words="قصف", type="shelling_artillery_missile")).count == 1
    # What failed within leaves nothing behind, and others see all.
    with pytest.raises(ZeroDivisionError), seen.snapshot():
        _ = 1 / 0
    for _ in range(3):
        assert len({e.subject for e in register.log()}) == 3
        with register.snapshot() as connection:
            assert len(documentrecords.documents(connection)) == 2 and search(connection, Request(words="قصف")).count == 2


def test_every_table_is_seen_through_or_left_on_purpose() -> None:
    for sqlite in (True, False):
        assert set(hiding._views(sqlite)) | hiding.LEFT == set(schema.metadata.tables)
        assert not set(hiding._views(sqlite)) & hiding.LEFT


def test_who_adds_a_report_that_is_hidden_changes_nothing_and_learns_nothing(register: Register) -> None:
    taken = capture()
    document = register.add(taken, read(taken), who="Rana").document_id
    seen = without(register, Hidden(documents=frozenset({document})))
    before = register.status()
    again = seen.add(taken, read(taken), who="Huda")
    assert again.document_id == document
    assert {k: v for k, v in register.status().items() if k != "log_head"} == {k: v for k, v in before.items() if k != "log_head"}
    assert register.verify().clean
    other = capture(1, report(5))
    assert seen.add(other, read(other), who="Huda").document_id == document
    with seen.snapshot() as connection:
        assert documentrecords.documents(connection) == []
    assert register.verify().clean
