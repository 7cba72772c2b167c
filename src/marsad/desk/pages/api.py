"""API: every address of the desk described for programs (OpenAPI), which ask for JSON with a token."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.responses import Response

from marsad.desk import answers, screens
from marsad.desk.context import Needs, Reader
from marsad.register.accounts import at_least
from marsad.register.reader import program

router = APIRouter()
_ABOUT = (
    "Every page of the desk gives its data as JSON at its address. Programs send a token (Authorization: Bearer ...), which is made at "
    "/me or by: marsad token add NAME. What changes something needs no other token then."
)
_ERROR = {
    "description": "What is wrong, and what to do.",
    "content": {
        "application/json": {
            "schema": {
                "type": "object", "required": ["error"],
                "properties": {
                    "error": {
                        "type": "object", "required": ["status", "message"],
                        "properties": {"status": {"type": "integer"}, "message": {"type": "string"}, "key": {"type": "string"}},
                    }
                },
            }
        }
    },
}  # fmt: skip


@router.get("/api/openapi.json")
def described(desk: Reader) -> Response:
    """The description of all addresses that this role may use."""
    return desk.json(description(desk.role))


@cache
def description(role: str) -> dict[str, Any]:
    """The description of the addresses as OpenAPI has it.

    Args:
        role: of those who may use all that is in it.
    """
    routes = [r for module in screens.modules() for r in module.router.routes if isinstance(r, APIRoute)]
    known = {f"{method.lower()} {route.path}": _role(route) for route in routes for method in route.methods or ()}
    made = get_openapi(title="Marsad", version=program().rpartition(" ")[2], description=_ABOUT, routes=routes)
    for path, methods in list(made["paths"].items()):
        for method in list(methods):
            least = known.get(f"{method} {path}", "")
            if least and not at_least(role, least):
                del methods[method]
                continue
            told = methods[method]
            told["x-role"] = least or "anyone"
            told["responses"] = {
                "200": answers.answer(method, path),
                **dict.fromkeys(("400", "401", "403", "404", "422", "429"), _ERROR),
            }
        if not methods:
            del made["paths"][path]
    shared = made.setdefault("components", {})
    shared["schemas"] = shared.get("schemas", {}) | answers.components()
    shared["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    made["security"] = [{"token": []}]
    return made


def _role(route: APIRoute) -> str:
    return next((d.call.role for d in route.dependant.dependencies if isinstance(d.call, Needs)), "")
