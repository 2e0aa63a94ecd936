"""Are there prices at which everyone, spending its entitlement, could buy nothing it likes better?

If there are, they are known from the deal: whoever spends all it has, and only on what gives it most points
for the price, pays for each thing in proportion to its points. So the price of a thing is
p_k = v_hk · e_h / v_h(deal) for whoever holds it, and what remains is to look whether all agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evenhand.certify.bundles import has_burdens
from evenhand.certify.certificate import Certificate, texts, undefined
from evenhand.certify.examined import Examined
from evenhand.certify.fractional import why_no_shares
from evenhand.certify.property import Property
from evenhand.certify.recheck import equilibrium as recheck

_NAME = "equilibrium-prices"


def _equilibrium_prices(examined: Examined) -> Certificate:
    if (why := _why_not(examined)) is not None:
        return undefined(_NAME, why)
    for party in examined.eyes:
        look = examined.look(party)
        if look.of_part[party] == 0 and any(look.of_whole.values()):
            return Certificate(_NAME, "fails", {"without": party})
    better = next(_better_buys(examined), None)
    if better is not None:
        return Certificate(_NAME, "fails", {"better_buy": better})
    prices = {issue: _price(examined, issue, holders[0]) for issue, holders in _holders(examined)}
    budgets = {party: str(budget) for party, budget in examined.entitlements.items()}
    return Certificate(_NAME, "holds", {"prices": texts(prices), "budgets": budgets})


def _why_not(examined: Examined) -> str | None:
    if has_burdens(examined.case):
        return "Prices are meant for goods, and something here is a burden."
    if any(examined.deal.payments.values()):
        return "With payments, what a party spends is not its entitlement."
    if examined.case.rules:
        return "Rules say what may be held, and then prices alone do not decide."
    if (why := why_no_shares(examined)) is not None:
        return why
    if any(not any(examined.look(party).of_whole.values()) for party in examined.eyes):
        return "Some party gives no points to anything, so it would buy nothing."
    return None


def _holders(examined: Examined) -> Iterator[tuple[str, tuple[str, ...]]]:
    for issue in examined.things:
        yield issue, tuple(examined.deal.shares(issue))


def _price(examined: Examined, issue: str, party: str) -> Fraction:
    """What a thing may cost at most for the party to want it: its points, at the party's entitlement per point."""
    look = examined.look(party)
    value = look.of_part[party]
    return Fraction(look.of_whole[issue] * examined.entitlements[party], value) if value else Fraction(0)


def _better_buys(examined: Examined) -> Iterator[dict[str, str]]:
    """Things that one party would pay more for than one who holds them; compared as whole numbers."""
    looks = {party: examined.look(party) for party in examined.eyes}
    spent = {party: (examined.entitlements[party], look.of_part[party] or 1) for party, look in looks.items()}
    for issue, holders in _holders(examined):
        for holder in holders:
            held, (money, points) = looks[holder].of_whole[issue], spent[holder]
            for other, look in looks.items():
                if look.of_whole[issue] * spent[other][0] * points > held * money * spent[other][1]:
                    prices = (_price(examined, issue, holder), _price(examined, issue, other))
                    names = {"issue": issue, "holder": holder, "other": other}
                    yield {**names, "price": str(prices[0]), "worth_paying": str(prices[1])}


EQUILIBRIUM_PRICES = Property(
    id=_NAME,
    title="Fair prices",
    meaning="At some prices everyone, spending its entitlement, gets what it likes best.",
    definition="Prices p exist such that each party i spends e_i in all and holds only things with the largest "
    "v_ik/p_k.",
    source="Varian (1974), competitive equilibrium from equal incomes; prices as in Eisenberg and Gale (1959)",
    by_hand="Prices (holds): each party's part costs its budget, and nothing gives it more points for the price than "
    "what it holds. Or a thing for which another would pay more than its holder (fails): points × entitlement / value.",
    cost="O(n m h), h the largest number of holders of a thing",
    recheck_cost="O(n m)",
    check=_equilibrium_prices,
    recheck=recheck.equilibrium_prices,
)
