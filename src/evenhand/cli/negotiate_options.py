"""What `evenhand negotiate` was asked for: checked options, and who plays whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli.running import Opened, refuse, stop

if TYPE_CHECKING:
    from evenhand.bargain.protocols import Decider, Scripted
    from evenhand.deals import Deal

PROTOCOLS = {
    "alternating": "alternating offers",
    "single-text": "one text, changed step by step",
    "shuttle": "packages carried from side to side",
    "blind-bids": "sealed bids for money",
}
SCRIPT = "script:"


@dataclass(frozen=True)
class Wanted:
    """What the command was asked for; `settings` is what a log must agree with."""

    protocol: str
    steps: int
    seed: int
    first: str | None
    parts: int | None
    start: Deal | None
    payer: str | None
    most: Fraction | None
    split: Fraction
    zone: Fraction

    @property
    def settings(self) -> dict[str, object]:
        """The settings as plain data, without those left open."""
        from evenhand.case import fraction_text
        from evenhand.deals import deal_json

        found: dict[str, object] = {"protocol": self.protocol, "steps": self.steps, "seed": self.seed}
        found |= {"first": self.first, "parts": self.parts, "payer": self.payer}
        found["from"] = deal_json(self.start) if self.start else None
        if self.protocol == "blind-bids" and self.most is not None:
            found |= {"most": fraction_text(self.most), "split": fraction_text(self.split)}
            found["zone"] = fraction_text(self.zone)
        return {name: value for name, value in found.items() if value is not None}


def ways_of(opened: Opened, ways: list[str]) -> dict[str, str]:
    """{party: way} from --as, checked for parties; ways are checked where they are made."""
    found: dict[str, str] = {}
    for text in ways:
        party, sign, way = text.partition("=")
        if not sign or not way:
            refuse(f'"--as {text}" says no way.', "Write PARTY=WAY, such as ana=boulware.", as_json=opened.as_json)
        if principal(opened, "--as", party) in found:
            refuse(f'"{party}" has two ways.', "Name each party once with --as.", as_json=opened.as_json)
        found[party] = way
    return found


def principal(opened: Opened, option: str, party: str | None) -> str | None:
    """The party that an option names, checked."""
    from evenhand.case import nearest_name

    ids = [found.id for found in opened.case.principals]
    if party is not None and party not in ids:
        refuse(f'{option}: there is no principal "{party}".', nearest_name(party, ids), as_json=opened.as_json)
    return party


def number(opened: Opened, option: str, text: str) -> Fraction:
    """A number of 0 or above; a split also at most 1."""
    from evenhand.case import Mistake, exact

    try:
        found = exact(text)
    except Mistake as mistake:
        refuse(f"{option}: {mistake}.", mistake.mend, as_json=opened.as_json)
    if found < 0 or (option == "--split" and found > 1):
        refuse(f"{option}: {text} does not count.", "Write a number from 0 (a split: to 1).", as_json=opened.as_json)
    return found


def start_of(opened: Opened, file: str | None) -> Deal | None:
    """The deal given with --from, without payments; it keeps the open rules."""
    from evenhand.case import CaseError
    from evenhand.deals import broken_rules, load_deal

    if file is None:
        return None
    try:
        deal = load_deal(opened.case, file).without_money
    except CaseError as error:
        stop(error.problems, as_json=opened.as_json)
    broken = [found.rule.id for found in broken_rules(opened.case, deal) if found.rule.party is None]
    if broken:
        refuse(f"{file} breaks the rule “{broken[0]}”.", "Begin with a deal that keeps it.", as_json=opened.as_json)
    return deal


@contextmanager
def refusing(opened: Opened) -> Iterator[None]:
    """Turn a refusal of a protocol or party into one clear error."""
    from evenhand.case import Mistake
    from evenhand.deals import NoDeal, NotDefined

    try:
        yield
    except (NotDefined, NoDeal) as error:
        refuse(opened.reason(str(error)), "Change the case, or name another way.", as_json=opened.as_json)
    except Mistake as mistake:
        refuse(f"{mistake}.", mistake.mend, as_json=opened.as_json)


def parties_of(opened: Opened, wanted: Wanted, named: Mapping[str, str]) -> dict[str, Decider]:
    """Whoever is not a person. Raises Mistake, NotDefined."""
    from evenhand.bargain.protocols import Bidder, Menu, Own, exponent_of, simulated

    found: dict[str, Decider] = {}
    for party, way in named.items():
        if way.startswith(SCRIPT):
            found[party] = _script(opened, party, way.removeprefix(SCRIPT))
        elif wanted.protocol == "blind-bids":
            found[party] = Bidder(opened.case.seen_by(party), party, exponent_of(way))
        else:
            own = Own.of(opened.case, party, Menu.of(opened.case, wanted.parts))
            found[party] = simulated(own, way, wanted.seed)
    return found


def _script(opened: Opened, party: str, file: str) -> Scripted:
    """The answers in a file, one a line; empty lines and what follows a # do not count."""
    from evenhand.bargain.protocols import Scripted

    try:
        text = Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text in UTF-8"
        refuse(f"{file} cannot be read ({why}).", "Name a text file with an answer a line.", as_json=opened.as_json)
    lines = [(number, line.split("#")[0].strip()) for number, line in enumerate(text.splitlines(), 1)]
    kept = [(number, line) for number, line in lines if line]
    return Scripted(party, tuple(line for _, line in kept), file, tuple(number for number, _ in kept))
