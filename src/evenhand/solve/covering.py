"""Splitting whole numbers into parts so that the smallest part is large: exact, by search.

This is what a maximin share asks: if I divided everything into n parts and got the worst one, how much
could I make sure of? With numbers above zero the parts must reach a target (bin covering); with numbers
below zero no part may fall under it (bin packing, since each part may carry at most so much).
"""

from __future__ import annotations

from collections.abc import Sequence

Parts = list[list[int]]
"""Positions in the list of numbers, part by part."""


class SplitTooLarge(Exception):
    """More steps than allowed would be needed."""


def largest_minimum(numbers: Sequence[int], count: int, steps: int) -> tuple[int, Parts]:
    """The largest value that the smallest of `count` parts can have, and parts that reach it.

    The numbers are all at least 0 or all at most 0. Raises SplitTooLarge after `steps` tries per target.
    """
    parts = _greedy(numbers, count)
    low, high = _smallest(numbers, parts), _ceiling(numbers, count)
    target = high
    while low < high:
        better = split_reaching(numbers, count, target, steps)
        if better is None:
            high = target - 1
        else:
            low, parts = _smallest(numbers, better), better
        target = (low + high + 1) // 2
    return low, parts


def split_reaching(numbers: Sequence[int], count: int, target: int, steps: int) -> Parts | None:
    """Parts that all come to at least `target`, or None when there are none. Raises SplitTooLarge."""
    parts = _greedy(numbers, count)
    if _smallest(numbers, parts) >= target:
        return parts
    if _ceiling(numbers, count) < target:
        return None
    return _Split(numbers, count, target, steps).search()


def _smallest(numbers: Sequence[int], parts: Parts) -> int:
    return min(sum(numbers[position] for position in part) for part in parts)


def _greedy(numbers: Sequence[int], count: int) -> Parts:
    """Largest first, each to the part that has least (for burdens: carries least)."""
    parts: Parts = [[] for _ in range(count)]
    sums = [0] * count
    for position in sorted(range(len(numbers)), key=lambda p: (-abs(numbers[p]), p)):
        lightest = min(range(count), key=lambda part: (abs(sums[part]), part))
        parts[lightest].append(position)
        sums[lightest] += numbers[position]
    return parts


def _ceiling(numbers: Sequence[int], count: int) -> int:
    """No smallest part can be above this: an equal part, also after the largest take a part each."""
    ranked = sorted(numbers, reverse=True)
    if ranked and ranked[-1] < 0:
        return min(sum(ranked) // count, ranked[-1])
    total, best = sum(ranked), sum(ranked) // count
    for taken in range(1, min(count, len(ranked) + 1)):
        total -= ranked[taken - 1]
        best = min(best, total // (count - taken))
    return best


class _Split:
    """Numbers in order of size, each tried in every part that differs; parts may not waste too much."""

    def __init__(self, numbers: Sequence[int], count: int, target: int, steps: int) -> None:
        self.numbers = numbers
        self.order = sorted(range(len(numbers)), key=lambda p: (-abs(numbers[p]), p))
        self.burdens = any(number < 0 for number in numbers)
        self.count, self.target, self.steps = count, target, steps
        self.spare = sum(numbers) - count * target
        self.parts: Parts = [[] for _ in range(count)]
        self.sums = [0] * count

    def search(self) -> Parts | None:
        """The parts found, or None."""
        return [list(part) for part in self.parts] if self._place(0, self.spare) else None

    def _place(self, depth: int, spare: int) -> bool:
        """Place the numbers from `depth` on; `spare` is what may still be wasted above the target."""
        if spare < 0:
            return False
        if depth == len(self.order):
            return all(total >= self.target for total in self.sums)
        position = self.order[depth]
        number = self.numbers[position]
        for part in self._different_parts():
            self.steps -= 1
            if self.steps < 0:
                raise SplitTooLarge
            wasted = self._waste(self.sums[part], number)
            if wasted is not None:
                self.parts[part].append(position)
                self.sums[part] += number
                if self._place(depth + 1, spare - wasted):
                    return True
                self.parts[part].pop()
                self.sums[part] -= number
        return False

    def _different_parts(self) -> list[int]:
        """One part for each different sum, the least served first."""
        first: dict[int, int] = {}
        for part, total in enumerate(self.sums):
            first.setdefault(total, part)
        return sorted(first.values(), key=lambda part: (self.sums[part], part))

    def _waste(self, total: int, number: int) -> int | None:
        """What adding a number puts above the target; None where it may not be added."""
        if self.burdens:
            return 0 if total + number >= self.target else None
        return max(0, total + number - self.target) - max(0, total - self.target)
