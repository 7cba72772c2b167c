"""Layers of the user: read, checked, written whole or not at all."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from marsad.errors import InputError
from marsad.gazetteer.files import read_places
from marsad.gazetteer.layers import LayerFolder, SqliteLayer, open_gazetteer
from marsad.gazetteer.learning import learn


def dump_row(
    number: int, name: str, others: str, latitude: str, longitude: str, code: str = "PPL", feature: str = "P", admin: str = "07"
) -> str:
    cells = [
        str(number),
        name,
        name,
        others,
        latitude,
        longitude,
        feature,
        code,
        "SY",
        "",
        admin,
        "",
        "",
        "",
        "900",
        "",
        "",
        "Asia/Damascus",
        "2024-01-01",
    ]
    return "\t".join(cells)


@pytest.fixture
def folder(tmp_path: Path) -> LayerFolder:
    return LayerFolder(tmp_path / "gazetteer")


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "SY.txt"
    rows = [
        dump_row(900001, "Tall al Milh", "تل الملح", "34.9", "40.7"),
        dump_row(900002, "Dayr az Zawr", "دير الزور", "35.3", "40.1", "ADM1", "A"),
        dump_row(900003, "Some Stream", "", "35.3", "40.2", "STM", "H"),
    ]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def test_a_geonames_dump_becomes_a_layer(folder: LayerFolder, dump: Path) -> None:
    info = folder.add("sy", read_places(dump), "GeoNames", "CC BY 4.0")
    assert info.places == 3
    gazetteer = open_gazetteer(folder.folder)
    (place,) = [e for e in gazetteer.named("تل الملح") if e.layer == "sy"]
    assert (place.id, place.kind, place.parent) == ("geonames:900001", "village", "geonames:900002")
    assert gazetteer.parents(place)[-1].country == "SY"
    assert gazetteer.search("Tell al-Milh", 3)[0][0].id == "geonames:900001"


def test_alternate_names_are_joined_by_id(folder: LayerFolder, dump: Path, tmp_path: Path) -> None:
    names = tmp_path / "alternateNamesV2.txt"
    names.write_text("1\t900001\tar\tتلة الملح\t1\t\t\t\t\t\n2\t900001\tlink\thttps://example.org\t\t\t\t\t\t\n", "utf-8")
    folder.add("sy", read_places(dump, names), "GeoNames", "CC BY 4.0")
    assert [e.name for e in open_gazetteer(folder.folder).named("تله الملح")] == ["تلة الملح"]


def test_a_zip_is_read_like_its_table(folder: LayerFolder, dump: Path, tmp_path: Path) -> None:
    packed = tmp_path / "SY.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "notes")
        archive.write(dump, "SY.txt")
    assert folder.add("sy", read_places(packed), "GeoNames", "CC BY 4.0").places == 3


def test_ocha_units_keep_their_chain(folder: LayerFolder, tmp_path: Path) -> None:
    table = tmp_path / "adm.csv"
    table.write_text(
        "ADM1_EN,ADM1_AR,ADM1_PCODE,ADM2_EN,ADM2_AR,ADM2_PCODE,center_lat,center_lon\n"
        "Deir-ez-Zor,دير الزور,SY09,Abu Kamal,البوكمال,SY0902,34.45,40.92\n",
        "utf-8",
    )
    folder.add("ocha", read_places(table), "OCHA", "CC BY 3.0 IGO")
    layer = SqliteLayer(folder.folder / "ocha.sqlite")
    unit = layer.get("pcode:SY0902")
    assert unit is not None and unit.kind == "district" and unit.parent == "pcode:SY09" and unit.country == "SY"


def test_geojson_gives_centre_and_radius(folder: LayerFolder, tmp_path: Path) -> None:
    square = [[[40.0, 34.0], [41.0, 34.0], [41.0, 35.0], [40.0, 35.0], [40.0, 34.0]]]
    feature = {
        "type": "Feature",
        "properties": {"admin1Name_en": "Testland", "admin1Name_ar": "أرض التجربة", "admin1Pcode": "SY99"},
        "geometry": {"type": "Polygon", "coordinates": square},
    }
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    folder.add("g", read_places(path), "OCHA", "CC BY 3.0 IGO")
    unit = SqliteLayer(folder.folder / "g.sqlite").get("pcode:SY99")
    assert unit is not None and (unit.latitude, unit.longitude) == (34.5, 40.5) and 60 < unit.radius < 90


def test_xlsx_is_read(folder: LayerFolder, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["name", "latin", "latitude", "longitude", "country"])
    book.active.append(["مزرعة الوادي", "Mazraat al-Wadi", 34.5, 40.5, "SY"])
    book.save(tmp_path / "p.xlsx")
    assert folder.add("x", read_places(tmp_path / "p.xlsx"), "me", "own").places == 1


def test_own_places_come_first(folder: LayerFolder, dump: Path, tmp_path: Path) -> None:
    folder.add("zz", read_places(dump), "GeoNames", "CC BY 4.0")
    pinned = tmp_path / "pinned.tsv"
    pinned.write_text("name\tcountry\tlatitude\tlongitude\nتل الملح\tSY\t34.8\t40.6\n", "utf-8")
    folder.add("own", read_places(pinned), "us", "own")
    assert open_gazetteer(folder.folder).named("تل الملح")[0].layer == "own"


def test_places_are_learned_from_incidents(folder: LayerFolder, tmp_path: Path) -> None:
    sheet = tmp_path / "incidents.csv"
    sheet.write_text(
        "place,country,lat,lon\nالمزرعة الشرقية,SY,34.50,40.50\nالمزرعة الشرقية,SY,34.52,40.52\n"
        "مكان بعيد,SY,34.5,40.5\nمكان بعيد,SY,36.5,37.0\nهجين,SY,34.69,40.83\n",
        "utf-8",
    )
    from marsad.gazetteer import default

    records = list(learn(sheet, default()))
    assert [(r.names[0], r.latitude) for r in records] == [("المزرعة الشرقية", 34.51)]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", "name,latitude,longitude\nقرية,95.0,40\n", ":2: coordinates"),
        ("b.csv", "name,country,latitude,longitude\nقرية,SY,40.5,34.5\nأخرى,SA,45.0,24.5\n", "swapped"),
        ("b2.csv", "name,country,latitude,longitude\nقرية,SY,40.5,34.9\n", ":2: coordinates 40.5, 34.9 look swapped"),
        ("b3.csv", "name,latitude,longitude\nقر\u0000ية,34,40\n", ":2: a name with a control character"),
        ("c.csv", "name,latitude,longitude\nقرية,abc,40\n", ":2: column latitude"),
        ("d.csv", "id,name,latitude,longitude\n7,قرية,34,40\n7,أخرى,34,41\n", ":3: id own:7 stands in line 2"),
        ("e.csv", "colour,shape\nred,round\n", ":1: no column of names"),
        ("f.csv", "name,latitude,longitude\nقرية,34\n", ":2: 2 cells where the header has 3"),
        ("g.csv", 'name,latitude,longitude\n"قرية,34,40\n', "quotation mark"),
        ("h.csv", "name,latitude,longitude\nقرية,34,\n", ":2: only one of latitude and longitude"),
        ("i.csv", "name,kind\nقرية,village\n,town\n", ":3: no name"),
        ("j.geojson", '{"type": "FeatureCollection", "features": [', "no valid JSON"),
        ("k.geojson", "[]", "no FeatureCollection"),
        ("l.doc", "x", "are not understood"),
        ("m.csv", "", "the file is empty"),
    ],
)
def test_bad_tables_are_refused_whole(folder: LayerFolder, tmp_path: Path, name: str, content: str, told: str) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=".") as error:
        folder.add("bad", read_places(path), "x", "x")
    assert told in str(error.value)
    assert folder.paths() == [] and not list(tmp_path.glob("gazetteer/.*"))


def test_a_dump_that_is_cut_off_names_its_line(folder: LayerFolder, dump: Path) -> None:
    dump.write_text(dump.read_text("utf-8")[:-60], "utf-8")
    with pytest.raises(InputError, match=r"SY\.txt:3: .* columns where a GeoNames dump has 19; the file may be cut off"):
        folder.add("sy", read_places(dump), "GeoNames", "CC BY 4.0")
    assert folder.paths() == []


def test_another_encoding_names_its_line(folder: LayerFolder, tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes(b"name,latitude,longitude\n" + "قرية,34,40\n".encode("cp1256"))
    with pytest.raises(InputError, match=r"old\.csv:2: not UTF-8"):
        folder.add("old", read_places(path), "x", "x")


def test_a_mixed_encoding_names_the_line_where_it_changes(folder: LayerFolder, tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    path.write_bytes("name,latitude,longitude\nقرية,34,40\n".encode() + "بلدة,34,40\n".encode("cp1256"))
    with pytest.raises(InputError, match=r"mixed\.csv:3: not UTF-8"):
        folder.add("mixed", read_places(path), "x", "x")
    assert folder.paths() == []


@pytest.mark.parametrize(("told", "code"), [("IQ", "IQ"), ("irq", "IQ"), ("LBY", "LY"), ("Iraq", "IQ"), ("اليمن", "YE")])
def test_countries_are_told_by_code_or_name(tmp_path: Path, told: str, code: str) -> None:
    path = tmp_path / "c.csv"
    path.write_text(f"name,country\nقرية الوادي,{told}\n", "utf-8")
    assert [r.country for r in read_places(path)] == [code]


def test_a_damaged_archive_is_told(folder: LayerFolder, tmp_path: Path) -> None:
    path = tmp_path / "SY.zip"
    path.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(InputError, match="damaged"):
        folder.add("sy", read_places(path), "GeoNames", "CC BY 4.0")


def test_a_failed_replacement_leaves_the_old_layer(folder: LayerFolder, dump: Path, tmp_path: Path) -> None:
    folder.add("sy", read_places(dump), "GeoNames", "CC BY 4.0")
    bad = tmp_path / "bad.csv"
    bad.write_text("name,latitude,longitude\nقرية,99,40\n", "utf-8")
    with pytest.raises(InputError):
        folder.add("sy", read_places(bad), "x", "x", replace=True)
    assert folder.infos()[0].places == 3


def test_names_of_layers_are_checked(folder: LayerFolder, dump: Path) -> None:
    for name in ("../x", "marsad", ""):
        with pytest.raises(InputError, match="no name for a layer"):
            folder.add(name, read_places(dump), "x", "x")
    folder.add("sy", read_places(dump), "x", "x")
    with pytest.raises(InputError, match="already"):
        folder.add("sy", read_places(dump), "x", "x")


def test_layers_are_removed_by_name(folder: LayerFolder, dump: Path) -> None:
    folder.add("sy", read_places(dump), "x", "x")
    folder.remove("sy")
    assert folder.paths() == []
    with pytest.raises(InputError, match="there is no layer sy"):
        folder.remove("sy")


def test_a_damaged_layer_is_told(folder: LayerFolder) -> None:
    folder.folder.mkdir(parents=True)
    (folder.folder / "sy.sqlite").write_bytes(b"no database at all, only some bytes" * 40)
    with pytest.raises(InputError, match="damaged"):
        folder.layers()
