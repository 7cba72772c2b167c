"""Words of date expressions: the tables of a pack, looked up by the folded form of a token.

All clitics are written out on loading, so a look-up is one dictionary access. An entry may be a phrase: ``rest`` holds
the forms that must follow.
"""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from marsad.lexicon.scan import Shared
from marsad.lexicon.table import Row, read_table
from marsad.reading.numerals import numerals_of
from marsad.record import record
from marsad.text.fold import fold

__all__ = ["DateWords", "Entry", "datewords_of"]

_CORES = frozenset(
    {
        "day",
        "night",
        "weekday",
        "month",
        "season",
        "holiday",
        "named",
        "one",
        "then",
        "two",
        "many",
        "pair",
        "decade",
        "dayafter",
        "back",
    }
)
_NTHS = frozenset({"one", "weekday", "fraction", "many", "last"})
_AMOUNTS = frozenset({"approx", "few", "many", "two", "one"})
_FILLING = _NTHS | {"adverb", "day", "daypart", "decade", "former", "holiday", "month", "named", "night", "pair", "part"}
_FILLING |= {"back", "season", "shift", "then", "this", "two"}
_TIMES = frozenset({"adverb", "day", "daypart", "weekday"})
_INNER = "()/-–،,:"
_DAY = r"\d{4}-\d\d-\d\d"
_UNIT = r"minute|hour|day|night|week|month|year|decade"
_VALUES = {
    **dict.fromkeys(("back", "day", "night", "shift", "former", "todayhead"), r"-?\d"),
    **dict.fromkeys(("one", "two", "many", "pair"), _UNIT),
    **dict.fromkeys(("few", "decade", "season"), r"\d+"),
    "part": r"early|mid|late|later|rest|weekend",
    "holiday": r"[gh]\d+-\d+/\d+",
    "named": rf"{_DAY}/{_DAY}",
    "event": _DAY,
    "famous": _DAY,
    "fraction": r"half|quarter",
    "daypart": r"|eve|late|night",
    "era": r"|h",
    "heads": r"|weekday",
    **dict.fromkeys(
        ("adverb", "after", "age", "ago", "anniversary", "approx", "between", "born", "century", "dayafter", "thisday", "yearly"),
        r"",
    ),
    **dict.fromkeys(("filler", "from", "in", "last", "next", "not", "tails"), r""),
    **dict.fromkeys(
        (
            "now",
            "occasion",
            "of",
            "recent",
            "repeat",
            "same",
            "samehead",
            "since",
            "then",
            "this",
            "to",
            "until",
            "whole",
            "within",
        ),
        r"",
    ),
}
_UNLIKELY = frozenset({"question", "as", "future", "so will", "and will", "and as", "so as", "as the", "and as the"})


@record(frozen=True, slots=True)
class Entry:
    """One reading of a token.

    Attributes:
        kind, value: what the word does and what it counts (see ``dates.tsv``).
        rest: folded forms of the words that follow in a phrase.
        cut: letters before the word with its article.
        proclitic: those letters.
        definite: whether it carries the article.
        needs: what must stand beside it ("", "any", "strong").
    """

    kind: str
    value: str
    rest: tuple[str, ...]
    cut: int
    proclitic: str
    definite: bool
    needs: str = ""


@record(frozen=True, slots=True)
class Readings:
    """The readings of a form.

    Attributes:
        single: those of the word alone.
        phrases: those of phrases that begin with it, by their second word, longest phrase first.
    """

    single: tuple[Entry, ...]
    phrases: dict[str, tuple[Entry, ...]]


class DateWords:
    """The date words of a language pack.

    Attributes:
        entries: readings of a folded form, longest phrase first; readings: the same, by what follows it.
        article: the article.
        cores: forms that a date expression cannot do without (one of them, or a number that looks like a date), with the
            words one of which must follow, or None where nothing must; cores_in: the same, to find them in a text.
        starts: forms with which a date expression can begin.
        specs: forms with which what fills a specification can begin; amounts: the same for amounts of time; nths: for
            "the nth of", ordinals and numbers included.
        joined: forms that carry "and".
        times: single words for a day or a part of one ("yesterday", "Friday", "at dawn").
        inner: forms and marks that may stand inside an expression.
        tails: words behind which a month is a name ("September Press").
        famous: days that are known by their day and month alone.
        anniversaries, yearly: words for an anniversary, and "yearly" behind one.
        this_day: pairs of words by which a page tells of this day in other years.
        conjunction: the letter of "and".
    """

    def __init__(self, language: str = "ar") -> None:
        clitics = read_table(f"{language}/clitics.tsv")
        self._clitics = [(c["form"], c["restore"], c["article"] == "yes") for c in clitics if _usable(c)]
        self.article = next(c["restore"] for c in clitics if c["restore"])
        self.conjunction = next(c["form"] for c in clitics if c["note"] == "and")
        found: dict[str, dict[Entry, None]] = {}
        barred: set[str] = set()
        this_day: set[tuple[str, ...]] = set()
        apart: dict[str, dict[str, dict[Entry, None]]] = {"anniversary": {}, "yearly": {}, "tails": {}}
        for row in read_table(f"{language}/dates.tsv"):
            if row["kind"] not in _VALUES or not re.fullmatch(_VALUES[row["kind"]], row["value"]):
                raise row.fail(f"kind {row['kind']!r} with value {row['value']!r} is not a date word")
            if row["kind"] == "not":
                barred.update(fold(form) for form in row.list("forms"))
                continue
            if row["kind"] == "thisday":
                this_day.update(tuple(fold(word) for word in form.split()) for form in row.list("forms"))
                continue
            if row["kind"] in apart:
                for form in row.list("forms"):
                    self._add(apart[row["kind"]], form, row["kind"], row["value"])
                continue
            for form in row.list("forms"):
                self._add(found, form, row["kind"], row["value"])
        for row in read_table(f"{language}/weekdays.tsv"):
            for form in row.list("forms"):
                self._add(found, form, "weekday", row["weekday"])
        for row in read_table(f"{language}/months.tsv"):
            for form in row.list("forms"):
                self._add(found, form, "month", row["calendar"] + row["month"], row["needs"])
        self.this_day = frozenset(this_day)
        self.anniversaries, self.yearly = frozenset(apart["anniversary"]), frozenset(apart["yearly"])
        self.tails = frozenset(apart["tails"])
        for form in barred:
            for entry in [e for e in found.get(form, ()) if not e.rest]:
                del found[form][entry]
        self.entries: dict[str, tuple[Entry, ...]] = {
            form: tuple(sorted(entries, key=lambda e: (-len(e.rest), e.cut, e.kind, e.value)))
            for form, entries in found.items()
            if entries
        }
        self.readings = {form: _readings(entries) for form, entries in self.entries.items()}
        famous = (entry.value for entries in self.entries.values() for entry in entries if entry.kind == "famous")
        self.famous = {(day.month, day.day): day for day in map(datetime.date.fromisoformat, sorted(famous))}
        self.cores = {
            form: None if any(not rest for rest in rests) else frozenset(rest[0] for rest in rests)
            for form, entries in self.entries.items()
            if (rests := [e.rest for e in entries if e.kind in _CORES])
        }
        cores = {form: (follow,) for form, follow in self.cores.items()}
        self.cores_in: Shared[tuple[frozenset[str] | None, ...]] = Shared(lambda form: cores.get(form, ()), cores, (), language)
        numerals = numerals_of(language)
        words = self.numbers = numerals.words
        self.specs = self._of_kinds(_FILLING).union(words)
        self.amounts = self._of_kinds(_AMOUNTS).union(numerals.heads, (self.article,))
        self.nths = self._of_kinds(_NTHS).union(words)
        self.joined = frozenset(form for form, word in words.items() if word.joined) | frozenset(
            form for form, entries in self.entries.items() if any(e.proclitic.startswith(self.conjunction) for e in entries)
        )
        self.times = frozenset(
            form for form, entries in self.entries.items() if any(e.kind in _TIMES and not e.rest for e in entries)
        )
        self.inner = frozenset((self.article, self.conjunction, *_INNER))
        self.starts = frozenset(self.entries) | frozenset(
            form
            for form, w in words.items()
            if w.role in ("ordinal", "unit", "ten", "tens", "bound", "teen", "few", "hundred", "hundreds", "scale", "twoscale")
        )

    def _of_kinds(self, kinds: frozenset[str]) -> frozenset[str]:
        return frozenset(form for form, entries in self.entries.items() if any(e.kind in kinds for e in entries))

    def _add(self, found: dict[str, dict[Entry, None]], phrase: str, kind: str, value: str, needs: str = "") -> None:
        words = [w for w in (fold(w) for w in phrase.split()) if w]
        head, rest = words[0], tuple(words[1:])
        listed = head.startswith(self.article)
        found.setdefault(head, {})[Entry(kind, value, rest, 0, "", listed, needs)] = None
        for clitic, restore, article in self._clitics:
            if article and listed:
                continue
            if listed and clitic.endswith(self.article[1]):
                form = clitic + head[1:]
            else:
                form = clitic + head
            if not article:
                entry = Entry(kind, value, rest, len(clitic), clitic, listed, needs)
            elif restore:
                entry = Entry(kind, value, rest, len(clitic), clitic[:-1], True, needs)
            else:
                cut = len(clitic) - len(self.article)
                entry = Entry(kind, value, rest, cut, clitic[:cut], True, needs)
            found.setdefault(form, {})[entry] = None


def _readings(entries: tuple[Entry, ...]) -> Readings:
    phrases: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        if entry.rest:
            phrases[entry.rest[0]] = (*phrases.get(entry.rest[0], ()), entry)
    return Readings(tuple(entry for entry in entries if not entry.rest), phrases)


def _usable(row: Row) -> bool:
    return row["side"] == "pro" and row["note"] not in _UNLIKELY


@lru_cache(maxsize=4)
def datewords_of(language: str = "ar") -> DateWords:
    """The date words of a language pack, loaded once."""
    return DateWords(language)
