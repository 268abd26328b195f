import { OpenIDRequestState, WidgetDriver, type Capability, type IOpenIDUpdate, type IRoomEvent, type SimpleObservable } from "matrix-widget-api";
import { MEETING_STATE } from "../../../appservice/protocol/namespace.ts";
import type { Homeserver } from "./homeserver.ts";

const GRANTED = /^(m\.always_on_screen|org\.matrix\.msc2762\.receive\.state_event:org\.mindminder\.meeting#?)$/;

/** What this page does for the widget it hosts: proves who the person is, and shows the room's meeting event. */
export class PageDriver extends WidgetDriver {
  readonly #homeserver: Homeserver;
  readonly #roomId: string;

  constructor(homeserver: Homeserver, roomId: string) {
    super();
    this.#homeserver = homeserver;
    this.#roomId = roomId;
  }

  override async validateCapabilities(requested: Set<Capability>): Promise<Set<Capability>> {
    return new Set([...requested].filter((capability) => GRANTED.test(capability)));
  }

  override askOpenID(observer: SimpleObservable<IOpenIDUpdate>): void {
    this.#homeserver.openIdToken().then(
      (token) => observer.update({ state: OpenIDRequestState.Allowed, token }),
      () => observer.update({ state: OpenIDRequestState.Blocked }),
    );
  }

  override async readRoomState(_roomId: string, eventType: string, stateKey: string | undefined): Promise<IRoomEvent[]> {
    if (eventType !== MEETING_STATE) return [];
    const events = await this.#homeserver.state(eventType);
    return events.filter(({ state_key }) => stateKey === undefined || state_key === stateKey).map((event) => asWidgetEvent(event, this.#roomId));
  }

  override getKnownRooms(): string[] {
    return [this.#roomId];
  }
}

type Sent = { event_id: string; type: string; sender: string; origin_server_ts: number; content: Record<string, unknown>; state_key?: string | undefined };

export function asWidgetEvent(event: Sent, roomId: string): IRoomEvent {
  const { event_id, type, sender, origin_server_ts, content, state_key } = event;
  return { event_id, type, sender, origin_server_ts, content, room_id: roomId, unsigned: {}, ...(state_key !== undefined && { state_key }) };
}
