"""Random gold-like documents and claims, and claims near them, for tests of scoring."""

from __future__ import annotations

import random
from typing import Any

from marsad import vocabulary

_PLACES = ("تل الورد", "الورد", "وادي النخيل", "حي الجسر", "مدينة الرمان", "أم القصب", "Tall al-Ward", "")
_OUTLETS = ("وكالة النهر", "النهر", "قناة البلاد", "Valley Press")
_PARTIES = ("isis", "sdf", "ypg", "coalition_isis", "syria_gov", "civilians", None)
_NAMES = ("لواء الجسر", "كتيبة السد", "Valley Guards")
_DAYS = ("2016-05-01", "2016-05-02", "2016-05-03", None)
_NUMBERS = (None, 1, 2, 2, 20)

Record = dict[str, Any]


def claim(rng: random.Random, document: Record, number: int) -> Record:
    """A claim with values in all slots or in few, its trigger somewhere in the text."""
    text = document["text"]
    start = rng.randrange(len(text) - 5)
    made: Record = {"id": f"{document['id']}.{number}", "document": document["id"]}
    made |= {"type": rng.choice(vocabulary.EVENT_TYPES[:8]), "trigger": [span(text, start, start + rng.randrange(1, 5))]}
    if rng.random() < 0.8:
        made["scope"] = rng.choice(("event", "event", "aggregate"))
        made["status"] = rng.choice(vocabulary.STATUSES)
    made["date"] = {"start": rng.choice(_DAYS), "end": rng.choice(_DAYS), "precision": "day", "evidence": []}
    within = rng.sample(_PLACES[:6], rng.randrange(3))
    made["place"] = {"name": rng.choice(_PLACES), "within": within, "country": rng.choice(("SY", "IQ", None)), "evidence": []}
    if rng.random() < 0.1:
        made["date"] = made["place"] = None
    for side in ("perpetrators", "targets"):
        made[side] = [{"id": rng.choice(_PARTIES), "name": rng.choice(_NAMES)} for _ in range(rng.randrange(3))]
    made["sites"] = [{"kind": rng.choice(vocabulary.SITE_KINDS[:5])} for _ in range(rng.randrange(3))]
    made["weapons"] = [{"kind": rng.choice(vocabulary.WEAPON_KINDS[:5])} for _ in range(rng.randrange(3))]
    made["harm"] = [harm(rng) for _ in range(rng.randrange(4))]
    made["sources"] = [source(rng) for _ in range(rng.randrange(4))]
    return made


def span(text: str, start: int, end: int) -> Record:
    return {"start": start, "end": end, "text": text[start:end]}


def harm(rng: random.Random) -> Record:
    return {
        "kind": rng.choice(vocabulary.HARM_KINDS[:3]),
        "min": rng.choice(_NUMBERS),
        "max": rng.choice(_NUMBERS),
        "status": rng.choice((*vocabulary.HARM_STATUSES, None)),
    }


def source(rng: random.Random) -> Record:
    role, kind = rng.choice(vocabulary.SOURCE_ROLES), rng.choice(vocabulary.SOURCE_KINDS[:6])
    return {"name": rng.choice(_OUTLETS), "kind": kind, "role": role}


def documents(rng: random.Random, count: int) -> list[Record]:
    """Documents with 0 to 5 claims each."""
    made = []
    for number in range(count):
        document: Record = {
            "id": f"r{number}",
            "text": "قصفت طائرات مجهولة قرية تل الورد فجر اليوم وقتل شخصان\n" * 3,
            "language": "ar",
        }
        document["claims"] = [claim(rng, document, n) for n in range(rng.randrange(6))]
        made.append(document)
    return made


def perturbed(rng: random.Random, given: list[Record]) -> dict[str, list[Record]]:
    """Predictions near the gold claims: most kept, some lost or twice, some invented, values exchanged, one span broken."""
    found: dict[str, list[Record]] = {}
    for document in given:
        claims = []
        for gold in document["claims"]:
            for _ in range(rng.choice((0, 1, 1, 1, 1, 2))):
                other = claim(rng, document, len(claims))
                claims.append({key: other[key] if key in other and rng.random() < 0.3 else value for key, value in gold.items()})
        if rng.random() < 0.3:
            claims.append(claim(rng, document, len(claims)))
        if claims and rng.random() < 0.1:
            claims[0]["trigger"] = [{"start": 0, "end": 3, "text": "other"}]
        rng.shuffle(claims)
        if claims or rng.random() < 0.5:
            found[document["id"]] = claims
    return found
