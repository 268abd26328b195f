import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ObservedCircle } from "../support/history/observed-circle.ts";
import { slowness } from "../support/slowness.ts";
import { LONG } from "../support/stack/long.ts";
import type { SeenEvent } from "../support/stack/matrix-person.ts";

/** Number of kills, each at another point of a pass. */
const KILLS = LONG ? 50 : 2;
const PEOPLE = 3;
const CIRCLES = Math.ceil(KILLS / PEOPLE);
/**
 * Milliseconds from the click within which a kill falls: in the request, the decision, the microphones, the messages or
 * the plugins of an ended circle.
 */
const WITHIN_MS = 250;
/** Milliseconds to be back, as on a machine with nothing else to do. An idle one takes under 2.5 s. */
const BACK_WITHIN_MS = 10_000;
/** Half of the times it is as quick as people expect. With a few kills beside other tests, that is left to chance. */
const MEDIAN_MS = LONG ? 3_000 : BACK_WITHIN_MS;

let circle: ObservedCircle;

beforeAll(async () => {
  const dir = await mkdtemp(join(tmpdir(), "mindminder-kills-"));
  // Every other circle waits until the word is taken, so that some kills fall between offer and acceptance.
  const circles = Array.from({ length: CIRCLES }, (_, index) => ({
    theme: { en: `Theme ${index}`, ru: `Тема ${index}` },
    accept: index % 2 === 0 ? "auto" : "by-next",
  }));
  const scenario = { id: "kills", title: "Kills", turnSeconds: 600, betweenSeconds: 1, circles };
  circle = await ObservedCircle.open({ dir, scenario, microphonesWithinMs: 60_000 });
});

afterAll(() => circle?.close());

const fromBot = ({ type, sender }: SeenEvent) => type === "m.room.message" && sender === circle.mindminder.botId;

test(`killed ${KILLS} times in the midst of a meeting: no turn lost or given twice, no message missing or doubled, the microphone where the state says`, {
  timeout: 60_000 + KILLS * 40_000,
}, async () => {
  const { mindminder, keeper } = circle;
  await startThroughAKill();
  const ring = (await circle.now()).ring;
  const took: number[] = [];

  for (let kill = 1; kill <= KILLS; kill++) {
    const before = await circle.withTheWord();
    await keeper.matrix.say(circle.room, `before kill ${kill}`);
    const passed = circle.pass(before);
    // At any moment.
    await wait(Math.random() * WITHIN_MS);
    await mindminder.killService();
    const answered = await passed;
    const killedAt = performance.now();
    const slow = slowness([process.pid, mindminder.synapse.pid, mindminder.livekit.pid]);
    await mindminder.startService();
    const after = await circle.now();
    if (answered) expect(after.version).toBeGreaterThan(before.version);
    // A pass without an answer may have been decided or not; if not, the speaker presses again.
    await circle.passTurn(before.turn);
    await circle.microphonesFollow();
    took.push((performance.now() - killedAt) / slow());
  }
  console.log(`back after a kill, microphones included: ${took.map((ms) => (ms / 1000).toFixed(1)).join(" ")} s`);
  expect(Math.max(...took)).toBeLessThan(BACK_WITHIN_MS);
  expect(median(took)).toBeLessThan(MEDIAN_MS);

  while ((await circle.now()).phase !== "ended") {
    const meeting = await circle.withTheWord();
    if (meeting.phase === "ended") break;
    await circle.passTurn(meeting.turn);
  }
  await expect
    .poll(async () => (await messages()).filter((each) => "org.mindminder.meeting_record" in each).length)
    .toBe(1);

  const { record } = await circle.record();
  expect(record?.turns.map(({ circle, speaker }) => [circle, speaker])).toEqual(
    Array.from({ length: CIRCLES }, (_, circle) => ring.map((who) => [circle, who])).flat(),
  );
  const written = await messages();
  const turns = written.flatMap((each) => (each["org.mindminder.turn"] as { id: number } | undefined)?.id ?? []);
  expect(turns).toEqual(record?.turns.map(({ id }) => id));
  expect(written.filter((each) => "org.mindminder.circle" in each)).toHaveLength(CIRCLES);

  const verdict = await circle.judge();
  console.log(
    `the floor, from outside: ${verdict.ordered} commands and readings, ${verdict.copies} copies, ${verdict.unanswered} without an answer`,
  );
  expect(verdict).toMatchObject({ result: "ok", problems: [] });
});

/** The first kill: the person who started the meeting and got no answer starts it again if it did not begin. */
async function startThroughAKill(): Promise<void> {
  const started = circle.start("kills");
  // At any moment.
  await wait(Math.random() * 20);
  await circle.mindminder.killService();
  const answered = await started;
  await circle.mindminder.startService();
  const begun = (await circle.now()).phase === "circle";
  if (answered) expect(begun).toBe(true);
  if (!begun) expect(await circle.start("kills")).toBe(true);
}

function median(of: readonly number[]): number {
  return of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0;
}

/** Messages of the bot, without later edits. */
async function messages(): Promise<Record<string, unknown>[]> {
  return (await circle.keeper.matrix.history(circle.room))
    .filter(fromBot)
    .map(({ content }) => content)
    .filter((content) => !("m.new_content" in content));
}
