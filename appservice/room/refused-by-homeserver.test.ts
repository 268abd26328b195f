import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { Homeserver } from "./homeserver.ts";
import { registerBot } from "./register-bot.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

type Line = { level: number; msg: string; err?: unknown };

/** Line of the log once it was told of a homeserver that answers so. */
async function toldOf(status: number, body: object): Promise<Line> {
  const server = createServer((_, response) =>
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body)),
  );
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const stopping = new AbortController();
  const line = Promise.withResolvers<Line>();
  const log = pino({ level: "warn" }, { write: (text) => line.resolve(JSON.parse(text) as Line) });
  const homeserver = new Homeserver({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asToken: "t",
    botId: personId("@bot:hs"),
  });
  const registering = registerBot({
    homeserver,
    registration: { id: "mindminder", bot: "bot", url: "http://127.0.0.1:29330" },
    log,
    signal: stopping.signal,
    onRegistered: () => {},
  });
  const told = await line.promise;
  stopping.abort();
  await registering;
  return told;
}

test("a start with a wrong token says what is wrong and what to do, as doctor does", async () => {
  const told = await toldOf(401, { errcode: "M_UNKNOWN_TOKEN", error: "Invalid access token passed." });
  expect(told).toMatchObject({
    level: 50,
    msg: expect.stringMatching(
      /does not know the registration's as_token.*this very registration file.*mindminder doctor/,
    ),
  });
  expect(told.err).toBeUndefined();
});

test("so does one whose homeserver does not get through to us", async () => {
  expect((await toldOf(502, { errcode: "M_BAD_STATUS", error: "" })).msg).toMatch(
    /Something else answers the homeserver at http:\/\/127.0.0.1:29330, or its hs_token is another/,
  );
});

test("one that is not there yet is waited for, without a page of the log", async () => {
  const told = await toldOf(502, { error: "Bad gateway" });
  expect(told).toMatchObject({ level: 40, msg: expect.stringMatching(/not ready for us yet/) });
  expect(JSON.stringify(told)).not.toContain("stack");
});
