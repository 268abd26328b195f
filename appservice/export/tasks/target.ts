import { z } from "zod";
import type { AskTaskManager } from "./http.ts";
import type { OutsideTask } from "./outside-task.ts";
import { withoutEnd } from "../../protocol/without-end.ts";

/** Item outside, as it was last seen or written by us. */
export type StandingTask = { readonly id: string; readonly url: string | null; readonly etag: string | null };

/** Knowledge of a task's item before it is put there. */
export type Before = {
  /** Null where no item is known. */
  readonly standing: StandingTask | null;
  /** Status we gave it last; the same one need not be set again, for people outside may have changed it. */
  readonly status: OutsideTask["status"] | null;
  /**
   * True where a try before this one ended without an answer: there may be an item already, to be looked for by its
   * mark.
   */
  readonly maybeThere: boolean;
};

export type SeenOutside = { readonly id: string; readonly done: boolean };

/** `usable`: it knows us, and the place is there. `answers`: nothing more can be known without sending something. */
export type Checked = "usable" | "answers";

/** Task manager with its options, ready to be used. */
export type TaskTarget = {
  /** Looks whether tasks could be put here, and changes nothing. Throws the `TargetProblem` that a task would meet. */
  check(signal: AbortSignal): Promise<Checked>;
  /** Creates the item, or changes the very same one. A dropped task is closed in the way that the target has for it. */
  put(task: OutsideTask, before: Before, signal: AbortSignal): Promise<StandingTask>;
  /** Lists those of the items that are done by now. An item that is not named in the answer is left as it is. */
  look?(items: readonly StandingTask[], since: number, signal: AbortSignal): Promise<SeenOutside[]>;
};

/** Means of a target besides its options. */
export type TargetPorts = {
  readonly ask: AskTaskManager;
  /** Reads a file named in the options. It is read each time, so a new secret needs no restart. */
  readonly secret: (file: string) => string;
  /** Resolves a path in the options from the configuration's folder. */
  readonly path: (path: string) => string;
  readonly now: () => number;
};

export type TargetKind = {
  readonly type: string;
  readonly options: z.ZodObject;
  /** Keys of the options that name a file with a secret. */
  readonly secretFiles: readonly string[];
  readonly open: (options: unknown, doors: TargetPorts) => TaskTarget;
};

const COMMON = {
  suggestions: z.boolean().default(false).describe("Send suggestions, too, which nobody has confirmed"),
  timeoutSeconds: z.number().positive().max(300).default(20).describe("How long one request may take"),
  rooms: z
    .array(z.string().regex(/^!\S+$/, "a room's id begins with !"))
    .min(1)
    .nullable()
    .default(null)
    .describe(
      "Ids of the rooms that may choose it; null: every room in which the bot is, by the word of whoever keeps a meeting there",
    ),
  lookMinutes: z.number().min(0).max(1440).default(5).describe("How often to look what was finished there; 0: never"),
};
export type CommonOptions = {
  readonly suggestions: boolean;
  readonly timeoutSeconds: number;
  readonly lookMinutes: number;
  readonly rooms: readonly string[] | null;
};

/** Declares a kind of target. A new one is a file in `targets/`, and a line in `target-list.ts`. */
export function target<const T extends string, Shape extends z.ZodRawShape>(kind: {
  readonly type: T;
  readonly options: Shape;
  readonly secretFiles: readonly (keyof Shape & string)[];
  readonly open: (options: z.output<z.ZodObject<Shape>>, doors: TargetPorts) => TaskTarget;
}) {
  const options = z.strictObject({ type: z.literal(kind.type), ...kind.options, ...COMMON });
  const open: TargetKind["open"] = (given, doors) => kind.open(z.object(kind.options).parse(given), doors);
  return { type: kind.type, options, secretFiles: kind.secretFiles, open };
}

/**
 * Address without a name and a password: addresses stand in the log and before people's eyes, and requests to one with
 * a password in it would fail and name it.
 */
export const openAddress = z
  .url({ protocol: /^https?$/, error: "must be an address that begins with https:// or http://" })
  .refine((url) => !/^\w+:\/\/[^/?#]*@/.test(url), "must hold no name and no password; there are keys for them");

/** Address with http or https and without a slash at its end. */
export const address = (what: string) => openAddress.transform((url) => withoutEnd(url, /\//)).describe(what);

export const secretFile = (what: string) => z.string().min(1).describe(what);

export const idFor = (what: string) => z.record(z.string(), z.string().min(1)).default({}).describe(what);
