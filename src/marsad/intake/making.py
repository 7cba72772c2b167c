"""Making captures: what was extracted is checked and joined with where it comes from.

Days of publication come from metadata, else from the dateline, else from what the user gave; one that lies in the future is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from marsad.documents.encoding import clean
from marsad.documents.language import has_pack, language_name, language_of
from marsad.documents.published import iso_day
from marsad.intake.dateline import dateline_of
from marsad.intake.results import Extracted, Origin, Refused, Settings, named_version
from marsad.lexicon.reasons import refusal
from marsad.register.provenance import Capture

__all__ = ["NO_DAY", "capture_of", "collector_name"]

NO_DAY = refusal("intake:warning.no_day")
_LETTERS = 3
_SAMPLE = 2000
_READ_DATES_OF = "ar"
# Characters that no text needs and no database stores.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def collector_name() -> str:
    """Name and version of what collects."""
    return named_version("marsad")


@dataclass(frozen=True, slots=True)
class _Day:
    day: str | None
    source: str | None
    warnings: tuple[str, ...]


def capture_of(raw: bytes, media_type: str, origin: Origin, found: Extracted, settings: Settings) -> Capture:
    """The capture of one document.

    Args:
        raw: its bytes as they came.
        media_type: of the bytes.
        origin: where they come from.
        found: what was extracted from them.
        settings: what the user said.

    Raises:
        Refused: there is no text in it, or none in letters.
    """
    text, damaged = clean(_CONTROLS.sub("", found.text).replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise Refused(refusal("intake:empty"))
    if len(list(islice((c for c in text[:_SAMPLE] if c.isalpha()), _LETTERS))) < _LETTERS:
        raise Refused(refusal("intake:letters"))
    language = language_of(text)
    day = _published(found, text, language, settings)
    warnings = [*found.warnings, *damaged, *day.warnings]
    if language is None:
        warnings.append(refusal("intake:warning.no_language"))
    elif not has_pack(language):
        warnings.append(refusal("intake:warning.language", language=language_name(language)))
    return Capture(
        raw=raw,
        media_type=media_type,
        address=_said(origin.address) or "",
        canonical=_said(found.canonical),
        archived=_said(found.archived or origin.archived),
        collected=origin.collected,
        method=origin.method,
        collector=collector_name(),
        settings={**settings.told(), **origin.detail},
        text=text,
        extractor=found.extractor,
        title=_said(found.title or settings.title) or "",
        published=day.day,
        published_from=day.source,
        publisher=_said(found.publisher or settings.publisher),
        author=_said(found.author),
        language=language,
        warnings=tuple(dict.fromkeys(warnings)),
        key=_said("/".join(part for part in (origin.key, found.key) if part)),
        doubtful=found.doubtful,
        found_at=_said(found.found_at) if found.found_at != origin.address else None,
    )


def _published(found: Extracted, text: str, language: str | None, settings: Settings) -> _Day:
    warnings: list[str] = []
    # A day of grace: it may be tomorrow already where the report was published.
    latest = (settings.today + timedelta(days=1)).isoformat()
    if found.published:
        day = iso_day(found.published)
        if day is None:
            warnings.append(refusal("intake:warning.day.none", day=repr(found.published[:40])))
        elif day > latest:
            warnings.append(refusal("intake:warning.day.future", day=day))
        else:
            return _Day(day, found.published_from or "metadata", ())
    pack = language if language is not None and has_pack(language) else _READ_DATES_OF
    if line := dateline_of(found.datelines, text, pack):
        if line <= latest:
            return _Day(line, "dateline", tuple(warnings))
        warnings.append(refusal("intake:warning.dateline", day=line))
    if settings.published:
        return _Day(settings.published, "given", tuple(warnings))
    return _Day(None, None, (*warnings, NO_DAY))


def _said(value: str | None) -> str | None:
    """A value of metadata that can be stored, in one line, or None."""
    if value is None:
        return None
    value = " ".join(_CONTROLS.sub("", clean(value)[0]).split())
    return value[:2000] or None
