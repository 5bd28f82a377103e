#!/usr/bin/env python3
"""Trains one of the two networks on exported synthetic data and writes its weights as FP16 safetensors.

    python3 train.py inceptionv3 --train DIR --validation DIR --output ../inceptionv3.safetensors
    python3 train.py unet        --train DIR --validation DIR --output ../unet.safetensors

README.md beside this file says how the data are exported and what was run. Needs PyTorch 1.13 or later, NumPy. Compute is
bfloat16 where autocast allows; the validation that is printed last uses the stored FP16 weights and float32 compute.
"""
import argparse
import hashlib
import os
import time

import numpy as np
import torch
import torch.nn.functional as F

import safetensors
from networks import InceptionV3, UNet, folded_weights, load_folded

MEAN, SCALE = 127.5, 127.5

# (image size, batch, steps, peak rate) one after the other.
STAGES = {
    "inceptionv3": [(139, 24, 2000, 1.5e-3), (299, 16, 450, 4e-4)],
    "unet": [(160, 8, 400, 3e-3)],
}


def to_input(images, size):
    images = images[..., 0] if images.shape[-1] == 1 else images
    x = (torch.from_numpy(images).float() - MEAN) / SCALE
    x = x[:, None] if x.ndim == 3 else x.permute(0, 3, 1, 2)
    return x if x.shape[-1] == size else F.interpolate(x, size=(size, size), mode="area")


def turned(x, turns, flip):
    x = torch.rot90(x, turns, (-2, -1))
    return torch.flip(x, (-1,)) if flip else x


def batches(images, targets, size, count, rng):
    """Endless epochs in random order, every batch turned and mirrored at random: the classes and masks do not mind."""
    order = np.empty(0, int)
    while True:
        if len(order) < count:
            order = np.concatenate([order, rng.permutation(len(images))])
        rows, order = np.sort(order[:count]), order[count:]
        turns, flip = int(rng.integers(4)), bool(rng.integers(2))
        y = torch.from_numpy(targets[rows].astype(np.int64))
        yield (turned(to_input(images[rows], size), turns, flip).contiguous(memory_format=torch.channels_last),
               turned(y, turns, flip) if y.ndim == 3 else y)


def loss_of(task, output, target):
    if task == "inceptionv3":
        return F.cross_entropy(output, target, label_smoothing=0.05)
    logits, mask = output[:, 0], target.float()
    probability = torch.sigmoid(logits)
    dice = (2 * (probability * mask).sum((1, 2)) + 1) / (probability.sum((1, 2)) + mask.sum((1, 2)) + 1)
    return F.binary_cross_entropy_with_logits(logits, mask) + 1 - dice.mean()


@torch.no_grad()
def metric_of(task, network, images, targets, size, limit=None):
    """Accuracy, or mean Dice of the mask logit > 0."""
    network.eval()
    scores = []
    for start in range(0, min(limit or len(images), len(images)), 20):
        output = network(to_input(images[start:start + 20], size))
        target = torch.from_numpy(targets[start:start + 20].astype(np.int64))
        if task == "inceptionv3":
            scores += (output.argmax(1) == target).float().tolist()
        else:
            mask = output[:, 0] > 0
            scores += (2 * (mask & (target > 0)).sum((1, 2)) / (mask.sum((1, 2)) + target.sum((1, 2)))).tolist()
    network.train()
    return float(np.mean(scores))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("task", choices=STAGES)
    parser.add_argument("--train", required=True)
    parser.add_argument("--validation", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--seed", type=int, default=20191009)
    parser.add_argument("--resume", help="a .pt file of an earlier stage; the stages up to its size are skipped")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    rng = np.random.default_rng(args.seed)
    names = ("images.npy", "labels.npy")
    # The masks come as (count, 1, height, width).
    train, validation = ([np.squeeze(np.load(os.path.join(folder, name), mmap_mode="r")) for name in names]
                         for folder in (args.train, args.validation))
    network = (InceptionV3() if args.task == "inceptionv3" else UNet()).to(memory_format=torch.channels_last)
    print(f"torch {torch.__version__}, {args.threads} threads, seed {args.seed}, {len(train[0])} training images", flush=True)
    begin = time.time()
    done = 0
    if args.resume:
        network.load_state_dict(torch.load(args.resume))
        done = int(args.resume.split(".")[-2])
    for size, count, steps, rate in STAGES[args.task]:
        if size <= done:
            continue
        print(f"stage: size {size}, batch {count}, {steps} steps, peak rate {rate}", flush=True)
        optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.01)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps, pct_start=0.2)
        running = 0.0
        for step, (x, y) in enumerate(batches(*train, size, count, rng), 1):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                output = network(x)
            loss = loss_of(args.task, output.float(), y)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimiser.step()
            schedule.step()
            running = loss.item() if step == 1 else 0.95 * running + 0.05 * loss.item()
            if step % 50 == 0 or step == steps:
                quick = f"  validation(100) {metric_of(args.task, network, *validation, size, 100):.3f}" if step % 200 == 0 else ""
                print(f"{time.time() - begin:7.0f} s  step {step:5d}  loss {running:.4f}{quick}", flush=True)
            if step == steps:
                break
        torch.save(network.state_dict(), f"{args.output}.{size}.pt")
    weights = {name: tensor.numpy().astype(np.float16) for name, tensor in folded_weights(network).items()}
    if not all(np.isfinite(w).all() for w in weights.values()):
        raise SystemExit("a weight does not fit into FP16")
    safetensors.save(args.output, weights, {"network": args.task, "seed": args.seed, "batch_norm": "folded"})
    load_folded(network, {name: torch.from_numpy(array.astype(np.float32)) for name, array in weights.items()})
    size = STAGES[args.task][-1][0]
    print(f"stored weights, float32 compute, {len(validation[0])} validation images: "
          f"{metric_of(args.task, network, *validation, size):.4f}")
    print("sha256", hashlib.sha256(open(args.output, "rb").read()).hexdigest())


if __name__ == "__main__":
    main()
