"""When no deal satisfies the rules: a smallest set of them that clash.

A smallest clashing set hits every set of rules whose removal would mend the case. So: guess a smallest
set that hits all such sets known so far; if it clashes, it is the answer; if not, grow it as far as a
deal allows, and what stayed out is a new set to hit (Ignatiev, Previti, Liffiton and Marques-Silva,
"Smallest MUS extraction with minimal hitting set dualization", CP 2015).
"""

from __future__ import annotations

from evenhand.case import Case
from evenhand.deals.model import DealProgram
from evenhand.deals.outcome import NoDeal
from evenhand.deals.space import Space
from evenhand.solve import Program


def lay_out(case: Case) -> Space:
    """The space of a case. Raises NoDeal where rules bar every settlement of an issue."""
    space = Space.of(case)
    if any(not names for names in space.settlements):
        raise unsatisfiable(case)
    return space


def unsatisfiable(case: Case) -> NoDeal:
    """What to raise where no deal keeps the rules: names a smallest set that clashes."""
    return NoDeal("No deal satisfies the rules.", clashing_rules(case))


def clashing_rules(case: Case) -> tuple[str, ...]:
    """The ids of a smallest set of rules that no deal satisfies together; empty when some deal keeps all."""
    rules = [rule.id for rule in case.rules]
    if not rules or _possible(case, set(rules)):
        return ()
    to_hit: list[list[str]] = []
    while True:
        guess = _smallest_hitting(rules, to_hit)
        if not _possible(case, set(guess)):
            return tuple(rule for rule in rules if rule in guess)
        grown = set(guess)
        for rule in rules:
            if rule not in grown and _possible(case, grown | {rule}):
                grown.add(rule)
        to_hit.append([rule for rule in rules if rule not in grown])


def _possible(case: Case, kept: set[str]) -> bool:
    """Whether some deal keeps the rules named."""
    chosen = case.model_copy(update={"rules": tuple(rule for rule in case.rules if rule.id in kept)})
    space = Space.of(chosen)
    if any(not names for names in space.settlements):
        return False
    return DealProgram(space).program.maximise([]).values is not None


def _smallest_hitting(rules: list[str], to_hit: list[list[str]]) -> list[str]:
    program = Program()
    chosen = {rule: program.binary() for rule in rules}
    for group in to_hit:
        program.at_least([(1.0, chosen[rule]) for rule in group], 1.0)
    answer = program.maximise([(-1.0, variable) for variable in chosen.values()])
    assert answer.values is not None
    return [rule for rule, variable in chosen.items() if answer.values[variable] > 0.5]
