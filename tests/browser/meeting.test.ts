import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RoomServiceClient, TrackSource } from "livekit-server-sdk";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureSpeechModel } from "../../tools/setup/speech-model.ts";
import { quiet } from "../../tools/setup/progress.ts";
import { BrowserPerson } from "../stack/browser-person.ts";
import { launchChromium } from "../stack/chromium.ts";
import { type HostPage, serveHostPage } from "../stack/host-page.ts";
import { MatrixPerson, type SeenEvent } from "../stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../stack/mindminder.ts";
import { voiceFile } from "../voices/voices.ts";

let mindminder: Mindminder;
let hostPage: HostPage;
let browser: Browser;

beforeAll(async () => {
  const speech = await ensureSpeechModel(quiet);
  [mindminder, hostPage, browser] = await Promise.all([
    startMindminder({
      dir: await mkdtemp(join(tmpdir(), "mindminder-")),
      config: { speech: { sherpa: { modelFolder: speech.whisper }, voiceActivityModel: speech.vad } },
    }),
    serveHostPage(),
    launchChromium({ args: ["--autoplay-policy=no-user-gesture-required"] }),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await hostPage?.stop();
  await mindminder?.stop();
});

const fromBot = (event: SeenEvent) => event.sender === mindminder.botId;
const bodyOf = (event: SeenEvent) => String(event.content["body"]);
const keyed = (key: string) => (event: SeenEvent) => fromBot(event) && key in event.content && !("m.new_content" in event.content);

async function person(name: string, displayName: string): Promise<MatrixPerson> {
  return MatrixPerson.open(mindminder.synapse.url, await mindminder.synapse.registerUser(name, { displayName }));
}

async function roomOf(host: MatrixPerson, ...others: MatrixPerson[]): Promise<string> {
  const room = await host.createRoom({ invite: others.map(({ userId }) => userId), power_level_content_override: { users: { [mindminder.botId]: 50 } } });
  for (const other of others) await other.join(room);
  const greeted = host.next(room, (event) => fromBot(event) && event.type === "m.room.message", "a greeting");
  await host.ask("POST", `/rooms/${encodeURIComponent(room)}/invite`, { user_id: mindminder.botId });
  await greeted;
  return room;
}

async function seat(room: string, matrix: MatrixPerson, title: string, locale: string): Promise<BrowserPerson> {
  const widget = await matrix.state<{ url: string }>(room, "im.vector.modular.widgets", "org.mindminder");
  const link = hostPage.linkFor({
    homeserverUrl: mindminder.synapse.url, accessToken: matrix.accessToken, userId: matrix.userId, roomId: room, widgetUrl: widget?.url ?? "", title,
  });
  const seated = await BrowserPerson.open(browser, link, { locale });
  await seated.join();
  return seated;
}

/** Whose microphone the server lets through. */
async function openMicrophones(room: string): Promise<string[]> {
  const { httpUrl, apiKey, apiSecret } = mindminder.livekit;
  const people = await new RoomServiceClient(httpUrl, apiKey, apiSecret).listParticipants(room);
  return people.filter(({ tracks }) => tracks.some((track) => track.source === TrackSource.MICROPHONE && !track.muted)).map(({ identity }) => identity);
}

test("a person in a browser passes the word, the microphone follows, the other reads along, what was said becomes text, the room has the record, and a correction of it", async () => {
  const [anna, tom] = await Promise.all([person("anna", "Анна"), person("tom", "Tom")]);
  const room = await roomOf(anna, tom);
  const [a, t] = await Promise.all([seat(room, anna, "Анна", "ru"), seat(room, tom, "Tom", "en")]);
  await expect.poll(async () => (await anna.state<{ people: { presence: string }[] }>(room, "org.mindminder.meeting"))?.people.filter(({ presence }) => presence === "call").length).toBe(2);

  const begun = anna.next(room, (event) => event.type === "org.mindminder.meeting" && event.content["phase"] === "circle", "the circle's beginning");
  expect(await anna.command(room, "!circle start council Monday")).toBe("✅");
  const [first] = (await begun).content["ring"] as string[];
  const order = first === anna.userId ? [{ who: anna, page: a, voice: "anna" }, { who: tom, page: t, voice: "tom" }] : [{ who: tom, page: t, voice: "tom" }, { who: anna, page: a, voice: "anna" }];

  for (const circle of [1, 2]) {
    for (const { who, page, voice } of order) {
      await page.hasTheWord();
      await expect.poll(() => openMicrophones(room)).toEqual([who.userId]);
      const written = anna.next(room, (event) => keyed("org.mindminder.turn")(event) && (event.content["org.mindminder.turn"] as { speaker: string }).speaker === who.userId, `what ${voice} said`);
      const listener = page === a ? t : a;
      const captioned = listener.widget.getByTestId("caption").filter({ hasText: /\p{L}{3}/u }).first().waitFor({ timeout: 20_000 });
      await page.say(await voiceFile(`${voice}-${circle}.opus`));
      await captioned;
      await page.pass();
      const transcript = await written;
      if (circle === 1) expect(bodyOf(transcript)).toMatch(voice === "anna" ? /отч[её]т/i : /meeting/i);
      const [utterance] = transcript.content["org.mindminder.utterances"] as { segments: { text: string }[] }[];
      await page.widget.getByText(utterance?.segments[0]?.text ?? "", { exact: false }).first().waitFor();
    }
    if (circle === 1) expect(await anna.command(room, "!circle next")).toBe("✅");
  }

  await expect.poll(async () => (await anna.history(room)).filter(keyed("org.mindminder.meeting_record")).length, { timeout: 30_000 }).toBe(1);
  const history = await anna.history(room);
  const roots = history.filter(keyed("org.mindminder.circle"));
  expect(roots).toHaveLength(2);
  const inThreadOf = (root: SeenEvent) => history.filter((event) => (event.content["m.relates_to"] as { event_id?: string; rel_type?: string } | undefined)?.rel_type === "m.thread" && (event.content["m.relates_to"] as { event_id?: string }).event_id === root.event_id);
  for (const root of roots) {
    expect(inThreadOf(root).filter(keyed("org.mindminder.turn"))).toHaveLength(2);
    expect(inThreadOf(root).filter(keyed("org.mindminder.summary"))).toHaveLength(2);
    expect(history.some((event) => (event.content["m.relates_to"] as { rel_type?: string; event_id?: string } | undefined)?.event_id === root.event_id && "org.mindminder.summary" in ((event.content["m.new_content"] ?? {}) as object))).toBe(true);
  }
  await expect.poll(async () => (await anna.history(room)).filter(keyed("org.mindminder.task")).length, { timeout: 10_000 }).toBeGreaterThan(0);

  const corrected = anna.next(room, (event) => fromBot(event) && /Роза[\s\S]*Corrected by Анна/.test(String((event.content["m.new_content"] as { body?: string } | undefined)?.body)), "the corrected transcript");
  await a.widget.getByRole("tab", { name: "Сказано" }).click();
  await a.widget.getByTestId("correct").first().click({ force: true });
  await a.widget.getByTestId("editor").getByRole("textbox").first().fill("Роза пишет отчёт.");
  await a.widget.getByTestId("save").click();
  await corrected;
  await t.widget.getByRole("tab", { name: "Said" }).click();
  await t.widget.getByText("Corrected: Анна").first().waitFor();
  expect([...a.problems, ...t.problems]).toEqual([]);
  await Promise.all([a.close(), t.close(), anna.close(), tom.close()]);
}, 180_000);
