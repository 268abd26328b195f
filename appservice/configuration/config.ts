import { resolve } from "node:path";
import { z } from "zod";
import { LiveKitOptions } from "../call/options.ts";
import { DatasetOptions } from "../dataset/options.ts";
import { ExportOptions } from "../export/tasks/registry.ts";
import { isNetwork } from "../homeservers/networks.ts";
import { parseServerName } from "../homeservers/server-name.ts";
import { LimitOptions } from "../http/limits.ts";
import { MinutesOptions } from "../minutes/options.ts";
import { Language, SpeechLanguage } from "../protocol/identity.ts";
import { RecordingOptions } from "../recording/options.ts";
import { ScribeOptions } from "../scribe/options.ts";
import { ReplicaOptions } from "../replica/replica.ts";
import { TelegramOptions } from "../telegram/options.ts";
import { withoutEnd } from "../protocol/without-end.ts";

const webUrl = (what: string) =>
  z
    .url({ protocol: /^https?$/, error: "must be an address that begins with https:// or http://" })
    .transform((url) => withoutEnd(url, /\//))
    .describe(what);

const ServerNameText = z
  .string()
  .refine((text) => parseServerName(text) !== null, "must be a homeserver's name, such as example.org");

/** The whole configuration. The sample in `config/` is made from these descriptions. */
export const Config = z.strictObject({
  homeserver: z
    .strictObject({
      url: webUrl("Where this service reaches the homeserver's client API"),
      serverName: z
        .string()
        .min(1)
        .max(255)
        .describe("The homeserver's name: what stands behind the colon of its people's ids"),
      registration: z
        .string()
        .min(1)
        .describe("The registration file that the homeserver was given, too; it holds both tokens"),
      openid: z
        .union([
          z.literal("any"),
          z.array(ServerNameText),
          z.record(ServerNameText, webUrl("address of that server's federation API")),
        ])
        .default("any")
        .transform((value) =>
          value === "any" || Array.isArray(value) ? { asks: value, addresses: {} } : { asks: [], addresses: value },
        )
        .describe(
          "Other homeservers whose people may use the widget: any (of people who are in the room), a list of names, or each name with the address of its federation API",
        ),
      openidNetworks: z
        .array(z.string().refine(isNetwork, "must be a network, such as 10.0.0.0/8"))
        .default([])
        .describe(
          "Networks that are not public and in which other homeservers may be asked, such as 10.0.0.0/8; by default none",
        ),
      botPicture: z
        .boolean()
        .default(true)
        .describe("Give the bot Mindminder's sign as its picture where it has none; one of your own stays"),
    })
    .describe("The Matrix homeserver that the bot lives on"),
  service: z
    .strictObject({
      publicUrl: webUrl("Where people's browsers reach this service; the widget is below it, at /widget/"),
      bind: z.string().default("127.0.0.1").describe("Address to listen on; a proxy in front adds TLS"),
      port: z
        .number()
        .int()
        .min(1)
        .max(65_535)
        .default(29_330)
        .describe("Port to listen on; the registration's url leads here"),
      frameAncestors: z
        .array(z.string().regex(/^[^\s;,]+$/, "must be one origin without spaces or semicolons"))
        .default(["https:"])
        .describe("Origins of the Matrix clients that may show the widget, such as https://app.element.io"),
      trustedProxies: z
        .array(z.string().min(1))
        .default(["loopback"])
        .describe(
          "Addresses of proxies in front that say truly who asks (X-Forwarded-For); loopback, uniquelocal, or such as 10.0.0.0/8",
        ),
      shard: z
        .strictObject({
          name: z.string().min(1).describe("This shard's name in the table"),
          table: z.string().min(1).describe("The table of shards, the same as the router's"),
          router: webUrl(
            "Where this service reaches the router, which knows whether a standby has taken over",
          ).optional(),
          address: webUrl("Where the router reaches this service; left out: as the table has it").optional(),
        })
        .optional()
        .describe(
          "One of several services behind a router, each with rooms of its own; without it all rooms are this one's",
        ),
      limits: LimitOptions.prefault({}).describe("How much is answered in a minute; more gets the status 429"),
    })
    .describe("This service"),
  livekit: LiveKitOptions.describe("The LiveKit server that carries the voices"),
  encryption: z
    .strictObject({
      keyFile: z
        .string()
        .min(1)
        .optional()
        .describe(
          "File with the secret that encrypts the bot's keys in the database; with it the bot takes part in encrypted rooms",
        ),
    })
    .prefault({})
    .describe("Encrypted rooms"),
  database: z
    .string()
    .min(1)
    .default("data/mindminder.db")
    .describe("The SQLite database: the journal of all meetings"),
  replica: ReplicaOptions.optional().describe("A copy of the database elsewhere, a second behind it; for a standby"),
  language: Language.default("en").describe("The language the bot speaks: en or ru"),
  speechLanguage: SpeechLanguage.default("auto").describe(
    "The language people speak: en, ru, or auto to have it found for each turn",
  ),
  scenarios: z.string().min(1).optional().describe("A folder of scenarios in place of the ones that come along"),
  assemblies: z
    .string()
    .min(1)
    .optional()
    .describe("A folder of scenarios for assemblies, of many groups at once, in place of the ones that come along"),
  lexicons: z
    .string()
    .min(1)
    .optional()
    .describe("A folder of spoken commands, one file a language, in place of the ones that come along"),
  speech: ScribeOptions.prefault({}).describe("How speech becomes text"),
  purposes: z
    .strictObject({
      improve: z
        .boolean()
        .default(false)
        .describe("Ask people whether their words and kept sound may be used to improve models of this server"),
      publish: z.boolean().default(false).describe("Ask people whether their words and kept sound may be published"),
    })
    .prefault({})
    .describe(
      "What people are asked besides being written down; each says yes or no for themselves, and no is the default",
    ),
  retention: z
    .strictObject({
      meetingDays: z
        .number()
        .int()
        .min(0)
        .max(36_500)
        .default(0)
        .describe(
          "For how many days a meeting that is over is kept here, with record, minutes, tasks and sound; a room's own m.room.retention may say " +
            "less. This cannot be undone. 0: for as long as its room wants",
        ),
    })
    .prefault({})
    .describe("How long meetings are kept"),
  dataset: DatasetOptions.prefault({}).describe(
    "Sets of speech, texts and results, of what people allowed to be used (see purposes)",
  ),
  recording: RecordingOptions.optional().describe(
    "Recording of calls by LiveKit's Egress, of those who allowed their sound to be kept; without it no call is recorded",
  ),
  minutes: MinutesOptions.prefault({}).describe("How text becomes minutes"),
  experiments: z
    .string()
    .min(1)
    .optional()
    .describe(
      "A file with sets of plugins and models for some rooms, and experiments that compare two of them; without it all meetings are served alike",
    ),
  export: ExportOptions.prefault({}).describe("Where tasks go besides the room"),
  push: z
    .strictObject({
      enabled: z
        .boolean()
        .default(true)
        .describe("Let people who came by a link or as a guest have their browser tell them that they are next"),
      networks: z
        .array(z.string().refine(isNetwork, "must be a network, such as 10.0.0.0/8"))
        .default([])
        .describe(
          "Networks that are not public and in which a push service of your own may be reached; by default none",
        ),
    })
    .prefault({})
    .describe("Notifications by browsers (Web Push); each person switches them on for themselves"),
  telegram: TelegramOptions.optional().describe(
    "A second door to the same meetings: a Mini App in Telegram, and a bot in its chats. Without this section there is none",
  ),
  log: z.enum(["debug", "info", "warn", "error"]).default("info").describe("How much is logged"),
});
export type Config = z.infer<typeof Config>;

/** Scenarios that come with the product. */
export const OWN_SCENARIOS = resolve(import.meta.dirname, "../../config/scenarios");
