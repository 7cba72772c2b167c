"""Learn the weights of linking: ``tools/learn_linking.py [--write] [--claims N]``.

The cases are the pairs that blocking finds and no exclusion forbids, in the sample reports and in synthetic registers of several
seeds (``bench/registers.py``). ``m``, ``u`` and the prior are shares among them. The weights are those of a logistic regression over the
levels with a ridge towards the weights of independent levels, ``log2(m/u)``: the levels are not independent (whoever copies a toll
copies the site), and weights that are merely added up would count that twice.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from tests.linking.samples import sample_claims, sample_reports, sample_truth

from marsad.linking.comparisons import COMPARISONS
from marsad.linking.exclusions import Rivals, excluded
from marsad.linking.features import Features, features_of
from marsad.linking.parameters import shipped
from marsad.linking.scoring import Scorer
from registers import Noise, register

FILE = ROOT / "src/marsad/packs/linking/parameters.tsv"
SEEDS = (11, 12, 13)
RIDGE = 20.0
# Pairs of the samples weigh as much, all together, as this share of all.
SAMPLES = 0.1
# Not learned: the pairs without date or place that are compared at all are those that something else speaks for.
# Nor what the registers do not hold as reports do: allies named for each other, two tolls in one claim, parties without an id.
FIXED = {
    ("date", "unknown"): -7.0, ("date", "apart"): -8.0, ("place", "unknown"): -6.0, ("perpetrator", "allied"): 0.0, ("perpetrator", "sides"): 0.0,
    ("perpetrator", "other"): -2.0, ("killed", "shared"): 1.0,
}  # fmt: skip
# Levels of which a more alike one must not weigh less than a less alike one.
ORDERED = {
    "type": ("same", "close", "family", "other"), "weapon": ("same", "close", "other"),
    "killed": ("same_many", "same", "same_few", "close", "rising", "apart", "far"), "words": ("most", "many", "some", "few"),
    "injured": ("same", "same_few", "close", "apart", "far"), "taken": ("same", "same_few", "close", "apart", "far"),
}  # fmt: skip
Case = tuple[dict[str, str], bool]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the parameters")
    parser.add_argument("--claims", type=int, default=6000, help="claims of each synthetic register")
    arguments = parser.parse_args()
    claims, reports = sample_claims(), sample_reports()
    cases = [list(_cases([features_of(c, reports[c["document"]]) for c in claims], sample_truth()))]
    for seed in SEEDS:
        made = register(arguments.claims, seed, Noise())
        cases.append(list(_cases([features_of(c, made.reports[c["document"]]) for c in made.claims], made.truth)))
    print("pairs", [len(c) for c in cases], "of one event", [sum(r for _, r in c) for c in cases])
    rows = _learn(cases)
    if arguments.write:
        head = [line for line in FILE.read_text("utf-8").splitlines() if line.startswith("#")]
        FILE.write_text("\n".join([*head, "comparison\tlevel\tm\tu\tweight", *sorted(rows)]) + "\n", "utf-8")


def _cases(features: list[Features], truth: dict[str, str]) -> Iterator[Case]:
    """Levels of each pair that may be joined, and whether it is of one event. Pairs without truth are left out."""
    rivals = Rivals(features)
    known = {f.id: rivals.of(f) for f in features}
    scorer = Scorer(features, known)
    pairs = []
    for a, b, _ in scorer.pairs(shipped(), -1000.0):
        one, other = scorer.claims[a], scorer.claims[b]
        if one.id in truth and other.id in truth and excluded(one, other, known) is None:
            pairs.append((a, b))
    for (a, b), levels in scorer.compare(pairs).items():
        yield levels, truth[scorer.claims[a].id] == truth[scorer.claims[b].id]
    scorer.close()


def _learn(sets: list[list[Case]]) -> list[str]:
    names = [(c.name, level.name) for c in COMPARISONS for level in c.levels if level.name != "null"]
    column = {name: n for n, name in enumerate(names)}
    total = sum(map(len, sets[1:]))
    share = SAMPLES * total / (1 - SAMPLES) / len(sets[0])
    cases = [(case, share) for case in sets[0]] + [(case, 1.0) for found in sets[1:] for case in found]
    matrix = np.zeros((len(cases), len(names)))
    target, weight = np.zeros(len(cases)), np.zeros(len(cases))
    for n, ((levels, right), mass) in enumerate(cases):
        for comparison, level in levels.items():
            if level != "null":
                matrix[n, column[comparison, level]] = 1.0
        target[n], weight[n] = right, mass
    prior = float((target * weight).sum() / weight.sum())
    m, u, seen = _shares(matrix, target * weight, names), _shares(matrix, (1 - target) * weight, names), matrix.sum(axis=0)
    apart = np.log2(m / u)
    start = np.full(len(cases), math.log(prior / (1 - prior)))
    fitted = _fit(matrix, start, target, weight, apart * math.log(2)) / math.log(2)
    _order(fitted, names, seen)
    _report(matrix, start, target, weight, fitted, names, apart, seen)
    rows = [f"prior\t\t{prior:.4g}\t{1 - prior:.4g}\t{math.log2(prior / (1 - prior)):.2f}"]
    for n, (comparison, level) in enumerate(names):
        bits = FIXED.get((comparison, level), max(-12.0, min(12.0, float(fitted[n]))))
        rows.append(f"{comparison}\t{level}\t{m[n]:.4g}\t{u[n]:.4g}\t{bits:.2f}")
    return rows


def _shares(matrix: np.ndarray, mass: np.ndarray, names: list[tuple[str, str]]) -> np.ndarray:  # type: ignore[type-arg]
    """Share of each level among those of its comparison, a little smoothed."""
    found = mass @ matrix
    shares = np.zeros(len(names))
    for comparison in COMPARISONS:
        of = [n for n, name in enumerate(names) if name[0] == comparison.name]
        shares[of] = (found[of] + 2.0) / (found[of].sum() + 2.0 * len(of))
    return shares


def _fit(
    matrix: np.ndarray,
    start: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray,
    towards: np.ndarray,  # type: ignore[type-arg]
) -> np.ndarray:  # type: ignore[type-arg]
    weights = towards.copy()
    for _ in range(40):
        chance = 1 / (1 + np.exp(-(matrix @ weights + start)))
        gradient = matrix.T @ (weight * (chance - target)) + RIDGE * (weights - towards)
        hessian = (matrix * (weight * chance * (1 - chance))[:, None]).T @ matrix + RIDGE * np.eye(len(weights))
        weights = weights - np.linalg.solve(hessian, gradient)
    return weights


def _order(weights: np.ndarray, names: list[tuple[str, str]], seen: np.ndarray) -> None:  # type: ignore[type-arg]
    """Pool neighbours that stand against the order, by how often they were seen."""
    for comparison, levels in ORDERED.items():
        pools = [
            [float(weights[names.index((comparison, level))]), float(seen[names.index((comparison, level))]) + 1.0, 1]
            for level in levels
        ]
        n = 0
        while n < len(pools) - 1:
            if pools[n][0] >= pools[n + 1][0]:
                n += 1
                continue
            (a, mass, size), (b, other, more) = pools[n], pools.pop(n + 1)
            pools[n] = [(a * mass + b * other) / (mass + other), mass + other, size + more]
            n = max(0, n - 1)
        values = [value for value, _, size in pools for _ in range(int(size))]
        for level, value in zip(levels, values, strict=True):
            weights[names.index((comparison, level))] = value


def _report(matrix, start, target, weight, fitted, names, apart, seen) -> None:  # type: ignore[no-untyped-def]
    scores = matrix @ fitted + start / math.log(2)
    for least in (0, 1, 2, 3, 4, 5):
        kept = scores >= least
        right = float((target * weight)[kept].sum())
        print(f"weight {least}: precision {right / weight[kept].sum():.4f} recall {right / (target * weight).sum():.4f}")
    for n, (comparison, level) in enumerate(names):
        print(f"{comparison:12} {level:12} {fitted[n]:6.2f} (apart {apart[n]:6.2f}) {int(seen[n])}")


if __name__ == "__main__":
    main()
