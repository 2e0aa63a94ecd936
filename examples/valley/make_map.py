"""Make valley.geojson: an invented valley of 48 districts, drawn at sea where no land is.

`python examples/valley/make_map.py` writes it anew, always the same. A river parts the north between columns d and e;
in the south the two banks meet.
"""

import json
import random
from pathlib import Path

COLUMNS, ROWS, SIZE, RIVER = "abcdefgh", 6, 0.06, 0.012
NAMED = {"b3": "Hilltown", "g4": "Shoretown", "d5": "Old Mill", "e2": "Dam Reach", "c2": "Three Oaks"}
PLANTS = {"e2": 120, "b5": 30, "g5": 60, "h1": 25}


def corners(draw: random.Random) -> dict[tuple[int, int], tuple[float, float]]:
    """Where the corners of the grid lie: each moved a little, so that no district is a square."""
    return {
        (x, y): (x * SIZE + draw.uniform(-1, 1) * SIZE / 4, y * SIZE + draw.uniform(-1, 1) * SIZE / 4)
        for x in range(len(COLUMNS) + 1)
        for y in range(ROWS + 1)
    }


def outline(at: dict[tuple[int, int], tuple[float, float]], x: int, y: int) -> list[list[float]]:
    """The ring of a district, rounded to about a decimetre, east of the river moved to the east."""
    ring = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)]
    moved = {k: RIVER if x >= 4 and k[0] == 4 and k[1] > 2 else 0 for k in ring}
    return [[round(at[k][0] + moved[k], 6), round(at[k][1], 6)] for k in ring]


def district(draw: random.Random, at: dict[tuple[int, int], tuple[float, float]], x: int, y: int) -> dict[str, object]:
    """One district with its people (more of them near the towns) and its megawatts."""
    cell = f"{COLUMNS[x]}{y + 1}"
    near = min((x - 1) ** 2 + (y - 2) ** 2, (x - 6) ** 2 + (y - 3) ** 2)
    people = 100 * draw.randint(3, 12) + (9000 if near == 0 else 4000 // (1 + near))
    properties = {"id": cell, "name": NAMED.get(cell, f"District {cell}"), "people": people, "mw": PLANTS.get(cell, 0)}
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [outline(at, x, y)]},
    }


def main() -> None:
    """Write the map beside this file, one district a line."""
    draw = random.Random(7)
    at = corners(draw)
    cells = [district(draw, at, x, y) for x in range(len(COLUMNS)) for y in range(ROWS)]
    lines = ",\n".join(json.dumps(cell, separators=(", ", ": ")) for cell in cells)
    text = f'{{"type": "FeatureCollection", "name": "An invented valley", "features": [\n{lines}\n]}}\n'
    Path(__file__).with_name("valley.geojson").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
