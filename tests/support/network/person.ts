// Somebody in a call, in a process of their own, so that they can be behind a network of their own: `distant-person.ts`
// starts it. One JSON line for each order on standard input, one for whatever happens on the fourth stream: the client
// library below writes its log to standard output.
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { RoomEvent } from "@livekit/rtc-node";
import { CAPTION_TOPIC, CaptionAttributes } from "../../../appservice/protocol/captions.ts";
import { clips } from "../../bench/voices.ts";
import { Caller } from "../call/caller.ts";
import { Order, type Told, TOLD_ON } from "./wire.ts";

const LOOKS_EVERY_MS = 50;

let caller: Caller | null = null;
let ears: (() => Promise<void>)[] = [];

const now = () => performance.timeOrigin + performance.now();
const out = createWriteStream("", { fd: TOLD_ON });
const tell = (told: Told) => void out.write(`${JSON.stringify(told)}\n`);
const inCall = (): Caller => {
  if (!caller) throw new Error("not in the call");
  return caller;
};

async function join({ url, token, tone }: Extract<Order, { does: "join" }>): Promise<void> {
  const joined = await Caller.join({ url, token, tone, ears: false });
  caller = joined;
  for (const state of [RoomEvent.Reconnecting, RoomEvent.Reconnected, RoomEvent.Disconnected])
    joined.room.on(state as RoomEvent.Reconnected, () => tell({ tells: "connection", state, at: now() }));
  joined.room.registerTextStreamHandler(CAPTION_TOPIC, (reader, { identity }) => {
    reader.readAll().then(
      (text) => {
        const final = CaptionAttributes.parse(reader.info.attributes)["lk.transcription_final"] === "true";
        tell({ tells: "caption", whom: identity, final, text, at: now() });
      },
      () => undefined,
    );
  });
  await joined.publish({ muted: true });
}

function receive(whom: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const looking = setInterval(() => {
      if (!whom.every((who) => inCall().hasVoiceOf(who))) return;
      clearInterval(looking);
      resolve();
    }, LOOKS_EVERY_MS);
  });
}

function listen(whom: string): void {
  const { ear, deafen } = inCall().listenTo(whom);
  let deaf = false;
  ears.push(async () => {
    deaf = true;
    await deafen();
  });
  const follow = async () => {
    while (!deaf) {
      const at = await ear.heard();
      if (deaf) return;
      tell({ tells: "heard", whom, at: performance.timeOrigin + at });
      await ear.silent();
    }
  };
  void follow();
}

async function obey(order: Order): Promise<{ status?: number; body?: string }> {
  switch (order.does) {
    case "join":
      await join(order);
      return {};
    case "ask": {
      const { url, method, headers, body } = order;
      const response = await fetch(url, { method, headers, ...(body !== undefined && { body }) });
      return { status: response.status, body: await response.text() };
    }
    case "receive":
      await receive(order.whom);
      return {};
    case "listen":
      listen(order.whom);
      return {};
    case "deaf": {
      const before = ears;
      ears = [];
      await Promise.all(before.map((deafen) => deafen()));
      return {};
    }
    case "say": {
      const clip = (await clips()).find(({ file }) => file === order.file);
      if (!clip) throw new Error(`there is no voice ${order.file}`);
      await inCall().say(clip.samples);
      return {};
    }
    case "leave":
      await caller?.leave();
      return {};
  }
}

let orders = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const order = orders++;
  const sentAt = now();
  void obey(Order.parse(JSON.parse(line))).then(
    (answer) => tell({ tells: "done", order, sentAt, at: now(), ...answer }),
    (error: unknown) => tell({ tells: "failed", order, error: String(error) }),
  );
}
// LiveKit's client library keeps threads that would keep us alive.
process.exit(0);
