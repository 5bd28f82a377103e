"""Cases for Harrell and Davis's quantiles: tests/Bench.Analysis.Tests/Data/cases/harrell-davis.json. Run with SciPy: python3 make_harrell_davis.py > harrell-davis.json"""
import json
import numpy as np
from scipy.stats.mstats import hdquantiles

random = np.random.default_rng(1910)
cases = []
for n in (2, 3, 5, 20, 141, 1000):
    for p in (0.5, 0.9, 0.99):
        values = [round(float(v), 6) for v in np.exp(random.normal(3, 0.3, n))]
        cases.append({"name": f"n{n}-p{p}", "values": values, "p": p, "quantile": float(hdquantiles(values, [p])[0])})
print(json.dumps({"cases": cases}))
