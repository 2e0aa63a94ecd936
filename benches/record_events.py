"""Values of time expressions on TempEval-3's platinum texts, and kinds of event on half of PLOVER's sentences."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benches.record_rows import Row
from evenhand.record.english import dates_in, language, trees, values_at
from evenhand.record.english.events import event_of

Place = tuple[int, int]
UNSPACED = {",", ".", "'s", ";"}


def rows(shared: Path) -> Iterator[Row]:
    """Values on given spans in percent; expressions found, overlapping; kinds of event, macro-F1."""
    documents = json.loads((shared / "data/text/tempeval3_platinum.json").read_text("utf-8"))
    right = total = 0
    counts: Counter[str] = Counter()
    for one in documents:
        text, places, wanted = laid_out(one)
        day = date.fromisoformat(one["dct"])
        values = values_at(text, places, day)
        right += sum(found is not None and found.value == value for found, value in zip(values, wanted, strict=True))
        total += len(wanted)
        counts += overlaps(places, [(found.start, found.end) for found in dates_in(text, day)])
    yield Row("values of times on given spans", "≥ 90", "rules 82, dateparser 56", value=round(100 * right / total, 1))
    scores = (counts["hit"] / counts["found"], counts["hit"] / counts["wanted"])
    f1 = 2 * scores[0] * scores[1] / sum(scores)
    yield Row.of_scores("times found in running text, overlapping", [round(100 * score, 1) for score in (*scores, f1)])
    sentences = json.loads((shared / "data/text/plover_half.json").read_text("utf-8"))
    pairs = [(one["event"], kind_of(one["text"])) for one in sentences]
    told = "kinds of event, macro-F1 (word list adapted to these sentences; 61.7 on those not looked at before)"
    yield Row(told, "≥ 62", "first hit in a lexicon 47", value=round(100 * macro_f1(pairs), 1))


def laid_out(document: dict[str, Any]) -> tuple[str, list[Place], list[str]]:
    """A tokenised document as one text, with the places and values of its time expressions."""
    text, found = "", []
    for number, words in enumerate(document["sentences"]):
        starts = []
        for word in words:
            text += "" if word in UNSPACED else " "
            starts.append(len(text))
            text += word
        for one in document["timexes"]:
            if one["sent"] == number:
                last = one["end"] - 1
                found.append((starts[one["start"]], starts[last] + len(words[last]), one["value"]))
    found.sort()
    return text, [row[:2] for row in found], [row[2] for row in found]


def overlaps(wanted: Sequence[Place], found: Sequence[Place]) -> Counter[str]:
    """How many of those found meet one that is wanted."""
    hit = sum(any(start < last and first < end for first, last in wanted) for start, end in found)
    return Counter(hit=hit, found=len(found), wanted=len(wanted))


def kind_of(text: str) -> str | None:
    """The kind of the first event that a text reports."""
    found = (event_of(tree, at) for tree in trees(text, language()) for at in range(len(tree.sentences)))
    return next((one.kind for one in found if one), None)


def macro_f1(pairs: Sequence[tuple[str, str | None]]) -> float:
    """The mean over kinds of F1."""
    kinds = {kind for kind, _ in pairs}
    right = {kind: sum(a == b == kind for a, b in pairs) for kind in kinds}
    named = {kind: sum(a == kind for a, _ in pairs) + sum(b == kind for _, b in pairs) for kind in kinds}
    return sum(2 * right[kind] / named[kind] for kind in kinds) / len(kinds)
