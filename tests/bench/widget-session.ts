import { setInterval as every } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import type { StartedCall } from "../browser/fake-service/fake-call.ts";
import type { FakeService } from "../browser/fake-service/fake-service.ts";
import { idOf } from "../browser/fake-service/people.ts";
import { Caller } from "../support/call/caller.ts";
import { Presser, type Interaction } from "./interactions.ts";
import { personId } from "../support/protocol/ids.ts";

/** A phone of the middle class, beside this machine. */
const SLOWER = 4;
const CAPTION_EVERY_MS = 700;

type Act = (presser: Presser) => Promise<void>;

/** Acts of people in a meeting, scene by scene; `joined`: with a voice and captions coming in over the call. */
const SCENES: readonly { readonly scene: string; readonly joined?: boolean; readonly act: Act }[] = [
  { scene: "long-others-turn", joined: true, act: inOthersTurn },
  { scene: "keeper", act: asKeeper },
  { scene: "my-turn", joined: true, act: (presser) => presser.test("pass") },
  { scene: "offered-to-me", act: (presser) => presser.test("take") },
  { scene: "writing", act: (presser) => presser.type('[data-testid="my-text"]', "the pipe first ") },
  { scene: "consent", act: objecting },
  { scene: "long-ended", act: afterwards },
];

async function inOthersTurn(presser: Presser): Promise<void> {
  await reading(presser);
  await presser.test("toggle-record", "toggle-record", "hand", "hand-reply", "hand", "lower-hand");
  await presser.test("open-settings", "set-captions", "set-captions", "set-sounds", "set-sounds");
  await presser.key("Escape");
  await presser.test("open-help");
  await presser.key("Escape");
}

async function reading(presser: Presser): Promise<void> {
  for (const tab of ["minutes", "time", "said", "graph", "said"]) await presser.click(`[data-tab="${tab}"]`);
  await presser.type('[data-testid="search"]', "water");
  await presser.key("Backspace", 5);
}

async function asKeeper(presser: Presser): Promise<void> {
  await presser.test(
    "keeper-menu",
    "keeper-menu",
    "keeper-menu",
    "extend",
    "keeper-menu",
    "pause",
    "keeper-menu",
    "resume",
    "keeper-menu",
    "force-pass",
  );
}

async function objecting(presser: Presser): Promise<void> {
  await presser.test("object-position");
  await presser.type('[data-testid="objection-reason"]', "it leaks");
  await presser.test("send-objection");
}

async function afterwards(presser: Presser): Promise<void> {
  if (await presser.shows("read-minutes")) await presser.test("read-minutes");
  await reading(presser);
  await presser.click('[data-tab="graph"]');
  await presser.test("graph-filter");
  for (const place of [0, 1, 1, 0]) await presser.click(`[data-testid="graph-kind"] >> nth=${place}`);
  await presser.test("graph-larger", "graph-larger");
  await presser.click('[data-tab="minutes"]');
  await presser.test("export", "export");
}

export type Stage = { readonly browser: Browser; readonly service: FakeService; readonly call: StartedCall };

/** The whole session in a meeting of so many. */
export async function sessionOf(count: number, stage: Stage): Promise<Interaction[]> {
  const felt: Interaction[] = [];
  for (const { scene, joined = false, act } of SCENES)
    felt.push(...(await inScene({ scene, count, joined, act }, stage)));
  return felt;
}

type Played = { readonly scene: string; readonly count: number; readonly joined: boolean; readonly act: Act };

async function inScene(
  { scene, count, joined, act }: Played,
  { browser, service, call }: Stage,
): Promise<Interaction[]> {
  const room = `!${scene}.${count}`;
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    permissions: ["microphone", "camera"],
  });
  const page = await context.newPage();
  await page.goto(`${service.url}/widget/#code=${scene}.${count}&roomId=${room}`);
  await page.locator(".sitting").waitFor();
  const presser = await Presser.on(page, `${scene} of ${count}`, SLOWER);
  const talk = joined ? await join({ page, presser, room }, call) : null;
  await act(presser);
  await talk?.();
  await context.close();
  return presser.felt;
}

/** The person joins; somebody else is heard, and their words come as captions, until it is stopped. */
async function join(
  { page, presser, room }: { page: Page; presser: Presser; room: string },
  call: StartedCall,
): Promise<() => Promise<void>> {
  await presser.test("join");
  await page.locator('[data-testid="join-now"]:not([aria-disabled="true"])').waitFor();
  await presser.test("join-now");
  await page.getByTestId("leave").waitFor();
  const speaker = idOf(1);
  const caller = await Caller.join(await call.access(room, speaker));
  await caller.publish();
  const send = await call.captions(room);
  const stopped = new AbortController();
  const talking = (async () => {
    let said = 0;
    for await (const _ of every(CAPTION_EVERY_MS, undefined, { signal: stopped.signal })) {
      said += 1;
      send({
        speaker: personId(speaker),
        segment: String(Math.floor(said / 4)),
        text: "and the beds by the fence ".repeat(1 + (said % 4)),
        final: said % 4 === 3,
      });
    }
  })().catch(() => undefined);
  return async () => {
    stopped.abort();
    await talking;
    await caller.leave();
  };
}
