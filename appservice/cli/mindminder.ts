import { Command } from "commander";
import type { AuditOptions } from "./audit.ts";
import type { BackupOptions } from "./backup.ts";
import type { ClassifyOptions } from "./classify.ts";
import type { CryptoOptions, CryptoResetOptions } from "./crypto.ts";
import type { CryptoKeyOptions } from "./crypto-key.ts";
import type { CryptoRecoveryOptions } from "./crypto-recovery.ts";
import type { DatasetCommandOptions } from "./dataset.ts";
import type { DoctorOptions } from "./doctor.ts";
import type { EvaluateTranscriptsOptions } from "./evaluate-transcripts.ts";
import type { EraseOptions } from "./erase.ts";
import { FILE_FORMATS, GRAPH_FORMATS } from "../protocol/format-list.ts";
import { AdminError } from "../protocol/mindminder-error.ts";
import type { FleetRunOptions } from "./fleet-run.ts";
import type { FleetStatusOptions } from "./fleet-status.ts";
import { beDiscreet } from "./discreet.ts";
import type { EvaluateMinutesOptions } from "./evaluate-minutes.ts";
import type { ExportCommandOptions } from "./export.ts";
import type { ExperimentsReplayOptions, ExperimentsReportOptions } from "./experiments.ts";
import type { LedgerExportOptions, LedgerPayoutOptions, LedgerVerifyOptions } from "./ledger.ts";
import type { RegistrationOptions } from "./registration.ts";
import type { TelegramCheckOptions } from "./telegram.ts";

beDiscreet();

// Each command loads what it needs, and no more: the whole service takes a second to load.
const program = new Command("mindminder")
  .description("A facilitator for groups that talk in Matrix rooms")
  .version("0.1.0");

program
  .command("start")
  .description("run the service")
  .option("-c, --config <file>", "the configuration", "config/config.yaml")
  .action(async (options: { config: string }) => (await import("./start.ts")).start(options.config));

program
  .command("worker")
  .description("decode speech for services that name a fleet (docs/scale.md), on this machine or another")
  .option("-c, --config <file>", "a configuration; its section speech is all that is read", "config/config.yaml")
  .action(async (options: { config: string }) => (await import("./worker.ts")).worker(options.config));

const fleet = program
  .command("fleet")
  .description("the workers that decode speech; docs/scale.md says how many it takes");

fleet
  .command("run")
  .description("run workers on this machine, as many as the load needs")
  .option("-c, --config <file>", "the configuration of the workers", "config/config.yaml")
  .option("--min <number>", "workers that always run", "1")
  .option("--max <number>", "workers that run at most", "4")
  .option("--quiet <seconds>", "how long one has not been needed before it ends", "300")
  .option("--plot <file>", "draw what was seen and done into this SVG file")
  .action(async (options: FleetRunOptions) => (await import("./fleet-run.ts")).fleetRun(options));

fleet
  .command("status")
  .description("list workers and services of the fleet, and how much of it is used")
  .option("-c, --config <file>", "the configuration that names the fleet", "config/config.yaml")
  .option("--json", "as JSON")
  .action(async (options: FleetStatusOptions) => (await import("./fleet-status.ts")).fleetStatus(options));

program
  .command("route")
  .description("pass what comes for one registration to several services, each by its rooms (docs/scale.md)")
  .option("-c, --config <file>", "the router's configuration", "config/route.yaml")
  .action(async (options: { config: string }) => (await import("./route.ts")).route(options.config));

program
  .command("registration")
  .description("make a registration for the homeserver, with fresh tokens")
  .requiredOption("-u, --url <url>", "where the homeserver reaches this service, such as http://127.0.0.1:29330")
  .option("-o, --out <file>", "where to write it", "config/registration.yaml")
  .option("--id <id>", "the registration's id", "mindminder")
  .option("--bot <localpart>", "the bot's name on the homeserver", "mindminder")
  .option("--force", "replace a file that is there, and with it its tokens")
  .action(async (options: RegistrationOptions) => (await import("./registration.ts")).registration(options));

const crypto = program.command("crypto").description("the bot's keys for encrypted rooms");

crypto
  .command("key")
  .description("make the key file, by which the bot's keys are encrypted in the database")
  .option("-o, --out <file>", "where to write it", "config/encryption-key")
  .action(async (options: CryptoKeyOptions) => (await import("./crypto-key.ts")).cryptoKey(options));

crypto
  .command("status")
  .description("say whether the key file fits, and what others see of the bot's identity and devices")
  .option("-c, --config <file>", "the configuration", "config/config.yaml")
  .action(async (options: CryptoOptions) => (await import("./crypto.ts")).cryptoStatus(options));

crypto
  .command("recovery")
  .description("write the bot's identity into a file under a passphrase, for the day on which the database is lost")
  .option("-c, --config <file>", "the configuration", "config/config.yaml")
  .option("-o, --out <file>", "where to write it", "mindminder-recovery.json")
  .action(async (options: CryptoRecoveryOptions) => (await import("./crypto-recovery.ts")).cryptoRecovery(options));

crypto
  .command("reset")
  .description("throw away the bot's keys, for a new identity or that of a recovery file; the service must not run")
  .option("-c, --config <file>", "the configuration", "config/config.yaml")
  .option("--recovery <file>", "what “crypto recovery” wrote; its passphrase is read from the standard input")
  .action(async (options: CryptoResetOptions) => (await import("./crypto.ts")).cryptoReset(options));

program
  .command("telegram")
  .description("the bot in Telegram")
  .command("check")
  .description("say what Telegram says of a bot; with a chat, try there what the service does")
  .requiredOption("-t, --token-file <file>", "a file that holds the bot's token")
  .option("--chat <number>", "a chat in which the bot is: a message is sent, edited and taken away")
  .option("--api <url>", "where the Bot API is reached", "https://api.telegram.org")
  .option("--test", "the bot is one of Telegram's test environment")
  .action(async (options: TelegramCheckOptions) => (await import("./telegram.ts")).telegramCheck(options));

program
  .command("check")
  .description("check the configuration, the registration and the scenarios")
  .option("-c, --config <file>", "the configuration", "config/config.yaml")
  .action(async (options: { config: string }) => (await import("./check.ts")).check(options.config));

program
  .command("doctor")
  .description("look at everything the service needs, and say what to mend")
  .option("-c, --config <file>", "the configuration", "config/config.yaml")
  .option("-r, --room <id>", "look into this room, too")
  .option("--json", "as JSON")
  .action(async (options: DoctorOptions) => (await import("./doctor.ts")).doctor(options));

program
  .command("export")
  .description("write a meeting's record as a file; without a meeting: list all meetings")
  .argument("[meeting]", "the meeting's id, as the list has it")
  .option("-c, --config <file>", "the configuration", "config/config.yaml")
  .option("-f, --format <name>", `${FILE_FORMATS.join(", ")}; docs/exports.md says what each is for`, FILE_FORMATS[0])
  .option(
    "-r, --room <room>",
    `instead of one meeting: the graph of all meetings of a room; ${GRAPH_FORMATS.join(", ")}`,
  )
  .option("-o, --out <file>", "where to write it; left out: to the standard output")
  .action(async (meeting: string | undefined, options: ExportCommandOptions) =>
    (await import("./export.ts")).exportRecord(meeting, options),
  );

const ledger = program.command("ledger").description("the ledger of contributions; docs/ledger.md says what it counts");

ledger
  .command("export")
  .description("write a room's ledger: csv, hledger, or log, which verifiers of other makes read")
  .argument("<room>", "the room's id")
  .option("-c, --config <file>", "the configuration", "config/config.yaml")
  .option("-f, --format <name>", "csv, hledger or log", "csv")
  .option("-o, --out <file>", "where to write it; left out: to the standard output")
  .action(async (room: string, options: LedgerExportOptions) =>
    (await import("./ledger.ts")).exportLedger(room, options),
  );

ledger
  .command("payout")
  .description("hand over orders to pay the shares of a quarter's pots; no money is moved")
  .argument("<room>", "the room's id")
  .argument("<quarter>", "such as 2026-Q3")
  .option("-c, --config <file>", "the configuration", "config/config.yaml")
  .option("-a, --as <name>", "csv or signed-request", "csv")
  .option("-t, --to <place>", "the file, or the address of the program; left out: the standard output")
  .option("--secret-file <file>", "the file with the secret that the request is signed with")
  .action(async (room: string, quarter: string, options: LedgerPayoutOptions) =>
    (await import("./ledger.ts")).payOut(room, quarter, options),
  );

ledger
  .command("verify")
  .description("check that nothing was changed in the ledger since it was sealed")
  .argument("[room]", "the room's id; left out: all rooms")
  .option("-c, --config <file>", "the configuration", "config/config.yaml")
  .option("--checkpoint <file>", "a checkpoint of the room that was kept elsewhere, to be checked as well")
  .action(async (room: string | undefined, options: LedgerVerifyOptions) =>
    (await import("./ledger.ts")).verifyLedger(room, options),
  );

const dataset = program
  .command("dataset")
  .description("sets of what people allowed to be used for models; docs/datasets.md says what is in them");

dataset
  .command("build")
  .description("build a set, or bring it up to date; the service may run")
  .argument("<target>", "a target of the configuration by its name, or a folder by its path")
  .option("-c, --config <file>", "the configuration", "config/config.yaml")
  .option("-p, --purpose <name>", "what people must have allowed, for a folder: improve or publish")
  .action(async (target: string, options: DatasetCommandOptions) =>
    (await import("./dataset.ts")).buildByHand(target, options),
  );

dataset
  .command("verify")
  .description("check that a set is whole and unchanged, and that everybody in it still allows that")
  .argument("<target>", "a target of the configuration by its name, or a folder by its path")
  .option("-c, --config <file>", "the configuration", "config/config.yaml")
  .option("-p, --purpose <name>", "what the set is for, for a folder: improve or publish")
  .action(async (target: string, options: DatasetCommandOptions) =>
    (await import("./dataset.ts")).verifyByHand(target, options),
  );
const experiments = program
  .command("experiments")
  .description("what came of sets of plugins in meetings; docs/experiments.md says how to compare them");

experiments
  .command("report")
  .description("compare the two sets of each experiment, as far as it has come")
  .argument("[experiment]", "its id; left out: all of them")
  .option("-c, --config <file>", "the configuration", "config/config.yaml")
  .option("--json", "print figures for programs")
  .option("--plot <file>", "write a picture of the experiment's course (SVG)")
  .action(async (experiment: string | undefined, options: ExperimentsReportOptions) =>
    (await import("./experiments.ts")).reportExperiments(experiment, options),
  );

experiments
  .command("replay")
  .description("run each set over the meetings that are kept, and measure it by what people made of their minutes")
  .option("-c, --config <file>", "the configuration", "config/config.yaml")
  .option("--json", "print figures for programs")
  .action(async (options: ExperimentsReplayOptions) => (await import("./experiments.ts")).replayExperiments(options));

program
  .command("audit")
  .description("list who read, heard or took away what of a room's meetings")
  .argument("<room>", "the room's id")
  .option("-c, --config <file>", "the configuration", "config/config.yaml")
  .action(async (room: string, options: AuditOptions) => (await import("./audit.ts")).audit(room, options));

program
  .command("erase")
  .description("erase all that a person said and wrote: words, sound, and what was made of them; the service may run")
  .requiredOption("-p, --person <id>", "whose words")
  .option("-r, --room <id>", "in this room; left out: in all")
  .option("-c, --config <file>", "the configuration", "config/config.yaml")
  .action(async (options: EraseOptions) => (await import("./erase.ts")).erase(options));

program
  .command("backup")
  .description("write all that the service keeps into a new folder; the service may run")
  .argument("<folder>", "where to write it; it must not be there yet")
  .option("-c, --config <file>", "the configuration", "config/config.yaml")
  .action(async (to: string, options: BackupOptions) => (await import("./backup.ts")).writeBackup(to, options));

program
  .command("restore")
  .description("put a backup in the place of what the service keeps; the service must not run")
  .argument("<folder>", "what “backup” wrote")
  .option("-c, --config <file>", "the configuration", "config/config.yaml")
  .action(async (from: string, options: BackupOptions) => (await import("./backup.ts")).restoreBackup(from, options));

program
  .command("classify")
  .description("print what would be made of each line of a file, spoken: speech and commands, as JSON")
  .argument("<file>", "one utterance a line; - for standard input")
  .option("-l, --language <code>", "the language spoken, such as ru; left out: found by the words")
  .option("-p, --people <names>", "who sits in the ring: names with commas between them; left out: common first names")
  .option("--lexicon <folder>", "other lexicons than the ones that come along")
  .action(async (file: string, options: ClassifyOptions) => (await import("./classify.ts")).classify(file, options));

const evaluate = program.command("evaluate").description("measure how good what the service makes is");

evaluate
  .command("transcripts")
  .description("word errors, delay and cost of speech recognition, live and offline")
  .argument("<folder>", "recordings and what is said in them: pairs NAME.wav (.flac, .opus) and NAME.txt")
  .option("-c, --config <file>", "the configuration; its section speech says which engine", "config/config.yaml")
  .option("-s, --speakers <number>", "how many speak at once", "1")
  .option("-l, --language <code>", "en, ru or auto; left out: as configured")
  .option("--json", "print all figures as JSON")
  .action(async (folder: string, options: EvaluateTranscriptsOptions) =>
    (await import("./evaluate-transcripts.ts")).evaluateTranscripts(folder, options),
  );

evaluate
  .command("minutes")
  .description(
    "minutes against what a careful reader wrote: ROUGE beside lead and random, precision and recall of the rest",
  )
  .argument(
    "<folder>",
    "meetings NAME.txt (a line “Name: what was said” each), with NAME.tasks.json, NAME.matters.json and NAME.summary.txt where there are any",
  )
  .option(
    "-c, --config <file>",
    "the configuration; its section minutes says which model. Left out: highlights and rules",
  )
  .option("--json", "print all figures as JSON")
  .action(async (folder: string, options: EvaluateMinutesOptions) =>
    (await import("./evaluate-minutes.ts")).evaluateMinutes(folder, options),
  );

// A reader that takes only the beginning (“| head”) has seen enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  const said =
    error instanceof AdminError ? error.message : (refusedPort(error) ?? withoutSpace(error) ?? refusedPath(error));
  if (said === null) throw error;
  console.error(said);
  // Ends the process, which things opened before the failure would keep alive.
  process.exit(1);
}

/** The service's own address is not to be had. */
function refusedPort(error: unknown): string | null {
  const { syscall, address, port, code } = (error ?? {}) as {
    syscall?: unknown;
    address?: unknown;
    port?: unknown;
    code?: unknown;
  };
  if (syscall !== "listen") return null;
  const at = `${String(address)}:${String(port)}`;
  if (code === "EADDRINUSE")
    return `${at} is taken by another program. Stop it, or set service.port and the registration's url to another port.`;
  if (code === "EACCES")
    return `${at} may not be used by this user: ports below 1024 belong to root. Set service.port and the registration's url to a higher one.`;
  return `Nothing can listen at ${at} (${String(code)}). Set service.bind to an address of this machine.`;
}

/** A full disk, also one that is full for this user, or of which a limit is reached. */
function withoutSpace(error: unknown): string | null {
  const { path, dest, code } = (error ?? {}) as { path?: unknown; dest?: unknown; code?: unknown };
  if (!/^(ENOSPC|EDQUOT|EFBIG|SQLITE_FULL|SQLITE_IOERR|SQLITE_IOERR_WRITE)$/.test(String(code))) return null;
  const where = typeof dest === "string" ? dest : path;
  return `${typeof where === "string" ? `${where}: ` : ""}no space is left on the disk, or it takes nothing (${String(code)}). Make room there, and run it again: what was not finished does not count.`;
}

/** A file or folder that the machine would not let us have: which one, and why, is all that its owner needs to know. */
function refusedPath(error: unknown): string | null {
  const { syscall, path, dest, code } = (error ?? {}) as {
    syscall?: unknown;
    path?: unknown;
    dest?: unknown;
    code?: unknown;
  };
  if (typeof syscall !== "string" || typeof path !== "string") return null;
  return `${path}${typeof dest === "string" ? `, ${dest}` : ""}: cannot be used (${String(code)}, ${syscall}). Check the path, whose it is and what it is.`;
}
