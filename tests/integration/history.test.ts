import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setUp } from "../../tools/setup/setup.ts";
import { until } from "../support/call/call-stage.ts";
import { type Nemesis, nemeses, ONE_OF_EACH, type Surroundings } from "../support/history/nemeses.ts";
import { ObservedCircle } from "../support/history/observed-circle.ts";
import { ShiftedClock } from "../support/history/shifted-clock.ts";
import { LONG } from "../support/stack/long.ts";
import { StallingProxy } from "../support/stack/stalling-proxy.ts";

/** Seconds for which each nemesis lasts, one after another. */
const LASTS = LONG ? [5, 20, 60] : [1];
/** Longest wait for the circle to go on after one; LiveKit's clients take their time after a minute without it. */
const GOES_ON_WITHIN_MS = LONG ? 90_000 : 60_000;
const PEOPLE = 3;

let circle: ObservedCircle;
let surroundings: Omit<Surroundings, "mindminder">;

beforeAll(
  async () => {
    const dir = await mkdtemp(join(tmpdir(), "mindminder-history-"));
    const clock = await ShiftedClock.open(dir);
    const proxies: Partial<Record<"toHomeserver" | "toLiveKit", StallingProxy>> = {};
    const behind = (name: keyof typeof proxies) => async (url: string) => {
      const proxy = (proxies[name] = await StallingProxy.open(url));
      return proxy.url;
    };
    const theme = { en: "What do you see?", ru: "Что вы видите?" };
    circle = await ObservedCircle.open({
      dir,
      env: clock.env,
      scenario: {
        id: "history",
        title: "History",
        turnSeconds: 3_600,
        betweenSeconds: 0,
        circles: Array.from({ length: 20 }, (_, index) => ({
          theme,
          accept: index % 2 === 0 ? "auto" : "by-next",
        })),
      },
      microphonesWithinMs: GOES_ON_WITHIN_MS,
      homeserverBehind: behind("toHomeserver"),
      livekitBehind: behind("toLiveKit"),
      // A scribe that hears takes a core: in the long run alone.
      ...(LONG && { config: { speech: await hearing() } }),
    });
    surroundings = { clock, ...(proxies as Required<typeof proxies>) };
  },
  LONG ? 480_000 : 120_000,
);
afterAll(async () => {
  await circle?.close();
  surroundings?.toHomeserver.close();
  surroundings?.toLiveKit.close();
});

async function hearing() {
  const { speech } = await setUp({ speech: true });
  return { sherpa: { modelFolder: speech.whisper }, voiceActivityModel: speech.vad };
}

const tried = nemeses(() => ({ mindminder: circle.mindminder, ...surroundings }), LONG).filter(
  ({ name }) => LONG || ONE_OF_EACH.includes(name),
);

/** The long run takes half an hour: a part of it is taken by name, such as `-t "(20 s|in one order)"`. */
describe.each(LASTS)("for %i s", (seconds) => {
  beforeAll(async () => expect(await circle.start("history")).toBe(true));
  test.each(tried)("$name: the circle goes on", { timeout: 240_000 }, (nemesis) => survives(nemesis, seconds));
  afterAll(async () => {
    const end = async () => {
      const { version } = await circle.withTheWord();
      return (await circle.keeper.widget.command({ type: "end", expectedVersion: version })).status;
    };
    // Asks again: somebody who comes back in that moment makes it another meeting than the one that was looked at.
    await until("the meeting is ended", async () => (await end()) === 200);
  });
});

test("to people outside, the floor changed in one order", { timeout: 240_000 }, async () => {
  const verdict = await circle.judge(100);
  console.log(
    `the floor, from outside: ${verdict.ordered} commands and readings, ${verdict.copies} copies, ${verdict.unanswered} without an answer`,
  );
  expect(verdict).toMatchObject({ result: "ok", problems: [] });
  expect(verdict.ordered).toBeGreaterThan(100);
  expect(verdict.copies).toBeGreaterThan(10);
});

/**
 * People go on pressing while it lasts, as people do; then the circle goes on and the microphone is where it belongs.
 */
async function survives({ name, begin }: Nemesis, seconds: number): Promise<void> {
  const before = await circle.withTheWord(GOES_ON_WITHIN_MS);
  const pressed = [circle.pass(before)];
  const end = begin();
  const began = performance.now();
  for (let press = 0; press < PEOPLE; press++) {
    // Presses again a while later.
    await wait((seconds * 1_000) / PEOPLE);
    pressed.push(circle.pass(before));
  }
  await end();
  const ended = performance.now();
  expect((await Promise.all(pressed)).filter(Boolean).length).toBeLessThanOrEqual(1);
  const after = await circle.withTheWord(GOES_ON_WITHIN_MS);
  expect(after.version).toBeGreaterThanOrEqual(before.version);
  expect(await circle.passOn(GOES_ON_WITHIN_MS)).toBe(true);
  await circle.microphonesFollow();
  console.log(
    `${name}, ${Math.round((ended - began) / 100) / 10} s: the circle went on after ${Math.round(performance.now() - ended)} ms`,
  );
}
