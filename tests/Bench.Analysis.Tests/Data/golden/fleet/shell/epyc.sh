#!/bin/sh
# 2 pieces of work for a machine of the kind epyc. Run it on each of them:
#   epyc.sh /path/to/the/published/folder
# What is done, or is being done elsewhere, is left alone, so it may be run again, and on several machines that share this folder.
# It ends with 0 if nothing failed, else with the exit code of what failed last.
program=${1:?expected the published folder}
fleet=$(cd "$(dirname "$0")" && pwd) || exit 4
worker=
trap '[ -z "$worker" ] || { kill "$worker"; wait "$worker"; }; exit 4' INT TERM
code=0
for index in $(seq 0 1); do
    "$program/Bench.Benchmarks" fleet-worker --manifest "$fleet/manifest.json" \
        --index "$index" --output "$fleet/results" &
    worker=$!
    wait "$worker" || code=$?
done
exit $code
