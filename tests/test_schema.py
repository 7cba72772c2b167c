"""The schema, the vocabularies, the documentation and what the reader writes agree."""

from __future__ import annotations

import copy
import json
import re
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from marsad import model, read, vocabulary
from marsad.evaluation.gold import document_of
from marsad.lexicon.table import read_table
from marsad.model import Claim, Date, Evidence, Harm, Including, Party, Place, Site, Source, Weapon
from marsad.views.records import document_record
from tests.shared import ROOT, SAMPLES

SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "claim.schema.json").read_text("utf-8"))
DOCUMENTATION = (ROOT / "docs" / "claims.md").read_text("utf-8")
PARTY_IDS = {row["id"] for row in read_table("ar/lexicon/party_ids.tsv")}

SPAN = (Evidence(0, 4, "قصفت"),)
FULL = Claim(
    id="d.1",
    document="d",
    type="air_drone_strike",
    trigger=SPAN,
    date=Date("2016-05-01", "2016-05-02", "days", SPAN),
    place=Place("تل الورد", "village", ("الرمان", "سوريا"), "SY", 35.1, 40.2, "geonames:1", "settlement", "جنوب", SPAN),
    perpetrators=(Party("russia", "الطيران الروسي", SPAN),),
    targets=(Party(None, "لواء الجسر", SPAN),),
    sites=(Site("residential", "منازل", SPAN),),
    weapons=(Weapon("barrel_bomb", SPAN),),
    harm=(Harm("killed", 2, None, "civilian", None, (Including("children", 1, 1),), SPAN),),
    sources=(Source("ناشطون", "local", "origin", SPAN),),
)
BARE = Claim(id="d.1", document="d", type="attack", trigger=SPAN)


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(SCHEMA)


def faults(record: Any) -> list[str]:
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in validator().iter_errors(record)]


def document_faults(record: Any) -> list[str]:
    # The definitions refer to the claim at the root, so the document is checked inside the same schema.
    inside = Draft202012Validator(SCHEMA).evolve(schema={**SCHEMA["$defs"]["document"], "$defs": SCHEMA["$defs"]})
    kept = {**record, "claims": []}
    return [e.message for e in inside.iter_errors(kept)] + [f for claim in record["claims"] for f in faults(claim)]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_objects_are_closed_and_their_fields_required() -> None:
    objects = [SCHEMA, *(d for d in SCHEMA["$defs"].values() if d.get("type") == "object")]
    assert len(objects) == 11
    for schema in objects:
        assert schema["additionalProperties"] is False
        optional = schema["properties"].keys() - set(schema["required"])
        assert optional <= {"why", "error"}


@pytest.mark.parametrize("claim", [FULL, BARE], ids=["full", "bare"])
def test_claims_are_valid(claim: Claim) -> None:
    assert faults(claim.to_dict()) == []
    assert faults(claim.to_dict() | {"why": {"type": "trigger"}}) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("type",), "strike"),
        (("scope",), None),
        (("status",), "possible"),
        (("trigger",), []),
        (("trigger", 0, "start"), -1),
        (("trigger", 0, "nth"), 1),
        (("note",), "x"),
        (("date", "start"), "1 May 2016"),
        (("date", "precision"), "hour"),
        (("place", "class"), "hamlet"),
        (("place", "country"), "Syria"),
        (("place", "latitude"), 91),
        (("place", "latitude"), None),
        (("place", "gazetteer"), "163799"),
        (("perpetrators", 0, "id"), "martians"),
        (("targets", 0, "name"), ""),
        (("sites", 0, "kind"), "house"),
        (("weapons", 0, "kind"), "bomb"),
        (("weapons", 0, "evidence"), []),
        (("harm", 0, "min"), -2),
        (("harm", 0, "min"), 2.5),
        (("harm", 0, "status"), None),
        (("harm", 0, "including", 0, "who"), "men"),
        (("sources", 0, "role"), "witness"),
        (("sources", 0, "kind"), "press"),
    ],
)
def test_a_wrong_value_is_refused(path: tuple[str | int, ...], value: Any) -> None:
    record = copy.deepcopy(FULL.to_dict())
    inner: Any = record
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    assert faults(record)


def test_a_missing_field_is_refused() -> None:
    for key in FULL.to_dict():
        record = FULL.to_dict()
        del record[key]
        assert faults(record), key


def test_fields_are_those_of_the_records() -> None:
    full = FULL.to_dict()
    assert SCHEMA["properties"].keys() - {"why"} == full.keys()
    for definition, record in (
        ("span", full["trigger"][0]), ("date", full["date"]), ("place", full["place"]), ("party", full["targets"][0]),
        ("site", full["sites"][0]), ("weapon", full["weapons"][0]), ("harm", full["harm"][0]),
        ("part", full["harm"][0]["including"][0]), ("source", full["sources"][0]),
    ):  # fmt: skip
        assert SCHEMA["$defs"][definition]["properties"].keys() == record.keys()


def test_vocabularies_agree() -> None:
    for name, words in vocabulary.VOCABULARIES.items():
        assert SCHEMA["$defs"][name] == {"enum": list(words)}
    assert set(SCHEMA["$defs"]["partyId"]["enum"]) == PARTY_IDS
    exported = {name for name in vocabulary.__all__ if name != "VOCABULARIES"}
    assert {id(getattr(vocabulary, name)) for name in exported} == {id(v) for v in vocabulary.VOCABULARIES.values()}


def test_defaults_of_records_are_in_the_vocabularies() -> None:
    assert model.Date().precision in vocabulary.DATE_PRECISIONS
    assert model.Harm("killed").status in vocabulary.HARM_STATUSES
    assert (BARE.scope, BARE.status) == ("event", "asserted")


def test_documentation_names_every_field_value_and_party() -> None:
    told = set(re.findall(r"`([^`\n]+)`", DOCUMENTATION))
    words = {word for words in vocabulary.VOCABULARIES.values() for word in words}
    fields = {f for d in (SCHEMA, *SCHEMA["$defs"].values()) for f in d.get("properties", ())}
    assert words - told == set() and fields - told == set() and PARTY_IDS - told == set()


def test_documentation_has_an_example_that_is_valid() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", DOCUMENTATION, re.DOTALL)
    record = json.loads(example)
    assert document_faults(record) == []
    text = record["text"]
    spans = json.dumps(record["claims"], ensure_ascii=False)
    assert '"start"' in spans
    for start, end, words in re.findall(r'"start": (\d+), "end": (\d+), "text": "([^"]*)"', spans):
        assert text[int(start) : int(end)] == words


@pytest.mark.parametrize("path", sorted((SAMPLES / "reports").glob("*.json")), ids=lambda p: p.stem)
def test_what_is_read_in_samples_is_valid(path: Any) -> None:
    document = document_of(json.loads(path.read_text("utf-8")))
    record = document_record(document, read(document))
    # What is written is JSON, where tuples are lists.
    assert document_faults(json.loads(json.dumps(record))) == []
    explained = json.loads(json.dumps(document_record(document, read(document), explain=True)))
    assert document_faults(explained) == []
