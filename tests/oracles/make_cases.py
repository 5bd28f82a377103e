#!/usr/bin/env python3
"""Makes the golden cases of Bench.Analysis.Tests from SciPy and NumPy (Debian: python3-scipy). Run from this folder; the cases are committed."""
import json
import os

import numpy as np
import scipy
from scipy import stats

OUT = os.path.join("..", "Bench.Analysis.Tests", "Data", "cases")


def save(name, cases):
    os.makedirs(OUT, exist_ok=True)
    with open(os.path.join(OUT, name + ".json"), "w", newline="\n") as file:
        json.dump({"madeWith": f"SciPy {scipy.__version__}, NumPy {np.__version__}", "cases": cases}, file, indent=1)
        file.write("\n")


def permuted(d):
    """Every assignment of signs to the ranks of what is not zero, counted: brute force, for n where 2^n is small. Zeros take ranks first (Pratt)."""
    ranks = stats.rankdata(np.abs(d))[d != 0]
    plus = ranks[d[d != 0] > 0].sum()
    sums = np.zeros(1)
    for rank in ranks:
        sums = np.concatenate([sums, sums + rank])
    less, greater = float(np.mean(sums <= plus + 1e-9)), float(np.mean(sums >= plus - 1e-9))
    return min(1.0, 2 * min(less, greater)), less, greater


def wilcoxon():
    rng = np.random.default_rng(1910)
    cases = []

    def add(name, zero, method, continuity, x, y, p, less, greater):
        cases.append({"name": name, "zeroMethod": zero, "method": method, "continuity": continuity, "x": list(x), "y": list(y), "p": p, "less": less, "greater": greater})

    for n in (1, 2, 5, 8, 12, 40):
        x, y = rng.normal(size=n), rng.normal(0.3, 1, size=n)
        p = [float(stats.wilcoxon(x, y, mode="exact", alternative=a).pvalue) for a in ("two-sided", "less", "greater")]
        add("continuous", "pratt", "exact", False, x, y, *p)
    for n in (6, 10, 14, 16):
        x, y = rng.integers(0, 5, n).astype(float), rng.integers(0, 5, n).astype(float)
        if np.any(x != y):
            for zero in ("pratt", "zsplit"):
                add("ties-and-zeros", zero, "exact", False, x, y, *permuted(x - y))
            add("ties", "wilcox", "exact", False, x, y, *permuted((x - y)[x != y]))
    x = rng.normal(size=300)
    y = x.copy()
    y[[3, 50, 120]] += [0.1, 0.2, 0.3]
    add("few-differ", "pratt", "exact", False, x, y, *permuted(np.round(x - y, 9)))
    for n, digits in ((61, None), (100, None), (1000, 1), (1000, 2), (400, 0)):
        x = rng.normal(size=n)
        y = x + rng.normal(0.02, 0.3, size=n)
        if digits is not None:
            x, y = np.round(x, digits), np.round(y, digits)
        # Differences of rounded numbers differ in their last bits; they must tie.
        d = np.round(x - y, 9)
        for zero in ("pratt", "wilcox", "zsplit"):
            for continuity in (False, True):
                p = [float(stats.wilcoxon(d, zero_method=zero, correction=continuity, mode="approx", alternative=a).pvalue) for a in ("two-sided", "less", "greater")]
                add("approximate", zero, "normal", continuity, x, y, *p)
    save("wilcoxon", cases)


def paired_proportions():
    """Tango's score interval by what it is: the differences whose score test, the other parameter at its most likely value, is not rejected."""
    from scipy import optimize
    cases = []
    for a, b, c, d in ((4, 9, 3, 16), (43, 0, 1, 0), (53, 16, 8, 9), (1, 1, 7, 12), (59, 6, 16, 80), (8, 3, 1, 2), (0, 5, 0, 3), (900, 12, 3, 85), (10, 0, 0, 2)):
        n = a + b + c + d
        for level in (0.9, 0.95):
            z = stats.norm.ppf((1 + level) / 2)

            def score(delta):
                def minus_log(q):
                    cells = ((b, q + delta), (c, q), (a + d, 1 - 2 * q - delta))
                    return -sum(k * np.log(max(p, 1e-300)) for k, p in cells if k)
                low, high = max(0.0, -delta), (1 - delta) / 2
                q = optimize.minimize_scalar(minus_log, bounds=(low, high), method="bounded", options={"xatol": 1e-14}).x
                return (b - c - n * delta) / np.sqrt(n * (2 * q + delta * (1 - delta)))
            estimate = (b - c) / n
            edge = 1 - 1e-9
            lower = optimize.brentq(lambda t: score(t) - z, -edge, estimate - 1e-12) if score(-edge) > z else -1.0
            upper = optimize.brentq(lambda t: score(t) + z, estimate + 1e-12, edge) if score(edge) < -z else 1.0
            cases.append({"counts": [a, b, c, d], "level": level, "lower": lower, "upper": upper})
    save("paired-proportions", cases)


def quantiles():
    rng = np.random.default_rng(7)
    cases = []
    for n in (1, 2, 3, 10, 64, 100, 662):
        values = np.sort(rng.lognormal(size=n))
        # Not 0.07: there NumPy takes 0.07 * 100 = 7.000000000000001 for more than 7, unlike R.
        for p in (0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0):
            cases.append({"values": list(values), "p": p, "quantile": float(np.quantile(values, p, method="inverted_cdf"))})
    save("quantiles", cases)


wilcoxon()
paired_proportions()
quantiles()
