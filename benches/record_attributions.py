"""Attributions of the PolNeAR development articles, scored by the shared scorer, and how fast they are found."""

from __future__ import annotations

import importlib.util
import json
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from benches.record_rows import Row
from evenhand.record.english import Attribution, attributions, language

ARTICLE = 600
ROUNDS = 3
SURE = 0.75


def rows(shared: Path) -> Iterator[Row]:
    """Precision, recall and F1 by how much of the content must agree; content with source; articles a second."""
    articles = json.loads((shared / "data/text/polnear_dev.json").read_text("utf-8"))
    scorer = _scorer(shared)
    found = [attributions(one["text"]) for one in articles]
    total = _total(scorer, articles, found, 0)
    surer = _total(scorer, articles, found, SURE)
    yield Row.of_scores("attribution, content alike by half (Dice ≥ .5)", total["content>=.5"], "≥ 72", PEERS)
    yield Row.of_scores("attribution, content alike by four fifths", total["content>=.8"])
    yield Row.of_scores("attribution, content to the character", total["exact"])
    yield Row.of_scores(
        "content alike by half and the right source", total["content+source"], "≥ 64", PEERS_WITH_SOURCE
    )
    yield Row.of_scores(f"the same, of those with a confidence of {SURE} or more", surer["content+source"])
    yield Row(
        "articles of 600 words per CPU second", "≥ 12", "6", value=round(speed([one["text"] for one in articles]), 1)
    )


PEERS = "textacy 25, GenderGapTracker 55, Citron 62, people among themselves 82"
PEERS_WITH_SOURCE = "textacy 21, GenderGapTracker 44, Citron 55, people among themselves 76"


def _total(
    scorer: ModuleType, articles: Sequence[dict[str, Any]], found: Sequence[Sequence[Attribution]], least: float
) -> dict[str, Any]:
    """Scores over all articles, of the attributions that are trusted at least so far."""
    pairs = [(one, outermost(mine, least)) for one, mine in zip(articles, found, strict=True)]
    return dict(scorer.agg([scorer.score_doc(one["attributions"], mine, one["text"]) for one, mine in pairs]))


def outermost(found: Sequence[Attribution], least: float = 0) -> list[dict[str, Any]]:
    """As the scorer wants them. PolNeAR's articles mark no attribution inside another, so those are left out."""
    return [
        {"source": one.source, "cue": one.cue, "content": one.content}
        for one in found
        if one.nested_in is None and one.confidence >= least
    ]


def speed(texts: Sequence[str]) -> float:
    """Articles of 600 words read in a CPU second, parse and all; the model is loaded before. Median of three."""
    language()
    words = sum(len(text.split()) for text in texts)
    taken = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for text in texts:
            attributions(text)
        taken.append(time.process_time() - started)
    return words / ARTICLE / statistics.median(taken)


def _scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_attributions", shared / "eval/score_attributions.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer
