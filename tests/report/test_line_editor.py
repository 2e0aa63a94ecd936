"""The page for moving a line is safe against any name in it."""

from pathlib import Path

from evenhand.case import read_case, read_document
from evenhand.land.ground import read_land
from evenhand.land.lines import on_the_table
from evenhand.report.line_editor import editor_page

VALLEY = Path(__file__).parents[2] / "examples" / "valley" / "case.yaml"


def test_no_name_can_end_the_script_or_become_markup() -> None:
    document = read_document(VALLEY)
    case, lands = read_land(read_case(document), document)
    hostile = "</script><script>alert(1)</script><b>"
    parties = tuple(party.model_copy(update={"name": hostile}) for party in case.parties)
    land = lands["valley"]
    changed = type(land)(case.model_copy(update={"parties": parties}), land.territory, land.cells, land.values)
    page = editor_page(changed, on_the_table(changed), hostile)
    assert hostile not in page
    assert page.count("<script") == 3
