"""`evenhand negotiate`: offers to and fro, between people at the keyboard and simulated parties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from evenhand.cli.negotiate_options import (
    PROTOCOLS,
    SCRIPT,
    Wanted,
    number,
    parties_of,
    principal,
    refusing,
    start_of,
    ways_of,
)
from evenhand.cli.running import Opened, console, progress, refuse, stop, write
from evenhand.cli.screens import clear, hand_over, read_line, say

if TYPE_CHECKING:
    from evenhand.bargain.protocols import Decider, Negotiation, Play, Turn

STOPPED = 1
"""The exit code when a negotiation with people was not brought to its end."""


def negotiate(
    case: Annotated[str, typer.Argument(metavar="CASE", help="A case file (YAML or JSON).", show_default=False)],
    protocol: Annotated[str, typer.Option(metavar="NAME", help=f"One of: {', '.join(PROTOCOLS)}.")] = "alternating",
    ways: Annotated[
        list[str] | None,
        typer.Option(
            "--as",
            metavar="PARTY=WAY",
            help="boulware, linear, conceder, tough, an exponent, tit-for-tat, micro, script:FILE; else a person.",
        ),
    ] = None,
    steps: Annotated[
        int | None, typer.Option(help="The deadline: steps, packages or rounds. [100; bids: 3]", min=1, max=2000)
    ] = None,
    first: Annotated[
        str | None,
        typer.Option(metavar="PARTY", help="Who speaks first; with --runs also `drawn`.", show_default=False),
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed for random choices.", min=0)] = 0,
    start: Annotated[
        str | None, typer.Option("--from", metavar="DEAL", help="The first draft or package; what is bid for.")
    ] = None,
    parts: Annotated[
        int | None, typer.Option(help="Simulated parties share divisibles in so many parts.", min=1, max=100)
    ] = None,
    payer: Annotated[str | None, typer.Option(metavar="PARTY", help="Bids: who pays the other.")] = None,
    most: Annotated[str | None, typer.Option(metavar="SUM", help="Bids: the largest sum that counts.")] = None,
    split: Annotated[str, typer.Option(help="Bids: how far from the lower sum to the higher the price lies.")] = "1/2",
    zone: Annotated[str, typer.Option(metavar="SUM", help="Bids: meet halfway if they miss by no more.")] = "0",
    runs: Annotated[
        int | None,
        typer.Option(help="Simulate so many; exponents may be ranges such as 0.25..4.", min=1, max=1_000_000),
    ] = None,
    log: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep every answer here; go on from it if it exists.")
    ] = None,
    party: Annotated[
        str | None, typer.Option("--for", metavar="PARTY", help="Show only what this party heard and its own worth.")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", help="Also write the deal to this file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of the view for people.")] = False,
) -> None:
    """Negotiate step by step: people at the keyboard, simulated parties, or both."""
    opened = Opened(case, as_json=as_json)
    eyes = opened.principal(party)
    opened.keep_apart(output)
    opened.keep_apart(log)
    if protocol not in PROTOCOLS:
        from evenhand.case import nearest_name

        refuse(f'there is no protocol "{protocol}".', nearest_name(protocol, list(PROTOCOLS)), as_json=as_json)
    named = ways_of(opened, ways or [])
    wanted = Wanted(
        protocol,
        steps or (3 if protocol == "blind-bids" else 100),
        seed,
        None if runs and first == "drawn" else principal(opened, "--first", first),
        parts,
        start_of(opened, start),
        principal(opened, "--payer", payer),
        number(opened, "--most", most) if most is not None else None,
        number(opened, "--split", split),
        number(opened, "--zone", zone),
    )
    if runs is not None:
        if eyes is not None:
            refuse("many negotiations at once are for the mediator.", "Leave out --for.", as_json=as_json)
        _simulate(opened, wanted, named, runs, vary=first == "drawn")
        return
    with refusing(opened):
        parties = parties_of(opened, wanted, named)
        negotiation = _begun(opened, wanted, log)
    _play(opened, wanted, negotiation, parties, log)
    _write(opened, negotiation, output)
    _show(opened, wanted, negotiation, named, eyes)


def _write(opened: Opened, negotiation: Negotiation, output: Path | None) -> None:
    from evenhand.deals import deal_file
    from evenhand.report.shape import dumped

    if output is not None and negotiation.ending is not None and negotiation.ending.deal is not None:
        write(str(output), dumped(deal_file(negotiation.ending.deal)) + "\n", as_json=opened.as_json)


def _who(opened: Opened, named: Mapping[str, str]) -> str:
    from evenhand.report.words import label, listed

    ids = [party.id for party in opened.case.principals]
    return listed([f"{label(opened.case, party)} ({named.get(party, 'in person')})" for party in ids])


def _begun(opened: Opened, wanted: Wanted, log: Path | None) -> Negotiation:
    """The negotiation, with the answers of the log already given. Raises NotDefined, NoDeal."""
    from evenhand.bargain.protocols import Negotiation, replay
    from evenhand.case import CaseError

    negotiation = Negotiation(opened.case, _play_of(opened, wanted))
    if log is not None and log.exists():
        try:
            replay(negotiation, opened.case, wanted.settings, log)
        except CaseError as error:
            stop(error.problems, as_json=opened.as_json)
        say(f"{len(negotiation.said)} answers were read from {log}.")
    return negotiation


def _play_of(opened: Opened, wanted: Wanted) -> Play:
    from evenhand.bargain.protocols import Menu, alternating, shuttle, single_text

    if wanted.protocol == "blind-bids":
        return _bids(opened, wanted)
    menu = Menu.of(opened.case, wanted.parts)
    ids = [party.id for party in opened.case.principals]
    at = ids.index(wanted.first) if wanted.first else 0
    order = [*ids[at:], *ids[:at]]
    if wanted.protocol == "alternating":
        return alternating(order, wanted.steps)
    play = single_text if wanted.protocol == "single-text" else shuttle
    return play(order, menu, wanted.steps, wanted.seed, wanted.start)


def _bids(opened: Opened, wanted: Wanted) -> Play:
    from evenhand.bargain.protocols import Bidding, blind_bids

    if wanted.start is None or wanted.payer is None or wanted.most is None:
        what = "sealed bids need a package (--from DEAL), who pays (--payer PARTY) and the largest sum (--most SUM)."
        refuse(what, "Add what is missing.", as_json=opened.as_json)
    return blind_bids(
        opened.case, Bidding(wanted.start, wanted.payer, wanted.most, wanted.steps, wanted.split, wanted.zone)
    )


def _play(
    opened: Opened, wanted: Wanted, negotiation: Negotiation, parties: Mapping[str, Decider], log: Path | None
) -> None:
    """Let simulated parties answer and ask people, to the end. What people said is kept at once."""
    last, asked = "", False
    while True:
        with refusing(opened):
            _go_on(opened, negotiation, parties)
        turn = negotiation.next_turn()
        if turn is None:
            break
        try:
            if turn.party != last:
                hand_over(opened.case, turn.party)
            _ask(negotiation, turn)
        except (EOFError, KeyboardInterrupt):
            _stopped(opened, negotiation, wanted, log)
        last, asked = turn.party, True
        _keep(opened, negotiation, wanted, log)
    _keep(opened, negotiation, wanted, log)
    if asked:
        clear()


def _go_on(opened: Opened, negotiation: Negotiation, parties: Mapping[str, Decider]) -> None:
    """Let simulated parties and scripts answer; a mistake in a script is named by its line."""
    from evenhand.bargain.protocols import Scripted
    from evenhand.case import Mistake, Problem

    try:
        negotiation.play(parties)
    except Mistake as mistake:
        turn = negotiation.next_turn()
        script = parties[turn.party] if turn is not None else None
        if turn is None or not isinstance(script, Scripted):
            raise
        stop([Problem(script.file, script.place(turn), 0, "", f"{mistake}.", mistake.mend)], as_json=opened.as_json)


def _ask(negotiation: Negotiation, turn: Turn) -> None:
    """Ask a person until the answer counts."""
    from evenhand.case import Mistake
    from evenhand.report.words import label, turn_words

    words = turn_words(negotiation.case, turn)
    say(f"\nFor {label(negotiation.case, turn.party)} alone:")
    for line in words.lines:
        say(fill(line, 76, initial_indent="  ", subsequent_indent="    "))
    say(fill(f"Answer: {words.answer}", 76, subsequent_indent="  "))
    while True:
        try:
            negotiation.answer(read_line("Your answer: "))
            return
        except Mistake as mistake:
            say(f"  That does not count: {mistake}. {mistake.mend}")


def _keep(opened: Opened, negotiation: Negotiation, wanted: Wanted, log: Path | None) -> None:
    from evenhand.bargain.protocols import save_log

    if log is None:
        return
    try:
        save_log(negotiation, opened.case, wanted.settings, log)
    except OSError as error:
        refuse(f"{log} cannot be written ({error.strerror}).", "Name another log.", as_json=opened.as_json)


def _stopped(opened: Opened, negotiation: Negotiation, wanted: Wanted, log: Path | None) -> NoReturn:
    clear()
    _keep(opened, negotiation, wanted, log)
    kept = f"Every answer is in {log}; the same command goes on from it." if log else "No log was kept (--log)."
    say(f"\nStopped before the end. {kept}")
    raise typer.Exit(STOPPED)


def _show(opened: Opened, wanted: Wanted, negotiation: Negotiation, named: Mapping[str, str], eyes: str | None) -> None:
    from evenhand.bargain.protocols import Menu, standing_of
    from evenhand.report.negotiations import Told, show_told, told_json
    from evenhand.report.shape import dumped

    told = Told.of(opened.case, negotiation, wanted.steps, eyes, open_table=wanted.protocol == "alternating")
    deal = told.ending.deal
    if eyes is None and deal is not None and not deal.payments:
        told = replace(told, standing=standing_of(opened.case, deal, Menu.of(opened.case, wanted.parts)))
    if opened.as_json:
        typer.echo(dumped(told_json(told, wanted.settings)))
    else:
        show_told(console(), told, f"{PROTOCOLS[wanted.protocol]}: {_who(opened, named)}")


def _simulate(opened: Opened, wanted: Wanted, named: Mapping[str, str], runs: int, *, vary: bool) -> None:
    """Many negotiations between simulated parties, and what came of them."""
    from evenhand.bargain.protocols import simulate
    from evenhand.report.negotiations import Summary, show_summary, summary_json
    from evenhand.report.shape import dumped
    from evenhand.solve import Limits

    ids = [party.id for party in opened.case.principals]
    people = [party for party in ids if named.get(party, SCRIPT).startswith(SCRIPT)]
    if people or wanted.protocol != "alternating":
        what = "many negotiations at once are for alternating offers between simulated parties."
        refuse(what, f"Give each a way, such as --as {(people or ids)[0]}=boulware.", as_json=opened.as_json)
    with refusing(opened), progress(quiet=opened.as_json) as tell:
        results = simulate(
            opened.case,
            named,
            wanted.steps,
            runs,
            wanted.seed,
            first=wanted.first,
            vary=vary,
            parts=wanted.parts,
            limits=Limits(),
            progress=tell,
        )
    summary, settings = Summary.of(results), {**wanted.settings, "as": dict(named)}
    if opened.as_json:
        typer.echo(dumped(summary_json(summary, results, settings)))
    else:
        played = f"{len(results.agreed):,}" + ("" if len(results.agreed) == runs else f" of {runs:,}, stopped early:")
        title = f"{played} negotiations of at most {wanted.steps} steps, seed {wanted.seed}: {_who(opened, named)}"
        show_summary(console(), opened.case, summary, title)
