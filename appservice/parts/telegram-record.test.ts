import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { who } from "../../tests/support/assembly/table.ts";
import { council } from "../../tests/support/circle/play.ts";
import { assemblyService } from "../../tests/support/erasure/wordy-assembly.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { roomId } from "../../tests/support/protocol/ids.ts";
import { translateTo } from "../language/translate.ts";
import { openStores } from "../stores.ts";
import { ChatOutbox } from "../telegram/bot/chat-outbox.ts";
import { telegramRecord } from "./telegram-record.ts";

const ROOM = roomId("!garden:hs");
const CHAT = { chat: -100, title: "Pond", instance: null, boundBy: who("ann"), boundAt: 0, forum: false, lost: null };

/** A room with a chat, and what happens there: the record of its meetings and assemblies comes into the chat. */
function bound() {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-telegram-record-"));
  const clock = { now: Date.UTC(2026, 10, 24) };
  const stores = openStores(join(folder, "m.db"), { keepAudioDays: 30, now: () => clock.now, say: () => {} });
  const { close, ...service } = assemblyService(stores, ROOM, clock);
  const outbox = new ChatOutbox(stores.db);
  let [asked, done, woken] = [0, 0, 0];
  const record = telegramRecord({
    chats: { ofRoom: (room) => ({ room, ...CHAT }) },
    outbox,
    ...service,
    facts: {
      isEncrypted: async () => false,
      async titleOf() {
        done++;
        return "Garden";
      },
    },
    urlOf: () => "https://t.me/bot?startapp=1",
    tFor: () => translateTo("en"),
    wake: () => void woken++,
    log: pino({ level: "silent" }),
  });
  service.assemblies.listen((assembly, happened) => {
    if (!happened.some(({ type }) => type === "assembly-gathered" || type === "assembly-ended")) return;
    asked++;
    record.announce(assembly);
  });
  service.meetings.listen(({ meeting, ring }) => {
    asked++;
    record.want(meeting, [], ring);
  });
  onTestFinished(async () => {
    await record.stop();
    close();
    stores.close();
    rmSync(folder, { recursive: true, force: true });
  });
  /** Brings the chat to what it should be once all is prepared, and tells what was done there. */
  const delivered = async () => {
    await expect.poll(() => done).toBe(asked);
    const acts: string[] = [];
    for (;;) {
      clock.now += 10_000;
      const next = outbox.next(ROOM, clock.now);
      if (!next || "from" in next) return acts;
      acts.push(next.html === null ? "taken away" : next.message === null ? "sent" : "edited");
      if (next.html === null) outbox.went(next);
      else outbox.sent(next, next.message ?? clock.now, clock.now);
    }
  };
  const rows = () => stores.db.prepare("SELECT count(*) FROM telegram_outbox").pluck().get();
  return { ...service, clock, delivered, rows, woken: () => woken };
}

test("the announcement of an assembly that is forgotten before it began goes from the chat, and nothing comes", async () => {
  const { assemblies, erasing, by, delivered, rows, woken } = bound();
  assemblies.open(ROOM, "en");
  by("ann", { type: "join", name: "ann", language: null });
  expect(await delivered()).toEqual(["sent"]);
  const before = woken();
  await erasing.forgetBefore(ROOM, Infinity);
  expect(assemblies.of(ROOM)).toBeNull();
  expect(await delivered()).toEqual(["taken away"]);
  expect(woken()).toBeGreaterThan(before);
  expect(rows()).toBe(0);
});

test("one that is forgotten before anything was sent of it leaves nothing", async () => {
  const { assemblies, erasing, delivered, rows } = bound();
  assemblies.open(ROOM, "en");
  await erasing.forgetBefore(ROOM, Infinity);
  expect(await delivered()).toEqual([]);
  expect(rows()).toBe(0);
});

test("so it is with a circle; where one was held, what stands of it in the chat stays", async () => {
  const { meetings, clock, delivered, rows } = bound();
  const join = () => {
    const actor = madeActor(who("ann"), { name: "ann", moderates: true });
    meetings.send(ROOM, { type: "join", name: "ann", actor, at: clock.now, expectedVersion: null });
    return actor;
  };
  join();
  expect(await delivered()).toEqual(["sent"]);
  await meetings.forget(ROOM, { begun: Infinity, still: Infinity });
  expect(await delivered()).toEqual(["taken away"]);
  const as = { actor: join(), at: clock.now, expectedVersion: null };
  meetings.send(ROOM, { type: "start", plan: council(), topic: "tea", seed: 1, ...as });
  meetings.send(ROOM, { type: "end", ...as });
  await delivered();
  await meetings.forget(ROOM, { begun: Infinity, still: Infinity });
  expect(meetings.of(ROOM)).toBeNull();
  expect(await delivered()).toEqual([]);
  expect(rows()).toBe(0);
});
