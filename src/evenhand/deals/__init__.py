"""The space of deals: what a deal is, what it is worth, which rules it breaks, and how to search it.

Comes in: a `Case`, and deals as people or procedures write them.
Goes out: exact values, broken rules with their reasons, lists of deals in a stated order, and a solver
program whose answers read back as deals.

Read in this order: `deal` (the noun), `reading` (deal files), `cakes` (a cake as its stretches), `payments`
(payments as issues), `space` (a case laid out as issues × settlements × parties, in exact numbers), `rules`
(conditions as clauses), `value`, `listing` (every deal, or every deal near a bound), `shares` (what the rules
leave for shares of divisibles), `largest` (the largest sum of points), `model` (the solver program), `clash` (a
smallest set of rules that no deal satisfies), `outcome` (what a procedure gives back), `summing` (a case as
a problem of sums).

Promised: values are fractions, never floats; the order of deals is that of the case: issue by issue,
settlements in the order parties or options are written, `joint` last.
"""

from evenhand.deals.cakes import deal_in_stretches, in_stretches, pieces_worth, stretch_worths, with_cakes
from evenhand.deals.clash import clashing_rules, lay_out, unsatisfiable
from evenhand.deals.deal import Deal, Pieces, Settlement
from evenhand.deals.largest import largest_sum, settled_apart, sums_of
from evenhand.deals.listing import UNIT, SearchTooLarge, list_deals, list_picks, visit_near
from evenhand.deals.model import DealProgram
from evenhand.deals.outcome import Method, NoDeal, NotDefined, Outcome, Step, needs_no_map
from evenhand.deals.payments import payments_as_issues
from evenhand.deals.reading import deal_file, deal_from_document, deal_json, load_deal, payments_json
from evenhand.deals.rules import Broken, Clause, broken_rules
from evenhand.deals.space import Space, allowed_settlements
from evenhand.deals.value import applies, deal_values, holdings, total_points, value_of, worth_in, worth_of

__all__ = [
    "UNIT",
    "Broken",
    "Clause",
    "Deal",
    "DealProgram",
    "Method",
    "NoDeal",
    "NotDefined",
    "Outcome",
    "Pieces",
    "SearchTooLarge",
    "Settlement",
    "Space",
    "Step",
    "allowed_settlements",
    "applies",
    "broken_rules",
    "clashing_rules",
    "deal_file",
    "deal_from_document",
    "deal_in_stretches",
    "deal_json",
    "deal_values",
    "holdings",
    "in_stretches",
    "largest_sum",
    "lay_out",
    "list_deals",
    "list_picks",
    "load_deal",
    "needs_no_map",
    "payments_as_issues",
    "payments_json",
    "pieces_worth",
    "settled_apart",
    "stretch_worths",
    "sums_of",
    "total_points",
    "unsatisfiable",
    "value_of",
    "visit_near",
    "with_cakes",
    "worth_in",
    "worth_of",
]
