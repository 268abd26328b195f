import type { SetName } from "../protocol/chosen-set.ts";
import type { SummaryTemplate } from "../protocol/summary-template.ts";
import type { Embeddings } from "./embeddings/embeddings.ts";
import type { Llm } from "./llm/llm.ts";
import type { EnabledPlugin } from "./registry.ts";

/** Plugins and models that serve a meeting. */
export type PluginSet = {
  /** Set of the experiments file; left out: the configuration as it is. */
  readonly name?: SetName;
  readonly plugins: readonly EnabledPlugin[];
  /** Model of a plugin; null: none. */
  readonly llmOf: (plugin: string) => Llm | null;
  /** Model of likeness; null or left out: none. */
  readonly embeddings?: Embeddings | null;
  /** Template that the room wants for its summaries. */
  readonly template?: SummaryTemplate | null;
};
