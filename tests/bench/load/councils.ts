import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { MEETING_STATE } from "../../../appservice/protocol/namespace.ts";
import type { MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import { Callers } from "../../support/stack/callers.ts";
import { MatrixPerson } from "../../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../../support/stack/mindminder.ts";
import { roomWithBot } from "../../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../../support/stack/widget-person.ts";
import { within } from "../seven.ts";

export const SEVEN = 7;
/** A pass that is not through by then is lost. */
const LOST_AFTER_MS = 5_000;
const GATHERED_WITHIN_MS = 20_000;

/** One pass, in milliseconds from the click. */
export type Pass = {
  /** Time until the first of the others hears the next speaker, and until the last of them does. */
  readonly heard: number;
  readonly heardByAll: number;
  /** Time until the last of all in the call was shown it. */
  readonly shown: number;
  /** Time until it stands in the room's state at a Matrix client. */
  readonly posted: number;
  /** Time until the service had answered the click. */
  readonly answered: number;
};

/** Outcome of a pass. `lost`: somebody did not hear it, was not shown it, or the room does not have it. */
export type Outcome = Pass | { readonly lost: string };

/**
 * Many meetings at once in one service, each in its own room, with seven people who are in the call by light LiveKit
 * clients.
 */
export class Councils {
  readonly service: Mindminder;
  readonly callers: Callers;
  readonly all: Council[] = [];

  static async open(dir: string): Promise<Councils> {
    const scenarios = join(dir, "scenarios");
    await mkdir(scenarios, { recursive: true });
    const theme = { en: "What do you see?", ru: "Что вы видите?" };
    await writeFile(
      join(scenarios, "load.yaml"),
      stringify({
        id: "load",
        title: "Load",
        turnSeconds: 600,
        betweenSeconds: 0,
        circles: Array.from({ length: 3 }, () => ({ theme })),
      }),
    );
    // All come from one address here, which no office does.
    const limits = { sessions: 100_000, requests: 100_000, files: 100_000, failures: 100_000 };
    const service = await startMindminder({
      dir,
      config: { scenarios, speech: { engine: "off" }, service: { limits } },
    });
    return new Councils(service, await Callers.start());
  }

  private constructor(service: Mindminder, callers: Callers) {
    this.service = service;
    this.callers = callers;
  }

  /** Another room with seven people, all of them in the call, and the first has the word. */
  async add(): Promise<Council> {
    const { service, callers } = this;
    const number = this.all.length;
    const matrix: MatrixPerson[] = [];
    for (let index = 0; index < SEVEN; index++) {
      const account = await service.synapse.registerUser(`m${number}p${index}`, { displayName: `Person ${index}` });
      // Only one of a room follows it in Matrix: clients' syncing is the homeserver's load, not the circle's.
      matrix.push(
        index === 0
          ? await MatrixPerson.open(service.synapse.url, account)
          : MatrixPerson.absent(service.synapse.url, account),
      );
    }
    const [keeper, ...others] = matrix as [MatrixPerson, ...MatrixPerson[]];
    const room = await roomWithBot(service, keeper, ...others);
    const people = new Map(
      await Promise.all(
        matrix.map(async (person) => [person.userId, await WidgetPerson.open(service.url, room, person)] as const),
      ),
    );
    const council = new Council(room, keeper, people, callers);
    this.all.push(council);
    await council.gather();
    return council;
  }

  async close(): Promise<{ received: number; lost: number }> {
    const sound = await this.callers.leave();
    await Promise.all(this.all.map((council) => council.close()));
    await this.service.stop();
    return sound;
  }
}

export class Council {
  readonly room: string;
  readonly #keeper: MatrixPerson;
  readonly #people: ReadonlyMap<string, WidgetPerson>;
  readonly #callers: Callers;

  constructor(room: string, keeper: MatrixPerson, people: ReadonlyMap<string, WidgetPerson>, callers: Callers) {
    this.room = room;
    this.#keeper = keeper;
    this.#people = people;
    this.#callers = callers;
  }

  /** Everybody is in the call and receives everybody. */
  async gather(): Promise<void> {
    const pairs = new Set<string>();
    const complete = new Promise<void>((resolve) => {
      const done = this.#callers.listen(({ kind, who, whom }) => {
        if (kind !== "receives" || !this.#people.has(who)) return;
        pairs.add(`${who} ${whom}`);
        if (pairs.size < SEVEN * (SEVEN - 1)) return;
        done();
        resolve();
      });
    });
    await Promise.all(
      [...this.#people].map(async ([who, widget]) => {
        const { url, token } = await widget.call();
        await this.#callers.join({ url, token, who });
      }),
    );
    await within(
      GATHERED_WITHIN_MS,
      complete,
      () => `not everybody receives everybody: ${pairs.size} of ${SEVEN * (SEVEN - 1)}`,
    );
  }

  /** A new meeting, when there is none; the first speaks. */
  async begin(): Promise<MeetingSnapshot> {
    const first = this.#widgetOf(this.#keeper.userId);
    const spoken = this.#keeper.next(
      this.room,
      (event) => speakerIn(event.content) !== null && event.type === MEETING_STATE,
      "the first speaker",
    );
    for (const widget of this.#people.values()) {
      const { status, body } = await widget.joinCircle();
      if (status !== 200 && status !== 409) throw new Error(`joining was refused with ${status}: ${body.error}`);
    }
    const { status, body } = await first.command({ type: "start", scenario: "load" });
    if (status !== 200) throw new Error(`starting was refused with ${status}: ${body.error}`);
    await spoken;
    return this.now();
  }

  async now(): Promise<MeetingSnapshot> {
    const { meeting } = await this.#widgetOf(this.#keeper.userId).meeting();
    if (!meeting) throw new Error("no meeting is running");
    return meeting;
  }

  /** The speaker passes the word; the last of a circle opens the next one, which is measured as well. */
  async pass(): Promise<Outcome> {
    let meeting = await this.now();
    if (meeting.phase === "ended") meeting = await this.begin();
    const speaker = meeting.turn?.speaker;
    const next = meeting.next;
    if (!speaker) return { lost: "nobody has the word" };
    const command = { type: "pass" as const, expectedVersion: meeting.version };
    if (!next) {
      await this.#widgetOf(speaker).command(command);
      return this.pass();
    }
    const [ears, eyes] = [new Set(this.#people.keys()), new Set(this.#people.keys())];
    ears.delete(next);
    const times = { heard: 0, heardByAll: 0, shown: 0, posted: 0, answered: 0 };
    const began = Date.now();
    const passed = new Promise<Outcome>((resolve) => {
      let done = () => {};
      const missing = () =>
        [
          ears.size > 0 && `${[...ears].join(" ")} did not hear ${next}`,
          eyes.size > 0 && `${[...eyes].join(" ")} did not see ${next}`,
          times.posted === 0 && "not in the room",
          times.answered === 0 && "no answer",
        ]
          .filter(Boolean)
          .join(", ");
      const look = () => {
        if (missing() === "") done();
      };
      const deaf = this.#callers.listen(({ kind, who, whom, at }) => {
        if (whom !== next || !this.#people.has(who)) return;
        if (kind === "heard" && ears.delete(who)) {
          times.heard ||= at - began;
          times.heardByAll = at - began;
        } else if (kind === "shown" && eyes.delete(who)) times.shown = at - began;
        look();
      });
      const blind = this.#keeper.listen(({ type, room_id, content }) => {
        if (room_id !== this.room || type !== MEETING_STATE || speakerIn(content) !== next) return;
        times.posted ||= Date.now() - began;
        look();
      });
      const timer = setTimeout(() => done(), LOST_AFTER_MS);
      done = () => {
        clearTimeout(timer);
        deaf();
        blind();
        const lost = missing();
        resolve(lost === "" ? times : { lost });
      };
      void this.#widgetOf(speaker)
        .command(command)
        .then(({ status, body }) => {
          if (status === 200) times.answered = Date.now() - began;
          else resolve({ lost: `refused with ${status}: ${body.error}` });
          look();
        });
    });
    return passed;
  }

  close(): Promise<void> {
    return this.#keeper.close();
  }

  #widgetOf(who: string): WidgetPerson {
    const widget = this.#people.get(who);
    if (!widget) throw new Error(`${who} is not of this council`);
    return widget;
  }
}

function speakerIn(content: { readonly [key: string]: unknown }): string | null {
  const { turn } = content as { turn?: { speaker?: string; status?: string } | null };
  return turn?.status === "speaking" ? (turn.speaker ?? null) : null;
}
