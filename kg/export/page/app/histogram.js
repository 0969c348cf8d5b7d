// Dates as bars, with two handles that cut off what is before and after.

import { isoOf } from "./data.js";
import { h, s } from "./dom.js";
import { change, state } from "./state.js";
import { dateName, say } from "./words.js";

const BARS = 40;
const [WIDTH, HEIGHT] = [236, 44];

/** The bars of the dated lines that the other filters let through, and the two handles. */
export function histogram({ dated }) {
  if (!dated.length) return h("p", { class: "small" }, say("no_dates"));
  const first = Math.min(...extremes(dated, 0, Math.min), state.from ?? Infinity);
  const last = Math.max(...extremes(dated, 1, Math.max), state.until ?? -Infinity);
  const step = (last - first + 1) / BARS;
  const bars = new Array(BARS).fill(0);
  for (const [start, end] of dated) bars[Math.min(BARS - 1, Math.floor(((start + end) / 2 - first) / step))] += 1;
  const highest = Math.max(...bars);
  const [from, until] = [state.from ?? first, state.until ?? last];
  const inside = (place) => first + (place + 1) * step > from && first + place * step <= until;
  return h("div", { class: "dates" },
    s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "histogram", "aria-hidden": true, preserveAspectRatio: "none" },
      bars.map((number, place) => number && s("rect", {
        x: (place * WIDTH) / BARS + 0.5, width: WIDTH / BARS - 1, y: HEIGHT - Math.max(2, (number / highest) * HEIGHT), height: Math.max(2, (number / highest) * HEIGHT), class: inside(place) ? "in" : "out",
      }))),
    h("div", { class: "handles" }, handle("from", first, last, from), handle("until", first, last, until)),
    h("p", { class: "small range" }, `${dateName(isoOf(from))} – ${dateName(isoOf(until))}`));
}

const extremes = (dated, side, best) => [dated.reduce((sum, days) => best(sum, days[side]), dated[0][side])];

function handle(name, first, last, value) {
  const act = (event) => {
    const day = Number(event.target.value);
    const open = name === "from" ? day <= first : day >= last;
    const other = name === "from" ? "until" : "from";
    const crossed = state[other] !== null && (name === "from" ? day > state[other] : day < state[other]);
    change({ [name]: open ? null : day, ...(crossed ? { [other]: day } : {}) });
  };
  return h("input", {
    type: "range", id: `date-${name}`, "data-key": `date-${name}`, min: first, max: last, value, step: 1,
    "aria-label": say(`date_${name}`), "aria-valuetext": dateName(isoOf(value)), on: { change: act },
  });
}
