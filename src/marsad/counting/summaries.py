"""Summaries: a neutral title and a few sentences on an incident, made from the values of its claims alone.

Nothing is said that no claim says, everything is reported or alleged, and unknown stays unknown. Who passes it on and whom they cite
stands in each summary. Words are data (``packs/*/summaries.tsv`` and ``counted_nouns.tsv``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from marsad.counting.agreement import known, listed, phrase, ranged
from marsad.counting.dossier import Dossier, Told
from marsad.counting.figures import CLASHES
from marsad.counting.together import Together, together
from marsad.counting.totals import around
from marsad.counting.values import distance
from marsad.model import Place
from marsad.syndication.names import script, telling

__all__ = ["Names", "summary", "title"]

# Gives the name of a place (public record) in a language, or None.
Names = Callable[[Mapping[str, Any], str], str | None]

_FIRST = ("killed", "injured")
_REST = ("missing", "abducted", "captured", "arrested", "displaced")
_PARTS = ("children", "women", "elderly", "medics", "journalists", "aid_workers", "family")
_LETTERS = {"ar": "arab"}


def title(dossier: Dossier, language: str, *, view: Together | None = None, names: Names | None = None) -> str:
    """One line on an incident: what kind of event, where, when, who came to harm as reported.

    Args:
        dossier: its claims; one that holds only aggregates gets the title of an aggregate.
        language: ``ar`` or ``en``.
        view: what the claims say together, if it was made already.
        names: names of places in the language; without it a place is named as the reports name it, those of that script first.

    Raises:
        InputError: there are no words in that language.
    """
    return _Telling(dossier, language, view, names).title()


def summary(dossier: Dossier, language: str, *, view: Together | None = None, names: Names | None = None) -> str:
    """A few sentences on an incident: the line of the title, who is said to have done it, denials, what sources differ on, and who
    reports it citing whom. Arguments as of :func:`title`."""
    return _Telling(dossier, language, view, names).summary()


class _Telling:
    def __init__(self, dossier: Dossier, language: str, view: Together | None, names: Names | None) -> None:
        self.language, self.names = language, names
        self.claims = [t for t in dossier.claims if t.claim.scope == "event"]
        self.aggregate = not self.claims
        if self.aggregate:
            # The words of an aggregate are made of its values as those of an event are.
            self.claims = list(dossier.claims)
            dossier = Dossier(dossier.id, tuple(_as_event(t) for t in dossier.claims), dossier.grade)
            view = None
        self.view = view or together(dossier)
        self.figures = {(f.kind, f.who): f for f in self.view.figures}

    def say(self, key: str, **values: object) -> str:
        return phrase(key, self.language, **values)

    def title(self) -> str:
        return self._headed("aggregate.title" if self.aggregate else "title")

    def summary(self) -> str:
        said = [self._headed("aggregate.summary" if self.aggregate else "summary")]
        said += self._alleged()
        said += self._denied()
        differ = [c.slot for c in self.view.contradictions if known(f"slot.{c.slot}", self.language)]
        if differ and not self.aggregate:
            slots = self._list([self.say(f"slot.{slot}") for slot in differ], most=9)
            said.append(self.say("differ", slots=slots))
        said.append(self._sources())
        if not self.aggregate:
            found = self.view.origins
            said.append(self.say("origins.least" if found.at_least else "origins", n=found.count))
        return " ".join(said)

    def _headed(self, key: str) -> str:
        kind = f"event.{self.view.first('type')}"
        event = self.say(kind if known(kind, self.language) else "event.unknown")
        text = self.say(key, event=event, place=self._place(), date=self._date(), harm=self._harm())
        statuses = {t.claim.status for t in self.claims}
        if len(statuses) == 1 and (status := f"status.{statuses.pop()}") != "status.asserted":
            return self.say(status, title=text)
        return text

    def _list(self, names: Iterable[str], most: int = 4) -> str:
        return listed(list(names), self.language, most)

    def _sourced(self, names: Iterable[str]) -> str:
        """Names of sources as a list, those of another script set off where the language does so."""
        own, mark = _LETTERS.get(self.language, "other"), known("name.foreign", self.language)
        return self._list(self.say("name.foreign", name=n) if mark and script(n) != own else n for n in names)

    def _place(self) -> str:
        values = self.view.values.get("place")
        if not values:
            return self.say("place.unknown")
        first = values[0].value
        name = self._name(first, [v.value for v in values])
        wider = around(first)
        wide = wider and self._name({"name": wider, "class": None}, [])
        if not wide or wide == name or script(wide) != script(name):
            return name
        return self.say("place.in", place=name, around=wide)

    def _name(self, place: Mapping[str, Any], others: list[Mapping[str, Any]]) -> str:
        """The name of a place in the language; else that of a claim that has the same place in its script; else as it is."""
        found = self.names(place, self.language) if self.names else None
        wanted = _LETTERS.get(self.language, "other")
        name = str(place["name"])
        if found or script(name) == wanted:
            return found or name
        for other in others:
            if script(other["name"]) == wanted and _one(place, other):
                return str(other["name"])
        return name

    def _date(self) -> str:
        date = self.view.first("date")
        if date is None:
            return self.say("date.unknown")
        start, end = date["start"], date["end"]
        if start is None or end is None:
            key, day = ("date.before", end) if start is None else ("date.since", start)
            return self.say(key, start=self._day(day), end=self._day(day))
        if start == end:
            return self._day(start)
        if date["precision"] == "month" and start[:7] == end[:7]:
            return self.say("date.month", month=self.say(f"month.{start[5:7]}"), year=start[:4])
        if date["precision"] == "year" and start[:4] == end[:4]:
            return self.say("date.year", year=start[:4])
        return self.say("date.between", start=self._day(start), end=self._day(end))

    def _day(self, day: str) -> str:
        return self.say("date.day", day=int(day[8:10]), month=self.say(f"month.{day[5:7]}"), year=day[:4])

    def _harm(self) -> str:
        asserted = [t for t in self.claims if t.claim.status == "asserted"]
        given = {h.kind for t in asserted for h in t.claim.harm}
        kinds = [k for k in _FIRST if k in given] or [k for k in _REST if k in given]
        told = [self.say(f"harm.{kind}", people=self._people(kind)) for kind in kinds]
        if not told:
            return self.say("harm.none")
        text = self._list(told)
        return self.say("harm.reported", harm=text) if known("harm.reported", self.language) else text

    def _people(self, kind: str) -> str:
        """People of a kind of harm: civilians or combatants only where no claim leaves room for others."""
        whole = self.figures.get((kind, "all"))
        if whole is None:
            return self.say("about.unnumbered")
        civilian, combatant = (self.figures.get((kind, who)) for who in ("civilian", "combatant"))
        noun, note = "all", ""
        if civilian and civilian.contested:
            note = "contested"
        elif civilian and not combatant and (civilian.low, civilian.high) == (whole.low, whole.high):
            noun = "civilian"
        elif combatant and not civilian and (combatant.low, combatant.high) == (whole.low, whole.high):
            noun = "combatant"
        text = ranged(whole.low, whole.high, noun, self.language, open=whole.open)
        if note:
            text = self.say("about.contested", people=text)
        elif noun == "all" and any(f is not None and f.low for f in (civilian, combatant)):
            # Where some are of unknown status, those who are surely civilians or combatants are the least of them.
            unsure = (kind, "unknown") in self.figures
            split = [
                ranged(f.low, f.high, f.who, self.language, open=f.open or (unsure and f.low < f.high), subject=True)
                for f in (civilian, combatant)
                if f and f.low
            ]
            text = self.say("about.split", people=text, parts=self._list(split))
        parts = [
            ranged(f.low, f.high, who, self.language, open=f.open, subject=True)
            for who in _PARTS
            if (f := self.figures.get((kind, who))) is not None and f.high
        ]
        return self.say("about.including", people=text, parts=self._list(parts, most=9)) if parts else text

    def _alleged(self) -> list[str]:
        named = [a for a in self.view.allegations if a.party != "civilians"]
        if not named:
            return []
        if self.view.first("type") in CLASHES or self.view.first("type") == "agreement":
            # Either side of a clash may stand as the one who did it.
            given = [p for t in self.claims if t.claim.status == "asserted" for p in (*t.claim.perpetrators, *t.claim.targets)]
            parties = dict.fromkeys(self._party(p.id, p.name) for p in given if p.id != "civilians")
            return [self.say("parties", parties=self._list(parties, most=9))]
        said = []
        for a in named:
            party = self._party(a.party, a.name)
            if a.by:
                said.append(self.say("alleged.by", party=party, by=self._sourced(a.by)))
            elif not a.admitted:
                said.append(self.say("alleged.plain", party=party))
            if a.admitted:
                text = self.say("alleged.admitted", party=party)
                said.append(text[:1].upper() + text[1:])
        return said

    def _party(self, identifier: str | None, name: str) -> str:
        key = f"party.{identifier}"
        return self.say(key) if identifier and known(key, self.language) else name

    def _denied(self) -> list[str]:
        if not self.view.denials:
            return []
        names = _distinct(name for d in self.view.denials for name in d.by)
        return [self.say("denied", by=self._sourced(names)) if names else self.say("denied.nobody")]

    def _sources(self) -> str:
        """Who reports it, citing whom; an outlet that speaks itself is not cited by itself."""
        reporters = _distinct(
            name for t in self.claims for name in (*(s.name for s in t.chain.carriers), t.chain.publisher or "") if name
        )  # fmt: skip
        own = {frozenset(telling(name)) for name in reporters}
        voices = _distinct(v.name for t in self.claims for v in t.chain.voices if v.name)
        cited = [name for name in voices if frozenset(telling(name)) not in own]
        key = "source." + ("both" if reporters and cited else "reporters" if reporters else "origins" if cited else "nobody")
        return self.say(key, reporters=self._sourced(reporters), origins=self._sourced(cited))


def _distinct(names: Iterable[str]) -> list[str]:
    """Names by their telling words, each once, in order."""
    found: dict[frozenset[str], str] = {}
    for name in names:
        found.setdefault(telling(name), name)
    return list(found.values())


def _as_event(t: Told) -> Told:
    return replace(t, claim=replace(t.claim, scope="event"))


def _one(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two records are surely one place: the same entry of a gazetteer, or within a kilometre and of one class."""
    if one.get("gazetteer") and one.get("gazetteer") == other.get("gazetteer"):
        return True
    places = [Place(latitude=p.get("latitude"), longitude=p.get("longitude")) for p in (one, other)]
    apart = distance(*places)
    return apart is not None and apart <= 1.0 and one["class"] == other["class"]
