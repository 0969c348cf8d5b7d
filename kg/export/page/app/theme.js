// Light and dark: as the system has it, until the user decides.

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

export const isDark = () => root.dataset.theme === "dark" || (root.dataset.theme === "auto" && system.matches);

export function switchTheme() {
  root.dataset.theme = isDark() ? "light" : "dark";
}

/** A colour of the style sheet by its name there, for what is drawn and not styled. */
export const inkOf = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();

export const onSystemTheme = (listener) => system.addEventListener("change", listener);
