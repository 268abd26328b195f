import { expect, test } from "vitest";
import { isNetwork, mayReach } from "./networks.ts";

test.each(["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1"])("%s is reached", (address) => {
  expect(mayReach(address, [])).toBe(true);
});

const KEPT_AWAY = [
  "0.0.0.0",
  "10.1.2.3",
  "100.64.0.1",
  "127.0.0.1",
  "127.255.255.254",
  "169.254.169.254",
  "172.16.0.1",
  "192.168.1.1",
  "192.0.2.1",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:a9fe:a9fe",
  "64:ff9b::7f00:1",
  "2002:7f00:1::",
  "2001:db8::1",
  "fc00::1",
  "fd12::1",
  "fe80::1",
  "ff02::1",
  "no address",
];

test.each(KEPT_AWAY)("%s is not", (address) => {
  expect(mayReach(address, [])).toBe(false);
});

test("a network that the admin named is reached, and no other", () => {
  const networks = ["10.0.0.0/8", "fd00::/8"];
  expect(["10.1.2.3", "::ffff:10.1.2.3", "fd12::1"].map((address) => mayReach(address, networks))).toEqual([
    true,
    true,
    true,
  ]);
  expect(["192.168.1.1", "127.0.0.1", "fc00::1", "::1"].map((address) => mayReach(address, networks))).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

test("what is no network is known before it is used", () => {
  expect(["10.0.0.0/8", "fd00::/8"].every(isNetwork)).toBe(true);
  expect(["10.0.0.0", "10.0.0.0/33", "all", ""].some(isNetwork)).toBe(false);
});
