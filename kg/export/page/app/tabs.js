// On a phone the columns lie in a sheet at the bottom; tabs open it, and the sheet of the graph stays in sight.

import { $, button, put } from "./dom.js";
import { say } from "./words.js";

const SHEETS = ["panel", "filters", "list"];
let opened = "";

export function showTabs() {
  document.body.classList.toggle("sheet-open", opened !== "");
  for (const id of SHEETS) $(id).classList.toggle("opened", id === opened);
  put($("tabs"), SHEETS.map((id) => button(say(`tab_${id}`), () => openSheet(id === opened ? "" : id), { "aria-expanded": String(id === opened), "aria-controls": id, "data-key": `tab-${id}` })));
}

/** Open one sheet, or close the one that is open. On a wide screen nothing changes: all are in sight. */
export function openSheet(id) {
  opened = id;
  showTabs();
}
