import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer as it crosses the wire. */
export type WireAnswer = {
  readonly status: number;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
};
export type WireRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** An event that came to the service in a transaction. */
export type Arrived = { readonly type: string; readonly [field: string]: unknown };

/** Somebody with a client: asks by the Client-Server API, below `/_matrix/client/v3`. */
export type Asker = {
  readonly id: string;
  readonly ask: (method: "GET" | "PUT" | "POST", path: string, body?: unknown) => Promise<JsonAnswer>;
};
export type JsonAnswer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

/** A homeserver to which the script is put, the real one or the simulated. */
export type HomeserverInQuestion = {
  readonly serverName: string;
  readonly asToken: string;
  /** The way for the bot, on which each exchange is noted. */
  readonly noted: Noted;
  readonly arrived: readonly Arrived[];
  readonly person: (name: string) => Promise<Asker>;
  /** From here on the bot may not write so often. */
  readonly limit: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type Exchange = {
  readonly asked: string;
  readonly sent: unknown;
  readonly status: number;
  readonly answer: unknown;
};
export type Noted = { readonly url: string; readonly exchanges: Exchange[]; close(): Promise<void> };

/** Listens on loopback, passes what is asked on, and notes it with its answer. */
export async function noting(answerTo: (request: WireRequest) => Promise<WireAnswer>): Promise<Noted> {
  const exchanges: Exchange[] = [];
  const server = createServer(async (request, response) => {
    const { method = "GET", url: path = "/" } = request;
    const body = await bodyOf(request);
    const headers = Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
    );
    const answer = await answerTo({ method, path, headers, body });
    exchanges.push({
      asked: `${method} ${decodeURIComponent(path.replace(/[?&](user_id|org\.matrix[^=]*)=[^&]*/g, ""))}`,
      sent: readable(body),
      status: answer.status,
      // The simulated one makes no smaller version of a picture.
      answer: path.includes("/thumbnail/") && answer.status === 200 ? "a picture" : inOneOrder(readable(answer.body)),
    });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  const url = await listening(server);
  return { url, exchanges, close: () => closed(server) };
}

export async function listening(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => void server.close(() => done()));
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** JSON where it is some; otherwise how long it is. */
function readable(bytes: Buffer): unknown {
  if (bytes.length === 0) return null;
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return `${bytes.length} bytes`;
  }
}

/** All state of a room is listed in whatever order. */
export function inOneOrder(answer: unknown): unknown {
  const placeOf = ({ type, state_key: key }: Arrived) => `${type} ${String(key)}`;
  return Array.isArray(answer)
    ? answer.toSorted((one: Arrived, other: Arrived) => (placeOf(one) < placeOf(other) ? -1 : 1))
    : answer;
}
