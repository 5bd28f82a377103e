#!/bin/bash
# Measures what an NVIDIA card gives with batches, streams and CUDA's settings, beside the processor of its host: 34 cells with three
# launches each, about eleven minutes. Usage: gpu-cells.sh PROGRAM [OPTIONS], for example
#   benchmarks/gpu-cells.sh "dotnet run -c Release --project benchmarks --" --hardware h200
set -e
program=${1:?the program to run, for example ./Bench.Benchmarks}
shift
fast=graph=on+host-memory=page-locked+layout=nhwc
cells=(
    'ort-cpu/fp32' 'ort-cpu+streams=4/fp32'
    'ort-cuda/*' 'ort-cuda+batch=32/*' 'ort-cuda+batch=128/fp16'
    'ort-cuda+streams=4/fp16' 'ort-cuda+streams=4/tf32'
    "ort-cuda+$fast/fp16" "ort-cuda+$fast/tf32"
    "ort-cuda+batch=128+$fast/fp16" "ort-cuda+batch=128+$fast/tf32"
    "ort-cuda+batch=32+$fast+streams=4/fp16" "ort-cuda+batch=32+$fast+streams=4/tf32"
)
filters=()
for cell in "${cells[@]}"; do
    filters+=("*/$cell/*")
done

# shellcheck disable=SC2086 # the program may be a command with words of its own.
exec $program --models inceptionv3,unet --backends ort-cpu,ort-cuda --precisions fp32,tf32,fp16 --batch 1,32,128 --streams 1,4 \
    --set layout=nchw,nhwc --set graph=off,on --set host-memory=pageable,page-locked --launches 3 --filter "${filters[@]}" "$@"
