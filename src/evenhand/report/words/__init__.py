"""Results in plain sentences.

Comes in: a `Case`, deals, certificates, steps. Goes out: text for people.

Read `plain` (numbers, names, shares), `party` (what is said to one party), `certificates`, `steps` and
`cutting`, `rules`, `bargaining`, `questions` (what a party is asked), `script` (how to do it at a table) and
`negotiating`, `offers`.

Promised: `for_party` takes only what that party may see; the other functions speak to the mediator.
"""

from evenhand.report.words.bargaining import (
    addition_lines,
    conflict_lines,
    deal_text,
    gains_text,
    own_table_line,
    package_notes,
    point_notes,
    relief_lines,
    table_lines,
    trade_lines,
    zone_text,
)
from evenhand.report.words.certificates import VERDICTS, certificate_words, rechecked_words
from evenhand.report.words.land import line_notes
from evenhand.report.words.negotiating import (
    changes_text,
    ending_text,
    package_text,
    said_text,
    standing_text,
    turn_words,
)
from evenhand.report.words.offers import (
    agreed_lines,
    closest_lines,
    common_lines,
    offer_heading,
    offer_lines,
    terms_lines,
)
from evenhand.report.words.party import PartyWords, for_party
from evenhand.report.words.plain import (
    amount,
    label,
    listed,
    money_text,
    payments_text,
    pieces_text,
    points,
    settlement_text,
    share_text,
    short_number,
)
from evenhand.report.words.questions import QuestionWords, question_words, typed_answer
from evenhand.report.words.rules import case_notes, change_text, rule_text
from evenhand.report.words.script import script_lines
from evenhand.report.words.steps import public_steps, step_text

__all__ = [
    "VERDICTS",
    "PartyWords",
    "QuestionWords",
    "addition_lines",
    "agreed_lines",
    "amount",
    "case_notes",
    "certificate_words",
    "change_text",
    "changes_text",
    "closest_lines",
    "common_lines",
    "conflict_lines",
    "deal_text",
    "ending_text",
    "for_party",
    "gains_text",
    "label",
    "line_notes",
    "listed",
    "money_text",
    "offer_heading",
    "offer_lines",
    "own_table_line",
    "package_notes",
    "package_text",
    "payments_text",
    "pieces_text",
    "point_notes",
    "points",
    "public_steps",
    "question_words",
    "rechecked_words",
    "relief_lines",
    "rule_text",
    "said_text",
    "script_lines",
    "settlement_text",
    "share_text",
    "short_number",
    "standing_text",
    "step_text",
    "table_lines",
    "terms_lines",
    "trade_lines",
    "turn_words",
    "typed_answer",
    "zone_text",
]
