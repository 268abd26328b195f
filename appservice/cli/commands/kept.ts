import type { Command } from "commander";
import type { AuditOptions } from "../audit.ts";
import type { BackupOptions } from "../backup.ts";
import type { EraseOptions } from "../erase.ts";
import type { ExportCommandOptions } from "../export.ts";
import type { LedgerExportOptions, LedgerPayoutOptions, LedgerProofOptions, LedgerVerifyOptions } from "../ledger.ts";
import { FILE_FORMATS, GRAPH_FORMATS } from "../../protocol/format-list.ts";
import { CONFIG } from "./config-option.ts";

/**
 * Commands for what the service keeps: records, ledger, erasing, backups. Each loads what it needs, and no more: the
 * whole service takes a second to load.
 */
export function addKeptCommands(program: Command): void {
  program
    .command("export")
    .description("write a meeting's record as a file; without a meeting: list all meetings")
    .argument("[meeting]", "the meeting's id, as the list has it")
    .option(...CONFIG)
    .option("-f, --format <name>", `${FILE_FORMATS.join(", ")}; docs/exports.md says what each is for`, FILE_FORMATS[0])
    .option(
      "-r, --room <room>",
      `instead of one meeting: the graph of all meetings of a room; ${GRAPH_FORMATS.join(", ")}`,
    )
    .option("-o, --out <file>", "where to write it; left out: to the standard output")
    .action(async (meeting: string | undefined, options: ExportCommandOptions) =>
      (await import("../export.ts")).exportRecord(meeting, options),
    );

  const ledger = program
    .command("ledger")
    .description("the ledger of contributions; docs/ledger.md says what it counts");

  ledger
    .command("export")
    .description("write a room's ledger: csv, hledger, or log, which verifiers of other makes read")
    .argument("<room>", "the room's id")
    .option(...CONFIG)
    .option("-f, --format <name>", "csv, hledger or log", "csv")
    .option("-o, --out <file>", "where to write it; left out: to the standard output")
    .action(async (room: string, options: LedgerExportOptions) =>
      (await import("../ledger.ts")).exportLedger(room, options),
    );

  ledger
    .command("payout")
    .description("hand over orders to pay the shares of a quarter's pots; no money is moved")
    .argument("<room>", "the room's id")
    .argument("<quarter>", "such as 2026-Q3")
    .option(...CONFIG)
    .option("-a, --as <name>", "csv or signed-request", "csv")
    .option("-t, --to <place>", "the file, or the address of the program; left out: the standard output")
    .option("--secret-file <file>", "the file with the secret that the request is signed with")
    .action(async (room: string, quarter: string, options: LedgerPayoutOptions) =>
      (await import("../ledger.ts")).payOut(room, quarter, options),
    );

  ledger
    .command("proof")
    .description(
      "write proofs that entries are in a room's log, each a .tlog-proof file that anybody checks by the key",
    )
    .argument("<room>", "the room's id")
    .argument("<folder>", "where to write them; it is made if it is not there")
    .option(...CONFIG)
    .option("-p, --person <id>", "of this person's entries alone")
    .action(async (room: string, folder: string, options: LedgerProofOptions) =>
      (await import("../ledger.ts")).proveLedger(room, folder, options),
    );

  ledger
    .command("verify")
    .description("check that nothing was changed in the ledger since it was sealed")
    .argument("[room]", "the room's id; left out: all rooms")
    .option(...CONFIG)
    .option("--checkpoint <file>", "a checkpoint of the room that was kept elsewhere, to be checked as well")
    .option("--proof <file>", "a .tlog-proof file that “proof” wrote, to be checked instead")
    .action(async (room: string | undefined, options: LedgerVerifyOptions) =>
      (await import("../ledger.ts")).verifyLedger(room, options),
    );

  program
    .command("audit")
    .description("list who read, heard or took away what of a room's meetings")
    .argument("<room>", "the room's id")
    .option(...CONFIG)
    .action(async (room: string, options: AuditOptions) => (await import("../audit.ts")).audit(room, options));

  program
    .command("erase")
    .description(
      "erase all that a person said and wrote, or a room's whole record: words, sound, and what was made of them; the service may run",
    )
    .option("-p, --person <id>", "whose words; left out: everybody's, and the room's meetings")
    .option("-r, --room <id>", "in this room; left out: in all")
    .option(...CONFIG)
    .action(async (options: EraseOptions) => (await import("../erase.ts")).erase(options));

  program
    .command("backup")
    .description("write all that the service keeps into a new folder; the service may run")
    .argument("<folder>", "where to write it; it must not be there yet")
    .option(...CONFIG)
    .action(async (to: string, options: BackupOptions) => (await import("../backup.ts")).writeBackup(to, options));

  program
    .command("restore")
    .description("put a backup in the place of what the service keeps; the service must not run")
    .argument("<folder>", "what “backup” wrote")
    .option(...CONFIG)
    .action(async (from: string, options: BackupOptions) =>
      (await import("../backup.ts")).restoreBackup(from, options),
    );
}
