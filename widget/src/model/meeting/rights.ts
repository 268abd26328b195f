import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import { may, mayBeKeeper, type RightsHolder } from "@mindminder/protocol/rights.ts";

export type Me = { readonly id: ParticipantId; readonly name: string; readonly mayKeep: boolean };

/** The person before the screen as the service's rights know them: a person with a session is admitted. */
export function holder({ id, mayKeep }: Me): RightsHolder {
  return { id, door: "widget", rights: { admitted: true, moderates: mayKeep } };
}

/** Rights of the person before the screen, now. The server decides; these only choose which buttons are shown. */
export type MyRights = {
  readonly takesPart: boolean;
  readonly keeps: boolean;
  readonly hasWord: boolean;
  readonly mayTake: boolean;
  readonly mayPass: boolean;
  readonly maySkipSelf: boolean;
  readonly mayStart: boolean;
  /** True when links for guests, and those who wait before the door, are theirs. */
  readonly mayHost: boolean;
  readonly maySteer: boolean;
  /** True for all who take part, before the start. */
  readonly mayArrange: boolean;
  /** True when something of the keeper's menu is theirs. */
  readonly hasMenu: boolean;
  readonly mayAskScribeBack: boolean;
  /** True when everybody opens their own microphone, as before and after a meeting; in a circle the server does. */
  readonly floorOpen: boolean;
};

/** Rights in one's own meeting. `hosts`: what the service says of an assembly's guests; null: nothing. */
export function rightsOf(meeting: MeetingSnapshot | null, me: Me, hosts: boolean | null = null): MyRights {
  const running = meeting !== null && (meeting.phase === "circle" || meeting.phase === "between");
  const turn = meeting?.turn ?? null;
  const mine = turn?.speaker === me.id;
  const person = meeting?.people.find(({ id }) => id === me.id);
  const takesPart = person !== undefined && person.presence !== "left";
  const mayArrange = meeting !== null && may("arrange", holder(me), meeting);
  const steers = may("steer", holder(me), meeting);
  return {
    takesPart,
    keeps: steers,
    hasWord: mine && turn?.status === "speaking",
    mayTake: mine && turn?.status === "offered" && !meeting?.paused,
    mayPass: mine && turn?.status !== "offered" && !meeting?.waitsForCall,
    maySkipSelf: mine && !meeting?.waitsForCall,
    mayStart: !running && mayBeKeeper(me.id),
    mayHost: hosts ?? (meeting?.phase !== "ended" && may("host-guests", holder(me), meeting)),
    maySteer: running && steers,
    mayArrange,
    hasMenu: mayArrange || hosts === true,
    mayAskScribeBack:
      meeting?.scribeAway !== undefined &&
      may("ask-scribe-back", holder(me), meeting, { authors: [meeting.scribeAway.by] }),
    floorOpen: !running,
  };
}
