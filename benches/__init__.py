"""Measurements. Nothing in the package depends on them; `make bench-divide` and `make bench-solvers` run them.

Read `plan` (what is measured), `instances`, `job` (how one measurement is asked for and answered), then
`ours` and `peers` (who is measured; `programs` has the integer programs), `table`, and `divide`, which
runs it all. `solvers` is a smaller question of its own: SCIP or HiGHS.
"""
