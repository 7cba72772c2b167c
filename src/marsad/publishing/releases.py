"""Releases: a site with its date, a manifest of hashes, and what changed since the release before."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marsad.errors import InputError

__all__ = ["MANIFEST", "Changes", "bundle", "changes", "manifest", "read_manifest", "record_hash"]

MANIFEST = "manifest.json"
# The earliest time that archives can hold: a bundle does not depend on when it was made.
_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Changes:
    """Codes of incidents against the release before. ``since`` is its day; None: there was none, and nothing is listed."""

    since: str | None
    added: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"since": self.since, "added": self.added, "changed": self.changed, "withdrawn": self.withdrawn}


def record_hash(record: Mapping[str, Any]) -> str:
    """The hash of what left of an incident."""
    return hashlib.sha256(json.dumps(record, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def changes(now: Mapping[str, str], before: Mapping[str, Any] | None) -> Changes:
    """What is otherwise than in the release before.

    Args:
        now: hashes of incidents by code. before: the manifest of that release.
    """
    then = (before or {}).get("incidents", {})
    return Changes(
        before["day"] if before else None,
        tuple(sorted(set(now) - set(then))),
        tuple(sorted(code for code in set(now) & set(then) if now[code] != then[code])),
        tuple(sorted(set(then) - set(now))),
    )


def manifest(folder: Path, about: Mapping[str, Any], day: str, incidents: Mapping[str, str], told: Changes) -> str:
    """The manifest of a site: every file with its SHA-256 in the form of ``sha256sum`` as JSON, and the incidents with theirs."""
    files = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip
    made = {
        "day": day,
        "about": dict(about),
        "changes": told.to_dict(),
        "incidents": dict(sorted(incidents.items())),
        "files": files,
    }
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest of an earlier release.

    Raises:
        InputError: there is none, or it is none.
    """
    place = path / MANIFEST if path.is_dir() else path
    try:
        told = json.loads(place.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{place}: is no manifest of a release ({error}); give the folder or {MANIFEST} of one") from error
    if not isinstance(told, dict) or not {"day", "incidents", "files"} <= told.keys():
        raise InputError(f"{place}: is no manifest of a release; give the folder or {MANIFEST} of one")
    return told


def bundle(folder: Path, target: Path) -> str:
    """All files of a folder in one archive, the same to the byte for the same files. Returns its SHA-256."""
    part = target.with_name(f".{target.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    entry = zipfile.ZipInfo(f"{target.stem}/{path.relative_to(folder).as_posix()}", _TIME)
                    entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
                    archive.writestr(entry, path.read_bytes())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    with target.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
