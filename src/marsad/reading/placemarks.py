"""What words beside place names say of them: directions, prepositions, sites, organisations, titles, verbs of will."""

from __future__ import annotations

from functools import cache

from marsad.lexicon.clitics import splits
from marsad.lexicon.scan import Shared
from marsad.reading.placeforms import PlaceForms
from marsad.reading.placewords import PlaceWords, place_words
from marsad.record import record
from marsad.text.tokens import Text

__all__ = ["Mark", "Marks"]

_COMPANY = ("org", "source", "site", "person", "time", "flag")


@record(frozen=True, slots=True)
class Mark:
    """What a word beside a name says of it.

    Attributes:
        bearing: it is a direction or nearness.
        preposition: it marks a place.
        of: it may stand between a bearing and the name.
        toward: it may stand between a distance and a direction.
        unit: it is a unit of distance.
        organ: a name in it is no place of an event ("the base of").
        company: flags of a name right behind it; "flag" for a word for the flag of a ship.
        will: it is a verb of will, whose subject is a government.
        aside: it makes a place behind it a seat or a birthplace.
        embassy: it is a word for an embassy.
        moves: it moves or opens one.
    """

    bearing: bool
    preposition: bool
    of: bool
    toward: bool
    unit: bool
    organ: bool
    company: frozenset[str]
    will: bool
    aside: bool
    embassy: bool
    moves: bool


_NOTHING = Mark(False, False, False, False, False, False, frozenset(), False, False, False, False)


class Marks(dict[str, Mark]):
    """What each form says of a name beside it; learned once per form."""

    def __init__(self, forms: PlaceForms) -> None:
        super().__init__()
        self.forms, self.words = forms, forms.words
        roles = forms.words.roles
        self._bearings = roles["bearing"] | roles["near"]
        self._company = [("site_name" if role == "site" else role, roles[role]) for role in _COMPANY]

    def telling(self, text: Text) -> list[str]:
        """The forms of a text that say anything of a name beside them."""
        return [text.forms[index] for index, _ in _telling(self.words.language).among(text)]

    def __missing__(self, form: str) -> Mark:
        if len(self) > 100_000:
            self.clear()
        if not _telling(self.words.language)[form]:
            self[form] = _NOTHING
            return _NOTHING
        roles, bases = self.words.roles, self.forms.bases(form)
        mark = self[form] = Mark(
            bearing=not self._bearings.isdisjoint(bases),
            preposition=not roles["in"].isdisjoint(bases),
            of=form in roles["of"],
            toward=form in roles["toward"],
            unit=not roles["distance_unit"].isdisjoint(bases),
            organ=not roles["org_in"].isdisjoint(bases),
            company=frozenset([role for role, words in self._company if not words.isdisjoint(bases)]),
            will=any(_wills(s.core, self.words) for s in splits(form, self.words.language)),
            aside=not roles["aside"].isdisjoint(bases) and form not in roles["not_aside"],
            embassy=not roles["embassy"].isdisjoint(bases),
            moves=not roles["moves"].isdisjoint(bases),
        )
        return mark


def _wills(bare: str, words: PlaceWords) -> bool:
    """Whether a word without joined letters is a verb of will, in the masculine or the feminine."""
    say = words.roles["say"]
    if bare in say:
        return True
    if bare[-1:] in words.feminine_end and (bare[:-1] in say or bare[:-1] + words.weak_end in say):
        return True
    return bare[:1] in words.feminine_start and words.present + bare[1:] in say


@cache
def _telling(language: str) -> Shared[bool]:
    """Whether a form says anything of a name beside it; most words say nothing."""
    words = place_words(language)
    roles, say = words.roles, words.roles["say"]
    known = frozenset[str]().union(
        *[
            roles[r]
            for r in (*_COMPANY, "bearing", "near", "in", "of", "toward", "distance_unit", "org_in", "aside", "embassy", "moves")
        ]
    )
    feminine = {verb + end for verb in say for end in words.feminine_end}
    feminine |= {verb.removesuffix(words.weak_end) + end for verb in say for end in words.feminine_end}
    feminine |= {start + verb[len(words.present) :] for verb in say for start in words.feminine_start}

    def tells(form: str) -> bool:
        cuts = splits(form, language)
        bases = {base for cut in cuts if not cut.enclitic for base in (cut.core, cut.listed)}
        return not known.isdisjoint(bases) or any(_wills(cut.core, words) for cut in cuts)

    return Shared(tells, known | say | feminine, False, language)
