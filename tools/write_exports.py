"""Write the tables of docs/exports.md from the tables that the engine runs: ``python tools/write_exports.py [--check]``.

Formats with their columns, what each is made from and by whose rule; the fields of a leaving record and which profiles let them out.
``--check`` writes nothing and fails where the page is not current.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from marsad.exports.mapping import mapping
from marsad.exports.profiles import profile, profiles
from marsad.lexicon.table import read_table

PAGE = Path(__file__).parents[1] / "docs" / "exports.md"
_MARKS = "<!-- {0}: begin -->", "<!-- {0}: end -->"


def formats() -> Iterator[str]:
    """Sections of all formats."""
    shown: dict[str, str] = {}
    for row in read_table("exports/formats.tsv"):
        yield f"### {row['format']}"
        yield ""
        yield f"{row['about']}. Counted by `{row['policy']}` unless told otherwise. Lost: {row['loss']}"
        yield ""
        name = row["mapping"]
        if not name:
            yield "The fields of the record are listed below; [export.schema.json](export.schema.json) is its JSON Schema."
        elif name in shown:
            yield f"The columns are those of [{shown[name]}](#{shown[name]})."
        else:
            shown[name] = row["format"]
            yield from columns(name)
        yield ""


def columns(name: str) -> Iterator[str]:
    """The table of a mapping."""
    tags = any(column.tag for column in mapping(name))
    yield "| column |" + (" tag |" if tags else "") + " holds | made from | rule | rule's source |"
    yield "| --- |" + (" --- |" if tags else "") + " --- | --- | --- | --- |"
    for c in mapping(name):
        tag = f" `{c.tag}` |" if tags else ""
        yield f"| `{c.name}` |{tag} {c.about} | {', '.join(c.source)} | `{c.how}` | {c.rule} |"


def fields() -> Iterator[str]:
    """The fields of a record and who lets them out."""
    names = profiles()
    yield f"| field | holds | {' | '.join(names)} |"
    yield "| --- | --- |" + " --- |" * len(names)
    for row in read_table("exports/fields.tsv"):
        out = ["yes" if row["field"] in profile(name).fields else "" for name in names]
        yield f"| `{row['field']}` | {row['what']} | {' | '.join(out)} |"


def working_table() -> Iterator[str]:
    """The columns of the working table."""
    yield "| column | changes are taken | holds |"
    yield "| --- | --- | --- |"
    for row in read_table("exports/table.tsv"):
        yield f"| `{row['column']}` | {row['edit']} | {row['about']} |"


def page() -> str:
    """The page with its tables made anew."""
    text = PAGE.read_text("utf-8")
    for name, lines in (("formats", formats()), ("fields", fields()), ("table", working_table())):
        begin, end = (mark.format(name) for mark in _MARKS)
        before, rest = text.split(begin)
        table = "\n".join(line.rstrip() for line in lines).strip()
        text = f"{before}{begin}\n\n{table}\n\n{end}{rest.split(end)[1]}"
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the tables of docs/exports.md.")
    parser.add_argument("--check", action="store_true", help="only say whether the page is current")
    made = page()
    if parser.parse_args().check:
        if made != PAGE.read_text("utf-8"):
            sys.exit(f"{PAGE.name} is not current; write it with: python tools/write_exports.py")
        return
    PAGE.write_text(made, "utf-8")


if __name__ == "__main__":
    main()
