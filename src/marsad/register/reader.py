"""Reader: which reader made a reading, so that one can tell whether another would be made now.

Version numbers do not tell that a word list or a weight was changed, so the reader is named by its version and by a hash of its
code, its language packs and its places, and by the layers of places that it was given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["program", "reader_name"]

_PARTS = ("gazetteer", "lexicon", "packs", "reading", "text", "model.py", "vocabulary.py")
_KEPT = (".py", ".tsv", ".gz")


def program() -> str:
    """Name and version of this program."""
    return f"marsad {version('marsad')}"


def reader_name(layers: Iterable[str] = ()) -> str:
    """The reader with its layers of places.

    Args:
        layers: what tells each layer and its state, the strongest first.
    """
    name = f"{program()}+{_core()}"
    told = "|".join(layers)
    return f"{name} places {hashlib.sha256(told.encode()).hexdigest()[:8]}" if told else name


@cache
def _core() -> str:
    seal = hashlib.sha256()
    root = files("marsad")
    for part in _PARTS:
        _update(seal, root / part, part)
    return seal.hexdigest()[:12]


def _update(seal: hashlib._Hash, item: Traversable, name: str) -> None:
    if item.is_file():
        if name.endswith(_KEPT):
            data = item.read_bytes()
            seal.update(f"{name} {len(data)}\n".encode())
            seal.update(data)
        return
    for child in sorted(item.iterdir(), key=lambda c: c.name):
        if child.name != "__pycache__":
            _update(seal, child, f"{name}/{child.name}")
