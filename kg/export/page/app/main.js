// Everything together: what is chosen → what is shown. Runs last.

import { LINES, plain } from "./data.js";
import { drawSheet, drawn, fit, look, network, under, zoom } from "./canvas.js";
import { $, button, h, iconButton, put } from "./dom.js";
import { saveCsv, saveJson, savePng, saveSvg } from "./download.js";
import { showFacets } from "./facets.js";
import { close, showPanel } from "./panel.js";
import { pathNow } from "./path.js";
import { chooseEntity } from "./pieces.js";
import { combo } from "./search.js";
import { sift, standIn } from "./sift.js";
import { change, onChange, readHash, state } from "./state.js";
import { LIMIT, captionOf, strandsOf, strongest } from "./strands.js";
import { showTable } from "./table.js";
import { openSheet, showTabs } from "./tabs.js";
import { isDark, onPaper, onSystemTheme, switchTheme } from "./theme.js";
import { showTip } from "./tip.js";
import { LANGUAGES, count, figure, language, nameOf, say, speak } from "./words.js";

const world = { sifted: null, strands: new Map(), way: null };

function show() {
  const sifted = { ...sift(), all: LINES };
  const strands = strandsOf(sifted.shown);
  Object.assign(world, { sifted, strands, way: pathNow(strands) });
  const hot = hotNow();
  const part = strongest(strands, (strand) => hot?.strands.has(strand.id) ?? false);
  drawSheet(part, hot);
  showFacets(sifted, strands.size, [...drawn.nodes.keys()]);
  const ids = new Map([...strands.values()].flatMap((strand) => strand.lines.map((line) => [line, strand.id])));
  showTable(sifted.shown, (line) => ids.get(line));
  showPanel(world);
  showNotices(strands.size, part.length);
  showTools();
  showTabs();
}

/** What is chosen and what belongs to it; null when nothing is. */
function hotNow() {
  if (world.way) return { nodes: new Set(world.way.nodes), strands: new Set(world.way.strands.map(({ id }) => id)) };
  if (!state.chosen) return null;
  const { kind, id } = state.chosen;
  const all = [...world.strands.values()];
  const own = (strand) => strand.lines.some((line) => [line.from, line.to, line.thing, line.a, line.b].includes(id));
  let hot = all.filter(kind === "entity" ? own : (strand) => strand.id === id);
  if (!hot.length && kind === "entity") hot = all.filter(({ from, to }) => [from, to].includes(standIn(id)));
  if (!hot.length) return null;
  return { nodes: new Set(hot.flatMap(({ from, to }) => [from, to])), strands: new Set(hot.map((strand) => strand.id)) };
}

function showNotices(all, part) {
  const notices = [];
  if (part < all || (state.everyLine && all > LIMIT)) {
    const [key, next] = part < all ? ["limited", true] : ["unlimited", false];
    notices.push(h("p", {}, say(key, { n: figure(part), m: figure(all) }), " ", button(say(next ? "draw_all" : "draw_some"), () => change({ everyLine: next }), { class: "link", "data-key": "draw-all" })));
  }
  if (state.focus) notices.push(h("p", {}, say("focused", { name: plain(nameOf(state.focus.id)), hops: count("hops", state.focus.hops) }), " ", button(say("unfocus"), () => change({ focus: null }), { class: "link", "data-key": "unfocus" })));
  if (!all) notices.push(h("p", {}, say("nothing")));
  put($("notices"), notices);
}

function showTools() {
  const pressed = (on) => ({ "aria-pressed": String(on) });
  put($("tools"),
    h("div", { class: "segments", role: "group", "aria-label": say("view") }, ["relations", "dyads"].map((view) => button(say(`view_${view}`), () => change({ view, chosen: state.chosen?.kind === "entity" ? state.chosen : null }), { ...pressed(state.view === view), "data-key": `view-${view}` }))),
    button(say("merge"), () => change({ merge: !state.merge, chosen: state.chosen?.kind === "strand" ? null : state.chosen }), { ...pressed(state.merge), id: "merge", title: say("merge_help"), disabled: state.view === "dyads", "data-key": "merge" }),
    button(say("path"), () => change({ path: state.path ? null : { ends: [] } }), { ...pressed(Boolean(state.path)), id: "path-button", "data-key": "path-button" }),
    exportMenu(),
    h("div", { class: "segments", role: "group", "aria-label": say("language") }, LANGUAGES.map((code) => button([say(`short_${code}`), h("span", { class: "unseen" }, ` ${say(`language_${code}`)}`)], () => {
      speak(code);
      showSearch();
      change({});
    }, { ...pressed(language() === code), lang: code, "data-key": `language-${code}` }))),
    iconButton("theme", say(isDark() ? "to_light" : "to_dark"), () => {
      switchTheme();
      change({});
    }, { id: "theme", "data-key": "theme" }));
}

function exportMenu() {
  const item = (text, act, id) => button(text, () => {
    act();
    $("export").open = false;
  }, { id });
  const isOpen = $("export")?.open;
  return h("details", { id: "export", open: isOpen }, h("summary", { "data-key": "export" }, say("export")),
    h("div", { class: "menu" }, item("PNG", savePng, "save-png"), item("SVG", saveSvg, "save-svg"), item("CSV", saveCsv, "save-csv"), item("JSON", saveJson, "save-json"), item(say("print"), () => print(), "print")));
}

function showSearch() {
  put($("search"), combo("q", { label: say("search"), pick: (id) => {
    chooseEntity(id);
    openSheet("panel");
  } }));
  put($("zoom"), iconButton("plus", say("zoom_in"), () => zoom(1.3)), iconButton("minus", say("zoom_out"), () => zoom(1 / 1.3)), iconButton("fit", say("fit"), fit));
}

network.on("click", ({ pointer }) => {
  const hit = under(pointer.DOM);
  if (state.path && hit?.kind === "entity") {
    const ends = state.path.ends.filter(Boolean);
    change({ path: { ends: ends.length === 1 ? [ends[0], hit.id] : [hit.id] } });
    return;
  }
  if (hit || !state.path) change({ chosen: hit, ...(hit ? { path: null } : {}) });
  if (hit) openSheet("panel");
});

$("canvas").addEventListener("pointermove", (event) => {
  if (event.buttons || event.pointerType === "touch") return showTip(null);
  const box = $("canvas").getBoundingClientRect();
  const hit = under({ x: event.clientX - box.left, y: event.clientY - box.top });
  $("canvas").classList.toggle("pointing", Boolean(hit));
  return showTip(hit, event, world.strands, captionOf);
});
$("canvas").addEventListener("pointerleave", () => showTip(null));

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    $("q").focus();
  } else if (event.key === "Escape") {
    showTip(null);
    if ($("export")?.open) $("export").open = false;
    else if (state.chosen || state.path) close();
  }
});
document.addEventListener("click", (event) => {
  if ($("export")?.open && !event.target.closest("#export")) $("export").open = false;
});

window.addEventListener("hashchange", () => {
  readHash();
  show();
});
onSystemTheme(show);
onPaper(show);
onChange((patch) => {
  show();
  if ("chosen" in patch || "off" in patch || "from" in patch || "until" in patch) $("live").textContent = count("relations", world.sifted.shown.length);
});

readHash();
speak(language());
showSearch();
show();
fit();
if (state.chosen?.kind === "entity") look(standIn(state.chosen.id));
document.documentElement.dataset.ready = String(Math.round(performance.now()));
