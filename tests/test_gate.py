"""Quality does not fall below what is pinned in ``gate.json``, and the pins cannot be lowered by accident."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import gate
from tests.gate import SETS, Measured


@pytest.mark.parametrize("name", SETS)
def test_floor(name: str) -> None:
    given, pins = gate.documents(name), gate.load()
    reason = gate.missing(name, given, pins)
    # The samples are always there; whoever changes them pins them.
    if reason is not None and name != "samples":
        pytest.skip(reason)
    assert reason is None, reason
    measured = gate.measure(given)
    assert measured.broken_evidence == 0
    lower = gate.fallen(pins[name]["f1"], measured.figures)
    assert not lower, "; ".join(lower) + " (python -m tests.gate --update --allow-regression if this must be)"


def measured(**figures: float) -> Measured:
    return Measured(3, "abc", figures, 0)


PINNED = {"samples": measured(claims=0.5, place=0.25).to_dict()}


def test_a_figure_that_rises_is_pinned() -> None:
    pins, refused = gate.updated(PINNED, {"samples": measured(claims=0.6, place=0.25)}, allow_regression=False)
    assert refused == [] and pins["samples"]["f1"] == {"claims": 0.6, "place": 0.25}


def test_a_figure_that_falls_is_refused_unless_allowed() -> None:
    now = {"samples": measured(claims=0.6, place=0.2499)}
    assert gate.updated(PINNED, now, allow_regression=False)[1] == ["samples: place 0.2500 -> 0.2499"]
    assert gate.updated(PINNED, now, allow_regression=True)[1] == []


def test_other_documents_are_not_compared() -> None:
    now = {"samples": Measured(3, "other", {"claims": 0.1, "place": 0.1}, 0)}
    assert gate.updated(PINNED, now, allow_regression=False)[1] == []
    given = [{"id": "a", "text": "x"}]
    assert gate.missing("samples", given, PINNED) == "samples: other documents or claims than the pinned ones"
    assert gate.missing("samples", [], PINNED) is not None and gate.missing("held-out", given, PINNED) is not None


def test_sets_that_are_not_here_keep_their_pins() -> None:
    pins, _ = gate.updated({**PINNED, "held-out": measured(claims=0.4).to_dict()}, {}, allow_regression=False)
    assert pins["held-out"]["f1"] == {"claims": 0.4}


def test_fingerprint_sees_texts_and_claims() -> None:
    first = [{"id": "a", "text": "x", "claims": []}]
    assert gate.fingerprint(first) == gate.fingerprint([{"claims": [], "text": "x", "id": "a", "url": "y"}])
    assert gate.fingerprint(first) != gate.fingerprint([{"id": "a", "text": "x", "claims": [{}]}])


def test_the_readme_shows_the_pins() -> None:
    assert gate.quality(gate.load()) in gate.README.read_text("utf-8"), "python -m tests.gate --update renews it"


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    path, readme, table = (tmp_path / name for name in ("gate.json", "README.md", "measures.tsv"))
    readme.write_text("# X\n\n<!-- quality: begin -->old<!-- quality: end -->\n\nend\n", "utf-8")
    values, there = {"claims": 0.5}, ["samples"]
    monkeypatch.setattr(gate, "NAMES", ("claims",))
    monkeypatch.setattr(gate, "documents", lambda name: [{"id": "a", "text": "x"}] if name in there else [])
    monkeypatch.setattr(gate, "measure", lambda given: Measured(1, gate.fingerprint(given), dict(values), 0))
    assert gate.main([], path, readme, table) == 0 and not path.exists()
    assert gate.main(["--update"], path, readme, table) == 0
    assert json.loads(path.read_text("utf-8"))["samples"]["f1"] == {"claims": 0.5}
    shown = readme.read_text("utf-8")
    assert "| claims | 0.50 |" in shown and "old" not in shown and shown.endswith("\n\nend\n")
    values["claims"] = 0.4
    assert gate.main([], path, readme, table) == 1
    assert gate.main(["--update"], path, readme, table) == 1
    assert "fell: samples: claims 0.5000 -> 0.4000" in capsys.readouterr().err
    assert json.loads(path.read_text("utf-8"))["samples"]["f1"] == {"claims": 0.5}
    assert gate.main(["--update", "--allow-regression"], path, readme, table) == 0
    assert json.loads(path.read_text("utf-8"))["samples"]["f1"] == {"claims": 0.4}
    assert not table.exists(), "without unseen reports there is nothing new to tell of them"
    there.append("held-out")
    values["claims"] = 0.6172
    assert gate.main(["--update"], path, readme, table) == 0
    assert table.read_text("utf-8") == "slot\theld_out\tsamples\nclaims\t0.62\t0.62\n"
