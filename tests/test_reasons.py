"""Reasons are told in every language of the interface, with the values that are filled into their words."""

from __future__ import annotations

import ast
import pickle
import re

import pytest

from marsad.errors import InputError
from marsad.lexicon.reasons import AnyOf, Sides, reason, recognised, refusal, remade, retold, why_of
from marsad.lexicon.table import read_table
from tests.desk.saying import ENGLISH
from tests.shared import ROOT

_SOURCE = ROOT / "src/marsad"


def test_values_are_listed_named_and_isolated() -> None:
    why = reason("counting:status", status="denied", statuses=AnyOf(("asserted", "uncertain")))
    assert str(why) == "it is denied; the policy counts what is asserted or uncertain"
    told = why.text("ar", lambda vocabulary, value: f"<{vocabulary} {value}>")
    assert told.count("<status ") == 3 and " أو " in told and " or " not in told
    days = reason("linking:date.apart", days=Sides(("2024-05-05", "2024-05-06")))
    assert days.text() == "other days, 2024-05-05 / 2024-05-06"
    assert days.text("ar", isolated=True).endswith("\u20682024-05-05\u2069 / \u20682024-05-06\u2069")
    whole = reason("counting:incident", why=why)
    assert whole.text("ar").endswith(why.text("ar"))


def test_values_are_isolated_where_they_would_disturb() -> None:
    why = refusal("account.unknown", name="Huda").reason
    assert why.text("en", isolated=True) == "Huda: there is no such account"
    assert why.text("ar", isolated=True) == "لا يوجد حساب باسم \u2068Huda\u2069"
    arab = refusal("account.unknown", name="هدى").reason
    assert arab.text("en", isolated=True) == "\u2068هدى\u2069: there is no such account" and "\u2068" not in arab.text("en")


def test_a_key_that_no_table_has_is_refused() -> None:
    with pytest.raises(KeyError):
        reason("counting:nothing.of.the.kind")


# Packages whose errors a person can be told at the desk, and in them the modules whose messages no page can show.
_TOLD = ("counting", "desk", "exports", "gazetteer", "intake", "lexicon", "linking", "register", "search", "views")
_ELSEWHERE = {
    "counting/agreement.py": "the languages are those of the program, never typed",
    "counting/policy.py": "files of rules are given on the command line; the names of those that come with Marsad are checked in rulefiles",
    "desk/server.py": "the desk is not up yet",
    "exports/applying.py": "tables are applied by a command",
    "exports/cellvalues.py": "tables are applied by a command",
    "exports/profiles.py": "files of profiles are given on the command line",
    "exports/tablefiles.py": "tables are applied by a command",
    "gazetteer/download.py": "layers are added by commands",
    "gazetteer/files.py": "layers are added by commands",
    "gazetteer/geonames.py": "layers are added by commands",
    "gazetteer/layers.py": "layers are added by commands",
    "gazetteer/learning.py": "layers are added by commands",
    "gazetteer/records.py": "numbers in files of layers, which are added by commands",
    "gazetteer/tables.py": "layers are added by commands",
    "intake/watching.py": "lists of sources are watched by a command",
    "lexicon/rulefiles.py": "files of rules are given on the command line",
    "register/founding.py": "registers are made by a command",
    "register/location.py": "the register is named when the desk is started",
    "register/store.py": "the register is opened when the desk is started",
}
_ERRORS = re.compile(r"Refused|Refusal|Contradiction|Undecodable|Failed|(?!Pack|Value|Key|Type|Lookup|Import|Runtime|OS)\w+Error")


def _raw(node: ast.expr) -> bool:
    """Whether a message is mere words, which no other language can tell, or takes the words of an error without its reason."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and " " in node.value
    if isinstance(node, ast.BinOp):
        return _raw(node.left) or _raw(node.right)
    if isinstance(node, ast.IfExp):
        return _raw(node.body) or _raw(node.orelse)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "str"
    return isinstance(node, ast.JoinedStr)


def _raw_messages(source: str) -> list[int]:
    """Lines in which an error is made with mere words."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and _ERRORS.fullmatch(node.func.id):
            told = node.args[1:2] if node.func.id == "Refusal" else node.args[2:3] if node.func.id == "Failed" else node.args[:1]
            found += [node.lineno for message in told if _raw(message)]
    return found


def test_what_a_page_can_tell_is_a_reason() -> None:
    modules = [path for package in _TOLD for path in (_SOURCE / package).rglob("*.py")]
    wrong = {path.relative_to(_SOURCE).as_posix(): lines for path in modules if (lines := _raw_messages(path.read_text("utf-8")))}
    assert set(wrong) == set(_ELSEWHERE), {module: lines for module, lines in wrong.items() if module not in _ELSEWHERE}


@pytest.mark.parametrize(
    "source",
    ['InputError("no such day")', 'InputError(f"{x}: none")', "Refusal(where, str(error))", 'Refused("a b" if x else y)'],
)
def test_mere_words_are_found(source: str) -> None:
    assert _raw_messages(f"raise {source}")
    assert not _raw_messages('raise InputError(refusal("day.none", day=day))')


@pytest.mark.parametrize("table", ["refusals", "intake"])
def test_refusals_have_their_words_in_both_languages(table: str) -> None:
    source = "".join(path.read_text("utf-8") for path in _SOURCE.rglob("*.py"))
    keys = {row["key"] for row in read_table(f"reasons/{table}.tsv")}
    begins = "" if table == "refusals" else f"{table}:"
    asked = set(re.findall(rf'(?<![\w.])refusal\(\s*"{begins}([a-z0-9_.]+)"', source)) | set(
        re.findall(rf'"{table}:([a-z0-9_.]+[a-z0-9])"', source)
    )
    assert asked <= keys
    # A part of a key may be put in by the program.
    parts = set(re.findall(r'"([a-z0-9_.:]+)"', source))
    assert not {key for key in keys if f"{table}:{key}" not in parts and key not in parts and key.partition(".")[2] not in parts}
    for row in read_table(f"reasons/{table}.tsv"):
        slots = [set(re.findall(r"\{(\w+)", row[language])) for language in ("ar", "en")]
        # English tells the fields of a form and the numbers of decisions, for commands.
        assert slots[0] == slots[1] or slots[1] - slots[0] <= {"key", "number"}, row["key"]
        assert re.search("[\u0621-\u064a]", row["ar"]) or "{why}" in row["ar"], row["key"]
        assert not ENGLISH.search(re.sub(r"\{[\w:]+\}|marsad [a-z ]*|--?\w+( [\w=,]+)?|pip install|\w+\[\w+\]", "", row["ar"])), (
            row["key"]
        )


def test_a_reason_is_kept_and_told_again() -> None:
    told = refusal("intake:zip.large", name="a.txt", most="3")
    again = remade(str(told), told.reason.data())
    assert again == told and retold(again, "ar") == told.reason.text("ar") != str(told)
    inner = refusal("pin.place", name="x", why=refusal("pin.name"))
    assert retold(remade(str(inner), inner.reason.data()), "ar") == "x: المكان يلزمه اسم"
    # What a program that comes later keeps, or what was kept without a reason, is told as it is.
    for data in (
        None,
        {"reason": ["intake", "none.of.the.kind", {}]},
        {"reason": ["none", "x", {}]},
        {"reason": ["intake", "json", {}]},
        {"x": 1},
        "x",
    ):
        assert retold(remade("some words", data), "ar") == "some words"
    assert pickle.loads(pickle.dumps(told)).reason == told.reason


def test_words_that_were_kept_are_known_again() -> None:
    told = refusal("intake:warning.day.future", day="2031-02-03")
    known = recognised(str(told), "intake:warning.")
    assert retold(known, "ar") == told.reason.text("ar") and known == told
    assert retold(recognised("words of somebody", "intake:warning."), "ar") == "words of somebody"
    # Of two that may be meant it is the one with more words of its own; one without words of its own is never meant.
    for reason_ in (
        refusal("intake:large.told", most="3", size="9"),
        refusal("intake:large.whole", most="3", size="9"),
        refusal("intake:empty"),
    ):
        assert retold(recognised(str(reason_), "intake:"), "ar") == reason_.reason.text("ar")
    assert retold(recognised("Permission denied", "intake:"), "ar") == "Permission denied" and recognised(told, "intake:") is told


def test_the_message_of_an_error_is_told_with_its_reason() -> None:
    error = InputError(refusal("day.none", day="2024-13-01"))
    assert str(error) == "2024-13-01: there is no such day; write YYYY-MM-DD"
    assert retold(why_of(error), "ar") == "لا يوجد يوم 2024-13-01؛ اكتب سنة-شهر-يوم"
    assert why_of(OSError(2, "no such file")) == "[Errno 2] no such file" and why_of(InputError()) == ""
