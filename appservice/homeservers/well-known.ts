import { z } from "zod";
import type { Answer, GuardedGet, Place } from "./guarded-get.ts";
import { parseServerName, type ServerName } from "./server-name.ts";

export const WELL_KNOWN_PATH = "/.well-known/matrix/server";

const Content = z.object({ "m.server": z.string() });
const MOST_REDIRECTS = 3;
/** Hosts of which is remembered where they lead; the oldest goes first. */
const MOST_HOSTS = 1_000;
const HOUR_MS = 3600_000;
/** Times of the Server-Server API, "Server discovery": kept for a day unless the headers say otherwise, two at most. */
const KEPT_MS = { unsaid: 24 * HOUR_MS, most: 48 * HOUR_MS, failed: 5 * 60_000 };

type Kept = { readonly leadsTo: ServerName | null; readonly until: number };

type Deps = { readonly get: GuardedGet; readonly now: () => number };

/** Finds where `https://HOST/.well-known/matrix/server` leads, and remembers it as long as the answer's headers say. */
export class WellKnown {
  readonly #deps: Deps;
  readonly #kept = new Map<string, Kept>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Name that the host delegates to; null: none, or there was no answer. */
  async of(host: string, signal: AbortSignal): Promise<ServerName | null> {
    const { now } = this.#deps;
    const known = this.#kept.get(host);
    if (known && known.until > now()) return known.leadsTo;
    const kept = await this.#ask(host, signal).catch((): Kept => {
      signal.throwIfAborted();
      return { leadsTo: null, until: now() + KEPT_MS.failed };
    });
    this.#kept.delete(host);
    this.#kept.set(host, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_HOSTS && oldest !== undefined) this.#kept.delete(oldest);
    return kept.leadsTo;
  }

  async #ask(host: string, signal: AbortSignal): Promise<Kept> {
    const answer = await this.#follow(new URL(WELL_KNOWN_PATH, `https://${host}`), signal);
    const leadsTo = answer.status === 200 ? delegated(answer.text) : null;
    const ms = leadsTo ? freshMs(answer.headers, this.#deps.now()) : KEPT_MS.failed;
    return { leadsTo, until: this.#deps.now() + ms };
  }

  async #follow(url: URL, signal: AbortSignal, redirects = 0): Promise<Answer> {
    const answer = await this.#deps.get(placeOf(url), url.pathname + url.search, signal);
    const { location } = answer.headers;
    if (answer.status < 300 || answer.status > 399 || location === undefined) return answer;
    const next = new URL(location, url);
    if (redirects === MOST_REDIRECTS) throw new Error("too many redirects");
    if (next.protocol !== "https:") throw new Error("a redirect away from https");
    return this.#follow(next, signal, redirects + 1);
  }
}

function placeOf({ hostname, port, host }: URL): Place {
  const name = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
  return { host: name, port: port === "" ? 443 : Number(port), called: host, certifiedFor: name };
}

function delegated(text: string): ServerName | null {
  try {
    const content = Content.safeParse(JSON.parse(text));
    return content.success ? parseServerName(content.data["m.server"]) : null;
  } catch {
    return null;
  }
}

/** Milliseconds for which an answer holds (RFC 9111, `Cache-Control` before `Expires`). */
function freshMs(headers: Answer["headers"], now: number): number {
  const control = (headers["cache-control"] ?? "").toLowerCase();
  if (/\bno-(?:store|cache)\b/.test(control)) return 0;
  const age = /\bmax-age=([0-9]{1,10})\b/.exec(control)?.[1];
  if (age !== undefined) return Math.min(Number(age) * 1000, KEPT_MS.most);
  const expires = Date.parse(headers.expires ?? "");
  if (Number.isNaN(expires)) return headers.expires === undefined ? KEPT_MS.unsaid : 0;
  return Math.min(Math.max(expires - now, 0), KEPT_MS.most);
}
