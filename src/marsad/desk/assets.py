"""Assets: the built front end, each file under a name with the hash of its content, as ``manifest.json`` lists them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

__all__ = ["asset", "built", "folder", "imports"]

_MANIFEST, _IMPORTS = "manifest.json", "imports.json"


def folder() -> Path:
    """Where the built files lie."""
    return Path(str(files("marsad.desk"))) / "static"


def built() -> bool:
    """Whether the front end was built."""
    return (folder() / _MANIFEST).is_file()


@cache
def _manifest() -> dict[str, str]:
    found: dict[str, str] = _read(_MANIFEST)
    return found


@cache
def _imports() -> dict[str, list[str]]:
    found: dict[str, list[str]] = _read(_IMPORTS)
    return found


def _read(name: str) -> Any:
    try:
        return json.loads((folder() / name).read_text("utf-8"))
    except FileNotFoundError:
        return {}


def asset(name: str) -> str:
    """The address of a built file, ``main.js`` or ``log.css``; empty where there is none."""
    file = _manifest().get(name)
    return f"/static/{file}" if file else ""


def imports(name: str) -> tuple[str, ...]:
    """The addresses of the files that a built script imports, so that they can be asked for together with it."""
    return tuple(f"/static/{file}" for file in _imports().get(name, ()))
