// @vitest-environment jsdom
import { expect, test } from "vitest";
import { personId } from "../../../../tests/support/protocol/ids.ts";
import { PlayedSounds } from "./played-sounds.ts";

const TOM = personId("@tom:x");

function encryptedCall() {
  const refused: object[] = [];
  const media = (isEncrypted: boolean) => ({
    isEncrypted,
    setSubscribed(this: object) {
      refused.push(this);
    },
  });
  return { refused, media, sounds: new PlayedSounds({ encrypted: true, onChange: () => {} }) };
}

test("media that come open into an encrypted call are refused, and their person is named for as long as they are there", () => {
  const { refused, media, sounds } = encryptedCall();
  const [voice, picture] = [media(false), media(false)];
  expect(sounds.accepts(voice, TOM)).toBe(false);
  expect(sounds.accepts(picture, TOM)).toBe(false);
  expect(refused).toEqual([voice, picture]);
  sounds.unpublished(voice, TOM);
  expect(sounds.why(TOM)).toBe("open");
  sounds.unpublished(picture, TOM);
  expect(sounds.why(TOM)).toBeNull();
});

test("somebody whose page sends encrypted instead is played, and blamed no more", () => {
  const { media, sounds } = encryptedCall();
  const [open, encrypted] = [media(false), media(true)];
  sounds.accepts(open, TOM);
  expect(sounds.accepts(encrypted, TOM)).toBe(true);
  sounds.unpublished(open, TOM);
  expect(sounds.why(TOM)).toBeNull();
});

test("who has left and comes back is not blamed for what they sent before", () => {
  const { media, sounds } = encryptedCall();
  sounds.accepts(media(false), TOM);
  sounds.left(TOM);
  expect(sounds.why(TOM)).toBeNull();
});
