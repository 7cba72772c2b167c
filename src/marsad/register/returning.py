"""Returning: pages that go back to an earlier text, and which version a place gave the last time it was collected."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from marsad.register import schema
from marsad.register.audit import Entry, named

__all__ = ["RETURN", "Given", "given", "later", "returns"]

RETURN = "return"
# When a place was collected last, and the versions that it gave then: several where one file holds a page twice.
Given = tuple[str, frozenset[int]]


def returns(connection: Connection, documents: Sequence[str]) -> list[Entry]:
    """The entries by which documents went back, in order."""
    return named(connection, (RETURN,), documents)


def given(connection: Connection, document: str, address: str, method: str) -> Given:
    """What a place gave of a document the last time; no versions where it never was collected.

    Args:
        connection: a transaction.
        document: id.
        address, method: the place: what was collected there by which method.
    """
    c = schema.capture.c
    wanted = select(c.collected, c.version).where(c.document_id == document, c.address == address, c.method == method)
    found: Given = ("", frozenset())
    for collected, version in connection.execute(wanted):
        found = later(found, (collected, frozenset([version])))
    for entry in returns(connection, [document]):
        detail = entry.detail
        if (detail["address"], detail["method"]) == (address, method):
            found = later(found, (detail["collected"], frozenset([detail["version"]])))
    return found


def later(first: Given, second: Given) -> Given:
    """The later of two, or both of one time."""
    if first[0] != second[0]:
        return max(first, second, key=lambda g: g[0])
    return first[0], first[1] | second[1]
