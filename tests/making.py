"""Cases and deals made for tests: from plain tables, or at random from a generator that is passed in."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from evenhand.case import Asset, Case, Choice, Divisible, Money
from evenhand.deals import Deal

PARTIES = ("ana", "ben", "cem", "dia", "eli", "fay", "gus", "hal", "ida", "jon", "kim", "leo")
OPTIONS = ("low", "mid", "high")


def case_of(
    points: Mapping[str, Sequence[object]],
    issues: Sequence[str | Mapping[str, Any]] | None = None,
    *,
    entitlements: Sequence[object] | None = None,
    rules: Sequence[Mapping[str, Any]] = (),
    **preferences: Mapping[str, Any],
) -> Case:
    """A case from a table of points by party; issues are assets unless said otherwise.

    Further names are parties' further preferences: `ana={"together": […]}`.
    """
    width = len(next(iter(points.values())))
    shapes = [_issue(issue) for issue in (issues or [f"i{number}" for number in range(1, width + 1)])]
    parts = entitlements or [1] * len(points)
    return Case.model_validate(
        {
            "title": "Test",
            "parties": [{"id": party, "entitlement": part} for party, part in zip(points, parts, strict=True)],
            "issues": shapes,
            "preferences": {
                party: {
                    "points": {shape["id"]: number for shape, number in zip(shapes, row, strict=True)},
                    **preferences.get(party, {}),
                }
                for party, row in points.items()
            },
            "rules": [{"id": f"r{number}", **rule} for number, rule in enumerate(rules, 1)],
        }
    )


def with_money(case: Case, budgets: Mapping[str, object] | None = None, **money: object) -> Case:
    """The case with `money`, and with budgets by party."""
    wants = {
        party: preference.model_copy(update={"budget": Fraction(str((budgets or {})[party]))})
        for party, preference in case.preferences.items()
        if party in (budgets or {})
    }
    update = {"money": Money.model_validate(money), "preferences": {**case.preferences, **wants}}
    return case.model_copy(update=update)


def _issue(issue: str | Mapping[str, Any]) -> dict[str, Any]:
    return {"id": issue, "kind": "asset"} if isinstance(issue, str) else {"kind": "asset", **issue}


def random_case(
    rng: random.Random,
    *,
    parties: int = 3,
    assets: int = 4,
    divisible: int = 0,
    choices: int = 0,
    top: int = 30,
    burdens: float = 0.0,
    joint: float = 0.0,
    together: int = 0,
    own_together: bool = False,
    negative: bool = True,
    entitled: int = 1,
    rules: int = 0,
    no_deal: int = 0,
    zeros: float = 0.15,
) -> Case:
    """A random case. `burdens` and `joint` are chances per issue, `together` terms per party."""
    ids = PARTIES[:parties]
    issues: list[dict[str, Any]] = []
    for number in range(assets + divisible + choices):
        kind = "asset" if number < assets else "divisible" if number < assets + divisible else "choice"
        shape: dict[str, Any] = {"id": f"i{number + 1}", "kind": kind}
        if kind == "choice":
            shape["options"] = list(OPTIONS[: rng.randint(1, 3)])
        elif rng.random() < burdens:
            shape["burden"] = True
        elif kind == "asset" and rng.random() < joint:
            shape["joint"] = True
        issues.append(shape)
    rng.shuffle(issues)
    preferences = {
        party: _preference(rng, ids, party, issues, top, together, own_together, negative, no_deal, zeros)
        for party in ids
    }
    return Case.model_validate(
        {
            "title": "Random",
            "parties": [{"id": party, "entitlement": rng.randint(1, entitled)} for party in ids],
            "issues": issues,
            "preferences": preferences,
            "rules": [{"id": f"r{number}", **random_rule(rng, ids, issues)} for number in range(1, rules + 1)],
        }
    )


def _preference(
    rng: random.Random,
    ids: Sequence[str],
    party: str,
    issues: Sequence[Mapping[str, Any]],
    top: int,
    together: int,
    own: bool,
    negative: bool,
    no_deal: int,
    zeros: float,
) -> dict[str, Any]:
    points, values = {}, {}
    for issue in issues:
        size = 0 if rng.random() < zeros else rng.randint(0, top)
        points[issue["id"]] = -size if issue.get("burden") else size
        named = issue.get("options") or (["joint"] if issue.get("joint") else [])
        if named:
            values[issue["id"]] = {name: rng.choice([0, 10, 50, 75, 100]) for name in named}
    whole = [issue for issue in issues if issue["kind"] == "asset" or (issue["kind"] == "choice" and not own)]
    terms = []
    for _ in range(together if whole else 0):
        chosen = rng.sample(whole, min(len(whole), rng.randint(1, 2)))
        when = {issue["id"]: [party] if own else rng.choice(_names(ids, issue)) for issue in chosen}
        terms.append({"when": when, "points": rng.randint(-top if negative else 0, top)})
    return {"points": points, "values": values, "together": terms, "no_deal": rng.randint(0, no_deal)}


def _names(ids: Sequence[str], issue: Mapping[str, Any]) -> list[str]:
    return [*(issue.get("options") or ids), *(["joint"] if issue.get("joint") else [])]


def random_rule(rng: random.Random, ids: Sequence[str], issues: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A red line, linkage, forbid or require over one or two issues each side."""

    def conditions(signs: Sequence[str], most: int) -> dict[str, Any]:
        chosen = rng.sample(list(issues), min(len(issues), rng.randint(1, most)))
        return {issue["id"]: condition(issue, signs) for issue in chosen}

    def condition(issue: Mapping[str, Any], signs: Sequence[str]) -> Any:
        if issue["kind"] == "divisible" and rng.random() < 0.7:
            return {rng.choice(ids): f"{rng.choice(signs)} {rng.choice(['1/4', '1/3', '40%', '0.5', '2/3'])}"}
        names = list(ids) if issue["kind"] == "divisible" else _names(ids, issue)
        return rng.sample(names, rng.randint(1, min(2, len(names))))

    kind = rng.choice(["red-line", "linkage", "forbid", "require"])
    if kind == "linkage":
        return {"kind": kind, "if": conditions("<>", 1), "then": conditions(("<=", ">="), 1)}
    if kind == "require":
        return {"kind": kind, "require": conditions(("<=", ">="), 1)}
    return {"kind": kind, "forbid": conditions("<>", 2), **({"party": rng.choice(ids)} if kind == "red-line" else {})}


def random_shares(rng: random.Random, ids: Sequence[str]) -> dict[str, Fraction]:
    parts = [rng.choice([0, 0, 1, 2, 3]) for _ in ids]
    if not any(parts):
        parts[rng.randrange(len(parts))] = 1
    return {party: Fraction(part, sum(parts)) for party, part in zip(ids, parts, strict=True) if part}


def random_deal(rng: random.Random, case: Case, shared: float = 0.0) -> Deal:
    """Any settlement of every issue, whatever the rules say; assets are shared with the chance given."""
    ids = [party.id for party in case.principals]
    settled: dict[str, Any] = {}
    for issue in case.issues:
        if isinstance(issue, Choice):
            settled[issue.id] = rng.choice(issue.options).id
        elif isinstance(issue, Divisible) or rng.random() < shared:
            settled[issue.id] = random_shares(rng, ids)
        else:
            joint = ["joint"] if isinstance(issue, Asset) and issue.joint else []
            settled[issue.id] = rng.choice([*ids, *joint])
    return Deal.of(case, settled)


def random_line(
    rng: random.Random, parties: int = 3, *, cakes: int = 1, entitled: int = 1, stretches: int = 4, zeros: float = 0.1
) -> Case:
    """A case of cakes alone, with a few stretches each; densities may be zero, and so may points, by chance."""
    ids = PARTIES[:parties]
    issues = [
        {"id": f"c{number}", "kind": "cake", "marks": sorted(rng.sample(range(-3, 12), rng.randint(2, stretches + 1)))}
        for number in range(cakes)
    ]
    wants: dict[str, Any] = {party: {"points": {}, "density": {}} for party in ids}
    for party in ids:
        for issue in issues:
            wants[party]["points"][issue["id"]] = 0 if rng.random() < zeros else rng.randint(1, 20)
            heights = [rng.randint(0, 4) for _ in issue["marks"][1:]]
            if any(heights):
                wants[party]["density"][issue["id"]] = heights
    return Case.model_validate(
        {
            "title": "Line",
            "parties": [{"id": party, "entitlement": rng.randint(1, entitled)} for party in ids],
            "issues": issues,
            "preferences": wants,
        }
    )
