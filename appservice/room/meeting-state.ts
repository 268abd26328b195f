import { isDeepStrictEqual } from "node:util";
import { MatrixError } from "matrix-bot-sdk";
import type { Logger } from "pino";
import { z } from "zod";
import type { MeetingCourse } from "../circle/course.ts";
import { type CirclePlace, placeIn, ByPlace, ringAt, roomAt } from "../protocol/place.ts";
import { type EventId, RingNumber, type RoomId } from "../protocol/identity.ts";
import { MeetingPointer, pointerTo } from "../protocol/meeting-pointer.ts";
import { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import { COURSE_STATE, MEETING_STATE } from "../protocol/namespace.ts";
import type { Homeserver } from "./homeserver.ts";
import { isForGood } from "./homeserver-failure.ts";
import { Failures } from "../retry/pace.ts";
import type { SealedMeetings } from "./sealed-meetings.ts";
import { sleep } from "../time/time.ts";

type Wanted = {
  readonly snapshot: MeetingSnapshot;
  readonly course: CourseNow | null;
  readonly place: CirclePlace;
};
/** `phase`: a ring that only gathered is over with its assembly, at the same version. */
type Written = Pick<MeetingSnapshot, "phase" | "version"> & { readonly id: string; readonly courseKey: string | null };

/** A course that is written once for each `key`. */
export type CourseNow = { readonly key: string; readonly course: () => MeetingCourse | null };

export type MeetingStateDeps = {
  readonly homeserver: Pick<Homeserver, "setState" | "stateContent">;
  /** Room state is open to the homeserver: in an encrypted room it holds no word of anybody's. */
  readonly isEncrypted: (room: RoomId) => Promise<boolean>;
  readonly sealed: Pick<SealedMeetings, "keep" | "drop">;
  /** The message of a meeting's running circle, where it stands already. */
  readonly rootOf: (meeting: MeetingSnapshot) => EventId | null;
  readonly log: Logger;
  /** Hears that, after a start, the room knows more of its meeting than we do; true where that is seen to. */
  readonly onAhead: (room: RoomId) => Promise<boolean>;
  /** The bot may not write the room's state; told once, until it may. */
  readonly onPowerless: (room: RoomId) => void;
};

/** A whole snapshot, or the pointer to one. */
const Standing = z.union([MeetingSnapshot, MeetingPointer]);

const PACE = { firstMs: 1_000, longestMs: 5_000 };
const SETTLES_WITHIN_MS = 5_000;

/**
 * The meeting's snapshot in the room's state, and beside it the course by which it could be taken up. Only the newest
 * counts, so what changes while one is under way is written once, after it.
 */
export class MeetingState {
  readonly #homeserver: MeetingStateDeps["homeserver"];
  readonly #isEncrypted: MeetingStateDeps["isEncrypted"];
  readonly #sealed: MeetingStateDeps["sealed"];
  readonly #rootOf: MeetingStateDeps["rootOf"];
  readonly #log: Logger;
  readonly #onAhead: (room: RoomId) => Promise<boolean>;
  readonly #wanted = new ByPlace<Wanted>();
  readonly #written = new ByPlace<Written | null>();
  readonly #busy = new ByPlace<Promise<void>>();
  /** Rooms that were told that the bot lacks the power. */
  readonly #powerless = new Set<RoomId>();
  readonly #onPowerless: (room: RoomId) => void;
  #stopped = false;

  constructor({ homeserver, isEncrypted, sealed, rootOf, log, onAhead, onPowerless }: MeetingStateDeps) {
    this.#sealed = sealed;
    this.#rootOf = rootOf;
    this.#onPowerless = onPowerless;
    this.#homeserver = homeserver;
    this.#isEncrypted = isEncrypted;
    this.#log = log;
    this.#onAhead = onAhead;
  }

  /** `ring`: that of the assembly whose meeting it is. */
  project(snapshot: MeetingSnapshot, course: CourseNow | null, ring?: RingNumber): void {
    this.#want({ snapshot, course, place: placeIn(snapshot.roomId, ring) });
  }

  /** The message of the running circle stands now. */
  rootStands(room: RoomId): void {
    for (const want of this.#wanted.inRoom(room)) this.#want({ ...want });
  }

  #want(want: Wanted): void {
    const { place } = want;
    this.#wanted.set(place, want);
    if (this.#busy.get(place)) return;
    this.#busy.set(
      place,
      this.#write(place).finally(() => this.#busy.delete(place)),
    );
  }

  /** Resolves once what was wanted of a room stands, or after a while. */
  async settled(room: RoomId): Promise<void> {
    const enough = new AbortController();
    await Promise.race([
      Promise.all(this.#busy.inRoom(room)),
      sleep(SETTLES_WITHIN_MS, { signal: enough.signal, ref: false }).catch(() => {}),
    ]);
    enough.abort();
  }

  forget(room: RoomId): void {
    for (const place of this.#written.placesIn(room)) this.#written.delete(place);
    for (const place of this.#wanted.placesIn(room)) this.#wanted.delete(place);
  }

  /** The state of one place was taken away. */
  forgetAt(place: CirclePlace): void {
    this.#written.delete(place);
    this.#wanted.delete(place);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#busy.values());
  }

  async #write(place: CirclePlace): Promise<void> {
    const failures = new Failures(PACE);
    const [room, ring] = [roomAt(place), ringAt(place)];
    for (let want = this.#wanted.get(place); want && !this.#stopped; want = this.#wanted.get(place)) {
      try {
        const { snapshot } = want;
        const { id, version, phase } = snapshot;
        const first = this.#written.get(place) === undefined;
        const stands = await this.#standing(place);
        const same = stands?.id === snapshot.id;
        // A ring goes on from the journal alone.
        const mayBeAhead = first && same && ring === null;
        if (mayBeAhead && stands.version > snapshot.version && (await this.#onAhead(room))) {
          if (this.#wanted.get(place) === want) this.#wanted.delete(place);
          continue;
        }
        const encrypted = await this.#isEncrypted(room);
        const asWanted = same && stands.version === snapshot.version && stands.phase === snapshot.phase;
        if (encrypted && ring === null) await this.#seal(room, want, asWanted);
        const courseStands = encrypted || ring !== null ? null : await this.#writeCourse(room, want, stands);
        if (!asWanted)
          await this.#homeserver.setState(
            room,
            MEETING_STATE,
            meetingStateKey(ring),
            encrypted ? pointerTo(snapshot) : snapshot,
          );
        this.#written.set(place, { id, version, phase, courseKey: courseStands });
        this.#powerless.delete(room);
        if (this.#wanted.get(place) === want) return;
      } catch (error) {
        if (isForGood(error)) {
          this.#wanted.delete(place);
          this.#refused(want, error);
          return;
        }
        this.#log.warn({ room, err: error }, "the meeting's state could not be written; trying again");
        await sleep(failures.add(), { ref: false });
      }
    }
  }

  /** Tells of a missing power once, and without its inside: to the room, which can mend it, and in the log. */
  #refused({ place, snapshot: { roomId: room, id } }: Wanted, error: unknown): void {
    const powerless = error instanceof MatrixError && error.errcode === "M_FORBIDDEN";
    if (!powerless)
      return this.#log.error({ room, err: error }, "the meeting's state cannot be written into this room");
    if (this.#powerless.has(room)) return;
    this.#powerless.add(room);
    this.#log.warn(
      { room },
      "the meeting's state cannot be written into this room: make the bot a moderator (power 50) of it",
    );
    // A bot that lost the power in mid-meeting has said so.
    if (this.#written.get(place)?.id !== id) this.#onPowerless(room);
  }

  /** Seals the meeting before the pointer stands that tells of it; lets it go before one that tells of its end. */
  async #seal(room: RoomId, { snapshot, course }: Wanted, asWanted: boolean): Promise<void> {
    if (snapshot.phase !== "ended")
      await this.#sealed.keep(room, { snapshot, course: course?.course() ?? null, root: this.#rootOf(snapshot) });
    else if (!asWanted) await this.#sealed.drop(room);
  }

  /** Writes the course before the snapshot, which never stands without it. */
  async #writeCourse(room: RoomId, { course }: Wanted, stands: Written | null): Promise<string | null> {
    const content = course && course.key !== stands?.courseKey ? course.course() : null;
    if (!course || !content) return stands?.courseKey ?? null;
    const known = stands?.courseKey ? null : await this.#homeserver.stateContent(room, COURSE_STATE, "");
    if (!isDeepStrictEqual(known, content)) await this.#homeserver.setState(room, COURSE_STATE, "", content);
    return course.key;
  }

  /** Reads, after a start, the state that stands in the room already. */
  async #standing(place: CirclePlace): Promise<Written | null> {
    const known = this.#written.get(place);
    if (known !== undefined) return known;
    const key = meetingStateKey(ringAt(place));
    const parsed = Standing.safeParse(await this.#homeserver.stateContent(roomAt(place), MEETING_STATE, key));
    const written = parsed.success ? writtenAs(parsed.data) : null;
    this.#written.set(place, written);
    return written;
  }
}

function writtenAs({ id, version, phase }: z.infer<typeof Standing>): Written {
  return { id, version, phase, courseKey: null };
}

/** State key under which the snapshot of a meeting stands: none for the room's own, and the number of a ring. */
function meetingStateKey(ring: RingNumber | null): string {
  return ring === null ? "" : String(ring);
}

/** Ring whose snapshot stands under a state key; null: it is the room's own. */
export function ringOfState(key: string): RingNumber | null {
  return RingNumber.safeParse(Number(key)).data ?? null;
}
