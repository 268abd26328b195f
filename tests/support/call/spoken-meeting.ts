import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Caller } from "./caller.ts";
import { ServiceMeeting } from "../stack/service-meeting.ts";

/** Ann, Bob and Eve in the call, each with a tone of their own; Ann has the word. */
export class SpokenMeeting {
  readonly meeting: ServiceMeeting;
  readonly callers: readonly Caller[];

  static async open({ circles, betweenSeconds }: { circles: number; betweenSeconds: number }): Promise<SpokenMeeting> {
    const dir = await mkdtemp(join(tmpdir(), "mindminder-"));
    const meeting = await ServiceMeeting.open({
      dir,
      people: ["Ann", "Bob", "Eve"],
      circles,
      betweenSeconds,
      config: { speech: { engine: "off" } },
    });
    const callers = await Promise.all(
      (await meeting.access()).map((access, place) => Caller.join({ ...access, tone: 440 + 220 * place })),
    );
    await Promise.all(callers.map((caller) => caller.publish({ muted: true })));
    await meeting.gather();
    await meeting.start();
    return new SpokenMeeting(meeting, callers);
  }

  private constructor(meeting: ServiceMeeting, callers: readonly Caller[]) {
    this.meeting = meeting;
    this.callers = callers;
  }

  async close(): Promise<void> {
    await Promise.all(this.callers.map((caller) => caller.leave()));
    await this.meeting.close();
  }
}
