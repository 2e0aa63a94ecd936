"""Numbers on a page are short, and no number is too large to be shown."""

import pytest

from evenhand.report.shape import solution_json
from evenhand.report.words import certificate_words, short_number
from evenhand.settle import settle
from making import case_of


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("65", "65"),
        ("1/3", "1/3"),
        ("156025/36", "4,334.03"),
        ("154944467995e1242", "1.54944e+1253"),
        ("94520", "94520"),
    ],
)
def test_long_numbers_are_shortened(text, shown):
    assert short_number(text) == shown


def test_a_limit_beyond_every_float_is_still_told():
    case = case_of({"ana": [5, 7, 9], "ben": [4, 6, 8]}, entitlements=[1, 1000])
    solution = settle(case, "nash")
    assert all(certificate_words(case, found) for found in solution.certificates)
    assert solution_json(case, solution)["deal"]
