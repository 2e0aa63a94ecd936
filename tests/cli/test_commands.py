"""The command line as a person or a script meets it; where it matters, run as a process of its own."""

import json
import os
import random
import re
import signal
import subprocess
import sys

import pytest

from tests.cli.calling import ROOT
from tests.cli.calling import call as run

TALKS = "examples/ceasefire-talks/case.yaml"
CAMP_DAVID = "examples/adjusted-winner/camp-david.yaml"


def data(*words, **options):
    return json.loads(run(*words, "--json", **options).stdout)


def data_of_a_process(*words, hash_seed):
    """What a process of its own prints, whose dictionaries and sets are ordered by `hash_seed`."""
    command = [sys.executable, "-m", "evenhand.cli", *map(str, words), "--json"]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def without_time(answer):
    answer["method"].pop("seconds")
    return answer


def test_divide_gives_the_published_scores_of_camp_david():
    answer = data("divide", CAMP_DAVID, "--by", "adjusted-winner")
    assert {row["points"] for row in answer["value"].values()} == {"395/6"}
    assert {row["decimal"] for row in answer["value"].values()} == {65.83}


def test_the_json_has_the_promised_shape():
    answer = data("divide", TALKS, "--by", "nash", "--seed", "3")
    assert list(answer) == ["procedure", "deal", "value", "certificates", "trace", "method"]
    assert set(answer["method"]) >= {"name", "seed", "gap", "seconds", "versions"}
    assert all({"property", "verdict", "witness"} <= set(row) for row in answer["certificates"])
    assert {row["verdict"] for row in answer["certificates"]} <= {"holds", "fails", "undecided", "undefined"}
    assert all({"points", "decimal", "share"} == set(row) for row in answer["value"].values())


@pytest.mark.parametrize("words", [("check",), ("divide", "--by", "round-robin"), ("bargain",)])
def test_a_case_without_land_or_reports_loads_nothing_made_for_them(words):
    program = f"""
import sys
from evenhand.cli import main
sys.argv = ["evenhand", *{[words[0], CAMP_DAVID, *words[1:]]!r}]
try:
    main()
except SystemExit:
    pass
print(sorted({{"numba", "pyproj", "shapely", "spacy"}} & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize("procedure", ["nash", "leximin"])
def test_the_same_case_and_seed_give_the_same_bytes(procedure):
    first = without_time(data_of_a_process("divide", TALKS, "--by", procedure, "--seed", "7", hash_seed="0"))
    second = without_time(data_of_a_process("divide", TALKS, "--by", procedure, "--seed", "7", hash_seed="4242"))
    assert json.dumps(first) == json.dumps(second)


def test_a_seed_draws_the_order_of_turns_and_is_recorded():
    estate = "examples/estate/case.yaml"
    orders = {
        seed: data("divide", estate, "--by", "round-robin", "--seed", seed)["trace"][0]["parties"] for seed in range(6)
    }
    assert len({tuple(order) for order in orders.values()}) > 1
    assert data("divide", estate, "--by", "round-robin", "--seed", 5)["trace"][0]["parties"] == orders[5]
    assert data("divide", estate, "--by", "round-robin", "--seed", 5)["method"]["seed"] == 5


def test_a_deal_written_by_divide_is_certified_alike(tmp_path):
    deal = tmp_path / "deal.json"
    divided = data("divide", CAMP_DAVID, "--by", "adjusted-winner", "-o", deal)
    examined = data("certify", CAMP_DAVID, deal)
    assert examined["procedure"] is None
    verdicts = [(row["property"], row["verdict"]) for row in divided["certificates"]]
    assert [(row["property"], row["verdict"]) for row in examined["certificates"]] == verdicts


def test_a_broken_deal_file_gives_every_mistake_and_exit_code_2(tmp_path):
    deal = tmp_path / "deal.json"
    deal.write_text('{"deal": {"sinai": "nobody",\n "moon": "israel"}}')
    done = run("certify", CAMP_DAVID, deal, code=2)
    assert "deal.json:1: deal.sinai:" in done.stderr
    assert "deal.json:2: deal.moon:" in done.stderr


@pytest.mark.parametrize("words", [("check",), ("divide",), ("report",)])
def test_a_broken_case_gives_one_line_per_mistake_and_exit_code_2(tmp_path, words):
    case = tmp_path / "case.yaml"
    case.write_text(
        "title: x\nparties: [{id: a}, {id: a}]\nissues: [{id: k, kind: asset}]\npreferences: {a: {points: {k: x}}}\n"
    )
    done = run(*words, case, code=2)
    assert ":2: parties[1].id:" in done.stderr
    assert ":4: preferences.a.points.k:" in done.stderr
    shown = json.loads(run(*words, case, "--json", code=2).stdout)
    assert {"file", "line", "column", "path", "what", "mend"} == set(shown["problems"][0])


CLASH = """title: clash
parties: [{id: a}, {id: b}]
issues:
  - {id: k, kind: asset}
  - {id: m, kind: asset}
preferences:
  a: {points: {k: 1, m: 1}}
  b: {points: {k: 1, m: 1}}
rules:
  - {id: r1, kind: require, require: {m: b}}
  - {id: r2, kind: red-line, party: a, forbid: {k: b}}
  - {id: r3, kind: red-line, party: b, forbid: {k: a}}
"""


@pytest.mark.parametrize(
    "words",
    [("check",), ("divide", "--by", "list"), ("divide", "--by", "nash"), ("divide", "--by", "leximin"), ("report",)],
)
def test_rules_that_clash_are_named_with_their_lines_and_nothing_is_written(tmp_path, words):
    (tmp_path / "case.yaml").write_text(CLASH)
    done = run(words[0], "case.yaml", *words[1:], cwd=tmp_path, code=2)
    assert "case.yaml:11: rules[1]:" in done.stderr
    assert "case.yaml:12: rules[2]:" in done.stderr
    assert "r1" not in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["case.yaml"]


def test_a_procedure_that_does_not_apply_says_why():
    done = run("divide", TALKS, "--by", "adjusted-winner", code=2)
    assert "choice" in done.stderr
    listed = data("divide", TALKS, "--by", "list")["procedures"]
    ready = {row["procedure"] for row in listed if row["why_not"] is None}
    assert ready >= {"nash", "leximin"}
    assert not ready & {"adjusted-winner", "round-robin", "proportional-split"}


def test_a_misspelt_procedure_or_party_gets_a_hint():
    assert 'Did you mean "nash"?' in run("divide", TALKS, "--by", "nahs", code=2).stderr
    assert "Known: russia, ukraine" in run("divide", TALKS, "--by", "nash", "--for", "moon", code=2).stderr


def test_new_writes_a_case_that_checks_and_never_overwrites(tmp_path):
    run("new", "mine.yaml", "--title", 'Löwe: "a" & b', cwd=tmp_path)
    assert "Löwe" in run("check", "mine.yaml", cwd=tmp_path).stdout
    before = (tmp_path / "mine.yaml").read_bytes()
    assert "exists already" in run("new", "mine.yaml", cwd=tmp_path, code=2).stderr
    assert (tmp_path / "mine.yaml").read_bytes() == before


def test_new_takes_points_from_a_table_and_renews_them_in_place(tmp_path):
    (tmp_path / "table.csv").write_text("issue,Ana,Ben\nHouse,60,40\nCar,40,60\n")
    run("new", "case.yaml", "--points", "table.csv", cwd=tmp_path)
    case = tmp_path / "case.yaml"
    case.write_text("# keep me\n" + case.read_text())
    (tmp_path / "table.csv").write_text("issue,Ana,Ben\nHouse,70.5,40\nCar,29.5,60\n")
    run("new", "case.yaml", "--points", "table.csv", "--into", cwd=tmp_path)
    assert case.read_text().startswith("# keep me\n")
    assert data("divide", "case.yaml", "--by", "nash", cwd=tmp_path)["value"]["ana"]["points"] == "141/2"


def test_convert_goes_to_json_and_back_without_change(tmp_path):
    run("convert", TALKS, "-o", tmp_path / "case.json")
    run("convert", tmp_path / "case.json", "-o", tmp_path / "case.yaml")
    there = without_time(data("divide", TALKS, "--by", "nash"))
    assert without_time(data("divide", tmp_path / "case.yaml", "--by", "nash")) == there


def test_schema_is_a_json_schema():
    assert json.loads(run("schema").stdout)["$schema"].startswith("https://json-schema.org/")


def test_a_time_limit_gives_a_deal_and_its_gap_or_says_there_was_no_time():
    answer = data("divide", TALKS, "--by", "nash", "--time", "60")
    assert answer["method"]["gap"] == 0


def test_nothing_is_wider_than_the_terminal():
    for procedure in ("nash", "leximin"):
        shown = run("divide", TALKS, "--by", procedure).stdout
        assert max(len(line.rstrip()) for line in shown.splitlines()) <= 80


def test_a_report_that_cannot_be_written_is_one_clear_error():
    assert "cannot be written" in run("report", CAMP_DAVID, "-o", "/nowhere/report.html", code=2).stderr


SECRET_RULE = """title: secret
parties: [{id: ana}, {id: ben}]
issues: [{id: house, kind: asset}, {id: car, kind: asset}, {id: cash, kind: divisible}]
preferences:
  ana: {points: {house: 50, car: 30, cash: 20}}
  ben: {points: {house: 40, car: 30, cash: 30}}
rules:
  - {id: hidden, kind: red-line, party: ben, forbid: {house: ben, car: ana}}
"""


@pytest.mark.parametrize(
    "words",
    [("report",), ("divide", "--by", "list"), ("divide", "--by", "adjusted-winner"), ("divide", "--by", "nash")],
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_what_a_party_is_told_never_names_anothers_rule(tmp_path, words, form):
    (tmp_path / "case.yaml").write_text(SECRET_RULE)
    code = 2 if "adjusted-winner" in words else 0
    done = run(words[0], "case.yaml", *words[1:], "--for", "ana", *form, cwd=tmp_path, code=code)
    assert "hidden" not in done.stdout + done.stderr
    assert all("hidden" not in file.read_text() for file in tmp_path.glob("*.html"))


def test_a_party_is_not_told_which_rules_clash(tmp_path):
    (tmp_path / "case.yaml").write_text(CLASH)
    for by in ("nash", "list"):
        done = run("divide", "case.yaml", "--by", by, "--for", "a", cwd=tmp_path, code=2)
        assert "r3" not in done.stdout + done.stderr


def test_a_party_is_told_about_itself_alone(tmp_path):
    (tmp_path / "case.yaml").write_text(SECRET_RULE.replace("require", "forbid"))
    (tmp_path / "deal.json").write_text('{"deal": {"house": "ben", "car": "ana", "cash": {"ben": 1}}}')
    shown = run("certify", "case.yaml", "deal.json", "--for", "ana", cwd=tmp_path).stdout
    assert not re.search(r"[Nn]obody envies|Everyone|case has no rules", shown)


@pytest.mark.parametrize("words", [("divide", "--by", "nash"), ("report",), ("convert",)])
def test_a_result_is_never_written_over_its_case(tmp_path, words):
    case = tmp_path / "case.yaml"
    case.write_text(SECRET_RULE)
    assert (
        "is the case itself" in run(words[0], "case.yaml", *words[1:], "-o", "case.yaml", cwd=tmp_path, code=2).stderr
    )
    assert case.read_text() == SECRET_RULE


def test_a_partys_report_has_a_name_of_its_own(tmp_path):
    (tmp_path / "case.yaml").write_text(SECRET_RULE)
    run("report", "case.yaml", cwd=tmp_path)
    run("report", "case.yaml", "--for", "ana", "--by", "nash", cwd=tmp_path)
    assert sorted(file.name for file in tmp_path.glob("*.html")) == ["report-ana.html", "report.html"]


def test_converting_to_yaml_keeps_comments(tmp_path):
    run("convert", TALKS, "-o", tmp_path / "copy.yaml")
    assert (tmp_path / "copy.yaml").read_text() == (ROOT / TALKS).read_text()


def test_different_totals_are_pointed_out_where_points_are_compared(tmp_path):
    (tmp_path / "case.yaml").write_text(SECRET_RULE.replace("cash: 30", "cash: 90").split("rules:")[0])
    assert "different totals" in run("divide", "case.yaml", "--by", "adjusted-winner", cwd=tmp_path).stdout


def test_an_interrupt_gives_the_best_so_far_with_its_gap(tmp_path):
    draw = random.Random(1)
    base = [draw.randint(5, 30) for _ in range(120)]
    names = [f"p{number}" for number in range(30)]
    case = {
        "title": "hard",
        "parties": [{"id": name} for name in names],
        "issues": [{"id": f"a{number}", "kind": "asset"} for number in range(120)],
        "preferences": {
            name: {"points": {f"a{n}": worth + draw.randint(-3, 3) for n, worth in enumerate(base)}} for name in names
        },
    }
    (tmp_path / "case.json").write_text(json.dumps(case))
    command = [sys.executable, "-m", "evenhand.cli", "divide", "case.json", "--by", "nash", "--json"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=8)
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    method = json.loads(printed)["method"]
    assert 0 < method["gap"] < 5
    assert not method["exact"]


def _written(tmp_path):
    (tmp_path / "case.yaml").write_text((ROOT / CAMP_DAVID).read_text())
    run("divide", "case.yaml", "--by", "adjusted-winner", "--certificates", "c.json", "-o", "deal.json", cwd=tmp_path)
    return json.loads((tmp_path / "c.json").read_text())


def test_written_certificates_are_confirmed_and_tampered_ones_refuted(tmp_path):
    whole = _written(tmp_path)
    found = data("certify", "case.yaml", "--recheck", "c.json", cwd=tmp_path)
    assert found["same_case"]
    assert {row["outcome"] for row in found["findings"]} == {"confirmed", "nothing to recheck"}
    row = next(row for row in whole["certificates"] if row["property"] == "equitable")
    row["witness"]["points"]["israel"] = "66"
    (tmp_path / "c.json").write_text(json.dumps(whole))
    done = run("certify", "case.yaml", "--recheck", "c.json", cwd=tmp_path, code=1)
    assert "refuted" in done.stdout
    assert "66" in done.stdout


def test_a_given_deal_gives_the_same_certificates_file(tmp_path):
    whole = _written(tmp_path)
    run("certify", "case.yaml", "deal.json", "--certificates", "d.json", cwd=tmp_path)
    assert json.loads((tmp_path / "d.json").read_text())["certificates"] == whole["certificates"]


def test_a_case_that_changed_since_is_pointed_out_and_used(tmp_path):
    _written(tmp_path)
    text = (tmp_path / "case.yaml").read_text()
    (tmp_path / "case.yaml").write_text(text.replace("# ", "#  "))
    assert data("certify", "case.yaml", "--recheck", "c.json", cwd=tmp_path)["same_case"]
    (tmp_path / "case.yaml").write_text(text.replace("points: {", "points: {", 1).replace("55", "54"))
    assert "has changed" in run("certify", "case.yaml", "--recheck", "c.json", cwd=tmp_path, code=1).stdout


def test_one_partys_certificates_hold_nothing_of_another_and_are_confirmed(tmp_path):
    command = ("divide", "case.yaml", "--by", "nash", "--for", "ana", "--certificates", "c.json")
    (tmp_path / "case.yaml").write_text(SECRET_RULE)
    run(*command, cwd=tmp_path)
    assert "hidden" not in (tmp_path / "c.json").read_text()
    assert run("certify", "case.yaml", "--recheck", "c.json", cwd=tmp_path).stdout.count("confirmed.")


@pytest.mark.parametrize(
    "words", [(), ("deal.json", "--recheck", "c.json"), ("--recheck", "c.json", "--certificates", "d.json")]
)
def test_certify_without_a_deal_or_with_too_much_is_one_error(tmp_path, words):
    _written(tmp_path)
    done = run("certify", "case.yaml", *words, cwd=tmp_path, code=2)
    assert len(done.stderr.splitlines()) == 1


def test_certificates_are_never_written_over_the_case(tmp_path):
    (tmp_path / "case.yaml").write_text((ROOT / CAMP_DAVID).read_text())
    run("divide", "case.yaml", "--by", "nash", "--certificates", "case.yaml", cwd=tmp_path, code=2)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["divde"], 'there is no command "divde". Did you mean "divide"?'),
        (["divide"], "CASE is missing. See `evenhand divide --help`."),
        (["divide", TALKS, "--bby", "nash"], 'there is no option "--bby". Did you mean "--by"?'),
        (["divide", TALKS, "--seed", "x"], "--seed: "),
        (["divide", TALKS, "--time", "0"], "--time: "),
        (["divide", TALKS, "--by"], "option '--by' requires an argument. See `evenhand --help`."),
        (["convert", TALKS], "-o is missing. See `evenhand convert --help`."),
        (["convert", TALKS, "more"], "See `evenhand convert --help`."),
    ],
)
def test_mistyped_commands_get_one_error_in_the_one_shape(words, said):
    shown = run(*words, code=2)
    assert shown.stdout == ""
    assert re.fullmatch(r"evenhand: .+[.?]\n", shown.stderr)
    assert said in shown.stderr
    if words[-1] != "--by":
        (problem,) = data(*words, code=2)["problems"]
        assert set(problem) == {"file", "line", "column", "path", "what", "mend"}
        assert problem["file"] is None
        assert said in f"{problem['what']} {problem['mend']}"


def test_an_agreed_order_of_turns_is_kept_in_the_record_and_checked():
    estate = "examples/estate/case.yaml"
    answer = data("divide", estate, "--by", "picking-sequence", "--sequence", "iris jonas jonas iris")
    assert answer["trace"][0]["parties"] == ["iris", "jonas", "jonas", "iris"]
    assert answer["method"]["algorithm"] == "turns: iris jonas jonas iris, over again"
    for words, said in (
        (["--by", "picking-sequence", "--sequence", "iris jona"], 'no principal "jona". Did you mean "jonas"?'),
        (["--by", "picking-sequence", "--sequence", " "], "the order of turns is empty."),
        (["--by", "nash", "--sequence", "iris jonas"], "--sequence is for picking-sequence."),
    ):
        assert said in run("divide", estate, *words, code=2).stderr
