"""What a budget is sure to buy: the AnyPrice share of whole numbers, with both halves of the proof.

A party that is entitled to the part b of everything has this share: somebody sets prices that sum to 1, to
its harm, and it buys the best bundle that costs at most b. By duality the share is also the largest z
for which bundles worth at least z each can be mixed, with weights that sum to 1, so that no item has more
than b of the weight (M. Babaioff, T. Ezra and U. Feige, "Fair-share allocations for agents with arbitrary
entitlements", ACM Conference on Economics and Computation 2021).

The mix is one half of the proof: add up. Prices are the other: they are whole numbers, so that one pass over
items and budgets (`affordable`) shows the best bundle. Where simple prices and mixes do not meet, `mixing`
finds better ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from evenhand.solve.affordable import Bundle, affordable, whole_prices
from evenhand.solve.covering import nearest
from evenhand.solve.mixing import Mix, Mixing

_MOST_PARTS = 120
"""Entitlements in so many parts are first tried with as many bundles of equal weight."""
LARGEST_SUM = 1 << 60
"""Numbers with a larger sum are refused."""


@dataclass(frozen=True)
class AnyPrice:
    """A mix whose bundles are worth `low` or more each, and prices at which no affordable bundle is above `high`.

    Prices are whole numbers, one per item; a bundle is affordable when its price is at most the entitled
    part of all prices.
    """

    low: int
    mix: Mix
    high: int
    prices: tuple[int, ...]


def any_price_share(numbers: Sequence[int], part: Fraction, steps: int) -> AnyPrice:
    """The AnyPrice share of numbers ≥ 0 for an entitlement 0 < part ≤ 1, after at most `steps` bundles tried.

    Raises ValueError where the numbers are too large to be added up in 60 bits.
    """
    if sum(numbers) > LARGEST_SUM:
        raise ValueError("the numbers are too large")
    prices = _simple_prices(numbers, part)
    found = AnyPrice(0, (((), Fraction(1)),), affordable(numbers, prices, part).value, prices)
    found = _by_equal_weights(numbers, part, found)
    mixing = Mixing(numbers, part, steps)
    while found.low < found.high:
        target = (found.low + found.high + 1) // 2
        if (mix := mixing.mix(target)) is not None:
            found = replace(found, low=_least(numbers, mix), mix=mix)
        elif (dearer := mixing.prices(target)) is not None:
            found = replace(found, high=affordable(numbers, dearer, part).value, prices=dearer)
        else:
            break
    return found


def _least(numbers: Sequence[int], mix: Mix) -> int:
    return min(sum(numbers[item] for item in bundle) for bundle, _ in mix)


def _simple_prices(numbers: Sequence[int], part: Fraction) -> tuple[int, ...]:
    """Each thing costs what it is worth, but for the most valuable, which are just too dear.

    How many of these gives the least is tried: the truncated proportional share of the same paper.
    """
    order = sorted(range(len(numbers)), key=lambda item: (-numbers[item], item))
    rest, best = sum(numbers), (floor(sum(numbers) * part), 0)
    for taken, item in enumerate(order, 1):
        if taken * part >= 1:
            break
        rest -= numbers[item]
        best = min(best, (floor(rest * part / (1 - taken * part)), taken))
    limit, taken = best
    dear = set(order[:taken])
    return whole_prices([limit + 1 if item in dear else number for item, number in enumerate(numbers)])


def _by_equal_weights(numbers: Sequence[int], part: Fraction, found: AnyPrice) -> AnyPrice:
    """Raise `low` as far as mixes of equal weights do."""
    if part.denominator > _MOST_PARTS:
        return found
    target, top = found.high, found.high
    while found.low < top:
        mix = _equal_mix(numbers, part, target)
        if mix is None:
            top = target - 1
        else:
            found = replace(found, low=_least(numbers, mix), mix=mix)
        target = (found.low + top + 1) // 2
    return found


def _equal_mix(numbers: Sequence[int], part: Fraction, target: int) -> Mix | None:
    """As many bundles as the entitlement has parts, filled one after the other; each item in few enough of them."""
    order = [item for item in range(len(numbers)) if numbers[item]]
    copies = [part.numerator] * len(numbers)
    bundles: list[Bundle] = []
    for _ in range(part.denominator):
        # Those used least so far come first: near the end, an item that must still be used often is lost.
        left = sorted((i for i in order if copies[i]), key=lambda item: (-copies[item], -numbers[item], item))
        need = target - numbers[left[0]] if left else target
        chosen = nearest([numbers[item] for item in left[1:]], need, below=False)
        if chosen is None:
            return None
        bundle = sorted([*left[:1], *(left[1 + place] for place in chosen)])
        for item in bundle:
            copies[item] -= 1
        bundles.append(tuple(bundle))
    return tuple((bundle, Fraction(1, part.denominator)) for bundle in bundles)
