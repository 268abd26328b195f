import type { MeetingId } from "@mindminder/protocol/identity.ts";
import { Store } from "../store.ts";
import type { ServiceClient } from "../service/service-client.ts";

export type SoundState = {
  /** Utterances that can be heard, of the meeting they were asked for. */
  readonly meeting: MeetingId | null;
  readonly hearable: ReadonlySet<string>;
  /** The sound being played, and how far it has come. */
  readonly playing: Heard | null;
};

/** An utterance, and a place in its sound, in milliseconds. */
export type Heard = { readonly utterance: string; readonly ms: number };

/** Plays a sound from a place to its end, and tells how far it has come; `stop` ends it before. */
export type Player = (
  sound: Blob,
  ms: number,
  onTime: (ms: number) => void,
) => { readonly ended: Promise<void>; readonly stop: () => void };

type Options = {
  readonly client: Pick<ServiceClient, "hearable" | "sound">;
  readonly play?: Player | undefined;
};

/** The sound of what was said, where people agreed to have it kept. */
export class SoundStore extends Store<SoundState> {
  readonly #options: Options;
  #stop = () => {};
  #turn = 0;
  /** False once the service has said that it keeps no sound. */
  #keeps = true;

  constructor(options: Options) {
    super({ meeting: null, hearable: new Set(), playing: null });
    this.#options = options;
  }

  /** Asks for the utterances that can be heard, while sound is kept at all; without an answer, none are offered. */
  readonly look = async (meeting: MeetingId): Promise<void> => {
    if (!this.#keeps) return;
    const { utterances, keeps } = await this.#options.client
      .hearable({ meeting })
      .catch(() => ({ utterances: [], keeps: true }));
    this.#keeps = keeps;
    this.set({ meeting, hearable: new Set(utterances) });
  };

  /** One utterance after another, each from its place on; anything else that plays is ended. */
  readonly play = async (meeting: MeetingId, heard: readonly Heard[], aloud: Player): Promise<void> => {
    this.stop();
    const turn = ++this.#turn;
    for (const { utterance, ms } of heard) {
      this.set({ playing: { utterance, ms } });
      const sound = await this.#options.client.sound({ meeting, utterance }).catch(() => null);
      if (turn !== this.#turn) return;
      if (!sound) continue;
      const { ended, stop } = (this.#options.play ?? aloud)(sound, ms, (at) => {
        if (turn === this.#turn) this.set({ playing: { utterance, ms: at } });
      });
      this.#stop = stop;
      await ended;
      if (turn !== this.#turn) return;
    }
    this.set({ playing: null });
  };

  readonly stop = (): void => {
    this.#turn++;
    this.#stop();
    this.#stop = () => {};
    this.set({ playing: null });
  };
}
