import fc from "fast-check";
import { expect, test } from "vitest";
import { meetingId, roomId } from "../../../tests/support/protocol/ids.ts";
import { References } from "./reference.ts";

const ours = new References("secret of the service");
const there = fc.record({
  room: fc.stringMatching(/^![a-zA-Z0-9:._-]{1,254}$/).map(roomId),
  meeting: fc.option(fc.stringMatching(/^m[0-9a-z]{8,40}$/).map(meetingId)),
});

test("a reference leads where it was made for, and fits what Telegram carries", () => {
  fc.assert(
    fc.property(there, (to) => {
      const text = ours.format(to) ?? "";
      expect(text).toMatch(/^[\w-]{1,512}$/);
      expect(ours.read(text)).toEqual(to);
    }),
  );
});

test("a changed one, and one of another service, lead nowhere", () => {
  fc.assert(
    fc.property(there, fc.nat(), fc.integer({ min: 1, max: 255 }), (to, place, by) => {
      const text = ours.format(to) ?? "";
      expect(new References("another").read(text)).toBeNull();
      const bytes = Buffer.from(text, "base64url");
      const at = place % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ by;
      expect(ours.read(bytes.toString("base64url"))).toBeNull();
    }),
  );
});

test("no text that somebody makes up leads anywhere, or brings it down", () => {
  fc.assert(fc.property(fc.string(), (text) => void expect(ours.read(text)).toBeNull()));
});

test("a room whose id is too long to be carried has none", () => {
  expect(ours.format({ room: roomId(`!${'"'.repeat(250)}`), meeting: null })).toBeNull();
});
