"""Cutting a line by what its stretches are worth to each party, a procedure a file.

Comes in: a case whose issues are cakes (for divide and choose, also whole and divisible things). Goes out: an
`Outcome` with every mark and cut in its trace.

Read `table` (who waits, what was cut), then `moving_knife`, `last_diminisher`, `even_paz`, `divide_and_choose`:
these only ask (see `divide.asking`), so people can carry them out. `envy_free_cut` must know the densities.

Promised: marks are exact; with equal entitlements each party gets one piece, worth at least its part of the
whole to it if it answered by its own points, whatever others answer.
"""

from evenhand.divide.cake import divide_and_choose, envy_free_cut, even_paz, last_diminisher, moving_knife

PROCEDURES = (
    divide_and_choose.PROCEDURE,
    moving_knife.PROCEDURE,
    last_diminisher.PROCEDURE,
    even_paz.PROCEDURE,
    envy_free_cut.PROCEDURE,
)
"""In the order in which they are offered."""

__all__ = ["PROCEDURES"]
