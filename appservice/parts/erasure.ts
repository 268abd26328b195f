import { ErasureDesk } from "../erasure/erasure-desk.ts";
import { RoomErasures } from "../erasure/room-erasures.ts";
import { isForGood } from "../room/homeserver-failure.ts";
import { forgetMeetings } from "../room/retention.ts";
import { withoutStatesOf } from "../room/states-with-words.ts";
import { upkeep } from "../upkeep.ts";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { AssemblyOutcome } from "./assembly-outcome.ts";
import type { Ground } from "./ground.ts";
import type { Rooms } from "./rooms.ts";
import type { Truth } from "./truth.ts";

/** An erasure that the admin asks for begins this much later at the most; so does one that has to be tried again. */
const LOOKS_EVERY_MS = 10_000;

type ErasureDeps = Pick<Ground, "log" | "now"> &
  Pick<Truth, "stores" | "meetings" | "purposes" | "unit" | "carried"> &
  Pick<Rooms, "homeserver" | "poster" | "meetingState"> &
  Pick<AssemblyOutcome, "assemblyErasing">;

/** Erases all that somebody said and wrote in a room. */
export type EraseWords = (room: RoomId, who: ParticipantId) => void;

/** Erasing of what people said and wrote. */
export function createErasure({ assemblyErasing, ...given }: ErasureDeps) {
  const { stores, unit, meetingState, homeserver, poster, log, ...others } = given;
  const deps = { ...others, assemblies: assemblyErasing };
  const { outbox } = stores;
  const stateSettled = (room: RoomId) => meetingState.settled(room);
  const inRoom = async (room: RoomId, meeting: MeetingId, words: readonly string[], erase: () => Promise<void>) => {
    if (words.length === 0) return erase();
    // Notes down first all that is to go: once the words are gone it cannot be found.
    const work = (takeAway: () => void) => {
      unit.run(takeAway);
      return erase();
    };
    try {
      await withoutStatesOf({ room, meeting, words }, work, { outbox, poster, homeserver, stateSettled });
    } catch (error) {
      // A room that is closed to the bot for good shows nothing that it could take away.
      if (!isForGood(error)) throw error;
      await erase();
    }
  };
  const desk = new ErasureDesk({ ...stores, ...deps, inRoom, log });
  const forgetting = { ...deps, homeserver, audio: stores.audio, meetingState, log };
  const rooms = new RoomErasures({
    ...stores,
    ...deps,
    forget: (room, which) => forgetMeetings(room, which, forgetting),
  });
  let looking: ReturnType<typeof upkeep> | null = null;
  let [sealing, stopped] = [Promise.resolve(), false];
  const eraseWords: EraseWords = (room, who) => desk.ask(room, who);
  return {
    eraseWords,
    start() {
      desk.look();
      sealing = stores.journal.sealing
        .sealOlder(() => stopped)
        .then(() => stores.assemblyJournal.words.sealOlder(() => stopped))
        .then(() => stores.audio.sealOlder(() => stopped))
        .catch((error) =>
          log.error({ err: error }, "words and sound of older meetings are not all sealed; the next start goes on"),
        );
      looking = upkeep(
        LOOKS_EVERY_MS,
        async () => {
          await rooms.look();
          desk.look();
        },
        (error) => log.warn({ err: error }, "it could not be seen whether words are to be erased; it is looked again"),
      );
    },
    async stop() {
      stopped = true;
      await looking?.stop();
      await desk.stop();
      await sealing;
    },
  };
}
