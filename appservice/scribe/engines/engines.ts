import type { Engine } from "../engine.ts";
import type { ScribeOptions } from "../options.ts";

/**
 * Engines by their name in the configuration. They are loaded only when chosen: packages that they need may not be
 * installed.
 */
const ENGINES = {
  sherpa: async (options: ScribeOptions) => (await import("./sherpa.ts")).openSherpa(options.sherpa),
  openai: async (options: ScribeOptions) => (await import("./openai.ts")).openOpenAi(options.openai),
};

/**
 * Opens the engine that makes captions of English in place of the engine of the record; null where that one makes them
 * all.
 */
export async function openQuickEngine({ captions, moonshine }: ScribeOptions): Promise<Engine | null> {
  return captions === "moonshine" ? (await import("./moonshine.ts")).openMoonshine(moonshine) : null;
}

export function openEngine(options: ScribeOptions): Promise<Engine> {
  if (options.engine === "off") return Promise.reject(new Error("speech recognition is switched off"));
  return ENGINES[options.engine](options);
}
