import type { Admissions } from "../admission/admission.ts";
import type { Assemblies } from "../journal/assemblies.ts";
import { seatsMoveTheCalls } from "./seats-move-the-calls.ts";
import type { GuestDesk } from "../guests/guest-desk.ts";
import { gatheringIsTold } from "./gathering-is-told.ts";
import { guestsOfOneMeeting } from "./guests-of-one-meeting.ts";
import type { Logger } from "pino";
import type { Calls } from "../call/calls.ts";
import type { MediaKeyring } from "../encryption/media-keys.ts";
import type { ServiceMetrics } from "../http/service-metrics.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { TelegramDoorPart } from "../parts/telegram-door.ts";
import type { Projections } from "../projections.ts";
import type { Language, RoomId } from "../protocol/identity.ts";
import type { SpeechLoad } from "../protocol/speech-load.ts";
import type { Shown } from "../protocol/agreement.ts";
import type { Purposes } from "../purposes/purposes.ts";
import type { Poster } from "../room/poster.ts";
import type { Listening } from "../scribe/listening.ts";
import type { Stores } from "../stores.ts";
import { callLostPauses } from "./call-lost-pauses.ts";
import { encryptionMovesTheCall } from "./encryption-moves-the-call.ts";
import { encryptionPutsPeopleOut } from "./encryption-puts-people-out.ts";
import type { ServedSets } from "../experiments/served-sets.ts";
import { fullSpeechIsTold } from "./full-speech-is-told.ts";
import { leavingEndsSessionAndCall } from "./leaving-ends-session-and-call.ts";
import { leavingRenewsTheMediaKey } from "./leaving-renews-the-media-key.ts";
import { linksLastForTheMeeting } from "./links-last-for-the-meeting.ts";
import { meetingGetsItsSet } from "./meeting-gets-its-set.ts";
import type { NameInRoom } from "./name-of-actor.ts";
import type { News } from "./news.ts";
import { openedRoomIsPutRight } from "./opened-room-is-put-right.ts";
import { outOfTurnIsNoted } from "./out-of-turn-is-noted.ts";
import { presenceEntersTheMeeting } from "./presence-enters-the-meeting.ts";
import { purposesReachTheMeeting } from "./purposes-reach-the-meeting.ts";
import { takingBackForgetsSound } from "./taking-back-forgets-sound.ts";
import { telegramPeoplePutOut } from "./telegram-people-put-out.ts";
import { voiceReachesAllRings } from "./voice-reaches-all-rings.ts";
import { unbegunRingsAreOver } from "./unbegun-rings-are-over.ts";
import { withdrawalOutlivesTheDatabase } from "./withdrawal-outlives-the-database.ts";

type PoliciesDeps = {
  readonly news: News;
  readonly meetings: Meetings;
  readonly assemblies: Assemblies;
  readonly calls: Calls;
  readonly admissions: Pick<Admissions, "nameOf">;
  readonly stores: Pick<
    Stores,
    | "outbox"
    | "guestLinks"
    | "guests"
    | "links"
    | "telegramPeople"
    | "sessions"
    | "signIns"
    | "audio"
    | "withdrawals"
    | "journal"
  >;
  readonly guests: GuestDesk;
  readonly telegram: TelegramDoorPart | null;
  readonly listening: Pick<Listening, "rekeyed">;
  readonly speechLoad: () => SpeechLoad | null;
  readonly languageOf: (room: RoomId) => Language;
  readonly purposes: Purposes;
  readonly asksIn: (room: RoomId) => Shown;
  /** Null where no room is encrypted. */
  readonly encryption: { readonly mediaKeys: MediaKeyring } | null;
  readonly sets: ServedSets | null;
  readonly projections: Projections;
  readonly poster: Poster;
  readonly metrics: ServiceMetrics;
  readonly now: () => number;
  readonly log: Logger;
};

/** Starts all policies: each turns news of one part into work for another. */
export function keepPolicies({ stores, projections: { project, writeRoom }, poster, ...deps }: PoliciesDeps): void {
  callLostPauses(deps);
  presenceEntersTheMeeting(deps);
  seatsMoveTheCalls(deps);
  gatheringIsTold(deps);
  voiceReachesAllRings({ ...deps, project });
  unbegunRingsAreOver({ ...deps, project });
  outOfTurnIsNoted(deps);
  fullSpeechIsTold({ ...deps, poster, outbox: stores.outbox });
  const nameOf: NameInRoom = (room, who) => deps.admissions.nameOf(room, who);
  guestsOfOneMeeting({ ...deps, ...stores, nameOf, desk: deps.guests });
  telegramPeoplePutOut({ ...deps, ...stores, nameOf });
  linksLastForTheMeeting({ ...deps, ...stores });
  leavingEndsSessionAndCall({ ...deps, ...stores, unit: stores.journal.unit });
  encryptionMovesTheCall(deps);
  encryptionPutsPeopleOut({ ...deps, ...stores, desk: deps.guests });
  leavingRenewsTheMediaKey({ ...deps, mediaKeys: deps.encryption?.mediaKeys ?? null });
  meetingGetsItsSet(deps);
  purposesReachTheMeeting({ ...deps, ...stores });
  takingBackForgetsSound({ ...deps, ...stores });
  withdrawalOutlivesTheDatabase({ ...deps, ...stores });
  openedRoomIsPutRight({ ...deps, project, sendOn: () => poster.start() });
  deps.news.on("task-outside", writeRoom);
}
