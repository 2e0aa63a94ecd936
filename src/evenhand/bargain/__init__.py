"""Bargaining: every efficient package, which of them known solutions pick, and what survives doubt.

Comes in: a `Case`. Goes out: its `Frontier`, exact and without listing the space of deals; what is picked from it;
and how offers might go.

Read in this order:
`frontier` (efficient packages at least as good as no deal).
`solutions` (which package, and why), `package` (a picked one with its deal).
`trades` (the next trade from a deal) and `baseline` (an even package to start from), with `reshare`.
`conflict` (what stands in the way where nothing is as good as no deal for everybody, and what would open a way).
`doubt` (packages in the worlds that intervals, rankings and comparisons allow).
`offers` (where each offer stands, and the closest two), `reach` (what rules leave of one), `keeping` (adding more).
`exchange` (cases from and for GENIUS, GeniusWeb and NegMAS).
`protocols` (offers to and fro, between people, simulated parties, or both).

Promised: what is called efficient or complete is proved in exact arithmetic; a cover says its gap.
"""

from evenhand.bargain.baseline import even_baseline
from evenhand.bargain.conflict import Conflict, Relief, reliefs_of
from evenhand.bargain.frontier import Frontier, Segment, frontier_of
from evenhand.bargain.package import Package, menu_of, package_of
from evenhand.bargain.solutions import BARGAINING_SOLUTIONS, SIDE_BY_SIDE, BargainingSolution
from evenhand.bargain.trades import Trade, best_trade

__all__ = [
    "BARGAINING_SOLUTIONS",
    "SIDE_BY_SIDE",
    "BargainingSolution",
    "Conflict",
    "Frontier",
    "Package",
    "Relief",
    "Segment",
    "Trade",
    "best_trade",
    "even_baseline",
    "frontier_of",
    "menu_of",
    "package_of",
    "reliefs_of",
]
