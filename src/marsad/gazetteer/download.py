"""Country dumps from GeoNames over HTTPS: resumed where they broke off, checked before they count."""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from marsad.errors import InputError

__all__ = ["GEONAMES", "fetch", "fetch_country"]

GEONAMES = "https://download.geonames.org/export/dump"
_CHUNK = 1 << 16
_LARGEST = 1_000_000_000
_LOCAL = frozenset(["127.0.0.1", "localhost", "::1"])
Progress = Callable[[str, int, int], None]


def fetch(url: str, target: Path, progress: Progress | None = None, sha256: str = "", timeout: float = 30.0) -> Path:
    """Fetch a file; what an earlier try left behind is gone on with.

    Args:
        url: HTTPS address; plain HTTP only on this machine.
        target: where the whole file goes; an unfinished one stands beside it as ``.part``.
        progress: called with name, bytes so far and bytes in all (0 if not told).
        sha256: expected checksum in hexadecimal digits, if known.

    Raises:
        InputError: the address, the connection, the size or the checksum is wrong.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
        raise InputError(f"{url}: only https addresses are fetched")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"User-Agent": "marsad", **({"Range": f"bytes={have}-"} if have else {})})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            if have and answer.status != 206:
                have = 0  # the server sends the whole file again
            whole = have + int(answer.headers.get("Content-Length") or 0)
            if whole > _LARGEST:
                raise InputError(f"{url}: {whole / 1e9:.1f} GB, more than a country dump can have")
            with part.open("ab" if have else "wb") as out:
                while chunk := answer.read(_CHUNK):
                    out.write(chunk)
                    have += len(chunk)
                    if have > _LARGEST:
                        raise InputError(f"{url}: more than {_LARGEST / 1e9:.0f} GB, more than a country dump can have")
                    if progress:
                        progress(target.name, have, whole)
    except urllib.error.HTTPError as error:
        if error.code == 416 and have:  # the part is no beginning of the file there
            part.unlink()
            return fetch(url, target, progress, sha256, timeout)
        raise InputError(f"{url}: the server answers {error.code} {error.reason}") from error
    except (urllib.error.URLError, OSError) as error:
        raise InputError(f"{url}: {error}; run the same command again to go on where it broke off") from error
    if whole and have != whole:
        raise InputError(f"{url}: {have} of {whole} bytes came; run the same command again to go on")
    if sha256 and hashlib.sha256(part.read_bytes()).hexdigest() != sha256.lower():
        part.unlink()
        raise InputError(f"{url}: the checksum differs; the file was thrown away")
    part.replace(target)
    return target


def fetch_country(country: str, folder: Path, base: str = GEONAMES, progress: Progress | None = None) -> tuple[Path, Path | None]:
    """Fetch a country's places and alternate names.

    Args:
        country: ISO 3166-1 alpha-2 code.
        folder: where the files go.
        base: address of the dump folder.
        progress: as in ``fetch``.

    Returns:
        The archive of places and that of alternate names (None if the server has none for this country).

    Raises:
        InputError: no such code, or an archive that is damaged.
    """
    code = country.upper()
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        raise InputError(f"{country!r} is no country code; use two letters, for example SY")
    places = _checked(fetch(f"{base}/{code}.zip", folder / f"{code}.zip", progress))
    try:
        names = _checked(fetch(f"{base}/alternatenames/{code}.zip", folder / f"{code}-names.zip", progress))
    except InputError as error:
        if " 404 " in str(error):
            return places, None
        raise
    return places, names


def _checked(path: Path) -> Path:
    """The archive, after its checksums were found right; a damaged one is thrown away."""
    try:
        with zipfile.ZipFile(path) as archive:
            bad = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
        path.unlink()
        raise InputError(f"{path.name}: what came is no sound archive ({error}); it was thrown away, fetch it again") from error
    if bad:
        path.unlink()
        raise InputError(f"{path.name}: the checksum of {bad} is wrong; it was thrown away, fetch it again")
    return path
