"""Fair-division procedures, a file each, all of one shape.

Comes in: a `Case` and `Options` (seed, time, progress). Goes out: an `Outcome`: a deal, the trace of how it
was reached, and the method. Certificates are attached elsewhere, by somebody who did not search.

Read `procedure` (the shape), then any of `adjusted_winner`, `nash`, `leximin`, `round_robin`,
`picking_sequence`, `envy_cycle`, `competitive_equilibrium`, `equitable_split`, `proportional_split`,
`claims`, `maximin_share`, `any_price_share`.
`whole` lays out whole things in integers; `product_shares` splits divisibles for the largest product in exact
fractions; `fair_fraction` finds the largest fraction of its share that everyone can have.

Promised: a procedure that has no meaning for a case says so and why (`why_not`), before any work; equal
outcomes are chosen between by a stated rule; the same case and seed give the same deal.
"""

from evenhand.divide import (
    adjusted_winner,
    any_price_share,
    claims,
    competitive_equilibrium,
    envy_cycle,
    equitable_split,
    leximin,
    maximin_share,
    nash,
    picking_sequence,
    proportional_split,
    round_robin,
)
from evenhand.divide.procedure import Options, Procedure

PROCEDURES: dict[str, Procedure] = {
    procedure.id: procedure
    for procedure in (
        adjusted_winner.PROCEDURE,
        nash.PROCEDURE,
        leximin.PROCEDURE,
        round_robin.PROCEDURE,
        *picking_sequence.PROCEDURES,
        envy_cycle.PROCEDURE,
        maximin_share.PROCEDURE,
        any_price_share.PROCEDURE,
        competitive_equilibrium.PROCEDURE,
        equitable_split.PROCEDURE,
        proportional_split.PROCEDURE,
        *claims.PROCEDURES,
    )
}
"""Every procedure by its id, in the order they are offered."""

__all__ = ["PROCEDURES", "Options", "Procedure"]
