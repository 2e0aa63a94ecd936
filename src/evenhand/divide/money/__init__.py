"""Fair division with money: deals that say who pays.

Comes in: a case with `money`, whose points are amounts of it. Goes out: an `Outcome` whose deal has payments:
they sum to what the parties pay together (`to_pay`), less a subsidy where one is asked for.

Read `paying` (what all share), then `knaster`, `rent`, `subsidy`, `balancing`.

Promised: payments are exact and balance; a budget is respected or the deal is refused with the reason; every
figure in a trace can be recomputed by hand.
"""

from evenhand.divide.money import balancing, knaster, rent, subsidy

PROCEDURES = (knaster.PROCEDURE, rent.PROCEDURE, subsidy.PROCEDURE, balancing.PROCEDURE)

__all__ = ["PROCEDURES"]
