"""Treatment: a leaving record by a profile, with what was held back and why. What no profile allows is never looked at again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from marsad.exports.places import Atlas, coarse, is_pinned, nameless
from marsad.exports.profiles import Profile
from marsad.exports.record import Leaving, titled
from marsad.lexicon.reasons import Reason, reason
from marsad.model import Claim
from marsad.record import record
from marsad.syndication.names import telling

__all__ = ["Held", "Ruling", "Treated", "treat"]

# Fields by which records are told apart, whatever the profile.
_ALWAYS = ("id", "code")
# Reasons are few, and made for each incident.
_why = lru_cache(maxsize=4096)(reason)
_PRIVATE = (".local", ".localhost", ".internal", ".intranet", ".lan", ".home", ".corp", ".onion", ".test", ".invalid")


@dataclass(frozen=True, slots=True)
class Ruling:
    """What people decided for single incidents and sources.

    Attributes:
        victims: names that may leave, by id of the incident. withheld: ids of incidents that stay, with the reason for those who may see
            it. protected: telling words of the names of sources that are told by their kind alone, whatever they are called besides.
    """

    victims: dict[str, tuple[str, ...]] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    protected: frozenset[frozenset[str]] = frozenset()

    def protects(self, name: str | None) -> bool:
        """Whether a source or outlet of this name is protected."""
        if not name or not self.protected:
            return False
        words = telling(name)
        return any(own <= words for own in self.protected)

    def protects_site(self, address: str) -> bool:
        """Whether the site of an address is protected: somebody protected its name as addresses write it."""
        try:
            return bool(self.protected) and self.protects(urlsplit(address).hostname)
        except ValueError:
            return False


@record(frozen=True, slots=True)
class Held:
    """Something that stayed: which field, or ``incident`` for all of it, and why."""

    field: str
    why: Reason


@record(frozen=True, slots=True)
class Treated:
    """What leaves of an incident (None: nothing does) and what was held back."""

    code: str
    fields: dict[str, Any] | None
    held: tuple[Held, ...]


def treat(record: Leaving, profile: Profile, ruling: Ruling, atlas: Atlas, today: str) -> Treated:
    """Treat a record by a profile.

    Args:
        record: the record, with all fields of the profile that are wanted; ``date``, ``reported``, ``status`` and ``sites`` are looked
            at where they are there.
        profile: what may leave.
        ruling: what people decided.
        atlas: what is known of units of places.
        today: ISO day from which the embargo is counted.
    """
    return _Treating(record, profile, ruling, atlas, today).result()


class _Treating:
    def __init__(self, record: Leaving, profile: Profile, ruling: Ruling, atlas: Atlas, today: str) -> None:
        self.record, self.profile, self.atlas, self.today = record, profile, atlas, today
        self.ruling = ruling if profile.decisions else Ruling(ruling.victims)
        self.held: dict[tuple[str, Reason], Held] = {}
        claims = self._told()
        self.traced = "document" in profile.claim_fields
        code = record.fields["code"]
        self.numbers = {} if self.traced else {claim.id: f"{code}.{n}" for n, claim in enumerate(claims, 1)}
        # Of all claims, also of those that deny: where one tells of a clinic or was pinned, no other may tell where that is.
        self.sites = {site.kind for claim in claims for site in claim.sites}
        self.pinned = any(is_pinned(claim.place.gazetteer) for claim in claims)
        self._barred = _why("exports:profile", profile=profile.name)

    def hold(self, name: str, why: Reason) -> None:
        self.held.setdefault((name, why), Held(name, why))

    def result(self) -> Treated:
        given = self.record.fields
        why = self._stays(given)
        if why is not None:
            return Treated(given["code"], None, (Held("incident", why),))
        made: dict[str, Any] = {}
        for name in (*_ALWAYS, *(n for n in given if n not in _ALWAYS)):
            if name in _ALWAYS or name in self.profile.fields:
                work = getattr(self, f"_{name}", None)
                made[name] = work(given[name]) if work else given[name]
            elif given[name]:
                self.hold(name, self._barred)
        words = titled(self.record, made if "place" in made else {"place": self._place(given.get("place"))})
        for name, text in words.items():
            if name not in self.profile.fields:
                self.hold(name, self._barred)
            elif name.startswith("summary") and (why := self._names_more()) is not None:
                self.hold(name, why)
            else:
                made[name] = text
        return Treated(given["code"], made, tuple(self.held.values()))

    def _stays(self, given: dict[str, Any]) -> Reason | None:
        """Why nothing of an incident leaves, or None."""
        if given["id"] in self.ruling.withheld:
            return _why("exports:withheld")
        if given["status"] not in self.profile.statuses:
            return _why("exports:status", status=given["status"], statuses=self.profile.statuses)
        if not self.profile.embargo:
            return None
        day = (given["date"] or {}).get("end") or (given["date"] or {}).get("start") or (given["reported"] or {}).get("first")
        if day is None:
            return _why("exports:embargo.unknown", days=self.profile.embargo)
        free = (date.fromisoformat(day) + timedelta(days=self.profile.embargo)).isoformat()
        return _why("exports:embargo", days=self.profile.embargo, until=free) if free > self.today else None

    def _names_more(self) -> Reason | None:
        """Why no summary leaves, which names parties and sources as reports do; None where all of these may."""
        if not self.profile.unlisted_parties and any(p.id is None for c in self._told() for p in (*c.perpetrators, *c.targets)):
            return _why("exports:parties.unlisted")
        for source in (s for c in self._told() for s in c.sources if s.name):
            if self.ruling.protects(source.name):
                return _why("exports:sources.protected")
            if source.kind not in self.profile.sources:
                return _why("exports:sources.kind", kind=source.kind)
        outlet = any(self.ruling.protects(t.publisher) for t in self.record.dossier.claims)
        return _why("exports:reports.outlet") if outlet else None

    def _told(self) -> list[Claim]:
        return [t.claim for t in self.record.dossier.claims]

    def _id(self, identifier: str) -> str:
        """The code in its place, where documents stay: an id of the register is a hash of an address, and who guesses that address could
        prove that a report was used."""
        return identifier if self.traced else str(self.record.fields["code"])

    def _claim_id(self, identifier: str) -> str:
        return identifier if self.traced else self.numbers[identifier]

    def _count(self, told: dict[str, Any]) -> dict[str, Any]:
        if self.traced:
            return told
        left_out = [x | {"claim": self._claim_id(x["claim"])} for x in told["left_out"]]
        return told | {"used": [self._claim_id(c) for c in told["used"]], "left_out": left_out}

    def _place(self, place: dict[str, Any] | None) -> dict[str, Any] | None:
        if place is None:
            return None
        if not self.profile.site_names and place["class"] == "site" and not place["gazetteer"] and place["name"]:
            self.hold("place", _why("exports:sites.names"))
            place = nameless(place if self.atlas.governs(place) else place | {"admin1": None})
        sites = self.sites
        rule = next((r for r in self.profile.places if r.holds(place, sites, self.pinned)), None)
        if rule is None or rule.unit == "exact":
            return place
        made = coarse(place, rule, self.atlas)
        if made != place:
            what = tuple(sorted(sites & set(rule.sites))) or _why("exports:pinned" if rule.own else "exports:places")
            self.hold("place", _why("exports:coarse", what=what, stated=made["stated"] or _why("exports:stated.none")))
        return made

    def _parties(self, name: str, parties: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if self.profile.unlisted_parties:
            return parties
        made = []
        for party in parties:
            if party["id"] is None:
                self.hold(name, _why("exports:parties.unlisted"))
                made.append({"id": None, "name": None, "name_en": None, "name_ar": None})
            else:
                made.append(party | {"name": party["name_ar"]})
        return made

    def _perpetrators(self, parties: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return self._parties("perpetrators", parties)

    def _targets(self, parties: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return self._parties("targets", parties)

    def _sites(self, sites: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if self.profile.site_names:
            return sites
        if any(site.get("name") for site in sites):
            self.hold("sites", _why("exports:sites.names"))
        return [{"kind": kind, "name": None} for kind in dict.fromkeys(site["kind"] for site in sites)]

    def _source(self, source: dict[str, Any]) -> dict[str, Any]:
        if not source["name"]:
            return source
        if self.ruling.protects(source["name"]):
            self.hold("sources", _why("exports:sources.protected"))
        elif source["kind"] not in self.profile.sources:
            self.hold("sources", _why("exports:sources.kind", kind=source["kind"]))
        else:
            return source
        return source | {"name": None}

    def _sources(self, sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return _once(self._source(source) for source in sources)

    def _publisher(self, name: str | None) -> str | None:
        if self.ruling.protects(name):
            self.hold("publishers", _why("exports:reports.outlet"))
            return None
        return name

    def _publishers(self, names: list[str]) -> list[str]:
        return [name for name in map(self._publisher, names) if name]

    def _reports(self, reports: list[dict[str, Any]]) -> list[dict[str, Any]]:
        made = []
        for report in reports:
            told = report | {"publisher": self._publisher(report["publisher"])}
            if report["headline"] and not self.profile.headlines:
                self.hold("reports", _why("exports:reports.headlines"))
                told["headline"] = None
            # An address names its outlet too.
            shown = _address(report["address"], self.profile.addresses) if told["publisher"] == report["publisher"] else None
            if shown is not None and self.ruling.protects_site(report["address"]):
                self.hold("reports", _why("exports:reports.outlet"))
                shown = None
            if shown != report["address"]:
                self.hold("reports", _why("exports:reports.addresses", how=self.profile.addresses))
            made.append(told | {"address": shown})
        return _once(made)

    def _claims(self, claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
        allowed = self.profile.claim_fields
        words = "evidence" in allowed
        made = []
        for claim in claims:
            told: dict[str, Any] = {key: claim[key] for key in claim if key in allowed}
            if "id" in told:
                told["id"] = self._claim_id(claim["id"])
            for slot in ("perpetrators", "targets"):
                if slot in told and not self.profile.unlisted_parties:
                    told[slot] = [p | {"name": None} for p in told[slot]]
            if "sites" in told and not self.profile.site_names:
                told["sites"] = [s | {"name": None} for s in told["sites"]]
            if "sources" in told:
                told["sources"] = [self._source(s) for s in told["sources"]]
            if "place" in told and self.profile.places:
                told["place"] = self._told_place(claim)
            if "publisher" in told:
                told["publisher"] = self._publisher(told["publisher"])
            if not words:
                self.hold("claims", _why("exports:reports.words"))
                told.pop("trigger", None)
                told = _wordless(told)
            made.append(told)
        return made

    def _told_place(self, claim: dict[str, Any]) -> dict[str, Any] | None:
        """The place of a single claim, as coarse as that of its incident."""
        if claim["place"]["name"] is None:
            return None
        found = self._place(self.atlas.place(claim["place"]))
        return found and {
            key: found[key]
            for key in ("name", "name_en", "class", "admin1", "country", "latitude", "longitude", "precision", "stated")
        }

    def _victims(self, names: list[str]) -> list[str]:
        return list(self.ruling.victims.get(self.record.fields["id"], ()))


def _wordless(value: Any) -> Any:
    """A record without evidence at any depth."""
    if isinstance(value, dict):
        return {key: _wordless(item) for key, item in value.items() if key != "evidence"}
    return [_wordless(item) for item in value] if isinstance(value, list) else value


def _once(items: Any) -> list[Any]:
    made: list[Any] = []
    for item in items:
        if item not in made:
            made.append(item)
    return made


def _address(address: str, how: str) -> str | None:
    """An address as a profile lets it leave; only addresses of the public web do, unless all does."""
    if how == "whole":
        return address
    try:
        found = urlsplit(address)
        host = found.hostname or ""
    except ValueError:
        return None
    if how == "none" or found.scheme not in ("http", "https") or "." not in host or host.endswith(_PRIVATE) or _number(host):
        return None
    return host if how == "site" else f"{found.scheme}://{host}{found.path}"


def _number(host: str) -> bool:
    # Only what ends in a digit or holds a colon can be one; to try others costs more than all else of an address.
    if not (host[-1:].isdigit() or ":" in host):
        return False
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
