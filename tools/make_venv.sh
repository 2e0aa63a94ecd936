#!/bin/sh
# Make a virtual environment in $1 from requirements.lock, with the newest Python from 3.11 up that can.
set -eu
venv=$1
found=
for python in python3 python3.14 python3.13 python3.12 python3.11; do
    command -v "$python" >/dev/null 2>&1 || continue
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    found=$python
    "$python" -c 'import ensurepip, venv' 2>/dev/null && break
    found="$python without venv"
done
case $found in
    "") echo "Evenhand needs Python 3.11 or later; none was found on this machine." >&2; exit 2 ;;
    *" without venv") echo "Python was found, but not its venv module. On Debian: apt install python3-venv" >&2; exit 2 ;;
esac
echo "Setting up $venv with $("$found" --version) (once) ..."
rm -rf "$venv"
"$found" -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
"$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
