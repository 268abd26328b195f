import type { SrvRecord } from "node:dns";
import { expect, test } from "vitest";
import { placesOf } from "./places-of.ts";
import { parseServerName } from "./server-name.ts";

const signal = AbortSignal.timeout(60_000);

/** The way to a server, with `.well-known` and the DNS as they are given; all that was asked for. */
async function way(
  serverName: string,
  { wellKnown = {}, srv = {} }: { wellKnown?: Record<string, string>; srv?: Record<string, SrvRecord[]> },
) {
  const asked: string[] = [];
  const places = await placesOf(
    parseServerName(serverName)!,
    {
      wellKnown: {
        of: async (host) => {
          asked.push(host);
          return parseServerName(wellKnown[host] ?? "");
        },
      },
      resolveSrv: async (name) => {
        asked.push(name);
        const found = srv[name];
        if (!found) throw new Error("ENOTFOUND");
        return found;
      },
    },
    signal,
  );
  return { asked, places: places.map(({ host, port, called, certifiedFor }) => [host, port, called, certifiedFor]) };
}

const record = (name: string, port: number, priority = 10, weight = 0): SrvRecord => ({ name, port, priority, weight });

type Case = {
  step: string;
  name: string;
  wellKnown?: Record<string, string>;
  srv?: Record<string, SrvRecord[]>;
  places: unknown[];
};

// The steps of the Server-Server API, "Resolving server names", by their numbers.
test.each<Case>([
  { step: "1", name: "1.2.3.4", places: [["1.2.3.4", 8448, "1.2.3.4", "1.2.3.4"]] },
  {
    step: "1, with a port",
    name: "[2001:db8::1]:443",
    places: [["2001:db8::1", 443, "[2001:db8::1]:443", "2001:db8::1"]],
  },
  { step: "2", name: "example.org:443", places: [["example.org", 443, "example.org:443", "example.org"]] },
  {
    step: "3.1",
    name: "example.org",
    wellKnown: { "example.org": "1.2.3.4" },
    places: [["1.2.3.4", 8448, "1.2.3.4", "1.2.3.4"]],
  },
  {
    step: "3.2",
    name: "example.org",
    wellKnown: { "example.org": "hs.example.org:443" },
    places: [["hs.example.org", 443, "hs.example.org:443", "hs.example.org"]],
  },
  {
    step: "3.3",
    name: "example.org",
    wellKnown: { "example.org": "hs.example.org" },
    srv: { "_matrix-fed._tcp.hs.example.org": [record("b.example.org", 2, 20), record("a.example.org", 1, 10)] },
    places: [
      ["a.example.org", 1, "hs.example.org", "hs.example.org"],
      ["b.example.org", 2, "hs.example.org", "hs.example.org"],
    ],
  },
  {
    step: "3.4",
    name: "example.org",
    wellKnown: { "example.org": "hs.example.org" },
    srv: { "_matrix._tcp.hs.example.org": [record("old.example.org", 3)] },
    places: [["old.example.org", 3, "hs.example.org", "hs.example.org"]],
  },
  {
    step: "3.5",
    name: "example.org",
    wellKnown: { "example.org": "hs.example.org" },
    places: [["hs.example.org", 8448, "hs.example.org", "hs.example.org"]],
  },
  {
    step: "4",
    name: "example.org",
    srv: { "_matrix-fed._tcp.example.org": [record("srv.example.org", 4)] },
    places: [["srv.example.org", 4, "example.org", "example.org"]],
  },
  {
    step: "5",
    name: "example.org",
    srv: { "_matrix._tcp.example.org": [record("srv.example.org", 5)] },
    places: [["srv.example.org", 5, "example.org", "example.org"]],
  },
  { step: "6", name: "example.org", places: [["example.org", 8448, "example.org", "example.org"]] },
])("step $step of the specification", async ({ name, places, ...given }) => {
  expect((await way(name, given)).places).toEqual(places);
});

test("nobody is asked about an address or a name with a port", async () => {
  for (const name of ["1.2.3.4", "1.2.3.4:1", "example.org:1"]) expect((await way(name, {})).asked).toEqual([]);
});

test("a record that leads to an address, or says that there is no service, leads nowhere", async () => {
  const srv = { "_matrix-fed._tcp.example.org": [record("127.0.0.1", 1), record("", 0)] };
  expect((await way("example.org", { srv })).places).toEqual([["example.org", 8448, "example.org", "example.org"]]);
});
