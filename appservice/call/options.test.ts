import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LiveKitOptions, livekitConnection } from "./options.ts";

const secret = "0123456789abcdef0123456789abcdef";

test("the address for ourselves follows from the one for clients", () => {
  const options = LiveKitOptions.parse({ url: "wss://livekit.example.org", apiKey: "key", apiSecret: secret });
  expect(livekitConnection(options, "/")).toEqual({
    url: "wss://livekit.example.org",
    internalUrl: "https://livekit.example.org",
    apiKey: "key",
    apiSecret: secret,
  });
});

test("key and secret may be in files beside the configuration", () => {
  const directory = mkdtempSync(join(tmpdir(), "options-"));
  writeFileSync(join(directory, "secret"), `${secret}\n`);
  const options = LiveKitOptions.parse({ url: "ws://127.0.0.1:7880", apiKey: "key", apiSecretFile: "secret" });
  expect(livekitConnection(options, directory).apiSecret).toBe(secret);
});

test("all that is wrong is said at once, each by its key", () => {
  const problems =
    LiveKitOptions.safeParse({ url: "https://livekit.example.org", apiKeyFile: "a", apiKey: "b" }).error?.issues ?? [];
  expect(problems.map((problem) => problem.path.join("."))).toContain("url");
  const missing =
    LiveKitOptions.safeParse({ url: "wss://livekit.example.org", apiKeyFile: "a", apiKey: "b" }).error?.issues ?? [];
  expect(missing.map((problem) => problem.path.join("."))).toEqual(["apiKey", "apiSecret"]);
});

test("a file that is not there is named with its key", () => {
  const options = LiveKitOptions.parse({ url: "wss://livekit.example.org", apiKey: "key", apiSecretFile: "nowhere" });
  expect(() => livekitConnection(options, "/etc")).toThrow("livekit.apiSecretFile: /etc/nowhere cannot be read");
});
