import type { Logger } from "pino";
import type { MeetingId, ParticipantId } from "../protocol/identity.ts";
import type { ToScribe } from "../protocol/scribe-messages.ts";
import { type ScribeAccess, CallAudioReceiver, type FollowingInTime } from "./call-audio-receiver.ts";
import { HeardLately, type Sound } from "./heard-lately.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, startTimer, wallClock } from "../time/time.ts";

/** Time kept: the piece under way, the time until a hanging scribe is noticed, and that until another one hears. */
const KEPT_MS = 60_000;
/** Length of a frame: this ear need not hear soon, and few and large frames cost the service little. */
const FRAME_MS = 100;

/**
 * Time after a stop in which sound is still under way. Later sound is nobody's to keep: its speaker may have withdrawn.
 */
const UNDER_WAY_MS = 300;

/** `forgotten`: nobody wants to hear them now, and the sound is kept only for a moment. */
type Followed = { readonly heard: HeardLately; following: FollowingInTime; forgotten: Timer | null };
type RunningTurn = { readonly speaker: ParticipantId; stopped: Timer | null };
type Ear = Pick<CallAudioReceiver, "follow" | "move" | "admit" | "rekey" | "close">;
type CallOfScribe = Extract<ToScribe, { type: "listen" }>["call"];
type Meeting = {
  readonly ear: Ear;
  readonly followed: Map<ParticipantId, Followed>;
  readonly turns: Map<number, RunningTurn>;
  expected: ParticipantId | null;
};

/** `sound`: null where nothing came. `unheardMs`: part of the time in which nobody of ours was there to hear. */
export type Recalled = { readonly sound: Sound | null; readonly unheardMs: number };

/** Returns a turn's sound that the scribe failed to hear itself. */
export type Recalls = (of: { meeting: MeetingId; speaker: ParticipantId }, from: number, to: number) => Recalled;

/**
 * Hears the same people as the scribe, in the service's own process, and keeps the last minute of it in memory: where
 * the scribe hangs or ends, speech meanwhile is not lost. It understands nothing and writes nothing.
 */
export class SecondEar {
  readonly #log: Logger;
  readonly #meetings = new Map<MeetingId, Meeting>();

  readonly #open: (access: ScribeAccess, log: Logger) => Ear;

  constructor(
    log: Logger,
    open: (access: ScribeAccess, log: Logger) => Ear = (access, ofMeeting) =>
      new CallAudioReceiver(access, ofMeeting, FRAME_MS),
  ) {
    this.#log = log;
    this.#open = open;
  }

  note(message: ToScribe): void {
    switch (message.type) {
      case "expect":
        return this.#expect(message);
      case "listen":
        return this.#listen(message);
      case "move":
        return void (
          message.call.second &&
          this.#meetings.get(message.meeting)?.ear.move(accessOf(message.call, message.call.second))
        );
      case "keys":
        return this.#meetings.get(message.meeting)?.ear.rekey(message.keys);
      case "stop":
        return this.#stop(message);
      case "hand-over":
      case "leave":
        return this.#leave(message.meeting);
      case "take-up":
      case "kept":
        return;
    }
  }

  /** Returns the sound of a time that is hardly over. */
  recall: Recalls = ({ meeting, speaker }, from, to) => {
    const followed = this.#meetings.get(meeting)?.followed.get(speaker);
    if (!followed) return { sound: null, unheardMs: to - from };
    const { heard, following } = followed;
    const known = Math.min(to, Math.max(from, heard.forgottenTo));
    return { sound: heard.between(known, to), unheardMs: known - from + following.deafWithin(known, to) };
  };

  close(): void {
    for (const id of [...this.#meetings.keys()]) this.#leave(id);
  }

  #expect({ speaker, meeting: id, call }: Extract<ToScribe, { type: "expect" }>): void {
    const meeting = this.#meetingOf(id, call);
    if (!meeting) return;
    meeting.expected = speaker;
    this.#settle(meeting);
  }

  #listen({ meeting: id, turn, speaker, call }: Extract<ToScribe, { type: "listen" }>): void {
    const meeting = this.#meetingOf(id, call);
    if (!meeting) return;
    clearTimer(meeting.turns.get(turn)?.stopped ?? undefined);
    meeting.turns.set(turn, { speaker, stopped: null });
    this.#settle(meeting);
  }

  #stop({ meeting: id, turn }: Extract<ToScribe, { type: "stop" }>): void {
    const meeting = this.#meetings.get(id);
    const running = meeting?.turns.get(turn);
    if (!meeting || !running) return;
    running.stopped ??= startTimer(() => {
      meeting.turns.delete(turn);
      this.#settle(meeting);
    }, UNDER_WAY_MS);
  }

  #leave(id: MeetingId): void {
    const meeting = this.#meetings.get(id);
    this.#meetings.delete(id);
    if (!meeting) return;
    for (const { forgotten } of meeting.followed.values()) clearTimer(forgotten ?? undefined);
    for (const { stopped } of meeting.turns.values()) clearTimer(stopped ?? undefined);
    meeting.ear.close();
  }

  /** Follows the people whom somebody wants to hear, and nobody else. */
  #settle(meeting: Meeting): void {
    const wanted = new Set([...meeting.turns.values()].map(({ speaker }) => speaker));
    if (meeting.expected !== null) wanted.add(meeting.expected);
    for (const speaker of wanted) this.#follow(meeting, speaker);
    for (const [speaker, followed] of meeting.followed) {
      if (wanted.has(speaker) || followed.forgotten) continue;
      followed.following.end();
      // Keeps the last speaker for a while: their sound may still be asked for.
      followed.forgotten = startTimer(() => meeting.followed.delete(speaker), KEPT_MS);
      followed.forgotten.unref();
    }
  }

  #follow({ ear, followed }: Meeting, speaker: ParticipantId): void {
    const known = followed.get(speaker);
    if (known && !known.forgotten) return;
    clearTimer(known?.forgotten ?? undefined);
    const heard = known?.heard ?? new HeardLately(KEPT_MS);
    followed.set(speaker, {
      heard,
      forgotten: null,
      following: ear.follow(speaker, (samples) => heard.add(samples, wallClock())),
    });
  }

  #meetingOf(id: MeetingId, call: CallOfScribe): Meeting | null {
    const known = this.#meetings.get(id);
    if (call.second === undefined) return known ?? null;
    const access = accessOf(call, call.second);
    if (known) {
      known.ear.admit(access);
      return known;
    }
    const meeting: Meeting = {
      ear: this.#open(access, this.#log.child({ meeting: id, ear: "second" })),
      followed: new Map(),
      turns: new Map(),
      expected: null,
    };
    this.#meetings.set(id, meeting);
    return meeting;
  }
}

function accessOf({ url, keys }: CallOfScribe, token: string): ScribeAccess {
  return { url, token, keys };
}
