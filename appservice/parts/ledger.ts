import type Database from "better-sqlite3";
import type { Logger } from "pino";
import type { Journal } from "../journal/journal.ts";
import { byTurns } from "../journal/parts-of-work.ts";
import type { Meetings } from "../journal/meetings.ts";
import { type Accounts, createAccounts } from "../ledger/accounts.ts";
import { showCheckpoint } from "../ledger/checkpoint-state.ts";
import { Ledger } from "../ledger/ledger.ts";
import { isDue, seal } from "../ledger/seal.ts";
import { sealedIn } from "../ledger/sealed-entries.ts";
import { noteSigner } from "../ledger/signed-note.ts";
import { PurposeJournal } from "../purposes/purpose-journal.ts";
import type { RoomId } from "../protocol/identity.ts";
import { LEDGER_STATE } from "../protocol/namespace.ts";
import { Erasures } from "../store/erasures.ts";
import { LedgerLog } from "../store/ledger-log.ts";
import { randomBytes } from "../time/chance.ts";
import { upkeep } from "../upkeep.ts";
import type { Ground } from "./ground.ts";
import type { Rooms } from "./rooms.ts";
import type { Truth } from "./truth.ts";

const LOOKS_EVERY_MS = 3600_000;
const SEED_BYTES = 32;

type AccountsDeps = {
  readonly db: Database.Database;
  readonly journal: Journal;
  readonly meetings: Meetings;
  readonly now: () => number;
  readonly log?: Pick<Logger, "warn">;
};

/** Statements of account over this database. */
export function accountsIn({ db, journal, meetings, now, log }: AccountsDeps): Accounts {
  const ledger = ledgerIn({ db, journal, log });
  return createAccounts({ ledger, meetings, now, meetingsIn: (room) => journal.begunBefore(room, now() + 1) });
}

function ledgerIn({ db, journal, log }: Pick<AccountsDeps, "db" | "journal" | "log">): Ledger {
  return new Ledger({
    journal,
    purposes: new PurposeJournal(db),
    sealed: sealedIn(new LedgerLog(db)),
    erasures: new Erasures(db),
    onUnreadable: (of, error) =>
      log?.warn({ of, err: error }, "a journal that cannot be read is left out of the ledger"),
  });
}

export type LedgerPart = ReturnType<typeof createLedger>;

type LedgerDeps = Pick<Ground, "loaded" | "log" | "now"> &
  Pick<Truth, "stores" | "meetings"> &
  Pick<Rooms, "homeserver" | "facts" | "botId">;

/** The ledger of contributions: statements of account, and once a week a checkpoint in each room's state. */
export function createLedger({ loaded, log, now, stores, meetings, homeserver, facts, botId }: LedgerDeps) {
  const { db, journal } = stores;
  const [kept, ledger, erasures] = [new LedgerLog(db), ledgerIn({ db, journal, log }), new Erasures(db)];
  const name = `${loaded.config.homeserver.serverName}/mindminder`;
  const signer = () => {
    const key = kept.keepKey(() => ({ name, seed: randomBytes(SEED_BYTES) }));
    return noteSigner(key.name, key.seed);
  };
  const mayWrite = (room: RoomId) => facts.maySetState(room, botId, LEDGER_STATE);
  const look = async (room: RoomId) => {
    if (isDue(room, now(), { log: kept })) {
      const from = now();
      const { counted } = await ledger.at(room, from);
      await byTurns(seal(room, counted, now(), { log: kept, signer: signer(), random: randomBytes }));
      // While a long log was sealed, somebody may have been erased whose entries were among those counted before.
      for (const who of erasures.since(room, from)) kept.erase(who, room);
    }
    if (!(await showCheckpoint(room, { log: kept, signer: signer(), homeserver, mayWrite })))
      log.debug({ room }, "the ledger's checkpoint cannot be written into this room's state");
  };
  /** Seals what is due, room by room; one that cannot be written now is looked at again an hour later. */
  const lookAtAll = async () => {
    for (const room of journal.rooms())
      await look(room).catch((error: unknown) =>
        log.warn({ room, err: error }, "the ledger could not be sealed; it is tried again"),
      );
  };
  let running: { readonly stop: () => Promise<void> } | null = null;
  return {
    accounts: accountsIn({ db, journal, meetings, now, log }),
    lookAtAll,
    start() {
      running = upkeep(LOOKS_EVERY_MS, lookAtAll, () => {});
    },
    async stop() {
      await running?.stop();
    },
  };
}
