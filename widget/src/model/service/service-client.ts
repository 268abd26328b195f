import { DEVICE_HEADER, Session } from "@mindminder/protocol/http-api.ts";
import type { SessionRequest } from "@mindminder/protocol/session-proof.ts";
import { ROUTES_AT_ONCE } from "@mindminder/protocol/routes/at-once.ts";
import { SESSION_ROUTES } from "@mindminder/protocol/routes/session.ts";
import {
  API,
  type Given,
  pathWith,
  type ReadAnswer,
  type Route,
  type RouteTable,
} from "@mindminder/protocol/routes/route.ts";
import { ServiceFailure } from "./failure.ts";
import { send } from "./send.ts";
import type { ServerClock } from "./server-clock.ts";
import type { RoomId } from "@mindminder/protocol/identity.ts";

type Options = {
  readonly base: URL;
  readonly roomId: RoomId;
  /** Chance letters of this tab, which its sessions are bound to. */
  readonly device: string;
  readonly clock: ServerClock;
  /** Opens a session by any proof of who we are. `refused`: token of one that the service does not take any more. */
  readonly open: (send: (proof: SessionRequest) => Promise<Session>, refused: string | null) => Promise<Session>;
  /** Says in the room, by the person's own client, that this browser is theirs. */
  readonly confirm?: ((code: string) => void) | undefined;
  readonly language: () => string;
};

/** The page lies in `…/widget/`, the API beside it in `…/api/v1/`. */
export function apiBeside(page: string): URL {
  return new URL(`..${API}/`, new URL(".", page.split(/[?#]/)[0]));
}

/**
 * One method for each route of the table: it takes the body, or else the values of the path, and answers as the route
 * says.
 */
export type Methods<Table extends RouteTable> = {
  readonly [Name in keyof Table]: (...given: Given<Table[Name]>) => Promise<ReadAnswer<Table[Name]>>;
};

/** The service's HTTP API, as far as one room is concerned. A session that ran out is renewed once, unseen. */
export type ServiceClient = Methods<typeof ROUTES_AT_ONCE> & {
  readonly session: () => Promise<Session>;
  /** Methods for routes that are fetched when they are wanted. */
  readonly methods: <Table extends RouteTable>(table: Table) => Methods<Table>;
};

export function serviceClient(options: Options): ServiceClient {
  const connection = new Connection(options);
  const methods = <Table extends RouteTable>(table: Table) => {
    const all = Object.entries(table).map(([name, it]) => [name, (given?: Said) => connection.inRoom(it, given)]);
    return Object.fromEntries(all) as Methods<Table>;
  };
  return { ...methods(ROUTES_AT_ONCE), methods, session: () => connection.session() };
}

/** A body, or values of the path, as the route's types have checked it. */
type Said = Readonly<Record<string, unknown>>;

class Connection {
  readonly #options: Options;
  #session: Session | null = null;
  #opening: Promise<Session> | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  session(refused: string | null = null): Promise<Session> {
    if (this.#session) return Promise.resolve(this.#session);
    this.#opening ??= this.#open(refused).finally(() => (this.#opening = null));
    return this.#opening;
  }

  async inRoom(it: Route, given: Said = {}): Promise<unknown> {
    const { token } = await this.session();
    try {
      return await this.#send(it, given, token);
    } catch (failure) {
      if (!(failure instanceof ServiceFailure) || failure.kind !== "unproven") throw failure;
      if (this.#session?.token === token) this.#session = null;
      return this.#send(it, given, (await this.session(token)).token);
    }
  }

  async #open(refused: string | null): Promise<Session> {
    const { open, confirm } = this.#options;
    this.#session = await open(
      async (proof) => Session.parse(await this.#send(SESSION_ROUTES.openSession, proof)),
      refused,
    );
    if (this.#session.confirm !== undefined) confirm?.(this.#session.confirm);
    return this.#session;
  }

  async #send(it: Route, given: Said, token?: string): Promise<unknown> {
    const { roomId, base, clock, language, device } = this.#options;
    const path = pathWith(it.path, { ...(it.body ? {} : given), room: roomId });
    const headers: Record<string, string> = { "Accept-Language": language(), [DEVICE_HEADER]: device };
    if (token) headers["Authorization"] = `Bearer ${token}`;
    const sentAt = clock.local();
    const answer = await send(it, { base, path, headers, body: given });
    const { serverTime } = answer as { readonly serverTime?: number };
    if (serverTime !== undefined) clock.observe(serverTime, sentAt);
    return answer;
  }
}
