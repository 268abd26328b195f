import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { DatasetStage } from "../../../tests/support/dataset/dataset-stage.ts";
import { openDataset } from "../open-dataset.ts";
import { DatasetOptions } from "../options.ts";

type Refusal = { readonly status: number; readonly code: string };

/**
 * A bucket in memory that answers as S3 does, and can refuse in ways in which no server here does so by itself; what a
 * real server does is tested in `tests/integration/dataset-s3.test.ts`.
 */
async function bucket() {
  const objects = new Map<string, Buffer>();
  const faults: { refusal: Refusal | null; onPut: (key: string) => void } = { refusal: null, onPut: () => {} };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://s3");
    const key = decodeURIComponent(url.pathname).replace(/^\/sets\/?/, "");
    const xml = (status: number, body: string) =>
      response.writeHead(status, { "content-type": "application/xml" }).end(`<?xml version="1.0"?>${body}`);
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const { refusal } = faults;
      if (request.method === "PUT") {
        faults.onPut(key);
        if (refusal) return xml(refusal.status, `<Error><Code>${refusal.code}</Code><Message>no</Message></Error>`);
        objects.set(key, unchunked(Buffer.concat(parts), request.headers["x-amz-decoded-content-length"]));
        return response.writeHead(200, { etag: '"1"' }).end();
      }
      if (request.method === "POST") {
        const body = Buffer.concat(parts).toString();
        for (const [, gone = ""] of body.matchAll(/<Key>([^<]*)<\/Key>/g)) objects.delete(gone);
        return xml(200, "<DeleteResult/>");
      }
      if (key === "") {
        const all = [...objects].map(
          ([name, { length }]) => `<Contents><Key>${name}</Key><Size>${length}</Size></Contents>`,
        );
        return xml(200, `<ListBucketResult><IsTruncated>false</IsTruncated>${all.join("")}</ListBucketResult>`);
      }
      const found = objects.get(key);
      if (!found) return xml(404, "<Error><Code>NoSuchKey</Code></Error>");
      return response.writeHead(200, { "content-length": found.length }).end(found);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const dir = mkdtempSync(join(tmpdir(), "mindminder-s3-"));
  for (const name of ["access", "secret"]) writeFileSync(join(dir, name), name);
  const options = {
    type: "s3",
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bucket: "sets",
    accessKeyFile: "access",
    secretKeyFile: "secret",
  };
  const parsed = DatasetOptions.parse({ targets: { sets: options } });
  const { target } = await openDataset("sets", parsed, { folder: dir, purpose: null });
  onTestFinished(() => {
    target.close?.();
    server.closeAllConnections();
    server.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const text = () => [...objects].map(([key, bytes]) => `${key}\n${bytes.toString("latin1")}`).join("\n");
  return { target, objects, faults, text };
}

/** Content of a body that was sent in chunks, each with its length before it and a signature. */
function unchunked(body: Buffer, length: string | string[] | undefined): Buffer {
  if (length === undefined) return body;
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = body.indexOf("\r\n", at);
    const size = Number.parseInt(body.subarray(at, end).toString(), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}

function stage() {
  const it = new DatasetStage();
  onTestFinished(() => it.close());
  for (const who of ["ann", "bob"]) it.allow(who);
  it.meeting({
    said: [
      { who: "ann", text: "apples of mine" },
      { who: "bob", text: "pears of mine" },
    ],
  });
  return it;
}

test.each([
  [{ status: 507, code: "InsufficientStorage" }, "DATASET_FULL", "no space left"],
  [{ status: 400, code: "EntityTooLarge" }, "DATASET_FULL", "EntityTooLarge"],
  [{ status: 403, code: "QuotaExceeded" }, "DATASET_FULL", "QuotaExceeded"],
  [{ status: 503, code: "SlowDown" }, "DATASET_AWAY", "more than it takes"],
  [{ status: 403, code: "AccessDenied" }, "DATASET_REFUSED", "AccessDenied"],
] as const)(
  "a server that answers %j in the middle of it is understood, loses nothing, and takes the rest when it can",
  async (refusal, code, says) => {
    const { target, objects, faults, text } = await bucket();
    const it = stage();
    let puts = 0;
    faults.onPut = () => {
      if (++puts === 3) faults.refusal = refusal;
    };
    await expect(it.build({ target })).rejects.toMatchObject({ code, message: expect.stringContaining(says) });
    expect(objects.has("CHECKSUMS.sha256"), "it is no version").toBe(false);
    expect((await it.verify({ target })).faults).toEqual([{ fault: "broken-off" }]);
    faults.refusal = null;
    expect(await it.build({ target })).toMatchObject({ version: 1, pieces: 2, withdrawn: 0 });
    expect((await it.verify({ target })).faults).toEqual([]);
    expect(text()).toContain("pears");
  },
);

test("a yes that is taken back while a file is on its way leaves nothing of it in the bucket", async () => {
  const { target, objects, faults, text } = await bucket();
  const it = stage();
  let took = 0;
  faults.onPut = (key) => {
    if (key.endsWith(".flac") && ++took === 2) it.takeBack("bob");
  };
  expect(await it.build({ target })).toMatchObject({ pieces: 1 });
  expect(took).toBeGreaterThan(1);
  expect(text()).not.toContain("pears");
  expect([...objects.keys()].filter((key) => key.endsWith(".flac"))).toHaveLength(1);
  expect((await it.verify({ target })).faults).toEqual([]);
});
