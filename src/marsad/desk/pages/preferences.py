"""Preferences: how a person wants the pages; each stays in a cookie of the browser."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form
from starlette.responses import Response

from marsad.desk import words
from marsad.desk.context import Anyone
from marsad.errors import InputError

router = APIRouter()


@router.post("/preferences/language")
def language(desk: Anyone, to: Annotated[str, Form(max_length=10)]) -> Response:
    """Switch the language of the interface."""
    if to not in words.LANGUAGES:
        raise InputError(desk.t("base.invalid", wrong=to))
    answer = desk.back("/")
    desk.set_cookie(answer, "language", to)
    return answer


@router.post("/preferences/names")
def names(desk: Anyone, to: Annotated[Literal["shown", "masked"], Form()]) -> Response:
    """Show names of victims, or mask them."""
    answer = desk.back("/")
    desk.set_cookie(answer, "names", to)
    return answer
