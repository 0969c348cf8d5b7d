// Under the sheet: every line that is shown, sortable, page by page. Whatever the canvas can do, a row can do.

import { $, bdi, button, h, iconButton, put } from "./dom.js";
import { statusSwatch } from "./facets.js";
import { weigh } from "./sift.js";
import { change, state } from "./state.js";
import { relationName } from "./strands.js";
import { count, dateName, figure, nameOf, say, statusName } from "./words.js";

const PER_PAGE = 50;
const view = { sort: "date", up: false, page: 0, folded: false };

const COLUMNS = {
  date: (line) => line.time || line.earliest || "",
  from: (line) => nameOf(line.a),
  relation: relationName,
  to: (line) => nameOf(line.b),
  status: (line) => statusName(line.status),
  sentences: (line) => line.sentences.length,
};

let lines = [];
let strandIdOf = () => "";

export function showTable(shown, strandId) {
  lines = shown;
  strandIdOf = strandId;
  redraw();
}

function redraw() {
  const pages = Math.max(1, Math.ceil(lines.length / PER_PAGE));
  view.page = Math.min(view.page, pages - 1);
  const first = view.page * PER_PAGE;
  const part = sorted().slice(first, first + PER_PAGE);
  $("list").classList.toggle("folded", view.folded);
  put($("list"),
    h("div", { class: "list-head" }, h("h2", {}, say("list")), h("span", { class: "small" }, lines.length ? say("range", { a: figure(first + 1), b: figure(first + part.length), n: figure(lines.length) }) : say("nothing")),
      pages > 1 ? pager(pages) : null,
      iconButton(view.folded ? "up" : "down", say(view.folded ? "unfold" : "fold"), () => {
        view.folded = !view.folded;
        redraw();
      }, { class: "quiet fold", "aria-expanded": String(!view.folded), "data-key": "fold" })),
    view.folded ? null : h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": say("list") },
      h("table", {}, h("colgroup", {}, Object.keys(COLUMNS).map((name) => h("col", { class: `width-${name}` }))), h("thead", {}, h("tr", {}, Object.keys(COLUMNS).map(heading))), h("tbody", { id: "rows" }, part.map(tableRow)))));
}

const collator = () => new Intl.Collator(document.documentElement.lang, { numeric: true });

function sorted() {
  const key = COLUMNS[view.sort];
  const compare = collator().compare;
  const keyed = lines.map((line) => [key(line), line]);
  const order = view.sort === "date" ? (a, b) => (a < b ? -1 : a > b ? 1 : 0) : view.sort === "sentences" ? (a, b) => a - b : compare;
  keyed.sort((one, other) => (view.up ? 1 : -1) * order(one[0], other[0]) || (one[1].id < other[1].id ? -1 : 1));
  return keyed.map(([, line]) => line);
}

/** Lines in the order of the table, for export. */
export const linesInOrder = sorted;

function heading(name) {
  const direction = view.sort === name ? (view.up ? "ascending" : "descending") : "none";
  const act = () => {
    Object.assign(view, { up: view.sort === name ? !view.up : !["date", "sentences"].includes(name), sort: name, page: 0 });
    redraw();
  };
  return h("th", { scope: "col", "aria-sort": direction, class: `col-${name}` }, button(say(`column_${name}`), act, { class: "sort", "data-key": `sort-${name}` }));
}

function pager(pages) {
  const turn = (by) => () => {
    view.page += by;
    redraw();
  };
  return h("span", { class: "pager" },
    button("‹", turn(-1), { disabled: view.page === 0, "aria-label": say("previous"), "data-key": "previous" }),
    h("span", { class: "small" }, say("page", { n: figure(view.page + 1), m: figure(pages) })),
    button("›", turn(1), { disabled: view.page >= pages - 1, "aria-label": say("next"), "data-key": "next" }));
}

function tableRow(line) {
  const id = strandIdOf(line);
  const kind = state.view === "dyads" ? "dyad" : "strand";
  const { sentences, articles, sources } = weigh([line]);
  const entity = (name) => button(bdi(nameOf(name)), () => change({ chosen: { kind: "entity", id: name } }), { class: "link", "data-key": `${line.id}-${name}` });
  return h("tr", { class: state.chosen?.id === id ? "chosen" : "", "aria-current": state.chosen?.id === id ? "true" : null },
    h("td", { class: "date" }, whenOf(line)),
    h("td", {}, entity(line.a)),
    h("td", {}, button(relationName(line), () => change({ chosen: { kind, id } }), { class: "link strong", "data-line": line.id, "data-key": line.id })),
    h("td", {}, entity(line.b)),
    h("td", {}, h("span", { class: `status ${line.status}` }, statusSwatch(line.status), statusName(line.status), line.disputed ? h("span", { class: "flag" }, statusName("disputed")) : null)),
    h("td", { class: "number" }, count("sentences", sentences), articles > 1 ? ` · ${count("outlets", sources)}` : ""));
}

/** When it happened; where no text says so, when it was first reported, marked as that. */
export function whenOf(line) {
  if (line.time) return h("time", { datetime: line.time.split("/")[0] }, dateName(line.time));
  if (!line.earliest) return say("no_date");
  return h("span", { class: "reported", title: say("reported_title") }, say("reported", { date: dateName(line.earliest) }));
}
