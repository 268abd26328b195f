import "../no-eval.ts";
import { TooltipProvider } from "@vector-im/compound-web";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import "@fontsource-variable/inter/wght.css";
import "../look/tokens.css";
import "../look/base.css";
import { languageNamed } from "../language/i18n.ts";
import { openCatalogue } from "../language/open-catalogue.ts";
import { themeNamed, wearTheme } from "../look/theme.ts";
import { CELLS, sceneNamed } from "./cells.tsx";
import { measure } from "./measure.ts";
import { Gallery } from "./gallery.tsx";

/** Without a cell in the address this is the gallery; with one it is that cell alone, as the gallery's frames show it. */
const asked = new URLSearchParams(location.hash.slice(1));
const language = languageNamed(asked.get("lang") ?? navigator.language);
wearTheme(themeNamed(asked.get("theme")) ?? "light");
document.documentElement.lang = language;
// Whoever looks by machine measures a page by it.
Object.assign(globalThis, { measure });
addEventListener("hashchange", () => location.reload());

const cell = CELLS.find(({ name }) => name === asked.get("cell"));
const root = document.getElementById("root");
if (!root) throw new Error("The page has no place for the gallery");
createRoot(root).render(
  <I18nextProvider i18n={openCatalogue(language)}>
    <TooltipProvider>{asked.has("scene") ? sceneNamed(asked) : cell ? cell.draw() : <Gallery />}</TooltipProvider>
  </I18nextProvider>,
);
