import "../../src/no-eval.ts";
import { TooltipProvider } from "@vector-im/compound-web";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import "@fontsource-variable/inter/wght.css";
import "../../src/look/tokens.css";
import "../../src/look/base.css";
import { languageNamed } from "../../src/language/i18n.ts";
import { openCatalogue } from "../../src/language/open-catalogue.ts";
import { themeNamed, wearTheme } from "../../src/model/host/theme.ts";
import { CELLS, sceneNamed } from "./cells.tsx";
import { measure } from "./measure.ts";
import { Gallery } from "./gallery.tsx";

// Used by tests, which measure a page by it, and by whatever takes pictures of all cells.
Object.assign(globalThis, { measure, cells: CELLS.map(({ name, width, height }) => ({ name, width, height })) });

const place = document.getElementById("root");
if (!place) throw new Error("The page has no place for the gallery");
const root = createRoot(place);

/**
 * Draws what the address asks for: without a cell or a scene the gallery, with one that alone, as the gallery's frames
 * show it.
 */
function draw(hash: string): void {
  const asked = new URLSearchParams(hash);
  const language = languageNamed(asked.get("lang") ?? navigator.language);
  wearTheme(themeNamed(asked.get("theme")) ?? "light");
  document.documentElement.lang = language;
  const cell = CELLS.find(({ name }) => name === asked.get("cell"));
  // Another address is another page: nothing of the one before may stay.
  flushSync(() =>
    root.render(
      <I18nextProvider key={hash} i18n={openCatalogue(language)}>
        <TooltipProvider>{asked.has("scene") ? sceneNamed(asked) : cell ? cell.draw() : <Gallery />}</TooltipProvider>
      </I18nextProvider>,
    ),
  );
  document.documentElement.dataset["shown"] = hash;
}

draw(location.hash.slice(1));
addEventListener("hashchange", () => draw(location.hash.slice(1)));
