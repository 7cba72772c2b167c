"""People: nouns for people who come to harm, the words around them, and a group of people as a text tells of it.

Nouns and their classes are data (``lexicon/victims.tsv``, ``origins.tsv``, ``forces.tsv``, ``harmwords.tsv``); forms are made by rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from marsad.lexicon.clitics import letters_of, splits
from marsad.lexicon.inflect import forms
from marsad.lexicon.lookup import Lookup
from marsad.lexicon.scan import Shared
from marsad.lexicon.table import read_table
from marsad.model import Including
from marsad.reading.forenames import given_names
from marsad.reading.numbers import Quantity
from marsad.record import record
from marsad.text.fold import fold

__all__ = ["Noun", "Victims", "Words", "words_of"]

_NOTHING = ("", False)
_THEIRS = {"their dead": "killed", "their wounded": "injured"}  # roles of such nouns with a pronoun, and their harm
_VERBAL = ("question", "future", "so will")


@record(frozen=True, slots=True)
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
    """The victim nouns, force words and small words of a language pack, with look-up by folded form.

    Attributes:
        noun: the victim noun that a form is, or None.
        role: role of a small word ("" if none) and whether "and" is written onto it.
        of_them: words that make a number a part of people told of before ("20 of them").
        either: words for "or" between two kinds of harm ("killed or wounded").
        company: prepositions before who came to the same harm ("was killed with two guards").
        midst: words for "amid" before whose people the dead are; holds: verbs by which a place holds people; aboard: words for where those were who are told of by it alone ("in it");
            were: forms of "to be" before these; bearing: nouns of people who bear arms, whoever holds them;
            regular, irregular: nouns of those who serve a state, and of those who fight it.
        given: given names that are seldom other words;
        who, she: words that begin a clause on one man, and on one woman or thing ("who was killed"); years: words for years of age.
        rescuers: of bodies that help people, in two words ("civil defence"): beginnings by the second word without its article.
        like_prepositions: words that are names where they are written so, and prepositions where they are spelled by the table.
        force: whether a word names an armed body ("the army", "for the police").
        to: the letter of "to".
        behind_preposition: whether a word begins with a preposition and the article.
    """

    def __init__(self, language: str = "ar") -> None:
        self.language = language
        self._nouns: dict[str, tuple[str, str, str, str, str, str]] = {}
        self._pairs: dict[str, tuple[str, str, str, str, str]] = {}
        self._roles: dict[str, str] = {}
        self._things: set[str] = set()  # feminine forms that are hardly ever people ("a fighter" is an aircraft)
        self.behind_preposition: Callable[[str], bool] = Lookup(self._behind_preposition).__getitem__
        self.conjunction = next(c["form"] for c in read_table(f"{language}/clitics.tsv") if c["note"] == "and")
        self.article = next(c["form"] for c in read_table(f"{language}/clitics.tsv") if c["note"] == "article")
        self.pronouns = tuple(
            c["form"] for c in read_table(f"{language}/clitics.tsv") if c["side"] == "en" and len(c["form"]) > 1
        )
        self.joining = tuple(c["form"] for c in read_table(f"{language}/clitics.tsv") if c["note"] in ("and", "so"))
        single = {"with, by", "to", "as", "and", "so"}
        self.prepositions = tuple(c["form"] for c in read_table(f"{language}/clitics.tsv") if c["note"] in single)
        self.to = letters_of(language).to
        self.adverbial = _ending(language, "accusative")
        self._verbal = {c["form"] for c in read_table(f"{language}/clitics.tsv") if c["note"] in _VERBAL}
        alike = [r["form"] for r in read_table(f"{language}/lexicon/homographs.tsv") if r["not"] == "victim"]
        self._verbs_too, self._alike = {fold(form) for form in alike}, frozenset(alike)
        people = read_table(f"{language}/lexicon/victims.tsv")
        listed = {fold(row["singular"]) for row in people if row["paradigm"] == "nounf"}
        for row in people:
            lemma = row["singular"]
            entry = (lemma, row["class"], row["who"], row["kind"], row["use"])
            for plural in row.list("plural"):
                form = fold(plural)
                self._nouns.setdefault(form, (*entry, "amb" if form.endswith(_ending(language, "oblique")) else "pl"))
                if form.endswith(_ending(language, "hamza")):
                    for carrier in ("\u064a", "\u0648"):  # the hamza moves onto a carrier before a pronoun
                        self._nouns.setdefault(form[:-1] + carrier, (*entry, "pl"))
            if row["paradigm"] == "plural":
                continue
            adjective = fold(lemma).endswith(_ending(language, "adjective"))
            for form, feature in forms(row["paradigm"], (lemma,), language).items():
                if feature == "sgf":
                    if form in listed:
                        continue  # a row of its own says that she is one
                    if adjective or row["class"] == "fighter" or form in self._verbs_too:
                        self._things.add(form)
                        continue  # "military", "armed", of things; "school" looks like "a teacher"
                    self._nouns.setdefault(form, (*entry, "sg"))
                    continue
                number = "acc" if form == fold(lemma) + _ending(language, "accusative") else feature.split(".")[0]
                if feature == "sg.cons":
                    number = "sgcons"  # only with a pronoun: "his family" looks like "took captive" without it
                if number == "acc" and (row["class"] == "fighter" or row["use"] == "force"):
                    self._pairs.setdefault(form, entry)  # a dual before its owner is written so as well
                if feature == "dual.cons" and number != "acc":
                    if not row["who"]:
                        if row["class"] == "fighter" or row["use"] == "force":
                            self._pairs.setdefault(form, entry)
                        continue  # "main" and "human" look like "two chiefs of", "two humans of"
                    # "his brother", in any case; "his two sons"
                    number = "sg" if len(fold(lemma)) == 2 else "cons"
                if feature == "pl" and row["paradigm"] == "soundm" and form.endswith(_ending(language, "oblique")):
                    number = "amb"
                self._nouns.setdefault(form, (*entry, number))
        lands = {fold(name) for row in read_table(f"{language}/lexicon/countries.tsv") for name in row.list("names")}
        for row in read_table(f"{language}/lexicon/origins.tsv"):
            entry = (row["singular"], "neutral", "", "", "origin")
            for form, feature in forms("soundm", (row["singular"],), language).items():
                if feature in ("sg", "acc", "dual", "pl"):
                    feature = "land" if feature == "acc" and form in lands else feature  # "a Libyan" is written like "Libya"
                    self._nouns.setdefault(form, (*entry, "dual" if form.endswith(_ending(language, "oblique")) else feature))
            for form in forms("femdual", (row["singular"],), language):
                self._nouns.setdefault(form, (row["singular"], "neutral", "women", "", "origin", "dual"))
            for plural in row.list("plural"):
                self._nouns.setdefault(fold(plural), (*entry, "pl"))
        self.given = given_names(language)
        self.of_them: set[str] = set()
        self.company: set[str] = set()
        self.either: set[str] = set()
        self.who: set[str] = set()
        self.she: set[str] = set()
        self.years: set[str] = set()
        self.midst: set[str] = set()
        self.aboard: set[str] = set()
        self.were: set[str] = set()
        self.holds: set[str] = set()
        self.bearing: set[str] = set()
        self.regular: set[str] = set()
        self.irregular: set[str] = set()
        self.cases: set[str] = set()
        self.rescuers: dict[str, tuple[str, ...]] = {}
        self.like_prepositions: set[str] = set()
        apart = {
            "them": self.of_them, "either": self.either, "company": self.company, "who": self.who, "she": self.she,
            "years": self.years, "midst": self.midst, "aboard": self.aboard, "were": self.were, "holds": self.holds,
            "bearing": self.bearing, "regular": self.regular, "irregular": self.irregular, "case": self.cases,
        }  # fmt: skip
        for row in read_table(f"{language}/lexicon/harmwords.tsv"):
            if row["role"] == "rescuers":
                first, second = (fold(word).removeprefix(self.article) for word in row["word"].split())
                self.rescuers[second] = (*self.rescuers.get(second, ()), first)
            elif row["role"] in apart:
                apart[row["role"]].add(fold(row["word"]))
            else:
                self._roles.setdefault(fold(row["word"]), row["role"])
                if row["role"] == "in" and fold(row["word"]) != row["word"]:
                    self.like_prepositions.add(fold(row["word"]))
        self._forces = {fold(row["word"]) for row in read_table(f"{language}/lexicon/forces.tsv")}
        self._demonym = tuple(
            fold(row["word"]) for row in read_table(f"{language}/lexicon/endings.tsv") if row["role"] == "demonym"
        )
        endings = read_table(f"{language}/lexicon/endings.tsv")
        self.plurals = tuple(fold(row["word"]) for row in endings if row["role"] == "plural")
        roles = {*self._roles, *(self.conjunction + word for word in self._roles)}
        self.noun: Callable[[str], Noun | None] = Shared(self._noun, self._nouns, None, language).__getitem__
        self.role: Callable[[str], tuple[str, bool]] = Shared(self._role, roles, _NOTHING, language).__getitem__
        self.force: Callable[[str], bool] = Shared(self._force, self._forces, False, language).__getitem__

    def keys(self) -> set[str]:
        """The forms by which a word can be a victim noun, have a role or name an armed body; clitics may stand with them."""
        return {*self._nouns, *self._pairs, *self._forces, *self._roles, *(self.conjunction + word for word in self._roles)}

    def whose(self, form: str) -> Noun | None:
        """What a form is with a pronoun on it ("his son", which is folded like "daughter"), or None."""
        return self._noun(form, True)

    def _noun(self, form: str, whose: bool = False) -> Noun | None:
        for split in splits(form, self.language):
            if whose and not split.enclitic:
                continue
            if split.core in self._things and not split.enclitic:
                return None
            entry = self._nouns.get(split.core)
            if entry is None or (split.proclitic in self._verbal and split.proclitic):
                continue
            number = entry[5]
            if number in ("cons", "sgcons") and (not split.enclitic or split.definite):
                continue
            number = {"cons": "dual", "sgcons": "sg"}.get(number, number)
            if split.enclitic:
                if number == "acc" and entry[2]:
                    number = "dual"  # "his two sons"
                if not self._owned((*entry[:5], number), split.core, split.definite):
                    continue
            before = split.proclitic
            if split.definite:
                before = before[: -len(self.article)] if before.endswith(self.article) else before[:-1]
            return Noun(*entry[:5], number, split.definite, before.startswith(self.conjunction), before, bool(split.enclitic))
        return None

    def theirs(self, form: str) -> Noun | None:
        """The dead or hurt of whoever a pronoun means ("its dead"), in a sum, or None. Elsewhere such a noun tells of nobody anew."""
        kind = _THEIRS.get(self._roles.get(form, ""))
        return Noun(form, "neutral", "", kind, "", "pl", False, False, "", True) if kind is not None else None

    def pair(self, form: str) -> Noun | None:
        """Two fighters, before the body that they belong to ("two officers of the police"), or None."""
        for split in splits(form, self.language, enclitics=False):
            entry = self._pairs.get(split.core)
            if entry is not None and not split.definite:
                return Noun(*entry, "dual", False, split.proclitic.startswith(self.conjunction), split.proclitic, False)
        return None

    def _owned(self, entry: tuple[str, str, str, str, str, str], core: str, definite: bool) -> bool:
        """Whether a pronoun may stand on this noun: relatives ("his wife") and plurals ("its members")."""
        if (
            definite
            or entry[5] in ("acc", "amb")
            or (entry[5] == "sg" and len(core) > 3 and core.endswith(_ending(self.language, "adjective")))
        ):
            return False
        return entry[2] in ("family", "women", "children") or (entry[5] in ("pl", "sg") and len(core) >= 4 and not entry[3])

    def _role(self, form: str) -> tuple[str, bool]:
        if form in self._roles:
            return self._roles[form], False
        if form.startswith(self.conjunction) and form[1:] in self._roles:
            return self._roles[form[1:]], True
        return _NOTHING

    def definite(self, form: str) -> bool:
        """Whether a word begins with the article."""
        return form.startswith(self.article) and len(form) > len(self.article) + 2

    def rescues(self, first: str, second: str) -> bool:
        """Whether two words name a body that helps people ("civil defence", "medical teams")."""
        beginnings = self.rescuers.get(second.removeprefix(self.article))
        return beginnings is not None and first.endswith(beginnings)

    def _behind_preposition(self, form: str) -> bool:
        return any(s.definite and s.proclitic != self.article for s in splits(form, self.language, enclitics=False)[1:])

    def side(self, form: str) -> str:
        """ "regular" for a noun of those who serve a state, "irregular" for one of those who fight it, else the empty string."""
        noun = self.noun(form)
        lemma = fold(noun.lemma) if noun is not None else ""
        return "regular" if lemma in self.regular else "irregular" if lemma in self.irregular else ""

    def doubtful(self, form: str, written: str = "", lemma: str = "") -> bool:
        """Whether a word is a victim noun only where a number or an article says so.

        Args:
            form: its folded form.
            written: as it stands in the text; who writes what the other word is never written like means the noun.
            lemma: the noun as the table spells it.
        """
        return form in self._verbs_too and not (written == lemma != "" and written not in self._alike)

    def _force(self, form: str) -> bool:
        return form in self._forces or any(
            (split.core in self._forces or split.listed in self._forces) and split.proclitic not in self._verbal
            for split in splits(form, self.language)
        )

    def demonym(self, form: str) -> bool:
        """Whether a word looks like a plural or accusative adjective of origin."""
        return len(form) >= 5 and form.endswith(self._demonym)


@lru_cache(maxsize=16)
def _ending(language: str, role: str) -> str:
    return next(fold(row["word"]) for row in read_table(f"{language}/lexicon/endings.tsv") if row["role"] == role)


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
        shares: the parts behind it that make up its number, if they do; helpers: people of a body that helps people;
            among: status of the people told as some of them ("53 others, among them civilians"), or "".
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
    shares: list[Victims] = field(default_factory=list)
    helpers: bool = False
    among: str = ""

    @property
    def kind(self) -> str:
        """The harm that the head noun itself tells, or ""."""
        return self.noun.kind if self.noun is not None else ""

    @property
    def person(self) -> bool:
        """Whether it is one person, told by a title or rank ("the commander")."""
        return self.noun is not None and self.noun.use in ("title", "rank") and self.noun.number == "sg"
