"""What somebody does by saying something is told by the cue and by what is said, and never laid at another's door."""

import re
from datetime import date
from pathlib import Path

import pytest

from evenhand.record.english import Attribution, attributions
from evenhand.record.english.acts import ActRead, acts_of
from evenhand.record.english.issues import issues_from, issues_in

REPORT = Path(__file__).parents[3] / "shared" / "data" / "text" / "talks-report.txt"
DAY = date(2025, 3, 17)


@pytest.mark.parametrize(
    ("cue", "content", "kind", "strength"),
    [
        ("agreed to", "a truce of ten days", "acceptance", "firm"),
        ("agreed to", "a truce in principle", "acceptance", "in-principle"),
        ("accept", "the plan if the hostages are freed", "acceptance-with-conditions", "firm"),
        ("rejected", "the offer", "rejection", "firm"),
        ("demanded", "the return of the valley", "demand", "firm"),
        ("proposed", "an exchange of prisoners", "proposal", "firm"),
        ("said", "that his country will never give up the islands", "red-line", "firm"),
        ("said", "that Southland must give up the islands", "concession-called-for", "firm"),
        ("said", "that Southland may have to give up the islands", "concession-called-for", "hypothetical"),
        ("threatened", "to bomb the port", "threat", "firm"),
        ("promised", "to protect the convoy", "guarantee", "firm"),
        ("plan", "to meet in Geneva", "commitment-to-meet", "firm"),
        ("called", "the talks productive", "progress-claim", "firm"),
        ("ceded", "the northern bank", "concession", "firm"),
    ],
)
def test_each_kind_of_act(cue: str, content: str, kind: str, strength: str) -> None:
    assert [(act.kind, act.strength) for act in acts_of(cue, content)] == [(kind, strength)]


def test_a_denied_cue_does_nothing_but_refuse_or_draw_a_red_line() -> None:
    assert acts_of("propose", "a truce", negated=True) == ()
    assert [act.kind for act in acts_of("agree", "to the truce", negated=True)] == ["rejection"]
    assert [act.kind for act in acts_of("intend", "to cede the valley", negated=True)] == ["red-line"]


def test_what_one_says_that_another_must_yield_is_not_the_others_act() -> None:
    assert acts_of("cede", "the valley", before="He said Southland may have to ") == ()


def test_a_claim_that_it_rained_proposes_nothing() -> None:
    assert acts_of("suggested", "that it had rained") == ()


def test_an_act_keeps_its_length_its_conditions_and_its_code() -> None:
    (act,) = acts_of("agreed to", "a 30-day ceasefire provided that the ports are opened", said_on=DAY)
    assert (act.issue, act.duration, act.conditions) == ("ceasefire", "P30D", ("provided that the ports are opened",))
    assert (act.plover.event, act.plover.context) == ("AGREE", ("military", "diplomatic"))


def test_issues_can_be_given_for_these_talks() -> None:
    fish = issues_from(["herring quota | economic | herring* fishing_quota"])
    assert [issue.name for issue in issues_in("The fishing  quota was cut", fish)] == ["herring quota"]
    assert [issue.name for issue in issues_in("the ceasefire and the hostages")] == ["ceasefire", "prisoners"]


def read_report() -> list[tuple[str, str, tuple[ActRead, ...]]]:
    """Who (as called by name), what, and the acts, of every statement of the report."""
    if not REPORT.exists():
        pytest.skip("the report is not here")
    text = REPORT.read_text("utf-8")
    return [(who(text, one), joined(text, one.content), acts(text, one)) for one in attributions(text)]


def joined(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    return " … ".join(text[start:end] for start, end in spans)


def who(text: str, one: Attribution) -> str:
    return text[slice(*one.named)] if one.named else joined(text, one.source)


def acts(text: str, one: Attribution) -> tuple[ActRead, ...]:
    before = text[max(0, one.cue[0][0] - 60) : one.cue[0][0]] if one.cue else ""
    denied = re.search(r"\b(?:not|never)\b[^.,;]{0,20}$", before) is not None
    return acts_of(joined(text, one.cue), joined(text, one.content), before=before, negated=denied, said_on=DAY)


def test_the_talks_report_is_read_as_a_careful_analyst_would() -> None:
    found = {(name, act.kind, act.strength, act.issue, act.duration) for name, _, acts in read_report() for act in acts}
    assert ("Ukraine", "acceptance", "firm", "ceasefire", "P30D") in found
    assert ("United States", "proposal", "firm", "ceasefire", "P30D") in found
    assert ("President Vladimir Putin", "acceptance", "in-principle", "", "") in found
    assert ("President Vladimir Putin", "demand", "firm", "", "") in found
    assert ("President Vladimir Putin", "concession-called-for", "firm", "", "") in found
    assert ("Russia", "red-line", "firm", "territory", "") in found
    assert ("American officials", "concession-called-for", "hypothetical", "territory", "") in found
    assert not [row for row in found if row[0] == "Ukraine" and row[1] != "acceptance"]


def test_the_talks_report_has_nothing_refused_or_threatened() -> None:
    kinds = {act.kind for _, _, acts in read_report() for act in acts}
    assert not kinds & {"rejection", "threat", "guarantee"}
