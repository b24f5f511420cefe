#!/usr/bin/env bash
# Kills the real program in the middle of a run, at several moments, and takes away what it left:
#   killed.sh PROGRAM PATTERN VPCS
# Fails when up cannot be finished, or when anything is left in the simulated account after down. (TestKill is the
# thorough one; this shows that what it tests in process holds for a process that dies.)
set -euo pipefail

program=$(realpath "$1") pattern=$2 vpcs=$3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export VPCLINK_STATE_DIR=$scratch/state

up=(up "$pattern" --vpcs "$vpcs" --target sim --progress quiet)
down=(down --yes --progress quiet)

# killed SECONDS ARGUMENT… begins a command and kills it; false when it was done before that.
killed() {
	local after=$1
	shift
	"$program" "$@" >/dev/null 2>&1 &
	local pid=$!
	sleep "$after"
	kill -KILL "$pid" 2>/dev/null || { wait "$pid"; return 1; }
	wait "$pid" 2>/dev/null || true
}

"$program" sim ls >"$scratch/before"
for after in 0.2 0.9 1.8 3.1; do
	for ending in up down; do
		if killed "$after" "${up[@]}"; then was=killed; else was=done; fi
		if [[ $ending == up ]]; then
			"$program" "${up[@]}"
			killed "$after" "${down[@]}" || true
		fi
		if [[ -e $scratch/state/stacks/$pattern.jsonl ]]; then # else it was killed before it had begun
			"$program" "${down[@]}"
		fi
		"$program" sim ls >"$scratch/after"
		diff -u "$scratch/before" "$scratch/after" || { echo "killed: after ${after}s and $ending something is left" >&2; exit 1; }
		echo "up $was after ${after}s, then $ending: nothing left"
	done
done
