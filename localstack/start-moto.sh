#!/usr/bin/env bash
# Starts moto's server in a folder of its own: start-moto.sh FOLDER [PORT]
# The first time it installs it there from pip. Ends when it answers; FOLDER/pid has its process, FOLDER/log what it says.
# Needs curl and a Python 3.11 or newer with venv (PYTHON=… for another than python3).
set -euo pipefail
here=$(dirname "$(realpath "$0")")
folder=$(realpath -m "$1") port=${2:-5555} python=${PYTHON:-python3}

answers() { curl -fsS -m 2 "http://127.0.0.1:$port/moto-api/" >/dev/null 2>&1; }

if answers; then
	echo "moto answers at http://127.0.0.1:$port already"
	exit
fi
mkdir -p "$folder"
if [[ ! -e $folder/installed ]]; then
	"$python" -m venv --clear "$folder/venv"
	"$folder/venv/bin/pip" install -q --no-input -r "$here/pins/moto-5.2.5.txt"
	touch "$folder/installed"
fi

env -u AWS_CA_BUNDLE "$folder/venv/bin/moto_server" -H 127.0.0.1 -p "$port" >"$folder/log" 2>&1 </dev/null &
echo $! >"$folder/pid"

for _ in $(seq 150); do
	if answers; then
		echo "moto 5.2.5 answers at http://127.0.0.1:$port; it ends with: kill $(<"$folder/pid")"
		exit
	fi
	kill -0 "$(<"$folder/pid")" 2>/dev/null || break
	sleep 0.2
done
cat "$folder/log" >&2
echo "moto did not start" >&2
exit 1
