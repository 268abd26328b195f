import { type Answer, FORBIDDEN, NOT_FOUND, ok, refusal } from "./answer.ts";
import { relationOf, type RoomEventSent, type SimulatedRoom } from "./room.ts";
import type { SimulatedRooms } from "./rooms.ts";

export type Asked = {
  readonly who: string;
  readonly method: string;
  /** Parts of the path below `/_matrix/client/v3/`. */
  readonly parts: readonly string[];
  readonly params: URLSearchParams;
  readonly body: Record<string, unknown>;
};

/** Bytes of an event, of which about so many are not its content. */
const [MOST_BYTES, AROUND_BYTES] = [65_536, 700];

/** Answers of a homeserver to whatever is asked of one room, as Synapse gives them. */
export class RoomApi {
  readonly #rooms: SimulatedRooms;
  /** Events by the transaction that they were sent in. */
  readonly #transactions = new Map<string, string>();

  constructor(rooms: SimulatedRooms) {
    this.#rooms = rooms;
  }

  answer({ who, method, parts: [id = "", what = "", ...rest], params, body }: Asked): Answer {
    const room = this.#rooms.get(id);
    const [first = "", second = ""] = rest;
    if (!room) return what === "event" ? NOT_FOUND : FORBIDDEN;
    switch (what) {
      case "invite":
      case "kick":
      case "ban":
      case "unban":
        return this.#rooms.change(room, what, who, body as { user_id: string });
      case "leave":
        return this.#rooms.leave(room, who);
      case "state":
        return method === "PUT" ? this.#setState(room, who, first, second, body) : stateOf(room, who, first, second);
      case "send":
        return this.#once(`${who} ${id} send ${second}`, () => this.#send(room, who, first, body));
      case "redact":
        return this.#once(`${who} ${id} redact ${second}`, () => this.#redact(room, who, first));
      case "event": {
        const found = room.seenBy(who) && room.event(first);
        return found ? ok(room.withEdit(found)) : NOT_FOUND;
      }
      case "relations":
        return relationsOf(room, who, first, second, params);
      case "messages":
        return messagesOf(room, who, params);
      default:
        return refusal(404, "M_UNRECOGNIZED");
    }
  }

  /** A transaction that was taken does nothing again, whatever it holds. */
  #once(key: string, work: () => Answer): Answer {
    const known = this.#transactions.get(key);
    if (known !== undefined) return ok({ event_id: known });
    const answer = work();
    if (answer.status === 200) this.#transactions.set(key, (answer.body as { event_id: string }).event_id);
    return answer;
  }

  #send(room: SimulatedRoom, who: string, type: string, content: Record<string, unknown>): Answer {
    if (!room.maySend(who, type, false)) return FORBIDDEN;
    if (type === "m.reaction" && room.hasReaction(who, relationOf(content)))
      return refusal(400, "M_DUPLICATE_ANNOTATION");
    return problemWith(content) ?? ok({ event_id: this.#rooms.put(room, { sender: who, type, content }) });
  }

  #setState(room: SimulatedRoom, who: string, type: string, key: string, content: Record<string, unknown>): Answer {
    if (!room.maySend(who, type, true)) return FORBIDDEN;
    if (type === "m.room.power_levels" && room.oversteps(who, content)) return FORBIDDEN;
    const before = room.stateEvent(type, key);
    // State that stands so already, by the same sender, is not set again.
    if (before?.sender === who && JSON.stringify(before.content) === JSON.stringify(content))
      return ok({ event_id: before.event_id });
    return (
      problemWith(content) ?? ok({ event_id: this.#rooms.put(room, { sender: who, type, content, state_key: key }) })
    );
  }

  #redact(room: SimulatedRoom, who: string, event: string): Answer {
    if (room.membershipOf(who) !== "join") return FORBIDDEN;
    const target = room.event(event);
    if (target && target.sender !== who && room.powerOf(who) < room.powerTo("redact")) return FORBIDDEN;
    // Synapse keeps a redaction of something that it does not know to itself.
    if (!target) return ok({ event_id: this.#rooms.newId() });
    const content = { redacts: event };
    return ok({
      event_id: this.#rooms.put(room, { sender: who, type: "m.room.redaction", content, redacts: event }),
    });
  }
}

function stateOf(room: SimulatedRoom, who: string, type: string, key: string): Answer {
  const seen = room.seenBy(who);
  if (!seen) return FORBIDDEN;
  if (type === "") return ok([...seen.state.values()]);
  const found = seen.state.get(`${type}\n${key}`);
  return found ? ok(found.content) : NOT_FOUND;
}

function relationsOf(room: SimulatedRoom, who: string, id: string, relation: string, params: URLSearchParams): Answer {
  if (!room.seenBy(who)) return FORBIDDEN;
  if (!room.event(id)) return refusal(404, "M_UNKNOWN");
  const related = room.relatedTo(id, relation).reverse();
  const { chunk, next } = page(related, params);
  return ok({ chunk, ...(next < related.length && { next_batch: `t${next}` }) });
}

type Filter = { readonly types?: string[]; readonly senders?: string[]; readonly not_senders?: string[] };

/** Events of a room, the newest first. There is a further page after each that holds something (Synapse). */
function messagesOf(room: SimulatedRoom, who: string, params: URLSearchParams): Answer {
  const seen = room.seenBy(who);
  if (!seen) return FORBIDDEN;
  const { types, senders, not_senders: others } = JSON.parse(params.get("filter") ?? "{}") as Filter;
  const fitting = seen.events.filter(
    ({ type, sender }) =>
      (!types || types.includes(type)) && (!senders || senders.includes(sender)) && !others?.includes(sender),
  );
  const { chunk, next, start } = page(fitting.reverse(), params);
  const events = chunk.map((event) => room.withEdit(event));
  return ok({ chunk: events, start: `t${start}`, ...(chunk.length > 0 && { end: `t${next}` }) });
}

function page(events: readonly RoomEventSent[], params: URLSearchParams) {
  const start = Number(params.get("from")?.slice(1) ?? 0);
  const next = start + Number(params.get("limit") ?? 10);
  const chunk = events.slice(start, next);
  return { chunk, start, next };
}

/** Reason why no homeserver takes such a content: it is too large, or has numbers that canonical JSON does not know. */
function problemWith(content: unknown): Answer | null {
  if (!areWhole(content)) return refusal(400, "M_BAD_JSON");
  return Buffer.byteLength(JSON.stringify(content)) + AROUND_BYTES > MOST_BYTES ? refusal(413, "M_TOO_LARGE") : null;
}

function areWhole(value: unknown): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value);
  return typeof value !== "object" || value === null || Object.values(value).every(areWhole);
}
