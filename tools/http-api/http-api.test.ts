import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { isMedia, type Route } from "../../appservice/protocol/routes/route.ts";
import { ABOUT } from "./about.ts";
import { type DocumentedRoute, EVERY_ROUTE } from "./areas.ts";

const ROUTES = Object.entries(EVERY_ROUTE) as [DocumentedRoute, Route][];

test("docs/openapi.json is OpenAPI 3.1, as anybody's tools read it", async () => {
  const document: unknown = JSON.parse(readFileSync(new URL("../../docs/openapi.json", import.meta.url), "utf8"));
  const { valid, errors } = await new Validator().validate(document as Record<string, unknown>);
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});

test.each(ROUTES.filter(([name]) => ABOUT[name].answer !== undefined))(
  "the example of what %s answers is one that it could give",
  (name, { answer }) => {
    expect(isMedia(answer) ? answer.media : answer.parse(ABOUT[name].answer)).toEqual(ABOUT[name].answer);
  },
);

test.each(ROUTES.filter(([name]) => ABOUT[name].body !== undefined))(
  "the example of a body for %s is one that it takes",
  (name, { body }) => {
    expect(body && !isMedia(body) && body.schema.parse(ABOUT[name].body)).toEqual(ABOUT[name].body);
  },
);

test("no two routes are the same request", () => {
  const requests = ROUTES.map(([, { method, path }]) => `${method} ${path}`);
  expect(new Set(requests).size).toBe(requests.length);
});
