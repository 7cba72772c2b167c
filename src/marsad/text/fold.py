"""Folding: one comparable form for the many spellings of a word.

Words of a text, entries of a word list and names of a gazetteer are compared in the same *folded* form, made by the
same function, ``fold``. Folding

* removes vowel marks, tatweel, joiners and direction marks;
* turns presentation forms and compatibility letters into plain ones (NFKC);
* turns Persian and Urdu letters into their Arabic neighbours and all digits into ASCII digits;
* unifies hamza carriers and endings: أإآٱ to ا, ى and ئ to ي, ة to ه, ؤ to و;
* lower-cases Latin letters and removes their accents.

Folding never adds a character for one that it keeps, so an offset inside a folded word leads back to the source by
counting the characters that survive (``source_offset``). Offsets are code points.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["fold", "source_offset"]

_DELETED = (
    [0x0640, 0x0670, 0x061C, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0xFEFF, 0x00AD, 0x2060]
    + list(range(0x0610, 0x061B))
    + list(range(0x064B, 0x0660))
    + list(range(0x06D6, 0x06DD))
    + list(range(0x06DF, 0x06E5))
    + [0x06E7, 0x06E8]
    + list(range(0x06EA, 0x06EE))
    + list(range(0x202A, 0x202F))
    + list(range(0x2066, 0x206A))
)
_LETTERS = str.maketrans("أإآٱىئةؤیېکگڪہھۀەپچژڤۋێڕڵٹڈۆ", "ااااييهوييكككههههبجزفويرلتدو")
_TABLE: dict[int, int | None] = {**_LETTERS, **{c: None for c in _DELETED}}
_TABLE.update({0x0660 + d: 0x30 + d for d in range(10)})
_TABLE.update({0x06F0 + d: 0x30 + d for d in range(10)})


_PLAIN = re.compile("[\u0621-\u064a\\x00-\\x7f]*")


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """The folded form of a word or phrase.

    Args:
        text: any Unicode text.

    Returns:
        The folded text; shorter than or as long as the source in the usual case (NFKC can lengthen ligatures).
    """
    folded = text.translate(_TABLE)
    if folded.isascii():
        return folded.lower()
    if _PLAIN.fullmatch(folded):
        return folded.lower()
    folded = unicodedata.normalize("NFKC", folded).translate(_TABLE)
    folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c)).translate(_TABLE)
    return folded.casefold()


def source_offset(raw: str, kept: int) -> int:
    """Offset in ``raw`` that stands before its folded character number ``kept``.

    Args:
        raw: a word as written.
        kept: number of folded characters that come before the wanted place, 0 or more.

    Returns:
        A code point offset into ``raw``, from 0 to ``len(raw)``; leading deleted characters belong to what follows.
    """
    if len(raw) == len(fold(raw)):
        return min(kept, len(raw))
    seen = 0
    for offset, character in enumerate(raw):
        if seen >= kept and kept > 0 and fold(character):
            return offset
        seen += len(fold(character))
        if kept == 0:
            return 0
    return len(raw)
