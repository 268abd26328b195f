import "../../src/no-eval.ts";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import "@fontsource-variable/inter/wght.css";
import "../../src/look/tokens.css";
import "../../src/look/base.css";
import { TooltipProvider } from "@vector-im/compound-web";
import { browserTheme, wearTheme } from "../../src/model/host/theme.ts";
import type { Language } from "@mindminder/protocol/identity.ts";
import { hostPageEn } from "../../src/language/host-page-en.ts";
import { hostPageRu } from "../../src/language/host-page-ru.ts";
import { languageNamed, loadCatalogue, textsIn } from "../../src/language/i18n.ts";
import { ErrorBoundary } from "../../src/parts/trouble/error-boundary.tsx";
import { HostPage } from "./host-page.tsx";

const theme = browserTheme();
wearTheme(theme);

const place = document.getElementById("root");
if (!place) throw new Error("The page has no place for the room");
const root = createRoot(place);
const withOwn = async (language: Language) => ({
  ...(await textsIn(language)),
  hostPage: language === "ru" ? hostPageRu : hostPageEn,
});
void loadCatalogue(languageNamed(navigator.language), withOwn).then((catalogue) =>
  root.render(
    <I18nextProvider i18n={catalogue}>
      <TooltipProvider>
        <ErrorBoundary>
          <HostPage initialTheme={theme} />
        </ErrorBoundary>
      </TooltipProvider>
    </I18nextProvider>,
  ),
);
