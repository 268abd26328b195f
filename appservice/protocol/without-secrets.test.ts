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

test("our own secrets are hidden whatever they look like", () => {
  expect(withoutSecrets("the word is open sesame, quoted", ["open sesame"])).toBe("the word is [secret], quoted");
});
