"""Batches: order, faults of the reader, several processes."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator

import pytest

from marsad.batch import Reading, cores, read_all
from marsad.errors import MarsadError, PackError
from marsad.model import Claim, Document, Evidence
from marsad.reading import reader as reader_module
from marsad.reading.steps import Steps

# A patched reader reaches other processes only where they are forks of this one.
forked = pytest.mark.skipif(multiprocessing.get_start_method() != "fork", reason="processes are not forked here")


def documents(number: int) -> list[Document]:
    return [Document(f"d{n}", "وقع انفجار في السوق." if n % 2 else "افتتح الوزير المعرض.") for n in range(number)]


def in_steps(read: Callable[[Document, object], list[Claim]]) -> Callable[..., Steps[list[Claim]]]:
    """A reader that pauses once, as the engine's does."""

    def read_steps(document: Document, gazetteer: object = None) -> Steps[list[Claim]]:
        yield
        return read(document, gazetteer)

    return read_steps


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that makes one claim of a document, and fails on some."""

    def read(document: Document, gazetteer: object = None) -> list[Claim]:
        if document.id == "d3":
            raise ZeroDivisionError("no luck")
        return [Claim(f"{document.id}.1", document.id, "attack", (Evidence(0, 3, document.text[:3]),))]

    monkeypatch.setattr(reader_module, "read_steps", in_steps(read))
    monkeypatch.delenv("MARSAD_DEBUG", raising=False)


def test_readings_come_in_the_order_of_the_documents(reader: None) -> None:
    found = list(read_all(documents(3)))
    assert [r.document.id for r in found] == ["d0", "d1", "d2"]
    assert [r.claims[0].id for r in found] == ["d0.1", "d1.1", "d2.1"]


def test_a_fault_of_the_reader_spoils_one_document_only(reader: None) -> None:
    found = list(read_all(documents(6), jobs=1))
    assert [r.error is None for r in found] == [True, True, True, False, True, True]
    error = found[3].error
    assert error is not None and "ZeroDivisionError: no luck at test_batch.py:" in error and found[3].claims == ()


def test_faults_are_raised_for_developers(reader: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        list(read_all(documents(6), jobs=1))


@pytest.mark.parametrize("number", [0, 1, 40])
def test_several_processes_read_the_same(number: int) -> None:
    alone = list(read_all(documents(number), jobs=1))
    assert list(read_all(documents(number), jobs=2)) == alone
    assert [r.document.id for r in alone] == [f"d{n}" for n in range(number)]


def test_documents_are_taken_as_they_are_needed(reader: None) -> None:
    taken = 0

    def stream() -> Iterator[Document]:
        nonlocal taken
        for document in documents(1000):
            taken += 1
            yield document

    readings = read_all(stream(), jobs=1)
    assert isinstance(next(readings), Reading) and taken <= 16
    readings = read_all(stream(), jobs=2)
    next(readings)
    assert taken < 400
    readings.close()  # type: ignore[attr-defined]


@forked
@pytest.mark.parametrize("jobs", [1, 2])
def test_damaged_data_ends_the_batch(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(document: Document, gazetteer: object = None) -> list[Claim]:
        raise PackError("ar/x.tsv", 7, "wrong")

    monkeypatch.setattr(reader_module, "read_steps", in_steps(read))
    with pytest.raises(MarsadError, match=r"ar/x.tsv:7: wrong"):
        list(read_all(documents(3), jobs))


@forked
@pytest.mark.parametrize("jobs", [1, 2])
def test_places_of_the_user_count_when_wanted(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(document: Document, gazetteer: object = None) -> list[Claim]:
        return [Claim(type(gazetteer).__name__, document.id, "attack", ())]

    monkeypatch.setattr(reader_module, "read_steps", in_steps(read))
    for layers, told in ((True, "Gazetteer"), (False, "NoneType")):
        assert {r.claims[0].id for r in read_all(documents(3), jobs, layers=layers)} == {told}


@forked
def test_a_process_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_module, "read_steps", in_steps(lambda document, gazetteer: os._exit(9)))
    with pytest.raises(MarsadError, match="ended from outside"):
        list(read_all(documents(3), 2))


class Connection:
    """A thing that may be collected in the process that made it only, as a database connection with threads."""

    def __init__(self) -> None:
        self.maker, self.itself = os.getpid(), self

    def __del__(self) -> None:
        if os.getpid() != self.maker:
            os._exit(9)


@forked
def test_garbage_of_this_process_is_not_collected_in_those_that_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(document: Document, gazetteer: object = None) -> list[Claim]:
        gc.collect()
        return []

    monkeypatch.setattr(reader_module, "read_steps", in_steps(read))
    gc.disable()
    try:
        Connection()
        frozen = gc.get_freeze_count()
        assert len(list(read_all(documents(3), 2))) == 3
        assert gc.get_freeze_count() == frozen
    finally:
        gc.enable()


def test_there_is_a_core() -> None:
    assert cores() >= 1


def test_long_documents_are_handed_out_few_at_once() -> None:
    given = 0

    def stream() -> Iterator[Document]:
        nonlocal given
        for number in range(60):
            given += 1
            yield Document(f"d{number}", "كلمة " * 50_000)

    readings = read_all(stream(), 2)
    assert next(readings).document.id == "d0" and given <= 40
    assert [r.document.id for r in readings] == [f"d{n}" for n in range(1, 60)]
