"""A case together with its maps: what lines are worth where that rests on a map, and which cells touch.

Not imported by the front desk itself, since maps need libraries that take a while to load.
"""

from __future__ import annotations

from pathlib import Path

from evenhand.case import Case, Document, read_case, read_document
from evenhand.land.ground import Land, read_land


def load_with_maps(file: Path | str) -> Case:
    """As `load_case`, with the maps of its territories. Raises CaseError listing every mistake found."""
    document = read_document(file)
    return with_maps(read_case(document), document)[0]


def with_maps(case: Case, document: Document) -> tuple[Case, dict[str, Land]]:
    """The case with what its maps say, and each territory with its map. Raises CaseError."""
    return read_land(case, document)
