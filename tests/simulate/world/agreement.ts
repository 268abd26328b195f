import { isDeepStrictEqual } from "node:util";
import { evolve } from "../../../appservice/circle/evolve.ts";
import type { Meeting } from "../../../appservice/circle/meeting.ts";
import { CallMetadata } from "../../../appservice/protocol/call-metadata.ts";
import { MEETING_STATE } from "../../../appservice/protocol/namespace.ts";
import { Broken, type JournalFollower } from "./checks.ts";
import type { SimulatedHomeserver } from "./homeserver.ts";
import type { SimulatedLiveKit } from "./livekit.ts";
import type { SimulatedPerson } from "./person.ts";
import type { SimulatedService } from "./service.ts";
import type { VirtualTime } from "./virtual-time.ts";
import { messagesIn, saidIn } from "../../support/journal/readable.ts";

type Deps = {
  readonly time: VirtualTime;
  readonly homeserver: SimulatedHomeserver;
  readonly livekit: SimulatedLiveKit;
  readonly service: SimulatedService;
  readonly follower: JournalFollower;
  readonly room: string;
  readonly people: readonly SimulatedPerson[];
};

type OutboxRow = {
  scope: string;
  key: string;
  type: string;
  content: string;
  event_id: string | null;
  behind: number;
  held: number;
};

/** Compares all that the meeting was written to: the room, the call, the journal. */
export class Agreement {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** First thing that is not as the journal has it; null: all agree. */
  async apart(): Promise<string | null> {
    const { service, homeserver, room, follower } = this.#deps;
    const { stores } = service;
    const { newest } = follower;
    if (!stores || !newest) return "there is no meeting";
    if (!homeserver.isDelivered) return "the service has not taken all that happened in the room";
    const state = homeserver.stateOf(room, MEETING_STATE) as { version?: number; id?: string } | null;
    if (state?.id !== newest.id || state.version !== newest.version)
      return `the room's state is of version ${state?.version}, the meeting of ${newest.version}`;
    return (
      this.#messagesApart() ??
      this.#callApart(newest) ??
      this.#outApart() ??
      this.#unheard(newest) ??
      this.#writtenTwice(newest) ??
      this.#takenBack()
    );
  }

  #messagesApart(): string | null {
    const { service, homeserver, room } = this.#deps;
    const rows = (service.stores?.db
      .prepare(
        "SELECT scope, key, type, content, event_id, sent_revision < revision AS behind, held FROM outbox WHERE room = ?",
      )
      .all(room) ?? []) as OutboxRow[];
    const waiting = rows.find(({ behind, held }) => behind === 1 && held === 0);
    if (waiting) return `the message ${waiting.key} is not in the room as it should be`;
    const standing = homeserver.ownMessages(room).filter(({ content }) => !isEdit(content));
    const known = new Set(rows.map(({ event_id: id }) => id));
    const twice = standing.find(({ event_id: id }) => !known.has(id));
    if (twice) return `the room has a message that nobody wants: ${String(twice.content["body"]).slice(0, 60)}`;
    return null;
  }

  #callApart(meeting: Meeting): string | null {
    for (const call of this.#deps.livekit.rooms.values()) {
      const shown = CallMetadata.safeParse(JSON.parse(call.metadata || "null")).data?.meeting;
      if (call.people.size > 0 && shown?.version !== meeting.version)
        return `people in the call are shown version ${shown?.version}, the meeting is at ${meeting.version}`;
    }
    return null;
  }

  #outApart(): string | null {
    const out = this.#deps.people.filter(({ isOut }) => isOut);
    for (const call of this.#deps.livekit.rooms.values()) {
      const heard = out.find(({ id }) => call.people.has(id));
      if (heard) return `${heard.name} is in the call and not in the room`;
    }
    return null;
  }

  #unheard(meeting: Meeting): string | null {
    const { service } = this.#deps;
    const turns =
      "SELECT json_extract(body, '$.turn') AS turn FROM events WHERE meeting = ? AND json_extract(body, '$.type') = 'turn-heard'";
    const rows = (service.stores?.db.prepare(turns).all(meeting.id) ?? []) as { turn: number }[];
    const heard = new Set(rows.map(({ turn }) => turn));
    const open = meeting.ended.find(({ id, startedAt }) => startedAt !== null && !heard.has(id));
    return open ? `turn ${open.id} is over and its text never came to an end` : null;
  }

  /** A piece of speech stands in the record once, however often the scribe says it. */
  #writtenTwice(meeting: Meeting): string | null {
    const { service } = this.#deps;
    const twice = `SELECT json_extract(body, '$.utterance.id') AS id FROM events
      WHERE meeting = ? AND json_extract(body, '$.type') = 'utterance-heard'
      GROUP BY json_extract(body, '$.utterance.turn'), json_extract(body, '$.utterance.startedAt')
      HAVING COUNT(*) > 1`;
    const row = service.stores?.db.prepare(twice).get(meeting.id) as { id: string } | undefined;
    return row ? `utterance ${row.id} stands in the record twice` : null;
  }

  #takenBack(): string | null {
    const { service, homeserver, room, people } = this.#deps;
    const { db } = service.stores ?? {};
    const words = people.flatMap(({ tookBack }) => tookBack);
    if (!db || words.length === 0) return null;
    const kept = JSON.stringify([
      saidIn(db),
      messagesIn(db),
      db.prepare("SELECT body FROM inbox").all(),
      homeserver.allState(room),
      homeserver.ownMessages(room),
    ]);
    const found = words.find((word) => kept.includes(word));
    return found ? `“${found}” was taken back and is still kept` : null;
  }

  /** A journal that is read anew gives the meeting as the service shows it. Throws `Broken`. */
  async replays(): Promise<void> {
    const { service, follower, people } = this.#deps;
    for (const meeting of follower.all) {
      let again: Meeting | null = null;
      for (const entry of service.stores?.journal.read(meeting.id) ?? [])
        if (entry.kind === "circle") again = evolve(again, entry.event);
      if (!isDeepStrictEqual(again, meeting))
        throw new Broken(`the journal of ${meeting.id} read anew is another meeting`);
    }
    void people;
  }
}

function isEdit(content: Record<string, unknown>): boolean {
  return (content["m.relates_to"] as { rel_type?: string } | undefined)?.rel_type === "m.replace";
}
