import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { parse, stringify } from "yaml";
import { EventId } from "../../appservice/protocol/identity.ts";
import { KeyStore } from "../../appservice/encryption/key-store.ts";
import { KeyThread } from "../../appservice/encryption/key-thread.ts";
import { openDatabase } from "../../appservice/store/database.ts";
import { MatrixPerson } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { inviteBot } from "../support/stack/room-with-bot.ts";
import { type Bench, p50, p95 } from "./figures.ts";
import { memoryMb } from "./load/process-usage.ts";

const ROOMS = 200;
/** Commands in each of two rooms; the service hears 60 a minute of one person. */
const ROUNDS = 50;
const DECRYPTED = 300;
const WAITS_MS = 60_000;
const ENCRYPTION = { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } };

export const bench: Bench = {
  about: `from a command to its answer in an open and an encrypted room by turns; a start with ${ROOMS} encrypted rooms`,
  async run(say) {
    const dir = await mkdtemp(join(tmpdir(), "mindminder-encrypted-"));
    const service = await startMindminder({ dir, encrypted: true, config: { speech: { engine: "off" } } });
    const ann = await MatrixPerson.registerWithKeys(service.synapse, "ann", "Ann");
    const open = await room(service, ann, []);
    const sealed = await room(service, ann, [ENCRYPTION]);
    const { inOpen, inSealed } = await byTurns(ann, service.botId, open, sealed);
    say(`from command to answer: open ${milliseconds(inOpen)}, encrypted ${milliseconds(inSealed)}`);

    for (let made = 1; made < ROOMS; made++) {
      const another = await room(service, ann, [ENCRYPTION]);
      await ann.say(another, "Good morning");
      if (made % 50 === 0) say(`${made} encrypted rooms`);
    }
    await service.stopService();
    const startedMs = await startToAnswer(service, ann, sealed);
    const with200 = memoryMb(service.pid);
    await withoutEncryption(service);
    const without = memoryMb(service.pid);
    say(
      `started in ${Math.round(startedMs)} ms; ${Math.round(with200)} MB, without encryption ${Math.round(without)} MB`,
    );

    const decrypting = await decrypted(service, ann);
    say(`decrypting: ${milliseconds(decrypting)}`);
    await ann.close();
    await service.stop();
    await rm(dir, { recursive: true, force: true });
    return [
      { name: "encrypted.post_ratio", value: p95(inSealed) / p95(inOpen), unit: "", goal: 1.25 },
      { name: "encrypted.start_s", value: startedMs / 1000, unit: "s", goal: 10 },
      { name: "encrypted.memory_mb", value: with200 - without, unit: "MB", goal: 300 },
      { name: "encrypted.decrypt_p95_ms", value: p95(decrypting), unit: "ms" },
    ];
  },
};

async function room(service: Mindminder, ann: MatrixPerson, state: readonly object[]): Promise<string> {
  const id = await ann.createRoom({ initial_state: state });
  await inviteBot(service, ann, id);
  return id;
}

/**
 * Milliseconds from when the homeserver is given a command until its answer comes by a client's sync, before it is
 * opened.
 */
async function byTurns(ann: MatrixPerson, bot: string, open: string, sealed: string) {
  const [inOpen, inSealed]: [number[], number[]] = [[], []];
  const body = { msgtype: "m.text", body: "!circle status" };
  for (let round = 0; round < ROUNDS; round++) {
    inOpen.push(await answeredAfter(ann, bot, open, "m.room.message", body));
    const content = await ann.seal(sealed, "m.room.message", body);
    inSealed.push(await answeredAfter(ann, bot, sealed, "m.room.encrypted", content));
  }
  return { inOpen, inSealed };
}

async function answeredAfter(
  ann: MatrixPerson,
  bot: string,
  id: string,
  type: string,
  content: object,
): Promise<number> {
  const answered = ann.next(id, ({ sender }) => sender === bot, "an answer");
  const began = performance.now();
  await ann.ask("PUT", `/rooms/${encodeURIComponent(id)}/send/${type}/${randomUUID()}`, content);
  await answered;
  return performance.now() - began;
}

/** A command was written while the service was down. */
async function startToAnswer(service: Mindminder, ann: MatrixPerson, id: string): Promise<number> {
  const answered = ann.next(id, ({ sender }) => sender === service.botId, "an answer", WAITS_MS);
  await ann.say(id, "!circle status");
  const began = performance.now();
  await service.startService();
  await answered;
  return performance.now() - began;
}

/** Starts the service on the same data with no key file. */
async function withoutEncryption(service: Mindminder): Promise<void> {
  await service.stopService();
  const file = join(service.dir, "config.yaml");
  const { encryption: _, ...config } = parse(await readFile(file, "utf8")) as Record<string, unknown>;
  await writeFile(file, stringify(config));
  await service.startService();
}

/** Milliseconds that the thread of the keys takes for an event, asked from the main thread as the service asks. */
async function decrypted(service: Mindminder, ann: MatrixPerson): Promise<number[]> {
  const { url, serverName } = service.synapse;
  const { as_token: asToken } = parse(await readFile(join(service.dir, "registration.yaml"), "utf8")) as {
    as_token: string;
  };
  await fetch(`${url}/_matrix/client/v3/register`, {
    method: "POST",
    headers: { authorization: `Bearer ${asToken}` },
    body: JSON.stringify({ type: "m.login.application_service", username: "mindminder_reader", inhibit_login: true }),
  });
  const userId = `@mindminder_reader:${serverName}`;
  const sessions = new Set<string>();
  const came = Promise.withResolvers<void>();
  const thread = new KeyThread({
    store: new KeyStore(openDatabase(":memory:")),
    device: { url, asToken, userId, secret: "of the bench" },
    log: pino({ level: "silent" }),
    now: Date.now,
    kept: (write) => write(),
    onKeys: (known) => {
      for (const session of known) sessions.add(session);
      came.resolve();
    },
    hopeless: () => null,
  });
  thread.start();
  const room = "!bench:localhost";
  await thread.ask("status");
  ann.keys.rotateAfter = DECRYPTED + 1;
  const took: number[] = [];
  for (let n = 0; n < DECRYPTED; n++) {
    const content = (await ann.keys.write(room, [userId], "m.room.message", { msgtype: "m.text", body: `${n}` })) as {
      [key: string]: unknown;
    };
    await came.promise;
    const event = {
      event_id: EventId.parse(`$${n}`),
      room_id: room,
      type: "m.room.encrypted" as const,
      sender: ann.userId,
      origin_server_ts: Date.now(),
      content,
    };
    const began = performance.now();
    const read = await thread.ask("decrypt", event);
    took.push(performance.now() - began);
    if ("unread" in read) throw new Error(read.why);
  }
  await thread.stop();
  return took;
}

function milliseconds(samples: readonly number[]): string {
  return `p50 ${p50(samples).toFixed(1)}, p95 ${p95(samples).toFixed(1)} ms`;
}
