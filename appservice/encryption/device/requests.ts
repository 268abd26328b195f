import { z } from "zod";
import { sleep, timeLimit } from "../../time/time.ts";

const TIMEOUT_MS = 40_000;
const MOST_WAITS = 5;
const LONGEST_WAIT_MS = 10_000;

const Refusal = z
  .object({ errcode: z.string(), retry_after_ms: z.number().optional().catch(undefined) })
  .catch({ errcode: "M_UNKNOWN", retry_after_ms: undefined });

/** The homeserver refused a request of the device. */
export class RequestRefused extends Error {
  readonly status: number;
  /** Matrix's own, such as M_FORBIDDEN. */
  readonly code: string;

  constructor(what: string, status: number, errcode: string) {
    super(`${what}: ${status} ${errcode}`);
    this.status = status;
    this.code = errcode;
  }
}

export type Account = { readonly url: string; readonly asToken: string; readonly userId: string };
type Query = Readonly<Record<string, string | number | undefined>>;
type Method = "GET" | "PUT" | "POST" | "DELETE";

/**
 * Requests as one device of the bot's: an appservice names its user and the device in the query (Application Service
 * API, "Identity assertion"; MSC4326). Limits (429) are waited out.
 */
export class DeviceRequests {
  readonly #account: Account;
  readonly device: string | null;

  constructor(account: Account, device: string | null) {
    this.#account = account;
    this.device = device;
  }

  /** Asks; the answer as text, for the machine reads it by itself. Throws `RequestRefused`. */
  async ask(method: Method, path: string, body?: string, query: Query = {}): Promise<string> {
    const address = this.#address(path, query);
    for (let tries = 1; ; tries++) {
      const response = await fetch(address, {
        method,
        headers: { authorization: `Bearer ${this.#account.asToken}`, "content-type": "application/json" },
        body: body ?? null,
        signal: timeLimit(TIMEOUT_MS),
      });
      const answer = await response.text();
      if (response.ok) return answer;
      const { errcode, retry_after_ms: after = 1_000 } = Refusal.parse(jsonOf(answer));
      if (response.status !== 429 || tries >= MOST_WAITS)
        throw new RequestRefused(`${method} ${path}`, response.status, errcode);
      await sleep(Math.min(after, LONGEST_WAIT_MS));
    }
  }

  #address(path: string, query: Query): URL {
    const address = new URL(`/_matrix/client/v3${path}`, this.#account.url);
    const named = { user_id: this.#account.userId, device_id: this.device ?? undefined, ...query };
    // A device's id may hold "/" and "+".
    for (const [key, value] of Object.entries(named))
      if (value !== undefined) address.searchParams.set(key, String(value));
    return address;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Makes a device of the bot's known, without a login (MSC4190). */
export async function putDevice(account: Account, device: string, name: string): Promise<void> {
  await new DeviceRequests(account, null).ask(
    "PUT",
    `/devices/${encodeURIComponent(device)}`,
    JSON.stringify({ display_name: name }),
  );
}

export async function dropDevice(account: Account, device: string): Promise<void> {
  await new DeviceRequests(account, null).ask("DELETE", `/devices/${encodeURIComponent(device)}`, "{}");
}

const Devices = z.object({ devices: z.array(z.object({ device_id: z.string() })) });

export async function devicesOf(account: Account): Promise<string[]> {
  const { devices } = Devices.parse(JSON.parse(await new DeviceRequests(account, null).ask("GET", "/devices")));
  return devices.map(({ device_id: id }) => id);
}
