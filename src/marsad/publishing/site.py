"""Site: what may leave, as folders of pages that open from a disk or any host and ask nothing of another machine.

Every page is made of leaving records as a profile has treated them (``marsad.exports``), and of nothing else of the register.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from sqlalchemy import Connection

from marsad.counting.dossier import GRADES
from marsad.errors import InputError, MarsadError
from marsad.exports.formats import format_of
from marsad.exports.meanings import meaning
from marsad.exports.outgoing import Choice, Outcome, outgoing, written_again
from marsad.gazetteer import default
from marsad.gazetteer.entry import Entry
from marsad.lexicon.table import read_table
from marsad.publishing import drawing, releases
from marsad.publishing.faces import country_name, face, grade_of, killed
from marsad.publishing.method import measures, rules, uncommented
from marsad.publishing.shapes import shapes_text
from marsad.publishing.words import LANGUAGES, text, value

__all__ = ["FORMATS", "Published", "Texts", "publish"]

# What can be downloaded.
FORMATS = ("csv", "geojson", "hxl", "json")
_PAGE, _FIRST = 200, 10


@dataclass(frozen=True, slots=True)
class Texts:
    """What the method page quotes: the files of policy and profile, and the licence under which the data is given, if any."""

    policy: str
    profile: str
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """What was written: how many incidents, what stayed and was held back, and of a release what changed and the hash of its bundle."""

    outcome: Outcome
    changes: releases.Changes | None = None
    bundle: Path | None = None
    sha256: str = ""


def publish(
    connection: Connection, choice: Choice, folder: Path, texts: Texts, *, release: bool = False, against: Path | None = None
) -> Published:
    """Write the site into a folder, in place of one that was written there before.

    Args:
        connection: a transaction that sees one state.
        choice: profile, policy, which incidents, and the day from which embargoes are counted; its format is not looked at.
        folder: where; it must be empty, missing, or a site.
        texts: for the method page.
        release: write a manifest, a page of changes and a bundle beside the folder.
        against: the folder or manifest of the release before; None: the one that is in the folder, if it is of an earlier day.

    Raises:
        InputError: the folder holds other things, or ``against`` is no release.
        MarsadError: the folder cannot be written.
    """
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / "assets" / "site.css").is_file())):
        raise InputError(f"{folder}: holds something else than a site; name an empty or a new folder")
    if not folder.parent.is_dir():
        raise InputError(f"{folder}: there is no folder {folder.parent}")
    before = _before(folder, against, choice.today) if release else None
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        made = _Site(connection, choice, part, texts).write(before, release)
        if folder.exists():
            shutil.rmtree(folder)
        part.replace(folder)
        if not release:
            return made
        target = folder.with_name(f"{folder.name}-{choice.today}.zip")
        return replace(made, bundle=target, sha256=releases.bundle(folder, target))
    except OSError as error:
        raise MarsadError(f"{folder}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _before(folder: Path, against: Path | None, today: str) -> dict[str, Any] | None:
    if against is not None:
        return releases.read_manifest(against)
    if not (folder / releases.MANIFEST).is_file():
        return None
    found = releases.read_manifest(folder)
    if found["day"] >= today:
        raise InputError(
            f"{folder}: holds the release of {found['day']}; name the one before with --against, or another day with --as-of"
        )
    return found


class _Site:
    def __init__(self, connection: Connection, choice: Choice, folder: Path, texts: Texts) -> None:
        self.connection, self.folder, self.texts = connection, folder, texts
        self.choice = replace(choice, format=format_of("json"))
        self.outcome = Outcome()
        self.files: list[tuple[str, str, str]] = []
        self.environment = Environment(
            loader=PackageLoader("marsad.publishing"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.released = False

    def write(self, before: Mapping[str, Any] | None, release: bool) -> Published:
        self.folder.mkdir()
        self.released = release
        for name in ("site.css", "list.js", "map.js"):
            self._put(f"assets/{name}", files("marsad.publishing").joinpath(f"assets/{name}").read_text("utf-8"))
        # As a script, since a page that is opened from a folder may not ask for files.
        self._put("assets/shapes.js", f"window.shapes = {shapes_text().strip()};\n")
        records = [t.fields or {} for t, _ in outgoing(self.connection, self.choice, self.outcome)]
        (self.folder / "data").mkdir()
        for name in FORMATS:
            form = format_of(name)
            path = self.folder / "data" / f"incidents-{name}.{form.ending}"
            # Of the records that are there already: what left once need not be counted again.
            self.files.append((path.name, form.about, written_again(replace(self.choice, format=form), path, records)))
        records.sort(key=lambda r: ((r.get("date") or {}).get("start") or "", r["code"]), reverse=True)
        hashes = {r["code"]: releases.record_hash(r) for r in records}
        changes = releases.changes(hashes, before) if release else None
        for language in LANGUAGES:
            self._language(language, records, changes)
        self._root()
        if changes is not None:
            about = self.choice.about()
            self._put(releases.MANIFEST, releases.manifest(self.folder, about, self.choice.today, hashes, changes))
        return Published(self.outcome, changes)

    # -- pages of one language ----------------------------------------------------------------------------------

    def _language(self, language: str, records: Sequence[Mapping[str, Any]], changes: releases.Changes | None) -> None:
        t = partial(text, language)
        faces = [face(record, language) for record in records]
        months = _months(records)
        counts = drawing.bars({m: n for m, n, _, _ in months}, t("by_month.count"))
        ranges = drawing.ranges({m: (low, high) for m, _, low, high in months}, t("by_month"))
        dead = [k for k in map(killed, records) if k]
        total = (sum(low for low, _ in dead), sum(high for _, high in dead))
        put = partial(self._page, language)
        put("index.html", "front.html", t("home"), faces=faces[:_FIRST], total=len(faces), dead=total, chart=counts)
        self._list(language, faces, put)
        for f in faces:
            drawn = _spot(f["point"], f["area"], t("map.one")) if f["point"] else None
            told = {f"{day} ({n})": (low, high) for day, low, high, n in f["timeline"]}
            chart = drawing.ranges(told, t("timeline")) if len(told) > 1 else None
            put(f"i/{f['code']}.html", "incident.html", f["title"], f=f, map=drawn, chart=chart)
        put("map.html", "map.html", t("map"), current="map", maps=list(_maps(faces, language)), filters=_filters(faces, language))
        put("charts.html", "charts.html", t("charts"), current="charts", counts=counts, dead=ranges, months=months)
        put(
            "data.html",
            "data.html",
            t("data"),
            current="data",
            files=self._files(language),
            fields=self._fields(language),
            formats=_columns(language),
        )
        put("method.html", "method.html", t("method"), current="method", **self._method(records, language, changes))
        if changes is not None:
            put("changes.html", "changes.html", t("changes"), current="changes", changes=changes.to_dict())

    def _list(self, language: str, faces: Sequence[Mapping[str, Any]], put: Callable[..., None]) -> None:
        t = partial(text, language)
        filters = _filters(faces, language)
        pages = max(1, -(-len(faces) // _PAGE))
        for n in range(1, pages + 1):
            name = "list.html" if n == 1 else f"list-{n}.html"
            shown = faces[(n - 1) * _PAGE : n * _PAGE]
            put(
                name,
                "list.html",
                t("list"),
                current="list",
                faces=shown,
                filters=filters,
                page=n,
                pages=pages,
                numbers=range(1, pages + 1),
            )
        rows = [
            {
                "code": f["code"], "title": f["title"], "days": f["days"], "place": f["place"], "killed": _range(f["killed"]),
                "graded": f["grade_name"], "country": f["country"], "type": f["kind"], "year": f["start"][:4], "grade": f["grade"],
                "at": f["point"], "area": f["area"],
            }
            for f in faces
        ]  # fmt: skip
        told = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
        named = [(country_name(e.country, language), (e.latitude, e.longitude)) for e in _countries()]
        self._put(f"assets/incidents-{language}.js", f"window.incidents = {told(rows)};\nwindow.countries = {told(named)};\n")

    def _files(self, language: str) -> list[tuple[str, str, str]]:
        return [(name, meaning(about, language), told) for name, about, told in self.files]

    def _fields(self, language: str) -> list[tuple[str, str]]:
        let = set(self.choice.profile.fields)
        return [(row["field"], meaning(row["what"], language)) for row in read_table("exports/fields.tsv") if row["field"] in let]

    def _method(self, records: Sequence[Mapping[str, Any]], language: str, changes: releases.Changes | None) -> dict[str, Any]:
        publishers: Counter[str] = Counter(
            r.get("publisher") or text(language, "unnamed") for record in records for r in record.get("reports") or ()
        )
        grades = Counter(grade_of(record) for record in records)
        held = [(name, why.text(language), n) for name, why, n in self.outcome.listed()]
        return {
            "publishers": sorted(publishers.items(), key=lambda p: (-p[1], p[0])), "profile": self.choice.profile,
            "policy_text": uncommented(self.texts.policy), "profile_text": uncommented(self.texts.profile), "licence": self.texts.licence, "held": held,
            "grades": [(value(language, "grade", g), grades[g, True], grades[g, False]) for g in (*GRADES, "none")], "measures": measures(language),
            "rules": rules(self.choice.profile, language), "changes": changes.to_dict() if changes else None, "program": version("marsad"),
            "conventions": [meaning(source, language) for source in self.choice.policy.sources],
            "policy_about": meaning(self.choice.policy.about, language), "profile_about": meaning(self.choice.profile.about, language),
        }  # fmt: skip

    def _page(self, language: str, path: str, template: str, title: str, *, current: str = "", **values: Any) -> None:
        other = "en" if language == "ar" else "ar"
        given = {
            "lang": language, "other": other, "path": path, "up": "../" * (path.count("/") + 1), "title": title, "current": current,
            "t": partial(text, language), "policy": self.choice.policy, "day": self.choice.today, "released": self.released,
        }  # fmt: skip
        self._put(f"{language}/{path}", self.environment.get_template(template).render(given | values))

    def _root(self) -> None:
        """The first page is the Arabic one; a host or a double click leads to it."""
        links = "".join(
            f'<p lang="{lang}" dir="{way}"><a href="{lang}/index.html">{text(lang, "title")}</a></p>'
            for lang, way in (("ar", "rtl"), ("en", "ltr"))
        )
        self._put(
            "index.html",
            f'<!doctype html>\n<html lang="ar" dir="rtl">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, '
            f'initial-scale=1"><title>{text("ar", "title")} · {text("en", "title")}</title><link rel="stylesheet" href="assets/site.css">'
            f'</head>\n<body><main><h1>{text("ar", "title")} · <span lang="en">{text("en", "title")}</span></h1>{links}</main></body>\n</html>\n',
        )

    def _put(self, name: str, content: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8", newline="\n")


def _filters(faces: Sequence[Mapping[str, Any]], language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """By what incidents are chosen, each with its values and their words."""
    countries = {(f["country"], country_name(f["country"], language)) for f in faces if f["country"]}
    return [
        ("country", sorted(countries, key=lambda p: p[1])),
        ("type", sorted({(f["kind"], f["type"]) for f in faces}, key=lambda p: p[1])),
        ("year", [(y, y) for y in sorted({f["start"][:4] for f in faces if f["start"]}, reverse=True)]),
        ("grade", [(g, value(language, "grade", g)) for g in (*GRADES, "none") if any(f["grade"] == g for f in faces)]),
    ]


def _countries() -> list[Entry]:
    """Countries that maps name."""
    found = (default().country(row["code"]) for row in read_table("exports/countries.tsv"))
    return [entry for entry in found if entry is not None]


@lru_cache(maxsize=4096)
def _spot(point: tuple[float, float], area: tuple[str, float] | None, label: str) -> Markup:
    """The map of one place."""
    return drawing.map_of({point: 1}, label, 360, areas={point: area} if area else None)


def _range(told: tuple[int, int] | None) -> str:
    if told is None:
        return ""
    return str(told[0]) if told[0] == told[1] else f"{told[0]}\u2013{told[1]}"


def _months(records: Sequence[Mapping[str, Any]]) -> list[tuple[str, int, int, int]]:
    """Month, incidents, and the least and the most of the dead, in order; incidents without a day are in none."""
    found: dict[str, list[int]] = {}
    for record in records:
        start = (record.get("date") or {}).get("start")
        if start:
            low, high = killed(record) or (0, 0)
            row = found.setdefault(start[:7], [0, 0, 0])
            row[0], row[1], row[2] = row[0] + 1, row[1] + low, row[2] + high
    return [(month, n, low, high) for month, (n, low, high) in sorted(found.items())]


def _maps(
    faces: Sequence[Mapping[str, Any]], language: str
) -> Iterator[tuple[str, Any, list[tuple[str, tuple[float, float], int]]]]:
    """For each country its map and its places."""
    countries: dict[str, dict[tuple[float, float], list[str]]] = {}
    areas: dict[str, dict[tuple[float, float], tuple[str, float]]] = {}
    for f in faces:
        if f["point"]:
            countries.setdefault(f["country"], {}).setdefault(f["point"], []).append(f["place"])
            if f["area"]:
                held = areas.setdefault(f["country"], {}).setdefault(f["point"], f["area"])
                areas[f["country"]][f["point"]] = max(held, f["area"])
    for code, points in sorted(countries.items(), key=lambda p: (-sum(map(len, p[1].values())), p[0])):
        name = country_name(code, language) or text(language, "unknown")
        drawn = drawing.map_of(
            {point: len(places) for point, places in points.items()},
            f"{text(language, 'map')}: {name}",
            names={point: _short(min(places), language) for point, places in points.items()},
            areas=areas.get(code),
        )
        rows = [(min(places), point, len(places)) for point, places in points.items()]
        yield name, drawn, sorted(rows, key=lambda r: (-r[2], r[0], r[1]))


def _short(place: str, language: str) -> str:
    return place.split(", " if language == "en" else "\u060c ")[0]


def _columns(language: str) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The columns of what can be downloaded."""
    found = []
    for name in FORMATS:
        mapper = format_of(name).mapper
        if mapper is not None:
            found.append((name, [(c.name, meaning(c.about, language), c.rule) for c in mapper.columns]))
    return found
