import type { ParticipantId } from "../protocol/identity.ts";
import type { Presence } from "../protocol/meeting-snapshot.ts";
import type { Circle, LastCircle } from "./circle.ts";
import type { CircleEvent } from "./event.ts";
import { type Fresh, type Person, personOf, turnOf } from "./meeting.ts";

type Of<T extends CircleEvent["type"]> = Extract<CircleEvent, { type: T }>;

export function personJoined(meeting: Fresh, { who, name, presence }: Of<"person-joined">): void {
  if (personOf(meeting, who)) changePerson(meeting, who, (person) => ({ ...person, name, presence }));
  else meeting.people = [...meeting.people, { id: who, name, presence, spokenMs: 0 }];
}

export function personRenamed(meeting: Fresh, { who, name }: Of<"person-renamed">): void {
  changePerson(meeting, who, (person) => ({ ...person, name }));
}

export function presenceChanged(meeting: Fresh, who: ParticipantId, presence: Presence): void {
  changePerson(meeting, who, (person) => ({ ...person, presence }));
}

/** Keeps in the ring everybody who has spoken in the circle or has the word: the record names them. */
export function personLeft(meeting: Fresh, { who, by }: Of<"person-left">): void {
  presenceChanged(meeting, who, "left");
  if (meeting.phase === "gathering") return;
  const stays = meeting.circle.done.includes(who) || turnOf(meeting)?.speaker === who;
  if (meeting.phase !== "circle") {
    meeting.circle = unseated(meeting.circle, who, stays);
    return;
  }
  const circle = unseated(meeting.circle, who, stays);
  meeting.circle = {
    ...circle,
    waiting: circle.waiting.filter((id) => id !== who),
    ...(by !== undefined && { takenOut: [...(circle.takenOut ?? []), who] }),
  };
}

function unseated<C extends LastCircle | Circle>(circle: C, who: ParticipantId, stays: boolean): C {
  return {
    ...circle,
    kept: circle.kept.filter((kept) => kept.who !== who),
    ring: stays ? circle.ring : circle.ring.filter((id) => id !== who),
  };
}

export function changePerson(meeting: Fresh, who: ParticipantId, change: (person: Person) => Person): void {
  const place = meeting.people.findIndex(({ id }) => id === who);
  const person = meeting.people[place];
  if (person) meeting.people = meeting.people.with(place, change(person));
}
