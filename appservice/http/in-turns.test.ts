import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import { expect, onTestFinished, test } from "vitest";
import { inTurns } from "./in-turns.ts";

const failed: ErrorRequestHandler = (_error, _request, response, _next) => void response.status(500).end();

/** Answers to so many requests that arrive in one piece. */
async function answersTo(count: number, answer: RequestHandler): Promise<string[]> {
  const server = createServer(express().use(inTurns()).get("/", answer).use(failed)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const last = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(count - 1) + last);
  const answered = await text(client);
  server.close();
  return answered.match(/(?<=HTTP\/1\.1 )\d+/g) ?? [];
}

test("sixty that come at once are all answered, never two in one turn of the event loop", async () => {
  let turn = 0;
  let goesRound = true;
  onTestFinished(() => void (goesRound = false));
  const goRound = () => {
    turn += 1;
    if (goesRound) setImmediate(goRound).unref();
  };
  goRound();
  const answeredIn: number[] = [];
  const answers = await answersTo(60, (_request, response) => {
    answeredIn.push(turn);
    response.end();
  });
  expect(answers).toEqual(Array.from({ length: 60 }, () => "200"));
  expect(new Set(answeredIn).size).toBe(60);
});

test("a failure of one holds up nobody after it", async () => {
  let asked = 0;
  expect(
    await answersTo(3, (_request, response) => {
      if (++asked === 1) throw new Error("on purpose");
      response.end();
    }),
  ).toEqual(["500", "200", "200"]);
});
