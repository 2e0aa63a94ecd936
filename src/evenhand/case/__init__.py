"""The case: the one document that a negotiation is kept in.

Comes in: a YAML or JSON file a person wrote, or a points table from a spreadsheet.
Goes out: a frozen `Case`, every number an exact fraction; or a `CaseError` that lists every mistake with
its file, line, place in the document and mend. Also the way back: a save that keeps the comments.

Read in this order: `model` (what a case is, made of `parts`; `territory` is an issue of land), `numbers` (how a number
is read), `reading` (text to a tree that knows its lines), `building` (tree to model, part by part, so that several
mistakes show at once), `references` (what must agree across parts), `doubts` (the same for what is in doubt), `cells`
(the same for land), `lines` (what follows from lines on a map), `saving`, `canonical` (one text for one case),
`sheets` (a spreadsheet to cells), `tables` (cells to points), `problems` (the one error shape).

Promised: nothing is guessed. What the file does not say is an error or a documented default.
"""

from evenhand.case.building import load_case, read_case, read_part
from evenhand.case.canonical import canonical_text, case_digest
from evenhand.case.conditions import ShareBound, share_bound
from evenhand.case.lines import CellValues, part_of_land, territories, unread_maps, with_line_values
from evenhand.case.model import (
    NO_DEAL,
    Answer,
    Asset,
    AtLeastAsGood,
    Cake,
    Case,
    Choice,
    Chosen,
    Condition,
    Divisible,
    Issue,
    Money,
    Party,
    Preference,
    Proposal,
    Rule,
    Term,
    Together,
    json_schema,
)
from evenhand.case.numbers import FINEST, LARGEST, as_written, exact, fraction_text, plain_decimal
from evenhand.case.parts import JOINT, Option, is_id
from evenhand.case.problems import CaseError, Mistake, Problem, nearest_name
from evenhand.case.reading import DEEPEST, Document, Place, TreePath, file_bytes, parse_document, read_document
from evenhand.case.saving import case_text, save_case, write_atomically
from evenhand.case.tables import PointsTable, case_from_table, id_of, read_points_table, with_points
from evenhand.case.territory import Ground, LandValue, Outline, Territory, Zone

__all__ = [
    "DEEPEST",
    "FINEST",
    "JOINT",
    "LARGEST",
    "NO_DEAL",
    "Answer",
    "Asset",
    "AtLeastAsGood",
    "Cake",
    "Case",
    "CaseError",
    "CellValues",
    "Choice",
    "Chosen",
    "Condition",
    "Divisible",
    "Document",
    "Ground",
    "Issue",
    "LandValue",
    "Mistake",
    "Money",
    "Option",
    "Outline",
    "Party",
    "Place",
    "PointsTable",
    "Preference",
    "Problem",
    "Proposal",
    "Rule",
    "ShareBound",
    "Term",
    "Territory",
    "Together",
    "TreePath",
    "Zone",
    "as_written",
    "canonical_text",
    "case_digest",
    "case_from_table",
    "case_text",
    "exact",
    "file_bytes",
    "fraction_text",
    "id_of",
    "is_id",
    "json_schema",
    "load_case",
    "nearest_name",
    "parse_document",
    "part_of_land",
    "plain_decimal",
    "read_case",
    "read_document",
    "read_part",
    "read_points_table",
    "save_case",
    "share_bound",
    "territories",
    "unread_maps",
    "with_line_values",
    "with_points",
    "write_atomically",
]
