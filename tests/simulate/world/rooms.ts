import { FORBIDDEN, ok, refusal, type Answer } from "./answer.ts";
import { type Membership, type RoomEventSent, SimulatedRoom } from "./room.ts";

type Wanted = {
  readonly name?: string;
  readonly invite?: readonly string[];
  readonly is_direct?: boolean;
  readonly power_level_content_override?: Readonly<Record<string, unknown>>;
  readonly initial_state?: readonly { type: string; state_key?: string; content: Record<string, unknown> }[];
};
type Deps = {
  readonly now: () => number;
  /** Called with each event that came into being. */
  readonly onEvent: (event: RoomEventSent, room: SimulatedRoom) => void;
};
export type Written = Pick<RoomEventSent, "sender" | "type" | "content"> & { state_key?: string; redacts?: string };

/** Power levels with which Synapse begins a room of version 12, in which whoever made it is not listed. */
const POWERS = {
  users: {},
  users_default: 0,
  events: {
    "m.room.name": 50,
    "m.room.power_levels": 100,
    "m.room.history_visibility": 100,
    "m.room.canonical_alias": 50,
    "m.room.avatar": 50,
    "m.room.tombstone": 150,
    "m.room.server_acl": 100,
    "m.room.encryption": 100,
  },
  events_default: 0,
  state_default: 50,
  ban: 50,
  kick: 50,
  redact: 50,
  invite: 0,
  historical: 100,
};

/** All rooms of a homeserver, who is in them and under which name. */
export class SimulatedRooms {
  readonly #deps: Deps;
  readonly #rooms = new Map<string, SimulatedRoom>();
  readonly #profiles = new Map<string, { displayname?: string; avatar_url?: string }>();
  #events = 0;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  get(id: string): SimulatedRoom | null {
    return this.#rooms.get(id) ?? null;
  }

  of(who: string): SimulatedRoom[] {
    return [...this.#rooms.values()].filter((room) => room.membershipOf(who) === "join");
  }

  profileOf(who: string): { displayname?: string; avatar_url?: string } {
    let profile = this.#profiles.get(who);
    if (!profile) this.#profiles.set(who, (profile = { displayname: who.slice(1).split(":")[0] ?? who }));
    return profile;
  }

  create(id: string, creator: string, wanted: Wanted): SimulatedRoom {
    const room = new SimulatedRoom(id, creator);
    this.#rooms.set(id, room);
    const state = (type: string, content: Record<string, unknown>, key = "") =>
      this.put(room, { sender: creator, type, content, state_key: key });
    state("m.room.create", { room_version: "12" });
    this.#member(room, creator, creator, "join");
    state("m.room.power_levels", { ...POWERS, ...wanted.power_level_content_override });
    // The homeserver's own comes before the state that the request names.
    const given = wanted.initial_state ?? [];
    for (const [type, content] of [
      ["m.room.join_rules", { join_rule: "invite" }],
      ["m.room.history_visibility", { history_visibility: "shared" }],
      ["m.room.guest_access", { guest_access: "can_join" }],
    ] as const)
      if (!given.some((each) => each.type === type)) state(type, content);
    for (const { type, content } of given) state(type, content);
    if (wanted.name !== undefined) state("m.room.name", { name: wanted.name });
    for (const who of wanted.invite ?? [])
      this.#member(room, who, creator, "invite", wanted.is_direct ? { is_direct: true } : {});
    return room;
  }

  newId(): string {
    return `$event${++this.#events}`;
  }

  put(room: SimulatedRoom, { sender, type, content, state_key: key, redacts }: Written): string {
    const event: RoomEventSent = {
      event_id: this.newId(),
      room_id: room.id,
      sender,
      type,
      origin_server_ts: this.#deps.now(),
      content,
      ...(key !== undefined && { state_key: key }),
      ...(redacts !== undefined && { redacts }),
    };
    room.add(event);
    this.#deps.onEvent(event, room);
    return event.event_id;
  }

  #member(room: SimulatedRoom, who: string, by: string, membership: Membership, more: object = {}): Answer {
    // Only somebody who is in, or invited, has a name in the room.
    const named = membership === "join" || membership === "invite" ? this.profileOf(who) : {};
    this.put(room, {
      sender: by,
      type: "m.room.member",
      content: { membership, ...named, ...more },
      state_key: who,
    });
    return ok(membership === "join" ? { room_id: room.id } : {});
  }

  /** Comes in; once more does nothing. */
  join(id: string, who: string): Answer {
    const room = this.get(id);
    if (!room) return refusal(404, "M_UNKNOWN");
    const membership = room.membershipOf(who);
    if (membership === "join") return ok({ room_id: id });
    return membership === "invite" ? this.#member(room, who, who, "join") : FORBIDDEN;
  }

  leave(room: SimulatedRoom, who: string): Answer {
    const membership = room.membershipOf(who);
    return membership === "join" || membership === "invite" ? this.#member(room, who, who, "leave") : FORBIDDEN;
  }

  /** Does to another's membership what somebody may. */
  change(
    room: SimulatedRoom,
    what: "invite" | "kick" | "ban" | "unban",
    by: string,
    { user_id: who, ...more }: { readonly user_id: string; readonly reason?: string },
  ): Answer {
    const before = room.membershipOf(who);
    const isBelow = room.powerOf(by) > room.powerOf(who);
    if (room.membershipOf(by) !== "join") return FORBIDDEN;
    if (room.powerOf(by) < room.powerTo(what === "unban" ? "ban" : what)) return FORBIDDEN;
    switch (what) {
      case "invite":
        if (before === "ban") return refusal(403, "M_BAD_STATE");
        return before === "join" ? FORBIDDEN : this.#member(room, who, by, "invite", more);
      case "kick":
        return isBelow && (before === "join" || before === "invite")
          ? this.#member(room, who, by, "leave", more)
          : FORBIDDEN;
      case "ban":
        return isBelow ? this.#member(room, who, by, "ban", more) : FORBIDDEN;
      case "unban":
        return before === "ban" ? this.#member(room, who, by, "leave", more) : FORBIDDEN;
    }
  }

  /** Tells all rooms under which name and picture somebody goes now. */
  show(who: string): void {
    const profile = this.profileOf(who);
    for (const room of this.of(who)) {
      const shown = room.stateEvent("m.room.member", who)?.content ?? {};
      if (shown["displayname"] !== profile.displayname || shown["avatar_url"] !== profile.avatar_url)
        this.#member(room, who, who, "join");
    }
  }
}
