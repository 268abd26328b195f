import { monotonic, nextTurn } from "../time/time.ts";

/** Work in parts of less than a millisecond or two, between which others may have their turn. */
export type Parts<T> = Generator<void, T>;

/** Others wait no longer than this. */
const TURN_MS = 5;
/** Entries that are looked at in one part. */
const ENTRIES = 20;

/** Does the work to its end, while all others wait. */
export function atOnce<T>(parts: Parts<T>): T {
  for (;;) {
    const part = parts.next();
    if (part.done) return part.value;
  }
}

/** Does the work a few milliseconds at a time. */
export async function byTurns<T>(parts: Parts<T>): Promise<T> {
  for (;;) {
    const until = monotonic() + TURN_MS;
    do {
      const part = parts.next();
      if (part.done) return part.value;
    } while (monotonic() < until);
    await nextTurn();
  }
}

/**
 * Lets others have their turn once a few milliseconds have gone by since their last: to be awaited again and again by
 * work that waits for much, for what it waits for may all be there at once.
 */
export function turnsOfOthers(): () => Promise<void> {
  let until = monotonic() + TURN_MS;
  return async () => {
    if (monotonic() < until) return;
    await nextTurn();
    until = monotonic() + TURN_MS;
  };
}

/** The same work, left where it is once it is stopped: null. */
export function* unlessStopped<T>(parts: Parts<T>, isStopped: () => boolean): Parts<T | null> {
  while (!isStopped()) {
    const part = parts.next();
    if (part.done) return part.value;
    yield;
  }
  return null;
}

/** Does something with one after another, some of them in each part. */
export function* eachOf<T>(all: readonly T[], work: (each: T) => void, some = ENTRIES): Parts<void> {
  for (const [i, each] of all.entries()) {
    work(each);
    if (i % some === some - 1) yield;
  }
}
