import type { Engine } from "./engine.ts";
import { captionEngine, recordEngine, type ScribeOptions } from "./options.ts";

/**
 * Opens the engine that makes captions of English in place of the engine of the record; null where that one makes them
 * all.
 */
export async function openQuickEngine(options: ScribeOptions): Promise<Engine | null> {
  return (await captionEngine(options)?.open()) ?? null;
}

/** Opens the engine of the record. */
export async function openEngine(options: ScribeOptions): Promise<Engine> {
  const engine = recordEngine(options);
  if (engine === null) throw new Error("speech recognition is switched off");
  return engine.open();
}
