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

fail() {
	printf 'demo: %s\n' "$1" >&2
	exit 1
}

# changes counts the calls that changed something: the simulator keeps them, one a line.
changes() { grep -c '"change":' "$scratch/state/sim/world.jsonl"; }

run sim ls | tee "$scratch/before"

run up "$pattern" --vpcs "$vpcs" --target sim
run status
made=$(changes)

run up "$pattern" --vpcs "$vpcs" --target sim | tee "$scratch/again"
grep -q ' 0 made' "$scratch/again" || fail 'a second up must make nothing'
[[ $(changes) == "$made" ]] || fail "a second up must change nothing, and made $(($(changes) - made)) changing calls"
echo "(changing calls: $made by the first up, 0 by the second)"

run down --yes
run sim ls | tee "$scratch/after"
diff -u "$scratch/before" "$scratch/after" || fail 'the account must be as it was before'
printf '\nThe simulated account is as before.\n'
