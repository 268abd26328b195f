import { TokenVerifier } from "livekit-server-sdk";
import { expect, test } from "vitest";
import { ParticipantId } from "../protocol/identity.ts";
import {
  personToken,
  SCRIBE,
  scribeToken,
  SECOND_EAR,
  secondEarToken,
  TO_LISTEN,
  WATCHER,
  watcherToken,
} from "./tokens.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

const keys = { apiKey: "key", apiSecret: "0123456789abcdef0123456789abcdef" };
const read = async (token: string) => {
  const {
    sub,
    name,
    kind,
    video,
    exp = 0,
    nbf = 0,
  } = await new TokenVerifier(keys.apiKey, keys.apiSecret).verify(token);
  return { sub, name, ...(kind ? { kind } : {}), video, seconds: exp - nbf };
};

test("a person may come into one room, within two minutes, with a microphone, a camera and a screen and nothing else", async () => {
  expect(
    await read(await personToken(keys, "!room", personId("@ann:x"), "Ann", { publish: true, hear: true })),
  ).toEqual({
    sub: "@ann:x",
    name: "Ann",
    seconds: 120,
    video: {
      room: "!room",
      roomJoin: true,
      canSubscribe: true,
      canPublish: true,
      canPublishSources: ["microphone", "camera", "screen_share"],
      canPublishData: false,
      canUpdateOwnMetadata: false,
    },
  });
});

test("who is not shown to the others yet may not hear", async () => {
  const { video } = await read(
    await personToken(keys, "!room", personId("@ann:x"), "Ann", { publish: true, hear: false }),
  );
  expect(video).toMatchObject({ canSubscribe: false, canPublish: true });
});

test("who comes to listen has no microphone, and is marked as one who does", async () => {
  const token = await personToken(keys, "!room", personId("@ann:x"), "Ann", { publish: false, hear: true });
  const { metadata, video } = await new TokenVerifier(keys.apiKey, keys.apiSecret).verify(token);
  expect(video).toMatchObject({ canSubscribe: true, canPublish: false });
  expect(metadata).toBe(TO_LISTEN);
});

test("our own participants are hidden and publish nothing; the watcher hears nothing, and only the scribe may send captions, as an agent", async () => {
  const hidden = {
    room: "!room",
    roomJoin: true,
    hidden: true,
    canPublish: false,
    canPublishData: false,
    canUpdateOwnMetadata: false,
  };
  expect(await read(await watcherToken(keys, "!room"))).toMatchObject({
    sub: WATCHER,
    video: { ...hidden, canSubscribe: false },
  });
  expect(await read(await scribeToken(keys, "!room"))).toMatchObject({
    sub: SCRIBE,
    kind: "agent",
    video: { ...hidden, canSubscribe: true, canPublishData: true },
  });
  expect(await read(await secondEarToken(keys, "!room"))).toMatchObject({
    sub: SECOND_EAR,
    video: { ...hidden, canSubscribe: true, recorder: true },
  });
});

test("nobody can come under the name of one of ours", () => {
  expect([WATCHER, SCRIBE, SECOND_EAR].filter((name) => ParticipantId.safeParse(name).success)).toEqual([]);
});
