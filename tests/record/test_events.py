"""A sentence's event is told by its verb, and by what is willed, owed or denied."""

import json
from pathlib import Path

import pytest

from evenhand.record.english import language, trees
from evenhand.record.english.events import Event, event_of

TEXTS = Path(__file__).parents[3] / "shared" / "data" / "text"


def event(sentence: str) -> Event | None:
    (tree,) = trees(sentence, language())
    return event_of(tree)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Northland delivered food to the camps.", "AID"),
        ("Northland will deliver food to the camps.", "AGREE"),
        ("Northland did not release the prisoners.", "REJECT"),
        ("Northland's army shelled the harbour.", "FIGHT"),
        ("Northland said it would bomb the harbour.", "THREATEN"),
        ("The envoy said that both armies must leave the valley.", "DEMAND"),
        ("The minister met the envoy in Geneva.", "CONSULT"),
        ("Northland accused Southland of hiding weapons.", "DISAPPROVE"),
        ("The union staged a protest outside the ministry.", "PROTEST"),
        ("Northland expelled two diplomats.", "SANCTION"),
        ("The prisoners were released on Monday.", "RETREAT"),
        ("The ministry launched an inquiry into the leak.", "INVESTIGATE"),
    ],
)
def test_the_kind_follows_the_verb_and_its_helpers(sentence: str, kind: str) -> None:
    found = event(sentence)
    assert found is not None
    assert found.kind == kind


def test_what_is_said_counts_and_not_the_saying() -> None:
    found = event("The governor said on Monday that the army arrested nine men.")
    assert found is not None
    assert found.kind == "COERCE"


def test_older_kinds_are_told_in_the_current_codebook() -> None:
    assert Event("DEMAND", 0).plover == ("REQUEST", None)
    assert Event("INVESTIGATE", 0).plover == ("ACCUSE", "investigate")
    assert Event("AID", 0).plover == ("AID", None)


def test_a_sentence_without_an_event_has_none() -> None:
    assert event("The sea was blue.") is None


def test_kinds_of_event_reach_what_was_asked_on_the_half_we_have() -> None:
    file = TEXTS / "plover_half.json"
    if not file.exists():
        pytest.skip("the event sentences are not here")
    pairs = []
    for row in json.loads(file.read_text("utf-8")):
        found = [event_of(tree, at) for tree in trees(row["text"], language()) for at in range(len(tree.sentences))]
        pairs.append((row["event"], next((one.kind for one in found if one), None)))
    assert macro_f1(pairs) >= 0.62


def macro_f1(pairs: list[tuple[str, str | None]]) -> float:
    kinds = {kind for kind, _ in pairs}
    right = {kind: sum(a == b == kind for a, b in pairs) for kind in kinds}
    named = {kind: sum(a == kind for a, _ in pairs) + sum(b == kind for _, b in pairs) for kind in kinds}
    return sum(2 * right[kind] / named[kind] for kind in kinds) / len(kinds)
