"""Claim form: a claim as the fields of a form, and the fields of a form as the slots that a person changed.

Fields are named by key: ``type``, ``date.start``, ``harm.1.min``; ``harm.new.kind`` is an entry to be added, ``harm.1.gone`` takes one
away. Evidence has two fields: ``harm.1.spans`` ("12-20,31-40", set where words are selected in the text) and ``harm.1.quote``, the words
themselves. Where the words of ``quote`` are no longer those of ``spans``, the words count, and are looked up in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from marsad.errors import InputError
from marsad.gazetteer.entry import Entry
from marsad.lexicon.reasons import escaped, refusal
from marsad.model import Claim, Harm, Party, Site, Source, Weapon
from marsad.register.corrections import located
from marsad.views.masking import MASK
from marsad.vocabulary import INCLUDING

__all__ = ["LISTS", "changed", "fields", "told"]

# What the gazetteer knows of an id: the place and the labels of what it lies in, narrowest first; None where it has none.
Located = Callable[[str], "tuple[Entry, tuple[str, ...]] | None"]

# The lists with the keys of their entries; the first tells whether an entry is there.
LISTS: dict[str, tuple[str, ...]] = {
    "perpetrators": ("id", "name"), "targets": ("id", "name"), "sites": ("kind", "name"), "weapons": ("kind",),
    "harm": ("kind", "min", "max", "status", "group"), "sources": ("name", "kind", "role"),
}  # fmt: skip
_EMPTY: dict[str, dict[str, Any]] = {
    "perpetrators": Party(None, "").to_dict(), "targets": Party(None, "").to_dict(), "sites": Site("", "").to_dict(),
    "weapons": Weapon("").to_dict(), "harm": Harm("").to_dict(), "sources": Source("", "", "origin").to_dict(),
}  # fmt: skip
# A party that is named and not listed.
UNLISTED = "-"
_NUMBERS = ("min", "max")
_MOST = 60


def fields(value: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a claim, a public record, as a form shows them; every field is there, also those of entries to be added."""
    made = {key: value[key] for key in ("type", "scope", "status")}
    made |= _quoted("trigger", value["trigger"])
    made |= {f"date.{key}": value["date"][key] or "" for key in ("start", "end", "precision")}
    made |= _quoted("date", value["date"]["evidence"])
    place = value["place"]
    made |= {f"place.{key}": place[key] or "" for key in ("name", "class", "country", "precision", "bearing", "gazetteer")}
    made |= _quoted("place", place["evidence"])
    for slot in LISTS:
        for number, item in (*enumerate(value[slot], 1), ("new", _EMPTY[slot])):
            made |= _entry(slot, str(number), item)
    return made


def told(claim: str, document: str) -> dict[str, Any]:
    """An empty public record, for a claim that is to be added."""
    return Claim(claim, document, "attack", ()).to_dict()


def changed(form: Mapping[str, str], value: Mapping[str, Any], text: str, located_by: Located) -> dict[str, Any]:
    """The slots that a form changes in a claim, for a correction; with ``trigger`` where that is other.

    Args:
        form: fields as they were sent; those that were not sent are as they were.
        value: the claim as it stands.
        text: of the report.
        located_by: what the gazetteer knows.

    Raises:
        InputError: a number that is none, or a place that the gazetteer does not know.
    """
    before = fields(value)
    now = before | {
        key: str(item).strip() if not key.endswith(".quote") else str(item) for key, item in form.items() if key in before
    }
    made: dict[str, Any] = {key: now[key] for key in ("type", "scope", "status")}
    made["trigger"] = _evidence("trigger", now, before, value["trigger"], text)
    evidence = _evidence("date", now, before, value["date"]["evidence"], text)
    made["date"] = {
        **{key: now[f"date.{key}"] or None for key in ("start", "end")},
        "precision": now["date.precision"],
        "evidence": evidence,
    }
    made["place"] = _place(now, before, value["place"], text, located_by)
    for slot in LISTS:
        made[slot] = _list(slot, form, now, before, value[slot], text)
    return {slot: item for slot, item in made.items() if item != value[slot]}


def _quoted(key: str, evidence: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    return {
        f"{key}.spans": ",".join(f"{e['start']}-{e['end']}" for e in evidence),
        f"{key}.quote": " | ".join(" ".join(e["text"].split()) for e in evidence),
    }


def _entry(slot: str, number: str, item: Mapping[str, Any]) -> dict[str, str]:
    made = {f"{slot}.{number}.{key}": "" if item[key] is None else str(item[key]) for key in LISTS[slot]}
    if "id" in LISTS[slot] and item["id"] is None and item["name"]:
        made[f"{slot}.{number}.id"] = UNLISTED
    if slot == "harm":
        including = {i["who"]: i for i in item["including"]}
        for who in INCLUDING:
            part = including.get(who)
            told = "" if part is None else "?" if part["min"] is None else _range(part["min"], part["max"])
            made[f"{slot}.{number}.{who}"] = told
    return made | _quoted(f"{slot}.{number}", item["evidence"])


def _range(low: int | None, high: int | None) -> str:
    return f"{low}" if low == high else f"{low}..{'' if high is None else high}"


def _evidence(key: str, now: Mapping[str, str], before: Mapping[str, str], old: Sequence[Any], text: str) -> list[Any]:
    """Evidence from the fields of a key: as it was, by offsets, or as words to be looked up."""
    spans, quote = now[f"{key}.spans"], now[f"{key}.quote"]
    if spans == before[f"{key}.spans"] and _same(quote, before[f"{key}.quote"]):
        return list(old)
    found = _spans(spans, text)
    if found and _same(quote, _quoted(key, found)[f"{key}.quote"]):
        return found
    return [words.strip() for words in quote.split("|") if words.strip()]


def _spans(told: str, text: str) -> list[dict[str, Any]]:
    found = []
    for part in told.split(",")[:_MOST]:
        first, dash, last = part.partition("-")
        if not (dash and first.isdecimal() and last.isdecimal() and len(part) < 30):
            return []
        start, end = int(first), int(last)
        if not 0 <= start < end <= len(text):
            return []
        found.append({"start": start, "end": end, "text": text[start:end]})
    return found


def _same(quote: str, words: str) -> bool:
    """Whether a quotation is of some words, where names in it may be masked."""
    one, other = _plain(quote), _plain(words)
    return len(one) == len(other) and all(a in (b, MASK) for a, b in zip(one, other, strict=True))


def _plain(words: str) -> str:
    return " ".join(words.split())


def _place(
    now: Mapping[str, str], before: Mapping[str, str], old: Mapping[str, Any], text: str, located_by: Located
) -> dict[str, Any]:
    made = dict(old)
    for key in ("name", "class", "country", "precision", "bearing"):
        if now[f"place.{key}"] != before[f"place.{key}"]:
            made[key] = now[f"place.{key}"] or None
    chosen = now["place.gazetteer"]
    if chosen != before["place.gazetteer"] and not (chosen == UNLISTED and old["latitude"] is None):
        if chosen in ("", UNLISTED):
            made |= {"gazetteer": None, "latitude": None, "longitude": None}
        else:
            known = located_by(chosen)
            if known is None:
                raise InputError(refusal("form.place", place=chosen))
            made = located(made, *known)
    made["evidence"] = _evidence("place", now, before, old["evidence"], text)
    return made


def _list(
    slot: str,
    form: Mapping[str, str],
    now: Mapping[str, str],
    before: Mapping[str, str],
    old: Sequence[Mapping[str, Any]],
    text: str,
) -> list[dict[str, Any]]:
    made = []
    for number, item in (*enumerate(old, 1), ("new", _EMPTY[slot])):
        key = f"{slot}.{number}"
        if form.get(f"{key}.gone"):
            continue
        entry = dict(item)
        for name in LISTS[slot]:
            if now[f"{key}.{name}"] != before[f"{key}.{name}"]:
                entry[name] = _plain_value(key, name, now[f"{key}.{name}"])
        if slot == "harm":
            entry["including"] = _including(key, now, before, item["including"])
        entry["evidence"] = _evidence(key, now, before, item["evidence"], text)
        if number == "new":
            if entry == _EMPTY[slot]:
                continue
            if not entry.get("name", "x"):
                # Named as the report has it.
                first = entry["evidence"][0] if entry["evidence"] else ""
                entry["name"] = " ".join((first if isinstance(first, str) else first["text"]).partition("#")[0].split())
        made.append(entry)
    return made


def _plain_value(key: str, name: str, told: str) -> Any:
    if name in _NUMBERS:
        if told in ("", "?"):
            return None
        if not (told.isdecimal() and len(told) < 10):
            raise InputError(refusal("form.number", key=key, slot=key.partition(".")[0], told=escaped(told)))
        return int(told)
    if name in ("id", "group") and told in ("", UNLISTED):
        return None
    return told


def _including(
    key: str, now: Mapping[str, str], before: Mapping[str, str], old: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The parts of a toll: "2", "2..5", "2..", or "?" where the number is not told."""
    made = [dict(item) for item in old]
    for who in INCLUDING:
        told = now[f"{key}.{who}"]
        if told == before[f"{key}.{who}"]:
            continue
        made = [item for item in made if item["who"] != who]
        if told:
            low, dots, high = told.partition("..")
            least = _plain_value(key, "min", low)
            most = least if not dots else _plain_value(key, "max", high)
            made.append({"who": who, "min": least, "max": most})
    return made
