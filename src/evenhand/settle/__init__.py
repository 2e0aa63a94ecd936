"""The front desk: which procedures apply to a case, run one, attach what was proved.

Comes in: a `Case`, the id of a procedure, a seed, a time limit, somebody to tell about progress.
Goes out: a `Solution`: the deal, its values, the trace, the certificates, and how it was computed.

Read `desk` (run and examine), then `change` (what a rule costs each party) and `bargaining` (efficient packages, what
solutions pick among them, the next trade, and what stands in the way).

Promised: a procedure that does not apply is refused with its reason before any work; rules that no deal
can satisfy are reported with a smallest set that clashes; certificates come from `certify`, never from
the procedure itself.
"""

from evenhand.settle.bargaining import (
    ASKED,
    Bargaining,
    NextTrade,
    OnTable,
    bargain,
    bargain_if_negotiated,
    on_table,
    own_table,
)
from evenhand.settle.change import WithoutRule, without_each_rule
from evenhand.settle.desk import (
    Refusal,
    Request,
    Solution,
    applying,
    by_reason,
    check_satisfiable,
    examine,
    settle,
    settle_all,
)

__all__ = [
    "ASKED",
    "Bargaining",
    "NextTrade",
    "OnTable",
    "Refusal",
    "Request",
    "Solution",
    "WithoutRule",
    "applying",
    "bargain",
    "bargain_if_negotiated",
    "by_reason",
    "check_satisfiable",
    "examine",
    "on_table",
    "own_table",
    "settle",
    "settle_all",
    "without_each_rule",
]
