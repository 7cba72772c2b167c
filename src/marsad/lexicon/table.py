"""Tables: the TSV files of a language pack.

A table has a header row, tab-separated cells and comment lines that begin with ``#``. Rows are checked on loading:
a wrong number of cells or an empty key is a ``PackError`` with file and line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from marsad.errors import PackError

__all__ = ["Row", "read_table", "read_text"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: where it stands and its cells by column name."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def list(self, column: str) -> tuple[str, ...]:
        """The cell as a list: parts separated by ``|``, without empty ones."""
        return tuple(part.strip() for part in self.cells[column].split("|") if part.strip())

    def fail(self, reason: str) -> PackError:
        """An error that points to this row."""
        return PackError(self.file, self.line, reason)


def read_text(path: str) -> str:
    """Text of a data file of the package, by its path under ``marsad/packs``."""
    return files("marsad").joinpath("packs", *path.split("/")).read_text("utf-8")


@cache
def read_table(path: str) -> tuple[Row, ...]:
    """Rows of a table.

    Args:
        path: path under ``marsad/packs``, for example ``ar/lexicon/sites.tsv``.

    Raises:
        PackError: a row has more or fewer cells than the header.
    """
    header: list[str] | None = None
    rows: list[Row] = []
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            continue
        if len(cells) < len(header):
            cells += [""] * (len(header) - len(cells))
        if len(cells) > len(header):
            raise PackError(path, number, f"{len(cells)} cells where the header has {len(header)}")
        rows.append(Row(path, number, {key: cell.strip() for key, cell in zip(header, cells, strict=True)}))
    return tuple(rows)
