"""Sides: the two parties of a clash that claims tell from either end, each on a side of its own."""

from __future__ import annotations

from typing import Any

__all__ = ["sides_of"]

_Parties = list[dict[str, Any]]
_CLASH = "armed_clash"
_CIVILIANS = "civilians"


def sides_of(perpetrators: _Parties | None, targets: _Parties | None, kind: str | None) -> tuple[_Parties, _Parties]:
    """The two sides of an incident: who is alleged to have done it, and who was hit.

    Where one claim has A attack B and another B attack A, or both are told as hit and one as the attacker, a clash would stand as A
    and B against A and B. Of two armed parties in all, each is a side then: first the one that is told as attacker only, else the one told
    first. With a third party nothing says who fought beside whom, and with parties on one side only, whether they fought each
    other: both stay as they are told.
    """
    one, other = list(perpetrators or ()), list(targets or ())
    armed = {_key(p): p for p in (*one, *other) if p["id"] != _CIVILIANS}
    both = {_key(p) for p in one} & {_key(p) for p in other} & set(armed)
    if kind != _CLASH or not both or len(armed) != 2:
        return one, other
    # Parties told as attackers come first among the armed, so the first of them is one where none attacks only.
    hit = {_key(p) for p in other}
    first = next((key for key in armed if key not in hit), next(iter(armed)))
    rest = [p for p in other if _key(p) not in armed]
    return [armed.pop(first)], [*armed.values(), *rest]


def _key(told: dict[str, Any]) -> tuple[str | None, str | None]:
    # A party that is not listed is the same only under the same name.
    return told["id"], None if told["id"] else told["name"]
