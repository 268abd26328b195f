import { createHash, createPublicKey, verify } from "node:crypto";
import { isValid } from "@tma.js/init-data-node";
import { z } from "zod";
import { ProofRefused } from "../../admission/proof-refused.ts";

/** Telegram's keys for what it signs for third parties (Telegram Mini Apps, "Validating data for Third-Party Use"). */
export const TELEGRAM_KEYS = {
  production: "e7bf03a2fa4602af4580703d88dda5bb59f32ed8b02a56c187fe7d34caed242d",
  test: "40055058a4ee38156a06562e52eece92a771bcd8346a8c4615cb7376eddf72ec",
} as const;

/** Launch data are believed for so long; Telegram's clock and ours may differ as much. */
export const LAUNCH_LASTS_MS = 10 * 60_000;

/** Names by which a launch is checked: a key made of the bot's token, or Telegram's own signature. */
export type LaunchKey =
  | { readonly by: "token"; readonly token: string }
  /** `key`: 32 bytes of Ed25519, in hexadecimal numbers. */
  | { readonly by: "signature"; readonly botId: number; readonly key: string };

const User = z.object({
  id: z.number().int().positive(),
  first_name: z.string().max(400).default(""),
  last_name: z.string().max(400).default(""),
  username: z.string().max(100).optional(),
  language_code: z.string().max(20).optional(),
});

const Fields = z.object({
  auth_date: z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number),
  user: z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue("no JSON");
        return z.NEVER;
      }
    })
    .pipe(User),
  chat_instance: z.string().max(64).optional(),
  chat_type: z.string().max(20).optional(),
  start_param: z.string().max(512).optional(),
});

/** A Mini App's launch, as Telegram vouches for it. */
export type Launch = {
  readonly user: z.infer<typeof User>;
  /** Telegram's name of the chat from which it was opened; null where it was opened from none. */
  readonly instance: string | null;
  /** True where that is a group. */
  readonly fromGroup: boolean;
  readonly startParam: string | null;
  /** Names this very launch, whatever order its fields stand in. */
  readonly digest: string;
  /** Moment from which on nobody believes it any more. */
  readonly worthlessAt: number;
};

/** Reads a launch whose signature holds and that is of just now. Throws `ProofRefused`. `now`: the machine's clock. */
export function readLaunch(initData: string, key: LaunchKey, now: number): Launch {
  const given = new URLSearchParams(initData);
  if (new Set(given.keys()).size !== [...given.keys()].length) throw new ProofRefused("TELEGRAM_DOUBLED");
  if (!isSigned(initData, given, key)) throw new ProofRefused("TELEGRAM_FORGED");
  const fields = Fields.safeParse(Object.fromEntries(given));
  if (!fields.success) throw new ProofRefused("TELEGRAM_FORGED", { cause: fields.error });
  const { auth_date: seconds, user, chat_instance, chat_type, start_param } = fields.data;
  const at = seconds * 1000;
  if (Math.abs(now - at) > LAUNCH_LASTS_MS) throw new ProofRefused("TELEGRAM_OLD");
  return {
    user,
    instance: chat_instance ?? null,
    fromGroup: chat_type === "group" || chat_type === "supergroup",
    startParam: start_param ?? null,
    digest: createHash("sha256")
      .update(linesOf(given, ["hash", "signature"]))
      .digest("base64url"),
    worthlessAt: at + LAUNCH_LASTS_MS,
  };
}

/** A launch's fields but for these, as Telegram signs them. */
function linesOf(given: URLSearchParams, without: readonly string[]): string {
  return [...given]
    .filter(([name]) => !without.includes(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join("\n");
}

function isSigned(initData: string, given: URLSearchParams, key: LaunchKey): boolean {
  // The signature is one of the fields that the hash is over; the age is judged by our own clock.
  if (key.by === "token") return isValid(initData, key.token, { expiresIn: 0 });
  const signature = Buffer.from(given.get("signature") ?? "", "base64url");
  const said = `${key.botId}:WebAppData\n${linesOf(given, ["hash", "signature"])}`;
  return verify(null, Buffer.from(said), ed25519(key.key), signature);
}

function ed25519(hex: string) {
  const x = Buffer.from(hex, "hex").toString("base64url");
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
}
