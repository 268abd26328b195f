import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { quiet } from "../../../tools/setup/progress.ts";
import { ensureVersitygw } from "../../../tools/setup/versitygw.ts";
import { withFreePorts } from "./ports.ts";
import { startProcess } from "./processes.ts";

export const BUCKET = "circles";
export const S3_KEYS = { accessKeyId: "tester", secretAccessKey: "tester-secret" };

export type S3Server = { readonly url: string; stop(): Promise<void> };

/** A real S3 server over `files`, with one empty bucket. */
export async function startS3Server({
  dir,
  files = join(dir, "files"),
}: {
  dir: string;
  files?: string;
}): Promise<S3Server> {
  const { server } = await ensureVersitygw(quiet);
  const sidecar = join(dir, "sidecar");
  await Promise.all([files, sidecar].map((each) => mkdir(each, { recursive: true })));
  return withFreePorts(1, async ([port = 0]) => {
    const url = `http://127.0.0.1:${port}`;
    const running = await startProcess({
      name: "versitygw",
      command: server,
      cwd: dir,
      log: join(dir, "versitygw.log"),
      ready: async () =>
        (await fetch(url).then(
          ({ status }) => status,
          () => 0,
        )) > 0,
      args: ["--port", `127.0.0.1:${port}`, "--quiet", "posix", "--sidecar", sidecar, files],
      env: { ROOT_ACCESS_KEY: S3_KEYS.accessKeyId, ROOT_SECRET_KEY: S3_KEYS.secretAccessKey },
    });
    const client = new S3Client({ endpoint: url, region: "us-east-1", forcePathStyle: true, credentials: S3_KEYS });
    await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
    client.destroy();
    return { url, stop: () => running.stop() };
  });
}
