"""Asking instead of telling: procedures as questions that people answer at a table.

A protocol is a generator: it yields a `Question`, is sent an answer, and returns an `Outcome`. It sees nothing
but the answers; `answered_truthfully` gives it the answers that a case's own points imply, and that is how
`divide` runs the same procedure.

Read `question` (what can be asked, what counts as an answer), `conversation` (one question at a time),
`measure` (a party's worth of pieces of a line), `truthful`, `log` (stop, go on, tell again).

Promised: what a party is asked depends on others only through answers that the protocol makes public: where a
line was cut and who has which piece (moving knife, Even–Paz: no other mark), where the piece now ends (last
diminisher), the two piles or the cut (divide and choose), nothing (Adjusted Winner).
"""

from evenhand.divide.asking.conversation import Conversation
from evenhand.divide.asking.log import replay, save_log
from evenhand.divide.asking.measure import Measure
from evenhand.divide.asking.question import (
    Answer,
    ChoosePieces,
    ChoosePile,
    Mark,
    Piece,
    Pile,
    Protocol,
    Question,
    Split,
    Spread,
    Trim,
    asked_numbers,
    asked_position,
    asked_table,
)
from evenhand.divide.asking.truthful import answered_truthfully, truth

__all__ = [
    "Answer",
    "ChoosePieces",
    "ChoosePile",
    "Conversation",
    "Mark",
    "Measure",
    "Piece",
    "Pile",
    "Protocol",
    "Question",
    "Split",
    "Spread",
    "Trim",
    "answered_truthfully",
    "asked_numbers",
    "asked_position",
    "asked_table",
    "replay",
    "save_log",
    "truth",
]
