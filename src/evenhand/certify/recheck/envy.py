"""Rechecks of envy: every part is added up again by every party's points."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from evenhand.certify.recheck import worth
from evenhand.certify.recheck.claim import Claim, rows_of, same, wrong
from evenhand.certify.recheck.meaning import mixed, needs_comparable_parts, needs_whole_things


class _Look:
    """One party's look at its own part and another's."""

    def __init__(self, claim: Claim, party: str, other: str, parts: Mapping[str, worth.Part]) -> None:
        self.claim, self.party, self.other = claim, party, other
        self.mine, self.theirs = parts[party], parts[other]
        self.own, self.others = self.after("")

    def after(self, left_out: str) -> tuple[Fraction, Fraction]:
        """What both parts are worth to the party with one thing left out."""
        parts = (worth.without(part, left_out) for part in (self.mine, self.theirs))
        own, others = (worth.of_part(self.claim.case, self.party, part) for part in parts)
        return own, others

    def envious(self, values: tuple[Fraction, Fraction]) -> bool:
        """Whether these values leave envy, per entitlement."""
        case = self.claim.case
        return values[0] / case.party(self.party).entitlement < values[1] / case.party(self.other).entitlement

    def facts(self) -> dict[str, Any]:
        """What every row about this look says."""
        return {"party": self.party, "envies": self.other, "own": self.own, "other": self.others}

    def same(self, row: Any, *, left_out: bool) -> tuple[Fraction, Fraction] | None:
        """Compare a row with what is so; what it says comes after leaving out the thing it names."""
        if not left_out or not isinstance(row, dict) or "left_out" not in row:
            same(row, self.facts(), f"the row of {self.party} on {self.other}")
            return None
        thing = str(row["left_out"])
        if thing not in self.mine and thing not in self.theirs:
            wrong(f"“{thing}” is in neither part")
        own, others = self.after(thing)
        after = {"left_out": thing, "own_after": own, "other_after": others}
        same(row, {**self.facts(), **after}, f"the row of {self.party} on {self.other}")
        return own, others


def _looks(claim: Claim) -> list[_Look]:
    parts = _parts(claim)
    return [_Look(claim, party, other, parts) for party in claim.eyes for other in claim.parties if other != party]


def _parts(claim: Claim) -> dict[str, worth.Part]:
    return {party: worth.part_of(claim.case, party, claim.deal) for party in claim.parties}


def envy_free(claim: Claim) -> None:
    """The witness has the worth of every part to every party, and every envy. O(n² + n m) additions."""
    needs_comparable_parts(claim)
    parts = _parts(claim)
    table = {
        party: {other: worth.of_part(claim.case, party, part) for other, part in parts.items()} for party in claim.eyes
    }
    weight = {party: claim.case.party(party).entitlement for party in claim.parties}
    envy = [
        {"party": one, "envies": two, "own": table[one][one], "other": table[one][two]}
        for one in claim.eyes
        for two in claim.parties
        if table[one][one] / weight[one] < table[one][two] / weight[two]
    ]
    claim.must_be({**({"envy": envy} if envy else {}), "worth": table}, holds=not envy)


def ef1(claim: Claim) -> None:
    """Holds: one thing ends each envy. Fails: some envy that leaving out no single thing ends. O(n² m)."""
    _up_to(claim, everywhere=False)


def efx(claim: Claim) -> None:
    """Holds: leaving out any thing that counts ends each envy. Fails: a thing that does not. O(n² m)."""
    if mixed(claim):
        wrong("it has no meaning here: goods stand beside burdens")
    _up_to(claim, everywhere=True)


def _up_to(claim: Claim, *, everywhere: bool) -> None:
    needs_comparable_parts(claim)
    envious = [look for look in _looks(claim) if look.envious((look.own, look.others))]
    if envious:
        needs_whole_things(claim)
    name = "ended" if claim.holds else "envy"
    claim.only(name)
    rows = rows_of(claim.witness.get(name), name)
    stays = [look for look in envious if (_stays_somewhere(look) if everywhere else _stays_everywhere(look))]
    claim.verdict_is(holds=not stays)
    looks = envious if claim.holds else stays
    if len(rows) != len(looks):
        wrong(f"there are {len(looks)} such envies, not {len(rows)}")
    for row, look in zip(rows, looks, strict=True):
        after = look.same(row, left_out=not (everywhere and claim.holds))
        if after is None:
            needed = everywhere != claim.holds and bool(look.mine or look.theirs)
            if needed:
                wrong(f"the thing left out for {look.party} and {look.other} is missing")
        elif look.envious(after) == claim.holds:
            wrong(f"leaving out {row['left_out']} does not do what is said")
        elif everywhere and not _counts(look, after):
            wrong(f"{row['left_out']} makes no difference to {look.party}")


def _counts(look: _Look, after: tuple[Fraction, Fraction]) -> bool:
    return after[0] > look.own or after[1] < look.others


def _stays_everywhere(look: _Look) -> bool:
    return all(look.envious(look.after(thing)) for thing in {**look.mine, **look.theirs})


def _stays_somewhere(look: _Look) -> bool:
    afters = (look.after(thing) for thing in {**look.mine, **look.theirs})
    return any(look.envious(after) and _counts(look, after) for after in afters)
