import type { MessagePort, Worker } from "node:worker_threads";
import { ServiceError } from "../protocol/mindminder-error.ts";

/** The thread of the keys has ended, or does not answer; it is started anew by itself. */
export class KeysBusy extends ServiceError {
  constructor(message: string, options?: ErrorOptions) {
    super("KEYS_BUSY", message, options);
  }
}

type Act = (...given: never[]) => unknown;
/** Requests that one of two threads answers, by name. */
export type Acts = Readonly<Record<string, Act>>;
type Given<Each> = Each extends (...given: infer All) => unknown ? All : never;
type Made<Each> = Each extends (...given: never[]) => infer Result ? Awaited<Result> : never;

type Letter =
  | { readonly ask: string; readonly number: number; readonly given: readonly unknown[] }
  | { readonly answers: number; readonly made: unknown }
  | { readonly answers: number; readonly failed: string; readonly code: string | null };

type Waiting = { readonly resolve: (made: unknown) => void; readonly reject: (error: Error) => void };

export type Exchange<Theirs extends Acts> = {
  readonly ask: <Name extends keyof Theirs & string>(
    name: Name,
    ...given: Given<Theirs[Name]>
  ) => Promise<Made<Theirs[Name]>>;
  /** Refuses all that is still unanswered. */
  readonly end: (why: string) => void;
};

/**
 * Lets two threads ask one another. An error of the other side comes as `KeysBusy` with its sentence, and its code if
 * it had one.
 */
export function exchange<Theirs extends Acts>(port: MessagePort | Worker, ours: Acts): Exchange<Theirs> {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  const answer = async ({ ask, number, given }: Extract<Letter, { ask: string }>) => {
    try {
      const act = ours[ask] as ((...given: readonly unknown[]) => unknown) | undefined;
      if (!act) throw new Error(`there is no act ${ask}`);
      port.postMessage({ answers: number, made: await act(...given) } satisfies Letter);
    } catch (error) {
      const { code } = (error ?? {}) as { code?: unknown };
      const failed = error instanceof Error ? error.message : String(error);
      port.postMessage({ answers: number, failed, code: typeof code === "string" ? code : null } satisfies Letter);
    }
  };
  port.on("message", (letter: Letter) => {
    if ("ask" in letter) return void answer(letter);
    const asked = waiting.get(letter.answers);
    waiting.delete(letter.answers);
    if ("failed" in letter) asked?.reject(new KeysBusy(letter.failed, { cause: { code: letter.code } }));
    else asked?.resolve(letter.made);
  });
  return {
    ask: (name, ...given) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve: resolve as Waiting["resolve"], reject });
        port.postMessage({ ask: name, number: last, given } satisfies Letter);
      }),
    end(why) {
      for (const { reject } of waiting.values()) reject(new KeysBusy(why));
      waiting.clear();
    },
  };
}
