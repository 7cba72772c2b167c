"""Verbs that tie a party to an event: verbs that name it, verbs that carry a noun for it, and verbs of harm.

Verbs that carry an event are data (``lexicon/carriers.tsv``) with forms made by rule. What each verb's subject is stands in
``subjects``.
"""

from __future__ import annotations

from functools import lru_cache

from marsad.lexicon.clitics import pronouns, splits
from marsad.lexicon.inflect import forms
from marsad.lexicon.scan import Shared
from marsad.lexicon.table import read_table
from marsad.reading.anchors import Anchor
from marsad.reading.cases import our
from marsad.reading.parties import PartyMention
from marsad.reading.people import words_of
from marsad.reading.report import Report
from marsad.reading.triggers import Trigger
from marsad.record import record
from marsad.text.fold import fold

__all__ = ["Verb", "untied", "verbs_of"]

_ROLES = frozenset({"does", "suffers", "made", "tells"})
# Classes whose verb has the event itself for a subject where a further word names it ("clashes broke out").
_OWN_SUBJECT = frozenset({"clash", "fall"})
_SEVERAL, _CLOSE = frozenset({"perf.dual", "perf.3mp"}), 3
_ONE, _OPENING = frozenset({"sg", "acc"}), frozenset({"that", "open", "shift", "also", "before", "aux"})


@record(frozen=True, slots=True)
class Verb:
    """A verb of a text, or the verbal noun of one that carries an event.

    Attributes:
        index: its token.
        role: "does", "suffers", "made" or "tells" for one that carries an event, "names" for one that
            names it, "harms" for a verb of harm, which may be passive.
        feature: its form ("perf.3fs"), "masdar" for a verbal noun.
        links: what stands before the event's word, folded; "-" for nothing.
        joined: whether "and" or "so" is written before it; pointing: whether a pronoun stands behind it, or a
            preposition with one.
        limit: first token of the victims of a verb of harm, before which its subject stands; else -1.
    """

    index: int
    role: str
    feature: str
    links: frozenset[str] = frozenset()
    joined: bool = False
    pointing: bool = False
    limit: int = -1

    @property
    def finite(self) -> bool:
        return self.feature != "masdar"


@record(frozen=True, slots=True)
class _Form:
    role: str
    links: frozenset[str]
    feature: str
    joined: bool
    pointing: bool


class _Carriers:
    def __init__(self, language: str) -> None:
        self.language = language
        self._forms: dict[str, list[tuple[str, frozenset[str], str]]] = {}
        clitics = read_table(f"{language}/clitics.tsv")
        self._joints = frozenset(c["form"] for c in clitics if c["side"] == "pro" and c["note"] in ("and", "so"))
        for row in read_table(f"{language}/lexicon/carriers.tsv"):
            if row["role"] not in _ROLES:
                raise row.fail(f"unknown role {row['role']!r}")
            links = frozenset(fold(link) for link in row.list("link"))
            made = dict(forms(row["paradigm"], row.list("stems"), language)) if row["paradigm"] else {}
            for form in row.list("forms"):
                made.setdefault(fold(form), "perf.enc" if fold(form).endswith(pronouns(language)) else "perf")
            for form, feature in (*made.items(), *((fold(noun), "masdar") for noun in row.list("nouns"))):
                self._forms.setdefault(form, []).append((row["role"], links, feature))
        self.at: Shared[_Form | None] = Shared(self._look_up, self._forms, None, language)

    def _look_up(self, form: str) -> _Form | None:
        for split in splits(form, self.language):
            for role, links, feature in self._forms.get(split.core, ()) if not split.definite else ():
                if feature != "masdar" and split.proclitic and split.proclitic not in self._joints:
                    continue
                pointing = bool(split.enclitic) or feature.endswith("enc")
                if role == "made" and not pointing:
                    continue
                joined = bool(split.proclitic) and split.proclitic[0] in self._joints
                return _Form(role, links, feature, joined, pointing)
        return None


@lru_cache(maxsize=4)
def _carriers(language: str) -> _Carriers:
    return _Carriers(language)


def verbs_of(report: Report, anchors: list[Anchor]) -> dict[int, Verb]:
    """The verbs of a report by their token, in the order of the text.

    Args:
        report: the report.
        anchors: its anchors; those whose word is a finite verb, or a verb of harm in the active, are verbs.
    """
    found: dict[int, Verb] = {}
    at = _carriers(report.language).at
    named = {i for p in report.places for i in range(p.mention.first, p.mention.last + 1)}
    for index, form in at.among(report.text):
        token = report.text.tokens[index]
        if form is None or token.kind != "w" or index in named or (form.pointing and report.text.altered(token)):
            continue
        mark = report.clauses.marks.get(index)
        if (
            mark is not None
            and "owned" in mark.types
            and report.text.forms[index + 1 : index + 2]
            and report.text.forms[index + 1].startswith(report.to)
        ):
            continue  # "belonging to"
        pointing = form.pointing or _points(report, index)
        found[index] = Verb(index, form.role, form.feature, form.links, form.joined, pointing)
    tokens, endings = report.text.tokens, pronouns(report.language)
    for anchor in anchors:
        trigger = anchor.trigger
        told = trigger is not None and (trigger.verb or _past(report, trigger))
        if trigger is not None and told and (anchor.kind not in _OWN_SUBJECT or trigger.then < 0):
            joined = trigger.proclitic in report.plain and bool(trigger.proclitic)
            token = tokens[trigger.index]
            pointing = (token.form.endswith(endings) and not report.text.altered(token)) or ".enc" in trigger.feature
            pointing = pointing or _points(report, trigger.index)
            feature = trigger.feature if trigger.verb else "perf"
            if feature == "perf" and token.form.endswith(our(report.language)):
                feature = "perf.1p"  # "we blew up": of a verb whose forms are listed
            found[trigger.index] = Verb(trigger.index, "names", feature, joined=joined, pointing=pointing)
        for mention in anchor.harm:
            at_harm = mention.predicate
            if mention.voice in ("active", "passive") and 0 <= at_harm < mention.victims and at_harm not in found:
                joined = tokens[at_harm].form.startswith(report.conjunction)
                found[at_harm] = Verb(at_harm, "harms", "perf", joined=joined, limit=mention.victims)
    return dict(sorted(found.items()))


def _points(report: Report, index: int) -> bool:
    """Whether a preposition with a pronoun stands right behind a verb ("from which the army drove", "of which it took hold")."""
    marks = report.clauses.marks
    behind, own = marks.get(index + 1), marks.get(index)
    held = own is not None and "held" in own.types and own.last == index + 1
    return held or (behind is not None and "back" in behind.types)


def _past(report: Report, trigger: Trigger) -> bool:
    """Whether a form that is a noun too is a verb, as a word that only stands before verbs stands before it."""
    mark = report.clauses.marks.get(trigger.index - 1)
    return mark is not None and "past" in mark.types


def untied(report: Report, party: PartyMention, verb: Verb) -> bool:
    """Whether a verb tells of indefinite people close before it without a word that ties it ("arrested gunmen who attacked")."""
    if verb.feature not in _SEVERAL or verb.joined or verb.index - party.last > _CLOSE:
        return False
    return not words_of(report.language).definite(report.text.tokens[party.head].form)


def told_of(report: Report, verb: Verb, begin: int) -> bool:
    """Whether a verb tells of indefinite people of no party right before it ("arrested a youth who carried out an attack").

    Args:
        report: the report.
        verb: the verb.
        begin: first token of its sentence.
    """
    if verb.joined or not verb.feature.startswith("perf.3"):
        return False
    people, forms, at = words_of(report.language), report.text.forms, verb.index - 1
    while at >= begin and verb.index - at <= _CLOSE:
        noun = people.noun(forms[at])
        if noun is None or noun.definite or noun.owned or noun.proclitic or noun.people == "fighter":
            return False
        if noun.use != "origin":  # "a Syrian youth"
            tokens, mark = report.text.tokens, report.clauses.mark_ending(at - 1) if at > begin else None
            if at == begin or tokens[at - 1].kind != "w" or (mark is not None and not mark.types.isdisjoint(_OPENING)):
                return False  # "youths attacked": the subject opens its clause
            return (verb.feature in _SEVERAL) == (noun.number not in _ONE)
        at -= 1
    return False
