"""Victims: the groups of people that a text tells of, with their number, their kind of people and what qualifies them.

Nouns for people and their classes are data (``lexicon/victims.tsv``, ``lexicon/forces.tsv``); forms are made by rule. This
module finds noun groups; whether harm came to them is decided in ``harm``.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from functools import lru_cache

from marsad.lexicon.clitics import splits
from marsad.lexicon.inflect import forms
from marsad.lexicon.table import read_table
from marsad.model import Including
from marsad.reading.numbers import Quantity
from marsad.text.fold import fold
from marsad.text.tokens import Text

__all__ = ["Noun", "VictimFinder", "Victims", "Words", "words_of"]

_QUOTES = frozenset("\"'«»“”‘’()[]<>‹›#")
_COMMAS = frozenset("،,")
_OTHERS: dict[str, tuple[int, int | None]] = {"other": (2, None), "other1": (1, 1), "other2": (2, 2)}
_VERBAL = ("question", "future", "so will")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun for people as it stands in a text.

    Attributes:
        people: civilian, fighter or neutral; who: part of a breakdown or ""; kind: harm told by the noun itself or "".
        use: title, force, group, event, rank or "".
        number: sg, acc (singular accusative), dual, pl, or amb (a plural that may be a dual).
        definite, joined: whether the article and "and" stand with it; proclitic: all letters before it but the article.
        owned: whether a pronoun is written onto it.
    """

    lemma: str
    people: str
    who: str
    kind: str
    use: str
    number: str
    definite: bool
    joined: bool
    proclitic: str
    owned: bool


class Words:
    """The victim nouns, force words and small words of a language pack, with look-up by folded form."""

    def __init__(self, language: str = "ar") -> None:
        self.language = language
        self._nouns: dict[str, tuple[str, str, str, str, str, str]] = {}
        self._known: dict[str, Noun | None] = {}
        self._roles: dict[str, str] = {}
        self.conjunction = next(c["form"] for c in read_table(f"{language}/clitics.tsv") if c["note"] == "and")
        self._article = next(c["form"] for c in read_table(f"{language}/clitics.tsv") if c["note"] == "article")
        self._verbal = {c["form"] for c in read_table(f"{language}/clitics.tsv") if c["note"] in _VERBAL}
        for row in read_table(f"{language}/lexicon/victims.tsv"):
            lemma = row["singular"]
            entry = (lemma, row["class"], row["who"], row["kind"], row["use"])
            for plural in row.list("plural"):
                form = fold(plural)
                self._nouns.setdefault(form, (*entry, "amb" if form.endswith(_oblique(language)) else "pl"))
            if row["paradigm"] == "plural":
                continue
            adjective = fold(lemma).endswith(_adjective(language))
            for form, feature in forms(row["paradigm"], (lemma,), language).items():
                if feature == "sgf" and adjective:
                    continue  # "military", of things
                number = "acc" if form == fold(lemma) + _accusative(language) else feature.split(".")[0]
                if feature == "dual.cons" and len(fold(lemma)) == 2:
                    number = "sg"  # "his brother", in any case
                if feature == "pl" and row["paradigm"] == "soundm" and form.endswith(_oblique(language)):
                    number = "amb"
                self._nouns.setdefault(form, (*entry, number))
        for row in read_table(f"{language}/lexicon/origins.tsv"):
            entry = (row["singular"], "neutral", "", "", "origin")
            for form, feature in forms("soundm", (row["singular"],), language).items():
                if feature in ("sg", "acc", "dual", "pl"):
                    self._nouns.setdefault(form, (*entry, "dual" if form.endswith(_oblique(language)) else feature))
            for plural in row.list("plural"):
                self._nouns.setdefault(fold(plural), (*entry, "pl"))
        for row in read_table(f"{language}/lexicon/harmwords.tsv"):
            self._roles.setdefault(fold(row["word"]), row["role"])
        self._verbs_too = {fold(r["form"]) for r in read_table(f"{language}/lexicon/homographs.tsv") if r["not"] == "victim"}
        self._forces = {fold(row["word"]) for row in read_table(f"{language}/lexicon/forces.tsv")}
        self._demonym = tuple(
            fold(row["word"]) for row in read_table(f"{language}/lexicon/endings.tsv") if row["role"] == "demonym"
        )
        endings = read_table(f"{language}/lexicon/endings.tsv")
        self.plurals = tuple(fold(row["word"]) for row in endings if row["role"] == "plural")
        self._force_known: dict[str, bool] = {}
        self._role_known: dict[str, tuple[str, bool]] = {}

    def noun(self, form: str) -> Noun | None:
        """The victim noun that a folded form is, or None."""
        if form in self._known:
            return self._known[form]
        found: Noun | None = None
        for split in splits(form, self.language):
            entry = self._nouns.get(split.core)
            if entry is None or (split.proclitic in self._verbal and split.proclitic):
                continue
            number = entry[5]
            if split.enclitic:
                if number == "acc" and entry[2]:
                    number = "dual"  # "his two sons"
                if not self._owned((*entry[:5], number), split.core, split.definite):
                    continue
            before = split.proclitic
            if split.definite:
                before = before[: -len(self._article)] if before.endswith(self._article) else before[:-1]
            found = Noun(*entry[:5], number, split.definite, before.startswith(self.conjunction), before, bool(split.enclitic))
            break
        self._known[form] = found
        return found

    def _owned(self, entry: tuple[str, str, str, str, str, str], core: str, definite: bool) -> bool:
        """Whether a pronoun may stand on this noun: relatives ("his wife") and plurals ("its members")."""
        if (
            definite
            or entry[5] in ("acc", "amb")
            or (entry[5] == "sg" and len(core) > 3 and core.endswith(_adjective(self.language)))
        ):
            return False
        return entry[2] in ("family", "women", "children") or (entry[5] in ("pl", "sg") and len(core) >= 4 and not entry[3])

    def role(self, form: str) -> tuple[str, bool]:
        """Role of a small word ("" if none) and whether "and" is written onto it."""
        known = self._role_known.get(form)
        if known is None:
            if form in self._roles:
                known = (self._roles[form], False)
            elif form.startswith(self.conjunction) and form[1:] in self._roles:
                known = (self._roles[form[1:]], True)
            else:
                known = ("", False)
            self._role_known[form] = known
        return known

    def definite(self, form: str) -> bool:
        """Whether a word begins with the article."""
        return form.startswith(self._article) and len(form) > len(self._article) + 2

    def doubtful(self, form: str) -> bool:
        """Whether a word is a victim noun only where a number or an article says so."""
        return form in self._verbs_too

    def force(self, form: str) -> bool:
        """Whether a word names an armed body ("the army", "for the police")."""
        known = self._force_known.get(form)
        if known is None:
            known = (
                any(
                    s.core in self._forces or s.listed in self._forces
                    for s in splits(form, self.language)
                    if s.proclitic not in self._verbal
                )
                or form in self._forces
            )
            self._force_known[form] = known
        return known

    def demonym(self, form: str) -> bool:
        """Whether a word looks like a plural or accusative adjective of origin."""
        return len(form) >= 5 and form.endswith(self._demonym)


@lru_cache(maxsize=4)
def _accusative(language: str) -> str:
    return next(fold(row["word"]) for row in read_table(f"{language}/lexicon/endings.tsv") if row["role"] == "accusative")


@lru_cache(maxsize=4)
def _adjective(language: str) -> str:
    return next(fold(row["word"]) for row in read_table(f"{language}/lexicon/endings.tsv") if row["role"] == "adjective")


@lru_cache(maxsize=4)
def _oblique(language: str) -> str:
    return next(fold(row["word"]) for row in read_table(f"{language}/lexicon/endings.tsv") if row["role"] == "oblique")


@lru_cache(maxsize=4)
def words_of(language: str = "ar") -> Words:
    """The words of a language pack, loaded once."""
    return Words(language)


@dataclass(slots=True)
class Victims:
    """A group of people in a text.

    Attributes:
        first, last: token indices of the group with its qualifiers, both included.
        min, max: how many, as in claims (None: open or unknown).
        head: index of the head noun's token, -1 for a bare number; noun: its entry.
        quantity: the number, or None.
        counted: whether a number or a dual says how many.
        unknown: index of an unlisted noun after the number, -1 if none.
        group_first, group_last: token span of words that say whose people they are, -1 if none.
        status: civilian, combatant, mixed or unknown; fighter: whether the head noun is one for fighters.
        including: breakdown; others: "others" stands with it; definite, joined: as of its first word.
        joint: one number for two kinds of harm, whose nouns are ``parts``; weak: an adjective of origin alone.
    """

    first: int
    last: int
    min: int | None
    max: int | None
    head: int = -1
    noun: Noun | None = None
    quantity: Quantity | None = None
    counted: bool = False
    unknown: int = -1
    group_first: int = -1
    group_last: int = -1
    status: str = "unknown"
    fighter: bool = False
    including: list[Including] = field(default_factory=list)
    others: bool = False
    definite: bool = False
    joined: bool = False
    joint: bool = False
    weak: bool = False
    parts: list[int] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The harm that the head noun itself tells, or ""."""
        return self.noun.kind if self.noun is not None else ""


class VictimFinder:
    """Finds the groups of people of one text.

    Args:
        text: the text.
        quantities: its numbers.
        armed: indices of tokens that belong to the name of an armed party.
        words: the words of a language pack.
    """

    def __init__(self, text: Text, quantities: list[Quantity], armed: Container[int], words: Words) -> None:
        self.text, self.tokens, self.armed, self.words = text, text.tokens, armed, words
        self.numbers = {q.first: q for q in quantities}

    def find(self) -> list[Victims]:
        """All groups, in order; a part of a breakdown is inside its whole and not listed."""
        found: list[Victims] = []
        index = 0
        while index < len(self.tokens):
            group = self.group(index)
            if group is None:
                index += 1
                continue
            found.append(group)
            index = group.last + 1
        return found

    def group(self, index: int, *, part: bool = False) -> Victims | None:
        """The group that begins at a token, or None."""
        token = self.tokens[index]
        quantity = self.numbers.get(index)
        if quantity is not None:
            return self._counted(index, quantity, part)
        if token.kind != "w":
            return None
        noun = self.words.noun(token.form)
        if noun is not None:
            return self._bare(index, noun, part)
        role, joined = self.words.role(token.form)
        if role == "member" and index + 1 < len(self.tokens):
            return self._member(index, joined, part)
        size = _OTHERS.get(role)
        if size is None:
            return None
        low, high = size
        group = Victims(index, index, low, high, others=True, joined=joined, counted=high is not None)
        return self._qualified(group, self._sentence_end(index), part)

    def _member(self, index: int, joined: bool, part: bool) -> Victims | None:
        """ "one of its soldiers"."""
        after = index + 1
        noun = self.words.noun(self.tokens[after].form)
        if noun is None or noun.joined or noun.proclitic or noun.number not in ("pl", "amb", "dual"):
            return None
        group = Victims(index, after, 1, 1, counted=True, joined=joined)
        self._head(group, after, noun)
        group.definite = False
        return self._qualified(group, self._sentence_end(index), part)

    def _joined(self, index: int) -> bool:
        """Whether "and" is written on the token or stands before it."""
        number = self.numbers.get(index)
        if number is not None and number.number == index:
            written = self.tokens[index].form.startswith(self.words.conjunction) and self.tokens[index].start < number.start
            return written or (index > 0 and self.tokens[index - 1].form == self.words.conjunction)
        if self.tokens[index].form.startswith(self.words.conjunction) and len(self.tokens[index].form) > 1:
            return True
        return index > 0 and self.tokens[index - 1].form == self.words.conjunction

    def _sentence_end(self, index: int) -> int:
        return self.text.sentences[self.tokens[index].sentence][1]

    def _counted(self, index: int, quantity: Quantity, part: bool) -> Victims | None:
        tokens, words = self.tokens, self.words
        group = Victims(index, quantity.last, quantity.min, quantity.max, quantity=quantity, counted=True)
        group.definite = quantity.definite
        number = tokens[quantity.number]
        before = tokens[quantity.first - 1] if quantity.first else number
        group.joined = (self._joined(index) and (tokens[index].start < quantity.start or before.form == words.conjunction)) or (
            before.form == words.conjunction
        )
        end = self._sentence_end(index)
        at = quantity.last + 1
        while at < end and tokens[at].form in _QUOTES:
            at += 1
        if at < len(tokens) - 1 and at == quantity.last + 1 and tokens[at].kind == "b":
            noun = words.noun(tokens[at + 1].form)  # a line broken between number and noun
            if noun is not None and not noun.joined and not noun.definite and not noun.proclitic:
                end = self._sentence_end(at + 1)
                at += 1
        if at < end and tokens[at].kind == "w":
            role, _ = words.role(tokens[at].form)
            if role == "of":
                return self._qualified(self._partitive(group, at, end), end, part)
            noun = words.noun(tokens[at].form)
            if noun is not None and not noun.proclitic and at not in self.numbers:
                self._head(group, at, noun)
                self._pair(group, at, end)
            elif role in _OTHERS:
                group.others, group.last = True, at
            elif role or (tokens[at].form.startswith(words.conjunction) and not self._armed(at)) or at in self.numbers:
                pass
            elif words.demonym(tokens[at].form):
                group.last, group.head, group.group_first, group.group_last = at, at, at, at
                if self._armed(at):
                    group.fighter, group.status = True, "combatant"
            else:
                group.unknown = at
        return self._qualified(group, end, part)

    def _pair(self, group: Victims, at: int, end: int) -> None:
        """ "tens of dead and wounded": one number for two kinds."""
        head, after = group.noun, at + 1
        if after < end and self.tokens[after].form == self.words.conjunction:
            after += 1
        if head is None or not head.kind or after >= end or after in self.numbers:
            return
        noun = self.words.noun(self.tokens[after].form)
        if noun is None or not noun.kind or noun.kind == head.kind or not (noun.joined or after == at + 2):
            return
        singular = {"sg", "acc"}
        if noun.number == "dual" or (noun.number in singular) != (head.number in singular) or noun.use == "event":
            return
        if group.min is not None and group.max == 1:
            return
        group.joint, group.parts, group.last = True, [at, after], after
        if group.quantity is None or group.quantity.how != "count":
            group.min = group.max = None

    def _partitive(self, group: Victims, at: int, end: int) -> Victims:
        """ "three of the soldiers", "20 of the organisation"."""
        follower = self._past(at + 1, end)
        if follower < end:
            noun = self.words.noun(self.tokens[follower].form)
            if noun is not None and not noun.joined:
                self._head(group, follower, noun)
        return group

    def _head(self, group: Victims, at: int, noun: Noun) -> None:
        group.head, group.noun, group.last = at, noun, max(group.last, at)
        if noun.people == "civilian":
            group.status = "civilian"
        elif noun.people == "fighter" or (noun.use == "force" and noun.owned):
            group.status, group.fighter = "combatant", True
        if noun.use == "group":
            group.min = group.max = None
        if noun.definite:
            group.definite = group.definite or group.quantity is None

    def _bare(self, index: int, noun: Noun, part: bool) -> Victims | None:
        tokens = self.tokens
        if noun.use == "body" and self._next_is_person(index + 1):
            return None  # "the bodies of eight persons"
        if (noun.use == "event" and noun.number == "sg") or self.words.doubtful(tokens[index].form):
            return None
        low: int
        high: int | None
        if noun.number in ("sg", "acc"):
            low, high = 1, 1
        elif noun.number == "dual":
            low, high = 2, 2
        else:
            low, high = 2, None
        group = Victims(index, index, low, high, counted=noun.number == "dual")
        group.joined = noun.joined or self._joined(index)
        self._head(group, index, noun)
        group.definite, group.weak = noun.definite, noun.use == "origin"
        end = self._sentence_end(index)
        follower = self.numbers.get(index + 1)
        if follower is not None and follower.last + 1 <= end:
            after = follower.last + 1
            alone = after >= end or self.words.noun(tokens[after].form) is None or after in self.numbers
            small = follower.max in (1, 2) and not follower.digits and not self._joined(index + 1)
            if alone and (small or ((noun.definite or noun.owned) and follower.definite)):
                group.min, group.max, group.quantity, group.counted = follower.min, follower.max, follower, True
                group.last = follower.last
        return self._qualified(group, end, part)

    def _owner(self, group: Victims, at: int, end: int) -> int:
        """An unlisted definite word right behind a noun for fighters names their party; the index after it."""
        if at >= end or self.tokens[at].kind != "w" or self.words.role(self.tokens[at].form)[0] or self._armed(at):
            return at
        form = self.tokens[at].form
        if not self.words.definite(form) or self.words.noun(form) is not None:
            return at
        self._whose(group, at)
        return at + 1

    def _past(self, at: int, end: int) -> int:
        """The next index that is no quotation mark and no "foremost of"."""
        while at < end and (self.tokens[at].form in _QUOTES or self.words.role(self.tokens[at].form) == ("best", False)):
            at += 1
        return at

    def _military(self, form: str) -> bool:
        """Whether an adjective is also a noun for fighters ("military", "armed")."""
        noun = self.words.noun(form)
        return noun is not None and noun.people == "fighter"

    def _next_is_person(self, index: int) -> bool:
        if index in self.numbers:
            return True
        return index < len(self.tokens) and self.words.noun(self.tokens[index].form) is not None

    def _armed(self, index: int) -> bool:
        return index in self.armed or self.words.force(self.tokens[index].form)

    def qualify(self, group: Victims) -> Victims:
        """Read the qualifiers behind a group that was found by other means ("human losses among the militia")."""
        return self._qualified(group, self._sentence_end(group.last), False)

    def _qualified(self, group: Victims, end: int, part: bool) -> Victims:
        """Read the qualifiers after a head, and a breakdown that stands a few fixed words behind them."""
        at = self._adjacent(group, end, part)
        if not part and not group.parts and group.counted:
            self._later(group, at, end)
        return group

    def _later(self, group: Victims, at: int, end: int) -> None:
        """ "nine persons at least were killed, among them two officers"."""
        last = group.last
        for index in range(last + 1, min(end, last + 9)):
            token = self.tokens[index]
            role, _ = self.words.role(token.form)
            if role in ("among", "most", "all", "they"):
                if self._breakdown(group, index, end, role) >= 0:
                    group.last = last  # the words between belong to others
                return
            if token.kind == "p" and (token.form in _COMMAS or token.form in _QUOTES):
                continue
            if role not in ("skip", "least", "of") and not (role == "in" and self.words.role(self.tokens[index + 1].form)[0] == "least"):
                return

    def _adjacent(self, group: Victims, end: int, part: bool) -> int:
        """Adjectives, "of the army", "in the ranks of", "others" and breakdowns right behind a head; the index after."""
        tokens, words = self.tokens, self.words
        at = group.last + 1
        steps = 0
        while at < end and steps < 14:
            steps += 1
            token = tokens[at]
            if token.form in _QUOTES:
                at += 1
                continue
            if token.form in _COMMAS:
                if at + 1 < end and not part and words.role(tokens[at + 1].form)[0] in ("among", "most", "all", "they"):
                    at += 1
                    continue
                if (
                    at + 2 < end
                    and words.role(tokens[at + 1].form)[0] == "of"
                    and words.role(tokens[at + 2].form)[0] == "among"
                    and not part
                ):
                    at += 1
                    continue
                break
            if token.kind != "w" or at in self.numbers:
                break
            role, joined = words.role(token.form)
            if role == "fell" and group.kind and not joined:
                at += 1
            elif role == "pair" and not part:
                if group.max is None and group.quantity is None:
                    group.min = group.max = 2
                break
            elif role in _OTHERS and not joined:
                group.others, group.last, at = True, at, at + 1
            elif role in ("among", "most", "all", "they") and not part:
                at = self._breakdown(group, at, end, role)
                if at < 0:
                    break
            elif role == "of" and not joined:
                following = self._of(group, at, end, part)
                if following < 0:
                    break
                at = following
            elif role == "in" and not joined and at + 1 < end and words.role(tokens[at + 1].form)[0] == "ranks":
                at = self._side(group, at + 2, end)
            elif role == "joint" and not joined and at + 2 < end and not part:
                one, two = words.noun(tokens[at + 1].form), words.noun(tokens[at + 2].form)
                if words.role(tokens[at + 1].form)[0] == "ranks":
                    at = self._side(group, at + 2, end)
                    continue
                if one is not None and one.definite and one.number in ("pl", "amb") and not one.kind:
                    at = self._side(group, at + 1, end)
                    continue
                if one is not None and two is not None and one.kind and two.kind and two.joined:
                    group.joint, group.last = True, at + 2
                    group.parts = [at + 1, at + 2]
                    group.min = group.max = None
                    at += 3
                    continue
                break
            elif role == "belong":
                group.last = at
                at = self._side(group, at + 1, end)
            elif role == "skip" and group.head < 0 and group.quantity is None and not group.others:
                at += 1  # "large human losses among ..."
            elif role or joined:
                break
            else:
                following = self._attribute(group, at)
                if following < 0:
                    break
                at = following
        return at

    def _attribute(self, group: Victims, at: int) -> int:
        """A word right after the head: force word, noun in apposition or adjective; the next index, or -1."""
        tokens, words = self.tokens, self.words
        token = tokens[at]
        noun = words.noun(token.form)
        head = group.noun
        if (
            head is not None
            and head.use in ("title", "rank")
            and group.min == 1
            and group.definite
            and noun is None
            and not self._armed(at)
        ):
            return -1
        if self._armed(at) and not token.form.startswith(words.conjunction):
            if noun is not None and head is not None and head.kind and not self._agree(head, noun):
                return -1
            self._whose(group, at)
            if head is None or head.people != "civilian":
                group.status = "combatant"
            return at + 1
        if noun is not None:
            if noun.joined or noun.proclitic or head is None:
                return -1
            if noun.use == "origin":
                if not self._agree(head, noun) and head.number != "acc" and not (group.quantity is not None and group.counted):
                    return -1
                self._whose(group, at)
                return at + 1
            if head.use == "force" and noun.people == "fighter" and noun.definite and noun.number in ("pl", "amb"):
                group.status, group.fighter, group.last = "combatant", True, at
                return at + 1
            construct = head.use in ("force", "title", "") and not head.definite and noun.use == "group"
            if noun.kind and not construct:
                return -1
            if not construct and not self._agree(head, noun):
                return -1
            if noun.people == "civilian" and group.status == "unknown":
                group.status = "civilian"
            elif noun.people == "fighter" and group.status == "unknown":
                group.status, group.fighter = "combatant", True
            if noun.who and not head.who:
                group.including.append(Including(noun.who, group.min, group.max))
            if construct and group.quantity is None:
                group.min = group.max = None  # "members of a family"
            group.last = at
            return at + 1
        if words.role(token.form)[0] == "civiladj":
            group.status, group.last = "civilian", at
            return at + 1
        if words.role(token.form)[0] == "relief":
            group.status, group.last = "civilian", at
            group.including.append(Including("aid_workers", group.min, group.max))
            return at + 1
        if (
            group.fighter
            and head is not None
            and at == group.head + 1
            and not head.definite
            and head.number in ("pl", "amb")
            and words.definite(token.form)
        ):
            return self._owner(group, at, len(tokens))
        if group.head >= 0 and words.demonym(token.form) and not token.form.startswith(words.conjunction):
            self._whose(group, at)
            return at + 1
        return -1

    @staticmethod
    def _agree(head: Noun, noun: Noun) -> bool:
        plural = {"pl", "amb", "dual"}
        if (head.number in plural) != (noun.number in plural) or head.definite != noun.definite:
            return head.number == "acc" and noun.number == "acc"
        return (head.number == "acc") == (noun.number == "acc")

    def _whose(self, group: Victims, at: int) -> None:
        if group.group_first < 0:
            group.group_first = at
        group.group_last = group.last = at

    def _of(self, group: Victims, at: int, end: int, part: bool) -> int:
        """ "of the civilians", "of the army", "of them three children"; the next index, or -1."""
        tokens, words = self.tokens, self.words
        follower = self._past(at + 1, end)
        if follower >= end:
            return -1
        role = words.role(tokens[follower].form)[0]
        if role == "among":
            return -1 if part else self._breakdown(group, follower, end, role)
        if role == "side":
            group.status = "combatant" if group.status == "unknown" else group.status
            group.last = follower
            return follower + 1
        noun = words.noun(tokens[follower].form)
        if noun is not None and not noun.kind and not noun.proclitic:
            if noun.people == "civilian" and group.status != "combatant":
                group.status = "civilian"
            elif noun.people == "fighter":
                group.status, group.fighter = "combatant", True
            if noun.who and noun.use != "group":
                group.including.append(Including(noun.who, group.min, group.max))
            elif noun.who == "family":
                group.including.append(Including("family", group.min, group.max))
            group.last = follower
            after = self.words.noun(tokens[follower + 1].form) if follower + 1 < end else None
            if (
                after is not None
                and after.joined
                and after.definite
                and noun.definite
                and after.number != "sg"
                and not after.kind
            ):
                group.last = follower = follower + 1
                armed = after.people == "fighter" or (
                    follower + 1 < end and (self._military(tokens[follower + 1].form) or self._armed(follower + 1))
                )
                if (group.status == "civilian" and armed) or (group.status == "combatant" and after.people == "civilian"):
                    group.status = "mixed"
            if noun.people == "civilian":
                return follower + 1
            return self._side(group, self._owner(group, follower + 1, end), end)
        if self._armed(follower) or words.demonym(tokens[follower].form):
            return self._side(group, follower, end)
        return -1

    def _side(self, group: Victims, at: int, end: int) -> int:
        """Words that say whose people they are, from ``at`` on; the index after them."""
        tokens, words = self.tokens, self.words
        steps = 0
        while at < end and steps < 6:
            token = tokens[at]
            steps += 1
            if token.form in _QUOTES:
                at += 1
                continue
            if token.kind != "w" or at in self.numbers:
                break
            role, joined = words.role(token.form)
            if joined or (role and role not in ("of", "skip", "ranks", "to")):
                break
            if token.form.startswith(words.conjunction) and group.group_first >= 0:
                break
            noun = words.noun(token.form)
            if role:
                at += 1
                continue
            if self._armed(at):
                self._whose(group, at)
                if group.status == "unknown":
                    group.status = "combatant"
            elif noun is not None:
                if group.status == "unknown" and noun.people == "civilian":
                    group.status = "civilian"
                elif group.status == "unknown" and noun.people == "fighter":
                    group.status, group.fighter = "combatant", True
                elif noun.kind:
                    break
                group.last = at
            elif group.group_first >= 0 or words.demonym(token.form):
                if not words.demonym(token.form):
                    break
                self._whose(group, at)
            else:
                break
            at += 1
        return at

    def _breakdown(self, group: Victims, at: int, end: int, role: str) -> int:
        """Parts after "among them"; the index after them, or -1 if there is none."""
        tokens, words = self.tokens, self.words
        index, seen = at + 1, 0
        civilians = fighters = 0
        while index < end and seen < 8:
            token = tokens[index]
            if (
                token.form in _QUOTES
                or token.form in _COMMAS
                or token.form == words.conjunction
                or words.role(token.form)[0] == "of"
            ):
                index += 1
                if token.form in _COMMAS and not (index < end and (self._joined(index) or self.numbers.get(index))):
                    break
                continue
            item = self.group(index, part=True)
            if (
                item is None
                or (seen and not item.joined and tokens[index - 1].form not in _COMMAS)
                or (item.kind and item.kind != group.kind)
            ):
                break
            if item.kind and seen:
                break
            seen += 1
            group.parts.append(index)
            if item.noun is not None and item.noun.who:
                group.including.append(Including(item.noun.who, item.min, item.max))
            else:
                group.including.extend(item.including)
            civilians += item.status == "civilian" and (role == "they" or not (item.noun is not None and item.noun.who))
            fighters += item.status == "combatant"
            if role == "all" and item.status != "unknown":
                group.status = item.status
            if role == "most" and item.status != "unknown" and group.status == "unknown":
                group.status = "mixed"
            index = item.last + 1
        if not seen:
            return -1
        if role == "they" and group.status == "unknown" and (civilians or fighters):
            group.status = "mixed" if civilians and fighters else ("civilian" if civilians else "combatant")
        if role == "among" and group.status == "unknown" and (civilians or fighters) and group.head >= 0 and not group.others:
            group.status = "mixed"
        group.last = index - 1
        while tokens[group.last].kind != "w" and tokens[group.last].kind != "n":
            group.last -= 1
        return index
