import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FromScribe } from "../protocol/scribe-messages.ts";
import type { Hear } from "./call-audio-receiver.ts";
import { DecodingQueue } from "./decoding-queue.ts";
import { type Engine, EngineError, SAMPLE_RATE, type Speech, type Transcript } from "./engine.ts";
import { type Listen, TurnListener, type TurnDeps } from "./turn-listener.ts";
import type { Piece } from "./voice-activity.ts";
import { meetingId, personId } from "../../tests/support/protocol/ids.ts";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const LISTEN: Listen = {
  type: "listen",
  meeting: meetingId("m12345678"),
  turn: 3,
  speaker: personId("@ann:example.org"),
  language: "auto",
  vocabulary: ["Ann"],
  call: { url: "ws://127.0.0.1", token: "none" },
};

/** Makes one second of speech that the engine below takes for `word`. */
const saying = (word: number) => new Float32Array(SAMPLE_RATE).fill(word);

/** Takes each sound heard for a piece of its own, except the one left open until it is closed. */
class Pieces {
  position = 0;
  #open: Piece | null = null;

  hear(samples: Float32Array): Piece[] {
    const from = this.position;
    this.position += samples.length;
    const piece = { samples, from, to: this.position };
    if (this.leaveOpen) return ((this.#open = piece), []);
    return [piece];
  }
  leaveOpen = false;
  get open() {
    return this.#open;
  }
  close(): Piece[] {
    const left = this.#open ? [this.#open] : [];
    this.#open = null;
    return left;
  }
}

type Answer = (speech: Speech) => Promise<Transcript>;
const after = async (ms: number, text: string, language: string | null = "en"): Promise<Transcript> => {
  // Answers as an engine that takes a while.
  await new Promise((resolve) => setTimeout(resolve, ms));
  return { text, language };
};

function scene(
  answer: Answer,
  {
    deafMs = 0,
    captions = false,
    late = null,
    again = false,
  }: { again?: boolean; deafMs?: number; captions?: boolean; late?: TurnDeps["late"] } = {},
) {
  const told: FromScribe[] = [];
  const engine: Promise<Engine> = Promise.resolve({
    id: "fake",
    model: "none",
    takesVocabulary: false,
    transcribe: answer,
  });
  const voiceActivity = new Pieces();
  let hear: Hear = () => {};
  let ended = 0;
  const began: number[] = [];
  const listener = new TurnListener(
    { ...LISTEN, ...(again ? { again } : {}) },
    (to) => ((hear = to), { deafMs: () => deafMs, end: () => void ended++ }),
    {
      queue: new DecodingQueue(engine),
      late,
      voiceActivity,
      captions,
      onHears: (at) => began.push(at),
      say: (message) => told.push(message),
      log: pino({ level: "silent" }),
    },
  );
  const brief = () =>
    told.map((message) =>
      "text" in message
        ? `${message.type} ${message.piece}: ${message.text}`
        : message.type === "failed"
          ? `failed: ${message.code}`
          : message.type,
    );
  return {
    listener,
    voiceActivity,
    told,
    brief,
    began,
    hear: (samples: Float32Array) => hear(samples),
    ended: () => ended,
  };
}

test("finals come in the order they were said, however fast the engine is, and drained last", async () => {
  const { listener, hear, brief, ended } = scene(({ samples: [word] }) =>
    after(word === 1 ? 3_000 : 10, `word ${word}`),
  );
  hear(saying(1));
  hear(saying(2));
  await vi.advanceTimersByTimeAsync(500);
  expect(brief()).toEqual([]);
  const stopped = listener.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  await stopped;
  expect(brief()).toEqual(["final 1: word 1", "final 2: word 2", "drained"]);
  expect(ended()).toBe(1);
});

test("what is still under way when the word is passed is written down too", async () => {
  const { listener, hear, brief, voiceActivity } = scene(() => after(10, "late"));
  voiceActivity.leaveOpen = true;
  void listener.stop();
  await vi.advanceTimersByTimeAsync(100);
  hear(saying(1));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(brief()).toEqual(["final 1: late", "drained"]);
});

test("a turn in which nothing was said is drained, and only once", async () => {
  const { listener, brief } = scene(() => after(10, "never"));
  void listener.stop();
  void listener.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(brief()).toEqual(["drained"]);
});

test("a piece the engine fails at is told, and the others are kept", async () => {
  const { listener, hear, brief } = scene(async ({ samples: [word] }) => {
    if (word === 2) throw new EngineError("engine-unreachable", "no server");
    return after(10, `word ${word}`);
  });
  for (const word of [1, 2, 3]) hear(saying(word));
  void listener.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(brief()).toEqual(["final 1: word 1", "failed: engine-unreachable", "final 3: word 3", "drained"]);
});

test("an engine that never answers does not keep the meeting waiting for ever", async () => {
  const { listener, hear, brief } = scene(() => new Promise(() => {}));
  hear(saying(1));
  void listener.stop();
  await vi.advanceTimersByTimeAsync(59_000);
  expect(brief()).toEqual([]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(brief()).toEqual(["failed: too-slow", "drained"]);
});

test("a speaker who could not be heard is told", async () => {
  const { listener, brief } = scene(() => after(10, "never"), { deafMs: 4_000 });
  void listener.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(brief()).toEqual(["failed: call-unreachable", "drained"]);
});

test("the language found first is kept for the turn", async () => {
  const asked: string[] = [];
  const { hear } = scene(({ language }) => (asked.push(language), after(10, "да", "ru")));
  hear(saying(1));
  await vi.advanceTimersByTimeAsync(100);
  hear(saying(2));
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toEqual(["auto", "ru"]);
});

test("times of a final are those of the speech, not of the decoding", async () => {
  const { listener, hear, told } = scene(() => after(2_000, "word"));
  hear(saying(1));
  void listener.stop();
  await vi.advanceTimersByTimeAsync(4_000);
  expect(told[0]).toMatchObject({
    type: "final",
    startedAt: 999_000,
    endedAt: 1_000_000,
    engine: { id: "fake", model: "none" },
  });
});

test("a stream that breaks off closes its piece, so that its text does not wait for the end of the turn", async () => {
  const { hear, brief, voiceActivity } = scene(() => after(10, "half a sentence"));
  voiceActivity.leaveOpen = true;
  hear(saying(1));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(brief()).toEqual(["final 1: half a sentence"]);
});

test("captions come at most every 0.7 s, and never after their piece is closed", async () => {
  const { listener, hear, brief, voiceActivity } = scene(() => after(300, "so far"), { captions: true });
  voiceActivity.leaveOpen = true;
  for (let tick = 0; tick < 20; tick++) {
    hear(saying(1));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(brief()).toEqual(["partial 1: so far", "partial 1: so far", "partial 1: so far"]);
  void listener.stop();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(brief().slice(3)).toEqual(["final 1: so far", "drained"]);
});

test("noise that was shown as a caption is taken back", async () => {
  let answers = 0;
  const { listener, hear, brief, voiceActivity } = scene(() => after(10, answers++ === 0 ? "hm" : "[Music]"), {
    captions: true,
  });
  voiceActivity.leaveOpen = true;
  hear(saying(1));
  await vi.advanceTimersByTimeAsync(100);
  void listener.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(brief()).toEqual(["partial 1: hm", "final 1: ", "drained"]);
});

test("what is kept on the disk is not lost by an engine that fails or hangs: the turn is drained, and the piece is late", async () => {
  const became: string[] = [];
  const late: TurnDeps["late"] = {
    hold: ({ piece }) => ({
      told: () => became.push(`${piece} told`),
      nothing: () => became.push(`${piece} nothing`),
      late: () => became.push(`${piece} late`),
    }),
  };
  const { listener, hear, brief } = scene(
    async ({ samples: [word] }) => {
      if (word === 1) throw new EngineError("engine-unreachable", "no server");
      if (word === 2) return after(10, "[Music]");
      return word === 3 ? after(10, "word 3") : new Promise(() => {});
    },
    { late },
  );
  for (const word of [1, 2, 3, 4]) hear(saying(word));
  void listener.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(became).toEqual(["1 late", "2 nothing", "3 told"]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(became.at(-1)).toBe("4 late");
  expect(brief()).toEqual(["final 3: word 3", "drained"]);
});

test("where another failed it begins in a pause, says when, and takes nothing from before", async () => {
  const { listener, voiceActivity, hear, brief, began } = scene((speech) => after(10, `word ${speech.samples[0]}`), {
    again: true,
    deafMs: 9_000,
  });
  voiceActivity.leaveOpen = true;
  for (const word of [1, 2, 3]) hear(saying(word));
  expect(began).toEqual([]);
  // A pause.
  voiceActivity.leaveOpen = false;
  voiceActivity.close();
  hear(saying(4));
  expect(began).toEqual([1_000_000]);
  hear(saying(5));
  const stopped = listener.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  await stopped;
  expect(brief()).toEqual(["final 1: word 5", "drained"]);
});

test("who speaks without a pause is not waited for without end", () => {
  const { voiceActivity, hear, began } = scene(() => after(10, "word"), { again: true });
  voiceActivity.leaveOpen = true;
  for (let second = 1; second <= 15; second++) hear(saying(second));
  expect(began).toHaveLength(1);
});

test("when the process ends, the piece being spoken is put where the next one finds it", () => {
  const held: number[] = [];
  const { listener, voiceActivity, hear } = scene(() => new Promise(() => {}), {
    late: { hold: (piece) => (held.push(piece.piece), { told() {}, nothing() {}, late() {} }) },
  });
  voiceActivity.leaveOpen = true;
  hear(saying(1));
  expect(held).toEqual([]);
  listener.keepOpenPiece();
  expect(held).toEqual([1]);
});
