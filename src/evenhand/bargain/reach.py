"""What rules leave of an offer: whether some complete deal has its terms, and what stands in the way if not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evenhand.case import (
    JOINT,
    Asset,
    Cake,
    Case,
    Chosen,
    Condition,
    Divisible,
    Issue,
    Preference,
    Proposal,
    Rule,
    Term,
)
from evenhand.deals import Deal, broken_rules, clashing_rules

Terms = Mapping[str, Term]


@dataclass(frozen=True)
class Clash:
    """What stands in the way of every complete deal with some terms: rules, and the parties whose conditions are.

    Where the terms settle everything, all that they break; else a smallest set. Both may be empty, where the terms
    cannot go together whatever the rules."""

    rules: tuple[str, ...]
    parties: tuple[str, ...]


def settles_all(case: Case, terms: Terms) -> bool:
    """Whether terms leave nothing open."""
    return all(settles_whole(case, issue, terms.get(issue.id)) for issue in case.issues)


def settles_whole(case: Case, issue: Issue, term: Term | None) -> bool:
    """Whether a term leaves nothing of the issue open."""
    if term is None:
        return False
    shares = shares_of(case, issue.id, term)
    return shares is None or sum(shares.values()) == 1


def shares_of(case: Case, issue_id: str, term: Term) -> Mapping[str, Fraction] | None:
    """Who has how much by a term; None for an option or what is held jointly."""
    if not isinstance(term, str):
        return {party: share for party, share in term.items() if share}
    return None if isinstance(case.issue(issue_id), Chosen) or term == JOINT else {term: Fraction(1)}


def reach(case: Case, terms: Terms, conditions: Sequence[Rule] = ()) -> tuple[bool, Clash | None]:
    """Whether it could be checked that some complete deal has these terms and keeps rules and conditions; and what
    stands in the way.

    Terms that settle everything are such a deal or break rules, which are all named. Of others a smallest set of rules.
    """
    # An id in a case has no space, so these are nobody else's.
    named = {f"added {number}": rule for number, rule in enumerate(conditions)}
    added = [rule.model_copy(update={"id": name}) for name, rule in named.items()]
    one_each = case.money is not None and case.money.one_each
    given = [term for name, term in terms.items() if isinstance(case.issue(name), Asset)]
    if one_each and any(given.count(party.id) > 1 for party in case.principals):
        return True, Clash((), ())
    if settles_all(case, terms):
        whole = case.model_copy(update={"rules": (*case.rules, *added)})
        deal = Deal({name: shares_of(case, name, term) or str(term) for name, term in terms.items()})
        found = tuple(broken.rule.id for broken in broken_rules(whole, deal))
    else:
        required = _terms_as_rules(case, terms)
        if required is None or one_each:
            return False, None
        blank = {party.id: _no_points(case) for party in case.principals}
        rules = (*case.rules, *added, *required)
        found = clashing_rules(case.model_copy(update={"rules": rules, "preferences": blank}))
    parties = dict.fromkeys(rule.party for name in found if name in named and (rule := named[name]).party)
    clash = Clash(tuple(rule.id for rule in case.rules if rule.id in found), tuple(p for p in parties if p))
    return True, clash if found else None


def _terms_as_rules(case: Case, terms: Terms) -> list[Rule] | None:
    """Rules that hold just for deals with these terms; None where a whole thing is shared.

    Lines are left out: no rule can name one, so that it is cut as the terms say is never in the way.
    """
    least: dict[str, Condition] = {}
    most: dict[str, Condition] = {}
    for name, term in terms.items():
        issue, shares = case.issue(name), shares_of(case, name, term)
        if isinstance(issue, Divisible):
            given = {term: Fraction(1)} if isinstance(term, str) else term
            least[name] = {party: f">= {share}" for party, share in given.items()}
            if sum(given.values()) < 1:
                most[name] = {party: f"<= {share}" for party, share in given.items()}
        elif isinstance(issue, Asset) and shares is not None and set(shares.values()) != {Fraction(1)}:
            return None
        elif not isinstance(issue, Cake):
            least[name] = tuple(shares) if shares is not None else (str(term),)
    return [_requiring(bounds, f"terms {number}") for number, bounds in enumerate((least, most)) if bounds]


def conditions_as_rules(case: Case, offer: Proposal) -> list[Rule]:
    """One rule for each party whose conditions are stated on issues."""
    stated = {party.id: offer.conditions_of(party.id) for party in case.principals}
    return [
        _requiring(dict(conditions), party=party)
        for party, conditions in stated.items()
        if not isinstance(conditions, str)
    ]


def _requiring(conditions: dict[str, Condition], name: str = "", party: str | None = None) -> Rule:
    return Rule.model_construct(id=name, kind="require", party=party, require=conditions)


def _no_points(case: Case) -> Preference:
    """Nothing for anything: what rules allow depends on nobody's points."""
    named = {issue.id: [option.id for option in issue.options] for issue in case.issues if isinstance(issue, Chosen)}
    named |= {issue.id: [JOINT] for issue in case.issues if isinstance(issue, Asset) and issue.joint}
    none = Fraction(0)
    values = {issue: dict.fromkeys(names, none) for issue, names in named.items()}
    return Preference(points={issue.id: none for issue in case.issues}, values=values)
