"""Questions and answers: truth gives the procedure's deal, and no answer of others takes a truthful party's part."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from typing import Any

import pytest

import oracle
from evenhand.case import Case, Mistake
from evenhand.deals import Deal, total_points, value_of
from evenhand.divide import PROCEDURES, Options
from evenhand.divide.asking import (
    ChoosePieces,
    ChoosePile,
    Conversation,
    Mark,
    Question,
    Split,
    Spread,
    Trim,
    truth,
)
from making import case_of, random_case, random_line

CUTTERS = ("moving-knife", "last-diminisher", "even-paz", "divide-and-choose")
LINE = [{"id": "coast", "kind": "cake", "marks": [0, 6]}]


def any_answer(rng: random.Random, question: Question) -> Any:
    """Some answer that counts, without rhyme or reason: marks at the ends are as likely as between."""
    if isinstance(question, Mark | Trim):
        share = rng.choice([Fraction(0), Fraction(1), Fraction(rng.randint(0, 12), 12)])
        return question.start + (question.end - question.start) * share
    if isinstance(question, ChoosePieces):
        return rng.sample(range(1, len(question.pieces) + 1), question.count)
    if isinstance(question, ChoosePile):
        return rng.randint(1, 2)
    if isinstance(question, Split):
        return {name: rng.randint(0, 1) if name in question.whole else Fraction(1, 3) for name in question.issues}
    cuts = sorted(rng.randint(0, 100) for _ in question.issues[1:])
    return {name: b - a for name, a, b in zip(question.issues, [0, *cuts], [*cuts, 100], strict=True)}


def deal_when(case: Case, procedure: str, answer: Any) -> Deal:
    conversation = Conversation(PROCEDURES[procedure].asking(case))
    while conversation.question is not None:
        conversation.answer(answer(conversation.question))
    assert conversation.outcome is not None
    return conversation.outcome.deal


def lines(rng: random.Random, procedure: str, entitled: int = 1) -> Case:
    parties = 2 if procedure == "divide-and-choose" else rng.randint(2, 4)
    return random_line(rng, parties, entitled=entitled)


@pytest.mark.parametrize("procedure", CUTTERS)
def test_a_truthful_party_gets_its_part_whatever_others_answer(procedure: str) -> None:
    for seed in range(250):
        rng = random.Random(f"spite {procedure} {seed}")
        case = lines(rng, procedure, entitled=1 + seed % 3)
        honest = rng.choice(case.principals)

        def answer(question: Question, case: Case = case, honest: str = honest.id, rng: random.Random = rng) -> Any:
            return truth(case, question) if question.party == honest else any_answer(rng, question)

        deal = deal_when(case, procedure, answer)
        assert sum(deal.shares("c0").values()) == 1
        fair = total_points(case, honest.id) * honest.entitlement / sum(p.entitlement for p in case.principals)
        assert value_of(case, deal, honest.id) >= fair


@pytest.mark.parametrize("seed", range(100))
def test_with_two_piles_a_truthful_party_gets_at_least_the_worse_pile(seed: int) -> None:
    rng = random.Random(f"piles {seed}")
    case = random_case(rng, parties=2, assets=3, divisible=1, burdens=0.2)
    divider, chooser = oracle.names(case)
    for honest in (divider, chooser):
        worse: list[Fraction] = []

        def answer(question: Question, honest: str = honest, worse: list[Fraction] = worse) -> Any:
            if isinstance(question, ChoosePile):
                worse.append(min(oracle.worth(case, honest, pile) for pile in question.piles))
            return truth(case, question) if question.party == honest else any_answer(rng, question)

        deal = deal_when(case, "divide-and-choose", answer)
        least = worse[0] if honest == divider else oracle.fair_part(case, honest)
        assert value_of(case, deal, honest) >= least


@pytest.mark.parametrize("procedure", CUTTERS)
def test_true_answers_give_the_deal_of_the_procedure(procedure: str) -> None:
    for seed in range(50):
        case = lines(random.Random(seed), procedure)
        told = PROCEDURES[procedure].find(case, Options()).deal
        assert deal_when(case, procedure, lambda question, case=case: truth(case, question)) == told


@pytest.mark.parametrize("seed", range(60))
def test_adjusted_winner_asked_is_adjusted_winner_told_where_points_come_to_a_hundred(seed: int) -> None:
    rng = random.Random(seed)
    rows = {}
    for party in ("ana", "ben"):
        cuts = sorted(rng.randint(0, 100) for _ in range(3))
        rows[party] = [b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]
    case = case_of(rows, ["i1", "i2", {"id": "i3", "kind": "divisible"}, "i4"])
    asked = deal_when(case, "adjusted-winner", lambda question: truth(case, question))
    assert asked == PROCEDURES["adjusted-winner"].find(case, Options()).deal


@pytest.mark.parametrize("procedure", [*CUTTERS, "adjusted-winner"])
def test_any_answers_end_with_a_complete_deal(procedure: str) -> None:
    for seed in range(50):
        rng = random.Random(f"any {procedure} {seed}")
        if procedure in CUTTERS:
            case = lines(rng, procedure)
        else:
            case = random_case(rng, parties=2, assets=3, divisible=1, burdens=0.3)
        deal = deal_when(case, procedure, lambda question, rng=rng: any_answer(rng, question))
        assert all(sum(deal.shares(issue.id).values()) == 1 for issue in case.issues)


@pytest.mark.parametrize("procedure", [*CUTTERS, "adjusted-winner"])
def test_questions_do_not_depend_on_points_in_the_case(procedure: str) -> None:
    """The same answers, and every point in the case another: the same questions, one by one."""
    for seed in range(20):
        if procedure in CUTTERS:
            one = random_line(random.Random(seed), 2)
        else:
            one = random_case(random.Random(seed), parties=2, assets=3)
        wants = {
            party: kept.model_copy(update={"points": dict.fromkeys(kept.points, Fraction(7919)), "density": {}})
            for party, kept in one.preferences.items()
        }
        two = one.model_copy(update={"preferences": wants})
        asked: list[list[Question]] = [[], []]
        for case, heard in zip((one, two), asked, strict=True):
            rng = random.Random(seed)

            def answer(question: Question, heard: list[Question] = heard, rng: random.Random = rng) -> Any:
                heard.append(question)
                return any_answer(rng, question)

            deal_when(case, procedure, answer)
        assert asked[0] == asked[1]


@pytest.mark.parametrize("procedure", ["moving-knife", "even-paz"])
def test_unseen_marks_change_no_others_question_as_long_as_the_cut_is_the_same(procedure: str) -> None:
    case = case_of({"ana": [1], "ben": [1], "cem": [1]}, LINE)
    heard = []
    for mark in (Fraction(3), Fraction(5)):
        firsts = iter([Fraction(1), mark, Fraction(4)])
        questions: list[Question] = []

        def answer(question: Question, firsts: Any = firsts, questions: list[Question] = questions) -> Any:
            questions.append(question)
            return next(firsts, question.end)  # type: ignore[union-attr]

        deal_when(case, procedure, answer)
        heard.append([question for question in questions if question.party == "cem"])
    assert heard[0] == heard[1]


BAD = [
    (Mark("ana", "c", Fraction(0), Fraction(6), Fraction(1, 2), (Fraction(0), Fraction(6))), "7", "outside the piece"),
    (Mark("ana", "c", Fraction(0), Fraction(6), Fraction(1, 2), (Fraction(0), Fraction(6))), "east", "not a number"),
    (Trim("ana", "c", Fraction(0), Fraction(6), Fraction(1, 2), (Fraction(0), Fraction(6))), "-1", "outside the piece"),
    (ChoosePile("ana", ({}, {})), "3", "one number was expected"),
    (ChoosePile("ana", ({}, {})), "1.5", "one number was expected"),
    (ChoosePieces("ana", "c", ((Fraction(0), Fraction(1)),) * 3, 2), ["1", "1"], "2 different numbers"),
    (Split("ana", ("house", "cash"), frozenset({"house"})), {"house": "1/2"}, "whole and cannot be split"),
    (Split("ana", ("house", "cash"), frozenset({"house"})), {"cash": "2"}, "no share"),
    (Split("ana", ("house", "cash"), frozenset({"house"})), {"hose": "1"}, 'no "hose"'),
    (Spread("ana", ("house", "cash"), Fraction(100)), {"house": "60"}, "come to 60 points"),
    (Spread("ana", ("house", "cash"), Fraction(100)), {"house": "120", "cash": "-20"}, "below 0"),
    (Spread("ana", ("house", "cash"), Fraction(100)), "100", "a number for each thing"),
]


@pytest.mark.parametrize(("question", "given", "what"), BAD)
def test_an_answer_that_does_not_count_is_told_with_its_mend(question: Question, given: object, what: str) -> None:
    with pytest.raises(Mistake, match=what) as raised:
        question.read(given)
    assert raised.value.mend


def test_a_wrong_answer_leaves_the_question_open() -> None:
    case = case_of({"ana": [1], "ben": [1]}, LINE)
    conversation = Conversation(PROCEDURES["divide-and-choose"].asking(case))
    question = conversation.question
    with pytest.raises(Mistake):
        conversation.answer("9")
    assert conversation.question is question
    assert conversation.said == []
    conversation.answer(json.loads('"3"'))
    assert isinstance(conversation.question, ChoosePieces)
