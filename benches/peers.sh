#!/bin/sh
# Make an environment for peers in $1 from the lock file $2, with a Python from 3.11 up to below $3 (such as "3, 13");
# what follows is for pip. Without such a Python the bench runs without peers and says so.
set -eu
venv=$1 lock=$2 below=$3
shift 3
rm -rf "$venv"
for python in python3.12 python3.11 python3; do
    "$python" -c "import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < ($below))" 2>/dev/null || continue
    echo "Setting up $venv with $("$python" --version) (once) ..." >&2
    "$python" -m venv "$venv"
    "$venv/bin/pip" install --quiet --quiet --disable-pip-version-check --only-binary :all: "$@" \
        --require-hashes -r "$lock"
    touch "$venv/ready"
    exit 0
done
echo "No peers: they need a Python from 3.11 to below ($below); none was found." >&2
