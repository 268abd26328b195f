import { pausedSince, turnOf } from "../circle/meeting.ts";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { council } from "../../tests/support/circle/play.ts";
import { openDatabase } from "../store/database.ts";
import { Journal } from "../journal/journal.ts";
import { Meetings } from "../journal/meetings.ts";
import type { FromScribe, ToScribe } from "../protocol/scribe-messages.ts";
import { type SpokenRequest, Listening } from "./listening.ts";
import { compile } from "./spoken/compiled.ts";
import { doAsAsked } from "./spoken/do-as-asked.ts";
import { Lexicon } from "./spoken/lexicon.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";

const ROOM = roomId("!room");
const lexicons = [
  compile(Lexicon.parse(parse(readFileSync(resolve(import.meta.dirname, "../../config/lexicon/ru.yaml"), "utf8")))),
];

/** Makes a running meeting of Анна (whose turn it is), Борис and Вера, and a scribe that says what it is told to. */
function table({ answers = true, moderator = "" } = {}) {
  let clock = 1_000_000;
  const meetings = new Meetings({
    journal: new Journal(openDatabase(":memory:")),
    now: () => clock,
    languageOf: () => "ru",
    onUnreadable: (_, error) => {
      throw error;
    },
  });
  const person = (name: string) => ({
    actor: madeActor(personId(`@${name}:x`)),
    at: clock,
    expectedVersion: null,
  });
  for (const [id, name] of [
    ["anna", "Анна"],
    ["boris", "Борис"],
    ["vera", "Вера"],
  ] as const)
    meetings.send(ROOM, { type: "join", name, ...person(id) });
  meetings.send(ROOM, { type: "start", plan: council(), topic: "", seed: 1, ...person("anna") });
  const told: ToScribe[] = [];
  const asked: SpokenRequest[] = [];
  const listening = new Listening({
    meetings,
    tell: (message) => told.push(message),
    callToken: async () => ({ url: "", token: "" }),
    languageOf: () => "auto",
    log: pino({ level: "silent" }),
    spoken: {
      lexicons,
      onCommand: (each) => {
        asked.push(each);
        if (!answers) return;
        void doAsAsked(each, {
          meetings,
          speakerIn: async (_, who) => madeActor(who, { moderates: who === moderator, door: "speech" }),
          now: () => clock,
        });
      },
    },
  });
  const live = () => meetings.of(ROOM)!;
  let piece = 0;
  const say = (text: string, turn = 1, speaker = personId("@anna:x")) => {
    clock += 5_000;
    const final: FromScribe = {
      type: "final",
      meeting: live().meeting.id,
      turn,
      speaker,
      piece: ++piece,
      startedAt: clock - 4_000,
      endedAt: clock,
      language: "ru",
      text,
      engine: { id: "test", model: "none" },
    };
    listening.receive(final);
    return live().record.utterances.at(-1)!;
  };
  const click = (name: string) => meetings.send(ROOM, { type: "pass", ...person(name), at: clock });
  return { listening, live, say, click, asked, word: () => turnOf(live().meeting)?.speaker };
}

describe("what is said to the facilitator", () => {
  test("is done, and is no part of the text", () => {
    const { say, word, asked } = table();
    const utterance = say("Отчёты слишком длинные. Передаю слово Борису.");
    expect(word()).toBe("@boris:x");
    expect(utterance.text).toBe("Отчёты слишком длинные.");
    expect(utterance.segments.map(({ kind, text }) => [kind, text])).toEqual([
      ["speech", "Отчёты слишком длинные."],
      ["command", "Передаю слово Борису."],
    ]);
    expect(asked).toMatchObject([
      { room: ROOM, turn: 1, speaker: "@anna:x", command: { type: "give-word", to: "@boris:x" } },
    ]);
  });

  test("stands in the record with the time at which it was said", () => {
    const { segments, startedAt, endedAt } = table().say("Отчёты слишком длинные. У меня всё.");
    const command = segments[1]!;
    expect(command.endedAt).toBe(endedAt);
    expect(command.startedAt).toBeGreaterThan((startedAt + endedAt) / 2);
  });

  test("of a task only the record is told, and the word stays", () => {
    const { say, word, asked } = table();
    expect(say("Задача: написать повестку до пятницы.").segments[0]?.command).toEqual({
      type: "task",
      text: "написать повестку до пятницы",
      owner: null,
    });
    expect([word(), asked]).toEqual(["@anna:x", []]);
  });

  test("passes the word in its order where somebody is named who is not next", () => {
    const { say, word } = table();
    say("У меня всё, слово Вере.");
    expect(word()).toBe("@boris:x");
  });

  test("is left alone where it is heard after the turn", () => {
    const { say, click, word, asked } = table();
    click("anna");
    expect(say("У меня всё, спасибо.").segments[0]?.kind).toBe("command");
    expect([word(), asked]).toEqual(["@boris:x", []]);
  });

  test("moves the word once, however often it is said", () => {
    const { say, word, asked } = table();
    say("У меня всё. Отчёт я пришлю вечером. Передаю слово дальше.");
    expect(word()).toBe("@boris:x");
    expect(asked).toHaveLength(1);
  });

  test("is not done before the final text", () => {
    const { listening, live, word, asked } = table();
    listening.receive({
      type: "partial",
      meeting: live().meeting.id,
      turn: 1,
      speaker: personId("@anna:x"),
      piece: 1,
      text: "Передаю слово Борису.",
    });
    expect([word(), asked]).toEqual(["@anna:x", []]);
  });

  test("of a pause is the keeper's, or a moderator's", async () => {
    const ordinary = table();
    ordinary.click("anna");
    ordinary.say("Пауза.", 2, personId("@boris:x"));
    const moderating = table({ moderator: "@boris:x" });
    moderating.click("anna");
    moderating.say("Пауза.", 2, personId("@boris:x"));
    await Promise.resolve();
    expect([pausedSince(ordinary.live().meeting), pausedSince(moderating.live().meeting)]).toEqual([
      null,
      expect.any(Number),
    ]);
  });

  test("of more time is a wish where the keeper gives it, and done where the keeper says it", async () => {
    const { say, click, live } = table();
    say("Ещё минуту, пожалуйста.");
    await Promise.resolve();
    const keeper = turnOf(live().meeting);
    click("anna");
    say("Можно ещё минуту?", 2, personId("@boris:x"));
    await Promise.resolve();
    expect(keeper).toMatchObject({ extensionAsked: [], limitMs: 120_000 });
    expect(turnOf(live().meeting)).toMatchObject({
      speaker: "@boris:x",
      extensionAsked: ["@boris:x"],
      limitMs: 60_000,
    });
  });

  test("may be but the rest of a sentence that began before a pause", () => {
    const { say, asked } = table({ answers: false });
    say("Я так и не понял, почему он говорит");
    say("Передаю слово Борису.");
    expect(asked).toEqual([]);
  });
});

test("what is said to the circle alone stays as it was written", () => {
  const { say, asked } = table();
  expect(say("У меня всё хорошо.")).toMatchObject({
    id: "1.1",
    text: "У меня всё хорошо.",
    segments: [{ kind: "speech", text: "У меня всё хорошо." }],
  });
  expect(asked).toEqual([]);
});
