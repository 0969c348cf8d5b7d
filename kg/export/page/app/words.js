// The page's words and the names of things, in the language that is on.

import { LOOKS, TERMS, WORDS, nodeById } from "./data.js";

let lang = document.documentElement.lang;

export const language = () => lang;
export const LANGUAGES = Object.keys(WORDS).sort();

/** Speak another language from now on, also in what stands in the document already. */
export function speak(code) {
  lang = code;
  document.documentElement.lang = code;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const element of document.querySelectorAll("[data-word-label]")) {
    element.setAttribute("aria-label", say(element.dataset.wordLabel));
  }
}

/** The words for a key, with {name} replaced by values. */
export function say(key, values = {}) {
  return WORDS[lang][key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** A number with its noun: the key ends in _one or _many. */
export const count = (key, number) => say(`${key}_${number === 1 ? "one" : "many"}`, { n: figure(number) });

export const figure = (number) => number.toLocaleString(lang);

export const oneOf = (labels) => labels?.[lang] ?? labels?.en ?? Object.values(labels ?? {})[0] ?? "";

/** The name of an entity, or the text itself where it is none. */
export const nameOf = (id) => oneOf(nodeById.get(id)?.labels) || id;

export const predicateName = (predicate) => oneOf(TERMS.predicates[predicate].labels) || predicate;
export const familyName = (family) => capital(oneOf(TERMS.families[family].labels) || family);
export const kindName = (kind) => capital(oneOf(TERMS.kinds[kind]?.labels) || kind);
export const statusName = (status) => oneOf(TERMS.statuses[status].labels) || status;
/** What stands before the name of a speaker: "claimed by". */
export const bylineOf = (status) => oneOf(TERMS.statuses[status].bylines);
/** What stands before the receiver of a thing, or before where an office is held. */
export const connectiveOf = (role) => oneOf(TERMS.roles[role].connectives);

/** A heading begins with a capital, and keeps its accent in Greek. */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** The look of a kind of thing: its own, or that of the nearest kind above it. */
export function lookOf(kind) {
  const line = TERMS.kinds[kind]?.line ?? [];
  return LOOKS.kinds[line.find((above) => above in LOOKS.kinds) ?? "Entity"];
}

/** An EDTF time as people write it: «Ιούνιος 2024», "31 October 2024"; the text itself where it is none. */
export function dateName(edtf) {
  return edtf.split("/").map(oneDate).join(" – ");
}

function oneDate(text) {
  const parts = text.split("-").map(Number);
  if (!/^\d{4}(-\d\d){0,2}$/.test(text)) return text;
  const form = { year: "numeric", timeZone: "UTC" };
  if (parts.length > 1) form.month = parts.length > 2 ? "short" : "long";
  if (parts.length > 2) form.day = "numeric";
  return new Date(Date.UTC(parts[0], (parts[1] ?? 1) - 1, parts[2] ?? 1)).toLocaleDateString(lang, form);
}
