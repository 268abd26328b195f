import type { Readable } from "node:stream";
import { translateTo } from "../language/translate.ts";
import type { Door } from "../protocol/actor.ts";
import type { Language, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Accesses } from "../store/accesses.ts";
import { hashOf } from "../store/secret-hash.ts";
import { randomBytes } from "../time/chance.ts";
import { zipOf } from "./archive.ts";
import { gatherOwnData, type OwnDataDeps } from "./gather.ts";

/** A download is begun within this time, or asked for anew. */
const WAITS_MS = 10 * 60_000;
const MOST_WAITING = 1_000;

export type Asker = { readonly who: ParticipantId; readonly room: RoomId; readonly language: Language };

type Deps = Omit<OwnDataDeps, "accesses"> & {
  readonly accesses: Pick<Accesses, "of" | "note">;
  readonly publicUrl: string;
  readonly path: (code: string) => string;
  readonly now: () => number;
};

/** Archives of all that is kept of somebody, each behind an address of chance that is good once. */
export class OwnDataDesk {
  readonly #deps: Deps;
  readonly #waiting = new Map<string, Asker & { readonly until: number }>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Address from which the person fetches their archive; for nobody else's eyes. */
  addressFor(asker: Asker, door: Door): string {
    const { now, publicUrl, path, accesses } = this.#deps;
    for (const [code, { until }] of this.#waiting) if (until <= now()) this.#waiting.delete(code);
    const [oldest] = this.#waiting.keys();
    if (oldest !== undefined && this.#waiting.size >= MOST_WAITING) this.#waiting.delete(oldest);
    const code = randomBytes(32).toString("base64url");
    this.#waiting.set(hashOf(code), { ...asker, until: now() + WAITS_MS });
    accesses.note({ room: asker.room, meeting: null, who: asker.who, door, what: "own-data" }, now());
    return `${publicUrl}${path(code)}`;
  }

  /** Opens an archive; null where the address was used, or has run out. */
  open(code: string): Readable | null {
    const at = this.#deps.now();
    const asked = this.#waiting.get(hashOf(code));
    this.#waiting.delete(hashOf(code));
    if (!asked || asked.until <= at) return null;
    const { who, room, language } = asked;
    return zipOf(gatherOwnData({ who, room, language, t: translateTo(language), at }, this.#deps), at);
  }
}
