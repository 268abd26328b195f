import type { Logger } from "pino";
import type { RoomId } from "../protocol/identity.ts";
import { obeyRetention } from "../room/retention.ts";
import { tellErasures } from "../room/tell-erasures.ts";
import { tellSignIns } from "../room/tell-sign-ins.ts";
import { takeAwayWorthlessLinks } from "../room/worthless-links.ts";
import { inTurn, upkeep } from "../upkeep.ts";
import type { AssemblyOutcome } from "./assembly-outcome.ts";
import type { Ground } from "./ground.ts";
import type { Rooms } from "./rooms.ts";
import type { Truth } from "./truth.ts";

/** A personal link that was used stays this long at the most. */
const TIDY_EVERY_MS = 10_000;
/** Milliseconds between two looks at how long rooms want things kept, besides when they say so. */
const RETENTION_EVERY_MS = 3600_000;

const DAY_MS = 24 * 3600_000;

type HousekeepingDeps = Ground &
  Pick<Truth, "stores" | "meetings" | "carried" | "languageOf"> &
  Pick<Rooms, "homeserver" | "facts" | "meetingState"> &
  Pick<AssemblyOutcome, "assemblyErasing"> & { readonly signal: AbortSignal };

export type Housekeeping = {
  /** Looks at how long these rooms want things kept, in its turn. */
  readonly retention: (rooms: readonly RoomId[]) => void;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

/** Takes away what has run out: links, sign-ins, words that were taken back, meetings that a room wants gone. */
export function createHousekeeping(deps: HousekeepingDeps): Housekeeping {
  const { stores, meetings, homeserver, facts, languageOf, loaded, log, now } = deps;
  const { meetingDays } = loaded.config.retention;
  const keepsMs = meetingDays > 0 ? meetingDays * DAY_MS : null;
  const { audio, links, signIns, knownRooms, journal, outbox } = stores;
  /** SQLite's log may hold words that were taken back; also those of before a start. */
  let logOwed = true;
  const retention = inTurn(
    (rooms: readonly RoomId[]) => obeyRetention(rooms, { ...deps, assemblies: deps.assemblyErasing, audio, keepsMs }),
    (error) => log.error({ err: error }, "meetings that a room wants gone could not be taken away"),
  );
  const tidy = async () => {
    await takeAwayWorthlessLinks({ links, homeserver, log, now });
    await tellSignIns({ signIns, homeserver, knownRooms, facts, languageOf, log, now });
    await tellErasures({ erasures: stores.erasures, homeserver, knownRooms, facts, languageOf, log });
    logOwed ||= meetings.tookBack();
    // Messages with such words are overwritten later than the words, and somebody may read the database just then.
    if (logOwed) {
      const overwritten = journal.unwritten().length === 0 && outbox.standing.roomsWithGoing().length === 0;
      logOwed = !journal.tidy() || !overwritten;
    }
  };
  let running: readonly { readonly stop: () => Promise<void> }[] = [];
  return {
    retention: (rooms) => retention.soon(rooms),
    start() {
      running = [
        upkeep(TIDY_EVERY_MS, tidy, untidied(log)),
        upkeep(
          RETENTION_EVERY_MS,
          async () => retention.soon(journal.rooms()),
          () => {},
        ),
      ];
    },
    async stop() {
      await Promise.all([...running.map((each) => each.stop()), retention.stop()]);
    },
  };
}

const untidied = (log: Logger) => (error: unknown) =>
  log.warn({ err: error }, "what has run out could not be tidied away; it is tried again");
