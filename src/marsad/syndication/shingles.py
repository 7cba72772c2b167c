"""Shingles: a text as hashes of three words in a row, and the sketch of it by which its copies are found.

A sketch holds the lowest hashes of a text. Two texts that share much share hashes, and those that are low in the one are low in
the other, so the lowest of both have some in common, also where one is cut, has words changed or a paragraph more. A sketch is
looked up value by value; what shares enough values is then compared word by word.

Hashes are the same on every machine: a register keeps them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from marsad.text.tokens import word_forms

__all__ = ["SIZE", "WIDTH", "shingles", "sketch", "sketch_of", "word_hashes"]

SIZE = 24  # hashes in a sketch
WIDTH = 3  # words in a shingle
_BITS = 63  # so that databases hold them as signed numbers
_MASK = (1 << _BITS) - 1
_FIRST, _SECOND = 0x1E3779B97F4A7C15, 0x42B2AE3D27D4EB4F
_LIMIT = 200_000  # words remembered


class _Hashes(dict[str, int]):
    """Hashes of words, each made once."""

    def __missing__(self, form: str) -> int:
        if len(self) >= _LIMIT:
            self.clear()
        value = self[form] = int.from_bytes(hashlib.blake2b(form.encode("utf-8", "replace"), digest_size=8).digest()) & _MASK
        return value


_hashes = _Hashes()


def word_hashes(forms: Sequence[str]) -> list[int]:
    """The hash of each folded word."""
    return list(map(_hashes.__getitem__, forms))


def shingles(hashes: Sequence[int]) -> list[int]:
    """The hash of each three words in a row, from 0 to 2^63 - 1; one less than words for each word but the first of three."""
    return [(a * _FIRST + b * _SECOND + c) & _MASK for a, b, c in zip(hashes, hashes[1:], hashes[2:], strict=False)]


def sketch(source: str) -> tuple[int, ...]:
    """The sketch of a text; empty for one of less than three words."""
    return sketch_of(shingles(word_hashes(word_forms(source))))


def sketch_of(values: Iterable[int]) -> tuple[int, ...]:
    """The sketch of shingles: the lowest, at most ``SIZE``, in order."""
    every = frozenset(values)
    different: Iterable[int] = every
    count = len(every)
    if count > 4 * SIZE:
        # Nearly always enough of them are as low as this, and few have to be sorted.
        bound = _MASK // count * 2 * SIZE
        low = [value for value in every if value < bound]
        different = low if len(low) >= SIZE else every
    return tuple(sorted(different)[:SIZE])
