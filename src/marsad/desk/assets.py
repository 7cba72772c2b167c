"""Assets: the built front end, each file under a name with the hash of its content, as ``manifest.json`` lists them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

__all__ = ["asset", "built", "folder"]

_MANIFEST = "manifest.json"


def folder() -> Path:
    """Where the built files lie."""
    return Path(str(files("marsad.desk"))) / "static"


def built() -> bool:
    """Whether the front end was built."""
    return (folder() / _MANIFEST).is_file()


@cache
def _manifest() -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads((folder() / _MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return found


def asset(name: str) -> str:
    """The address of a built file, ``main.js`` or ``log.css``; empty where there is none."""
    file = _manifest().get(name)
    return f"/static/{file}" if file else ""
