import { expect, test } from "vitest";
import { personNamed } from "../../appservice/circle/person-named.ts";
import { shortened } from "../../appservice/language/shortened.ts";
import { translateTo } from "../../appservice/language/translate.ts";
import { withoutDay } from "../../appservice/language/without-day.ts";
import { findDecisions } from "../../appservice/minutes/decisions/find-decisions.ts";
import { speechAct } from "../../appservice/minutes/graph/speech-act.ts";
import { findQuestions } from "../../appservice/minutes/questions/find-questions.ts";
import { dueDate } from "../../appservice/minutes/tasks/due-date.ts";
import { findTasks } from "../../appservice/minutes/tasks/find-tasks.ts";
import { typedTasks } from "../../appservice/minutes/tasks/typed-tasks.ts";
import { titled } from "../../appservice/minutes/tasks/task-title.ts";
import { utterance } from "../support/minutes/utterance.ts";
import { sentencesOf } from "../../appservice/minutes/text/sentences.ts";
import { readCommand } from "../../appservice/room/commands/registry.ts";
import { readTaskEdit } from "../../appservice/room/tasks/read-task-edit.ts";
import { TestRoom } from "../support/room/room.ts";
import { cleanTranscript } from "../../appservice/scribe/transcript-text.ts";
import { LONG } from "../support/stack/long.ts";
import { personId, roomId } from "../support/protocol/ids.ts";

/** Bytes that a homeserver lets through (Client-Server API, "Size limits"). */
const BYTES = 64_000;

/**
 * Pieces that patterns and loops stumble over when repeated: marks that end things, beginnings without an end, words
 * that rules wait for.
 */
const PIECES = [
  "a",
  "я",
  ":",
  ".",
  "!",
  "?",
  " ",
  "\t",
  "\n",
  "…",
  "0",
  "1.",
  "77 ",
  "(",
  "[",
  "{",
  "<",
  "*",
  "`",
  "```\n",
  "->",
  "=> ",
  "{{",
  "$t(",
  '"',
  "»",
  "- ",
  "— ",
  ", ",
  "; ",
  "[music] ",
  "и ",
  "and ",
  "боя",
  "надцатл",
  "друзья ",
  "все ",
  "мы ",
  "что ",
  "that ",
  "if ",
  "said that ",
  "говорил что ",
  "а. ",
  "mr. ",
  "😀",
  "e\u0301",
  "\u200b",
  "\u202e",
  "Bob, please, ",
  "Борис, ",
  "I'll ",
  "я сделаю ",
  "by Friday ",
  "до пятницы ",
  "25.12 ",
  "in 2 days ",
  "через 2 дня ",
  "twenty-",
  "мая ",
  "Task: ",
  "task: a\n",
  "задача: ",
  "Decision: ",
  "решили ",
  "Why? ",
  "почему? ",
  "https://a.b/c?d! ",
  "[@bob:hs](https://matrix.to/#/@bob:hs) ",
  "@bob:hs ",
];
const ENDINGS = LONG ? ["", "x", "?", ".", "\n", " ж"] : ["", "x?"];

const longText = (piece: string, ending: string) =>
  piece.repeat(Math.ceil(BYTES / Buffer.byteLength(piece))).slice(0, BYTES) + ending;
const textsWith = (endings: readonly string[]) =>
  PIECES.flatMap((piece) =>
    endings.map((ending) => ({ shown: JSON.stringify(`${piece}…${ending}`), text: longText(piece, ending) })),
  );

const people = [
  { id: personId("@ann:hs"), name: "Ann" },
  { id: personId("@bob:hs"), name: "Bob" },
  { id: personId("@boris:hs"), name: "Борис" },
];
const today = new Date("2026-11-23T00:00:00Z");
const dayNamed = (words: string) => dueDate(words, today);
const t = translateTo("ru");

/**
 * Processor time of this thread, so that other work on the machine does not count; of three tries the best, as a first
 * one is compiled and collected.
 */
async function cost(work: () => unknown, enough: number): Promise<number> {
  let least = Infinity;
  for (let tries = 0; tries < 3 && least > enough; tries++) {
    const before = process.threadCpuUsage();
    await work();
    const { user, system } = process.threadCpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

async function slowOnes(
  rule: (text: string) => unknown,
  most: number,
  endings: readonly string[] = ENDINGS,
): Promise<string[]> {
  const slow: string[] = [];
  for (const { shown, text } of textsWith(endings)) {
    const took = await cost(() => rule(text), most);
    if (took > most) slow.push(`${shown} ${Math.round(took)} ms`);
  }
  return slow;
}

/** Work on the main thread, beside the microphones (docs/security.md). */
const AT_ONCE: Readonly<Record<string, (text: string) => unknown>> = {
  "a command": (text) => readCommand(`!circle word ${text}`),
  "what may be a command": readCommand,
  "a person's name": (text) => personNamed(text, people),
  "a reply to a task": (text) => readTaskEdit(text, { people, mentioned: [], dayNamed }),
  "a day": dayNamed,
  "a task's title": titled,
  "a title beside its date": withoutDay,
  "a sentence of ours": (text) => t("command.unknown", { word: text }),
  "a shortened text": (text) => shortened(text, 100),
};

test.for(Object.keys(AT_ONCE))("%s of 64 kB is read within 20 ms, whatever it repeats", async (name) => {
  expect(await slowOnes(AT_ONCE[name]!, 20)).toEqual([]);
});

/** Work in other threads, which still keeps its people waiting: as long as for a meeting of an hour. */
const ELSEWHERE: Readonly<Record<string, (text: string) => unknown>> = {
  "speech as it is recognised": (text) => cleanTranscript(text),
  sentences: (text) => sentencesOf([utterance({ text })]),
  tasks: (text) => findTasks({ utterances: [utterance({ text })], people, timeZone: "UTC" }),
  "tasks that were typed": (text) =>
    typedTasks([{ id: "$c", circle: 0, turn: 1, who: personId("@ann:hs"), name: "Ann", at: today.getTime(), text }], {
      utterances: [],
      people,
      timeZone: "UTC",
    }),
  decisions: (text) => findDecisions([utterance({ text })], []),
  questions: (text) =>
    findQuestions(
      [utterance({ text }), utterance({ text, id: "2.1", turn: 2, speaker: personId("@bob:hs") })],
      [],
      people,
    ),
  "what a sentence does": (text) => sentencesOf([utterance({ text })]).map((sentence) => speechAct(sentence.text)),
};

test.for(Object.keys(ELSEWHERE))(
  "%s of 64 kB are found soon, whatever it repeats",
  { timeout: 300_000 },
  async (name) => {
    expect(await slowOnes(ELSEWHERE[name]!, 1_500, LONG ? ENDINGS : ["x?"])).toEqual([]);
  },
);

/** Ways by which a message comes into a room, with a circle that runs. */
const DOORS: Readonly<Record<string, (text: string) => string>> = {
  "a comment": (text) => text,
  "a command": (text) => roomId(`!circle ${text}`),
  "the word for somebody": (text) => roomId(`!circle word ${text}`),
  "an order": (text) => roomId(`!circle order ${text}`),
  "a theme": (text) => roomId(`!circle theme ${text}`),
  "a vocabulary": (text) => roomId(`!circle vocabulary ${text}`),
  "a template": (text) => roomId(`!circle summary own ${text}`),
  "a scenario": (text) => roomId(`!circle scenario import\n${text}`),
  "a correction": (text) => roomId(`!circle correct ${text}`),
};

test.for(Object.keys(DOORS))(
  "%s of 64 kB is taken or refused soon, and the next person is answered",
  { timeout: 300_000 },
  async (name) => {
    const room = await TestRoom.running();
    const door = DOORS[name]!;
    expect(await slowOnes((text) => room.say("@ann:hs", door(text)), 60)).toEqual([]);
    expect(await room.say("@ann:hs", "!circle status")).not.toBe("");
  },
);
