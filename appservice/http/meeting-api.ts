import { runningCircle } from "../circle/meeting.ts";
import { KINDS } from "../circle/kinds/kinds.ts";
import type { Meetings } from "../journal/meetings.ts";
import { type CallResponse, type MeetingResponse, MyTextResponse } from "../protocol/http-api.ts";
import type { CirclePlace } from "../protocol/place.ts";
import { homeIssuer, MATRIX } from "../protocol/actor.ts";
import { Language, type ParticipantId, type RoomId } from "../protocol/identity.ts";
import type { MediaKey } from "../protocol/media-key.ts";
import { may } from "../protocol/rights.ts";
import { ROUTES } from "../protocol/routes.ts";
import type { SpeechLoad } from "../protocol/speech-load.ts";
import type { MEETING_ROUTES } from "../protocol/routes/meeting.ts";
import { agreement, type AgreementDeps } from "./agreement-api.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Handler, Handlers } from "./bind.ts";
import { command, type CommandDeps } from "./command-api.ts";
import { meetingFor, type MeetingResponseDeps } from "./meeting-response.ts";
import { myLink, type MyLinkDeps } from "./my-link-api.ts";
import { outOfTurn, type OutOfTurnDeps } from "./out-of-turn-api.ts";
import { type RoomsScenarios, scenariosResponse } from "./scenarios-response.ts";

type MeetingRoutes = typeof MEETING_ROUTES;

type ScenariosDeps = {
  readonly scenariosOf: (room: RoomId) => Promise<RoomsScenarios>;
  readonly languageOf: (room: RoomId) => Language;
  /** Load of what decodes speech; null: nothing is written down, or nothing is known of it yet. */
  readonly speechLoad: () => SpeechLoad | null;
};

type PictureDeps = { readonly pictureOf: (room: RoomId, who: ParticipantId) => Promise<string | null> };

type CallDeps = {
  readonly callToken: (place: CirclePlace, who: ParticipantId, name: string) => Promise<CallResponse>;
  /** Keys of the room's call, the newest last; none where it is open. */
  readonly mediaKeys: (room: RoomId) => Promise<MediaKey[]>;
};

export type MeetingDeps = AgreementDeps &
  CallDeps &
  CommandDeps &
  MeetingResponseDeps &
  MyLinkDeps &
  OutOfTurnDeps &
  PictureDeps &
  ScenariosDeps;

/** The meeting that goes on in a room: how it stands, what one may ask of it, and its call. */
export function meetingHandlers(deps: MeetingDeps): Handlers<MeetingRoutes> {
  return {
    meeting: ({ asking }): MeetingResponse => meetingFor(asking, deps),
    command: command(deps),
    scenarios: scenarios(deps),
    agreement: agreement(deps),
    myText: myText(deps),
    picture: picture(deps),
    outOfTurn: outOfTurn(deps),
    callAccess: callAccess(deps),
    myLink: myLink(deps),
    mediaKeys: async ({ asking: { actor, room } }) => {
      if (!may(ROUTES.mediaKeys.right, actor, null))
        throw new ApiFailure("FORBIDDEN", { sentence: "Keys of an encrypted call go to people of Matrix alone." });
      return { keys: await deps.mediaKeys(room) };
    },
  };
}

function scenarios({ scenariosOf, languageOf, speechLoad }: ScenariosDeps): Handler<MeetingRoutes["scenarios"]> {
  return async ({ asking: { room }, reads }) => {
    const reader = Language.parse(reads(Language.options) ?? languageOf(room));
    return scenariosResponse(await scenariosOf(room), reader, speechLoad());
  };
}

function myText({ meetings }: { readonly meetings: Meetings }): Handler<MeetingRoutes["myText"]> {
  return ({ asking: { actor, place } }) => {
    const circle = runningCircle(meetings.of(place)?.meeting);
    return MyTextResponse.parse((circle && KINDS[circle.kind].mine?.(circle, actor.id)) ?? {});
  };
}

/** Shows people without an account of Matrix those of the meeting, and nothing of the room's other members. */
function picture({ pictureOf, meetings }: PictureDeps & MeetingResponseDeps): Handler<MeetingRoutes["picture"]> {
  return async ({ asking: { actor, room, place }, params: { person } }) => {
    const sits = meetings.of(place)?.meeting.people.some(({ id }) => id === person) ?? false;
    const may = person !== null && (sits || homeIssuer(actor.id) === MATRIX);
    return { picture: may ? await pictureOf(room, person) : null };
  };
}

function callAccess({ callToken }: CallDeps): Handler<MeetingRoutes["callAccess"]> {
  return ({ asking: { actor, place } }) =>
    callToken(place, actor.id, actor.name).catch((cause: unknown) => {
      throw new ApiFailure("CALL_UNAVAILABLE", { cause });
    });
}
