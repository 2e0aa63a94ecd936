"use strict";
// State: `sides[cell]` is the number of the side that has it. Everything shown is computed from it anew.
const data = JSON.parse(document.getElementById("data").textContent);
const count = data.cells.length;
const jointAt = data.sides.findIndex((side) => side.id === "joint");
let sides = [];
let past = [];

const at = (id) => document.getElementById(id);
const rounded = (number) => number.toLocaleString("en", { maximumFractionDigits: Math.abs(number) >= 100 ? 0 : 2 });
const map = L.map("map", { attributionControl: false, zoomSnap: 0.25 });
const layers = data.cells.map((cell, number) => {
  const rings = cell.rings.map((ring) => ring.map(([x, y]) => [y, x]));
  const layer = L.polygon(rings, { fillRule: "evenodd", fillOpacity: 0.85, weight: 1, color: "#fff" });
  layer.on("click", () => give(number));
  return layer.addTo(map);
});
map.fitBounds(L.featureGroup(layers).getBounds());

function together(cell) {
  const block = data.blocks.filter((cells) => cells.includes(cell)).flat();
  return block.length ? [...new Set(block)] : [cell];
}

function give(cell) {
  const cells = together(cell);
  if (cells.some((one) => data.fixed[one] >= 0)) return;
  past.push(sides.slice());
  const next = (sides[cell] + 1) % data.sides.length;
  for (const one of cells) sides[one] = next;
  show();
}

function pieces(side) {
  const left = new Set(sides.flatMap((one, cell) => (one === side ? [cell] : [])));
  let found = 0;
  while (left.size) {
    found += 1;
    const reached = [left.values().next().value];
    left.delete(reached[0]);
    for (const cell of reached) {
      for (const [near] of data.neighbours[cell]) {
        if (left.delete(near)) reached.push(near);
      }
    }
  }
  return found;
}

function border() {
  let twice = 0;
  data.neighbours.forEach((row, cell) => {
    for (const [near, length] of row) if (sides[cell] !== sides[near]) twice += length;
  });
  return twice / 2 / 10000;
}

function sum(values, side) {
  return values.reduce((total, value, cell) => total + (sides[cell] === side ? value : 0), 0);
}

function points(side) {
  const values = data.values[data.sides[side].id];
  if (!values) return "";
  const joint = jointAt >= 0 ? data.share * sum(values, jointAt) : 0;
  return rounded(data.points[data.sides[side].id] * (sum(values, side) + joint));
}

function cellsOf(parent, tag, texts) {
  parent.replaceChildren(...texts.map((text) => Object.assign(document.createElement(tag), { textContent: text })));
}

function show() {
  layers.forEach((layer, cell) => {
    const fixed = data.fixed[cell] >= 0;
    layer.setStyle({ fillColor: data.sides[sides[cell]].colour, dashArray: fixed ? "2 4" : null, weight: fixed ? 2 : 1 });
    layer.bindTooltip(`${data.cells[cell].id}: ${data.sides[sides[cell]].name}`, { sticky: true });
  });
  cellsOf(at("heads"), "th", ["Side", "Points", "Cells", ...data.columns.map((column) => column.name)]);
  at("rows").replaceChildren(...data.sides.map((side, number) => {
    const row = document.createElement("tr");
    const sums = data.columns.map((column) => rounded(sum(column.values, number)));
    cellsOf(row, "td", ["", points(number), String(sides.filter((one) => one === number).length), ...sums]);
    const swatch = Object.assign(document.createElement("span"), { className: "swatch" });
    swatch.style.background = side.colour;
    row.firstChild.append(swatch, side.name);
    return row;
  }));
  const apart = data.sides.filter((_, number) => pieces(number) > 1).map((side) => side.name);
  const whole = apart.length ? `Not in one piece: ${apart.join(", ")}.` : "Each side is in one piece.";
  at("status").textContent = `${whole} The border is ${rounded(border())} km long.`;
  at("undo").disabled = past.length === 0;
}

function begin() {
  sides = data.lines[at("start").value].sides.slice();
  past = [];
  show();
}

function save() {
  const line = {};
  data.sides.forEach((side, number) => {
    const cells = data.cells.filter((_, cell) => sides[cell] === number).map((cell) => cell.id);
    if (cells.length) line[side.id] = cells;
  });
  const file = new Blob([JSON.stringify({ line }, null, 1) + "\n"], { type: "application/json" });
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: "line.json" });
  link.click();
  URL.revokeObjectURL(link.href);
}

data.lines.forEach((line, number) => at("start").add(new Option(line.id, number)));
at("start").addEventListener("change", begin);
at("undo").addEventListener("click", () => { sides = past.pop() || sides; show(); });
at("save").addEventListener("click", save);
begin();
