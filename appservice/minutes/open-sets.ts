import { type SetName, STANDARD_SET } from "../protocol/chosen-set.ts";
import type { MeetingId } from "../protocol/identity.ts";
import { AdminError } from "../protocol/mindminder-error.ts";
import { type Llm, metered, openLlmIn } from "./llm/llm.ts";
import { tokenMeters } from "./llm/token-meter.ts";
import type { LlmOptions, MinutesOptions } from "./options.ts";
import type { Plugin } from "./plugin.ts";
import { type EnabledPlugin, enablePlugins } from "./registry.ts";

/** Thrown for options of a plugin in the configuration that it cannot take. */
export class BadPluginOptions extends AdminError {
  constructor(message: string) {
    super("BAD_PLUGIN_OPTIONS", message);
  }
}

/** Changes that each set makes to the section `minutes` of the configuration. */
export type SetsOfPlugins = Readonly<
  Record<SetName, { readonly plugins: MinutesOptions["plugins"]; readonly llm?: LlmOptions | null | undefined }>
>;

/** Plugins that serve, and the model of each; null: none. */
export type OpenSet = {
  readonly plugins: readonly EnabledPlugin[];
  readonly llmOf: (meeting: MeetingId, plugin: string) => Llm | null;
};

type OpenSetsDeps = { readonly folder: string; readonly sets?: SetsOfPlugins };

/**
 * Opens the plugins and models of the configuration, and of each set. A set that is not known, since the file has lost
 * it, is served as the configuration says. Throws `BadPluginOptions` with all that is wrong in any of them.
 */
export function openSets(
  options: MinutesOptions,
  plugins: readonly Plugin[],
  { folder, sets = {} }: OpenSetsDeps,
): { readonly of: (name?: SetName) => OpenSet } {
  const written = Object.entries(sets).map(([name, { plugins: own, llm }]) => {
    const changed = llm === undefined ? options.llm : llm;
    return { name, at: `sets.${name}`, own, options: { plugins: mergedOptions(options.plugins, own), llm: changed } };
  });
  const standard = { name: STANDARD_SET, at: "minutes", own: options.plugins, options };
  const all = [standard, ...written].map(({ name, at, own, options }) => {
    const { enabled } = enablePlugins(plugins, options.plugins);
    // A fault of the configuration is told once, and not of each set that takes it over.
    const changed = Object.entries(options.plugins).filter(([id]) => Object.hasOwn(own, id));
    const { problems } = enablePlugins(plugins, Object.fromEntries(changed));
    return {
      name,
      enabled,
      llm: options.llm,
      faults: problems.map(({ key, message }) => `${at}.plugins.${key}: ${message}`),
    };
  });
  const faults = all.flatMap((each) => each.faults);
  if (faults.length > 0) throw new BadPluginOptions(faults.join("\n"));
  const open = new Map(all.map(({ name, enabled, llm }) => [name, openSet(folder, enabled, llm)]));
  const usual = open.get(STANDARD_SET)!;
  return { of: (name = STANDARD_SET) => open.get(name) ?? usual };
}

function openSet(folder: string, enabled: readonly EnabledPlugin[], llm: LlmOptions | null): OpenSet {
  const open = (options: LlmOptions | null) =>
    options && { llm: openLlmIn(folder, options), tokens: options.tokensPerMeeting };
  const shared = open(llm);
  const own = new Map(
    enabled.flatMap(({ plugin, llm: model }) => (model === undefined ? [] : [[plugin.id, open(model)] as const])),
  );
  const meterOf = tokenMeters();
  return {
    plugins: enabled,
    llmOf: (meeting, plugin) => {
      const model = own.get(plugin) ?? (own.has(plugin) ? null : shared);
      // Tokens for what people ask for are not taken from those of the minutes.
      const ownMeter =
        model !== shared || enabled.some((each) => each.plugin.id === plugin && each.plugin.after === "asked");
      return model && metered(model.llm, meterOf(`${meeting} ${ownMeter ? plugin : ""}`, model.tokens));
    },
  };
}

/** Options of a set stand in the place of those that the configuration gives the same plugin, one by one. */
export function mergedOptions(
  usual: MinutesOptions["plugins"],
  own: MinutesOptions["plugins"],
): MinutesOptions["plugins"] {
  const changed = Object.entries(own).map(([id, options]) => {
    const before = usual[id];
    return [id, options === false || before === undefined || before === false ? options : { ...before, ...options }];
  });
  return { ...usual, ...Object.fromEntries(changed) };
}
