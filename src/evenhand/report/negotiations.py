"""Negotiations for people at a terminal and as plain data: how they ended, and the path of offers.

Without a party it is the mediator's view: what everything was worth to each. With one, it holds what that party heard
and what it was worth to that party, and nothing that depends on others' points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from evenhand.bargain.protocols import Ending, Negotiation, Results, Said, Standing, Zone, plain
from evenhand.case import Case, fraction_text
from evenhand.deals import Deal, deal_file, value_of
from evenhand.report.terminal import section, settlements
from evenhand.report.words import changes_text, ending_text, label, points, said_text, standing_text
from evenhand.report.words.plain import points_of

_ROWS = 16
"""So many rows of a path are shown; a longer one loses its middle."""


@dataclass(frozen=True)
class Told:
    """A negotiation that ended, as somebody may see it: the case seen, whose worths, what was heard, and how the deal
    stands against others (the mediator's alone)."""

    case: Case
    parties: tuple[str, ...]
    ending: Ending
    said: tuple[Said, ...]
    steps: int
    standing: Standing | None = None

    @classmethod
    def of(cls, case: Case, negotiation: Negotiation, steps: int, eyes: str | None, *, open_table: bool) -> Told:
        """Everything for the mediator, but for sealed sums, which stay in the log; for one party what it heard.

        `open_table`: everybody hears everything.
        """
        assert negotiation.ending is not None
        heard = (said for said in negotiation.said if eyes is None or open_table or said.party == eyes)
        said = tuple(said for said in heard if eyes is not None or said.answer.amount is None)
        if eyes is None:
            return cls(case, tuple(party.id for party in case.principals), negotiation.ending, said, steps)
        return cls(case.seen_by(eyes), (eyes,), negotiation.ending, said, steps)

    def worths(self, deal: Deal) -> dict[str, str]:
        """What a package is worth to each party in view, as exact text."""
        return {party: fraction_text(value_of(self.case, deal, party)) for party in self.parties}


def told_json(told: Told, settings: dict[str, object]) -> dict[str, Any]:
    """As plain data. Keys: negotiate (settings), ended, step (from 1), by, deal (and payments) and value, said ([{step,
    party, answer, value}, …]), stood (packages that stood in turn) and efficient ({among, better: a deal or null}; null
    where that cannot be told): these two for the mediator."""
    ending = told.ending
    said = [
        {
            "step": said.step + 1,
            "party": said.party,
            "answer": plain(said.answer),
            **({"value": told.worths(said.answer.deal)} if said.answer.deal else {}),
        }
        for said in told.said
    ]
    settled = {**deal_file(ending.deal), "value": told.worths(ending.deal)} if ending.deal else {"deal": None}
    stood = [{"step": step, **deal_file(deal), "value": told.worths(deal)} for step, deal in ending.course]
    return {
        "negotiate": settings,
        "ended": ending.why,
        "step": min(ending.step + 1, told.steps),
        "by": ending.by,
        **settled,
        "said": said,
        **({"stood": stood, "efficient": _efficient(told)} if len(told.parties) > 1 else {}),
    }


def _efficient(told: Told) -> dict[str, object] | None:
    if told.standing is None:
        return None
    better = told.standing.better
    return {"among": told.standing.among, "better": deal_file(better)["deal"] if better else None}


def show_told(console: Console, told: Told, title: str) -> None:
    """How it ended, the deal, and the path that led there."""
    case, ending = told.case, told.ending
    console.print(Text(f"{case.title}\n", style="bold"), Text(title, style="dim"), sep="")
    console.print()
    console.print(Text(ending_text(case, ending, told.steps)))
    if ending.deal is not None:
        console.print(section("The deal"), settlements(case, ending.deal))
        for party, worth in told.worths(ending.deal).items():
            floor = case.preferences[party].no_deal
            console.print(Text(f" {label(case, party)}: {points_of(worth)} points; no deal: {points(floor)}"))
    if told.standing is not None and ending.deal is not None:
        console.print(Text(f" {standing_text(case, ending.deal, told.standing)}"))
    if ending.course and len(told.parties) > 1:
        console.print(section("What stood, in turn (worth to each)"), _grid(told, _stood(told)))
        console.print(section("What they answered"))
        for line in _tally(told):
            console.print(Text(line))
    elif told.said:
        console.print(section("Who said what (worth to each)"), _grid(told, _path(told)))


_Row = tuple[str, str, Deal | None]


def _stood(told: Told) -> list[_Row]:
    """The packages in turn, each by what changed; with the number of packages brought by then."""
    before: Deal | None = None
    rows: list[_Row] = []
    for step, deal in told.ending.course:
        text = changes_text(told.case, before, deal) if before else "the first to stand"
        rows.append((str(step), text, deal))
        before = deal
    return rows


def _tally(told: Told) -> list[str]:
    """How often each party gave which answer."""
    rows = []
    for party in told.parties:
        kinds = Counter(said.answer.kind for said in told.said if said.party == party)
        rows.append(f" {label(told.case, party)}: " + ", ".join(f"{kind} {times}" for kind, times in kinds.items()))
    return rows


def _path(told: Told) -> list[_Row]:
    """One row for what a party said, however many steps in a row it said the same; in the order of the first time."""
    rows: list[tuple[int, _Row]] = []
    numbered = list(enumerate(told.said))
    for party in dict.fromkeys(said.party for said in told.said):
        own = [(place, said) for place, said in numbered if said.party == party]
        before: Deal | None = None
        for _, same_said in groupby(own, key=lambda row: (row[1].answer, row[1].standing and row[1].package)):
            run = [*same_said]
            first, last = run[0][1].step + 1, run[-1][1].step + 1
            steps = str(first) if first == last else f"{first}–{last}"
            deal = run[0][1].answer.deal
            text = f"{label(told.case, party)} {said_text(told.case, run[0][1], before)}"
            shown = deal or (run[0][1].package if run[0][1].standing else None)
            rows.append((run[0][0], (steps, text, shown)))
            before = deal or before
    return [row for _, row in sorted(rows, key=lambda found: found[0])]


def _grid(told: Told, rows: Sequence[_Row]) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    for _ in told.parties:
        grid.add_column(justify="right", no_wrap=True)
    grid.add_row("", "", *(Text(label(told.case, party)[:12], style="dim") for party in told.parties))
    for row in _shortened(rows):
        if row is None:
            grid.add_row("…", Text(f"({len(rows) - _ROWS} more; --json has all)", style="dim"))
            continue
        steps, text, deal = row
        worths = [points_of(worth) for worth in told.worths(deal).values()] if deal else [""] * len(told.parties)
        grid.add_row(Text(steps), Text(text), *worths)
    return grid


def _shortened(rows: Sequence[_Row]) -> list[_Row | None]:
    if len(rows) <= _ROWS:
        return list(rows)
    return [*rows[: _ROWS // 2], None, *rows[-_ROWS // 2 :]]


@dataclass(frozen=True)
class Summary:
    """What came of many negotiations: rates and means in floats, the mediator's alone.

    `gains` are mean points above no deal, over all runs; `to_nash` and `to_efficient` mean distances of the agreements
    in parts of the parties' ranges (None without an agreement); `efficient` the part of the agreements that are so.
    """

    runs: int
    agreed: int
    steps: float
    gains: dict[str, float]
    to_nash: float | None
    to_efficient: float | None
    efficient: float | None

    @classmethod
    def of(cls, results: Results) -> Summary:
        """Add up some results."""
        zone = Zone.of(results.owns)
        rows = [int(row) for row in results.agreed if row >= 0]
        counted = Counter(rows)
        no_deal = [float(own.case.preferences[own.party].no_deal) for own in results.owns]
        means = (results.worths() - no_deal).mean(axis=0)
        nash = zone.nash
        return cls(
            len(results.agreed),
            len(rows),
            float(results.steps.mean()) + 1,
            {own.party: float(mean) for own, mean in zip(results.owns, means, strict=True)},
            _mean(counted, lambda row: zone.distance(row, nash)) if nash is not None else None,
            _mean(counted, zone.shortfall),
            _mean(counted, lambda row: float(zone.efficient(row))),
        )


def _mean(counted: Mapping[int, int], measure: Callable[[int], float]) -> float | None:
    total = sum(counted.values())
    return sum(times * measure(row) for row, times in counted.items()) / total if total else None


def summary_json(summary: Summary, results: Results, settings: Mapping[str, object]) -> dict[str, Any]:
    """As plain data: negotiate (settings), runs, agreed, steps, gains, to_nash, to_efficient, efficient, each ([{first,
    step, deal}, …], deals by number in `deals`)."""
    parties = [own.party for own in results.owns]
    rows = sorted({int(row) for row in results.agreed if row >= 0})
    number = {row: at for at, row in enumerate(rows)}
    each = [
        {"first": parties[int(first)], "step": int(step) + 1, "deal": number.get(int(row))}
        for first, step, row in zip(results.first, results.steps, results.agreed, strict=True)
    ]
    deals = [deal_file(results.menu.deal(results.menu.picks[row]))["deal"] for row in rows]
    return {"negotiate": dict(settings), **asdict(summary), "deals": deals, "each": each}


def show_summary(console: Console, case: Case, summary: Summary, title: str) -> None:
    """What came of many negotiations, in a few lines."""
    console.print(Text(f"{case.title}\n", style="bold"), Text(title, style="dim"), sep="")
    console.print()
    rows = [("Agreements", f"{summary.agreed:,} of {summary.runs:,}"), ("Steps on average", f"{summary.steps:.1f}")]
    gains = ", ".join(f"{label(case, party)} {gain:.2f}" for party, gain in summary.gains.items())
    rows.append(("Points above no deal, on average", gains))
    if summary.efficient is not None:
        rows.append(("Agreements that nothing beats for all", f"{summary.efficient:.0%}"))
        rows.append(("Distance to the nearest such deal", f"{summary.to_efficient:.3f} of a party's range"))
    if summary.to_nash is not None:
        rows.append(("Distance to the Nash package", f"{summary.to_nash:.3f} of a party's range"))
    grid = Table.grid(padding=(0, 2))
    for name, text in rows:
        grid.add_row(Text(f" {name}"), Text(text))
    console.print(grid)
