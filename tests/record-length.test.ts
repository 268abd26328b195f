import { circleOf, turnOf } from "../appservice/circle/meeting.ts";
import { expect, test } from "vitest";
import { council, Play } from "./support/circle/play.ts";
import { snapshotOf } from "../appservice/circle/snapshot.ts";
import { type Plan, planOf } from "../appservice/circle/scenario.ts";
import { OWN_SCENARIOS } from "../appservice/configuration/config.ts";
import { readScenarios } from "../appservice/configuration/scenarios.ts";
import { recordForMinutes } from "../appservice/record/view.ts";
import { translateTo } from "../appservice/language/translate.ts";
import { enablePlugins, loadPlugins } from "../appservice/minutes/registry.ts";
import { createRunner } from "../appservice/minutes/runner.ts";
import type { Language } from "../appservice/protocol/identity.ts";
import { CONTENT_KEY } from "../appservice/protocol/namespace.ts";
import { recordPostsAsStored as recordPosts } from "./support/room/record-posts-as-stored.ts";
import { wordingFor } from "../appservice/room/wording.ts";
import { recordFigures } from "./support/room/record-figures.ts";
import { listVoices } from "./voices/voices.ts";
import { Recording } from "./support/record/recording.ts";

const PLUGINS = enablePlugins(await loadPlugins(), { tasks: { timeZone: "UTC" } }).enabled;
const VOICES = await listVoices();

type Says = (person: string, circle: number) => string;

/**
 * A meeting in which everybody speaks in each circle, one utterance a turn; with all that the rules make of it, as it
 * stands in the room.
 */
async function meetingOf(people: readonly string[], plan: Plan, says: Says, language: Language) {
  const play = new Play().gather(...people).start(people[0]!, plan);
  const record = new Recording();
  while (play.state.phase !== "ended") {
    const turn = turnOf(play.state);
    const circle = circleOf(play.state);
    if (play.state.phase === "between") play.by(people[0]!, "next-circle");
    else if (!turn || !circle || turn.status !== "speaking") play.wait(5);
    else {
      const [person, startedAt] = [people.find((name) => turn.speaker === `@${name}:hs`)!, play.at];
      play.wait(12).by(person, "pass");
      const text = says(person, circle.index);
      record.add({
        type: "utterance-heard",
        utterance: {
          id: `${turn.id}.1`,
          turn: turn.id,
          circle: circle.index,
          speaker: turn.speaker,
          startedAt,
          endedAt: play.at,
          language: null,
          text,
          segments: [{ kind: "speech", text }],
          engine: { id: "sherpa", model: "whisper-base" },
        },
      });
      record.add({ type: "turn-heard", turn: turn.id, complete: true });
    }
  }
  const meeting = { ...play.state, language };
  const runner = createRunner({
    pluginSet: () => ({ plugins: PLUGINS, llmOf: () => null }),
    log: { warn: () => {} },
    onMade: (_, entry) => record.add({ type: "minutes-made", entry }),
    onFailed: (_, plugin, __, error) => expect.unreachable(`${plugin}: ${error.message}`),
  });
  for (let before = -1; before !== record.now.minutes.length; ) {
    before = record.now.minutes.length;
    runner.project(snapshotOf(meeting, play.at), recordForMinutes(meeting, record.now));
    await runner.idle();
  }
  const picture = { mxc: "mxc://hs/map", mimetype: "image/png", width: 1600, height: 900, size: 1 };
  record.add({
    type: "graph-drawn",
    drawn: {
      state: "",
      at: 1,
      counts: { participant: people.length, circle: plan.circles.length, statement: 14, task: 9 },
      central: [],
      picture,
    },
  });
  const posts = recordPosts(
    meeting,
    record.now,
    { made: record.now.minutes, failed: record.now.failed, pending: false },
    wordingFor(meeting, record.now, translateTo(language)),
  );
  return {
    posts,
    messages: posts.filter(({ type }) => type === "m.room.message"),
    utterances: record.now.utterances.map(({ text }) => text),
  };
}

const figuresOf = ({ messages, utterances }: Awaited<ReturnType<typeof meetingOf>>) =>
  recordFigures(
    utterances,
    messages.map(({ content }) => ({ body: String(content["body"]), isTranscript: CONTENT_KEY.turn in content })),
  );

const THEMES = {
  en: ["How do you see it: our Monday meeting?", "What do you propose, and what do you take on: our Monday meeting?"],
  ru: [
    "Каким вы это видите: понедельничная встреча?",
    "Что вы предлагаете и что берёте на себя: понедельничная встреча?",
  ],
};
const spoken: Says = (person, circle) =>
  VOICES.find((voice) => voice.person === person && voice.circle === circle + 1)!.text;

test.each(["en", "ru"] as const)(
  "the demo's meeting in %s: the record is no longer than two and a half times what was said, and says nothing three times",
  async (language) => {
    const [how, what] = THEMES[language];
    const plan = council({ betweenSeconds: 15, circles: [{ theme: how! }, { theme: what! }] });
    const meeting = await meetingOf(["Анна", "Tom", "Борис", "Sue", "Вера"], plan, spoken, language);
    const figures = figuresOf(meeting);
    expect(figures.said).toBeGreaterThan(150);
    expect(figures.times).toBeLessThanOrEqual(2.5);
    expect(figures.mostRepeated.times).toBeLessThanOrEqual(2);
    expect(meeting.messages.filter(({ thread }) => thread === null).map(({ key }) => key)).toEqual([
      "circle:0",
      "circle:1",
      "meeting",
    ]);
    // A thread's newest message stands beside it: that is a task.
    expect(meeting.messages.findLast(({ thread }) => thread === "meeting")?.key).toMatch(/^task:/);
  },
);

test("a retrospective of seven people in five circles is some forty messages, and each of its tasks is one", async () => {
  const retrospective = readScenarios(OWN_SCENARIOS).get("retrospective")!;
  const people = ["ann", "bob", "eve", "joe", "kim", "sue", "tom"];
  const said: Says = (person, circle) =>
    circle === 3 && person !== "tom" && person !== "sue"
      ? "Nothing more. I agree with that."
      : circle === 3
        ? `I will ask ${person === "tom" ? "the customers" : "our colleagues"} by Friday.`
        : `${person} says what circle ${circle} was like.`;
  const meeting = await meetingOf(people, planOf(retrospective, "en", "the spring"), said, "en");
  const tasks = meeting.messages.filter(({ key }) => key.startsWith("task:"));
  expect(tasks).toHaveLength(2);
  expect(meeting.messages.filter(({ thread }) => thread === null)).toHaveLength(6);
  expect(meeting.messages.length).toBeLessThanOrEqual(45);
});
