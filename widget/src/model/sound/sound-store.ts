import type { MeetingId } from "@mindminder/protocol/identity.ts";
import { Store } from "../store.ts";
import type { ServiceClient } from "../service/service-client.ts";

export type SoundState = {
  /** Utterances that can be heard, of the meeting they were asked for. */
  readonly meeting: MeetingId | null;
  readonly hearable: ReadonlySet<string>;
  /** The sound being played. */
  readonly playing: string | null;
};

/** Plays a sound to its end; `stop` ends it before. */
export type Player = (sound: Blob) => { readonly ended: Promise<void>; readonly stop: () => void };

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

  /** One utterance after another, from the beginning of the first; anything else that plays is ended. */
  readonly play = async (meeting: MeetingId, utterances: readonly string[]): Promise<void> => {
    this.stop();
    const turn = ++this.#turn;
    for (const utterance of utterances) {
      this.set({ playing: utterance });
      const sound = await this.#options.client.sound({ meeting, utterance }).catch(() => null);
      if (turn !== this.#turn) return;
      if (!sound) continue;
      const { ended, stop } = (this.#options.play ?? playAloud)(sound);
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

const playAloud: Player = (sound) => {
  const address = URL.createObjectURL(sound);
  const audio = new Audio(address);
  const { promise, resolve } = Promise.withResolvers<void>();
  const over = () => {
    URL.revokeObjectURL(address);
    resolve();
  };
  audio.addEventListener("ended", over);
  audio.addEventListener("error", over);
  audio.play().catch(over);
  const stop = () => {
    audio.pause();
    over();
  };
  return { ended: promise, stop };
};
