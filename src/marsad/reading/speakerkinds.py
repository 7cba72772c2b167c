"""Kinds of speakers: which kind of source the nouns of a phrase tell together ("the spokesman of the ministry", "a medical source")."""

from __future__ import annotations

from marsad.lexicon.phrases import PhraseMatch
from marsad.reading.speech import Noun, Talk

__all__ = ["kind_of"]

_NEAR = 6  # tokens from whom a speaker is within which a party tells for whom he speaks
_SOFT = frozenset(("local", "news", "unnamed", "government"))
_VAGUE = frozenset(("unnamed", "other"))
# Kinds of those who speak for an armed party where they belong to it; its ministries and authorities are such all the same.
_OF_A_FORCE, _BELLIGERENT = frozenset(("government", "security", "unnamed", "other")), "belligerent"
_AUTHORITIES = frozenset(("body", "org", "country"))


def kind_of(found: list[PhraseMatch[Noun]], talk: Talk) -> str:
    """The source kind that the nouns of a phrase decide together, or the empty string for a bare name."""
    kind = _kind(found)
    if kind in _OF_A_FORCE and found and found[0].value.type not in _AUTHORITIES:
        bodies = (m.value.kind for m in found[1:] if m.value.type == "body" and talk.mark(m.first - 1) == "tied")
        return _BELLIGERENT if _BELLIGERENT in bodies else kind  # "a security agency belonging to the forces of X"
    return kind


def _kind(found: list[PhraseMatch[Noun]]) -> str:
    fallback, organised, front = "", False, found[0].first if found else 0
    for match in found:
        noun = match.value
        if noun.type == "sign" and noun.kind == "unnamed" and found[0] is not match:
            if not noun.person:
                return fallback or noun.kind  # "a source close to the group" is not the group's source
            fallback = fallback or noun.kind  # "a source in the field, in the resistance" is
            continue
        if noun.type in ("sure", "body") or (noun.type == "sign" and not organised):
            # "local", "official" and "of the press" tell what kind of source it is, but not whose spokesman.
            soft = noun.type == "sign" and noun.kind in _SOFT and fallback not in _VAGUE
            if not soft and not (fallback and match.first - front > _NEAR):
                return noun.kind
        elif noun.type in ("media", "outlet"):
            return noun.kind if fallback in ("", "other") else fallback
        elif noun.type == "country" and fallback in ("", noun.kind):
            return noun.kind
        elif noun.type == "org":
            if fallback == "belligerent":
                organised = True  # "the commander of the centre"
            elif not organised:
                fallback, organised = noun.kind, True
        elif noun.type in ("role", "rank"):
            if not fallback or (fallback in _VAGUE and noun.kind and match.first - front <= _NEAR):
                fallback = noun.kind
            front = match.first
    return fallback or ("unnamed" if found else "")
