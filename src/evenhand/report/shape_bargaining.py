"""The stable JSON of bargaining. Fractions are text; for the mediator, but for `on_table_json` of one's own table."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from evenhand.bargain import BargainingSolution, Conflict, Package, Relief
from evenhand.case import fraction_text
from evenhand.deals import deal_file
from evenhand.report.shape import lines_json
from evenhand.report.words import point_notes
from evenhand.settle import Bargaining, NextTrade, OnTable, Solution


def bargaining_json(found: Bargaining) -> dict[str, Any]:
    """Everything, as plain data.

    Keys: zone, disagreement, notes, efficient, packages, refused, table, trades, conflict (null where there is a zone),
    seconds, and lines where there is land. The efficient values themselves are what `evenhand frontier --json` prints.
    """
    frontier = found.frontier
    return {
        "zone": found.has_zone,
        "disagreement": {"is": "deal" if found.start else "no_deal", "points": _texts(found.disagreement)},
        "notes": list(point_notes(found)),
        "efficient": {
            "values": len(frontier),
            "stretches": len(frontier.segments),
            "complete": frontier.complete,
            "gap": fraction_text(frontier.gap),
        },
        "packages": [package_json(package, solution) for package, solution in found.agreed],
        "refused": [{"solution": solution.id, "why": why} for solution, why in found.refused],
        "table": [on_table_json(row) for row in found.table],
        "trades": [_trade_json(trade) for trade in found.trades],
        "conflict": None if found.conflict is None else _conflict_json(found.conflict),
        "seconds": round(found.seconds, 3),
        **lines_json(found.case),
    }


def package_json(package: Package, solution: Solution) -> dict[str, Any]:
    """A picked package; keys: solution, deal, points, gains, ties, whole_stretch, gap, certificates."""
    return {
        "solution": package.solution.id,
        **deal_file(package.deal),
        "points": _texts(package.values),
        "gains": _texts(package.gains),
        "ties": package.ties,
        "whole_stretch": package.whole_stretch,
        "gap": package.gap,
        "certificates": [certificate.as_json() for certificate in solution.certificates],
    }


def on_table_json(row: OnTable) -> dict[str, Any]:
    """A proposal; keys: proposal, by, deal (null where issues are open), open, points, breaks."""
    return {
        "proposal": row.proposal.id,
        "by": row.proposal.by,
        "deal": deal_file(row.deal)["deal"] if row.deal else None,
        "open": list(row.open_issues),
        "points": _texts(row.values),
        "breaks": [found.rule.id for found in row.broken],
    }


def solution_row(solution: BargainingSolution) -> dict[str, Any]:
    """A solution explained."""
    return {
        "solution": solution.id,
        "title": solution.title,
        "in_short": solution.in_short,
        "axioms": list(solution.axioms),
        "definition": solution.definition,
        "source": solution.source,
    }


def _trade_json(found: NextTrade) -> dict[str, Any]:
    trade = found.trade
    return {
        "from": found.of,
        "start": deal_file(found.start),
        "trade": trade and {"changed": list(trade.changed), **deal_file(trade.deal), "gains": _texts(trade.gains)},
        "certificates": [certificate.as_json() for certificate in found.certificates],
    }


def _conflict_json(conflict: Conflict) -> dict[str, Any]:
    return {
        "clash": list(conflict.clash),
        "reliefs": [_relief_json(relief) for relief in conflict.reliefs],
        "added_from_outside": conflict.added and _relief_json(conflict.added),
        "tried": conflict.tried,
        "finished": conflict.finished,
    }


def _relief_json(relief: Relief) -> dict[str, Any]:
    return {
        "without_rules": list(relief.rules),
        "lowered": _texts(relief.lowered),
        "least": relief.least,
        **deal_file(relief.deal),
        "points": _texts(relief.values),
    }


def _texts(numbers: Mapping[str, Fraction]) -> dict[str, str]:
    return {party: fraction_text(number) for party, number in numbers.items()}
