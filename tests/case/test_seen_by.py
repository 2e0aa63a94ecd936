"""A party's view holds nothing of another party's own."""

import pytest
from hypothesis import given, settings

from evenhand.case import Case
from strategies import case_of, cases

CASE = {
    "title": "T",
    "parties": [{"id": "ana"}, {"id": "ben"}, {"id": "lee", "role": "mediator"}],
    "issues": [{"id": "house", "kind": "asset"}],
    "preferences": {"ana": {"points": {"house": 1}}, "ben": {"points": {"house": 2}, "no_deal": 1}},
    "rules": [
        {"id": "r1", "kind": "red-line", "party": "ana", "forbid": {"house": "ben"}},
        {"id": "r2", "kind": "red-line", "party": "ben", "forbid": {"house": "ana"}},
        {"id": "r3", "kind": "forbid", "forbid": {"house": "ben"}},
    ],
}


@pytest.mark.parametrize(("party", "rules"), [("ana", ["r1", "r3"]), ("ben", ["r2", "r3"]), ("lee", ["r3"])])
def test_a_party_sees_its_own_preferences_and_red_lines_only(party: str, rules: list[str]) -> None:
    view = case_of(CASE).seen_by(party)
    assert set(view.preferences) <= {party}
    assert [rule.id for rule in view.rules] == rules


@settings(derandomize=True, deadline=None, max_examples=40, database=None)
@given(cases(rules=True, no_deal=True, together=True))
def test_a_view_does_not_change_with_what_others_want(case: Case) -> None:
    for party in case.principals:
        others = dict.fromkeys(case.preferences, case.preferences[party.id])
        changed = case.model_copy(update={"preferences": others})
        assert case.seen_by(party.id) == changed.seen_by(party.id)
