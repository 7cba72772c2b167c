"""Theatre: which country a report, or a passage of it, tells of, and who a bare word is there.

The countries of the report's places, the parties named in full, names of countries and the title are evidence. Evidence
right before a word counts more than evidence elsewhere, since one report may tell of several theatres.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from marsad.reading.partywords import PartyWords, Role, Word

__all__ = ["Theatre", "valid"]

_GIVEN = (4.0, 2.0, 1.0)
_TITLE = 2.0
_NEAR = 60
_LOCAL = 1.0
_CLOSE = 3.0
_SAME = 25
_AFTER = 6
_LAST = 8
_SHARE = 0.34
_MOST = 6.0
_SPOKESMAN = 6.0


def valid(since: str, until: str, day: str | None) -> bool:
    """Whether a day (ISO, or None if unknown) lies between two years, months or days."""
    return day is None or ((not since or day[: len(since)] >= since) and (not until or day[: len(until)] <= until))


class Theatre:
    """Weights of countries over a report.

    Args:
        words: the tables.
        published: ISO day, or None.
        countries: codes that the report's places point to, most mentioned first.
        evidence: (token index, country code, weight) in order of the text.
        title: country codes with weights that the title names.
        plain: folded forms of the report's words, to tell names that are common nouns too.
        persons: ids of the parties whose people are named: who calls himself an army is told by its spokesman.
    """

    def __init__(
        self,
        words: PartyWords,
        published: str | None,
        countries: Sequence[str],
        evidence: Sequence[tuple[int, str, float]],
        title: Sequence[tuple[str, float]],
        plain: Sequence[str] = (),
        persons: frozenset[str] = frozenset(),
    ) -> None:
        self._words = words
        self.day = published
        self.plain = plain
        self._persons = persons
        whole: dict[str, float] = {}
        for code, weight in zip(countries, _GIVEN, strict=False):
            whole[code] = whole.get(code, 0.0) + weight
        named: dict[str, float] = {}
        for _, code, weight in evidence:
            named[code] = named.get(code, 0.0) + weight
        for code, weight in title:
            named[code] = named.get(code, 0.0) + weight * _TITLE
        most = max(named.values(), default=0.0)
        # However often a country is named, the places that the caller found are not outvoted by it.
        scale = min(1.0, _MOST / most) if most else 1.0
        for code, weight in named.items():
            whole[code] = whole.get(code, 0.0) + weight * scale
        self._whole = whole
        self._places = frozenset(countries[:1])
        self._at = [e[0] for e in evidence]
        self._evidence = evidence

    def weights(self, index: int) -> dict[str, float]:
        """Weight of each country at a token."""
        found = dict(self._whole)
        high = bisect_left(self._at, index + _AFTER)
        low = bisect_left(self._at, index - _NEAR, 0, high)
        for at, code, weight in self._evidence[max(low, high - _LAST) : high]:
            found[code] = found.get(code, 0.0) + weight * (_CLOSE if at >= index - _SAME else _LOCAL)
        return found

    def role(self, role: str, index: int) -> tuple[str | None, bool]:
        """Who a bare word is at a token: id (empty if unlisted, None if nothing tells) and whether a row fits."""
        weights = self.weights(index)
        for code in sorted(weights, key=lambda c: (-weights[c], c)):
            row = self.row(role, code)
            if row is not None:
                return row.id, True
            if weights[code] < _SHARE * max(weights.values()) or code in self._places:
                break  # the soldiers of a country that has no listed army are nobody else's
        other = self.row(role, "*")
        return (other.id, True) if other is not None else (None, False)

    def row(self, role: str, code: str) -> Role | None:
        """The row of a role for a country on the report's day."""
        for row in self._words.roles.get((role, code), ()):
            if valid(row.since, row.until, self.day):
                return row
        return None

    def choose(self, options: Sequence[Word], index: int, named: frozenset[str], owned: bool) -> Word | None:
        """The reading of a name that fits the report, or None.

        Args:
            options: what the name can be.
            index: token where it stands.
            named: ids that the report names without doubt.
            owned: whether a head noun before it makes it a party's name already.
        """
        fitting = [o for o in options if valid(o.since, o.until, self.day) or (not o.weak and o.id in self._persons)]
        if not fitting:
            # A strong name out of its years ("the former regime's army") still means the party.
            fitting = [o for o in options if not o.weak]
        if not fitting:
            return None
        if len(fitting) == 1 and not fitting[0].weak:
            return fitting[0]
        weights = self.weights(index)
        least = _SHARE * max(weights.values(), default=0.0)
        best: Word | None = None
        rank = 0.0
        for option in fitting:
            here = max((weights.get(c, 0.0) for c in option.countries), default=0.0)
            if option.weak and option.countries and (not here or here < least) and option.id not in named:
                continue
            if option.weak and not option.countries and not owned and option.id not in named and self._common(option.noun):
                # "The base" beside "a base", "at base X" is the plain noun.
                continue
            score = (
                1.0
                + (here if here >= least else 0.0)
                + (0.5 if not option.weak else 0.0)
                + (1.0 if option.id in named else 0.0)
                + (_SPOKESMAN if option.id in self._persons else 0.0)
            )
            if score > rank:
                best, rank = option, score
        return best

    def _common(self, noun: str) -> bool:
        """Whether the report has a noun without its article, alone or behind a letter written on to it."""
        cut = self._words.joining | self._words.placing | {self._words.joint}
        return any(letter + noun in self.plain for letter in ("", *sorted(cut)))
