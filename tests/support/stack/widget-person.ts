import { randomUUID } from "node:crypto";
import type { AgreementResponse } from "../../../appservice/protocol/agreement.ts";
import {
  DEVICE_HEADER,
  type CallResponse,
  type CommandRequest,
  type MeetingResponse,
  type RecordResponse,
  type Session,
} from "../../../appservice/protocol/http-api.ts";
import { ROUTES } from "../../../appservice/protocol/routes.ts";
import type { MatrixPerson } from "./matrix-person.ts";

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

  static async open(url: string, room: string, person: MatrixPerson): Promise<WidgetPerson> {
    const device = randomUUID();
    const response = await fetch(`${url}${ROUTES.openSession.path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", [DEVICE_HEADER]: device },
      body: JSON.stringify({ roomId: room, openid: await person.openIdToken() }),
    });
    if (!response.ok) throw new Error(`session: ${response.status} ${await response.text()}`);
    return new WidgetPerson(url, room, (await response.json()) as Session, device);
  }

  async meeting(): Promise<MeetingResponse> {
    return (await this.ask<MeetingResponse>("GET", "meeting")).body;
  }

  async record(): Promise<RecordResponse> {
    return (await this.ask<RecordResponse>("GET", "record")).body;
  }

  async call(): Promise<CallResponse> {
    return (await this.ask<CallResponse>("POST", "call", {})).body;
  }

  command(command: CommandRequest): Promise<Answer<MeetingResponse>> {
    return this.ask("POST", "commands", command);
  }

  /** Sits down, and lets their words be written. */
  async joinCircle(): Promise<Answer<MeetingResponse>> {
    const {
      body: { shown },
    } = await this.ask<AgreementResponse>("GET", "agreement");
    return this.command({ type: "join", ...(shown && { agreement: { agreed: true, shown } }) });
  }

  /** A command on the meeting as it is now. */
  async steer(
    type: "accept" | "pass" | "skip" | "pause" | "resume" | "extend" | "next-circle" | "end",
  ): Promise<Answer<MeetingResponse>> {
    const { meeting } = await this.meeting();
    return this.command({ type, expectedVersion: meeting?.version ?? 0 });
  }

  async ask<T>(
    method: "GET" | "POST",
    what: string,
    body?: unknown,
    token = this.session.token,
    room = this.#room,
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.#url}/api/v1/rooms/${encodeURIComponent(room)}/${what}`, {
      method,
      headers: { ...this.headers, Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answer<T>["body"] };
  }
}
