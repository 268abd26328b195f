import { setTimeout as wait } from "node:timers/promises";
import type { Answer } from "../../simulate/world/answer.ts";
import { limitExceeded, SimulatedHomeserver } from "../../simulate/world/homeserver.ts";
import { Mischief } from "../../simulate/world/mischief.ts";
import {
  type Arrived,
  type HomeserverInQuestion,
  type JsonAnswer,
  noting,
  type WireAnswer,
} from "./homeserver-in-question.ts";

/** The simulated homeserver behind a real port, in real time, with nothing going wrong. */
export async function simulatedHomeserver(): Promise<HomeserverInQuestion> {
  const arrived: Arrived[] = [];
  const homeserver = new SimulatedHomeserver({
    time: {
      // A network takes its time.
      wait: (ms) => wait(ms),
      later: (ms, work) => setTimeout(work, ms),
      get wallClock() {
        return Date.now();
      },
      get now() {
        return performance.now();
      },
    },
    mischief: new Mischief("contract", { faults: [], without: new Set(), tell: () => {} }),
    seed: "contract",
    bot: "@mindminder:hs",
  });
  homeserver.reach(async (_, events) => {
    arrived.push(...structuredClone(events));
    return 200;
  });
  let isLimited = false;
  const noted = await noting(async ({ method, path, body }) => {
    if (isLimited) {
      isLimited = false;
      return onTheWire(limitExceeded(100));
    }
    return onTheWire(await homeserver.ask(method, path, path.includes("/media/") ? body : readJson(body)));
  });
  return {
    serverName: "hs",
    asToken: "as-token",
    noted,
    arrived,
    async person(name) {
      const id = `@${name.toLowerCase()}:hs`;
      const ask = (method: string, path: string, body?: unknown) =>
        homeserver.askAs(id, method, `/_matrix/client/v3${path}`, structuredClone(body)) as JsonAnswer;
      ask("PUT", `/profile/${id}/displayname`, { displayname: name });
      return { id, ask: async (...asked) => ask(...asked) };
    },
    async limit() {
      isLimited = true;
    },
    close: () => noted.close(),
  };
}

function onTheWire({ status, body }: Answer): WireAnswer {
  const isFile = body instanceof Uint8Array;
  return {
    status,
    body: isFile ? Buffer.from(body) : Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
    headers: { "content-type": isFile ? "application/octet-stream" : "application/json" },
  };
}

function readJson(body: Buffer): unknown {
  return body.length === 0 ? undefined : JSON.parse(body.toString("utf8"));
}
