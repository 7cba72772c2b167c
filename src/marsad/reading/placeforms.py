"""Word forms as parts of place names: which names may begin at a word, and how prominent a place is."""

from __future__ import annotations

from marsad.gazetteer import Entry, Gazetteer, default
from marsad.gazetteer.embedded import embedded
from marsad.lexicon.clitics import splits
from marsad.lexicon.lookup import Lookup
from marsad.lexicon.scan import Shared
from marsad.reading.placemention import PlaceMention
from marsad.reading.placewords import ClassWord, PlaceWords
from marsad.record import record
from marsad.text.tokens import Text, Token

__all__ = ["CLOSING", "COMMAS", "OPENING", "FormFacts", "NameStart", "PlaceForms", "famous", "prominent"]

OPENING = frozenset("\"'«“‘([‹")
CLOSING = frozenset("\"'»”’)]›")
COMMAS = frozenset(",،")
_PROMINENT_CITY = 40_000
_GREAT_CITY = 400_000
_LEAST, _LEAST_RARE, _SHORT = 4, 3, 3


@record(frozen=True, slots=True)
class NameStart:
    """One way in which a form may begin a known name.

    Attributes:
        cut: letters cut off in front.
        word: the folded first word of the name.
        longest: most words of a name that begins so.
        seconds: second words of the names that go on.
        alone: the places that the word names by itself.
    """

    cut: int
    word: str
    longest: int
    seconds: frozenset[str]
    alone: tuple[Entry, ...]


@record(frozen=True, slots=True)
class FormFacts:
    """What a form can be the beginning of.

    Attributes:
        classes: readings as a class word.
        starts: known names that may begin here.
        alone: the one of them that is this word alone and can be a place without a class word, or None.
        seconds: second words of all of them.
        nationality: country code of a demonym, or the empty string.
        land: whether it is a country.
    """

    classes: tuple[tuple[int, ClassWord, bool], ...]
    starts: tuple[NameStart, ...]
    alone: NameStart | None
    seconds: frozenset[str]
    nationality: str
    land: bool


class PlaceForms:
    """Look-up of names in a text; keeps what it learned about word forms.

    Attributes:
        facts: what each form can be the beginning of, None for the many that begin nothing.
    """

    def __init__(self, gazetteer: Gazetteer, words: PlaceWords) -> None:
        self.gazetteer = gazetteer
        self.words = words
        self._starts = Lookup(self._read_starts)
        self._bases = Lookup(self._read_bases)
        self._unknown = Lookup(self._is_unknown)
        self.facts: Lookup[FormFacts | None] = Lookup(self._read_facts)
        if gazetteer is default():
            # Looked for in one walk with what others look for, which is kept for good, as this gazetteer is.
            keys = words.nationalities.keys() | words.class_words
            self.facts = Shared(self._read_facts, keys, None, words.language, embedded().firsts)
        roles = words.roles
        self._endings = tuple(sorted(roles["inflected_ends"]))
        self._news = words.common_words.keys() | roles["stop"] | roles["common"] | roles["descriptive"]

    def _read_facts(self, form: str) -> FormFacts | None:
        classes, starts = self.words.classes(form), self.starts(form)
        nationality = self.words.nationalities.get(form, "")
        if not (classes or starts or nationality):
            return None
        seconds = frozenset[str]().union(*[s.seconds for s in starts])
        land = any(s.alone and s.alone[0].kind == "country" for s in starts)
        return FormFacts(classes, starts, self.alone(form) if starts else None, seconds, nationality, land)

    def starts(self, form: str) -> tuple[NameStart, ...]:
        """Ways a form may begin a known name, the fewest letters cut off first."""
        return self._starts[form]

    def _read_starts(self, form: str) -> tuple[NameStart, ...]:
        found: dict[tuple[int, str], NameStart] = {}
        for split in splits(form, self.words.language, enclitics=False):
            longest = self.gazetteer.longest(split.listed)
            if longest and not self.words.no_name(split.proclitic):
                article = len(split.listed) - len(split.core)
                whole = form.endswith(split.listed)
                cut = split.start - article if split.definite and whole else split.start
                word = split.listed
                seconds = self.gazetteer.seconds(word) if longest > 1 else frozenset[str]()
                found[cut, word] = NameStart(cut, word, longest, seconds, self.gazetteer.named(word))
        return tuple([found[key] for key in sorted(found)]) if found else ()

    def alone(self, form: str) -> NameStart | None:
        """The known name that a form is by itself, if that can be a place at all without a class word."""
        start = next((s for s in self.starts(form) if s.alone), None)
        if start is None:
            return None
        rule = self.words.homographs.get(start.word)
        if rule is not None and not rule[1] and (start.cut or not rule[0]):
            return None  # always another word
        if len(start.word) < _SHORT and not any(e.kind in ("country", "governorate") for e in start.alone):
            return None
        return None if start.cut and form in self.words.roles["stop"] else start

    def bases(self, form: str) -> frozenset[str]:
        """The form and its cores without proclitics."""
        return self._bases[form]

    def _read_bases(self, form: str) -> frozenset[str]:
        found = splits(form, self.words.language, enclitics=False)
        return frozenset([form, *[s.core for s in found], *[s.listed for s in found]])

    def unknown(self, form: str) -> bool:
        """Whether a form is no word of the news, no inflected form of one and no known name, so that it can be a name."""
        return self._unknown[form]

    def nameable(self, form: str) -> bool:
        """Whether a form can be the second word of a name of two: no inflected form and not among the most frequent of the news."""
        return (
            len(form) >= _LEAST_RARE
            and not form.endswith(self._endings)
            and form not in self.words.roles["stop"]
            and not self.words.common_words.get(form)
        )

    def rare(self, form: str) -> bool:
        """Whether a form is no word of the news and no inflected form of one, whether it is a known name or not."""
        return len(form) >= _LEAST_RARE and self._strange(form)

    def _is_unknown(self, form: str) -> bool:
        if len(form) < _LEAST or form.endswith(self._endings) or self.facts[form] is not None:
            return False
        return self._strange(form)

    def _strange(self, form: str) -> bool:
        return self._news.isdisjoint([b for s in splits(form, self.words.language) for b in (s.core, s.listed)])

    def match(self, text: Text, index: int, *, cut_allowed: bool = True) -> tuple[int, int, str, tuple[Entry, ...]] | None:
        """The longest known name at a token: (last token, letters cut off, folded name, candidates)."""
        tokens = text.tokens
        best: tuple[int, int, str, tuple[Entry, ...]] | None = None
        follows = tokens[index + 1].form if index + 1 < len(tokens) and tokens[index + 1].kind == "w" else ""
        for start in self.starts(tokens[index].form):
            if start.cut and not cut_allowed:
                continue
            if follows in start.seconds:
                longer = self._longer(text, index, start)
                if longer is not None and (best is None or longer[0] > best[0]):
                    best = longer
                    continue
            if best is None and start.alone:
                best = (index, start.cut, start.word, start.alone)
        return best

    def _longer(self, text: Text, index: int, start: NameStart) -> tuple[int, int, str, tuple[Entry, ...]] | None:
        """The longest known name of several words at a token."""
        tokens, parts, last = text.tokens, [start.word], index
        while len(parts) < start.longest and last + 1 < len(tokens) and tokens[last + 1].kind == "w":
            last += 1
            parts.append(tokens[last].form)
        while len(parts) > 1:
            name = " ".join(parts)
            entries = self.gazetteer.named(name)
            if entries:
                return last, start.cut, name, entries
            parts.pop()
            last -= 1
        return None

    def mention(self, text: Text, first: int, last: int, cut: int, kind: str | None, **more: object) -> PlaceMention:
        token = text.tokens[first]
        start = text.inside(token, cut, len(token.form))[0] if cut else token.start
        if first == last:
            end, form = token.end, token.form[cut:]
        else:
            end = text.tokens[last].end
            form = " ".join([token.form[cut:], *(t.form for t in text.tokens[first + 1 : last + 1] if t.kind != "p")])
        return PlaceMention(first, last, start, end, text.source[start:end], form, kind, **more)  # type: ignore[arg-type]

    def adverb(self, text: Text, token: Token) -> bool:
        """Whether a word is written with the accusative ending of an adverb; names of places have none."""
        return text.source.endswith(self.words.adverb_ends, token.start, token.end)


def famous(entries: tuple[Entry, ...]) -> bool:
    """Whether a name stands for itself in a report of another country: a country, unit or great city."""
    return any(e.kind in ("country", "governorate") or e.population >= _GREAT_CITY for e in entries)


def prominent(entry: Entry) -> bool:
    return entry.kind in ("country", "governorate") or entry.population >= _PROMINENT_CITY
