"""Ranges that onnxruntime.quantization's own code makes of numbers, with 2,048 bins: ranges.json. Needs NumPy, SciPy and onnxruntime; run from this folder."""
import json

import numpy as np
from onnxruntime.quantization.calibrate import HistogramCollector

BINS, LEVELS = 2048, 128
x = np.load("calibration.npy").reshape(-1)
values = {"normal": x, "relu": np.maximum(x, 0), "cube": x * x * x, "square": x * x, "shifted": x + np.float32(0.5)}
found = {}
for name, numbers in values.items():
    limit = float(max(abs(numbers.min()), abs(numbers.max())))
    counts, edges = np.histogram(numbers, BINS, range=(-limit, limit))
    found[name] = {}
    for method in ("percentile", "entropy"):
        collector = HistogramCollector(method=method, symmetric=False, num_bins=BINS, num_quantized_bins=LEVELS, percentile=99.999, scenario="same")
        collector.histogram_dict = {name: (counts, edges, numbers.min(), numbers.max(), limit)}
        low, high = getattr(collector, f"compute_{method}")()[name][:2]
        found[name][method] = [float(low), float(high)]
    found[name]["bin"] = 2 * limit / BINS
with open("ranges.json", "w", newline="\n") as file:
    json.dump(found, file, indent=1)
    file.write("\n")
