"""Protocols in which a mediator carries the packages and hears the answers; the parties do not hear each other.

Single text: everybody is shown one draft and a change to it, and may veto the change; when no change is left that
nobody vetoes, everybody is asked to sign. M. Klein, P. Faratin, H. Sayama, Y. Bar-Yam, Negotiating Complex Contracts,
Group Decision and Negotiation 12 (2003).

Shuttle: a package goes to each side in turn and no further than the first that rejects it. While nothing stands, a
side says whether it could sign; once something stands, whether it prefers the new package, could live with the
change, or rejects it. What nobody rejects and somebody prefers takes its place.

“Yes, if …”: the package with these conditions in it is what the mediator brings next, and whoever set them is taken
to accept it. All that the mediator learns are the answers. Changes are tried in an order drawn with a seed.
"""

from __future__ import annotations

import random
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field

from evenhand.bargain.protocols.menu import Menu
from evenhand.bargain.protocols.turn import Answer, Ending, Kind, Play, Said, Turn, same
from evenhand.deals import Deal

_VETO: tuple[Kind, ...] = ("accept", "accept-if", "reject", "end")
_CARRIED: tuple[Kind, ...] = ("prefer", "accept", "accept-if", "reject", "end")

_CONDITIONS = 10
"""How often conditions may change a package that is brought to be signed when the time is over."""


@dataclass
class _Left(Exception):
    """A party left the table."""

    party: str
    step: int


@dataclass
class _Mediator:
    """Who asks: keeps what each party has heard, and counts the packages brought."""

    parties: Sequence[str]
    steps: int
    step: int = 0
    heard: dict[str, list[Said]] = field(default_factory=dict)
    course: list[tuple[int, Deal]] = field(default_factory=list)

    def ask(
        self, party: str, package: Deal, standing: Deal | None, allowed: tuple[Kind, ...]
    ) -> Generator[Turn, Answer, Answer]:
        """One party's answer, heard by itself alone."""
        own = self.heard.setdefault(party, [])
        step = min(self.step - 1, self.steps)
        answer = yield Turn(party, step, self.steps, allowed, package, standing, tuple(own))
        own.append(Said(step, party, answer, package, standing))
        if answer.kind == "end":
            raise _Left(party, step)
        return answer

    def bring(
        self, package: Deal, standing: Deal | None, allowed: tuple[Kind, ...], *, stop: bool
    ) -> Generator[Turn, Answer, tuple[Deal | None, bool]]:
        """Bring a package, and what becomes of it by conditions, to everybody.

        Gives back the package that nobody rejected, or None, and whether anybody prefers it. `stop`: go no further
        than the first who rejects.
        """
        waiting: list[tuple[Deal, str | None]] = [(package, None)]
        seen = {same(package)}
        limit = self.steps + (_CONDITIONS if standing is None else 0)
        while waiting and self.step < limit:
            package, author = waiting.pop(0)
            self.step += 1
            accepted, liked = True, False
            for party in self.parties:
                if party == author:
                    liked = True
                    continue
                answer = yield from self.ask(party, package, standing, allowed)
                liked |= answer.kind == "prefer"
                accepted &= answer.kind in ("accept", "prefer")
                if answer.kind == "accept-if" and answer.deal is not None and same(answer.deal) not in seen:
                    seen.add(same(answer.deal))
                    waiting.append((answer.deal, party))
                if stop and not accepted:
                    break
            if accepted:
                return package, liked
        return None, False


def single_text(parties: Sequence[str], menu: Menu, steps: int, seed: int, draft: Deal | None = None) -> Play:
    """Improve a draft (where none is given, one drawn from the menu) in at most `steps` changes; have it signed."""
    mediator = _Mediator(parties, steps)
    draft = draft or menu.first(seed)
    mediator.course.append((0, draft))
    try:
        draft = yield from _improved(mediator, menu, draft, random.Random(seed), _VETO, stop=False)
        mediator.step = steps
        signed, _ = yield from mediator.bring(draft, None, _VETO, stop=False)
    except _Left as left:
        return Ending("left", left.step, by=left.party, course=tuple(mediator.course))
    if signed is None:
        return Ending("refused", steps, course=tuple(mediator.course))
    return Ending("agreed", steps, signed, course=tuple(mediator.course))


def shuttle(parties: Sequence[str], menu: Menu, steps: int, seed: int, first: Deal | None = None) -> Play:
    """Carry at most `steps` packages: at random (after `first`, if given) until one stands, then changes to it."""
    mediator, rng = _Mediator(parties, steps), random.Random(seed)
    standing: Deal | None = None
    try:
        while standing is None and mediator.step < steps:
            package = first or menu.first(rng.randrange(2**32))
            first = None
            standing, _ = yield from mediator.bring(package, None, ("accept", "accept-if", "reject", "end"), stop=True)
        if standing is None:
            return Ending("deadline", steps - 1)
        mediator.course.append((mediator.step, standing))
        standing = yield from _improved(mediator, menu, standing, rng, _CARRIED, stop=True)
    except _Left as left:
        return Ending("left", left.step, by=left.party, course=tuple(mediator.course))
    return Ending("agreed", mediator.step - 1, standing, course=tuple(mediator.course))


def _improved(
    mediator: _Mediator, menu: Menu, standing: Deal, rng: random.Random, allowed: tuple[Kind, ...], *, stop: bool
) -> Generator[Turn, Answer, Deal]:
    """Try changes to what stands until none is left, or no step."""
    changes = _shuffled(menu, standing, rng)
    while mediator.step < mediator.steps:
        change = next(changes, None)
        if change is None:
            break
        taken, liked = yield from mediator.bring(change, standing, allowed, stop=stop)
        if taken is not None and (liked or "prefer" not in allowed):
            standing = taken
            mediator.course.append((mediator.step, standing))
            changes = _shuffled(menu, standing, rng)
    return standing


def _shuffled(menu: Menu, deal: Deal, rng: random.Random) -> Iterator[Deal]:
    changes = list(menu.changes(deal))
    rng.shuffle(changes)
    return iter(changes)
