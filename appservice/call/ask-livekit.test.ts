import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { stopwatch } from "../../tests/support/stopwatch.ts";
import { askLiveKit } from "./ask-livekit.ts";

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function asking(answers: boolean) {
  server = createServer((_request, response) => void (answers && response.end("{}")));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return askLiveKit({ url, internalUrl: url, apiKey: "key", apiSecret: "secret-of-thirty-two-characters-xx" });
}

test("a LiveKit that answered while we ourselves stood still is there", async () => {
  const ask = await asking(true);
  const asked = ask();
  // Stands still for longer than LiveKit is given, as a process does that waits for a locked database.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_500);
  expect(await asked).toEqual({ away: null });
});

test("a LiveKit that says nothing is away within two seconds", async () => {
  const ask = await asking(false);
  const took = stopwatch();
  expect(await ask()).toMatchObject({ away: { why: "silent" } });
  expect(took()).toBeLessThan(2_500);
});
