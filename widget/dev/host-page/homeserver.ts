import { z } from "zod";
import type { Credentials } from "./credentials.ts";

/** An event of the room as the page needs it; what else is in it passes through untouched. */
export const TimelineEvent = z.looseObject({
  event_id: z.string(),
  type: z.string(),
  sender: z.string(),
  origin_server_ts: z.number(),
  content: z.record(z.string(), z.unknown()),
  state_key: z.string().optional(),
});
export type TimelineEvent = z.infer<typeof TimelineEvent>;

const Room = z.object({
  state: z.object({ events: z.array(z.unknown()) }).optional(),
  timeline: z.object({ events: z.array(z.unknown()) }).optional(),
});
const Sync = z.object({
  next_batch: z.string(),
  rooms: z.object({ join: z.record(z.string(), Room).optional() }).optional(),
});
const OpenId = z.looseObject({
  access_token: z.string(),
  matrix_server_name: z.string(),
  token_type: z.string(),
  expires_in: z.number(),
});

const Sent = z.object({ event_id: z.string() });

const TRY_AGAIN_MS = 3_000;

/** As much of the Client-Server API as the page needs: the room as it goes on, and a word into it. */
export class BrowserHomeserver {
  readonly #to: Credentials;
  #sent = 0;

  constructor(to: Credentials) {
    this.#to = to;
  }

  /** The room's state and timeline so far, then each event as it comes; goes on until the page is closed. */
  async follow(report: (events: TimelineEvent[]) => void): Promise<never> {
    const { roomId } = this.#to;
    const filter = JSON.stringify({
      room: { rooms: [roomId], timeline: { limit: 500 }, ephemeral: { types: [] } },
      presence: { types: [] },
    });
    let since: string | null = null;
    for (;;) {
      try {
        const path: string = `/sync?filter=${encodeURIComponent(filter)}${since ? `&since=${encodeURIComponent(since)}&timeout=25000` : "&timeout=0"}`;
        const sync: z.infer<typeof Sync> = Sync.parse(await this.#ask("GET", path));
        const room = sync.rooms?.join?.[roomId];
        const events = [...(room?.state?.events ?? []), ...(room?.timeline?.events ?? [])].flatMap(asEvent);
        since = sync.next_batch;
        if (events.length > 0) report(events);
      } catch (failure) {
        console.info("The room could not be followed; trying again.", failure);
        await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
      }
    }
  }

  async say(body: string): Promise<void> {
    await this.send("m.room.message", { msgtype: "m.text", body });
  }

  /** Returns the event's id. */
  async send(type: string, content: unknown): Promise<string> {
    const transaction = `page-${Date.now()}-${(this.#sent += 1)}`;
    return Sent.parse(await this.#ask("PUT", `${this.#room}/send/${type}/${transaction}`, content)).event_id;
  }

  async state(type: string): Promise<TimelineEvent[]> {
    return z
      .array(z.unknown())
      .parse(await this.#ask("GET", `${this.#room}/state`))
      .flatMap(asEvent)
      .filter((event) => event.type === type);
  }

  /** Proof for the widget of who is before the screen. */
  async openIdToken(): Promise<z.infer<typeof OpenId>> {
    return OpenId.parse(
      await this.#ask("POST", `/user/${encodeURIComponent(this.#to.userId)}/openid/request_token`, {}),
    );
  }

  get #room(): string {
    return `/rooms/${encodeURIComponent(this.#to.roomId)}`;
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const { homeserverUrl, accessToken } = this.#to;
    const request: RequestInit = {
      method,
      headers: {
        Authorization: `Bearer ${accessToken}`,
        ...(body !== undefined && { "Content-Type": "application/json" }),
      },
    };
    if (body !== undefined) request.body = JSON.stringify(body);
    const response = await fetch(`${homeserverUrl.replace(/\/$/, "")}/_matrix/client/v3${path}`, request);
    if (!response.ok) throw new Error(`${method} ${path.split("?")[0]}: ${response.status}`);
    return response.json();
  }
}

function asEvent(input: unknown): TimelineEvent[] {
  const { data } = TimelineEvent.safeParse(input);
  return data ? [data] : [];
}
