"""Formats: what there is to export to, by ``packs/exports/formats.tsv``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from marsad.errors import InputError
from marsad.exports import acled, airwars, ucdp
from marsad.exports.mapping import Mapper, mapping
from marsad.exports.writers import BESIDE, WRITERS
from marsad.exports.writers.sheet import Sheet, Writer
from marsad.lexicon.reasons import Reason, escaped, refusal
from marsad.lexicon.table import read_table

__all__ = ["Format", "format_of", "formats"]

_LEAVES: dict[str, Callable[[dict[str, Any]], Reason | None]] = {
    "": lambda fields: None, "acled": acled.leaves, "airwars": airwars.leaves, "ucdp": ucdp.leaves,
}  # fmt: skip
# What the rules of leaving look at.
_LOOKED = {"": (), "acled": ("date", "country", "count"), "airwars": ("grade",), "ucdp": ("date", "country", "count")}


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        name, ending, about: what it is called, how its files end, what it is.
        policy: by which it counts unless another is told.
        mapper: makes its rows; None where the whole record leaves. fields: that it needs, empty for all.
        writer: makes the file; beside: what stands beside it (how its name ends, and what makes its text), or None.
        leaves: why an incident has no row, or None where it has one.
    """

    name: str
    ending: str
    about: str
    policy: str
    mapper: Mapper | None
    fields: frozenset[str]
    writer: Writer
    leaves: Callable[[dict[str, Any]], Reason | None]
    beside: tuple[str, Callable[[Sheet, str], str]] | None = None


def formats() -> tuple[str, ...]:
    """Names of the formats."""
    return tuple(row["format"] for row in read_table("exports/formats.tsv"))


@lru_cache(maxsize=64)
def format_of(name: str) -> Format:
    """A format by its name.

    Raises:
        InputError: there is none of that name.
    """
    row = next((row for row in read_table("exports/formats.tsv") if row["format"] == name), None)
    if row is None:
        raise InputError(refusal("format.none", name=escaped(name), names=formats()))
    mapper = Mapper(mapping(row["mapping"])) if row["mapping"] else None
    fields = mapper.fields | {*_LOOKED[row["leaves"]], *row.list("more")} if mapper else frozenset[str]()
    return Format(
        name, row["ending"], row["about"], row["policy"], mapper, fields, WRITERS[row["writer"]], _LEAVES[row["leaves"]],
        BESIDE.get(row["writer"]),
    )  # fmt: skip
