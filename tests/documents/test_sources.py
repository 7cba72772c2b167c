"""Files, folders and the standard input: what comes out, in which order, and what is said of what does not."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from marsad.documents import Failure, Settings, read_documents
from marsad.documents import sources as module
from marsad.model import Document

ARABIC = "قالت الشرطة إن عبوة ناسفة انفجرت في المدينة القديمة مساء الخميس."
FRENCH = "Une bombe a explosé dans la ville et les secours ont évacué des blessés de la place."


def one(item: Document | Failure) -> str:
    """An item in short: id of a document, message of a failure."""
    return item.id if isinstance(item, Document) else item.message


def read(*paths: Path | str, settings: Settings | None = None) -> list[str]:
    return [one(item) for item in read_documents(paths, settings)]


def test_a_text_takes_what_the_user_says_of_it(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(ARABIC, "utf-8")
    (found,) = read_documents([tmp_path / "r.txt"], Settings("2020-01-02", "عنوان", "https://example.org"))
    assert found == Document("r", ARABIC, "عنوان", "2020-01-02", "https://example.org", None, "ar")


def test_a_folder_is_read_in_order_and_other_files_passed_over(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b/2.txt", "a.txt", "c.txt", ".git/x.txt", "notes.md", ".hidden.txt"):
        (tmp_path / name).write_text(ARABIC, "utf-8")
    assert read(tmp_path) == ["a", "b/2", "c"]


def test_json_lists_and_lines(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([{"text": ARABIC}, {"id": "own", "text": ARABIC}]), "utf-8")
    (tmp_path / "b.jsonl").write_text(f"{json.dumps({'text': ARABIC})}\n\n{json.dumps({'id': 'z', 'text': ARABIC})}\n", "utf-8")
    (tmp_path / "c.jsonl").write_text(json.dumps({"id": "u16", "text": ARABIC}), "utf-16")
    assert read(tmp_path) == ["a:1", "own", "b:1", "z", "u16"]


def test_what_fails_is_named_by_file_and_line_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(
        b'{"text": 1}\nnot json\n[]\n"x"\n\xff\xfe{}\n'
        + b"[" * 200_000
        + b"\n"
        + json.dumps({"id": "good", "text": ARABIC}).encode()
    )
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_bytes(b"%PDF-1.4")
    (tmp_path / "d.json").write_text('{"text": ')
    (tmp_path / "e.json").write_text("[]")
    (tmp_path / "f.jsonl").write_text("\n\n")
    (tmp_path / "g.txt").write_text(ARABIC, "utf-8")
    found = read(tmp_path)
    path = f"{tmp_path}/a.jsonl"
    assert found[0] == f'{path}:1: "text" must be a string'
    assert found[1].startswith(f"{path}:2: not JSON")
    assert found[2].endswith("not a list") and found[3].endswith("not a string")
    assert found[4].startswith(f"{path}:5: not UTF-8")
    assert found[5].startswith(f"{path}:6: n")
    assert found[6] == "good"
    assert [f.split(": ", 1)[1].split(":")[0] for f in found[7:12]] == [
        "empty",
        "this is a PDF file, not text; save its text as a .txt file",
        "not JSON",
        "empty",
        "empty",
    ]
    assert found[12:] == ["g"]


def test_another_language_is_told_apart_from_other_failures(tmp_path: Path) -> None:
    (tmp_path / "f.txt").write_text(FRENCH, "utf-8")
    (failure,) = read_documents([tmp_path])
    assert isinstance(failure, Failure) and failure.language == "fr" and "f.txt: the text is French" in failure.message


def test_ids_are_made_unique(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARABIC, "utf-8")
    first, second, third = read_documents([tmp_path / "a.txt"] * 3)
    assert isinstance(second, Document) and isinstance(third, Document)
    assert (one(first), second.id, third.id) == ("a", "a~2", "a~3")
    assert "another document has the id a" in second.warnings[0]


def test_paths_that_are_none(tmp_path: Path) -> None:
    assert read(tmp_path) == [f"{tmp_path}: no .json, .jsonl, .ndjson, .txt file in this folder"]
    assert read(tmp_path / "x") == [f"{tmp_path}/x: there is no such file or folder"]
    (told,) = read(ARABIC * 20)
    assert told.startswith(ARABIC[:40]) and "standard input" in told and len(told) < 200


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text(ARABIC, "utf-8")
    assert read(tmp_path) == ["b"]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (ARABIC.encode(), ["stdin"]),
        (json.dumps({"id": "j", "text": ARABIC}).encode(), ["j"]),
        (json.dumps([{"id": "j", "text": ARABIC}, {"id": "k", "text": ARABIC}]).encode(), ["j", "k"]),
        ("\n".join(json.dumps({"id": i, "text": ARABIC}) for i in "pq").encode(), ["p", "q"]),
        (ARABIC.encode("cp1256"), ["stdin"]),
        (b"", ["standard input: empty: there is no text in it"]),
        (f"[{ARABIC}]".encode(), ["stdin"]),
    ],
)
def test_the_kind_of_the_standard_input_is_told_by_its_beginning(
    data: bytes, found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert read("-") == found


def test_what_is_too_large_is_refused_and_the_next_line_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 500)
    (tmp_path / "a.txt").write_text(ARABIC * 20, "utf-8")
    (tmp_path / "b.jsonl").write_text(f"{'x' * 5000}\n{json.dumps({'id': 'z', 'text': ARABIC}, ensure_ascii=False)}\n", "utf-8")
    large, line, document = read(tmp_path)
    assert "larger than" in large and ":1: the line is larger" in line and document == "z"
