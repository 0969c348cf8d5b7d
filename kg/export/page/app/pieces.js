// Small things that several panels show: a status, an entity, a line; and what choosing one does.

import { look } from "./canvas.js";
import { TERMS, nodeById } from "./data.js";
import { bdi, button, h } from "./dom.js";
import { kindSwatch, statusSwatch } from "./facets.js";
import { change, state } from "./state.js";
import { leadingName, relationName } from "./strands.js";
import { figure, nameOf, say, statusName } from "./words.js";

export const entityButton = (id, extra = {}) =>
  button([kindSwatch(nodeById.get(id)?.kind ?? "Entity"), bdi(nameOf(id), { class: "text" })], () => chooseEntity(id), { class: "entity", "data-key": `entity-${id}`, ...extra });

export function chooseEntity(id) {
  change({ chosen: { kind: "entity", id }, path: null });
  look(id);
}

export const chip = (status, told = []) =>
  h("span", { class: `chip ${status}` }, statusSwatch(status), statusName(status), told.length ? [" — ", bdi(told.join(", "))] : null);

/** The first of many items, and a button that brings the others. */
export function capped(items, most, make, around = (more) => more) {
  const first = items.slice(0, most).map(make);
  if (items.length <= most) return first;
  const act = () => {
    const others = items.slice(most).flatMap((item, place) => make(item, most + place));
    const next = others.map((other) => other.querySelector?.("button") ?? other).find((other) => other.tagName === "BUTTON");
    const place = next ?? more.closest("[tabindex]");
    more.replaceWith(...others);
    place?.focus({ preventScroll: true });
  };
  const more = around(button(say("more", { n: figure(items.length - most) }), act, { class: "link" }));
  return [...first, more];
}

/** A line as a button; from the side of one entity, or as a whole. */
export function lineButton(line, id, whole = false) {
  const incoming = line.b === id && line.a !== id;
  const symmetric = TERMS.predicates[line.predicate].symmetric;
  const text = whole || (line.a !== id && line.b !== id)
    ? [bdi(nameOf(line.a)), ` ${leadingName(line)} `, bdi(nameOf(line.b))]
    : [h("span", { "aria-hidden": true, class: "arrow" }, symmetric ? "↔" : incoming ? "←" : "→"), `${incoming ? relationName(line) : leadingName(line)} `, incoming && !symmetric ? h("span", { class: "unseen" }, say("from_whom")) : null, bdi(nameOf(incoming ? line.a : line.b))];
  return button([statusSwatch(line.status), h("span", { class: "text" }, text), h("span", { class: "unseen" }, ` (${statusName(line.status)})`)], () => chooseLine(line), { class: "line", "data-key": `line-${line.id}` });
}

export function chooseLine(line) {
  const id = state.merge ? [line.a, line.predicate, line.b, line.thing ?? "", line.status].join("~") : line.id;
  change({ chosen: { kind: "strand", id }, path: null, view: "relations" });
}
