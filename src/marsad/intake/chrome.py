"""Chrome: lines of a page that are no words of its report: buttons, counters, notices, pointers to other articles.

The words are those of ``page_words.tsv`` in each language pack; a page may mix languages, so all are looked up together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from marsad.lexicon.table import read_table
from marsad.text.fold import fold

__all__ = ["ROLES", "Words", "folded", "page_words"]

ROLES = frozenset(
    ["action", "age", "ago", "comments", "counted", "datelabel", "month", "notice", "platform", "related", "scale", "skip"]
)  # fmt: skip
_TABLE = "page_words.tsv"
# Everything but letters, digits and what stands inside handles and numbers.
_EDGE = re.compile(r"^[^\w@#]+|[^\w!?]+$")
_LONGEST_COUNTER = 80
# Paragraphs are longer than anything that a page says of itself.
_LONGEST = 400
# How many there are of what a heading names: "Comments (12)".
_COUNT = re.compile(r"\s?\(\d[\d.,]*$")
# A pointer to another article is a headline: longer lines that begin so are sentences.
_LONGEST_POINTER = 30
_LONGEST_NOTICE = 60


@cache
def folded(line: str) -> str:
    """A line as it is compared: folded, without marks at its ends, with single spaces."""
    return " ".join(_EDGE.sub("", fold(line)).split())


@dataclass(frozen=True, slots=True)
class Words:
    """The words of all packs by role, folded.

    Attributes:
        whole: roles whose phrases are whole lines, by phrase.
        begin: beginnings of lines and their role, by first word.
        counter: matches lines that count something or tell an age.
        age: matches lines that tell how long ago something was posted.
        label: matches the words before a day of publication.
        months: number of each month name.
        skip: matches the words with which links over parts that are no text begin.
    """

    whole: dict[str, str]
    begin: dict[str, tuple[tuple[str, str], ...]]
    counter: re.Pattern[str]
    age: re.Pattern[str]
    label: re.Pattern[str]
    months: dict[str, int]
    skip: re.Pattern[str]

    def role(self, line: str) -> str | None:
        """What a line is if it is no text: ``action``, ``comments``, ``counted``, ``age``, ``platform``, ``notice``, ``related``.

        None for lines of text, and for empty ones.
        """
        if len(line) > _LONGEST:
            return None
        plain = folded(line)
        if not plain:
            return "platform" if line.strip() else None
        if role := self.whole.get(plain) or self.whole.get(_COUNT.sub("", plain)):
            return role
        if role := self._beside(plain):
            return role
        for phrase, role in self.begin.get(plain.split(" ", 1)[0], ()):
            if _begins(plain, phrase, line, role):
                return role
        parts = [p for p in (folded(p) for p in re.split(r"[·•|]|\s{2,}|\t", line)) if p]
        if 1 < len(parts) <= 6:
            roles = [self.whole.get(p) or self._beside(p) for p in parts]
            if all(roles):
                return roles[0]
        return None

    def _beside(self, plain: str) -> str | None:
        if len(plain) > _LONGEST_COUNTER:
            return None
        return "age" if self.age.fullmatch(plain) else "counted" if self.counter.fullmatch(plain) else None

    def dated(self, line: str) -> bool:
        """Whether a line begins with words that stand before a day of publication."""
        return self.label.match(folded(line)) is not None


def _begins(plain: str, phrase: str, line: str, role: str) -> bool:
    if plain != phrase and not plain.startswith((f"{phrase} ", f"{phrase}:")):
        return False
    if role == "notice":
        return len(plain.split()) <= _LONGEST_NOTICE
    # A colon makes it a pointer whatever comes; without one, a sentence with an end is text.
    rest = plain[len(phrase) :].lstrip()
    if rest.startswith((":", "|")) or not rest:
        return len(plain.split()) <= _LONGEST_POINTER
    return len(plain.split()) <= _LONGEST_POINTER // 2 and not line.rstrip().endswith((".", "؟", "!"))


@cache
def page_words() -> Words:
    """The words of all packs that have any."""
    by_role: dict[str, set[str]] = {role: set() for role in ROLES}
    months: dict[str, int] = {}
    for pack in sorted(files("marsad").joinpath("packs").iterdir(), key=lambda p: p.name):
        if not (pack.is_dir() and pack.joinpath(_TABLE).is_file()):
            continue
        for row in read_table(f"{pack.name}/{_TABLE}"):
            role, phrase = row["role"], row["phrase"]
            if role not in ROLES:
                raise row.fail(f"role {role!r}; one of {', '.join(sorted(ROLES))}")
            if role == "month":
                number, _, name = phrase.partition(" ")
                months[folded(name)] = int(number)
            else:
                by_role[role].add(folded(phrase))
    whole = {phrase: role for role in ("platform", "action", "comments") for phrase in by_role[role]}
    begin: dict[str, list[tuple[str, str]]] = {}
    for role in ("notice", "related"):
        for phrase in by_role[role]:
            begin.setdefault(phrase.split(" ", 1)[0], []).append((phrase, role))
    counted, age, ago, scale = (_any(by_role[r]) for r in ("counted", "age", "ago", "scale"))
    number = rf"(?:\d[\d.,\u066b\u066c]*(?:\s?(?:{scale}))?\+?)"
    counters = rf"(?:{number}\s?(?:{counted})|(?:{counted})\s?[:(]?\s?{number}\)?)"
    ages = rf"(?:(?:{ago}) )?(?:{number}\s?)(?:{age})(?: (?:{ago}))?|(?:{ago}) (?:{age})"
    return Words(
        whole,
        {word: tuple(sorted(phrases, key=lambda p: -len(p[0]))) for word, phrases in begin.items()},
        re.compile(rf"{number}(?:[\s·•/|-]+{number})*|{counters}(?:(?:\s|[,·•|])+{counters})*"),
        re.compile(ages),
        re.compile(rf"(?:{_any(by_role['datelabel'])})\b"),
        months,
        re.compile(rf"(?:{_any(by_role['skip'])})\b"),
    )


def _any(phrases: set[str]) -> str:
    return "|".join(re.escape(p) for p in sorted(phrases, key=lambda p: (-len(p), p)))
