export type RoomEventSent = {
  event_id: string;
  room_id: string;
  sender: string;
  type: string;
  state_key?: string;
  origin_server_ts: number;
  content: Record<string, unknown>;
  unsigned?: { prev_content?: unknown };
  redacts?: string;
};

type PowerLevels = {
  readonly users?: Readonly<Record<string, number>>;
  readonly events?: Readonly<Record<string, number>>;
  readonly [level: string]: unknown;
};
type Relation = { readonly rel_type?: string; readonly event_id?: string; readonly key?: string };
export type Membership = "join" | "leave" | "invite" | "ban" | "none";

/** Content that stays of a redacted event (room version 11, "Redactions"). */
const STAYS: Readonly<Record<string, readonly string[]>> = { "m.room.member": ["membership"] };

/** A room as a homeserver has it: its state, its events in their order, and what those who left still see. */
export class SimulatedRoom {
  readonly id: string;
  readonly creator: string;
  readonly timeline: RoomEventSent[] = [];
  state = new Map<string, RoomEventSent>();
  readonly #byId = new Map<string, RoomEventSent>();
  readonly #related = new Map<string, RoomEventSent[]>();
  readonly #redacted = new Set<string>();
  /** State and length of the timeline at which somebody left. */
  readonly #leftAt = new Map<string, { readonly state: Map<string, RoomEventSent>; readonly length: number }>();

  constructor(id: string, creator: string) {
    this.id = id;
    this.creator = creator;
  }

  add(event: RoomEventSent): void {
    const { type, state_key: key, content } = event;
    const before = key === undefined ? undefined : this.state.get(`${type}\n${key}`)?.content;
    if (before !== undefined) event.unsigned = { prev_content: before };
    const was = type === "m.room.member" && key !== undefined ? this.membershipOf(key) : null;
    if (key !== undefined) this.state.set(`${type}\n${key}`, event);
    this.timeline.push(event);
    this.#byId.set(event.event_id, event);
    const to = relationOf(content).event_id;
    if (to !== undefined) this.#relatedTo(to).push(event);
    if (was === "join" && content["membership"] !== "join")
      this.#leftAt.set(key ?? "", { state: new Map(this.state), length: this.timeline.length });
    if (event.redacts !== undefined) this.#redact(event.redacts);
  }

  #redact(id: string): void {
    const target = this.#byId.get(id);
    if (!target) return;
    const stays = STAYS[target.type] ?? [];
    target.content = Object.fromEntries(Object.entries(target.content).filter(([field]) => stays.includes(field)));
    this.#redacted.add(id);
  }

  event(id: string): RoomEventSent | null {
    return this.#byId.get(id) ?? null;
  }

  stateEvent(type: string, key = ""): RoomEventSent | null {
    return this.state.get(`${type}\n${key}`) ?? null;
  }

  membershipOf(who: string): Membership {
    return (this.stateEvent("m.room.member", who)?.content["membership"] as Membership | undefined) ?? "none";
  }

  nameOf(who: string): string | undefined {
    return this.stateEvent("m.room.member", who)?.content["displayname"] as string | undefined;
  }

  get members(): string[] {
    return [...this.state.values()].flatMap(({ type, state_key: who, content }) =>
      type === "m.room.member" && content["membership"] === "join" && who ? [who] : [],
    );
  }

  /** State and events that somebody sees: all of it, or all until they left; null: nothing. */
  seenBy(
    who: string,
  ): { readonly state: Map<string, RoomEventSent>; readonly events: readonly RoomEventSent[] } | null {
    if (this.membershipOf(who) === "join") return { state: this.state, events: this.timeline };
    const left = this.#leftAt.get(who);
    return left ? { state: left.state, events: this.timeline.slice(0, left.length) } : null;
  }

  /** Power of somebody; whoever made the room has more than anybody (room version 12). */
  powerOf(who: string): number {
    if (who === this.creator) return Infinity;
    const { users, ...levels } = this.#levels;
    return users?.[who] ?? (levels["users_default"] as number | undefined) ?? 0;
  }

  get #levels(): PowerLevels {
    return (this.stateEvent("m.room.power_levels")?.content ?? {}) as PowerLevels;
  }

  /** Power that is needed for "invite", "kick", "ban", "redact". */
  powerTo(what: "invite" | "kick" | "ban" | "redact"): number {
    return (this.#levels[what] as number | undefined) ?? (what === "invite" ? 0 : 50);
  }

  maySend(who: string, type: string, isState: boolean): boolean {
    const { events, ...levels } = this.#levels;
    const general = isState ? (levels["state_default"] ?? 50) : (levels["events_default"] ?? 0);
    return this.membershipOf(who) === "join" && this.powerOf(who) >= (events?.[type] ?? (general as number));
  }

  /** True where somebody would give more power than they have, or take it from their equals. */
  oversteps(who: string, { users = {} }: PowerLevels): boolean {
    const before = this.#levels.users ?? {};
    const own = this.powerOf(who);
    return [...new Set([...Object.keys(users), ...Object.keys(before)])].some((each) => {
      const [old, fresh] = [before[each], users[each]];
      return old !== fresh && ((fresh ?? 0) > own || (each !== who && (old ?? 0) >= own));
    });
  }

  /** Events that relate to another and stand, the oldest first. */
  relatedTo(id: string, relation: string): RoomEventSent[] {
    if (this.#redacted.has(id)) return [];
    return this.#relatedTo(id).filter(
      (event) => !this.#redacted.has(event.event_id) && relationOf(event.content).rel_type === relation,
    );
  }

  #relatedTo(id: string): RoomEventSent[] {
    let related = this.#related.get(id);
    if (!related) this.#related.set(id, (related = []));
    return related;
  }

  hasReaction(who: string, { event_id: to = "", key }: Relation): boolean {
    return this.relatedTo(to, "m.annotation").some(
      ({ sender, content }) => sender === who && relationOf(content).key === key,
    );
  }

  /** An event with its newest edit beside it, as clients are answered. */
  withEdit(event: RoomEventSent): RoomEventSent {
    const { event_id: id, sender } = event;
    const edit = this.relatedTo(id, "m.replace").findLast((each) => each.sender === sender);
    return edit
      ? ({ ...event, unsigned: { ...event.unsigned, "m.relations": { "m.replace": edit } } } as RoomEventSent)
      : event;
  }
}

export function relationOf(content: Readonly<Record<string, unknown>>): Relation {
  return (content["m.relates_to"] ?? {}) as Relation;
}
