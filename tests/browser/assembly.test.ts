import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { User } from "grammy/types";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Follower } from "../support/rogue/follows.ts";
import type { BrowserPerson } from "../support/stack/browser-person.ts";
import { BrowserStage } from "../support/stack/browser-stage.ts";
import { KeyboardPerson } from "../support/stack/keyboard-person.ts";
import { LONG } from "../support/stack/long.ts";
import type { MatrixPerson } from "../support/stack/matrix-person.ts";
import { MiniAppPerson, miniAppAddress, TELEGRAM_WEB_VIEW } from "../support/stack/mini-app-person.ts";
import { startTelegram, type TelegramStandIn } from "../support/stack/telegram.ts";
import { bindChat, launchOf, telegramSection } from "../support/stack/telegram-visitor.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";
import type { TelegramGroup } from "../support/telegram/group.ts";

/** Rings of three, or nearly. */
const SMALL = `id: assembly
title: Small rings
phases:
  - { kind: rings, scenario: council, seconds: 3600, size: { least: 2, most: 3 }, keepers: nobody }
`;
const PICTURES = join(import.meta.dirname, "../../test-output/assembly");
/** A busy machine may take its time. */
const PATIENCE = { timeout: 120_000, interval: 100 };
/** Goal of a move: sound follows within this time; a machine that does ten things more has as much again and again. */
const FOLLOWS_MS = 2_000;
const BUSY = 5;

let stage: BrowserStage;
let room: string;
let people: Record<"ann" | "bob" | "cid" | "eve" | "dan" | "fay" | "gus", MatrixPerson>;
let pages: Record<"ann" | "bob", BrowserPerson>;
let asked: WidgetPerson;
let telegram: TelegramStandIn;
let tanya: User;
let group: TelegramGroup;
const followers: Follower[] = [];

const rings = async () => (await asked.ask("assembly")).body.assembly?.rings ?? [];
const ringOf = async ({ userId }: MatrixPerson) =>
  (await rings()).find(({ people: sitting }) => sitting.some(({ id }) => id === userId))?.number ?? null;
/** People in the ring that a page shows. */
const shownOn = async (page: BrowserPerson) => (await page.ring()).map(({ who }) => who);
const agreeOn = (page: BrowserPerson) => page.widget.getByTestId("agree");
const strip = (page: BrowserPerson) => page.widget.getByTestId("assembly-strip");

beforeAll(async () => {
  const assemblies = join(await mkdtemp(join(tmpdir(), "mindminder-")), "assemblies");
  await Promise.all([mkdir(assemblies), mkdir(PICTURES, { recursive: true })]);
  await writeFile(join(assemblies, "small.yaml"), SMALL);
  telegram = await startTelegram();
  tanya = telegram.people.person("Tanya");
  group = telegram.group({ title: "Garden" }, [tanya]);
  stage = await BrowserStage.open({ speech: { engine: "off" }, assemblies, telegram: telegramSection(telegram) });
  const [ann, bob, cid, eve, dan, fay, gus] = await Promise.all([
    stage.person("ann", "Ann"),
    stage.person("bob", "Bob"),
    stage.person("cid", "Cid"),
    stage.person("eve", "Eve"),
    stage.person("dan", "Dan"),
    stage.person("fay", "Fay"),
    stage.person("gus", "Gus"),
  ]);
  people = { ann, bob, cid, eve, dan, fay, gus };
  room = await stage.roomOf(ann, bob, cid, eve, dan, fay, gus);
  bindChat(stage.mindminder, room, group);
  asked = await WidgetPerson.open(stage.mindminder.url, room, ann);
  for (const who of [cid, eve, dan, fay]) {
    const widget = await WidgetPerson.open(stage.mindminder.url, room, who);
    followers.push(await Follower.join(() => widget.call(), { tone: who === fay ? 0 : 440 }));
  }
  pages = { ann: await stage.seat(room, ann, "Ann", {}), bob: await stage.seat(room, bob, "Bob", {}) };
}, 300_000);
afterAll(async () => {
  await Promise.all(followers.map((each) => each.leave()));
  await Promise.all(Object.values(people ?? {}).map((each) => each.close()));
  await stage?.close();
  await telegram?.stop();
});

test.runIf(LONG)(
  "moved by the keeper, somebody hears their new ring on the page that is open, all by keyboard",
  async () => {
    const { ann, bob } = people;
    const command = async (who: MatrixPerson, words: string) => {
      expect(await who.command(room, `!circle assembly ${words}`), words).toBe("✅");
    };
    await command(ann, "open");
    for (const who of [ann, bob, people.cid, people.eve, people.dan, people.fay]) await command(who, "join");
    // Nobody of their ring makes a sound but whoever is on a page, and those do not speak.
    for (const [one, other] of [
      ["Ann", "Bob"],
      ["Ann", "Fay"],
      ["Eve", "Dan"],
      ["Eve", "Cid"],
    ])
      await command(ann, `together ${one}, ${other}`);
    await command(ann, "start our garden");
    await expect
      .poll(
        async () => (await rings()).map(({ status, speaker }) => status === "running" && speaker !== null),
        PATIENCE,
      )
      .toEqual([true, true]);
    const [from, to] = [await ringOf(ann), await ringOf(people.eve)];
    expect([await ringOf(bob), from === to]).toEqual([from, false]);
    // The open pages came into the call of their ring by themselves.
    for (const page of Object.values(pages)) await strip(page).getByText(`Group ${from}`).waitFor();
    await expect.poll(() => pages.bob.loudness(), PATIENCE).toBe(0);

    const hisKeys = await KeyboardPerson.take(pages.bob);
    await hisKeys.press("button", "Map");
    await hisKeys.reach("tab", new RegExp(`^Group ${from},`));
    await pages.bob.page.keyboard.press(Number(from) < Number(to) ? "ArrowRight" : "ArrowLeft");
    await hisKeys.press("button", "Ask to sit here");
    await hisKeys.press("button", "Close");

    const herKeys = await KeyboardPerson.take(pages.ann);
    await herKeys.press("button", "Map");
    await pages.ann.widget.getByText(`Bob asks to sit in group ${to}`).waitFor(PATIENCE);
    await writeFile(join(PICTURES, "keeper-map.png"), await pages.ann.picture());
    await herKeys.reach("button", "Move");
    const pressedAt = performance.now();
    await herKeys.press("button", "Move");
    await expect.poll(() => pages.bob.loudness(100), { timeout: 60_000, interval: 20 }).toBeGreaterThan(0);
    const heardMs = Math.round(performance.now() - pressedAt);
    console.log(`heard in the new ring ${heardMs} ms after the keeper's press`);
    expect(heardMs).toBeLessThan(BUSY * FOLLOWS_MS);
    await strip(pages.bob).getByText(`Group ${to}`).waitFor();
    // People who come into a ring are asked whether their words may be written down.
    await agreeOn(pages.bob).or(pages.bob.widget.locator(".ring")).first().waitFor(PATIENCE);
    if (await agreeOn(pages.bob).isVisible()) await agreeOn(pages.bob).click();
    await expect.poll(() => shownOn(pages.bob), PATIENCE).toContain(people.eve.userId);
    await writeFile(join(PICTURES, "moved.png"), await pages.bob.picture());
    // A page that goes into another call ends the channels of the one before, which the browser lists.
    expect(pages.bob.problems.filter((problem) => !/data ?channel/i.test(problem))).toEqual([]);
  },
  300_000,
);

test.runIf(LONG)(
  "a guest comes by a link, only listens, and hears the group that they choose on their page",
  async () => {
    const link = { type: "make-link", once: false, lobby: false, places: 5 };
    const address = (await asked.ask("changeGuests", link)).body.links[0]?.url ?? "";
    const guest = await stage.openPage(address, {});
    await guest.widget.getByTestId("guest-name").fill("Gil");
    await guest.widget.getByTestId("guest-enter").click();
    await guest.join();
    const line = strip(guest);
    await line.getByTestId("in-gallery").waitFor(PATIENCE);
    const number = await ringOf(people.eve);
    await line.getByTestId("open-map").click();
    await guest.widget.getByTestId(`ring-on-map-${number}`).click();
    await guest.widget.getByTestId(`listen-in-${number}`).click();
    await guest.page.keyboard.press("Escape");
    await line.getByText(`You listen in group ${number}`).waitFor(PATIENCE);
    await expect.poll(() => guest.loudness(), PATIENCE).toBeGreaterThan(0);
    await expect.poll(() => shownOn(guest), PATIENCE).toContain(people.eve.userId);
    await writeFile(join(PICTURES, "guest.png"), await guest.page.screenshot());
    // All see who listens; nobody gives them a seat or a turn.
    const ring = (await rings()).find((each) => each.number === number);
    expect(ring?.visitors.map(({ name }) => name)).toEqual(["Gil (guest)"]);
    expect(ring?.people.map(({ name }) => name)).not.toContain("Gil (guest)");
    await guest.close();
  },
  200_000,
);

test.runIf(LONG)(
  "somebody of Telegram opens the assembly by its button in the chat, and listens to the group that they choose",
  async () => {
    const buttons = () => group.messages.flatMap(({ buttons: rows }) => rows?.inline_keyboard.flat() ?? []);
    const opens = () => buttons().flatMap((button) => ("url" in button ? [button.url] : []))[0];
    await expect.poll(opens, PATIENCE).toBeDefined();
    const reference = new URL(opens() ?? "").searchParams.get("startapp") ?? "";
    const launch = launchOf(tanya, { from: group, reference, token: telegram.token });
    const page = await stage.openPage(miniAppAddress(stage.mindminder.url, launch), {
      viewport: { width: 390, height: 844 },
      scripts: [TELEGRAM_WEB_VIEW],
    });
    await new MiniAppPerson(page).join();
    const line = strip(page);
    await line.getByTestId("in-gallery").waitFor(PATIENCE);
    const number = await ringOf(people.eve);
    await line.getByTestId("open-map").click();
    await page.widget.getByTestId(`ring-on-map-${number}`).click();
    await writeFile(join(PICTURES, "telegram-map.png"), await page.page.screenshot());
    await page.widget.getByTestId(`listen-in-${number}`).click();
    await page.page.keyboard.press("Escape");
    await line.getByText(`You listen in group ${number}`).waitFor(PATIENCE);
    await expect.poll(() => page.loudness(), PATIENCE).toBeGreaterThan(0);
    await expect.poll(() => shownOn(page), PATIENCE).toContain(people.eve.userId);
    await writeFile(join(PICTURES, "telegram.png"), await page.page.screenshot());
    const ring = (await rings()).find((each) => each.number === number);
    expect(ring?.visitors.map(({ name }) => name)).toContain("Tanya (Telegram)");
    await page.close();
  },
  200_000,
);

test.runIf(LONG)(
  "a late comer sits down in the smallest ring; two people begin one ring by the page, whose map is there, too",
  async () => {
    const { ann, bob, gus: late } = people;
    const sizes = await rings();
    const smallest = sizes.toSorted((one, other) => one.people.length - other.people.length)[0]?.number;
    expect(await late.command(room, "!circle assembly join")).toBe("✅");
    expect(await ringOf(late)).toBe(smallest);

    expect(await ann.command(room, "!circle assembly end")).toBe("✅");
    const keys = await KeyboardPerson.take(pages.ann);
    // People who have not said whether their words may be written down are asked that first.
    const [start, agree] = [pages.ann.widget.getByRole("button", { name: "Start a meeting" }), agreeOn(pages.ann)];
    await start.or(agree).first().waitFor(PATIENCE);
    if (await agree.isVisible()) await agree.click();
    await keys.press("button", "Start a meeting");
    await keys.press("button", "Talk in groups at once");
    await pages.bob.widget.getByTestId("join-assembly").click(PATIENCE);
    await expect
      .poll(async () => (await asked.ask("assembly")).body.gathering?.people.length, PATIENCE)
      .toBe([ann, bob].length);
    await keys.press("button", "People and start");
    await writeFile(join(PICTURES, "beginning.png"), await pages.ann.picture());
    await keys.press("button", "Begin the assembly");
    await expect
      .poll(async () => (await rings()).map(({ status, people: sitting }) => [status, sitting.length]), PATIENCE)
      .toEqual([["running", 2]]);
    await (await KeyboardPerson.take(pages.bob)).press("button", "Map");
    const map = pages.bob.widget.getByTestId("ring-map");
    await expect.poll(() => map.getByRole("tab").count(), PATIENCE).toBe(1);
    expect(await pages.bob.widget.getByTestId("ring-details").getByText("Ann", { exact: true }).count()).toBe(1);
  },
  300_000,
);
