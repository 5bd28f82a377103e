#!/usr/bin/env python3
"""Writes what PyTorch makes of the stored weights on the first evaluation images: the tests compare ONNX Runtime's outputs with it.

    python3 reference.py        (after a run of Bench, which leaves the evaluation images in ../.cache)
"""
import os

import numpy as np
import torch

import safetensors
from networks import InceptionV3, UNet, load_folded
from train import to_input

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "..", "tests", "Bench.Inference.Tests", "Data")

for name, network, images, count, size in (
        ("inceptionv3", InceptionV3(), "lesion-images-1910-1000", 8, 299), ("unet", UNet(), "lesion-slices-1910-40", 2, 160)):
    weights = safetensors.load(os.path.join(HERE, "..", name + ".safetensors"))
    load_folded(network, {key: torch.from_numpy(array.astype(np.float32)) for key, array in weights.items()})
    stored = np.load(os.path.join(HERE, "..", ".cache", images + ".images.npy"), mmap_mode="r")[:count]
    with torch.no_grad():
        output = network.eval()(to_input(np.ascontiguousarray(stored), size))
    np.save(os.path.join(OUT, name + ".npy"), output.numpy().astype(np.float32))
    print(name, output.shape, float(output.abs().max()))
