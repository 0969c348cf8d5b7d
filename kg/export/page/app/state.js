// What the user has chosen, and who wants to know when it changes. The permalink is written and read here.

import { DOCUMENTS, EVIDENCE, LINES, NODES, STATUSES, TERMS, daysOf, isoOf, nodeById, outletOf } from "./data.js";
import { LANGUAGES, language, speak } from "./words.js";

export const NARRATOR = "*";
export const UNNAMED = "?";

/** Every value of each facet; what is off is remembered, so that a value of tomorrow's graph is on. */
export const FACETS = {
  status: STATUSES.filter((status) => LINES.some((line) => line.status === status)),
  predicate: Object.keys(TERMS.predicates),
  kind: [...new Set(NODES.filter((node) => "x" in node).map((node) => node.kind))].sort(),
  speaker: [NARRATOR, UNNAMED, ...new Set(EVIDENCE.flatMap((item) => item.sources ?? []))],
  outlet: [...new Set(DOCUMENTS.map(outletOf))].sort(),
};

const start = () => ({
  off: Object.fromEntries(Object.keys(FACETS).map((facet) => [facet, new Set()])),
  from: null, // the first and last day shown, as day numbers; null is no limit
  until: null,
  undated: true,
  least: 0, // the confidence, in tenths, that some sentence of a relation must have
  basis: "event", // dates are those of events, or of articles
  rollUp: true, // people are shown as the state they act for
  nameless: false,
  merge: true,
  everyLine: false, // draw also what is over the limit
  view: "relations", // or "dyads"
  chosen: null, // {kind: "entity" | "strand" | "dyad", id}
  focus: null, // {id, hops}
  path: null, // {ends: [id, id]}
  size: "degree",
  colour: "kind",
});

export const state = start();
const listeners = [];

export const onChange = (listener) => listeners.push(listener);

/** Change what is chosen and tell everyone. */
export function change(patch) {
  Object.assign(state, patch);
  for (const listener of listeners) listener(patch);
  writeHash();
}

/** Take back every filter; what is looked at and how stays. */
export function reset() {
  const { off, from, until, undated, least, nameless, focus } = start();
  change({ off, from, until, undated, least, nameless, focus });
}

export const isFiltered = () =>
  Object.values(state.off).some((set) => set.size) || state.from !== null || state.until !== null || !state.undated || state.least > 0 || state.focus !== null;

const SHORT = { status: "xs", predicate: "xp", kind: "xk", speaker: "xw", outlet: "xo" };
const CHOSEN = { entity: "n", strand: "e", dyad: "d" };

function writeHash() {
  const hash = new URLSearchParams();
  if (state.chosen) hash.set(CHOSEN[state.chosen.kind], state.chosen.id);
  for (const [facet, short] of Object.entries(SHORT)) {
    for (const value of [...state.off[facet]].sort()) hash.append(short, value);
  }
  for (const name of ["from", "until"]) if (state[name] !== null) hash.set(name, isoOf(state[name]));
  for (const [name, first] of Object.entries(start())) {
    if (typeof first === "boolean" && state[name] !== first) hash.set(name, state[name] ? "1" : "0");
    if (typeof first === "string" && state[name] !== first) hash.set(name, state[name]);
  }
  if (state.least) hash.set("least", state.least);
  if (state.focus) hash.set("focus", `${state.focus.hops}.${state.focus.id}`);
  if (state.path?.ends.length) for (const end of state.path.ends) hash.append("path", end);
  hash.set("l", language());
  try {
    history.replaceState(null, "", `#${hash}`);
  } catch {
    // a page inside a notebook has no address of its own
  }
}

/** Choose what the address says; what the graph does not have is left out. */
export function readHash() {
  const hash = new URLSearchParams(location.hash.slice(1));
  const fresh = start();
  for (const [facet, short] of Object.entries(SHORT)) {
    fresh.off[facet] = new Set(hash.getAll(short).filter((value) => FACETS[facet].includes(value)));
  }
  for (const name of ["from", "until"]) fresh[name] = daysOf(hash.get(name))?.[name === "from" ? 0 : 1] ?? null;
  for (const [name, first] of Object.entries(fresh)) {
    if (typeof first === "boolean" && hash.has(name)) fresh[name] = hash.get(name) === "1";
    if (typeof first === "string" && (CHOICES[name] ?? []).includes(hash.get(name))) fresh[name] = hash.get(name);
  }
  for (const [kind, short] of Object.entries(CHOSEN)) if (hash.has(short)) fresh.chosen = { kind, id: hash.get(short) };
  if (/^[1-9]$/.test(hash.get("least") ?? "")) fresh.least = Number(hash.get("least"));
  const focus = /^([1-3])\.(.+)$/.exec(hash.get("focus") ?? "");
  if (focus && nodeById.has(focus[2])) fresh.focus = { hops: Number(focus[1]), id: focus[2] };
  const ends = hash.getAll("path").filter((id) => nodeById.has(id)).slice(0, 2);
  if (ends.length) fresh.path = { ends };
  if (LANGUAGES.includes(hash.get("l"))) speak(hash.get("l"));
  Object.assign(state, fresh);
}

export const CHOICES = {
  basis: ["event", "article"],
  view: ["relations", "dyads"],
  size: ["degree", "evidence", "betweenness", "core"],
  colour: ["kind", "community"],
};
