"""Bargaining as a part of the HTML report: for the mediator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from evenhand.bargain import menu_of
from evenhand.case import Issue
from evenhand.certify import PROPERTIES
from evenhand.report.charts import Bar, bars, colour_of
from evenhand.report.picture import grouped, picture_of
from evenhand.report.scatter import scatter
from evenhand.report.words import (
    addition_lines,
    conflict_lines,
    listed,
    package_notes,
    payments_text,
    point_notes,
    points,
    relief_lines,
    settlement_text,
    table_lines,
    trade_lines,
    zone_text,
)
from evenhand.settle import Bargaining

_RELIEFS = 8


@dataclass(frozen=True)
class BargainingPart:
    """What the template shows: sentences, pictures and tables, all made."""

    zone: str
    notes: list[str]
    picture: Markup
    legend: list[tuple[str, str]]
    letters: list[str]
    packages: list[tuple[str, str, list[str]]]
    why: list[tuple[str, str, tuple[str, ...], str]]
    settled: list[tuple[Issue, list[str]]]
    payments: list[str]
    proved: list[tuple[str, str, list[str]]]
    table: list[str]
    trades: list[list[str]]
    conflict: list[str]
    reliefs: list[list[str]]
    outside: list[str]


def bargaining_part(found: Bargaining) -> BargainingPart:
    """Everything of a bargaining, ready to show."""
    case, rows, conflict = found.case, grouped(found), found.conflict
    picked = [found.agreed[number] for _, _, number in rows]
    deals = [package.deal for package, _ in picked]
    picture = picture_of(found) if found.has_zone else None
    return BargainingPart(
        zone=zone_text(found),
        notes=list(point_notes(found)),
        # every name in the pictures is escaped where they are made
        picture=Markup(scatter(picture) if picture else "".join(_bars(found))),
        legend=[row for row in picture.legend() if row[0] != "x"] if picture else [],
        letters=[letter for letter, _, _ in rows],
        packages=[
            (letter, listed(titles), [f"{points(v)} (+{points(found.agreed[n][0].gains[p])})" for p, v in values])
            for letter, titles, n in rows
            for values in [found.agreed[n][0].values.items()]
        ],
        why=[
            (s.title, " ".join([f"{s.in_short}.", *package_notes(p)]), s.axioms, f"{s.definition} Source: {s.source}.")
            for p, s in ((package, package.solution) for package, _ in found.agreed)
        ],
        settled=[(issue, [settlement_text(case, issue, deal) for deal in deals]) for issue in case.issues],
        payments=[payments_text(case, deal) for deal in deals],
        proved=[
            (
                PROPERTIES[c.property].title,
                PROPERTIES[c.property].meaning,
                [s.certificate(c.property).verdict for _, s in picked],
            )
            for c in (picked[0][1].certificates if picked else ())
        ],
        table=[table_lines(case, row) for row in found.table],
        trades=[list(trade_lines(found, trade)) for trade in found.trades],
        conflict=list(conflict_lines(case, conflict)) if conflict else [],
        reliefs=[list(relief_lines(case, relief)) for relief in conflict.reliefs[:_RELIEFS]] if conflict else [],
        outside=list(addition_lines(case, conflict.added)) if conflict and conflict.added else [],
    )


def _bars(found: Bargaining) -> Iterator[str]:
    """For each different package a bar per party: its gain of the most it could gain."""
    ideal = menu_of(found.frontier).ideal if found.has_zone else ()
    for letter, titles, number in grouped(found):
        gains = found.agreed[number][0].gains
        rows = [
            Bar(found.case.party(party).label, gain, most, gain * 0, colour_of(n))
            for n, ((party, gain), most) in enumerate(zip(gains.items(), ideal, strict=True))
        ]
        yield f"<h4>{letter}: {listed(titles)}</h4>{bars(rows, 'Gain of each party, of the most it could gain')}"
