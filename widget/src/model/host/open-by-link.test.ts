/** @vitest-environment jsdom */
import { beforeEach, expect, test, vi } from "vitest";
import type { Session } from "@mindminder/protocol/http-api.ts";
import { ServiceFailure } from "../service/failure.ts";
import { openByLink } from "./open-by-link.ts";
import { openSession } from "./open-session.ts";
import { readParameters } from "./parameters.ts";
import { personId } from "../../../../tests/support/protocol/ids.ts";

const session: Session = {
  token: "t",
  expiresAt: Date.now() + 60_000,
  serverTime: Date.now(),
  me: { id: personId("@ann:x"), name: "Ann", mayKeep: false },
  language: "en",
  callAvailable: true,
  hasScribe: true,
  botMayWrite: true,
};
const parameters = readParameters(new URL("https://host/widget/#code=c0de&roomId=%21r%3Ax&userId=%40ann%3Ax"), {
  language: "en",
});

beforeEach(() => sessionStorage.clear());

test("a session outlives loading the page anew", async () => {
  const redeem = vi.fn(async () => session);
  expect((await openSession(openByLink(parameters), redeem)).token).toBe(session.token);
  expect((await openSession(openByLink(parameters), redeem)).token).toBe(session.token);
  expect(redeem).toHaveBeenCalledExactlyOnceWith({
    issuer: "link",
    code: "c0de",
    browser: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
});

test("a session that the service does not take any more is dropped, and the link opens another", async () => {
  const redeem = vi.fn(async () => ({ ...session, token: `t${redeem.mock.calls.length}` }));
  const first = await openSession(openByLink(parameters), redeem);
  const second = await openSession(openByLink(parameters), redeem, first.token);
  expect(second.token).toBe("t2");
  expect((await openSession(openByLink(parameters), redeem)).token).toBe(second.token);
  await expect(
    openSession(openByLink(parameters), () => Promise.reject(new ServiceFailure("unproven")), second.token),
  ).rejects.toMatchObject({ kind: "link-used" });
  expect((await openSession(openByLink(parameters), redeem)).token, "the dead one is not kept").toBe("t3");
});

test.each([-9, 9])("a clock that is %i hours off ends no session before its time, nor later", async (hours) => {
  const serverTime = Date.now() + hours * 3_600_000;
  const redeem = vi.fn(async () => ({ ...session, serverTime, expiresAt: serverTime + 60_000 }));
  for (let load = 0; load < 2; load++) await openSession(openByLink(parameters), redeem);
  expect(redeem).toHaveBeenCalledOnce();
  vi.useFakeTimers({ now: Date.now() + 61_000 });
  await openSession(openByLink(parameters), redeem).finally(() => vi.useRealTimers());
  expect(redeem).toHaveBeenCalledTimes(2);
});

test("a tab that is opened anew asks as the same browser", async () => {
  const redeem = vi.fn(async (_: unknown) => session);
  await openSession(openByLink(parameters), redeem);
  sessionStorage.clear();
  await openSession(openByLink(parameters), redeem);
  const [first, second] = redeem.mock.calls;
  expect(second).toEqual(first);
});

test("a link that was used or ran out says so", async () => {
  await expect(
    openSession(openByLink(parameters), () => Promise.reject(new ServiceFailure("unproven"))),
  ).rejects.toMatchObject({ kind: "link-used" });
  await expect(
    openSession(openByLink(parameters), () => Promise.reject(new ServiceFailure("away"))),
  ).rejects.toMatchObject({ kind: "away" });
});
