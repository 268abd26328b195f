import { readFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { heardWithin, until } from "../support/call/call-stage.ts";
import { Caller } from "../support/call/caller.ts";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { TelegramStandIn } from "../support/stack/telegram.ts";
import {
  bindChat,
  enterByTelegram,
  launchOf,
  referenceTo,
  showLaunch,
  telegramSection,
} from "../support/stack/telegram-visitor.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

let telegram: TelegramStandIn;
let mindminder: Mindminder;
let ann: MatrixPerson;

beforeAll(async () => {
  telegram = await new TelegramStandIn().start();
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-")),
    config: { speech: { engine: "off" }, telegram: telegramSection(telegram) },
  });
  ann = await MatrixPerson.register(mindminder.synapse, "ann");
});
afterAll(async () => {
  await ann?.close();
  await mindminder?.stop();
  await telegram?.stop();
});

const FACE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);

/** Ann keeps a meeting in a room of her own, to which a chat of Telegram belongs; Tanya and Petya are in that. */
async function kept() {
  const room = await roomWithBot(mindminder, ann);
  const said: SeenEvent[] = [];
  ann.listen((event) => void (event.room_id === room && said.push(event)));
  const [tanya, petya] = [telegram.people.person("Tanya"), telegram.people.person("Petya", { language_code: "ru" })];
  telegram.showPicture(tanya, FACE);
  const group = telegram.group({ title: "Garden" }, [tanya, petya]);
  bindChat(mindminder, room, group);
  const keeper = await WidgetPerson.open(mindminder.url, room, ann);
  await keeper.joinCircle();
  const caller = await Caller.join({ ...(await keeper.call()), ears: true });
  await keeper.command({ type: "start" });
  const meeting = (await keeper.meeting()).meeting?.id ?? "";
  const opening = { from: group, reference: referenceTo(mindminder, room, meeting), token: telegram.token };
  const words = (text: RegExp) => said.find(({ content }) => text.test(String(content["body"])));
  const presenceOf = async (id: string) =>
    (await keeper.meeting()).meeting?.people.find((person) => person.id === id)?.presence;
  return { room, keeper, caller, group, tanya, petya, opening, words, presenceOf };
}

test("somebody of the chat opens the app, sits in the ring, is heard in their turn, and is out of the call once they leave the chat", async () => {
  const { keeper, caller, group, tanya, opening, words, presenceOf } = await kept();
  const visitor = await enterByTelegram(mindminder.url, launchOf(tanya, opening));
  const { id, name, mayKeep } = visitor.session.me;
  expect({ id, name, mayKeep }).toEqual({ id: `telegram:${tanya.id}`, name: "Tanya (Telegram)", mayKeep: false });
  const faceOf = async (person: string) => (await keeper.ask("picture", { person })).body.picture;
  expect(await faceOf("telegram:1"), "nobody who came").toBeNull();
  const face = `data:image/png;base64,${FACE.toString("base64")}`;
  await until("their picture in Telegram comes by the service", async () => (await faceOf(id)) === face);
  await until("the room sees who came, and from where", () => words(/Tanya \(Telegram\).*“Garden”/) !== undefined);

  const access = await visitor.call();
  const voice = await Caller.join({ ...access, ears: false });
  await voice.publish({ muted: true });
  expect((await visitor.joinCircle()).status).toBe(200);
  await until("they sit in the ring", async () => (await presenceOf(id)) === "call");
  const turn = async () => (await keeper.meeting()).meeting?.turn;
  if ((await turn())?.speaker === ann.userId) {
    if ((await turn())?.status === "offered") await keeper.steer("accept");
    await keeper.steer("pass");
  }
  await until("they have the word", async () => (await turn())?.speaker === id);
  if ((await turn())?.status === "offered") expect((await visitor.steer("accept")).status).toBe(200);
  await until("they are heard", async () => (await heardWithin(200, caller, id)) > 0);
  for (const type of ["pause", "end"] as const) expect((await visitor.steer(type)).status).toBe(409);

  const outOfCall = new Promise<void>((resolve) => voice.room.on("disconnected", () => resolve()));
  group.standings.set(tanya.id, "left");
  await outOfCall;
  await until("the session is dead", async () => [401, 403].includes((await visitor.ask("meeting")).status));
  await until("the seat is empty", async () => (await presenceOf(id)) === "left");
  await until("and the room hears why", () => words(/Tanya \(Telegram\) has left the Telegram chat/) !== undefined);
  const again = await Caller.join({ ...access, ears: false }).catch(() => null);
  await until("a token from before keeps nobody in", () => !again?.room.isConnected);
  expect((await showLaunch(mindminder.url, launchOf(tanya, opening))).body.errcode).toBe(
    "ORG.MINDMINDER.TELEGRAM_NOT_IN_CHAT",
  );
  await caller.leave();
});

test("somebody of the chat opens an assembly by its button, sits in its gallery without a voice, and is out once they are taken out", async () => {
  const room = await roomWithBot(mindminder, ann);
  const tanya = telegram.people.person("Tanya");
  const group = telegram.group({ title: "Orchard" }, [tanya]);
  bindChat(mindminder, room, group);
  const buttons = () => group.messages.flatMap(({ buttons: rows }) => rows?.inline_keyboard.flat() ?? []);
  const typed = (words: string) => ann.command(room, `!circle assembly ${words}`);
  expect(await typed("open")).toBe("✅");
  await until("the chat has the assembly's button", () => buttons().some((button) => "url" in button));
  const url = buttons().flatMap((button) => ("url" in button ? [button.url] : []))[0] ?? "";
  const reference = new URL(url).searchParams.get("startapp") ?? "";
  const opening = { from: group, reference, token: telegram.token };
  const visitor = await enterByTelegram(mindminder.url, launchOf(tanya, opening));
  const { id } = visitor.session.me;
  expect((await visitor.ask("assembly")).body.gathering, "and sees who comes").toMatchObject({ mayStart: false });

  expect(await typed("join")).toBe("✅");
  expect(await typed("start world-cafe our garden")).toBe("✅");
  const keeper = await WidgetPerson.open(mindminder.url, room, ann);
  const caller = await Caller.join({ ...(await keeper.call()), ears: false });
  await caller.publish({ muted: false });
  expect((await visitor.ask("assemblyCommand", { type: "visit", to: 1 })).status).toBe(200);
  const [ring] = (await keeper.ask("assembly")).body.assembly?.rings ?? [];
  expect(ring?.visitors).toEqual([{ id, name: "Tanya (Telegram)" }]);
  const ears = await Caller.join({ ...(await visitor.call()), ears: true });
  expect(ears.mayPublish).toBe(false);
  await until("they hear whoever has the word", async () => {
    const { meeting } = await keeper.meeting();
    if (meeting?.turn?.status === "offered") await keeper.steer("accept");
    return (await heardWithin(200, ears, ann.userId)) > 0;
  });

  const outOfCall = new Promise<void>((resolve) => ears.room.on("disconnected", () => resolve()));
  expect(await typed("out Tanya")).toBe("✅");
  await outOfCall;
  await until("the session is dead", async () => [401, 403].includes((await visitor.ask("assembly")).status));
  expect((await showLaunch(mindminder.url, launchOf(tanya, opening))).body.errcode).toBe(
    "ORG.MINDMINDER.GUEST_TURNED_AWAY",
  );
  expect(await typed("end")).toBe("✅");
  await until("the button is gone with the assembly", () => !buttons().some((button) => "url" in button));
  await caller.leave();
});

test("a launch is worth one session, also after a restart; each refusal says why, in the language of the reader", async () => {
  const { room, caller, group, tanya, petya, opening } = await kept();
  const launch = launchOf(tanya, opening);
  const first = await enterByTelegram(mindminder.url, launch);
  const errcodeOf = async (initData: string) => (await showLaunch(mindminder.url, initData)).body.errcode;
  expect(await errcodeOf(launch)).toBe("ORG.MINDMINDER.TELEGRAM_REPLAYED");
  await mindminder.killService();
  await mindminder.startService();
  expect(await errcodeOf(launch)).toBe("ORG.MINDMINDER.TELEGRAM_REPLAYED");
  expect((await first.ask("meeting")).status).toBe(200);

  expect(await errcodeOf(launch.replace("Tanya", "Anya"))).toBe("ORG.MINDMINDER.TELEGRAM_FORGED");
  expect(await errcodeOf(`${launch}&auth_date=1`)).toBe("ORG.MINDMINDER.TELEGRAM_DOUBLED");
  expect(await errcodeOf(launchOf(petya, { ...opening, token: "7000000009:AAbbccddeeffgghhiijjkk" }))).toBe(
    "ORG.MINDMINDER.TELEGRAM_FORGED",
  );
  const elsewhere = telegram.group({ title: "Kitchen" }, [petya]);
  expect(await errcodeOf(launchOf(petya, { ...opening, from: elsewhere }))).toBe("ORG.MINDMINDER.TELEGRAM_OTHER_CHAT");
  const over = referenceTo(mindminder, room, "m00000000000");
  const { status, body } = await showLaunch(mindminder.url, launchOf(petya, { ...opening, reference: over }), {
    language: "ru",
  });
  expect({ status, error: body.error }).toEqual({ status: 404, error: expect.stringMatching(/закончилась/) });

  group.state = "deleted";
  await until("a chat that was deleted lets nobody in", async () => {
    return (await errcodeOf(launchOf(petya, opening))) === "ORG.MINDMINDER.TELEGRAM_UNBOUND";
  });
  await caller.leave();
  const log = readFileSync(mindminder.log, "utf8");
  expect(log).not.toContain(telegram.token.split(":")[1]);
  expect(log).not.toContain(new URLSearchParams(launch).get("hash"));
});

test.runIf(LONG)(
  "while Telegram is away whoever sits there stays, nobody new comes in, and the log says so",
  async () => {
    const { keeper, caller, tanya, petya, opening, presenceOf } = await kept();
    const visitor = await enterByTelegram(mindminder.url, launchOf(tanya, opening));
    const voice = await Caller.join({ ...(await visitor.call()), ears: false });
    await visitor.joinCircle();
    const { id } = visitor.session.me;
    await until("they sit in the ring", async () => (await presenceOf(id)) === "call");
    telegram.setAway(true);
    await until("the log says it", () =>
      /Telegram does not say who is in its chats/.test(readFileSync(mindminder.log, "utf8")),
    );
    const refused = launchOf(petya, opening);
    expect(await showLaunch(mindminder.url, refused)).toMatchObject({
      status: 503,
      body: { errcode: "ORG.MINDMINDER.TELEGRAM_AWAY" },
    });
    expect(await presenceOf(id)).toBe("call");
    expect(voice.room.isConnected).toBe(true);
    telegram.setAway(false);
    // Seldom: whoever shows launches again and again is told to wait.
    await expect.poll(async () => (await showLaunch(mindminder.url, refused)).status, { interval: 1_000 }).toBe(200);

    const outOfCall = new Promise<void>((resolve) => voice.room.on("disconnected", () => resolve()));
    expect((await keeper.command({ type: "take-out", who: id })).status).toBe(200);
    await outOfCall;
    await until("the session is dead", async () => [401, 403].includes((await visitor.ask("meeting")).status));
    expect((await showLaunch(mindminder.url, launchOf(tanya, opening))).body.errcode).toBe(
      "ORG.MINDMINDER.GUEST_TURNED_AWAY",
    );
    await caller.leave();
  },
);
