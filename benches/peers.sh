#!/bin/sh
# Make the peers' environment in $1 from benches/peers.lock. fairpyx 0.1 needs numpy below 2, which is built for
# Python up to 3.12; without such a Python the bench runs without peers and says so.
set -eu
venv=$1
rm -rf "$venv"
for python in python3.12 python3.11 python3; do
    "$python" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' 2>/dev/null || continue
    echo "Setting up $venv with $("$python" --version) (once) ..." >&2
    "$python" -m venv "$venv"
    "$venv/bin/pip" install --quiet --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r benches/peers.lock
    touch "$venv/ready"
    exit 0
done
echo "No peers: fairpyx 0.1 needs numpy below 2, and so Python 3.11 or 3.12; neither was found." >&2
