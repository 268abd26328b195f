import { z } from "zod";
import { KeysBusy } from "./exchange.ts";

const Coded = z.object({ code: z.string() });
/**
 * Codes by which a homeserver refuses a device that does not exist yet: it does not let this service make any
 * (MSC4190).
 */
const NO_DEVICES: ReadonlySet<string> = new Set(["M_NOT_FOUND", "M_UNRECOGNIZED", "M_FORBIDDEN"]);

const OLD_REGISTRATION =
  "Encrypted rooms stay closed to the bot: the homeserver does not let it have devices. Add “io.element.msc4190: true” to the registration, give it to the homeserver and restart both (docs/admin.md). Open rooms go on as before.";
const BOT_IS_SENDER =
  "Encrypted rooms stay closed to the bot: it is the registration's sender, whom the homeserver gives no devices. Add “org.mindminder.bot” and another sender_localpart to the registration, give it to the homeserver and restart both (docs/admin.md). Open rooms go on as before.";
const OTHER_KEY =
  "Encrypted rooms stay closed to the bot: its keys in the database were written with another key file. Put that one back (encryption.keyFile), or begin anew with “npx --no mindminder crypto reset”. Open rooms go on as before.";

type Registered = { readonly bot: string; readonly sender_localpart: string; readonly devices: boolean };

/**
 * Sentence for the log where encrypted rooms cannot be read before an admin mends something; null where it may pass, or
 * where there is neither an error nor anything amiss in the registration.
 */
export function whyHopeless(error: unknown, { bot, sender_localpart: sender, devices }: Registered): string | null {
  const code = error instanceof KeysBusy ? Coded.safeParse(error.cause).data?.code : undefined;
  if (code === "KEYS_UNREADABLE") return OTHER_KEY;
  if (bot === sender) return BOT_IS_SENDER;
  if (!devices || (code !== undefined && NO_DEVICES.has(code))) return OLD_REGISTRATION;
  return null;
}
