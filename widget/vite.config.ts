import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { transform, type Selector } from "lightningcss";
import { defineConfig, type Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Compound has one style sheet for all of its parts. Its class names are unique, and a part that nobody uses is in no
 * script: so what belongs to such a part is left out.
 */
function onlyUsedCompound(): Plugin {
  const ofCompound = /^_[\w-]+_[\da-z]{5}_\d+$/;
  return {
    name: "only-used-compound",
    generateBundle(_options, bundle) {
      const files = Object.values(bundle);
      const scripts = files.flatMap((file) => (file.type === "chunk" ? [file.code] : [])).join("\n");
      const unused = (selector: Selector) =>
        selector.some((part) => part.type === "class" && ofCompound.test(part.name) && !scripts.includes(part.name));
      for (const file of files) {
        if (file.type !== "asset" || !file.fileName.endsWith(".css")) continue;
        const { code } = transform({
          filename: file.fileName,
          code: typeof file.source === "string" ? Buffer.from(file.source) : file.source,
          minify: true,
          visitor: {
            Rule: {
              style: ({ value: { selectors } }) => (selectors.every(unused) ? [] : undefined),
            },
          },
        });
        file.source = code;
      }
    },
  };
}

const WIDGET_SIDE = "\0widget-side-of-the-widget-api";

/**
 * The widget API's transport takes four names from the package's index, and with it the whole of the client's side,
 * which no widget needs: a twentieth of all that is loaded before the ring stands. Here it gets these four alone.
 */
function widgetSideOfTheWidgetApi(): Plugin {
  const from = {
    isErrorResponse: "interfaces/IWidgetApiErrorResponse",
    WidgetApiToWidgetAction: "interfaces/WidgetApiAction",
    invertedDirection: "interfaces/WidgetApiDirection",
    WidgetApiResponseError: "WidgetApi",
  };
  const exports = Object.entries(from).map(
    ([name, file]) => `export { ${name} } from "matrix-widget-api/lib/${file}.js";`,
  );
  return {
    name: "widget-side-of-the-widget-api",
    apply: "build",
    enforce: "pre",
    resolveId: (source, importer) =>
      source === ".." && importer?.endsWith("/matrix-widget-api/lib/transport/PostmessageTransport.js")
        ? WIDGET_SIDE
        : null,
    load: (id) => (id === WIDGET_SIDE ? exports.join("\n") : null),
  };
}

const FEW_EVENTS = "\0few-events-of-the-widget-api";

/** Node's events as far as the widget API uses them: the package that stands for them in pages is ten times as long. */
const EVENTS = `export class EventEmitter {
  #heard = new Map();
  on(name, hear) {
    this.#heard.set(name, [...(this.#heard.get(name) ?? []), hear]);
    return this;
  }
  off(name, hear) {
    this.#heard.set(name, (this.#heard.get(name) ?? []).filter((each) => each !== hear));
    return this;
  }
  once(name, hear) {
    const once = (...told) => {
      this.off(name, once);
      hear.apply(this, told);
    };
    return this.on(name, once);
  }
  emit(name, ...told) {
    const hearers = this.#heard.get(name) ?? [];
    for (const hear of hearers) hear.apply(this, told);
    return hearers.length > 0;
  }
}`;

function fewEventsOfTheWidgetApi(): Plugin {
  return {
    name: "few-events-of-the-widget-api",
    apply: "build",
    enforce: "pre",
    resolveId: (source, importer) =>
      source === "events" && importer?.includes("/matrix-widget-api/") ? FEW_EVENTS : null,
    load: (id) => (id === FEW_EVENTS ? EVENTS : null),
  };
}

/** Look at a module while chunks are made. */
type Looked = {
  readonly getModuleInfo: (id: string) => { readonly isEntry: boolean; readonly importedIds: readonly string[] } | null;
  readonly getModuleIds?: () => Iterable<string>;
};

/**
 * Makes one script of all that is loaded before the ring stands: what lazily loaded parts share with it would be cut
 * into a score of small scripts otherwise, which compress worse and are asked for one by one.
 */
function pageInOne(): (id: string, look: Looked) => string | null {
  const first = new Set<string>();
  const take = (id: string, look: Looked): void => {
    if (first.has(id)) return;
    first.add(id);
    for (const imported of look.getModuleInfo(id)?.importedIds ?? []) take(imported, look);
  };
  return (id, look) => {
    if (first.size === 0) take(here("src/main.tsx"), look);
    return first.has(id) ? "page" : null;
  };
}

/** The widget, which may be served below any path. */
export default defineConfig({
  root: here("."),
  base: "./",
  plugins: [react(), onlyUsedCompound(), widgetSideOfTheWidgetApi(), fewEventsOfTheWidgetApi()],
  build: {
    outDir: here("dist"),
    emptyOutDir: true,
    target: "es2022",
    // The call (livekit-client) is one big part of its own, fetched while a person is joining.
    chunkSizeWarningLimit: 700,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: pageInOne() }] } } },
  },
});
