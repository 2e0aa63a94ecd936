"""A case carried to another program's files and back is worth the same; what they cannot hold is said."""

import itertools
import random
from fractions import Fraction
from pathlib import Path

import pytest

from evenhand.bargain.exchange import FORMATS, CannotHold, Read, case_files, read_scenario
from evenhand.case import Case, load_case
from evenhand.deals import Deal, Space, deal_values

OPTIONS = 4
EXAMPLES = Path(__file__).parents[3] / "examples"


def case_of_choices(dice: random.Random, *, numbers: str, parties: int = 2, no_deal: int = 0) -> Case:
    """Choices with whole percents, or with thirds; points sum to 100 or to anything."""
    issues = dice.randint(1, 4)
    percent = {"whole": lambda: dice.randint(0, 100), "thirds": lambda: Fraction(dice.randint(0, 300), 3)}[numbers]
    options = [[f"o{number}" for number in range(dice.randint(1, OPTIONS))] for _ in range(issues)]
    wants = {}
    for party in range(parties):
        cuts = sorted(dice.randint(0, 100) for _ in range(issues - 1))
        points = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
        wants[f"p{party}"] = {
            "points": {f"i{k}": number for k, number in enumerate(points)},
            "values": {f"i{k}": {option: percent() for option in names} for k, names in enumerate(options)},
            "no_deal": no_deal and dice.randint(0, no_deal),
        }
    return Case.model_validate(
        {
            "title": "Test",
            "parties": [{"id": party} for party in wants],
            "issues": [{"id": f"i{k}", "kind": "choice", "options": names} for k, names in enumerate(options)],
            "preferences": wants,
        }
    )


def worths(case: Case) -> list[tuple[Fraction, ...]]:
    """What every deal is worth, in the case's order."""
    space = Space.of(case)
    picks = itertools.product(*(range(len(names)) for names in space.settlements))
    return [tuple(deal_values(case, space.deal(pick)).values()) for pick in picks]


def carried(case: Case, form: str, folder: Path, **options: bool) -> tuple[Case, tuple[str, ...]]:
    written = case_files(case, form, **options)
    for name, text in written.files.items():
        (folder / name).write_text(text, "utf-8")
    return read_scenario([folder]).case, written.notes


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("seed", range(12))
def test_a_case_of_a_hundred_points_comes_back_worth_exactly_the_same(form: str, seed: int, tmp_path: Path) -> None:
    case = case_of_choices(random.Random(seed), numbers="whole", parties=2 + seed % 3, no_deal=60)
    back, notes = carried(case, form, tmp_path)
    unit = [Fraction(1)] * len(case.principals) if form != "genius" else genius_units(case)
    expected = [tuple(v * u for v, u in zip(values, unit, strict=True)) for values in worths(case)]
    assert worths(back) == expected
    if not any("no deal" in note for note in notes):
        no_deal = [case.preferences[p.id].no_deal * u for p, u in zip(case.principals, unit, strict=True)]
        assert [back.preferences[party.id].no_deal for party in back.principals] == no_deal


def genius_units(case: Case) -> list[Fraction]:
    """100 points go to the best deal of each party where that is a decimal, else to a power of ten."""
    written = case_files(case, "genius")
    notes = [note for note in written.notes if "a utility of 1 is" in note]
    return [100 / Fraction(note.split(" is ")[1].split(" ")[0]) for note in notes]


@pytest.mark.parametrize("seed", range(8))
def test_genius_keeps_thirds_exactly(seed: int, tmp_path: Path) -> None:
    case = case_of_choices(random.Random(seed), numbers="thirds")
    back, _ = carried(case, "genius", tmp_path)
    here, there = worths(case), worths(back)
    for party in range(2):
        ratios = {b[party] / a[party] for a, b in zip(here, there, strict=True) if a[party]}
        assert len(ratios) <= 1 or max(ratios) - min(ratios) < Fraction(1, 10**9)
        assert [a[party] == 0 for a in here] == [b[party] == 0 for b in there]


@pytest.mark.parametrize("form", ["geniusweb", "negmas"])
def test_what_was_rounded_is_said_and_small(form: str, tmp_path: Path) -> None:
    thirds = [case_of_choices(random.Random(seed), numbers="thirds") for seed in range(4)]
    for number, case in enumerate(thirds):
        folder = tmp_path / str(number)
        folder.mkdir()
        back, notes = carried(case, form, folder)
        pairs = zip(worths(case), worths(back), strict=True)
        moved = max(abs(a - b) for here, there in pairs for a, b in zip(here, there, strict=True))
        assert moved < Fraction(1, 10**9)
        assert moved == 0 or any("rounded" in note for note in notes)


def test_what_genius_divides_by_is_the_largest_evaluation(tmp_path: Path) -> None:
    """A file as GENIUS keeps it: evaluations 2, 4 and 1, of which the largest counts in full."""
    (tmp_path / "domain.xml").write_text(DOMAIN, "utf-8")
    (tmp_path / "01-ana.xml").write_text(SPACE, "utf-8")
    read = read_scenario([tmp_path])
    assert [party.id for party in read.case.parties] == ["ana"]
    deals = [Deal.of(read.case, {"food": food, "drink": "tea"}) for food in ("soup", "fish", "no-food")]
    assert [deal_values(read.case, deal)["ana"] for deal in deals] == [60, 100, 40]
    assert read.case.preferences["ana"].no_deal == 20
    assert "divided by the largest evaluation" in read.case.about
    assert any("discount factor 0.5" in note for note in read.notes)


DOMAIN = """<?xml version="1.0"?>
<negotiation_template><utility_space number_of_issues="2">
<objective index="0" name="root" type="objective">
  <issue index="2" name="Food" type="discrete">
    <item index="1" value="soup"/><item index="2" value="fish"/><item index="3" value="no food"/>
  </issue>
  <issue index="1" name="Drink" type="discrete"><item index="1" value="tea"/><item index="2" value="water"/></issue>
</objective></utility_space></negotiation_template>
"""
SPACE = """<utility_space>
<objective index="0" name="root" type="objective">
  <weight index="1" value="0.4"/>
  <weight index="2" value="0.6"/>
  <issue index="2" name="Food" type="discrete">
    <item index="1" value="soup" evaluation="1"/>
    <item index="2" value="fish" evaluation="3"/>
    <item index="3" value="no food" evaluation="0"/>
  </issue>
  <issue index="1" name="Drink" type="discrete">
    <item index="1" value="tea" evaluation="8"/><item index="2" value="water" evaluation="2"/>
  </issue>
</objective>
<discount_factor value="0.5"/><reservation value="0.2"/>
</utility_space>
"""


def genius_of(folder: Path, space: str) -> Read:
    (folder / "domain.xml").write_text(DOMAIN, "utf-8")
    (folder / "ana.xml").write_text(space, "utf-8")
    return read_scenario([folder])


def test_an_issue_without_an_evaluation_above_zero_counts_for_nothing(tmp_path: Path) -> None:
    read = genius_of(
        tmp_path, SPACE.replace('evaluation="1"', 'evaluation="0"').replace('evaluation="3"', 'evaluation="0"')
    )
    assert [float(values[0]) for values in worths(read.case)] == [40, 40, 40, 10, 10, 10]
    assert 'ana: no option of "Food" has an evaluation above 0, so it counts for nothing.' in read.notes


def test_weights_that_sum_to_a_little_more_than_one_still_make_a_hundred_points(tmp_path: Path) -> None:
    read = genius_of(tmp_path, SPACE.replace('"0.6"', '"0.6001"'))
    assert max(worths(read.case)) == (Fraction("100.01"),)
    assert any("sum to more than 1" in note for note in read.notes)


def test_a_table_is_read_under_either_name_it_has(tmp_path: Path) -> None:
    files = case_files(with_assets(), "geniusweb").files
    for name, text in files.items():
        (tmp_path / name).write_text(text.replace("DiscreteValueSetUtilities", "discreteutils"), "utf-8")
    older = read_scenario([tmp_path]).case
    assert worths(older) == worths(carried(with_assets(), "geniusweb", tmp_path)[0])


def test_numbers_finer_than_a_case_are_kept_where_smaller_units_can_hold_them(tmp_path: Path) -> None:
    (tmp_path / "domain.xml").write_text(DOMAIN, "utf-8")
    weights = SPACE.replace('"0.4"', '"0.12345678901234567"').replace('"0.6"', '"0.87654321098765433"')
    (tmp_path / "ana.xml").write_text(weights, "utf-8")
    read = read_scenario([tmp_path])
    assert list(read.case.preferences["ana"].points.values()) == [
        Fraction("12345.678901234567"),
        Fraction("87654.321098765433"),
    ]
    assert read.case.preferences["ana"].no_deal == 20000
    assert "ana: a utility of 1 is 100000 points." in read.notes


def with_assets(**extra: object) -> Case:
    return Case.model_validate(
        {
            "title": "Shop",
            "parties": [{"id": "ana", "name": "Ana"}, {"id": "ben"}, {"id": "lee", "role": "mediator"}],
            "issues": [
                {"id": "shop", "kind": "asset", "joint": True},
                {"id": "debt", "kind": "asset", "burden": True},
                {"id": "when", "kind": "choice", "options": ["now", {"id": "later", "name": "In a year"}]},
            ],
            "preferences": {
                "ana": {
                    "points": {"shop": 60, "debt": -10, "when": 40},
                    "values": {"shop": {"joint": 50}, "when": {"now": 100, "later": 25}},
                },
                "ben": {
                    "points": {"shop": 70, "debt": -20, "when": 30},
                    "values": {"shop": {"joint": 40}, "when": {"now": 0, "later": 100}},
                    "no_deal": 5,
                },
            },
            **extra,
        }
    )


@pytest.mark.parametrize("form", FORMATS)
def test_burdens_keep_every_gain_over_no_deal(form: str, tmp_path: Path) -> None:
    case = with_assets()
    back, notes = carried(case, form, tmp_path)
    assert any("worth 10 points more" in note for note in notes)
    if any("left out: no deal" in note for note in notes):
        return
    for here, there in zip(worths(case), worths(back), strict=True):
        for number, (own, other) in enumerate(zip(case.principals, back.principals, strict=True)):
            unit = genius_units(case)[number] if form == "genius" else 1
            gain = here[number] - case.preferences[own.id].no_deal
            assert there[number] - back.preferences[other.id].no_deal == gain * unit


def test_names_are_carried_and_what_does_not_sign_is_named(tmp_path: Path) -> None:
    back, notes = carried(with_assets(), "negmas", tmp_path)
    assert [party.label for party in back.parties] == ["Ana", "ben"]
    assert [option.label for option in back.issue("shop").options] == ["Ana", "ben", "joint"]
    assert [option.label for option in back.issue("when").options] == ["now", "In a year"]
    assert "Left out: parties that do not sign (lee)." in notes


def test_whatever_else_a_case_says_is_named_when_it_is_left_out() -> None:
    talks = load_case(EXAMPLES / "ceasefire-talks/case.yaml")
    whole = tuple(issue for issue in talks.issues if issue.kind in ("asset", "choice"))
    notes = case_files(talks.model_copy(update={"issues": whole}), "negmas", leave_out=True).notes
    assert "Left out of the case: `as_of`, `about`, `sources`, `statements`, `proposals`." in notes
    assert any(note.startswith("Left out of what Russia wants: `doubt`") for note in notes)
    assert any(note.startswith("Left out: parties that do not sign (united-states, ") for note in notes)
    assert "Left out of parties and issues: `about`." in notes


RULE = {"id": "r1", "kind": "forbid", "forbid": {"shop": "ana", "when": "now"}}


def test_rules_are_refused_with_their_place_or_left_out_on_request() -> None:
    case = with_assets(rules=[RULE])
    with pytest.raises(CannotHold) as raised:
        case_files(case, "genius")
    assert [path for path, _, _ in raised.value.findings] == [("rules", 0)]
    written = case_files(case, "genius", leave_out=True)
    assert "Left out: rules (r1)." in written.notes
    assert written.files == case_files(with_assets(), "genius").files


def test_issues_that_are_split_are_refused_even_when_asked_to_leave_out() -> None:
    case = Case.model_validate(
        {
            "title": "Split",
            "parties": [{"id": "ana"}],
            "issues": [{"id": "land", "kind": "divisible"}],
            "preferences": {"ana": {"points": {"land": 1}}},
        }
    )
    with pytest.raises(CannotHold, match="split in any proportion"):
        case_files(case, "negmas", leave_out=True)


def test_a_reservation_bid_is_found_where_one_is_worth_exactly_no_deal(tmp_path: Path) -> None:
    preferences = with_assets().preferences
    ana = preferences["ana"].model_copy(update={"no_deal": Fraction(40)})
    case = with_assets().model_copy(update={"preferences": {**preferences, "ana": ana}})
    back, notes = carried(case, "geniusweb", tmp_path)
    part = back.preferences["ana"].no_deal / sum(back.preferences["ana"].points.values())
    assert abs(part - Fraction(50, 110)) < Fraction(1, 10**15)
    assert any(note.startswith("ben: left out: no deal") for note in notes)


def test_names_that_need_quoting_survive(tmp_path: Path) -> None:
    awkward = ['say "no" & <wait>', "null", "1e3", "да: [x]"]
    case = Case.model_validate(
        {
            "title": "Quoting",
            "parties": [{"id": "ana", "name": "A & B"}],
            "issues": [
                {
                    "id": "i",
                    "name": 'the "issue" <1>',
                    "kind": "choice",
                    "options": [{"id": f"o{k}", "name": name} for k, name in enumerate(awkward)],
                }
            ],
            "preferences": {"ana": {"points": {"i": 100}, "values": {"i": {"o0": 0, "o1": 10, "o2": 50, "o3": 100}}}},
        }
    )
    for form in FORMATS:
        folder = tmp_path / form
        folder.mkdir()
        back, _ = carried(case, form, folder)
        assert [option.label for option in back.issues[0].options] == awkward
        assert back.issues[0].label == 'the "issue" <1>'
        assert worths(back) == worths(case)


def test_a_file_of_another_kind_in_the_folder_is_named(tmp_path: Path) -> None:
    for name, text in case_files(with_assets(), "negmas").files.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "stats.json").write_text('{"opposition": 0.5}', "utf-8")
    assert any("stats.json was not looked at" in note for note in read_scenario([tmp_path]).notes)
