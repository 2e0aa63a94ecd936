"""Which package, and why: the bargaining solutions over efficient packages.

Comes in: a `Menu` of gains over a disagreement point, which may be no deal or a deal that is already signed.
Goes out: a `Picked` package, how many measure alike, and, of a frontier that is a cover, the gap.

Read in this order: `table` (each solution with its axioms, definition and source), `menu` (what they choose from),
`measures` (how they measure), `choosing` (how the best is found).

Promised: floats only narrow the choice, and the last word is had by whole numbers and fractions; on stretches the
best place is a fraction, in closed form; ties follow a stated rule and are counted.
"""

from evenhand.bargain.solutions.choosing import Picked, Place, choose, gap
from evenhand.bargain.solutions.menu import Gains, Menu, Stretch
from evenhand.bargain.solutions.table import BARGAINING_SOLUTIONS, SIDE_BY_SIDE, BargainingSolution

__all__ = [
    "BARGAINING_SOLUTIONS",
    "SIDE_BY_SIDE",
    "BargainingSolution",
    "Gains",
    "Menu",
    "Picked",
    "Place",
    "Stretch",
    "choose",
    "gap",
]
