import type { Logger } from "pino";
import type { MeetingId, ParticipantId } from "../protocol/identity.ts";
import type { FromScribe, ToScribe } from "../protocol/scribe-messages.ts";
import { formatSoundKey, type SoundName } from "../protocol/sound-key.ts";
import { CallAudioReceiver, type Following } from "./call-audio-receiver.ts";
import type { Decoder } from "./decoder.ts";
import { SAMPLE_RATE } from "./engine.ts";
import type { ScribeOptions } from "./options.ts";
import { cutRescued } from "./spool/cut-rescued.ts";
import { LatePieces } from "./spool/late-pieces.ts";
import { Spool } from "./spool/spool.ts";
import type { SealedSound } from "../store/sealed-sound.ts";
import { type Listen, TurnListener } from "./turn-listener.ts";
import { VoiceActivity } from "./voice-activity.ts";
import { randomBytes } from "../time/chance.ts";

export type WorkerDeps = {
  readonly spoolFolder: string;
  readonly audioFolder: string;
  readonly sealed: SealedSound;
  readonly options: ScribeOptions;
  readonly decoder: Decoder;
  readonly say: (message: FromScribe) => void;
  /** Called with the instant from which on it hears a turn that another failed to hear. */
  readonly onHears?: (turn: { meeting: MeetingId; turn: number; at: number }) => void;
  readonly log: Logger;
};

type Meeting = {
  readonly ear: CallAudioReceiver;
  readonly turns: Map<number, TurnListener>;
  expected: Expected | null;
};

/** Next speaker, with the last moment of their sound: it covers the time between the open microphone and `listen`. */
type Expected = { readonly speaker: ParticipantId; readonly following: Following; readonly lately: Float32Array[] };

const LATELY_SAMPLES = SAMPLE_RATE;

/**
 * Does the scribe's work by the messages it is sent. It knows meetings only as far as it was told to listen to them.
 */
export class Worker {
  readonly #parts: WorkerDeps;
  readonly #late: LatePieces;
  readonly #meetings = new Map<MeetingId, Meeting>();

  constructor(parts: WorkerDeps) {
    this.#parts = parts;
    const { decoder, say, log, options, spoolFolder, audioFolder, sealed } = parts;
    const spool = new Spool({ folder: spoolFolder, sealed, megabytes: options.waitingMegabytes, log });
    this.#late = new LatePieces({ spool, audioFolder, queue: decoder, say, log });
  }

  receive(message: ToScribe): void {
    switch (message.type) {
      case "expect":
        return this.#expect(message);
      case "listen":
        return this.#listen(message);
      case "move":
        return this.#meetings.get(message.meeting)?.ear.move(message.call);
      case "keys":
        return this.#meetings.get(message.meeting)?.ear.rekey(message.keys);
      case "stop":
        return void this.#meetings.get(message.meeting)?.turns.get(message.turn)?.stop();
      case "kept":
        return this.#late.kept(formatSoundKey(message), message.keepAs);
      case "hand-over":
        return this.#handOver(message.meeting);
      case "take-up":
        return this.#late.takeUp(message.meeting);
      case "leave":
        return this.#leave(message.meeting);
    }
  }

  /** Cuts sound on the disk that another scribe failed to hear. */
  rescue(name: SoundName): void {
    const { spoolFolder: folder, options, sealed, log } = this.#parts;
    cutRescued(name, {
      folder,
      sealed,
      late: this.#late,
      voiceActivity: () => new VoiceActivity(options.voiceActivityModel),
      log,
    });
  }

  /** Puts speech under way onto the disk, where the next process finds it, since this process ends. */
  keepOpenPieces(): void {
    for (const { turns } of this.#meetings.values()) for (const turn of turns.values()) turn.keepOpenPiece();
  }

  #listen(listen: Listen): void {
    const { options, decoder, log, say } = this.#parts;
    const { ear, turns, expected } = this.#meetingOf(listen);
    if (turns.has(listen.turn)) return;
    const voiceActivity = new VoiceActivity(options.voiceActivityModel);
    const follow = (hear: (samples: Float32Array) => void) => {
      const following = ear.follow(listen.speaker, hear);
      if (expected?.speaker === listen.speaker) for (const samples of expected.lately) hear(samples);
      return following;
    };
    // A scribe that was started anew counts its pieces from 1 again; nobody must take them for those of the one before.
    const listening = `${listen.turn}.${randomBytes(3).toString("hex")}`;
    const onwards = (message: FromScribe) => {
      // Another service goes on with it.
      if (!turns.has(listen.turn)) return;
      if (message.type === "drained") turns.delete(listen.turn);
      if (options.captions !== "off" && (message.type === "partial" || message.type === "final")) {
        const { speaker, piece, text } = message;
        const final = message.type === "final";
        ear.caption({ speaker, name: listen.name, segment: `${listening}.${piece}`, text, final });
      }
      say(message);
    };
    const parts = {
      queue: decoder,
      late: this.#late,
      voiceActivity,
      captions: options.captions !== "off",
      say: onwards,
      log,
      onHears: (at: number) => this.#parts.onHears?.({ meeting: listen.meeting, turn: listen.turn, at }),
    };
    turns.set(listen.turn, new TurnListener(listen, follow, parts));
  }

  #expect({ speaker, ...of }: Extract<ToScribe, { type: "expect" }>): void {
    const meeting = this.#meetingOf(of);
    if (meeting.expected?.speaker === speaker) return;
    meeting.expected?.following.end();
    const lately: Float32Array[] = [];
    meeting.expected =
      speaker === null
        ? null
        : { speaker, lately, following: meeting.ear.follow(speaker, (samples) => keepLast(lately, samples)) };
  }

  #meetingOf({ meeting: id, call }: Pick<Listen, "meeting" | "call">): Meeting {
    const known = this.#meetings.get(id);
    if (known && !known.ear.closed) {
      known.ear.admit(call);
      return known;
    }
    const meeting: Meeting = {
      ear: new CallAudioReceiver(call, this.#parts.log.child({ meeting: id })),
      turns: new Map(),
      expected: null,
    };
    this.#meetings.set(id, meeting);
    return meeting;
  }

  /** Ends at once, without waiting for texts: whoever goes on makes them of what lies on the disk. */
  #handOver(id: MeetingId): void {
    const meeting = this.#meetings.get(id);
    for (const turn of meeting?.turns.values() ?? []) turn.handOver();
    meeting?.turns.clear();
    this.#leave(id);
    this.#late.letGo(id);
    this.#parts.say({ type: "handed-over", meeting: id });
  }

  #leave(id: MeetingId): void {
    const meeting = this.#meetings.get(id);
    if (!meeting) return;
    for (const turn of meeting.turns.values()) void turn.stop();
    meeting.expected?.following.end();
    meeting.ear.closeWhenIdle();
    if (meeting.turns.size === 0) this.#meetings.delete(id);
  }
}

/** Keeps the last second of received sound. */
function keepLast(lately: Float32Array[], samples: Float32Array): void {
  lately.push(samples);
  let kept = lately.reduce((sum, { length }) => sum + length, 0);
  while (kept > LATELY_SAMPLES) kept -= lately.shift()?.length ?? kept;
}
