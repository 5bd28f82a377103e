"""Writes and reads safetensors files (https://github.com/huggingface/safetensors#format) of FP16 tensors; NumPy is all it needs."""
import json
import struct

import numpy as np


def save(path, tensors, metadata):
    header, offset = {"__metadata__": {key: str(value) for key, value in metadata.items()}}, 0
    for name in sorted(tensors):
        size = tensors[name].size * 2
        header[name] = {"dtype": "F16", "shape": list(tensors[name].shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for name in sorted(tensors):
            file.write(tensors[name].astype("<f2").tobytes())


def load(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header, data = json.loads(file.read(length)), file.read()
    return {
        name: np.frombuffer(data[entry["data_offsets"][0]:entry["data_offsets"][1]], "<f2").reshape(entry["shape"])
        for name, entry in header.items() if name != "__metadata__"}
