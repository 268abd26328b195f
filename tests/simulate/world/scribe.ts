import type { FromScribe, ToScribe } from "../../../appservice/protocol/scribe-messages.ts";
import type { Scribe } from "../../../appservice/scribe/scribe.ts";
import { Dice } from "./dice.ts";
import type { Mischief } from "./mischief.ts";
import type { Life, VirtualTime } from "./virtual-time.ts";

type Heard = {
  readonly meeting: string;
  readonly turn: number;
  readonly speaker: string;
  pieces: number;
  stopped: boolean;
  /** Piece that is said after the next one. */
  heldBack: FromScribe | null;
};
type Listen = Extract<ToScribe, { type: "listen" }>;

/** Sentences of people in a council: some have a task, a decision or a question in them. */
const SAID = [
  "The garden was quiet this morning.",
  "I will write the letter by Friday.",
  "We decided to meet on Mondays.",
  "Who will water the garden?",
  "I agree with what was said.",
  "Я напишу письмо до пятницы.",
  "Мы решили встречаться по понедельникам.",
  "Кто польёт сад?",
  "Мне понравилось, как мы сегодня говорили.",
];

const ENGINE = { id: "simulated", model: "words" };

/** A scribe that writes down what simulated people say, in pieces, as the child process and its keeper do together. */
export class SimulatedScribe {
  readonly #time: VirtualTime;
  readonly #mischief: Mischief;
  readonly #dice: Dice;

  constructor(parts: { time: VirtualTime; mischief: Mischief; seed: string }) {
    this.#time = parts.time;
    this.#mischief = parts.mischief;
    this.#dice = new Dice(`${parts.seed}:scribe`);
  }

  for(life: Life, onMessage: (message: FromScribe) => void): Scribe {
    const turns = new Map<string, Heard>();
    const say = (message: FromScribe) => {
      if (life.alive) onMessage(structuredClone(message));
    };
    const keyOf = ({ meeting, turn }: { meeting: string; turn: number }) => `${meeting}.${turn}`;
    const begin = (message: Listen) => {
      const heard: Heard = {
        meeting: message.meeting,
        turn: message.turn,
        speaker: message.speaker,
        pieces: 0,
        stopped: false,
        heldBack: null,
      };
      turns.set(keyOf(message), heard);
      this.#hear(message, heard, life, say);
    };
    const end = (message: Extract<ToScribe, { type: "stop" }>) => {
      const heard = turns.get(keyOf(message));
      if (!heard || heard.stopped) return;
      heard.stopped = true;
      if (heard.heldBack) say(heard.heldBack);
      const { meeting, turn } = message;
      const sleeps = this.#mischief.happens("scribe-sleeps", 0.05, `turn ${turn}`);
      const dies = this.#mischief.happens("scribe-dies", 0.05, `turn ${turn}`);
      const ms = sleeps ? this.#mischief.of("scribe-sleeps").between(2_000, 20_000) : this.#dice.between(50, 800);
      if (dies) say({ type: "stumbled", meeting, turn });
      if (dies) say({ type: "failed", meeting, turn, code: "SCRIBE_ENDED", error: "it died" });
      this.#time.later(ms, () => {
        turns.delete(keyOf(message));
        say({ type: "drained", meeting, turn });
      });
    };
    this.#time.later(20, () => say({ type: "ready", engine: ENGINE }));
    this.#time.later(21, () => say({ type: "backlog", waiting: [] }));
    return {
      ready: Promise.resolve(),
      counts: { finals: 0, failed: 0, restarts: 0, malformed: 0 },
      pid: undefined,
      send: (message) => {
        if (message.type === "listen" && !turns.has(keyOf(message))) begin(message);
        if (message.type === "stop") end(message);
      },
      stop: async () => {},
    };
  }

  #hear(message: Listen, heard: Heard, life: Life, say: (message: FromScribe) => void): void {
    const { meeting, turn, speaker } = message;
    const startedAt = this.#time.wallClock;
    const piece = () => {
      if (!life.alive || heard.stopped) return;
      heard.pieces += 1;
      const text = this.#dice.pick(SAID) ?? "";
      const about = { meeting, turn, speaker, piece: heard.pieces };
      say({ type: "partial", ...about, text: text.slice(0, 10) });
      this.#write(heard, say, {
        type: "final",
        ...about,
        startedAt: startedAt + heard.pieces * 10,
        endedAt: Math.max(this.#time.wallClock, startedAt + heard.pieces * 10 + 1),
        language: /[а-я]/.test(text) ? "ru" : "en",
        text,
        engine: ENGINE,
      });
      this.#time.later(this.#dice.between(2_000, 9_000), piece);
    };
    this.#time.later(this.#dice.between(300, 2_000), piece);
  }

  /** Says a piece once and in its order; one that stutters says it twice, or after the next one. */
  #write(heard: Heard, say: (message: FromScribe) => void, final: FromScribe): void {
    const before = heard.heldBack;
    heard.heldBack = null;
    const stutters = this.#mischief.happens("scribe-stutters", 0.05, `turn ${heard.turn}`);
    const isLate = stutters && this.#mischief.of("scribe-stutters").chance(0.5);
    if (isLate) heard.heldBack = final;
    else say(final);
    if (stutters && !isLate) say(final);
    if (before) say(before);
  }
}
