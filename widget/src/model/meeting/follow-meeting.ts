import { ServiceFailure } from "../service/failure.ts";
import type { ServiceClient } from "../service/service-client.ts";
import type { MeetingStore } from "./meeting-store.ts";

const POLL_MS = 3_000;
/** In the call everything comes by itself; a rare look keeps the clock right and heals what was missed. */
const POLL_IN_CALL_MS = 20_000;
const RECORD_AT_MOST_EVERY_MS = 700;

type Options = { readonly client: ServiceClient; readonly store: MeetingStore; readonly inCall: () => boolean };

/** Keeps the store in step with the service until it is told to stop. */
export function followMeeting({ client, store, inCall }: Options): () => void {
  const stopped = new AbortController();
  void pollMeeting();
  void pollRecord();
  return () => stopped.abort();

  async function pollMeeting(): Promise<void> {
    let silent = 0;
    while (!stopped.signal.aborted) {
      try {
        store.fromService(await client.meeting());
        silent = 0;
        if (!store.get().reached) store.set({ reached: true });
      } catch (failure) {
        if (isUnreadable(failure)) store.set({ unreadable: true });
        else silent += 1;
        // One lost answer is no news.
        if (silent >= 2 && store.get().reached) store.set({ reached: false });
      }
      await rest(inCall() && silent === 0 ? POLL_IN_CALL_MS : POLL_MS, stopped.signal);
    }
  }

  async function pollRecord(): Promise<void> {
    let shown = 0;
    let of: string | null = null;
    while (!stopped.signal.aborted) {
      const { recordVersion, meeting } = store.get();
      const id = meeting?.id ?? null;
      if (recordVersion === shown && id === of) {
        await changed(stopped.signal);
        continue;
      }
      const record = await client
        .record()
        .then((answer) => answer.record)
        .catch(() => undefined);
      if (record !== undefined && !stopped.signal.aborted) {
        store.set({ record });
        shown = recordVersion;
        of = id;
      }
      await rest(record === undefined ? POLL_MS : RECORD_AT_MOST_EVERY_MS, stopped.signal);
    }
  }

  function changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const over = () => {
        done();
        resolve();
      };
      const done = store.subscribe(over);
      signal.addEventListener("abort", over, { once: true });
    });
  }
}

/** It answered, in a way that only a newer widget understands. */
function isUnreadable(failure: unknown): boolean {
  return failure instanceof ServiceFailure && failure.errcode === "UNREADABLE";
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end, { once: true });
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    }
  });
}
