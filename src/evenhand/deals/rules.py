"""Rules as clauses: a deal keeps a rule when, in each of its clauses, at least one literal is true.

A shared asset counts with care. `forbid` and `if` are met as soon as any holder is named; `require` and
`then` only when every holder is. So a rule is called kept only if it surely is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from evenhand.case import Case, Condition, Divisible, Rule, ShareBound, share_bound
from evenhand.deals.deal import Deal


@dataclass(frozen=True)
class Named:
    """True when the issue is settled by one of `names` (or, if not `wanted`, by none of them)."""

    issue: str
    names: frozenset[str]
    wanted: bool

    def holds(self, deal: Deal) -> bool:
        """Whether the literal is true in a deal."""
        settlement = deal[self.issue]
        found = {settlement} if isinstance(settlement, str) else set(settlement)
        return found <= self.names if self.wanted else not found & self.names


@dataclass(frozen=True)
class Share:
    """True when what `parties` hold of a divisible, taken together, meets the bound."""

    issue: str
    parties: frozenset[str]
    bound: ShareBound

    def holds(self, deal: Deal) -> bool:
        """Whether the literal is true in a deal."""
        shares = deal.shares(self.issue)
        return self.bound.holds(sum((share for party, share in shares.items() if party in self.parties), Fraction(0)))


Literal = Named | Share


@dataclass(frozen=True)
class Clause:
    """One demand of a rule: at least one literal must be true."""

    rule: str
    literals: tuple[Literal, ...]

    def holds(self, deal: Deal) -> bool:
        """Whether a deal meets the demand."""
        return any(literal.holds(deal) for literal in self.literals)


@dataclass(frozen=True)
class Broken:
    """A rule that a deal breaks, and the issues on which it does."""

    rule: Rule
    issues: tuple[str, ...]


def clauses_of(case: Case, rule: Rule) -> tuple[Clause, ...]:
    """The clauses of one rule."""
    barred = tuple(_opposite(atom) for atom in _atoms(case, rule.forbid or rule.if_ or {}, weak=True))
    demanded = _atoms(case, rule.require or rule.then or {}, weak=False)
    if not demanded:
        return (Clause(rule.id, barred),)
    clauses = [Clause(rule.id, (*(barred if rule.if_ else ()), atom)) for atom in demanded]
    if rule.forbid:  # a red line may both forbid and require
        clauses.append(Clause(rule.id, barred))
    return tuple(clauses)


def case_clauses(case: Case) -> tuple[Clause, ...]:
    """The clauses of every rule, in the case's order."""
    return tuple(clause for rule in case.rules for clause in clauses_of(case, rule))


def broken_rules(case: Case, deal: Deal) -> tuple[Broken, ...]:
    """The rules that a deal breaks, in the case's order, with the issues concerned."""
    broken = []
    for rule in case.rules:
        failed = [clause for clause in clauses_of(case, rule) if not clause.holds(deal)]
        if failed:
            issues = dict.fromkeys(literal.issue for clause in failed for literal in clause.literals)
            broken.append(Broken(rule, tuple(issues)))
    return tuple(broken)


def _atoms(case: Case, conditions: Mapping[str, Condition], *, weak: bool) -> tuple[Literal, ...]:
    """One literal per condition; true when it is met (`weak`: as soon as it is met in part)."""
    atoms: list[Literal] = []
    for issue, condition in conditions.items():
        if isinstance(condition, dict):
            atoms += [Share(issue, frozenset({party}), share_bound(text)) for party, text in condition.items()]
        elif isinstance(case.issue(issue), Divisible):
            bound = ShareBound(">", Fraction(0)) if weak else ShareBound(">=", Fraction(1))
            atoms.append(Share(issue, frozenset(condition), bound))
        else:
            atoms.append(Named(issue, frozenset(condition), wanted=True))
    return tuple(atoms)


def _opposite(atom: Literal) -> Literal:
    if isinstance(atom, Share):
        return Share(atom.issue, atom.parties, atom.bound.opposite())
    return Named(atom.issue, atom.names, wanted=False)
