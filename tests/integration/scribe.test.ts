import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { slowness } from "../support/slowness.ts";
import { LONG } from "../support/stack/long.ts";
import { findVoice } from "../voices/voices.ts";
import { wordErrors } from "../voices/word-errors.ts";
import { MEETING, ScribeStage, until } from "../support/scribe/scribe-stage.ts";
import { meetingId, personId } from "../support/protocol/ids.ts";

const ANNA = personId("@anna:example.org");
const SUE = personId("@sue:example.org");
const TOM = personId("@tom:example.org");

let stage: ScribeStage;
beforeAll(async () => {
  stage = await ScribeStage.open();
});
afterAll(() => stage?.close());

const wrongShare = (said: string, written: string) => {
  const { errors, of: words } = wordErrors(said, written);
  return errors / words;
};

test("two turns, one in English and one in Russian, are written down as they were said, and nobody else is", async () => {
  const [sues, annas, toms] = await Promise.all([findVoice("Sue", 1), findVoice("Анна", 1), findVoice("Tom", 1)]);
  const [sue, anna, tom] = await Promise.all([stage.join(SUE), stage.join(ANNA), stage.join(TOM)]);

  await stage.hear(1, SUE);
  await Promise.all([sue.say(sues.file), tom.say(toms.file)]);
  // The next turn begins before the text of this one is there.
  stage.stop(1);
  await stage.hear(2, ANNA);
  await anna.say(annas.file);
  stage.stop(2);
  await Promise.all([stage.drained(1), stage.drained(2)]);

  expect(wrongShare(sues.text, stage.text(1)), stage.text(1)).toBeLessThan(0.3);
  expect(wrongShare(annas.text, stage.text(2)), stage.text(2)).toBeLessThan(0.3);
  expect(stage.finals(1).map(({ language }) => language)).toContain("en");
  expect(stage.finals(2).map(({ language }) => language)).toContain("ru");
  for (const turn of [1, 2]) {
    expect(stage.of(turn).at(-1)?.type).toBe("drained");
    expect(stage.count(turn, "drained")).toBe(1);
    expect(stage.count(turn, "failed")).toBe(0);
    const finals = stage.finals(turn);
    expect(finals.map(({ piece }) => piece)).toEqual(
      finals.map(({ piece }) => piece).sort((one, other) => one - other),
    );
    for (const { startedAt, endedAt, places = [], text } of finals) {
      expect(endedAt).toBeGreaterThan(startedAt);
      // The engine tells when its sentences begin.
      expect(places[0]?.letter, text).toBe(0);
      expect(places.every(({ ms }) => ms < endedAt - startedAt)).toBe(true);
    }
  }
  expect(stage.finals(1)[0]?.engine.id).toBe("sherpa");
  await tom.leave();
});

test("a turn in which nobody speaks is drained, once, without text", async () => {
  await stage.listen(3, SUE);
  // A turn of that length, in which nothing is said.
  await wait(1_000);
  stage.stop(3);
  stage.stop(3);
  await stage.drained(3);
  // Waits to see that it is not told once more.
  await wait(500);
  expect(stage.of(3).map(({ type }) => type)).toEqual(["drained"]);
});

test.runIf(LONG)("a speaker who comes late, publishes anew, drops out and comes back is heard each time", async () => {
  const late = personId("@late:example.org");
  /** Long enough for the first sentence of the clip. */
  const sentence = { seconds: 3.2 };
  await stage.hear(4, late);
  const before = await stage.join(late);
  await stage.published();
  await before.say("sue-1.opus", sentence); // We never have a clear agenda.
  await before.unpublish();
  await before.publish();
  await stage.published();
  await before.say("kim-1.opus", sentence); // Monday morning is the busiest time of my week.
  await before.leave();
  const after = await stage.join(late);
  await stage.published();
  await after.say("tom-2.opus", sentence); // I will collect the reports by Wednesday.
  stage.stop(4);
  await stage.drained(4);
  expect(stage.text(4).toLowerCase()).toMatch(/agenda.*monday morning.*reports/s);
});

test("a call that cannot be reached fails the turn and drains it", async () => {
  // Its own meeting, for this one has its way into the call already.
  const call = { url: "ws://127.0.0.1:9", token: "none" };
  stage.scribe.send({
    type: "listen",
    meeting: meetingId("munreachable1"),
    turn: 5,
    speaker: SUE,
    language: "en",
    vocabulary: [],
    call,
  });
  // A turn of that length, though the scribe gets to it late: only who was out of the call for two seconds is told of.
  await wait(4_000);
  stage.scribe.send({ type: "stop", meeting: meetingId("munreachable1"), turn: 5 });
  await stage.drained(5);
  expect(stage.of(5).map((message) => (message.type === "failed" ? message.code : message.type))).toEqual([
    "call-unreachable",
    "drained",
  ]);
});

test.runIf(LONG)(
  "a LiveKit that dies and comes back in mid-turn costs what was said meanwhile, and no more",
  async () => {
    const { file, text } = await findVoice("Tom", 1);
    await stage.listen(6, TOM);
    await stage.livekit.kill();
    await stage.livekit.restart();
    await stage.makeRoom();
    const tom = await stage.join(TOM);
    await until("the scribe is in the call again", async () => (await stage.scribeInCall()) !== undefined);
    await stage.published();
    await tom.say(file);
    stage.stop(6);
    await stage.drained(6);
    expect(wrongShare(text, stage.text(6)), stage.text(6)).toBeLessThan(0.3);
    expect(stage.count(6, "drained")).toBe(1);
  },
);

/** Expects that nobody notices a failed scribe: the words are all there, in their turn. */
async function allOfIt(turn: number, said: string): Promise<void> {
  await stage.drained(turn);
  await until("nothing of it waits any more", () => !stage.waiting()?.some((one) => one.turn === turn), 60_000);
  expect(wrongShare(said, stage.wholeText(turn)), stage.wholeText(turn)).toBeLessThan(0.3);
  expect(stage.count(turn, "stumbled")).toBe(1);
  expect(stage.count(turn, "drained")).toBe(1);
  expect([stage.count(turn, "failed"), stage.count(turn, "unheard")]).toEqual([0, 0]);
}

/** One that hangs while somebody speaks is in speaking.test.ts each time. */
const FAILING = [
  { turn: 7, how: "hangs", signal: "SIGSTOP", withinMs: 5_500 },
  { turn: 8, how: "is killed", signal: "SIGKILL", withinMs: 1_000 },
] as const;

test.each(FAILING.slice(LONG ? 0 : 1))(
  "a scribe that $how in mid-turn is noticed soon, and not a word is lost: not the piece under way, nor what is said meanwhile",
  async ({ turn, signal, withinMs }) => {
    const clips = [await findVoice("Sue", 1), await findVoice("Sue", 2)];
    const sue = await stage.join(SUE);
    await stage.hear(turn, SUE);
    const {
      pid = 0,
      counts: { restarts },
    } = stage.scribe;
    const speaking = (async () => {
      for (const { file } of clips) await sue.say(file);
    })();
    // Into the midst of what is said: the clip is played as fast as it was spoken.
    await wait(2_000);
    const [slow, from] = [slowness(), performance.now()];
    process.kill(pid, signal);
    await until("it is noticed", () => stage.count(turn, "stumbled") > 0);
    expect(performance.now() - from).toBeLessThan(withinMs * slow());
    await speaking;
    stage.stop(turn);
    await allOfIt(turn, clips.map(({ text }) => text).join(" "));
    expect(stage.scribe.pid).not.toBe(pid);
    expect(stage.scribe.counts.restarts).toBe(restarts + 1);
    await sue.leave();
  },
);

test.runIf(LONG)(
  "a scribe that hangs while the word is passed on: the turn that is over is written down by the next one",
  async () => {
    const { file, text } = await findVoice("Kim", 1);
    const speaker = personId("@kim:example.org");
    const kim = await stage.join(speaker);
    await stage.hear(9, speaker);
    const speaking = kim.say(file);
    // Into the midst of what is said.
    await wait(1_000);
    process.kill(stage.scribe.pid ?? 0, "SIGSTOP");
    await speaking;
    stage.stop(9);
    await allOfIt(9, text);
  },
);

test("after the meeting the scribe is no longer in the call", async () => {
  await stage.listen(10, SUE);
  await until("it is in the call", async () => (await stage.scribeInCall()) !== undefined);
  stage.stop(10);
  stage.scribe.send({ type: "leave", meeting: MEETING });
  await stage.drained(10);
  await until("it has left", async () => (await stage.scribeInCall()) === undefined);
});

test("a service that ends in the midst of a sentence leaves it on the disk, where the next one finds it", async () => {
  const tom = await stage.join(TOM);
  await stage.listen(11, TOM);
  let talks = true;
  const speaking = (async () => {
    while (talks) await tom.say("tom-1.opus");
  })();
  await until("a sentence has begun", () => stage.count(11, "partial") > 0);
  await stage.scribe.stop();
  expect(await stage.spooled(11)).not.toEqual([]);
  talks = false;
  await speaking;
});
