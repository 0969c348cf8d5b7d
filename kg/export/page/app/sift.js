// Lines of the graph → lines that are shown: people as their states, filters, counts of what each filter would give.

import { EVIDENCE, LINES, TERMS, daysOf, documentOf, independent, nodeById, outletOf } from "./data.js";
import { FACETS, NARRATOR, UNNAMED, state } from "./state.js";

const FACET_NAMES = Object.keys(FACETS);
const DATE = 1 << FACET_NAMES.length; // the bit of the date, after those of the facets
const FOCUS = DATE << 1;
const DOUBT = DATE << 2;

/** What never changes about a line is found once. */
for (const line of LINES) {
  const items = line.evidence.map((place) => EVIDENCE[place]);
  line.speakers = [...new Set(items.flatMap(speakersOf))];
  line.outlets = [...new Set(items.map((item) => outletOf(documentOf(item))))];
  line.papers = [...new Set(items.map(documentOf))];
  line.sentences = [...new Set(items.map((item) => item.sentence))];
  line.band = Math.max(...items.map((item) => item.band ?? 0));
  line.happened = daysOf(line.time);
  const published = items.map((item) => daysOf(documentOf(item).published)).filter(Boolean).flat();
  line.reported = published.length ? [Math.min(...published), Math.max(...published)] : null;
  line.earliest = published.length ? items.map((item) => documentOf(item).published).filter(Boolean).sort()[0] : "";
}

export function speakersOf(item) {
  if (item.attribution === "narrator") return [NARRATOR];
  return item.sources?.length ? item.sources : [UNNAMED];
}

/** How many sentences, articles and independent sources some lines rest on. */
export function weigh(lines) {
  const papers = new Set(lines.flatMap((line) => line.papers));
  const stories = new Set([...papers].map((paper) => paper.story ?? paper.id));
  return { sentences: new Set(lines.flatMap((line) => line.sentences)).size, articles: papers.size, copies: papers.size - stories.size, sources: independent(papers) };
}

export const daysOfLine = (line) => (state.basis === "event" ? line.happened : line.reported);

/** Who stands for an entity on the sheet: the state of a person, where people are shown as their states. */
export function standIn(id) {
  const principal = nodeById.get(id)?.actsFor;
  return state.rollUp && principal && nodeById.has(principal) ? principal : id;
}

function project() {
  for (const line of LINES) {
    const [from, to] = [standIn(line.from), standIn(line.to)];
    const turned = TERMS.predicates[line.predicate].symmetric && to < from;
    [line.a, line.b] = turned ? [to, from] : [from, to];
  }
}

/** Sift all lines. Returns those shown, the count of every value, and how many each rule keeps away. */
export function sift() {
  project();
  const hood = state.focus ? neighbourhood() : null;
  const counts = Object.fromEntries(FACET_NAMES.map((facet) => [facet, new Map()]));
  const result = { shown: [], counts, kept: { inside: 0, nameless: 0, filtered: 0, undated: 0 }, dated: [], undatedCount: 0, total: LINES.length };
  const nodesOfKind = new Map();
  for (const line of LINES) {
    if (line.a === line.b) result.kept.inside += 1;
    else if (!state.nameless && isNameless(line)) result.kept.nameless += 1;
    else judge(line, hood, result, nodesOfKind);
  }
  for (const [kind, ids] of nodesOfKind) counts.kind.set(kind, ids.size);
  return result;
}

const isNameless = (line) => Boolean(nodeById.get(line.a).anonymous || nodeById.get(line.b).anonymous);

function judge(line, hood, result, nodesOfKind) {
  const values = valuesOf(line);
  let fails = 0;
  FACET_NAMES.forEach((facet, place) => {
    const off = state.off[facet];
    if (!off.size) return;
    const fits = facet === "kind" ? values.kind.every((one) => !off.has(one)) : values[facet].some((one) => !off.has(one));
    if (!fits) fails |= 1 << place;
  });
  const days = daysOfLine(line);
  if (!days && !state.undated) fails |= DATE;
  if (days && ((state.from !== null && days[1] < state.from) || (state.until !== null && days[0] > state.until))) fails |= DATE;
  if (hood && !(hood.has(line.a) && hood.has(line.b))) fails |= FOCUS;
  if (line.band < state.least) fails |= DOUBT;
  if (!fails) result.shown.push(line);
  else result.kept.filtered += 1;
  if (!days && fails === DATE) result.kept.undated += 1;
  if (!(fails & ~DATE)) days ? result.dated.push(days) : (result.undatedCount += 1);
  FACET_NAMES.forEach((facet, place) => {
    if (fails & ~(1 << place)) return;
    if (facet === "kind") for (const id of [line.a, line.b]) into(nodesOfKind, nodeById.get(id).kind, id);
    else for (const one of values[facet]) result.counts[facet].set(one, (result.counts[facet].get(one) ?? 0) + 1);
  });
}

function into(groups, key, value) {
  if (!groups.has(key)) groups.set(key, new Set());
  groups.get(key).add(value);
}

const valuesOf = (line) => ({
  status: [line.status],
  predicate: [line.predicate],
  kind: [nodeById.get(line.a).kind, nodeById.get(line.b).kind],
  speaker: line.speakers,
  outlet: line.outlets,
});

/** The entities within so many steps of the one in focus. */
function neighbourhood() {
  const near = new Map();
  for (const line of LINES) {
    if (line.a === line.b || (!state.nameless && isNameless(line))) continue;
    into(near, line.a, line.b);
    into(near, line.b, line.a);
  }
  let edge = new Set([standIn(state.focus.id)]);
  const reached = new Set(edge);
  for (let hop = 0; hop < state.focus.hops; hop += 1) {
    edge = new Set([...edge].flatMap((id) => [...(near.get(id) ?? [])]).filter((id) => !reached.has(id)));
    for (const id of edge) reached.add(id);
  }
  return reached;
}
