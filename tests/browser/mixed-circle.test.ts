import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isGuest } from "../../appservice/protocol/identity.ts";
import { quiet } from "../../tools/setup/progress.ts";
import { ensureSpeechModel } from "../../tools/setup/speech-model.ts";
import type { BrowserPerson } from "../support/stack/browser-person.ts";
import { BrowserStage } from "../support/stack/browser-stage.ts";
import type { MatrixPerson, SeenEvent } from "../support/stack/matrix-person.ts";
import { MiniAppPerson, miniAppAddress, TELEGRAM_WEB_VIEW } from "../support/stack/mini-app-person.ts";
import { privateWord } from "../support/stack/private-word.ts";
import { startTelegram, type TelegramStandIn } from "../support/stack/telegram.ts";
import { bindChat, launchOf, telegramSection } from "../support/stack/telegram-visitor.ts";
import { LONG } from "../support/stack/long.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";
import type { TelegramGroup } from "../support/telegram/group.ts";
import { voiceFile } from "../voices/voices.ts";

const PICTURES = join(import.meta.dirname, "../../test-output/mixed");
const PHONE = { width: 390, height: 844 };
const SMALL_PHONE = { width: 360, height: 640 };
/** A group of Telegram's takes 20 messages a minute, and the machine is busy. */
const PATIENCE = { timeout: 150_000, interval: 500 };

const IN = {
  en: { names: ["Ann", "Bob", "Cid", "Greta", "Tanya"], voices: ["tom-1", "sue-1", "kim-1", "tom-2", "sue-2"] },
  ru: { names: ["Аня", "Боря", "Кир", "Грета", "Таня"], voices: ["anna-1", "boris-1", "vera-1", "gleb-1", "anna-2"] },
} as const;

let stage: BrowserStage;
let telegram: TelegramStandIn;

beforeAll(async () => {
  await mkdir(PICTURES, { recursive: true });
  const [speech, standIn] = await Promise.all([ensureSpeechModel(quiet), startTelegram()]);
  telegram = standIn;
  stage = await BrowserStage.open({
    speech: { sherpa: { modelFolder: speech.whisper }, voiceActivityModel: speech.vad },
    telegram: telegramSection(telegram),
  });
});
afterAll(async () => {
  await stage?.close();
  await telegram?.stop();
});

type Seated = {
  readonly id: string;
  readonly page: BrowserPerson;
  readonly hands: Pick<BrowserPerson, "hasTheWord" | "pass" | "say">;
  readonly clip: string;
};

const bodyOf = ({ content }: SeenEvent) => String(content["body"]);
const inChat = (group: TelegramGroup) =>
  group.messages.filter(({ from }) => from.id === telegram.bot.id).map(({ text }) => text);

/** Opens the circle by the personal link that the bot sends when asked for one. */
async function byLink(matrix: MatrixPerson, room: string, locale: string): Promise<BrowserPerson> {
  expect(await matrix.command(room, "!circle link")).toMatch(/private|лично/);
  await expect.poll(() => privateWord(matrix, /#code=/), PATIENCE).not.toBe("");
  const [link = ""] = /http\S+/.exec(await privateWord(matrix, /#code=/)) ?? [];
  const page = await stage.openPage(link, { viewport: PHONE, locale });
  await page.join();
  return page;
}

async function asGuest(link: string, name: string, locale: string): Promise<BrowserPerson> {
  const page = await stage.openPage(link, { viewport: SMALL_PHONE, locale });
  await page.widget.getByTestId("guest-name").fill(name);
  await page.widget.getByTestId("guest-enter").click();
  await page.join();
  return page;
}

// Each way in by itself is in phone, guests and telegram.test.ts, and a kill in kills.test.ts.
test.runIf(LONG).each(["en", "ru"] as const)(
  "in %s two of Element, one by a link on a phone, a guest and somebody of Telegram hold one council, and a kill in its middle changes nothing",
  { timeout: 500_000 },
  async (language) => {
    const { names, voices } = IN[language];
    const [annName, bobName, cidName, gretaName, tanyaName] = names;
    const person = (name: string, shown: string) => stage.person(`${name}-${language}`, shown);
    const [ann, bob, cid] = await Promise.all([person("ann", annName), person("bob", bobName), person("cid", cidName)]);
    const { mindminder } = stage;
    const room = await stage.roomOf(ann, bob, cid);
    await ann.command(room, language === "ru" ? "!circle language russian" : "!circle language english");
    const tanya = telegram.people.person(tanyaName, { language_code: language });
    const group = telegram.group({ title: "Garden" }, [tanya]);
    bindChat(mindminder, room, group);

    const options = { locale: language };
    const a = await stage.seat(room, ann, annName, options);
    const b = await stage.seat(room, bob, bobName, options);
    const c = await byLink(cid, room, language);
    const keeper = await WidgetPerson.open(mindminder.url, room, ann);
    const wish = { type: "make-link", once: true, lobby: false, places: 1 };
    const { body: links } = await keeper.ask("changeGuests", wish);
    const g = await asGuest(links.links[0]?.url ?? "", gretaName, language);

    // The way in is the button that the bot has put into the chat.
    const announced = () =>
      group.messages.flatMap(({ buttons }) => buttons?.inline_keyboard.flat() ?? []).find((button) => "url" in button);
    await expect.poll(announced, PATIENCE).toBeDefined();
    const button = announced();
    const reference = new URL(button && "url" in button ? button.url : "").searchParams.get("startapp") ?? "";
    const launch = launchOf(tanya, { from: group, reference, token: telegram.token });
    const app = await stage.openPage(miniAppAddress(mindminder.url, launch), {
      viewport: PHONE,
      locale: language,
      scripts: [TELEGRAM_WEB_VIEW],
    });
    const mini = new MiniAppPerson(app);
    await mini.join();

    const people = async () => (await keeper.meeting()).meeting?.people ?? [];
    await expect
      .poll(async () => (await people()).filter(({ presence }) => presence === "call").length, PATIENCE)
      .toBe(5);
    const guest = (await people()).find(({ id }) => isGuest(id))?.id ?? "";
    const seated: Seated[] = [
      { id: ann.userId, page: a, hands: a },
      { id: bob.userId, page: b, hands: b },
      { id: cid.userId, page: c, hands: c },
      { id: guest, page: g, hands: g },
      { id: `telegram:${tanya.id}`, page: app, hands: mini },
    ].map((each, n) => ({ ...each, clip: `${voices[n] ?? ""}.opus` }));
    expect(await ann.command(room, "!circle start council")).toBe("✅");
    const ring = (await keeper.meeting()).meeting?.ring ?? [];
    expect([...ring].sort()).toEqual(seated.map(({ id }) => id).sort());

    const spoke: string[] = [];
    for (const [place, id] of ring.entries()) {
      const speaker = seated.find((each) => each.id === id);
      if (!speaker) throw new Error(`${id} sits nowhere`);
      await speaker.hands.hasTheWord(90_000);
      if (place === 2) {
        await mindminder.killService();
        await mindminder.startService();
        await speaker.hands.hasTheWord(90_000);
      }
      await expect.poll(() => stage.openMicrophones(room), PATIENCE).toEqual([id]);
      const rings = () => Promise.all(seated.map(({ page }) => page.ring()));
      await expect
        .poll(async () => {
          const [first, ...others] = (await rings()).map((each) => JSON.stringify(each));
          return others.every((each) => each === first) && first?.includes("speaking");
        }, PATIENCE)
        .toBe(true);
      if (place === 3)
        for (const [n, each] of seated.entries()) {
          await each.page.page.screenshot({ path: join(PICTURES, `${language}-${n}.png`) });
        }
      const written = ann.next(
        room,
        ({ content }) =>
          (content["org.mindminder.turn"] as { speaker?: string } | undefined)?.speaker === id &&
          !("m.new_content" in content) &&
          "org.mindminder.utterances" in content,
        `what ${id} said`,
      );
      await speaker.hands.say(await voiceFile(speaker.clip));
      await speaker.hands.pass();
      spoke.push(bodyOf(await written));
    }
    expect(spoke).toHaveLength(5);
    await ann.command(room, "!circle end");
    await expect
      .poll(
        async () => (await ann.history(room)).filter(({ content }) => "org.mindminder.meeting_record" in content),
        PATIENCE,
      )
      .not.toEqual([]);

    // Each has spoken once, in the room and in the chat, in the same words.
    const turns = (await ann.history(room)).filter(
      ({ content }) => "org.mindminder.turn" in content && !("m.new_content" in content),
    );
    const speakers = turns.map(({ content }) => (content["org.mindminder.turn"] as { speaker: string }).speaker);
    expect(speakers.filter((id, n) => speakers.indexOf(id) === n)).toEqual([...ring]);
    for (const [n, text] of spoke.entries()) {
      const id = ring[n];
      const shown = (await people()).find((each) => each.id === id)?.name ?? "";
      expect(text).toContain(shown);
      const words = text.match(/\p{L}{4,}/gu)?.slice(-3) ?? [];
      expect(words, text).toHaveLength(3);
      await expect
        .poll(() => inChat(group).filter((each) => words.every((word) => each.includes(word))).length, PATIENCE)
        .toBeGreaterThan(0);
    }
    for (const { page } of seated) await page.close();
  },
);
