#!/usr/bin/env bash
# Measures, gates, and writes the table into the job's summary. The action calls it; it runs anywhere with bash, git and bench.
#   BENCH         how bench is called, such as "bench" or "dotnet run -c Release --project src/Bench.Cli --"
#   MEASURE       a command that measures and leaves a run of Bench, or BenchmarkDotNet's exports, in $OUT
#   BASE          a commit to compare the checkout with, measured in the same job in turns; empty: cells of one run are compared
#   ARGUMENTS     more arguments of bench gate, such as --base-cell '*/a/*' --current-cell '*/b/*', --threshold 10%
#   INCONCLUSIVE  fail (default) or pass: what exit code 3 of the gate means
#   FOLDER        where runs and the table are kept; out if not said
set -uo pipefail
folder=${FOLDER:-out}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

measure() { # NAME FOLDER-OF-SOURCES
  echo "::group::Measure $1"
  OUT=$folder/$1
  export OUT
  mkdir -p "$OUT"
  (cd "$2" && bash -c "$MEASURE")
  local code=$?
  echo "::endgroup::"
  [ "$code" -eq 0 ] || { echo "::error::measuring $1 ended with exit code $code"; exit 4; }
}
# A run of Bench lies in a folder of its own below $OUT; exports lie in $OUT.
run() { local manifest; manifest=$(find "$folder/$1" -mindepth 2 -maxdepth 2 -name run.json | head -1); echo "${manifest:+$(dirname "$manifest")}"; }
result() { local found; found=$(run "$1"); echo "${found:-$folder/$1}"; }
bench() { eval "$BENCH" '"$@"'; }

eval "arguments=(${ARGUMENTS:-})"
if [ -z "${BASE:-}" ]; then
  measure run .
  sides=("$(result run)")
else
  sources=$folder/base-sources
  git worktree add --detach "$sources" "$BASE" || { echo "::error::found no commit $BASE; the checkout needs fetch-depth: 0"; exit 4; }
  trap 'git worktree remove --force "$sources"' EXIT
  # The base on both sides of the head, and often enough to know how runs of the same code differ here, now.
  for turn in base-1 base-2 head base-3 base-4; do
    case $turn in head) measure "$turn" . ;; *) measure "$turn" "$sources" ;; esac
  done
  bench noise "$(result base-1)" "$(result base-2)" "$(result base-3)" "$(result base-4)" --output "$folder/noise.json" || exit
  sides=("$(result base-2)" "$(result head)")
  arguments+=(--noise "$folder/noise.json")
fi

bench gate "${sides[@]}" "${arguments[@]}" --output "$folder/gate.md"
code=$?
if [ -f "$folder/gate.md" ]; then
  cat "$folder/gate.md"
  [ -z "${GITHUB_STEP_SUMMARY:-}" ] || cat "$folder/gate.md" >> "$GITHUB_STEP_SUMMARY"
fi
if [ "$code" -eq 3 ] && [ "${INCONCLUSIVE:-fail}" = pass ]; then
  echo "::notice::inconclusive: nothing worse is shown, and that nothing is worse is not shown either"
  code=0
fi
exit "$code"
