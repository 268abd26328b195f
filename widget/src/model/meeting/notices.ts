import type { CircleRefusal } from "@mindminder/protocol/refusal.ts";
import { Store } from "../store.ts";

export type NoticeKey =
  | "serviceAway"
  | "notDone"
  | "microphoneFailed"
  | "cameraFailed"
  | "screenFailed"
  | "speakerFailed"
  | "removedFromCall"
  | "noEncryption"
  | "leavesWithRoom"
  | "microphoneClosed"
  | "youKeep"
  | "keeperLeft"
  | "takenOut";

/** A sentence that passes by: the service's own, one of ours by its key, or why the circle refused. */
export type Notice = { readonly id: number } & (
  | { readonly text: string }
  | { readonly key: NoticeKey }
  | { readonly refused: CircleRefusal }
);

const LASTS_MS = 7_000;

export class NoticeStore extends Store<{ readonly shown: readonly Notice[] }> {
  #count = 0;

  constructor() {
    super({ shown: [] });
  }

  show(what: { text: string } | { key: NoticeKey } | { refused: CircleRefusal }): void {
    const id = ++this.#count;
    const same = JSON.stringify(what);
    const others = this.get().shown.filter(({ id: _, ...notice }) => JSON.stringify(notice) !== same);
    this.set({ shown: [...others.slice(-2), { id, ...what }] });
    setTimeout(() => this.dismiss(id), LASTS_MS);
  }

  dismiss(id: number): void {
    this.set({ shown: this.get().shown.filter((notice) => notice.id !== id) });
  }
}
