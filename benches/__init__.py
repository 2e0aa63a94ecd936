"""Measurements. Nothing in the package depends on them; `make bench-divide`, `make bench-bargain` and `make
bench-solvers` run them.

Read `plan` (what is measured), `instances`, `job` (how one measurement is asked for and answered), then
`ours` and `peers` (who is measured; `programs` has the integer programs), `table`, and `divide`, which
runs it all; `running` is what all benchmarks share. `solvers` is a smaller question of its own: SCIP or HiGHS.

Bargaining has the same: `bargain_plan`, `bargain_instances`, `outcomes` (what an answer is), `bargain_ours`,
`bargain_peers`, `bargain_table`, `bargain`.
"""
