import { FfiHandle } from "@livekit/rtc-ffi-bindings";
import { expect, test } from "vitest";
import { Room } from "./rtc.ts";

test("what the native part has dropped already ends nothing when it is dropped once more", () => {
  expect(new Room().isConnected).toBe(false);
  const dropped = new FfiHandle(987_654_321n);
  expect(() => dropped.dispose()).not.toThrow();
});
