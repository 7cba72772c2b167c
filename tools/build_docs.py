"""Build the guide for users as a static site: ``python tools/build_docs.py [FOLDER]`` (``build/docs`` by default).

The pages stand in ``docs/guide`` in Arabic and English; the dictionary of data is made from the schema of claims (its words: ``fields.tsv``) and
from the tables of the exports, the figures from those that the tests hold. The site opens from a folder and asks for nothing outside. Two builds are the same byte for byte.
"""

from __future__ import annotations

import html
import json
import re
import sys
from functools import partial
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from marsad.exports.mapping import mapping
from marsad.exports.meanings import meaning as explained
from marsad.lexicon.table import read_table
from marsad.publishing.method import measures

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "guide"
LANGUAGES = {
    "ar": ("rtl", "دليل مرصد", "معجم البيانات", "الحقل", "معناه", "English"),
    "en": ("ltr", "Guide to Marsad", "Data dictionary", "Field", "Meaning", "العربية"),
}
_PARTS = {"ar": ("الادعاء", "سجل الحادث", "جدول العمل"), "en": ("Claim", "Record of an incident", "Working table")}
STYLE = """body{font-family:system-ui,sans-serif;line-height:1.7;max-width:52rem;margin:0 auto;padding:1rem 1.25rem;color:#1d2024;background:#fbfaf8}
nav{display:flex;flex-wrap:wrap;gap:1rem;border-bottom:1px solid #dcd8d0;padding-block:.6rem}a{color:#0b5c6b}nav a[aria-current]{font-weight:700;text-decoration:none}
pre,code{direction:ltr;unicode-bidi:isolate;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.9em}pre{text-align:left;background:#f2f0ec;padding:.8rem;overflow-x:auto}
table{border-collapse:collapse;width:100%}th,td{text-align:start;padding:.3rem .5rem;border-bottom:1px solid #dcd8d0;vertical-align:top}
@media (prefers-color-scheme:dark){body{color:#e8e6e2;background:#16181b}pre{background:#272b30}a{color:#6cc5d6}nav,th,td{border-color:#3a3f46}}
"""


def commands(text: str) -> list[tuple[str, str]]:
    """The commands of the blocks marked ``console``, each with words that its output must hold."""
    found: list[tuple[str, str]] = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], ""))
            elif found:
                found[-1] = (found[-1][0], line)
    return found


def shown(text: str) -> str:
    """A page as readers see it: commands without the words that tests look for."""

    def only(block: re.Match[str]) -> str:
        lines = [line[2:] for line in block[1].splitlines() if line.startswith("$ ")]
        return "```console\n" + "\n".join(lines) + "\n```"

    return re.sub(r"```console\n(.*?)```", only, text, flags=re.DOTALL)


def dictionary(language: str) -> str:
    """The fields of claims by their schema, and the columns of each format by its mapping table."""
    _, _, title, field, meaning, _ = LANGUAGES[language]
    schema = json.loads((ROOT / "docs" / "claim.schema.json").read_text("utf-8"))
    words = {row[0]: row[1 + list(LANGUAGES).index(language)] for row in field_rows()}
    named = partial(explained, language=language)
    claim, record, table = _PARTS[language]
    parts = [f"<h1>{title}</h1>", f"<h2>{claim}</h2>", _table(field, meaning, [(f, words[f]) for f in fields(schema, schema)])]
    parts += [
        f"<h2>{record}</h2>",
        _table(field, meaning, [(row["field"], named(row["what"])) for row in read_table("exports/fields.tsv")]),
    ]
    for row in read_table("exports/formats.tsv"):
        full = "." if row["about"][-1] != "." else ""
        parts.append(
            f"<h2 dir='ltr'>{html.escape(row['format'])}</h2><p>{html.escape(named(row['about']))}{full} {html.escape(named(row['loss']))}</p>"
        )
        if row["mapping"]:
            parts.append(_table(field, meaning, [(c.name, named(c.about)) for c in mapping(row["mapping"])]))
    parts += [
        f"<h2>{table}</h2>",
        _table(field, meaning, [(row["column"], named(row["about"])) for row in read_table("exports/table.tsv")]),
    ]
    return "\n".join(parts)


def field_rows() -> list[list[str]]:
    """Fields of claims with their meanings in Arabic and English."""
    return [line.split("\t") for line in (GUIDE / "fields.tsv").read_text("utf-8").splitlines()[1:]]


def fields(schema: dict[str, Any], node: dict[str, Any], before: str = "") -> list[str]:
    """The fields of claims by their schema, those within others behind a dot."""
    found = []
    for name, told in node.get("properties", {}).items():
        inner = told.get("items", told)
        if "$ref" in inner:
            inner = schema["$defs"][inner["$ref"].rpartition("/")[2]]
        found.append(before + name)
        if inner.get("properties") and not before:
            found += fields(schema, inner, f"{before}{name}.")
    return found


def figures(language: str) -> str:
    """The figures of reading as a table in Markdown."""
    heads = {"ar": ("الخانة", "تقارير لم تُر", "عينات"), "en": ("slot", "reports not seen", "samples")}[language]
    lines = [f"| {' | '.join(heads)} |", "| --- | ---: | ---: |"]
    return "\n".join(lines + [f"| {' | '.join(row)} |" for row in measures(language)])


def _table(field: str, meaning: str, rows: list[tuple[str, str]]) -> str:
    body = "".join(f"<tr><td><code>{html.escape(a)}</code></td><td>{html.escape(b)}</td></tr>" for a, b in rows)
    return (
        f"<table><thead><tr><th scope='col'>{field}</th><th scope='col'>{meaning}</th></tr></thead><tbody>{body}</tbody></table>"
    )


def build(to: Path) -> None:
    """Write the site."""
    reader = MarkdownIt("commonmark").enable("table")
    for language, (direction, name, data, _, _, other) in LANGUAGES.items():
        pages = {
            p.stem: shown(p.read_text("utf-8")).replace("{measures}", figures(language))
            for p in sorted((GUIDE / language).glob("*.md"))
        }
        titles = {stem: text.splitlines()[0].removeprefix("# ") for stem, text in pages.items()} | {"6-data": data}
        bodies = {stem: reader.render(text) for stem, text in pages.items()} | {"6-data": dictionary(language)}
        (to / language).mkdir(parents=True, exist_ok=True)
        for stem, body in bodies.items():
            links = "".join(
                f'<a href="{s}.html"{" aria-current=" + chr(34) + "page" + chr(34) if s == stem else ""}>{html.escape(t)}</a>'
                for s, t in titles.items()
            )
            away = next(code for code in LANGUAGES if code != language)
            page = (
                f'<!doctype html>\n<html lang="{language}" dir="{direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
                f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'\"><title>{html.escape(titles[stem])} · {name}</title>"
                f'<link rel="stylesheet" href="../guide.css"></head><body><nav aria-label="{name}">{links}<a href="../{away}/{stem}.html" lang="{away}">{other}</a></nav>'
                f"<main>{body}</main></body></html>\n"
            )
            (to / language / f"{stem}.html").write_text(page, "utf-8")
    (to / "guide.css").write_text(STYLE, "utf-8")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "docs"
    build(target)
    print(f"{target}: the guide in {', '.join(LANGUAGES)}")
