"""Home: where the day begins."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from marsad.desk.context import Reader
from marsad.desk.screens import Screen

router = APIRouter()
SCREEN = Screen("home", "/", 0)


@router.get("/")
def home(desk: Reader) -> Response:
    """What is at this desk."""
    return desk.page("home/home.html", {"register": desk.register.where.name})
