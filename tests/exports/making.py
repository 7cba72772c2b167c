"""Incidents to export: invented claims as leaving records, and small registers of them."""

from __future__ import annotations

from typing import Any

from typer.testing import CliRunner

from marsad.cli.main import app
from marsad.counting import Dossier, Told, policy
from marsad.exports.formats import format_of
from marsad.exports.material import Filter, Material, Report
from marsad.exports.outgoing import Choice
from marsad.exports.places import Atlas
from marsad.exports.profiles import Profile, profile
from marsad.exports.record import leaving
from marsad.exports.treatment import Ruling, Treated, treat
from marsad.gazetteer import default
from marsad.register.incidentrows import country_of

__all__ = ["ATLAS", "choice", "leaves", "material", "row", "run"]

ATLAS = Atlas(default())
TODAY = "2030-01-01"


def material(*claims: Told, id: str = "i1", code: str = "SY-20240501-1", grade: str | None = None, **changes: Any) -> Material:
    """An incident of these claims, each of a report of its own."""
    dossier = Dossier(id, claims, grade)
    records = {t.id: t.claim.to_dict() for t in dossier.claims}
    reports = {
        t.claim.document: Report(
            t.claim.document,
            f"خبر {t.claim.document}",
            t.published,
            t.publisher,
            t.language,
            f"https://example.org/{t.claim.document}",
        )
        for t in dossier.claims
    }
    country = country_of(list(records.values()))
    told: dict[str, Any] = {
        "id": id,
        "code": code,
        "country": country,
        "dossier": dossier,
        "records": records,
        "reports": reports,
    }
    return Material(**(told | changes))


def choice(to: str, by: str = "", let: Profile | None = None) -> Choice:
    form = format_of(to)
    return Choice(form, let or profile("internal"), policy(by or form.policy), Filter(), TODAY)


def leaves(given: Material, let: Profile | None = None, ruling: Ruling | None = None, today: str = TODAY) -> Treated:
    """All of an incident, by a profile."""
    used = let or profile("internal")
    record = leaving(
        given, policy("airwars-range"), ATLAS, frozenset(used.fields) | {"place", "date", "status", "sites", "reported"}
    )
    return treat(record, used, ruling or Ruling(), ATLAS, today)


def row(to: str, given: Material, by: str = "", let: Profile | None = None) -> dict[str, Any]:
    """The cells of an incident in a format, by column; empty where it has no row."""
    made = choice(to, by, let)
    record = leaving(given, made.policy, ATLAS, made.format.fields | {"place", "date", "status", "sites", "reported"})
    if made.format.leaves(record.fields):
        return {}
    treated = treat(record, made.profile, Ruling(), ATLAS, TODAY)
    assert made.format.mapper is not None and treated.fields is not None
    return dict(zip(made.format.mapper.names, made.format.mapper.row(treated.fields), strict=True))


def run(*arguments: str, code: int = 0) -> str:
    """What a command says."""
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    return result.output if code else result.stdout
