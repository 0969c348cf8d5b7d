// Lines that are shown → strands that are drawn: equal lines as one, a pair of actors as one, and no more than can be seen.

import { LOOKS, STATUSES, TERMS, plain } from "./data.js";
import { state } from "./state.js";
import { connectiveOf, nameOf, predicateName, say } from "./words.js";

/** So many strands are drawn unless the user asks for all. */
export const LIMIT = 1500;

/** Merge equal lines: only those with one beginning, end, predicate, thing between and status are equal. */
export function strandsOf(lines) {
  return state.view === "dyads" ? dyadsOf(lines) : relationsOf(lines);
}

function relationsOf(lines) {
  const strands = new Map();
  for (const line of lines) {
    const id = state.merge ? [line.a, line.predicate, line.b, line.thing ?? "", line.status].join("~") : line.id;
    if (!strands.has(id)) {
      strands.set(id, {
        id, from: line.a, to: line.b, predicate: line.predicate, thing: line.thing, role: line.role, status: line.status, lines: [],
        balance: TERMS.families[TERMS.predicates[line.predicate].family].balance,
        symmetric: Boolean(TERMS.predicates[line.predicate].symmetric),
      });
    }
    strands.get(id).lines.push(line);
  }
  return strands;
}

function dyadsOf(lines) {
  const strands = new Map();
  for (const line of lines) {
    const [from, to] = line.a < line.b ? [line.a, line.b] : [line.b, line.a];
    const id = `${from}~${to}`;
    if (!strands.has(id)) strands.set(id, { id, from, to, dyad: true, symmetric: true, lines: [] });
    strands.get(id).lines.push(line);
  }
  for (const strand of strands.values()) {
    strand.balance = balanceOf(strand.lines);
    // drawn as what is best established: a pair of which something is only denied is not drawn as a fact
    strand.status = STATUSES.find((status) => strand.lines.some((line) => line.status === status));
  }
  return strands;
}

export const balanceOfLine = (line) => TERMS.families[TERMS.predicates[line.predicate].family].balance;

/** How a pair stands to each other, from conflict (−2) to cooperation (2): the mean of what is said to be or to come. */
export function balanceOf(lines) {
  const said = lines.filter((line) => line.status !== "denied" && line.status !== "possible");
  const weighed = said.map(balanceOfLine).filter((balance) => balance !== 0);
  return weighed.length ? weighed.reduce((sum, balance) => sum + balance, 0) / weighed.length : 0;
}

/** The strongest strands, and always those that touch what is chosen. */
export function strongest(strands, touches) {
  if (strands.size <= LIMIT || state.everyLine) return [...strands.values()];
  const degree = new Map();
  for (const { from, to } of strands.values()) for (const id of [from, to]) degree.set(id, (degree.get(id) ?? 0) + 1);
  const weight = (strand) =>
    (touches(strand) ? 1e9 : 0) + strand.lines.length * 1000 + Math.min(degree.get(strand.from), degree.get(strand.to));
  return [...strands.values()]
    .map((strand) => [weight(strand), strand])
    .sort((one, other) => other[0] - one[0])
    .slice(0, LIMIT)
    .map(([, strand]) => strand);
}

/** How each strand bends, so that all between one pair can be told apart: −1 to 1, seen from its beginning. */
export function bends(strands) {
  const pairs = new Map();
  for (const strand of strands) {
    const pair = strand.from < strand.to ? `${strand.from}~${strand.to}` : `${strand.to}~${strand.from}`;
    if (!pairs.has(pair)) pairs.set(pair, []);
    pairs.get(pair).push(strand);
  }
  const bend = new Map();
  for (const group of pairs.values()) {
    const step = Math.min(0.3, 1.7 / group.length);
    group.sort((one, other) => one.balance - other.balance || (one.id < other.id ? -1 : 1));
    group.forEach((strand, place) => {
      const aside = (place - (group.length - 1) / 2) * step;
      bend.set(strand.id, strand.from < strand.to ? aside : -aside);
    });
  }
  return bend;
}

export const captionOf = (strand) => {
  const times = strand.lines.length > 1 ? ` ×${strand.lines.length}` : "";
  if (strand.dyad) return `${strand.balance > 0 ? "+" : strand.balance < 0 ? "−" : ""}${Math.abs(strand.balance).toFixed(1)}${times}`;
  return `${relationName(strand)}${times}`;
};

/** The relation with what is between the two: "supplies missiles". */
export const relationName = ({ predicate, thing }) => (thing ? say("with_thing", { relation: predicateName(predicate), thing: plain(nameOf(thing)) }) : predicateName(predicate));

/** The relation with the word that leads on to its end: "supplies missiles to". */
export const leadingName = (one) => (one.role ? `${relationName(one)} ${connectiveOf(one.role)}` : relationName(one));

export function colourOf(strand, isDark) {
  const look = strand.dyad ? null : LOOKS.statuses[strand.status];
  const colours = look?.light ? look : LOOKS.balances[String(Math.round(strand.balance) || 0)];
  return isDark ? colours.dark : colours.light;
}
