"""One thing to each: the assignment with the largest sum, and how far each would have to be lifted.

Whole numbers throughout, so nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Table = Sequence[Sequence[int]]


def largest_assignment(worth: Table) -> list[int]:
    """For each row its column, n × n, such that the sum is largest; of equal ones the first in order.

    H. W. Kuhn, "The Hungarian method", Naval Research Logistics Quarterly 2 (1955); O(n³).
    """
    size = len(worth)
    ties = size**size
    # A digit per row, the first row's the highest, ranks equal sums by their columns.
    costs = [
        [column * size ** (size - 1 - row) - ties * worth[row][column] for column in range(size)] for row in range(size)
    ]
    holder = [-1] * size
    of_row, of_column = [0] * size, [0] * size
    for row in range(size):
        _place(costs, row, holder, of_row, of_column)
    found = [0] * size
    for column, row in enumerate(holder):
        found[row] = column
    return found


def _place(costs: Table, row: int, holder: list[int], of_row: list[int], of_column: list[int]) -> None:
    """Give one more row a column, by the cheapest way of moving others on; keeps the prices valid."""
    size = len(costs)
    nearest: list[int | None] = [None] * size
    before = [-1] * size
    reached: list[int] = []
    rows, at = [row], row
    while True:
        column, step = _cheapest(costs[at], at, nearest, before, reached, of_row, of_column)
        for lifted in rows:
            of_row[lifted] += step
        for passed in reached:
            of_column[passed] -= step
        nearest = [None if gap is None else gap - step for gap in nearest]
        reached.append(column)
        if holder[column] < 0:
            break
        at = holder[column]
        rows.append(at)
    while True:
        at = before[column]
        holder[column], column = at, _column_of(holder, at, column)
        if column < 0:
            return


def _column_of(holder: list[int], row: int, besides: int) -> int:
    """The other column a row holds, or -1."""
    return next((column for column, held in enumerate(holder) if held == row and column != besides), -1)


def _cheapest(
    costs: Sequence[int],
    row: int,
    nearest: list[int | None],
    before: list[int],
    reached: list[int],
    of_row: list[int],
    of_column: list[int],
) -> tuple[int, int]:
    """The next column to reach, and the change of prices that reaches it."""
    best, step = -1, 0
    passed = set(reached)
    for column, cost in enumerate(costs):
        if column in passed:
            continue
        gap, known = cost - of_row[row] - of_column[column], nearest[column]
        if known is None or gap < known:
            known = nearest[column] = gap
            before[column] = row
        if best < 0 or known < step:
            best, step = column, known
    return best, step


def longest_ways(steps: Table) -> list[list[int]] | None:
    """The length of the longest way from each to each (0 to itself), or None where some circle adds up above 0.

    Floyd and Warshall; O(n³).
    """
    size = len(steps)
    far = [[0 if one == two else step for two, step in enumerate(row)] for one, row in enumerate(steps)]
    for middle in range(size):
        onward = far[middle]
        for row in far:
            first = row[middle]
            for end in range(size):
                row[end] = max(row[end], first + onward[end])
    return None if any(far[one][one] > 0 for one in range(size)) else far


def assignments_among(allowed: Sequence[Sequence[bool]], columns: list[int] | None = None) -> Iterator[list[int]]:
    """Every way to give each row an allowed column of its own, in order."""
    columns = columns or []
    if len(columns) == len(allowed):
        yield list(columns)
        return
    for column in range(len(allowed)):
        if column not in columns and allowed[len(columns)][column] and _completes(allowed, [*columns, column]):
            yield from assignments_among(allowed, [*columns, column])


def _completes(allowed: Sequence[Sequence[bool]], columns: list[int]) -> bool:
    """Whether the rows after those placed can each have an allowed column."""
    holder = dict.fromkeys(columns, -1)

    def find(row: int, seen: set[int]) -> bool:
        for column, may in enumerate(allowed[row]):
            if may and column not in seen and holder.get(column) != -1:
                seen.add(column)
                if column not in holder or find(holder[column], seen):
                    holder[column] = row
                    return True
        return False

    return all(find(row, set()) for row in range(len(columns), len(allowed)))
