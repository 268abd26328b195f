import { z } from "zod";
import { boundedText } from "../../protocol/bounded-text.ts";
import { timeLimit } from "../../time/time.ts";
import type { TelegramConnection } from "../options.ts";

const answered = <T extends z.ZodType>(result: T) => z.object({ ok: z.literal(true), result });

/** Each picture is there in several sizes, the smallest first (Bot API, `UserProfilePhotos`). */
const Photos = answered(
  z.object({ photos: z.array(z.array(z.object({ file_id: z.string().max(300), width: z.number() }))) }),
);
const File = answered(z.object({ file_path: z.string().regex(/^\w[\w/-]{0,200}\.\w{1,5}$/) }));

const WITHIN_MS = 5_000;
const MOST_BYTES = 64_000;
/** A face in the ring is as small. */
const ENOUGH_PIXELS = 96;

export type AskPictureAddress = (user: number) => Promise<URL | null>;

/**
 * Asks the Bot API where somebody's newest picture can be fetched, as small as a face in the ring; null: they show the
 * bot none. The address holds the bot's token and is nobody else's to know. The address in a launch (`photo_url`) is
 * not used: a page that fetched it would tell Telegram's servers who looks at whom.
 */
export function askPictureAddress({ token, apiUrl, testEnvironment }: TelegramConnection): AskPictureAddress {
  const test = testEnvironment ? "/test" : "";
  const ask = async <T extends z.ZodType>(method: string, request: object, schema: T): Promise<z.infer<T>> => {
    const response = await fetch(`${apiUrl}/bot${token}${test}/${method}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
      signal: timeLimit(WITHIN_MS),
      redirect: "error",
    });
    return schema.parse(JSON.parse(await boundedText(response.body, MOST_BYTES)));
  };
  return async (user) => {
    const { photos } = (await ask("getUserProfilePhotos", { user_id: user, limit: 1 }, Photos)).result;
    const sizes = photos[0] ?? [];
    const size = sizes.find(({ width }) => width >= ENOUGH_PIXELS) ?? sizes.at(-1);
    if (!size) return null;
    const { file_path: path } = (await ask("getFile", { file_id: size.file_id }, File)).result;
    return new URL(`${apiUrl}/file/bot${token}${test}/${path}`);
  };
}

export type ProfilePicturesDeps = {
  readonly addressOf: AskPictureAddress;
  /** The picture as a `data:` address; null: it is not one that can be shown. */
  readonly load: (address: URL) => Promise<string | null>;
  readonly now: () => number;
};

/** People change their pictures; Telegram does not say when. */
const KNOWN_FOR_MS = 6 * 3600_000;
const FAILED_FOR_MS = 60_000;
const MOST_KEPT = 500;

/** Pictures that people have in Telegram, fetched once for everybody who looks and kept in memory alone. */
export class ProfilePictures {
  readonly #deps: ProfilePicturesDeps;
  readonly #kept = new Map<number, { readonly picture: Promise<string | null>; until: number }>();

  constructor(deps: ProfilePicturesDeps) {
    this.#deps = deps;
  }

  of(user: number): Promise<string | null> {
    const { now } = this.#deps;
    const known = this.#kept.get(user);
    if (known && now() < known.until) return known.picture;
    const entry = {
      picture: this.#load(user, () => (entry.until = now() + FAILED_FOR_MS)),
      until: now() + KNOWN_FOR_MS,
    };
    this.#kept.delete(user);
    this.#kept.set(user, entry);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return entry.picture;
  }

  async #load(user: number, onFailed: () => void): Promise<string | null> {
    try {
      const address = await this.#deps.addressOf(user);
      return address === null ? null : await this.#deps.load(address);
    } catch {
      // The failure may name the address, in which the token stands; letters stand in the ring meanwhile.
      onFailed();
      return null;
    }
  }
}
