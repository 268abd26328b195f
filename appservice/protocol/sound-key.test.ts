import fc from "fast-check";
import { expect, test } from "vitest";
import { meetingId } from "../../tests/support/protocol/ids.ts";
import {
  formatSoundKey,
  KeptPlace,
  parseSoundFile,
  parseSoundKey,
  type SoundKey,
  SoundName,
  soundFile,
} from "./sound-key.ts";

const KEY: SoundKey = { meeting: meetingId("m0123456789abcdef"), turn: 12, startedAt: 1_700_000_000_000 };
const NAME = formatSoundKey(KEY);

/** Names as they lie on disks: another spelling would leave sound where nobody finds it, or forgets it. */
const GOLDEN = [
  [NAME, "m0123456789abcdef.12.1700000000000"],
  [soundFile(NAME, "flac"), "m0123456789abcdef.12.1700000000000.flac"],
  [soundFile(NAME, "json"), "m0123456789abcdef.12.1700000000000.json"],
  [soundFile(NAME, "part"), "m0123456789abcdef.12.1700000000000.part"],
  [soundFile(NAME, "rescued.json"), "m0123456789abcdef.12.1700000000000.rescued.json"],
  [soundFile(NAME, "rescued.pcm"), "m0123456789abcdef.12.1700000000000.rescued.pcm"],
  [soundFile(NAME, "unfinished"), "m0123456789abcdef.12.1700000000000.unfinished"],
] as const;

test.each(GOLDEN)("%s is spelt as ever", (written, spelling) => {
  expect(written).toBe(spelling);
});

test("each key is read from its own spelling, as a name and as a file", () => {
  const meeting = fc.stringMatching(/^m[0-9a-z]{8,40}$/).map(meetingId);
  const key = fc.record({ meeting, turn: fc.integer({ min: 1, max: 999_999_999 }), startedAt: fc.maxSafeNat() });
  fc.assert(
    fc.property(key, (one) => {
      const name = formatSoundKey(one);
      expect(SoundName.parse(name)).toBe(name);
      expect(parseSoundKey(name)).toEqual(one);
      expect(parseSoundFile(soundFile(name, "rescued.json"), "rescued.json")).toEqual(one);
      expect(parseSoundFile(soundFile(name, "rescued.json"), "json")).toBeNull();
    }),
  );
});

test.each([
  "",
  "b",
  "m0123456789.0.1",
  "m0123456789.1",
  "m0123456789.1.2.3",
  "m0123456789.1.-2",
  "M0123456789.1.2",
  "m0123456789.1.2\n",
])("nothing else is a name of a sound: %j", (text) => {
  expect(parseSoundKey(text)).toBeNull();
  expect(SoundName.safeParse(text).success).toBe(false);
});

test.each(["m0123456789.1.2.flac", "../../m0123456789.1.2.flac", "0123456789abcdef/0123456789abcdef/../x.flac"])(
  "no sound is kept outside of its folders: %j",
  (text) => {
    expect(KeptPlace.safeParse(text).success).toBe(false);
  },
);
