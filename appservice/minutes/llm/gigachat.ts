import { APIConnectionError, APIError } from "openai";
import { z } from "zod";
import { randomUuid } from "../../time/chance.ts";
import { timeLimit, wallClock } from "../../time/time.ts";

/**
 * GigaChat's exchange of the authorization key for a token that lives for half an hour (developers.sber.ru, "Получить
 * токен доступа"): `POST /api/v2/oauth` with `Authorization: Basic KEY`, a fresh `RqUID`, and the scope as a form. The
 * chat itself is as OpenAI's.
 */
export type GigachatTokens = {
  /** Returns a token that still lives; several requests at once share one exchange. */
  readonly get: () => Promise<string>;
  readonly forget: () => void;
};

type Deps = {
  readonly tokenUrl: string;
  readonly scope: string;
  readonly key: string;
  readonly fetch: typeof fetch;
  readonly now?: () => number;
};

/** Answer of the exchange; `expires_at` is in milliseconds since the epoch. */
const Token = z.object({ access_token: z.string().min(1), expires_at: z.number() });

/** Last part of a token's life in which it is not used: it would end under way. */
const SPARE_MS = 60_000;
const EXCHANGE_MS = 20_000;

export function gigachatTokens({ tokenUrl, scope, key, fetch, now = wallClock }: Deps): GigachatTokens {
  let token: Promise<z.infer<typeof Token>> | null = null;

  async function exchange(): Promise<z.infer<typeof Token>> {
    const response = await fetch(tokenUrl, {
      method: "POST",
      headers: {
        authorization: `Basic ${key}`,
        rquid: randomUuid(),
        accept: "application/json",
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams({ scope }).toString(),
      signal: timeLimit(EXCHANGE_MS),
    }).catch((error: unknown) => {
      throw new APIConnectionError({
        message: "the token cannot be fetched",
        cause: error instanceof Error ? error : undefined,
      });
    });
    if (!response.ok) {
      const why = `the exchange of the authorization key for a token was refused (scope ${scope})`;
      throw APIError.generate(response.status, undefined, why, response.headers);
    }
    return Token.parse(await response.json());
  }

  async function get(): Promise<string> {
    const known = await token?.catch(() => null);
    if (known && known.expires_at - SPARE_MS > now()) return known.access_token;
    if (known !== undefined) token = null;
    token ??= exchange();
    const asked = token;
    try {
      return (await asked).access_token;
    } catch (error) {
      if (token === asked) token = null;
      throw error;
    }
  }

  return { get, forget: () => (token = null) };
}
