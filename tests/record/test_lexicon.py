"""Word lists: every entry can be found by its forms."""

import pytest

from evenhand.record.english.lexicon import adjective_frames, noun_frames, plural, regular, verb_bases, verb_frames

FORMS = """
said-say denies-deny denied-deny agreed-agree agreeing-agree put-put argues-argue arguing-argue told-tell planning-plan
refused-refuse wrote-write stresses-stress vowed-vow committed-commit swore-swear beginning-begin recognised-recognise
"""


@pytest.mark.parametrize(("form", "base"), [pair.split("-") for pair in FORMS.split()])
def test_forms_lead_to_their_base(form: str, base: str) -> None:
    assert verb_bases()[form] == base


def test_every_listed_verb_has_its_forms() -> None:
    assert all(
        verb in verb_frames() or any(key.split()[0] == verb for key in verb_frames()) for verb in ("say", "rule")
    )
    assert {key.split()[0] for key in verb_frames()} <= set(verb_bases().values())


def test_plurals_and_regular_forms() -> None:
    assert [plural("claim"), plural("prophecy"), plural("wish"), plural("thesis")] == [
        "claims",
        "prophecies",
        "wishes",
        "theses",
    ]
    assert regular("hope") == ["hope", "hopes", "hoped", "hoping"]
    assert regular("reply") == ["reply", "replies", "replied", "replying"]


def test_lists_are_wide() -> None:
    assert (len(verb_frames()) > 400, len(noun_frames()) > 250, len(adjective_frames()) > 100) == (True, True, True)
