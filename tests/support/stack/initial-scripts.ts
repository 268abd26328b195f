import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** A script of the built widget, and its size on the wire in kB (1,000 bytes, gzip). */
export type LoadedScript = { readonly file: string; readonly kilobytes: number };

/** The doors of the widget, and the script that each loads besides. */
const OF_DOOR = {
  element: "open-in-matrix-client",
  guest: "open-by-guest-link",
  telegram: "open-in-telegram",
  link: "open-by-link",
} as const;
export type WidgetDoor = keyof typeof OF_DOOR;
export const WIDGET_DOORS: readonly WidgetDoor[] = ["element", "guest", "telegram", "link"];

/**
 * All that is loaded before the ring stands: the page's own script, what it imports before it runs, the door's, and the
 * larger of the two languages' texts. The call, the graph and the dialogs are fetched when they are wanted.
 */
export function initialScripts(dist: string, door: WidgetDoor): LoadedScript[] {
  const page = join(dist, "index.html");
  const assets = readdirSync(join(dist, "assets"));
  const wanted = new Set<string>();
  const take = (file: string): void => {
    if (wanted.has(file)) return;
    wanted.add(file);
    for (const [, from = ""] of readFileSync(file, "utf8").matchAll(/(?:from|import)\s*["'](\.[^"']+\.js)["']/g))
      take(join(dirname(file), from));
  };
  for (const [, source = ""] of readFileSync(page, "utf8").matchAll(/(?:src|href)="([^"]+\.js)"/g))
    take(join(dirname(page), source));
  const own = OF_DOOR[door];
  const ofDoor = assets.find((name) => name.startsWith(`${own}-`) && name.endsWith(".js"));
  if (ofDoor) take(join(dist, "assets", ofDoor));
  else throw new Error(`no script of the door ${door} is in ${dist}`);
  const languages = assets
    .filter((name) => /^(en|ru)-[\w-]+\.js$/.test(name))
    .map((name) => sized(join(dist, "assets", name)));
  const [largest] = languages.toSorted((one, other) => other.kilobytes - one.kilobytes);
  if (!largest) throw new Error(`no language's texts are among the scripts in ${dist}`);
  return [...[...wanted].map(sized), largest];
}

export function sumOf(scripts: readonly LoadedScript[]): number {
  return scripts.reduce((sum, { kilobytes }) => sum + kilobytes, 0);
}

function sized(file: string): LoadedScript {
  return { file, kilobytes: gzipSync(readFileSync(file)).byteLength / 1_000 };
}
