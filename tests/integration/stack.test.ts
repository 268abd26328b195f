import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { RoomServiceClient } from "livekit-server-sdk";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { startLiveKit, type LiveKit } from "../support/stack/livekit.ts";
import { LONG } from "../support/stack/long.ts";
import { startSynapse, type Synapse } from "../support/stack/synapse.ts";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "mindminder-stack-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe("servers started for a test", () => {
  let synapse: Synapse;
  let livekit: LiveKit;
  beforeAll(async () => {
    [synapse, livekit] = await Promise.all([
      startSynapse({ registration, dir: join(dir, "synapse") }),
      startLiveKit({ dir: join(dir, "livekit") }),
    ]);
  });
  afterAll(() => Promise.all([synapse?.stop(), livekit?.stop()]));

  test("a registered person and the application service are who they say", async () => {
    const ann = await synapse.registerUser("ann", { displayName: "Ann" });
    expect(ann.userId).toBe("@ann:localhost");
    expect(await whoAmI(ann.accessToken)).toMatchObject({ user_id: "@ann:localhost" });
    expect(await whoAmI(registration.as_token)).toMatchObject({ user_id: "@mindminder:localhost" });
  });

  test("after a crash the homeserver comes back with what it knew", async () => {
    const bob = await synapse.registerUser("bob");
    const { url } = synapse;
    await synapse.kill();
    await expect(fetch(`${url}/health`)).rejects.toThrow();
    await synapse.restart();
    expect(synapse.url).toBe(url);
    expect(await whoAmI(bob.accessToken)).toMatchObject({ user_id: "@bob:localhost" });
  });

  test("LiveKit makes rooms for those who hold its keys", async () => {
    const rooms = new RoomServiceClient(livekit.httpUrl, livekit.apiKey, livekit.apiSecret);
    await rooms.createRoom({ name: "circle" });
    expect((await rooms.listRooms()).map(({ name }) => name)).toEqual(["circle"]);
    const stranger = new RoomServiceClient(livekit.httpUrl, livekit.apiKey, "not the secret");
    await expect(stranger.listRooms()).rejects.toThrow();
  });

  test("nothing listens outside this machine", async () => {
    const open = [...(await listening(synapse.pid)), ...(await listening(livekit.pid))];
    expect(open.length).toBeGreaterThanOrEqual(3);
    expect(open.filter((address) => !address.startsWith("127."))).toEqual([]);
  });

  test("a stopped server is gone", async () => {
    const pids = [synapse.pid, livekit.pid];
    await Promise.all([synapse.stop(), livekit.stop()]);
    for (const pid of pids) expect(await isRunning(pid)).toBe(false);
  });

  async function whoAmI(token: string): Promise<unknown> {
    const response = await fetch(`${synapse.url}/_matrix/client/v3/account/whoami`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return response.json();
  }
});

test.for((["SIGKILL", "SIGINT", "SIGTERM"] as const).slice(0, LONG ? 3 : 1))(
  "what was started ends with the one who started it, by %s",
  async (signal) => {
    const owner = spawn(
      process.execPath,
      [join(import.meta.dirname, "../support/stack/stack-owner.ts"), join(dir, signal)],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    onTestFinished(() => {
      owner.kill("SIGKILL");
    });
    const exit = once(owner, "exit");
    const [line] = (await once(createInterface({ input: owner.stdout }), "line")) as [string];
    const started = JSON.parse(line) as number[];
    const browser = await browserOf(owner.pid ?? 0);
    for (const pid of [...started, ...browser]) expect(await isRunning(pid)).toBe(true);
    expect(browser).not.toEqual([]);

    owner.kill(signal);
    await exit;
    await vi.waitFor(
      async () => {
        for (const pid of [...started, ...browser]) expect(await isRunning(pid)).toBe(false);
      },
      { timeout: 60_000, interval: 50 },
    );
  },
);

const registration = {
  id: "mindminder",
  url: null,
  as_token: "as-token-of-the-test",
  hs_token: "hs-token-of-the-test",
  sender_localpart: "mindminder",
  rate_limited: false,
  namespaces: { users: [{ exclusive: true, regex: "@mindminder:localhost" }], aliases: [], rooms: [] },
};

/** Fields of `/proc/<pid>/stat` after the name in brackets: state, parent, … */
async function stat(pid: number): Promise<string[] | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  return text?.replace(/^.*\) /s, "").split(" ");
}

/** One that ended but whom nobody has waited for yet (a zombie) runs no more. */
async function isRunning(pid: number): Promise<boolean> {
  const [state = "Z"] = (await stat(pid)) ?? [];
  return state !== "Z" && state !== "X";
}

async function browserOf(parent: number): Promise<number[]> {
  const found: number[] = [];
  for (const pid of (await readdir("/proc")).map(Number).filter(Boolean)) {
    const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "");
    if (/chrom/.test(name) && Number((await stat(pid))?.[1]) === parent) found.push(pid);
  }
  return found;
}

/** The addresses of a process's listening TCP sockets and unconnected UDP sockets. */
async function listening(pid: number): Promise<string[]> {
  const links = await Promise.all(
    (await readdir(`/proc/${pid}/fd`)).map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => "")),
  );
  const sockets = new Set(links.flatMap((link) => link.match(/^socket:\[(\d+)\]$/)?.[1] ?? []));
  const open: string[] = [];
  for (const [table, state] of [
    ["tcp", "0A"],
    ["tcp6", "0A"],
    ["udp", "07"],
    ["udp6", "07"],
  ] as const) {
    if (!existsSync(`/proc/net/${table}`)) continue;
    for (const row of (await readFile(`/proc/net/${table}`, "utf8")).trim().split("\n").slice(1)) {
      const [, local = "", , rowState, , , , , , inode = ""] = row.trim().split(/\s+/);
      if (rowState === state && sockets.has(inode)) open.push(readable(local));
    }
  }
  return open;
}

/** "0100007F:1F90" is 127.0.0.1:8080: the address lies in memory from its last byte to its first. */
function readable(address: string): string {
  const [host = "", port = ""] = address.split(":");
  if (host.length > 8) return `[${host}]:${parseInt(port, 16)}`;
  const bytes = (host.match(/../g) ?? []).map((byte) => parseInt(byte, 16)).reverse();
  return `${bytes.join(".")}:${parseInt(port, 16)}`;
}
