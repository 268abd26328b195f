import type { z } from "zod";
import type { Language } from "../protocol/identity.ts";
import type {
  About,
  Comment,
  Growing,
  MadeBy,
  MinutesEntry,
  MinutesResult,
  Utterance,
} from "../protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import type { Embeddings } from "./embeddings/embeddings.ts";
import type { TranslationFailure } from "../protocol/translation.ts";
import type { SummaryTemplate } from "../protocol/summary-template.ts";
import type { Llm } from "./llm/llm.ts";
import type { MinutesPerson } from "./person.ts";
import type { ByRule } from "./rules.ts";

/**
 * A plugin of the minutes: one file in `plugins/`, whose default export is made by `plugin()`. The core finds it by
 * listing that folder and knows none by name.
 */
export type Descriptor<Options extends z.ZodType> = {
  /** Key of its options in the configuration, and its name in `MadeBy`. */
  readonly id: string;
  /** Grows when its results would differ for the same input. */
  readonly version: string;
  /**
   * Stage that must be over before it runs; a turn is over once all of its text is there. `asked`: only when a person
   * asks.
   */
  readonly after: "turn" | "circle" | "meeting" | "asked";
  /** Subject of its results; it makes one for each. */
  readonly about: About["kind"];
  /** Order among plugins about the same subject; the lower is made, and shown, first. */
  readonly place: number;
  /** Parts of the record that it is given; left out: both. */
  readonly needs?: readonly ("transcript" | "comments")[];
  /** Plugins whose results it is given. It waits until they are made or given up. */
  readonly reads: readonly string[];
  readonly options: Options;
  run(input: RunInput<z.output<Options>>): Promise<Made>;
  /**
   * Sums up the turns heard so far, while the circle it is about still runs: shown as growing, and kept nowhere. It is
   * the time to prepare, too, so that little is left to do at the end.
   */
  grow?(input: RunInput<z.output<Options>>): Promise<Growth>;
};

/** Texts of a record that a person wants to read in another language. */
export type TranslationInput<Options = unknown> = {
  readonly texts: readonly string[];
  readonly to: Language;
  /** The room is encrypted. */
  readonly encrypted: boolean;
  readonly llm: Llm | null;
  readonly options: Options;
  readonly signal: AbortSignal;
};

/** Each text in the other language; null where there is none. `failed`: reason for which all are null. */
export type Translated = {
  readonly texts: readonly (string | null)[];
  readonly model: string | null;
  readonly failed: TranslationFailure | null;
};

/** Summary so far, while it grows. */
export type Growth = Pick<Growing, "sentences" | "method">;

export type RunInput<Options = unknown> = {
  readonly about: About;
  readonly meeting: MeetingSnapshot;
  readonly people: readonly MinutesPerson[];
  /** Utterances of its subject, in the order said. */
  readonly utterances: readonly Utterance[];
  /**
   * Comments typed meanwhile by the people it is about, or in its circles. Nobody said them: they are no part of the
   * speech.
   */
  readonly comments: readonly Comment[];
  /** Results of the plugins it reads, within its subject. */
  readonly results: readonly MinutesEntry[];
  /** Language model; null when none is configured: a plugin must then make something honest without it, or fail. */
  readonly llm: Llm | null;
  /** Likeness of meaning; null when none is configured. */
  readonly embeddings?: Embeddings | null;
  readonly options: Options;
  /** Language to write in. */
  readonly language: Language;
  /** Milliseconds since the epoch, by the server's clock. */
  readonly now: number;
  /** Fires at the time limit and when the service stops. */
  readonly signal: AbortSignal;
  /** Template that the room wants for its summaries; absent or null: as the plugin writes them. */
  readonly template?: SummaryTemplate | null;
  /** Shows how far the result has come. */
  readonly show?: (growth: Growth) => void;
  /** Milliseconds between two showings: what is given to `show` sooner need not be made. */
  readonly showEveryMs?: number;
  /** Memory of the plugin between `grow` and `run` about the same subject; lost when the service stops. */
  readonly memory?: Map<string, unknown>;
  /** Asks a rule; it is worked out apart from the thread on which everything else waits. */
  readonly byRule: ByRule;
  /** Writes to the log that something went wrong and the plugin coped. */
  warn(message: string, detail?: Record<string, unknown>): void;
};

export type Made = { readonly result: MinutesResult } & Pick<MadeBy, "method" | "model" | "prompt" | "withoutModel">;

/** A plugin whose options' type is kept inside. */
export type Plugin = Omit<Descriptor<z.ZodType>, "run" | "grow"> & {
  run(input: RunInput): Promise<Made>;
  grow?(input: RunInput): Promise<Growth>;
  /** Puts texts into another language; of plugins that run only when a person asks. */
  translate?(input: TranslationInput): Promise<Translated>;
};

type Translator<Options extends z.ZodType> = Pick<Descriptor<Options>, "id" | "version" | "options"> & {
  translate(input: TranslationInput<z.output<Options>>): Promise<Translated>;
};

/** A plugin that translates when a person asks for it, and makes nothing that is kept. */
export function translator<Options extends z.ZodType>({ translate, ...rest }: Translator<Options>): Plugin {
  return {
    ...rest,
    after: "asked",
    about: "meeting",
    place: 90,
    reads: [],
    run: () => Promise.reject(new Error(`the plugin ${rest.id} makes nothing unless it is asked`)),
    translate: (input) => translate({ ...input, options: rest.options.parse(input.options) as z.output<Options> }),
  };
}

export function plugin<Options extends z.ZodType>(descriptor: Descriptor<Options>): Plugin {
  const { run, grow, ...rest } = descriptor;
  const typed = (input: RunInput): RunInput<z.output<Options>> => ({
    ...input,
    options: descriptor.options.parse(input.options),
  });
  return { ...rest, run: (input) => run(typed(input)), ...(grow ? { grow: (input) => grow(typed(input)) } : {}) };
}
