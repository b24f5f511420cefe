#!/usr/bin/env bash
# Starts LocalStack without Docker, in a folder of its own: start-localstack.sh FOLDER [PORT]
# The first time it installs it there from pip (a quarter of a gigabyte). Ends when it answers; FOLDER/pid has its
# process, FOLDER/log what it says. Needs curl and a Python 3.11 or newer with venv (PYTHON=… for another than python3).
set -euo pipefail
here=$(dirname "$(realpath "$0")")
folder=$(realpath -m "$1") port=${2:-4566} python=${PYTHON:-python3}
health=http://127.0.0.1:$port/_localstack/health

answers() { curl -fsS -m 2 "$health" 2>/dev/null | grep -q '"ec2": "\(running\|available\)"'; }

if answers; then
	echo "LocalStack answers at http://127.0.0.1:$port already"
	exit
fi
# 4.14.0 says that it takes Python 3.10, but uses the syntax of 3.12; 4.13.1 does not.
if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))'; then version=4.14.0; else version=4.13.1; fi

mkdir -p "$folder"
if [[ ! -e $folder/installed ]]; then
	"$python" -m venv --clear "$folder/venv"
	# Unpinned it does not start: cbor2 6, pyopenssl 26 and cryptography 47 each break it.
	"$folder/venv/bin/pip" install -q --no-input -r "$here/pins/localstack-$version.txt"
	touch "$folder/installed"
fi

# The default server listens on every address, whatever GATEWAY_LISTEN says; hypercorn does as it is told.
# Where /.dockerenv exists it takes itself for a container and writes to system folders, unless told otherwise.
env -u AWS_CA_BUNDLE OVERRIDE_IN_DOCKER=0 FILESYSTEM_ROOT="$folder/fs" CONFIG_DIR="$folder/config" XDG_CACHE_HOME="$folder/cache" \
	GATEWAY_SERVER=hypercorn GATEWAY_LISTEN="127.0.0.1:$port" SERVICES=ec2,sts EAGER_SERVICE_LOADING=1 DISABLE_EVENTS=1 SKIP_SSL_CERT_DOWNLOAD=1 DNS_ADDRESS=0 \
	"$folder/venv/bin/python" -m localstack.runtime.main >"$folder/log" 2>&1 </dev/null &
echo $! >"$folder/pid"

for _ in $(seq 300); do
	if answers; then
		echo "LocalStack $version answers at http://127.0.0.1:$port; it ends with: kill $(<"$folder/pid")"
		exit
	fi
	kill -0 "$(<"$folder/pid")" 2>/dev/null || break
	sleep 0.2
done
cat "$folder/log" >&2
echo "LocalStack did not start" >&2
exit 1
