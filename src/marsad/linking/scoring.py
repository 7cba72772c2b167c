"""Scoring: the weight of each pair of claims, by Splink in a DuckDB of its own in memory.

Everything that is compared is compared here, whether two hundred thousand claims are linked or one pair is explained, so that what
is explained is what was decided.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from marsad.errors import MarsadError
from marsad.lexicon.reasons import refusal
from marsad.linking.blocking import pairs_sql
from marsad.linking.comparisons import COLUMNS, COMPARISONS
from marsad.linking.features import Features
from marsad.linking.parameters import Parameters

if TYPE_CHECKING:
    import duckdb
    from splink import Linker

__all__ = ["Scorer"]

_MEMORY = "4GB"


class Scorer:
    """Claims laid out in a table, ready to be compared.

    Args:
        claims: in any order; they are numbered by their id, so that the order does not matter.
        rivals: by claim id the parties that its report names beside its own.
        fresh: ids of new claims, where only pairs with these are wanted.

    Raises:
        MarsadError: the extra ``link`` is not installed.
    """

    def __init__(
        self, claims: Iterable[Features], rivals: Mapping[str, frozenset[str]], fresh: frozenset[str] | None = None
    ) -> None:
        self.claims: tuple[Features, ...] = tuple(sorted(claims, key=lambda f: f.id))
        self.number: dict[str, int] = {f.id: n for n, f in enumerate(self.claims)}
        self._fresh_only = fresh is not None
        self._database = _connect()
        self._lay_out(rivals, fresh or frozenset())

    def _lay_out(self, rivals: Mapping[str, frozenset[str]], fresh: frozenset[str]) -> None:
        import pyarrow as pa

        kinds = {
            "integer": pa.int32(),
            "double": pa.float64(),
            "varchar": pa.string(),
            "boolean": pa.bool_(),
            "uinteger": pa.uint32(),
        }
        names, columns = ["unique_id"], [pa.array(range(len(self.claims)), pa.int32())]
        for name, kind, make in COLUMNS:
            base = kinds[kind.removesuffix("[]")]
            names.append(name)
            columns.append(pa.array([make(f) for f in self.claims], pa.list_(base) if kind.endswith("[]") else base))
        empty: frozenset[str] = frozenset()
        names.append("rivals")
        columns.append(pa.array([sorted(rivals.get(f.id, empty)) for f in self.claims], pa.list_(pa.string())))
        for name, values, kind in (
            ("scope", [f.scope for f in self.claims], "varchar"),
            ("status", [f.status for f in self.claims], "varchar"),
            ("country", [f.spot.country for f in self.claims], "varchar"),
            ("fresh", [f.id in fresh for f in self.claims], "boolean"),
        ):
            names.append(name)
            columns.append(pa.array(values, kinds[kind]))
        table = pa.table(dict(zip(names, columns, strict=True)))
        self._database.register("claims_arrow", table)
        self._database.execute("create table claims as select * from claims_arrow")
        self._database.unregister("claims_arrow")

    def pairs(self, parameters: Parameters, least: float) -> Iterator[tuple[int, int, float]]:
        """Pairs that blocking finds, with their weight in bits where it is at least ``least``.

        Yields:
            Numbers of two claims (indices into ``claims``, the smaller first) and the weight, ordered by the numbers.
        """
        self._database.execute(f"create or replace table candidates as {pairs_sql(fresh_only=self._fresh_only)}")
        with self._linker(parameters) as linker:
            found = linker.inference.predict(threshold_match_weight=least, warning_mode="never")
            result = self._database.execute(
                f"select unique_id_l, unique_id_r, match_weight from {found.physical_name} order by unique_id_l, unique_id_r"
            )
            while rows := result.fetchmany(100_000):
                yield from rows
            found.drop_table_from_database_and_remove_from_cache()

    def compare(self, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], dict[str, str]]:
        """The level of each comparison for each of the given pairs (numbers of claims, the smaller first)."""
        if not pairs:
            return {}
        self._ask(pairs)
        rows = self._database.execute(_LEVELS).fetchall()
        return {
            (a, b): {c.name: c.value(gamma) for c, gamma in zip(COMPARISONS, told, strict=True)} for a, b, *told in sorted(rows)
        }

    def patterns(self, pairs: Sequence[tuple[int, int]]) -> list[tuple[dict[str, str], int]]:
        """The levels that the given pairs show together, with how many pairs show just these."""
        self._ask(pairs)
        gammas = ", ".join(f"gamma_{c.name}" for c in COMPARISONS)
        rows = self._database.execute(f"select {gammas}, count(*) from ({_LEVELS}) group by all order by all").fetchall()
        return [({c.name: c.value(g) for c, g in zip(COMPARISONS, told, strict=True)}, count) for *told, count in rows]

    def _ask(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Lay pairs out in a table. Their levels are asked for in the same words that Splink weighs, without Splink, which takes longer to
        begin than a pair to compare."""
        import pyarrow as pa

        wanted = sorted(set(pairs))
        keys = {side: pa.array([pair[n] for pair in wanted], pa.int32()) for n, side in enumerate("lr")}
        self._database.register("asked_arrow", pa.table(keys))
        self._database.execute("create or replace table asked as select * from asked_arrow")
        self._database.unregister("asked_arrow")

    @contextmanager
    def _linker(self, parameters: Parameters) -> Iterator[Linker]:
        from splink import DuckDBAPI, Linker

        api = DuckDBAPI(connection=self._database)
        linker = Linker(api.register("claims"), _settings(parameters), validate_settings=False, log_level=None)
        linker.table_management.register_blocked_pairs_for_predict(api.register("candidates"))
        yield linker

    def close(self) -> None:
        """Give the memory back."""
        self._database.close()


def _levels() -> str:
    """The question for the levels of the pairs that are asked about, numbered as Splink does."""
    names = [*(name for name, _, _ in COLUMNS), "rivals"]
    sides = ", ".join(f"{side}.{name} as {name}_{side}" for name in names for side in "lr")
    told = []
    for comparison in COMPARISONS:
        left = sum(level.name != "null" for level in comparison.levels)
        when = []
        for level in comparison.levels:
            left -= level.name != "null"
            number = -1 if level.name == "null" else left
            when.append(f"else {number}" if level.sql is None else f"when {level.sql} then {number}")
        told.append(f"case {' '.join(when)} end as gamma_{comparison.name}")
    return (
        f"select unique_id_l, unique_id_r, {', '.join(told)} from (select asked.l as unique_id_l, asked.r as unique_id_r, {sides} "
        "from asked join claims l on l.unique_id = asked.l join claims r on r.unique_id = asked.r)"
    )


_LEVELS = _levels()


def _settings(parameters: Parameters) -> dict[str, Any]:
    comparisons = []
    for comparison in COMPARISONS:
        levels: list[dict[str, Any]] = []
        for level in comparison.levels:
            told: dict[str, Any] = {"sql_condition": level.sql or "ELSE", "label_for_charts": level.name}
            if level.name == "null":
                told["is_null_level"] = True
            else:
                # Splink makes weights of chances; these two give the weight of the level.
                bits = parameters.weight(comparison.name, level.name)
                told["m_probability"], told["u_probability"] = (0.5, 0.5 / 2**bits) if bits > 0 else (0.5 * 2**bits, 0.5)
            levels.append(told)
        comparisons.append({"output_column_name": comparison.name, "comparison_levels": levels})
    return {
        "link_type": "dedupe_only",
        "comparisons": comparisons,
        "blocking_rules_to_generate_predictions": [{"blocking_rule": "l.report = r.report"}],
        "probability_two_random_records_match": parameters.prior,
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "unique_id_column_name": "unique_id",
        "linker_uid": "marsad",
    }


def _connect() -> duckdb.DuckDBPyConnection:
    try:
        import duckdb
        import pyarrow  # noqa: F401

        if find_spec("splink") is None:
            raise ImportError("No module named 'splink'")
    except ImportError as error:
        raise MarsadError(refusal("link.package", said=error)) from error
    # Splink tells of its steps; who wants to hear them adds a handler.
    logging.getLogger("splink").addHandler(logging.NullHandler())
    logging.getLogger("splink").setLevel(logging.ERROR)
    # Nothing is fetched, and nothing is written but what memory cannot hold.
    return duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": _MEMORY,
            "threads": "2",
        },
    )
