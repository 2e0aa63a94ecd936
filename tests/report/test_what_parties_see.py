"""Nothing leaks: what one party sees does not change with another's private numbers."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from rich.console import Console

from evenhand.case import load_case, territories
from evenhand.report.page import party_page, report_page
from evenhand.report.shape import dumped, solution_json, solution_json_for
from evenhand.report.terminal import show_for_party
from evenhand.report.words import for_party
from evenhand.settle import Request, Solution, applying, examine, settle, settle_all
from evenhand.settle.land import load_with_maps

ROOT = Path(__file__).parents[2]
FILES = sorted(ROOT.glob("examples/**/*.yaml"))
SECRET = Fraction(7919, 13)


def everything_shown_to(case, solution, party):
    console = Console(record=True, width=80, file=open("/dev/null", "w"))  # noqa: SIM115  # closed with the console
    show_for_party(console, case, solution, party)
    console.file.close()
    page = party_page(case, [solution], party)
    return console.export_text() + page + dumped(solution_json_for(case, solution, party))


def with_other_secrets(case, party):
    """The case with every other party's numbers replaced, and its red lines removed."""
    changed = {}
    for other, kept in case.preferences.items():
        points = {issue: -SECRET if value < 0 else SECRET for issue, value in kept.points.items()}
        lines = {land.id: dict.fromkeys(land.lines, Fraction(13)) for land in territories(case)}
        secret = kept.model_copy(
            update={
                **{"land": {}, "values": {**kept.values, **lines}},
                **{"points": points, "no_deal": SECRET, "together": (), "doubt": {}, "density": {}},
                **{"values_doubt": {}, "no_deal_doubt": None, "at_least_as_good": ()},
            }
        )
        changed[other] = kept if other == party else secret
    rules = tuple(rule for rule in case.rules if rule.party in (None, party))
    return case.model_copy(update={"preferences": changed, "rules": rules})


def _some_procedure(case):
    """Leximin where it applies, else the first that does."""
    found = [procedure.id for procedure, why in applying(case) if why is None]
    return "leximin" if "leximin" in found else found[0]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem + "-" + file.parent.name)
def test_a_partys_view_does_not_depend_on_anothers_numbers(file):
    case = load_with_maps(file)
    solution = settle(case, _some_procedure(case))
    for party in case.preferences:
        shown = everything_shown_to(case, solution, party)
        other = with_other_secrets(case, party)
        changed = examine(other, solution.deal)
        given = Solution(
            solution.procedure,
            *(
                getattr(changed, name)
                for name in ("deal", "values", "trace", "certificates", "method", "seconds", "versions")
            ),
        )
        assert everything_shown_to(other, given, party) == shown
        assert "7919" not in shown


def test_words_tell_what_it_is_worth_and_why_it_is_fair():
    case = load_case(ROOT / "examples/adjusted-winner/camp-david.yaml")
    words = for_party(case, settle(case, "adjusted-winner").deal, "israel")
    assert words.worth.startswith("By your own points this deal is worth 65.83 of your 100 points.")
    assert any(line.startswith("Nobody's part is worth more to you than yours") for line in words.fair)
    assert "1/6 of Sinai" in words.gets


def test_a_partys_page_has_no_formulas():
    case = load_case(ROOT / "examples/estate/case.yaml")
    page = party_page(case, [settle(case, "nash")], "klara")
    assert "Exactly:" not in page
    assert "v_i" not in page


@pytest.fixture(scope="module")
def pages():
    """Of every example: the case, what was solved, and the report on it; made once, since it takes long."""
    return [_reported(load_with_maps(file)) for file in FILES]


def _reported(case):
    results = settle_all(case, Request())
    solved = [found for found in results if isinstance(found, Solution)]
    refused = [found for found in results if not isinstance(found, Solution)]
    return case, solved, report_page(case, solved, refused, Request(), "case.yaml")


def test_the_report_needs_no_network_and_no_script(pages):
    for _, _, page in pages:
        assert "<script" not in page
        assert "http" not in page.replace("http-equiv", "")
        assert "url(" not in page.replace("url(#", "")  # a pattern on the page itself


def test_the_report_shows_every_procedure_certificate_and_refusal(pages):
    for case, solved, page in pages:
        for solution in solved:
            assert f'id="{solution.procedure.id}"' in page
        assert all(party.label in page for party in case.parties)
        assert page.count("What was proved</h3>") == len({str(solution.deal) for solution in solved})


def test_procedures_that_lead_to_one_deal_share_its_section():
    case = load_case(ROOT / "examples" / "partnership" / "case.yaml")
    solved = [settle(case, procedure) for procedure in ("adjusted-winner", "leximin")]
    assert solved[0].deal == solved[1].deal
    page = report_page(case, solved, [], Request(), "case.yaml")
    assert page.count("What was proved</h3>") == 1
    assert "How it was computed by Leximin" in page
    assert "How it was computed by Adjusted Winner" in page
    assert party_page(case, solved, "ana").count("The proposal</h2>") == 1


def test_titles_and_names_cannot_break_the_page():
    case = load_case(ROOT / "examples/adjusted-winner/camp-david.yaml")
    nasty = '</title><script>alert(1)</script> שלום & "x"'
    issues = (case.issues[0].model_copy(update={"name": nasty}), *case.issues[1:])
    parties = tuple(party.model_copy(update={"name": nasty}) for party in case.parties)
    bad = case.model_copy(update={"title": nasty, "issues": issues, "parties": parties, "about": nasty})
    solution = settle(bad, "adjusted-winner")
    for page in (report_page(bad, [solution], [], Request(), "a b.yaml"), party_page(bad, [solution], "egypt")):
        assert "<script" not in page
        assert 'dir="auto"' in page
        assert "שלום" in page


def test_json_numbers_are_fractions_as_text_and_survive_a_round_trip():
    case = load_case(ROOT / "examples/adjusted-winner/trump-divorce.yaml")
    answer = json.loads(dumped(solution_json(case, settle(case, "adjusted-winner"))))
    assert {row["points"] for row in answer["value"].values()} == {"218/3"}
    assert all(
        isinstance(share, str)
        for found in answer["deal"].values()
        if isinstance(found, dict)
        for share in found.values()
    )
