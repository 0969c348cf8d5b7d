// What the page was made from: records of JSON, indexed. Nothing here changes after loading.

const read = (name) => JSON.parse(document.getElementById(`data-${name}`).textContent);

export const NODES = read("nodes");
export const LINES = read("lines");
export const VIS_OPTIONS = JSON.parse(read("options")); // pyvis hands its options over as JSON
export const EVIDENCE = read("evidence");
export const SENTENCES = read("sentences");
export const DOCUMENTS = read("documents");
export const TERMS = read("terms");
export const WORDS = read("words");
export const LOOKS = read("looks");

export const nodeById = new Map(NODES.map((node) => [node.id, node]));
export const STATUSES = Object.keys(LOOKS.statuses);

export const documentOf = (evidence) => DOCUMENTS[SENTENCES[evidence.sentence].document];

/** Who published a document: its publisher, else the host of its address, else its own name. */
export function outletOf(paper) {
  return paper.publisher || hostOf(safeUrl(paper.url)) || paper.title || paper.id;
}

/** How many of these documents do not depend on each other: those of one outlet, or of one story, are one source. */
export function independent(papers) {
  let groups = [];
  for (const paper of papers) {
    const own = [`outlet ${outletOf(paper)}`, `story ${paper.story ?? paper.id}`];
    const joined = groups.filter((group) => own.some((key) => group.has(key)));
    groups = [...groups.filter((group) => !joined.includes(group)), new Set([...own, ...joined.flatMap((group) => [...group])])];
  }
  return groups.length;
}

const hostOf = (url) => (url ? new URL(url).hostname.replace(/^www\./, "") : "");

/** The address if following it leads to a web page, else nothing: no other scheme becomes a link. */
export function safeUrl(text) {
  if (!/^https?:\/\//i.test(text ?? "")) return "";
  try {
    return new URL(text).href;
  } catch {
    return "";
  }
}

/** Text for the canvas and for places without markup: no control character can turn the text around it. */
export function plain(text, longest = Infinity) {
  const clean = text.replace(/[\p{Cc}\p{Cf}]/gu, "");
  if (clean.length <= longest) return clean;
  const letters = [...clean];
  return letters.length <= longest ? clean : `${letters.slice(0, longest - 1).join("").trimEnd()}…`;
}

/** Letters without accents, case and final sigma: what the search compares. */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ς/g, "σ").replace(/\s+/g, " ").trim();
}

/** The days of an EDTF day, month, year or interval as numbers, from the first to the last; null where it gives none. */
export function daysOf(edtf) {
  if (!edtf) return null;
  const [first, last = first] = edtf.split("/");
  const start = dayNumber(first, false);
  const end = dayNumber(last, true);
  return start === null || end === null || end < start ? null : [start, end];
}

const DAY = 86400000;

function dayNumber(text, last) {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (!match) return null;
  const [, year, month, day] = match;
  if (day) return Date.UTC(+year, month - 1, +day) / DAY;
  if (!last) return Date.UTC(+year, month ? month - 1 : 0, 1) / DAY;
  return (month ? Date.UTC(+year, +month, 1) : Date.UTC(+year + 1, 0, 1)) / DAY - 1;
}

export const isoOf = (dayCount) => new Date(dayCount * DAY).toISOString().slice(0, 10);
