// The sheet: vis-network draws nodes and strands, captions are written over them, and what is pointed at is told.

import { LOOKS, NODES, VIS_OPTIONS, nodeById, plain } from "./data.js";
import { $ } from "./dom.js";
import { NODE_TEXT, STRAND_TEXT, placeCaptions } from "./captions.js";
import { state } from "./state.js";
import { bends, captionOf, colourOf } from "./strands.js";
import { lookOf, nameOf } from "./words.js";
import { inkOf, isDark } from "./theme.js";

/** On a screen that is higher than wide, the sheet is turned. */
const UPRIGHT = $("canvas").clientHeight > 1.2 * $("canvas").clientWidth;
const FONT = getComputedStyle(document.body).fontFamily;
const visNodes = new vis.DataSet();
const visEdges = new vis.DataSet();
export const network = new vis.Network($("canvas"), { nodes: visNodes, edges: visEdges }, visOptions());
export const drawn = { nodes: new Map(), strands: new Map(), captions: [], stale: true, scale: 0 };

function visOptions() {
  const quiet = { chosen: false, labelHighlightBold: false };
  return {
    ...VIS_OPTIONS,
    autoResize: true,
    interaction: { ...VIS_OPTIONS.interaction, selectable: false, hoverConnectedEdges: false, tooltipDelay: 1e9 },
    nodes: quiet,
    edges: { ...quiet, arrowStrikethrough: false, hoverWidth: 0, selectionWidth: 0 },
  };
}

/** How much a node counts, by the measure that is on. */
function standing(node, strands) {
  if (state.size === "betweenness" || state.size === "core") return node[state.size] ?? 0;
  return state.size === "evidence" ? strands.reduce((sum, strand) => sum + strand.lines.length, 0) : strands.length;
}

/** Draw strands and their nodes; `hot` holds what is chosen and what belongs to it, all else steps back. */
export function drawSheet(strands, hot) {
  const touching = new Map();
  for (const strand of strands) {
    for (const id of [strand.from, strand.to]) touching.set(id, [...(touching.get(id) ?? []), strand]);
  }
  for (const id of hot?.nodes ?? []) if (!touching.has(id) && "x" in nodeById.get(id)) touching.set(id, []);
  const weights = new Map([...touching].map(([id, own]) => [id, standing(nodeById.get(id), own)]));
  const heaviest = Math.max(1, ...weights.values());
  const places = network.getPositions(visNodes.getIds());
  drawn.nodes = new Map();
  for (const [id, weight] of weights) {
    const at = places[id] ?? (UPRIGHT ? { x: nodeById.get(id).y, y: nodeById.get(id).x } : nodeById.get(id));
    const size = (8 + 15 * Math.sqrt(weight / heaviest)) * wideness();
    drawn.nodes.set(id, { id, x: at.x, y: at.y, size, text: plain(nameOf(id), 26), weight: weightOf(id, weight, hot), dim: hot ? !hot.nodes.has(id) : false });
  }
  const bend = bends(strands);
  drawn.strands = new Map(strands.map((strand) => [strand.id, {
    id: strand.id, strand, bend: bend.get(strand.id), from: drawn.nodes.get(strand.from), to: drawn.nodes.get(strand.to),
    text: plain(captionOf(strand), 40), weight: strand.lines.length + (strand.status === "denied" ? 0.5 : 0), dim: hot ? !hot.strands.has(strand.id) : false, hot: hot?.strands.has(strand.id) ?? false,
    barred: strand.status === "denied",
  }]));
  drawn.stale = true;
  refresh(visNodes, [...drawn.nodes.values()].map(visNode));
  refresh(visEdges, [...drawn.strands.values()].map(visEdge));
  network.redraw();
}

let widening = 0;

/** How much larger things are drawn because the whole sheet is seen from further away; the same at every filter. */
function wideness() {
  if (!widening) {
    const nodes = NODES.filter((node) => "x" in node);
    const width = nodes.length ? extent(nodes, "x", Math.max) - extent(nodes, "x", Math.min) : 0;
    widening = Math.min(3, Math.max(1, width / 1100));
  }
  return widening;
}

const weightOf = (id, weight, hot) => weight + (hot?.nodes.has(id) ? 1e6 : 0) + (state.chosen?.id === id ? 1e9 : 0);

const last = new Map();

/** Bring a data set up to date, touching only what is different. */
function refresh(dataset, items) {
  const wanted = new Set(items.map((item) => item.id));
  const gone = dataset.getIds().filter((id) => !wanted.has(id));
  dataset.remove(gone);
  for (const id of gone) last.delete(id);
  const news = items.filter((item) => {
    const text = JSON.stringify(item);
    if (last.get(item.id) === text) return false;
    last.set(item.id, text);
    return true;
  });
  dataset.update(news);
}

export function fillOf(id) {
  const node = nodeById.get(id);
  return state.colour === "community" ? LOOKS.communities[Math.min(node.community ?? 0, LOOKS.communities.length - 1)] : lookOf(node.kind).color;
}

function visNode({ id, x, y, size, dim }) {
  const chosen = state.chosen?.kind === "entity" && state.chosen.id === id;
  const border = chosen ? inkOf("accent") : inkOf("sheet");
  const color = { background: fillOf(id), border };
  return { id, x, y, size, shape: lookOf(nodeById.get(id).kind).shape, opacity: dim ? 0.22 : 1, borderWidth: chosen ? 5 : 1.5, color: { ...color, hover: color, highlight: color } };
}

export const widthOf = (strand) => (1.4 + Math.min(4.5, 1.2 * Math.log2(strand.lines.length)) + (state.chosen?.id === strand.id ? 2 : 0)) * Math.sqrt(wideness());

/** How much of a strand is seen: what is not chosen steps back, and so do all where there are many. */
export const opacityOf = ({ dim, hot }) => (dim ? 0.17 : drawn.strands.size > 400 && !hot ? 0.5 : 0.92);

function visEdge({ id, strand, bend, dim, hot, barred }) {
  const colour = colourOf(strand, isDark());
  const dash = LOOKS.statuses[strand.status].dash;
  return {
    id,
    from: strand.from,
    to: strand.to,
    width: widthOf(strand),
    dashes: dash.length ? dash : false,
    color: { color: colour, hover: colour, highlight: colour, opacity: opacityOf({ dim, hot }), inherit: false },
    arrows: {
      to: { enabled: !strand.symmetric, scaleFactor: 0.62 },
      middle: { enabled: barred, type: "bar", scaleFactor: 0.9 },
    },
    smooth: Math.abs(bend) < 0.01 ? false : { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) },
  };
}

const widths = new Map();
const ruler = document.createElement("canvas").getContext("2d");

function measure(text, size) {
  const key = `${size} ${text}`;
  if (!widths.has(key)) {
    ruler.font = `${size === NODE_TEXT ? 600 : 400} ${size}px ${FONT}`;
    widths.set(key, ruler.measureText(text).width);
  }
  return widths.get(key);
}

/** The captions for the zoom that is on; kept until something moves. */
export function captionsNow() {
  const scale = network.getScale();
  if (drawn.stale || drawn.scale !== scale) {
    drawn.captions = placeCaptions([...drawn.nodes.values()], [...drawn.strands.values()], scale, measure);
    drawn.scale = scale;
    drawn.stale = false;
  }
  return drawn.captions;
}

network.on("afterDrawing", (ctx) => {
  const scale = network.getScale();
  const sheet = inkOf("sheet");
  ctx.save();
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const caption of captionsNow()) {
    const size = (caption.node ? NODE_TEXT : STRAND_TEXT) / scale;
    ctx.font = `${caption.node ? 600 : 400} ${size}px ${FONT}`;
    ctx.globalAlpha = caption.dim ? 0.4 : 1;
    if (caption.node) {
      ctx.strokeStyle = sheet;
      ctx.lineWidth = 3.5 / scale;
      ctx.strokeText(caption.text, caption.x, caption.y);
    } else {
      const [wide, high] = [(measure(caption.text, STRAND_TEXT) + 6) / scale, size * 1.3];
      ctx.fillStyle = sheet;
      ctx.beginPath();
      ctx.roundRect(caption.x - wide / 2, caption.y - high / 2, wide, high, 4 / scale);
      ctx.fill();
    }
    ctx.fillStyle = inkFor(caption);
    ctx.fillText(caption.text, caption.x, caption.y);
  }
  ctx.restore();
});

export const inkFor = (caption) => (caption.node ? inkOf("ink") : colourOf(drawn.strands.get(caption.id).strand, isDark()));

/** What lies under a point of the canvas: an entity, a strand (its caption counts), or nothing. */
export function under(point) {
  const node = network.getNodeAt(point);
  if (node !== undefined) return { kind: "entity", id: node };
  const at = network.DOMtoCanvas(point);
  const scale = network.getScale();
  const caption = captionsNow().find(({ text, x, y, node: isNode }) => {
    const size = isNode ? NODE_TEXT : STRAND_TEXT;
    return Math.abs(at.x - x) * scale < measure(text, size) / 2 && Math.abs(at.y - y) * scale < size * 0.7;
  });
  const id = caption?.id ?? network.getEdgeAt(point);
  if (id === undefined) return null;
  return caption?.node ? { kind: "entity", id } : { kind: state.view === "dyads" ? "dyad" : "strand", id };
}

network.on("dragEnd", ({ nodes }) => {
  for (const [id, at] of Object.entries(network.getPositions(nodes))) Object.assign(drawn.nodes.get(id) ?? {}, at);
  drawn.stale = true;
});
network.on("dragging", ({ nodes }) => {
  for (const [id, at] of Object.entries(network.getPositions(nodes))) Object.assign(drawn.nodes.get(id) ?? {}, at);
  if (nodes.length) drawn.stale = true;
});

const MARGIN = [76, 44]; // pixels beside and above the outermost nodes, for their names
const BUTTONS = 44; // pixels on the right that the buttons for zooming take

/** Show everything that is drawn, names included. */
export function fit() {
  const { clientWidth, clientHeight } = $("canvas");
  const nodes = [...drawn.nodes.values()];
  if (!nodes.length || !clientWidth || !clientHeight) return;
  const [left, right, top, bottom] = [extent(nodes, "x", Math.min), extent(nodes, "x", Math.max), extent(nodes, "y", Math.min), extent(nodes, "y", Math.max)];
  const scale = Math.min((clientWidth - 2 * MARGIN[0] - BUTTONS) / Math.max(1, right - left), (clientHeight - 2 * MARGIN[1]) / Math.max(1, bottom - top), 1.5);
  network.moveTo({ position: { x: (left + right + BUTTONS / scale) / 2, y: (top + bottom) / 2 }, scale, animation: false });
}

export const extent = (nodes, axis, furthest) => nodes.reduce((sum, node) => furthest(sum, node[axis]), nodes[0][axis]);

/** Bring an entity into sight, if it is not. */
export function look(id) {
  if (!drawn.nodes.has(id)) return;
  const at = network.canvasToDOM(network.getPosition(id));
  const { clientWidth, clientHeight } = $("canvas");
  if (at.x > 60 && at.y > 60 && at.x < clientWidth - 60 && at.y < clientHeight - 60 && network.getScale() > 0.35) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.focus(id, { scale: Math.max(network.getScale(), 0.8), animation: still ? false : { duration: 250, easingFunction: "easeOutQuad" } });
}

export const zoom = (factor) => network.moveTo({ scale: Math.min(5, Math.max(0.05, network.getScale() * factor)) });

