import random
from fractions import Fraction

import numpy as np

from bargain.doubt.doubting import with_doubt, with_preference
from evenhand.bargain.doubt import recorded
from evenhand.bargain.doubt.chance import Chance
from evenhand.bargain.doubt.form import Form, total
from evenhand.bargain.doubt.questions import Question, best_effect, effects, questions
from evenhand.bargain.doubt.wants import Wants
from evenhand.bargain.doubt.worlds import Worlds, worlds_of
from evenhand.case import Preference
from evenhand.deals import Deal
from making import case_of, random_case
from oracle import kept_deals


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


def test_a_recorded_answer_leaves_just_the_worlds_that_give_it():
    rng = random.Random(22)
    kinds = set()
    for _ in range(120):
        case = with_doubt(
            rng, random_case(rng, parties=2, assets=2, choices=1, no_deal=20, together=rng.randint(0, 1)), 4
        )
        deals = dict(enumerate(Deal.of(case, deal) for deal in rng.sample(kept_deals(case), 3)))
        wants = [Wants.of(case, party) for party in ("ana", "ben")]
        drawn = [worlds_of(want.region, 50, Chance(1, p)) for p, want in enumerate(wants)]
        for question in questions(wants, drawn, [[want.value(deal) for want in wants] for deal in deals.values()]):
            want = wants[question.party]
            yes = question.form.at(want.region.written) >= 0
            record = recorded(case, want, deals, question, yes=yes)
            if record is not None:
                kinds.add((question.kind, *record))
                after = Wants.of(with_record(case, want.party, record), want.party)
                form = renamed(question.form, want, after)
                assert after.region.smallest(form) >= 0 if yes else after.region.largest(form) <= 0
    assert kinds == {
        ("no-deal", "at_least_as_good"),
        ("packages", "at_least_as_good"),
        ("issues", "at_least_as_good"),
        ("more-than", "doubt"),
        ("more-than", "values_doubt"),
        ("more-than", "no_deal_doubt"),
    }


def with_record(case, party, record):
    """The case with an answer put into a party's preferences, read as a case file is."""
    read = Preference.model_validate({"points": {}, **record})
    given = case.preferences[party]
    values = {**given.values_doubt}
    for issue, options in read.values_doubt.items():
        values[issue] = {**values[issue], **options}
    return with_preference(
        case,
        party,
        doubt={**given.doubt, **read.doubt},
        values_doubt=values,
        no_deal_doubt=read.no_deal_doubt or given.no_deal_doubt,
        at_least_as_good=(*given.at_least_as_good, *read.at_least_as_good),
    )


def renamed(form, before, after):
    """A form in the unknowns of a party after an answer; what is known now is a number."""
    parts = [Form(form.constant)]
    for k, factor in form.factors.items():
        issue, option = before.named[k]
        whole = after.values[issue][option] if option else after.points[issue] if issue else after.no_deal
        parts.append(whole.times(factor))
    return total(parts)
