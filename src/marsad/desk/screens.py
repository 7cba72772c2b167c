"""Screens: the modules of ``pages``, found by themselves, and the ways to them.

A module of ``pages`` has a ``router``; it may have a ``SCREEN``, which puts it into the navigation, and ``BODY_LIMITS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

__all__ = ["Screen", "body_limits", "modules", "screens"]


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen in the navigation.

    Attributes:
        name: its key in the words of the base (``base.nav.name``), and that of its bundle and its styles.
        address: of its first page.
        place: where in the navigation it stands; the lowest first.
        role: the least role that sees it there.
    """

    name: str
    address: str
    place: int
    role: str = "reader"


@cache
def modules() -> tuple[ModuleType, ...]:
    """The modules of ``pages`` that have a router, by name."""
    import marsad.desk.pages as package

    found = [import_module(f"{package.__name__}.{info.name}") for info in iter_modules(package.__path__)]
    return tuple(sorted((m for m in found if hasattr(m, "router")), key=lambda m: m.__name__))


@cache
def screens() -> tuple[Screen, ...]:
    """The navigation, in order."""
    found = [m.SCREEN for m in modules() if hasattr(m, "SCREEN")]
    return tuple(sorted(found, key=lambda s: (s.place, s.name)))


def body_limits() -> Mapping[str, int]:
    """Bytes that bodies may have beyond what is usual, by the beginning of the address."""
    return {start: limit for m in modules() for start, limit in getattr(m, "BODY_LIMITS", {}).items()}
