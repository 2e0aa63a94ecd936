"""Protocols: how offers go to and fro, and simulated parties to try them with.

Comes in: a `Case`. Goes out: a `Negotiation`, stepped with one answer at a time (`next_turn`, `answer`) until it has an
`Ending`; or the `Results` of many simulated ones. A protocol knows nothing of how parties decide and sees only what a
mediator would; a party sees its own preferences and what it has heard, and its answer depends on nothing else.

Read `turn` (what is asked and answered), `menu` (what can be offered), the protocols `alternating`, `mediated` (single
text, shuttle) and `blind_bids`, then `negotiation` and `log`; `own` (what one party thinks of the menu) and `parties`
(time-dependent, tit-for-tat, MiCRO, scripted); `batch` (many at once) and `measures` (how good
what came of them is).

To measure: `simulate(case, kinds, steps, runs, seed) -> Results` runs `runs` negotiations by alternating offers, the
first party of the case speaking first; `kinds` is a way for each party in the case's order, such as ("boulware",
"conceder"). `results.deal(r)` is the deal of run r or None, `results.steps[r]` its step from 0. Two time-dependent
parties agree as NegMAS 0.16's BoulwareTBNegotiator and ConcederTBNegotiator do in an SAOMechanism of as many steps
where no two deals are worth the same to a party and utilities are scaled from 0 to 1 above the reserved value. Among
equal deals NegMAS takes what its sort happens to leave first; here it is the one most like the others' last offers.
"""

from evenhand.bargain.protocols.alternating import alternating
from evenhand.bargain.protocols.batch import Results, simulate
from evenhand.bargain.protocols.blind_bids import Bidder, Bidding, blind_bids
from evenhand.bargain.protocols.log import replay, save_log
from evenhand.bargain.protocols.measures import Standing, Zone, standing_of
from evenhand.bargain.protocols.mediated import shuttle, single_text
from evenhand.bargain.protocols.menu import Menu
from evenhand.bargain.protocols.negotiation import Decider, Negotiation, plain
from evenhand.bargain.protocols.own import Own
from evenhand.bargain.protocols.parties import EXPONENTS, Scripted, Simulated, exponent_of, simulated
from evenhand.bargain.protocols.turn import Answer, Ending, Play, Said, Turn

__all__ = [
    "EXPONENTS",
    "Answer",
    "Bidder",
    "Bidding",
    "Decider",
    "Ending",
    "Menu",
    "Negotiation",
    "Own",
    "Play",
    "Results",
    "Said",
    "Scripted",
    "Simulated",
    "Standing",
    "Turn",
    "Zone",
    "alternating",
    "blind_bids",
    "exponent_of",
    "plain",
    "replay",
    "save_log",
    "shuttle",
    "simulate",
    "simulated",
    "single_text",
    "standing_of",
]
