import { setTimeout as wait } from "node:timers/promises";
import type { Offence } from "../../../appservice/call/gate-rules.ts";
import type { CallAccess } from "../../../appservice/call/calls.ts";
import { Caller, setMuted } from "../call/caller.ts";
import { RawSignal } from "./raw-signal.ts";
import { LocalAudioTrack } from "@livekit/rtc-node";

/**
 * One way to speak out of turn. It is tried by somebody who sits in the call, microphone muted, while another has the
 * word.
 */
export type Attack = {
  readonly name: string;
  /** Offences that the gate may report; none where LiveKit itself lets nothing of it happen. */
  readonly foundOutAs: readonly Offence[];
  /** Tried in `npm test`, too. */
  readonly sample?: true;
  run(rogue: Rogue): Promise<void>;
};

/** A person who does with their client, and with the protocol below it, what the widget never would. */
export class Rogue {
  readonly id: string;
  /** Access as the service gave it when they came in. */
  readonly access: CallAccess;
  readonly #freshAccess: () => Promise<CallAccess>;
  readonly #lines: { close(): void }[] = [];
  client: Caller;

  static async enter(id: string, freshAccess: () => Promise<CallAccess>): Promise<Rogue> {
    const access = await freshAccess();
    const client = await Caller.join({ ...access, ears: false, subscribes: false });
    await client.publish({ muted: true });
    return new Rogue(id, access, freshAccess, client);
  }

  private constructor(id: string, access: CallAccess, freshAccess: () => Promise<CallAccess>, client: Caller) {
    this.id = id;
    this.access = access;
    this.#freshAccess = freshAccess;
    this.client = client;
  }

  get microphone(): LocalAudioTrack {
    const tracks = [...(this.client.room.localParticipant?.trackPublications.values() ?? [])].map(({ track }) => track);
    const found = tracks.find((track) => track instanceof LocalAudioTrack);
    if (!found) throw new Error(`${this.id} has no microphone`);
    return found;
  }

  unmute(): void {
    setMuted(this.microphone, false);
  }

  mute(): void {
    setMuted(this.microphone, true);
  }

  /** Takes the microphone back, as far as LiveKit still has it. */
  async unpublish(): Promise<void> {
    const { sid } = this.microphone;
    if (sid) await this.client.room.localParticipant?.unpublishTrack(sid);
  }

  /** Comes in once more; LiveKit puts the earlier connection of the same identity out. */
  async enterAgain(access?: CallAccess): Promise<void> {
    const before = this.client;
    this.client = await Caller.join({ ...(access ?? (await this.#freshAccess())), ears: false, subscribes: false });
    this.#lines.push({ close: () => void before.leave() });
  }

  /**
   * Speaks the signalling protocol itself, on top of the connection that is there: what no SDK lets through goes
   * through.
   */
  async takeTheLine(): Promise<RawSignal> {
    const sid = this.client.room.localParticipant?.sid ?? "";
    const line = await RawSignal.resume(this.access, sid);
    this.#lines.push(line);
    return line;
  }

  /** A publication that LiveKit refuses is never answered: nobody waits for it. */
  publishAnyway(options: Parameters<Caller["publish"]>[0] = {}): void {
    void this.client.publish(options).catch(() => {});
  }

  async leave(): Promise<void> {
    for (const line of this.#lines) line.close();
    await this.client.leave();
  }
}

/** The pace of an attack. */
export const moment = (ms: number) => wait(ms);
