#!/usr/bin/env bash
# Measures, gates, and writes the table into the job's summary. The action calls it; it runs anywhere with bash, git and the .NET SDK 10.
#   MEASURE       a command that measures and leaves a run of Bench, or BenchmarkDotNet's exports, in $OUT
#   BASE          a commit to compare the checkout with, measured in the same job in turns; empty: cells of one run are compared
#   ARGUMENTS     more arguments of bench gate, such as --base-cell '*/a/*' --current-cell '*/b/*', or --threshold 10%
#   INCONCLUSIVE  fail (default) or pass: what exit code 3 of the gate means
#   FOLDER        where runs and the table are kept; a temporary folder if not said
#   BENCH         how bench is called, such as "bench"; empty: it is built from the repository that this script lies in
# MEASURE and BENCH are commands: never put text of a pull request (a title, a label, a branch's name) into them.
# Exit codes: those of bench gate; 4 also where something could not be measured or built.
set -uo pipefail
stop() {
  echo "::error::$1"
  [ -z "${GITHUB_STEP_SUMMARY:-}" ] || printf '## Gate: nothing can be said\n\n%s\n' "$1" >> "$GITHUB_STEP_SUMMARY"
  exit 4
}

MEASURE=${MEASURE:-}
[ -n "${MEASURE// /}" ] || stop "found no measure; expected a command that leaves a run or exports in \$OUT"
case ${INCONCLUSIVE:=fail} in fail | pass) ;; *) stop "found inconclusive '$INCONCLUSIVE'; expected fail or pass" ;; esac
temporary=$(mktemp -d)
sources=$temporary/base-sources
trap 'git worktree remove --force "$sources" 2> /dev/null; git worktree prune 2> /dev/null; rm -rf "$temporary"' EXIT
folder=${FOLDER:-$(mktemp -d)}
mkdir -p "$folder" && folder=$(cd "$folder" && pwd) || stop "$folder cannot be made"
rm -f "$folder/gate.md" "$folder/noise.json"

# Words, with quotation marks around those that have spaces or stars. Nothing in them is run or expanded.
words() { [ -z "${1// /}" ] || xargs -n 1 printf '%s\n' <<< "$1"; }
arguments=()
while IFS= read -r word; do arguments+=("$word"); done < <(words "${ARGUMENTS:-}")
command=()
while IFS= read -r word; do command+=("$word"); done < <(words "${BENCH:-}")
if [ ${#command[@]} -eq 0 ]; then
  # In its own repository, whose SDK is not the measured project's.
  (cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && dotnet build src/Bench.Cli -c Release -o "$temporary/bench" --nologo -v quiet) || stop "bench could not be built: it takes the .NET SDK 10"
  command=(dotnet "$temporary/bench/bench.dll")
fi
call() { "${command[@]}" "$@"; }
call --version > /dev/null 2>&1 || stop "found BENCH='${BENCH:-}', which does not run; expected how bench is called"

measure() { # NAME FOLDER-OF-SOURCES
  echo "::group::Measure $1"
  export OUT=$folder/$1
  rm -rf "$OUT" && mkdir -p "$OUT"
  (cd "$2" && bash -c "$MEASURE")
  local code=$?
  echo "::endgroup::"
  [ "$code" -eq 0 ] || stop "measuring $1 ended with exit code $code"
  [ -n "$(find "$OUT" \( -name '*.json' -o -name '*-report-github.md' \) -print -quit)" ] ||
    stop "measuring $1 left neither a run nor a JSON export in \$OUT; BenchmarkDotNet takes --exporters json --artifacts \"\$OUT\""
}
# A run of Bench lies in a folder of its own below $OUT; exports lie in $OUT.
result() {
  local manifest
  manifest=$(find "$folder/$1" -mindepth 2 -maxdepth 2 -name run.json | head -1)
  echo "$([ -n "$manifest" ] && dirname "$manifest" || echo "$folder/$1")"
}

if [ -z "${BASE:-}" ]; then
  measure run .
  sides=("$(result run)")
else
  # Outside the checkout, or its build would find the base's projects too.
  git rev-parse --git-dir > /dev/null 2>&1 || stop "found no git repository here; expected a checkout of what is to pass"
  git worktree prune
  commit=$(git rev-parse --verify --quiet "$BASE^{commit}") || stop "found no commit $BASE; the checkout needs fetch-depth: 0"
  head=$(git rev-parse HEAD)
  echo "base $commit, head $head"
  [ "$commit" != "$head" ] || [ -n "$(git status --porcelain)" ] ||
    echo "::warning::base and head are one commit, $head: what differs is the machine"
  git worktree add --quiet --detach "$sources" "$commit" || stop "the sources of $BASE could not be checked out"
  # The base on both sides of the head, and often enough to know how runs of the same code differ here, now.
  for turn in base-1 base-2 head base-3 base-4; do
    case $turn in head) measure "$turn" . ;; *) measure "$turn" "$sources" ;; esac
  done
  call noise "$(result base-1)" "$(result base-2)" "$(result base-3)" "$(result base-4)" --output "$folder/noise.json" || stop "how runs of the same code differ could not be told: see the log"
  sides=("$(result base-2)" "$(result head)")
  arguments+=(--noise "$folder/noise.json")
fi

call gate "${sides[@]}" ${arguments[@]+"${arguments[@]}"} --output "$folder/gate.md"
code=$?
if [ -f "$folder/gate.md" ]; then
  cat "$folder/gate.md"
  [ -z "${GITHUB_STEP_SUMMARY:-}" ] || cat "$folder/gate.md" >> "$GITHUB_STEP_SUMMARY"
elif [ "$code" -eq 1 ]; then
  # No table: bench did not get so far, and that is no regression.
  stop "bench gate could not be run"
fi
if [ "$code" -eq 3 ] && [ "$INCONCLUSIVE" = pass ]; then
  echo "::notice::inconclusive: nothing worse is shown, and that nothing is worse is not shown either"
  code=0
fi
exit "$code"
