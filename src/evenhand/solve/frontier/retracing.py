"""From a sum back to the rows that make it: nothing but the layers of kept sums is needed.

Every part of a maximal sum is itself kept, so a walk from the first group to the last takes, at each group, a row after
which the rest is among the sums of the next layer. No such walk ends in a blind alley.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.frontier.keys import Keys, among
from evenhand.solve.frontier.merging import Merging, State

Pick = tuple[int, ...]
"""The number of the row taken of each group."""
Front = dict[State, tuple[NDArray[np.intp], Keys]]
"""Per state, which sums are meant and what is left of each."""


class Retracing:
    """The ways back through the layers of a finished merging."""

    def __init__(self, merging: Merging) -> None:
        self._merging = merging

    def picks(self, key: int, state: State = 0) -> Iterator[Pick]:
        """Every pick of that sum, in lexicographic order."""
        return self._from(0, frozenset({(state, key)}), ())

    def _from(self, k: int, places: frozenset[tuple[State, int]], taken: Pick) -> Iterator[Pick]:
        if k == len(self._merging.steps):
            yield taken
            return
        for settlement in range(len(self._merging.steps[k])):
            before = frozenset(self._before(k, places, settlement))
            if before:
                yield from self._from(k + 1, before, (*taken, settlement))

    def _before(self, k: int, places: frozenset[tuple[State, int]], settlement: int) -> Iterator[tuple[State, int]]:
        """The sums of the later groups that the row of a settlement completes to one of these."""
        for state, keys in self._merging.layers[k + 1].items():
            arrival = self._merging.arrive(k, state, settlement)
            if arrival is None:
                continue
            for to, key in places:
                if to == arrival.state and _has(keys, key - arrival.step):
                    yield state, key - arrival.step

    def first_picks(self, keys: Keys, state: State = 0) -> NDArray[np.intp]:
        """The first pick of each sum, in lexicographic order: sums × groups."""
        picks = np.zeros((len(keys), len(self._merging.steps)), dtype=np.intp)
        if len(keys) and all(set(layer) == {state} for layer in self._merging.layers):
            return self._untied(keys, state, picks)
        front: Front = {state: (np.arange(len(keys)), keys)}
        for k in range(picks.shape[1]):
            front = self._advance(k, front, picks[:, k])
        return picks

    def _untied(self, keys: Keys, state: State, picks: NDArray[np.intp]) -> NDArray[np.intp]:
        """The same where there is one state: what is left of several sums is often the same, and is looked up once."""
        rests, which = np.unique(keys, return_inverse=True)
        for k in range(picks.shape[1]):
            chosen, after = np.zeros(len(rests), dtype=np.intp), rests.copy()
            open_ = np.arange(len(rests))
            for settlement in range(len(self._merging.steps[k])):
                arrival = self._merging.arrive(k, state, settlement)
                if arrival is None or arrival.state != state:
                    continue
                less = rests[open_] - arrival.step
                there = among(self._merging.layers[k + 1][state], less)
                chosen[open_[there]], after[open_[there]] = settlement, less[there]
                open_ = open_[~there]
            picks[:, k] = chosen[which]
            rests, place = np.unique(after, return_inverse=True)
            which = place[which]
        return picks

    def _advance(self, k: int, front: Front, chosen: NDArray[np.intp]) -> Front:
        """Choose the first row of group k for each sum, and say where that leads back to."""
        undecided = np.ones(len(chosen), dtype=bool)
        ahead: dict[State, list[tuple[NDArray[np.intp], Keys]]] = {}
        for settlement in range(len(self._merging.steps[k])):
            found = []
            for state, keys in self._merging.layers[k + 1].items():
                arrival = self._merging.arrive(k, state, settlement)
                if arrival is None or arrival.state not in front:
                    continue
                which, sums = front[arrival.state]
                open_ = undecided[which]
                which, rest = which[open_], sums[open_] - arrival.step
                there = among(keys, rest)
                ahead.setdefault(state, []).append((which[there], rest[there]))
                found.append(which[there])
            for which in found:
                chosen[which] = settlement
                undecided[which] = False
        return {
            state: (_joined(part[0] for part in parts), _joined(part[1] for part in parts))
            for state, parts in ahead.items()
        }


def _joined(parts: Iterable[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(list(parts))


def _has(keys: Keys, key: int) -> bool:
    place = int(np.searchsorted(keys, key))
    return place < len(keys) and int(keys[place]) == key
