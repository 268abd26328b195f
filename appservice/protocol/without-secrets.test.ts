import { expect, test } from "vitest";
import { withoutSecrets } from "./without-secrets.ts";

const HUSH = "Zm9vYmFyLWh1c2gtNzc4MQ";
const JWT = `eyJhbGciOiJIUzI1NiJ9.eyJ2aWRlbyI6${HUSH}.s-i_${HUSH}`;

test.each([
  `invalid token: ${JWT}`,
  `invalid token: ${JWT.slice(0, 60)}`,
  `wss://livekit/rtc?access_token=${JWT}&protocol=15`,
  `GET /_matrix/client/v3/sync?access_token=${HUSH}`,
  `GET /x?from=https%3A%2F%2Fy%3Faccess_token%3D${HUSH}`,
  `Authorization: Bearer ${HUSH}`,
  `authorization: basic ${HUSH}==`,
  JSON.stringify({ access_token: HUSH }),
  JSON.stringify({ body: JSON.stringify({ as_token: HUSH, password: HUSH }) }),
  JSON.stringify({ line: JSON.stringify({ body: JSON.stringify({ hs_token: HUSH }) }) }),
  `{'api_key': '${HUSH}'}`,
  `x-api-key: ${HUSH}`,
  `PRIVATE-TOKEN: ${HUSH}`,
  `https://ann:${HUSH}@cloud.example.org/dav`,
  `https://${HUSH}@cloud.example.org/dav`,
  `https://talk.example.org/widget/#code=${HUSH}&roomId=x`,
  `Incorrect API key provided: sk-proj-${HUSH}`,
  `syt_YW5u_${HUSH}_1aBcDe is unknown`,
  `ghp_${HUSH} may not write issues`,
  `github_pat_${HUSH}`,
  `glpat-${HUSH}`,
])("%s is told without its secret", (text) => {
  expect(withoutSecrets(text)).not.toContain(HUSH);
  expect(withoutSecrets(text)).toContain("[secret]");
});

test.each([
  '{"level":40,"code":"ECONNREFUSED","msg":"the homeserver is not ready for us yet"}',
  "livekit.apiSecretFile: /etc/mindminder/livekit-secret cannot be read",
  "livekit.apiKey: /etc/mindminder/livekit-key is empty",
  "https://livekit.example.org:7880/rtc, @ann:example.org",
  "the token is 3 hours too old",
])("%s stays as it is", (text) => {
  expect(withoutSecrets(text)).toBe(text);
});

const SIGNED =
  "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ2aWRlbyI6eyJyb29tQWRtaW4iOnRydWUsInJvb20iOiIhZ2FyZGVuIn19.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const forms = (secret: string) => {
  const half = Math.ceil(secret.length / 2);
  return [
    secret.slice(0, half),
    secret.slice(half),
    secret.slice(0, 30),
    ...[secret, ` ${secret}`, `Bearer ${secret}`].flatMap((text) => [
      Buffer.from(text).toString("base64"),
      Buffer.from(text).toString("base64url"),
    ]),
  ];
};

test.each(forms(SIGNED))("half of a token, or a token in another writing, is none the less hidden: %s", (form) => {
  for (const text of [`invalid: ${form}`, `{"msg":"${form}"}`, `auth=${form};`])
    expect(withoutSecrets(text)).not.toContain(form);
});

test.each([
  "event $Sxyz4CVPmB92K27uhbUJU1p1rwW1gFWFOEjXkabcdE of !3wJCVPmB92K27uhbUJU1p1rwW1gFWFOEjXkabcdEx",
  "mxc://example.org/AQwafuaFswefuhsfAFAgsw42069420xyzABC",
  "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  "/opt/mindminder/models/WhisperBase2/SomeVeryLongFolderNameOfAModel/encoder/int8/onnx",
  "mindminder-doctor-0a1b2c3d4e5f, https://livekit.example.org/twirp/livekit.RoomService/ListParticipants",
])("what somebody looks for in a log stays: %s", (text) => {
  expect(withoutSecrets(text)).toBe(text);
});

test("of a secret of ours a part is hidden, too, where something cut it off", () => {
  const ours = "0123456789abcdefghijklmnopqrstuv";
  for (const part of [ours.slice(0, 16), ours.slice(16), ours.slice(0, 31), ours.slice(3)]) {
    const shown = withoutSecrets(`key ${part}… is wrong, ${part}`, [ours]);
    expect(shown).toBe("key [secret]… is wrong, [secret]");
  }
  expect(withoutSecrets("a key is 0123456789 or abcdefgh", [ours])).toBe("a key is 0123456789 or abcdefgh");
});

test("our own secrets are hidden whatever they look like", () => {
  expect(withoutSecrets("the word is open sesame, quoted", ["open sesame"])).toBe("the word is [secret], quoted");
});
