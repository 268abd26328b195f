import { once } from "node:events";
import type { AddressInfo } from "node:net";
import express from "express";
import { expect, test } from "vitest";
import { z } from "zod";
import { pathWith, route } from "../protocol/routes/route.ts";
import { bind, type Handlers, NO_VISITOR, WithStatus } from "./bind.ts";
import type { FindVisitor } from "./visitor.ts";

const LEAF = z.object({ leaf: z.string() });
const TABLE = {
  leaf: route({
    method: "GET",
    path: "/api/v1/rooms/:room/trees/:tree/leaf",
    access: "session",
    params: { tree: { schema: z.coerce.number(), otherwise: "NOTHING_HERE" } },
    answer: LEAF,
  }),
  trees: route({ method: "POST", path: "/api/v1/trees", access: "device", answer: LEAF }),
};
const nobody: FindVisitor = () => Promise.reject(new Error("nobody asks"));
const leaf = ({ params }: { readonly params: { readonly tree: number } }) => ({ leaf: params.tree.toFixed() });

test("what is bound is what the table has: a route without a handler, or a handler without a route, does not compile", () => {
  const trees = () => ({ leaf: "many" });
  const all: Handlers<typeof TABLE> = { leaf, trees };
  // @ts-expect-error -- nobody answers for `trees`
  const missing: Handlers<typeof TABLE> = { leaf };
  // @ts-expect-error -- `roots` is in no table
  const unknown: Handlers<typeof TABLE> = { leaf, trees, roots: trees };
  // @ts-expect-error -- this is not the answer that the table promises
  const other: Handlers<typeof TABLE> = { leaf, trees: () => ({ leaves: 3 }) };
  // @ts-expect-error -- the path has a parameter that the route does not tell the schema of
  route({ method: "GET", path: "/api/v1/trees/:tree", access: "none", answer: LEAF });

  const { stack } = bind(TABLE, all, nobody);
  expect(stack.map(({ route: made }) => made?.path)).toEqual(["/rooms/:room/trees/:tree/leaf", "/trees"]);
  expect([missing, unknown, other]).toHaveLength(3);
});

test("whatever stands in a path stays in its place", () => {
  expect(pathWith(TABLE.leaf.path, { room: "!a/b:x", tree: "..%2f" })).toBe(
    "/api/v1/rooms/!a%2Fb%3Ax/trees/..%252f/leaf",
  );
});

test("a text keeps its very letters, and an answer its status", async () => {
  const heard: unknown[] = [];
  const table = {
    signed: route({
      method: "POST",
      path: "/signed",
      access: "livekit",
      body: { media: "application/x" },
      answer: LEAF,
      statuses: [200, 202],
    }),
  };
  const signed: Handlers<typeof table>["signed"] = ({ body, authorization }) => {
    heard.push(body, authorization);
    return new WithStatus(202, { leaf: "taken" });
  };
  const server = express()
    .use(bind(table, { signed }, NO_VISITOR, ""))
    .listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const body = '{ "b":1,  "a":2 }\n';
  const answer = await fetch(`http://127.0.0.1:${port}/signed`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "by hand" },
    body,
  });
  expect([answer.status, await answer.json(), ...heard]).toEqual([202, { leaf: "taken" }, body, "by hand"]);
  server.close();
});
