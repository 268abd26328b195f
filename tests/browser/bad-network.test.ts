import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Link, networksOrWhyNot, type PeopleNetworks } from "../support/network/people-networks.ts";
import type { BrowserPerson } from "../support/stack/browser-person.ts";
import { Caller } from "../support/call/caller.ts";
import { BrowserStage } from "../support/stack/browser-stage.ts";
import { LONG } from "../support/stack/long.ts";
import type { MatrixPerson } from "../support/stack/matrix-person.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";
import { voiceFile } from "../voices/voices.ts";

const NAMES = ["Anna", "Boris", "Gleb", "Kim", "Sue", "Tom", "Vera"];
const BAD: Link = { delayMs: 40, jitterMs: 30, loss: 0.02 };
const BREAK_MS = 5_000;
const PICTURES = join(import.meta.dirname, "../../test-output/bad-network");

type Seated = { readonly matrix: MatrixPerson; readonly page: BrowserPerson };

let networks: PeopleNetworks | null = null;
let stage: BrowserStage | undefined;

beforeAll(async () => {
  const found = await networksOrWhyNot(["office"]);
  if (!found.networks) return console.warn(`left out: ${found.why}`);
  networks = found.networks;
  networks.link("office", BAD);
  await mkdir(PICTURES, { recursive: true });
  stage = await BrowserStage.open({ speech: { engine: "off" } }, { networks, who: "office" });
});
afterAll(async () => {
  await stage?.close();
  await networks?.close();
});

/** The word comes to somebody whose link is broken: back again, they are heard at once, outside as well. */
async function nextIsHeardAfterABreak(room: string, keeper: MatrixPerson, people: readonly Seated[]): Promise<void> {
  const outside = await stage!.person("outside", "Olga");
  await keeper.ask("POST", `/rooms/${encodeURIComponent(room)}/invite`, { user_id: outside.userId });
  await outside.join(room);
  const { url } = stage!.mindminder;
  const [keepers, theirs] = await Promise.all([keeper, outside].map((who) => WidgetPerson.open(url, room, who)));
  const ear = await Caller.join({ ...(await theirs!.call()), tone: 0 });
  const { meeting } = await keepers!.meeting();
  const next = people.find(({ matrix }) => matrix.userId === meeting?.next);
  if (!next) throw new Error("nobody comes next");
  let talks = true;
  const clip = await voiceFile("kim-1.opus");
  const talking = (async () => {
    while (talks) await next.page.say(clip);
  })();
  networks!.link("office", { ...BAD, broken: true });
  expect((await keepers!.steer("skip")).status).toBe(200);
  // So long is the link broken.
  await wait(BREAK_MS);
  const heard = ear.ear(next.matrix.userId).heard();
  networks!.link("office", BAD);
  const back = performance.now();
  console.log(
    `the word came during a break of ${BREAK_MS / 1_000} s: heard ${Math.round((await heard) - back)} ms after its end`,
  );
  await next.page.hasTheWord();
  talks = false;
  await talking;
  await ear.leave();
}

const picture = async (name: string, { page }: Seated) =>
  writeFile(join(PICTURES, `${name}.png`), await page.picture());

test.runIf(LONG)(
  "behind a link that delays, loses and breaks, in browsers: the word goes round, a break of 5 s costs nobody their turn, and all is shown again",
  async ({ skip }) => {
    if (!stage || !networks) return skip("this machine permits no networks of one's own");
    const matrix = await Promise.all(NAMES.map((name) => stage!.person(name.toLowerCase(), name)));
    const [keeper, ...others] = matrix as [MatrixPerson, ...MatrixPerson[]];
    const room = await stage.roomOf(keeper, ...others);
    const people: Seated[] = await Promise.all(
      matrix.map(async (each, index) => ({
        matrix: each,
        page: await stage!.seat(room, each, NAMES[index] ?? "", {}),
      })),
    );
    await expect
      .poll(
        async () =>
          (await keeper.state<{ people: { presence: string }[] }>(room, "org.mindminder.meeting"))?.people.filter(
            ({ presence }) => presence === "call",
          ).length,
        { timeout: 60_000 },
      )
      .toBe(NAMES.length);
    expect(await keeper.command(room, "!circle start council tea")).toBe("✅");

    const speaking = async () => {
      let speaker: Seated | undefined;
      await expect
        .poll(async () => {
          const open = await stage!.openMicrophones(room);
          speaker = open.length === 1 ? people.find((each) => each.matrix.userId === open[0]) : undefined;
          return speaker !== undefined;
        })
        .toBe(true);
      await speaker!.page.hasTheWord();
      return speaker!;
    };

    const first = await speaking();
    await picture("1-before", first);
    const quiet = first.page.widget
      .locator('[data-banner="quiet"], [data-screen="reconnecting"]')
      .first()
      .waitFor({ timeout: BREAK_MS });
    const broke = performance.now();
    networks.link("office", { ...BAD, broken: true });
    await quiet;
    console.log(`a page says after ${Math.round(performance.now() - broke)} ms that its link is broken`);
    await picture("2-quiet", first);
    // The rest of the break.
    await wait(Math.max(0, BREAK_MS - (performance.now() - broke)));
    networks.link("office", BAD);
    const back = performance.now();
    expect((await speaking()).matrix.userId).toBe(first.matrix.userId);
    console.log(
      `after a break of ${BREAK_MS / 1_000} s the speaker has the word on the screen after ${Math.round(performance.now() - back)} ms`,
    );
    await picture("3-back", first);

    await nextIsHeardAfterABreak(room, keeper, people);

    const had = new Set<string>();
    // One of them has been passed over.
    const turns = NAMES.length - 1;
    while (had.size < turns) {
      const speaker = await speaking();
      expect(had).not.toContain(speaker.matrix.userId);
      had.add(speaker.matrix.userId);
      await picture(`4-turn-${had.size}`, speaker);
      if (had.size === turns) break;
      const passed = performance.now();
      await speaker.page.pass();
      await speaker.page.widget.getByTestId("pass").waitFor({ state: "hidden" });
      const next = await speaking();
      console.log(
        `from the click until the next one sees that they have the word: ${Math.round(performance.now() - passed)} ms`,
      );
      expect(next.matrix.userId).not.toBe(speaker.matrix.userId);
    }
  },
  240_000,
);
