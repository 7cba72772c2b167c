"""Programs at the desk: tokens, what they may do, the description of all addresses, and whatever schemathesis thinks of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from marsad.cli.main import app as commands
from marsad.desk import answers
from marsad.desk.pages.api import description
from marsad.desk.rates import Rates
from marsad.desk.settings import Settings
from marsad.errors import PackError
from marsad.register import tokens
from marsad.register.store import Register
from tests.desk.running import Visitor, serving
from tests.desk.team import addresses, make_team


def made(place: Path, role: str = "reader", name: str = "sheet", days: int = 30) -> str:
    with Register.open(str(place)) as register:
        return register.apply(lambda c: tokens.make(c, None, name, role, days, "Rana", "for the sheet"))[1]


def bearer(secret: str) -> dict[str, str]:
    return {"authorization": f"Bearer {secret}"}


def test_a_program_that_runs_wild_waits(visitor: Visitor, place: Path) -> None:
    visitor.app.state.desk.rates = Rates(each=60, burst=3, clock=lambda: 5.0)  # type: ignore[attr-defined]
    secret = made(place)
    found = [visitor.get("/log", headers=bearer(secret)) for _ in range(5)]
    assert [a.status_code for a in found] == [200, 200, 200, 429, 429] and found[3].headers["retry-after"] == "2"
    assert visitor.get("/log").status_code == 200, "people do not wait for programs"


def test_a_bucket_fills_again() -> None:
    now = [0.0]
    rates = Rates(each=60, burst=2, clock=lambda: now[0])
    assert [rates.take(1) for _ in range(3)] == [0, 0, 2] and rates.take(2) == 0
    now[0] = 1.0
    assert [rates.take(1), rates.take(1)] == [0, 2]


def test_the_command_makes_lists_and_revokes(place: Path) -> None:
    at = ["--register", str(place), "--who", "Rana"]
    done = CliRunner().invoke(commands, ["token", "add", "sheet", "--role", "analyst", "--days", "5", *at])
    assert done.exit_code == 0 and "marsad_" in done.output, done.output
    assert "sheet" in CliRunner().invoke(commands, ["token", "list", "--register", str(place)]).output
    assert CliRunner().invoke(commands, ["token", "revoke", "1", *at]).exit_code == 0
    assert CliRunner().invoke(commands, ["token", "revoke", "2", *at]).exit_code == 2
    # Where there are accounts, it must be told whose it is.
    make_team(str(place))
    assert CliRunner().invoke(commands, ["token", "add", "other", *at]).exit_code == 2
    assert CliRunner().invoke(commands, ["token", "add", "other", "--account", "Huda", *at]).exit_code == 0


def test_all_addresses_are_described_for_those_who_may_use_them(visitor: Visitor, place: Path) -> None:
    told = visitor.json("/api/openapi.json")
    found = {(method.upper(), path.replace(":path", "")) for path, methods in told["paths"].items() for method in methods}
    expected = {(a.method, a.path.replace(":path", "")) for a in addresses() if a.method != "HEAD"}
    assert found == expected
    seen = visitor.get("/api/openapi.json", headers=bearer(made(place))).json()
    assert "/accounts" not in seen["paths"] and "/documents" in seen["paths"]


def _checked(described: dict[str, Any], method: str, path: str, answer: Any) -> str:
    """What is wrong with an answer by the description; the empty string where nothing is."""
    jsonschema = pytest.importorskip("jsonschema")
    content = described["paths"][path][method.lower()]["responses"]["200"]["content"]
    kind = answer.headers["content-type"].partition(";")[0]
    if kind not in content and not (kind == "application/geo+json" and "application/json" in content):
        return f"{method} {path}: gives {kind}, described is {', '.join(content)}"
    if "json" not in kind:
        return ""
    schema = content["application/json"]["schema"] | {"components": described["components"]}
    error = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(schema).iter_errors(answer.json()))
    return "" if error is None else f"{method} {path}: {error.json_path}: {error.message[:200]}"


def test_answers_are_as_they_are_described(visitor: Visitor) -> None:
    """Every page, over many reports and incidents of the samples, after people have worked on some."""
    reports = [r["id"] for queue in ("first", "empty") for r in visitor.json(f"/reading?queue={queue}")["reports"]][:24]
    claim = next(c["id"] for r in reports for c in visitor.json(f"/reading/{r}")["claims"])
    first = claim.partition(".")[0]
    visitor.submit(f"/reading/{first}/claims/{claim}/reject", {"why": "no event", "seen": "0"})
    visitor.submit(f"/reading/{first}/draft", {"value": '{"claim": "new", "fields": {"type": "attack"}}'}, status=303)
    visitor.submit("/pins", {"names": "الخيام", "kind": "town", "latitude": "33", "longitude": "35", "why": "seen"})
    codes = [i["code"] for i in visitor.json("/incidents")["incidents"]][:16]
    visitor.submit(f"/incidents/{codes[2]}/merge", {"others": codes[3], "why": "one event"})
    codes = [i["code"] for i in visitor.json("/incidents")["incidents"]][:16]
    queries = {
        "/search": "?q=قصف", "/pins": f"?claim={claim}&pinned=own:1", "/charts": "?policy=acled-conservative", "/exports": "?preview=true",
        "/search/names": "?kind=place&name=حلب", "/reading/places": "?name=حلب", "/reading": "?queue=conflict",
    }  # fmt: skip
    described = description("admin")
    wrong, looked = [], 0
    for told in addresses():
        path = told.path.replace(":path", "")
        if told.method != "GET" or path.startswith(("/sign", "/oidc", "/lock")):
            continue
        several = max(len(reports), len(codes)) if "{" in path else 1
        for n in range(several):
            one, code = reports[n % len(reports)], codes[n % len(codes)]
            values = {"document": one, "report": one, "claim": claim, "incident": code, "code": code, "told": code}
            for query in {"", queries.get(path, "")}:
                answer = visitor.get(told.filled(values) + query, headers={"accept": "application/json"})
                if answer.status_code == 200:
                    looked += 1
                    wrong.append(_checked(described, "GET", path, answer))
    assert not set(filter(None, wrong)), "\n".join(sorted(set(filter(None, wrong))))
    assert looked > 100


def test_every_page_is_described_and_nothing_else() -> None:
    told = {row for row in answers.rows() if not row.startswith("$")}
    there = {f"{a.method} {a.path.replace(':path', '')}" for a in addresses()}
    assert told <= there, "a row tells of an address that is not there"
    left = {r for r in there - told if r.startswith("GET ") and not r.startswith(("GET /sign", "GET /oidc", "GET /lock"))}
    assert not left, left


@pytest.mark.parametrize(
    ("told", "made"),
    [
        ("string?", {"type": ["string", "null"]}),
        ("[integer|string]", {"type": "array", "items": {"anyOf": [{"type": "integer"}, {"type": "string"}]}}),
        ("{*: any}", {"type": "object", "additionalProperties": True}),
        ("{a b: [any], c~: boolean}", {"type": "object", "required": ["a b"], "properties": {"a b": {"type": "array", "items": {}}, "c": {"type": "boolean"}}}),
    ],
)  # fmt: skip
def test_shapes_are_read(told: str, made: dict[str, Any]) -> None:
    assert answers.schema(told) == made


@pytest.mark.parametrize("told", ["text", "[string", "{a string}", "string]", "$nobody"])
def test_shapes_that_are_none_are_told(told: str) -> None:
    with pytest.raises(PackError, match="no shape"):
        answers.schema(told)


def test_schemathesis_finds_no_fault(place: Path) -> None:
    """Made-up requests of each address: no fault of the server, whatever is sent."""
    schemathesis = pytest.importorskip("schemathesis")
    from hypothesis import HealthCheck, Phase, given
    from hypothesis import settings as bounds

    secret = made(place, "reviewer", "robot")
    described: dict[str, Any] = {**description("reviewer"), "paths": dict(description("reviewer")["paths"])}
    for path in [p for p in described["paths"] if p.startswith(("/sign", "/oidc", "/lock", "/unlock"))]:
        del described["paths"][path]
    loaded = schemathesis.openapi.from_dict(described)
    wrong: list[str] = []
    statuses: dict[int, int] = {}
    with serving(Settings(register=str(place), who="Rana")) as base:
        import httpx

        with httpx.Client(base_url=base, headers=bearer(secret), timeout=30) as client:
            for result in loaded.get_all_operations():
                operation = result.ok()

                @given(case=operation.as_strategy())
                @bounds(
                    max_examples=4,
                    deadline=None,
                    derandomize=True,
                    database=None,
                    phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                )
                def asked(case: Any) -> None:
                    made_of = case.as_transport_kwargs(base_url=base)
                    sent = {
                        k: v for k, v in made_of.items() if k in ("params", "data", "files", "json", "content") and v is not None
                    }
                    try:
                        answer = client.request(made_of["method"], made_of["url"], follow_redirects=False, **sent)
                    except (httpx.InvalidURL, UnicodeError, TypeError):
                        return
                    statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
                    if answer.status_code >= 500 and answer.status_code != 503:
                        wrong.append(f"{made_of['method']} {made_of['url']} {sent}: {answer.status_code}")
                    if answer.status_code == 200:
                        wrong.extend(filter(None, [_checked(described, made_of["method"], case.operation.path, answer)]))

                asked()
    assert not wrong, "\n".join(wrong[:10])
    assert sum(statuses.values()) > 100 and statuses[200] > 20, statuses
