// The sentences behind a line: the cue marked, who says so, where it stands, and what read it.

import { DOCUMENTS, EVIDENCE, SENTENCES, outletOf, safeUrl } from "./data.js";
import { bdi, button, h } from "./dom.js";
import { NARRATOR, UNNAMED } from "./state.js";
import { speakersOf } from "./sift.js";
import { bylineOf, capital, dateName, nameOf, say } from "./words.js";

const FEW_SENTENCES = 4; // more sentences open on demand
const LONG = 900; // letters of a sentence; a longer one is cut around its cue, and opens

/** The sentences of a line as cards. */
export function evidenceCards(line) {
  const box = h("div", { class: "cards" });
  const add = (places) => box.append(...places.map((place) => card(EVIDENCE[place])));
  add(line.evidence.slice(0, FEW_SENTENCES));
  const rest = line.evidence.slice(FEW_SENTENCES);
  if (rest.length) {
    const more = button(say("more_sentences", { n: rest.length }), () => {
      more.remove();
      add(rest);
    }, { class: "link" });
    box.append(more);
  }
  return box;
}

function card(item) {
  const sentence = SENTENCES[item.sentence];
  const paper = DOCUMENTS[sentence.document];
  return h("blockquote", { class: `card ${item.status}` },
    h("p", { class: "sentence", lang: paper.lang, dir: "auto" }, marked(item, sentence.text)),
    h("p", { class: "told" }, toldBy(item)),
    facts(item),
    h("p", { class: "source" }, cite(paper)),
    h("p", { class: "made" }, say("made_by", { rule: item.extractor || say("no_rule"), n: item.band }),
      paper.experimental ? [" · ", h("strong", {}, say("experimental"))] : null));
}

/** The sentence in pieces: the cue marked, subject and object underlined. Offsets count code points. */
function marked(item, text) {
  const letters = [...text];
  const spans = [["cue", item.cue], ["role", item.subject], ["role", item.object]].filter(([, span]) => span);
  const kindAt = (place) => spans.find(([, [start, end]]) => start <= place && place < end)?.[0] ?? "";
  const cuts = [...new Set([0, letters.length, ...spans.flatMap(([, span]) => span)])].filter((cut) => cut <= letters.length).sort((a, b) => a - b);
  const pieces = cuts.slice(0, -1).map((start, place) => [kindAt(start), letters.slice(start, cuts[place + 1]).join("")]);
  const nodes = pieces.map(([kind, piece]) => (kind === "cue" ? h("mark", {}, piece) : kind ? h("u", {}, piece) : shorten(piece, letters.length)));
  return nodes;
}

function shorten(piece, length) {
  if (length <= LONG || piece.length <= LONG / 2) return piece;
  const box = h("span", {}, piece.slice(0, LONG / 4), " ");
  box.append(button(say("whole"), () => box.replaceChildren(piece), { class: "link" }), " ", piece.slice(-LONG / 4));
  return box;
}

function toldBy(item) {
  const speakers = speakersOf(item);
  if (speakers[0] === NARRATOR) return say(`told_${item.status}_narrator`);
  if (speakers[0] === UNNAMED) return say(`told_${item.status}_unnamed`);
  return [capital(bylineOf(item.status)), " ", bdi(speakers.map(nameOf).join(", "))];
}

/** What the sentence says besides: the exact thing, what goes with it, where, when. */
function facts(item) {
  const rows = [["exact", item.exact && nameOf(item.exact)], ["theme", item.theme && nameOf(item.theme)], ["place", item.place && nameOf(item.place)], ["time", item.time && dateName(item.time)]].filter(([, value]) => value);
  return rows.length ? h("p", { class: "facts" }, rows.map(([name, value]) => h("span", { class: "fact" }, `${say(`fact_${name}`)}: `, bdi(value)))) : null;
}

function cite(paper) {
  const url = safeUrl(paper.url);
  const title = paper.title || paper.id;
  const name = url ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer nofollow" }, bdi(title)) : bdi(title);
  const outlet = outletOf(paper);
  return h("cite", {}, outlet !== title ? [bdi(outlet), " · "] : null, name, paper.published ? [" · ", h("time", { datetime: paper.published }, dateName(paper.published))] : null);
}
