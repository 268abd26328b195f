import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { stringify } from "yaml";
import { CallMetadata } from "../../../appservice/protocol/call-metadata.ts";
import { MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import { MEETING_STATE } from "../../../appservice/protocol/namespace.ts";
import { until } from "../call/call-stage.ts";
import { Caller } from "../call/caller.ts";
import { microphonesOpenIn } from "../stack/livekit.ts";
import { MatrixPerson } from "../stack/matrix-person.ts";
import { type Mindminder, type MindminderOptions, startMindminder } from "../stack/mindminder.ts";
import { roomWithBot } from "../stack/room-with-bot.ts";
import { WidgetPerson } from "../stack/widget-person.ts";
import { byOurClock, FloorHistory, type Observed, type HistoryVerdict } from "./floor-history.ts";

const NAMES = ["ann", "bob", "eve"];
/** All that people here ask comes from one address, and readers ask without a pause. */
const LIMITS = { sessions: 100_000, requests: 100_000, files: 100_000, failures: 100_000 };

type SeatedPerson = { readonly matrix: MatrixPerson; readonly widget: Observed; readonly caller: Caller };

export type ObservedCircleOptions = Omit<MindminderOptions, "config"> & {
  readonly scenario: { readonly id: string; readonly [key: string]: unknown };
  /** Time that microphones may take to follow the floor, in milliseconds. */
  readonly microphonesWithinMs: number;
  readonly config?: Readonly<Record<string, unknown>>;
};

/**
 * Three people in a circle of the whole product, whose every command and reading is written down; others read beside
 * them without a pause, and the copies of the floor in room and call are looked at.
 */
export class ObservedCircle {
  readonly mindminder: Mindminder;
  readonly room: string;
  readonly people: readonly SeatedPerson[];
  readonly #history: FloorHistory;
  readonly #microphonesWithinMs: number;
  readonly #reader: WidgetPerson;

  static async open({ scenario, microphonesWithinMs, ...options }: ObservedCircleOptions): Promise<ObservedCircle> {
    const scenarios = join(options.dir, "scenarios");
    await mkdir(scenarios, { recursive: true });
    await writeFile(join(scenarios, `${scenario.id}.yaml`), stringify(scenario, { aliasDuplicateObjects: false }));
    const config = { scenarios, speech: { engine: "off" }, service: { limits: LIMITS }, ...options.config };
    const mindminder = await startMindminder({ ...options, config });
    const matrix = await Promise.all(NAMES.map((name) => MatrixPerson.register(mindminder.synapse, name)));
    const [keeper, ...others] = matrix as [MatrixPerson, ...MatrixPerson[]];
    const room = await roomWithBot(mindminder, keeper, ...others);
    const history = new FloorHistory();
    const people: SeatedPerson[] = [];
    for (const person of matrix) {
      const widget = await WidgetPerson.open(mindminder.url, room, person);
      const caller = await Caller.join({ ...(await widget.call()), tone: 0, ears: false });
      await caller.publish({ muted: true });
      people.push({ matrix: person, widget: history.observe(person.userId, widget), caller });
      history.watch(`a reader beside ${person.userId}`, widget);
      expect((await widget.joinCircle()).status).toBe(200);
    }
    const reader = await WidgetPerson.open(mindminder.url, room, keeper);
    const circle = new ObservedCircle({ mindminder, room, people, history, microphonesWithinMs, reader });
    circle.#lookAtCalls();
    return circle;
  }

  private constructor(made: {
    mindminder: Mindminder;
    room: string;
    people: readonly SeatedPerson[];
    history: FloorHistory;
    microphonesWithinMs: number;
    reader: WidgetPerson;
  }) {
    this.mindminder = made.mindminder;
    this.room = made.room;
    this.people = made.people;
    this.#history = made.history;
    this.#microphonesWithinMs = made.microphonesWithinMs;
    this.#reader = made.reader;
  }

  get keeper(): SeatedPerson {
    return this.people[0]!;
  }

  /** The meeting's record, as the widget asks for it. */
  record(): ReturnType<WidgetPerson["record"]> {
    return this.#reader.record();
  }

  async now(): Promise<MeetingSnapshot> {
    const { meeting } = await this.keeper.widget.meeting();
    if (!meeting) throw new Error("the meeting is gone");
    return meeting;
  }

  /** Begins the meeting; true when the service said yes. */
  start(scenario: string): Promise<boolean> {
    return this.keeper.widget.command({ type: "start", scenario }).then(
      ({ status }) => status === 200,
      () => false,
    );
  }

  /** Once somebody has the word, or the meeting is over; an offered word is taken. */
  async withTheWord(within = 45_000): Promise<MeetingSnapshot> {
    let meeting = await this.now();
    await until(
      "somebody to have the word",
      async () => {
        meeting = await this.now();
        const offered = meeting.turn?.status === "offered" ? this.#personOf(meeting.turn.speaker) : undefined;
        if (offered) await offered.widget.command({ type: "accept", expectedVersion: meeting.version });
        return meeting.phase === "ended" || meeting.turn?.status === "speaking";
      },
      within,
    );
    return meeting;
  }

  /** Passes the word; true when the service said yes. */
  async pass({ turn, version }: MeetingSnapshot): Promise<boolean> {
    const speaker = this.#personOf(turn?.speaker);
    return speaker!.widget.command({ type: "pass", expectedVersion: version }).then(
      ({ status }) => status === 200,
      () => false,
    );
  }

  /** Passes this turn as people do: presses again where somebody came or went in that moment. */
  async passTurn(turn: MeetingSnapshot["turn"]): Promise<void> {
    await until("the turn is over", async () => {
      const meeting = await this.now();
      return meeting.turn?.id !== turn?.id || (await this.pass(meeting));
    });
  }

  /** Passes the word as people do: presses again where somebody or something else was quicker. */
  async passOn(within: number): Promise<boolean> {
    const deadline = performance.now() + within;
    while (performance.now() < deadline) {
      if (await this.pass(await this.withTheWord(within))) return true;
    }
    return false;
  }

  /** LiveKit itself is asked whose microphone is open, until it is the speaker's alone. */
  async microphonesFollow(): Promise<void> {
    let lately = "";
    await expect
      .poll(
        async () => {
          const meeting = await this.now();
          const open = await microphonesOpenIn(this.mindminder.livekit, this.room);
          const wanted = meeting.turn?.status === "speaking" ? [meeting.turn.speaker] : [];
          lately = JSON.stringify({ phase: meeting.phase, turn: meeting.turn, open });
          // Elsewhere the floor is open: whose microphone is, is their own affair.
          return meeting.phase !== "circle" || JSON.stringify(open) === JSON.stringify(wanted);
        },
        { timeout: this.#microphonesWithinMs, interval: 50 },
      )
      .toBe(true)
      .catch((error: unknown) => {
        console.log(lately);
        throw error;
      });
  }

  /** Judges what was done and seen, once that is so much: a busy machine reads as often in a longer time. */
  async judge(atLeast = 0): Promise<HistoryVerdict> {
    await until("enough is seen", () => this.#history.length > atLeast);
    // In the room's own order: a client is told older state beside newer events.
    for (const { type, content, origin_server_ts } of await this.keeper.matrix.history(this.room)) {
      const meeting = MeetingSnapshot.safeParse(content);
      if (type === MEETING_STATE && meeting.success)
        this.#history.saw("the room's state", meeting.data, byOurClock(origin_server_ts));
    }
    return this.#history.judge(join(this.mindminder.dir, "history.html"));
  }

  async close(): Promise<void> {
    await Promise.all(this.people.flatMap(({ matrix, caller }) => [matrix.close(), caller.leave()]));
    await this.mindminder.stop();
  }

  #personOf(id: string | undefined): SeatedPerson | undefined {
    return this.people.find(({ matrix }) => matrix.userId === id);
  }

  #lookAtCalls(): void {
    this.keeper.caller.room.on("roomMetadataChanged", (metadata: string) => {
      const { meeting } = CallMetadata.parse(JSON.parse(metadata));
      if (meeting) this.#history.saw("the call's metadata", meeting);
    });
  }
}
