import type { Logger } from "pino";
import type { DrawnGraph } from "../record/event.ts";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import { pause } from "../retry/insist.ts";
import { Failures } from "../retry/pace.ts";
import type { Uploads } from "./ports.ts";

/** The graph as it should stand in the room, and what of it was drawn last. */
export type WantedPicture = {
  readonly meeting: MeetingId;
  readonly room: RoomId;
  /** Tells this state of the graph from others. */
  readonly state: string;
  /** Time at which the minutes made it: once made anew, a picture that was refused is tried again. */
  readonly madeAt: number;
  /** Number of times that words had been taken back when it was drawn. */
  readonly takenBack: number;
  readonly drawn: DrawnGraph | null;
  readonly facts: Pick<DrawnGraph, "counts" | "central">;
  readonly draw: () => Promise<{ readonly bytes: Uint8Array; readonly width: number; readonly height: number }>;
};

type Picture = NonNullable<DrawnGraph["picture"]>;

export type GraphPicturesDeps = {
  readonly homeserver: Uploads;
  readonly log: Logger;
  readonly now: () => number;
  /** Tells whether words have been taken back since it was drawn. */
  readonly isOutdated: (wanted: WantedPicture) => boolean;
  readonly onDrawn: (meeting: MeetingId, drawn: DrawnGraph) => void;
  /** An encrypted picture cannot be shown within a message: it is to stand beside it. */
  readonly onEncrypted: (wanted: WantedPicture, picture: Picture) => void;
};

const PACE = { firstMs: 500, longestMs: 60_000 };

/**
 * Uploads the picture of a meeting's graph, once for each state of it; where the homeserver will not have it, that is
 * kept, too, so that the room gets the words instead. A homeserver that is away is tried again for as long as it takes.
 */
export class GraphPictures {
  readonly #parts: GraphPicturesDeps;
  readonly #wanted = new Map<MeetingId, WantedPicture>();
  readonly #busy = new Map<MeetingId, Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(parts: GraphPicturesDeps) {
    this.#parts = parts;
  }

  project(wanted: WantedPicture): void {
    const { meeting } = wanted;
    if (this.#stopping.signal.aborted || isDrawn(wanted)) return;
    this.#wanted.set(meeting, wanted);
    if (!this.#busy.has(meeting))
      this.#busy.set(
        meeting,
        this.#serve(meeting).finally(() => this.#busy.delete(meeting)),
      );
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#busy.values());
  }

  async #serve(meeting: MeetingId): Promise<void> {
    const { log } = this.#parts;
    const failures = new Failures(PACE);
    for (
      let wanted = this.#wanted.get(meeting);
      wanted && !this.#stopping.signal.aborted;
      wanted = this.#wanted.get(meeting)
    ) {
      try {
        const { encrypted, ...drawn } = await this.#make(wanted);
        // The same may be wanted again meanwhile; another state comes next.
        const latest = this.#wanted.get(meeting);
        if (latest?.state === wanted.state && latest.madeAt === wanted.madeAt) this.#wanted.delete(meeting);
        failures.reset();
        // Words in it were taken back meanwhile: another picture is on its way.
        if (this.#parts.isOutdated(wanted)) continue;
        if (encrypted) this.#parts.onEncrypted(wanted, encrypted);
        this.#parts.onDrawn(meeting, drawn);
      } catch (error) {
        const retryMs = failures.add();
        log.warn({ meeting, err: error, retryMs }, "the homeserver did not take the picture of the graph; it waits");
        await pause(retryMs, this.#stopping.signal);
      }
    }
  }

  async #make(wanted: WantedPicture): Promise<DrawnGraph & { readonly encrypted?: Picture }> {
    const { meeting, room, state, facts, draw } = wanted;
    const { homeserver, log, now } = this.#parts;
    const made = { ...facts, state };
    const png = await draw().catch((error: unknown) => {
      log.error({ meeting, err: error }, "the picture of the graph could not be drawn; the room gets the words alone");
      return null;
    });
    if (!png) return { ...made, at: now(), picture: null, failed: true };
    const uploaded = await homeserver.upload(png.bytes, "image/png", "graph.png", room);
    if ("refused" in uploaded) {
      log.error(
        { meeting, status: uploaded.refused, errcode: uploaded.errcode, bytes: png.bytes.length },
        "the homeserver refuses the picture of the graph; the room gets the words alone. Check the limits of its media",
      );
      return { ...made, at: now(), picture: null, failed: true };
    }
    const { width, height, bytes } = png;
    const picture: Picture = { mxc: uploaded.mxc, mimetype: "image/png", width, height, size: bytes.length };
    return { ...made, at: now(), ...(uploaded.encrypted ? { picture: null, encrypted: picture } : { picture }) };
  }
}

function isDrawn({ drawn, state, madeAt }: WantedPicture): boolean {
  return drawn !== null && drawn.state === state && (drawn.picture !== null || drawn.at >= madeAt);
}
