"""The reader compiled: extension modules made of its sources, taken in their place.

``python -m marsad.compiling`` (``make fast``) makes them; they lie beside the sources, in a folder for each kind of Python. They read
as the sources do, letter for letter, only faster. They are taken only while the sources are those that they were made of: what is
out of date is left alone, and the sources run as they do everywhere else. With ``MARSAD_PURE`` set the sources run in any case.
"""

from __future__ import annotations

import hashlib
import os
import sys
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path

__all__ = ["COMPILED", "PACKAGE", "SUFFIX", "folder", "found", "paths", "seal", "settle", "take"]

PACKAGE = Path(__file__).parent
# What is compiled, and what it is compiled against: a change of either calls for another build.
COMPILED = ("text", "lexicon", "reading")
_AGAINST = ("gazetteer", "errors.py", "model.py", "record.py", "vocabulary.py")
# How files of extension modules end for this kind of Python.
SUFFIX = EXTENSION_SUFFIXES[0]
_SEAL = "seal"


class _Finder:
    """Finds compiled modules before Python looks for their sources."""

    def __init__(self, modules: dict[str, Path]) -> None:
        self._modules = modules

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        file = self._modules.get(name)
        # They may have been removed since this process began.
        return spec_from_file_location(name, file) if file is not None and file.is_file() else None


def folder(package: Path = PACKAGE) -> Path:
    """Where the compiled modules of a package lie, for this kind of Python."""
    return package / "_compiled" / SUFFIX.strip(".").rpartition(".")[0]


def paths(package: Path, parts: tuple[str, ...] = COMPILED) -> list[Path]:
    """The sources of parts of a package, in order; a part is a folder or a file in it."""
    return sorted(
        file for part in parts for file in ([package / part] if part.endswith(".py") else (package / part).glob("*.py"))
    )


def seal(package: Path = PACKAGE) -> str:
    """What tells the sources from all others, as far as compiled modules depend on them."""
    digest = hashlib.blake2b(digest_size=16)
    for file in paths(package, COMPILED + _AGAINST):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(package).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def settle(made_of: str, package: Path = PACKAGE) -> None:
    """Writes down of which sources the compiled modules of a package are, by their ``seal``; from now on they are taken."""
    (folder(package) / _SEAL).write_text(made_of, "ascii")


def found(package: Path = PACKAGE) -> str:
    """What there is: ``compiled`` modules of these sources, ``outdated`` ones, ``refused`` ones where the user wants none, or nothing."""
    try:
        known = (folder(package) / _SEAL).read_text("ascii", "replace")
    except OSError:
        return ""
    if os.environ.get("MARSAD_PURE"):
        return "refused"
    return "compiled" if known == seal(package) else "outdated"


def take(package: Path = PACKAGE) -> None:
    """Has the compiled modules of a package imported from now on, whether or not they are of its sources."""
    files = [file for file in folder(package).iterdir() if file.name.endswith(SUFFIX)]
    sys.meta_path.insert(0, _Finder({file.name.removesuffix(SUFFIX): file for file in files}))


# What this process runs.
STATE = found()
if STATE == "compiled":
    take()
