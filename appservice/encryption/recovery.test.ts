import { expect, test } from "vitest";
import { formatRecovery, newPassphrase, parseRecovery } from "./recovery.ts";

const IDENTITY = { master: "m", selfSigning: "s", userSigning: "u", upload: "{}" };
const BOT = "@mindminder:example.org";

test("an identity is had back by the passphrase, however it is typed, and by no other", () => {
  const passphrase = newPassphrase();
  expect(passphrase).toMatch(/^([a-z1-9]{4}-){5}[a-z1-9]{4}$/);
  const written = formatRecovery(IDENTITY, BOT, passphrase);
  expect(parseRecovery(written, BOT, passphrase)).toEqual(IDENTITY);
  expect(parseRecovery(written, BOT, ` ${passphrase.replaceAll("-", " ").toUpperCase()}\n`)).toEqual(IDENTITY);
  expect(() => parseRecovery(written, BOT, newPassphrase())).toThrow(/passphrase does not open/);
  expect(written).not.toContain(Buffer.from(IDENTITY.upload).toString("base64"));
});

test("another bot's file, a changed one and what is none are refused in words", () => {
  const passphrase = newPassphrase();
  const written = formatRecovery(IDENTITY, BOT, passphrase);
  expect(() => parseRecovery(written, "@other:example.org", passphrase)).toThrow(/identity of @mindminder:example.org/);
  const renamed = written.replace(BOT, "@other:example.org");
  expect(() => parseRecovery(renamed, "@other:example.org", passphrase)).toThrow(/was changed/);
  expect(() => parseRecovery("{}", BOT, passphrase)).toThrow(/no file of/);
  expect(() => parseRecovery("no JSON", BOT, passphrase)).toThrow(/no file of/);
});
