import type { RemoteTrack, Room } from "livekit-client";

/** Interval of looks. */
const EVERY_MS = 500;
/**
 * So long without a single packet is a broken link: browsers ask the other side at least every 2.5 s whether it is there
 * (RFC 7675, consent), and are answered.
 */
const BROKEN_AFTER_MS = 3_200;

type Options = {
  /** Count of all that has arrived, which grows while the link is whole; null where there is none yet. */
  readonly arrived: () => Promise<number | null>;
  /** The link was broken and is whole again. */
  readonly onBack: () => void;
};

/**
 * Notices that a broken link is whole again, as soon as the first packet arrives. What was sent over TCP meanwhile comes much
 * later: after a break of 5 s its sender waits for as long once more before it tries again (RFC 6298, 5.5).
 */
export class LinkWatch {
  readonly #options: Options;
  readonly #looking: ReturnType<typeof setInterval>;
  #count: number | null = null;
  #grewAt = 0;

  constructor(options: Options) {
    this.#options = options;
    this.#looking = setInterval(() => void this.#look(), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#looking);
  }

  async #look(): Promise<void> {
    const count = await this.#options.arrived().catch(() => null);
    const before = this.#count;
    if (count === null || count === before) return;
    const now = performance.now();
    const silentFor = now - this.#grewAt;
    this.#count = count;
    this.#grewAt = now;
    // A smaller count is another connection's, which tells everything by itself.
    if (before !== null && count > before && silentFor > BROKEN_AFTER_MS) this.#options.onBack();
  }
}

/** Asks for the statistics of somebody's voice, which comes over the connection that all voices do. */
export async function arrivedIn(room: Pick<Room, "remoteParticipants">): Promise<number | null> {
  for (const { trackPublications } of room.remoteParticipants.values())
    for (const { track } of trackPublications.values()) {
      const stats = await (track as RemoteTrack | undefined)?.receiver?.getStats();
      if (stats) return arrivedBy(stats);
    }
  return null;
}

/** Counts what has arrived over the connections that these statistics are of: bytes, and answers to “are you there”. */
export function arrivedBy(stats: RTCStatsReport): number {
  let count = 0;
  stats.forEach((each: { type: string; bytesReceived?: number; responsesReceived?: number }) => {
    if (each.type === "candidate-pair") count += (each.bytesReceived ?? 0) + (each.responsesReceived ?? 0);
  });
  return count;
}
