import { type Assembly, guestsIdOf, type NamedPerson } from "../assembly/assembly.ts";
import type { AssemblyEvent } from "../assembly/event.ts";
import type { CircleEvent } from "../circle/event.ts";
import type { GuestDesk } from "../guests/guest-desk.ts";
import type { Assemblies } from "../journal/assemblies.ts";
import type { LiveMeeting } from "../journal/live-meeting.ts";
import type { Meetings } from "../journal/meetings.ts";
import { guestsMeeting, meetingsOfGuests } from "../parts/guests-meeting.ts";
import { isGuest, type MeetingId, type ParticipantId, type RoomId } from "../protocol/identity.ts";
import type { GuestLinks } from "../store/guest-links.ts";
import type { Guests } from "../store/guests.ts";
import { type NameInRoom, nameOfActor } from "./name-of-actor.ts";
import type { News } from "./news.ts";

type Deps = {
  readonly news: News;
  readonly meetings: Pick<Meetings, "listen" | "of">;
  readonly assemblies: Pick<Assemblies, "listen" | "of">;
  readonly guestLinks: Pick<GuestLinks, "bind" | "closeOf">;
  readonly guests: Pick<Guests, "ofEarlier">;
  readonly desk: Pick<GuestDesk, "putOut">;
  readonly nameOf: NameInRoom;
  readonly now: () => number;
};

/**
 * Ties links for one meeting to the one that gathers and closes them with its end; lets guests of the meeting before go
 * when another gathers; and puts out for good whom somebody takes out of the ring, or of the gallery. An assembly is
 * such a meeting, too.
 */
export function guestsOfOneMeeting(deps: Deps): void {
  deps.meetings.listen((live, happened) => {
    for (const entry of happened) if (entry.kind === "circle") follow(entry.event, live, deps);
  });
  deps.assemblies.listen((assembly, happened) => {
    for (const event of happened) followAssembly(event, assembly, deps);
  });
}

function follow(event: CircleEvent, { meeting: { id, roomId: room, people }, ring }: LiveMeeting, deps: Deps): void {
  switch (event.type) {
    case "meeting-gathered":
      // A ring is no other meeting to whoever was let into the assembly.
      return ring === undefined ? gathered(room, id, deps) : undefined;
    case "meeting-ended":
      return ring === undefined ? ended(room, id, deps) : undefined;
    case "person-left":
      return takenOut(room, event.who, event.by ?? null, people, deps);
  }
}

function followAssembly(event: AssemblyEvent, assembly: Assembly, deps: Deps): void {
  const { roomId: room, members, actors } = assembly;
  switch (event.type) {
    case "assembly-gathered":
      return gathered(room, guestsIdOf(assembly), deps);
    case "assembly-ended":
      return ended(room, guestsIdOf(assembly), deps);
    case "member-left":
    case "listener-left":
      return takenOut(room, event.who, event.by, [...members, ...actors], deps);
  }
}

function gathered(room: RoomId, id: MeetingId, deps: Deps): void {
  deps.guestLinks.bind(room, id);
  letEarlierGo(room, deps);
}

function ended(room: RoomId, id: MeetingId, deps: Deps): void {
  deps.guestLinks.closeOf(id, deps.now());
  // A meeting that gathered beside it is the next one from here on; else guests stay, to read what came of it.
  if (guestsMeeting(room, deps)?.isOver === false) letEarlierGo(room, deps);
}

/** Lets guests go who are of nothing that is on in the room. */
function letEarlierGo(room: RoomId, deps: Deps): void {
  const { news, guests, assemblies } = deps;
  const on = meetingsOfGuests(room, deps).map(({ id }) => id);
  const assembly = assemblies.of(room);
  const [newest] = on;
  if (newest === undefined) return;
  // While a circle runs in the room, those who wait for the assembly that gathers wait on.
  if (assembly?.phase === "gathering") on.push(guestsIdOf(assembly));
  for (const { id, meeting } of guests.ofEarlier(room, newest))
    if (!on.includes(meeting)) news.emit("left-room", room, id);
}

function takenOut(
  room: RoomId,
  who: ParticipantId,
  by: ParticipantId | null,
  known: readonly NamedPerson[],
  { desk, nameOf }: Deps,
): void {
  if (by === null || !isGuest(who)) return;
  // The meeting hears of it in turn, once this has gone through.
  void nameOfActor(by, { known, room, nameOf }).then((name) => void desk.putOut(room, who, { id: by, name }));
}
