import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { RoomServiceClient, TrackSource } from "livekit-server-sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import type { MeetingSnapshot } from "../../appservice/protocol/meeting-snapshot.ts";
import { Caller } from "../support/call/caller.ts";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

/** Number of kills, each at another point of a pass. */
const KILLS = LONG ? 50 : 4;
const NAMES = ["ann", "bob", "eve"];
const CIRCLES = Math.ceil(KILLS / NAMES.length);
/**
 * Milliseconds from the click within which a kill falls: in the request, the decision, the microphones, the messages or
 * the plugins of an ended circle.
 */
const WITHIN_MS = 250;
/** Milliseconds to be back. An idle machine takes under 2.5 s; this one may be busy with other tests. */
const BACK_WITHIN_MS = 10_000;
/** Half of the times it is as quick as people expect. With a few kills beside other tests, that is left to chance. */
const MEDIAN_MS = LONG ? 3_000 : BACK_WITHIN_MS;

type Person = { readonly matrix: MatrixPerson; readonly widget: WidgetPerson; readonly caller: Caller };

let mindminder: Mindminder;
let room: string;
let people: Person[];

beforeAll(async () => {
  const dir = await mkdtemp(join(tmpdir(), "mindminder-kills-"));
  const scenarios = join(dir, "scenarios");
  await mkdir(scenarios);
  // Every other circle waits until the word is taken, so that some kills fall between offer and acceptance.
  const circles = Array.from({ length: CIRCLES }, (_, index) => ({
    theme: { en: `Theme ${index}`, ru: `Тема ${index}` },
    accept: index % 2 === 0 ? "auto" : "by-next",
  }));
  await writeFile(
    join(scenarios, "kills.yaml"),
    stringify({ id: "kills", title: "Kills", turnSeconds: 600, betweenSeconds: 1, circles }),
  );
  mindminder = await startMindminder({ dir, config: { scenarios, speech: { engine: "off" } } });
  const matrix = await Promise.all(NAMES.map((name) => MatrixPerson.register(mindminder.synapse, name)));
  const [keeper, ...others] = matrix as [MatrixPerson, ...MatrixPerson[]];
  room = await roomWithBot(mindminder, keeper, ...others);
  people = [];
  for (const person of matrix) {
    const widget = await WidgetPerson.open(mindminder.url, room, person);
    const caller = await Caller.join({ ...(await widget.call()), tone: 0, ears: false });
    await caller.publish({ muted: true });
    people.push({ matrix: person, widget, caller });
  }
});

afterAll(async () => {
  await Promise.all((people ?? []).flatMap(({ matrix, caller }) => [matrix.close(), caller.leave()]));
  await mindminder?.stop();
});

const fromBot = ({ type, sender }: SeenEvent) => type === "m.room.message" && sender === mindminder.botId;

test(`killed ${KILLS} times in the midst of a meeting: no turn lost or given twice, no message missing or doubled, the microphone where the state says`, {
  timeout: 60_000 + KILLS * 20_000,
}, async () => {
  for (const { widget } of people) expect((await widget.joinCircle()).status).toBe(200);
  await startThroughAKill();
  const ring = (await now()).ring;
  const took: number[] = [];

  for (let kill = 1; kill <= KILLS; kill++) {
    const before = await withTheWord();
    await people[0]!.matrix.say(room, `before kill ${kill}`);
    const passed = pass(before);
    // At any moment.
    await wait(Math.random() * WITHIN_MS);
    await mindminder.killService();
    const answered = await passed;
    const killedAt = performance.now();
    await mindminder.startService();
    const after = await now();
    if (answered) expect(after.version).toBeGreaterThan(before.version);
    // A pass without an answer may have been decided or not; if not, the speaker presses again.
    if (after.turn?.id === before.turn?.id) expect(await pass(after)).toBe(true);
    await microphonesFollow();
    took.push(performance.now() - killedAt);
  }
  console.log(`back after a kill, microphones included: ${took.map((ms) => (ms / 1000).toFixed(1)).join(" ")} s`);
  expect(Math.max(...took)).toBeLessThan(BACK_WITHIN_MS);
  expect(median(took)).toBeLessThan(MEDIAN_MS);

  while ((await now()).phase !== "ended") {
    const meeting = await withTheWord();
    if (meeting.phase === "ended") break;
    expect(await pass(meeting)).toBe(true);
  }
  await expect
    .poll(async () => (await messages()).filter((each) => "org.mindminder.meeting_record" in each).length, {
      timeout: 30_000,
    })
    .toBe(1);

  const { record } = await people[0]!.widget.record();
  expect(record?.turns.map(({ circle, speaker }) => [circle, speaker])).toEqual(
    Array.from({ length: CIRCLES }, (_, circle) => ring.map((who) => [circle, who])).flat(),
  );
  const written = await messages();
  const turns = written.flatMap((each) => (each["org.mindminder.turn"] as { id: number } | undefined)?.id ?? []);
  expect(turns).toEqual(record?.turns.map(({ id }) => id));
  expect(written.filter((each) => "org.mindminder.circle" in each)).toHaveLength(CIRCLES);
});

/** The first kill: the person who started the meeting and got no answer starts it again if it did not begin. */
async function startThroughAKill(): Promise<void> {
  const start = () =>
    people[0]!.widget.command({ type: "start", scenario: "kills" }).then(
      ({ status }) => status === 200,
      () => false,
    );
  const started = start();
  // At any moment.
  await wait(Math.random() * 20);
  await mindminder.killService();
  const answered = await started;
  await mindminder.startService();
  const begun = (await now()).phase === "circle";
  if (answered) expect(begun).toBe(true);
  if (!begun) expect(await start()).toBe(true);
}

function median(of: readonly number[]): number {
  return of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0;
}

async function now(): Promise<MeetingSnapshot> {
  const { meeting } = await people[0]!.widget.meeting();
  if (!meeting) throw new Error("the meeting is gone");
  return meeting;
}

/** Once somebody has the word, or the meeting is over; an offered word is taken. */
async function withTheWord(): Promise<MeetingSnapshot> {
  let meeting = await now();
  await expect
    .poll(
      async () => {
        meeting = await now();
        const offered =
          meeting.turn?.status === "offered"
            ? people.find(({ matrix }) => matrix.userId === meeting.turn?.speaker)
            : undefined;
        if (offered) await offered.widget.command({ type: "accept", expectedVersion: meeting.version });
        return meeting.phase === "ended" || meeting.turn?.status === "speaking";
      },
      { timeout: 15_000, interval: 50 },
    )
    .toBe(true);
  return meeting;
}

/** Passes the word; true when the service said yes. */
async function pass({ turn, version }: MeetingSnapshot): Promise<boolean> {
  const speaker = people.find(({ matrix }) => matrix.userId === turn?.speaker);
  return speaker!.widget.command({ type: "pass", expectedVersion: version }).then(
    ({ status }) => status === 200,
    () => false,
  );
}

/** LiveKit itself is asked whose microphone is open. */
async function microphonesFollow(): Promise<void> {
  const { httpUrl, apiKey, apiSecret } = mindminder.livekit;
  const livekit = new RoomServiceClient(httpUrl, apiKey, apiSecret);
  let lately = "";
  await expect
    .poll(
      async () => {
        const meeting = await now();
        const open = (await livekit.listParticipants(room))
          .filter(({ tracks }) => tracks.some(({ source, muted }) => source === TrackSource.MICROPHONE && !muted))
          .map(({ identity }) => identity);
        const wanted = meeting.turn?.status === "speaking" ? [meeting.turn.speaker] : [];
        lately = JSON.stringify({ phase: meeting.phase, turn: meeting.turn, open });
        // Elsewhere the floor is open: whose microphone is, is their own affair.
        return meeting.phase !== "circle" || JSON.stringify(open) === JSON.stringify(wanted);
      },
      { timeout: BACK_WITHIN_MS, interval: 50 },
    )
    .toBe(true)
    .catch((error: unknown) => {
      console.log(lately);
      throw error;
    });
}

/** Messages of the bot, without later edits. */
async function messages(): Promise<Record<string, unknown>[]> {
  return (await people[0]!.matrix.history(room))
    .filter(fromBot)
    .map(({ content }) => content)
    .filter((content) => !("m.new_content" in content));
}
