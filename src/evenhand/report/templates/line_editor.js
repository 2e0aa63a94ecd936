"use strict";
// State: `sides[cell]` is the number of the side that has it. Everything shown is computed from it anew.
const data = JSON.parse(document.getElementById("data").textContent);
const count = data.cells.length;
const jointAt = data.sides.findIndex((side) => side.id === "joint");
let sides = [];
let past = [];
let undone = [];
let drag = null; // while one goes on: its pointer, the cell it began on, the sides before, the place it has come to
let focused = 0;

const at = (id) => document.getElementById(id);
const rounded = (number) => number.toLocaleString("en", { maximumFractionDigits: Math.abs(number) >= 100 ? 0 : 2 });
const map = L.map("map", {
  attributionControl: false, zoomSnap: 0.25, keyboard: false, doubleClickZoom: false, boxZoom: false,
});
L.control.scale({ imperial: false }).addTo(map);
const layers = data.cells.map((cell) => {
  const rings = cell.rings.map((ring) => ring.map(([x, y]) => [y, x]));
  return L.polygon(rings, { fillRule: "evenodd", fillOpacity: 0.85, weight: 1, color: "#fff" }).addTo(map);
});
map.fitBounds(L.featureGroup(layers).getBounds());
layers.forEach((layer, number) => { layer.getElement().dataset.cell = number; });

const mode = () => document.querySelector("input[name=mode]:checked").value;
const sideName = (side) => data.sides[side].name;

function together(cell) {
  const block = data.blocks.filter((cells) => cells.includes(cell)).flat();
  return block.length ? [...new Set(block)] : [cell];
}

// Why these cells stay with their side; nothing: they may move.
function held(cells) {
  const settled = cells.find((one) => data.fixed[one] >= 0);
  if (settled === undefined) return "";
  const name = data.cells[settled].id;
  const others = cells.length > 1 ? `, and ${cells.map((one) => data.cells[one].id).join(", ")} go together` : "";
  return `${name} is settled: it stays with ${sideName(data.fixed[settled])}${others}.`;
}

// Give a cell, with those that go together with it, to a side; say why not where it may not move.
function give(cell, side) {
  const cells = together(cell);
  const why = held(cells);
  if (!why) for (const one of cells) sides[one] = side;
  else if (!at("why").textContent.includes(why)) at("why").textContent = [at("why").textContent, why].filter(Boolean).join(" ");
}

// Everything done between two looks at the line is undone by one step.
function change(how) {
  at("why").textContent = "";
  const before = sides.slice();
  how();
  if (sides.some((side, cell) => side !== before[cell])) { past.push(before); undone = []; }
  show();
}

const next = (cell) => (sides[cell] + 1) % data.sides.length;

function cellAt(x, y) {
  const path = document.elementFromPoint(x, y)?.closest("[data-cell]");
  return path ? Number(path.dataset.cell) : -1;
}

// A cell is dragged to where it is dropped and takes the side found there; the line is dragged over all cells passed.
function over(cell) {
  if (cell === drag.last) return;
  drag.last = cell;
  drag.moved = drag.moved || cell !== drag.from;
  if (mode() === "line") {
    if (cell >= 0) give(cell, drag.before[drag.from]);
    return;
  }
  at("why").textContent = "";
  sides = drag.before.slice();
  if (cell >= 0 && !together(drag.from).includes(cell)) give(drag.from, drag.before[cell]);
}

// A quick pointer is seen at few places; the cells between are passed too.
function dragged(event) {
  const [x, y] = drag.place;
  const [right, down] = [event.clientX - x, event.clientY - y];
  const steps = Math.max(1, Math.ceil(Math.hypot(right, down) / 4));
  for (let step = 1; step <= steps; step += 1) over(cellAt(x + (right * step) / steps, y + (down * step) / steps));
  drag.place = [event.clientX, event.clientY];
  show();
}

function dropped() {
  const { from, before, moved } = drag;
  drag = null;
  if (!moved) { change(() => give(from, next(from))); return; }
  const [after, why] = [sides, at("why").textContent];
  sides = before;
  change(() => { sides = after; });
  at("why").textContent = why;
}

function stop() {
  if (!drag) return;
  sides = drag.before;
  drag = null;
  show();
}

at("map").addEventListener("pointerdown", (event) => {
  const cell = cellAt(event.clientX, event.clientY);
  if (mode() === "map" || cell < 0 || event.button !== 0 || drag) return;
  event.preventDefault();
  focused = cell;
  at("why").textContent = "";
  const place = [event.clientX, event.clientY];
  drag = { pointer: event.pointerId, from: cell, before: sides.slice(), last: cell, place, moved: false };
}, { capture: true });
const ours = (event) => drag && drag.pointer === event.pointerId; // a second finger moves nothing
document.addEventListener("pointermove", (event) => { if (ours(event)) dragged(event); });
document.addEventListener("pointerup", (event) => { if (ours(event)) dropped(); });
document.addEventListener("pointercancel", (event) => { if (ours(event)) stop(); });

function settle() {
  const panning = mode() === "map";
  map.dragging[panning ? "enable" : "disable"]();
  at("map").classList.toggle("moving", !panning);
}

// The arrow keys go from cell to cell: to the one that lies best in that direction among all.
const ARROWS = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
function towards(cell, [x, y]) {
  const centre = (one) => layers[one].getBounds().getCenter();
  const here = centre(cell);
  let best = cell;
  let least = Infinity;
  layers.forEach((_, other) => {
    const [right, up] = [centre(other).lng - here.lng, centre(other).lat - here.lat];
    const along = right * x + up * y;
    const cost = Math.hypot(right, up) + 2 * Math.abs(right * y + up * x);
    if (along > 0 && cost < least) [best, least] = [other, cost];
  });
  return best;
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || drag) {
    if (event.key === "Escape") stop();
    return;
  }
  const digit = Number(event.key);
  if (event.key in ARROWS) { focused = towards(focused, ARROWS[event.key]); show(); }
  else if (event.key === "Enter" || event.key === " ") change(() => give(focused, next(focused)));
  else if (digit >= 1 && digit <= data.sides.length) change(() => give(focused, digit - 1));
  else return;
  event.preventDefault();
}

function undo() {
  if (drag || !past.length) return;
  undone.push(sides);
  sides = past.pop();
  show();
}

function redo() {
  if (drag || !undone.length) return;
  past.push(sides);
  sides = undone.pop();
  show();
}

// The pieces a side is in, the largest first.
function pieces(side) {
  const left = new Set(sides.flatMap((one, cell) => (one === side ? [cell] : [])));
  const found = [];
  while (left.size) {
    const reached = [left.values().next().value];
    left.delete(reached[0]);
    for (const cell of reached) {
      for (const [near] of data.neighbours[cell]) {
        if (left.delete(near)) reached.push(near);
      }
    }
    found.push(reached);
  }
  return found.sort((one, other) => other.length - one.length);
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

function drawCells(cutOff) {
  layers.forEach((layer, cell) => {
    const fixed = data.fixed[cell] >= 0;
    const style = { fillColor: data.sides[sides[cell]].fill, color: "#fff", dashArray: null, weight: 1 };
    if (fixed) Object.assign(style, { dashArray: "2 4", weight: 2 });
    if (cutOff.has(cell)) Object.assign(style, { color: "#9a2f2f", weight: 3 });
    if (cell === focused && document.activeElement === at("map")) Object.assign(style, { color: "#000", weight: 4 });
    layer.setStyle(style);
    layer.bindTooltip(`${data.cells[cell].id}: ${sideName(sides[cell])}`, { sticky: true });
    if (style.weight > 2) layer.bringToFront();
  });
}

function drawTable() {
  cellsOf(at("heads"), "th", ["Side", "Points", "Cells", ...data.columns.map((column) => column.name)]);
  at("rows").replaceChildren(...data.sides.map((side, number) => {
    const row = document.createElement("tr");
    const sums = data.columns.map((column) => rounded(sum(column.values, number)));
    cellsOf(row, "td", ["", points(number), String(sides.filter((one) => one === number).length), ...sums]);
    row.firstChild.innerHTML = `<svg class="swatch" aria-hidden="true"><rect width="100%" height="100%" fill="${side.fill}"/></svg>`;
    row.firstChild.append(side.name);
    return row;
  }));
}

function apart(side) {
  const cut = pieces(side).slice(1).flat();
  const names = cut.slice(0, 6).map((cell) => data.cells[cell].id).join(", ");
  const more = cut.length > 6 ? ` and ${cut.length - 6} more` : "";
  return { cut, text: cut.length ? `${sideName(side)} is not in one piece: ${names}${more} cut off.` : "" };
}

function show() {
  const found = data.sides.map((_, side) => apart(side));
  drawCells(new Set(found.flatMap((one) => one.cut)));
  drawTable();
  const whole = found.map((one) => one.text).filter(Boolean).join(" ") || "Each side is in one piece.";
  at("status").textContent = `${whole} The border is ${rounded(border())} km long.`;
  at("spoken").textContent = `${data.cells[focused].id}: ${sideName(sides[focused])}`;
  at("undo").disabled = past.length === 0;
  at("redo").disabled = undone.length === 0;
}

function begin() {
  sides = data.lines[at("start").value].sides.slice();
  [past, undone] = [[], []];
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
at("undo").addEventListener("click", undo);
at("redo").addEventListener("click", redo);
at("save").addEventListener("click", save);
at("map").addEventListener("keydown", key);
for (const name of ["focus", "blur"]) at("map").addEventListener(name, () => show());
document.addEventListener("keydown", (event) => {
  const letter = event.key.toLowerCase();
  if (!(event.ctrlKey || event.metaKey) || !["z", "y"].includes(letter)) return;
  event.preventDefault();
  if (letter === "y" || event.shiftKey) redo(); else undo();
});
document.querySelectorAll("input[name=mode]").forEach((input) => input.addEventListener("change", settle));
settle();
begin();
