import type { Logger } from "pino";
import type { Turn } from "../circle/meeting.ts";
import type { LiveMeeting, Meetings } from "../journal/meetings.ts";
import type { MeetingId, RoomId, SpeechLanguage } from "../protocol/identity.ts";
import type { Utterance } from "../protocol/meeting-record.ts";
import type { FromScribe, ToScribe } from "../protocol/scribe-messages.ts";

export type ListeningOptions = {
  readonly meetings: Meetings;
  /** Null where speech recognition is switched off. */
  readonly tell: ((message: ToScribe) => void) | null;
  readonly callToken: (room: RoomId) => Promise<{ url: string; token: string }>;
  readonly languageOf: (room: RoomId) => SpeechLanguage;
  readonly log: Logger;
};

type Final = Extract<FromScribe, { type: "final" }>;

/**
 * Whose stream the scribe listens to: exactly the turn that runs. What comes back becomes utterances in the journal; a
 * turn counts as heard once nothing of it is left, or once nobody listens to it any more.
 */
export class Listening {
  readonly #options: ListeningOptions;
  /** Turns the scribe was told of and has not drained, by meeting. */
  readonly #told = new Map<MeetingId, Map<number, { stopped: boolean }>>();
  readonly #incomplete = new Set<string>();

  constructor(options: ListeningOptions) {
    this.#options = options;
  }

  project({ meeting, record }: LiveMeeting): void {
    const told = this.#told.get(meeting.id) ?? new Map<number, { stopped: boolean }>();
    this.#told.set(meeting.id, told);
    const { turn } = meeting;
    for (const [id, state] of told) {
      if (id !== turn?.id && !state.stopped) {
        state.stopped = true;
        this.#options.tell?.({ type: "stop", meeting: meeting.id, turn: id });
      }
    }
    if (turn?.status === "speaking" && !told.has(turn.id) && this.#options.tell) this.#listen({ meeting, record }, turn, told);
    for (const ended of meeting.ended) {
      const lost = ended.startedAt !== null && !told.has(ended.id) && !record.heard.has(ended.id);
      if (lost) this.#options.meetings.note(meeting.id, { type: "turn-heard", turn: ended.id, complete: false });
    }
    if (meeting.phase === "ended" && told.size === 0) {
      this.#told.delete(meeting.id);
      this.#options.tell?.({ type: "leave", meeting: meeting.id });
    }
  }

  receive(message: FromScribe): void {
    switch (message.type) {
      case "final": return this.#write(message);
      case "failed":
        this.#incomplete.add(`${message.meeting}.${message.turn}`);
        this.#options.log.warn({ meeting: message.meeting, turn: message.turn, code: message.code }, `a turn could not be written down whole: ${message.error}`);
        return;
      case "drained": {
        const key = `${message.meeting}.${message.turn}`;
        const complete = !this.#incomplete.delete(key);
        this.#told.get(message.meeting)?.delete(message.turn);
        return this.#options.meetings.note(message.meeting, { type: "turn-heard", turn: message.turn, complete });
      }
      case "partial":
      case "ready":
        return;
    }
  }

  #listen({ meeting }: LiveMeeting, turn: Turn, told: Map<number, { stopped: boolean }>): void {
    const { callToken, languageOf, log } = this.#options;
    const state = { stopped: false };
    told.set(turn.id, state);
    void callToken(meeting.roomId).then(
      (call) => {
        const vocabulary = meeting.people.map(({ name }) => name);
        const language = languageOf(meeting.roomId);
        this.#options.tell?.({ type: "listen", meeting: meeting.id, turn: turn.id, speaker: turn.speaker, language, vocabulary, call });
        if (state.stopped) this.#options.tell?.({ type: "stop", meeting: meeting.id, turn: turn.id });
      },
      (error: unknown) => {
        log.error({ meeting: meeting.id, turn: turn.id, err: error }, "the scribe could not be let into the call");
        this.#incomplete.add(`${meeting.id}.${turn.id}`);
        this.receive({ type: "drained", meeting: meeting.id, turn: turn.id });
      },
    );
  }

  #write(final: Final): void {
    const live = this.#options.meetings.all().find(({ meeting }) => meeting.id === final.meeting);
    if (!live || final.text === "") return;
    const circle = circleOf(live, final.turn);
    if (circle === null) return;
    const { turn, speaker, startedAt, endedAt, language, text, engine } = final;
    // Numbers go on after a restart, when the scribe counts from 1 again.
    const spoken = live.record.utterances.filter((utterance) => utterance.turn === turn).length;
    const utterance: Utterance = {
      id: `${turn}.${spoken + 1}`, turn, circle, speaker, startedAt, endedAt, language, text, engine,
      segments: [{ kind: "speech", text }],
    };
    this.#options.meetings.note(final.meeting, { type: "utterance-heard", utterance });
  }
}

function circleOf({ meeting }: LiveMeeting, turn: number): number | null {
  if (meeting.turn?.id === turn) return meeting.circle?.index ?? null;
  return meeting.ended.find(({ id }) => id === turn)?.circle ?? null;
}
