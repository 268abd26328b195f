import { answerOf } from "../circle/agreement.ts";
import type { Meetings } from "../journal/meetings.ts";
import { type AgreementRequest, type AgreementResponse, covers, type Shown } from "../protocol/agreement.ts";
import { type CirclePlace, roomAt } from "../protocol/place.ts";
import type { Actor } from "../protocol/actor.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { ROUTES } from "../protocol/routes.ts";
import type { Purposes } from "../purposes/purposes.ts";
import { refused, type RefusalText } from "./api-failure.ts";
import type { Handler } from "./bind.ts";

export type AgreementDeps = {
  readonly meetings: Meetings;
  /** Items that people of a room are shown before they say whether their words may be written down. */
  readonly asksIn: (room: RoomId) => Shown;
  readonly purposes: Pick<Purposes, "allows">;
};

export type AgreeDeps = {
  readonly meetings: Meetings;
  readonly now: () => number;
  readonly refusalText: RefusalText;
};

/**
 * Answers with the items to be shown to the person who asks, before they say whether their words may be written down.
 */
export function agreement(deps: AgreementDeps): Handler<typeof ROUTES.agreement> {
  return ({ asking: { actor, place } }) => responseFor(place, actor.id, deps);
}

export function agree(said: AgreementRequest, place: CirclePlace, actor: Actor, deps: AgreeDeps): void {
  const decision = deps.meetings.send(place, {
    type: "agree",
    ...said,
    actor,
    at: deps.now(),
    expectedVersion: null,
  });
  if (!decision.accepted) throw refused(decision.refusal, roomAt(place), deps);
}

/** Refuses a joiner who agreed to something else than is asked by then. Throws `ApiFailure`. */
export function refuseIfChanged(
  { agreed, shown }: AgreementRequest,
  place: CirclePlace,
  deps: Omit<AgreementDeps, "purposes"> & Pick<AgreeDeps, "refusalText">,
): void {
  const asks = askedAt(place, deps);
  if (agreed && asks && !covers(shown, asks)) throw refused({ code: "shown-changed", detail: {} }, roomAt(place), deps);
}

function responseFor(place: CirclePlace, who: ParticipantId, deps: AgreementDeps): AgreementResponse {
  const meeting = deps.meetings.of(place)?.meeting;
  const shown = askedAt(place, deps);
  const answer = meeting && meeting.phase !== "ended" ? answerOf(meeting, who) : null;
  return { shown, agreed: answer ?? (standsFor(roomAt(place), who, shown, deps) || null) };
}

/** Tells whether somebody has agreed to all that is asked here for every meeting of the room. */
function standsFor(
  room: RoomId,
  who: ParticipantId,
  shown: Shown | null,
  { asksIn, purposes }: AgreementDeps,
): boolean {
  return shown !== null && covers(asksIn(room), shown) && purposes.allows(room, who, "write");
}

/** Items that are asked about in the meeting that runs, or in the next. */
function askedAt(place: CirclePlace, { meetings, asksIn }: Pick<AgreementDeps, "meetings" | "asksIn">): Shown | null {
  const meeting = meetings.of(place)?.meeting;
  return meeting && meeting.phase !== "ended" ? (meeting.agreement?.asks ?? null) : asksIn(roomAt(place));
}
