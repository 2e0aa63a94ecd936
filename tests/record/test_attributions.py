"""Who said what, construction by construction: (text, whose, cue, content, manner)."""

import pytest

from evenhand.record.english import Attribution, attributed, attributions
from evenhand.solve import Limits

CONSTRUCTIONS = [
    ("The minister said that talks would resume.", "The minister", "said", "that talks would resume", "indirect"),
    ("Talks would resume, the minister said.", "the minister", "said", "Talks would resume", "indirect"),
    ("“We will talk,” the minister said.", "the minister", "said", "“We will talk,”", "direct"),
    ('"We will talk," said Ana Ruiz.', "Ana Ruiz", "said", '"We will talk,"', "direct"),
    (
        "He said the plan was “a gift to nobody at all.”",
        "He",
        "said",
        "the plan was “a gift to nobody at all.”",
        "mixed",
    ),
    ("«We will talk tomorrow,» the minister said.", "the minister", "said", "«We will talk tomorrow,»", "direct"),
    ("The envoy asked whether the bridge was open.", "The envoy", "asked", "whether the bridge was open", "indirect"),
    ("Ruiz promised to withdraw the troops.", "Ruiz", "promised", "to withdraw the troops", "indirect"),
    ("Ruiz urged them to withdraw.", "Ruiz", "urged", "them to withdraw", "indirect"),
    ("Ruiz wants both armies to withdraw.", "Ruiz", "wants", "both armies to withdraw", "indirect"),
    ("Ruiz rejected the offer.", "Ruiz", "rejected", "the offer", "indirect"),
    ("Ruiz called the offer an insult.", "Ruiz", "called", "the offer an insult", "indirect"),
    ("Ruiz described the offer as weak.", "Ruiz", "described", "the offer as weak", "indirect"),
    ("Ruiz called for a ceasefire.", "Ruiz", "called for", "a ceasefire", "indirect"),
    ("Ruiz agreed to a ceasefire.", "Ruiz", "agreed to", "a ceasefire", "indirect"),
    ("Ruiz ruled out new talks.", "Ruiz", "ruled out", "new talks", "indirect"),
    ("Her claim that the border moved was new.", "Her", "claim", "that the border moved", "indirect"),
    ("The army is willing to talk.", "The army", "willing", "to talk", "indirect"),
    ("Ruiz is confident that the talks will succeed.", "Ruiz", "confident", "that the talks will succeed", "indirect"),
    (
        "According to the UN, the bridge was destroyed.",
        "the UN",
        "According to",
        "the bridge was destroyed",
        "indirect",
    ),
    ("The plan was praised by the mayor.", "the mayor", "praised", "The plan", "indirect"),
    ("“We lost ten houses in one night.” — Ana Ruiz", "Ana Ruiz", "—", "“We lost ten houses in one night.”", "direct"),
    (
        "Her lawyer's position is that the pension must be split.",
        "Her lawyer's",
        "position",
        "that the pension must be split",
        "indirect",
    ),
    ("Their plan is to sell the boat.", "Their", "plan", "to sell the boat", "indirect"),
    ("“And why should he?” replied her father.", "her father", "replied", "“And why should he?”", "direct"),
    ("'I don't believe it,' muttered Tom.", "Tom", "muttered", "'I don't believe it,'", "direct"),
    ("• Management offered a raise.", "Management", "offered", "a raise", "indirect"),
    ("GENEVA (Reuters) — The envoy rejected the offer.", "The envoy", "rejected", "the offer", "indirect"),
    ("They signed a truce proposed by the envoy.", "the envoy", "proposed", "a truce", "indirect"),
    ("Asked about the bridge, Ruiz praised the army.", "Ruiz", "praised", "the army", "indirect"),
    ("RUIZ: We will not leave the valley.", "RUIZ", ":", "We will not leave the valley.", "indirect"),
]


def shown(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    return " … ".join(text[start:end] for start, end in spans)


def outermost(text: str) -> list[Attribution]:
    return [one for one in attributions(text) if one.nested_in is None]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "manner"), CONSTRUCTIONS, ids=[row[0] for row in CONSTRUCTIONS]
)
def test_each_construction_gives_source_cue_and_content(
    text: str, source: str, cue: str, content: str, manner: str
) -> None:
    found = [
        (shown(text, one.source), shown(text, one.cue), shown(text, one.content), one.type)
        for one in attributions(text)
    ]
    assert (source, cue, content, manner) in found


def test_a_quotation_in_two_parts_is_one_statement() -> None:
    text = "“We will talk to them,” Ruiz said. “But we will not leave the valley.”"
    (one,) = outermost(text)
    assert shown(text, one.content) == "“We will talk to them,” … “But we will not leave the valley.”"


def test_a_sentence_that_is_interrupted_keeps_both_halves() -> None:
    text = "The bridge, the mayor said, was never open."
    (one,) = outermost(text)
    assert shown(text, one.source) == "the mayor"
    assert shown(text, one.content) == "The bridge … was never open"


def test_what_somebody_says_another_thinks_is_nested() -> None:
    text = "Ana says Ben believes that the bridge is open."
    outer, inner = attributions(text)
    assert (outer.nested_in, inner.nested_in) == (None, 0)
    assert shown(text, inner.source) == "Ben"


def test_a_quotation_that_nobody_claims_has_no_speaker() -> None:
    text = "It rained all day.\n\n“Nobody in this valley will ever sign such a paper.”"
    (one,) = outermost(text)
    assert one.source == ()
    assert shown(text, one.content) == "“Nobody in this valley will ever sign such a paper.”"


def test_plain_narration_has_no_attribution() -> None:
    assert attributions("Rain fell on the valley. The bridge is made of stone. Two lorries crossed it at noon.") == ()


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b", "…", '"', "“", "”“”", "‘", "''''", "«»", "- a\n- b\n- c"])
def test_nothing_said_gives_nothing(text: str) -> None:
    assert attributions(text) == ()


def test_scores_lie_between_none_and_sure() -> None:
    for text, *_ in CONSTRUCTIONS:
        for one in attributions(text):
            assert 0 < one.confidence <= 1
            assert (one.scores.speaker > 0) == bool(one.source)


def test_a_spent_limit_gives_what_was_read_and_says_how_far() -> None:
    text = "Ruiz said that the bridge was open.\n\n" * 2000
    found, read_to = attributed(text, limits=Limits(0.0))
    assert 0 < len(found) < 2000
    assert read_to < len(text)
    assert all(end <= read_to for one in found for _, end in one.content)


def test_what_follows_and_is_the_speakers_own_where_the_tense_says_so() -> None:
    text = "Ruiz said that the talks are over but promised to return."
    found = {(shown(text, one.source), shown(text, one.content)) for one in outermost(text)}
    assert found == {("Ruiz", "that the talks are over"), ("Ruiz", "to return")}


def test_a_report_ends_where_its_speaker_goes_on() -> None:
    text = "Ruiz said that the bridge was closed, adding that nobody had been hurt."
    found = {(shown(text, one.source), shown(text, one.content)) for one in outermost(text)}
    assert found == {("Ruiz", "that the bridge was closed"), ("Ruiz", "that nobody had been hurt")}


def test_made_it_clear_is_the_words_of_who_made_it_clear() -> None:
    text = "Ruiz has made it clear that the army will stay."
    assert ("Ruiz", "that the army will stay") in {
        (shown(text, one.source), shown(text, one.content)) for one in outermost(text)
    }


def test_a_quotation_has_one_speaker() -> None:
    text = "Ruiz sounded hopeful, stating, “We are doing well in these talks.” Berg stressed that nothing was signed."
    found = {shown(text, one.source): shown(text, one.content) for one in outermost(text)}
    assert found == {"Ruiz": "“We are doing well in these talks.”", "Berg": "that nothing was signed"}


def test_whoever_is_asked_does_not_ask() -> None:
    text = "Asked about the bridge, Ruiz praised the army."
    assert [shown(text, one.cue) for one in attributions(text)] == ["praised"]


def test_a_quotation_behind_the_speakers_sentence_is_the_speakers() -> None:
    text = "“We are ready,” Ruiz said after a long day of talks in the old town hall. “Nobody has to leave the valley.”"
    (one,) = outermost(text)
    assert shown(text, one.content) == "“We are ready,” … “Nobody has to leave the valley.”"


def test_an_unfinished_thing_found_is_no_report() -> None:
    assert attributions("The judge found it hard.") == ()
