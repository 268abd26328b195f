import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { proveIdentity } from "./openid.ts";
import { stopwatch } from "../../tests/support/stopwatch.ts";
import { openIdHomeservers } from "./openid-homeservers.ts";
import { roomId } from "../../tests/support/protocol/ids.ts";

const ROOM = roomId("!room:example.org");

/** A homeserver's federation listener, as far as one request goes. */
async function homeserver(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const prove = (name = "example.org", token = "theirs") =>
    proveIdentity(
      { roomId: ROOM, openid: { access_token: token, matrix_server_name: name } },
      openIdHomeservers(new Map([["example.org", url]]), null),
    );
  return { url, asked, prove };
}

const json =
  (body: unknown, status = 200) =>
  (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(status).end(JSON.stringify(body));

test("a homeserver says who somebody is, of its own people alone", async () => {
  expect(await (await homeserver(json({ sub: "@ann:example.org" }))).prove()).toBe("@ann:example.org");
  for (const sub of ["@ann:evil.org", "@ann:example.org.evil.org", "@ann:evil-example.org", "ann", 7]) {
    await expect((await homeserver(json({ sub }))).prove()).rejects.toMatchObject({ status: 403 });
  }
  await expect((await homeserver(json({ errcode: "M_UNKNOWN_TOKEN" }, 401))).prove()).rejects.toMatchObject({
    status: 401,
  });
  await expect((await homeserver((_, response) => void response.end("<html>"))).prove()).rejects.toMatchObject({
    status: 403,
  });
});

test("no server is asked but those that the admin named: not an address, not a port, not one that looks like it", async () => {
  const { asked, prove, url } = await homeserver(json({ sub: "@ann:example.org" }));
  const address = url.replace("http://", "");
  for (const name of [
    address,
    "127.0.0.1",
    "localhost",
    "169.254.169.254",
    "[::1]",
    "example.org:8448",
    "example.org/..",
    "EXAMPLE.ORG",
    "example.org@evil.org",
    "__proto__",
    "constructor",
  ]) {
    await expect(prove(name)).rejects.toMatchObject({ status: 403 });
  }
  expect(asked).toEqual([]);
});

test("a token cannot lead the request elsewhere, and neither can the answer", async () => {
  const { asked, prove } = await homeserver(json({ sub: "@ann:example.org" }));
  await prove("example.org", "a&sub=b#/../../_synapse/admin?x=");
  expect(asked).toEqual([
    `/_matrix/federation/v1/openid/userinfo?access_token=${encodeURIComponent("a&sub=b#/../../_synapse/admin?x=").replaceAll("'", "%27")}`,
  ]);
  const inside = await homeserver(json({ sub: "@ann:example.org" }));
  const sends = await homeserver((_, response) => void response.writeHead(302, { location: inside.url }).end());
  await expect(sends.prove()).rejects.toMatchObject({ status: 502 });
  expect(inside.asked).toEqual([]);
});

test("what goes wrong on the way does not carry the token into the log", async () => {
  const { prove } = await homeserver((request) => void request.socket.destroy());
  const failure = await prove("example.org", "secret-of-ann").catch((error: unknown) => error as Error);
  expect(failure).toMatchObject({ status: 502 });
  expect(JSON.stringify(failure) + String((failure as Error).stack) + String((failure as Error).cause)).not.toContain(
    "secret-of-ann",
  );
});

test("an answer without end is not waited for, nor kept", async () => {
  let sent = 0;
  const endless = await homeserver((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(16_000))) sent += 16_000;
      if (!response.destroyed) response.once("drain", more);
    };
    response.write('{"sub":"');
    more();
  });
  await expect(endless.prove()).rejects.toMatchObject({ status: 403 });
  expect(sent).toBeLessThan(20_000_000);
});

test("a homeserver that hangs keeps nobody waiting", async () => {
  const took = stopwatch();
  await expect((await homeserver(() => {})).prove()).rejects.toMatchObject({ status: 502 });
  expect(took()).toBeLessThan(4_000);
});
