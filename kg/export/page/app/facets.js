// The left column: how many are shown, what keeps the others away, and the filters, which are also the legend.

import { LOOKS, STATUSES, TERMS, nodeById } from "./data.js";
import { $, bdi, button, h, put, s } from "./dom.js";
import { histogram } from "./histogram.js";
import { CHOICES, FACETS, NARRATOR, UNNAMED, change, isFiltered, reset, state } from "./state.js";
import { isDark } from "./theme.js";
import { count, familyName, figure, kindName, lookOf, nameOf, predicateName, say, statusName } from "./words.js";

const FEW_VALUES = 8; // a longer list of values opens on demand
const open = new Set();

/** `ids` are the entities that are drawn. */
export function showFacets(sifted, strandCount, ids) {
  put(
    $("filters"),
    h("p", { class: "count", id: "count" }, h("b", {}, figure(sifted.shown.length)), " ", say("of_relations", { m: figure(sifted.total) })),
    h("p", { class: "small" }, `${count("entities", ids.length)} · ${count("strands", strandCount)}`),
    keptAway(sifted.kept),
    h("div", { class: "row buttons" }, button(say("reset"), reset, { id: "reset", "data-key": "reset", disabled: !isFiltered() })),
    switches(),
    facet("status", STATUSES.filter((status) => FACETS.status.includes(status)), sifted, statusName, statusSwatch),
    relations(sifted),
    dates(sifted),
    facet("kind", FACETS.kind, sifted, kindName, kindSwatch),
    facet("speaker", byCount(FACETS.speaker, sifted.counts.speaker), sifted, speakerName),
    facet("outlet", byCount(FACETS.outlet, sifted.counts.outlet), sifted, (outlet) => outlet),
    h("fieldset", { class: "facet", id: "facet-confidence" }, h("legend", {}, say("confidence")), leastMenu()),
    h("fieldset", {}, h("legend", {}, say("looks")), menu("size", "size"), menu("colour", "colour"), communities(ids)),
  );
}

/** What is not shown, why, and how to see it: nothing vanishes silently. */
function keptAway(kept) {
  const rows = [
    [kept.filtered - kept.undated, "kept_filtered", null],
    [kept.undated, "kept_undated", () => change({ undated: true })],
    [kept.inside, "kept_inside", () => change({ rollUp: false })],
    [kept.nameless, "kept_nameless", () => change({ nameless: true })],
  ];
  const shown = rows.filter(([number]) => number);
  if (!shown.length) return null;
  return h("ul", { class: "kept small" }, shown.map(([number, key, act]) =>
    h("li", {}, count(key, number), act && [" ", button(say("show"), act, { class: "link", "data-key": key })])));
}

function switches() {
  return h("fieldset", {}, h("legend", {}, say("view")),
    toggle("rollUp", "roll_up"), toggle("nameless", "nameless"));
}

function toggle(name, key) {
  const act = (event) => change({ [name]: event.target.checked });
  return h("div", { class: "row" }, h("label", {}, h("input", { type: "checkbox", role: "switch", id: `switch-${name}`, "data-key": name, checked: state[name], on: { change: act } }), h("span", {}, say(key))));
}

function menu(name, key) {
  const act = (event) => change({ [name]: event.target.value });
  return h("div", { class: "row" }, h("label", { for: `menu-${name}` }, say(key)),
    h("select", { id: `menu-${name}`, "data-key": `menu-${name}`, on: { change: act } },
      CHOICES[name].map((choice) => h("option", { value: choice, selected: state[name] === choice }, say(`${name}_${choice}`)))));
}

function leastMenu() {
  const act = (event) => change({ least: Number(event.target.value) });
  return h("div", { class: "row" }, h("label", { for: "menu-least" }, say("least")),
    h("select", { id: "menu-least", "data-key": "menu-least", on: { change: act } },
      Array.from({ length: 10 }, (_, tenths) => h("option", { value: tenths, selected: state.least === tenths }, tenths ? `${tenths}/10` : say("any")))));
}

const byCount = (values, counts) => [...values].sort((one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0));

const speakerName = (speaker) => (speaker === NARRATOR ? say("narrator") : speaker === UNNAMED ? say("unnamed") : nameOf(speaker));

function facet(name, values, sifted, label, swatch = () => null) {
  if (!values.length) return null;
  const shown = open.has(name) ? values : values.filter((value, place) => place < FEW_VALUES || state.off[name].has(value));
  const rest = values.length - shown.length;
  return h("fieldset", { class: "facet", id: `facet-${name}` }, h("legend", {}, say(`facet_${name}`)),
    shown.map((value) => row(name, [value], label(value), sifted.counts[name].get(value) ?? 0, swatch(value))),
    rest > 0 || open.has(name) ? button(open.has(name) ? say("fewer") : say("more", { n: figure(rest) }), () => {
      open.has(name) ? open.delete(name) : open.add(name);
      change({});
    }, { class: "link", "data-key": `more-${name}` }) : null);
}

/** Relations in their PLOVER types, from cooperation to conflict. */
function relations(sifted) {
  const families = Object.keys(TERMS.families).sort((one, other) =>
    TERMS.families[other].balance - TERMS.families[one].balance || familyName(one).localeCompare(familyName(other)));
  return h("fieldset", { class: "facet", id: "facet-predicate" }, h("legend", {}, say("facet_predicate")), families.map((family) => {
    const own = FACETS.predicate.filter((predicate) => TERMS.predicates[predicate].family === family);
    const total = own.reduce((sum, predicate) => sum + (sifted.counts.predicate.get(predicate) ?? 0), 0);
    return h("div", { class: "family" },
      row("predicate", own, familyName(family), total, balanceSwatch(TERMS.families[family].balance), "family-head"),
      h("div", { class: "members" }, own.map((one) => row("predicate", [one], predicateName(one), sifted.counts.predicate.get(one) ?? 0, null))));
  }));
}

/** What the colours mean when they are those of communities: each is named after the one with most lines. */
function communities(ids) {
  if (state.colour !== "community") return null;
  const groups = new Map();
  for (const id of ids) {
    const number = Math.min(nodeById.get(id).community ?? 0, LOOKS.communities.length - 1);
    groups.set(number, [...(groups.get(number) ?? []), nodeById.get(id)]);
  }
  return [...groups].sort(([one], [other]) => one - other).map(([number, members]) => {
    const centre = members.reduce((best, node) => ((node.betweenness ?? 0) > (best.betweenness ?? 0) ? node : best));
    const name = number === LOOKS.communities.length - 1 ? say("community_rest") : say("community_around", { name: nameOf(centre.id) });
    return h("div", { class: "row" }, h("label", {}, dotSwatch(LOOKS.communities[number]), bdi(name, { class: "text" })), h("span", { class: "number" }, figure(members.length)));
  });
}

const dotSwatch = (colour) => s("svg", { class: "swatch", width: 14, height: 14, "aria-hidden": true }, s("path", { d: SHAPES.dot, fill: colour }));

function row(name, values, text, number, swatch, kind = "") {
  const key = `${name}-${kind}${values[0]}`;
  const on = values.filter((value) => !state.off[name].has(value)).length;
  const box = h("input", { type: "checkbox", id: `box-${key}`, "data-key": key, checked: on > 0, on: { change: (event) => {
    const off = new Set(state.off[name]);
    for (const value of values) event.target.checked ? off.delete(value) : off.add(value);
    change({ off: { ...state.off, [name]: off } });
  } } });
  box.indeterminate = on > 0 && on < values.length;
  const only = () => change({ off: { ...state.off, [name]: new Set(FACETS[name].filter((value) => !values.includes(value))) } });
  return h("div", { class: `row ${kind} ${number ? "" : "none"}` },
    h("label", {}, box, swatch, bdi(text, { class: "text" })),
    h("span", { class: "number" }, figure(number)),
    button(say("only"), only, { class: "only", "data-key": `only-${key}`, "aria-label": say("only_this", { name: text }) }));
}

function dates(sifted) {
  return h("fieldset", { class: "facet", id: "facet-date" }, h("legend", {}, say("facet_date")), menu("basis", "basis"), histogram(sifted),
    h("div", { class: "row" }, h("label", {}, h("input", { type: "checkbox", id: "undated", "data-key": "undated", checked: state.undated, on: { change: (event) => change({ undated: event.target.checked }) } }),
      h("span", {}, say("undated"))), h("span", { class: "number" }, figure(sifted.undatedCount))));
}

export function statusSwatch(status) {
  const look = LOOKS.statuses[status];
  const colour = look.light ? look[isDark() ? "dark" : "light"] : "currentColor";
  return s("svg", { class: "swatch", width: 34, height: 12, "aria-hidden": true },
    s("line", { x1: 0, y1: 6, x2: 34, y2: 6, stroke: colour, "stroke-width": 2.2, "stroke-dasharray": look.dash.join(" ") || null }),
    look.bar ? s("line", { x1: 17, y1: 1, x2: 17, y2: 11, stroke: colour, "stroke-width": 2.6 }) : null);
}

function balanceSwatch(balance) {
  return s("svg", { class: "swatch", width: 14, height: 12, "aria-hidden": true },
    s("rect", { x: 0, y: 3.5, width: 14, height: 5, rx: 2, fill: LOOKS.balances[balance][isDark() ? "dark" : "light"] }));
}

const SHAPES = {
  dot: "M7 1a6 6 0 1 0 0 12A6 6 0 1 0 7 1z",
  square: "M2 2h10v10H2z",
  triangle: "M7 1l6.5 11.5H.5z",
  triangleDown: "M7 13L.5 1.5h13z",
  diamond: "M7 .5L13.5 7 7 13.5.5 7z",
  hexagon: "M3.75 1.3h6.5L13.5 7l-3.25 5.7h-6.5L.5 7z",
  star: "M7 .5l1.9 4.5 4.9.4-3.7 3.2 1.1 4.8L7 10.8l-4.2 2.6 1.1-4.8L.2 5.4l4.9-.4z",
};

export function kindSwatch(kind) {
  const { shape, color } = lookOf(kind);
  const fill = state.colour === "kind" ? color : "currentColor"; // the colours mean something else now, the shapes do not
  return s("svg", { class: "swatch", width: 14, height: 14, "aria-hidden": true }, s("path", { d: SHAPES[shape], fill }));
}
