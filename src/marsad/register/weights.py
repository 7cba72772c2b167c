"""Weights: those of the last whole run of linking are kept, so that what is added later, or explained, is weighed as what stands was."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any

from sqlalchemy import Connection, delete, select

from marsad.linking.parameters import Chance, Parameters, shipped
from marsad.register import schema

__all__ = ["keep", "kept"]

_KEY = "linking"
_s = schema.setting.c


def keep(connection: Connection, weights: Parameters | None) -> None:
    """Keep the weights of a whole run; None for a run that needed none."""
    connection.execute(delete(schema.setting).where(_s.key == _KEY))
    if weights is not None:
        connection.execute(schema.setting.insert(), {"key": _KEY, "value": json.dumps(_told(weights), sort_keys=True)})


def kept(connection: Connection) -> Parameters | None:
    """The weights of the last whole run; None where there are none, or another program made them."""
    text = connection.scalar(select(_s.value).where(_s.key == _KEY))
    told = json.loads(text) if text else {}
    if told.get("program") != _program():
        return None
    chances = {(name, level): Chance(m, u, weight) for name, level, m, u, weight in told["chances"]}
    return Parameters(told["prior"], chances, told["origin"])


def _told(weights: Parameters) -> dict[str, Any]:
    chances = sorted([*names, c.m, c.u, c.weight] for names, c in weights.chances.items())
    return {"program": _program(), "prior": weights.prior, "origin": weights.origin, "chances": chances}


def _program() -> list[Any]:
    """What the weights were adapted from: program and shipped table."""
    return [version("marsad"), sorted([*names, c.weight] for names, c in shipped().chances.items())]
