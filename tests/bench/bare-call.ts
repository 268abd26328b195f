import { RoomServiceClient } from "livekit-server-sdk";
import type { LiveKit } from "../support/stack/livekit.ts";
import type { Circle, Pass } from "./seven.ts";

/**
 * The same people in the same call with nothing of ours around it: the three requests to LiveKit that a pass cannot do
 * without, sent in the moment of the click. What the product takes beyond this is the product's. Only while no meeting
 * runs, for the product would hold it for speech out of turn.
 */
export class BareCall {
  readonly #api: RoomServiceClient;
  readonly #room: string;
  readonly #circle: Circle;
  readonly #microphones: readonly { identity: string; sid: string }[];
  #passes = 0;

  static async begin({ httpUrl, apiKey, apiSecret }: LiveKit, room: string, circle: Circle): Promise<BareCall> {
    const call = new BareCall(new RoomServiceClient(httpUrl, apiKey, apiSecret), room, circle);
    await Promise.all(
      call.#microphones.map(({ identity, sid }, index) =>
        call.#api.mutePublishedTrack(room, identity, sid, index !== 0),
      ),
    );
    return call;
  }

  private constructor(api: RoomServiceClient, room: string, circle: Circle) {
    this.#api = api;
    this.#room = room;
    this.#circle = circle;
    this.#microphones = circle.callers.map(({ identity, room: { localParticipant } }) => {
      const [publication] = localParticipant?.trackPublications.values() ?? [];
      return { identity, sid: publication?.sid ?? "" };
    });
  }

  /** `size`: how long the metadata is, in characters; as long as the product's, for the comparison to be fair. */
  pass(size: number): Promise<Pass> {
    const old = this.#at(this.#passes);
    const next = this.#at(++this.#passes);
    const metadata = `${this.#passes} `.padEnd(size, "x");
    return this.#circle.measure({
      old: old.identity,
      next: next.identity,
      shows: (shown) => shown === metadata,
      click: async () => {
        await Promise.all([
          this.#api.mutePublishedTrack(this.#room, old.identity, old.sid, true),
          this.#api.mutePublishedTrack(this.#room, next.identity, next.sid, false),
          this.#api.updateRoomMetadata(this.#room, metadata),
        ]);
      },
    });
  }

  #at(pass: number): { identity: string; sid: string } {
    const found = this.#microphones[pass % this.#microphones.length];
    if (!found) throw new Error("nobody is in the call");
    return found;
  }
}
