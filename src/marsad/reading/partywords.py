"""The words that name parties: names of the party list, heads and owners of forces, countries, civilians.

All of them stand in one phrasebook, so that a text is looked up once; a phrase that several rows hold keeps them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from marsad.lexicon.inflect import forms
from marsad.lexicon.phrases import Phrasebook
from marsad.lexicon.table import read_table
from marsad.record import record
from marsad.text.fold import fold

__all__ = ["HEADS", "Entry", "Known", "PartyWords", "Role", "Word", "party_words"]

HEADS = frozenset(("force", "militia", "air", "ground", "members", "organ", "unid"))
_AS_IS = "phrase"
# Classes of phrases whose last word tells who the bare words mean ("the forces of the resistance").
_TOLD = frozenset(("role", "force", "air", "ground"))
# What only matters beside another word; everything else can begin a mention.
_BESIDE = frozenset(
    (
        "arm",
        "attr",
        "epithet",
        "link",
        "other",
        "actor",
        "groupname",
        "notname",
        "safe",
        "modified",
        "made",
        "called",
        "ordinal",
        "backed",
        "proclitic",
    )
)


@record(frozen=True, slots=True)
class Word:
    """What a phrase can be.

    Attributes:
        sort: class of ``parties.tsv`` or ``party_words.tsv``; "country", "demonym", "capital" and "noun" (a name said
            again) come from other tables.
        id: party id; empty for a party that is not listed.
        weak: whether the name needs a report that fits.
        since, until: first and last year or day of use, or empty.
        countries: codes of the countries where it has this meaning, or of the country itself.
        avoid: folded words that void it right behind it.
        role: row of ``party_roles.tsv``.
        means: "air", "ground" or empty.
        bare: "def", "any", "plural", "own" or empty: whether it stands alone; "adjective": its singular may be one;
            "site": a thing, behind which a word that names a country too is an adjective.
        number: "sg", "pl" or empty.
        definite: whether a word of the phrase has the article.
        noun: the folded word without its article, by which it is referred to again.
        nouns: all such words, by which later bare words may mean it.
    """

    sort: str
    id: str = ""
    weak: bool = False
    since: str = ""
    until: str = ""
    countries: tuple[str, ...] = ()
    avoid: frozenset[str] = frozenset()
    role: str = ""
    means: str = ""
    bare: str = ""
    number: str = ""
    definite: bool = False
    noun: str = ""
    nouns: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Entry:
    """All that a phrase can be: its words in the order of the tables, and the first one of each sort."""

    words: tuple[Word, ...]
    by: dict[str, Word]


@record(frozen=True, slots=True)
class Known:
    """A party of the list: its kind, its country, the countries that it points to, nouns for it (folded), whether its
    members are called militants, and the party that groups are which it backs."""

    kind: str
    country: str
    where: tuple[str, ...]
    nouns: tuple[str, ...]
    militant: bool
    proxies: str


@record(frozen=True, slots=True)
class Role:
    """Who a bare word is in reports on a country between two days."""

    id: str
    since: str
    until: str


@record(frozen=True, slots=True)
class PartyWords:
    """The tables of a language.

    Attributes:
        language: its code.
        book: the phrases that can begin a mention, each with what it can be.
        beside: those that only bear on a word next to them.
        known: parties by id.
        roles: who a role is, by role and country ("*" for any other), in the order of the table.
        own: id of the state force, by country.
        theatres: countries that some armed group points to.
        scenes: those of them whose names are places rather than actors.
        arms: nouns that words for forces of a state begin with, folded and without article.
        article: the folded article.
        joint: the word for "and".
        joining: letters that join an owner to "belonging".
        placing: letters that make of a country a place.
        barred: letters that may be cut off a word but begin no name.
        voices: names that only one side calls its enemies, folded, and the id of that side.
    """

    language: str
    book: Phrasebook[Entry]
    beside: Phrasebook[Entry]
    known: dict[str, Known]
    roles: dict[tuple[str, str], tuple[Role, ...]]
    own: dict[str, str]
    theatres: frozenset[str]
    scenes: frozenset[str]
    arms: frozenset[str]
    article: str
    joint: str
    joining: frozenset[str]
    placing: frozenset[str]
    barred: frozenset[str]
    voices: dict[str, str]


@lru_cache(maxsize=4)
def party_words(language: str = "ar") -> PartyWords:
    """The words of a language pack.

    Raises:
        PackError: a table is malformed or has an unknown paradigm.
    """
    article = next((r["restore"] for r in read_table(f"{language}/clitics.tsv") if r["restore"]), "")
    joint = next((r["form"] for r in read_table(f"{language}/clitics.tsv") if r["side"] == "pro" and r["note"] == "and"), "")
    known = {
        r["id"]: Known(r["kind"], r["country"], r.list("where"), tuple(_noun(n, article, language) for n in r.list("nouns")), r["militant"] == "yes", r["proxies"])
        for r in read_table(f"{language}/lexicon/party_ids.tsv")
    }  # fmt: skip
    roles: dict[tuple[str, str], list[Role]] = {}
    for row in read_table(f"{language}/lexicon/party_roles.tsv"):
        if row["id"] and row["id"] not in known:
            raise row.fail(f"no party {row['id']!r}")
        roles.setdefault((row["role"], row["country"]), []).append(Role(row["id"], row["from"], row["to"]))
    own = {k.country: i for i, k in known.items() if k.country}
    theatres = frozenset(c for k in known.values() if k.kind == "armed_group" for c in k.where)
    abroad = frozenset(r["country"] for r in read_table(f"{language}/lexicon/party_ids.tsv") if r["abroad"] == "yes")
    phrases: dict[str, list[Word]] = {}
    for phrase, word in _all(language, article, known):
        listed = phrases.setdefault(" ".join(fold(w) for w in phrase.replace("_", " ").split()), [])
        if word not in listed:
            listed.append(word)
    books: tuple[list[tuple[str, Entry]], list[tuple[str, Entry]]] = ([], [])
    arms = frozenset(w.nouns[0] for listed in phrases.values() for w in listed if w.sort == "force" and w.role == "army")
    proclitics: dict[str, str] = {}
    for phrase, listed in phrases.items():
        by = {w.sort: w for w in reversed(listed)}
        if "proclitic" in by:
            proclitics[phrase] = by["proclitic"].role
        books[by.keys() <= _BESIDE].append((phrase, Entry(tuple(listed), by)))
    return PartyWords(
        language, Phrasebook(books[False], language, shared=True), Phrasebook(books[True], language, shared=True), known,
        {k: tuple(v) for k, v in roles.items()}, own, theatres, theatres - abroad, arms, article, joint, frozenset(p for p, role in proclitics.items() if role != "void"),
        frozenset(p for p, role in proclitics.items() if role == "place"),
        frozenset(p for p, role in proclitics.items() if role == "void"),
        {" ".join(fold(word) for word in r["phrase"].split()): r["id"] for r in read_table(f"{language}/lexicon/voices.tsv")},
    )  # fmt: skip


def _all(language: str, article: str, known: dict[str, Known]) -> Iterator[tuple[str, Word]]:
    for row in read_table(f"{language}/parties.tsv"):
        if row["id"] and row["id"] not in known:
            raise row.fail(f"no party {row['id']!r}")
        countries, avoid = row.list("countries"), frozenset(fold(w) for w in row.list("avoid"))
        weak = row["strength"] == "weak"
        for form, number, definite in _forms(row["alias"], row["paradigm"] or _AS_IS, (), article, language):
            noun = _noun(form, article, language)
            yield (
                form,
                Word(
                    row["class"],
                    row["id"],
                    weak,
                    row["from"],
                    row["to"],
                    countries,
                    avoid,
                    "",
                    "",
                    "",
                    number,
                    definite,
                    noun,
                    (noun,),
                ),
            )
    for row in read_table(f"{language}/lexicon/party_words.tsv"):
        for form, number, definite in _forms(row["word"], row["paradigm"], row.list("plural"), article, language, True):
            first, last = _noun(form, article, language), _noun(form, article, language, -1)
            # "The armed forces" are those that were called armed, whoever else has forces.
            word = Word(
                row["class"], role=row["role"], means=row["means"], bare=row["bare"], number=number, definite=definite,
                noun=last if row["class"] in _TOLD else first, nouns=(first,) if first == last else (first, last),
            )  # fmt: skip
            yield form, word
    yield from _people(language, article)
    yield from _countries(language, article)
    for noun in sorted({n for k in known.values() for n in k.nouns}):
        yield article + noun, Word("noun", definite=True, noun=noun)


def _people(language: str, article: str) -> Iterator[tuple[str, Word]]:
    others = {fold(r["form"]) for r in read_table(f"{language}/lexicon/homographs.tsv") if r["not"] in ("civilian", "victim")}
    for row in read_table(f"{language}/lexicon/victims.tsv"):
        if row["class"] == "civilian":
            role, bare = "people" if row["use"] else "", "adjective" if row["paradigm"] == "soundm" else ""
            listed = _forms(row["singular"], row["paradigm"], row.list("plural"), article, language, True)
            for form, number, definite in listed:
                if form in others:
                    continue
                yield form, Word("civil", role=role, number=number, definite=definite, bare=bare)


def _countries(language: str, article: str) -> Iterator[tuple[str, Word]]:
    made = frozenset(fold(r["word"]) for r in read_table(f"{language}/lexicon/party_words.tsv") if r["class"] == "made")
    for row in read_table(f"{language}/lexicon/countries.tsv"):
        code = (row["code"],)
        for name in row.list("names"):
            yield name, Word("country", countries=code, definite=True)
        for name in row.list("capital"):
            yield name, Word("capital", countries=code, definite=True)
        for demonym in row.list("demonyms"):
            if " " in demonym:
                continue
            for form, number, definite in _forms(demonym, "soundm", (), article, language):
                yield form, Word("demonym", countries=code, avoid=made, number=number, definite=definite)


def _forms(
    word: str, paradigm: str, plurals: tuple[str, ...], article: str, language: str, person: bool = False
) -> Iterator[tuple[str, str, bool]]:
    """Forms of an entry with number and definiteness; a phrase is used as it is."""
    if paradigm == _AS_IS:
        yield word, "", any(fold(w).startswith(article) for w in word.split())
        return
    made = dict(forms(paradigm, (word,), language))
    for plural in plurals:
        made.update(forms("plural", (plural,), language))
    for form, feature in made.items():
        if feature == "sgf" and person:
            # The feminine is an adjective of things ("armed", "military").
            continue
        number = "pl" if feature.startswith(("pl", "dual")) else "sg"
        yield form, number, False
        yield article + form, number, True


def _noun(phrase: str, article: str, language: str, at: int = 0) -> str:
    """A word of a phrase, folded and without its article; spellings and numbers of one word give one noun."""
    noun = _bare(fold(phrase.split()[at]), article)
    return _alike(language).get(noun, noun)


def _bare(noun: str, article: str) -> str:
    return noun[len(article) :] if noun.startswith(article) and len(noun) > len(article) + 1 else noun


@lru_cache(maxsize=4)
def _alike(language: str) -> dict[str, str]:
    """Words for a militia, folded and without article, by which one of them means the same, by their role."""
    article = next((r["restore"] for r in read_table(f"{language}/clitics.tsv") if r["restore"]), "")
    rows = [r for r in read_table(f"{language}/lexicon/party_words.tsv") if r["class"] == "militia" and r["bare"] == "def"]
    first: dict[str, str] = {}
    return {noun: first.setdefault(r["role"], noun) for r in rows for noun in (_bare(fold(r["word"]), article),)}
