// Search with suggestions: any name in any language, without accents, or an identifier.

import { NODES, fold, nodeById, plain } from "./data.js";
import { h, put } from "./dom.js";
import { kindSwatch } from "./facets.js";
import { kindName, nameOf, say } from "./words.js";

const MOST = 10;
const KNOWN = 80; // letters of a name that are shown in a suggestion

const index = NODES.map((node) => ({
  id: node.id,
  names: [...new Set([...Object.values(node.labels ?? {}), ...(node.aliases ?? []), node.id, ...(node.identifiers ?? []).map(([, value]) => value)])].map((name) => [name, fold(name)]),
}));

/** The entities that a text may mean, best first: its beginning, a word's beginning, anywhere. */
export function find(text) {
  const wanted = fold(text);
  if (!wanted) return [];
  const hits = [];
  for (const { id, names } of index) {
    let best = null;
    for (const [name, folded] of names) {
      const at = folded.indexOf(wanted);
      if (at < 0) continue;
      const rank = folded === wanted ? 0 : at === 0 ? 1 : folded.includes(` ${wanted}`) ? 2 : 3;
      if (!best || rank < best.rank) best = { id, name, rank };
    }
    if (best) hits.push(best);
  }
  const weight = (id) => nodeById.get(id).core ?? -1;
  return hits.sort((one, other) => one.rank - other.rank || weight(other.id) - weight(one.id) || (one.id < other.id ? -1 : 1));
}

/** A field that suggests entities; `pick` gets the id of the chosen one. */
export function combo(name, { label, value = "", pick }) {
  let hits = [];
  let current = -1;
  const listId = `${name}-list`;
  const list = h("ul", { id: listId, role: "listbox", "aria-label": say("suggestions"), hidden: true });
  const field = h("input", {
    id: name, type: "search", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId, "aria-label": label, placeholder: label, autocomplete: "off", spellcheck: "false", value, "data-key": name,
    on: { input: () => suggest(), focus: () => suggest(), blur: () => close(), keydown },
  });
  const choose = (place) => {
    const hit = hits[place];
    if (!hit) return;
    field.value = name === "q" ? "" : plain(nameOf(hit.id), KNOWN);
    close();
    pick(hit.id);
  };

  function suggest() {
    const every = find(field.value);
    hits = every.slice(0, MOST);
    current = hits.length ? 0 : -1;
    put(list, hits.map((hit, place) => h("li", { role: "option", id: `${name}-${place}`, on: { mousedown: (event) => {
      event.preventDefault();
      choose(place);
    } } }, kindSwatch(nodeById.get(hit.id).kind), h("span", { class: "text" }, plain(nameOf(hit.id), KNOWN), fold(hit.name) === fold(nameOf(hit.id)) ? null : h("small", {}, ` ${plain(hit.name, KNOWN)}`)), h("small", {}, kindName(nodeById.get(hit.id).kind)))));
    if (!hits.length && field.value.trim()) put(list, h("li", { role: "option", "aria-disabled": "true", class: "none" }, say("no_hits")));
    if (every.length > MOST) list.append(h("li", { role: "option", "aria-disabled": "true", class: "none" }, say("more_hits", { n: every.length - MOST })));
    list.hidden = !field.value.trim();
    field.setAttribute("aria-expanded", String(!list.hidden));
    point();
  }

  function point() {
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === current)));
    if (current >= 0 && !list.hidden) field.setAttribute("aria-activedescendant", `${name}-${current}`);
    else field.removeAttribute("aria-activedescendant");
    list.children[current]?.scrollIntoView({ block: "nearest" });
  }

  function close() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function keydown(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length) {
      if (list.hidden) suggest();
      else current = (current + step + hits.length) % hits.length;
      point();
      event.preventDefault();
    } else if (event.key === "Enter") {
      choose(current);
      event.preventDefault();
    } else if (event.key === "Escape" && !list.hidden) {
      close();
      event.stopPropagation();
    }
  }

  return [field, list];
}
