"""The JSON Schema agrees with the reader."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from evenhand.case import json_schema, load_case
from strategies import Tree, case_trees

ROOT = Path(__file__).parents[2]
BROKEN = ROOT / "tests" / "bad_input" / "cases"
VALIDATOR = Draft202012Validator(json_schema())


def tree_of(file: Path) -> Any:
    """A file as an editor with the schema sees it: dates as text."""
    yaml = YAML(typ="rt")
    yaml.constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: node.value)
    return yaml.load(file)


def examples() -> list[Path]:
    found = [*ROOT.glob("examples/*/*.yaml"), ROOT / "src" / "evenhand" / "cli" / "starter.yaml"]
    return [file for file in found if "parties" in file.read_text("utf-8")]


def test_the_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("file", examples(), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_the_schema_accepts_every_example_that_reads(file: Path) -> None:
    load_case(file)
    assert [error.message for error in VALIDATOR.iter_errors(tree_of(file))] == []


@settings(derandomize=True, deadline=None, max_examples=60, database=None)
@given(case_trees(rules=True, entitlements=True, burdens=True, together=True, joint=True, no_deal=True))
def test_the_schema_accepts_what_reads(tree: Tree) -> None:
    VALIDATOR.validate(tree)


@pytest.mark.parametrize(
    "name",
    [
        *("title-missing", "parties-missing", "parties-empty", "parties-not-a-list", "party-is-a-word", "unknown-role"),
        *(
            "unknown-top-level-name",
            "wrong-version",
            "issue-kind-unknown",
            "issue-kind-missing",
            "issue-field-misspelt",
        ),
        *("options-empty", "preferences-a-list", "preference-without-points", "points-a-list", "number-in-words"),
        *("issue-field-misspelt", "together-without-points", "rule-kind-unknown", "rule-field-misspelt"),
        *(
            "source-without-a-date",
            "proposal-with-unknown-answer",
            "doubt-of-one-number",
            "doubt-a-word",
            "values-doubt-a-word",
            "values-doubt-of-one-number",
            "no-deal-doubt-a-number",
            "comparison-with-a-word",
            "comparison-without-than",
            "id-missing",
            "id-empty",
        ),
        *("id-with-a-space", "title-is-a-list", "values-a-number", "number-percent", "number-empty"),
    ],
)
def test_the_schema_rejects_a_case_of_the_wrong_shape(name: str) -> None:
    assert len(list(VALIDATOR.iter_errors(tree_of(BROKEN / f"{name}.yaml")))) == 1
