import { expect, test } from "vitest";
import { parseServerName } from "./server-name.ts";

test.each([
  ["example.org", "example.org", null, false],
  ["EXAMPLE.org", "EXAMPLE.org", null, false],
  ["localhost:8448", "localhost", 8448, false],
  ["xn--80ak6aa92e.com", "xn--80ak6aa92e.com", null, false],
  ["1.2.3.4", "1.2.3.4", null, true],
  ["1.2.3.4:443", "1.2.3.4", 443, true],
  ["[2001:db8::1]", "2001:db8::1", null, true],
  ["[2001:db8::1]:8448", "2001:db8::1", 8448, true],
  ["example.org.", "example.org.", null, false],
])("%s is a server's name", (text, host, port, literal) => {
  expect(parseServerName(text)).toEqual({ text, host, port, literal });
});

test.each([
  "",
  ":8448",
  "example.org:",
  "example.org:0",
  "example.org:65536",
  "example.org:8448:1",
  "example.org:+1",
  "exa mple.org",
  "example.org/..",
  "example.org@evil.org",
  "user@example.org",
  "example.org?x",
  "example.org#x",
  "exämple.org",
  "2001:db8::1",
  "[1.2.3.4]",
  "[2001:db8::1",
  "[2001:db8::1%25lo]",
  "[]",
  // Spellings of 127.0.0.1 that some resolvers take.
  "127.1",
  "2130706433",
  "0x7f000001",
  "0x7f.1",
  "0177.0.0.1",
  "1.2.3.4.",
  "1.2.3.4.5",
  `${"a".repeat(256)}`,
])("%s is none", (text) => {
  expect(parseServerName(text)).toBeNull();
});
