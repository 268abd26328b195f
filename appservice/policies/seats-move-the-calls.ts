import type { AssemblyEvent } from "../assembly/event.ts";
import type { Calls } from "../call/calls.ts";
import type { Assemblies } from "../journal/assemblies.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { CirclePlace } from "../protocol/place.ts";
import { ringAt, roomAt } from "../protocol/place.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { News } from "./news.ts";

type Deps = {
  readonly news: News;
  readonly assemblies: Pick<Assemblies, "of" | "send" | "listen">;
  readonly meetings: Pick<Meetings, "placeFor" | "placesIn">;
  readonly calls: Pick<Calls, "connected" | "sendOn">;
  readonly now: () => number;
  readonly log: { readonly warn: (about: object, sentence: string) => void };
};

/**
 * Has everybody be in the call of the ring they sit in, and in no other: an open page comes there by itself. Who is
 * there counts as arrived.
 */
export function seatsMoveTheCalls({ news, assemblies, meetings, calls, now, log }: Deps): void {
  const sendOn = (place: CirclePlace, people: readonly ParticipantId[]) =>
    void calls
      .sendOn(place, people)
      .catch((error: unknown) =>
        log.warn({ room: roomAt(place), people, err: error }, "somebody is still in the call of another ring"),
      );
  const look = (room: RoomId) => {
    const assembly = assemblies.of(room);
    if (!assembly) return;
    for (const place of new Set([room, ...meetings.placesIn(room)])) {
      const sitElsewhere = calls.connected(place).filter((who) => !isPlaceOf(place, meetings.placeFor(room, who)));
      if (sitElsewhere.length > 0) sendOn(place, sitElsewhere);
    }
  };
  assemblies.listen(({ roomId }, happened) => {
    if (happened.some(({ type }) => MOVING.has(type))) look(roomId);
    const ring = (who: ParticipantId) => ringAt(meetings.placeFor(roomId, who));
    // Takes who is in the call of their new ring already, as all are who stay where they are.
    for (const event of happened) {
      if (!PLACING.has(event.type)) continue;
      for (const place of meetings.placesIn(roomId))
        for (const who of calls.connected(place)) if (ring(who) === ringAt(place)) arrive(place, who);
    }
  });
  const arrive = (place: CirclePlace, who: ParticipantId) => {
    const ring = ringAt(place);
    if (ring !== null) assemblies.send(roomAt(place), { type: "arrived", who, ring, at: now() });
  };
  news.on("presence", (place, who, connected) => {
    const [room, ring] = [roomAt(place), ringAt(place)];
    if (connected && !isPlaceOf(place, meetings.placeFor(room, who))) return sendOn(place, [who]);
    if (ring !== null && assemblies.of(room))
      assemblies.send(room, { type: connected ? "arrived" : "dropped", who, ring, at: now() });
  });
  news.on("left-room", (room, who) => {
    if (assemblies.of(room)) assemblies.send(room, { type: "removed", who, at: now() });
  });
}

const MOVING = new Set<AssemblyEvent["type"]>([
  "phase-started",
  "member-moved",
  "member-joined",
  "member-left",
  "visit-began",
  "visit-ended",
  "listener-came",
  "listener-left",
  "ring-merged",
  "assembly-ended",
]);
/** Events after which somebody may be in the call of their ring already. */
const PLACING = new Set<AssemblyEvent["type"]>(["phase-started", "member-moved", "member-joined", "visit-ended"]);

function isPlaceOf(one: CirclePlace, other: CirclePlace): boolean {
  return roomAt(one) === roomAt(other) && ringAt(one) === ringAt(other);
}
