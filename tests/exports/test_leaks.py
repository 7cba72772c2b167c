"""No secret leaves: each internal field of a register has a mark of its own, and none is in any file of the public profile."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from marsad.counting import policy
from marsad.exports.formats import format_of, formats
from marsad.exports.material import Filter
from marsad.exports.outgoing import Choice, Outcome, outgoing, written
from marsad.exports.profiles import profile
from marsad.linking import link
from marsad.model import Date, Evidence, Harm, Party, Place, Site, Source
from marsad.register import accounts, disclosures, drafts, incidents, pins, queries, schema
from marsad.register.signing import sign as sign_grade
from marsad.register.store import Register
from tests.register.making import capture, claim, read

pytest.importorskip("splink", reason="needs the extra link")

MARK = "zqsecret"
LATITUDE, LONGITUDE = 35.123456, 36.654321


def mark(what: str) -> str:
    return f"{MARK}{what}"


def taken(number: int, day: str = "2024-05-05") -> Any:
    """A capture of a report, and its reading; every text of either holds a mark."""
    body = f"قُتل {mark('victim')} وستة آخرون في غارة على أم الورود، بحسب {mark('witness')} وقال {mark('quote')} ذلك. رقم {number}"
    made = capture(
        number, body, address=f"https://{mark('user')}:{mark('password')}@news{number}.example.org/{mark('path')}?token={mark('token')}#{mark('fragment')}",
        title=mark("headline"), author=mark("author"), collector=mark("collector"), settings={"proxy": mark("settings")},
        publisher=f"صحيفة {number}" if number != 3 else f"شبكة {mark('outlet')}", published=day, extractor=mark("extractor"),
        warnings=(mark("warning"),),
    )  # fmt: skip
    words = (Evidence.of(body, 0, 20),)
    told = claim(
        made.document_id, body, trigger="غارة", type="air_drone_strike", date=Date(day, day, "day", words),
        place=Place("أم الورود", "village", ("إدلب",), "SY", LATITUDE, LONGITUDE, "own:1", "settlement", mark("bearing"), words),
        harm=(Harm("killed", 7, 7, "civilian", None, (), words),), perpetrators=(Party("russia", mark("party"), words),),
        targets=(Party(None, mark("target"), words), Party("civilians", mark("victims"), words)),
        sites=(Site("residential", mark("site"), words),),
        sources=(
            Source(mark("witness"), "witness", "origin", words), Source(f"المرصد {mark('monitor')}", "monitor", "origin", words),
        ),
        why={"place": mark("why")},
    )  # fmt: skip
    return made, read(made, told)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A register with a mark in every internal field."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MARSAD_HOME", str(tmp_path_factory.mktemp("home")))
        where = str(tmp_path_factory.mktemp("leaks"))
        register, _ = Register.create(where, who=mark("founder"))
        with register:
            fill(register)
        yield where


def fill(register: Register) -> None:
    who, why = mark("who"), mark("reason")
    added = register.add_all([taken(1), taken(2), taken(3), taken(4, "2024-01-01")], who=who, why=why)
    claims = [f"{a.document_id}.1" for a in added]
    register.apply(
        lambda c: pins.pin(
            c, [f"أم الورود {mark('pin')}"], who, why, kind="village", country="SY", latitude=LATITUDE, longitude=LONGITUDE
        )
    )
    register.decide(claims[0], "accept", None, who, why)
    with register.snapshot() as connection:
        (record,) = queries.records(connection, [claims[1]])
    register.decide(claims[1], "correct", {"place": record.value["place"] | {"bearing": mark("corrected")}}, who, why)
    register.undo(register.decide(claims[2], "reject", None, who, why), who, why)
    with register.snapshot() as connection:
        material = incidents.gather(connection)
    outcome = link(material.claims, material.reports, constraints=material.constraints, known=material.known)
    register.apply(lambda c: incidents.store(c, material, outcome, who, why))
    with register.snapshot() as connection:
        rows = incidents.incidents(connection)
    assert len(rows) == 2
    register.apply(lambda c: incidents.part(c, [row.id for row in rows], who, why))
    register.apply(lambda c: disclosures.protect(c, mark("monitor"), who, why))
    register.apply(lambda c: disclosures.protect(c, f"شبكة {mark('outlet')}", who, why))
    hidden = next(row for row in rows if row.start == "2024-01-01")
    register.apply(lambda c: disclosures.release(c, hidden.id, [mark("released")], who, why))
    register.apply(lambda c: disclosures.withhold(c, hidden.id, who, why))
    shown = next(row for row in rows if row.start != "2024-01-01")
    register.apply(lambda c: sign_grade(c, shown.id, "fair", who, why))
    register.apply(lambda c: drafts.keep(c, added[0].document_id, who, {"note": mark("draft")}))
    register.apply(lambda c: c.execute(schema.setting.insert(), [{"key": "secret", "value": mark("setting")}]))
    register.apply(lambda c: accounts.create(c, mark("account"), "admin", mark("hash"), who=who, why=why))
    register.exported("csv", {"file": mark("file")}, who, why)


def chosen(form: str, let: str = "public") -> Choice:
    made = format_of(form)
    return Choice(made, profile(let), policy(made.policy), Filter(), "2030-01-01")


def texts(path: Path) -> Iterator[bytes]:
    """All that a file holds, unpacked."""
    yield path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield name.encode() + archive.read(name)
    if path.read_bytes()[:4] == b"PAR1":
        from pyarrow import parquet

        table = parquet.read_table(path)
        yield repr((table.to_pylist(), table.schema.metadata, parquet.read_metadata(path).metadata)).encode()


def test_the_marks_are_there(place: str) -> None:
    """The test can fail: what is planted is in the register, and the internal profile lets it out."""
    raw = b"".join(p.read_bytes() for p in Path(place).rglob("*") if p.is_file())
    for what in (
        "victim", "witness", "quote", "password", "token", "path", "fragment", "headline", "author", "collector", "settings", "outlet",
        "bearing", "party", "target", "site", "monitor", "why", "who", "reason", "pin", "corrected", "released", "draft", "setting",
        "account", "founder", "warning", "extractor",
    ):  # fmt: skip
        assert mark(what).encode() in raw, what
    with Register.open(place) as register, register.snapshot() as connection:
        internal = str([t.fields for t, _ in outgoing(connection, chosen("json", "internal"), Outcome())])
    for what in ("victim", "witness", "token", "headline", "target", "site", "monitor", "outlet", "reason", "who", "released"):
        assert mark(what) in internal, what
    assert str(LATITUDE) in internal


def check(files: Iterable[Path], secrets: Sequence[str]) -> None:
    """Neither names nor contents of files hold a mark, the exact place or any of the secrets."""
    for file in files:
        for text in (file.name.encode(), *texts(file)):
            for secret in (MARK, str(LATITUDE)[:7], str(LONGITUDE)[:7], *secrets):
                found = text.find(secret.encode())
                assert found < 0, f"{file.name}: {text[max(0, found - 80) : found + 40]!r}"


def hashes(register: Register) -> list[str]:
    """Ids that are made of addresses of reports, so that they prove that a report was used."""
    with register.snapshot() as connection:
        return [*connection.scalars(select(schema.document.c.id)), *connection.scalars(select(schema.incident.c.id))]


@pytest.mark.parametrize("form", formats())
def test_no_mark_is_in_a_public_file(place: str, form: str, tmp_path: Path) -> None:
    path = tmp_path / "out"
    with Register.open(place) as register, register.snapshot() as connection:
        outcome = written(connection, chosen(form), path)
        secrets = hashes(register)
    assert outcome.left == 1, "one leaves and one is withheld"
    assert len(secrets) == 6
    check(tmp_path.iterdir(), secrets)


def test_no_mark_is_in_a_published_site_or_its_bundle(place: str, tmp_path: Path) -> None:
    pytest.importorskip("jinja2", reason="needs the extra desk")
    from marsad.publishing.site import Texts, publish

    rules = f'name = "ours"  # {mark("comment")}\n# {mark("line")}\nabout = "a # is no comment here"\n'
    with Register.open(place) as register, register.snapshot() as connection:
        made = publish(connection, chosen("json"), tmp_path / "site", Texts(rules, rules), release=True)
        secrets = hashes(register)
    assert made.outcome.left == 1 and made.bundle is not None
    seen = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(seen) > 20
    check(seen, secrets)
    assert "a # is no comment here" in (tmp_path / "site" / "en" / "method.html").read_text("utf-8")


def test_what_is_told_of_an_export_has_no_mark_either(place: str) -> None:
    outcome = Outcome()
    with Register.open(place) as register, register.snapshot() as connection:
        treated = [t for t, _ in outgoing(connection, chosen("json"), outcome)]
    assert MARK not in str([t.held for t in treated]) and MARK not in str(outcome.to_dict())
    assert [str(why) for _, why in outcome.stayed] == ["somebody decided to withhold it"]


def test_partners_get_no_reasons_and_no_tokens(place: str) -> None:
    with Register.open(place) as register, register.snapshot() as connection:
        told = str([t.fields for t, _ in outgoing(connection, chosen("json", "partner"), Outcome())])
    for what in (
        "who",
        "reason",
        "token",
        "password",
        "user",
        "fragment",
        "pin",
        "draft",
        "setting",
        "account",
        "collector",
        "released",
    ):
        assert mark(what) not in told, what
    assert str(LATITUDE) not in told and mark("monitor") not in told.replace(mark("quote"), "")


def test_a_profile_of_ones_own_without_decisions_names_the_protected(place: str) -> None:
    ours = replace(profile("public"), decisions=False)
    with Register.open(place) as register, register.snapshot() as connection:
        told = [t for t, _ in outgoing(connection, replace(chosen("json"), profile=ours), Outcome())]
    assert len(told) == 2 and mark("monitor") in str(told[0].fields)
