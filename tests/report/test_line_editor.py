"""The page for moving a line is safe against any name in it, and does what it says in a browser."""

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

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


DRIVE = """<script>
const said = [];
function say(what) { said.push([what, sides.join(""), at("status").textContent, at("why").textContent]); }
function spot(cell) {
  const point = map.latLngToContainerPoint(layers[cell].getBounds().getCenter());
  const box = at("map").getBoundingClientRect();
  return { clientX: box.left + point.x, clientY: box.top + point.y, bubbles: true, button: 0, pointerId: 1 };
}
function point(kind, cell, more) {
  const where = { ...(cell < 0 ? { ...spot(0), clientX: 2, clientY: 2 } : spot(cell)), ...more };
  document.elementFromPoint(where.clientX, where.clientY).dispatchEvent(new PointerEvent(kind, where));
}
function pull(...cells) {
  point("pointerdown", cells[0]);
  for (const cell of cells.slice(1)) point("pointermove", cell);
  say("held");
  point("pointerup", cells[cells.length - 1]);
}
const number = (id) => data.cells.findIndex((cell) => cell.id === id);
say("begun");
pull(number("d1"), number("e1")); say("dropped");
undo(); say("undone");
redo(); say("redone");
undo(); pull(number("d2"), number("c2")); say("home");
pull(number("d1"), number("f1"), -1); say("dropped off the map");
point("pointerdown", number("d1"));
for (const kind of ["pointermove", "pointerup"]) point(kind, number("g4"), { pointerId: 2 });
undo(); say("a second finger");
point("pointerup", number("d2")); say("still the first"); undo();
document.querySelector("input[value=line]").checked = true;
pull(number("d1"), number("f1")); say("painted");
document.querySelector("input[value=cell]").checked = true;
pull(number("a3"), number("h1")); say("settled");
at("map").dispatchEvent(new KeyboardEvent("keydown", { key: "2" })); say("key");
pull(number("b1"), number("e2")); pull(number("a2"), number("e2")); say("cut off");
document.title = JSON.stringify(said);
</script></body>"""


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium here to open the page with")
def test_cells_and_the_line_are_dragged_and_everything_shown_changes_at_once(tmp_path: Path) -> None:
    document = read_document(VALLEY)
    _, lands = read_land(read_case(document), document)
    page = editor_page(lands["valley"], on_the_table(lands["valley"]), "case.yaml")
    (tmp_path / "page.html").write_text(page.replace("</body>", DRIVE), encoding="utf-8")
    quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    headless = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--no-first-run",
        *quiet,
        f"--user-data-dir={tmp_path}/browser",
    ]
    command = [*headless, "--window-size=1000,1200", "--dump-dom", (tmp_path / "page.html").as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    title = re.search(r"<title>(.*?)</title>", shown, re.DOTALL)
    assert title is not None
    told = [tuple(row) for row in json.loads(unescape(title[1]))]
    steps = {what: row for what, *row in told if what != "held"}
    held = [row for what, *row in told if what == "held"]
    ids = lands["valley"].ground.cells
    begun, d1, e1, f1 = steps["begun"][0], ids.index("d1"), ids.index("e1"), ids.index("f1")

    def given(side: str, *cells: int) -> str:
        return "".join(side if cell in cells else was for cell, was in enumerate(begun))

    assert held[0] == steps["dropped"]  # seen while the cell is still held
    assert steps["dropped"][0] == given("1", d1)
    assert steps["dropped"][1] != steps["begun"][1]  # the length of the border
    assert steps["undone"][0] == steps["home"][0] == begun
    assert steps["redone"] == steps["dropped"]
    assert steps["dropped off the map"][0] == steps["a second finger"][0] == begun
    assert steps["still the first"][0] == given("1", d1)  # no move was seen: a click, which gives it to the next side
    assert steps["painted"][0] == given("0", e1, f1)
    assert steps["settled"][0] == steps["key"][0] == steps["painted"][0]
    assert steps["settled"][2] == "a3 is settled: it stays with Hill Council."
    assert "Hill Council is not in one piece: a1" in steps["cut off"][1]
