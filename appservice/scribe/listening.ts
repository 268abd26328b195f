import { hadWithdrawn } from "../circle/agreement.ts";
import { placesIn } from "../protocol/instant-at.ts";
import { isDeepStrictEqual } from "node:util";
import type { Logger } from "pino";
import { isListenedTo, scribeAway } from "../circle/scribe-absence.ts";
import { type Meeting, present, turnOf, circleOf } from "../circle/meeting.ts";
import { nextInCircle } from "../circle/circle.ts";
import type { Turn } from "../circle/turn.ts";
import { type LiveMeeting, placeOf } from "../journal/live-meeting.ts";
import type { CirclePlace } from "../protocol/place.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { MeetingId, ParticipantId, RoomId, SpeechLanguage } from "../protocol/identity.ts";
import type { MediaKey } from "../protocol/media-key.ts";
import type { Segment, Utterance } from "../protocol/meeting-record.ts";
import type { FromScribe, ToScribe } from "../protocol/scribe-messages.ts";
import type { KeptPlace, SoundKey } from "../protocol/sound-key.ts";
import { type AskedAloud, asksTheMeeting } from "./spoken/as-commands.ts";
import type { Compiled } from "./spoken/compiled.ts";
import type { RecordState } from "../record/state.ts";
import { segmentsOf } from "./spoken/segments-of.ts";
import { endsWithin } from "../time/ends-within.ts";

export type ListeningDeps = {
  readonly meetings: Pick<Meetings, "of" | "all" | "isNewest" | "bringBack" | "noteAsItStands">;
  /** Sends to the scribe; null where speech recognition is switched off. */
  readonly tell: ((message: ToScribe) => void) | null;
  readonly callToken: (place: CirclePlace) => Promise<{ url: string; token: string; keys?: MediaKey[] }>;
  /** Keys of the room's call, the newest last; none where it is open. */
  readonly keysOf?: (room: RoomId) => MediaKey[];
  readonly languageOf: (room: RoomId) => SpeechLanguage;
  /** Words of the room, besides the names of the people who take part. */
  readonly vocabularyOf?: (room: RoomId) => readonly string[];
  /** CirclePlace for the sound of something said; null: it is not kept, because its speaker did not agree. */
  readonly audioPlaceFor?: (of: { room: RoomId; speaker: ParticipantId }, at: SoundKey) => KeptPlace | null;
  /** Name of the key by which somebody's sound is sealed. */
  readonly soundKeyOf?: (of: { room: RoomId; speaker: ParticipantId }) => string;
  /** Tells whether what somebody said then is to be nowhere. */
  readonly isErased?: (of: { meeting: MeetingId; speaker: ParticipantId }, saidAt: number) => boolean;
  /** Left out: it is not noted how soon texts come. */
  readonly now?: () => number;
  readonly log: Logger;
  /** Left out: everything that is said is speech. */
  readonly spoken?: {
    readonly lexicons: readonly Compiled[];
    readonly onCommand: (asked: SpokenRequest) => void;
  };
};

/** Request that the speaker made to the facilitator aloud, in their turn. */
export type SpokenRequest = {
  readonly meeting: MeetingId;
  readonly room: RoomId;
  readonly turn: number;
  readonly speaker: ParticipantId;
  readonly command: AskedAloud;
};

type Final = Extract<FromScribe, { type: "final" | "late" }>;
type Backlog = Extract<FromScribe, { type: "backlog" }>["waiting"];

/** Longest wait for a scribe that is busy; what it has in hand then is on the disk as well. */
const HANDED_OVER_WITHIN_MS = 500;

/** State of the scribe for one meeting, as far as it was told. */
type Told = {
  /** Turns that it was asked to listen to and has not drained. */
  readonly turns: Map<number, { stopped: boolean }>;
  /** True once it was told to be in the call, and not since told to leave it. */
  inCall: boolean;
  expected: ParticipantId | null | undefined;
  left: boolean;
  /** Sends messages one after another, though a token has to be made for some. */
  sending: Promise<void>;
};

/**
 * Lets the scribe listen to exactly the turn that runs. Its results become utterances in the journal; a turn counts as
 * heard once nothing of it is left, or once nobody listens to it any more.
 */
export class Listening {
  readonly #options: ListeningDeps;
  readonly #told = new Map<MeetingId, Told>();
  /** Meetings that another service has, with whoever waits for the scribe to have left them. */
  readonly #leaving = new Map<MeetingId, () => void>();
  readonly #incomplete = new Set<string>();
  /** Seconds of each turn that nobody heard. */
  readonly #unheard = new Map<string, number>();
  /** Speech that is no text yet; null until the scribe has said so for the first time. */
  #backlog: Backlog | null = null;

  constructor(options: ListeningDeps) {
    this.#options = options;
  }

  project({ meeting, record }: LiveMeeting): void {
    const told = this.#toldOf(meeting.id);
    const turn = turnOf(meeting);
    for (const [id, state] of told.turns) {
      const goesOn = id === turn?.id && isListenedTo(meeting, turn.speaker);
      if (!goesOn && !state.stopped) {
        state.stopped = true;
        this.#send(meeting.id, () => ({ type: "stop", meeting: meeting.id, turn: id }));
      }
    }
    if (
      this.#options.tell &&
      turn?.status === "speaking" &&
      !told.turns.has(turn.id) &&
      isListenedTo(meeting, turn.speaker)
    )
      this.#listen(meeting, turn, told);
    this.#expectNext(meeting, told);
    for (const ended of meeting.ended) {
      const unheard = ended.startedAt !== null && !told.turns.has(ended.id) && !record.heard.has(ended.id);
      if (unheard)
        this.#close(
          meeting.id,
          ended.id,
          record.late.has(ended.id) || ended.unwritten === true || ended.withoutScribe === true,
        );
    }
    const isOver = meeting.phase === "ended" && told.turns.size === 0 && !told.left;
    if (isOver) told.left = true;
    if (isOver || (told.inCall && scribeAway(meeting))) {
      told.inCall = false;
      told.expected = undefined;
      this.#send(meeting.id, () => ({ type: "leave", meeting: meeting.id }));
    }
    if (isOver) void told.sending.then(() => this.#forget(meeting.id, told));
  }

  /** Forgets what the scribe was told of a meeting that is over: a service goes on for months, and hears thousands. */
  #forget(meeting: MeetingId, told: Told): void {
    if (this.#told.get(meeting) === told && told.turns.size === 0) this.#told.delete(meeting);
  }

  /** Sends the scribe into the call that the place has now. */
  moved(place: CirclePlace): void {
    const live = this.#options.meetings.of(place);
    if (!live || !this.#isInCall(live.meeting.id)) return;
    this.#send(live.meeting.id, async () => ({
      type: "move",
      meeting: live.meeting.id,
      call: await this.#options.callToken(place),
    }));
  }

  /** Gives the scribe the new key of the room's call. */
  rekeyed(room: RoomId): void {
    const there = this.#options.meetings.all().filter(({ meeting }) => meeting.roomId === room);
    for (const { meeting } of there.filter((live) => this.#options.meetings.isNewest(live))) {
      if (!this.#isInCall(meeting.id)) continue;
      this.#send(meeting.id, () => ({
        type: "keys",
        meeting: meeting.id,
        keys: this.#options.keysOf?.(room) ?? [],
      }));
    }
  }

  /**
   * Leaves meetings to another service. Resolves once all that is no text of them lies on the disk, and after a while
   * anyway.
   */
  async letGo(meetings: readonly MeetingId[]): Promise<void> {
    const { tell } = this.#options;
    await Promise.all(
      meetings.map(async (meeting) => {
        const sent = this.#toldOf(meeting).sending;
        this.#told.delete(meeting);
        if (!tell) return;
        const handedOver = Promise.withResolvers<void>();
        this.#leaving.set(meeting, handedOver.resolve);
        await sent;
        tell({ type: "hand-over", meeting });
        await endsWithin(HANDED_OVER_WITHIN_MS, handedOver.promise);
      }),
    );
  }

  /** Goes on with a meeting that another service had until `since`; nobody heard whoever spoke meanwhile. */
  comeIn({ meeting }: LiveMeeting, since: number, now: number): void {
    const turn = turnOf(meeting);
    this.#leaving.delete(meeting.id);
    if (!this.#options.tell) return;
    const seconds = Math.round((now - since) / 1_000);
    if (turn?.status === "speaking" && isListenedTo(meeting, turn.speaker) && seconds > 0)
      this.receive({ type: "unheard", meeting: meeting.id, turn: turn.id, seconds });
    this.#options.tell({ type: "take-up", meeting: meeting.id });
  }

  receive(message: FromScribe): void {
    // Speech of a meeting that another service has is found by that one on the disk.
    const letGo = "meeting" in message ? this.#leaving.get(message.meeting) : undefined;
    if (letGo) return message.type === "handed-over" ? letGo() : undefined;
    switch (message.type) {
      case "final":
        return this.#write(message);
      case "late":
        return this.#write(message);
      case "backlog":
        return this.#seeBacklog(message.waiting);
      case "lost":
        this.#incomplete.add(`${message.meeting}.${message.turn}`);
        this.#options.log.error(
          { meeting: message.meeting, turn: message.turn },
          "a piece of a turn will never be text: the engine breaks at it",
        );
        return;
      case "failed":
        this.#incomplete.add(`${message.meeting}.${message.turn}`);
        this.#options.log.warn(
          { meeting: message.meeting, turn: message.turn, code: message.code },
          `a turn could not be written down whole: ${message.error}`,
        );
        return;
      case "stumbled":
        return this.#noteThatItWaits(
          message.meeting,
          message.turn,
          ({ late, heard }) => late.has(message.turn) || heard.has(message.turn),
        );
      case "unheard": {
        const key = `${message.meeting}.${message.turn}`;
        this.#incomplete.add(key);
        this.#unheard.set(key, (this.#unheard.get(key) ?? 0) + message.seconds);
        return;
      }
      case "drained": {
        return this.#drained(message.meeting, message.turn);
      }
      // The scribe has shown it in the call already; the record waits for the whole piece.
      case "partial":
      case "handed-over":
      case "ready":
      case "load":
        return;
    }
  }

  /**
   * Notes that a turn is drained. One that goes on unwritten may be listened to again, when its speaker agrees again.
   */
  #drained(id: MeetingId, turn: number): void {
    const told = this.#told.get(id);
    const stopped = told?.turns.get(turn)?.stopped ?? false;
    told?.turns.delete(turn);
    const live = this.#options.meetings.bringBack(id);
    if (stopped && live && turnOf(live.meeting)?.id === turn) this.project(live);
    else this.#close(id, turn, true);
  }

  /**
   * Closes a turn to which nobody listens any more: it is heard, unless some of it waits to be text. `listened`: all of
   * it that is not known to be lost has come; otherwise nobody can tell what was said.
   */
  #close(meeting: MeetingId, turn: number, listened: boolean): void {
    const { meetings, tell } = this.#options;
    if (tell && this.#backlog === null && !listened) return;
    if (this.#waits(meeting, turn)) return this.#noteThatItWaits(meeting, turn, ({ late }) => late.has(turn));
    const key = `${meeting}.${turn}`;
    const unheardSeconds = this.#unheard.get(key);
    const heard = { complete: listened && !this.#incomplete.has(key), ...(unheardSeconds ? { unheardSeconds } : {}) };
    meetings.noteAsItStands(
      meeting,
      // Until the first can be written, every change of the meeting closes the turn again.
      ({ record }) =>
        isDeepStrictEqual(record.heard.get(turn), heard) ? undefined : { type: "turn-heard", turn, ...heard },
      () => {
        this.#incomplete.delete(key);
        this.#unheard.delete(key);
      },
    );
  }

  #noteThatItWaits(meeting: MeetingId, turn: number, isKnown: (record: RecordState) => boolean): void {
    this.#options.meetings.noteAsItStands(meeting, ({ record }) =>
      isKnown(record) ? undefined : { type: "turn-waits", turn },
    );
  }

  #waits(meeting: MeetingId, turn: number): boolean {
    return this.#backlog?.some((one) => one.meeting === meeting && one.turn === turn) ?? false;
  }

  /** Takes the backlog; turns of which nothing waits any more are heard now. */
  #seeBacklog(waiting: Backlog): void {
    const first = this.#backlog === null;
    const gone =
      this.#backlog?.filter(
        (one) => !waiting.some((other) => other.meeting === one.meeting && other.turn === one.turn),
      ) ?? [];
    this.#backlog = waiting;
    if (first) for (const live of this.#options.meetings.all()) this.project(live);
    for (const { meeting } of gone) {
      const live = this.#options.meetings.bringBack(meeting);
      if (live) this.project(live);
    }
  }

  /** The call of the room, or of the ring, in which the meeting is. */
  #callOf({ id, roomId }: Meeting): ReturnType<ListeningDeps["callToken"]> {
    const live = this.#options.meetings.bringBack(id);
    return this.#options.callToken(live ? placeOf(live) : roomId);
  }

  #listen(meeting: Meeting, turn: Turn, told: Told): void {
    told.inCall = true;
    told.turns.set(turn.id, { stopped: false });
    const vocabulary = [
      ...meeting.people.map(({ name }) => name),
      ...(this.#options.vocabularyOf?.(meeting.roomId) ?? []),
    ];
    const language = this.#options.languageOf(meeting.roomId);
    const of = { meeting: meeting.id, turn: turn.id };
    this.#send(
      meeting.id,
      async () => ({
        type: "listen",
        ...of,
        speaker: turn.speaker,
        name: meeting.people.find(({ id }) => id === turn.speaker)?.name,
        language,
        vocabulary,
        sealedBy: this.#options.soundKeyOf?.({ room: meeting.roomId, speaker: turn.speaker }),
        call: await this.#callOf(meeting),
      }),
      (error) => {
        this.receive({ type: "failed", ...of, code: "no-token", error });
        this.receive({ type: "drained", ...of });
      },
    );
  }

  /** Brings the scribe into the call while people gather; from then on it is ready for the next speaker. */
  #expectNext(meeting: Meeting, told: Told): void {
    if (meeting.phase === "ended" || scribeAway(meeting) || !meeting.people.some(({ presence }) => presence === "call"))
      return;
    const speaker = nextSpeaker(meeting);
    if (told.expected === speaker) return;
    told.expected = speaker;
    told.inCall = true;
    this.#send(meeting.id, async () => ({
      type: "expect",
      meeting: meeting.id,
      speaker,
      call: await this.#callOf(meeting),
    }));
  }

  #send(
    meeting: MeetingId,
    make: () => ToScribe | Promise<ToScribe>,
    failed: (error: string) => void = () => {},
  ): void {
    const told = this.#toldOf(meeting);
    told.sending = told.sending
      .then(async () => this.#options.tell?.(await make()))
      .catch((error: unknown) => {
        this.#options.log.warn({ meeting, err: error }, "the scribe could not be told");
        failed(String(error));
      });
  }

  #isInCall(id: MeetingId): boolean {
    return this.#told.get(id)?.inCall ?? false;
  }

  #toldOf(meeting: MeetingId): Told {
    let told = this.#told.get(meeting);
    if (!told)
      this.#told.set(
        meeting,
        (told = { turns: new Map(), inCall: false, expected: undefined, left: false, sending: Promise.resolve() }),
      );
    return told;
  }

  /** Writes a piece down once. The scribe forgets it, and requests in it are passed on, when it is in the journal. */
  #write(final: Final): void {
    if (final.text === "") return;
    const { now } = this.#options;
    const afterMs = now && final.type === "final" ? Math.max(0, now() - final.endedAt) : undefined;
    this.#options.meetings.noteAsItStands(
      final.meeting,
      (live) => {
        const utterance = this.#utteranceOf(final, live);
        return utterance && { type: "utterance-heard", utterance, ...(afterMs !== undefined && { afterMs }) };
      },
      (event) => {
        if (event?.type === "utterance-heard" && final.type === "final") this.#ask(final, event.utterance.segments);
        this.#tellKept(final);
      },
    );
  }

  #tellKept({ meeting, turn, speaker, startedAt }: Final): void {
    // The piece is in the journal, or nobody's any more.
    const room = this.#options.meetings.bringBack(meeting)?.meeting.roomId;
    const keepAs = (room && this.#options.audioPlaceFor?.({ room, speaker }, { meeting, turn, startedAt })) ?? null;
    this.#options.tell?.({ type: "kept", meeting, turn, startedAt, keepAs });
  }

  #utteranceOf(final: Final, live: LiveMeeting): Utterance | undefined {
    const circle = circleOfTurn(live, final.turn);
    if (circle === null) return undefined;
    const { turn, speaker, startedAt, endedAt, language, places = [], engine } = final;
    if (this.#options.isErased?.({ meeting: live.meeting.id, speaker }, startedAt)) return undefined;
    // The scribe hears of a no some moments after it.
    if (hadWithdrawn(live.meeting, speaker, startedAt)) return undefined;
    const earlier = live.record.utterances.filter((utterance) => utterance.turn === turn);
    // A scribe that died before it knew that this was written down writes it down again.
    if (earlier.some((utterance) => utterance.startedAt === startedAt)) return undefined;
    const segments = this.#segments(
      final,
      live,
      earlier.findLast((utterance) => utterance.startedAt < startedAt),
      earlier.length > 0 ? undefined : live.record.utterances.findLast((utterance) => utterance.startedAt < startedAt),
    );
    const text = segments.every(({ kind }) => kind === "speech") ? final.text : speechIn(segments);
    return {
      // Numbers go on after a restart, when the scribe counts from 1 again.
      id: `${turn}.${earlier.length + 1}`,
      turn,
      circle,
      speaker,
      startedAt,
      endedAt,
      language,
      engine,
      segments,
      text,
      ...(places.length > 0 ? { places: placesIn(text, final.text, places) } : {}),
    };
  }

  #segments(
    { text, language, startedAt, endedAt, places }: Final,
    { meeting }: LiveMeeting,
    before: Utterance | undefined,
    asked: Utterance | undefined,
  ): Segment[] {
    const lexicons = this.#options.spoken?.lexicons ?? [];
    return segmentsOf(text, {
      language,
      people: meeting.people,
      lexicons,
      before: before?.segments.at(-1)?.text,
      asked: asked?.segments.at(-1)?.text,
      spoken: { startedAt, endedAt, places },
    });
  }

  /**
   * Passes on requests of the current speaker; one that is heard once the turn is over comes too late, and would hit
   * the next speaker.
   */
  #ask({ meeting: id, turn, speaker }: Final, segments: readonly Segment[]): void {
    const { meetings, spoken, log } = this.#options;
    for (const { command } of segments) {
      if (!spoken || !command || !asksTheMeeting(command)) continue;
      const live = meetings.bringBack(id);
      const current =
        live &&
        meetings.isNewest(live) &&
        turnOf(live.meeting)?.id === turn &&
        turnOf(live.meeting)?.speaker === speaker;
      if (!current)
        return log.debug(
          { meeting: id, turn, command: command.type },
          "a spoken command was recognised after its turn; it is left alone",
        );
      spoken.onCommand({ meeting: id, room: live.meeting.roomId, turn, speaker, command });
    }
  }
}

function speechIn(segments: readonly Segment[]): string {
  return segments
    .filter(({ kind }) => kind === "speech")
    .map(({ text }) => text)
    .join(" ");
}

/**
 * Names the next speaker, if their words may be written down. Nobody is received before the first circle: microphones
 * are open then, and it is nobody's turn.
 */
function nextSpeaker(meeting: Meeting): ParticipantId | null {
  const next = meeting.phase === "circle" ? nextInCircle(meeting.circle)?.who : undefined;
  const speaker = next ?? present(meeting)[0];
  return meeting.phase === "gathering" || speaker === undefined || !isListenedTo(meeting, speaker) ? null : speaker;
}

function circleOfTurn({ meeting }: LiveMeeting, turn: number): number | null {
  if (turnOf(meeting)?.id === turn) return circleOf(meeting)?.index ?? null;
  return meeting.ended.find(({ id }) => id === turn)?.circle ?? null;
}
