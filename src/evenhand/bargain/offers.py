"""The offers on the table: whose move is next, what could come of each, what is agreed, and which are closest.

An offer settles some issues or all. Whoever put it has accepted it unless the file says otherwise; only principals have
to answer. Two offers differ on an issue that both settle by 1 where they settle it otherwise, and where both share it
out by the part that would have to change hands; the distance between two offers is the sum over the issues
that both settle. What a party gives up by moving to another offer is counted in its own points over the same issues.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from evenhand.bargain.reach import Clash, Terms, conditions_as_rules, reach, settles_all, settles_whole, shares_of
from evenhand.case import Cake, Case, Proposal, Term
from evenhand.deals import worth_of


@dataclass(frozen=True)
class Standing:
    """One offer: `state`, the parties whose move is `next`, and what its terms allow.

    `state` is "agreed"; "refused" (somebody refused, so only a new offer helps); "open" (somebody has not answered);
    "unnamed" (a condition is not stated on issues, so its owner is to name it); or "conditions" (for the others to
    accept). `complete`: its terms settle every issue. `checked` is False where something is left open and a
    whole thing is shared, or everyone is to get one thing: that is not searched. `clash`: what is in the way of
    every complete deal with these terms; `conditions_clash`: the same once conditions on issues hold too; None where
    nothing is.
    """

    offer: Proposal
    state: str
    next: tuple[str, ...]
    complete: bool
    checked: bool
    clash: Clash | None
    conditions_clash: Clash | None


@dataclass(frozen=True)
class Agreed:
    """What accepted offers settle together. `disputed`: issues that two of them settle otherwise. `open`: issues that
    are not wholly settled. `checked` and `clash` are those of the terms together."""

    offers: tuple[str, ...]
    terms: Terms
    disputed: tuple[str, ...]
    open: tuple[str, ...]
    checked: bool
    clash: Clash | None

    @property
    def settles(self) -> bool:
        """Whether this is a complete deal that keeps every rule."""
        return self.checked and not self.open and not self.disputed and self.clash is None


@dataclass(frozen=True)
class Difference:
    """An issue on which two offers differ: by how much, and what each offering party would give up by moving."""

    issue: str
    part: Fraction
    gives_up: Mapping[str, Fraction]

    @property
    def cheaper(self) -> str | None:
        """The party that gives up fewer points by moving; None where both give up as much, or one is not known."""
        found = sorted(self.gives_up.items(), key=lambda row: row[1])
        return found[0][0] if len(found) == 2 and found[0][1] < found[1][1] else None


@dataclass(frozen=True)
class Pair:
    """Two offers of different parties. `common`: the issues both settle. `gives_up`: what each offering principal whose
    points are known would lose by taking the other offer whole; `least` (where both are known): what is given up in
    all if on each issue the one moves that gives up less. Points that come together count in `gives_up` only."""

    one: Proposal
    two: Proposal
    common: tuple[str, ...]
    differences: tuple[Difference, ...]
    gives_up: Mapping[str, Fraction]

    @property
    def distance(self) -> Fraction:
        """The sum of the differences over the issues that both settle."""
        return sum((found.part for found in self.differences), Fraction(0))

    @property
    def least(self) -> Fraction | None:
        """The points given up in all if on each issue the one moves that gives up less."""
        if any(len(found.gives_up) < 2 for found in self.differences):
            return None
        return sum((min(found.gives_up.values()) for found in self.differences), Fraction(0))


def standings(case: Case) -> tuple[Standing, ...]:
    """Every offer as it stands, in the case's order."""
    return tuple(_standing(case, offer) for offer in case.proposals)


def _standing(case: Case, offer: Proposal) -> Standing:
    state, following = _move(case, offer)
    complete = settles_all(case, offer.terms)
    checked, clash = reach(case, offer.terms)
    conditions = conditions_as_rules(case, offer)
    met = reach(case, offer.terms, conditions)[1] if checked and clash is None and conditions else clash
    return Standing(offer, state, following, complete, checked, clash, met)


def answer_of(offer: Proposal, party: str) -> str:
    """A party's answer; that of who put the offer is yes, of others open, unless the file says otherwise."""
    return offer.answers.get(party, "accepted" if party == offer.by else "open")


def _move(case: Case, offer: Proposal) -> tuple[str, tuple[str, ...]]:
    """How far an offer has come, and who is to move."""
    given: dict[str, list[str]] = {}
    for party in case.principals:
        given.setdefault(answer_of(offer, party.id), []).append(party.id)
    if "refused" in given:
        return "refused", ()
    if "open" in given:
        return "open", tuple(given["open"])
    conditional = given.get("accepted-with-conditions", [])
    unnamed = [party for party in conditional if isinstance(offer.conditions_of(party), str)]
    if unnamed:
        return "unnamed", tuple(unnamed)
    if conditional:
        others = [party.id for party in case.principals if conditional != [party.id]]
        return "conditions", tuple(others)
    return "agreed", ()


def agreed(case: Case) -> Agreed:
    """What the accepted offers settle together."""
    accepted = [offer for offer in case.proposals if _move(case, offer)[0] == "agreed"]
    terms: dict[str, Term] = {}
    disputed = []
    for offer in accepted:
        for issue, term in offer.terms.items():
            if issue in terms and difference(case, issue, terms[issue], term):
                disputed.append(issue)
            terms.setdefault(issue, term)
    checked, clash = (False, None) if disputed else reach(case, terms)
    open_ = tuple(issue.id for issue in case.issues if not settles_whole(case, issue, terms.get(issue.id)))
    in_order = {issue.id: terms[issue.id] for issue in case.issues if issue.id in terms}
    return Agreed(
        tuple(offer.id for offer in accepted), in_order, tuple(dict.fromkeys(disputed)), open_, checked, clash
    )


def common_ground(case: Case) -> dict[str, Term]:
    """The issues that the last offers of at least two parties settle, and all of them alike."""
    last = {offer.by: offer for offer in case.proposals}
    found = {}
    for issue in case.issues:
        terms = [offer.terms[issue.id] for offer in last.values() if issue.id in offer.terms]
        if len(terms) > 1 and all(difference(case, issue.id, terms[0], term) == 0 for term in terms):
            found[issue.id] = terms[0]
    return found


def closest(case: Case) -> Pair | None:
    """The two offers of different parties with the smallest distance among those that settle a common issue.

    Equal ones: those that agree on more issues, then the first in the case.
    """
    pairs = [
        compared(case, one, two)
        for one, two in combinations(case.proposals, 2)
        if one.by != two.by and one.terms.keys() & two.terms.keys()
    ]
    return min(pairs, key=lambda pair: (pair.distance, len(pair.differences) - len(pair.common)), default=None)


def compared(case: Case, one: Proposal, two: Proposal) -> Pair:
    """Two offers set against each other."""
    common = tuple(issue.id for issue in case.issues if issue.id in one.terms and issue.id in two.terms)
    moves = [(one.by, one.terms, two.terms), (two.by, two.terms, one.terms)]
    known = [move for move in moves if move[0] in case.preferences and move[0] in {p.id for p in case.principals}]
    differences = []
    for issue in common:
        if part := difference(case, issue, one.terms[issue], two.terms[issue]):
            lost = {party: _lost(case, party, own, other, [issue]) for party, own, other in known}
            gives_up = {party: points for party, points in lost.items() if points is not None}
            differences.append(Difference(issue, part, gives_up))
    whole = {party: _lost(case, party, own, other, common, together=True) for party, own, other in known}
    return Pair(
        one, two, common, tuple(differences), {party: lost for party, lost in whole.items() if lost is not None}
    )


def _lost(
    case: Case, party: str, own: Terms, other: Terms, issues: Sequence[str], *, together: bool = False
) -> Fraction | None:
    """The points that a party loses by the other terms on some issues, 0 where it gains; None: not known."""
    before, after = (terms_worth(case, party, terms, issues, together=together) for terms in (own, other))
    return None if before is None or after is None else max(before - after, Fraction(0))


def terms_worth(
    case: Case, party: str, terms: Terms, issues: Sequence[str], *, together: bool = True
) -> Fraction | None:
    """What terms on some issues are worth to a party; None where a line is shared and not said where it is cut."""
    preference = case.preferences[party]
    total = Fraction(0)
    for name in issues:
        issue, term = case.issue(name), terms[name]
        if isinstance(issue, Cake) and not isinstance(term, str):
            return None
        total += worth_of(preference, issue, party, term)
    for extra in preference.together if together else ():
        if all(name in issues and terms[name] in condition for name, condition in extra.when.items()):
            total += extra.points
    return total


def difference(case: Case, issue_id: str, one: Term, other: Term) -> Fraction:
    """How far two settlements of an issue are apart: 1, or the part of it that would have to change hands."""
    first, second = shares_of(case, issue_id, one), shares_of(case, issue_id, other)
    if first is None or second is None:
        return Fraction(one != other)
    none = Fraction(0)
    gained = sum((max(share - first.get(party, none), none) for party, share in second.items()), none)
    # What one offer gives to nobody changes hands as well.
    return max(gained, gained + sum(first.values()) - sum(second.values()))
