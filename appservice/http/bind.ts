import { pipeline, type Readable } from "node:stream";
import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import { DEVICE_HEADER } from "../protocol/http-api.ts";
import { DeviceId, isGuest, type Language } from "../protocol/identity.ts";
import {
  type Access,
  API,
  isMedia,
  type MadeAnswer,
  type Media,
  type ParsedBody,
  type ParsedParams,
  type Route,
  type RouteTable,
} from "../protocol/routes/route.ts";
import { ApiFailure } from "./api-failure.ts";
import { exactRouter } from "./exact.ts";
import type { FindVisitor, Visitor } from "./visitor.ts";

/** A request as its route's schemas have parsed it. */
export type ParsedRequest<It extends Route> = {
  readonly params: ParsedParams<It>;
  readonly body: ParsedBody<It>;
  /** Picks one of these by `Accept-Language`; null: none of them. */
  readonly reads: (languages: readonly Language[]) => string | null;
} & ShownBy<It["access"]>;

type ShownBy<By extends Access> = By extends "session"
  ? { readonly asking: Visitor }
  : By extends "device"
    ? { readonly device: DeviceId }
    : By extends "livekit"
      ? { readonly authorization: string | undefined }
      : unknown;

/** An answer whose JSON was made elsewhere. */
export class MadeJson {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** An answer with another status than 200. */
export class WithStatus<Json> {
  readonly status: number;
  readonly json: Json;

  constructor(status: number, json: Json) {
    this.status = status;
    this.json = json;
  }
}

/** A file to send, also in ranges; one that may be taken back is kept by no cache. */
export type SentFile = { readonly file: string };
/** The same of what lies in no file as it is. */
export type SentBytes = { readonly bytes: Uint8Array };
/** A file that is made while it is sent, for one reader, once; what breaks off is no whole file. */
export type SentStream = { readonly stream: Readable; readonly name: string };
/** A text of the given media type, with what more there is to say of its form. */
export type SentText = { readonly text: string; readonly type: string };

type Answer<It extends Route> = It["answer"] extends Media
  ? SentFile | SentBytes | SentText | SentStream
  : MadeAnswer<It> | MadeJson | WithStatus<MadeAnswer<It>>;

export type Handler<It extends Route> = (asked: ParsedRequest<It>) => Answer<It> | Promise<Answer<It>>;

/** A handler for each route of a table, and none besides. */
export type Handlers<Table extends RouteTable> = { readonly [Name in keyof Table]: Handler<Table[Name]> };

/** Most of a body that is no JSON. */
const TEXT_LIMIT = "256kb";

/** For tables in which no route asks for a session. */
export const NO_VISITOR: FindVisitor = () => Promise.reject(new ApiFailure("UNKNOWN_TOKEN"));

/**
 * Puts each route of the table, all of which are below the prefix, before its handler: who asks is found first, then
 * path and body are parsed. JSON is to be read before; the proofs of a homeserver and of LiveKit are looked at by
 * others.
 */
export function bind<Table extends RouteTable>(
  table: Table,
  handlers: Handlers<Table>,
  visitor: FindVisitor,
  prefix: string = API,
): Router {
  const router = exactRouter();
  for (const [name, it] of Object.entries(table)) {
    const handler: (asked: never) => unknown = handlers[name as keyof Table];
    const path = it.path.slice(prefix.length);
    router[METHOD[it.method]](path, readingText(it), async (request: Request, response: Response) => {
      // The handler of this very route: its types are made from the schemas that the request has just been parsed by.
      answer(response, it, await handler((await askedBy(request, it, visitor)) as never));
    });
  }
  return router;
}

/**
 * A body that is no JSON is read as text, of whatever type it says to be; a signature over it is over its very letters.
 */
function readingText({ body }: Route): RequestHandler[] {
  return body && isMedia(body) ? [express.text({ type: () => true, limit: TEXT_LIMIT })] : [];
}

/** Names that express gives to methods. */
export const METHOD = { GET: "get", POST: "post", PUT: "put" } as const;

async function askedBy(request: Request, it: Route, visitor: FindVisitor): Promise<object> {
  const shown = it.access === "session" ? { asking: await visitorOf(request, it, visitor) } : {};
  const asked = {
    params: paramsOf(request, it),
    body: bodyOf(request, it),
    reads: (languages: readonly Language[]) => request.acceptsLanguages(...languages) || null,
  };
  return {
    ...shown,
    ...asked,
    ...(it.access === "device" && { device: deviceOf(request) }),
    ...(it.access === "livekit" && { authorization: request.headers.authorization }),
  };
}

async function visitorOf(request: Request, { guests }: Route, find: FindVisitor): Promise<Visitor> {
  const asking = await find(request as Request<{ room: string }>);
  if (isGuest(asking.actor.id) && !guests) throw new ApiFailure("NOT_FOR_GUESTS");
  return asking;
}

function paramsOf({ params: given }: Request, { params = {} }: Route): object {
  return Object.fromEntries(
    Object.entries(params).map(([name, { schema, otherwise, sentence }]) => {
      const parsed = schema.safeParse(given[name]);
      if (!parsed.success) throw new ApiFailure(otherwise, { sentence });
      return [name, parsed.data];
    }),
  );
}

function bodyOf({ body: given }: Request, { body }: Route): unknown {
  if (!body) return undefined;
  if (isMedia(body)) return typeof given === "string" ? given : "";
  const parsed = body.schema.safeParse(given);
  if (!parsed.success) throw new ApiFailure("BAD_BODY", { sentence: body.otherwise });
  return parsed.data;
}

function deviceOf({ headers }: Request): DeviceId {
  const device = DeviceId.safeParse(headers[DEVICE_HEADER]);
  if (!device.success) throw new ApiFailure("NO_DEVICE");
  return device.data;
}

function answer(response: Response, { answer: content }: Route, made: unknown): void {
  if (isMedia(content)) sendMedia(response, made as SentFile | SentBytes | SentText | SentStream, content);
  else if (made instanceof WithStatus) response.status(made.status).json(made.json);
  else if (made instanceof MadeJson) response.type("json").send(Buffer.from(made.bytes));
  else response.json(made);
}

function sendMedia(response: Response, sent: SentFile | SentBytes | SentText | SentStream, { media }: Media): void {
  if ("bytes" in sent) return sendBytes(response, sent, media);
  if ("stream" in sent) return sendStream(response, sent, media);
  if ("text" in sent) return void response.type(sent.type).send(sent.text);
  response.sendFile(sent.file, {
    cacheControl: false,
    dotfiles: "allow",
    headers: { "content-type": media, "cache-control": "no-store" },
  });
}

/** Sends what a player asks for: one range of it, or all. */
function sendBytes(response: Response, { bytes }: SentBytes, media: string): void {
  response.type(media).set({ "cache-control": "no-store", "accept-ranges": "bytes" });
  const ranges = response.req.range(bytes.length, { combine: true });
  if (ranges === -1) return void response.status(416).set("content-range", `bytes */${bytes.length}`).end();
  const [range, another] = Array.isArray(ranges) && ranges.type === "bytes" ? ranges : [];
  if (!range || another) return void response.send(Buffer.from(bytes));
  const { start, end } = range;
  response.status(206).set("content-range", `bytes ${start}-${end}/${bytes.length}`);
  response.send(Buffer.from(bytes.subarray(start, end + 1)));
}

function sendStream(response: Response, { stream, name }: SentStream, media: string): void {
  response.setHeader("cache-control", "no-store");
  response.attachment(name).type(media);
  // Closes the connection where it breaks off: a client then knows that it has not all.
  pipeline(stream, response, () => {});
}
