// A word about what the pointer is on.

import { nodeById, plain } from "./data.js";
import { $ } from "./dom.js";
import { weigh } from "./sift.js";
import { count, kindName, nameOf, say, statusName } from "./words.js";

/** Show what is known of a hit beside the pointer; nothing hides it. */
export function showTip(hit, event, strands, caption) {
  const tip = $("tip");
  tip.hidden = !hit;
  if (!hit) return;
  tip.replaceChildren(...linesOf(hit, strands, caption).map((text, place) => Object.assign(document.createElement(place ? "span" : "b"), { textContent: plain(text, 160) })));
  const box = tip.getBoundingClientRect();
  tip.style.left = `${Math.min(event.clientX + 14, innerWidth - box.width - 8)}px`;
  tip.style.top = `${Math.min(event.clientY + 16, innerHeight - box.height - 8)}px`;
}

function linesOf({ kind, id }, strands, caption) {
  if (kind === "entity") {
    const touching = [...strands.values()].filter((strand) => strand.from === id || strand.to === id);
    return [nameOf(id), `${kindName(nodeById.get(id).kind)} · ${count("relations", touching.reduce((sum, strand) => sum + strand.lines.length, 0))}`];
  }
  const strand = strands.get(id);
  if (!strand) return [say("hidden")];
  const { sentences, sources } = weigh(strand.lines);
  return [`${nameOf(strand.from)} ${strand.dyad ? "↔" : caption(strand)} ${nameOf(strand.to)}`, strand.dyad ? count("relations", strand.lines.length) : `${statusName(strand.status)} · ${count("sentences", sentences)} · ${count("outlets", sources)}`];
}
