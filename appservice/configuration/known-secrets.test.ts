import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Config } from "./config.ts";
import { knownSecrets } from "./known-secrets.ts";

test("the secrets of every section are known, in files and in the configuration itself", () => {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-secrets-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "github"), 'quoted "and" odd\n');
  const config = Config.parse({
    homeserver: { url: "http://127.0.0.1:8008", serverName: "example.org", registration: "registration.yaml" },
    service: { publicUrl: "https://talk.example.org" },
    livekit: { url: "wss://livekit.example.org", apiKey: "key-of-ours", apiSecret: "s".repeat(32) },
    export: {
      targets: {
        code: { type: "github", repository: "example/garden", tokenFile: "github" },
        none: { type: "github", repository: "example/garden", tokenFile: "missing" },
      },
    },
  });
  const registration = {
    id: "mindminder",
    bot: "mindminder",
    as_token: "as-of-ours",
    hs_token: "hs-of-ours",
    url: "",
  } as never;
  const known = knownSecrets({ config, registration, folder, file: join(folder, "config.yaml") });
  expect(known).toEqual(
    expect.arrayContaining([
      "as-of-ours",
      "hs-of-ours",
      "key-of-ours",
      "s".repeat(32),
      'quoted "and" odd',
      'quoted \\"and\\" odd',
      "quoted%20%22and%22%20odd",
    ]),
  );
  expect(known).not.toContain("example/garden");
  for (const before of ["", "x", "xy"])
    expect(known.some((one) => Buffer.from(`${before}as-of-ours and more`).toString("base64").includes(one))).toBe(
      true,
    );
  expect(known).toContain(Buffer.from("as-of-ours").toString("hex"));
});
