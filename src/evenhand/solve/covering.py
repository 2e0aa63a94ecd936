"""Splitting whole numbers into parts so that the smallest part is large: exact, with both halves of the proof.

This is what a maximin share asks: if I divided everything into n parts and got the worst one, how much
could I make sure of? With numbers above zero every part must reach a target (bin covering); with numbers
below zero no part may fall under it (bin packing); both may come together.

The parts found are one half of the proof. The other is a `Ceiling`, which anybody can add up, or else a
search through all splits to its end. Parts are first filled one after the other, each as near to the target
as sums of what is left allow; only where that fails is anything searched.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

Parts = list[list[int]]
"""Positions in the list of numbers, part by part."""

_FINEST = 1 << 15
"""Sums are told apart up to this many steps; above it parts are filled with rounded numbers."""


@dataclass(frozen=True)
class Ceiling:
    """A value above which the smallest part cannot be, and why.

    `average`: the `taken` largest numbers lie in at most as many parts, and what is left, shared equally
    among the other parts, comes to at most `value` each. `few`: one of those other parts has no more
    numbers than the average, and as many of the largest left come to `value`. `many`: some part has one more
    of the `taken` lowest numbers (all below zero) than the average, and the lightest of these come to `value`.
    """

    value: int
    because: str
    taken: int


@dataclass(frozen=True)
class LargestMinimum:
    """The best parts found, the smallest sum among them, and a bound: no split has a larger smallest sum.

    `ceiling` explains the bound; None: every split above it was searched.
    """

    parts: Parts
    low: int
    high: int
    ceiling: Ceiling | None

    @property
    def decided(self) -> bool:
        """Whether the value is known exactly."""
        return self.low == self.high


def largest_minimum(numbers: Sequence[int], count: int, steps: int) -> LargestMinimum:
    """The largest value that the smallest of `count` parts can have, as far as `steps` placements tell."""
    ceiling = min(ceilings(numbers, count), key=lambda found: found.value)
    parts = _greedy(numbers, count)
    found = LargestMinimum(parts, _smallest(numbers, parts), ceiling.value, ceiling)
    target = top = found.high
    left = steps
    while found.low < top:
        split = _Split(numbers, count, target, left)
        better = _filled(numbers, count, target) or split.search()
        left = split.steps
        if better is not None:
            found = replace(found, parts=better, low=_smallest(numbers, better))
        elif left >= 0:
            found, top = replace(found, high=target - 1, ceiling=None), target - 1
        else:
            # This target stays open, and so does the bound; below it parts may still be filled.
            top = target - 1
        target = (found.low + top + 1) // 2
    return found


def ceilings(numbers: Sequence[int], count: int) -> Iterator[Ceiling]:
    """Bounds on the smallest part, each checked by adding up."""
    yield Ceiling(sum(numbers) // count, "average", 0)
    goods = sorted((number for number in numbers if number > 0), reverse=True)
    burdens = sorted(number for number in numbers if number < 0)
    total = sum(goods)
    for taken in range(min(count, len(goods) + 1)):
        parts, left = count - taken, goods[taken:]
        if taken:
            yield Ceiling(total // parts, "average", taken)
        yield Ceiling(sum(left[: len(left) // parts]), "few", taken)
        total -= left[0] if left else 0
    if not goods:
        for each in range((len(burdens) - 1) // count + 1 if burdens else 0):
            taken = each * count + 1
            yield Ceiling(sum(burdens[taken - each - 1 : taken]), "many", taken)


def _smallest(numbers: Sequence[int], parts: Parts) -> int:
    return min(sum(numbers[position] for position in part) for part in parts)


def _by_size(numbers: Sequence[int]) -> list[int]:
    """Positions, the largest number (whatever its sign) first."""
    return sorted(range(len(numbers)), key=lambda position: (-abs(numbers[position]), position))


def _greedy(numbers: Sequence[int], count: int) -> Parts:
    """Largest first, each to the part that has least (a burden: to the part that has most)."""
    parts: Parts = [[] for _ in range(count)]
    sums = [0] * count
    least = [(0, part) for part in range(count)]
    most = list(least)
    for position in _by_size(numbers):
        heap, sign = (least, 1) if numbers[position] >= 0 else (most, -1)
        while heap[0][0] != sign * sums[heap[0][1]]:  # an entry that the other heap has outdated
            heapq.heapreplace(heap, (sign * sums[heap[0][1]], heap[0][1]))
        part = heap[0][1]
        parts[part].append(position)
        sums[part] += numbers[position]
        heapq.heapreplace(heap, (sign * sums[part], part))
    return parts


def _filled(numbers: Sequence[int], count: int, target: int) -> Parts | None:
    """Parts filled one after the other: the largest number left, and what brings it nearest to the target.

    None when that fails, which proves nothing. Goods only, or burdens only.
    """
    if min(numbers, default=0) < 0 < max(numbers, default=0):
        return None
    left, parts = [position for position in _by_size(numbers) if numbers[position]], []
    sizes = [abs(number) for number in numbers]
    burdens = any(number < 0 for number in numbers)
    for _ in range(count):
        first = left[:1]
        need = abs(target) - sum(sizes[position] for position in first)
        rest = left[1:]
        chosen = nearest([sizes[p] for p in rest], need, below=burdens) if first else []
        if chosen is None or (not first and target > 0):
            return None
        parts.append([*first, *(rest[number] for number in chosen)])
        taken = set(chosen)
        left = [position for number, position in enumerate(rest) if number not in taken]
    if burdens and left:
        return None
    unplaced = [position for position in range(len(numbers)) if not numbers[position]]
    parts[-1] += [*left, *unplaced]
    return parts


def nearest(sizes: Sequence[int], need: int, *, below: bool) -> list[int] | None:
    """Places in `sizes` whose sum is nearest to `need`, not under it (`below`: not over it); None: there are none.

    Sums that can be made are the ones among the bits of one long number.
    """
    if need <= 0:
        return None if need < 0 and below else []
    grain = need // _FINEST + 1
    steps = [-(-size // grain) if below else size // grain for size in sizes]
    goal = need // grain if below else -(-need // grain)
    most = goal if below else 2 * goal
    steps = [min(step, most + 1 if below else most) for step in steps]
    mask = (1 << (most + 1)) - 1
    made, before = 1, []
    for step in steps:
        before.append(made)
        made |= (made << step) & mask
        if made >> goal & 1:
            break
    over = made if below else made >> goal
    if not over:
        return None
    reached = over.bit_length() - 1 if below else goal + (over & -over).bit_length() - 1
    chosen = []
    for place in reversed(range(len(before))):
        if not before[place] >> reached & 1:
            chosen.append(place)
            reached -= steps[place]
    return chosen[::-1]


class _Split:
    """Numbers in order of size, each tried in every part that differs, as long as goods left can lift all parts.

    `steps` is what is left of the placements allowed; below 0, the search gave up.
    """

    def __init__(self, numbers: Sequence[int], count: int, target: int, steps: int) -> None:
        self.numbers = numbers
        self.order = _by_size(numbers)
        self.target, self.steps = target, steps
        self.lift = [0]
        for position in reversed(self.order):
            self.lift.append(self.lift[-1] + max(numbers[position], 0))
        self.parts: Parts = [[] for _ in range(count)]
        self.sums = [0] * count

    def search(self) -> Parts | None:
        """The parts found, or None."""
        missing = sum(max(0, self.target - total) for total in self.sums)
        return [list(part) for part in self.parts] if self._place(0, missing) else None

    def _place(self, depth: int, missing: int) -> bool:
        """Place the numbers from `depth` on; `missing` is what the parts lack to the target, taken together."""
        if missing > self.lift[len(self.order) - depth]:
            return False
        if depth == len(self.order):
            return True
        position = self.order[depth]
        number = self.numbers[position]
        for part in self._different_parts(number):
            self.steps -= 1
            if self.steps < 0:
                return False
            total = self.sums[part]
            change = max(0, self.target - total - number) - max(0, self.target - total)
            self.parts[part].append(position)
            self.sums[part] += number
            if self._place(depth + 1, missing + change):
                return True
            self.parts[part].pop()
            self.sums[part] -= number
        return False

    def _different_parts(self, number: int) -> list[int]:
        """One part for each different sum: for a good the least served first, for a burden the best served."""
        first: dict[int, int] = {}
        for part, total in enumerate(self.sums):
            first.setdefault(total, part)
        return sorted(first.values(), key=lambda part: self.sums[part], reverse=number < 0)
