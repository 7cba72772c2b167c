"""Gold files: what is read, what is refused and with which message, and the held-out part."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from marsad.errors import InputError
from marsad.evaluation.gold import document_of, held_out, load_documents, load_predictions, part

CLAIM = {"id": "a.1", "document": "a", "type": "attack", "trigger": {"start": 0, "end": 1, "text": "x"}}


def written(folder: Path, name: str, *rows: Any) -> Path:
    path = folder / name
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


def test_folder_file_and_lines_give_the_same(tmp_path: Path) -> None:
    rows = [{"id": name, "text": "x", "claims": []} for name in "ab"]
    folder = tmp_path / "reports"
    folder.mkdir()
    for row in rows:
        written(folder, f"{row['id']}.json", row)
    assert load_documents(folder) == load_documents(written(tmp_path, "all.jsonl", *rows)) == rows
    assert load_documents(written(tmp_path, "all.json", rows)) == rows


def test_predictions_are_claims_or_documents(tmp_path: Path) -> None:
    claims = load_predictions(written(tmp_path, "claims.jsonl", CLAIM))
    documents = load_predictions(
        written(tmp_path, "documents.jsonl", {"id": "a", "claims": [CLAIM]}, {"id": "b", "claims": None})
    )
    assert claims == {"a": [CLAIM]}
    assert documents == {"a": [CLAIM], "b": []}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"text": "x"}, 'has no "id"'),
        ({"id": "a"}, 'has no "text"'),
        ([1], "not int"),
        ({"id": "a", "text": "x", "claims": {}}, '"claims" must be a list'),
        ({"id": "a", "text": "x", "claims": [1]}, "claim 1: a JSON object is expected"),
        ({"id": "a", "text": "x", "claims": [{"place": "y"}]}, '"place" must be an object'),
        ({"id": "a", "text": "x", "claims": [{"harm": {"kind": "killed"}}]}, '"harm" must be a list'),
        ({"id": "a", "text": "x", "claims": [{"harm": [{"kind": "killed", "min": "2"}]}]}, "whole numbers"),
        ({"id": "a", "text": "x", "claims": [{"place": {"name": ["y"]}}]}, "a string is expected"),
        ({"id": "a", "text": "x", "claims": [{"place": {"within": "y"}}]}, '"within" must be a list'),
        ({"id": "a", "text": "x", "claims": [{"trigger": [{"start": 0}]}]}, '"trigger" must be'),
    ],
)
def test_what_cannot_be_scored_is_refused_with_file_and_line(tmp_path: Path, row: Any, reason: str) -> None:
    path = written(tmp_path, "gold.jsonl", {"id": "first", "text": "x"}, row)
    with pytest.raises(InputError) as caught:
        load_documents(path)
    assert str(caught.value).startswith(f"{path}:2: ") and reason in str(caught.value)


def test_a_document_may_stand_only_once(tmp_path: Path) -> None:
    path = written(tmp_path, "gold.jsonl", *[{"id": "a", "text": "x"}] * 2)
    with pytest.raises(InputError, match=r"gold\.jsonl:2: document a stands in .*gold\.jsonl:1 already"):
        load_documents(path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        load_documents(tmp_path / "none")
    with pytest.raises(InputError, match="no .json file"):
        load_documents(tmp_path)
    (tmp_path / "x.json").write_bytes(b"\xff\xfe{")
    with pytest.raises(InputError, match=r"x\.json: not UTF-8"):
        load_documents(tmp_path)
    (tmp_path / "x.json").write_text("[" * 100_000, "utf-8")
    with pytest.raises(InputError, match=r"x\.json: not JSON"):
        load_documents(tmp_path)


def test_parts_hold_every_document_once() -> None:
    documents = [{"id": f"r{n}"} for n in range(300)]
    development, held = part(documents, "development"), part(documents, "held-out")
    assert len(development) + len(held) == 300 == len(part(documents, "all"))
    assert all(held_out(d["id"]) for d in held) and 60 < len(held) < 140
    # The part of a document depends on its id alone and may never change.
    assert [held_out(name) for name in ("r0", "r1", "r2", "r3", "r4", "r5")] == [False, False, False, False, False, True]
    with pytest.raises(InputError, match="there is no part 'test'"):
        part(documents, "test")


def test_the_text_of_a_gold_document_is_kept_as_it_stands() -> None:
    text = "\ufeff قصف \u00a0\r\n"
    document = document_of({"id": "a", "text": text, "published": "2016-05-01", "claims": [CLAIM]})
    assert (document.text, document.published, document.title) == (text, "2016-05-01", "")
