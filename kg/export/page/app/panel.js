// The right column: what is chosen. A strand with its evidence, an entity with its relations, a pair, or a path.

import { DOCUMENTS, NODES, SENTENCES, TERMS, nodeById, plain } from "./data.js";
import { $, bdi, button, h, iconButton, put } from "./dom.js";
import { dyadPanel } from "./dyad.js";
import { evidenceCards } from "./evidence.js";
import { kindSwatch } from "./facets.js";
import { pathPanel } from "./path.js";
import { capped, chip, entityButton, lineButton } from "./pieces.js";
import { weigh } from "./sift.js";
import { FACETS, NARRATOR, UNNAMED, change, state } from "./state.js";
import { leadingName } from "./strands.js";
import { whenOf } from "./table.js";
import { openSheet } from "./tabs.js";
import { count, familyName, figure, kindName, nameOf, oneOf, say, statusName } from "./words.js";

/** Show what is chosen. `world` knows the strands and lines that are shown. */
export function showPanel(world) {
  const panel = $("panel");
  const key = JSON.stringify([state.chosen, state.path?.ends]);
  if (panel.dataset.shows !== key) panel.scrollTop = 0;
  panel.dataset.shows = key;
  panel.classList.toggle("filled", Boolean(state.chosen || state.path));
  put(panel, head(), body(world));
}

const head = () => (state.chosen || state.path
  ? h("div", { class: "panel-head" }, iconButton("close", say("close"), close, { class: "quiet", "data-key": "close" }))
  : null);

/** Choose nothing any more; on a phone the sheet goes down too. */
export function close() {
  openSheet("");
  change({ chosen: null, path: null });
}

function body(world) {
  if (state.path) return pathPanel(world);
  if (!state.chosen) return welcome(world);
  if (state.chosen.kind === "entity") return nodeById.has(state.chosen.id) ? entityPanel(nodeById.get(state.chosen.id), world) : h("p", {}, say("unknown"));
  const strand = world.strands.get(state.chosen.id);
  if (!strand) return h("p", {}, say("hidden"));
  return strand.dyad ? dyadPanel(strand) : strandPanel(strand, world);
}

function welcome({ sifted }) {
  const busiest = [...sifted.shown.reduce((sum, line) => {
    for (const id of [line.a, line.b]) sum.set(id, (sum.get(id) ?? 0) + 1);
    return sum;
  }, new Map())].sort((one, other) => other[1] - one[1]).slice(0, 6);
  const disputed = [...new Map(sifted.shown.filter((line) => line.disputed).map((line) => [line.statement, line])).values()];
  return [
    h("h2", {}, say("welcome")), h("p", {}, say("welcome_text")),
    h("p", { class: "small" }, [count("articles", DOCUMENTS.length), count("sentences", SENTENCES.length), count("entities", NODES.filter((node) => "x" in node).length)].join(" · ")),
    busiest.length ? [h("h3", {}, say("busiest")), h("ul", { class: "plain" }, busiest.map(([id, number]) => h("li", {}, entityButton(id), h("span", { class: "number" }, count("relations", number)))))] : null,
    disputed.length ? [h("h3", {}, say("disputed_ones"), h("span", { class: "small" }, ` ${figure(disputed.length)}`)), h("ul", { class: "plain" }, capped(disputed, MANY, (line) => h("li", {}, lineButton(line, line.a, true)), (more) => h("li", {}, more)))] : null,
  ];
}

/** Subject, relation and object as a heading. */
function strandPanel(strand, world) {
  const family = TERMS.predicates[strand.predicate].family;
  const definition = oneOf(TERMS.predicates[strand.predicate].definitions);
  const told = [...new Set(strand.lines.flatMap((line) => line.speakers))].filter((one) => ![NARRATOR, UNNAMED].includes(one)).map(nameOf);
  const statements = new Set(strand.lines.map((line) => line.statement));
  const others = world.sifted.all.filter((line) => statements.has(line.statement) && line.status !== strand.status);
  const { sentences, articles, copies, sources } = weigh(strand.lines);
  return [
    h("p", { class: "kicker" }, familyName(family)),
    h("h2", { class: "statement" }, entityButton(strand.from), h("span", { class: "verb", title: definition || null }, leadingName(strand), strand.symmetric ? null : h("span", { "aria-hidden": true }, " →")), entityButton(strand.to)),
    h("p", { class: "chips" }, chip(strand.status, told), strand.lines.some((line) => line.disputed) ? h("span", { class: "chip disputed" }, statusName("disputed")) : null),
    h("p", { class: "small" }, [count("sentences", sentences), count("articles", articles), count("outlets", sources), copies ? count("copies", copies) : ""].filter(Boolean).join(" · ")),
    rolled(strand),
    strand.lines.map((line) => [h("h3", { class: "when" }, whenOf(line)), evidenceCards(line)]),
    others.length ? h("section", { class: "others" }, h("h3", {}, say("others")), others.map((line) => [h("p", { class: "chips" }, chip(line.status, line.speakers.filter((one) => ![NARRATOR, UNNAMED].includes(one)).map(nameOf)), " ", whenOf(line)), evidenceCards(line)])) : null,
  ];
}

/** Which people's acts are shown as their states'. */
function rolled(strand) {
  const people = new Set(strand.lines.flatMap((line) => [[line.from, line.a, line.b], [line.to, line.a, line.b]]).filter(([id, a, b]) => id !== a && id !== b).map(([id]) => id));
  if (!people.size) return null;
  return h("p", { class: "small rolled" }, say("through"), " ", [...people].map((id) => entityButton(id)));
}

function entityPanel(node, world) {
  const lines = world.sifted.shown.filter((line) => [line.a, line.b, line.from, line.to, line.thing].includes(node.id));
  const people = NODES.filter((other) => other.actsFor === node.id);
  const names = [...new Set([...Object.values(node.labels ?? {}), ...(node.aliases ?? [])])].filter((name) => name !== nameOf(node.id));
  return [
    h("p", { class: "kicker" }, kindName(node.kind), node.anonymous ? ` · ${say("anonymous")}` : ""),
    h("h2", { class: "entity-name" }, kindSwatch(node.kind), bdi(nameOf(node.id))),
    names.length ? h("p", { class: "small" }, capped(names, SOME, (name, place) => [place ? " · " : "", bdi(name)], (more) => h("span", {}, " · ", more))) : null,
    node.identifiers ? h("p", { class: "small" }, node.identifiers.map(([scheme, value], place) => [place ? " · " : "", `${scheme} ${value}`])) : null,
    node.actsFor ? h("p", { class: "small rolled" }, say("acts_for"), " ", entityButton(node.actsFor)) : null,
    people.length ? h("p", { class: "small rolled" }, say("people"), " ", capped(people, SOME, (other) => entityButton(other.id))) : null,
    "x" in node ? tools(node) : null,
    said(node, world),
    h("h3", {}, count("relations", lines.length)),
    lines.length ? relationsByFamily(lines, node.id) : h("p", {}, say("no_relations")),
  ];
}

/** What an entity says of others, as a filter. */
function said(node, world) {
  const number = world.sifted.shown.filter((line) => line.speakers.includes(node.id)).length;
  if (!number) return null;
  const only = () => change({ off: { ...state.off, speaker: new Set(FACETS.speaker.filter((speaker) => speaker !== node.id)) } });
  return h("p", {}, button(say("only_said", { name: plain(nameOf(node.id), SHORT_NAME), n: figure(number) }), only, { "data-key": "only-said" }));
}

function tools(node) {
  const focus = state.focus?.id === node.id ? state.focus.hops : 0;
  const act = (hops) => () => change({ focus: hops ? { id: node.id, hops } : null });
  return [
    h("div", { class: "segments", role: "group", "aria-label": say("focus") }, h("span", { class: "small" }, say("focus")),
      [1, 2, 3].map((hops) => button(count("hops", hops), act(hops), { "aria-pressed": String(focus === hops), "data-key": `hops-${hops}` })),
      button(say("all"), act(0), { "aria-pressed": String(focus === 0), "data-key": "hops-0" })),
    h("p", {}, button(say("path_from"), () => change({ path: { ends: [node.id] } }), { "data-key": "path-from" })),
  ];
}

const MANY = 60;
const SOME = 12;
const SHORT_NAME = 40;

/** The relations of one entity in their families, each a button to its evidence. */
function relationsByFamily(lines, id) {
  const families = new Map();
  for (const line of lines) {
    const family = TERMS.predicates[line.predicate].family;
    if (!families.has(family)) families.set(family, new Map());
    const key = `${line.a}~${line.predicate}~${line.b}~${line.thing ?? ""}~${line.status}`;
    const same = families.get(family);
    same.set(key, [...(same.get(key) ?? []), line]);
  }
  return [...families].map(([family, same]) => h("section", {}, h("h4", {}, familyName(family)),
    h("ul", { class: "plain" }, capped([...same.values()], MANY, (group) => h("li", {}, lineButton(group[0], id), group.length > 1 ? h("span", { class: "number" }, `×${group.length}`) : null), (more) => h("li", {}, more)))));
}
