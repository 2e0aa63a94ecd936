"""Exchange: cases from and for other negotiation programs (GENIUS, GeniusWeb, NegMAS).

Comes in: a folder or files of another program (`read_scenario`), or a `Case` (`case_files`).
Goes out: a `Case` with notes for the mediator, or the files of a format with the same notes.

Read in this order: `scenario` (what all of the formats can say), `cases` (between that and a case), `genius`,
`geniusweb`, `negmas` (a format each), `markup` (safe XML), `walking` (looking into JSON and YAML), `files`.

Promised: numbers are read as exact fractions. What a case or a format cannot hold is refused or named in
the notes; nothing is lost silently. Reading a file unfolds no entities and opens nothing else.
"""

from evenhand.bargain.exchange.cases import CannotHold, Read, case_of, scenario_of
from evenhand.bargain.exchange.files import FORMATS, Written, case_files, is_scenario, read_scenario
from evenhand.bargain.exchange.scenario import Profile, Scenario

__all__ = [
    "FORMATS",
    "CannotHold",
    "Profile",
    "Read",
    "Scenario",
    "Written",
    "case_files",
    "case_of",
    "is_scenario",
    "read_scenario",
    "scenario_of",
]
