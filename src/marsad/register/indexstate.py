"""Index state: what the index for searching was made by, and whether it can be brought up to date or must be made anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from sqlalchemy import Connection, func, select

from marsad.register import schema

__all__ = ["KEY", "cutting", "missing", "state", "wording"]

KEY = "search"
# What makes words of texts and marks of days: if it changes, old rows cannot be taken out by the words of today.
_CUTTING = ("text/fold.py", "text/tokens.py", "search/facets.py")
_WORDS = ("search/words.py", "search/lexemes.py", "lexicon/clitics.py", "lexicon/inflect.py", "packs/ar")
_dc, _sd = schema.document.c, schema.search_document.c


def state(connection: Connection) -> dict[str, str]:
    """What the index was made by; empty where it was not made yet."""
    found = connection.scalar(select(schema.setting.c.value).where(schema.setting.c.key == KEY))
    return {} if found is None else json.loads(found)


def missing(connection: Connection) -> int:
    """How many documents the index lacks."""
    wanted = (
        select(func.count())
        .select_from(schema.document)
        .outerjoin(schema.search_document, _sd.document_id == _dc.id)
        .where(_sd.number.is_(None) | (_sd.version != _dc.current_version))
    )
    return int(connection.scalar(wanted) or 0)


@cache
def cutting() -> str:
    """A hash of what cuts texts into words."""
    return _hash(_CUTTING)


@cache
def wording() -> str:
    """A hash of what tells under which terms words stand."""
    return _hash(_WORDS)


def _hash(names: Sequence[str]) -> str:
    seal = hashlib.sha256()
    for name in names:
        item = files("marsad").joinpath(*name.split("/"))
        found = (
            [item] if item.is_file() else sorted((c for d in (item, item / "lexicon") for c in d.iterdir()), key=lambda c: c.name)
        )
        for file in found:
            if file.is_file():
                seal.update(file.read_bytes())
    return seal.hexdigest()[:12]
