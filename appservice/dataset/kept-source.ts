import type { Journal } from "../journal/journal.ts";
import type { Meetings } from "../journal/meetings.ts";
import { ParticipantId, type RoomId } from "../protocol/identity.ts";
import { Purpose } from "../protocol/purposes.ts";
import type { PurposeJournal } from "../purposes/purpose-journal.ts";
import { evolvePurposes, NO_ANSWERS, type PurposeState } from "../purposes/state.ts";
import type { KeptAudio } from "../store/kept-audio.ts";
import type { KnownRooms } from "../store/known-rooms.ts";
import type { Withdrawal } from "../store/withdrawals.ts";
import type { DatasetSource } from "./source.ts";

type KeptSourceDeps = {
  readonly journal: Pick<Journal, "rooms" | "begunBefore" | "lengthOf">;
  readonly meetings: Pick<Meetings, "readByAndBy">;
  readonly purposeJournal: Pick<PurposeJournal, "read">;
  readonly knownRooms: Pick<KnownRooms, "vocabularyOf">;
  readonly audio: Pick<KeptAudio, "has" | "read">;
  /** Withdrawals, also those that an older database, which was put back, does not know yet. */
  readonly withdrawals: () => readonly Withdrawal[];
};

/** Everything that the service keeps, as the source of a set. Each look sees it as it is now. */
export function keptSource({
  journal,
  meetings,
  purposeJournal,
  knownRooms,
  audio,
  withdrawals,
}: KeptSourceDeps): DatasetSource {
  return {
    rooms: () => journal.rooms(),
    meetings: (room) => journal.begunBefore(room, Number.MAX_SAFE_INTEGER),
    lengthOf: (meeting) => journal.lengthOf(meeting),
    read: (room, meeting) => meetings.readByAndBy(room, meeting),
    purposes: (room) => withoutWithdrawn(room, purposesIn(room, purposeJournal), withdrawals()),
    vocabulary: (room) => knownRooms.vocabularyOf(room),
    hasSound: (room, meeting, utterance) => audio.has(room, meeting, utterance),
    sound: (room, meeting, utterance) => audio.read(room, meeting, utterance),
  };
}

function purposesIn(room: RoomId, journal: KeptSourceDeps["purposeJournal"]): PurposeState {
  return journal.read(room).reduce(evolvePurposes, NO_ANSWERS);
}

/** A yes that was taken back after the database that has it was saved is none. */
function withoutWithdrawn(room: RoomId, state: PurposeState, withdrawals: readonly Withdrawal[]): PurposeState {
  let result = state;
  for (const each of withdrawals) {
    if (each.what === "words" || each.room !== room) continue;
    const people = each.what === "room" ? ParticipantId.array().parse(Object.keys(result)) : [each.who];
    for (const [who, purpose] of people.flatMap((one) => purposesOf(each).map((of) => [one, of] as const))) {
      const known = result[who]?.[purpose];
      if (!known?.given || known.at > each.at) continue;
      result = { ...result, [who]: { ...result[who], [purpose]: { ...known, given: false } } };
    }
  }
  return result;
}

function purposesOf(withdrawal: Exclude<Withdrawal, { what: "words" }>): readonly Purpose[] {
  switch (withdrawal.what) {
    case "purpose":
      return [withdrawal.purpose];
    case "sound":
      return ["sound"];
    case "erasure":
    case "room":
      return Purpose.options;
  }
}
