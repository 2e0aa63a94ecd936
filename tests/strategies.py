"""Random valid cases for property tests, in small whole points.

`cases()` draws a `Case`; `case_trees()` draws the plain tree it is read from. Every case goes through the
package's own reading, so each is valid. Rules may clash: ask `clashing_rules` where that matters.

Use it as `from strategies import cases`: tests/ is on the path because its folders are packages.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from evenhand.case import Case, read_case
from evenhand.case.reading import parse_document

KINDS = ("asset", "divisible", "choice")
_PARTIES = ("ana", "ben", "cem", "dia", "eli", "fay")
_OPTIONS = ("none", "some", "most", "all")
_NUMBERS = st.integers(0, 20)
_BOUNDS = ("1/4", "1/3", "40%", "0.5", "2/3")

Tree = dict[str, Any]


def cases(**choices: Any) -> st.SearchStrategy[Case]:
    """Random valid cases. Takes what `case_trees` takes."""
    return case_trees(**choices).map(case_of)


def case_of(tree: Tree) -> Case:
    """The case that a plain tree describes, read by the package."""
    return read_case(parse_document(json.dumps(tree), "generated.json", is_json=True))


@st.composite
def case_trees(
    draw: st.DrawFn,
    *,
    kinds: Sequence[str] = KINDS,
    min_parties: int = 2,
    max_parties: int = 3,
    min_issues: int = 1,
    max_issues: int = 4,
    rules: bool = False,
    entitlements: bool = False,
    burdens: bool = False,
    together: bool = False,
    joint: bool = False,
    no_deal: bool = False,
    choices: bool = True,
    divisible: bool = True,
) -> Tree:
    """The tree of a random valid case: `kinds`, less `choice` or `divisible` where those are switched off.

    Points are whole numbers from 0 to 20 (0 to -20 for a burden); each other feature is drawn only when asked for.
    """
    wanted = _wanted_kinds(kinds, choices=choices, divisible=divisible)
    count = draw(st.integers(min_issues, max_issues))
    parties = [draw(_parties(party, entitlements)) for party in _PARTIES[: draw(st.integers(min_parties, max_parties))]]
    issues = [draw(_issues(f"{number}", wanted, burdens=burdens, joint=joint)) for number in range(1, count + 1)]
    ids = [party["id"] for party in parties]
    tree: Tree = {"evenhand": 1, "title": "Generated", "parties": parties, "issues": issues}
    tree["preferences"] = {party: draw(_preferences(ids, issues, together=together, no_deal=no_deal)) for party in ids}
    if rules:
        found = draw(st.lists(_rules(ids, issues), max_size=3))
        tree["rules"] = [{"id": f"r{number}", **rule} for number, rule in enumerate(found, 1)]
    return tree


def _wanted_kinds(kinds: Sequence[str], *, choices: bool, divisible: bool) -> list[str]:
    off = {"choice": not choices, "divisible": not divisible}
    return [kind for kind in kinds if not off.get(kind, False)]


@st.composite
def _parties(draw: st.DrawFn, party: str, entitlements: bool) -> Tree:
    part = draw(st.sampled_from([1, 2, 3, "1/2", "3/2"])) if entitlements else 1
    return {"id": party} | ({} if part == 1 else {"entitlement": part})


@st.composite
def _issues(draw: st.DrawFn, number: str, kinds: Sequence[str], *, burdens: bool, joint: bool) -> Tree:
    kind = draw(st.sampled_from(kinds))
    issue: Tree = {"id": f"{kind}-{number}", "kind": kind}
    if kind == "choice":
        return issue | {"options": list(_OPTIONS[: draw(st.integers(2, len(_OPTIONS)))])}
    if burdens and draw(st.booleans()):
        return issue | {"burden": True}
    if joint and kind == "asset" and draw(st.booleans()):
        return issue | {"joint": True}
    return issue


@st.composite
def _preferences(
    draw: st.DrawFn, parties: Sequence[str], issues: Sequence[Tree], *, together: bool, no_deal: bool
) -> Tree:
    preference: Tree = {"points": {}}
    for issue in issues:
        points = draw(_NUMBERS)
        preference["points"][issue["id"]] = -points if issue.get("burden") else points
        options = issue.get("options", []) or (["joint"] if issue.get("joint") else [])
        if options:
            worth = {option: draw(st.sampled_from([0, 25, 50, 75, 100])) for option in options}
            preference.setdefault("values", {})[issue["id"]] = worth
    if no_deal:
        preference["no_deal"] = draw(_NUMBERS)
    whole = [issue for issue in issues if issue["kind"] != "divisible"]
    if together and whole:
        preference["together"] = draw(st.lists(_together(parties, whole), max_size=2))
    return preference


@st.composite
def _together(draw: st.DrawFn, parties: Sequence[str], issues: Sequence[Tree]) -> Tree:
    return {"when": draw(_conditions(parties, issues, "<>")), "points": draw(st.integers(-10, 10))}


@st.composite
def _rules(draw: st.DrawFn, parties: Sequence[str], issues: Sequence[Tree]) -> Tree:
    kind = draw(st.sampled_from(["red-line", "forbid", "require", "linkage"]))
    if kind == "linkage" and len(issues) > 1:
        # What waits stands before what follows, so that no circle can close.
        middle = draw(st.integers(1, len(issues) - 1))
        first, second = issues[:middle], issues[middle:]
        weak, strong = draw(_conditions(parties, first, "<>")), draw(_conditions(parties, second, "<=>="))
        return {"kind": "linkage", "if": weak, "then": strong}
    if kind == "require":
        return {"kind": "require", "require": draw(_conditions(parties, issues, "<=>="))}
    rule = {"kind": "forbid", "forbid": draw(_conditions(parties, issues, "<>"))}
    return rule | ({"kind": "red-line", "party": draw(st.sampled_from(parties))} if kind == "red-line" else {})


@st.composite
def _conditions(draw: st.DrawFn, parties: Sequence[str], issues: Sequence[Tree], signs: str) -> Tree:
    """Conditions on one or two issues; `signs` is "<>" or "<=>=", for bounds on shares."""
    chosen = draw(st.lists(st.sampled_from(issues), min_size=1, max_size=2, unique_by=lambda issue: issue["id"]))
    return {issue["id"]: draw(_condition(parties, issue, signs)) for issue in chosen}


@st.composite
def _condition(draw: st.DrawFn, parties: Sequence[str], issue: Tree, signs: str) -> Any:
    if issue["kind"] == "divisible":
        half = len(signs) // 2
        sign = draw(st.sampled_from([signs[:half], signs[half:]]))
        return {draw(st.sampled_from(parties)): f"{sign} {draw(st.sampled_from(_BOUNDS))}"}
    names = issue.get("options") or [*parties, *(["joint"] if issue.get("joint") else [])]
    if draw(st.booleans()):
        return draw(st.sampled_from(names))
    return draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
