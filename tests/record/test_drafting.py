"""The draft of a case says what the record says, and passes the check."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.case import CaseError, case_text, id_of, parse_document, read_case
from evenhand.record.drafting import OPEN, draft_case
from evenhand.record.model import Act, ActKind, Actor, Quoted, Record, Source, Speaker, Statement, Strength
from evenhand.record.sources import digest

TEXT = "Ana offers a truce; Ben agrees if the road opens; Ana will not give up the mill."
ACTORS = (Actor(id="ana", name="Ana"), Actor(id="ben", name="Ben"), Actor(id="cem", name="Cem", speaks_for="ben"))


def record_of(*rows, actors=ACTORS):
    """Each row: actor, act, and further fields of the statement."""
    source = Source(id="s", title="T", date=date(2025, 3, 17), sha256=digest(TEXT), text=TEXT)
    statements = tuple(
        Statement(
            id=f"s-{number}",
            source="s",
            speaker=Speaker(actor=actor),
            content=(Quoted(start=0, end=3, text="Ana"),),
            type="indirect",
            confidence=1,
            acts=(act,) if act else (),
            **more,
        )
        for number, (actor, act, more) in enumerate(rows, 1)
    )
    return Record(sources=(source,), actors=actors, statements=statements)


TRUCE = Act(kind="proposal", issue="Ceasefire", term="30-day truce")


def test_an_offer_comes_with_its_answers_and_conditions():
    yes = Act(kind="acceptance-with-conditions", issue="Ceasefire", conditions=("the road opens",))
    case = draft_case(record_of(("ana", TRUCE, {}), ("cem", yes, {})))
    offer = case.proposals[0]
    assert (offer.by, offer.terms) == ("ana", {"ceasefire": "30-day-truce"})
    assert offer.answers == {"ben": "accepted-with-conditions"}
    assert offer.conditions_of("ben") == "the road opens"
    assert offer.statements == ("s-1", "s-2")


def test_agreement_in_principle_is_not_acceptance():
    yes = Act(kind="acceptance", strength="in-principle", issue="Ceasefire")
    assert draft_case(record_of(("ana", TRUCE, {}), ("ben", yes, {}))).proposals[0].answers == {
        "ben": "accepted-with-conditions"
    }


def test_a_red_line_is_a_rule_that_points_at_its_statement():
    act = Act(kind="red-line", issue="mill", term="give up the mill")
    rule = draft_case(record_of(("ana", act, {}))).rules[0]
    assert (rule.party, rule.forbid, rule.statements) == ("ana", {"mill": ("give-up-the-mill",)}, ("s-1",))


def test_no_points_are_made_up():
    case = draft_case(record_of(("ana", TRUCE, {}), ("ben", None, {})))
    assert all(not any(wants.points.values()) for wants in case.preferences.values())
    assert "All points are 0 because no party has stated any" in case.about


def test_whose_position_it_is_stays_apart_from_who_reports_it():
    case = draft_case(record_of(("ana", TRUCE, {"attributed_to": ("ben",)})))
    assert (case.statements[0].by, case.statements[0].holder) == ("Ben", "ana")


def test_rejected_supposed_and_hypothetical_acts_do_not_count():
    maybe = TRUCE.model_copy(update={"strength": "hypothetical"})
    for row in (("ana", TRUCE, {"review": "rejected"}), ("ana", TRUCE, {"supposed": True}), ("ana", maybe, {})):
        with pytest.raises(CaseError, match="nothing to draft a case from"):
            draft_case(record_of(row))


WORDS = st.sampled_from(["", "land", "Land!", "no deal", "joint", "otherwise", "…", "30 days", "ana", "x" * 90])
ACTS = st.builds(
    Act,
    kind=st.sampled_from(get_args(ActKind)),
    strength=st.sampled_from(get_args(Strength)),
    issue=WORDS,
    term=WORDS,
    conditions=st.lists(WORDS, max_size=2).map(tuple),
)
IDLE = ("concession-called-for", "threat", "commitment-to-meet", "progress-claim")
ROLES = st.sampled_from(["principal", "mediator", "third-party", "unknown"])


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["ana", "ben", "cem", None]), ACTS), min_size=1, max_size=6), ROLES, ROLES)
def test_every_draft_passes_the_check(rows, first, second):
    actors = tuple(
        actor.model_copy(update={"role": role}) for actor, role in zip(ACTORS, (first, second, first), strict=True)
    )
    record = record_of(*((actor, act, {}) for actor, act in rows), actors=actors)
    if not any(
        actor and id_of(act.issue) and act.kind not in IDLE and act.strength not in ("negated", "hypothetical")
        for actor, act in rows
    ):
        with pytest.raises(CaseError, match="nothing to draft a case from"):
            draft_case(record)
        return
    case = draft_case(record)
    assert read_case(parse_document(case_text(case))) == case
    assert all(issue.options[-1].id == OPEN for issue in case.issues)


def test_denying_a_will_to_yield_draws_a_red_line():
    act = Act(kind="red-line", issue="mill", term="give up the mill")
    case = draft_case(record_of(("ana", act, {"negated": True}), ("ben", None, {"negated": True})))
    assert [rule.party for rule in case.rules] == ["ana"]
    assert [one.id for one in case.statements] == ["s-1"]


def test_a_red_line_never_forbids_its_own_denial():
    act = Act(kind="red-line", issue="mill", term="We will never give up the mill")
    case = draft_case(record_of(("ana", act, {})))
    assert case.issues[0].options[0].name == "Ruled out: “We will never give up the mill”"
    assert case.rules[0].forbid == {"mill": (case.issues[0].options[0].id,)}
