import random
from fractions import Fraction

import numpy as np

from evenhand.bargain.doubt.form import Form
from evenhand.bargain.doubt.questions import Question, best_effect, effects, questions
from evenhand.bargain.doubt.wants import Wants
from evenhand.bargain.doubt.worlds import Worlds
from evenhand.deals import Deal
from making import case_of


def test_the_effect_of_a_question_is_that_of_trying_both_answers():
    rng = random.Random(21)
    for _ in range(200):
        count, packages = rng.randint(2, 12), rng.randint(1, 4)
        units = np.array([[rng.randint(-3, 3)] for _ in range(count)])
        regrets = np.array([[rng.randint(0, 8) / 8 for _ in range(packages)] for _ in range(count)])
        question = Question(0, "more-than", Form(Fraction(-1, 2), {0: Fraction(1)}), 0, limit=Fraction(1, 2))
        found = effects([question], [Worlds(units, 1, 0)], regrets, range(regrets.shape[1]))
        yes = [w for w in range(count) if units[w, 0] >= 1]
        no = [w for w in range(count) if units[w, 0] < 1]
        if not yes or not no:
            assert found == []
            continue
        (effect,) = found
        assert effect.yes == Fraction(len(yes), count)
        assert effect.expected_before == min(regrets[:, d].sum() for d in range(packages)) / count
        assert effect.worst_before == min(regrets[:, d].max() for d in range(packages))
        after = [min(regrets[part, d].sum() for d in range(packages)) for part in (yes, no)]
        assert abs(effect.expected_after - sum(after) / count) < 1e-12
        assert effect.worst_after == max(min(regrets[part, d].max() for d in range(packages)) for part in (yes, no))
        assert regrets[yes, effect.if_yes].sum() == after[0]
        assert regrets[no, effect.if_no].sum() == after[1]


def test_the_question_chosen_lowers_expected_regret_most_and_equal_ones_go_to_the_first():
    regrets = np.array([[0.0, 1.0], [0.0, 1.0], [1.0, 0.0], [1.0, 0.0]])
    units = np.array([[0, 1], [0, 1], [1, 0], [1, 1]])
    asked = [Question(0, "more-than", Form(Fraction(-1), {k: Fraction(1)}), k) for k in (1, 0, 0)]
    found = effects(asked, [Worlds(units, 1, 0)], regrets, range(regrets.shape[1]))
    assert best_effect(found) is found[1]
    assert best_effect(found).expected_after == 0
    assert best_effect(found, worst=True) is found[1]
    assert best_effect(found[:0]) is None


def test_a_question_that_changes_nothing_is_not_worth_asking():
    regrets = np.array([[0.0, 1.0], [0.0, 1.0]])
    found = effects(
        [Question(0, "more-than", Form(Fraction(-1), {0: Fraction(1)}), 0)],
        [Worlds(np.array([[0], [1]]), 1, 0)],
        regrets,
        [0, 1],
    )
    assert len(found) == 1
    assert best_effect(found) is None
    assert best_effect(found, worst=True) is None


def test_only_what_a_party_is_not_sure_of_is_asked():
    case = case_of({"ana": [30, 20], "ben": [20, 30]}, ana={"doubt": {"i1": [20, 40], "i2": [10, 30]}})
    wants = [Wants.of(case, party) for party in ("ana", "ben")]
    deals = [Deal.of(case, {"i1": one, "i2": other}) for one, other in (("ana", "ben"), ("ben", "ana"))]
    worlds = [
        Worlds(np.array([[k, 50 - k] for k in range(20, 41)]), 1, 0),
        Worlds(np.zeros((21, 0), np.int64), 1, 0),
    ]
    asked = questions(wants, worlds, [[want.value(deal) for want in wants] for deal in deals])
    assert {question.party for question in asked} == {0}
    assert {question.kind for question in asked} == {"no-deal", "packages", "more-than", "issues"}
    limits = [question.limit for question in asked if question.kind == "more-than" and question.first == 0]
    assert limits == [25, 30, 35]


def test_packages_that_may_not_be_chosen_are_left_out():
    regrets = np.array([[0.0, 1.0, 2.0], [0.0, 2.0, 1.0]])
    question = Question(0, "more-than", Form(Fraction(-1), {0: Fraction(1)}), 0)
    (effect,) = effects([question], [Worlds(np.array([[0], [1]]), 1, 0)], regrets, [1, 2])
    assert (effect.if_yes, effect.if_no) == (2, 1)
    assert (effect.expected_before, effect.expected_after) == (1.5, 1)
