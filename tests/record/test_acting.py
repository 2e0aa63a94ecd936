"""From a report to what is on the table, and where each party stands on it."""

from pathlib import Path

import pytest

from evenhand.record.acting import with_acts, with_offices
from evenhand.record.english.offices import body_of, office_of, state_of
from evenhand.record.model import Actor, Proposal, Record
from evenhand.record.proposals import next_moves
from evenhand.record.reading import read_reports
from evenhand.record.sources import read_sources
from evenhand.report.record import proposal_lines

REPORT = Path(__file__).parents[3] / "shared" / "data" / "text" / "talks-report.txt"
DAY = "@2025-03-17"


def read(tmp_path: Path, text: str) -> Record:
    file = tmp_path / "report.txt"
    file.write_text(text, "utf-8")
    sources, _ = read_sources([f"{file}{DAY}"], None)
    return read_reports(sources)[0]


def answers(proposal: Proposal) -> dict[str, str]:
    return {party: status.answer for party, status in proposal.status.items()}


def test_a_proposal_has_its_maker_and_its_answers(tmp_path: Path) -> None:
    record = read(
        tmp_path,
        "Norway proposed a 20-day ceasefire on Monday. Sudan agreed to the 20-day ceasefire. "
        "Eritrea rejected the proposal, its minister said.",
    )
    (found,) = record.proposals
    assert (found.by, found.issue, found.terms) == ("norway", "ceasefire", "20-day ceasefire")
    assert answers(found) == {"sudan": "accepted", "eritrea": "refused"}
    assert next_moves(found) == ()


def test_conditions_set_afterwards_belong_to_the_answer(tmp_path: Path) -> None:
    record = read(
        tmp_path,
        "Norway proposed a truce. Sudan agreed to the truce in principle. Sudan set out strict conditions for it.",
    )
    (found,) = record.proposals
    assert found.status["sudan"].answer == "in-principle"
    assert found.status["sudan"].conditions
    assert next_moves(found) == ("sudan",)


def test_what_is_on_the_table_is_said_in_a_sentence(tmp_path: Path) -> None:
    record = read(tmp_path, "Norway proposed a truce. Sudan agreed to the truce in principle.")
    (line,) = proposal_lines(record)
    assert line == ("On the table: truce, proposed by Norway: Sudan agreed in principle [2]. Still open with: Sudan.")


def test_without_a_proposal_nothing_is_on_the_table(tmp_path: Path) -> None:
    assert read(tmp_path, "Sudan agreed to the plan. The sea was blue.").proposals == ()


def test_what_a_person_corrected_stays(tmp_path: Path) -> None:
    record = read(tmp_path, "Norway proposed a truce. Sudan agreed to the truce.")
    seen = tuple(one.model_copy(update={"review": "corrected", "acts": ()}) for one in record.statements)
    again = with_acts(record.model_copy(update={"statements": seen}), {})
    assert again.statements == seen
    assert again.proposals == ()


def test_an_office_says_for_which_state_somebody_speaks() -> None:
    text = "French President Ada Moreau met Ben Hill. Ada Moreau left."
    assert office_of("Ada Moreau", text) == "France"
    assert office_of("Ben Hill", text) is None
    assert state_of("the Kremlin") == "Russia"
    assert state_of("Ada Moreau") is None


def test_a_capital_speaks_for_its_state_wherever_it_comes_first() -> None:
    actors = with_offices([Actor(id="paris", name="Paris"), Actor(id="france", name="France")], [""])
    assert [(one.id, one.speaks_for) for one in actors] == [("paris", "france"), ("france", None)]


def test_the_talks_report_puts_one_ceasefire_on_the_table_and_the_next_move_where_it_is() -> None:
    if not REPORT.exists():
        pytest.skip("the report is not here")
    sources, _ = read_sources([f"{REPORT}{DAY}"], None)
    record, _ = read_reports(sources)
    (found,) = record.proposals
    assert (found.by, found.terms, found.issue) == ("united-states", "30-day ceasefire", "ceasefire")
    assert answers(found) == {"ukraine": "accepted", "russia": "in-principle"}
    assert found.status["russia"].conditions == ("stringent conditions",)
    assert next_moves(found) == ("russia",)
    said = {one.id: one for one in record.statements}
    agreed = said[found.status["ukraine"].statement or ""]
    assert (agreed.speaker.actor, agreed.attributed_to) == ("ukraine", ("donald-trump",))
    speaks = {one.id: one.speaks_for for one in record.actors}
    assert (speaks["vladimir-putin"], speaks["donald-trump"]) == ("russia", "united-states")


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("French negotiators", "France"),
        ("senior US officials", "United States"),
        ("the Turkish government", "Turkey"),
        ("French farmers", None),
        ("officials", None),
        ("US negotiators in Paris", None),
    ],
)
def test_officials_speak_for_their_state_and_its_people_do_not(name, state):
    assert body_of(name) == state


def test_officials_without_a_name_bring_their_state_in():
    officials, state = with_offices([Actor(id="o", name="French officials")], [""])
    assert (officials.speaks_for, state.id) == ("france", "france")
