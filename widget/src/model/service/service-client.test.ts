import { afterEach, expect, test, vi } from "vitest";
import type { Session } from "@mindminder/protocol/http-api.ts";
import type { SessionRequest } from "@mindminder/protocol/session-proof.ts";
import { ServerClock } from "./server-clock.ts";
import { apiBeside, serviceClient } from "./service-client.ts";
import { personId, roomId } from "../../../../tests/support/protocol/ids.ts";

type Answer = { status: number; body: unknown };
const session = (token: string): Answer => ({
  status: 200,
  body: {
    token,
    expiresAt: 1,
    serverTime: 1,
    me: { id: personId("@ann:x"), name: "Ann", mayKeep: false },
    language: "en",
    callAvailable: true,
    botMayWrite: true,
  },
});
const meeting: Answer = { status: 200, body: { serverTime: 1, meeting: null, record: 0 } };

function client(...answers: Answer[]) {
  const asked: { url: string; token: string | undefined }[] = [];
  vi.stubGlobal("fetch", async (url: URL, init: RequestInit) => {
    asked.push({ url: url.href, token: (init.headers as Record<string, string>)["Authorization"] });
    const { status, body } = answers.shift() ?? { status: 500, body: {} };
    return new Response(JSON.stringify(body), { status });
  });
  const prove = vi.fn(async () => ({ access_token: "proof", matrix_server_name: "x" }));
  const options = {
    base: new URL("https://host/here/api/v1/"),
    roomId: roomId("!a/b:x"),
    device: "device-of-a-tab-",
    clock: new ServerClock(),
    language: () => "ru",
    open: async (send: (proof: SessionRequest) => Promise<Session>) =>
      send({ issuer: "matrix", roomId: roomId("!a/b:x"), openid: await prove() }),
  };
  return { asked, prove, client: serviceClient(options) };
}

afterEach(() => vi.unstubAllGlobals());

test("the API lies beside the widget's folder, wherever that is", () => {
  expect(apiBeside("https://host/here/widget/#/?roomId=!a").href).toBe("https://host/here/api/v1/");
  expect(apiBeside("https://host/widget/index.html?widgetId=1").href).toBe("https://host/api/v1/");
});

test("the room is named in the path, and cannot break out of it", async () => {
  const { client: it, asked } = client(session("one"), meeting);
  await it.meeting();
  expect(asked[1]).toEqual({ url: "https://host/here/api/v1/rooms/!a%2Fb%3Ax/meeting", token: "Bearer one" });
});

test("a session that ran out is renewed once, unseen", async () => {
  const {
    client: it,
    asked,
    prove,
  } = client(session("one"), { status: 401, body: { errcode: "M_UNKNOWN_TOKEN", error: "" } }, session("two"), meeting);
  await it.meeting();
  expect(asked.map(({ token }) => token)).toEqual([undefined, "Bearer one", undefined, "Bearer two"]);
  expect(prove).toHaveBeenCalledTimes(2);
});

test.each([
  [403, { errcode: "M_FORBIDDEN", error: "Not here." }, { kind: "forbidden", sentence: "Not here." }],
  [409, { errcode: "ORG.MINDMINDER.STALE", error: "Too late." }, { kind: "refused", errcode: "ORG.MINDMINDER.STALE" }],
  [500, "nonsense", { kind: "away", sentence: "" }],
  [200, { meeting: "nonsense" }, { kind: "away", errcode: "UNREADABLE" }],
])("an answer of %i with %j is a failure by its kind", async (status, body, failure) => {
  const { client: it } = client(session("one"), { status, body });
  await expect(it.meeting()).rejects.toMatchObject(failure);
});
