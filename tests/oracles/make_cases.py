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


def exact_pratt(d):
    """Every assignment of signs to Pratt's ranks, counted: brute force, for n where 2^n is small."""
    ranks = stats.rankdata(np.abs(d))[d != 0]
    plus = ranks[d[d != 0] > 0].sum()
    total = ranks.sum()
    smaller = min(plus, total - plus)
    sums = np.zeros(1)
    for rank in ranks:
        sums = np.concatenate([sums, sums + rank])
    return float(min(1.0, 2 * np.mean(sums <= smaller + 1e-9)))


def wilcoxon():
    rng = np.random.default_rng(1910)
    cases = []
    for n in (1, 2, 5, 8, 12, 15):
        x, y = rng.normal(size=n), rng.normal(0.3, 1, size=n)
        cases.append(("continuous", x, y, float(stats.wilcoxon(x, y, mode="exact").pvalue)))
    for n in (6, 10, 14, 16):
        x, y = rng.integers(0, 5, n).astype(float), rng.integers(0, 5, n).astype(float)
        if np.any(x != y):
            cases.append(("ties-and-zeros", x, y, exact_pratt(x - y)))
    x = rng.normal(size=300)
    y = x.copy()
    y[[3, 50, 120]] += [0.1, 0.2, 0.3]
    cases.append(("few-differ", x, y, exact_pratt(np.round(x - y, 9))))
    x, y = rng.normal(size=40), rng.normal(0.2, 1, size=40)
    cases.append(("continuous-40", x, y, float(stats.wilcoxon(x, y, mode="exact").pvalue)))
    for n, digits in ((61, None), (100, None), (1000, 1), (1000, 2), (400, 0)):
        x = rng.normal(size=n)
        y = x + rng.normal(0.02, 0.3, size=n)
        if digits is not None:
            x, y = np.round(x, digits), np.round(y, digits)
        # Differences of rounded numbers differ in their last bits; they must tie.
        d = np.round(x - y, 9)
        cases.append(("approximate", x, y, float(stats.wilcoxon(d, zero_method="pratt", correction=False, mode="approx").pvalue)))
    save("wilcoxon", [{"name": name, "x": list(x), "y": list(y), "pValue": p} for name, x, y, p in cases])


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
quantiles()
