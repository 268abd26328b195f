import { API_ERRORS, type ApiErrorCode } from "../../appservice/protocol/api-errors.ts";
import { REFUSALS, errcodeOf } from "../../appservice/protocol/refusal.ts";
import { RIGHTS } from "../../appservice/protocol/rights.ts";
import { errorsOf } from "../../appservice/protocol/routes/errors-of.ts";
import { type Access, isMedia, type Route } from "../../appservice/protocol/routes/route.ts";
import { ABOUT } from "./about.ts";
import { AREAS, type DocumentedRoute } from "./areas.ts";
import { type JsonSchema, schemaOf } from "./schemas.ts";

const WHO: { readonly [access in Access]: string } = {
  none: "everybody whom the proxy in front lets through",
  device: "everybody, with a proof in the body",
  session: "people of the room, by their session",
  homeserver: "the homeserver",
  livekit: "LiveKit",
};

/** `docs/http-api.md`: the table of routes for people. */
export function httpApiPage(): string {
  return `# The HTTP API

Made from the code (\`npm run generate\`), from the same table that the service's router and the widget's client are made of
(\`appservice/protocol/routes.ts\`). All schemas stand in [openapi.json](openapi.json), OpenAPI 3.1.

## Who may ask

| proof | headers | who |
|---|---|---|
| none | | ${WHO.none}: [admin.md](admin.md) says which paths to keep inside |
| device | \`X-Mindminder-Device\`: 16 to 64 letters of chance, the same for all requests of a tab | ${WHO.device} |
| session | the same, and \`Authorization: Bearer TOKEN\` of a session that was opened with that device | ${WHO.session}: asked of the room anew with each request |
| homeserver | \`Authorization: Bearer HS_TOKEN\` of the registration | ${WHO.homeserver}, by the [Application Service API](https://spec.matrix.org/latest/application-service-api/) |
| livekit | \`Authorization\`: a signature over the body | ${WHO.livekit}, by its [webhooks](https://docs.livekit.io/home/server/webhooks/) |

A path has one spelling: case and a slash at the end count, and what stands in it is percent-encoded. Below \`/widget/\` lies the page itself.
The page follows the meeting by the room's state and by asking again; nothing is streamed.

## Limits

Each may ask so much in a minute (\`service.limits\`); \`Retry-After\` says when it goes on.

| limit | counts |
|---|---|
| \`sessions\` | proofs, by address |
| \`personSessions\` | sessions opened, by person |
| \`requests\` | requests with a session, by person |
| \`files\` | graphs and files, by person |
| \`failures\` | requests without a valid proof, by address |

A widget's body may have 128 kB, the homeserver's 50 MB, LiveKit's 256 kB. A request has 8 s for its headers and 15 s for all of it.

${AREAS.map(([title, routes]) => chapter(title, routes)).join("\n")}
## Rights

What a person may do in a meeting besides, from \`appservice/protocol/rights.ts\`: whoever has one of these parts.

| right | who |
|---|---|
${Object.entries(RIGHTS)
  .map(([right, roles]) => `| \`${right}\` | ${roles.join(", ")} |`)
  .join("\n")}

## Errors

Every failure is \`{"errcode": …, "error": …}\`: \`error\` is a sentence, \`errcode\` as the Matrix specification has it, or one of our own.

| name here | status | errcode | sentence | remedy |
|---|---|---|---|---|
${(Object.keys(API_ERRORS) as ApiErrorCode[]).map(errorLine).join("\n")}

A refusal (409) has one of these: ${REFUSALS.map((code) => `\`${errcodeOf(code)}\``).join(", ")}.
`;
}

function chapter(title: string, routes: { readonly [name: string]: Route }): string {
  const entries = Object.entries(routes).map(([name, it]) => entry(name as DocumentedRoute, it));
  return `## ${title}\n\n${entries.join("\n")}`;
}

function entry(name: DocumentedRoute, it: Route): string {
  const { does, body, answer } = ABOUT[name];
  const right = it.right ? `; right \`${it.right}\`` : "";
  const counted = it.measure ? `, counted as \`${it.measure}\`` : "";
  const lines = [
    `### \`${it.method} ${it.path}\``,
    "",
    does,
    "",
    `- operation: \`${name}\``,
    `- who: ${WHO[it.access]}${right}${counted}`,
    ...paramsOf(it),
    ...(it.body ? [`- body: ${isMedia(it.body) ? it.body.media : shapeOf(schemaOf(it.body.schema, "input"))}`] : []),
    `- answer: ${answerOf(it)}`,
    `- errors: ${
      errorsOf(it)
        .map((code) => `\`${code}\``)
        .join(", ") || "none"
    }`,
    ...example("body", body),
    ...example("answer", answer),
    "",
  ];
  return lines.join("\n");
}

function paramsOf({ params = {} }: Route): string[] {
  return Object.entries(params).map(([name, { schema }]) => {
    const { enum: choice, pattern } = schemaOf(schema, "input") as { enum?: string[]; pattern?: string };
    const shape = choice ? choice.map((each) => `\`${each}\``).join(", ") : pattern ? `\`${pattern}\`` : "";
    return `- \`:${name}\`${shape && `: ${shape}`}`;
  });
}

function answerOf({ answer, statuses = [200] }: Route): string {
  if (isMedia(answer)) return answer.media;
  if (answer.type === "never") return "an error, always";
  return `${statuses.join(" or ")}, ${shapeOf(schemaOf(answer, "output"))}`;
}

function shapeOf({ $ref }: JsonSchema): string {
  return typeof $ref === "string" ? `\`${$ref.split("/").at(-1)}\`` : "JSON";
}

function example(what: string, value: unknown): string[] {
  return value === undefined
    ? []
    : ["", `Example of the ${what}:`, "", "```json", JSON.stringify(value, null, 2), "```"];
}

function errorLine(code: ApiErrorCode): string {
  const { status, errcode, sentence, remedy } = API_ERRORS[code];
  return `| ${code} | ${status} | \`${errcode}\` | ${sentence} | ${remedy} |`;
}
