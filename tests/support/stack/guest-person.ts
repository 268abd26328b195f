import { randomUUID } from "node:crypto";
import type { KnockResponse } from "../../../appservice/protocol/guests.ts";
import {
  type CallResponse,
  type CommandRequest,
  DEVICE_HEADER,
  type Session,
} from "../../../appservice/protocol/http-api.ts";
import { ROOM_ROUTES, ROUTES } from "../../../appservice/protocol/routes.ts";
import { pathWith, type ReadAnswer, type Route } from "../../../appservice/protocol/routes/route.ts";
import type { Answer } from "./widget-person.ts";

type RoomRoute = keyof typeof ROOM_ROUTES;

/** Somebody who was given a link for guests: what their page asks of the service, by plain requests. */
export class GuestPerson {
  readonly #url: string;
  readonly #code: string;
  readonly #room: string;
  readonly #browser = randomUUID();
  readonly #device = randomUUID();
  session: Session | null = null;

  /** `link`: as the keeper hands it on. */
  constructor(url: string, link: string) {
    const behind = new URLSearchParams(new URL(link).hash.slice(1));
    this.#url = url;
    this.#code = behind.get("guest") ?? "";
    this.#room = behind.get("roomId") ?? "";
  }

  knock(name?: string): Promise<Answer<KnockResponse>> {
    return this.#post(ROUTES.knock.path, { code: this.#code, browser: this.#browser, ...(name && { name }) });
  }

  /** Opens a session; answers with the status. */
  async enter(): Promise<number> {
    const proof = { issuer: "guest", code: this.#code, browser: this.#browser };
    const { status, body } = await this.#post<Session>(ROUTES.openSession.path, proof);
    if (status === 200) this.session = body;
    return status;
  }

  /** Makes a request of the room's table of routes, with the session. */
  ask<Name extends RoomRoute>(
    name: Name,
    given: Readonly<Record<string, unknown>> = {},
  ): Promise<Answer<ReadAnswer<(typeof ROOM_ROUTES)[Name]>>> {
    const it: Route = ROOM_ROUTES[name];
    const path = pathWith(it.path, { ...(it.body ? {} : (given as Record<string, string>)), room: this.#room });
    return this.#send(it.method, path, it.body ? given : undefined);
  }

  command(command: CommandRequest): Promise<Answer<unknown>> {
    return this.ask("command", command);
  }

  async call(): Promise<CallResponse> {
    return (await this.ask("callAccess")).body;
  }

  /** Sits down, and lets their words be written. */
  async joinCircle(): Promise<Answer<unknown>> {
    const { shown } = (await this.ask("agreement")).body;
    return this.command({ type: "join", ...(shown && { agreement: { agreed: true, shown } }) });
  }

  async steer(type: "accept" | "pass"): Promise<Answer<unknown>> {
    const { meeting } = (await this.ask("meeting")).body;
    return this.command({ type, expectedVersion: meeting?.version ?? 0 });
  }

  #post<T>(path: string, body: object): Promise<Answer<T>> {
    return this.#send("POST", path, body);
  }

  async #send<T>(method: string, path: string, body?: object): Promise<Answer<T>> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        "Content-Type": "application/json",
        [DEVICE_HEADER]: this.#device,
        ...(this.session && { Authorization: `Bearer ${this.session.token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answer<T>["body"] };
  }
}
