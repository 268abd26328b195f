import { mkdtemp } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import { RoomServiceClient } from "livekit-server-sdk";
import { pino } from "pino";
import type { Floor } from "../../../appservice/circle/floor.ts";
import { createCalls, type Calls } from "../../../appservice/call/calls.ts";
import { LATE_CLICK_MS } from "../../../appservice/call/gate.ts";
import { CallNames } from "../../../appservice/store/call-names.ts";
import { openDatabase } from "../../../appservice/store/database.ts";
import type { CallMetadata } from "../../../appservice/protocol/call-metadata.ts";
import { Caller } from "./caller.ts";
import { slowness } from "../slowness.ts";
import { freePort } from "../stack/ports.ts";
import { startLiveKit, type LiveKit, type LiveKitOptions } from "../stack/livekit.ts";
import type { ParticipantId } from "../../../appservice/protocol/identity.ts";
import { roomId } from "../protocol/ids.ts";

export const speaker = (id: ParticipantId): Floor => ({ mode: "speaker", speaker: id });
export const closed: Floor = { mode: "closed" };
export const open: Floor = { mode: "open" };

/** More than a blink of sound is a leak: milliseconds, on a machine with a processor to spare. */
const BLINK_MS = 20;
/** Silence of so many looks, each a moment after the other, is silence. */
const [QUIET_LOOKS, LOOK_MS] = [20, 20];

/** A real LiveKit, the service's part for calls on top of it, and what that part told. */
export class Stage {
  readonly livekit: LiveKit;
  readonly room: string;
  calls: Calls;
  readonly told: string[] = [];
  /** Fate of a webhook on its way; by default it arrives. */
  onTheWay: (deliver: () => Promise<void>) => Promise<void> = (deliver) => deliver();
  readonly #callers: Caller[] = [];
  readonly #webhooks: { close(): void };
  readonly #db = openDatabase(":memory:");
  #record = 0;
  #floorSetAt = 0;

  /** Address at which the service reaches LiveKit; people's clients have a way of their own. */
  readonly #internalUrl: string;

  /** `start`: another way to have a LiveKit than one node alone. `wayTo`: what stands between the service and it. */
  static async open(
    start: (options: LiveKitOptions) => Promise<LiveKit> = startLiveKit,
    wayTo = async (livekit: LiveKit) => livekit.httpUrl,
  ): Promise<Stage> {
    const dir = await mkdtemp(join(tmpdir(), "mindminder-call-"));
    const port = await freePort();
    const livekit = await start({ dir, webhookUrl: `http://127.0.0.1:${port}/` });
    return new Stage(livekit, port, await wayTo(livekit));
  }

  private constructor(livekit: LiveKit, webhookPort: number, internalUrl: string) {
    this.livekit = livekit;
    this.#internalUrl = internalUrl;
    this.room = "!circle";
    this.calls = this.startCalls();
    const server = createServer((request, response) => {
      void text(request)
        .then((body) => this.onTheWay(() => this.calls.receiveWebhook(body, request.headers.authorization)))
        .then(
          () => response.end(),
          () => response.writeHead(401).end(),
        );
    });
    server.listen(webhookPort, "127.0.0.1");
    this.#webhooks = {
      close: () => {
        server.closeAllConnections();
        server.close();
      },
    };
  }

  startCalls(): Calls {
    const { url, apiKey, apiSecret } = this.livekit;
    return createCalls({
      livekit: { url, internalUrl: this.#internalUrl, apiKey, apiSecret },
      names: this.#names(),
      log: pino({ level: process.env.LOG_LEVEL ?? "silent" }),
      mayBeIn: async () => true,
      onPresence: ({ participant, connected }) => this.told.push(`${participant} ${connected ? "came" : "went"}`),
      onViolation: ({ participant, what }) => this.told.push(`${participant} ${what}`),
      onStatus: ({ state }) => this.told.push(state),
      lookAgainMs: 500,
      watchOnMs: 50,
    });
  }

  #names(): CallNames {
    return new CallNames({
      db: this.#db,
      now: Date.now,
      onNotKept: (error) => {
        throw error;
      },
    });
  }

  async join(id: ParticipantId, { tone = 440, publish = true, muted = true } = {}): Promise<Caller> {
    const caller = await Caller.join({ ...(await this.calls.participantToken(roomId(this.room), id, id)), tone });
    this.#callers.push(caller);
    if (publish) await caller.publish({ muted });
    return caller;
  }

  /** Wishes for the floor, and waits until it is so. */
  async floor(floor: Floor, { active = true } = {}): Promise<void> {
    this.calls.project(roomId(this.room), { floor, metadata: this.nextMetadata(), active });
    await until("the floor is as wished", () => this.calls.settled(roomId(this.room)));
    this.#floorSetAt = performance.now();
  }

  /** Waits past the benefit of the doubt given to the speaker before this floor: a second too late is forgiven. */
  async pastTheDoubt(): Promise<void> {
    // The time itself has to pass: nothing tells that it has.
    await wait(Math.max(0, this.#floorSetAt + LATE_CLICK_MS + 200 - performance.now()));
  }

  /**
   * Begins to measure what a listener hears of somebody who may not be heard, and how much of it is no more than a
   * blink: all of this runs in this process and LiveKit's, which may have to wait for a processor.
   */
  leakTo(listener: Caller, id: string): () => { readonly heardMs: number; readonly blinkMs: number } {
    const slow = slowness([process.pid, this.livekit.pid]);
    const before = listener.ear(id).heardMs;
    return () => ({ heardMs: listener.ear(id).heardMs - before, blinkMs: BLINK_MS * slow() });
  }

  /** Identities of all that LiveKit has in the call, our own hidden ones too. */
  async present(): Promise<string[]> {
    const { httpUrl, apiKey, apiSecret } = this.livekit;
    const rooms = new RoomServiceClient(httpUrl, apiKey, apiSecret);
    return (await rooms.listParticipants(this.#names().of(roomId(this.room)))).map(({ identity }) => identity);
  }

  nextMetadata(): CallMetadata {
    return { meeting: null, record: ++this.#record };
  }

  async close(): Promise<void> {
    await Promise.all(this.#callers.map((caller) => caller.leave()));
    await this.calls.close();
    this.#webhooks.close();
    await this.livekit.stop();
  }
}

export async function until(what: string, condition: () => boolean | Promise<boolean>, ms = 45_000): Promise<void> {
  const from = performance.now();
  while (!(await condition())) {
    const waited = performance.now() - from;
    if (waited > ms) throw new Error(`waited in vain: ${what}`);
    // Looks again; more seldom after a while, since the service counts what somebody asks of it.
    await wait(waited < 3_000 ? 20 : 250);
  }
}

/** Milliseconds that `listener` hears of `id` while `ms` pass. */
export async function heardWithin(ms: number, listener: Caller, id: string): Promise<number> {
  const before = listener.ear(id).heardMs;
  // The span that is measured.
  await wait(ms);
  return listener.ear(id).heardMs - before;
}

/** Waits until `listener` hears `id` on and on: on a busy machine sound comes in pieces. */
export async function untilHeard(listener: Caller, id: string): Promise<void> {
  await until(`${id} is heard`, async () => (await heardWithin(500, listener, id)) > 100);
}

/** Waits until nothing more of `id` reaches `listener`: on a busy machine, sound that is under way takes its time. */
export async function untilSilent(listener: Caller, id: string): Promise<void> {
  await until(`${id} is silent`, () => isSilent(listener, id));
}

/** Looks again and again: a time in which this process stood still, and heard nothing of what came, is no silence. */
async function isSilent(listener: Caller, id: string): Promise<boolean> {
  const before = listener.ear(id).heardMs;
  for (let looks = 0; looks < QUIET_LOOKS; looks++) {
    // The time that is looked at.
    await wait(LOOK_MS);
    await nextTurn();
    if (listener.ear(id).heardMs > before) return false;
  }
  return true;
}

async function text(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString("utf8");
}
