import type { Logger } from "pino";
import type { MeetingId, ParticipantId } from "../protocol/identity.ts";
import type { ToScribe } from "../protocol/scribe-messages.ts";
import { CallEar, type FollowingInTime } from "./call-ear.ts";
import { HeardLately, type Sound } from "./heard-lately.ts";

/** The piece under way, the time until a hanging scribe is noticed, and that until another one hears. */
const KEPT_MS = 60_000;
/** It need not hear soon; few and large frames cost the service little. */
const FRAME_MS = 100;

type Followed = { readonly heard: HeardLately; readonly following: FollowingInTime };
type Meeting = { readonly ear: CallEar; readonly followed: Map<ParticipantId, Followed>; readonly turns: Map<number, ParticipantId>; expected: ParticipantId | null };

/** `sound`: null where nothing came. `unheardMs`: how much of the time nobody of ours was there to hear. */
export type Recalled = { readonly sound: Sound | null; readonly unheardMs: number };

/** What a turn's sound is asked of, where the scribe failed to hear it itself. */
export type Recalls = (of: { meeting: MeetingId; speaker: ParticipantId }, from: number, to: number) => Recalled;

/**
 * Hears whom the scribe hears, in the service's own process, and keeps the last minute of it in memory: where the scribe hangs or
 * ends, what was said meanwhile is not lost. It understands nothing and writes nothing.
 */
export class SecondEar {
  readonly #log: Logger;
  readonly #meetings = new Map<MeetingId, Meeting>();

  constructor(log: Logger) {
    this.#log = log;
  }

  note(message: ToScribe): void {
    switch (message.type) {
      case "expect": return this.#expect(message);
      case "listen": return this.#listen(message);
      case "move": return void (message.call.second && this.#meetings.get(message.meeting)?.ear.move({ url: message.call.url, token: message.call.second }));
      case "stop": return this.#stop(message);
      case "leave": return this.#leave(message.meeting);
      case "kept": return;
    }
  }

  /** What was said in a time that is hardly over. */
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
    if (speaker !== null) this.#follow(meeting, speaker);
    this.#tidy(meeting);
  }

  #listen({ meeting: id, turn, speaker, call }: Extract<ToScribe, { type: "listen" }>): void {
    const meeting = this.#meetingOf(id, call);
    if (!meeting) return;
    meeting.turns.set(turn, speaker);
    this.#follow(meeting, speaker);
  }

  /** Whoever spoke just now may still be asked for. */
  #stop({ meeting: id, turn }: Extract<ToScribe, { type: "stop" }>): void {
    const timer = setTimeout(() => {
      const meeting = this.#meetings.get(id);
      if (meeting?.turns.delete(turn)) this.#tidy(meeting);
    }, KEPT_MS);
    timer.unref();
  }

  #leave(id: MeetingId): void {
    this.#meetings.get(id)?.ear.close();
    this.#meetings.delete(id);
  }

  #follow({ ear, followed }: Meeting, speaker: ParticipantId): void {
    if (followed.has(speaker)) return;
    const heard = new HeardLately(KEPT_MS);
    followed.set(speaker, { heard, following: ear.follow(speaker, (samples) => heard.add(samples, Date.now())) });
  }

  #tidy({ followed, turns, expected }: Meeting): void {
    const wanted = new Set([...turns.values(), expected]);
    for (const [speaker, { following }] of followed) {
      if (wanted.has(speaker)) continue;
      following.end();
      followed.delete(speaker);
    }
  }

  #meetingOf(id: MeetingId, { url, second }: { url: string; second?: string | undefined }): Meeting | null {
    const known = this.#meetings.get(id);
    if (second === undefined) return known ?? null;
    const access = { url, token: second };
    if (known) {
      known.ear.admit(access);
      return known;
    }
    const meeting: Meeting = { ear: new CallEar(access, this.#log.child({ meeting: id, ear: "second" }), FRAME_MS), followed: new Map(), turns: new Map(), expected: null };
    this.#meetings.set(id, meeting);
    return meeting;
  }
}
