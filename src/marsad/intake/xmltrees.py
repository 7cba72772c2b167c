"""XML of feeds and office files, without entities of its own making and without anything that it would fetch."""

from __future__ import annotations

from typing import Any, cast
from xml.etree.ElementTree import Element, ParseError

from marsad.intake.results import Refused
from marsad.lexicon.reasons import refusal

__all__ = ["ENTITIES", "Element", "children", "first", "local", "said", "xml_tree"]

ENTITIES = "intake:xml.entities"
_DEEPEST = 200


def xml_tree(data: bytes) -> Element:
    """The root of an XML document.

    Raises:
        Refused: not well formed, or with declarations of entities or of external parts, which documents of these kinds never need.
    """
    from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml import ElementTree as Defused

    try:
        root = cast(
            "Element", cast("Any", Defused).fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
        )
    except DefusedXmlException as error:
        raise Refused(refusal(ENTITIES)) from error
    except (ParseError, ValueError, LookupError) as error:
        raise Refused(refusal("intake:xml", said=error)) from error
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return root
    raise Refused(refusal("intake:xml.deep", most=_DEEPEST))


def local(element: Element) -> str:
    """Name of an element without its namespace, lower case."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def children(element: Element, *names: str) -> list[Element]:
    """Children by local name, in the order of the names and then of the document."""
    return [child for name in names for child in element if local(child) == name]


def first(element: Element, *names: str) -> Element | None:
    """The first child with the first of the names that is there."""
    return next(iter(children(element, *names)), None)


def said(element: Element | None) -> str:
    """All text of an element without spaces at its ends; empty for None."""
    return "".join(element.itertext()).strip() if element is not None else ""
