// Light and dark: as the system has it, until the user decides.

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

export const isDark = () => root.dataset.theme === "dark" || (root.dataset.theme === "auto" && system.matches);

export function switchTheme() {
  root.dataset.theme = isDark() ? "light" : "dark";
}

/** A colour of the style sheet by its name there, for what is drawn and not styled. */
export const inkOf = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();

/** On paper the colours are light; afterwards they are what they were. */
export function onPaper(redraw) {
  let before = root.dataset.theme;
  addEventListener("beforeprint", () => {
    before = root.dataset.theme;
    root.dataset.theme = "light";
    redraw();
  });
  addEventListener("afterprint", () => {
    root.dataset.theme = before;
    redraw();
  });
}

export const onSystemTheme = (listener) => system.addEventListener("change", listener);
