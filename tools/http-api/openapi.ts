import { readFileSync } from "node:fs";
import { API_ERRORS, type ApiErrorCode } from "../../appservice/protocol/api-errors.ts";
import { ApiError, DEVICE_HEADER } from "../../appservice/protocol/http-api.ts";
import { RoomId } from "../../appservice/protocol/identity.ts";
import { errorsOf } from "../../appservice/protocol/routes/errors-of.ts";
import { type Access, isMedia, type Route } from "../../appservice/protocol/routes/route.ts";
import { ABOUT } from "./about.ts";
import { AREAS, type DocumentedRoute } from "./areas.ts";
import { componentsOf, schemaOf } from "./schemas.ts";

const VERSION = (
  JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string }
).version;

const SECURITY: { readonly [access in Access]: readonly object[] } = {
  none: [],
  device: [{ device: [] }],
  session: [{ device: [], session: [] }],
  homeserver: [{ homeserver: [] }],
  livekit: [{ livekit: [] }],
};

const SCHEMES = {
  device: { type: "apiKey", in: "header", name: DEVICE_HEADER, description: "Chance letters of the browser's tab." },
  session: { type: "http", scheme: "bearer", description: "Token of a session." },
  homeserver: { type: "http", scheme: "bearer", description: "`hs_token` of the registration." },
  livekit: { type: "apiKey", in: "header", name: "Authorization", description: "LiveKit's signature." },
};

/** `docs/openapi.json`: the table of routes as OpenAPI 3.1. */
export function openapi(): string {
  const paths: { [path: string]: { [method: string]: object } } = {};
  for (const [tag, routes] of AREAS)
    for (const [name, it] of Object.entries(routes)) {
      const path = it.path.replace(/:(\w+)/g, "{$1}");
      paths[path] = { ...paths[path], [it.method.toLowerCase()]: operation(name as DocumentedRoute, it, tag) };
    }
  const document = {
    openapi: "3.1.0",
    info: {
      title: "Mindminder",
      version: VERSION,
      summary: "The HTTP API of the service. See docs/http-api.md.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    tags: AREAS.map(([name]) => ({ name })),
    paths,
  };
  const components = { securitySchemes: SCHEMES, schemas: componentsOf([document, errorContent]) };
  return `${JSON.stringify({ ...document, components }, null, 1)}\n`;
}

function operation(name: DocumentedRoute, it: Route, tag: string): object {
  return {
    operationId: name,
    tags: [tag],
    description: ABOUT[name].does,
    security: SECURITY[it.access],
    ...(it.path.includes(":") && { parameters: parametersOf(it) }),
    ...(it.body && { requestBody: { required: true, content: contentOf(it.body) } }),
    responses: { ...answersOf(it), ...failuresOf(it) },
  };
}

function parametersOf({ path, params = {} }: Route): object[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: schemaOf(params[name]?.schema ?? RoomId, "input"),
  }));
}

function contentOf(body: NonNullable<Route["body"]>): object {
  return isMedia(body)
    ? { [body.media]: { schema: { type: "string" } } }
    : { "application/json": { schema: schemaOf(body.schema, "input") } };
}

function answersOf({ answer, statuses = [200] }: Route): object {
  const content = isMedia(answer)
    ? { [answer.media]: { schema: { type: "string" } } }
    : { "application/json": { schema: schemaOf(answer, "output") } };
  if (!isMedia(answer) && answer.type === "never") return {};
  return Object.fromEntries(statuses.map((status) => [status, { description: "The answer.", content }]));
}

const errorContent = { "application/json": { schema: schemaOf(ApiError, "output") } };

function failuresOf(it: Route): object {
  const byStatus = Map.groupBy(errorsOf(it), (code: ApiErrorCode) => API_ERRORS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      { description: codes.map((code) => `${code} (${API_ERRORS[code].errcode})`).join(", "), content: errorContent },
    ]),
  );
}
