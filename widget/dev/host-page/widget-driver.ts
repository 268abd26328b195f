import {
  OpenIDRequestState,
  WidgetDriver,
  type Capability,
  type IOpenIDUpdate,
  type IRoomEvent,
  type ISendEventDetails,
  type SimpleObservable,
} from "matrix-widget-api";
import { MEETING_STATE, SIGN_IN } from "@mindminder/protocol/namespace.ts";
import type { BrowserHomeserver } from "./homeserver.ts";
import type { WidgetPermissions } from "./permissions.ts";

/** Serves the widget that this page hosts: proves who the person is, and shows the room's meeting event. */
export class PageDriver extends WidgetDriver {
  readonly #homeserver: BrowserHomeserver;
  readonly #permissions: WidgetPermissions;
  readonly #roomId: string;

  constructor({
    homeserver,
    permissions,
    roomId,
  }: { homeserver: BrowserHomeserver; permissions: WidgetPermissions; roomId: string }) {
    super();
    this.#homeserver = homeserver;
    this.#permissions = permissions;
    this.#roomId = roomId;
  }

  override validateCapabilities(requested: Set<Capability>): Promise<Set<Capability>> {
    return this.#permissions.capabilities(requested);
  }

  override askOpenID(observer: SimpleObservable<IOpenIDUpdate>): void {
    // A person takes their time: until then the widget knows that they were asked.
    observer.update({ state: OpenIDRequestState.PendingUserConfirmation });
    this.#prove().then(
      (token) =>
        observer.update(token ? { state: OpenIDRequestState.Allowed, token } : { state: OpenIDRequestState.Blocked }),
      () => observer.update({ state: OpenIDRequestState.Blocked }),
    );
  }

  async #prove() {
    return (await this.#permissions.mayKnowIdentity()) ? this.#homeserver.openIdToken() : null;
  }

  override async readRoomState(
    _roomId: string,
    eventType: string,
    stateKey: string | undefined,
  ): Promise<IRoomEvent[]> {
    if (eventType !== MEETING_STATE) return [];
    const events = await this.#homeserver.state(eventType);
    return events
      .filter(({ state_key }) => stateKey === undefined || state_key === stateKey)
      .map((event) => asWidgetEvent(event, this.#roomId));
  }

  override async sendEvent(
    eventType: string,
    content: unknown,
    stateKey: string | null = null,
  ): Promise<ISendEventDetails> {
    if (eventType !== SIGN_IN || stateKey !== null) throw new Error("This page sends nothing else.");
    return { roomId: this.#roomId, eventId: await this.#homeserver.send(eventType, content) };
  }

  override getKnownRooms(): string[] {
    return [this.#roomId];
  }
}

type Sent = {
  event_id: string;
  type: string;
  sender: string;
  origin_server_ts: number;
  content: Record<string, unknown>;
  state_key?: string | undefined;
};

export function asWidgetEvent(event: Sent, roomId: string): IRoomEvent {
  const { event_id, type, sender, origin_server_ts, content, state_key } = event;
  return {
    event_id,
    type,
    sender,
    origin_server_ts,
    content,
    room_id: roomId,
    unsigned: {},
    ...(state_key !== undefined && { state_key }),
  };
}
