"""Sites: places and objects that a report may tell to have been hit, with the kind that the words say they are.

Nouns, the words behind them that change their kind, and uses of theirs that are no site are data (``lexicon/sites.tsv``,
``site_qualifiers.tsv``, ``phrase_words.tsv``). Whether a site was hit is not decided here.
"""

from __future__ import annotations

from functools import lru_cache

from marsad.reading.forenames import given_names
from marsad.reading.headphrases import mentions, phrase
from marsad.reading.headwords import Book, Reading
from marsad.record import record, replace
from marsad.text.tokens import Text
from marsad.vocabulary import SITE_KINDS

__all__ = ["SiteMention", "find"]

_NONE = "-"
_MILITARY = "military"
_VAGUE, _AMBUSH = "vague", "ambush"  # flags of the table
_USE_REACH = 12  # tokens between a site and the word that tells what it is used as
_USE_NEAR = 4
_DISPLACED = "displacement_site"
_SHELTER, _SHELTERED = 2, 6  # tokens behind a site to "shelters", and to whom
_CLOSING = {"»": "«", "”": "“", '"': '"', ")": "("}  # a quotation that begins inside a name ends with it


@record(frozen=True, slots=True)
class SiteMention:
    """A place or object as a text names it.

    Attributes:
        first, last: token indices of the name, both included.
        start, end: half-open source offsets of the name, without the letters written before it.
        kinds: site kinds of the claims vocabulary; two where the text tells a use beside the place's own.
        name: the words, ``source[start:end]``; head: token index of the head noun.
        proclitic: letters written before the name, without the article; definite: article or pronoun on it.
        number: "sg", "du" or "pl".
        owner: token span (both included) of the words that say whose it is, or None.
        vague: whether only a word that says nothing of its use names it ("a building").
    """

    first: int
    last: int
    start: int
    end: int
    kinds: tuple[str, ...]
    name: str
    head: int
    proclitic: str
    definite: bool
    number: str
    owner: tuple[int, int] | None
    vague: bool = False


@lru_cache(maxsize=4)
def _book(language: str) -> Book:
    return Book("sites", "site_qualifiers", language, kinds=frozenset(SITE_KINDS), armed="military", people="people")


def find(text: Text, language: str = "ar") -> list[SiteMention]:
    """The sites of a text, in order, without overlap.

    Args:
        text: the report.
        language: code of the language pack.
    """
    book = _book(language)
    found: list[SiteMention] = []
    for mention in mentions(text, book, _mention):
        if found and _used_as(text, book, found[-1], mention):
            kinds = () if found[-1].vague else found[-1].kinds
            found[-1] = replace(found[-1], kinds=kinds + tuple(k for k in mention.kinds if k not in kinds), vague=False)
        else:
            found.append(_sheltering(text, book, mention))
    return _alike(book, found)


def _sheltering(text: Text, book: Book, site: SiteMention) -> SiteMention:
    """A site as one of displaced people too, if it takes them in ("a school that shelters displaced people")."""
    if site.kinds == (_DISPLACED,):
        return site
    end = text.sentences[text.tokens[site.head].sentence][1]
    roles = [book.roles.get(token.form, "") for token in text.tokens[site.last + 1 : min(end, site.last + _SHELTERED)]]
    verb = next((at for at, role in enumerate(roles[:_SHELTER]) if role == "shelter"), -1)
    return replace(site, kinds=(*site.kinds, _DISPLACED)) if verb >= 0 and "displaced" in roles[verb:] else site


def _alike(book: Book, found: list[SiteMention]) -> list[SiteMention]:
    """Makes what only vague words name military in a series with what is ("stores, dens and trenches")."""
    begin = 0
    for at in range(1, len(found) + 1):
        if at < len(found) and found[at].first == found[at - 1].last + 1 and found[at].proclitic in book.conjunctions:
            continue
        if at - begin > 1:
            sure = {k for site in found[begin:at] if not site.vague for k in site.kinds}
            if sure == {_MILITARY}:
                found[begin:at] = [replace(s, kinds=(_MILITARY,), vague=False) if s.vague else s for s in found[begin:at]]
        begin = at
    return found


def _mention(text: Text, book: Book, index: int, reading: Reading) -> SiteMention | None:
    behind = phrase(text, book, index, reading)
    if behind is None or not behind.kind or behind.kind == _NONE:
        return None
    if not (reading.definite or reading.owned or behind.told or reading.proclitic) and _surname(text, index, book.language):
        return None
    flags = reading.head.flags
    vague = _VAGUE in flags and not behind.told
    if vague and not reading.definite and not reading.owned and _built_of(text, book, index):
        return None  # "the building of the health centre": that is what it is
    if _AMBUSH in flags and behind.owner is not None and text.tokens[behind.owner[0]].form.startswith(book.dative):
        return None  # "an ambush for a patrol" was laid for it, and is no post
    token, last = text.tokens[index], behind.last
    start = text.inside(token, reading.begin, len(token.form))[0]
    end = text.tokens[last].end
    closing = _CLOSING.get(text.source[end : end + 1])
    if closing is not None and closing in text.source[start:end]:
        end += 1
    number = "sg" if reading.number == "acc" else reading.number
    definite = reading.definite or reading.owned
    name = text.source[start:end]
    return SiteMention(
        index, last, start, end, (behind.kind,), name, index, reading.proclitic, definite, number, behind.owner, vague
    )


def _surname(text: Text, index: int, language: str) -> bool:
    """Whether a word is a man's name behind his given name ("Ahmad Jarrar", which is "tractor")."""
    before = text.tokens[index - 1] if index else None
    return before is not None and before.kind == "w" and before.form in given_names(language)


def _built_of(text: Text, book: Book, index: int) -> bool:
    """Whether another noun of a place stands right behind one ("the building of the centre")."""
    if index + 1 >= len(text.tokens) or text.tokens[index + 1].sentence != text.tokens[index].sentence:
        return False
    behind = book.read(text.tokens[index + 1].form)
    return behind is not None and not behind.proclitic and not behind.definite and behind.number != "acc"


def _used_as(text: Text, book: Book, place: SiteMention, use: SiteMention) -> bool:
    """Whether a mention tells only what the place before it is used as ("a school turned into a barracks")."""
    tokens = text.tokens
    if use.head - place.last > _USE_REACH or tokens[use.head].sentence != tokens[place.last].sentence or use.definite:
        return False
    between = tokens[max(place.last + 1, use.head - _USE_NEAR) : use.head]
    roles = [book.roles.get(token.form, "") for token in between]
    return any(role == "use" and roles[at + 1 : at + 2] != ["from"] for at, role in enumerate(roles))
