"""Maximal sums of vectors: one row of each group, added up, so that no other sum is better for everyone.

Comes in: a `SumProblem`: groups of whole-numbered rows (a column for each party), what ties some of them together,
and a floor. Goes out: a `Front`: every maximal sum that reaches the floor, and, on request, which rows make it.

Read in this order: `problem` (what is merged), `keys` (sums as sorted numbers), `maxima` (which rows no other
dominates), `sweeping` (the same for many rows, compiled, so loaded only for them), `merging` (group by group),
`screen` (two parties: what need not be sorted), `pace` (how many sums go on), `thinning` (which ones, if not all),
`retracing` (from a sum to its rows), `front`.

Promised: exact integers throughout; complete unless sums were thinned, and then what that may lose, party by party.
"""

from evenhand.solve.frontier.front import Front, maximal_sums
from evenhand.solve.frontier.maxima import maximal
from evenhand.solve.frontier.pace import TooMany
from evenhand.solve.frontier.problem import Row, SumProblem, Tie

__all__ = ["Front", "Row", "SumProblem", "Tie", "TooMany", "maximal", "maximal_sums"]
