"""Expression: what must stand in an index, written for the full-text search of SQLite (FTS5) or of PostgreSQL.

Terms are quoted, so nothing in them can be read as an operator.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product

__all__ = ["But", "Either", "Every", "Expression", "Row", "for_fts5", "for_tsquery"]

# Ways to write a row of terms where each place may hold several of them.
_MOST = 400


@dataclass(frozen=True, slots=True)
class Row:
    """Terms side by side; at each place any of some. One place is a word."""

    places: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Every:
    """All of the parts."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Any of the parts; of none, nothing."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class But:
    """The first part where the second one is not."""

    part: Expression
    without: Expression


Expression = Row | Every | Either | But


def for_fts5(expression: Expression) -> str:
    """The expression for ``match``."""
    if isinstance(expression, Row):
        if len(expression.places) == 1:
            return _group([_fts5_quoted([term]) for term in expression.places[0]], " OR ")
        # The likeliest terms come first at each place, so what is left out where there are too many ways is the unlikeliest.
        return _group([_fts5_quoted(terms) for terms in islice(product(*expression.places), _MOST)], " OR ")
    if isinstance(expression, But):
        return f"({for_fts5(expression.part)} NOT {for_fts5(expression.without)})"
    return _group([for_fts5(part) for part in expression.parts], " AND " if isinstance(expression, Every) else " OR ")


def _fts5_quoted(terms: Sequence[str]) -> str:
    return '"' + " ".join(terms).replace('"', '""') + '"'


def for_tsquery(expression: Expression) -> str:
    """The expression for ``to_tsquery`` without a dictionary, as a text that is cast."""
    if isinstance(expression, Row):
        places = [_group([_tsquery_quoted(term) for term in place], " | ") for place in expression.places]
        return places[0] if len(places) == 1 else f"({' <-> '.join(places)})"
    if isinstance(expression, But):
        return f"({for_tsquery(expression.part)} & !{for_tsquery(expression.without)})"
    return _group([for_tsquery(part) for part in expression.parts], " & " if isinstance(expression, Every) else " | ")


def _tsquery_quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def _group(parts: Sequence[str], operator: str) -> str:
    return parts[0] if len(parts) == 1 else f"({operator.join(parts)})"
