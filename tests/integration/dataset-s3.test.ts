import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { DatasetOptions } from "../../appservice/dataset/options.ts";
import { openDataset } from "../../appservice/dataset/open-dataset.ts";
import type { DatasetTarget } from "../../appservice/dataset/target.ts";
import { onPath } from "../../tools/setup/command.ts";
import { DatasetStage } from "../support/dataset/dataset-stage.ts";
import { BUCKET, S3_KEYS, startS3Server, type S3Server } from "../support/stack/s3-server.ts";
import { StallingProxy } from "../support/stack/stalling-proxy.ts";

const MINUTE = 60_000;
const hasGo = onPath("go") !== null || onPath("versitygw") !== null;
const dir = mkdtempSync(join(tmpdir(), "mindminder-s3-"));
let server: S3Server;

beforeAll(async () => {
  if (!hasGo) return;
  server = await startS3Server({ dir });
  writeFileSync(join(dir, "access"), S3_KEYS.accessKeyId);
  writeFileSync(join(dir, "secret"), S3_KEYS.secretAccessKey);
  writeFileSync(join(dir, "wrong"), "no-such-secret");
}, 10 * MINUTE);

afterAll(async () => {
  await server?.stop();
  rmSync(dir, { recursive: true, force: true });
});

function stage(): DatasetStage {
  const made = new DatasetStage();
  onTestFinished(() => made.close());
  return made;
}

async function bucket(prefix: string, change: object = {}): Promise<DatasetTarget> {
  const target = {
    type: "s3",
    endpoint: server.url,
    bucket: BUCKET,
    prefix: `${prefix}/`,
    accessKeyFile: "access",
    secretKeyFile: "secret",
    ...change,
  };
  const opened = await openDataset("sets", DatasetOptions.parse({ targets: { sets: target } }), {
    folder: dir,
    purpose: null,
  });
  onTestFinished(() => opened.target.close?.());
  return opened.target;
}

const { signal } = new AbortController();

test.runIf(hasGo)(
  "a set in a bucket is built, brought up to date, verified, and rid of what was taken back",
  async () => {
    const [it, target] = [stage(), await bucket("whole")];
    for (const who of ["ann", "bob"]) it.allow(who);
    it.meeting({
      said: [
        { who: "ann", text: "apples of mine" },
        { who: "bob", text: "pears of mine" },
      ],
    });
    expect(await it.build({ target })).toMatchObject({ version: 1, pieces: 2 });
    expect(await it.verify({ target })).toMatchObject({ faults: [] });
    expect(await it.build({ target })).toMatchObject({ version: 1, changed: false });
    it.takeBack("bob");
    expect(await it.build({ target })).toMatchObject({ version: 2, pieces: 1, withdrawn: 1 });
    expect(await it.verify({ target })).toMatchObject({ faults: [] });
    const names = [...(await target.list(signal)).keys()];
    expect(names.filter((name) => name.endsWith(".flac"))).toHaveLength(1);
    for (const name of names)
      expect(Buffer.from((await target.read(name, signal)) ?? []).toString("latin1"), name).not.toContain("pears");
  },
  2 * MINUTE,
);

test.runIf(hasGo)(
  "a server that does not answer in the middle of it is named, and the build goes on where it was",
  async () => {
    const it = stage();
    it.allow("ann");
    it.meeting({ said: ["one", "two", "three", "four"].map((text) => ({ who: "ann", text })) });
    const proxy = await StallingProxy.open(server.url);
    onTestFinished(() => proxy.close());
    const target = await bucket("slow", { endpoint: proxy.url, timeoutSeconds: 2 });
    let puts = 0;
    const cut: DatasetTarget = {
      ...target,
      async put(path, content, at) {
        if (++puts === 4) proxy.stall();
        await target.put(path, content, at);
      },
    };
    await expect(it.build({ target: cut })).rejects.toMatchObject({ code: "DATASET_AWAY", retryable: true });
    proxy.flow();
    expect(await it.build({ target: await bucket("slow") })).toMatchObject({ pieces: 4, changed: true });
    expect(await it.verify({ target: await bucket("slow") })).toMatchObject({ faults: [] });
  },
  2 * MINUTE,
);

test.runIf(hasGo)(
  "a wrong key and a bucket that is not there are said as what they are",
  async () => {
    const it = stage();
    for (const change of [{ secretKeyFile: "wrong" }, { bucket: "no-such-bucket" }])
      await expect(it.build({ target: await bucket("wrong", change) })).rejects.toMatchObject({
        code: "DATASET_REFUSED",
      });
    await expect(bucket("none", { accessKeyFile: "nowhere" })).rejects.toMatchObject({ code: "DATASET_MISSET" });
  },
  MINUTE,
);

/** A disk of 1 MB for a server of its own; to mount one takes root. */
function smallDisk(): string | null {
  const disk = join(dir, "disk");
  try {
    mkdirSync(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], { stdio: "ignore" });
    return disk;
  } catch {
    return null;
  }
}

test.runIf(hasGo)(
  "a bucket that is full says so, keeps the version that is there, and takes the next when it has room",
  async ({ skip }) => {
    const disk = smallDisk();
    if (disk === null) return skip("no disk can be mounted here");
    const full = await startS3Server({ dir: join(dir, "full"), files: disk });
    onTestFinished(async () => {
      await full.stop();
      execFileSync("umount", [disk]);
    });
    const [it, target] = [stage(), await bucket("full", { endpoint: full.url })];
    it.allow("ann");
    it.meeting({ said: [{ who: "ann", text: "one" }] });
    await it.build({ target });
    const ballast = join(disk, BUCKET, "ballast");
    const fill = (bytes: number) => writeFileSync(ballast, Buffer.alloc(bytes, 1));
    fill(700_000);
    it.meeting({ said: Array.from({ length: 8 }, (_, n) => ({ who: "ann", text: `more ${n}`, seconds: 20 })) });
    await expect(it.build({ target })).rejects.toMatchObject({ code: "DATASET_FULL" });
    expect((await it.verify({ target })).faults.filter(({ fault }) => fault !== "foreign")).toEqual([]);
    rmSync(ballast);
    it.takeBack("ann");
    expect(await it.build({ target })).toMatchObject({ pieces: 0, withdrawn: 1 });
  },
  2 * MINUTE,
);
