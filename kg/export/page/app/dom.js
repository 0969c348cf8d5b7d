// Elements are made here and nowhere else; text goes in as text.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element: attributes, `on` for listeners, and children that are elements, texts or nothing. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** Make an element of SVG. */
export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true && !name.startsWith("aria-") ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const $ = (id) => document.getElementById(id);

/** Text of an article or a name: isolated, so that its direction stays its own. */
export const bdi = (text, attributes = {}) => h("bdi", attributes, text);

/** A button with words on it. */
export const button = (text, act, attributes = {}) => h("button", { type: "button", ...attributes, on: { click: act } }, text);

/** A button with a picture on it and words for those who do not see it. */
export const iconButton = (icon, label, act, attributes = {}) =>
  h("button", { type: "button", "aria-label": label, title: label, ...attributes, on: { click: act } }, pictures[icon]());

const stroke = { fill: "none", stroke: "currentColor", "stroke-width": 1.8, "stroke-linecap": "round", "stroke-linejoin": "round" };
const picture = (d) => () => s("svg", { viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": true }, s("path", { d, ...stroke }));

const pictures = {
  plus: picture("M10 4v12M4 10h12"),
  minus: picture("M4 10h12"),
  fit: picture("M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4"),
  theme: picture("M10 3a7 7 0 1 0 7 7 5.5 5.5 0 0 1-7-7z"),
  close: picture("M5 5l10 10M15 5L5 15"),
  down: picture("M5 8l5 5 5-5"),
  up: picture("M5 12l5-5 5 5"),
};

/** Replace everything in an element, keeping the keyboard's place where an element with the same key comes back. */
export function put(element, ...children) {
  const held = element.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const top = element.scrollTop;
  element.replaceChildren(...children.flat(Infinity).filter(Boolean));
  element.scrollTop = top;
  if (held) element.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
}
