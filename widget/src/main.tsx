import "./no-eval.ts";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { TooltipProvider } from "@vector-im/compound-web";
import "@fontsource-variable/inter/wght.css";
import "./look/tokens.css";
import "./look/base.css";
import { App } from "./screens/app.tsx";
import { beInstallable } from "./install.ts";
import { openHost } from "./model/host/hosts.ts";
import type { Host, ClientLook } from "./model/host/host.ts";
import { readParameters } from "./model/host/parameters.ts";
import { languageNamed, loadCatalogue } from "./language/i18n.ts";
import { ErrorBoundary } from "./parts/trouble/error-boundary.tsx";
import { browserTheme, followBrowserTheme, wearTheme } from "./model/host/theme.ts";
import { preferences } from "./model/preferences/preferences.ts";
import { apiBeside } from "./model/service/service-client.ts";

const parameters = readParameters(new URL(location.href), { language: navigator.language });

/** The client's language; the one that a person chose for themselves counts more. */
let ofClient = parameters.language;
const wanted = () => preferences.get().language ?? languageNamed(ofClient);
const catalogue = loadCatalogue(wanted());
function speak(): void {
  const language = wanted();
  document.documentElement.lang = language;
  void catalogue.then((loaded) => (loaded.language === language ? undefined : loaded.changeLanguage(language)));
}
preferences.subscribe(speak);

/** True once a client has said how the page is to look. */
let byClient = parameters.theme !== null;

function dress({ theme, language }: Partial<ClientLook>): void {
  if (theme) wearTheme(theme);
  byClient ||= Boolean(theme);
  ofClient = language ?? ofClient;
  speak();
}
dress(parameters);
if (!byClient) {
  wearTheme(browserTheme());
  followBrowserTheme((theme) => byClient || wearTheme(theme));
}

/**
 * A frame has one client, and some clients speak as soon as the page has loaded: so we listen before anything is drawn,
 * and once.
 */
let host = openAndFollow();
host.catch(() => undefined);

async function openAndFollow(): Promise<Host> {
  const opened = await openHost(parameters);
  opened.observeLook?.(dress);
  return opened;
}

let asked = false;
/** A door that was shut may open when somebody tries again. */
function openAgain(): Promise<Host> {
  if (asked) host = host.catch(openAndFollow);
  asked = true;
  return host;
}

beInstallable(parameters.telegram === null);

const place = document.getElementById("root");
if (!place) throw new Error("The page has no place for the widget");
const root = createRoot(place);
const base = apiBeside(location.href);
void catalogue.then((loaded) =>
  root.render(
    <I18nextProvider i18n={loaded}>
      <TooltipProvider>
        <ErrorBoundary>
          <App openHost={openAgain} base={base} />
        </ErrorBoundary>
      </TooltipProvider>
    </I18nextProvider>,
  ),
);
