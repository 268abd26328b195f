import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { User } from "grammy/types";
import { type GroupWish, type Limit, TelegramGroup } from "../telegram/group.ts";
import { answer, type World } from "../telegram/methods.ts";
import { TelegramPeople } from "../telegram/people.ts";
import { isMethod, type Method, REQUESTS } from "../telegram/requests.ts";
import { Updates } from "../telegram/updates.ts";

/** A request of the bot's with its answer, for whoever judges both. */
export type Exchange = { readonly method: Method; readonly request: unknown; readonly answer: object };

/** Limits of Telegram's: twenty sendings and edits a minute in a group. */
const LIMIT: Limit = { count: 20, windowMs: 60_000 };

/**
 * A stand-in for the Bot API: no server of Telegram's can be run here. It knows the methods that the bot uses, and says
 * no in Telegram's words where Telegram would. Its people speak, press and leave by `people`.
 */
export class TelegramStandIn {
  readonly token = "7000000000:AAHfiqksKZ8WmR2zSjiQ7_v4TMAKdiHm9T0";
  readonly bot: User = { id: 7_000_000_000, is_bot: true, first_name: "Mindminder", username: "MindminderTestBot" };
  readonly exchanges: Exchange[] = [];
  readonly people: TelegramPeople;
  readonly #world: World;
  readonly #limit: Limit;
  readonly #server = createServer((request, response) => void this.#take(request, response));
  #away = false;
  #swallow: { readonly method: Method; readonly done: () => void } | null = null;
  #nextChat = 1;

  constructor(limit: Limit = LIMIT) {
    this.#limit = limit;
    const updates = new Updates();
    this.#world = {
      bot: this.bot,
      people: new Map(),
      pictures: new Map(),
      chats: [],
      updates,
      answered: new Map(),
      now: Date.now,
    };
    this.people = new TelegramPeople(this.#world, limit);
  }

  async start(): Promise<this> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return this;
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** A group in which these people are; the first of them made it. */
  group(wish: GroupWish, members: readonly User[]): TelegramGroup {
    const number = this.#nextChat++;
    const id = wish.supergroup === false ? -5_000_000 - number : -1_001_000_000_000 - number;
    const group = new TelegramGroup(id, wish, { bot: this.bot, limit: this.#limit });
    for (const [place, { id: who }] of members.entries()) group.standings.set(who, place === 0 ? "creator" : "member");
    this.#world.chats.push(group);
    this.people.addedBot(group, members[0] ?? this.bot);
    return group;
  }

  /** Gives somebody a picture, of which bots may see it. */
  showPicture({ id }: User, picture: Uint8Array): void {
    this.#world.pictures.set(id, picture);
  }

  /** Takes Telegram away, or brings it back: connections are cut without an answer. */
  setAway(away: boolean): void {
    this.#away = away;
    if (away) this.#server.closeAllConnections();
  }

  /** Does what is asked next by this method, and cuts the connection in place of an answer. */
  swallowNext(method: Method): Promise<void> {
    return new Promise((done) => {
      this.#swallow = { method, done };
    });
  }

  async stop(): Promise<void> {
    this.#world.updates.stop();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request).catch(() => null);
    if (this.#away || body === null) return void response.destroy();
    const [, holder, user] = /^\/file\/bot([^/]+)\/photos\/face(\d+)_160\.jpg$/.exec(request.url ?? "") ?? [];
    const picture = holder === this.token ? this.#world.pictures.get(Number(user)) : undefined;
    if (picture) return void response.end(picture);
    const [, token, , name = ""] = /^\/bot([^/]+)(\/test)?\/(\w+)$/.exec(request.url ?? "") ?? [];
    if (token !== this.token) return say(response, { ok: false, error_code: 401, description: "Unauthorized" });
    const method = methodNamed(name);
    if (method === null)
      return say(response, { ok: false, error_code: 404, description: "Not Found: method not found" });
    const parsed = REQUESTS[method].safeParse(body);
    if (!parsed.success) {
      const description = `Bad Request: the stand-in cannot read this: ${parsed.error.message}`;
      return say(response, { ok: false, error_code: 400, description });
    }
    const said = await answer(method, parsed.data, this.#world);
    this.exchanges.push({ method, request: parsed.data, answer: said });
    if (this.#swallow?.method === method) {
      this.#swallow.done();
      this.#swallow = null;
      return void response.destroy();
    }
    if (this.#away) return void response.destroy();
    say(response, said);
  }
}

/** Telegram takes names of methods in any case. */
function methodNamed(name: string): Method | null {
  const found = Object.keys(REQUESTS).find((each) => each.toLowerCase() === name.toLowerCase());
  return found !== undefined && isMethod(found) ? found : null;
}

function say(response: ServerResponse, said: object): void {
  const status = "error_code" in said && typeof said.error_code === "number" ? said.error_code : 200;
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(said));
}

/** Fields of a request, sent as JSON or as a form. */
async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const type = request.headers["content-type"] ?? "";
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const bytes = Buffer.concat(parts);
  if (bytes.length === 0) return {};
  if (type.startsWith("application/json")) return JSON.parse(bytes.toString()) as Record<string, unknown>;
  const form = await new Response(bytes, { headers: { "Content-Type": type } }).formData();
  const fields = Object.fromEntries(form.entries());
  // A file stands in a part of its own, and its name where it belongs.
  const attached = Object.entries(fields).filter(
    ([, value]) => typeof value === "string" && value.startsWith("attach://"),
  );
  for (const [key, value] of attached) {
    const part = String(value).slice("attach://".length);
    fields[key] = fields[part] ?? "";
    delete fields[part];
  }
  return fields;
}

export function startTelegram(limit?: Limit): Promise<TelegramStandIn> {
  return new TelegramStandIn(limit).start();
}
