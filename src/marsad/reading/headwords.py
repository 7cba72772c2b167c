"""Head nouns: nouns whose kind depends on the words behind them ("post" of the army, of the health office, of a blog).

A table of heads gives each noun its kind by the word alone and the classes of words that change it; a table of
qualifiers gives words their class. Both are data; forms are made by rule. A form is worked out once, so that reading
costs one dictionary access a token. ``sites`` and ``weapons`` are built on this.
"""

from __future__ import annotations

from functools import lru_cache

from marsad.lexicon.clitics import splits
from marsad.lexicon.inflect import bound, forms
from marsad.lexicon.lookup import Lookup
from marsad.lexicon.scan import Shared
from marsad.lexicon.table import Row, read_table
from marsad.reading.people import words_of
from marsad.record import record
from marsad.text.fold import fold

__all__ = ["TA_MARBUTA", "Book", "Head", "Qualifier", "Reading"]

_SHORT = 4
_FEWEST = 2  # letters too few to be a word without its article
_LETTERS = 4  # the longest adjective in -i whose first letter is taken for its own
TA_MARBUTA = "\u0629"


@record(frozen=True, slots=True)
class Head:
    """An entry of a table of heads.

    Attributes:
        lemma: the word as listed; kind: its kind by the word alone, or "".
        when: what must hold for that kind; see the table. takes: kind by class of qualifier; "*" takes every class as
            its own kind. unless, before: words right behind or before it that make it something else.
        needs: words one of which must follow, else it is no head. flags: as listed.
        spelled: spellings, letter for letter, of another word that folds to the same form.
    """

    lemma: str
    kind: str
    when: frozenset[str]
    takes: dict[str, str]
    unless: frozenset[str]
    before: frozenset[str]
    needs: frozenset[str]
    flags: frozenset[str]
    spelled: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Reading:
    """A form read as a head: the entry, where its core begins in the folded form, and what stands with it.

    Attributes:
        proclitic: letters cut off in front, without the article; definite: whether it has the article.
        owned: whether a pronoun is written onto it. number: sg, acc (singular accusative), du, pl.
        construct: whether the form can only stand before what it belongs to; articled: whether the article stands at ``begin``.
        begin, end: half-open offsets in the folded form of the word with its article and without its pronoun.
    """

    head: Head
    begin: int
    end: int
    proclitic: str
    definite: bool
    owned: bool
    number: str
    construct: bool
    articled: bool


@record(frozen=True, slots=True)
class Qualifier:
    """A form read as a word that says what a head is.

    Attributes:
        kind: its class; adjective: whether it agrees with its head; definite: whether it has the article.
        proclitic: letters before it but the article. people: whether it names people or armed bodies, who may own.
        opens: whether a name may go on behind it ("party of"). pairs: words right behind it that give both a class of their own.
        dual: whether people so called may as well be two things with that adjective.
        weak: whether a later word may say more surely what the head is.
    """

    kind: str
    adjective: bool
    definite: bool
    proclitic: str
    people: bool = False
    opens: bool = False
    pairs: tuple[tuple[str, str], ...] = ()
    dual: bool = False
    weak: bool = False


class Book:
    """The heads and qualifiers of one subject.

    Args:
        heads, qualifiers: names of the two tables under ``lexicon``.
        language: code of the language pack.
        kinds: the kinds there are; a head that takes "*" becomes the kind that a qualifier is of.
        armed: class of armed bodies and fighters, "" if they qualify nothing.
        people: class of other people, "" if they qualify nothing.
    """

    def __init__(
        self, heads: str, qualifiers: str, language: str = "ar", *, kinds: frozenset[str], armed: str = "", people: str = ""
    ) -> None:
        self.language, self.kinds = language, kinds
        self.armed, self._people = armed, people
        clitics = read_table(f"{language}/clitics.tsv")
        self.article = next(c["form"] for c in clitics if c["note"] == "article")
        self.conjunctions = tuple(c["form"] for c in clitics if c["note"] in ("and", "so"))
        self.dative = next(c["form"] for c in clitics if c["note"] == "to")
        adjective = _adjective_ending(language)
        self._relational = (adjective, adjective + fold(TA_MARBUTA), adjective + _accusative_ending(language))
        self._origins = {fold(r["singular"])[:-1] for r in read_table(f"{language}/lexicon/origins.tsv")}
        self.instrument = next(c["form"] for c in clitics if c["note"] == "with, by")
        self._simile = next(c["form"] for c in clitics if c["note"] == "as")
        self._verbal = frozenset(c["form"] for c in clitics if c["note"] in ("question", "future", "so will", "and will"))
        self._personal = frozenset(c["form"] for c in clitics if c["note"] in ("my", "me", "your", "our"))
        self._heads: dict[str, tuple[Head, str]] = {}
        self._qualifiers: dict[str, tuple[str, bool, bool]] = {}
        self._persons: set[str] = set()
        self._pairs: dict[str, dict[str, str]] = {}
        self.roles: dict[str, str] = {}
        for row in read_table(f"{language}/lexicon/{heads}.tsv"):
            self._enter(row)
        for row in read_table(f"{language}/lexicon/{qualifiers}.tsv"):
            if row["paradigm"] == "pair":
                first, second = row["word"].split()
                self._pairs.setdefault(fold(first), {})[fold(second)] = row["class"]
                continue
            opens = row["opens"] == "yes"
            if row["paradigm"] == "adj":  # its sound plurals are persons, or two things
                self._persons.update(f for f, x in forms("soundm", (row["word"],), language).items() if x == "pl")
            for form in _qualifying(row, language):
                self._qualifiers.setdefault(form, (row["class"], row["paradigm"] == "adj", opens))
        for row in read_table(f"{language}/lexicon/phrase_words.tsv"):
            for form in _qualifying(row, language):
                self.roles.setdefault(form, row["role"])
        self._role_of: Lookup[str] = Lookup(self._read_role)
        self.known: Shared[Reading | None] = Shared(self._read, self._heads, None, language)
        words = words_of(language)
        keys = {*self._qualifiers, *self._pairs, *self._heads, *words.keys()}
        self._qualifying: Shared[Qualifier | None] = Shared(self._qualifier, keys, None, language)

    def _enter(self, row: Row) -> None:
        takes: dict[str, str] = {}
        for part in row.list("takes"):
            key, _, kind = part.partition(":")
            takes[key] = kind or key
        behind = [w for w in row.list("unless") if not w.startswith("<")]
        ahead = [w[1:] for w in row.list("unless") if w.startswith("<")]
        head = Head(
            row["word"],
            row["kind"],
            frozenset(row.list("when")),
            takes,
            frozenset(fold(w) for w in behind if not w.startswith("=")),
            frozenset(fold(w) for w in ahead),
            frozenset(fold(w) for w in row.list("needs")),
            frozenset(row.list("flags")),
            tuple(w[1:] for w in behind if w.startswith("=")),
        )
        paradigm, stem = row["paradigm"], row["word"]
        if paradigm == "verb":
            for form in forms("verb", tuple(stem.split(",")), self.language):
                self._heads.setdefault(form, (head, "sg"))
            return
        if paradigm == "adj":
            for form in _qualifying(row, self.language):
                self._heads.setdefault(form, (head, "sg"))
            return
        if paradigm not in ("noun", "nounf", "plural"):
            raise row.fail(f"no paradigm {paradigm!r} for a head")
        if paradigm != "plural":
            relational = _adjective_ending(self.language) if "nisba" in head.flags else None
            for form, feature in forms(paradigm, (stem,), self.language).items():
                if relational is not None and form == fold(stem) + relational:
                    continue
                if paradigm == "noun" and form == fold(stem) + _accusative_ending(self.language):
                    feature = "acc"
                if feature == "sg" and self._heads.get(form, (head, ""))[0].lemma != stem:
                    self._heads[form] = (head, feature)  # the word itself comes before a form of another one
                self._heads.setdefault(form, (head, feature))
        for plural in row.list("plural"):
            for form, feature in forms("plural", (plural,), self.language).items():
                self._heads.setdefault(form, (head, "pl" if feature == "pl" else "pl.acc"))
            stem = fold(plural)
            if stem.endswith(fold(TA_MARBUTA)):  # before a pronoun
                self._heads.setdefault(bound(plural, self.language), (head, "pl.cons"))

    def relates(self, form: str, reading: Reading | None = None) -> bool:
        """Whether an unlisted word looks like an adjective in -i that agrees with a head in gender.

        A word behind a preposition written onto it is none.
        """
        endings: tuple[str, ...] = self._relational
        if reading is not None:
            feminine = reading.number == "pl" or reading.head.lemma.endswith(TA_MARBUTA)
            endings = endings[1:2] if feminine else endings[0::2]
        ending = next((e for e in endings if form.endswith(e)), None)
        if ending is None:
            return False
        if not form.startswith((self.instrument, self.dative)) or len(form) <= _LETTERS:
            return True
        return form.removesuffix(ending) in self._origins

    def read(self, form: str) -> Reading | None:
        """The reading of a form as a head, or None."""
        return self.known[form]

    def _read(self, form: str) -> Reading | None:
        for split in splits(form, self.language):
            entry = self._heads.get(split.core)
            if entry is None or (split.proclitic and split.proclitic in self._verbal) or split.enclitic in self._personal:
                continue
            head, feature = entry
            construct = feature.endswith(".cons")
            if len(split.core) <= _SHORT and split.proclitic.endswith(self._simile):
                continue  # too few letters to tell a simile from a word that begins so
            if split.definite and (split.enclitic or construct or feature.endswith("acc")):
                continue
            if split.enclitic and (feature.endswith("acc") or (construct and not feature.startswith(("sg", "dual", "pl")))):
                continue
            before, article = split.proclitic, len(self.article)
            begin = split.start
            if split.definite:
                whole = before.endswith(self.article)
                before = before[:-article] if whole else before[:-1]
                begin = split.start - article if whole else split.start
            number = {"sg": "sg", "acc": "acc", "dual": "du", "pl": "pl"}[feature.split(".")[0]]
            owned = bool(split.enclitic)
            if feature == "pl.acc":
                construct = False
            return Reading(
                head, begin, split.end, before, split.definite, owned, number, construct and not owned, begin < split.start
            )
        return None

    def role(self, form: str) -> str:
        """What a form says beside a head (``phrase_words.tsv``), with its article or without; empty for most."""
        return self._role_of[form]

    def _read_role(self, form: str) -> str:
        role = self.roles.get(form)
        if role is not None:
            return role
        bare = form.removeprefix(self.article)
        bare = form.removeprefix(self.dative * 2) if bare == form else bare
        return self.roles.get(bare, "") if _FEWEST < len(bare) < len(form) else ""

    def qualifier(self, form: str) -> Qualifier | None:
        """The reading of a form as a qualifier, or None."""
        return self._qualifying[form]

    def _qualifier(self, form: str) -> Qualifier | None:
        return self._listed(form) or self._headed(form) or self._forceful(form)

    def _listed(self, form: str) -> Qualifier | None:
        for split in splits(form, self.language):
            entry = self._qualifiers.get(split.core)
            if entry is None or (split.proclitic and split.proclitic in self._verbal) or (split.definite and split.enclitic):
                continue
            persons = split.core in self._persons
            people = persons or entry[2] or (entry[0] in (self.armed, self._people) and not entry[1])
            definite = split.definite or bool(split.enclitic)
            before = self._bare(split.proclitic, split.definite)
            pairs = tuple(self._pairs.get(split.listed, {}).items())
            return Qualifier(entry[0], entry[1] and not persons, definite, before, people, entry[2], pairs, persons)
        for split in splits(form, self.language, enclitics=False):
            if split.listed in self._pairs and split.proclitic not in self._verbal - {""}:
                before = self._bare(split.proclitic, split.definite)
                return Qualifier("", False, split.definite, before, True, True, tuple(self._pairs[split.listed].items()))
        return None

    def _headed(self, form: str) -> Qualifier | None:
        reading = self.read(form)
        if reading is None or not reading.head.kind or reading.head.needs or reading.head.when == {"with"}:
            return None
        definite = reading.definite or reading.owned
        return Qualifier(reading.head.kind, False, definite, reading.proclitic, False, not definite, weak=True)

    def _forceful(self, form: str) -> Qualifier | None:
        words = words_of(self.language)
        if self.armed and words.force(form):
            split = splits(form, self.language, enclitics=False)
            best = next((s for s in split if words.force(s.core) and s.core == form[s.start :]), split[0])
            lead = next((s for s in reversed(split) if s.definite and words.force(s.core)), best)
            return Qualifier(self.armed, False, lead.definite, self._bare(lead.proclitic, lead.definite), True, not lead.definite)
        noun = words.noun(form)
        if noun is None or not (self.armed or self._people):
            return None
        kind = self.armed if noun.people == "fighter" else self._people
        if not kind or noun.use == "event" or (noun.owned and noun.number != "pl"):
            return None
        return Qualifier(kind, False, noun.definite or noun.owned, noun.proclitic, True, not noun.definite)

    def _bare(self, proclitic: str, definite: bool) -> str:
        if not definite:
            return proclitic
        return proclitic[: -len(self.article)] if proclitic.endswith(self.article) else proclitic[:-1]


def _qualifying(row: Row, language: str) -> set[str]:
    """Folded forms of a qualifier: adjectives in both genders and all numbers, nouns with their plurals."""
    paradigm, word = row["paradigm"], row["word"]
    found: set[str] = set()
    if paradigm == "adj":
        found.update(forms("soundm", (word,), language))
        found.update(forms("nounf", (word + "ة",), language))
    elif paradigm == "verb":
        found.update(forms("verb", tuple(word.split(",")), language))
    elif paradigm in ("noun", "nounf", "soundm"):
        found.update(forms(paradigm, (word,), language))
    elif paradigm == "word":
        found.add(fold(word))
    else:
        raise row.fail(f"no paradigm {paradigm!r} for a qualifier")
    for plural in row.list("plural"):
        found.update(forms("plural", (plural,), language))
    return found


@lru_cache(maxsize=8)
def _adjective_ending(language: str) -> str:
    return next(fold(r["word"]) for r in read_table(f"{language}/lexicon/endings.tsv") if r["role"] == "adjective")


@lru_cache(maxsize=8)
def _accusative_ending(language: str) -> str:
    return next(fold(r["word"]) for r in read_table(f"{language}/lexicon/endings.tsv") if r["role"] == "accusative")
