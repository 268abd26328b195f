import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { z } from "zod";
import { LlmOptions } from "./options.ts";
import type { Plugin } from "./plugin.ts";

const PLUGINS = join(import.meta.dirname, "plugins");

/** Loads the plugins in the folder, by place. A file without a plugin in it is a mistake worth stopping for. */
export async function loadPlugins(folder = PLUGINS): Promise<Plugin[]> {
  const files = (await readdir(folder))
    .filter((file) => /\.(ts|js)$/.test(file) && !/\.test\.|\.d\.ts$/.test(file))
    .sort();
  const plugins = await Promise.all(files.map((file) => load(join(folder, file))));
  const twice = plugins.find((plugin, i) => plugins.findIndex((other) => other.id === plugin.id) !== i);
  if (twice) throw new Error(`Two plugins of the minutes are called "${twice.id}" in ${folder}`);
  return plugins.sort((a, b) => a.place - b.place || a.id.localeCompare(b.id));
}

async function load(file: string): Promise<Plugin> {
  const loaded: { default?: Partial<Plugin> } = await import(pathToFileURL(file).href);
  const found = loaded.default;
  if (!found?.id || typeof found.run !== "function")
    throw new Error(`${basename(file)}: its default export is not a plugin`);
  return found as Plugin;
}

/** Plugin with the options it runs with. */
export type EnabledPlugin = {
  readonly plugin: Plugin;
  readonly options: unknown;
  /** Model of its own; null: none; undefined: that of all. */
  readonly llm?: LlmOptions | null | undefined;
};

/** Key of the configuration below `minutes.plugins`, and the fault in its value. */
export type PluginProblem = { readonly key: string; readonly message: string };

/** Lists the plugins that run, and all faults in their options at once. */
export function enablePlugins(
  plugins: readonly Plugin[],
  options: Readonly<Record<string, Record<string, unknown> | false>>,
): { enabled: EnabledPlugin[]; problems: PluginProblem[] } {
  const known = plugins.map((plugin) => plugin.id);
  const problems: PluginProblem[] = Object.keys(options)
    .filter((id) => !known.includes(id))
    .map((id) => ({ key: id, message: `there is no such plugin; known are ${known.join(", ")}` }));
  const enabled: EnabledPlugin[] = [];
  for (const plugin of plugins) {
    const given = options[plugin.id] ?? {};
    if (given === false) continue;
    const { llm, ...own } = given;
    const checked = plugin.options.safeParse(own);
    const model = LlmOptions.nullish().safeParse(llm);
    if (checked.success && model.success) enabled.push({ plugin, options: checked.data, llm: model.data });
    problems.push(
      ...(checked.error?.issues ?? []).map((issue) => problemOf([plugin.id], issue)),
      ...(model.error?.issues ?? []).map((issue) => problemOf([plugin.id, "llm"], issue)),
    );
  }
  return { enabled, problems };
}

function problemOf(at: readonly string[], issue: z.core.$ZodIssue): PluginProblem {
  return { key: [...at, ...issue.path].join("."), message: issue.message };
}
