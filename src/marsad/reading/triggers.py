"""Triggers: words that name events.

They are data (``lexicon/events.tsv``), with forms made by rule. What kind of event a trigger names is decided later, from
what stands around it; its *class* is what the word alone tells:

``air`` air strike, ``strike`` a strike by means not told, ``bombard`` bombardment, ``fall`` and ``launch`` and ``drop`` of
munitions, ``explosion``, ``attack``, ``target`` (made a target of), ``clash``, ``ambush``, ``raid``, ``fire`` shooting,
``kill``, ``stab``, ``ram``, ``torture``, ``rape``, ``abduct``, ``arrest``, ``seize`` things or persons, ``burn``, ``destroy``,
``loot``, ``take`` ground, ``fallto`` the other side, ``withdraw``, ``transfer``, ``disrupt`` a weapon, ``shootdown``, ``repel``,
``agree``, ``establish`` a camp or base, ``protest``, ``pelt`` with stones, ``march`` (amid which something happened), ``disperse`` a protest, ``use`` of a chemical, ``violence``, ``operation``, ``back`` a word for an event
told before, ``wage`` and ``suffer`` (verbs whose object names the event), ``munition`` (a munition that itself stands for its use).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from marsad.lexicon.clitics import splits
from marsad.lexicon.inflect import forms
from marsad.lexicon.scan import Shared
from marsad.lexicon.table import read_table
from marsad.reading.datewords import datewords_of
from marsad.reading.ways import governing
from marsad.record import record
from marsad.text.fold import fold
from marsad.text.tokens import Text

__all__ = ["AT_PLACE", "Trigger", "find"]

_THEN, _FAR, _NOT, _NOT_VERB = 4, 6, 3, 4  # a verb has its subject before its object
# Further: "vehicles of the army posted near the bridge opened fire", "the group and the troops of its ally, on Friday, withdrew
# from", "the control of the militia on Wednesday over the town".
_REACH = {
    (True, "fire"): 8,
    (True, "take"): 8,
    (True, "withdraw"): 12,
    (True, "agree"): 12,
    (True, "transfer"): 5,
    (True, "protest"): 10,
    (False, "take"): 10,
}
_PLACE, AT_PLACE = "@", -2  # the mark of a named place that may follow instead, and the sign of a trigger that needs one
_LONG, _BACKED = 4, 6  # letters of words for support, and words from one within which what an event needs still follows
_LED, _BEFORE = "<", 3  # the mark of a required word that stands before, and within how many words
_ATTACHED = "+"  # the mark of a pronoun that, attached to the word itself, stands for a required word ("that they retook it")
_BOTH, _LONG_BEFORE = "<<", 16  # likewise of a word that must stand before as well, and within how many tokens of its sentence
_DESCRIBED = 2  # words that may describe what stands before an event told with "to"
_DOWNED, _KILLED, _SEIZED = "shootdown", "kill", "take"
_HELD = frozenset({"take"})  # "freed from the rule of X, on": another word has it
_BEHIND = 1  # words behind a required word that must not follow it
_COMMAS, _DASHES, _WITHIN = (
    frozenset("،,"),
    frozenset("-–"),
    frozenset("/#"),
)  # a slash joins two names of a month, a hash opens a name
_HALTED = frozenset({"fire", "take"})  # classes whose end is told in words with room for more ("a lasting halt to firing")
_QUOTES = frozenset("\"'«»“”‘’()[]")


@record(frozen=True, slots=True)
class Trigger:
    """A word that names an event.

    Attributes:
        index: token index; start, end: source offsets without proclitics.
        kind: its class, see above.
        lemma: entry of the word list.
        feature: form ("masdar", "perf.3fs", "pl", "dual").
        verb: whether it is a finite verb.
        definite: whether it has the article, a pronoun behind it, or points back by its nature.
        plural: whether it tells of several (dual included).
        proclitic: folded letters cut off in front, the article included.
        strength: sure, weak or back.
        then: token index of the required word that follows, or that stands before it; ``AT_PLACE`` where a place must be named
            behind it, which the report finds out; else -1.
    """

    index: int
    start: int
    end: int
    kind: str
    lemma: str
    feature: str
    verb: bool
    definite: bool
    plural: bool
    proclitic: str
    strength: str
    then: int = -1


@record(frozen=True, slots=True)
class _Entry:
    lemma: str
    kind: str
    feature: str
    verb: bool
    strength: str
    then: frozenset[str]
    led: frozenset[str]
    both: frozenset[str]
    attached: frozenset[str]
    place: bool
    without: frozenset[str]
    unled: frozenset[str]
    bare: bool
    before: frozenset[str]


@record(frozen=True, slots=True)
class _Reading:
    entry: _Entry
    begin: int
    proclitic: str
    definite: bool
    pronoun: str = ""


class _Words:
    def __init__(self, language: str) -> None:
        self.language = language
        self._forms: dict[str, list[_Entry]] = {}
        self._owned: dict[
            str, list[_Entry]
        ] = {}  # nouns as they are written before a pronoun, where that changes their last letter
        clitics = read_table(f"{language}/clitics.tsv")
        self.verbal = {
            "",
            *(c["form"] for c in clitics if c["side"] == "pro" and c["note"] in ("and", "so", "future", "and will")),
        }
        self.questions = {
            c["form"] for c in clitics if c["side"] == "pro" and c["note"] == "question"
        }  # mostly a name's first letter
        self.article = next(c["form"] for c in clitics if c["note"] == "article")
        self.to = next(c["form"] for c in clitics if c["note"] == "to")
        self.times = datewords_of(language).times
        support = (
            fold(r["phrase"].split(" ")[0]) for r in read_table(f"{language}/lexicon/clauses.tsv") if r["type"] == "support"
        )
        self.backed = frozenset(word for word in support if len(word) >= _LONG)
        for row in read_table(f"{language}/lexicon/events.tsv"):
            made: dict[str, str] = {}
            paradigm = row["paradigm"]
            verb = paradigm in ("verb", "passive") or not paradigm
            if paradigm not in ("", "masdar", "bare"):
                made.update(forms(paradigm, row.list("stems"), language))
            for form in row.list("plurals"):
                made.setdefault(fold(form), "pl")
            for form in row.list("forms"):
                made.setdefault(
                    fold(form), "masdar" if paradigm in ("masdar", "bare") else "pl" if paradigm.startswith("noun") else "perf"
                )
            wanted, unwanted = row.list("then"), row.list("not")
            without = self._with_article(word for word in unwanted if not word.startswith(_LED))
            unled = frozenset(fold(word.removeprefix(_LED)) for word in unwanted if word.startswith(_LED))
            then = self._with_article(word for word in wanted if word != _PLACE and not word.startswith((_LED, _ATTACHED)))
            both = frozenset(fold(word.removeprefix(_BOTH)) for word in wanted if word.startswith(_BOTH))
            attached = frozenset(fold(word.removeprefix(_ATTACHED)) for word in wanted if word.startswith(_ATTACHED))
            led = frozenset(fold(w.removeprefix(_LED)) for w in wanted if w.startswith(_LED) and not w.startswith(_BOTH))
            preceded = frozenset(map(fold, row.list("preceded")))
            owned = {
                construct
                for form in (row.list("forms") if paradigm == "masdar" else ())
                if fold(form)[-1] != form[-1]
                for construct, feature in forms("nounf", (form,), language).items()
                if feature == "sg.cons"
            }
            # "A strike of his" is written like "it struck", which it cannot be without the pronoun.
            bound = {form: made.pop(form) for form in [f for f, feature in made.items() if feature == "sg.cons"]}
            bound.update(dict.fromkeys(owned, "masdar"))
            for found, listed in ((self._forms, made), (self._owned, bound)):
                for form, feature in listed.items():
                    entry = _Entry(
                        row["lemma"],
                        row["class"],
                        feature,
                        verb,
                        row["strength"],
                        then,
                        led,
                        both,
                        attached,
                        _PLACE in wanted,
                        without,
                        unled,
                        paradigm == "bare",
                        preceded,
                    )
                    found.setdefault(form, []).append(entry)
        for known in (self._forms, self._owned):
            for entries in known.values():
                entries.sort(key=lambda e: (not e.then, not e.led, e.strength != "sure"))
        self.known: Shared[tuple[_Reading, ...]] = Shared(self._look_up, {**self._forms, **self._owned}, (), language)

    def _with_article(self, words: Iterable[str]) -> frozenset[str]:
        """The folded words, without the article and with it."""
        folded = frozenset(map(fold, words))
        return folded | {self.article + word for word in folded}

    def _look_up(self, form: str) -> tuple[_Reading, ...]:
        whole = self._forms.get(form)
        if whole:
            definite = form.startswith(self.article)
            return tuple(_Reading(e, 0, "", definite and not e.verb) for e in whole)
        for split in splits(form, self.language):
            entries = self._forms.get(split.listed) or self._forms.get(split.core) or []
            if split.enclitic:
                entries = [*self._owned.get(split.core, ()), *entries]
            if not entries:
                continue
            if split.proclitic or split.definite:
                entries = [e for e in entries if not e.verb or (split.proclitic in self.verbal and not split.definite)]
            if split.enclitic:
                # "Missiles that they fired" belong to what is told of them; "missiles were fired" is told itself.
                entries = [e for e in entries if not split.definite and len(split.core) >= 3 and not e.led]
            if entries:
                definite = split.definite or bool(split.enclitic)
                return tuple(_Reading(e, split.start, split.proclitic, definite and not e.verb, split.enclitic) for e in entries)
        return ()


@lru_cache(maxsize=4)
def _words(language: str) -> _Words:
    return _Words(language)


def find(text: Text, language: str = "ar", at_places: bool = False) -> list[Trigger]:
    """The triggers of a text, in order.

    Args:
        text: the report.
        language: code of the language pack.
        at_places: whether to give those too that are only triggers where a place is named behind them.
    """
    words, tokens, found = _words(language), text.tokens, list[Trigger]()
    for index, readings in words.known.among(text):
        token = tokens[index]
        if token.kind != "w":
            continue
        for reading in readings:
            entry = reading.entry
            if (entry.bare and reading.definite) or reading.proclitic in words.questions:
                continue
            if (
                entry.verb
                and not reading.proclitic
                and index
                and text.forms[index - 1] in governing(language)
                and (entry.kind == _SEIZED or (entry.kind == _KILLED and any(not other.entry.verb for other in readings)))
            ):
                continue  # "proceeded to the slaughter of": the noun, which is written like the verb
            if entry.verb and reading.pronoun and text.altered(token):
                continue  # an adjective ("deadly"), whose last letter is only folded to that of a pronoun
            if (
                entry.before
                and token.index
                and _preceded(text, token.index, entry.before, words.article, reading.definite or bool(reading.proclitic))
            ):
                continue
            if (
                entry.before
                and entry.kind in _HALTED
                and reading.proclitic == words.to
                and _described(text, token.index, entry.before)
            ):
                continue
            then = (
                _following(
                    text,
                    token.index,
                    entry.then,
                    _REACH.get((entry.verb, entry.kind), _FAR if entry.verb else _THEN),
                    words,
                    0 if entry.kind in _HELD and not entry.verb else 2,
                    entry.kind == _DOWNED,
                )
                if entry.then
                else -1
            )
            if then < 0 and entry.led:
                then = _leading(text, token.index, entry.led)
            if then < 0 and reading.pronoun in entry.attached:
                then = token.index
            if (entry.then or entry.led or entry.attached) and then < 0:
                if not (entry.place and at_places):
                    continue
                then = AT_PLACE
            if entry.both and not _announced(text, token.index, entry.both):
                continue
            near = _NOT_VERB if entry.verb else _NOT
            if entry.without and _following(text, token.index, entry.without, near, words) >= 0:
                continue
            if entry.kind == "use" and then >= 0 and _following(text, then, entry.without, _BEHIND, words) >= 0:
                continue  # "used, so the police did, gas for tears"
            if entry.unled and _leading(text, token.index, entry.unled) >= 0:
                continue
            start = text.inside(token, reading.begin, len(token.form))[0]
            plural = entry.feature.startswith(("pl", "dual")) and not entry.verb
            found.append(
                Trigger(token.index, start, token.end, entry.kind, entry.lemma, entry.feature, entry.verb, reading.definite, plural,
                        reading.proclitic, entry.strength, then)
            )  # fmt: skip
            break
    return found


def _preceded(text: Text, index: int, unwanted: frozenset[str], article: str, definite: bool) -> bool:
    """Whether one of the words stands right before a token; quotation marks are passed over.

    It may have the article, but is no part of one phrase with a bare noun behind it then ("in the area a clash").
    """
    at = index - 1
    while at > 0 and text.tokens[at].form in _QUOTES:
        at -= 1
    form = text.tokens[at].form
    return form in unwanted or (definite and form.removeprefix(article) in unwanted)


def _leading(text: Text, index: int, wanted: frozenset[str]) -> int:
    """The nearest of the wanted words, without article, within so many words before a token, nothing but words between; else -1."""
    for at in range(index - 1, max(text.sentences[text.tokens[index].sentence][0], index - _BEFORE) - 1, -1):
        token = text.tokens[at]
        if token.kind != "w":
            return -1
        if token.form in wanted:
            return at
    return -1


def _announced(text: Text, index: int, wanted: frozenset[str]) -> bool:
    """Whether one of the wanted words stands before a token in its sentence, with who did it and when between."""
    first = text.sentences[text.tokens[index].sentence][0]
    return any(text.tokens[at].form in wanted for at in range(max(first, index - _LONG_BEFORE), index))


def _described(text: Text, index: int, wanted: frozenset[str]) -> bool:
    """Whether one of the wanted words stands before a token with a word or two between ("a lasting halt to firing")."""
    tokens, first = text.tokens, text.sentences[text.tokens[index].sentence][0]
    near = range(index - 2, max(first, index - 1 - _DESCRIBED) - 1, -1)
    return any(tokens[at].form in wanted and all(tokens[i].kind == "w" for i in range(at, index)) for at in near)


def _following(
    text: Text, index: int, wanted: frozenset[str], reach: int, words: _Words, aside: int = 0, counted: bool = False
) -> int:
    """The first of the wanted words within so many words behind a token, in its sentence; -1 if there is none.

    Words for a day or a part of one do not count ("dropped, late on Saturday night, ..."), nor, where things are counted, numbers in
    digits ("downed 40 of 50 drones").
    """
    tokens, times = text.tokens, words.times
    end = text.sentences[tokens[index].sentence][1]
    if wanted.isdisjoint(text.forms[index + 1 : end]):
        return -1
    seen, at, commas = 0, index + 1, 0
    while at < end and seen < reach:
        token = tokens[at]
        if token.kind in "wn":
            form = token.form
            if form in wanted:
                return at
            seen += form not in times and not (counted and token.kind == "n")
            if form in words.backed:
                reach = max(reach, seen + _BACKED)  # "retook, with the support of the mission of the Union, the town"
        elif token.form in _COMMAS and commas < aside:
            # A date or the like may stand between commas ("retook, at dawn on Sunday, the village").
            commas += 1
            reach += 3 if commas == 1 else 0
        elif (
            token.form not in _QUOTES
            and token.form not in _WITHIN
            and not (token.form in _DASHES and tokens[at - 1].form in times)
        ):
            break
        at += 1
    return -1
