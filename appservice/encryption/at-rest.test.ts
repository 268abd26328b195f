import { expect, test } from "vitest";
import { AtRest, KeysUnreadable } from "./at-rest.ts";

const SECRET = "f".repeat(64);

test("what was sealed is opened by the same key file, in the same place", () => {
  const sealed = new AtRest(SECRET).seal("a room key of Ann's", "room key !a 1");
  expect(new AtRest(SECRET).open(sealed, "room key !a 1")).toBe("a room key of Ann's");
  expect(Buffer.from(sealed).includes("Ann")).toBe(false);
});

test("nothing of it is read with another key file, in another place, or after a change of one bit", () => {
  const sealed = new AtRest(SECRET).seal("a room key", "room key !a 1");
  const opened = (secret: string, bytes: Uint8Array, what: string) => () => new AtRest(secret).open(bytes, what);
  expect(opened("e".repeat(64), sealed, "room key !a 1")).toThrow(KeysUnreadable);
  expect(opened(SECRET, sealed, "room key !a 2")).toThrow(KeysUnreadable);
  for (const at of [0, 12, sealed.length - 1]) {
    const changed = Uint8Array.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(opened(SECRET, changed, "room key !a 1")).toThrow(KeysUnreadable);
  }
  expect(opened(SECRET, new Uint8Array(3), "room key !a 1")).toThrow(KeysUnreadable);
});
