import type { ParticipantId } from "../protocol/identity.ts";

/** Rights that LiveKit gives a person in the call. */
export type CallRights = { readonly publish: boolean; readonly hear: boolean };

type Known = { readonly sid: string; rights: CallRights; sending: Promise<void>; waiting: number };

/**
 * Sets rights of people. LiveKit takes all rights of a person in one request; so those for one person go one after
 * another, each with all that is wanted by then. The one that takes the right to speak waits for none, and is said
 * again after those that it overtook: LiveKit may have done one of them last.
 */
export class Permissions {
  readonly #send: (id: ParticipantId, rights: CallRights) => Promise<void>;
  readonly #known = new Map<ParticipantId, Known>();

  constructor(send: (id: ParticipantId, rights: CallRights) => Promise<void>) {
    this.#send = send;
  }

  /** Takes a connection with the rights that it came with. */
  arrived({
    id,
    sid,
    mayPublish,
    mayHear,
  }: {
    readonly id: ParticipantId;
    readonly sid: string;
    readonly mayPublish: boolean;
    readonly mayHear: boolean;
  }): void {
    if (this.#known.get(id)?.sid !== sid)
      this.#known.set(id, {
        sid,
        rights: { publish: mayPublish, hear: mayHear },
        sending: Promise.resolve(),
        waiting: 0,
      });
  }

  mayHear(id: ParticipantId): boolean {
    return this.#known.get(id)?.rights.hear ?? false;
  }

  change(id: ParticipantId, change: Partial<CallRights>): Promise<void> {
    const known = this.#known.get(id) ?? {
      sid: "",
      rights: { publish: true, hear: false },
      sending: Promise.resolve(),
      waiting: 0,
    };
    this.#known.set(id, known);
    known.rights = { ...known.rights, ...change };
    if (change.publish !== false || known.waiting === 0) return this.#sendInOrder(id, known);
    const sent = this.#send(id, known.rights);
    void this.#sendInOrder(id, known).catch(() => {});
    return sent;
  }

  #sendInOrder(id: ParticipantId, known: Known): Promise<void> {
    known.waiting += 1;
    const sending = known.sending.catch(() => {}).then(() => this.#send(id, known.rights));
    known.sending = sending.finally(() => (known.waiting -= 1));
    return known.sending;
  }
}
