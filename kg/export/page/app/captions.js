// Which names and relations are written on the sheet, and where: none on top of another, the important ones first.

import { pointAt } from "./curve.js";

export const NODE_TEXT = 12.5; // pixels on the screen, at every zoom
export const STRAND_TEXT = 11;
const LINE = 1.25; // height of a line of text, in its own size
const CELL = 80;
const GREAT = 14; // so many nodes and strands are written first, whatever else there is
const CROWD = 120; // of more strands only the great and the chosen have captions …
const CLOSE = 1.1; // … until the reader comes this close

/** Boxes that are taken, found by the cells they lie in. */
class Taken {
  cells = new Map();

  *cellsOf([left, top, right, bottom]) {
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x += 1) {
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y += 1) yield `${x},${y}`;
    }
  }

  hits(box) {
    for (const cell of this.cellsOf(box)) {
      for (const other of this.cells.get(cell) ?? []) {
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return true;
      }
    }
    return false;
  }

  add(box) {
    for (const cell of this.cellsOf(box)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(box);
    }
  }
}

/**
 * Place captions for one zoom. Nodes are {id, x, y, size, text, weight}, strands {id, from, to, bend, text, weight} with
 * their nodes; `measure` gives the width of a text of a size in pixels. Returns captions with their middle in units of
 * the sheet.
 */
export function placeCaptions(nodes, strands, scale, measure) {
  const taken = new Taken();
  const captions = [];
  const byWeight = (one, other) => other.weight - one.weight;
  const ordered = [...nodes].sort(byWeight);
  // the great ones are named even where small ones stand around them
  for (const group of [ordered.slice(0, GREAT), ordered.slice(GREAT)]) {
    for (const node of group) taken.add(around({ x: node.x * scale, y: node.y * scale }, node.size * scale, node.size * scale));
    for (const node of group) {
      const spot = free(node.text, NODE_TEXT, spotsAround(node, scale, measure(node.text, NODE_TEXT)), taken, measure);
      if (spot) captions.push({ id: node.id, node: true, text: node.text, x: spot.x / scale, y: spot.y / scale, dim: node.dim });
    }
  }
  // the cross-bar of a denial stays in sight
  for (const strand of strands) if (strand.barred) taken.add(around(spotAt(strand, 0.5, scale), 9, 9));
  const crowded = strands.length > CROWD && scale < CLOSE;
  for (const [place, strand] of [...strands].sort(byWeight).entries()) {
    if (!strand.text || strand.dim || (crowded && !strand.hot && (place >= GREAT || strand.weight < 2))) continue;
    const width = measure(strand.text, STRAND_TEXT);
    const { from, to } = strand;
    const length = Math.hypot(to.x - from.x, to.y - from.y) * scale - (from.size + to.size) * scale;
    if (length < 24 + width * 0.5) continue;
    const spot = free(strand.text, STRAND_TEXT, spotsAlong(strand, scale), taken, measure);
    if (spot) captions.push({ id: strand.id, text: strand.text, x: spot.x / scale, y: spot.y / scale });
  }
  return captions;
}

const around = ({ x, y }, halfWidth, halfHeight) => [x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight];

function free(text, size, spots, taken, measure) {
  const [halfWidth, halfHeight] = [measure(text, size) / 2 + 3, (size * LINE) / 2];
  for (const spot of spots) {
    const box = around(spot, halfWidth, halfHeight);
    if (taken.hits(box)) continue;
    taken.add(box);
    return spot;
  }
  return null;
}

function* spotsAround(node, scale, width) {
  const [x, y, away] = [node.x * scale, node.y * scale, node.size * scale + 4];
  const up = (NODE_TEXT * LINE) / 2;
  yield { x, y: y + away + up };
  yield { x, y: y - away - up };
  yield { x: x + away + width / 2, y };
  yield { x: x - away - width / 2, y };
}

const SHARES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8];

function* spotsAlong(strand, scale) {
  for (const share of SHARES) yield spotAt(strand, share, scale);
}

function spotAt({ from, to, bend }, share, scale) {
  const point = pointAt(from, to, bend, share);
  return { x: point.x * scale, y: point.y * scale };
}
