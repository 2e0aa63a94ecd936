"""What the documentation says is what the code does."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from evenhand.bargain import BARGAINING_SOLUTIONS
from evenhand.case import Case, case_digest, load_case, parse_document, read_case
from evenhand.certify import PROPERTIES, certificates_from_text, certificates_json, certify, recheck
from evenhand.divide import PROCEDURES

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*.md")])
sys.path.insert(0, str(ROOT / "tools"))


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize(
    "name", ["docs/case-format.md", "docs/procedures.md", "docs/certificates.md", "docs/bargain.md"]
)
def test_generated_tables_are_those_of_the_code(name):
    import generated_docs

    assert generated_docs.renewed(read(name)) == read(name), "run: .venv/bin/python tools/generated_docs.py"


def test_the_certificates_file_of_the_docs_is_confirmed():
    example = json.loads(re.search(r"<!-- example: file -->\n```json\n(.*?)```", read("docs/certificates.md"), re.S)[1])
    points = {"ana": {"boat": 60, "car": 40}, "ben": {"boat": 30, "car": 70}}
    case = Case.model_validate(
        {
            "title": example["case"]["title"],
            "parties": [{"id": party} for party in points],
            "issues": [{"id": issue, "kind": "asset"} for issue in ("boat", "car")],
            "preferences": {party: {"points": row} for party, row in points.items()},
        }
    )
    found = recheck(case, certificates_from_text(case, json.dumps(example)))
    assert [finding.outcome for finding in found] == ["confirmed"]
    deal = certificates_from_text(case, json.dumps(example)).deal
    assert list(certificates_json(case, deal, certify(case, deal), {"evenhand": "0"})) == list(example)
    assert case_digest(case).startswith(example["case"]["sha256"].removesuffix("…"))


def test_every_entry_of_a_walk_is_explained():
    page = read("docs/certificates.md")
    explained = set(re.findall(r"^\| `([^`])", page, re.M))
    assert explained >= set("-<!=@")


def test_the_case_in_the_case_format_is_a_case():
    text = re.search(r"```yaml\n(.*?)```", read("docs/case-format.md"), re.S)
    assert read_case(parse_document(text.group(1))).title == "Dissolving the partnership"


def test_the_architecture_names_every_room_and_directory():
    page = read("docs/architecture.md")
    rooms = [path.parent for path in (ROOT / "src/evenhand").glob("*/__init__.py")]
    assert all(f"`src/evenhand/{room.name}`" in page for room in rooms)
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    top = {line.split("/")[0] for line in tracked.splitlines() if "/" in line} - {"src", ".ci"}
    assert [name for name in sorted(top) if f"`{name}`" not in page] == []


def test_every_floor_of_the_architecture_is_held_by_the_linter():
    layers = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"][0]["layers"]
    listed = [set(re.findall(r"evenhand\.(\w+)", layer)) for layer in reversed(layers)]
    rows = re.findall(r"\| (\d) \| `src/evenhand/(\w+)`", read("docs/architecture.md"))
    assert [{room for floor, room in rows if int(floor) == number + 1} for number in range(len(listed))] == listed


def test_every_dependency_has_its_line_and_no_other_has():
    project = tomllib.loads(read("pyproject.toml"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    wanted += [name for extra in project["project"]["optional-dependencies"].values() for name in extra]
    names = {re.split(r"[<>=\[]", name)[0] for name in wanted}
    lines = [line for line in read("docs/dependencies.md").splitlines() if line.startswith("- `")]
    explained = {name for line in lines for name in re.findall(r"`([\w.-]+)`", line.split(":")[0])}
    assert explained - {"evenhand"} == names


def test_the_lock_names_no_registry_and_pins_everything_with_hashes():
    lock = read("requirements.lock")
    assert "://" not in lock
    assert "index-url" not in lock
    entries = re.findall(r"^\S+==\S+.*?(?=^\S|\Z)", lock, re.S | re.M)
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_glossary_has_every_property_procedure_and_solution():
    page = read("docs/glossary.md")
    assert [name for name in (*PROPERTIES, *PROCEDURES, *BARGAINING_SOLUTIONS) if f"`{name}`" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    targets = re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_in_pages_exist_with_their_options(page):
    from typer.main import get_command

    from evenhand.cli.app import app

    commands = get_command(app).commands
    for line in re.findall(r"(?:^|[`/ ])evenhand ([a-z][^`#\n]*)", page.read_text("utf-8"), re.M):
        words = shlex.split(line.replace("…", ""))
        if words[0] not in commands:
            continue
        command = commands[words[0]]
        for word in words[1:]:  # a command of a group, such as `land divide`
            command = getattr(command, "commands", {}).get(word, command)
        known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        assert [word for word in words if word.startswith("-") and word not in known] == [], line


@pytest.mark.parametrize("target", re.findall(r"`make ([a-z-]+)`", " ".join(page.read_text("utf-8") for page in PAGES)))
def test_make_targets_in_pages_exist(target):
    assert re.search(rf"^{target}:", read("Makefile"), re.M)


@pytest.mark.parametrize("file", sorted(ROOT.glob("examples/**/*.yaml")), ids=lambda file: str(file.relative_to(ROOT)))
def test_every_example_is_a_case_that_says_what_it_is(file):
    case = load_case(file)
    assert case.about
    assert f"{file.relative_to(ROOT / 'examples')}" in read("examples/README.md")
