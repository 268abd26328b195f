import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildDataset } from "../../../appservice/dataset/build.ts";
import type { FindMore } from "../../../appservice/dataset/clean/cleaner.ts";
import { keptSource } from "../../../appservice/dataset/kept-source.ts";
import { Pseudonyms } from "../../../appservice/dataset/pseudonyms.ts";
import type { DatasetPurpose } from "../../../appservice/dataset/rows.ts";
import type { DatasetSource } from "../../../appservice/dataset/source.ts";
import type { DatasetTarget } from "../../../appservice/dataset/target.ts";
import { folderTarget } from "../../../appservice/dataset/targets/folder.ts";
import { verifyDataset } from "../../../appservice/dataset/verify.ts";
import { circleEntry, type JournalEntry } from "../../../appservice/journal/entry.ts";
import { Journal } from "../../../appservice/journal/journal.ts";
import { Meetings } from "../../../appservice/journal/meetings.ts";
import type { MeetingId, ParticipantId, RoomId } from "../../../appservice/protocol/identity.ts";
import type { Purpose } from "../../../appservice/protocol/purposes.ts";
import { PurposeJournal } from "../../../appservice/purposes/purpose-journal.ts";
import type { RecordEvent } from "../../../appservice/record/event.ts";
import { flacOf } from "../../../appservice/scribe/audio/flac-write.ts";
import { openDatabase } from "../../../appservice/store/database.ts";
import { KeptAudio } from "../../../appservice/store/kept-audio.ts";
import { KnownRooms } from "../../../appservice/store/known-rooms.ts";
import type { Withdrawal } from "../../../appservice/store/withdrawals.ts";
import { council, id, Play } from "../circle/play.ts";
import { meetingId, roomId } from "../protocol/ids.ts";

export const ROOM = roomId("!room");
const RATE = 16_000;
const DAYS = 30;

export type Said = {
  /** Short name, as `id` takes it. */
  readonly who: string;
  readonly text: string;
  readonly seconds?: number;
  readonly language?: "en" | "ru";
  /** False: no sound of it is kept. */
  readonly kept?: boolean;
};

type Held = {
  readonly said: readonly Said[];
  readonly room?: RoomId;
  /** Names that people are shown by, by their short names; left out: these. */
  readonly names?: Readonly<Record<string, string>>;
  /** Things that happen to the record after all was said; `n` of the first thing said is 1, and its id `1.1`. */
  readonly after?: readonly RecordEvent[];
  readonly language?: "en" | "ru";
};

type StageOptions = {
  /** When the first meeting is. */
  readonly at?: number;
  /** Sound of so many seconds as FLAC; the number is another for each. */
  readonly sound?: (seconds: number, number: number) => Uint8Array;
};

/** For tests: a real database with meetings in it and sound beside it, of which sets are built. */
export class DatasetStage {
  readonly folder = mkdtempSync(join(tmpdir(), "mindminder-set-"));
  readonly database = join(this.folder, "mindminder.db");
  readonly db = openDatabase(this.database);
  readonly journal = new Journal(this.db);
  readonly purposeJournal = new PurposeJournal(this.db);
  pseudonyms = new Pseudonyms(Buffer.alloc(32, 7));
  readonly source: DatasetSource;
  readonly at: number;
  now: number;
  /** Withdrawals that the database does not know, as after a restore. */
  readonly withdrawn: Withdrawal[] = [];
  readonly #audio: KeptAudio;
  readonly #sound: NonNullable<StageOptions["sound"]>;
  #meetings = 0;

  constructor({ at = Date.parse("2026-06-01T10:00:00Z"), sound = packedTone }: StageOptions = {}) {
    this.#sound = sound;
    this.at = at;
    this.now = at;
    this.#audio = new KeptAudio({
      db: this.db,
      folder: join(this.folder, "speech-kept"),
      days: DAYS,
      now: () => this.now,
    });
    this.source = keptSource({
      journal: this.journal,
      meetings: new Meetings({
        journal: this.journal,
        now: () => this.now,
        languageOf: () => "en",
        onUnreadable: (_, error) => {
          throw error;
        },
      }),
      purposeJournal: this.purposeJournal,
      knownRooms: new KnownRooms(this.db),
      audio: this.#audio,
      withdrawals: () => this.withdrawn,
    });
  }

  close(): void {
    this.db.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  allow(who: string, purposes: readonly Purpose[] = ["sound", "improve"], room = ROOM): void {
    for (const purpose of purposes) this.#answer(who, purpose, true, room);
  }

  takeBack(who: string, purposes: readonly Purpose[] = ["improve"], room = ROOM): void {
    for (const purpose of purposes) this.#answer(who, purpose, false, room);
  }

  /** Holds a meeting that is over, in which all of this was said in one circle. */
  meeting({ said, room = ROOM, names = {}, after = [], language = "en" }: Held): MeetingId {
    const meeting = meetingId(`mset${String(++this.#meetings).padStart(8, "0")}`);
    const people = [...new Set(said.map(({ who }) => who))];
    const play = new Play();
    play.at = this.at + this.#meetings * 60_000;
    play.gather(...people);
    const [keeper = "ann"] = people;
    play.start(keeper, council({ circles: [{ theme: "first" }] })).by(keeper, "end");
    const events = play.journal.map((event) => {
      if (event.type === "meeting-gathered") return { ...event, id: meeting, roomId: room, language };
      if (event.type !== "person-joined") return event;
      return { ...event, name: Object.entries(names).find(([who]) => id(who) === event.who)?.[1] ?? event.name };
    });
    const heard = said.map((each, n) => this.#heard(meeting, room, each, n));
    const entries: JournalEntry[] = [
      ...events.map((event) => circleEntry(event)),
      ...[...heard, ...after].map((event): JournalEntry => ({ kind: "record", event })),
    ];
    this.journal.append(meeting, room, 0, entries, play.at);
    return meeting;
  }

  /** Something happens to the record of a meeting that is over. */
  happen(meeting: MeetingId, ...events: readonly RecordEvent[]): void {
    const room = this.journal.roomOf(meeting) ?? ROOM;
    const entries = events.map((event): JournalEntry => ({ kind: "record", event }));
    this.journal.append(meeting, room, this.journal.lengthOf(meeting), entries, this.now);
  }

  correct(meeting: MeetingId, by: string, of: string, text: string): void {
    const change = { of: "utterance", id: of, text } as const;
    this.happen(meeting, { type: "corrected", at: this.now, by: id(by), name: by, door: "widget", change });
  }

  get place(): string {
    return join(this.folder, "set");
  }

  async build({
    target = folderTarget(this.place),
    purpose = "improve",
    findMore = null,
  }: {
    target?: DatasetTarget;
    purpose?: DatasetPurpose;
    findMore?: FindMore | null;
  } = {}) {
    const workFolder = join(this.folder, "datasets");
    const { source, pseudonyms } = this;
    const { signal } = new AbortController();
    const now = () => this.now;
    return buildDataset({
      source,
      target,
      purpose,
      pseudonyms,
      findMore,
      workFolder,
      now,
      say: () => {},
      signal,
    });
  }

  async verify({
    target = folderTarget(this.place),
    purpose = "improve",
  }: {
    target?: DatasetTarget;
    purpose?: DatasetPurpose;
  } = {}) {
    const { source, pseudonyms } = this;
    return verifyDataset({ source, target, purpose, pseudonyms, signal: new AbortController().signal });
  }

  /** A file of the set that was built, as text; empty where there is none. */
  read(path: string): string {
    try {
      return readFileSync(join(this.place, path), "utf8");
    } catch {
      return "";
    }
  }

  /** Lines of a file of the set. */
  lines(path: string): { [column in string]: unknown }[] {
    return this.read(path)
      .split("\n")
      .flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
  }

  /** Rows of all splits. */
  rows(): { [column in string]: unknown }[] {
    return ["train", "validation", "test"].flatMap((split) => this.lines(`asr/${split}/metadata.jsonl`));
  }

  #answer(who: string, purpose: Purpose, given: boolean, room: RoomId): void {
    const text = given ? { version: 1, hash: "0".repeat(64) } : null;
    const event = {
      type: "purpose-answered",
      at: ++this.now,
      who: id(who),
      purpose,
      given,
      text,
      door: "widget",
    } as const;
    this.purposeJournal.append(room, [event]);
    if (purpose === "sound") this.#audio.consent({ room, speaker: id(who) }, given);
  }

  #heard(
    meeting: MeetingId,
    room: RoomId,
    { who, text, seconds = 2, language = "en", kept = true }: Said,
    n: number,
  ): RecordEvent {
    const speaker: ParticipantId = id(who);
    const startedAt = this.at + this.#meetings * 60_000 + n * 30_000;
    const utterance = {
      id: `${n + 1}.1`,
      turn: n + 1,
      circle: 0,
      speaker,
      startedAt,
      endedAt: startedAt + Math.round(seconds * 1_000),
      language,
      text,
      segments: [{ kind: "speech" as const, text }],
      engine: { id: "sherpa", model: "whisper-base" },
    };
    const place = kept ? this.#audio.placeFor({ room, speaker }, { meeting, turn: n + 1, startedAt }) : null;
    if (place) {
      const file = join(this.folder, "speech-kept", place);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, this.#sound(seconds, this.#meetings * 100 + n));
    }
    return { type: "utterance-heard", utterance };
  }
}

/** A sound that differs from others of another number. */
function packedTone(seconds: number, number: number): Uint8Array {
  const length = Math.round(seconds * RATE);
  return flacOf(Float32Array.from({ length }, (_, at) => 0.3 * Math.sin(at * (0.02 + (number % 50) * 0.003))));
}
