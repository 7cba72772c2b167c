"""Learn the weights of joining, belonging, worth, scope and parts: ``tools/learn_weights.py GOLD… [--also MORE…] [--parts join,keep] [--write]``.

Weights stand in ``packs/weights.tsv``, those of single words in ``packs/ar/word_weights.tsv``.

Every event that the engine finds in the development part is a case: for ``keep``, right if its claim is aligned with a gold claim;
for ``scope``, those that are aligned, right if the gold claim is an aggregate. For ``site_of`` and ``weapon_of`` the cases are sites
and weapons beside an aligned event, right if its gold claim has their kind; for ``join`` anchors beside events told before. For ``did``
and ``hit`` they are the parties that may have a part in an aligned event, right if its gold claim has them on that side; for
``carry`` events without a day of their own behind one with a day, right if the gold claim has that day, wrong if it has the day of the
news as its end alone; the examples of the language pack count too, each twice, so that short posts are read as they are meant to be. A logistic
regression with a ridge (full-batch Newton steps, deterministic) gives the weights; the threshold at 0 is then moved to where F1 (for
``scope`` the share that is right) is greatest under cross-validation by document. With ``--around`` the ridge draws towards the
weights of the file instead of towards 0, so that they move only as far as the cases ask, and with ``--far`` only a part of that way is gone; a folder named twice counts twice. Reports
figures of the folds beside those of the weights in the file.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from marsad.evaluation.alignment import align
from marsad.evaluation.gold import document_of, held_out, load_documents
from marsad.evaluation.score import FOUND
from marsad.evaluation.slots import similarity, slots
from marsad.lexicon.table import read_table
from marsad.model import Claim, Document
from marsad.reading import assembly, eventplaces
from marsad.reading.attachment import anchors_of
from marsad.reading.belonging import belonging_signs
from marsad.reading.carrying import Carrying
from marsad.reading.facts import Facts, candidates, facts_of, sentences_of
from marsad.reading.fit import fit_signs
from marsad.reading.joining import Event, events_of
from marsad.reading.owndays import told_day
from marsad.reading.pairing import pair_signs
from marsad.reading.parts import Parts
from marsad.reading.places import ResolvedPlace
from marsad.reading.report import Report, report_of
from marsad.reading.responsibility import sides_of
from marsad.reading.scope import scope_signs
from marsad.reading.testimony import Testimony
from marsad.reading.weapons import WeaponMention
from marsad.reading.weights import weights
from marsad.reading.wording import word_signs
from marsad.reading.wordweights import SIGN, word_weights
from marsad.reading.worth import signs, worth

PACKS = Path(__file__).parent.parent / "src/marsad/packs"
FILE, WORDS = PACKS / "weights.tsv", PACKS / "ar/word_weights.tsv"
AROUND = 10.0
WINDOW = 7  # thresholds over which F1 is averaged, so that no single case decides
RIDGE = {"carry": 8.0, "did": 4.0, "hit": 4.0, "join": 2.0, "keep": 4.0, "scope": 8.0, "site_of": 4.0, "weapon_of": 4.0}
FOLDS = 5
SURE = ("carry", "scope")  # parts of which every case is right or wrong
RARE = 6
LIKE = 0.35
EXAMPLE = "example:"  # begins the ids of examples
EXAMPLE_COUNTS = 2.0
WORD_RIDGE = 30.0
DOCUMENTS = 5  # a word counts if it stands in so many reports
LEAST = 0.02  # weights of words that are less say nothing
Case = tuple[str, dict[str, float], bool]
_Wanted = tuple[str, set[str], set[str], set[str], set[str]]  # of an example's claim: type, place, who did it, who was hit, tolls


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument(
        "--also", nargs="*", type=Path, default=[], help="folders of reports that are no gold: all of them are learned from"
    )
    parser.add_argument("--around", action="store_true", help="stay near the weights of the file")
    parser.add_argument(
        "--far", type=float, default=1.0, help="how much of the way from the weights of the file to those learned is gone"
    )
    parser.add_argument("--parts", default="keep,scope", help="which weights to learn, of: " + ", ".join(RIDGE))
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    joins: list[Case] = []
    carry: list[Case] = []
    keep: list[Case] = []
    scopes: list[Case] = []
    belonging: dict[str, list[Case]] = {"site_of": [], "weapon_of": []}
    parts: dict[str, list[Case]] = {"carry": carry, "did": [], "hit": [], "join": joins, "keep": keep}
    unnamed = {"did": 0, "hit": 0}  # parties of gold claims that are not weighed
    missed = 0
    for folder in (*arguments.gold, *arguments.also):
        for document in load_documents(folder):
            unseen = folder in arguments.gold and not document.get("sample") and held_out(document["id"])
            if document.get("language", "ar") != "ar" or unseen:
                continue
            gold = document["claims"]
            report = report_of(document_of(document))
            if report is None:
                missed += len(gold)
                continue
            facts = facts_of(report, anchors_of(report))
            joins += [(document["id"], *case) for case in _joins(report, facts, gold)]
            found = list(eventplaces.events_with_places(report, events_of(report, facts)))
            events = [event for event, _ in found]
            sides, testimony = sides_of(report, events), Testimony(report, events)
            claims = [assembly.claim_of(report, event, place, events, sides, testimony).to_dict() for event, place in found]
            gold_slots, claim_slots = [slots(g) for g in gold], [slots(c) for c in claims]
            table = [
                [similarity(g, c, gs, cs) for c, cs in zip(claims, claim_slots, strict=True)]
                for g, gs in zip(gold, gold_slots, strict=True)
            ]
            right = {j: i for i, j in align(table) if table[i][j] >= FOUND}
            missed += len(gold) - len(right)
            for number, (event, place) in enumerate(found):
                keep.append((document["id"], {**signs(report, event, place), **word_signs(report, event)}, number in right))
                if number in right:
                    aggregate = gold[right[number]]["scope"] == "aggregate"
                    scopes.append((document["id"], scope_signs(report, event, place), aggregate))
            kept = [event for event, place in found if worth(report, event, place) >= 0]
            weighing = Parts(report, kept, sides)
            for number, (event, place) in enumerate(found):
                if number in right and event in kept:
                    claim, its = claims[number], gold_slots[right[number]]
                    land = place.place.country if place is not None else None
                    named = [(p, s) for _, p, s in weighing.signs(event, claim["type"], land)]
                    for part, slot in (("did", "perpetrators"), ("hit", "targets")):
                        labels = [slots({slot: [{"id": p.id, "name": p.name}]})[slot] <= its[slot] for p, _ in named]
                        parts[part] += [(document["id"], s, label) for (_, s), label in zip(named, labels, strict=True)]
                        unnamed[part] += len(its[slot]) - sum(labels)
            told = {id(f): gold[right[n]] for n, (event, _) in enumerate(found) if n in right for f in event.facts}
            carry += [(document["id"], *case) for case in _carried(report, found, kept, claims, gold, right)]
            for slot, *case in _belongings(report, facts, told):
                belonging[slot].append((document["id"], *case))
    for part, case in _examples():
        parts[part].append(case)
    cases = {"scope": scopes, **belonging, **parts}
    beyond = {**unnamed, "keep": missed}
    learned = {p: _learn(p, cases[p], beyond.get(p, 0), arguments.around) for p in arguments.parts.split(",")}
    if arguments.write:
        _write({part: _part_of_the_way(part, found, arguments.far, arguments.around) for part, found in learned.items()})


def _part_of_the_way(part: str, found: dict[str, float], far: float, around: bool) -> dict[str, float]:
    """Weights between those of the files and those learned; a sign that was not learned is 0, or as in the files with ``--around``."""
    known = {**weights().part(part), **_words_of(part)}
    left = known if around else {}
    return {
        name: (1 - far) * known.get(name, 0.0) + far * found.get(name, left.get(name, 0.0)) for name in sorted({*known, *found})
    }


def _write(learned: dict[str, dict[str, float]]) -> None:
    """Put learned weights into the two files in place of those of the same parts; what people set and gave a meaning stays."""
    lines = [
        line
        for line in FILE.read_text("utf-8").splitlines()
        if not (line.startswith(tuple(f"{p}." for p in learned)) and line.endswith("\tlearned"))
    ]
    known = {line.split("\t")[0] for line in lines}
    rows = [
        f"{part}.{name}\t{weight:.2f}\tlearned"
        for part, found in learned.items()
        for name, weight in found.items()
        if SIGN not in name and f"{part}.{name}" not in known and abs(weight) >= 0.005
    ]
    lines[2:] = sorted(lines[2:] + rows)
    FILE.write_text("\n".join(lines) + "\n", "utf-8")
    lines = WORDS.read_text("utf-8").splitlines()
    head = next(n for n, line in enumerate(lines) if not line.startswith("#")) + 1
    kept = [line for line in lines[head:] if line.split("\t")[0] not in learned]
    rows = [
        "\t".join((part, *name.split(SIGN, 1), f"{weight:.2f}"))
        for part, found in learned.items()
        for name, weight in found.items()
        if SIGN in name and abs(weight) >= LEAST
    ]
    WORDS.write_text("\n".join(lines[:head] + sorted(kept + rows)) + "\n", "utf-8")


def _examples() -> Iterator[tuple[str, Case]]:
    """Cases of the examples of the language pack."""
    for row in read_table("ar/examples/reports.tsv"):
        name = EXAMPLE + str(row.line)
        cells = [[cell.strip() for cell in claim.split(";")] for claim in row["claims"].split(" | ")] if row["claims"] else []
        wanted = [
            (c[0].split()[0], {c[2]} - {""}, *({p for p in c[n].split("+") if p} for n in (3, 4)), _tolls(c[5])) for c in cells
        ]
        report = report_of(Document(id="d", text=row["text"], published=row["published"]))
        if report is None:
            continue
        facts = facts_of(report, anchors_of(report))

        def told_by(claim: Claim, wanted: list[_Wanted] = wanted) -> int:
            alike = [_alike(want, claim) for want in wanted]
            best = max(alike, default=0.0)
            return alike.index(best) if best > 0 and alike.count(best) == 1 else -1

        for case in _pairs(report, facts, told_by):
            yield "join", (name, *case)
        events = events_of(report, facts)
        found = list(eventplaces.events_with_places(report, events))
        sides = sides_of(report, events)
        claims = [assembly.claim_of(report, event, place, events, sides) for event, place in found]
        like = [[_alike(want, claim) for claim in claims] for want in wanted]
        right = {j: i for i, j in align(like) if like[i][j] > 0} if like and claims else {}
        if len(right) == len(wanted):
            for number, (event, place) in enumerate(found):
                yield "keep", (name, {**signs(report, event, place), **word_signs(report, event)}, number in right)
        kept = [(event, place) for event, place in found if worth(report, event, place) >= 0]
        if len(kept) != len(wanted):
            continue
        records = [claim.to_dict() for claim in claims]
        golden = [{"date": {"start": days[0] or None, "end": days[-1]}} for c in cells for days in [c[1].split("..")]]
        for case in _carried(report, found, [event for event, _ in kept], records, golden, right):
            yield "carry", (name, *case)
        weighing = Parts(report, [event for event, _ in kept], sides)
        for (event, place), (kind, _, doers, hit, _) in zip(kept, wanted, strict=True):
            if kind == "armed_clash":
                doers, hit = doers | hit, set()
            for party, _, its in weighing.signs(event, kind, place.place.country if place is not None else None):
                yield "did", (name, its, party in doers)
                yield "hit", (name, its, party in hit)


def _tolls(cell: str) -> set[str]:
    """The harm of an example, each kind with its number."""
    return {" ".join(toll.split()[:2]) for toll in cell.split(",") if toll.strip()}


def _alike(wanted: _Wanted, claim: Claim) -> float:
    """How many of type, place, sides and tolls of an example's claim a claim has; none if it has another number of people."""
    kind, places, doers, hit, tolls = wanted
    mine = {f"{h.kind} {h.min}{'+' * (h.max is None)}" for h in claim.harm if h.min is not None}
    if mine and tolls and mine.isdisjoint(tolls):
        return 0.0
    sides = ({p.id or p.name for p in side} for side in (claim.perpetrators, claim.targets))
    place = {claim.place.name} if claim.place.name else set()
    same = (a == b for a, b in zip((places, doers, hit, tolls), (place, *sides, mine), strict=True))
    return ((kind == claim.type) + sum(same)) / 5


def _joins(report: Report, facts: list[Facts], gold: list[dict[str, Any]]) -> Iterator[tuple[dict[str, float], bool]]:
    """Anchors beside the events told before them; whose claim an anchor tells of is the gold claim that it is most like."""
    gold_slots = [slots(g) for g in gold]

    def told_by(claim: Claim) -> int:
        record = claim.to_dict()
        its = slots(record)
        alike = [similarity(g, record, gs, its) for g, gs in zip(gold, gold_slots, strict=True)]
        best = max(range(len(gold)), key=lambda n: alike[n], default=-1)
        return best if best >= 0 and alike[best] >= LIKE else -1

    return _pairs(report, facts, told_by)


def _pairs(report: Report, facts: list[Facts], told_by: Callable[[Claim], int]) -> Iterator[tuple[dict[str, float], bool]]:
    """Anchors beside the events told before them, and whether they tell of those; ``told_by`` says of which, -1 where of none."""
    events: dict[int, list[Facts]] = {}
    for before, item in enumerate(facts):
        event = Event([item])
        (_, place), *_ = eventplaces.events_with_places(report, [event])
        label = told_by(assembly.claim_of(report, event, place, [event]))
        if label < 0 or item.anchor.other:
            continue
        newest = max((e[-1].anchor.index for e in events.values()), default=-1)
        for other, told in events.items():
            found = fit_signs(report, told, item, told[-1].anchor.index == newest)
            yield {**found, **pair_signs(told, item, before, len(facts))}, other == label
        events.setdefault(label, []).append(item)


def _carried(
    report: Report,
    found: list[tuple[Event, ResolvedPlace | None]],
    kept: list[Event],
    claims: list[dict[str, Any]],
    gold: list[dict[str, Any]],
    right: dict[int, int],
) -> Iterator[tuple[dict[str, float], bool]]:
    """Events without a day of their own, and whether they were on the day told before."""
    events = [event for event, _ in found]
    carrying = Carrying(report, events, {id(event): place for event, place in found}, {id(event) for event in kept})
    for number, (event, _) in enumerate(found):
        claim = claims[number]
        if number not in right or event not in kept or event.base is not None or event.first.anchor.total:
            continue
        if (claim["scope"], claim["status"]) != ("event", "asserted") or told_day(report, event, aggregate=False) is not None:
            continue
        before, its = carrying.before(event), gold[right[number]].get("date") or {}
        if before is None or report.published is None or not its.get("end"):
            continue
        day, dates = before[1], (its.get("start"), its["end"])
        assert day.since is not None and day.until is not None
        carried = dates == (day.since.isoformat(), day.until.isoformat())
        if carried or dates == (None, report.published.isoformat()):
            yield carrying.signs(event, *before), carried


def _belongings(
    report: Report, facts: list[Facts], told: dict[int, dict[str, Any]]
) -> Iterator[tuple[str, dict[str, float], bool]]:
    """Sites and weapons beside the anchor that they stand nearest to, and whether the gold claim of its event has them."""
    for slot, mention, owner, near, alone in candidates(report, sentences_of(report, facts)):
        gold = told.get(id(owner))
        if gold is None or slot == "carrier":
            continue
        wanted = {item["kind"] for item in gold[f"{slot}s"]}
        if isinstance(mention, WeaponMention):
            kinds = {mention.kind}
            if mention.kind == "rocket":
                kinds.add("aerial_bomb_or_missile")
        else:
            kinds = set(mention.kinds)
        yield f"{slot}_of", belonging_signs(report, owner.anchor, mention, near, alone), bool(kinds & wanted)


def _learn(part: str, cases: list[Case], missed: int, around: bool) -> dict[str, float]:
    counts, told = Counter[str](), dict[str, set[str]]()
    for number, (document, found_signs, _) in enumerate(cases):
        counts.update(found_signs)
        for name in found_signs:
            if SIGN in name:
                told.setdefault(name, set()).add(document if not document.startswith(EXAMPLE) else f"{EXAMPLE}{number % FOLDS}")
    names = sorted(n for n in counts if (len(told[n]) >= DOCUMENTS if SIGN in n else counts[n] >= RARE))
    known = {**weights().part(part), **_words_of(part)} if around else {}
    prior = np.array([known.get(n, 0.0) for n in names])
    ridge = np.array([WORD_RIDGE if SIGN in n else AROUND if around else RIDGE[part] for n in names])
    ridge[names.index("always")] = 0.01
    target = np.array([float(r) for _, _, r in cases])
    fold = np.array([int(hashlib.sha256(i.encode()).hexdigest()[:8], 16) % FOLDS for i, _, _ in cases])
    example = np.array([i.startswith(EXAMPLE) for i, _, _ in cases])
    counting = np.where(example, EXAMPLE_COUNTS, 1.0)
    table = _Table([signs_ for _, signs_, _ in cases], names)
    scores = np.zeros(len(cases))
    for number in range(FOLDS):
        fitted = _fit(table, target, ridge, prior, np.where(fold != number, counting, 0.0))
        scores = np.where(fold == number, table.score(fitted), scores)
    found = _fit(table, target, ridge, prior, counting)
    # What is reported and tuned is of reports alone.
    on_all = table.score(found)[~example]
    target, scores = target[~example], scores[~example]
    steps = np.arange(-2.0, 2.0, 0.05)
    # Each claim has a scope and a day, right or wrong; of events only those that are claims count.
    good = [float(((scores >= t) == target).mean()) if part in SURE else _f1(scores, target, missed, t) for t in steps]
    curve = np.convolve(good, np.ones(WINDOW) / WINDOW, "same")
    best = max((f1, -abs(t), t) for f1, t in zip(curve, steps, strict=True))
    print(
        f"{part}: {len(target)} cases, {int(target.sum())} right, {missed} beyond, {len(names)} signs; "
        f"cross-validated {best[0]:.4f} at {best[2]:.2f}, on all {_f1(on_all, target, missed, best[2]):.4f}"
    )
    if part != "join":  # a false pair costs as much as a split event
        found[names.index("always")] -= best[2]
    return dict(zip(names, map(float, found), strict=True))


class _Table:
    """The signs of cases as a sparse matrix: for each sign that is there its case, its number and its strength."""

    def __init__(self, cases: list[dict[str, float]], names: list[str]) -> None:
        number = {name: n for n, name in enumerate(names)}
        cells = [
            (row, number[name], strength) for row, case in enumerate(cases) for name, strength in case.items() if name in number
        ]
        self._rows = np.array([row for row, _, _ in cells])
        self._columns = np.array([column for _, column, _ in cells])
        self._strengths = np.array([strength for _, _, strength in cells])
        self._shape = len(cases), len(names)

    def score(self, found: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
        """The sum of each case's signs, each by its weight."""
        return np.bincount(self._rows, self._strengths * found[self._columns], self._shape[0])

    def gather(self, cases: np.ndarray, power: int = 1) -> np.ndarray:  # type: ignore[type-arg]
        """The sum over the cases of each sign, each strength raised to a power."""
        return np.bincount(self._columns, self._strengths**power * cases[self._rows], self._shape[1])


def _fit(  # type: ignore[type-arg]
    table: _Table, target: np.ndarray, ridge: np.ndarray, prior: np.ndarray, counting: np.ndarray
) -> np.ndarray:
    """The weights by Newton steps, each solved by conjugate gradients with the diagonal as what it is conditioned by."""
    found = prior.copy()
    for _ in range(12):
        chance = 1 / (1 + np.exp(-table.score(found)))
        gradient = table.gather((chance - target) * counting) + ridge * (found - prior)
        bend = chance * (1 - chance) * counting
        diagonal = table.gather(bend, 2) + ridge
        step, rest = np.zeros_like(found), gradient
        along = rest / diagonal
        left = float(rest @ (rest / diagonal))
        for _ in range(200):
            curved = table.gather(bend * table.score(along)) + ridge * along
            far = left / float(along @ curved)
            step, rest = step + far * along, rest - far * curved
            new = float(rest @ (rest / diagonal))
            if new < 1e-10:
                break
            along, left = rest / diagonal + new / left * along, new
        found = found - step
    return found


def _words_of(part: str) -> dict[str, float]:
    own = word_weights("ar").part(part)
    return {f"{at}{SIGN}{word}": weight for at, words in own.items() for word, weight in words.items()}


def _f1(scores: np.ndarray, target: np.ndarray, missed: int, threshold: float) -> float:  # type: ignore[type-arg]
    kept = scores >= threshold
    right = float(target[kept].sum())
    return 2 * right / (kept.sum() + target.sum() + missed)


if __name__ == "__main__":
    main()
