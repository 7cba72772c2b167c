"""Queues, added claims and signatures, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from marsad.register.store import Register
from tests.cli.command import run
from tests.register.making import capture, read

pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def document(here: Path) -> str:
    with Register.create()[0] as register:
        return register.add(capture(), read(capture()), who="Rana").document_id


def test_a_report_goes_from_reader_to_reader(document: str) -> None:
    assert "first\t1" in run("queue") and document in run("queue", "first")
    assert "1 of its claims are undecided" in run("sign", document, code=2)
    assert "signed as first reader" in run("sign", document[:8], "--accept-rest", "--copies")
    assert "somebody else" in run("sign", document, code=2)
    assert json.loads(run("queue", "second", "--json"))["key"] == f"2024-05-05:{document}"
    assert "signed as second reader" in run("sign", document, "--who", "Omar")
    shown = run("show", document)
    assert "first reader Rana" in shown and "second reader Omar" in shown
    assert "taken back" in run("unsign", "2", "--who", "Omar", "--why", "slip")
    assert "taken back" in run("show", document) and "second\t1" in run("queue")
    assert "queue third: unknown" in run("queue", "third", code=2)


def test_a_claim_is_added_from_json(document: str) -> None:
    told = json.dumps({"type": "remote_explosive_ied", "trigger": ["تفجير"]})
    assert f"{document}.p1: added" in run("add-claim", document, "-", stdin=told)
    assert "trigger: no words" in run("add-claim", document, "-", stdin='{"type": "attack"}', code=2)
    assert "not JSON" in run("add-claim", document, "-", stdin="{", code=2)
    assert f"{document}.p1" in run("claims", "--verdict", "add") and "(added by a person)" in run("show", f"{document}.p1")
    assert "add by Rana" in run("show", f"{document}.p1") and f"{document}.p1" in run("decisions", "--claim", document)
    assert "corrected (decision 2)" in run("correct", f"{document}.p1", "status=uncertain", "--why", "-")
    assert "all is as it was stored" in run("verify")
