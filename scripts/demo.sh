#!/usr/bin/env bash
# The main job on the simulator, as somebody would type it, in a state folder that is gone afterwards:
#   demo.sh PROGRAM PATTERN VPCS
# Fails when the second up makes anything, or when the simulated account is not as before at the end.
set -euo pipefail

program=$(realpath "$1") pattern=$2 vpcs=$3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export VPCLINK_STATE_DIR=$scratch/state

run() {
	printf '\n$ vpclink %s\n' "$*"
	"$program" "$@"
}

same() { # same FILE FILE SENTENCE
	diff -u "$1" "$2" || { printf 'demo: %s\n' "$3" >&2; exit 1; }
}

run sim ls | tee "$scratch/before"
run up "$pattern" --vpcs "$vpcs" --target sim
run status
run sim ls | tee "$scratch/made"

run up "$pattern" --vpcs "$vpcs" --target sim | tee "$scratch/again"
grep -q ' 0 made' "$scratch/again" || { echo 'demo: a second up must make nothing' >&2; exit 1; }
run sim ls >"$scratch/still"
same "$scratch/made" "$scratch/still" 'a second up must leave the account as it is'

run down --yes
run sim ls | tee "$scratch/after"
same "$scratch/before" "$scratch/after" 'the account must be as it was before'
printf '\nThe simulated account is as before.\n'
