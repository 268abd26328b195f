import type { RemoteTrack, Room } from "livekit-client";

/** Interval of looks. */
const EVERY_MS = 500;
/**
 * So long without a single packet is a broken link: browsers ask the other side at least every 2.5 s whether it is
 * there (RFC 7675, consent), and are answered.
 */
const BROKEN_AFTER_MS = 3_200;

/**
 * So long without a single packet is quiet, where packets came all the time before (somebody talks) and the other side
 * leaves a question open. Whoever talks may have lost their own link: then the questions are answered.
 */
const QUIET_AFTER_MS = 1_700;
/** Looks in a row that found something new not long after the one before: so long has the link been in use. */
const IN_USE_LOOKS = 3;
/** Reports on what one says oneself come once a second. */
const IN_USE_EVERY_MS = 1_300;

export type Arrived = {
  /** Count of all that has arrived, which grows while the link is whole. */
  readonly count: number;
  /** Questions whether the other side is there that it has not answered, of all that were ever sent. */
  readonly unanswered: number;
};

type Options = {
  /** Null where there is no connection yet. */
  readonly arrived: () => Promise<Arrived | null>;
  /** The link gives no sign of life, or gives one again. */
  readonly onQuiet: (quiet: boolean) => void;
  /** The link was broken and is whole again. */
  readonly onBack: () => void;
};

/**
 * Notices that a link breaks, and that it is whole again, as soon as the first packet arrives. What was sent over TCP
 * meanwhile comes much later: after a break of 5 s its sender waits for as long once more before it tries again (RFC
 * 6298, 5.5).
 */
export class LinkWatch {
  readonly #options: Options;
  readonly #looking: ReturnType<typeof setInterval>;
  #last: Arrived | null = null;
  #grewAt = 0;
  #looksInUse = 0;
  #quiet = false;

  constructor(options: Options) {
    this.#options = options;
    this.#looking = setInterval(() => void this.#look(), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#looking);
  }

  async #look(): Promise<void> {
    const arrived = await this.#options.arrived().catch(() => null);
    if (arrived === null) return;
    const before = this.#last;
    const now = performance.now();
    if (before !== null && arrived.count === before.count) return this.#nothingCame(arrived.unanswered, now);
    const silentFor = now - this.#grewAt;
    this.#looksInUse = silentFor < IN_USE_EVERY_MS ? this.#looksInUse + 1 : 0;
    this.#last = arrived;
    this.#grewAt = now;
    this.#setQuiet(false);
    // A smaller count is another connection's, which tells everything by itself.
    if (before !== null && arrived.count > before.count && silentFor > BROKEN_AFTER_MS) this.#options.onBack();
  }

  #nothingCame(unanswered: number, now: number): void {
    const silentFor = now - this.#grewAt;
    const asked = this.#last !== null && unanswered > this.#last.unanswered;
    const quietAfter = this.#looksInUse >= IN_USE_LOOKS && asked ? QUIET_AFTER_MS : BROKEN_AFTER_MS;
    if (silentFor >= quietAfter) this.#setQuiet(true);
  }

  #setQuiet(quiet: boolean): void {
    if (quiet === this.#quiet) return;
    this.#quiet = quiet;
    this.#options.onQuiet(quiet);
  }
}

/** Asks for the statistics of both connections: by one all voices come, by the other one's own goes. */
export async function arrivedIn(room: Pick<Room, "remoteParticipants" | "localParticipant">): Promise<Arrived | null> {
  const theirs = [...room.remoteParticipants.values()].flatMap(({ trackPublications }) => [
    ...trackPublications.values(),
  ]);
  const receiver = theirs.map(({ track }) => (track as RemoteTrack | undefined)?.receiver).find(Boolean);
  const [own] = room.localParticipant.trackPublications.values();
  const stats = await Promise.all([receiver?.getStats(), own?.track?.sender?.getStats()]);
  const found = stats.filter((each) => each !== undefined).map(arrivedBy);
  if (found.length === 0) return null;
  return {
    count: found.reduce((sum, { count }) => sum + count, 0),
    unanswered: found.reduce((sum, { unanswered }) => sum + unanswered, 0),
  };
}

type CandidatePair = {
  readonly type: string;
  readonly bytesReceived?: number;
  readonly requestsSent?: number;
  readonly responsesReceived?: number;
};

/** Counts what has arrived over the connections that these statistics are of: bytes, and answers to “are you there”. */
export function arrivedBy(stats: RTCStatsReport): Arrived {
  let [count, unanswered] = [0, 0];
  stats.forEach((each: CandidatePair) => {
    if (each.type !== "candidate-pair") return;
    const { bytesReceived = 0, requestsSent = 0, responsesReceived = 0 } = each;
    count += bytesReceived + responsesReceived;
    unanswered += requestsSent - responsesReceived;
  });
  return { count, unanswered };
}
