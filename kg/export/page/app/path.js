// The shortest way between two entities over the strands that are shown.

import { STATUSES } from "./data.js";
import { button, h } from "./dom.js";
import { chip, lineButton } from "./pieces.js";
import { combo } from "./search.js";
import { standIn } from "./sift.js";
import { change, state } from "./state.js";
import { count, nameOf, say, statusName } from "./words.js";

/** Find a shortest way; returns its strands in order with the entities between them, or null. */
export function shortestPath(strands, [start, end]) {
  const near = new Map();
  // between two entities the way takes what is best established
  for (const strand of [...strands.values()].sort((one, other) => STATUSES.indexOf(one.status) - STATUSES.indexOf(other.status))) {
    for (const [here, there] of [[strand.from, strand.to], [strand.to, strand.from]]) {
      if (!near.has(here)) near.set(here, []);
      near.get(here).push([there, strand]);
    }
  }
  const reached = new Map([[start, null]]);
  const waiting = [start];
  for (const here of waiting) {
    if (here === end) break;
    for (const [there, strand] of near.get(here) ?? []) {
      if (reached.has(there)) continue;
      reached.set(there, [here, strand]);
      waiting.push(there);
    }
  }
  if (!reached.has(end)) return null;
  const way = { nodes: [end], strands: [] };
  for (let step = reached.get(end); step; step = reached.get(step[0])) {
    way.nodes.unshift(step[0]);
    way.strands.unshift(step[1]);
  }
  return way;
}

/** The way between the chosen ends, if both are chosen. */
export const pathNow = (strands) => (state.path?.ends.filter(Boolean).length === 2 ? shortestPath(strands, state.path.ends.map(standIn)) : null);

export function pathPanel({ strands }) {
  const ends = state.path.ends;
  const field = (place, key) => h("div", { class: "combo" }, combo(`path-${place}`, { label: say(key), value: ends[place] ? nameOf(ends[place]) : "", pick: (id) => {
    const next = [ends[0] ?? null, ends[1] ?? null];
    next[place] = id;
    change({ path: { ends: next } });
  } }));
  return [
    h("h2", {}, say("path")), h("p", { class: "small" }, say("path_help")), field(0, "path_start"), field(1, "path_end"),
    ends.filter(Boolean).length === 2 ? found(pathNow(strands), strands) : null,
  ];
}

function found(way, strands) {
  if (!way) return h("p", { role: "status" }, say("no_path"));
  const used = [...new Set(way.strands.flatMap((strand) => strand.lines.map((line) => line.status)))];
  return [
    h("p", { role: "status", class: "chips" }, `${count("steps", way.strands.length)} · ${say("path_uses")}`, used.map((status) => chip(status))),
    h("ol", { class: "path" }, way.strands.map((strand) => h("li", {}, lineButton(strand.lines[0], "", true), parallel(strand, strands)))),
    used.some((status) => status !== "asserted") ? h("p", { class: "small" }, say("path_care", { statuses: used.map(statusName).join(", ") })) : null,
    h("p", {}, button(say("path_turn"), () => change({ path: { ends: [...state.path.ends].reverse() } }), { "data-key": "turn" })),
  ];
}

function parallel(strand, strands) {
  const others = [...strands.values()].filter((other) => other !== strand && new Set([other.from, other.to, strand.from, strand.to]).size === 2).length;
  return others ? h("span", { class: "small" }, ` ${count("parallel", others)}`) : null;
}
