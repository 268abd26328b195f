import { globSync, readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { Homeserver } from "../../appservice/room/homeserver.ts";
import { putTo } from "../support/contract/homeserver-scenes.ts";
import type { HomeserverSaid } from "../support/contract/homeserver-script.ts";
import { UNREAD } from "../support/contract/plain-names.ts";
import { realHomeserver } from "../support/contract/real-homeserver.ts";
import { simulatedHomeserver } from "../support/contract/simulated-homeserver.ts";

/** The same script, put to Synapse and to the homeserver of the simulator. */
let [real, simulated]: HomeserverSaid[] = [];

beforeAll(async () => {
  [real, simulated] = await Promise.all(
    [realHomeserver, simulatedHomeserver].map(async (start) => {
      const server = await start();
      try {
        return await putTo(server);
      } finally {
        await server.close();
      }
    }),
  );
});

test("whatever the service makes of the answers is the same", () => {
  expect(real?.told.length).toBeGreaterThan(100);
  expect(simulated?.told).toEqual(real?.told);
});

test("the answers themselves are the same", () => {
  expect(simulated?.exchanges).toEqual(real?.exchanges);
});

test("the same events come to the service, in the same order", () => {
  expect(simulated?.arrived).toEqual(real?.arrived);
});

test("the script asks everything that the service asks of a homeserver", () => {
  const asked = Object.getOwnPropertyNames(Homeserver.prototype).filter((name) => name !== "constructor");
  expect([...(real?.questions ?? [])].filter((name) => name !== "botId").sort()).toEqual(asked.sort());
});

test("nothing that is left out of the comparison is read by the service", () => {
  const code = globSync("appservice/**/*.ts", { exclude: ["**/*.test.ts"] }).map((file) => readFileSync(file, "utf8"));
  const read = UNREAD.filter((name) =>
    code.some((text) => new RegExp(`unsigned[^\\n]*${name}|\\.${name}\\b`).test(text)),
  );
  expect(read).toEqual([]);
});
