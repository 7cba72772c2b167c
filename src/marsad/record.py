"""Records that are made by the thousand: frozen dataclasses with slots, made at the cost of plain ones.

A dataclass that is frozen at run time sets each of its fields through a call, which takes six times as long and was a tenth of
all time of reading. A record is frozen for the type checker, which refuses every assignment, and plain at run time; it is
compared, hashed and shown like a frozen one. What users of the package get (``marsad.model``) is frozen at run time too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as record
    from dataclasses import replace
else:
    from dataclasses import dataclass, fields
    from functools import cache
    from operator import attrgetter

    def record(*, frozen, slots):
        assert frozen and slots
        return dataclass(slots=True, unsafe_hash=True)

    def replace(one, /, **changes):
        """As ``dataclasses.replace``, at a quarter of its cost, for dataclasses of two fields and more that are all given when one is made."""
        names, values = _parts(type(one))
        told = dict(zip(names, values(one), strict=True))
        told.update(changes)
        return type(one)(*told.values())

    @cache
    def _parts(kind):
        names = [field.name for field in fields(kind)]
        return names, attrgetter(*names)


__all__ = ["record", "replace"]
