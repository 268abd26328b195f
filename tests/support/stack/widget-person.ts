import type { MyPurposesResponse, Purpose } from "../../../appservice/protocol/purposes.ts";
import { randomUUID } from "node:crypto";
import {
  DEVICE_HEADER,
  type CallResponse,
  type CommandRequest,
  type MeetingResponse,
  type RecordResponse,
  type Session,
} from "../../../appservice/protocol/http-api.ts";
import { ROOM_ROUTES, ROUTES } from "../../../appservice/protocol/routes.ts";
import { pathWith, type ReadAnswer, type Route } from "../../../appservice/protocol/routes/route.ts";
import type { MatrixPerson } from "./matrix-person.ts";

type RoomRoute = keyof typeof ROOM_ROUTES;

/** Answer of the service where the meeting is another than the one that was pressed on. */
const STALE = "ORG.MINDMINDER.STALE";

export type Answer<T> = {
  readonly status: number;
  readonly body: T & { readonly errcode?: string; readonly error?: string };
};

/** Somebody in the widget: what the page asks of the service, by plain requests. */
export class WidgetPerson {
  readonly session: Session;
  /** Headers for requests made by hand. */
  readonly headers: Readonly<Record<string, string>>;
  readonly #url: string;
  readonly #room: string;

  private constructor(url: string, room: string, session: Session, device: string) {
    this.#url = url;
    this.#room = room;
    this.session = session;
    this.headers = { Authorization: `Bearer ${session.token}`, [DEVICE_HEADER]: device };
  }

  /** Where the homeserver is too busy to say who they are, they try again, as the page asks them to. */
  static async open(url: string, room: string, person: MatrixPerson, tries = 10): Promise<WidgetPerson> {
    const device = randomUUID();
    const response = await fetch(`${url}${ROUTES.openSession.path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", [DEVICE_HEADER]: device },
      body: JSON.stringify({ roomId: room, openid: await person.openIdToken() }),
    });
    if (response.status === 502 && tries > 1) return WidgetPerson.open(url, room, person, tries - 1);
    if (!response.ok) throw new Error(`session: ${response.status} ${await response.text()}`);
    return new WidgetPerson(url, room, (await response.json()) as Session, device);
  }

  /** Somebody whose session was opened otherwise. */
  static having(url: string, room: string, session: Session, device: string): WidgetPerson {
    return new WidgetPerson(url, room, session, device);
  }

  async meeting(): Promise<MeetingResponse> {
    return (await this.ask("meeting")).body;
  }

  async record(): Promise<RecordResponse> {
    return (await this.ask("record")).body;
  }

  /** The way into the call; asked for again where LiveKit is too busy to open one. */
  async call(tries = 10): Promise<CallResponse> {
    const { status, body } = await this.ask("callAccess", {});
    return status >= 500 && tries > 1 ? this.call(tries - 1) : body;
  }

  command(command: CommandRequest): Promise<Answer<MeetingResponse>> {
    return this.ask("command", command);
  }

  /** Sits down, and lets their words be written. */
  async joinCircle(): Promise<Answer<MeetingResponse>> {
    const {
      body: { shown },
    } = await this.ask("agreement");
    return this.command({ type: "join", ...(shown && { agreement: { agreed: true, shown } }) });
  }

  /** Says yes or no to the sentence on a purpose as it is shown now. */
  async answerPurpose(purpose: Purpose, given: boolean): Promise<Answer<MyPurposesResponse>> {
    const { body } = await this.ask("myPurposes");
    const hash = body.purposes.find((each) => each.purpose === purpose)?.hash;
    return this.ask("answerPurpose", { purpose, given, hash });
  }

  /** A command on the meeting as it is now; pressed again where somebody came or went in that moment. */
  async steer(
    type: "accept" | "pass" | "skip" | "pause" | "resume" | "extend" | "next-circle" | "end",
  ): Promise<Answer<MeetingResponse>> {
    for (let { meeting } = await this.meeting(); ; ) {
      const answer = await this.command({ type, expectedVersion: meeting?.version ?? 0 });
      if (answer.body.errcode !== STALE) return answer;
      const turn = meeting?.turn?.id;
      ({ meeting } = await this.meeting());
      if (meeting?.turn?.id !== turn) return answer;
    }
  }

  /** Address of something of the room's, for requests made by hand. */
  address(name: RoomRoute): string {
    const it: Route = ROOM_ROUTES[name];
    return `${this.#url}${pathWith(it.path, { room: this.#room })}`;
  }

  /**
   * Makes a request of the room's table of routes. `given`: the body where the route has one, or else the values of its
   * path; it may be wrong, and so may the token and the room: the service is to say so.
   */
  async ask<Name extends RoomRoute>(
    name: Name,
    given: Readonly<Record<string, unknown>> = {},
    { token = this.session.token, room = this.#room } = {},
  ): Promise<Answer<ReadAnswer<(typeof ROOM_ROUTES)[Name]>>> {
    const it: Route = ROOM_ROUTES[name];
    const response = await fetch(`${this.#url}${pathWith(it.path, { ...(it.body ? {} : given), room })}`, {
      method: it.method,
      headers: { ...this.headers, Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      ...(it.body ? { body: JSON.stringify(given) } : {}),
    });
    return {
      status: response.status,
      body: (await response.json()) as Answer<ReadAnswer<(typeof ROOM_ROUTES)[Name]>>["body"],
    };
  }
}
