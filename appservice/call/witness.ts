import { SignalRequest, SignalResponse, TrackType, UpdateSubscription, type ParticipantInfo } from "@livekit/protocol";
import { BackOff } from "../retry/back-off.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, startTimer } from "../time/time.ts";

export type WitnessDeps = {
  /** Address with ws:// or wss://. */
  url: string;
  /** Called before each visit; resolves to a token under a name that nobody can have known before. */
  admission(): Promise<string>;
  /** Called with the connection of somebody whose sound is not for everybody. */
  onWithheld(sid: string): void;
};

/** Limit for opening: a line into a LiveKit that hangs says neither that it is open nor that it is not. */
const OPEN_WITHIN_MS = 4_000;
/** Length of a visit; it ends before LiveKit gives up on a client to whom no sound can be sent. */
const STAYS_MS = 8_000;

/**
 * Asks for everybody's sound, under a name made up for each visit, and takes none. At LiveKit each publisher may name
 * the people who may hear them; so one who withholds their sound from anybody withholds it from this name, too, and
 * LiveKit says so in the same moment. It speaks LiveKit's protocol itself, for our SDK passes over that answer.
 */
export class Witness {
  readonly #options: WitnessDeps;
  readonly #backOff = new BackOff();
  readonly #lines = new Set<WebSocket>();
  #next: Timer | undefined;
  #closed = false;

  constructor(options: WitnessDeps) {
    this.#options = options;
    void this.#visit();
  }

  close(): void {
    this.#closed = true;
    clearTimer(this.#next);
    this.#backOff.cancel();
    for (const line of this.#lines) line.close();
  }

  async #visit(): Promise<void> {
    const token = await this.#options.admission().catch(() => null);
    if (this.#closed) return;
    if (token === null) return void this.#backOff.retry(() => void this.#visit());
    const line = new WebSocket(addressOf(this.#options.url, token));
    line.binaryType = "arraybuffer";
    const before = [...this.#lines];
    this.#lines.add(line);
    const asked = new Set<string>();
    const tooLate = startTimer(() => line.close(), OPEN_WITHIN_MS);
    line.addEventListener("open", () => {
      clearTimer(tooLate);
      this.#backOff.succeeded();
      // The next visit begins before this one ends.
      for (const earlier of before) earlier.close();
      this.#next = startTimer(() => void this.#visit(), STAYS_MS);
    });
    line.addEventListener("message", ({ data }: MessageEvent) => {
      if (data instanceof ArrayBuffer) this.#hear(new Uint8Array(data), line, asked);
    });
    // Comes after every error as well.
    line.addEventListener("close", () => {
      clearTimer(tooLate);
      const isLast = this.#lines.delete(line) && this.#lines.size === 0;
      if (!isLast || this.#closed) return;
      clearTimer(this.#next);
      this.#backOff.retry(() => void this.#visit());
    });
  }

  #hear(data: Uint8Array, line: WebSocket, asked: Set<string>): void {
    const { message } = SignalResponse.fromBinary(data);
    if (message.case === "join") ask(line, asked, message.value.otherParticipants);
    if (message.case === "update") ask(line, asked, message.value.participants);
    if (message.case === "subscriptionPermissionUpdate" && !message.value.allowed)
      this.#options.onWithheld(message.value.participantSid);
  }
}

function ask(line: WebSocket, asked: Set<string>, people: readonly ParticipantInfo[]): void {
  const trackSids = people
    .flatMap(({ tracks }) => tracks)
    .filter(({ type, sid }) => type === TrackType.AUDIO && !asked.has(sid))
    .map(({ sid }) => sid);
  if (trackSids.length === 0) return;
  for (const sid of trackSids) asked.add(sid);
  line.send(
    new SignalRequest({
      message: { case: "subscription", value: new UpdateSubscription({ trackSids, subscribe: true }) },
    }).toBinary(),
  );
}

function addressOf(url: string, token: string): URL {
  const address = new URL("rtc", url.endsWith("/") ? url : `${url}/`);
  address.search = new URLSearchParams({
    access_token: token,
    auto_subscribe: "0",
    protocol: "15",
    sdk: "js",
    version: "2.0.0",
  }).toString();
  return address;
}
