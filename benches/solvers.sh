#!/bin/sh
# SCIP and HiGHS on the same programs, in an environment of their own. Run with `make bench-solvers`.
set -eu
venv=.venv/bench-solvers
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check "numpy>=2" "pyscipopt==6.3.0" "highspy==1.16.0"
"$venv/bin/python" benches/solvers.py
