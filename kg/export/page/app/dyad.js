// Two actors: how they stand to each other, and what happened between them when.

import { LOOKS, STATUSES, daysOf, isoOf } from "./data.js";
import { h, s } from "./dom.js";
import { chip, entityButton, lineButton } from "./pieces.js";
import { daysOfLine } from "./sift.js";
import { balanceOfLine, colourOf, relationName } from "./strands.js";
import { isDark } from "./theme.js";
import { count, dateName, say } from "./words.js";

export function dyadPanel(dyad) {
  const balance = dyad.balance.toFixed(1).replace("-", "−");
  const groups = STATUSES.map((status) => [status, dyad.lines.filter((line) => line.status === status)]).filter(([, lines]) => lines.length);
  return [
    h("p", { class: "kicker" }, say("dyad")),
    h("h2", { class: "statement" }, entityButton(dyad.from), h("span", { class: "verb", "aria-hidden": true }, "↔"), entityButton(dyad.to)),
    scale(dyad.balance),
    h("p", {}, h("b", {}, `${dyad.balance > 0 ? "+" : ""}${balance}`), " ", say(dyad.balance > 0.25 ? "cooperation" : dyad.balance < -0.25 ? "conflict" : "balanced"), ` · ${count("relations", dyad.lines.length)}`),
    h("p", { class: "small" }, say("balance_help")),
    timeline(dyad),
    groups.map(([status, lines]) => h("section", {}, h("p", { class: "chips" }, chip(status), h("span", { class: "small" }, count("relations", lines.length))), h("ul", { class: "plain" }, lines.map((line) => h("li", {}, lineButton(line, "", true)))))),
  ];
}

/** The balance as a mark on a bar from conflict to cooperation. */
function scale(balance) {
  const colours = Object.entries(LOOKS.balances).sort((one, other) => one[0] - other[0]).map(([, look]) => look[isDark() ? "dark" : "light"]);
  return s("svg", { class: "scale", viewBox: "0 0 300 16", role: "img", "aria-label": say("balance_of", { n: balance.toFixed(1) }) },
    colours.map((colour, place) => s("rect", { x: place * 60 + 1, y: 5, width: 58, height: 6, rx: 3, fill: colour })),
    s("path", { d: `M${((balance + 2) / 4) * 240 + 30} 2v12`, stroke: "currentColor", "stroke-width": 3, "stroke-linecap": "round" }));
}

const [WIDE, HIGH] = [330, 130];
const STACK = 5; // so many marks stand on each other before a new pile begins

/** The dated relations of a pair: cooperation above the line, conflict below; as a picture and in words. */
function timeline(dyad) {
  const dated = dyad.lines.map((line) => ({ line, days: daysOfLine(line) ?? daysOf(line.earliest) })).filter(({ days }) => days);
  if (!dated.length) return null;
  const first = Math.min(...dated.map(({ days }) => days[0]));
  const last = Math.max(...dated.map(({ days }) => days[1]));
  const x = (day) => 14 + ((WIDE - 28) * (day - first)) / Math.max(1, last - first);
  const columnOf = ({ line, days }) => `${Math.round(x((days[0] + days[1]) / 2) / 9)} ${Math.sign(balanceOfLine(line))}`;
  const height = new Map();
  const marks = dated.sort((one, other) => one.days[0] - other.days[0]).map(({ line, days }) => {
    const balance = balanceOfLine(line);
    const column = columnOf({ line, days });
    height.set(column, (height.get(column) ?? 0) + 1);
    const [row, aside] = [(height.get(column) - 1) % STACK, Math.floor((height.get(column) - 1) / STACK)];
    const y = HIGH / 2 - (Math.sign(balance) || 0.2) * (7 + 10 * row);
    const colour = colourOf({ ...line, balance }, isDark());
    const hollow = line.status !== "asserted";
    return s("circle", { cx: x((days[0] + days[1]) / 2) - 10 * aside, cy: y, r: 4, fill: hollow ? "var(--panel)" : colour, stroke: colour, "stroke-width": 2 }, s("title", {}, `${dateName(line.time || line.earliest)} · ${relationName(line)}`));
  });
  return h("figure", {}, s("svg", { class: "timeline", viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": say("timeline_of", { n: dated.length, from: dateName(isoOf(first)), until: dateName(isoOf(last)) }) },
    s("line", { x1: 0, x2: WIDE, y1: HIGH / 2, y2: HIGH / 2, class: "axis" }),
    s("text", { x: 2, y: 10 }, say("cooperation")), s("text", { x: 2, y: HIGH - 3 }, say("conflict")), marks),
    h("figcaption", { class: "small" }, `${dateName(isoOf(first))} – ${dateName(isoOf(last))}`));
}
