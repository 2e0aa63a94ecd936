"""Simulated annealing over lines by giving border cells to the neighbouring label (compiled).

Source of the method: Kirkpatrick, Gelatt and Vecchi, Optimization by simulated annealing (1983). Whether a part stays
in one piece is decided near the cell that leaves it: a search from all its neighbours at once ends when they have met,
or when one of them has nowhere left to go.

Arrays travel in tuples. `graph`: indptr, indices, border. `worth`: values, moving, per_level (one over what is due; 0:
no level), exponents, shared (what cells of the last label count for in the others' sums, where it has no level).
`groups`: where the cells of each group begin, those cells, the group of each cell, whether a group is locked. `limits`:
least, most, penalty of each label, and last that of two cells that touch and should not. `tally`: border, moved and,
where the last label has no level, how many cells of two others touch; sums; sizes of the parts.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from evenhand.solve.compiling import compiled, part
from evenhand.solve.regions.compiled import below, logarithm, waiting_time

EMPTY = 1e-9
"""What a level counts as in a logarithm when it is 0."""


@part
def stays_joined(
    indptr: Any, indices: Any, labels: Any, cell: int, part: int, mark: Any, owner: Any, queue: Any, meet: Any
) -> bool:
    """Whether the neighbours of `cell` (which has left it) in `part` still hang together within it.

    `mark` int64[n + 1], the last being the number of this call; `owner`, `queue` int32[n]; `meet` int32[2, n]: for
    each neighbour the one it has met, and how many cells of its piece wait to be looked at.
    """
    n = len(labels)
    mark[n] += 1
    now, tail = mark[n], 0
    for e in range(indptr[cell], indptr[cell + 1]):
        other = indices[e]
        if labels[other] == part:
            mark[other], owner[other], queue[tail] = now, tail, other
            meet[0, tail], meet[1, tail] = tail, 1
            tail += 1
    pieces, head = tail, 0
    while pieces > 1:
        u = queue[head]
        head += 1
        own = _met(meet, owner[u])
        for e in range(indptr[u], indptr[u + 1]):
            other = indices[e]
            if labels[other] != part:
                continue
            if mark[other] != now:
                mark[other], owner[other], queue[tail] = now, own, other
                tail += 1
                meet[1, own] += 1
                continue
            theirs = _met(meet, owner[other])
            if theirs != own:
                meet[0, theirs] = own
                meet[1, own] += meet[1, theirs]
                pieces -= 1
        meet[1, own] -= 1
        if meet[1, own] == 0 and pieces > 1:
            return False
    return True


@part
def _met(meet: Any, piece: int) -> int:
    while meet[0, piece] != piece:
        piece = meet[0, piece]
    return piece


@part
def whole_part(indptr: Any, indices: Any, labels: Any, part: int, mark: Any, queue: Any) -> bool:
    """Whether all cells of a label hang together, and there are some."""
    n, count, head, tail = len(labels), 0, 0, 0
    mark[n] += 1
    for v in range(n):
        if labels[v] == part:
            count += 1
            if tail == 0:
                queue[0], tail = v, 1
                mark[v] = mark[n]
    while head < tail:
        v = queue[head]
        head += 1
        for e in range(indptr[v], indptr[v + 1]):
            other = indices[e]
            if labels[other] == part and mark[other] != mark[n]:
                mark[other], queue[tail] = mark[n], other
                tail += 1
    return count > 0 and count == tail


@part
def lack(tally: Any, limits: Any) -> float:
    """How far sums are from what they must be, each label's distance times its penalty, and what touches and should
    not; 0: nothing is amiss."""
    totals, sums, _ = tally
    least, most, penalty = limits
    total = penalty[len(sums)] * totals[2]
    for label in range(len(sums)):
        if sums[label] < least[label]:
            total += penalty[label] * (least[label] - sums[label])
        elif sums[label] > most[label]:
            total += penalty[label] * (sums[label] - most[label])
    return total  # type: ignore[no-any-return]  # a float, compiled


@part
def lowest(sums: Any, per_level: Any) -> float:
    """The smallest level of the labels that have one."""
    found = np.inf
    for label in range(len(sums)):
        if per_level[label] > 0 and sums[label] * per_level[label] < found:
            found = sums[label] * per_level[label]
    return found


@part
def cost_of(tally: Any, worth: Any, weigh: Any) -> float:
    """What annealing makes small. `weigh`: of the border, of what is moved, of the smallest level, and of the
    logarithm of the product of levels to their exponents."""
    totals, sums, _ = tally
    _, _, per_level, exponents, _ = worth
    cost = weigh[0] * totals[0] + weigh[1] * totals[1]
    if weigh[2] > 0:
        cost -= weigh[2] * lowest(sums, per_level)
    if weigh[3] > 0:
        for label in range(len(sums)):
            if per_level[label] > 0:
                level = sums[label] * per_level[label]
                cost -= weigh[3] * exponents[label] * logarithm(level if level > EMPTY else EMPTY)
    return cost  # type: ignore[no-any-return]  # a float, compiled


@compiled
def anneal(
    state: Any,
    labels: Any,
    graph: Any,
    worth: Any,
    groups: Any,
    limits: Any,
    weigh: Any,
    heat: Any,
    best: Any,
    best_cost: Any,
    kept: Any,
    room: Any,
) -> None:
    """Some steps of annealing on `labels` (int32[n], changed).

    `heat`: the temperature at first, the share of the whole annealing done before, the share that one step is, steps.
    `best`, `best_cost` float64[1]: the cheapest line with nothing amiss. `kept`: lowest level of the first row, rows
    per level, then for each row the shortest border found (int64), its level, its labels. `room`: from `room_for`.
    """
    indptr, indices, _ = graph
    begins, _, group_of, locked = groups
    n = len(labels)
    tally, work, place, listed = room
    _lay_out(graph, worth, labels, tally, place, listed)
    sizes, zone = tally[2], worth[2][len(limits[0]) - 1] == 0.0
    cost, amiss = cost_of(tally, worth, weigh), lack(tally, limits)
    now = cost + amiss
    if amiss == 0.0:
        _note(labels, tally, worth, cost, best, best_cost, kept)
    for step in range(int(heat[3])):
        cell = listed[below(state, np.int64(listed[n]))]
        new = labels[indices[indptr[cell] + below(state, np.int64(indptr[cell + 1] - indptr[cell]))]]
        group, old = group_of[cell], labels[cell]
        if new == old or locked[group] or sizes[old] <= begins[group + 1] - begins[group]:
            continue
        if zone:
            _hand_over_near_zone(graph, worth, groups, labels, group, new, tally)
        else:
            _hand_over(graph, worth, groups, labels, group, new, tally)
        cost, amiss = cost_of(tally, worth, weigh), lack(tally, limits)
        cold = 1.0 - heat[1] - heat[2] * step
        taken = cost + amiss <= now or cost + amiss < now + heat[0] * cold * cold * waiting_time(state)
        if not (taken and _still_whole(graph, groups, labels, group, old, new, work)):
            if zone:
                _hand_over_near_zone(graph, worth, groups, labels, group, old, tally)
            else:
                _hand_over(graph, worth, groups, labels, group, old, tally)
            continue
        now = cost + amiss
        _relist(graph, groups, labels, group, place, listed)
        if amiss == 0.0:
            _note(labels, tally, worth, cost, best, best_cost, kept)


def room_for(cells: int, labels: int) -> tuple[Any, ...]:
    """Arrays that `anneal` can work in again and again: the tally, what `_still_whole` works in, where each cell stands
    on the list of cells at a border, and that list, its last number being how many. Making them is slow to compile.
    """
    tally = np.zeros(3, np.int64), np.zeros(labels, np.int64), np.zeros(labels, np.int64)
    queues = np.zeros(cells, np.int32), np.zeros(cells, np.int32), np.zeros((2, cells), np.int32)
    return tally, (np.zeros(cells + 1, np.int64), *queues), np.zeros(cells, np.int32), np.zeros(cells + 1, np.int32)


@part
def _lay_out(graph: Any, worth: Any, labels: Any, tally: Any, place: Any, listed: Any) -> None:
    """Add everything up anew, and list the cells at a border."""
    indptr, indices, border = graph
    values, moving, per_level, _, shared = worth
    totals, sums, sizes = tally
    totals[0], totals[1], totals[2], listed[len(labels)] = 0, 0, 0, 0
    for label in range(len(sums)):
        sums[label], sizes[label] = 0, 0
    for v in range(len(labels)):
        own, place[v] = labels[v], -1
        sizes[own] += 1
        sums[own] += values[v, own]
        totals[1] += moving[v, own]
        for e in range(indptr[v], indptr[v + 1]):
            if own < labels[indices[e]]:
                totals[0] += border[e]
        _list_cell(indptr, indices, labels, v, place, listed)
    if per_level[len(sums) - 1] == 0.0:
        for v in range(len(labels)):
            _leave(graph, shared, labels, v, tally, -1)
        totals[2] //= 2  # counted from both ends


@part
def _hand_over(graph: Any, worth: Any, groups: Any, labels: Any, group: int, new: int, tally: Any) -> None:
    """Give the cells of a group another label, and keep the tally but for what concerns a joint zone."""
    indptr, indices, border = graph
    values, moving, _, _, _ = worth
    begins, members, _, _ = groups
    totals, sums, sizes = tally
    for at in range(begins[group], begins[group + 1]):
        v = members[at]
        old = labels[v]
        for e in range(indptr[v], indptr[v + 1]):
            if labels[indices[e]] == old:
                totals[0] += border[e]
            elif labels[indices[e]] == new:
                totals[0] -= border[e]
        labels[v] = new
        totals[1] += moving[v, new] - moving[v, old]
        sums[old] -= values[v, old]
        sums[new] += values[v, new]
        sizes[old] -= 1
        sizes[new] += 1


@part
def _hand_over_near_zone(graph: Any, worth: Any, groups: Any, labels: Any, group: int, new: int, tally: Any) -> None:
    """As `_hand_over`, where the last label is a joint zone; by itself, since that one is slower with this inside."""
    begins, members, _, _ = groups
    for at in range(begins[group], begins[group + 1]):
        _leave(graph, worth[4], labels, members[at], tally, 1)
    _hand_over(graph, worth, groups, labels, group, new, tally)
    for at in range(begins[group], begins[group + 1]):
        _leave(graph, worth[4], labels, members[at], tally, -1)


@part
def _leave(graph: Any, shared: Any, labels: Any, cell: int, tally: Any, times: int) -> None:
    """Where there is a joint zone, its last label: take out (with −1: put in) what a cell counts for in it, and the
    neighbours with which it touches a label that neither is the zone."""
    indptr, indices, _ = graph
    totals, sums, _ = tally
    own, zone = labels[cell], len(sums) - 1
    if own == zone:
        for label in range(len(sums)):
            sums[label] -= times * shared[cell, label]
        return
    for e in range(indptr[cell], indptr[cell + 1]):
        other = labels[indices[e]]
        if other != own and other != zone:  # noqa: PLR1714  # numba knows no `in` of two types
            totals[2] -= times


@part
def _still_whole(graph: Any, groups: Any, labels: Any, group: int, old: int, new: int, work: Any) -> bool:
    """Whether both labels hang together after a group went from one to the other."""
    indptr, indices, _ = graph
    begins, members, _, _ = groups
    mark, owner, queue, meet = work
    if begins[group + 1] - begins[group] == 1:
        return stays_joined(indptr, indices, labels, members[begins[group]], old, mark, owner, queue, meet)
    gone = whole_part(indptr, indices, labels, old, mark, queue)
    return gone and whole_part(indptr, indices, labels, new, mark, queue)


@part
def _relist(graph: Any, groups: Any, labels: Any, group: int, place: Any, listed: Any) -> None:
    """Renew the list of cells at a border around a group."""
    indptr, indices, _ = graph
    begins, members, _, _ = groups
    for at in range(begins[group], begins[group + 1]):
        v = members[at]
        _list_cell(indptr, indices, labels, np.int64(v), place, listed)
        for e in range(indptr[v], indptr[v + 1]):
            _list_cell(indptr, indices, labels, np.int64(indices[e]), place, listed)


@part
def _list_cell(indptr: Any, indices: Any, labels: Any, cell: Any, place: Any, listed: Any) -> None:
    """Put a cell on the list of those with a neighbour of another label, or take it off."""
    n, at_border = len(labels), False
    for e in range(indptr[cell], indptr[cell + 1]):
        if labels[indices[e]] != labels[cell]:
            at_border = True
            break
    if at_border and place[cell] < 0:
        place[cell] = listed[n]
        listed[listed[n]] = cell
        listed[n] += 1
    elif not at_border and place[cell] >= 0:
        listed[n] -= 1
        last = listed[listed[n]]
        listed[place[cell]] = last
        place[last] = place[cell]
        place[cell] = -1


@part
def _note(labels: Any, tally: Any, worth: Any, cost: float, best: Any, best_cost: Any, kept: Any) -> None:
    """Note a line with nothing amiss: as the cheapest, and as the one with the shortest border of its row of levels, or
    with the higher level at that border."""
    if cost < best_cost[0]:
        best_cost[0] = cost
        _copy(labels, best)
    low, scale, borders, levels, lines = kept
    level, length = lowest(tally[1], worth[2]), tally[0][0]
    row = int((level - low) * scale) if level >= low else len(borders)
    if row >= len(borders):
        return
    if length < borders[row] or (length == borders[row] and level > levels[row]):
        borders[row], levels[row] = length, level
        _copy(labels, lines[row])


@part
def _copy(labels: Any, into: Any) -> None:
    # a loop: assigning a slice takes numba seconds to compile
    for v in range(len(labels)):
        into[v] = labels[v]
