import type { Request, Response, Router } from "express";
import { DEVICE_HEADER } from "../protocol/http-api.ts";
import { DeviceId, type Language } from "../protocol/identity.ts";
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
    : unknown;

/** An answer whose JSON was made elsewhere. */
export class MadeJson {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** A file to send, also in ranges; one that may be taken back is kept by no cache. */
export type SentFile = { readonly file: string };

type Answer<It extends Route> = It["answer"] extends Media ? SentFile : MadeAnswer<It> | MadeJson;

export type Handler<It extends Route> = (asked: ParsedRequest<It>) => Answer<It> | Promise<Answer<It>>;

/** A handler for each route of a table, and none besides. */
export type Handlers<Table extends RouteTable> = { readonly [Name in keyof Table]: Handler<Table[Name]> };

/** Puts each route of the table, below `API`, before its handler: who asks is found first, then path and body are parsed. */
export function bind<Table extends RouteTable>(table: Table, handlers: Handlers<Table>, visitor: FindVisitor): Router {
  const router = exactRouter();
  for (const [name, it] of Object.entries(table)) {
    const handler: (asked: never) => unknown = handlers[name as keyof Table];
    router[METHOD[it.method]](it.path.slice(API.length), async (request: Request, response: Response) => {
      // The handler of this very route: its types are made from the schemas that the request has just been parsed by.
      answer(response, it, await handler((await askedBy(request, it, visitor)) as never));
    });
  }
  return router;
}

const METHOD = { GET: "get", POST: "post", PUT: "put" } as const;

async function askedBy(request: Request, it: Route, visitor: FindVisitor): Promise<object> {
  const shown = it.access === "session" ? { asking: await visitor(request as Request<{ room: string }>) } : {};
  const asked = {
    params: paramsOf(request, it),
    body: bodyOf(request, it),
    reads: (languages: readonly Language[]) => request.acceptsLanguages(...languages) || null,
  };
  return { ...shown, ...asked, ...(it.access === "device" && { device: deviceOf(request) }) };
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
  if (!body || isMedia(body)) return undefined;
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
  if (isMedia(content)) sendFile(response, made as SentFile, content);
  else if (made instanceof MadeJson) response.type("json").send(Buffer.from(made.bytes));
  else response.json(made);
}

function sendFile(response: Response, { file }: SentFile, { media }: Media): void {
  response.sendFile(file, {
    cacheControl: false,
    dotfiles: "allow",
    headers: { "content-type": media, "cache-control": "no-store" },
  });
}
