import { resolve } from "node:path";
import { z } from "zod";
import type { LoadedConfig } from "../../configuration/load-config.ts";
import { botIdOf } from "../../configuration/registration.ts";
import { KeysUnreadable } from "../../encryption/at-rest.ts";
import { keyIn } from "../../encryption/identity-secrets.ts";
import { type KeptIdentity, keptIdentity } from "../../encryption/kept-identity.ts";
import { ask } from "../ask.ts";
import { type Finding, inOrder, notLookedAt, problem, reasonOf, warning } from "../finding.ts";
import type { DoctorLook } from "../look.ts";
import { encryptionSecret } from "../../configuration/encryption-secret.ts";

const Keys = z.object({
  device_keys: z.record(z.string(), z.record(z.string(), z.looseObject({ signatures: z.unknown() }))).default({}),
  master_keys: z.record(z.string(), z.unknown()).default({}),
  self_signing_keys: z.record(z.string(), z.unknown()).default({}),
});

const RESTART = "Restart the service: each start makes a device and signs it.";

export const encryption: DoctorLook = { title: "Encrypted rooms", look: (patient) => encryptionFindings(patient) };

/** Looks at the key file, at what the database keeps, and at what the homeserver shows of the bot's devices. */
export async function encryptionFindings(loaded: LoadedConfig): Promise<Finding[]> {
  const { config, registration, folder } = loaded;
  const secret = encryptionSecret(loaded);
  if (secret === null)
    return [
      notLookedAt(
        "The bot stays out of encrypted rooms: no key file is named.",
        "“npx --no mindminder crypto key” makes one (docs/admin.md).",
      ),
    ];
  if (!registration.devices || registration.bot === registration.sender_localpart)
    return [
      problem(
        "By its registration the bot may not have devices, so encrypted rooms stay closed to it.",
        "Add “io.element.msc4190: true” (and “org.mindminder.bot” with another sender_localpart, where it lacks them) to the registration, give it to the homeserver and restart both.",
      ),
    ];
  try {
    const kept = keptIdentity(resolve(folder, config.database), secret);
    if (!kept) return [inOrder("The key file is there; the bot's identity is made at the first start.")];
    return [keptFinding(kept), ...(await shownFindings(loaded, kept))];
  } catch (error) {
    if (!(error instanceof KeysUnreadable)) throw error;
    return [problem("The key file is not the one that the keys in the database were written with.", error.remedy)];
  }
}

function keptFinding({ fingerprint, sleepers, roomKeys }: KeptIdentity): Finding {
  return inOrder(
    `The key file opens the bot's keys: ${sleepers} sleeping devices, ${roomKeys} room keys. Its identity: ${inFours(fingerprint)}. “npx --no mindminder crypto recovery” keeps a copy of that for the day on which the database is lost.`,
  );
}

/** Tells whether others see the kept identity, and devices that it has signed. */
async function shownFindings({ config, registration }: LoadedConfig, kept: KeptIdentity): Promise<Finding[]> {
  const bot = botIdOf(registration, config.homeserver.serverName);
  const query = `${config.homeserver.url}/_matrix/client/v3/keys/query?user_id=${encodeURIComponent(bot)}`;
  const answer = await ask(query, {
    method: "POST",
    headers: { authorization: `Bearer ${registration.as_token}`, "content-type": "application/json" },
    body: JSON.stringify({ device_keys: { [bot]: [] } }),
  }).catch((error: unknown) => reasonOf(error));
  if (typeof answer === "string" || !answer.ok)
    return [
      problem(
        `The homeserver does not say which devices the bot has (${typeof answer === "string" ? answer : answer.status}).`,
        "Look into the homeserver's log.",
      ),
    ];
  const shown = Keys.parse(await answer.json());
  const master = shown.master_keys[bot];
  if (master === undefined || keyIn(master) !== kept.fingerprint)
    return [warning("The homeserver shows another identity of the bot's than the one kept here.", RESTART)];
  const signer = keyIn(shown.self_signing_keys[bot]);
  const devices = Object.values(shown.device_keys[bot] ?? {});
  const signed = devices.filter(({ signatures }) => JSON.stringify(signatures).includes(`ed25519:${signer}`));
  if (devices.length === 0) return [warning("The bot has no device at the homeserver.", RESTART)];
  return [
    signed.length === devices.length
      ? inOrder(`The homeserver shows this identity, and ${devices.length} devices signed by it.`)
      : warning(
          `${devices.length - signed.length} of the bot's ${devices.length} devices are not signed by it.`,
          RESTART,
        ),
  ];
}

/** A long key in groups, as people compare it. */
function inFours(key: string): string {
  return (key.match(/.{1,4}/g) ?? []).join(" ");
}
