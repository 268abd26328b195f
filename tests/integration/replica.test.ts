import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../appservice/store/database.ts";
import { bringReplica, Replica, ReplicaOptions } from "../../appservice/replica/replica.ts";
import { keysBeside, WordKeys, wordKeysOf } from "../../appservice/store/word-keys.ts";
import { ensureLitestream } from "../../tools/setup/litestream.ts";
import { quiet } from "../../tools/setup/progress.ts";
import { personId, roomId } from "../support/protocol/ids.ts";
import { LONG } from "../support/stack/long.ts";
import { BUCKET, S3_KEYS, type S3Server, startS3Server } from "../support/stack/s3-server.ts";

const [ANN, BOB] = [personId("@ann:x"), personId("@bob:x")];

// Litestream and the S3 server are built from their sources.
describe.runIf(LONG)("a copy of the database", () => {
  let dir: string;
  let server: S3Server;
  let program: string;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "mindminder-copy-"));
    ({ litestream: program } = await ensureLitestream(quiet));
    server = await startS3Server({ dir });
    // Litestream takes no other certificates than the system's.
    delete process.env["AWS_CA_BUNDLE"];
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: S3_KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: S3_KEYS.secretAccessKey,
    });
  }, 900_000);
  afterAll(async () => {
    await server?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const places = (name: string) => ({
    folder: join(dir, name, "copies"),
    bucket: `s3://${BUCKET}/${name}?endpoint=${server.url}&region=us-east-1&force-path-style=true`,
  });
  const roomsIn = (file: string) => {
    const db = new Database(file, { readonly: true });
    const found = db.prepare("SELECT room FROM rooms ORDER BY room").pluck().all();
    db.close();
    return found;
  };
  const children = () =>
    spawnSync("pgrep", ["-P", String(process.pid), "-f", program], { encoding: "utf8" }).stdout.trim();

  test.each(["folder", "bucket"] as const)(
    "in a %s holds what was written until the end, also after the program that copies was killed; a later holder has its own",
    async (kind) => {
      const options = ReplicaOptions.parse({ to: places(kind)[kind], program });
      const at = (name: string, epoch: number) => {
        mkdirSync(join(dir, kind, name), { recursive: true });
        const database = join(dir, kind, name, "mindminder.db");
        return { options, folder: dir, database, epoch, log: pino({ level: "silent" }) };
      };
      const first = at("first", 1);
      const db = openDatabase(first.database);
      const write = (room: string) => db.prepare("INSERT INTO rooms (room) VALUES (?)").run(room);
      write("!one:x");
      const keys = wordKeysOf(db);
      const [kept, gone] = [keys.presentOf(roomId("!one:x"), ANN), keys.presentOf(roomId("!one:x"), BOB)];
      // A service that was killed has left its program behind.
      const beside = (file: string) => join(dir, kind, "first", file);
      const orphan = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", beside("replica.yaml")]);
      const orphanEnded = once(orphan, "exit");
      writeFileSync(beside("replica.pid"), String(orphan.pid));
      const replica = new Replica(first);
      await expect.poll(() => bringReplica({ ...at("look", 1) })).toBe(true);
      await orphanEnded;
      const before = children();
      process.kill(Number(before), "SIGKILL");
      write("!two:x");
      await expect.poll(children).not.toContain(before);
      await expect.poll(children).toMatch(/^\d+$/);
      write("!three:x");
      keys.destroy([gone]);
      db.close();
      await replica.stop();

      const second = at("second", 1);
      expect(await bringReplica(second)).toBe(true);
      expect(roomsIn(second.database)).toEqual(["!one:x", "!three:x", "!two:x"]);
      const there = new WordKeys(keysBeside(second.database));
      expect([there.find(kept) !== null, there.find(gone), there.isDestroyed(gone)]).toEqual([true, null, true]);
      there.close();
      // A second that took over and died before it copied anything had what the first had.
      const third = at("third", 2);
      expect(await bringReplica(third)).toBe(true);
      expect(roomsIn(third.database)).toEqual(["!one:x", "!three:x", "!two:x"]);
    },
  );
});
