import type Database from "better-sqlite3";
import type { Language, ParticipantId, RoomId, SpeechLanguage } from "../protocol/identity.ts";
import { SummaryTemplate } from "../protocol/summary-template.ts";

type Choices = {
  readonly language: Language | null;
  readonly scenario: string | null;
  readonly taskTarget: string | null;
};

/** Memory of a room besides its meetings. */
export class KnownRooms {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** True at the first call since the bot came into the room. */
  firstGreeting(room: RoomId): boolean {
    const sql =
      "INSERT INTO rooms (room, greeted) VALUES (?, 1) ON CONFLICT (room) DO UPDATE SET greeted = 1 WHERE greeted = 0";
    return this.#db.prepare(sql).run(room).changes > 0;
  }

  /** Choices of the room; null where it leaves things as the configuration has them. */
  choicesOf(room: RoomId): Choices {
    const row = this.#db
      .prepare("SELECT language, scenario, task_target AS taskTarget FROM rooms WHERE room = ?")
      .get(room);
    return (row as Choices | undefined) ?? { language: null, scenario: null, taskTarget: null };
  }

  chooseLanguage(room: RoomId, language: Language): void {
    const sql =
      "INSERT INTO rooms (room, language) VALUES (?, ?) ON CONFLICT (room) DO UPDATE SET language = excluded.language";
    this.#db.prepare(sql).run(room, language);
  }

  /** The scenario that a start without a name takes; null for the built-in default. */
  chooseScenario(room: RoomId, scenario: string | null): void {
    const sql =
      "INSERT INTO rooms (room, scenario) VALUES (?, ?) ON CONFLICT (room) DO UPDATE SET scenario = excluded.scenario";
    this.#db.prepare(sql).run(room, scenario);
  }

  /** Chooses the place where the room's tasks go; null for nowhere. */
  chooseTaskTarget(room: RoomId, target: string | null): void {
    const sql =
      "INSERT INTO rooms (room, task_target) VALUES (?, ?) ON CONFLICT (room) DO UPDATE SET task_target = excluded.task_target";
    this.#db.prepare(sql).run(room, target);
  }

  /** Form of summaries that the room wants; null: as the plugins write them. */
  summaryTemplateOf(room: RoomId): SummaryTemplate | null {
    const row = this.#db.prepare("SELECT template FROM summary_templates WHERE room = ?").get(room) as
      | { template: string }
      | undefined;
    return row ? (SummaryTemplate.safeParse(JSON.parse(row.template)).data ?? null) : null;
  }

  chooseSummaryTemplate(room: RoomId, template: SummaryTemplate | null): void {
    if (template === null) this.#db.prepare("DELETE FROM summary_templates WHERE room = ?").run(room);
    else
      this.#db
        .prepare("INSERT OR REPLACE INTO summary_templates (room, template) VALUES (?, ?)")
        .run(room, JSON.stringify(template));
  }

  /** Language spoken in the room; null where it is as configured. */
  speechLanguageOf(room: RoomId): SpeechLanguage | null {
    const row = this.#db.prepare("SELECT speech_language AS language FROM rooms WHERE room = ?").get(room) as
      | { language: SpeechLanguage | null }
      | undefined;
    return row?.language ?? null;
  }

  chooseSpeechLanguage(room: RoomId, language: SpeechLanguage): void {
    const sql =
      "INSERT INTO rooms (room, speech_language) VALUES (?, ?) ON CONFLICT (room) DO UPDATE SET speech_language = excluded.speech_language";
    this.#db.prepare(sql).run(room, language);
  }

  /** Names and words that are often said in the room. */
  vocabularyOf(room: RoomId): string[] {
    const row = this.#db.prepare("SELECT vocabulary FROM rooms WHERE room = ?").get(room) as
      | { vocabulary: string | null }
      | undefined;
    return row?.vocabulary ? (JSON.parse(row.vocabulary) as string[]) : [];
  }

  chooseVocabulary(room: RoomId, words: readonly string[]): void {
    const sql =
      "INSERT INTO rooms (room, vocabulary) VALUES (?, ?) ON CONFLICT (room) DO UPDATE SET vocabulary = excluded.vocabulary";
    this.#db.prepare(sql).run(room, JSON.stringify(words));
  }

  /** The room in which the bot speaks to this person alone, if there was one. */
  directRoomOf(participant: ParticipantId): RoomId | null {
    const row = this.#db.prepare("SELECT room FROM direct_rooms WHERE participant = ?").get(participant);
    return (row as { room: RoomId } | undefined)?.room ?? null;
  }

  rememberDirectRoom(participant: ParticipantId, room: RoomId): void {
    const sql =
      "INSERT INTO direct_rooms (participant, room) VALUES (?, ?) ON CONFLICT (participant) DO UPDATE SET room = excluded.room";
    this.#db.prepare(sql).run(participant, room);
  }

  /** Gives the choices of the one room to the other, where that has chosen nothing itself. */
  moveChoices(from: RoomId, to: RoomId): void {
    const sql = `INSERT INTO rooms (room, language, scenario, task_target, vocabulary, speech_language)
                 SELECT ?, language, scenario, task_target, vocabulary, speech_language FROM rooms WHERE room = ?
                 ON CONFLICT (room) DO UPDATE SET
                   language = COALESCE(language, excluded.language), scenario = COALESCE(scenario, excluded.scenario),
                   task_target = COALESCE(task_target, excluded.task_target), vocabulary = COALESCE(vocabulary, excluded.vocabulary),
                   speech_language = COALESCE(speech_language, excluded.speech_language)`;
    this.#db.prepare(sql).run(to, from);
    this.#db
      .prepare(
        "INSERT OR IGNORE INTO summary_templates (room, template) SELECT ?, template FROM summary_templates WHERE room = ?",
      )
      .run(to, from);
  }

  /** Forgets the greeting: a bot that comes again greets again, and finds the choices of the room. */
  shownOut(room: RoomId): void {
    this.#db.prepare("UPDATE rooms SET greeted = 0 WHERE room = ?").run(room);
  }

  forget(room: RoomId): void {
    this.#db.prepare("DELETE FROM rooms WHERE room = ?").run(room);
    this.#db.prepare("DELETE FROM direct_rooms WHERE room = ?").run(room);
    this.#db.prepare("DELETE FROM summary_templates WHERE room = ?").run(room);
  }
}
