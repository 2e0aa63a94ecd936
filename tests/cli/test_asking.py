"""`evenhand ask`: people answer at the terminal; what was answered is kept, and nothing else is used."""

import json

from tests.cli.calling import ROOT, call

COAST = "examples/coast/case.yaml"
ANSWERS = "\n20\n\n10\n\npass\n\n40\n\npass\n"
"""For the coast by last diminisher: Enter where the keyboard changes hands, then the answer."""


def ask(*words, **options):
    return call("ask", *words, **options)


def test_answers_lead_to_a_deal_and_are_kept(tmp_path):
    log = tmp_path / "log.json"
    done = ask(COAST, "--by", "last-diminisher", "--log", log, "--json", answers=ANSWERS)
    deal = json.loads(done.stdout)["deal"]["coast"]
    assert deal == {"aster": [["10", "40"]], "birke": [["0", "10"]], "clover": [["40", "60"]]}
    assert [row["answer"] for row in json.loads(log.read_text())["answers"]] == ["20", "10", "10", "40", "40"]


def test_a_conversation_that_was_stopped_goes_on_from_its_log(tmp_path):
    log = tmp_path / "log.json"
    whole = ask(COAST, "--by", "last-diminisher", "--json", answers=ANSWERS).stdout
    stopped = ask(COAST, "--by", "last-diminisher", "--log", log, answers="\n20\n\n10\n", code=1)
    assert "To go on" in stopped.stderr
    rest = ask(COAST, "--by", "last-diminisher", "--log", log, "--json", answers="\npass\n\n40\n\npass\n")
    assert rest.stdout == whole
    told_again = ask(COAST, "--by", "last-diminisher", "--log", log, "--json")
    assert told_again.stdout == whole


def test_a_wrong_answer_is_asked_for_again():
    done = ask(COAST, "--by", "last-diminisher", "--json", answers=ANSWERS.replace("20", "far\n99\n20"))
    assert done.stderr.count("That does not count") == 2
    assert "birke" in json.loads(done.stdout)["deal"]["coast"]


def test_a_screen_lies_between_the_answers_of_two_parties():
    lines = ask(COAST, "--by", "last-diminisher", answers=ANSWERS).stderr
    assert lines.count("Everybody else looks away") == 5
    birke = lines.split("For Birke Point alone:")[1].split("For Clover Sands alone:")[0]
    assert "0–20 km" in birke


def test_the_script_says_how_to_run_it_and_asks_nothing():
    printed = ask(COAST, "--by", "even-paz", "--script").stdout
    assert "  1. " in printed
    assert max(len(line) for line in printed.splitlines()) <= 80
    assert json.loads(ask(COAST, "--by", "even-paz", "--script", "--json").stdout)["script"]


def test_what_asks_nothing_or_has_no_meaning_here_is_refused():
    assert "asks nothing" in ask(COAST, "--by", "nash", code=2).stderr
    assert "two parties" in ask(COAST, "--by", "adjusted-winner", code=2).stderr
    assert "there is no procedure" in ask(COAST, "--by", "last-dimnisher", code=2).stderr


def test_the_log_is_never_the_case(tmp_path):
    case = tmp_path / "case.yaml"
    case.write_text((ROOT / COAST).read_text("utf-8"), "utf-8")
    ask(case, "--by", "last-diminisher", "--log", case, answers=ANSWERS, code=2)
    assert case.read_text("utf-8") == (ROOT / COAST).read_text("utf-8")
