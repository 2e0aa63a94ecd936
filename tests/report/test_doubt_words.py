"""Doubt in words: who is asked, and what is never said."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from evenhand.bargain.doubt import doubt_table
from evenhand.bargain.doubt.chance import Chance
from evenhand.bargain.doubt.questions import effects, questions
from evenhand.bargain.doubt.worlds import worlds_of
from evenhand.case import load_case
from evenhand.deals import Deal
from evenhand.report.doubt import doubt_json, doubt_section
from evenhand.report.words import for_party
from evenhand.report.words.doubt import doubt_question, likely_range, package_name, percent
from making import case_of

ROOT = Path(__file__).parents[2]


def demo():
    return load_case(ROOT / "examples/ceasefire-talks/case.yaml")


def every_question(table):
    """Each question considered, as it would be put."""
    drawn = [worlds_of(want.region, 200, Chance(0, p)) for p, want in enumerate(table.wants)]
    values = [[want.value(package.deal) for want in table.wants] for package in table.packages]
    regrets = np.zeros((200, len(values)))
    found = effects(questions(table.wants, drawn, values), drawn, regrets, range(len(values)))
    return [doubt_question(table, effect) for effect in found]


def test_a_question_is_put_to_one_party_without_anothers_numbers():
    case = demo()
    table = doubt_table(case, worlds=200)
    asked = [found for found in every_question(table) if found.party == "russia"]
    assert {found.party for found in every_question(table)} == {"russia", "ukraine"}
    ukraine = case.preferences["ukraine"]
    secret = ukraine.model_copy(
        update={
            "points": {issue: Fraction(7919) for issue in ukraine.points},
            "doubt": {},
            "values_doubt": {},
            "no_deal_doubt": None,
            "no_deal": Fraction(7919),
        }
    )
    other = replace(table, case=case.model_copy(update={"preferences": {**case.preferences, "ukraine": secret}}))
    other = replace(other, wants=(table.wants[0], type(table.wants[1]).of(other.case, "ukraine")))
    again = [found for found in every_question(other) if found.party == "russia"]
    assert asked == again
    assert len(asked) > 10


def test_questions_are_plain_and_name_options_as_people_know_them():
    texts = [found.text for found in every_question(doubt_table(demo(), worlds=200))]
    assert "Is having no deal worth 33 of your points or more to you?" in texts
    assert any(text.startswith("On “Where forces stand”, where the best for you counts 100, does") for text in texts)
    assert not any("world" in text or "regret" in text for text in texts)


def test_the_report_has_a_section_where_somebody_is_in_doubt():
    section = doubt_section(demo(), "case file.yaml")
    assert section.again == "evenhand doubt 'case file.yaml' --seed 0"
    assert len(section.rows) == section.bars.count('class="rest"')
    assert doubt_section(load_case(ROOT / "examples/estate/case.yaml"), "x") is None
    assert doubt_section(load_case(ROOT / "examples/rent/case.yaml"), "x") is None


def test_percentages_never_say_all_or_none_for_less():
    assert [percent(Fraction(n, 10_000)) for n in (0, 1, 10, 5000, 9999, 10_000)] == [
        "0%",
        "below 0.1%",
        "0.1%",
        "50%",
        "above 99.9%",
        "100%",
    ]


def test_the_likely_range_is_wilsons():
    """E. B. Wilson 1927; 81 of 263 gives 0.2553 to 0.3662 (R. G. Newcombe, Statistics in Medicine 17, 1998)."""
    low, high = likely_range(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert likely_range(0, 100)[0] == 0
    assert likely_range(100, 100)[1] == 1


def test_packages_are_named_by_letters():
    assert [package_name(n) for n in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]


def test_json_numbers_are_exact_where_they_are_asserted():
    shown = doubt_json(doubt_table(demo(), worlds=200))
    for package in shown["packages"]:
        assert Fraction(package["regret"]["at_most"]) * (1 + Fraction(1, 10**6)) >= Fraction(
            package["regret"]["worst_seen"]
        )
        for party in package["parties"].values():
            assert Fraction(party["points"][0]) <= Fraction(party["points"][1])


def test_a_partys_words_cover_all_that_it_is_not_sure_of():
    """Joint: half of 40 to 60 points; far: 0 to 40 percent of 30."""
    case = case_of(
        {"ana": [50, 30], "ben": [1, 1]},
        [{"id": "house", "joint": True}, {"id": "school", "kind": "choice", "options": ["near", "far"]}],
        ana={
            "values": {"house": {"joint": 50}, "school": {"near": 100, "far": 20}},
            "doubt": {"house": [40, 60]},
            "values_doubt": {"school": {"far": [0, 40]}},
            "no_deal": 30,
            "no_deal_doubt": [20, 31],
        },
        ben={"values": {"house": {"joint": 50}, "school": {"near": 100, "far": 20}}},
    )
    change = for_party(case, Deal.of(case, {"house": "joint", "school": "far"}), "ana").change
    assert "Within the doubt you stated, this deal is worth between 20 and 42 to you." in change
    assert "Within it, no deal may turn out to be better for you." in change
    change = for_party(case, Deal.of(case, {"house": "ana", "school": "far"}), "ana").change
    assert "Whatever your points turn out to be within it, this deal is at least as good as no deal." in change
