import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import type { CallResponse } from "../../../appservice/protocol/http-api.ts";
import type { CallMetadata } from "../../../appservice/protocol/call-metadata.ts";
import type { MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import { setUp } from "../../../tools/setup/setup.ts";
import { MatrixPerson } from "./matrix-person.ts";
import { microphonesOpenIn } from "./livekit.ts";
import { startMindminder, type Mindminder } from "./mindminder.ts";
import type { ReachedAt } from "./outside.ts";
import { inviteBot } from "./room-with-bot.ts";
import { WidgetPerson } from "./widget-person.ts";

export type MeetingOptions = {
  dir: string;
  people: readonly string[];
  circles: number;
  betweenSeconds: number;
  /** Merged over the service's configuration. */
  config?: Record<string, unknown>;
  /** Where its people reach it, if not by loopback. */
  outside?: ReachedAt;
};

/** A person with both their hands: on a Matrix client, and on the widget. */
export type Person = {
  readonly matrix: MatrixPerson;
  readonly widget: WidgetPerson;
};

/**
 * A meeting of the whole product: homeserver, LiveKit and the service as processes of their own, people at their
 * widgets.
 */
export class ServiceMeeting {
  readonly service: Mindminder;
  readonly room: string;
  readonly people: readonly Person[];

  static async open({
    dir,
    people: names,
    circles,
    betweenSeconds,
    config = {},
    outside,
  }: MeetingOptions): Promise<ServiceMeeting> {
    const scenarios = join(dir, "scenarios");
    await mkdir(scenarios, { recursive: true });
    const theme = { en: "What do you see?", ru: "Что вы видите?" };
    const scenario = {
      id: "bench",
      title: "Bench",
      turnSeconds: 600,
      betweenSeconds,
      circles: Array.from({ length: circles }, () => ({ theme })),
    };
    await writeFile(join(scenarios, "bench.yaml"), stringify(scenario));
    await writeFile(
      join(scenarios, "quick.yaml"),
      stringify({ ...scenario, id: "quick", turnSeconds: 5, graceSeconds: 0 }),
    );
    const { speech } = await setUp({ synapse: true, livekit: true, speech: true });
    const speechConfig = { sherpa: { modelFolder: speech.whisper }, voiceActivityModel: speech.vad };
    const service = await startMindminder({
      dir,
      ...(outside && { outside }),
      config: { scenarios, ...config, speech: { ...speechConfig, ...(config["speech"] as object | undefined) } },
    });

    const matrix = await Promise.all(
      names.map((name, index) => MatrixPerson.register(service.synapse, `person${index}`, name)),
    );
    const [keeper, ...others] = matrix;
    if (!keeper) throw new Error("a meeting needs people");
    const room = await keeper.createRoom({ invite: others.map(({ userId }) => userId) });
    for (const person of others) await person.join(room);
    await inviteBot(service, keeper, room);

    const people: Person[] = [];
    for (const person of matrix)
      people.push({ matrix: person, widget: await WidgetPerson.open(service.url, room, person) });
    return new ServiceMeeting(service, room, people);
  }

  private constructor(service: Mindminder, room: string, people: readonly Person[]) {
    this.service = service;
    this.room = room;
    this.people = people;
  }

  access(): Promise<CallResponse[]> {
    return Promise.all(this.people.map(({ widget }) => widget.call()));
  }

  async gather(): Promise<void> {
    for (const { widget } of this.people) {
      const { status, body } = await widget.joinCircle();
      if (status !== 200 && status !== 409) throw new Error(`joining was refused with ${status}: ${body.error}`);
    }
  }

  /** `quick`: turns of five seconds, and no grace. */
  async start(scenario: "bench" | "quick" = "bench"): Promise<MeetingSnapshot> {
    const [keeper] = this.people;
    return snapshotOf(accepted(await keeper!.widget.command({ type: "start", scenario })).body);
  }

  async now(): Promise<MeetingSnapshot> {
    return snapshotOf(await this.people[0]!.widget.meeting());
  }

  /** The speaker presses "Pass the word". */
  async pass({ turn, version }: MeetingSnapshot): Promise<MeetingSnapshot> {
    const speaker = this.people.find(({ matrix }) => matrix.userId === turn?.speaker);
    if (!speaker) throw new Error("nobody has the word");
    return snapshotOf(accepted(await speaker.widget.command({ type: "pass", expectedVersion: version })).body);
  }

  /** The keeper ends it, however it stands. */
  async end(): Promise<void> {
    accepted(await this.people[0]!.widget.steer("end"));
  }

  /** People whose microphone is open, by LiveKit's own list. */
  async openMicrophones(): Promise<string[]> {
    return microphonesOpenIn(this.service.livekit, this.room);
  }

  async close(): Promise<void> {
    await Promise.all(this.people.map(({ matrix }) => matrix.close()));
    await this.service.stop();
  }
}

/** Is this metadata of the call the state in which that person speaks? Read cheaply: seven clients look at once. */
export function showsSpeaker(metadata: string, id: string): boolean {
  const { meeting } = JSON.parse(metadata) as CallMetadata;
  return meeting?.turn?.speaker === id && meeting.turn.status === "speaking";
}

function snapshotOf({ meeting }: { meeting: MeetingSnapshot | null }): MeetingSnapshot {
  if (!meeting) throw new Error("no meeting is running");
  return meeting;
}

function accepted<T extends { status: number; body: { error?: string } }>(answer: T): T {
  if (answer.status !== 200) throw new Error(`refused with ${answer.status}: ${answer.body.error}`);
  return answer;
}
