import type { ColourTheme } from "./host.ts";

/** Compound's class for each theme; its tokens do the rest. */
const CLASS: Record<ColourTheme, string> = {
  light: "cpd-theme-light",
  dark: "cpd-theme-dark",
  "light-high-contrast": "cpd-theme-light-hc",
  "dark-high-contrast": "cpd-theme-dark-hc",
};

export function wearTheme(theme: ColourTheme): void {
  const { classList, dataset } = document.documentElement;
  classList.remove(...Object.values(CLASS));
  classList.add(CLASS[theme]);
  dataset["theme"] = theme;
}

/** Clients name their themes freely (`dark`, `light-high-contrast`, `custom-Nord dark`); four of ours answer to all. */
export function themeNamed(name: string | null | undefined): ColourTheme | null {
  if (!name) return null;
  return themeOf({ dark: /dark|black|night/i.test(name), contrast: /contrast/i.test(name) });
}

const DARK = "(prefers-color-scheme: dark)";
const CONTRAST = "(prefers-contrast: more)";

/** The theme set in the browser or system; it counts where no client says otherwise. */
export function browserTheme(matches: (query: string) => boolean = (query) => matchMedia(query).matches): ColourTheme {
  return themeOf({ dark: matches(DARK), contrast: matches(CONTRAST) });
}

export function followBrowserTheme(report: (theme: ColourTheme) => void): void {
  for (const query of [DARK, CONTRAST]) matchMedia(query).addEventListener("change", () => report(browserTheme()));
}

function themeOf({ dark, contrast }: { dark: boolean; contrast: boolean }): ColourTheme {
  return `${dark ? "dark" : "light"}${contrast ? "-high-contrast" : ""}`;
}
