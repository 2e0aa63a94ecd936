"""Fair-division procedures, a file each, all of one shape.

Comes in: a `Case` and `Options` (seed, time, progress). Goes out: an `Outcome`: a deal, the trace of how it
was reached, and the method. Certificates are attached elsewhere, by somebody who did not search.

Read `procedure` (the shape), then any of `adjusted_winner`, `nash`, `leximin`, `round_robin`,
`picking_sequence`, `envy_cycle`, `efx`, `ef1_po`, `maximin_share`, `any_price_share`,
`competitive_equilibrium`, `equitable_split`, `proportional_split`, `claims`.
The rooms `cake` and `money` cut lines and make payments; `asking` holds procedures as questions that people can answer.
`whole` lays out whole things in integers; `efx_search`, `price_rounds` and `fair_fraction` do the work of `efx`,
`ef1_po` and the two shares; `product_shares` splits divisibles for the largest product in exact fractions.

Promised: a procedure that has no meaning for a case says so and why (`why_not`), before any work; equal
outcomes are chosen between by a stated rule; the same case and seed give the same deal.
"""

from evenhand.divide import (
    adjusted_winner,
    any_price_share,
    cake,
    claims,
    competitive_equilibrium,
    ef1_po,
    efx,
    envy_cycle,
    equitable_split,
    leximin,
    maximin_share,
    money,
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
        efx.PROCEDURE,
        ef1_po.PROCEDURE,
        maximin_share.PROCEDURE,
        any_price_share.PROCEDURE,
        competitive_equilibrium.PROCEDURE,
        equitable_split.PROCEDURE,
        proportional_split.PROCEDURE,
        *claims.PROCEDURES,
        *cake.PROCEDURES,
        *money.PROCEDURES,
    )
}
"""Every procedure by its id, in the order they are offered."""

__all__ = ["PROCEDURES", "Options", "Procedure"]
