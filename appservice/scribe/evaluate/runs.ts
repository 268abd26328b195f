import { MeetingId, ParticipantId } from "../../protocol/identity.ts";
import { pino } from "pino";
import type { SpeechLanguage } from "../../protocol/identity.ts";
import type { FromScribe } from "../../protocol/scribe-messages.ts";
import { DecodingQueue } from "../decoding-queue.ts";
import { type Engine, SAMPLE_RATE } from "../engine.ts";
import { cleanTranscript } from "../transcript-text.ts";
import { TurnListener } from "../turn-listener.ts";
import { VoiceActivity } from "../voice-activity.ts";
import type { Pair } from "./pairs.ts";
import { monotonic, sleep, wallClock } from "../../time/time.ts";

export type Ears = {
  readonly engine: Engine;
  /** Engine for captions of English; null where the other makes them all. */
  readonly quick: Engine | null;
  readonly voiceActivityModel: string;
  readonly captions: boolean;
  /** Language that the room says is spoken, as in the configuration. */
  readonly language: SpeechLanguage;
};

/** One recording as a turn of a meeting. Times in milliseconds. */
export type LiveTurn = {
  readonly pair: Pair;
  readonly text: string;
  /** Time from the beginning of speech to the first caption; null where none came. */
  readonly firstCaption: number | null;
  /** Time from the end of the turn (the floor passes) to the last of its text. */
  readonly final: number;
  /** Number of pieces that could not be made into text. */
  readonly failed: number;
};

const FRAME = SAMPLE_RATE / 50;
/**
 * Silence before the speech; people begin a moment after their turn begins, and end it a moment after their last word.
 */
const BEFORE = 0.4 * SAMPLE_RATE;
const AFTER = 0.5 * SAMPLE_RATE;
const silent = pino({ level: "silent" });

/** Cuts the whole recording at its pauses and decodes it without hurry, one piece after another. */
export async function offline(pair: Pair, { engine, voiceActivityModel, language }: Ears): Promise<string> {
  const ear = new VoiceActivity(voiceActivityModel);
  const texts: string[] = [];
  let held = language;
  for (const { samples } of [...ear.hear(pair.samples), ...ear.close()]) {
    const found = await engine.transcribe({ samples, language: held, vocabulary: [] }, new AbortController().signal);
    if (held === "auto" && samples.length >= SAMPLE_RATE && (found.language === "en" || found.language === "ru"))
      held = found.language;
    texts.push(cleanTranscript(found.text));
  }
  return texts.filter(Boolean).join(" ");
}

/**
 * Lets several people speak at once, each in a meeting of their own, as fast as people speak: through all stations of a
 * turn except the network.
 */
export async function live(
  pairs: readonly Pair[],
  speakers: number,
  ears: Ears,
  done: (turn: LiveTurn) => void,
): Promise<LiveTurn[]> {
  const queue = new DecodingQueue(Promise.resolve(ears.engine), { quick: Promise.resolve(ears.quick) });
  const waiting = [...pairs];
  const turns: LiveTurn[] = [];
  const speak = async (seat: number) => {
    await sleep(seat * 350); // not all in the same instant
    for (let pair = waiting.shift(); pair; pair = waiting.shift()) {
      const turn = await liveTurn(pair, turns.length + seat + 1, seat, queue, ears);
      turns.push(turn);
      done(turn);
    }
  };
  await Promise.all(Array.from({ length: speakers }, (_, seat) => speak(seat)));
  return turns;
}

async function liveTurn(pair: Pair, turn: number, seat: number, queue: DecodingQueue, ears: Ears): Promise<LiveTurn> {
  const told: { message: FromScribe; at: number }[] = [];
  const say = (message: FromScribe) => void told.push({ message, at: wallClock() });
  let hear = (_: Float32Array) => {};
  const listener = new TurnListener(
    {
      type: "listen",
      meeting: MeetingId.parse(`mevaluate${String(seat).padStart(3, "0")}`),
      turn,
      speaker: ParticipantId.parse(`@seat${seat}:evaluate`),
      language: ears.language,
      vocabulary: [],
      call: { url: "", token: "" },
    },
    (to) => {
      hear = to;
      return { deafMs: () => 0, end: () => {} };
    },
    {
      queue,
      late: null,
      voiceActivity: new VoiceActivity(ears.voiceActivityModel),
      captions: ears.captions,
      say,
      log: silent,
    },
  );
  await speakInRealTime(pair.samples, (samples) => hear(samples));
  const passedAt = wallClock();
  await listener.stop();
  const finals = told.flatMap(({ message }) => (message.type === "final" ? [message] : []));
  const began = Math.min(...finals.map(({ startedAt }) => startedAt));
  const first = told.find(({ message }) => message.type === "partial" && message.text !== "");
  return {
    pair,
    text: finals
      .map(({ text }) => text)
      .filter(Boolean)
      .join(" "),
    final: wallClock() - passedAt,
    firstCaption: first && Number.isFinite(began) ? first.at - began : null,
    failed: told.filter(({ message }) => message.type === "failed").length,
  };
}

/** Hands on frames of 20 ms, each when it is due; late ones are made up for, as a jitter buffer does. */
async function speakInRealTime(samples: Float32Array, hear: (samples: Float32Array) => void): Promise<void> {
  const whole = new Float32Array(BEFORE + samples.length + AFTER);
  whole.set(samples, BEFORE);
  const began = monotonic();
  for (let at = 0; at < whole.length; at += FRAME) {
    const early = began + ((at + FRAME) / SAMPLE_RATE) * 1_000 - monotonic();
    if (early > 1) await sleep(early);
    hear(whole.slice(at, at + FRAME));
  }
}
