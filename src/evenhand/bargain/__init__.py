"""Bargaining: every efficient package, which of them known solutions pick, and what survives doubt.

Comes in: a `Case`. Goes out: its `Frontier`, exact and without listing the space of deals; what is picked from it;
and how offers might go.

Read in this order:
`frontier` (efficient packages at least as good as no deal), `exchange` (cases from and for GENIUS,
GeniusWeb and NegMAS).

Promised: what is called efficient or complete is proved in exact arithmetic; a cover says its gap.
"""

from evenhand.bargain.frontier import Frontier, Segment, frontier_of

__all__ = ["Frontier", "Segment", "frontier_of"]
