"""Files that are well written but leave no deal: a smallest set of clashing rules is named, and none gives a deal."""

from pathlib import Path

import pytest

from evenhand.case import load_case
from evenhand.deals import NoDeal
from evenhand.settle import Refusal, check_satisfiable, settle_all

CLASHING = Path(__file__).parent / "clashing"
CLASHES = {
    "nobody-may-carry-it": ("no-ana", "no-ben"),
    "caps-leave-a-rest": ("cap-ana", "cap-ben", "cap-cem"),
    "floors-above-the-whole": ("floor-ana", "floor-ben"),
    "cap-below-floor": ("cap", "floor"),
}


def test_every_clashing_file_has_its_line_here() -> None:
    assert {file.stem for file in CLASHING.glob("*.yaml")} == set(CLASHES)


@pytest.mark.parametrize("name", CLASHES)
def test_the_rules_that_clash_are_named_and_no_procedure_gives_a_deal(name: str) -> None:
    case = load_case(CLASHING / f"{name}.yaml")
    with pytest.raises(NoDeal) as raised:
        check_satisfiable(case)
    assert raised.value.clash == CLASHES[name]
    results = settle_all(case)
    assert all(isinstance(found, Refusal) and found.why.endswith(".") for found in results)
