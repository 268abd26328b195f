import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Homeserver } from "./homeserver.ts";
import type { RoomFacts } from "./room-facts.ts";
import { sleep } from "../time/time.ts";

const MOST_KEPT = 500;
/** A ring without a picture is better than one that waits for it; it is there the next time. */
const PATIENCE_MS = 1_500;

/** Picture of somebody whom the homeserver does not know; null: it is the homeserver's to say. */
export type PictureElsewhere = (room: RoomId, who: ParticipantId) => Promise<string | null> | null;

const inTime = (picture: Promise<string | null>) =>
  Promise.race([picture, sleep(PATIENCE_MS, { ref: false }).then(() => null)]);

/** People's pictures, small; the newest few hundred are kept at hand. */
export class Pictures {
  readonly #homeserver: Pick<Homeserver, "picture">;
  readonly #facts: Pick<RoomFacts, "avatarOf">;
  readonly #elsewhere: PictureElsewhere;
  readonly #kept = new Map<string, Promise<string | null>>();

  constructor(
    homeserver: Pick<Homeserver, "picture">,
    facts: Pick<RoomFacts, "avatarOf">,
    elsewhere: PictureElsewhere = () => null,
  ) {
    this.#homeserver = homeserver;
    this.#facts = facts;
    this.#elsewhere = elsewhere;
  }

  /** Picture of a person as a `data:` address; null for those who have none, or none that can be had. */
  async of(room: RoomId, who: ParticipantId): Promise<string | null> {
    const elsewhere = this.#elsewhere(room, who);
    if (elsewhere) return inTime(elsewhere);
    const address = await this.#facts.avatarOf(room, who);
    return address === null ? null : inTime(this.#kept.get(address) ?? this.#load(address));
  }

  #load(address: string): Promise<string | null> {
    const picture = this.#homeserver.picture(address);
    this.#kept.set(address, picture);
    // A picture that could not be had is asked for again the next time.
    void picture.then(
      (got) => {
        if (got === null) this.#kept.delete(address);
      },
      () => this.#kept.delete(address),
    );
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return picture;
  }
}
