"""The tables of exports: complete against the vocabularies, well formed, and the documentation made of them is current."""

from __future__ import annotations

import importlib.util
import json
import sys
from types import ModuleType

import pytest

from marsad.counting import policies, policy
from marsad.errors import InputError, PackError
from marsad.exports.codes import country, event, party
from marsad.exports.formats import format_of, formats
from marsad.exports.mapping import Column, Mapper, mapping
from marsad.exports.profiles import profile, profile_text, profiles, read_profile
from marsad.exports.record import field_names
from marsad.lexicon.table import Row, read_table
from marsad.vocabulary import EVENT_TYPES
from tests.shared import ROOT


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_exports", ROOT / "tools" / "write_exports.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["write_exports"] = module
    spec.loader.exec_module(module)
    return module


def test_the_documentation_is_current() -> None:
    made = tool()
    assert made.page() == made.PAGE.read_text("utf-8"), "write it with: python tools/write_exports.py"


def test_every_event_type_has_its_codes() -> None:
    subs = [event(kind)["sub"] for kind in EVENT_TYPES]
    assert all(subs) and len(set(subs)) == len(EVENT_TYPES)
    assert {event(kind)["event"] for kind in EVENT_TYPES} == {
        "Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots", "Strategic developments",
    }  # fmt: skip


def test_every_party_has_its_code() -> None:
    listed = {row["id"] for row in read_table("ar/lexicon/party_ids.tsv")}
    assert {row["party"] for row in read_table("exports/parties.tsv")} == listed
    for row in read_table("exports/parties.tsv"):
        assert row["inter"] in set("1234578") and row["side"] in {
            "state",
            "external",
            "rebel",
            "militia",
            "identity",
            "civilians",
        }
        assert all(country(code) for code in row.list("home")), row["party"]
    for row in read_table("ar/lexicon/party_ids.tsv"):
        if row["kind"] == "state_force" and row["country"]:
            assert party(row["id"])["inter"] == "1"


def test_countries_are_told_once_by_each_number() -> None:
    rows = read_table("exports/countries.tsv")
    for column in ("code", "name", "iso3", "number"):
        values = [row[column] for row in rows]
        assert len(set(values)) == len(values), column
    given = [row["gwno"] for row in rows if row["gwno"]]
    assert len(set(given)) == len(given)


@pytest.mark.parametrize("name", formats())
def test_formats_are_whole(name: str) -> None:
    made = format_of(name)
    assert made.about and made.policy
    if made.mapper is not None:
        assert len(set(made.mapper.names)) == len(made.mapper.names)
        assert all(c.about and c.rule and (c.source or c.how.startswith(("nothing", "words"))) for c in made.mapper.columns)
        # No column rests on what a profile could never let out.
        assert made.mapper.fields <= set(profile("internal").fields)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"from": "nofield", "how": "same", "kind": "text"}, "nofield is no field"),
        ({"from": "id", "how": "norule", "kind": "text"}, "norule is no rule"),
        ({"from": "id", "how": "same", "kind": "nokind"}, "nokind is none of"),
    ],
)
def test_a_row_that_cannot_be_run_is_named(cells: dict[str, str], reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    row = Row("exports/x.tsv", 7, {"column": "a", "about": "a", "rule": "a"} | cells)
    monkeypatch.setattr("marsad.exports.mapping.read_table", lambda path: (row,))
    with pytest.raises(PackError, match=rf"^exports/x\.tsv:7: {reason}"):
        mapping.__wrapped__("x")


def test_a_cell_of_another_kind_than_its_column_is_an_error() -> None:
    mapper = Mapper([Column("a", ("id",), "same", "int", "", "")])
    with pytest.raises(TypeError, match="column a is int"):
        mapper.row({"id": "i1"})


def test_unknown_names_are_told() -> None:
    with pytest.raises(InputError, match="there is no format 'xml'; there are acled"):
        format_of("xml")
    with pytest.raises(InputError, match="there is no profile 'press'; there are internal, partner, public"):
        profile_text("press")


@pytest.mark.parametrize("name", profiles())
def test_profiles_are_whole(name: str) -> None:
    made = profile(name)
    assert made.name == name and made.version and made.about
    assert set(made.fields) <= set(field_names())


def test_public_lets_out_no_more_than_partner_and_partner_no_more_than_internal() -> None:
    public, partner, internal = (profile(name) for name in ("public", "partner", "internal"))
    for less, more in ((public, partner), (partner, internal)):
        assert set(less.fields) <= set(more.fields) and set(less.claim_fields) <= set(more.claim_fields)
        assert set(less.sources) <= set(more.sources) and set(less.statuses) <= set(more.statuses)
        assert (less.unlisted_parties, less.site_names, less.headlines) <= (
            more.unlisted_parties,
            more.site_names,
            more.headlines,
        )
    assert not {"decisions", "summary_ar", "summary_en"} & set(public.fields)
    assert not {"evidence", "trigger", "document"} & set(public.claim_fields)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x =", "this is no TOML"),
        ('name = "a"\nversion = "1"', "fields is missing"),
        ('name = "a"\nversion = "1"\nfields = ["id"]\nnotes = true', "no profile has a key 'notes'"),
        ('name = "a"\nversion = "1"\nfields = ["notes"]', "fields has 'notes', which is none of"),
        ('name = "a"\nversion = "1"\nfields = ["id"]\nembargo = -1', "embargo must be a whole number"),
        ('name = "a"\nversion = "1"\nfields = ["id"]\naddresses = "all"', "addresses is 'all'; one of none"),
        ('name = "a"\nversion = "1"\nfields = ["id"]\n[[places]]\nunit = "grid"', "places.degrees must be"),
        ('name = "a"\nversion = "1"\nfields = ["id"]\n[[places]]\nunit = "village"', "places.unit is 'village'"),
        ('name = "a"\nversion = "1"\nfields = ["id"]\n[[places]]\nsite = ["medical"]', r"\[\[places\]\] has no key 'site'"),
    ],
)
def test_a_profile_with_a_slip_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=rf"^ours\.toml: .*{reason}"):
        read_profile(text, "ours.toml")


def test_the_schema_names_the_fields() -> None:
    schema = json.loads((ROOT / "docs" / "export.schema.json").read_text("utf-8"))
    assert set(schema["$defs"]["incident"]["properties"]) == set(field_names())


def test_all_that_the_documentation_explains_is_told_in_arabic_too() -> None:
    told = {row["what"] for row in read_table("exports/fields.tsv")} | {row["about"] for row in read_table("exports/table.tsv")}
    for row in read_table("exports/formats.tsv"):
        columns = mapping(row["mapping"]) if row["mapping"] else ()
        told |= {row["about"], row["loss"], *(column.about for column in columns)}
    told |= {profile(name).about for name in profiles()}
    for name in policies():
        told |= {policy(name).about, *policy(name).sources}
    rows = {row["en"]: row["ar"] for row in read_table("exports/meanings.tsv")}
    assert told - set(rows) == set()
    assert all(ar and ar != en for en, ar in rows.items())
