"""Parties: who fights, is attacked or stands for a state, as the text names them, with the id of the party list.

A name is listed ("Hezbollah") or composed of a head and its owner ("aircraft of the coalition", "the Turkish army"). Bare
words ("the army", "the organisation") are resolved by an earlier mention, by the theatre of the report and its day.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.lexicon.clitics import splits
from marsad.reading.partyfound import OPENING, Found
from marsad.reading.partyscan import scan
from marsad.reading.partytheatre import Theatre
from marsad.reading.partywords import Known, PartyWords, party_words
from marsad.record import record
from marsad.text.tokens import Text

__all__ = ["FIGHTING", "STATE_FORCES", "Named", "PartyMention", "find", "look"]

STATE_FORCES = frozenset({"state_force", "state_like_force", "coalition"})
FIGHTING = STATE_FORCES | {"armed_group"}  # kinds of those who bear arms
_ABROAD = 0.15
_AT_ONCE = 20  # tokens from a force of a named state to "the soldiers"
_RANKS = 60  # tokens from soldiers of a named force to "soldiers"
_NUMBERED = "unit"  # role of a brigade or division by its number
_STATE = frozenset(("police", "border_guard", "government", "regime", "air", "airforce", "occupation", "enemy"))
_GROUPS = {"SY": "syria_opposition", "PS": "palestinian_factions"}


@record(frozen=True, slots=True)
class PartyMention:
    """A party named in a text.

    Attributes:
        first, last: token indices of the name, both included; epithets behind it and proclitics are no part of it.
        start, end: source offsets of the same.
        id: id of the party list, or None for a party that is named but not listed.
        name: ``source[start:end]``, or the name of an unlisted party that bare words, or its soldiers, mean again.
        kind: armed_group, state_force, state_like_force, coalition, unidentified or civilians.
        head: token index of the head noun.
        proclitic: folded letters cut off in front, without the article.
        sort: "force", "state", "civilians", "unidentified", "person", "tribe" (a tribe that is named) or "members".
        means: "air" or "ground" where the words name aircraft or artillery and armour, else empty.
        sure: False where a bare word was resolved by theatre, day or an earlier mention.
        number: "sg", "pl" or empty.
    """

    first: int
    last: int
    start: int
    end: int
    id: str | None
    name: str
    kind: str
    head: int
    proclitic: str
    sort: str
    means: str
    sure: bool
    number: str


@record(frozen=True, slots=True)
class Named:
    """What a text names of parties, before it is known who a bare word is.

    Attributes:
        found: names and bare words, in order and without overlap.
        seen: countries named, with their token.
    """

    found: Sequence[Found]
    seen: Sequence[tuple[int, str]]

    def lands(self, language: str = "ar") -> dict[str, int]:
        """Countries where the parties named beyond doubt fight, by code, with how many mentions speak for each.

        Who fights in several countries speaks for none.
        """
        words, lands = party_words(language), dict[str, int]()
        for mention in self.found:
            known, only = _by_any_reading(mention, words), _of_one_land(mention)
            if only:
                lands[only] = lands.get(only, 0) + 1
            if not mention.options and mention.code:
                rows = words.roles.get((mention.role, mention.code), ())
                known = words.known.get(rows[-1].id) if rows else None
            # The country of an adjective ("the Iraqi army") is told anyhow.
            if known is not None and len(known.where) == 1 and known.where[0] != mention.code:
                lands[known.where[0]] = lands.get(known.where[0], 0) + 1
        return lands


def look(text: Text, published: str | None = None, language: str = "ar") -> Named:
    """What a text names of parties; ``find`` resolves it once the places are known."""
    return Named(*scan(text, party_words(language), published))


def find(
    text: Text,
    published: str | None = None,
    countries: Sequence[str] = (),
    title: Text | None = None,
    language: str = "ar",
    away: frozenset[int] = frozenset(),
    named: Named | None = None,
) -> list[PartyMention]:
    """The parties of a text, in order, without overlap.

    Args:
        text: the report.
        published: ISO day of publication, or None.
        countries: ISO codes of countries that the report's places point to, most mentioned first.
        title: headline; helps to tell the theatre only.
        language: code of the language pack.
        away: tokens of names of places from which something was launched; they tell nothing of where the report takes place.
        named: what ``look`` saw in the text; looked for if it is None.
    """
    words = party_words(language)
    looked = named or look(text, published, language)
    found = looked.found
    seen = [s for s in looked.seen if s[0] not in away]
    front = scan(title, words, published) if title is not None else ([], [])
    evidence = sorted(_evidence(found, seen, words))
    headline = [(code, weight) for _, code, weight in _evidence(*front, words)]
    persons = frozenset(o.id for f in found if f.sort == "person" for o in f.options) | _voices(text, found, words)
    theatre = Theatre(words, published, countries, evidence, headline, text.forms, persons)
    sure = frozenset(o.id for f in found for o in f.options if not o.weak and o.id)
    resolver = _Resolver(text, words, theatre, sure, language)
    resolver.meet(found)
    mentions = (resolver.mention(f) for f in found)
    return [m for m in mentions if m is not None]


def _voices(text: Text, found: Sequence[Found], words: PartyWords) -> frozenset[str]:
    """The sides in whose voice a text is told, by what it calls their enemies ("the aggression of X")."""
    named = [" ".join(text.forms[f.first : f.last + 1]) for f in found if f.last > f.first]
    return frozenset(side for name in named for phrase, side in words.voices.items() if phrase in name)


def _evidence(found: Sequence[Found], seen: Sequence[tuple[int, str]], words: PartyWords) -> list[tuple[int, str, float]]:
    """Countries that names of countries and parties point to, with the token and a weight."""
    evidence: list[tuple[int, str, float]] = []
    for index, code in seen:
        evidence.append((index, code, 1.0 if code in words.theatres else _ABROAD))
    for mention in found:
        known = _surely(mention, words)
        for code in known.where if known else ():
            evidence.append((mention.first, code, 1.0 / len(known.where) if known else 0.0))
    return evidence


def _surely(mention: Found, words: PartyWords) -> Known | None:
    """The party that a listed name means beyond doubt, or None."""
    sure = len(mention.options) == 1 and not mention.options[0].weak
    return words.known.get(mention.options[0].id) if sure else None


def _by_any_reading(mention: Found, words: PartyWords) -> Known | None:
    """The party that all readings of a listed name mean ("the Houthi militia", by a name and by an adjective), or None."""
    one = len({option.id for option in mention.options}) == 1 and not any(option.weak for option in mention.options)
    return words.known.get(mention.options[0].id) if one else None


def _of_one_land(mention: Found) -> str:
    """The code of the one country where a party fights that is safe to know by its name and is not on the list ("the mission in X")."""
    named = mention.options[0] if len(mention.options) == 1 else None
    sure = named is not None and not named.weak and not named.id and len(named.countries) == 1
    return named.countries[0] if sure and named is not None else ""


class _Resolver:
    """Resolves what was found, in the order of the text."""

    def __init__(self, text: Text, words: PartyWords, theatre: Theatre, named: frozenset[str], language: str) -> None:
        self._text = text
        self._words = words
        self._theatre = theatre
        self._named = named
        self._language = language
        self._last: dict[str, str] = {}
        self._met: set[str] = set()  # parties named so far
        self._called: set[str] = set()  # nouns that names in this report begin with
        # Words inside the names told so far: "the resistance" after "the Joint Resistance Forces".
        self._inside: dict[str, str] = {}
        self._group = ""
        self._state = ""  # the state force named last
        self._unlisted: dict[str, str] = {}  # names of parties that are not listed, by the nouns that name them again
        self._begun: dict[tuple[str, ...], set[str]] = {}  # by the beginnings of full names, ids of the parties that have them
        self._whole: dict[str, set[tuple[str, ...]]] = {}  # full names by id
        self._soldiers = ("", -_RANKS)  # whose soldiers were told of last, and where
        self._unit = ("", -_RANKS)  # which force of a named state was told of last, and where

    def meet(self, found: Sequence[Found]) -> None:
        """Take note of the full names of the text, by which their beginnings may mean the same party."""
        for each in found:
            if len(each.options) == 1 and each.last > each.first:
                forms = self._forms(each)
                self._whole.setdefault(each.options[0].id, set()).add(forms)
                for end in range(1, len(forms)):
                    self._begun.setdefault(forms[:end], set()).add(each.options[0].id)

    def _forms(self, found: Found) -> tuple[str, ...]:
        first = self._text.tokens[found.first].form
        return first[len(found.proclitic) :], *(t.form for t in self._text.tokens[found.first + 1 : found.last + 1])

    def _shortened(self, found: Found, identity: str) -> str:
        """Who a listed name is that only begins the full name of another party of the text ("the occupation army" beside "the Turkish
        occupation army"), if the text calls the party of that name by no other; else who it is listed as."""
        forms = self._forms(found)
        others = self._begun.get(forms, set[str]()) - {identity}
        if len(others) != 1 or any(name != forms for name in self._whole.get(identity, ())):
            return identity
        return next(iter(others))

    def mention(self, found: Found) -> PartyMention | None:
        """The mention that something found is, or None where it is none in this report."""
        known = self._who(found)
        if known is None:
            return None
        identity, sure = known
        listed = self._words.known.get(identity)
        kind = listed.kind if listed else found.kind
        self._met.add(identity)
        if kind == "state_force":
            self._state = identity
        if found.sort == "members" and sure and kind == "state_force":
            self._soldiers = (identity, found.last)
        if found.sort == "force" and sure and found.code and kind == "state_force":
            self._unit = (identity, found.last)
        if sure and found.sort not in ("civilians", "unidentified", "state", "person"):
            for noun in found.nouns:
                self._last[noun] = identity
            self._called.update(found.nouns)
            for noun in listed.nouns if listed else ():
                # "The organisation" means the one that the report has called so rather than forces that some call so.
                if noun not in self._called or (listed and listed.militant):
                    self._last[noun] = identity
            for token in self._text.tokens[found.first + 1 : found.last + 1]:
                for cut in splits(token.form, self._language, enclitics=False):
                    if cut.definite and identity:
                        self._inside[cut.core] = identity
            if listed and listed.militant:
                self._group = identity
        if identity == "unidentified":
            sort = "unidentified"
        else:
            sort = "members" if found.sort == "unidentified" else found.sort
        start, end = found.start, self._text.tokens[found.last].end
        name = self._text.source[found.named if found.named >= 0 and not identity else start : end]
        if not identity and kind in FIGHTING:
            name = self._called_again(found, name, sure)
        return PartyMention(
            found.first, found.last, start, end, identity or None, name, kind, found.head,
            found.proclitic, sort, found.means, sure, found.number,
        )  # fmt: skip

    def _called_again(self, found: Found, name: str, sure: bool) -> str:
        """The name of a party that is not listed: where a bare word means it again ("the group"), that by which it was named."""
        tokens = self._text.tokens
        opening = next((at for at in range(found.first, found.last) if tokens[at].form in OPENING), -1)
        if opening >= 0:
            name = self._text.source[tokens[opening + 1].start : tokens[found.last].end]  # the group "X" is called X
        full = sure or (found.kept and found.last > found.first)
        noun = found.noun if not full else ""
        if noun or (found.role == "army" and found.sort == "members" and not full):
            return self._unlisted.get(noun or found.role, name)
        for each in found.nouns if full and found.sort in ("force", "members") else ():
            self._unlisted[each] = name
            self._last.setdefault(each, "")
        if found.role == "army" and found.code and found.sort == "force":
            self._unlisted[found.role] = name
        return name

    def _who(self, found: Found) -> tuple[str, bool] | None:
        """Party id (empty if unlisted) and whether it is sure."""
        theatre = self._theatre
        backer = self._words.known.get(self._words.own.get(found.backer, self._state if found.backer == "-" else ""))
        if backer is not None and backer.proxies:
            return backer.proxies, True
        if found.options:
            chosen = theatre.choose(found.options, found.first, self._named, found.owned)
            if chosen is not None:
                identity = self._shortened(found, chosen.id)
                return identity, identity == chosen.id and (not chosen.weak or found.owned)
            return self._bare(found)
        if found.role and found.code:
            return self._of_country(found), True
        if found.role or found.noun:
            return self._bare(found)
        return found.id, found.sure

    def _kind(self, identity: str) -> str:
        listed = self._words.known.get(identity)
        return listed.kind if listed else ""

    def _of_country(self, found: Found) -> str:
        for role in (found.role, "army" if found.role in _STATE else ""):
            row = self._theatre.row(role, found.code) if role else None
            if row is not None and (row.id or role == "army") and self._national(row.id, found.code):
                return row.id
        if found.role in ("gunmen", "militias"):
            row = self._theatre.row("gunmen", found.code)
            return row.id if row is not None else ""
        other = self._theatre.row(found.role, "*") if found.role == "police" else None
        if other is not None or found.code in self._words.own:
            return other.id if other is not None else self._words.own[found.code]
        armed = self._theatre.row("gunmen", found.code)  # a people without an army of its own
        return armed.id if armed is not None else ""

    def _national(self, identity: str, code: str) -> bool:
        """Whether a party can be a country's own: bare words mean others there ("the army" in a report on an occupied land)."""
        home = next((c for c, own in self._words.own.items() if own == identity), code)
        return home == code and (self._kind(identity) != "coalition" or identity in self._met)

    def _bare(self, found: Found) -> tuple[str, bool] | None:
        last = self._last.get(found.noun) if found.noun else None
        if last is not None and not (found.role == "coalition" and self._kind(last) != "coalition"):
            return last, False
        if found.sort == "members" and found.role == "army" and found.first - self._soldiers[1] <= _RANKS:
            return self._soldiers[0], False
        form = self._text.forms[found.first][len(found.proclitic) :]
        known = found.sort == "members" and found.role == "army" and form.startswith(self._words.article)
        if known and found.first - self._unit[1] <= _AT_ONCE:
            return self._unit[0], False  # "pelted a Russian patrol with stones, and the soldiers fired"
        if found.role and found.role != "army" and found.noun in self._inside:
            return self._inside[found.noun], False
        if found.role == "group":
            weights = self._theatre.weights(found.first)
            top = max(weights, key=lambda c: (weights[c], c), default="")
            return _GROUPS.get(top, ""), False
        if found.role == "militants":
            return self._group or "unidentified", False
        if found.role:
            identity, fits = self._theatre.role(found.role, found.first)
            if found.role == _NUMBERED and identity not in self._met and self._state not in ("", identity):
                return "", False  # "brigade 8" where only the army of another country is told of
            soldiers = found.sort == "members" and found.role == "army" and identity not in self._met
            if soldiers and self._theatre.role(_NUMBERED, found.first) == ("", True):
                return "", False  # soldiers of a country with the armies of two governments, of which none is told of
            if identity is not None and fits:
                return identity, False
        return (found.id, False) if found.kept else None
