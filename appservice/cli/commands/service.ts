import type { Command } from "commander";
import type { DoctorOptions } from "../doctor.ts";
import type { FleetRunOptions } from "../fleet-run.ts";
import type { FleetStatusOptions } from "../fleet-status.ts";
import type { MoveOptions } from "../move.ts";
import type { RegistrationOptions } from "../registration.ts";
import type { TelegramCheckOptions } from "../telegram.ts";
import { CONFIG } from "./config-option.ts";

/**
 * Commands that set the service up, run it and look at it. Each loads what it needs, and no more: the whole service
 * takes a second to load.
 */
export function addServiceCommands(program: Command): void {
  program
    .command("start")
    .description("run the service")
    .option(...CONFIG)
    .action(async (options: { config: string }) => (await import("../start.ts")).start(options.config));

  program
    .command("worker")
    .description("decode speech for services that name a fleet (docs/scale.md), on this machine or another")
    .option("-c, --config <file>", "a configuration; its section speech is all that is read", "config/config.yaml")
    .action(async (options: { config: string }) => (await import("../worker.ts")).worker(options.config));

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
    .action(async (options: FleetRunOptions) => (await import("../fleet-run.ts")).fleetRun(options));

  fleet
    .command("status")
    .description("list workers and services of the fleet, and how much of it is used")
    .option("-c, --config <file>", "the configuration that names the fleet", "config/config.yaml")
    .option("--json", "as JSON")
    .action(async (options: FleetStatusOptions) => (await import("../fleet-status.ts")).fleetStatus(options));

  program
    .command("route")
    .description("pass what comes for one registration to several services, each by its rooms (docs/scale.md)")
    .option("-c, --config <file>", "the router's configuration", "config/route.yaml")
    .action(async (options: { config: string }) => (await import("../route.ts")).route(options.config));

  program
    .command("move <room> <shard>")
    .description("move a room to another shard, also while people meet in it (docs/scale.md)")
    .option("-c, --config <file>", "the configuration of this machine's router", "config/route.yaml")
    .action(async (room: string, shard: string, options: MoveOptions) =>
      (await import("../move.ts")).move(room, shard, options),
    );

  program
    .command("standby")
    .description("wait until the service of a shard is away, and take it over (docs/scale.md)")
    .option(...CONFIG)
    .action(async (options: { config: string }) => (await import("../standby.ts")).standby(options.config));

  program
    .command("registration")
    .description("make a registration for the homeserver, with fresh tokens")
    .requiredOption("-u, --url <url>", "where the homeserver reaches this service, such as http://127.0.0.1:29330")
    .option("-o, --out <file>", "where to write it", "config/registration.yaml")
    .option("--id <id>", "the registration's id", "mindminder")
    .option("--bot <localpart>", "the bot's name on the homeserver", "mindminder")
    .option("--force", "replace a file that is there, and with it its tokens")
    .action(async (options: RegistrationOptions) => (await import("../registration.ts")).registration(options));

  program
    .command("telegram")
    .description("the bot in Telegram")
    .command("check")
    .description("say what Telegram says of a bot; with a chat, try there what the service does")
    .requiredOption("-t, --token-file <file>", "a file that holds the bot's token")
    .option("--chat <number>", "a chat in which the bot is: a message is sent, edited and taken away")
    .option("--api <url>", "where the Bot API is reached", "https://api.telegram.org")
    .option("--test", "the bot is one of Telegram's test environment")
    .action(async (options: TelegramCheckOptions) => (await import("../telegram.ts")).telegramCheck(options));

  program
    .command("check")
    .description("check the configuration, the registration and the scenarios")
    .option(...CONFIG)
    .action(async (options: { config: string }) => (await import("../check.ts")).check(options.config));

  program
    .command("doctor")
    .description("look at everything the service needs, and say what to mend")
    .option(...CONFIG)
    .option("-r, --room <id>", "look into this room, too")
    .option("--json", "as JSON")
    .action(async (options: DoctorOptions) => (await import("../doctor.ts")).doctor(options));
}
