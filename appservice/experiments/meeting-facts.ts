import type { Meeting } from "../circle/meeting.ts";
import { isGuest, isOfTelegram, type Language, type ParticipantId, type RoomId } from "../protocol/identity.ts";
import type { CameBy } from "./options.ts";

/** Facts by which a meeting gets its set. */
export type MeetingFacts = {
  readonly room: RoomId;
  /** Homeserver of whoever keeps the meeting; null where it is nobody of Matrix. */
  readonly homeserver: string | null;
  readonly language: Language;
  readonly people: readonly CameBy[];
  readonly size: number;
  readonly at: number;
};

export function factsOf({ roomId, keeper, language, people }: Meeting, at: number): MeetingFacts {
  const sitting = people.filter(({ presence }) => presence !== "left");
  return {
    room: roomId,
    homeserver: homeserverOf(keeper),
    language,
    people: [...new Set(sitting.map(({ id }) => cameOf(id)))].sort(),
    size: sitting.length,
    at,
  };
}

function cameOf(id: ParticipantId): CameBy {
  if (isGuest(id)) return "guest";
  return isOfTelegram(id) ? "telegram" : "matrix";
}

/** Server part of a Matrix id (Matrix spec, "User Identifiers"). */
function homeserverOf(id: ParticipantId | null): string | null {
  return id?.startsWith("@") ? id.slice(id.indexOf(":") + 1) : null;
}
