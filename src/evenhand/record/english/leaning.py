"""Whether a sentence looks back or ahead at the time it names."""

from __future__ import annotations

import re

AHEAD = (
    r"will|'ll|won't|shall|would|could|may|might|must|should|going to|about to|set to|due|plans?|planning"
    r"|planned|intends?|hopes?|"
    r"expects?|expected|scheduled|slated|upcoming|coming|ahead of|deadline|by|until|till|before|expires?|from"
    r"|starting|"
    r"effective|next|wants?|aims?|prepar(?:es?|ing)|resumes?|begins?|starts?|opens?|meets?|to (?:be|meet|visit"
    r"|travel|hold|begin|start|resume|discuss|take|host|speak|sign)"
)
BACK = (
    r"was|were|had|did|didn't|said|told|ago|since|last|took|came|went|began|met|made|held|gave|saw|left|won"
    r"|lost|spoke|broke|fell|"
    r"rose|became|got|found|led|struck|fought|(?<!be )[a-z]{2,}ed|have|has|been"
)
CUE = re.compile(rf"(?<![\w'])(?:(?P<ahead>{AHEAD})|(?P<back>{BACK}))(?!\w)|(?P<ll>'ll)\b")
BORDER = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z\"“‘(])|\n")
# words between which and the time nothing else may stand
NEXT_TO_IT = re.compile(
    r"(?:(?<![a-z]ed )by|until|till|through|before|due|starting|effective)(?: on| at)?\s*(?:the |early |late )?$"
)
NEAR = 60


def leaning(text: str, start: int, end: int) -> int:
    """-1 where the sentence looks back at the time written at this place, 1 ahead, 0 where nothing says so.

    The nearest word that says so decides, among those before it, else among those behind it in the sentence.
    """
    before = text[max(0, start - 200) : start].lower().replace("’", "'")
    borders = list(BORDER.finditer(text[max(0, start - 200) : start]))
    if borders:
        before = before[borders[-1].end() :]
    behind = text[end : end + NEAR].lower().replace("’", "'")
    border = BORDER.search(text[end : end + NEAR])
    behind = behind[: border.start()] if border else behind
    if NEXT_TO_IT.search(before):
        return 1
    for place, last in ((before, True), (behind, False)):
        cues = [
            one for one in CUE.finditer(place) if one["ll"] or one[0] not in {"by", "until", "till", "before", "from"}
        ]
        if cues:
            cue = cues[-1 if last else 0]
            # "was to meet", "is scheduled for", "were set to continue": what is planned outweighs the verb before it
            return -1 if cue["back"] else 1
    return 0
