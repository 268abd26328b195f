import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { bringReplica } from "./replica.ts";
import { below } from "./file-place.ts";

test("what lies below a place lies there in a folder and in a bucket", () => {
  expect(below("/copies/one/", "2")).toBe("/copies/one/2");
  expect(below("s3://bucket/one?endpoint=http://10.0.0.1:9000", "3-keys")).toBe(
    "s3://bucket/one/3-keys?endpoint=http://10.0.0.1:9000",
  );
});

test("where there is no copy nothing is brought; a program that is not there is told of in words", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-replica-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const database = join(folder, "mindminder.db");
  const ways = (to: string) => ({ options: { to, program: "no-such-litestream" }, folder, database, epoch: 2 });
  expect(await bringReplica(ways("copies"))).toBe(false);
  await expect(bringReplica(ways("s3://bucket/one"))).rejects.toMatchObject({
    code: "REPLICA_UNUSABLE",
    message: expect.stringMatching(/s3:\/\/bucket\/one\/2.*Litestream 0\.5/s),
  });
  expect(existsSync(database)).toBe(false);
});
