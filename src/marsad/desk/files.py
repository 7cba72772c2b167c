"""Files: the built front end as it is served, with how long browsers may keep it."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

__all__ = ["BuiltFiles"]

_YEAR = 365 * 24 * 3600


class BuiltFiles(StaticFiles):
    """Files whose names hold the hash of their content, so that browsers need never ask for them again.

    Args:
        folder: where they lie; nothing outside it is served, and no link is followed.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, follow_symlink=False)

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        if answer.status_code in (200, 304):
            answer.headers["cache-control"] = f"public, max-age={_YEAR}, immutable"
        return answer
