"""Dividing a graph of cells into connected parts. Knows numbers, never cases, maps or parties.

In: a `Graph` of cells with the lengths of the borders they share, whole-numbered weights, which cells are fixed to a
label and which stay together. Out: lines, that is a label for every cell with each label's cells connected.

Read `graph` first; then `lines` (what is asked of a line), `annealing` (good lines by search), `shortest` (the shortest
border, proved: by closed walks, `enclosing`, and by a solver, `separators`), `tradeoffs` (lines worth comparing),
`recombination` (random balanced lines) and `ensemble` (where a line stands among them). Arrays throughout, one number
per cell; whatever is said of a line is summed in whole numbers.
"""

from evenhand.solve.regions.graph import (
    FREE,
    Graph,
    border_of,
    components,
    contracted,
    cut_off,
    is_connected,
    is_line,
    sums_of,
)

__all__ = [
    "FREE",
    "Graph",
    "border_of",
    "components",
    "contracted",
    "cut_off",
    "is_connected",
    "is_line",
    "sums_of",
]
