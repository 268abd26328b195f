import type { z } from "zod";
import type { ApiErrorCode } from "../api-errors.ts";
import type { Right } from "../rights.ts";

/** Prefix of everything that a person's widget asks for. */
export const API = "/api/v1";

/**
 * The proof that a request brings. `none`: nothing is asked for; a proxy in front decides who reaches it. `device`:
 * chance letters of the browser's tab in `X-Mindminder-Device`, and in the body a proof of who somebody is. `session`:
 * the token that such a proof was exchanged for, for the room in the path, shown by the tab it was given to.
 * `homeserver`: the token of the registration (Matrix Application Service API). `livekit`: LiveKit's signature over the
 * body (LiveKit webhooks).
 */
export type Access = "none" | "device" | "session" | "homeserver" | "livekit";

/** The measure in which a request is counted besides that of its access, see `service.limits` in the configuration. */
export type RouteMeasure = "files" | "translations";

/** A body that is no JSON. */
export type Media = { readonly media: string };

/**
 * A value in the path, the error for one that is none, and its sentence where it has a better one than the error's own.
 */
export type PathParam = { readonly schema: z.ZodType; readonly otherwise: ApiErrorCode; readonly sentence?: string };

/** A JSON body, and the sentence for one that is none. */
export type Body = { readonly schema: z.ZodType; readonly otherwise: string };

type NamesIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** The room is the session's; its schema stands with the session. */
type OwnNames<Path extends string> = Exclude<NamesIn<Path>, "room">;

type ParamsOf<Path extends string> = { readonly [Name in OwnNames<Path>]: PathParam };

/** Request that can be made of the service. */
export type Route = {
  readonly method: "GET" | "POST" | "PUT";
  /** Path with `:name` for each value in it; `:room` belongs to the session. */
  readonly path: `/${string}`;
  readonly access: Access;
  readonly measure?: RouteMeasure;
  readonly params?: { readonly [name: string]: PathParam };
  readonly body?: Body | Media;
  readonly answer: z.ZodType | Media;
  /** Statuses that this answer can have; left out: 200 alone. */
  readonly statuses?: readonly number[];
  /** True where guests may ask as well: it concerns the meeting that they sit in, and nothing else of the room. */
  readonly guests?: true;
  /** The right that is needed besides, by the table of `rights.ts`. */
  readonly right?: Right;
  /** Errors besides those that every route of this access can have. */
  readonly errors?: readonly ApiErrorCode[];
};

export type RouteTable = { readonly [name: string]: Route };

/** Keeps the literal types, and holds the path and its parameters to each other. */
export function route<const It extends Route>(
  it: It & ([OwnNames<It["path"]>] extends [never] ? { params?: never } : { params: ParamsOf<It["path"]> }),
): It {
  return it;
}

/** Values of the path as they were parsed, the room apart. */
export type ParsedParams<It extends Route> = {
  readonly [Name in keyof It["params"]]: It["params"][Name] extends { schema: infer Schema extends z.ZodType }
    ? z.output<Schema>
    : never;
};

export type ParsedBody<It extends Route> = It["body"] extends { schema: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : It["body"] extends Media
    ? string
    : undefined;

/** Values of the path as a client gives them, the room apart. */
type GivenParams<It extends Route> = {
  readonly [Name in keyof It["params"]]: It["params"][Name] extends { schema: infer Schema extends z.ZodType }
    ? Extract<z.output<Schema>, string>
    : never;
};

/** A body as a client gives it. */
type GivenBody<It extends Route> = It["body"] extends { schema: infer Schema extends z.ZodType }
  ? z.input<Schema>
  : undefined;

/** Input of a client: the body where there is one, or the values of the path; no route asks for both. */
export type Given<It extends Route> = It["body"] extends Body
  ? [body: GivenBody<It>]
  : [keyof It["params"]] extends [never]
    ? []
    : [params: GivenParams<It>];

/** The JSON that answers, as the service makes it. */
export type MadeAnswer<It extends Route> = It["answer"] extends z.ZodType ? z.input<It["answer"]> : never;

/** The JSON that answers, as a client reads it; any other answer, as it comes. */
export type ReadAnswer<It extends Route> = It["answer"] extends z.ZodType ? z.output<It["answer"]> : Blob;

/** Values for the whole path, the room's too where it has one. */
type PathValues<Path extends string> = { readonly [Name in NamesIn<Path>]: string };

/** The path with these values in it, each percent-encoded. */
export function pathWith<Path extends string>(path: Path, values: PathValues<Path>): string {
  const given: Readonly<Record<string, string>> = values;
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(given[name] ?? ""));
}

export function isMedia(content: z.ZodType | Body | Media): content is Media {
  return "media" in content;
}
