import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import { Store } from "../store.ts";

type Load = (who: ParticipantId) => Promise<string | null>;

/** People's pictures, each fetched once, when a face is first to be drawn. */
export class PictureStore extends Store<ReadonlyMap<ParticipantId, string>> {
  readonly #load: Load;
  readonly #asked = new Set<ParticipantId>();

  constructor(load: Load) {
    super(new Map());
    this.#load = load;
  }

  readonly want = (who: ParticipantId): void => {
    if (this.#asked.has(who)) return;
    this.#asked.add(who);
    this.#load(who).then(
      (picture) => {
        if (picture !== null) this.replace(new Map(this.get()).set(who, picture));
      },
      // Letters do as well; the next widget asks again.
      () => undefined,
    );
  };

  /** One that no browser can draw is none. */
  readonly drop = (who: ParticipantId): void => {
    const rest = new Map(this.get());
    rest.delete(who);
    this.replace(rest);
  };
}
