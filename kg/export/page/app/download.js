// What is shown as a file: a picture, a drawing, a table, records, or a link.

import { EVIDENCE, LOOKS, SENTENCES, documentOf, nodeById, plain } from "./data.js";
import { STRAND_TEXT, NODE_TEXT } from "./captions.js";
import { captionsNow, drawn, extent, fillOf, inkFor, opacityOf, widthOf } from "./canvas.js";
import { control } from "./curve.js";
import { $, h } from "./dom.js";
import { weigh } from "./sift.js";
import { linesInOrder } from "./table.js";
import { inkOf, isDark } from "./theme.js";
import { colourOf } from "./strands.js";
import { language, lookOf, nameOf, predicateName, statusName } from "./words.js";

function save(name, content, type) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

export function savePng() {
  const source = $("canvas").querySelector("canvas");
  const copy = h("canvas", { width: source.width, height: source.height });
  const ctx = copy.getContext("2d");
  ctx.fillStyle = inkOf("sheet");
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(source, 0, 0);
  copy.toBlob((blob) => save("graph.png", blob));
}

const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const safe = (text) => String(text).replace(/[&<>"]/g, (sign) => escapes[sign]);
const tag = (name, attributes, inner = "") =>
  `<${name}${Object.entries(attributes).filter(([, value]) => value !== "" && value !== null).map(([key, value]) => ` ${key}="${safe(value)}"`).join("")}>${inner}</${name}>`;

/** The drawing as SVG, from the same positions, curves and captions as the canvas. */
export function drawingSvg() {
  const nodes = [...drawn.nodes.values()];
  const [left, right] = nodes.length ? [extent(nodes, "x", Math.min) - 140, extent(nodes, "x", Math.max) + 140] : [0, 1];
  const [top, bottom] = nodes.length ? [extent(nodes, "y", Math.min) - 80, extent(nodes, "y", Math.max) + 80] : [0, 1];
  const captions = captionsNow();
  const scale = drawn.scale;
  const parts = [
    tag("rect", { x: left, y: top, width: right - left, height: bottom - top, fill: inkOf("sheet") }),
    ...[...drawn.strands.values()].map(strandSvg),
    ...nodes.map(nodeSvg),
    ...captions.map((caption) => tag("text", {
      x: round(caption.x), y: round(caption.y), "font-size": round((caption.node ? NODE_TEXT : STRAND_TEXT) / scale), "font-weight": caption.node ? 600 : 400, fill: inkFor(caption), stroke: inkOf("sheet"), "stroke-width": round(4 / scale), "paint-order": "stroke", "text-anchor": "middle", "dominant-baseline": "central",
    }, safe(caption.text))),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: [left, top, right - left, bottom - top].map(round).join(" "), "font-family": getComputedStyle(document.body).fontFamily }, `\n${parts.join("\n")}\n`)}\n`;
}

const round = (number) => Math.round(number * 10) / 10;

function strandSvg({ strand, from, to, bend, dim, hot }) {
  const via = control(from, to, bend);
  const dash = LOOKS.statuses[strand.status].dash.join(" ");
  const colour = colourOf(strand, isDark());
  const opacity = opacityOf({ dim, hot });
  const line = tag("path", { d: `M${round(from.x)} ${round(from.y)}Q${round(via.x)} ${round(via.y)} ${round(to.x)} ${round(to.y)}`, fill: "none", stroke: colour, "stroke-width": round(widthOf(strand)), "stroke-dasharray": dash, opacity });
  const angle = Math.atan2(to.y - via.y, to.x - via.x);
  const [x, y] = [to.x - (to.size + 2) * Math.cos(angle), to.y - (to.size + 2) * Math.sin(angle)];
  const corner = (turn) => `${round(x - 9 * Math.cos(angle + turn))} ${round(y - 9 * Math.sin(angle + turn))}`;
  const arrow = strand.symmetric ? "" : tag("path", { d: `M${round(x)} ${round(y)}L${corner(0.42)} ${corner(-0.42)}z`, fill: colour, opacity });
  return line + arrow + (strand.status === "denied" ? crossBar(from, via, to, colour, opacity) : "");
}

function crossBar(from, via, to, colour, opacity) {
  const [x, y] = [(from.x + 2 * via.x + to.x) / 4, (from.y + 2 * via.y + to.y) / 4];
  const angle = Math.atan2(to.y - from.y, to.x - from.x) + Math.PI / 2;
  const [dx, dy] = [8 * Math.cos(angle), 8 * Math.sin(angle)];
  return tag("path", { d: `M${round(x - dx)} ${round(y - dy)}L${round(x + dx)} ${round(y + dy)}`, stroke: colour, "stroke-width": 3, opacity });
}

const CORNERS = { square: [4, 45], triangle: [3, -90], triangleDown: [3, 90], diamond: [4, 0], hexagon: [6, 0], star: [5, -90] };

function nodeSvg({ id, x, y, size, dim }) {
  const look = { fill: fillOf(id), stroke: inkOf("sheet"), "stroke-width": 1.5, opacity: dim ? 0.22 : 1 };
  const title = `<title>${safe(plain(nameOf(id)))}</title>`;
  const [corners, turn] = CORNERS[lookOf(nodeById.get(id).kind).shape] ?? [0, 0];
  if (!corners) return tag("circle", { cx: x, cy: y, r: round(size), ...look }, title);
  const radius = size * (corners < 5 ? 1.25 : 1.05);
  const points = Array.from({ length: corners }, (_, place) => {
    const angle = ((turn + (360 * place) / corners) * Math.PI) / 180;
    return `${round(x + radius * Math.cos(angle))},${round(y + radius * Math.sin(angle))}`;
  });
  return tag("polygon", { points: points.join(" "), ...look }, title);
}

export const saveSvg = () => save("graph.svg", drawingSvg(), "image/svg+xml");

/** One row a sentence. A cell that a spreadsheet would compute begins with an apostrophe. */
export function tableCsv() {
  const cell = (value) => {
    const text = String(value ?? "");
    return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
  };
  const rows = recordsShown().flatMap((line) => line.evidence.map((item) => [line.subject, line.predicate, line.thing, line.object, line.status, line.time, item.sources.join("; "), item.sentence, item.article, item.url, item.published, item.confidence]));
  const head = ["subject", "predicate", "thing", "object", "status", "time", "sources", "sentence", "article", "url", "published", "confidence"];
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

export const saveCsv = () => save("relations.csv", tableCsv(), "text/csv");

/** The lines that are shown, in the order of the table, with their evidence in words. */
export function recordsShown() {
  return linesInOrder().map((line) => ({
    id: line.id,
    statement: line.statement,
    subject: nameOf(line.from),
    predicate: predicateName(line.predicate),
    thing: line.thing ? nameOf(line.thing) : "",
    object: nameOf(line.to),
    shown: [line.a, line.b],
    status: statusName(line.status),
    disputed: Boolean(line.disputed),
    time: line.time ?? "",
    ...weigh([line]),
    evidence: line.evidence.map((place) => {
      const item = EVIDENCE[place];
      const paper = documentOf(item);
      return { sentence: SENTENCES[item.sentence].text, sources: (item.sources ?? []).map(nameOf), attribution: item.attribution, article: paper.title || paper.id, url: paper.url ?? "", published: paper.published ?? "", confidence: item.band / 10 };
    }),
  }));
}

export const saveJson = () => save("relations.json", JSON.stringify({ language: language(), relations: recordsShown() }, null, 1), "application/json");
