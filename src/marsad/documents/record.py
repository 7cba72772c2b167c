"""Records: from what a file holds to documents that are safe to read, each oddity said as a warning on the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from marsad.documents.encoding import clean
from marsad.documents.language import has_pack, language_name, language_of
from marsad.documents.markup import looks_like_html, without_tags
from marsad.documents.published import publication_day
from marsad.errors import InputError
from marsad.model import Document

__all__ = ["Settings", "UnreadLanguage", "document_from_record", "document_from_text"]


class UnreadLanguage(InputError):
    """The text is in a language that no pack reads, or that the user did not ask for; nothing else is wrong with it.

    Args:
        language: ISO code of the language of the text.
        reason: the message.
    """

    def __init__(self, language: str, reason: str) -> None:
        super().__init__(reason)
        self.language = language


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user says of documents that do not say it themselves.

    Attributes:
        published, title, url: for plain text, and for records without them.
        languages: ISO codes of the languages to read; documents in others are refused by name of their language.
            Empty: all that a language pack reads.
    """

    published: str | None = None
    title: str = ""
    url: str | None = None
    languages: frozenset[str] = field(default_factory=frozenset)


def document_from_text(identifier: str, text: str, settings: Settings, warnings: tuple[str, ...] = ()) -> Document:
    """The document of a plain text.

    Raises:
        InputError: empty; the message does not name the file, the caller does.
        UnreadLanguage: in a language that no pack reads, or that was not asked for.
    """
    document = Document(
        id=identifier, text=text, title=settings.title, published=settings.published, url=settings.url, warnings=warnings
    )
    return _checked(document, settings)


def document_from_record(record: Mapping[str, Any], fallback: str, settings: Settings) -> Document:
    """The document of a JSON object with ``text`` and, if known, ``id``, ``title``, ``published``, ``url`` ...

    Args:
        record: the object; ``claims`` in it are ignored.
        fallback: id where the record has none.

    Raises:
        InputError: no text, or a value of the wrong kind.
        UnreadLanguage: in a language that no pack reads, or that was not asked for.
    """
    if not isinstance(record.get("text"), str):
        raise InputError('the record has no "text"' if "text" not in record else '"text" must be a string')
    identifier = record.get("id")
    if isinstance(identifier, bool) or not isinstance(identifier, str | int | None):
        raise InputError('"id" must be a string')
    document = Document(
        id=fallback if identifier in (None, "") else str(identifier),
        text=record["text"],
        title=_string(record, "title") or settings.title,
        published=record.get("published") or settings.published,
        url=_string(record, "url") or settings.url,
        publisher=_string(record, "publisher"),
        language=_string(record, "language"),
    )
    return _checked(document, settings)


def _string(record: Mapping[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise InputError(f'"{key}" must be a string')
    return clean(value)[0] if value else None


def _checked(document: Document, settings: Settings) -> Document:
    """The document with a clean text, a day or no date, its language, and warnings."""
    text, damaged = clean(document.text)
    warnings = [*document.warnings, *damaged]
    if looks_like_html(text):
        text = without_tags(text)
        warnings.append("the text was HTML; tags were removed, and offsets refer to the text without them")
    if not text.strip():
        raise InputError("empty: there is no text in it")
    published, odd = publication_day(document.published)
    warnings += odd
    language = _language(document.language, text, warnings)
    if not has_pack(language):
        raise UnreadLanguage(language, f"the text is {language_name(language)}, which Marsad does not read (no language pack)")
    if settings.languages and language not in settings.languages:
        raise UnreadLanguage(language, f"the text is {language_name(language)}, which was not asked for")
    identifier = clean(document.id)[0]
    return replace(document, id=identifier, text=text, published=published, language=language, warnings=tuple(warnings))


def _language(declared: str | None, text: str, warnings: list[str]) -> str:
    told = language_of(text)
    code = declared.strip().lower().replace("_", "-").split("-")[0] if declared else None
    if told is None and not any(c.isalpha() for c in text):
        raise InputError("there are no letters in it")
    if told is None:
        told = code
    elif code and code not in (told, language_name(told).lower()):
        warnings.append(
            f"declared as {language_name(code)}, but the text is {language_name(told)}; read as {language_name(told)}"
        )
    if told is None:
        raise InputError("in no language that Marsad knows; it reads Arabic")
    return told
