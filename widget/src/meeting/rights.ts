import type { MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import type { ParticipantId } from "../../../appservice/protocol/identity.ts";

export type Me = { readonly id: ParticipantId; readonly name: string; readonly mayKeep: boolean };

/** What the person before the screen may ask for now. The server decides; this decides which buttons are shown. */
export type Rights = {
  readonly takesPart: boolean;
  readonly keeps: boolean;
  readonly hasWord: boolean;
  readonly mayTake: boolean;
  readonly mayPass: boolean;
  readonly maySkipSelf: boolean;
  readonly mayStart: boolean;
  readonly maySteer: boolean;
  /** Before and after a meeting everybody opens their own microphone; in a circle the server does. */
  readonly floorOpen: boolean;
};

export function rightsOf(meeting: MeetingSnapshot | null, me: Me): Rights {
  const running = meeting !== null && (meeting.phase === "circle" || meeting.phase === "between");
  const turn = meeting?.turn ?? null;
  const mine = turn?.speaker === me.id;
  const person = meeting?.people.find(({ id }) => id === me.id);
  const keeps = me.mayKeep || meeting?.keeper === me.id;
  return {
    takesPart: person !== undefined && person.presence !== "left",
    keeps,
    hasWord: mine && turn?.status === "speaking",
    mayTake: mine && turn?.status === "offered" && !meeting?.paused,
    mayPass: mine && turn?.status !== "offered",
    maySkipSelf: mine,
    mayStart: !running,
    maySteer: running && keeps,
    floorOpen: !running,
  };
}
