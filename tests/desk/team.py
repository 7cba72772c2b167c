"""A team at a desk: an account of each role, and visitors who are signed in as one of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi.routing import APIRoute

from marsad.desk import passwords, screens
from marsad.desk.context import Needs
from marsad.register import accounts
from marsad.register.accounts import ROLES
from marsad.register.store import Register
from tests.desk.running import Visitor

__all__ = ["NAMES", "PASSWORD", "Address", "addresses", "as_role", "make_team"]

PASSWORD = "seven blue lanterns"
NAMES = {"reader": "Huda", "analyst": "Samir", "reviewer": "Layla", "admin": "Rana"}


@cache
def _stored() -> str:
    return passwords.hashed(PASSWORD)


def make_team(place: str) -> None:
    """Give a register an account of each role; all have the same password."""
    with Register.open(place) as register:
        for role in reversed(ROLES):
            register.apply(lambda c, role=role: accounts.create(c, NAMES[role], role, _stored(), "Rana"))  # type: ignore[misc]


def as_role(visitor: Visitor, role: str) -> Visitor:
    """Sign a visitor in as the account of a role, or as nobody, without asking for the password."""
    state = visitor.app.state.desk  # type: ignore[attr-defined]
    visitor.cookies.clear()
    if role:
        with state.register.snapshot() as connection:
            account = accounts.named(connection, NAMES[role])
        assert account is not None
        visitor.cookies.set(state.cookie("session"), state.sessions.begin(account.id, account.renewed))
    return visitor


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the desk as its routes have it, the method, and the least role that it needs; empty for nobody's."""

    method: str
    path: str
    role: str

    def filled(self, values: dict[str, Any] | None = None) -> str:
        """The address with values in place of its parameters."""
        path = self.path
        while "{" in path:
            before, _, rest = path.partition("{")
            name, _, after = rest.partition("}")
            path = f"{before}{(values or {}).get(name.partition(':')[0], '999')}{after}"
        return path


@cache
def addresses() -> tuple[Address, ...]:
    """All addresses of the desk; each must name its role exactly once."""
    found = []
    for module in screens.modules():
        for route in module.router.routes:
            assert isinstance(route, APIRoute), route
            roles = {d.call.role for d in _dependencies(route.dependant) if isinstance(d.call, Needs)}
            assert len(roles) == 1, f"{module.__name__}: {route.path} must name the role that it needs, once; it names {roles}"
            found += [Address(method, route.path, next(iter(roles))) for method in sorted(route.methods)]
    return tuple(found)


def _dependencies(dependant: Any) -> list[Any]:
    return [d for own in dependant.dependencies for d in (own, *_dependencies(own))]
